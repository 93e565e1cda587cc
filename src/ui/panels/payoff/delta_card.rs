//! What a drag changes: each figure before and now, and the net vega against its band.

use egui::{Align2, Id, Rect, Ui, pos2, vec2};

use super::gesture::Gesture;
use super::readout::obstacles;
use super::scene::Scene;
use crate::instrument::Position;
use crate::risk::figures::BandStatus;
use crate::ui::context::Before;
use crate::ui::plot::card::{CardCell, CardTable};
use crate::ui::plot::place::place_at_edge;
use crate::ui::theme::{RADIUS_FIELD, Tokens, Tone};
use crate::ui::widgets::StanceLook as _;
use crate::ui::{fonts, format};
use crate::valuation::Valuation;

/// Room at the foot of the card for the net vega.
const FOOT: f32 = 30.0;

/// One figure: before, now, how it is written, and what a rise means.
struct Change {
    label: &'static str,
    before: f64,
    now: f64,
    text: fn(f64) -> String,
    difference: fn(f64) -> String,
    tone: Tone,
}

impl Change {
    /// Whether the difference shows.
    fn is_moved(&self) -> bool {
        (self.difference)(self.now - self.before) != (self.difference)(0.0)
    }
}

/// Paints the card where it covers least, never under the pointer nor over the dragged strike.
pub fn paint(ui: &Ui, scene: &Scene<'_>) {
    let (Some(gesture), Some(before)) = (&scene.gesture, scene.ctx.before) else {
        ui.data_mut(|data| data.remove::<Moved>(moved_id()));
        return;
    };
    let Some(now) = scene.ctx.campaign.position(gesture.position()) else {
        return;
    };
    let t = &scene.t;
    let table = table(ui, scene, gesture, (before, now));
    let laid_out = table.lay_out(&scene.canvas.outer);
    let mut around = obstacles(scene);
    if let Some(ghost) = super::backdrop::ghost_points(scene) {
        around.add_line(&ghost, 0.6);
    }
    around.pointers.extend(ui.input(|i| i.pointer.latest_pos()));
    let held = scene
        .handles
        .iter()
        .filter(|handle| gesture.holds(handle.position, handle.leg));
    around.pointers.extend(held.map(|handle| handle.at));
    around
        .points
        .extend(scene.handles.iter().map(|handle| (handle.at, 24.0)));
    let id = Id::unique("palisade_payoff_delta");
    let rect = place_at_edge(
        ui.ctx(),
        id,
        scene.canvas.frame.shrink(6.0),
        laid_out.size,
        &around,
    );
    let foot = laid_out.paint(&scene.canvas.outer, t, rect);
    vega_foot(scene, (&before.valuation, scene.ctx.valuation), foot);
    let words = title(&gesture.origin, now);
    let node = ui.interact(rect, id, egui::Sense::hover());
    node.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
}

/// Labels of the figures that this drag has moved so far: a row once shown stays until the hand lets go.
type Moved = Vec<&'static str>;

fn moved_id() -> Id {
    Id::unique("palisade_payoff_delta_rows")
}

/// Only what the drag moves is worth a row.
fn kept(ui: &Ui, mut rows: Vec<Change>) -> Vec<Change> {
    let mut shown: Moved = ui.data(|data| data.get_temp(moved_id()).unwrap_or_default());
    for row in &rows {
        if row.is_moved() && !shown.contains(&row.label) {
            shown.push(row.label);
        }
    }
    rows.retain(|row| shown.contains(&row.label));
    ui.data_mut(|data| data.insert_temp(moved_id(), shown));
    rows
}

fn table(
    ui: &Ui,
    scene: &Scene<'_>,
    gesture: &Gesture,
    (before, now): (&Before, &Position),
) -> CardTable {
    let t = &scene.t;
    let rows = changes(
        (&gesture.origin, &before.valuation),
        (now, scene.ctx.valuation),
    );
    let rows = kept(ui, rows);
    let has_vega = scene.ctx.valuation.judged_vega().is_some();
    CardTable {
        title: vec![CardCell::new(title(&gesture.origin, now), t.tx).strong(true)],
        remark: vec![CardCell::new("Δ", t.tx3)],
        has_word_title: true,
        heads: Vec::new(),
        rows: rows
            .iter()
            .map(|change| row(t, change, scene.ctx.what_if.is_some()))
            .collect(),
        foot: if has_vega { FOOT } else { 0.0 },
        least_width: 304.0,
    }
}

/// `Short call 6,305 → 6,335`; with company the strikes of all that moved.
pub fn title(origin: &Position, now: &Position) -> String {
    let legs = origin.legs.iter().zip(&now.legs);
    let moved: Vec<(&crate::instrument::Leg, f64, f64)> = legs
        .filter_map(|(old, new)| Some((old, old.contract.strike()?, new.contract.strike()?)))
        .filter(|(_, from, to)| from != to)
        .collect();
    let join = |pick: fn(&(&crate::instrument::Leg, f64, f64)) -> f64| {
        let strikes: Vec<String> = moved.iter().map(|leg| format::strike(pick(leg))).collect();
        strikes.join(" / ")
    };
    match moved.as_slice() {
        [] => "Nothing moved".to_owned(),
        [(leg, from, to)] => {
            let side = if leg.quantity < 0 { "Short" } else { "Long" };
            let right = leg.contract.right().map_or("", |right| match right {
                crate::instrument::Right::Call => "call",
                crate::instrument::Right::Put => "put",
            });
            format!(
                "{side} {right} {} → {}",
                format::strike(*from),
                format::strike(*to)
            )
        }
        [(_, from, to), ..]
            if moved.len() == origin.legs.len()
                && moved.len() > 2
                && moved.iter().all(|leg| (leg.2 - leg.1) == (to - from)) =>
        {
            format!(
                "All {} strikes by {}",
                moved.len(),
                format::signed(to - from, 0)
            )
        }
        _several => format!("{} → {}", join(|leg| leg.1), join(|leg| leg.2)),
    }
}

fn changes((old, was): (&Position, &Valuation), (new, is): (&Position, &Valuation)) -> Vec<Change> {
    let change = |label, before, now, tone| Change {
        label,
        before,
        now,
        text: format::usd_signed,
        difference: format::usd_signed,
        tone,
    };
    let rising = |from: f64, to: f64| Tone::of_sign(to - from);
    let mut rows = Vec::new();
    if let (Some(from), Some(to)) = (was.condor(old.id), is.condor(new.id)) {
        let (a, b) = (from.credit_points, to.credit_points);
        rows.push(Change {
            text: format::points,
            difference: |value| format::signed(value, 2),
            ..change("Credit, pt", a, b, rising(a, b))
        });
        let (a, b) = (-from.max_loss_usd, -to.max_loss_usd);
        rows.push(change("Max loss", a, b, rising(a, b)));
    } else {
        let (a, b) = (old.entry_cash_usd(), new.entry_cash_usd());
        rows.push(change("Cash at entry", a, b, rising(a, b)));
    }
    rows.push(change(
        "Delta, $ / pt",
        was.facts.spx.delta_usd,
        is.facts.spx.delta_usd,
        Tone::Plain,
    ));
    if let (Some(from), Some(to)) = (&was.net_vega, &is.net_vega) {
        rows.push(Change {
            text: |value| format::signed(value, 2),
            difference: |value| format::signed(value, 2),
            ..change("Vega, literal", from.literal, to.literal, Tone::Plain)
        });
    }
    let (a, b) = (
        was.facts.net_theta_per_day_usd,
        is.facts.net_theta_per_day_usd,
    );
    rows.push(change("Theta / day", a, b, rising(a, b)));
    let (a, b) = (was.facts.margin_usd, is.facts.margin_usd);
    rows.push(Change {
        text: format::usd,
        ..change("Margin", a, b, rising(b, a))
    });
    rows
}

fn row(t: &Tokens, change: &Change, is_what_if: bool) -> Vec<CardCell> {
    let difference = change.now - change.before;
    let words = (change.difference)(difference);
    let tone = if change.is_moved() {
        change.tone
    } else {
        Tone::Faint
    };
    let new = if is_what_if { t.wi } else { t.tx };
    vec![
        CardCell::new(change.label, t.tx2),
        CardCell::new(format!("{} →", (change.text)(change.before)), t.tx3),
        CardCell::new((change.text)(change.now), new),
        CardCell::new(words, t.text(tone)),
    ]
}

/// `Hedge −0.25` → `Hold −0.13, in band`; without a verdict the net vega alone.
fn vega_foot(scene: &Scene<'_>, (was, is): (&Valuation, &Valuation), foot: Rect) {
    let t = &scene.t;
    let (Some(from), Some(to)) = (was.judged_vega(), is.judged_vega()) else {
        return;
    };
    let advice = &scene.ctx.advice;
    let stances = advice.before.zip(advice.verdict);
    let stances = stances.map(|(before, now)| (before.stance, now.stance));
    let painter = &scene.canvas.outer;
    let line = foot.top() + 5.0;
    painter.hline(
        foot.x_range(),
        line.round() + 0.5,
        egui::Stroke::new(1.0, t.line),
    );
    let y = line + 15.0;
    let font = fonts::inter(fonts::SMALL);
    painter.text(
        pos2(foot.left(), y),
        Align2::LEFT_CENTER,
        if stances.is_some() {
            "Verdict"
        } else {
            "Net vega"
        },
        font.clone(),
        t.tx2,
    );
    let (old, new) = match stances {
        Some((before, now)) => (
            (
                format!("{} {}", before.label(), format::signed(from.0, 2)),
                before.tone(),
            ),
            (format!("{} {}", now.label(), vega_words(to).0), now.tone()),
        ),
        None => (vega_words(from), vega_words(to)),
    };
    let right = chip(scene, pos2(foot.right(), y), new);
    painter.text(
        pos2(right - 11.0, y),
        Align2::CENTER_CENTER,
        "→",
        font,
        t.tx3,
    );
    chip(scene, pos2(right - 22.0, y), old);
}

/// `−0.25, 0.10 short`, and its tone.
fn vega_words((value, status): (f64, BandStatus)) -> (String, Tone) {
    let (words, tone) = match status {
        BandStatus::Inside { .. } => ("in band".to_owned(), Tone::Good),
        BandStatus::Short { by } => (format!("{} short", format::fixed(by, 2)), Tone::Warn),
        BandStatus::Long { by } => (format!("{} long", format::fixed(by, 2)), Tone::Warn),
    };
    (format!("{}, {words}", format::signed(value, 2)), tone)
}

/// Words on a tinted ground, ending at `right`; returns its left edge.
fn chip(scene: &Scene<'_>, right: egui::Pos2, (words, tone): (String, Tone)) -> f32 {
    let (t, painter) = (&scene.t, &scene.canvas.outer);
    let galley = painter.layout_no_wrap(words, fonts::inter_strong(fonts::SMALL), t.text(tone));
    let size = galley.size() + vec2(14.0, 5.0);
    let rect = Align2::RIGHT_CENTER.anchor_size(right, size);
    painter.rect_filled(rect, RADIUS_FIELD, t.ground(tone));
    painter.galley(rect.center() - galley.size() / 2.0, galley, t.text(tone));
    rect.left()
}
