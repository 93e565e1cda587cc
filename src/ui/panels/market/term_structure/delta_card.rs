//! What a drag of the curve changes: each figure before, now and by how much.

use egui::{Id, Pos2, Role, Sense, Ui, WidgetInfo};

use super::Scene;
use super::gesture::{Figures, Gesture};
use crate::ui::format;
use crate::ui::plot::card::{CardCell, CardTable};
use crate::ui::plot::place::{Obstacles, place};
use crate::ui::theme::Tone;

/// Paints the card where it covers least, never under the pointer.
pub(super) fn paint(ui: &Ui, scene: &Scene<'_>) {
    let Some(gesture) = &scene.gesture else {
        return;
    };
    let laid_out = table(scene, gesture).lay_out(&scene.canvas.outer);
    let mut around = Obstacles::default();
    for line in [scene.line_of(scene.curve), scene.line_of(&gesture.ghost)] {
        around.add_line(&line, 1.0);
    }
    around.pointers.extend(ui.input(|i| i.pointer.latest_pos()));
    let grips = scene.handles.iter().map(|handle| handle.at);
    around.points.extend(grips.map(|at: Pos2| (at, 24.0)));
    around.rects.extend(scene.taken.rects());
    let id = Id::unique("palisade_vx_delta");
    let room = scene.canvas.frame.intersect(ui.clip_rect()).shrink(6.0);
    let rect = place(ui.ctx(), id, room, laid_out.size, &around);
    laid_out.paint(&scene.canvas.outer, &scene.t, rect);
    let words = title(scene, gesture);
    let node = ui.interact(rect, id, Sense::hover());
    node.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}

/// `VX 16 Dec 26 18.05 → 18.60`.
fn title(scene: &Scene<'_>, gesture: &Gesture) -> String {
    let now = scene.curve.listed(gesture.held);
    let price = |price: Option<f64>| price.map_or_else(|| format::NONE.to_owned(), format::points);
    format!(
        "VX {} {} → {}",
        format::date(gesture.held),
        price(gesture.price_before()),
        price(now)
    )
}

fn table(scene: &Scene<'_>, gesture: &Gesture) -> CardTable {
    let t = &scene.t;
    let (was, is) = (gesture.before, Figures::of(scene.ctx.valuation));
    let two = |value: f64| format::signed(value, 2);
    let row = |name: &str,
               (from, to): (Option<f64>, Option<f64>),
               text: fn(f64) -> String,
               tone: Tone| {
        let word = |value: Option<f64>| value.map_or_else(|| format::NONE.to_owned(), text);
        let change = from.zip(to).map(|(from, to)| to - from);
        vec![
            CardCell::new(name, t.tx2),
            CardCell::new(word(from), t.tx3),
            CardCell::new(word(to), t.tx).strong(true),
            CardCell::new(word(change), t.text(tone)),
        ]
    };
    // layers whose options are marked by price do not move with their future: no sign for nothing
    let gain = match is.layers_usd - was.layers_usd {
        change if change.abs() < 0.5 => Tone::Plain,
        change => Tone::of_sign(change),
    };
    let layers = (Some(was.layers_usd), Some(is.layers_usd));
    CardTable {
        title: vec![CardCell::new(title(scene, gesture), t.tx).strong(true)],
        remark: vec![CardCell::new("Δ", t.tx3)],
        has_word_title: true,
        rows: vec![
            row(
                "Contango, %",
                (was.contango_pct, is.contango_pct),
                two,
                Tone::Plain,
            ),
            row(
                "Vega / condor",
                (was.net_vega, is.net_vega),
                two,
                Tone::Plain,
            ),
            row("Hedge P/L", layers, format::usd_signed, gain),
        ],
        ..CardTable::default()
    }
}
