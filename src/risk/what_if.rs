//! A what-if: the market as a scenario would leave it, so that everything else is valued in it as usual.
//!
//! The scenario's levels become marks: SPX, VIX, the VIX futures, and for every expiry held the vols that
//! the joint scenario gives, at the strikes held and on a grid around them. A market resolved from these
//! marks reprices every leg as the scenario engine does; there is no second pricing path.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::book::{Book, LegModel};
use super::presets::{Preset, VixRule};
use super::scenario::{Moment, Path, Scenario};
use crate::calendar::new_york_date;
use crate::instrument::{Contract, Root};
use crate::market::{CurveSource, FutureMark, Mark, Marks, OptionMark};
use crate::pricing::Right;
use crate::units::VOL_POINT;

/// What is assumed instead of today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhatIfScenario {
    /// SPX, in points.
    pub spx: f64,
    /// VIX in points when it moves freely; `None`: VIX follows SPX by the model.
    #[serde(default)]
    pub vix: Option<f64>,
    /// Calendar days ahead; 0 is now.
    #[serde(default)]
    pub days: u32,
    /// Vol points added to every strike of every SPX expiry, beyond what the scenario does.
    #[serde(default)]
    pub vol_points: f64,
    /// Vol points added to every strike of one SPX expiry, on top of `vol_points`.
    #[serde(default)]
    pub vol_shifts: Vec<(Date, f64)>,
    /// Continuously compounded rate; `None` keeps today's.
    #[serde(default)]
    pub rate: Option<f64>,
}

impl WhatIfScenario {
    /// Nothing assumed: today as it is.
    pub fn today(spx: f64) -> Self {
        Self {
            spx,
            vix: None,
            days: 0,
            vol_points: 0.0,
            vol_shifts: Vec::new(),
            rate: None,
        }
    }

    /// A named preset on a book: its SPX move, its days, and VIX by the model where the model's own stress
    /// multiple says the same, else free at the preset's level. The preset's persistence of the VIX curve
    /// is not taken over: a what-if keeps the model's.
    pub fn of_preset(book: &Book, preset: &Preset) -> Self {
        let moment = book.moment_in_trading_days(preset.trading_days);
        let path = Path::to_move(
            &book.params,
            book.origin(),
            Scenario::of_preset(preset, moment),
            preset.spx_pct,
        );
        let follows_model = preset.vix == VixRule::ByModel
            && (preset.stress - book.params.stress_multiple).abs() < 1e-9;
        Self {
            vix: (!follows_model).then(|| hundredths(path.vix[0])),
            days: moment.elapsed_days().round() as u32,
            ..Self::today(hundredths(path.spots[0]))
        }
    }

    /// Vol points added to an expiry in sum: those of all expiries and its own.
    pub fn total_vol_shift(&self, expiry: Date) -> f64 {
        self.vol_points + self.vol_shift(expiry)
    }

    /// Vol points added to an expiry alone.
    pub fn vol_shift(&self, expiry: Date) -> f64 {
        self.vol_shifts
            .iter()
            .find(|(date, _)| *date == expiry)
            .map_or(0.0, |(_, points)| *points)
    }

    /// Sets the vol points added to an expiry alone; 0 removes it.
    pub fn set_vol_shift(&mut self, expiry: Date, points: f64) {
        self.vol_shifts.retain(|(date, _)| *date != expiry);
        if points != 0.0 {
            self.vol_shifts.push((expiry, points));
            self.vol_shifts.sort_by_key(|(date, _)| *date);
        }
    }
}

/// Standardised moneyness of the grid that carries a smile's shape into the what-if.
const GRID: [f64; 13] = [
    -4.0, -3.0, -2.25, -1.75, -1.25, -0.75, -0.35, 0.0, 0.35, 0.75, 1.25, 1.75, 2.5,
];

/// A level to the hundredth of a point, as marks are written.
pub(super) fn hundredths(points: f64) -> f64 {
    (100.0 * points).round() / 100.0
}

/// Calendar days to the last expiry held; 0 for an empty book.
pub fn last_expiry_days(book: &Book) -> u32 {
    let as_of = book.market.as_of;
    let days = book
        .legs
        .iter()
        .map(|leg| leg.leg.contract.days_to_expiry(as_of));
    days.max()
        .map_or(0, |days| u32::try_from(days).unwrap_or_default())
}

/// SPX expiries held that have not settled, nearest first.
pub fn spx_expiries(book: &Book) -> Vec<Date> {
    let mut expiries: Vec<Date> = book
        .legs
        .iter()
        .filter_map(|leg| match &leg.model {
            LegModel::Spx(option) if option.years > 0.0 => Some(leg.leg.contract.expiry()),
            LegModel::Spx(_) | LegModel::Vix(_) => None,
        })
        .collect();
    expiries.sort();
    expiries.dedup();
    expiries
}

/// The path of one point that a what-if stands on.
pub fn what_if_path(book: &Book, what_if: &WhatIfScenario) -> Path {
    let moment = if what_if.days == 0 {
        Moment::NOW
    } else {
        book.moment_in_days(f64::from(what_if.days))
    };
    let scenario = book.scenario(moment);
    let scenario = match what_if.vix {
        None => scenario,
        Some(vix) => Scenario {
            vix: VixRule::Moved {
                pct: 100.0 * (vix / book.market.vix - 1.0),
            },
            ..scenario
        },
    };
    book.path(scenario, vec![what_if.spx])
}

/// The marks that the scenario leaves: everything held reprices in them as the joint scenario says.
pub fn what_if_marks(book: &Book, marks: &Marks, what_if: &WhatIfScenario) -> Marks {
    let path = what_if_path(book, what_if);
    let elapsed = jiff::Span::new().hours(i64::from(what_if.days) * 24);
    let as_of = marks.as_of.checked_add(elapsed).unwrap_or(marks.as_of);
    let today = new_york_date(as_of);
    let mut quotes: Vec<OptionMark> = Vec::new();
    for contract in contracts(book) {
        let Some(vol) = scenario_vol(book, &path, &contract) else {
            continue;
        };
        let shift = if contract.root().underlying() == crate::instrument::Underlying::Spx {
            what_if.total_vol_shift(contract.expiry()) * VOL_POINT
        } else {
            0.0
        };
        quotes.push(OptionMark {
            contract,
            mark: Mark::Vol((vol + shift).max(0.001)),
        });
    }
    let vx = shocked_curve(book, &path)
        .into_iter()
        .filter(|future| future.expiry > today)
        .collect();
    Marks {
        as_of,
        spx: what_if.spx,
        rate: what_if.rate.unwrap_or(marks.rate),
        dividend: marks.dividend,
        vix: path.vix[0],
        vvix: Some(shocked_vvix(book, &path)),
        vx,
        quotes,
        chain: None,
    }
}

/// The contracts whose vols are carried over: those held, and a grid around each SPX expiry held.
fn contracts(book: &Book) -> Vec<Contract> {
    let mut found: Vec<Contract> = Vec::new();
    for leg in &book.legs {
        let contract = leg.leg.contract;
        if contract.strike().is_none() {
            continue;
        }
        found.push(contract);
        if let LegModel::Spx(option) = &leg.model
            && option.years > 0.0
        {
            found.extend(grid(
                contract.root(),
                contract.expiry(),
                option.forward,
                option.atm_vol * option.years.sqrt(),
            ));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Out-of-the-money options of an expiry at the grid's moneyness.
fn grid(root: Root, expiry: Date, forward: f64, stdev: f64) -> impl Iterator<Item = Contract> {
    GRID.into_iter().filter_map(move |z| {
        let strike = (forward * (z * stdev).exp()).round();
        let right = if z < 0.0 { Right::Put } else { Right::Call };
        Contract::option(root, expiry, strike, right).ok()
    })
}

/// The vol of a contract at the path's one point; `None` once it has settled there.
fn scenario_vol(book: &Book, path: &Path, contract: &Contract) -> Option<f64> {
    book.vol_at(path, contract)
}

/// The listed VIX futures at the path's point.
fn shocked_curve(book: &Book, path: &Path) -> Vec<FutureMark> {
    let prices = super::outcomes::curve_after(book, path);
    let is_assumed = book.market.curve.source != CurveSource::Entered;
    book.market
        .curve
        .points
        .iter()
        .zip(prices)
        .map(|(point, price)| FutureMark {
            expiry: point.expiry,
            price,
            is_assumed,
        })
        .collect()
}

/// VVIX after the move: it follows VIX by the model's elasticity, within its range.
fn shocked_vvix(book: &Book, path: &Path) -> f64 {
    let (low, high) = (book.params.vvix_min, book.params.vvix_max);
    let moved = book.market.vvix * (book.params.vix_vol_elasticity * path.log_vix[0]).exp();
    moved.clamp(low.min(book.market.vvix), high.max(book.market.vvix))
}
