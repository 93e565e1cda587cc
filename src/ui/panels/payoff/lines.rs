//! Which lines the payoff plot shows for the chosen component, how they look, and where they cross zero.

use crate::risk::curves::{Component, LineDate, PayoffCurves, PayoffLine, crossings};
use crate::ui::context::PanelContext;
use crate::ui::format;
use crate::ui::plot::line::{Dash, LineLook};
use crate::ui::theme::Tokens;

/// Dash patterns of the T+n lines: later means shorter; the fourth and on share the last.
pub const AHEAD_DASHES: [Dash; 3] = [(6.0, 3.0), (2.0, 3.0), (1.0, 3.0)];
/// Dash of the condor alone.
pub const CONDOR_DASH: Dash = (3.0, 3.0);
/// Dash of a line as it was before the gesture.
pub const GHOST_DASH: Dash = (2.0, 3.0);

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// The component on a date.
    Dated(LineDate),
    /// The condors alone at expiry, beside the net.
    CondorAlone,
}

/// One line, ready to draw.
#[derive(Clone, Debug)]
pub struct ShownLine {
    /// What it is.
    pub kind: LineKind,
    /// Profit in dollars at each spot of the curves.
    pub values: Vec<f64>,
    /// How it looks.
    pub look: LineLook,
    /// Its name at the right edge.
    pub name: String,
}

impl ShownLine {
    /// Whether it is the line at expiry.
    pub fn is_expiry(&self) -> bool {
        matches!(self.kind, LineKind::Dated(LineDate::Expiry(_)))
    }

    /// Whether it is today's line.
    pub fn is_today(&self) -> bool {
        self.kind == LineKind::Dated(LineDate::Today)
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

/// The look of a dated line; `place` counts the T+n lines from 0.
pub fn look(t: &Tokens, date: LineDate, place: usize) -> LineLook {
    match date {
        LineDate::Expiry(_) => LineLook::solid(t.tx, 2.0),
        LineDate::Today => LineLook::solid(t.accent, 2.0),
        LineDate::Ahead(_) => {
            let dash = AHEAD_DASHES[place.min(AHEAD_DASHES.len() - 1)];
            LineLook::dashed(t.accent, 1.25, dash)
        }
    }
}

/// The lines to draw, from the back to the front: condor alone, T+n, today, expiry.
pub fn shown_lines(ctx: &PanelContext<'_>, t: &Tokens, is_dragging: bool) -> Vec<ShownLine> {
    let component = ctx.workspace.component;
    let mut shown = Vec::new();
    if component == Component::Net
        && ctx.workspace.shows_condor_alone
        && has_vix(ctx)
        && !is_dragging
    {
        shown.extend(condor_alone(ctx.curves, t));
    }
    let mut ahead = 0;
    let mut dated: Vec<ShownLine> = Vec::new();
    for line in &ctx.curves.lines {
        let is_ahead = matches!(line.date, LineDate::Ahead(_));
        if !(is_ahead && is_dragging) {
            dated.push(ShownLine {
                kind: LineKind::Dated(line.date),
                values: component.of(&line.profit),
                look: look(t, line.date, ahead),
                name: date_name(line.date),
            });
        }
        ahead += usize::from(is_ahead);
    }
    dated.sort_by_key(|line| match line.kind {
        LineKind::Dated(LineDate::Ahead(days)) => u32::MAX / 2 - days.min(u32::MAX / 4),
        LineKind::Dated(LineDate::Today) => u32::MAX - 1,
        LineKind::Dated(LineDate::Expiry(_)) => u32::MAX,
        LineKind::CondorAlone => 0,
    });
    shown.extend(dated);
    shown
}

fn condor_alone(curves: &PayoffCurves, t: &Tokens) -> Option<ShownLine> {
    let expiry = expiry_line(curves)?;
    Some(ShownLine {
        kind: LineKind::CondorAlone,
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
pub fn break_evens(spots: &[f64], line: &ShownLine) -> Vec<f64> {
    let mut found = crossings(spots, &line.values);
    found.truncate(12);
    found
}
