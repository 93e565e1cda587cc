//! The two bundled type families and the text styles of the desk as small functions.
//!
//! Words are Inter, numbers `JetBrains Mono` (Inter's digits are proportional, so a column of them
//! would not line up). Both are vendored subsets under the SIL Open Font License; the licence texts
//! lie beside them. Colour is left to the caller: without one a text takes the label colour,
//! `.strong()` the colour of values, `.weak()` that of units.

use std::sync::Arc;

use egui::text::{Galley, LayoutJob, TextFormat};
use egui::{
    Align2, Color32, Context, FontData, FontDefinitions, FontFamily, FontId, Id, Painter, Pos2,
    Rect, RichText,
};

const INTER: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
const INTER_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");
const MONO: &[u8] = include_bytes!("../../assets/fonts/JetBrainsMono-Regular.ttf");
const MONO_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/JetBrainsMono-SemiBold.ttf");

/// Size of captions and small numbers, in points; nothing on the desk is smaller.
pub const SMALL: f32 = 11.0;
/// Size of body text and numbers, in points.
pub const BODY: f32 = 12.0;
/// Row of body text, captions and numbers, in points.
pub const ROW: f32 = 16.0;

/// The family of titles: Inter at weight 600.
#[must_use]
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// The family of key figures: `JetBrains Mono` at weight 600.
#[must_use]
pub fn mono_semibold() -> FontFamily {
    FontFamily::Name("mono_semibold".into())
}

/// Inter at `size`, for painters.
#[must_use]
pub fn inter(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Inter at weight 600 and `size`, for painters.
#[must_use]
pub fn inter_strong(size: f32) -> FontId {
    FontId::new(size, semibold())
}

/// `JetBrains Mono` at `size`, for painters.
#[must_use]
pub fn mono(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// `JetBrains Mono` at weight 600 and `size`, for painters.
#[must_use]
pub fn mono_strong(size: f32) -> FontId {
    FontId::new(size, mono_semibold())
}

/// The font definitions: our families first, egui's own as fallback for rare glyphs.
#[must_use]
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let ours = [
        ("inter", INTER, FontFamily::Proportional),
        ("inter_semibold", INTER_SEMIBOLD, semibold()),
        ("mono", MONO, FontFamily::Monospace),
        ("mono_semibold", MONO_SEMIBOLD, mono_semibold()),
    ];
    let fallback: Vec<String> = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    for (name, bytes, family) in ours {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        fonts
            .families
            .entry(family)
            .or_insert_with(|| fallback.clone())
            .insert(0, name.to_owned());
    }
    fonts
}

/// Sets the fonts of `ctx`, once.
pub fn install(ctx: &Context) {
    let done = Id::unique("palisade_fonts_installed");
    if ctx
        .data(|data| data.get_temp::<bool>(done))
        .unwrap_or(false)
    {
        return;
    }
    ctx.set_fonts(definitions());
    ctx.data_mut(|data| data.insert_temp(done, true));
}

/// Height of the row in which a text of `size` stands, in points.
const fn row_of(size: f32) -> f32 {
    if size <= 13.0 { ROW } else { 24.0 }
}

/// Format of a painted text: its row is a multiple of 4, so that both families share a baseline.
#[must_use]
pub fn format(font: FontId, color: Color32) -> TextFormat {
    TextFormat {
        line_height: Some(row_of(font.size)),
        ..TextFormat::simple(font, color)
    }
}

/// Lays out one line for a painter, in the rows of the desk.
#[must_use]
pub fn galley(painter: &Painter, words: &str, (font, color): (FontId, Color32)) -> Arc<Galley> {
    let job = LayoutJob::single_section(words.to_owned(), format(font, color));
    painter.layout_job(job)
}

/// Paints one line with its `anchor` at `at` and returns where it stands.
///
/// Use this rather than `Painter::text`: words and numbers then share a baseline.
pub fn write(
    painter: &Painter,
    at: Pos2,
    anchor: Align2,
    words: &str,
    (font, color): (FontId, Color32),
) -> Rect {
    let galley = galley(painter, words, (font, color));
    let place = anchor.anchor_size(at, galley.size());
    painter.galley(place.min, galley, color);
    place
}

fn text(words: impl Into<String>, font: FontId) -> RichText {
    RichText::new(words).font(font).line_height(Some(ROW))
}

/// Labels, heads, words at axes and units: Inter 11.
pub fn caption(words: impl Into<String>) -> RichText {
    text(words, inter(SMALL))
}

/// Section heads, line-end labels and states: Inter 11, 600.
pub fn caption_strong(words: impl Into<String>) -> RichText {
    text(words, inter_strong(SMALL))
}

/// Everything else: Inter 12.
pub fn body(words: impl Into<String>) -> RichText {
    text(words, inter(BODY))
}

/// Titles of panels, cards and tabs: Inter 12, 600, in the colour of values.
pub fn title(words: impl Into<String>) -> RichText {
    text(words, inter_strong(BODY)).strong()
}

/// The campaign's name in the top strip: Inter 13, 600.
pub fn campaign(words: impl Into<String>) -> RichText {
    text(words, inter_strong(13.0)).strong()
}

/// The one sentence of a verdict: Inter 16, 600; at most once in a window.
pub fn verdict(words: impl Into<String>) -> RichText {
    text(words, inter_strong(16.0))
        .line_height(Some(20.0))
        .strong()
}

/// Numbers in tables, fields and chips: `JetBrains Mono` 12.
pub fn num(words: impl Into<String>) -> RichText {
    text(words, mono(BODY))
}

/// Numbers at weight 600: `JetBrains Mono` 12.
pub fn num_strong(words: impl Into<String>) -> RichText {
    text(words, mono_strong(BODY))
}

/// Numbers at axes, in readouts and the crash table: `JetBrains Mono` 11.
pub fn num_small(words: impl Into<String>) -> RichText {
    text(words, mono(SMALL))
}

/// Net figures among small numbers: `JetBrains Mono` 11, 600.
pub fn num_small_strong(words: impl Into<String>) -> RichText {
    text(words, mono_strong(SMALL))
}

/// The two net-vega tiles and nothing else: `JetBrains Mono` 16, 600.
pub fn num_key(words: impl Into<String>) -> RichText {
    text(words, mono_strong(16.0))
        .line_height(Some(24.0))
        .strong()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every glyph the desk writes beside ASCII.
    const GLYPHS: &str = "−×→←↑↓≈σΔΘΓνρ±…·“”‘’≥≤≠½¼∂∞√°–—•✓⇧";

    #[test]
    fn both_families_have_the_glyphs_that_we_write() {
        let ctx = Context::default();
        install(&ctx);
        ctx.set_missing_glyph_policy(egui::MissingGlyphPolicy::Panic);
        let mut drawn = 0;
        for _pass in 0..2 {
            let output = ctx.run_ui(egui::RawInput::default(), |ui| {
                for style in [caption, caption_strong, body, num, num_strong] {
                    ui.label(style(GLYPHS.to_owned()));
                    drawn += 1;
                }
            });
            output.drop_without_applying_deltas();
        }
        assert!(drawn >= 10);
    }

    #[test]
    fn digits_of_the_mono_family_are_tabular() {
        let ctx = Context::default();
        install(&ctx);
        let mut widths = Vec::new();
        let output = ctx.run_ui(egui::RawInput::default(), |ui| {
            widths = "0123456789−+,.$%"
                .chars()
                .map(|glyph| ui.fonts_mut(|f| f.glyph_width(&mono(BODY), glyph)))
                .collect();
        });
        output.drop_without_applying_deltas();
        assert!(
            widths
                .iter()
                .all(|w| (w - widths[0]).abs() < 1e-4 && *w > 4.0)
        );
    }

    #[test]
    fn words_and_numbers_share_a_baseline() {
        let ctx = Context::default();
        crate::ui::theme::install(&ctx);
        let styles = [
            inter(11.0),
            inter(12.0),
            inter_strong(12.0),
            mono(11.0),
            mono(12.0),
        ];
        let ink = Color32::WHITE;
        let picture = crate::ui::raster::render(&ctx, egui::vec2(200.0, 24.0), 1.0, |ui| {
            for (index, font) in styles.iter().enumerate() {
                let at = Pos2::new(20.0 + 40.0 * index as f32, 12.0);
                write(
                    ui.painter(),
                    at,
                    Align2::CENTER_CENTER,
                    "H",
                    (font.clone(), ink),
                );
            }
        })
        .expect("a small picture");
        let foot = |index: u32| {
            let is_inked = |y: u32| {
                (40 * index..40 * (index + 1))
                    .any(|x| picture.pixel(x, y).is_some_and(|p| p[0] > 110))
            };
            (0..24).rfind(|y| is_inked(*y))
        };
        let feet: Vec<_> = (0..styles.len() as u32).map(foot).collect();
        assert_eq!(feet, [Some(15); 5]);
    }
}
