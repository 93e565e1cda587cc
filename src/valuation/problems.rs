//! What could not be valued, and what is assumed: each said once, with what would mend it.

use crate::document::Campaign;
use crate::market::{CurveSource, Market, MarketProblem, VolSource};
use crate::pricing::PricingError;
use crate::risk::band::Convention;
use crate::risk::figures::Problem;
use crate::risk::vega_slopes::VegaSlopesError;

/// Collects the problems of a valuation.
pub fn problems(
    campaign: &Campaign,
    market: &Market,
    market_problems: &[MarketProblem],
    failed: &[(usize, PricingError)],
) -> Vec<Problem> {
    let mut found: Vec<Problem> = market_problems
        .iter()
        .map(|problem| Problem {
            subject: problem.contract.label(),
            message: problem.to_string(),
        })
        .collect();
    let legs: Vec<_> = campaign
        .positions
        .iter()
        .flat_map(|position| &position.legs)
        .collect();
    for (index, error) in failed {
        let subject = legs
            .get(*index)
            .map_or_else(String::new, |leg| leg.contract.label());
        found.push(Problem {
            subject,
            message: error.to_string(),
        });
    }
    found.extend(campaign.warnings().iter().map(|warning| Problem {
        subject: "Book".to_owned(),
        message: warning.to_string(),
    }));
    found.extend(assumptions(campaign, market));
    found
}

/// That the regression was chosen and cannot be had.
pub fn regression(chosen: Convention, missing: Option<VegaSlopesError>) -> Option<Problem> {
    let missing = missing.filter(|_| chosen == Convention::Regression)?;
    Some(Problem {
        subject: "Regression of net vega".to_owned(),
        message: format!("{missing}; the damped convention counts until then"),
    })
}

/// What the numbers rest on where no mark was given.
fn assumptions(campaign: &Campaign, market: &Market) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut say = |subject: &str, message: String| {
        found.push(Problem {
            subject: subject.to_owned(),
            message,
        });
    };
    let on_curve = match market.curve.source {
        CurveSource::Entered => None,
        CurveSource::MedianForVix => {
            Some("assumed: the median curve for this VIX; enter futures to replace it")
        }
        CurveSource::Assumed => Some("assumed: a preset; enter futures to replace it"),
        CurveSource::PartlyAssumed => {
            Some("partly assumed: a preset holds some futures; enter their prices")
        }
    };
    if let Some(message) = on_curve {
        say("VX curve", message.to_owned());
    }
    if market.vvix_assumed {
        say(
            "VVIX",
            format!(
                "assumed {:.1} from VIX; enter VVIX to replace it",
                market.vvix
            ),
        );
    }
    for leg in campaign
        .positions
        .iter()
        .flat_map(|position| &position.legs)
    {
        let Some(quoted) = market.price_vol(&leg.contract) else {
            continue;
        };
        if quoted.source == VolSource::Assumed && quoted.years > 0.0 {
            let message =
                "assumed vol: no quote of its expiry; enter a mark or import a chain".to_owned();
            say(&leg.contract.label(), message);
        }
    }
    found
}
