//! The crosshair and its table: every line at the level under the pointer, by condor, hedge and net.

use egui::{Pos2, Stroke, Ui, pos2};

use super::lines::{LineKind, date_name, has_vix, held_date, name_in};
use super::scene::Scene;
use crate::risk::curves::{Component, LineDate, PayoffCurves, PayoffLine, value_at};
use crate::ui::plot::card::{CardCell, CardTable};
use crate::ui::plot::line::y_at;
use crate::ui::plot::place::{Obstacles, place};
use crate::ui::theme::{Tokens, Tone};
use crate::ui::what_if::WhatIfView;
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
    if let Some(view) = &scene.ctx.what_if {
        return compared_table(scene, view, spx);
    }
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

/// In a what-if: each line of the chosen component as the book is held and as it would be, then the snapshots.
fn compared_table(scene: &Scene<'_>, view: &WhatIfView<'_>, spx: f64) -> CardTable {
    let t = &scene.t;
    let ctx = scene.ctx;
    let component = ctx.workspace.component;
    let at = |curves: &PayoffCurves, line: &PayoffLine| {
        value_at(&curves.spots, &component.of(&line.profit), spx)
    };
    let held = |date| {
        let line = view.now_curves.line(held_date(ctx, date))?;
        at(view.now_curves, line)
    };
    let mut rows = Vec::new();
    for line in by_date(ctx.curves) {
        let is_expiry = matches!(line.date, LineDate::Expiry(_));
        let name = CardCell::new(name_in(ctx, line.date), if is_expiry { t.tx } else { t.wi });
        let values = (held(line.date), at(ctx.curves, line));
        rows.push(compared_row(t, name.strong(is_expiry), values));
    }
    for kept in view.snapshots {
        let value = kept
            .curves
            .line(LineDate::Today)
            .and_then(|line| at(&kept.curves, line));
        let name = CardCell::new(format!("Snapshot {}", kept.letter), t.wi);
        rows.push(compared_row(t, name, (held(LineDate::Today), value)));
    }
    let vix = ctx
        .curves
        .line(LineDate::Today)
        .and_then(|line| value_at(&ctx.curves.spots, &line.vix, spx));
    let spot = scene.real_spot();
    let mut remark = vec![CardCell::new(
        format!("{} %", format::pct_signed(spx / spot - 1.0, 1)),
        t.tx2,
    )];
    if let Some(vix) = vix.filter(|_vix| has_vix(ctx)) {
        remark.insert(
            0,
            CardCell::new(format!("VIX {}", format::fixed(vix, 1)), t.tx2),
        );
    }
    CardTable {
        title: vec![CardCell::new(format!("SPX {}", format::fixed(spx, 0)), t.tx).strong(true)],
        remark,
        heads: vec![
            CardCell::new(component.label(), t.tx3),
            CardCell::new("Now", t.tx3),
            CardCell::new("What-if", t.wi),
            CardCell::new("Change", t.tx3),
        ],
        rows,
        ..CardTable::default()
    }
}

/// A name, the value now, the value in the what-if, and what lies between.
fn compared_row(
    t: &Tokens,
    name: CardCell,
    (now, then): (Option<f64>, Option<f64>),
) -> Vec<CardCell> {
    let money = |value: Option<f64>| {
        value.map_or_else(|| format::NONE.to_owned(), |value| format::signed(value, 0))
    };
    let change = now.zip(then).map(|(now, then)| then - now);
    let is_strong = name.is_strong;
    let moved = change.filter(|change| change.abs() >= 0.5);
    let ink = t.text(moved.map_or(Tone::Faint, Tone::of_sign));
    vec![
        name,
        CardCell::new(money(now), t.tx3),
        CardCell::new(money(then), t.wi).strong(is_strong),
        CardCell::new(money(change), ink),
    ]
}

/// Lines as they follow in time: today, then the days ahead, then expiry.
fn by_date(curves: &PayoffCurves) -> Vec<&PayoffLine> {
    let mut lines: Vec<&PayoffLine> = curves.lines.iter().collect();
    lines.sort_by_key(|line| match line.date {
        LineDate::Today => 0,
        LineDate::Ahead(days) => 1 + u64::from(days),
        LineDate::Expiry(_) => u64::MAX,
    });
    lines
}

/// Today, then the days ahead, then expiry.
fn rows(scene: &Scene<'_>, spx: f64, with_vix: bool) -> Vec<Vec<CardCell>> {
    by_date(scene.ctx.curves)
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
