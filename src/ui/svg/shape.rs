//! Circles, rectangles, paths and curves as SVG elements.

use egui::epaint::{
    CircleShape, ColorMode, CornerRadiusF32, CubicBezierShape, EllipseShape, PathShape, PathStroke,
    QuadraticBezierShape, RectShape,
};
use egui::{Color32, Pos2, Rect, StrokeKind};

use super::Writer;
use super::look::{fill_attributes, number, stroke_attributes};

/// `x y` of a point.
pub fn place(at: Pos2) -> String {
    format!("{} {}", number(at.x), number(at.y))
}

/// Path data through points.
pub fn way(points: &[Pos2], is_closed: bool) -> String {
    let mut way = String::new();
    for (index, point) in points.iter().enumerate() {
        way.push(if index == 0 { 'M' } else { 'L' });
        way.push_str(&place(*point));
    }
    if is_closed {
        way.push('Z');
    }
    way
}

/// The stroke of a path; one coloured by a function has the colour of nowhere in particular and is left out.
fn path_stroke(stroke: &PathStroke) -> String {
    match &stroke.color {
        ColorMode::Solid(color) => stroke_attributes(stroke.width, *color),
        ColorMode::UV(_) => String::new(),
    }
}

impl Writer<'_> {
    pub(super) fn circle(&mut self, circle: &CircleShape) {
        let look = look(circle.fill, circle.stroke.width, circle.stroke.color);
        let (x, y) = (number(circle.center.x), number(circle.center.y));
        let radius = number(circle.radius);
        self.element(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{look}/>"
        ));
    }

    pub(super) fn ellipse(&mut self, ellipse: &EllipseShape) {
        let look = look(ellipse.fill, ellipse.stroke.width, ellipse.stroke.color);
        let (x, y) = (number(ellipse.center.x), number(ellipse.center.y));
        let (wide, high) = (number(ellipse.radius.x), number(ellipse.radius.y));
        let turn = turned(ellipse.angle, ellipse.center);
        self.element(format_args!(
            "<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{wide}\" ry=\"{high}\"{look}{turn}/>"
        ));
    }

    pub(super) fn path(&mut self, path: &PathShape) {
        if path.points.len() < 2 {
            return;
        }
        let fill = if path.closed {
            path.fill
        } else {
            Color32::TRANSPARENT
        };
        let stroke = path_stroke(&path.stroke);
        if fill == Color32::TRANSPARENT && stroke.is_empty() {
            return;
        }
        let (way, fill) = (way(&path.points, path.closed), fill_attributes(fill));
        self.element(format_args!(
            "<path d=\"{way}\"{fill}{stroke} stroke-linejoin=\"round\"/>"
        ));
    }

    pub(super) fn rect(&mut self, shape: &RectShape) {
        let stroke = shape.stroke;
        let has_stroke = !stroke.is_empty();
        if shape.fill == Color32::TRANSPARENT && !has_stroke {
            return;
        }
        let out = match (has_stroke, shape.stroke_kind) {
            (false, _) | (true, StrokeKind::Middle) => 0.0,
            (true, StrokeKind::Inside) => -stroke.width / 2.0,
            (true, StrokeKind::Outside) => stroke.width / 2.0,
        };
        let rect = shape.rect.expand(out);
        if rect.is_negative() {
            return;
        }
        let radii = CornerRadiusF32::from(shape.corner_radius) + CornerRadiusF32::same(out);
        let look = look(shape.fill, stroke.width, stroke.color);
        let turn = turned(shape.angle, shape.rect.center());
        if radii.is_same() {
            let (x, y) = (number(rect.left()), number(rect.top()));
            let (width, height) = (number(rect.width()), number(rect.height()));
            let radius = if radii.nw > 0.0 {
                format!(" rx=\"{}\"", number(radii.nw))
            } else {
                String::new()
            };
            self.element(format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{radius}{look}{turn}/>"
            ));
        } else {
            let way = rounded(rect, radii);
            self.element(format_args!("<path d=\"{way}\"{look}{turn}/>"));
        }
    }

    pub(super) fn quadratic(&mut self, curve: &QuadraticBezierShape) {
        let [from, by, to] = curve.points.map(place);
        let stroke = path_stroke(&curve.stroke);
        let fill = fill_attributes(curve.fill);
        self.element(format_args!(
            "<path d=\"M{from}Q{by} {to}\"{fill}{stroke}/>"
        ));
    }

    pub(super) fn cubic(&mut self, curve: &CubicBezierShape) {
        let [from, first, second, to] = curve.points.map(place);
        let stroke = path_stroke(&curve.stroke);
        let fill = fill_attributes(curve.fill);
        self.element(format_args!(
            "<path d=\"M{from}C{first} {second} {to}\"{fill}{stroke}/>"
        ));
    }
}

/// Fill and stroke.
fn look(fill: Color32, width: f32, stroke: Color32) -> String {
    fill_attributes(fill) + &stroke_attributes(width, stroke)
}

/// A turn about a point, clockwise as in egui.
pub fn turned(angle: f32, about: Pos2) -> String {
    if angle == 0.0 {
        return String::new();
    }
    format!(
        " transform=\"rotate({} {})\"",
        number(angle.to_degrees()),
        place(about)
    )
}

/// A rectangle with four corners of their own.
fn rounded(rect: Rect, radii: CornerRadiusF32) -> String {
    let corner = |radius: f32, to: Pos2| {
        let radius = number(radius.max(0.0));
        format!("A{radius} {radius} 0 0 1 {}", place(to))
    };
    let (left, right, top, bottom) = (rect.left(), rect.right(), rect.top(), rect.bottom());
    let CornerRadiusF32 { nw, ne, sw, se } = radii;
    let at = |x: f32, y: f32| Pos2::new(x, y);
    format!(
        "M{}L{}{}L{}{}L{}{}L{}{}Z",
        place(at(left + nw, top)),
        place(at(right - ne, top)),
        corner(ne, at(right, top + ne)),
        place(at(right, bottom - se)),
        corner(se, at(right - se, bottom)),
        place(at(left + sw, bottom)),
        corner(sw, at(left, bottom - sw)),
        place(at(left, top + nw)),
        corner(nw, at(left + nw, top)),
    )
}
