//! Marks on the map: the presets as diamonds, closes that happened as squares, and what has a name.

use egui::{
    Align2, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};

use super::chart::Chart;
use super::lines;
use super::state::Scene;
use crate::risk::figures::ScenarioRow;
use crate::risk::joint_map::{REFERENCE_CLOSES, ReferenceClose};
use crate::risk::presets::{PRESETS, VixRule};
use crate::ui::action::Actions;
use crate::ui::format;
use crate::ui::icons;
use crate::ui::plot::label::{Ink, Label, Taken};

/// Half the width of a diamond.
const DIAMOND: f32 = 5.0;
/// Half the width of a square.
const SQUARE: f32 = 3.5;
/// Height of the map below which closes that happened say their name only under the pointer.
const ROOM_FOR_CLOSES: f32 = 280.0;
/// Distance of a name from its mark.
const AWAY: f32 = 10.0;

/// Ground that names must not cover, and the ground that is taken.
#[derive(Default)]
pub struct Room(Taken);

impl Room {
    /// Takes ground.
    pub fn add(&mut self, rect: Rect) {
        self.0.add(rect);
    }

    /// All taken ground.
    pub fn rects(&self) -> &[Rect] {
        self.0.rects()
    }

    /// Paints a label that lies inside the frame where nothing stands yet.
    pub fn paint_if_free(&mut self, chart: &Chart, label: &Label) -> bool {
        let rect = label.rect(&chart.painter);
        chart.frame.contains_rect(rect) && self.0.paint_if_free(&chart.painter, &chart.t, label)
    }
}

/// A mark and its name.
pub struct Mark {
    at: Pos2,
    name: &'static str,
    is_preset: bool,
    is_lit: bool,
}

/// Shows every mark inside the frame; a click on a preset puts the point there.
pub fn marks(ui: &Ui, scene: &Scene<'_>, chart: &Chart, actions: &mut Actions) -> Vec<Mark> {
    let mut marks = Vec::new();
    for close in &REFERENCE_CLOSES {
        if chart.holds(close.spx_pct, close.vix_to) {
            marks.push(reference(ui, chart, close));
        }
    }
    for row in &scene.real.presets {
        if chart.holds(row.spx_pct, row.vix) {
            marks.push(preset(ui, scene, (chart, row), actions));
        }
    }
    for mark in &marks {
        paint_mark(chart, mark);
    }
    marks
}

fn ground(at: Pos2) -> Rect {
    Rect::from_center_size(at, Vec2::splat(20.0))
}

fn reference(ui: &Ui, chart: &Chart, close: &ReferenceClose) -> Mark {
    let at = chart.at(close.spx_pct, close.vix_to);
    let id = egui::Id::unique(("palisade_reference_close", close.name));
    let response = ui.interact(ground(at), id, Sense::hover());
    let words = format!(
        "{}: VIX closed at {}",
        close.name,
        format::points(close.vix_to)
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let is_lit = response.hovered();
    response.on_hover_ui(|ui| {
        ui.label(reference_words(close));
    });
    Mark {
        at,
        name: close.name,
        is_preset: false,
        is_lit,
    }
}

/// The closes of an episode in words.
fn reference_words(close: &ReferenceClose) -> String {
    let mut words = format!(
        "Closes of {} to {}\nSPX {} %, VIX {} → {}",
        format::date(close.from),
        format::date(close.to),
        format::signed(close.spx_pct, 1),
        format::points(close.vix_from),
        format::points(close.vix_to),
    );
    for future in &close.futures {
        let (from, to) = (format::points(future.from), format::points(future.to));
        let line = format!("\nVX {}: {from} → {to}", future.tenor);
        words.push_str(&line);
    }
    words
}

fn preset(
    ui: &Ui,
    scene: &Scene<'_>,
    (chart, row): (&Chart, &ScenarioRow),
    actions: &mut Actions,
) -> Mark {
    let at = chart.at(row.spx_pct, row.vix);
    let id = egui::Id::unique(("palisade_joint_preset", row.name));
    let response = ui.interact(ground(at), id, Sense::click());
    let name = format!("Preset {}", row.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    icons::focus_ring(ui, ground(at).shrink(4.0), &response);
    if response.clicked() {
        actions.push(scene.assume((row.spx_pct, row.vix)));
    }
    let is_lit = response.hovered() || response.has_focus();
    response.on_hover_text(preset_words(row));
    Mark {
        at,
        name: row.name,
        is_preset: true,
        is_lit,
    }
}

/// A preset in words.
fn preset_words(row: &ScenarioRow) -> String {
    let mut words = format!(
        "{}: SPX {} % in {} trading days, VIX {}",
        row.name,
        format::signed(row.spx_pct, 0),
        row.trading_days,
        format::fixed(row.vix, 1)
    );
    if let Some(preset) = PRESETS.iter().find(|preset| preset.name == row.name) {
        let line = match preset.vix {
            VixRule::ByModel => format!(
                "\nVIX by model, m = {}, τ = {} d",
                format::trimmed(preset.stress, 2),
                format::trimmed(preset.curve_tau_days, 0)
            ),
            VixRule::Moved { pct } => {
                format!("\nVIX {} %, whatever SPX does", format::signed(pct, 0))
            }
        };
        words.push_str(&line);
    }
    words.push_str("\nClick to put the point there, on the day of the map");
    words
}

fn paint_mark(chart: &Chart, mark: &Mark) {
    let t = &chart.t;
    let (ink, fill) = if mark.is_lit {
        (t.wi, t.plot)
    } else if mark.is_preset {
        (t.tx, t.plot)
    } else {
        (t.tx2, t.plot)
    };
    let stroke = Stroke::new(1.5, ink);
    if mark.is_preset {
        let corners = [
            vec2(0.0, -DIAMOND),
            vec2(DIAMOND, 0.0),
            vec2(0.0, DIAMOND),
            vec2(-DIAMOND, 0.0),
        ];
        let corners = corners.map(|corner| mark.at + corner).to_vec();
        chart
            .painter
            .add(Shape::convex_polygon(corners, fill, stroke));
    } else {
        let rect = Rect::from_center_size(mark.at, Vec2::splat(2.0 * SQUARE));
        chart
            .painter
            .rect(rect, 0, fill, stroke, StrokeKind::Middle);
    }
}

/// Writes every name that has room: the point's and the presets' first, then the lines'.
pub fn paint(scene: &Scene<'_>, chart: &Chart, marks: Vec<Mark>) -> Room {
    let mut room = Room::default();
    let (today, what_if) = (scene.today(), scene.what_if);
    for (pct, vix) in std::iter::once(today).chain(what_if) {
        room.add(Rect::from_center_size(
            chart.at(pct, vix),
            Vec2::splat(18.0),
        ));
    }
    for mark in &marks {
        room.add(Rect::from_center_size(mark.at, Vec2::splat(2.0 * DIAMOND)));
    }
    let t = &chart.t;
    let today = chart.at(today.0, today.1);
    beside(&mut room, chart, today, |at, anchor| {
        Label::words("Today", Ink::Plain(t.tx), at, anchor).strong()
    });
    let (presets, closes): (Vec<Mark>, Vec<Mark>) =
        marks.into_iter().partition(|mark| mark.is_preset);
    let is_low = chart.frame.height() < ROOM_FOR_CLOSES;
    let closes = closes.iter().filter(|mark| mark.is_lit || !is_low);
    for mark in presets.iter().chain(closes) {
        let ink = if mark.is_preset { t.tx } else { t.tx2 };
        beside(&mut room, chart, mark.at, |at, anchor| {
            Label::words(mark.name, Ink::Plain(ink), at, anchor)
        });
    }
    lines::names(scene, chart, &mut room);
    room
}

/// Writes a name at the first free side of its mark.
fn beside(room: &mut Room, chart: &Chart, at: Pos2, label: impl Fn(Pos2, Align2) -> Label) -> bool {
    let sides = [
        (vec2(AWAY, 0.0), Align2::LEFT_CENTER),
        (vec2(-AWAY, 0.0), Align2::RIGHT_CENTER),
        (vec2(AWAY, 11.0), Align2::LEFT_CENTER),
        (vec2(AWAY, -11.0), Align2::LEFT_CENTER),
        (vec2(0.0, AWAY + 3.0), Align2::CENTER_CENTER),
        (vec2(0.0, -AWAY - 3.0), Align2::CENTER_CENTER),
        (vec2(-AWAY, 11.0), Align2::RIGHT_CENTER),
        (vec2(-AWAY, -11.0), Align2::RIGHT_CENTER),
    ];
    sides
        .into_iter()
        .any(|(away, anchor)| room.paint_if_free(chart, &label(at + away, anchor)))
}
