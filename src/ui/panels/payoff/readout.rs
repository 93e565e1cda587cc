//! The crosshair and its table: every line at the level under the pointer, by condor, hedge and net.

use egui::{Pos2, Stroke, Ui, pos2};

use super::lines::{LineKind, date_name, has_vix};
use super::scene::Scene;
use crate::risk::curves::{Component, LineDate, PayoffLine, value_at};
use crate::ui::plot::card::{CardCell, CardTable};
use crate::ui::plot::line::y_at;
use crate::ui::plot::place::{Obstacles, place};
use crate::ui::theme::Tone;
use crate::ui::{format, icons};

/// Paints the crosshair at an SPX level, with a dot on every line.
pub fn crosshair(ui: &Ui, scene: &Scene<'_>, spx: f64) {
    let frame = scene.canvas.frame;
    let x = icons::snap(ui, pos2(scene.canvas.x(spx), 0.0)).x;
    if !frame.x_range().contains(x) {
        return;
    }
    scene
        .canvas
        .painter
        .vline(x, frame.y_range(), Stroke::new(1.0, scene.t.tx3));
    for (line, polyline) in scene.lines.iter().zip(&scene.polylines) {
        let Some(y) =
            y_at(polyline, scene.canvas.x(spx)).filter(|_y| line.kind != LineKind::CondorAlone)
        else {
            continue;
        };
        scene.canvas.painter.circle(
            pos2(x, y),
            3.0,
            line.look.ink,
            Stroke::new(1.5, scene.t.plot),
        );
    }
}

/// The table at an SPX level, in the emptiest part of the frame.
pub fn readout(ui: &Ui, scene: &Scene<'_>, spx: f64, pointer: Option<Pos2>) {
    let laid_out = table(scene, spx).lay_out(&scene.canvas.outer);
    let mut obstacles = obstacles(scene);
    obstacles.pointers.extend(pointer);
    let x = scene.canvas.x(spx);
    obstacles.add_line(
        &[
            pos2(x, scene.canvas.frame.top()),
            pos2(x, scene.canvas.frame.bottom()),
        ],
        0.6,
    );
    let room = scene.canvas.frame.shrink(8.0);
    let id = egui::Id::unique("palisade_payoff_readout");
    let rect = place(ui.ctx(), id, room, laid_out.size, &obstacles);
    laid_out.paint(&scene.canvas.outer, &scene.t, rect);
    let words = format!("Readout at SPX {}", format::fixed(spx, 0));
    let node = ui.interact(rect, id, egui::Sense::hover());
    node.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
}

/// What a card over the plot should leave free.
pub fn obstacles(scene: &Scene<'_>) -> Obstacles {
    let mut obstacles = Obstacles::default();
    for (line, polyline) in scene.lines.iter().zip(&scene.polylines) {
        let cost = match (line.is_expiry(), line.is_today()) {
            (true, _) => 1.6,
            (_, true) => 1.3,
            _faint => 0.5,
        };
        obstacles.add_line(polyline, cost);
    }
    obstacles.rects.extend(scene.taken.rects());
    obstacles
}

fn table(scene: &Scene<'_>, spx: f64) -> CardTable {
    let t = &scene.t;
    let spot = scene.ctx.valuation.market.spx;
    let with_vix = has_vix(scene.ctx);
    let head = |words: &str| CardCell::new(words, t.tx3);
    let mut heads = vec![head("")];
    if with_vix {
        heads.push(head("VIX"));
    }
    heads.push(head("Condor"));
    if with_vix {
        heads.extend([head("Hedges"), head("Net")]);
    }
    CardTable {
        title: vec![CardCell::new(format!("SPX {}", format::fixed(spx, 0)), t.tx).strong(true)],
        remark: vec![CardCell::new(
            format!("{} %", format::pct_signed(spx / spot - 1.0, 1)),
            t.tx2,
        )],
        heads,
        rows: rows(scene, spx, with_vix),
        ..CardTable::default()
    }
}

/// Today, then the days ahead, then expiry.
fn rows(scene: &Scene<'_>, spx: f64, with_vix: bool) -> Vec<Vec<CardCell>> {
    let curves = scene.ctx.curves;
    let mut lines: Vec<&PayoffLine> = curves.lines.iter().collect();
    lines.sort_by_key(|line| match line.date {
        LineDate::Today => 0,
        LineDate::Ahead(days) => 1 + u64::from(days),
        LineDate::Expiry(_) => u64::MAX,
    });
    lines
        .into_iter()
        .map(|line| row(scene, line, spx, with_vix))
        .collect()
}

fn row(scene: &Scene<'_>, line: &PayoffLine, spx: f64, with_vix: bool) -> Vec<CardCell> {
    let t = &scene.t;
    let spots = &scene.ctx.curves.spots;
    let is_expiry = matches!(line.date, LineDate::Expiry(_));
    let at = |values: &[f64]| value_at(spots, values, spx).unwrap_or(f64::NAN);
    let of = |component: Component| at(&component.of(&line.profit));
    let name_ink = if is_expiry { t.tx } else { t.accent };
    let mut cells = vec![CardCell::new(date_name(line.date), name_ink).strong(is_expiry)];
    let money = |value: f64, ink| CardCell::new(format::signed(value, 0), ink);
    let condor = of(Component::Condor);
    if with_vix {
        cells.push(CardCell::new(format::fixed(at(&line.vix), 1), t.tx2));
        cells.push(money(condor, t.tx));
        cells.push(money(of(Component::Hedges), t.tx));
        let net = of(Component::Net);
        cells.push(money(net, t.text(Tone::of_sign(net))).strong(is_expiry));
    } else {
        cells.push(money(condor, t.text(Tone::of_sign(condor))).strong(is_expiry));
    }
    cells
}
