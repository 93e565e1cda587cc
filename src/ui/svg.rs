//! Writes what egui drew as SVG: the same shapes, with text that stays text.
//!
//! Lines, areas and texts become elements; runs of lines of one look, such as the pieces of a dashed line,
//! become one path. A mesh of one colour becomes its outline, one of many colours an embedded picture.

mod look;
mod mesh;
mod shape;
mod text;

use std::fmt::Write as _;

use egui::epaint::ClippedShape;
use egui::{Pos2, Rect, Shape, Stroke, Vec2};

use self::look::{escaped, number, stroke_attributes};
use super::raster::Drawn;

/// What the document says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About<'a> {
    /// Title.
    pub title: &'a str,
    /// Description: what the picture rests on.
    pub description: &'a str,
}

/// The drawing as an SVG document of `size` points.
#[must_use]
pub fn to_svg(drawn: &Drawn, size: Vec2, about: About<'_>) -> String {
    let mut writer = Writer {
        drawn,
        canvas: Rect::from_min_size(Pos2::ZERO, size),
        body: String::new(),
        clips: Vec::new(),
        open: None,
        run: None,
    };
    for clipped in drawn.shapes() {
        writer.clipped(clipped);
    }
    writer.document(about)
}

/// Line segments of one look that follow one another.
struct Run {
    stroke: Stroke,
    way: String,
}

/// A document being written.
struct Writer<'a> {
    drawn: &'a Drawn,
    canvas: Rect,
    body: String,
    /// Rectangles that shapes are cut to; their numbers are their names.
    clips: Vec<Rect>,
    /// The rectangle that the open group is cut to.
    open: Option<usize>,
    run: Option<Run>,
}

impl Writer<'_> {
    fn clipped(&mut self, clipped: &ClippedShape) {
        let clip = clipped.clip_rect.intersect(self.canvas);
        let bounds = clipped.shape.visual_bounding_rect();
        if !clip.is_positive() || !bounds.intersects(clip) {
            return;
        }
        // a shape inside its clip needs none; text keeps it, since a browser's font may be wider
        let is_inside = clip.contains_rect(bounds) && bounds.is_finite();
        self.group((!is_inside).then_some(clip));
        self.shape(&clipped.shape);
    }

    /// Opens the group that is cut to `clip`, and closes the one before.
    fn group(&mut self, clip: Option<Rect>) {
        let wanted = clip
            .filter(|clip| !clip.contains_rect(self.canvas))
            .map(|clip| {
                let known = self.clips.iter().position(|known| *known == clip);
                known.unwrap_or_else(|| {
                    self.clips.push(clip);
                    self.clips.len() - 1
                })
            });
        if wanted == self.open {
            return;
        }
        self.close();
        if let Some(index) = wanted {
            self.push(format_args!("<g clip-path=\"url(#c{index})\">\n"));
        }
        self.open = wanted;
    }

    fn close(&mut self) {
        self.end_run();
        if self.open.take().is_some() {
            self.body.push_str("</g>\n");
        }
    }

    /// Adds markup; the run of lines before it is ended.
    fn element(&mut self, markup: std::fmt::Arguments<'_>) {
        self.end_run();
        self.push(markup);
        self.body.push('\n');
    }

    fn push(&mut self, markup: std::fmt::Arguments<'_>) {
        // writing to a string cannot fail
        self.body.write_fmt(markup).unwrap_or_default();
    }

    /// Adds a line segment, to the run before it where the look is the same.
    fn segment(&mut self, [from, to]: [Pos2; 2], stroke: Stroke) {
        if self.run.as_ref().is_none_or(|run| run.stroke != stroke) {
            self.end_run();
        }
        let run = self.run.get_or_insert_with(|| Run {
            stroke,
            way: String::new(),
        });
        let piece = format!(
            "M{} {}L{} {}",
            number(from.x),
            number(from.y),
            number(to.x),
            number(to.y)
        );
        run.way.push_str(&piece);
    }

    fn end_run(&mut self) {
        if let Some(Run { stroke, way }) = self.run.take() {
            let look = stroke_attributes(stroke.width, stroke.color);
            self.push(format_args!("<path d=\"{way}\" fill=\"none\"{look}/>\n"));
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.shape(shape)),
            Shape::LineSegment { points, stroke } => {
                if !stroke.is_empty() {
                    self.segment(*points, *stroke);
                }
            }
            Shape::Circle(circle) => self.circle(circle),
            Shape::Ellipse(ellipse) => self.ellipse(ellipse),
            Shape::Path(path) => self.path(path),
            Shape::Rect(rect) => self.rect(rect),
            Shape::Text(text) => self.text(text),
            Shape::Mesh(mesh) => self.mesh(mesh),
            Shape::QuadraticBezier(curve) => self.quadratic(curve),
            Shape::CubicBezier(curve) => self.cubic(curve),
            // the desk draws neither bands of changing width nor by callback
            Shape::Noop | Shape::Band(_) | Shape::Callback(_) => {}
        }
    }

    fn document(mut self, about: About<'_>) -> String {
        self.close();
        let (width, height) = (number(self.canvas.width()), number(self.canvas.height()));
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"{}\" \
             style=\"font-variant-ligatures:none\" role=\"img\">\n",
            text::WORDS
        );
        let (title, description) = (escaped(about.title), escaped(about.description));
        let title = format!("<title>{title}</title>\n<desc>{description}</desc>\n");
        text.push_str(&title);
        if !self.clips.is_empty() {
            text.push_str("<defs>\n");
            for (index, clip) in self.clips.iter().enumerate() {
                let (x, y) = (number(clip.left()), number(clip.top()));
                let (width, height) = (number(clip.width()), number(clip.height()));
                let markup = format!(
                    "<clipPath id=\"c{index}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" \
                     height=\"{height}\"/></clipPath>\n"
                );
                text.push_str(&markup);
            }
            text.push_str("</defs>\n");
        }
        text.push_str(&self.body);
        text.push_str("</svg>\n");
        text
    }
}

#[cfg(test)]
mod tests;
