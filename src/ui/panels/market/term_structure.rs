//! The term structure of VIX futures as a plot: today against the median, with every future to be dragged.
//!
//! The panel prices nothing: a drag pushes the changed marks each frame as
//! [`Action::Drag`](crate::ui::Action::Drag), and the next frame shows what follows. The release is one
//! undo step. A dragged future becomes the user's own mark, whatever it rested on before.

mod delta_card;
mod gesture;
mod handles;
mod head;
mod paint;

use egui::{Align, Id, Pos2, Rect, Sense, Ui, vec2};
use jiff::civil::Date;

use crate::instrument::{LayerKind, Role, Underlying};
use crate::market::vix_curve::median_price;
use crate::market::vix_shapes::marks_of;
use crate::market::{FutureMark, VixCurve};
use crate::ui::export::say_subject;
use crate::ui::plot::label::Taken;
use crate::ui::plot::{Canvas, CanvasSpec, View, canvas};
use crate::ui::theme::{RADIUS_PANEL, Tokens, tokens};
use crate::ui::{Actions, PanelContext};
use gesture::Gesture;
use handles::Handle;

/// Height of the plot, in points: as high as what shows it with its head, between these.
const HEIGHT: [f32; 2] = [152.0, 216.0];
/// Height of the head with its gap, in points.
const HEAD: f32 = 32.0;
/// Air below and above the prices, as shares of their range.
const AIR: (f64, f64) = (0.30, 0.24);
/// Least range of prices, VIX points.
const LEAST_RANGE: f64 = 2.0;
/// Air after the last future, as a share of its days.
const AHEAD: f64 = 0.05;
/// Places at which the median is drawn.
const SAMPLES: u32 = 120;

/// A VIX expiry that a layer holds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tenor {
    layer: LayerKind,
    expiry: Date,
    days: f64,
    /// The future that the curve gives there, VIX points.
    price: f64,
}

/// The plot while it is drawn.
struct Scene<'a> {
    ctx: &'a PanelContext<'a>,
    t: Tokens,
    canvas: Canvas,
    curve: &'a VixCurve,
    /// What an edit begins from: one mark for each point of the curve.
    marks: Vec<FutureMark>,
    tenors: Vec<Tenor>,
    handles: Vec<Handle>,
    gesture: Option<Gesture>,
    taken: Taken,
}

fn wanted() -> Id {
    Id::unique("palisade_term_structure_wanted")
}

/// Brings the plot into view in the next frame.
pub(super) fn reveal(ui: &Ui) {
    ui.data_mut(|data| data.insert_temp(wanted(), true));
    ui.ctx().request_repaint();
}

/// Shows the plot with its head over the width of `ui`.
pub(super) fn term_structure(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let top = ui.cursor().top();
    head::head(ui, ctx, actions);
    let height = (ui.clip_rect().height() - HEAD).clamp(HEIGHT[0], HEIGHT[1]);
    let size = vec2(ui.available_width(), height.round());
    let (area, _space) = ui.allocate_exact_size(size, Sense::hover());
    if ui.data_mut(|data| data.remove_temp::<bool>(wanted()).is_some()) {
        ui.scroll_to_rect(area.with_min_y(top), Some(Align::BOTTOM));
    }
    plot(ui, ctx, area, actions);
}

/// Shows the plot alone over the whole of `ui`, for a picture of it.
pub(super) fn picture(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    say_subject(ui.ctx(), || "VIX term structure".to_owned());
    let area = ui.available_rect_before_wrap();
    ui.allocate_rect(area, Sense::hover());
    plot(ui, ctx, area, actions);
}

fn plot(ui: &mut Ui, ctx: &PanelContext<'_>, area: Rect, actions: &mut Actions) {
    ui.painter()
        .rect_filled(area, RADIUS_PANEL, tokens(ui).plot);
    let mut scene = set_up(ui, ctx, area.with_min_y(area.top() + 8.0));
    if let Some(gesture) = scene.gesture.clone() {
        gesture::carry_on(ui, &scene, &gesture, actions);
    }
    let attention = handles::interact(ui, &scene, actions);
    if let Some(grabbed) = attention.grabbed.filter(|_held| scene.gesture.is_none()) {
        gesture::begin(ui, &scene, grabbed);
    }
    paint::paint(ui, &mut scene, &attention);
    if scene.gesture.is_some() {
        delta_card::paint(ui, &scene);
    }
}

fn set_up<'a>(ui: &mut Ui, ctx: &'a PanelContext<'a>, area: Rect) -> Scene<'a> {
    let curve = &ctx.valuation.market.curve;
    let tenors = tenors(ctx, curve);
    let gesture = gesture::current(ui.ctx());
    let view = gesture
        .as_ref()
        .map_or_else(|| visible(curve, &tenors), |gesture| gesture.view);
    let spec = CanvasSpec {
        name: "VIX term structure",
        area,
        view,
        pans_value: false,
        is_frozen: true,
    };
    let canvas = canvas(ui, spec);
    let marks = marks_of(curve, &ctx.campaign.marks.vx);
    let handles = handles::handles(&canvas, curve, &marks);
    Scene {
        ctx,
        t: tokens(ui),
        canvas,
        curve,
        marks,
        tenors,
        handles,
        gesture,
        taken: Taken::default(),
    }
}

/// The live VIX expiries that the layers hold, each once.
fn tenors(ctx: &PanelContext<'_>, curve: &VixCurve) -> Vec<Tenor> {
    let mut found: Vec<Tenor> = Vec::new();
    for position in &ctx.campaign.positions {
        let Role::Layer(layer) = position.role else {
            continue;
        };
        for leg in &position.legs {
            let expiry = leg.contract.expiry();
            let days = curve.days_to(expiry);
            let is_known = found
                .iter()
                .any(|tenor| (tenor.layer, tenor.expiry) == (layer, expiry));
            if leg.contract.underlying() == Underlying::Vix && days > 0.0 && !is_known {
                found.push(Tenor {
                    layer,
                    expiry,
                    days,
                    price: curve.future_for(expiry),
                });
            }
        }
    }
    found
}

/// Everything in view: from today to a little after the last future, and all prices.
fn visible(curve: &VixCurve, tenors: &[Tenor]) -> View {
    let days = curve.points.iter().map(|point| point.days);
    let last = days
        .chain(tenors.iter().map(|tenor| tenor.days))
        .fold(30.0, f64::max);
    let end = last * (1.0 + AHEAD);
    let prices = curve.points.iter().map(|point| point.price);
    let median = sample_days(end).map(|days| median_price(curve.spot, days));
    let (low, high) = prices
        .chain(median)
        .fold((curve.spot, curve.spot), |(low, high), price| {
            (low.min(price), high.max(price))
        });
    let range = (high - low).max(LEAST_RANGE);
    View {
        x: (0.0, end),
        y: ((low - AIR.0 * range).max(0.0), high + AIR.1 * range),
    }
}

/// Days at which a smooth line is drawn, from today to `end`.
fn sample_days(end: f64) -> impl Iterator<Item = f64> {
    (0..=SAMPLES).map(move |step| end * f64::from(step) / f64::from(SAMPLES))
}

impl Scene<'_> {
    /// A curve of futures through spot and its points, up to the last of them.
    fn line_of(&self, curve: &VixCurve) -> Vec<Pos2> {
        let points = curve.points.iter();
        std::iter::once((0.0, curve.spot))
            .chain(points.map(|point| (point.days, point.price)))
            .map(|(days, price)| self.canvas.at(days, price))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::visible;
    use crate::calendar::new_york_instant;
    use crate::market::VixCurve;

    #[test]
    fn spot_futures_and_median_are_in_view() {
        let as_of = new_york_instant(date(2026, 1, 5).at(15, 0, 0, 0));
        let futures = [(date(2026, 1, 21), 40.0), (date(2026, 6, 17), 12.0)];
        let curve = VixCurve::entered(as_of, 15.0, &futures);
        let view = visible(&curve, &[]);
        assert_eq!(view.x.0, 0.0);
        assert!(view.x.1 > curve.points[1].days);
        assert!(view.y.0 < 12.0 && view.y.1 > 40.0);
        let empty = visible(&VixCurve::entered(as_of, 15.0, &[]), &[]);
        assert!(empty.x.1 > 30.0 && empty.y.1 - empty.y.0 > 2.0);
    }
}
