//! The two key figures: net vega normalised and literal, at one size, each with its own verdict.

use egui::{Align2, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::risk::band::VegaBasis;
use crate::risk::figures::{BandStatus, NetVega};
use crate::ui::theme::{CARD_PAD, RADIUS_PANEL, tokens};
use crate::ui::widgets::{NowThen, Status, hint};
use crate::ui::{PanelContext, fonts, format, icons};

/// Height of a tile, in points.
const HEIGHT: f32 = 72.0;
/// Size of the figures, in points: the two tiles alone are this large.
const KEY_SIZE: f32 = 16.0;
/// Gap between the two tiles, in points.
const BETWEEN: f32 = 4.0;

/// One tile, ready to draw.
struct Tile {
    label: &'static str,
    figure: NowThen,
    before: Option<String>,
    status: BandStatus,
    unit: String,
    is_judged: bool,
    provenance: String,
}

/// Shows both tiles over the available width.
pub(super) fn key_tiles(ui: &mut Ui, ctx: &PanelContext<'_>, net: &NetVega) {
    let width = (ui.available_width() - BETWEEN) / 2.0;
    let (area, _space) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    for (index, tile) in tiles(ctx, net).iter().enumerate() {
        let left = area.left() + index as f32 * (width + BETWEEN);
        let rect = Rect::from_min_size(Pos2::new(left, area.top()), vec2(width, HEIGHT));
        show(ui, rect, tile);
    }
}

fn tiles(ctx: &PanelContext<'_>, net: &NetVega) -> [Tile; 2] {
    let frame = &ctx.valuation.frame;
    let before = ctx
        .before
        .and_then(|before| before.valuation.net_vega.as_ref());
    let now = ctx.compared().and_then(|now| now.net_vega.as_ref());
    let figure = |now: Option<f64>, new: f64| {
        let text = |value: f64| format::signed(value, 2);
        NowThen::of(now, new, text, text)
    };
    let basis = ctx.valuation.basis();
    let unit = |width: f64| format!("pt per condor, {}-wide", format::trimmed(width, 1));
    let band = &ctx.valuation.band;
    let edges = format!(
        "Band {} to {}.",
        format::signed(band.low, 2),
        format::signed(band.high, 2)
    );
    [
        Tile {
            label: "Net vega, normalised",
            figure: figure(now.map(|now| now.normalised), net.normalised),
            before: before.map(|net| format::signed(net.normalised, 2)),
            status: net.normalised_status,
            unit: unit(frame.reference_width_points),
            is_judged: basis == VegaBasis::WidthNormalised,
            provenance: format!(
                "Model. Literal net vega × {} / {} points of wing width.\n{edges}",
                format::trimmed(frame.reference_width_points, 1),
                format::trimmed(frame.width_points, 1)
            ),
        },
        Tile {
            label: "Net vega, literal",
            figure: figure(now.map(|now| now.literal), net.literal),
            before: before.map(|net| format::signed(net.literal, 2)),
            status: net.literal_status,
            unit: unit(frame.width_points),
            is_judged: basis == VegaBasis::Literal,
            provenance: format!(
                "Model. Vega of the SPX legs plus the VIX legs' deltas turned into SPX vega, per \
                 condor: index points per vol point.\n{edges}"
            ),
        },
    ]
}

/// Short words beside the figure, and a full sentence for tooltips and readers.
fn words(status: BandStatus) -> (Status, String, String) {
    match status {
        BandStatus::Inside { left } => (
            Status::Pass,
            "in band".to_owned(),
            format!("in the band, {} to its nearer edge", format::fixed(left, 2)),
        ),
        BandStatus::Short { by } => (
            Status::Breach,
            format!("by {}", format::fixed(by, 2)),
            format!("short of the band by {}", format::fixed(by, 2)),
        ),
        BandStatus::Long { by } => (
            Status::Breach,
            format!("long {}", format::fixed(by, 2)),
            format!("long by {} beyond the band", format::fixed(by, 2)),
        ),
    }
}

fn show(ui: &Ui, rect: Rect, tile: &Tile) {
    let t = tokens(ui);
    let (status, short, full) = words(tile.status);
    let edge = if tile.is_judged { t.edge } else { t.line };
    let stroke = Stroke::new(1.0, edge);
    ui.painter()
        .rect(rect, RADIUS_PANEL, t.card, stroke, StrokeKind::Inside);
    let inner = rect.shrink(CARD_PAD);
    let painter = ui
        .painter()
        .with_clip_rect(inner.expand(4.0).intersect(ui.clip_rect()));
    let small = || fonts::inter(fonts::SMALL);
    let left = |y: f32| Pos2::new(inner.left(), inner.top() + y);
    painter.text(left(7.0), Align2::LEFT_CENTER, tile.label, small(), t.tx2);
    let look = (fonts::mono(fonts::BODY), fonts::mono_strong(KEY_SIZE), t.tx);
    let place = (left(28.0), Align2::LEFT_CENTER);
    let figure = tile.figure.paint(&painter, &t, place, look);
    let tone = t.text(status.tone());
    // two figures fill the line: where they stand goes below them, in place of the unit
    let at = if tile.figure.is_moved() {
        left(50.0) + vec2(7.0, 0.0)
    } else {
        Pos2::new(figure.right() + 14.0, figure.center().y)
    };
    let icon = Rect::from_center_size(at, vec2(13.0, 13.0));
    icons::paint(&painter, icon, status.icon(), tone);
    painter.text(
        Pos2::new(icon.right() + 4.0, at.y),
        Align2::LEFT_CENTER,
        &short,
        fonts::inter_strong(fonts::SMALL),
        tone,
    );
    let was = tile.before.as_ref().map(|before| format!("was {before}"));
    if tile.figure.is_moved() {
        if let Some(was) = was {
            let at = Pos2::new(inner.right(), inner.top() + 50.0);
            painter.text(at, Align2::RIGHT_CENTER, &was, small(), t.tx3);
        }
    } else {
        let foot = was.as_ref().unwrap_or(&tile.unit);
        painter.text(left(50.0), Align2::LEFT_CENTER, foot, small(), t.tx3);
    }
    let id = ui.make_persistent_id(("key tile", tile.label));
    let response = ui.interact(rect, id, Sense::hover());
    let name = format!("{} {}, {full}", tile.label, tile.figure.words());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    let judged = if tile.is_judged {
        "\nThe rules judge this figure; change it in the panel's menu."
    } else {
        ""
    };
    let figures = tile
        .figure
        .hint_with(&format!("In {}. {}", tile.unit, tile.provenance));
    hint(response, tile.label, &format!("{name}\n{figures}{judged}"));
}
