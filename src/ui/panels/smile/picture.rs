//! The smile as a plot: curve, quotes with the stems that the fit leaves, legs as handles, the money marked.

use egui::{Align2, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::zoom::Zoom;
use super::{Along, readout};
use crate::instrument::Right;
use crate::risk::smile_view::{LegPoint, SmilePoint, SmileView};
use crate::ui::plot::label::Taken;
use crate::ui::plot::line::{LineLook, stroke};
use crate::ui::plot::line_end::{LineEnd, line_ends};
use crate::ui::plot::{Canvas, CanvasSpec, Ink, Label, View, axis, canvas};
use crate::ui::theme::{Tokens, tokens};
use crate::ui::{fonts, format, icons};

/// Radius of a leg's handle, in points.
const HANDLE: f32 = 5.5;
/// Air below and above the vols, as shares of their range.
const AIR: (f64, f64) = (0.16, 0.22);
/// Least range of vols, in vol points.
const LEAST_RANGE: f64 = 2.0;

/// The plot while it is drawn.
pub(super) struct Scene<'a> {
    pub canvas: Canvas,
    pub t: Tokens,
    pub view: &'a SmileView,
    pub along: Along,
    pub taken: Taken,
}

impl Scene<'_> {
    /// Where a place on the smile stands along the plot.
    pub fn x_of(&self, point: &SmilePoint) -> f64 {
        match self.along {
            Along::Strike => point.strike,
            Along::Moneyness => point.z,
        }
    }

    /// Screen position of a place on the smile.
    pub fn at(&self, point: &SmilePoint) -> Pos2 {
        self.canvas.at(self.x_of(point), point.vol * 100.0)
    }

    /// Screen position of a vol at a strike's place.
    fn at_vol(&self, point: &SmilePoint, vol: f64) -> Pos2 {
        self.canvas.at(self.x_of(point), vol * 100.0)
    }
}

/// Shows the plot over `area`.
pub(super) fn picture(ui: &mut Ui, view: &SmileView, along: Along, area: Rect) {
    let name = format!("Smile of {} {}", view.root, format::date(view.expiry));
    let zoom = Zoom::of(view, along);
    let fitted = visible(view, along);
    let spec = CanvasSpec {
        name: &name,
        area,
        view: zoom.chosen(ui.ctx()).unwrap_or(fitted),
        pans_value: zoom.chosen(ui.ctx()).is_some(),
        is_frozen: false,
    };
    let shown = canvas(ui, spec);
    zoom.apply(ui.ctx(), (spec.view, fitted), shown.asked);
    let mut scene = Scene {
        canvas: shown,
        t: tokens(ui),
        view,
        along,
        taken: Taken::default(),
    };
    axis::grid(ui, &scene.canvas);
    money(ui, &mut scene);
    arbitrage(ui, &mut scene);
    curve(&scene);
    quotes(&scene);
    legs(&mut scene);
    let pointer = scene.canvas.pointer(ui);
    let pill = pointer.and_then(|at| readout::readout(ui, &scene, at));
    axis::figures(
        ui,
        &scene.canvas,
        |vol| format!("{} %", format::trimmed(vol, 2)),
        pill.as_slice(),
    );
    axis_name(&scene);
}

/// Everything in view: the curve's range along, all vols upward.
fn visible(view: &SmileView, along: Along) -> View {
    let ends = view.curve.first().zip(view.curve.last());
    let x = ends.map_or((0.0, 1.0), |(first, last)| match along {
        Along::Strike => (first.strike, last.strike),
        Along::Moneyness => (first.z, last.z),
    });
    let vols = view
        .curve
        .iter()
        .chain(view.quotes.iter().map(|quote| &quote.at))
        .chain(view.legs.iter().map(|leg| &leg.at))
        .filter(|point| point.z >= view.curve[0].z && point.z <= view.curve[view.curve.len() - 1].z)
        .map(|point| point.vol * 100.0);
    let (low, high) = vols.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), vol| {
        (low.min(vol), high.max(vol))
    });
    let range = (high - low).max(LEAST_RANGE);
    View {
        x,
        y: ((low - AIR.0 * range).max(0.0), high + AIR.1 * range),
    }
}

/// A dashed line where the forward stands, a diamond on the curve, and the ATM vol in words.
fn money(ui: &Ui, scene: &mut Scene<'_>) {
    let facts = &scene.view.facts;
    let at_money = SmilePoint {
        strike: facts.forward,
        z: 0.0,
        vol: facts.atm_vol,
    };
    let at = scene.at(&at_money);
    let frame = scene.canvas.frame;
    let x = icons::snap(ui, at).x;
    let line = [pos2(x, frame.top()), pos2(x, frame.bottom())];
    let look = LineLook::dashed(scene.t.edge, 1.0, (2.0, 4.0));
    stroke(&scene.canvas.painter, frame, &line, look);
    let words = format!(
        "ATM {} % at {}",
        format::vol(facts.atm_vol),
        format::points(facts.forward)
    );
    let label = Label::figure(
        words,
        Ink::Plain(scene.t.tx2),
        pos2(x, frame.top() + 4.0),
        Align2::CENTER_TOP,
    )
    .inside(&scene.canvas.outer, frame);
    scene.taken.add(label.paint(&scene.canvas.outer, &scene.t));
    let diamond = [
        vec2(0.0, -5.0),
        vec2(5.0, 0.0),
        vec2(0.0, 5.0),
        vec2(-5.0, 0.0),
    ];
    let points = diamond.iter().map(|step| at + *step).collect();
    let outline = Stroke::new(1.5, scene.t.plot);
    scene
        .canvas
        .painter
        .add(Shape::convex_polygon(points, scene.t.accent, outline));
}

/// Marks the strike with the worst butterfly arbitrage.
fn arbitrage(ui: &Ui, scene: &mut Scene<'_>) {
    let Some(strike) = scene.view.facts.arbitrage_strike else {
        return;
    };
    let point = SmilePoint {
        strike,
        z: scene.view.z_of(strike),
        vol: 0.0,
    };
    let frame = scene.canvas.frame;
    let x = icons::snap(ui, pos2(scene.canvas.x(scene.x_of(&point)), 0.0)).x;
    let line = [pos2(x, frame.top()), pos2(x, frame.bottom())];
    let look = LineLook::dashed(scene.t.warn, 1.0, (6.0, 3.0));
    stroke(&scene.canvas.painter, frame, &line, look);
    let label = Label::words(
        "Butterfly arbitrage",
        Ink::Plain(scene.t.warn),
        pos2(x, frame.bottom() - 4.0),
        Align2::CENTER_BOTTOM,
    )
    .inside(&scene.canvas.outer, frame);
    scene.taken.add(label.paint(&scene.canvas.outer, &scene.t));
}

/// The curve: solid where it is trusted, dashed where its vol is flat or no quote stands behind it.
fn curve(scene: &Scene<'_>) {
    let facts = &scene.view.facts;
    let (low, high) = facts.trusted;
    let painter = &scene.canvas.painter;
    let run = |from: f64, to: f64| -> Vec<Pos2> {
        let points = scene.view.curve.iter();
        points
            .filter(|point| point.strike >= from && point.strike <= to)
            .map(|point| scene.at(point))
            .collect()
    };
    let solid = if facts.is_assumed {
        LineLook::dashed(scene.t.accent, 2.0, (6.0, 3.0))
    } else {
        LineLook::solid(scene.t.accent, 2.0)
    };
    let flat = LineLook::dashed(scene.t.tx3, 1.25, (2.0, 3.0));
    let frame = scene.canvas.frame;
    stroke(painter, frame, &run(0.0, low), flat);
    stroke(painter, frame, &run(high, f64::INFINITY), flat);
    stroke(painter, frame, &run(low, high), solid);
    if let Some(last) = scene.view.curve.last() {
        let words = if facts.is_assumed { "Assumed" } else { "Fit" };
        let end = LineEnd {
            words: words.to_owned(),
            ink: scene.t.accent,
            is_strong: true,
            y: scene.at(last).y,
        };
        line_ends(&scene.canvas, &scene.t, vec![end]);
    }
}

/// Quotes as dots, each with a stem to the fit at its strike.
fn quotes(scene: &Scene<'_>) {
    let painter = &scene.canvas.painter;
    for quote in &scene.view.quotes {
        let at = scene.at(&quote.at);
        let foot = scene.at_vol(&quote.at, quote.fit_vol);
        painter.line_segment([foot, at], Stroke::new(1.0, scene.t.tx3));
        let (radius, ink) = if quote.is_own {
            (3.5, scene.t.tx2)
        } else {
            (2.0, scene.t.tx3)
        };
        painter.circle(at, radius, ink, Stroke::new(1.0, scene.t.plot));
    }
}

/// Legs as the payoff plot draws them: short filled, long hollow; short named above, long below.
fn legs(scene: &mut Scene<'_>) {
    let placed: Vec<(LegPoint, Pos2)> = scene
        .view
        .legs
        .iter()
        .map(|leg| (*leg, scene.at(&leg.at)))
        .collect();
    for (leg, at) in &placed {
        let painter = &scene.canvas.painter;
        let foot = scene.at_vol(&leg.at, leg.fit_vol);
        painter.line_segment([foot, *at], Stroke::new(1.0, scene.t.tx2));
        painter.circle_filled(*at, HANDLE + 1.5, scene.t.plot);
        if leg.quantity < 0 {
            painter.circle_filled(*at, HANDLE, scene.t.tx);
        } else {
            let ring = Stroke::new(2.0, scene.t.tx);
            painter.circle(*at, HANDLE - 1.0, scene.t.plot, ring);
        }
        let room = Rect::from_center_size(*at, vec2(14.0, 14.0));
        scene.taken.add(room);
    }
    for (leg, at) in &placed {
        name(scene, leg, *at);
    }
}

/// The leg's name beside its handle, on the first side that is free.
fn name(scene: &mut Scene<'_>, leg: &LegPoint, at: Pos2) {
    let words = format!(
        "{} {}{}",
        format::quantity(i64::from(leg.quantity)),
        format::strike(leg.at.strike),
        letter(leg.right)
    );
    let falls = falls_at(scene, leg.at.z);
    let above = (at - vec2(0.0, 10.0), Align2::CENTER_BOTTOM);
    let below = (at + vec2(0.0, 10.0), Align2::CENTER_TOP);
    let right = (at + vec2(10.0, 0.0), Align2::LEFT_CENTER);
    let left = (at - vec2(10.0, 0.0), Align2::RIGHT_CENTER);
    // outside the curve: where it falls, up means right and down means left
    let (up, down) = if falls {
        (
            (at + vec2(8.5, -5.0), Align2::LEFT_BOTTOM),
            (at + vec2(-8.5, 5.0), Align2::RIGHT_TOP),
        )
    } else {
        (
            (at + vec2(-8.5, -5.0), Align2::RIGHT_BOTTOM),
            (at + vec2(8.5, 5.0), Align2::LEFT_TOP),
        )
    };
    let sides = if leg.quantity < 0 {
        [up, above, down, below, right, left]
    } else {
        [down, below, up, above, right, left]
    };
    for (place, anchor) in sides {
        let label = Label::figure(&words, Ink::Plain(scene.t.tx), place, anchor)
            .inside(&scene.canvas.outer, scene.canvas.frame);
        let painter = scene.canvas.outer.clone();
        if scene.taken.paint_if_free(&painter, &scene.t, &label) {
            return;
        }
    }
}

/// Whether the curve falls from left to right at a moneyness.
fn falls_at(scene: &Scene<'_>, z: f64) -> bool {
    let vol = |z: f64| scene.view.fit_at(z).map(|point| point.vol);
    vol(z - 0.1)
        .zip(vol(z + 0.1))
        .is_some_and(|(before, after)| after < before)
}

/// `P` or `C`.
pub(super) fn letter(right: Right) -> char {
    match right {
        Right::Put => 'P',
        Right::Call => 'C',
    }
}

/// What runs along the plot, at the end of its axis.
fn axis_name(scene: &Scene<'_>) {
    let words = match scene.along {
        Along::Strike => "Strike",
        Along::Moneyness => "Std dev",
    };
    let frame = scene.canvas.frame;
    let at = pos2(frame.right() + 9.0, axis::axis_centre(frame));
    fonts::write(
        &scene.canvas.outer,
        at,
        Align2::LEFT_CENTER,
        words,
        (fonts::inter(fonts::SMALL), scene.t.tx3),
    );
}
