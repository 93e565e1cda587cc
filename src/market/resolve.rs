//! From marks to a market: solves quotes for vols, fits every expiry that is needed, and says which
//! quotes could not be used.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::atm_terms::AtmTerms;
use super::carry::Carry;
use super::marks::{Mark, Marks, OptionMark};
use super::params::ModelParams;
use super::smile::{Smile, SmileQuote, SmileTerms};
use super::smile_prior::{prior, prior_at_vol};
use super::snapshot::Market;
use super::vix_curve::VixCurve;
use super::vix_vol::{VixSmile, VixVolTemplate, default_vvix};
use crate::instrument::{Contract, Right, Root, Underlying};
use crate::pricing::{IvError, Quote, implied_vol};

/// From this many quotes an expiry's level is taken from its own quotes first, before the term structure.
const SELF_STANDING_QUOTES: usize = 4;

/// Why a mark could not be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MarkTrouble {
    /// The contract has settled at the market's instant.
    #[error("settled before the market's time; its mark is left out")]
    Settled,
    /// A price that no vol gives.
    #[error("no vol gives this price; left out: {0}")]
    Price(IvError),
    /// A vol that is not a positive number.
    #[error("vol {0}: expected a positive number; left out")]
    Vol(f64),
    /// A mark of a kind that this contract cannot have.
    #[error("a future is marked on the curve, not among the options")]
    NotAnOption,
}

/// A mark left out of the market, with the reason.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}: {trouble}", contract.label())]
pub struct MarketProblem {
    /// The contract that was marked.
    pub contract: Contract,
    /// Why its mark could not be used.
    pub trouble: MarkTrouble,
}

impl Market {
    /// Resolves marks into a market that can price every contract of `needed` and of the marks.
    ///
    /// A smile is fitted for each SPX-family root and expiry that is needed, quoted, or in the chain.
    /// Own quotes win over the chain at their strike; XSP takes its smile from SPXW at a tenth. Marks are
    /// expected to pass [`Marks::validate`]; what cannot be used is left out and reported.
    pub fn of(
        marks: &Marks,
        params: &ModelParams,
        needed: &[Contract],
    ) -> (Self, Vec<MarketProblem>) {
        let mut problems = Vec::new();
        let mut market = empty_market(marks, params);
        report_settled_futures(marks, &mut problems);
        let quotes = usable_marks(marks, &mut problems);
        market.fit_vix(&quotes, needed, &mut problems);
        market.fit_spx(marks, &quotes, needed, &mut problems);
        (market, problems)
    }

    fn fit_vix(
        &mut self,
        quotes: &[OptionMark],
        needed: &[Contract],
        problems: &mut Vec<MarketProblem>,
    ) {
        let expiries: BTreeSet<Date> = option_keys(quotes, needed, Underlying::Vix)
            .into_iter()
            .map(|(_, expiry)| expiry)
            .collect();
        for expiry in expiries {
            let Some(terms) = self.vix_terms(expiry) else {
                continue;
            };
            let on = Pricing {
                forward: terms.future,
                years: terms.years,
                discount: terms.discount,
            };
            let own = quotes.iter().filter(|quote| {
                let root = quote.contract.root();
                root.underlying() == Underlying::Vix && quote.contract.expiry() == expiry
            });
            let (own, rejected) = own_quotes(own, on, problems);
            let mut smile = VixSmile::fit(terms, own, self.vix_template);
            smile.rejected += rejected;
            self.vix_smiles.push(smile);
        }
    }

    fn fit_spx(
        &mut self,
        marks: &Marks,
        quotes: &[OptionMark],
        needed: &[Contract],
        problems: &mut Vec<MarketProblem>,
    ) {
        let mut keys = option_keys(quotes, needed, Underlying::Spx);
        if let Some(chain) = &marks.chain {
            keys.extend(
                chain
                    .expiries
                    .iter()
                    .map(|entry| (entry.root, entry.expiry)),
            );
        }
        let gathered: Vec<Gathered> = keys
            .into_iter()
            .filter_map(|(root, expiry)| self.smile_terms(root, expiry))
            .map(|terms| gather(terms, marks, quotes, problems))
            .collect();
        let (sure, unsure): (Vec<_>, Vec<_>) = gathered
            .into_iter()
            .partition(|one| one.quotes.len() >= SELF_STANDING_QUOTES);
        for one in sure {
            let prior = prior(self.vix, one.terms.years);
            self.smiles.push(one.fit(prior));
        }
        self.refresh_atm_terms();
        let (quoted, bare): (Vec<_>, Vec<_>) =
            unsure.into_iter().partition(|one| !one.quotes.is_empty());
        let level = self.atm_terms.clone();
        for one in quoted {
            let years = one.terms.years;
            self.smiles
                .push(one.fit(prior_at_vol(level.vol_at(years), years)));
        }
        self.refresh_atm_terms();
        for one in bare {
            let mut smile = self.assumed_smile(one.terms);
            smile.rejected = one.rejected;
            self.smiles.push(smile);
        }
        self.smiles.sort_by_key(|smile| (smile.root, smile.expiry));
    }

    fn refresh_atm_terms(&mut self) {
        let quoted = self.smiles.iter().map(|smile| (smile.years, smile.atm_vol));
        self.atm_terms = AtmTerms::new(self.vix, quoted);
    }
}

fn empty_market(marks: &Marks, params: &ModelParams) -> Market {
    let growth = marks.rate - marks.dividend;
    let vvix = marks
        .vvix
        .unwrap_or_else(|| default_vvix(params, marks.vix));
    Market {
        as_of: marks.as_of,
        spx: marks.spx,
        rate: marks.rate,
        dividend: marks.dividend,
        vix: marks.vix,
        vvix,
        vvix_assumed: marks.vvix.is_none(),
        curve: VixCurve::of_marks(marks.as_of, marks.vix, &marks.vx),
        smiles: Vec::new(),
        vix_smiles: Vec::new(),
        atm_terms: AtmTerms::new(marks.vix, []),
        carry: marks.chain.as_ref().map_or_else(
            || Carry::flat(growth),
            |chain| Carry::of_chain(chain, growth),
        ),
        vix_template: VixVolTemplate::new(params, vvix),
    }
}

fn report_settled_futures(marks: &Marks, problems: &mut Vec<MarketProblem>) {
    let vx = marks.vx.iter().map(|future| Contract::Future {
        root: Root::Vx,
        expiry: future.expiry,
    });
    let settled = vx.filter(|contract| contract.is_expired(marks.as_of));
    problems.extend(settled.map(|contract| MarketProblem {
        contract,
        trouble: MarkTrouble::Settled,
    }));
}

/// The option marks that are still ahead of their settlement; the others become problems.
fn usable_marks(marks: &Marks, problems: &mut Vec<MarketProblem>) -> Vec<OptionMark> {
    let mut usable = Vec::with_capacity(marks.quotes.len());
    for quote in &marks.quotes {
        let contract = quote.contract;
        let trouble = match contract {
            Contract::Future { .. } => Some(MarkTrouble::NotAnOption),
            Contract::Option { .. } => contract
                .is_expired(marks.as_of)
                .then_some(MarkTrouble::Settled),
        };
        match trouble {
            Some(trouble) => problems.push(MarketProblem { contract, trouble }),
            None => usable.push(*quote),
        }
    }
    usable
}

/// The roots and expiries of all options on one underlying among quotes and needed contracts.
fn option_keys(
    quotes: &[OptionMark],
    needed: &[Contract],
    underlying: Underlying,
) -> BTreeSet<(Root, Date)> {
    quotes
        .iter()
        .map(|quote| &quote.contract)
        .chain(needed)
        .filter(|contract| {
            let root = contract.root();
            root.is_option() && root.underlying() == underlying
        })
        .map(|contract| (contract.root(), contract.expiry()))
        .collect()
}

/// Terms of one expiry and the quotes that were found for it.
struct Gathered {
    terms: SmileTerms,
    quotes: Vec<SmileQuote>,
    rejected: usize,
}

impl Gathered {
    fn fit(self, prior: super::ssvi::SsviSlice) -> Smile {
        let mut smile = Smile::fit(self.terms, self.quotes, prior);
        smile.rejected += self.rejected;
        smile
    }
}

/// What a price is solved on.
#[derive(Clone, Copy)]
struct Pricing {
    forward: f64,
    years: f64,
    discount: f64,
}

/// Own quotes of the expiry, then SPXW's for XSP, then the chain's; an earlier one wins at its strike.
fn gather(
    terms: SmileTerms,
    marks: &Marks,
    quotes: &[OptionMark],
    problems: &mut Vec<MarketProblem>,
) -> Gathered {
    let of = |root: Root| {
        quotes.iter().filter(move |quote| {
            quote.contract.root() == root && quote.contract.expiry() == terms.expiry
        })
    };
    let scale = terms.root.index_scale();
    let chain_root = if terms.root == Root::Xsp {
        Root::Spxw
    } else {
        terms.root
    };
    let on = Pricing {
        forward: terms.forward,
        years: terms.years,
        discount: terms.discount,
    };
    let (mut found, mut rejected) = own_quotes(of(terms.root), on, problems);
    if chain_root != terms.root {
        let full = Pricing {
            forward: terms.forward / scale,
            ..on
        };
        // the same marks are reported where SPXW itself is resolved
        let (borrowed, _) = own_quotes(of(chain_root), full, &mut Vec::new());
        add_missing(
            &mut found,
            borrowed.into_iter().map(|quote| SmileQuote {
                strike: quote.strike * scale,
                ..quote
            }),
        );
    }
    let entry = marks
        .chain
        .as_ref()
        .and_then(|chain| chain.find(chain_root, terms.expiry));
    if let Some(entry) = entry {
        rejected += entry.rejected;
        add_missing(
            &mut found,
            entry.quotes.iter().map(|&(strike, vol)| SmileQuote {
                strike: strike * scale,
                right: if strike < entry.forward {
                    Right::Put
                } else {
                    Right::Call
                },
                vol,
                is_own: false,
            }),
        );
    }
    Gathered {
        terms,
        quotes: found,
        rejected,
    }
}

/// Adds the quotes at strikes that `found` does not have yet.
fn add_missing(found: &mut Vec<SmileQuote>, more: impl Iterator<Item = SmileQuote>) {
    let mut taken: Vec<f64> = found.iter().map(|quote| quote.strike).collect();
    taken.sort_by(f64::total_cmp);
    found.extend(more.filter(|quote| {
        let at = taken.partition_point(|strike| *strike < quote.strike - 1e-6);
        taken
            .get(at)
            .is_none_or(|strike| *strike > quote.strike + 1e-6)
    }));
}

/// The vols of own marks, and how many gave none.
fn own_quotes<'a>(
    marks: impl Iterator<Item = &'a OptionMark>,
    on: Pricing,
    problems: &mut Vec<MarketProblem>,
) -> (Vec<SmileQuote>, usize) {
    let (mut found, mut rejected) = (Vec::new(), 0);
    for OptionMark { contract, mark } in marks {
        let Contract::Option { strike, right, .. } = *contract else {
            continue;
        };
        match vol_of(*mark, strike.points(), right, on) {
            Ok(vol) => found.push(SmileQuote {
                strike: strike.points(),
                right,
                vol,
                is_own: true,
            }),
            Err(trouble) => {
                rejected += 1;
                problems.push(MarketProblem {
                    contract: *contract,
                    trouble,
                });
            }
        }
    }
    (found, rejected)
}

fn vol_of(mark: Mark, strike: f64, right: Right, on: Pricing) -> Result<f64, MarkTrouble> {
    match mark {
        Mark::Vol(vol) if vol.is_finite() && vol > 0.0 => Ok(vol),
        Mark::Vol(vol) => Err(MarkTrouble::Vol(vol)),
        Mark::Price(price) => implied_vol(&Quote {
            right,
            forward: on.forward,
            strike,
            years: on.years,
            discount: on.discount,
            price,
        })
        .map_err(MarkTrouble::Price),
    }
}
