//! What a plot shows of the plane: fitted to its lines, as the user chose, or held during a drag.
//!
//! SPX is one range for all plots and belongs to the workspace; the value range belongs to each plot.

use egui::{Context, Id};

use super::canvas::Asked;
use crate::ui::action::Actions;
use crate::ui::workspace::WorkspaceEdit;

/// Air below and above the lines, as a share of their height.
const AIR: (f64, f64) = (0.12, 0.16);
/// Least air below and above in a view that stays, as a share of the frame: the names of strikes stand above.
const LEAST_AIR: (f64, f64) = (0.03, 0.08);
/// The lines must fill so much of the frame, or the view fits itself anew.
const LEAST_FILL: f64 = 0.62;

/// A plot whose view is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The plot.
    pub plot: Id,
    /// What its lines are of: another subject fits anew.
    pub subject: Id,
    /// Whether a what-if is on: when it ends, the view that it made wide fits anew.
    pub is_what_if: bool,
}

/// What is remembered between frames.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kept {
    y: (f64, f64),
    is_chosen: bool,
    subject: Id,
    is_what_if: bool,
}

impl Viewer {
    fn kept(self, ctx: &Context) -> Option<Kept> {
        let kept = ctx.data(|data| data.get_temp::<Kept>(self.plot))?;
        let is_over = kept.is_what_if && !self.is_what_if && !kept.is_chosen;
        (kept.subject == self.subject && !is_over).then_some(kept)
    }

    fn keep(self, ctx: &Context, y: (f64, f64), is_chosen: bool) {
        let kept = Kept {
            y,
            is_chosen,
            subject: self.subject,
            is_what_if: self.is_what_if,
        };
        ctx.data_mut(|data| data.insert_temp(self.plot, kept));
    }

    /// Whether the value range is the user's choice.
    pub fn is_value_chosen(self, ctx: &Context) -> bool {
        self.kept(ctx).is_some_and(|kept| kept.is_chosen)
    }

    /// The value range for this frame, for lines from `needed.0` to `needed.1`.
    ///
    /// It stays while the lines still lie in it and fill it well, so that small changes of the book do not
    /// shake the axis, and it stays while something is held (`is_held`).
    pub fn value_range(self, ctx: &Context, needed: (f64, f64), is_held: bool) -> (f64, f64) {
        let last = self.kept(ctx);
        let y = match last {
            Some(kept) if kept.is_chosen || is_held || is_good(kept.y, needed) => kept.y,
            Some(_) | None => fitted(needed),
        };
        self.keep(ctx, y, last.is_some_and(|kept| kept.is_chosen));
        y
    }

    /// Carries out what the user asked of the view.
    pub fn apply(self, ctx: &Context, asked: Asked, actions: &mut Actions) {
        if asked.fit {
            self.fit(ctx, actions);
            return;
        }
        if let Some(range) = asked.x {
            actions.workspace(WorkspaceEdit::PlotRange(Some(range)));
        }
        if let Some(y) = asked.y {
            self.keep(ctx, y, true);
        }
    }

    /// Fits to the book again: SPX in all plots, the value in this one.
    pub fn fit(self, ctx: &Context, actions: &mut Actions) {
        ctx.data_mut(|data| data.remove::<Kept>(self.plot));
        actions.workspace(WorkspaceEdit::PlotRange(None));
        ctx.request_repaint();
    }
}

/// The SPX range of lines over `spots`; around `spot` when there are none.
pub fn spot_range(spots: &[f64], spot: f64) -> (f64, f64) {
    match (spots.first(), spots.last()) {
        (Some(low), Some(high)) if low < high => (*low, *high),
        _none => (spot * 0.9, spot * 1.1),
    }
}

/// Lowest and highest of all values, with zero; a range around zero when nothing is finite.
pub fn values_range<'a>(lines: impl IntoIterator<Item = &'a [f64]>) -> (f64, f64) {
    let finite = lines
        .into_iter()
        .flatten()
        .copied()
        .filter(|value| value.is_finite());
    let (low, high) = finite.fold((0.0_f64, 0.0_f64), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if high > low { (low, high) } else { (-1.0, 1.0) }
}

fn fitted((low, high): (f64, f64)) -> (f64, f64) {
    let height = high - low;
    (low - AIR.0 * height, high + AIR.1 * height)
}

/// Whether lines from `low` to `high` lie in a range and fill it.
fn is_good((bottom, top): (f64, f64), (low, high): (f64, f64)) -> bool {
    let height = top - bottom;
    let air = |share: f64| share * height;
    low >= bottom + air(LEAST_AIR.0)
        && high <= top - air(LEAST_AIR.1)
        && high - low >= LEAST_FILL * height
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fitted_range_is_good_and_stays_good_for_small_changes() {
        let range = fitted((-40_000.0, 12_000.0));
        assert!(is_good(range, (-40_000.0, 12_000.0)));
        assert!(is_good(range, (-41_000.0, 11_000.0)));
        assert!(!is_good(range, (-60_000.0, 12_000.0)), "cut off");
        assert!(!is_good(range, (-9_000.0, 4_000.0)), "too small to read");
    }

    #[test]
    fn another_subject_fits_anew_and_a_held_view_stays() {
        let ctx = Context::default();
        let viewer = Viewer {
            plot: Id::unique("plot"),
            subject: Id::unique("a"),
            is_what_if: false,
        };
        let first = viewer.value_range(&ctx, (-10.0, 10.0), false);
        assert_eq!(viewer.value_range(&ctx, (-99.0, 99.0), true), first);
        assert_ne!(viewer.value_range(&ctx, (-99.0, 99.0), false), first);
        let other = Viewer {
            subject: Id::unique("b"),
            ..viewer
        };
        assert_eq!(
            other.value_range(&ctx, (-1.0, 1.0), true),
            fitted((-1.0, 1.0))
        );
    }

    #[test]
    fn a_view_that_a_what_if_made_wide_fits_anew_when_it_ends() {
        let ctx = Context::default();
        let real = Viewer {
            plot: Id::unique("plot"),
            subject: Id::unique("a"),
            is_what_if: false,
        };
        let assumed = Viewer {
            is_what_if: true,
            ..real
        };
        let narrow = real.value_range(&ctx, (-10.0, 10.0), false);
        assert_eq!(assumed.value_range(&ctx, (-10.0, 10.0), false), narrow);
        let wide = assumed.value_range(&ctx, (-14.0, 10.0), false);
        assert!(is_good(wide, (-10.0, 10.0)), "it would stay by itself");
        assert_eq!(real.value_range(&ctx, (-10.0, 10.0), false), narrow);
        assumed.keep(&ctx, wide, true);
        assert_eq!(real.value_range(&ctx, (-10.0, 10.0), false), wide, "chosen");
    }

    #[test]
    fn ranges_hold_zero_and_ignore_what_is_no_number() {
        assert_eq!(
            values_range([[3.0, f64::NAN].as_slice(), &[5.0]]),
            (0.0, 5.0)
        );
        assert_eq!(values_range([[-3.0].as_slice()]), (-3.0, 0.0));
        assert_eq!(values_range([[0.0].as_slice()]), (-1.0, 1.0));
        assert_eq!(spot_range(&[5.0, 7.0], 6.0), (5.0, 7.0));
        assert_eq!(spot_range(&[], 100.0), (90.0, 110.00000000000001));
    }
}
