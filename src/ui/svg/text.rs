//! Text that stays text: one element for each run of one look, at its baseline and as wide as it was drawn.
//!
//! The width is fixed by `textLength`, so that a browser without the desk's fonts still puts every label
//! where it belongs.

use egui::epaint::TextShape;
use egui::epaint::text::{Galley, Glyph, TextFormat};
use egui::{Color32, FontFamily};

use super::Writer;
use super::look::{escaped, fill_attributes, number};
use super::shape::turned;

/// Families for words.
pub const WORDS: &str = "Inter, 'Helvetica Neue', Arial, sans-serif";
/// Families for figures.
const FIGURES: &str = "'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/// Glyphs of one row and one format.
struct Run<'a> {
    format: &'a TextFormat,
    letters: String,
    left: f32,
    right: f32,
    baseline: f32,
}

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &TextShape) {
        for run in runs(&text.galley) {
            if run.letters.trim().is_empty() {
                continue;
            }
            self.run_of_text(text, &run);
        }
    }

    fn run_of_text(&mut self, text: &TextShape, run: &Run<'_>) {
        let own = if run.format.color == Color32::PLACEHOLDER {
            text.fallback_color
        } else {
            run.format.color
        };
        let ink = text
            .override_text_color
            .unwrap_or(own)
            .gamma_multiply(text.opacity_factor);
        let (x, y) = (
            number(text.pos.x + run.left),
            number(text.pos.y + run.baseline),
        );
        let width = number(run.right - run.left);
        let font = font(run.format);
        let (fill, turn) = (fill_attributes(ink), turned(text.angle, text.pos));
        let letters = escaped(&run.letters);
        self.element(format_args!(
            "<text x=\"{x}\" y=\"{y}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"\
             {font}{fill}{turn} xml:space=\"preserve\">{letters}</text>"
        ));
    }
}

/// Size, and family and weight where they are not the words' ordinary ones.
fn font(format: &TextFormat) -> String {
    let size = number(format.font_id.size);
    let (is_figures, is_strong) = match &format.font_id.family {
        FontFamily::Proportional => (false, false),
        FontFamily::Monospace => (true, false),
        FontFamily::Name(name) => (name.starts_with("mono"), name.ends_with("semibold")),
    };
    let family = if is_figures {
        format!(" font-family=\"{FIGURES}\"")
    } else {
        String::new()
    };
    let weight = if is_strong {
        " font-weight=\"600\""
    } else {
        ""
    };
    format!(" font-size=\"{size}\"{family}{weight}")
}

/// The galley's rows, cut where the format changes.
fn runs(galley: &Galley) -> Vec<Run<'_>> {
    let mut found: Vec<Run<'_>> = Vec::new();
    // bytes of the text that the rows so far have shown
    let mut shown = 0;
    for placed in &galley.rows {
        let mut open: Option<Run<'_>> = None;
        for glyph in &placed.row.glyphs {
            let format = format_at(galley, shown);
            shown += glyph.chr.len_utf8();
            let Some(format) = format else { continue };
            match &mut open {
                Some(run) if std::ptr::eq(run.format, format) => extend(run, glyph, placed.pos.x),
                Some(_) | None => {
                    let begun = Run {
                        format,
                        letters: glyph.chr.to_string(),
                        left: placed.pos.x + glyph.pos.x,
                        right: placed.pos.x + glyph.pos.x + glyph.advance_width,
                        baseline: placed.pos.y + glyph.pos.y,
                    };
                    found.extend(open.replace(begun));
                }
            }
        }
        shown += usize::from(placed.ends_with_newline);
        found.extend(open);
    }
    found
}

fn extend(run: &mut Run<'_>, glyph: &Glyph, row: f32) {
    run.letters.push(glyph.chr);
    run.right = row + glyph.pos.x + glyph.advance_width;
}

/// The format at a byte of the text; an ellipsis past the end has the last one.
fn format_at(galley: &Galley, byte: usize) -> Option<&TextFormat> {
    let sections = &galley.job.sections;
    let at = sections
        .iter()
        .find(|section| section.byte_range.start.0 <= byte && byte < section.byte_range.end.0);
    at.or_else(|| sections.last())
        .map(|section| &section.format)
}
