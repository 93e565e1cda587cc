//! One line of text that ends in an ellipsis where its room ends.

use egui::text::LayoutJob;
use egui::{Align2, Color32, FontId, Painter, Rect};

/// Draws `text` at the left of `rect`, vertically centred, cut with an ellipsis at its right edge.
pub fn elided(painter: &Painter, rect: Rect, text: &str, font: FontId, ink: Color32) -> Rect {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap.max_width = rect.width().max(0.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let galley = painter.layout_job(job);
    let place = Align2::LEFT_CENTER.anchor_size(rect.left_center(), galley.size());
    painter.galley(place.min, galley, ink);
    place
}
