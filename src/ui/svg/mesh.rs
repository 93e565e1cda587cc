//! Triangle meshes: an area of one colour as its outline, a heat of many colours as an embedded picture.

use std::collections::BTreeMap;

use egui::{Color32, Mesh, Pos2, Rect, pos2};

use super::Writer;
use super::look::{fill_attributes, number};
use super::shape::way;

/// Pixels a point of an embedded picture.
const SCALE: f32 = 2.0;

impl Writer<'_> {
    pub(super) fn mesh(&mut self, mesh: &Mesh) {
        let colours = colours(mesh);
        if colours.len() <= MOST_COLOURS {
            for colour in colours {
                self.area(mesh, colour);
            }
        } else {
            self.heat(mesh);
        }
    }

    fn area(&mut self, mesh: &Mesh, colour: Color32) {
        let outline: String = outlines(mesh, colour)
            .iter()
            .map(|ring| way(ring, true))
            .collect();
        if !outline.is_empty() && colour != Color32::TRANSPARENT {
            let fill = fill_attributes(colour);
            self.element(format_args!("<path d=\"{outline}\"{fill}/>"));
        }
    }

    fn heat(&mut self, mesh: &Mesh) {
        let bounds = mesh.calc_bounds().intersect(self.canvas);
        let area = Rect::from_min_max(bounds.min.floor(), bounds.max.ceil());
        if !area.is_positive() {
            return;
        }
        let picture = self.drawn.mesh_picture(mesh, area, SCALE);
        let Ok(png) = picture.and_then(|picture| picture.to_png()) else {
            return;
        };
        let (x, y) = (number(area.left()), number(area.top()));
        let (width, height) = (number(area.width()), number(area.height()));
        let bytes = base64(&png);
        self.element(format_args!(
            "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
             href=\"data:image/png;base64,{bytes}\"/>"
        ));
    }
}

/// More colours than this in one mesh are a gradient.
const MOST_COLOURS: usize = 4;

/// The colours of a mesh in order; enough of them to tell a gradient. A triangle between two colours, or a
/// textured one, counts as a gradient too.
fn colours(mesh: &Mesh) -> Vec<Color32> {
    let mut found = Vec::new();
    for triangle in triangles(mesh) {
        let [a, b, c] = triangle.map(|vertex| vertex.color);
        let is_plain = a == b && b == c && triangle.iter().all(|v| v.uv == egui::epaint::WHITE_UV);
        if !is_plain {
            return vec![a; MOST_COLOURS + 1];
        }
        if !found.contains(&a) {
            found.push(a);
        }
        if found.len() > MOST_COLOURS {
            break;
        }
    }
    found
}

fn triangles(mesh: &Mesh) -> impl Iterator<Item = [egui::epaint::Vertex; 3]> + '_ {
    mesh.indices.chunks_exact(3).filter_map(|corners| {
        let vertex = |n: usize| mesh.vertices.get(corners[n] as usize).copied();
        Some([vertex(0)?, vertex(1)?, vertex(2)?])
    })
}

/// A place as a key: its bits, so that only the same place is the same corner.
type Corner = (u32, u32);

fn corner(at: Pos2) -> Corner {
    ((at.x + 0.0).to_bits(), (at.y + 0.0).to_bits())
}

fn of_corner((x, y): Corner) -> Pos2 {
    pos2(f32::from_bits(x), f32::from_bits(y))
}

/// The outlines of all triangles of a colour: edges that two triangles share are gone, so that no seam shows.
fn outlines(mesh: &Mesh, colour: Color32) -> Vec<Vec<Pos2>> {
    let mut next: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
    for triangle in triangles(mesh).filter(|triangle| triangle[0].color == colour) {
        let [a, b, c] = triangle.map(|vertex| vertex.pos);
        let area = (b - a).x * (c - a).y - (b - a).y * (c - a).x;
        if area == 0.0 || !area.is_finite() {
            continue;
        }
        let ring = if area > 0.0 { [a, b, c] } else { [a, c, b] };
        for (from, to) in [(0, 1), (1, 2), (2, 0)] {
            add_edge(&mut next, corner(ring[from]), corner(ring[to]));
        }
    }
    let mut rings = Vec::new();
    while let Some(start) = next.keys().next().copied() {
        let mut ring = Vec::new();
        let mut at = start;
        while let Some(to) = take_edge(&mut next, at) {
            ring.push(of_corner(at));
            at = to;
            if at == start {
                break;
            }
        }
        rings.push(ring);
    }
    rings
}

/// Adds an edge, or takes its opposite away.
fn add_edge(next: &mut BTreeMap<Corner, Vec<Corner>>, from: Corner, to: Corner) {
    let opposite = next
        .get(&to)
        .and_then(|ends| ends.iter().position(|end| *end == from));
    if let Some(index) = opposite {
        remove(next, to, index);
    } else {
        next.entry(from).or_default().push(to);
    }
}

fn take_edge(next: &mut BTreeMap<Corner, Vec<Corner>>, from: Corner) -> Option<Corner> {
    next.contains_key(&from)
        .then(|| remove(next, from, 0))
        .flatten()
}

fn remove(next: &mut BTreeMap<Corner, Vec<Corner>>, from: Corner, index: usize) -> Option<Corner> {
    let ends = next.get_mut(&from)?;
    let to = (index < ends.len()).then(|| ends.swap_remove(index));
    if ends.is_empty() {
        next.remove(&from);
    }
    to
}

/// Bytes as base64 by RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let joined = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = (joined >> (18 - 6 * place)) & 63;
            let letter = if place <= chunk.len() {
                ALPHABET[digit as usize]
            } else {
                b'='
            };
            text.push(char::from(letter));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_strip_of_triangles_has_one_outline() {
        let mut mesh = Mesh::default();
        let ink = Color32::WHITE;
        for x in 0..4 {
            let base = mesh.vertices.len() as u32;
            let left = x as f32;
            for (x, y) in [
                (left, 0.0),
                (left + 1.0, 0.0),
                (left + 1.0, 2.0),
                (left, 2.0),
            ] {
                mesh.colored_vertex(pos2(x, y), ink);
            }
            mesh.add_triangle(base, base + 1, base + 2);
            mesh.add_triangle(base, base + 3, base + 2);
        }
        assert_eq!(colours(&mesh), [ink]);
        let rings = outlines(&mesh, ink);
        assert_eq!(rings.len(), 1);
        assert_eq!(rings[0].len(), 10, "{rings:?}");
    }

    #[test]
    fn two_islands_have_two_outlines_and_a_gradient_is_told() {
        let mut mesh = Mesh::default();
        let ink = Color32::WHITE;
        for left in [0.0, 5.0] {
            let rect = Rect::from_min_size(pos2(left, 0.0), egui::vec2(2.0, 2.0));
            mesh.add_colored_rect(rect, ink);
        }
        assert_eq!(outlines(&mesh, ink).len(), 2);
        mesh.vertices[0].color = Color32::BLACK;
        assert!(colours(&mesh).len() > MOST_COLOURS);
    }
}
