//! Which lines the payoff plot shows for the chosen component, how they look, and where they cross zero.
//!
//! In a what-if the lines are those of its scenario, in violet; the book as held stands behind them as
//! ghosts wherever it differs, and each snapshot adds its own line in its dash.

use crate::risk::curves::{Component, LineDate, PayoffCurves, PayoffLine, crossings, value_at};
use crate::ui::context::PanelContext;
use crate::ui::format;
use crate::ui::plot::line::{Dash, LineLook};
use crate::ui::plot::view::values_range;
use crate::ui::theme::Tokens;
use crate::ui::what_if::Snapshot;

/// Dash patterns of the T+n lines: later means shorter; the fourth and on share the last.
pub const AHEAD_DASHES: [Dash; 3] = [(6.0, 3.0), (2.0, 3.0), (1.0, 3.0)];
/// Dash of the condor alone.
pub const CONDOR_DASH: Dash = (3.0, 3.0);
/// Dash of a line as it was before the gesture, and of the book as held beside a what-if.
pub const GHOST_DASH: Dash = (2.0, 3.0);
/// Dashes of the snapshots A, B and C; the current what-if is solid.
const SNAPSHOT_DASHES: [Dash; 3] = [(6.0, 3.0), (1.0, 3.0), (12.0, 4.0)];
/// Lines nearer to each other than this share of their height are one line: less than a pixel.
const SAME_SHARE: f64 = 0.003;
/// And than this, in dollars.
const SAME_USD: f64 = 1.0;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// The component on a date.
    Dated(LineDate),
    /// The component of the book as held on a date, beside a what-if.
    Held(LineDate),
    /// The component at the scenario of a snapshot, by its place among the snapshots.
    Snapshot(usize),
    /// The condors alone at expiry, beside the net.
    CondorAlone,
}

/// One line, ready to draw.
#[derive(Clone, Debug)]
pub struct ShownLine<'a> {
    /// What it is.
    pub kind: LineKind,
    /// SPX at each point.
    pub spots: &'a [f64],
    /// Profit in dollars at each spot.
    pub values: Vec<f64>,
    /// How it looks.
    pub look: LineLook,
    /// Its name at the right edge.
    pub name: String,
}

impl ShownLine<'_> {
    /// Whether it is the line at expiry.
    pub fn is_expiry(&self) -> bool {
        matches!(self.kind, LineKind::Dated(LineDate::Expiry(_)))
    }

    /// Whether it is today's line, or the scenario's in a what-if.
    pub fn is_today(&self) -> bool {
        self.kind == LineKind::Dated(LineDate::Today)
    }

    /// Whether it is the plot's own subject: its break-evens are marked.
    pub fn is_own(&self) -> bool {
        matches!(self.kind, LineKind::Dated(_))
    }
}

/// The name of a date at a line's end and in the readout.
pub fn date_name(date: LineDate) -> String {
    match date {
        LineDate::Today => "Today".to_owned(),
        LineDate::Ahead(days) => format!("T+{days}"),
        LineDate::Expiry(day) => format::date_short(day),
    }
}

/// The name of a date in what the context shows: T+n counts from today in a what-if too.
pub fn name_in(ctx: &PanelContext<'_>, date: LineDate) -> String {
    let ahead = ctx.what_if.map(|view| view.scenario.days);
    match (date, ahead) {
        (LineDate::Today, Some(0)) => "What-if".to_owned(),
        (LineDate::Today, Some(days)) => format!("T+{days} what-if"),
        (LineDate::Ahead(days), Some(ahead)) => date_name(LineDate::Ahead(days + ahead)),
        (LineDate::Expiry(_), Some(_)) | (_, None) => date_name(date),
    }
}

/// The date as the book as held counts it: a line T+n of a what-if in four days is the line T+n+4.
pub fn held_date(ctx: &PanelContext<'_>, date: LineDate) -> LineDate {
    let ahead = ctx.what_if.map_or(0, |view| view.scenario.days);
    match date {
        LineDate::Ahead(days) => LineDate::Ahead(days + ahead),
        LineDate::Today | LineDate::Expiry(_) => date,
    }
}

/// The look of a dated line; `place` counts the T+n lines from 0.
pub fn look(t: &Tokens, date: LineDate, place: usize, is_what_if: bool) -> LineLook {
    let ink = if is_what_if { t.wi } else { t.accent };
    match date {
        LineDate::Expiry(_) => LineLook::solid(t.tx, 2.0),
        LineDate::Today => LineLook::solid(ink, 2.0),
        LineDate::Ahead(_) => {
            let dash = AHEAD_DASHES[place.min(AHEAD_DASHES.len() - 1)];
            LineLook::dashed(ink, 1.25, dash)
        }
    }
}

/// The look of a date of the book as held, beside a what-if.
pub fn held_look(t: &Tokens, date: LineDate) -> LineLook {
    match date {
        LineDate::Expiry(_) => LineLook::dashed(t.tx3, 1.5, GHOST_DASH),
        LineDate::Today | LineDate::Ahead(_) => {
            LineLook::dashed(t.accent.gamma_multiply(0.8), 1.25, GHOST_DASH)
        }
    }
}

/// The look of a snapshot's line.
pub fn snapshot_look(t: &Tokens, letter: char) -> LineLook {
    let place = match letter {
        'A' => 0,
        'B' => 1,
        _other => 2,
    };
    LineLook::dashed(t.wi.gamma_multiply(0.9), 1.5, SNAPSHOT_DASHES[place])
}

/// The lines to draw, from the back to the front: condor alone, the book as held, T+n, snapshots, today,
/// expiry. While strikes are dragged only the book's own today and expiry stay.
pub fn shown_lines<'a>(
    ctx: &PanelContext<'a>,
    t: &Tokens,
    is_dragging: bool,
) -> Vec<ShownLine<'a>> {
    let component = ctx.workspace.component;
    let mut shown = Vec::new();
    let snapshots = ctx.what_if.map_or(&[][..], |view| view.snapshots);
    if !is_dragging {
        if component == Component::Net && ctx.workspace.shows_condor_alone && has_vix(ctx) {
            shown.extend(condor_alone(ctx.curves, t));
        }
        shown.extend(held(ctx, t));
    }
    let mut ahead = 0;
    let mut dated: Vec<ShownLine<'a>> = Vec::new();
    for line in &ctx.curves.lines {
        let is_ahead = matches!(line.date, LineDate::Ahead(_));
        // the snapshots' dashes are not to be confused with those of later days
        if !(is_ahead && (is_dragging || !snapshots.is_empty())) {
            dated.push(ShownLine {
                kind: LineKind::Dated(line.date),
                spots: &ctx.curves.spots,
                values: component.of(&line.profit),
                look: look(t, line.date, ahead, ctx.what_if.is_some()),
                name: name_in(ctx, line.date),
            });
        }
        ahead += usize::from(is_ahead);
    }
    if !is_dragging {
        let lines = snapshots.iter().enumerate();
        dated.extend(lines.filter_map(|(index, kept)| snapshot(t, component, (index, kept))));
    }
    dated.sort_by_key(|line| match line.kind {
        LineKind::Held(_) | LineKind::CondorAlone => 0,
        LineKind::Dated(LineDate::Ahead(days)) => u32::MAX / 2 - days.min(u32::MAX / 4),
        LineKind::Snapshot(_) => u32::MAX - 2,
        LineKind::Dated(LineDate::Today) => u32::MAX - 1,
        LineKind::Dated(LineDate::Expiry(_)) => u32::MAX,
    });
    shown.extend(dated);
    shown
}

/// Today and expiry of the book as held, beside a what-if, where they differ from its own.
fn held<'a>(ctx: &PanelContext<'a>, t: &Tokens) -> Vec<ShownLine<'a>> {
    let Some(view) = ctx.what_if else {
        return Vec::new();
    };
    let component = ctx.workspace.component;
    let spots = view.now_curves.spots.as_slice();
    let lines = view.now_curves.lines.iter();
    lines
        .filter(|line| !matches!(line.date, LineDate::Ahead(_)))
        .filter_map(|line| {
            let values = component.of(&line.profit);
            let own = ctx
                .curves
                .line(line.date)
                .map(|own| component.of(&own.profit));
            let is_same =
                own.is_some_and(|own| are_same((spots, &values), (&ctx.curves.spots, &own)));
            let name = match line.date {
                LineDate::Today => "Now, today".to_owned(),
                LineDate::Ahead(_) | LineDate::Expiry(_) => {
                    format!("Now, {}", date_name(line.date))
                }
            };
            (!is_same).then(|| ShownLine {
                kind: LineKind::Held(line.date),
                spots,
                values,
                look: held_look(t, line.date),
                name,
            })
        })
        .collect()
}

/// Whether two lines lie over each other.
fn are_same((spots, values): (&[f64], &[f64]), (others, other_values): (&[f64], &[f64])) -> bool {
    let (low, high) = values_range([values]);
    let slack = (SAME_SHARE * (high - low)).max(SAME_USD);
    spots.iter().zip(values).all(|(spot, value)| {
        value_at(others, other_values, *spot)
            .is_none_or(|other| (other - value).abs() <= slack || !value.is_finite())
    })
}

fn snapshot<'a>(
    t: &Tokens,
    component: Component,
    (index, kept): (usize, &'a Snapshot),
) -> Option<ShownLine<'a>> {
    let line = kept.curves.line(LineDate::Today)?;
    Some(ShownLine {
        kind: LineKind::Snapshot(index),
        spots: &kept.curves.spots,
        values: component.of(&line.profit),
        look: snapshot_look(t, kept.letter),
        name: kept.letter.to_string(),
    })
}

fn condor_alone<'a>(curves: &'a PayoffCurves, t: &Tokens) -> Option<ShownLine<'a>> {
    let expiry = expiry_line(curves)?;
    Some(ShownLine {
        kind: LineKind::CondorAlone,
        spots: &curves.spots,
        values: Component::Condor.of(&expiry.profit),
        look: LineLook::dashed(t.cond, 1.0, CONDOR_DASH),
        name: String::new(),
    })
}

/// The line at expiry, if the book has one.
pub fn expiry_line(curves: &PayoffCurves) -> Option<&PayoffLine> {
    curves
        .lines
        .iter()
        .find(|line| matches!(line.date, LineDate::Expiry(_)))
}

/// Whether the book holds VIX legs, so that net lines depend on the VIX model.
pub fn has_vix(ctx: &PanelContext<'_>) -> bool {
    ctx.curves
        .lines
        .iter()
        .any(|line| !line.squeezed_net.is_empty())
}

/// Whether the component holds the SPX legs, so that strikes lie on its curve.
pub fn has_strikes(component: Component) -> bool {
    match component {
        Component::Condor | Component::Net => true,
        Component::Layer(_) | Component::Hedges => false,
    }
}

/// Where a line breaks even, at most twelve places.
pub fn break_evens(line: &ShownLine<'_>) -> Vec<f64> {
    let mut found = crossings(line.spots, &line.values);
    found.truncate(12);
    found
}

#[cfg(test)]
mod tests {
    use super::are_same;

    #[test]
    fn lines_on_other_grids_are_compared_where_they_meet() {
        let straight = ([0.0, 10.0, 20.0], [0.0, 100.0, 200.0]);
        let finer = ([-5.0, 5.0, 15.0, 25.0], [-50.0, 50.0, 150.0, 250.0]);
        assert!(are_same((&straight.0, &straight.1), (&finer.0, &finer.1)));
        let bent = [-50.0, 50.0, 153.0, 250.0];
        assert!(!are_same((&straight.0, &straight.1), (&finer.0, &bent)));
    }
}
