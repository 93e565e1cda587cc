//! Greeks against SPX, ready to draw: one metric of one component today and on the days ahead.
//!
//! Computed once per change of the book, the marks or the choice of metric, never while a frame is drawn.

use super::Valuation;
use crate::risk::curves::{Component, LineDate, nearest_spx_expiry};
use crate::risk::greek_curves::{GreekMetric, greek_line};
use crate::risk::scenario::Moment;
use crate::units::{DAYS_PER_YEAR, OPTION_MULTIPLIER};

/// Evenly spaced points of a Greek line.
pub const GREEK_POINTS: usize = 201;

/// What to compute.
#[derive(Clone, Debug, PartialEq)]
pub struct GreekRequest {
    /// Which Greek.
    pub metric: GreekMetric,
    /// Of which part of the book.
    pub component: Component,
    /// Calendar days ahead of the lines after today's; those past the nearest SPX expiry are left out.
    pub days_ahead: Vec<u32>,
    /// Lowest SPX.
    pub low: f64,
    /// Highest SPX.
    pub high: f64,
    /// Evenly spaced points, at least 2.
    pub points: usize,
}

/// Lines of one Greek on one grid of spots, in dollars of the whole book.
#[derive(Clone, Debug, PartialEq)]
pub struct GreekCurves {
    /// Which Greek.
    pub metric: GreekMetric,
    /// Of which part of the book.
    pub component: Component,
    /// SPX at each point, ascending.
    pub spots: Vec<f64>,
    /// Today first, then the days ahead, in the unit of [`GreekMetric::unit`].
    pub lines: Vec<(LineDate, Vec<f64>)>,
    /// The condors alone today; empty when they are the component itself, or nothing else is held.
    pub condor_today: Vec<f64>,
    /// The pack's net-vega band in dollars of the whole book per vol point; `None` for another Greek or a
    /// component that the band does not judge.
    pub vega_band_usd: Option<(f64, f64)>,
}

impl GreekCurves {
    /// Computes the lines of a request.
    pub fn of(valuation: &Valuation, request: &GreekRequest) -> Self {
        let book = &valuation.book;
        let steps = request.points.max(2) - 1;
        let width = request.high - request.low;
        let spots: Vec<f64> = (0..=steps)
            .map(|step| request.low + width * step as f64 / steps as f64)
            .collect();
        let last =
            nearest_spx_expiry(book).map_or(f64::INFINITY, |(_, years)| years * DAYS_PER_YEAR);
        let ahead = request
            .days_ahead
            .iter()
            .filter(|days| f64::from(**days) < last);
        let dates = std::iter::once((LineDate::Today, Moment::NOW)).chain(ahead.map(|days| {
            let moment = book.moment_in_days(f64::from(*days));
            (LineDate::Ahead(*days), moment)
        }));
        let line = |component, moment| {
            let at = (moment, spots.as_slice());
            greek_line(book, &valuation.frame, request.metric, component, at)
        };
        let lines = dates
            .map(|(date, moment)| (date, line(request.component, moment)))
            .collect();
        let has_other = book
            .legs
            .iter()
            .any(|leg| leg.group != crate::risk::book::Group::Spx);
        let condor_today = if request.component == Component::Net && has_other {
            line(Component::Condor, Moment::NOW)
        } else {
            Vec::new()
        };
        Self {
            metric: request.metric,
            component: request.component,
            vega_band_usd: vega_band_usd(valuation, request),
            spots,
            lines,
            condor_today,
        }
    }
}

/// The band as dollars of the whole book: points × 100 × condors, and where the band is read at the
/// reference wing width, scaled to the book's own width first.
fn vega_band_usd(valuation: &Valuation, request: &GreekRequest) -> Option<(f64, f64)> {
    if request.metric != GreekMetric::Vega || request.component != Component::Net {
        return None;
    }
    valuation.net_vega.as_ref()?;
    let frame = &valuation.frame;
    let usd = |points: f64| {
        let literal = match valuation.basis() {
            crate::risk::band::VegaBasis::WidthNormalised => frame.literal(points),
            crate::risk::band::VegaBasis::Literal => points,
        };
        literal * OPTION_MULTIPLIER * frame.condors
    };
    Some((usd(valuation.band.low), usd(valuation.band.high)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Account, campaign_from_ron};
    use crate::policy::RulePack;
    use crate::valuation::{Inputs, MarketCache, VegaSlopesError};

    fn sample() -> Valuation {
        let text = include_str!("../../assets/samples/condor.ron");
        let campaign = campaign_from_ron(text).expect("the sample reads");
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &Account::default(),
            slopes: Err(VegaSlopesError::NoHistory),
        };
        Valuation::of(&campaign, inputs, &mut MarketCache::default())
    }

    fn request(metric: GreekMetric, component: Component) -> GreekRequest {
        GreekRequest {
            metric,
            component,
            days_ahead: vec![15, 30, 400],
            low: 6720.0,
            high: 7000.0,
            points: 15,
        }
    }

    #[test]
    fn todays_line_starts_at_the_books_own_figure() {
        let valuation = sample();
        let curves = GreekCurves::of(&valuation, &request(GreekMetric::Delta, Component::Condor));
        let at_spot = curves.lines[0].1[0];
        let book = valuation.facts.spx.delta_usd;
        assert!(
            (at_spot - book).abs() < 1e-6 * book.abs().max(1.0),
            "{at_spot} against {book}"
        );
        assert!(curves.condor_today.is_empty());
        assert_eq!(curves.vega_band_usd, None);
    }

    #[test]
    fn days_past_the_expiry_have_no_line() {
        let curves = GreekCurves::of(&sample(), &request(GreekMetric::Vega, Component::Net));
        let dates: Vec<LineDate> = curves.lines.iter().map(|(date, _)| *date).collect();
        assert_eq!(
            dates,
            [LineDate::Today, LineDate::Ahead(15), LineDate::Ahead(30)]
        );
        assert!(curves.lines.iter().all(|(_, line)| line.len() == 15));
        assert_eq!(curves.condor_today.len(), 15);
    }

    #[test]
    fn the_band_is_scaled_from_the_reference_width_to_the_book() {
        let valuation = sample();
        let curves = GreekCurves::of(&valuation, &request(GreekMetric::Vega, Component::Net));
        let (low, high) = curves.vega_band_usd.expect("net vega has a band");
        // −0.15 and +0.25 at 10 points wide; the book: 10 condors, 50 wide
        assert!((low + 0.15 * 5.0 * 100.0 * 10.0).abs() < 1e-9, "{low}");
        assert!((high - 0.25 * 5.0 * 100.0 * 10.0).abs() < 1e-9, "{high}");
    }
}
