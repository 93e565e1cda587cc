//! Draws egui's output without a GPU or a display: triangles to pixels on the CPU.
//!
//! For pictures made headless and for pictures in tests. Same sampling as the GPU painters: edge
//! functions at pixel centres, bilinear textures, premultiplied colours blended in gamma space.
//! The result is the same bytes on every machine.

use std::collections::HashMap;

use egui::epaint::{ImageDelta, Primitive, Vertex, textures::TexturesDelta};
use egui::{
    ClippedPrimitive, Color32, ColorImage, Context, FullOutput, ImageData, Mesh, Pos2, Rect,
    TextureId, TextureOptions, Vec2, pos2,
};
use thiserror::Error;

use super::theme;

mod drawn;

pub use drawn::{Drawn, draw, render};

/// A picture: rows from the top, four bytes a pixel, red green blue alpha.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RgbaPicture {
    /// `4 × width × height` bytes.
    pub pixels: Vec<u8>,
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

/// Why a picture could not be made.
#[derive(Debug, Error)]
pub enum RasterError {
    /// Width or height is zero, not a number or above 16,384 pixels.
    #[error("a picture of {width} × {height} pixels cannot be drawn; use 1 to 16384 on each side")]
    Size {
        /// Width asked for, in pixels.
        width: f32,
        /// Height asked for, in pixels.
        height: f32,
    },
    /// The PNG encoder refused.
    #[error("the picture could not be written as PNG: {0}")]
    Png(#[from] png::EncodingError),
}

impl RgbaPicture {
    /// The picture as the bytes of a PNG file.
    ///
    /// # Errors
    /// [`RasterError::Png`] when the encoder refuses the size.
    pub fn to_png(&self) -> Result<Vec<u8>, RasterError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.pixels)?;
        writer.finish()?;
        Ok(bytes)
    }

    /// The colour at column `x` and row `y`, or `None` outside.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let at = 4 * (y as usize * self.width as usize + x as usize);
        self.pixels.get(at..at + 4)?.try_into().ok()
    }
}

struct Texture {
    image: ColorImage,
    options: TextureOptions,
}

/// Holds the textures and turns an egui output into a picture.
#[derive(Default)]
pub struct Rasterizer {
    textures: HashMap<TextureId, Texture>,
}

impl Rasterizer {
    /// Takes over new and changed textures; must see every output of the context in order.
    pub fn apply(&mut self, delta: &mut TexturesDelta) {
        #[expect(
            clippy::iter_over_hash_type,
            reason = "each texture is set on its own, so the order does not matter"
        )]
        for (id, changes) in delta.set.drain() {
            for change in changes {
                self.set(id, change);
            }
        }
        let freed = std::mem::take(&mut delta.free);
        self.textures.retain(|id, _| !freed.contains(id));
    }

    fn set(&mut self, id: TextureId, change: ImageDelta) {
        let ImageData::Color(image) = change.image;
        let Some(([x, y], texture)) = change.pos.zip(self.textures.get_mut(&id)) else {
            let texture = Texture {
                image: (*image).clone(),
                options: change.options,
            };
            self.textures.insert(id, texture);
            return;
        };
        let [width, height] = image.size;
        let stride = texture.image.size[0];
        for row in 0..height {
            let from = &image.pixels[row * width..(row + 1) * width];
            let start = (y + row) * stride + x;
            if let Some(to) = texture.image.pixels.get_mut(start..start + width) {
                to.copy_from_slice(from);
            }
        }
    }

    /// The picture of `output`, on the ground of the theme's seams.
    ///
    /// # Errors
    /// [`RasterError::Size`] when the window of `ctx` has no drawable size.
    pub fn draw(&self, ctx: &Context, output: &FullOutput) -> Result<RgbaPicture, RasterError> {
        let scale = ctx.pixels_per_point();
        let size = (ctx.content_rect().size() * scale).round();
        let mut canvas = Canvas::new(size, theme::tokens(ctx).app)?;
        for primitive in ctx.tessellate(output.shapes.clone(), scale) {
            self.draw_primitive(&mut canvas, &primitive, scale);
        }
        Ok(canvas.picture(Color32::to_array))
    }

    fn draw_primitive(&self, canvas: &mut Canvas, clipped: &ClippedPrimitive, scale: f32) {
        // a paint callback needs a GPU; the desk has none
        let Primitive::Mesh(mesh) = &clipped.primitive else {
            return;
        };
        if let Some(texture) = self.textures.get(&mesh.texture_id) {
            let clip = canvas.clip(clipped.clip_rect * scale);
            canvas.draw_mesh(mesh, texture, &clip, scale);
        }
    }
}

/// Half-open pixel ranges that may be written.
struct Clip {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

struct Canvas {
    pixels: Vec<Color32>,
    width: usize,
    height: usize,
}

impl Canvas {
    /// A canvas of one colour.
    fn new(size: Vec2, ground: Color32) -> Result<Self, RasterError> {
        if !(1.0..=16_384.0).contains(&size.x) || !(1.0..=16_384.0).contains(&size.y) {
            return Err(RasterError::Size {
                width: size.x,
                height: size.y,
            });
        }
        Ok(Self {
            pixels: vec![ground; size.x as usize * size.y as usize],
            width: size.x as usize,
            height: size.y as usize,
        })
    }

    fn picture(&self, bytes: impl Fn(&Color32) -> [u8; 4]) -> RgbaPicture {
        RgbaPicture {
            pixels: self.pixels.iter().flat_map(bytes).collect(),
            width: self.width as u32,
            height: self.height as u32,
        }
    }

    fn clip(&self, rect: Rect) -> Clip {
        Clip {
            left: rect.left().round().clamp(0.0, self.width as f32) as usize,
            right: rect.right().round().clamp(0.0, self.width as f32) as usize,
            top: rect.top().round().clamp(0.0, self.height as f32) as usize,
            bottom: rect.bottom().round().clamp(0.0, self.height as f32) as usize,
        }
    }

    fn draw_mesh(&mut self, mesh: &Mesh, texture: &Texture, clip: &Clip, scale: f32) {
        for triangle in mesh.indices.chunks_exact(3) {
            let corner = |n: usize| mesh.vertices.get(triangle[n] as usize).copied();
            if let (Some(a), Some(b), Some(c)) = (corner(0), corner(1), corner(2)) {
                let place = |v: Vertex| Vertex {
                    pos: (v.pos.to_vec2() * scale).to_pos2(),
                    ..v
                };
                self.draw_triangle([place(a), place(b), place(c)], texture, clip);
            }
        }
    }

    fn draw_triangle(&mut self, mut v: [Vertex; 3], texture: &Texture, clip: &Clip) {
        let mut area = edge(v[0].pos, v[1].pos, v[2].pos);
        if area < 0.0 {
            v.swap(1, 2);
            area = -area;
        }
        if !area.is_finite() || area == 0.0 {
            return;
        }
        // most of a picture is areas of one colour: their shade is worked out once
        let is_flat = v[1..]
            .iter()
            .all(|other| other.color == v[0].color && other.uv == v[0].uv);
        let flat = is_flat.then(|| shade(&v, [1.0, 0.0, 0.0], texture));
        let bounds = Rect::from_points(&[v[0].pos, v[1].pos, v[2].pos]);
        let left = (bounds.left().floor().max(0.0) as usize).max(clip.left);
        let right = (bounds.right().ceil().max(0.0) as usize).min(clip.right);
        let top = (bounds.top().floor().max(0.0) as usize).max(clip.top);
        let bottom = (bounds.bottom().ceil().max(0.0) as usize).min(clip.bottom);
        for y in top..bottom {
            for x in row_span(&v, y as f32 + 0.5, left, right) {
                let centre = pos2(x as f32 + 0.5, y as f32 + 0.5);
                if let Some(weights) = weights(&v, centre, area) {
                    let source = flat.unwrap_or_else(|| shade(&v, weights, texture));
                    let target = &mut self.pixels[y * self.width + x];
                    *target = over(source, *target);
                }
            }
        }
    }
}

/// Twice the signed area of the triangle `a b p`.
fn edge(a: Pos2, b: Pos2, p: Pos2) -> f32 {
    (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)
}

/// The columns of a row that a triangle can reach, with two pixels to spare on both sides.
fn row_span(v: &[Vertex; 3], y: f32, left: usize, right: usize) -> std::ops::Range<usize> {
    let (mut low, mut high) = (left as f64, right as f64);
    for (from, to) in [(0, 1), (1, 2), (2, 0)] {
        let (a, b) = (v[from].pos, v[to].pos);
        let rise = f64::from(b.y) - f64::from(a.y);
        if rise != 0.0 {
            let run = f64::from(b.x) - f64::from(a.x);
            let crossing = f64::from(a.x) + run * (f64::from(y) - f64::from(a.y)) / rise;
            if rise > 0.0 {
                high = high.min(crossing + 2.0);
            } else {
                low = low.max(crossing - 2.0);
            }
        }
    }
    low.floor() as usize..high.ceil().max(0.0) as usize
}

/// Barycentric weights of `p`, or `None` outside; a shared edge belongs to one triangle only.
fn weights(v: &[Vertex; 3], p: Pos2, area: f32) -> Option<[f32; 3]> {
    let owns = |a: Pos2, b: Pos2, w: f32| {
        let is_top_left = (a.y == b.y && b.x > a.x) || b.y < a.y;
        w > 0.0 || (w == 0.0 && is_top_left)
    };
    let w0 = edge(v[1].pos, v[2].pos, p);
    let w1 = edge(v[2].pos, v[0].pos, p);
    let w2 = edge(v[0].pos, v[1].pos, p);
    let inside = owns(v[1].pos, v[2].pos, w0)
        && owns(v[2].pos, v[0].pos, w1)
        && owns(v[0].pos, v[1].pos, w2);
    inside.then(|| [w0 / area, w1 / area, w2 / area])
}

/// Colour of a triangle at the weights: interpolated vertex colour times the texture.
fn shade(v: &[Vertex; 3], w: [f32; 3], texture: &Texture) -> [f32; 4] {
    let mut colour = [0.0_f32; 4];
    let mut uv = Vec2::ZERO;
    for (vertex, weight) in v.iter().zip(w) {
        for (channel, byte) in colour.iter_mut().zip(vertex.color.to_array()) {
            *channel += weight * f32::from(byte);
        }
        uv += weight * vertex.uv.to_vec2();
    }
    let texel = sample(texture, uv);
    for (channel, factor) in colour.iter_mut().zip(texel) {
        *channel *= factor / 255.0;
    }
    colour
}

/// Texture colour at `uv`, nearest or bilinear, clamped to the edge.
fn sample(texture: &Texture, uv: Vec2) -> [f32; 4] {
    let [width, height] = texture.image.size;
    let at = |x: f32, y: f32| {
        let column = x.clamp(0.0, width.saturating_sub(1) as f32) as usize;
        let row = y.clamp(0.0, height.saturating_sub(1) as f32) as usize;
        texture
            .image
            .pixels
            .get(row * width + column)
            .map_or([0.0; 4], |c| c.to_array().map(f32::from))
    };
    let (x, y) = (uv.x * width as f32, uv.y * height as f32);
    if texture.options.magnification == egui::TextureFilter::Nearest {
        return at(x.floor(), y.floor());
    }
    let (x, y) = (x - 0.5, y - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - top);
    let mut blended = [0.0; 4];
    for (corner, weight) in [
        (at(left, top), (1.0 - fx) * (1.0 - fy)),
        (at(left + 1.0, top), fx * (1.0 - fy)),
        (at(left, top + 1.0), (1.0 - fx) * fy),
        (at(left + 1.0, top + 1.0), fx * fy),
    ] {
        for (channel, part) in blended.iter_mut().zip(corner) {
            *channel += weight * part;
        }
    }
    blended
}

/// Premultiplied source over an opaque target.
#[expect(
    clippy::disallowed_methods,
    reason = "blended pixels, not colours that somebody chose"
)]
fn over(source: [f32; 4], target: Color32) -> Color32 {
    let rest = 1.0 - source[3] / 255.0;
    let blend = |s: f32, t: u8| (s + f32::from(t) * rest).round().clamp(0.0, 255.0) as u8;
    Color32::from_rgba_premultiplied(
        blend(source[0], target.r()),
        blend(source[1], target.g()),
        blend(source[2], target.b()),
        blend(source[3], target.a()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    fn square(ctx: &Context) -> RgbaPicture {
        render(ctx, vec2(20.0, 10.0), 2.0, |ui| {
            let rect = Rect::from_min_size(pos2(5.0, 2.0), vec2(10.0, 4.0));
            ui.painter()
                .rect_filled(rect, 0.0, theme::Tokens::dark().accent);
        })
        .expect("a small picture")
    }

    #[test]
    fn a_rectangle_lands_on_its_pixels() {
        let picture = square(&Context::default());
        assert_eq!((picture.width, picture.height), (40, 20));
        let accent = theme::Tokens::dark().accent.to_array();
        assert_eq!(picture.pixel(20, 8), Some(accent));
        assert_eq!(picture.pixel(12, 6), Some(accent));
        assert_ne!(picture.pixel(5, 8), Some(accent));
        assert_ne!(picture.pixel(20, 16), Some(accent));
        assert_eq!(picture.pixel(40, 0), None);
    }

    #[test]
    fn half_alpha_blends_once_along_a_shared_edge() {
        let picture = render(&Context::default(), vec2(16.0, 16.0), 1.0, |ui| {
            let mut mesh = Mesh::default();
            let rect = Rect::from_min_max(pos2(2.0, 2.0), pos2(14.0, 14.0));
            mesh.add_colored_rect(rect, Color32::from_white_alpha(128));
            ui.painter().rect_filled(rect, 0.0, Color32::BLACK);
            ui.painter().add(mesh);
        })
        .expect("a small picture");
        let inner: Vec<_> = (4..12).map(|i| picture.pixel(i, i)).collect();
        assert!(
            inner.iter().all(|p| *p == Some([128, 128, 128, 255])),
            "{inner:?}"
        );
    }

    #[test]
    fn text_leaves_ink_and_two_runs_are_equal() {
        let draw = || {
            let ctx = Context::default();
            theme::install(&ctx);
            render(&ctx, vec2(120.0, 30.0), 1.0, |ui| {
                ui.label("Net vega");
            })
            .expect("a small picture")
        };
        let (first, second) = (draw(), draw());
        assert_eq!(first, second);
        let inked = first.pixels.chunks(4).filter(|p| p[0] > 100).count();
        assert!(inked > 40, "{inked}");
    }

    #[test]
    fn png_reads_back() {
        let picture = square(&Context::default());
        let bytes = picture.to_png().expect("valid size");
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
            .read_info()
            .expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("fits")];
        reader.next_frame(&mut pixels).expect("one frame");
        assert_eq!(pixels, picture.pixels);
    }

    #[test]
    fn an_impossible_size_is_refused() {
        let ctx = Context::default();
        let result = render(&ctx, vec2(20_000.0, 10.0), 1.0, |_ui| {});
        assert!(matches!(result, Err(RasterError::Size { .. })));
    }
}
