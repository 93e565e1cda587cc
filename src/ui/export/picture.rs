//! A panel as a picture of its own: drawn headless in a window of its own, with what it rests on written above.
//!
//! Not a screenshot: no pointer, no head full of controls. A panel that is drawn for a picture can ask by
//! [`is_picture`], and says by [`say_subject`] what its head would have told.

use egui::{Context, Id, Rect, ThemePreference, Ui, UiBuilder, Vec2, pos2, vec2};

use super::FileKind;
use super::caption;
use crate::ui::panels::PanelKind;
use crate::ui::plot::cursor;
use crate::ui::raster::{self, Drawn, RasterError, RgbaPicture};
use crate::ui::svg::{About, to_svg};
use crate::ui::theme::{self, tokens};
use crate::ui::workspace::ThemeChoice;
use crate::ui::{Actions, PanelContext};

/// Pixels a point of pictures as pixels.
const SCALE: f32 = 2.0;

/// How a picture looks.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    theme: ThemeChoice,
    choices: Option<&'a Context>,
}

impl<'a> Look<'a> {
    /// The look of a theme, with every panel's own choices as at the start.
    pub fn plain(theme: ThemeChoice) -> Self {
        Self {
            theme,
            choices: None,
        }
    }

    /// The look of a theme, with the choices that panels keep in the memory of a desk: zoom, expiry, range.
    pub fn of_desk(theme: ThemeChoice, desk: &'a Context) -> Self {
        Self {
            theme,
            choices: Some(desk),
        }
    }
}

/// A panel's picture as the bytes of a file.
///
/// # Errors
/// [`RasterError`] when the encoder refuses. CSV and Markdown are no pictures and answer as PNG.
pub fn picture_file(
    panel: PanelKind,
    ctx: &PanelContext<'_>,
    kind: FileKind,
    look: Look<'_>,
) -> Result<Vec<u8>, RasterError> {
    match kind {
        FileKind::Svg => Ok(svg(panel, ctx, look).into_bytes()),
        FileKind::Png | FileKind::Csv | FileKind::Markdown => picture(panel, ctx, look)?.to_png(),
    }
}

/// A panel's picture as pixels, two a point.
///
/// # Errors
/// [`RasterError::Size`], which does not happen at the sizes of [`size`].
pub fn picture(
    panel: PanelKind,
    ctx: &PanelContext<'_>,
    look: Look<'_>,
) -> Result<RgbaPicture, RasterError> {
    drawn(panel, ctx, look, SCALE).0.picture()
}

/// What a picture of no panel says of itself.
#[derive(Clone, Copy, Debug)]
pub struct PartWords<'a> {
    /// What it shows.
    pub title: &'a str,
    /// The campaign's name.
    pub campaign: &'a str,
    /// What it rests on.
    pub basis: &'a str,
}

/// A picture that `draw` paints, as the bytes of a PNG, between lines as those of a panel's picture.
///
/// # Errors
/// [`RasterError`] when the size is none, or when the encoder refuses.
pub fn part_png(
    words: PartWords<'_>,
    size: Vec2,
    look: Look<'_>,
    draw: &dyn Fn(&mut Ui),
) -> Result<Vec<u8>, RasterError> {
    let canvas = canvas(look);
    let drawn = raster::draw(&canvas, size, SCALE, |ui| {
        let (above, body, below) = ground(ui);
        let mut inside = ui.new_child(UiBuilder::new().max_rect(body));
        inside.set_clip_rect(body);
        draw(&mut inside);
        caption::part_above(ui, words, above);
        caption::below(ui, below);
    });
    drawn.picture()?.to_png()
}

/// A panel's picture as an SVG document.
#[must_use]
pub fn svg(panel: PanelKind, ctx: &PanelContext<'_>, look: Look<'_>) -> String {
    // at one pixel a point lines snap to where a browser draws them crisp
    let (drawn, title) = drawn(panel, ctx, look, 1.0);
    let title = format!("{title}, {}", ctx.campaign.name);
    let about = About {
        title: &title,
        description: &caption::assumption(ctx),
    };
    to_svg(&drawn, size(panel), about)
}

/// Width and height of a panel's picture, in points.
#[must_use]
pub fn size(panel: PanelKind) -> Vec2 {
    match panel {
        PanelKind::JointMap => vec2(960.0, 600.0),
        PanelKind::Signals | PanelKind::Choices | PanelKind::Rules => vec2(1200.0, 760.0),
        PanelKind::Hedge => vec2(960.0, 440.0),
        PanelKind::Position
        | PanelKind::Payoff
        | PanelKind::Greeks
        | PanelKind::PlTable
        | PanelKind::Smile
        | PanelKind::Calculators
        | PanelKind::Market
        | PanelKind::Journal
        | PanelKind::Model
        | PanelKind::Pack
        | PanelKind::Problems => vec2(960.0, 540.0),
    }
}

fn drawn(panel: PanelKind, ctx: &PanelContext<'_>, look: Look<'_>, scale: f32) -> (Drawn, String) {
    let canvas = canvas(look);
    let drawn = raster::draw(&canvas, size(panel), scale, |ui| contents(ui, panel, ctx));
    (drawn, title(&canvas, panel))
}

/// A context of its own, in the look of the picture.
fn canvas(look: Look<'_>) -> Context {
    let canvas = Context::default();
    theme::install(&canvas);
    if let Some(desk) = look.choices {
        let kept = desk.data(|data| data.clone());
        canvas.data_mut(|data| *data = kept);
        cursor::clear(&canvas);
    }
    canvas.set_theme(match look.theme {
        ThemeChoice::Dark => ThemePreference::Dark,
        ThemeChoice::Light => ThemePreference::Light,
    });
    canvas.data_mut(|data| data.insert_temp(slot(), Subject(String::new())));
    canvas
}

/// Paints the ground; the places of the lines above, of what is shown, and of the line below.
fn ground(ui: &Ui) -> (Rect, Rect, Rect) {
    let all = ui.ctx().content_rect();
    ui.painter().rect_filled(all, 0.0, tokens(ui).panel);
    let (above, rest) = all.split_top_bottom_at_y(all.top() + caption::ABOVE);
    let (body, below) = rest.split_top_bottom_at_y(rest.bottom() - caption::BELOW);
    (above, body, below)
}

fn contents(ui: &mut Ui, panel: PanelKind, ctx: &PanelContext<'_>) {
    let (above, body, below) = ground(ui);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(body));
    inside.set_clip_rect(body);
    panel.show(&mut inside, ctx, &mut Actions::default());
    caption::above(ui, ctx, &title(ui.ctx(), panel), above);
    caption::below(ui, below);
}

/// The panel's name, and what it said of itself in the pass before.
fn title(ctx: &Context, panel: PanelKind) -> String {
    let said = ctx.data(|data| data.get_temp::<Subject>(slot()));
    match said {
        Some(Subject(subject)) if !subject.is_empty() => format!("{}: {subject}", panel.label()),
        Some(_) | None => panel.label().to_owned(),
    }
}

/// What a panel says of itself while it is drawn for a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Subject(String);

fn slot() -> Id {
    Id::unique("palisade_picture_subject")
}

/// Whether a picture is being drawn rather than the desk.
#[must_use]
pub fn is_picture(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp::<Subject>(slot())).is_some()
}

/// Says for a picture what the panel shows, such as its component; nothing on the desk.
pub fn say_subject(ctx: &Context, subject: impl FnOnce() -> String) {
    if is_picture(ctx) {
        ctx.data_mut(|data| data.insert_temp(slot(), Subject(subject())));
    }
}

/// A `Ui` that takes controls without showing them: where a head would stand in a picture.
pub fn hidden(ui: &mut Ui) -> Ui {
    let place = Rect::from_min_size(pos2(0.0, 0.0), ui.ctx().content_rect().size());
    ui.new_child(UiBuilder::new().max_rect(place).invisible())
}
