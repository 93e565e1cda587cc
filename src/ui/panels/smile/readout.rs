//! The crosshair of the smile: the fit under the pointer, and the quote and the leg that stand there.

use egui::{Align2, Pos2, Rect, Stroke, Ui, pos2};

use super::Along;
use super::picture::{Scene, letter};
use crate::risk::smile_view::SmilePoint;
use crate::ui::plot::card::{CardCell, CardTable};
use crate::ui::plot::place::{Obstacles, place};
use crate::ui::plot::{Ink, Label, axis};
use crate::ui::{format, icons};

/// How near the pointer must come to a quote or a leg, in points along the plot.
const NEAR: f32 = 9.0;

/// Paints crosshair and card, and returns the ground of the pill on the axis.
pub(super) fn readout(ui: &Ui, scene: &Scene<'_>, pointer: Pos2) -> Option<Rect> {
    let along = scene.canvas.spx(pointer.x);
    let z = match scene.along {
        Along::Strike => scene.view.z_of(along),
        Along::Moneyness => along,
    };
    let fit = scene.view.fit_at(z)?;
    let at = scene.at(&fit);
    let frame = scene.canvas.frame;
    let x = icons::snap(ui, at).x;
    let painter = &scene.canvas.painter;
    painter.vline(x, frame.y_range(), Stroke::new(1.0, scene.t.tx3));
    painter.circle(at, 3.0, scene.t.accent, Stroke::new(1.5, scene.t.plot));
    card(ui, scene, &fit, pointer);
    let words = match scene.along {
        Along::Strike => format::fixed(fit.strike, 0),
        Along::Moneyness => format::signed(fit.z, 2),
    };
    let centre = pos2(x, axis::axis_centre(frame));
    let ink = Ink::Outlined(scene.t.tx3, scene.t.tx);
    let pill = Label::figure(words, ink, centre, Align2::CENTER_CENTER);
    Some(pill.paint(&scene.canvas.outer, &scene.t))
}

fn card(ui: &Ui, scene: &Scene<'_>, fit: &SmilePoint, pointer: Pos2) {
    let laid_out = table(scene, fit, pointer.x).lay_out(&scene.canvas.outer);
    let mut obstacles = Obstacles::default();
    let curve: Vec<Pos2> = scene
        .view
        .curve
        .iter()
        .map(|point| scene.at(point))
        .collect();
    obstacles.add_line(&curve, 1.0);
    obstacles.rects.extend(scene.taken.rects());
    obstacles.pointers.push(pointer);
    let id = egui::Id::unique("palisade_smile_readout");
    let room = scene.canvas.frame.shrink(8.0);
    let rect = place(ui.ctx(), id, room, laid_out.size, &obstacles);
    laid_out.paint(&scene.canvas.outer, &scene.t, rect);
    let words = format!("Smile at {}", format::fixed(fit.strike, 0));
    let node = ui.interact(rect, id, egui::Sense::hover());
    node.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
}

fn table(scene: &Scene<'_>, fit: &SmilePoint, x: f32) -> CardTable {
    let t = &scene.t;
    let is_near = |point: &SmilePoint| (scene.at(point).x - x).abs() <= NEAR;
    let row = |name: &str, figure: String, ink| {
        vec![CardCell::new(name, t.tx2), CardCell::new(figure, ink)]
    };
    let mut rows = vec![row("Fit", format!("{} %", format::vol(fit.vol)), t.accent)];
    for quote in scene
        .view
        .quotes
        .iter()
        .filter(|quote| is_near(&quote.at))
        .take(2)
    {
        let name = format!(
            "Quote {}{}",
            format::strike(quote.at.strike),
            letter(quote.right)
        );
        rows.push(row(&name, format!("{} %", format::vol(quote.at.vol)), t.tx));
        let residual = format!("{} pt", format::signed(quote.residual_vol() * 100.0, 2));
        rows.push(row("Beyond the fit", residual, t.tx));
    }
    for leg in scene
        .view
        .legs
        .iter()
        .filter(|leg| is_near(&leg.at))
        .take(2)
    {
        let name = format!(
            "Held {}{}",
            format::strike(leg.at.strike),
            letter(leg.right)
        );
        let quantity = format::quantity(i64::from(leg.quantity));
        rows.push(row(&name, quantity, t.tx));
        let priced = format!("{} %", format::vol(leg.at.vol));
        rows.push(row("Priced on", priced, t.tx));
        let residual = format!("{} pt", format::signed(leg.residual_vol() * 100.0, 2));
        rows.push(row("Beyond the fit", residual, t.tx));
    }
    CardTable {
        title: vec![CardCell::new(format::fixed(fit.strike, 1), t.tx).strong(true)],
        remark: vec![CardCell::new(
            format!("{} std dev", format::signed(fit.z, 2)),
            t.tx3,
        )],
        rows,
        ..CardTable::default()
    }
}
