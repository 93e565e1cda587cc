//! What the smile plot shows once the reader zoomed or panned: kept for each expiry and axis, fitted on request.

use egui::{Context, Id};

use super::Along;
use crate::risk::smile_view::SmileView;
use crate::ui::plot::View;
use crate::ui::plot::canvas::Asked;

/// Narrowest range, as a share of the fitted one.
const NARROWEST: f64 = 0.01;
/// Widest range, as a multiple of the fitted one.
const WIDEST: f64 = 4.0;

/// The view of one smile along one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Zoom(Id);

impl Zoom {
    /// Of an expiry's smile.
    pub(super) fn of(view: &SmileView, along: Along) -> Self {
        let axis = matches!(along, Along::Strike);
        Self(Id::unique((
            "palisade_smile_zoom",
            view.root,
            view.expiry,
            axis,
        )))
    }

    /// The view that the reader chose, if one.
    pub(super) fn chosen(self, ctx: &Context) -> Option<View> {
        ctx.data(|data| data.get_temp::<View>(self.0))
    }

    /// Shows everything again.
    pub(super) fn fit(self, ctx: &Context) {
        ctx.data_mut(|data| data.remove::<View>(self.0));
        ctx.request_repaint();
    }

    /// Carries out what was asked of the view `now`; `fitted` sets the limits.
    pub(super) fn apply(self, ctx: &Context, (now, fitted): (View, View), asked: Asked) {
        if asked.fit {
            self.fit(ctx);
            return;
        }
        if asked.x_unlimited.is_none() && asked.y.is_none() {
            return;
        }
        let view = View {
            x: limited(asked.x_unlimited, now.x, fitted.x),
            y: limited(asked.y, now.y, fitted.y),
        };
        ctx.data_mut(|data| data.insert_temp(self.0, view));
        ctx.request_repaint();
    }
}

/// The range asked for, or the one before where that would show nothing.
fn limited(asked: Option<(f64, f64)>, before: (f64, f64), fitted: (f64, f64)) -> (f64, f64) {
    let full = fitted.1 - fitted.0;
    asked
        .filter(|(low, high)| {
            let width = high - low;
            let is_readable = width >= NARROWEST * full && width <= WIDEST * full;
            is_readable && *high > fitted.0 && *low < fitted.1
        })
        .unwrap_or(before)
}

#[cfg(test)]
mod tests {
    use super::limited;

    #[test]
    fn a_view_that_shows_nothing_is_refused() {
        let (before, fitted) = ((-1.0, 1.0), (-2.0, 2.0));
        assert_eq!(limited(None, before, fitted), before);
        assert_eq!(limited(Some((-0.5, 0.5)), before, fitted), (-0.5, 0.5));
        assert_eq!(limited(Some((5.0, 6.0)), before, fitted), before, "beside");
        assert_eq!(limited(Some((0.0, 1e-9)), before, fitted), before, "narrow");
        assert_eq!(limited(Some((-50.0, 50.0)), before, fitted), before, "wide");
    }
}
