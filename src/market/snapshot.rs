//! The market resolved from marks: for every contract its forward, discount, time and vol today.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

use super::atm_terms::AtmTerms;
use super::carry::Carry;
use super::smile::{Smile, SmileSource, SmileTerms};
use super::smile_prior::prior_at_vol;
use super::vix_curve::VixCurve;
use super::vix_vol::{VixSmile, VixSmileTerms, VixVolTemplate};
use crate::calendar::{settlement_instant, years_between};
use crate::instrument::{Contract, Right, Root, Underlying};
use crate::pricing::{BlackInput, black76_price};

/// The market at one instant. Built by [`Market::of`](Self::of), once per change of the marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// The instant of all quotes.
    pub as_of: Timestamp,
    /// S&P 500 index, points.
    pub spx: f64,
    /// Continuously compounded rate, decimal.
    pub rate: f64,
    /// Continuously compounded dividend yield, decimal.
    pub dividend: f64,
    /// Spot VIX, points.
    pub vix: f64,
    /// VVIX, points.
    pub vvix: f64,
    /// Whether VVIX was assumed from VIX.
    pub vvix_assumed: bool,
    /// The VIX futures.
    pub curve: VixCurve,
    /// SPX smiles, ascending by root and expiry.
    pub smiles: Vec<Smile>,
    /// VIX smiles, ascending by expiry.
    pub vix_smiles: Vec<VixSmile>,
    /// At-the-money SPX vol by time to expiry.
    pub atm_terms: AtmTerms,
    /// Forwards of the index over its spot.
    pub carry: Carry,
    /// VIX-option vols where none is quoted.
    pub vix_template: VixVolTemplate,
}

/// Where an option's vol comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VolSource {
    /// Quoted at this very strike.
    Mark,
    /// From the curve through the quotes of its expiry.
    Fit,
    /// No quote of its expiry: a prior.
    Assumed,
}

impl VolSource {
    /// One word for the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::Fit => "fit",
            Self::Assumed => "assumed",
        }
    }
}

/// All that pricing needs of the market for one option.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quoted {
    /// Forward of the contract's own index, points.
    pub forward: f64,
    /// Discount factor to the settlement.
    pub discount: f64,
    /// Calendar years to the settlement; 0 once settled.
    pub years: f64,
    /// Vol, decimal; 0 once settled.
    pub vol: f64,
    /// Where the vol comes from.
    pub source: VolSource,
}

impl Quoted {
    /// Black-76 price per share of a strike and right on these terms.
    pub fn price(&self, strike: f64, right: Right) -> f64 {
        black76_price(&BlackInput {
            right,
            forward: self.forward,
            strike,
            vol: self.vol,
            years: self.years,
            discount: self.discount,
        })
    }
}

impl Market {
    /// Calendar years from the market's instant to a settlement; 0 once settled.
    pub fn years_to(&self, root: Root, expiry: Date) -> f64 {
        years_between(
            self.as_of,
            settlement_instant(expiry, root.settlement_time()),
        )
    }

    /// Discount factor over `years`.
    pub fn discount(&self, years: f64) -> f64 {
        (-self.rate * years).exp()
    }

    /// Forward of an SPX-family index `years` ahead, in the root's own points (XSP: a tenth).
    pub fn spx_forward(&self, root: Root, years: f64) -> f64 {
        root.index_scale() * self.spx * self.carry.log_carry(years).exp()
    }

    /// At-the-money SPX vol `years` > 0 ahead.
    pub fn atm_vol_at(&self, years: f64) -> f64 {
        self.atm_terms.vol_at(years)
    }

    /// The smile of an SPX root and expiry, if it was needed or quoted.
    pub fn smile(&self, root: Root, expiry: Date) -> Option<&Smile> {
        self.smiles
            .binary_search_by(|smile| (smile.root, smile.expiry).cmp(&(root, expiry)))
            .ok()
            .map(|at| &self.smiles[at])
    }

    /// The smile of any SPX root and expiry: where it was neither needed nor quoted, the prior shape at
    /// the level of the term structure. `None` once settled.
    pub fn smile_at(&self, root: Root, expiry: Date) -> Option<Cow<'_, Smile>> {
        if let Some(smile) = self.smile(root, expiry) {
            return Some(Cow::Borrowed(smile));
        }
        let terms = self.smile_terms(root, expiry)?;
        Some(Cow::Owned(self.assumed_smile(terms)))
    }

    /// The VIX smile of an expiry, if it was needed or quoted.
    pub fn vix_smile(&self, expiry: Date) -> Option<&VixSmile> {
        self.vix_smiles
            .binary_search_by(|smile| smile.expiry.cmp(&expiry))
            .ok()
            .map(|at| &self.vix_smiles[at])
    }

    /// The VIX smile of any expiry: the template where it was neither needed nor quoted. `None` once
    /// settled.
    pub fn vix_smile_at(&self, expiry: Date) -> Option<Cow<'_, VixSmile>> {
        if let Some(smile) = self.vix_smile(expiry) {
            return Some(Cow::Borrowed(smile));
        }
        let terms = self.vix_terms(expiry)?;
        Some(Cow::Owned(VixSmile::fit(
            terms,
            Vec::new(),
            self.vix_template,
        )))
    }

    /// Forward, discount, time and vol of an option today; `None` for a future. A settled option has no
    /// time and no vol, and its index's spot as forward.
    pub fn price_vol(&self, contract: &Contract) -> Option<Quoted> {
        let Contract::Option {
            root,
            expiry,
            strike,
            right,
        } = *contract
        else {
            return None;
        };
        let quoted = match root.underlying() {
            Underlying::Spx => self
                .smile_at(root, expiry)
                .map(|smile| quoted_on_smile(&smile, strike.points(), right)),
            Underlying::Vix => self
                .vix_smile_at(expiry)
                .map(|smile| quoted_on_vix_smile(&smile, strike.points(), right)),
        };
        Some(quoted.unwrap_or_else(|| self.settled(root)))
    }

    /// Price today per unit in points: an option by Black-76 on its forward, a future from the curve.
    pub fn price(&self, contract: &Contract) -> f64 {
        match *contract {
            Contract::Option { strike, right, .. } => self
                .price_vol(contract)
                .map_or(0.0, |quoted| quoted.price(strike.points(), right)),
            Contract::Future { expiry, .. } => self.curve.future_for(expiry),
        }
    }

    pub(super) fn smile_terms(&self, root: Root, expiry: Date) -> Option<SmileTerms> {
        let years = self.years_to(root, expiry);
        (years > 0.0).then(|| SmileTerms {
            root,
            expiry,
            years,
            forward: self.spx_forward(root, years),
            discount: self.discount(years),
        })
    }

    pub(super) fn vix_terms(&self, expiry: Date) -> Option<VixSmileTerms> {
        let years = self.years_to(Root::Vix, expiry);
        (years > 0.0).then(|| VixSmileTerms {
            expiry,
            years,
            future: self.curve.future_for(expiry),
            discount: self.discount(years),
        })
    }

    pub(super) fn assumed_smile(&self, terms: SmileTerms) -> Smile {
        let prior = prior_at_vol(self.atm_vol_at(terms.years), terms.years);
        Smile::fit(terms, Vec::new(), prior)
    }

    fn settled(&self, root: Root) -> Quoted {
        let forward = match root.underlying() {
            Underlying::Spx => root.index_scale() * self.spx,
            Underlying::Vix => self.vix,
        };
        Quoted {
            forward,
            discount: 1.0,
            years: 0.0,
            vol: 0.0,
            source: VolSource::Assumed,
        }
    }
}

fn quoted_on_smile(smile: &Smile, strike: f64, right: Right) -> Quoted {
    let source = if smile.residuals.is_quoted(strike) {
        VolSource::Mark
    } else if smile.source == SmileSource::Prior {
        VolSource::Assumed
    } else {
        VolSource::Fit
    };
    Quoted {
        forward: smile.forward,
        discount: smile.discount,
        years: smile.years,
        vol: smile.vol(strike, right),
        source,
    }
}

fn quoted_on_vix_smile(smile: &VixSmile, strike: f64, right: Right) -> Quoted {
    let source = if smile.residuals.is_quoted(strike) {
        VolSource::Mark
    } else if smile.is_assumed() {
        VolSource::Assumed
    } else {
        VolSource::Fit
    };
    Quoted {
        forward: smile.future,
        discount: smile.discount,
        years: smile.years,
        vol: smile.vol(strike, right),
        source,
    }
}
