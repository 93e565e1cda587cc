//! First in, first out: what every fill closes and what it opens.

use std::collections::{BTreeMap, VecDeque};

use super::fill::{BrokerFill, Effect};
use super::review::HeldLot;
use crate::instrument::Contract;

/// Where contracts came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A fill of the review, by its place.
    Fill(usize),
    /// A position that was held before, by its place in the caller's list.
    Held(usize),
    /// Opened before the file begins, and held by nobody who was asked.
    Unknown,
}

/// What became of one fill.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FillMatch {
    /// Contracts that it opens, signed; 0 when it only closes.
    pub opened: i32,
    /// Contracts that it closes, signed as traded, by where they came from.
    pub closed: Vec<(Origin, i32)>,
    /// Dollars realised on what it closes, before fees; `None` when it closes nothing whose entry price
    /// is known.
    pub realised_usd: Option<f64>,
    /// Whether contracts of the same origin are left after it.
    pub leaves_some: bool,
}

impl FillMatch {
    /// Whether it closes anything.
    pub fn closes(&self) -> bool {
        !self.closed.is_empty()
    }
}

/// Contracts that are held, and in which trade of the file.
struct Lot<'a> {
    origin: Origin,
    trade: Option<&'a str>,
    quantity: i32,
    price: f64,
}

/// Matches fills, which are sorted by time, against what was held and against each other.
pub(super) fn match_fills(fills: &[BrokerFill], held: &[HeldLot]) -> Vec<FillMatch> {
    let mut book: BTreeMap<Contract, VecDeque<Lot<'_>>> = BTreeMap::new();
    for (place, lot) in held.iter().enumerate() {
        let lots = book.entry(lot.contract).or_default();
        lots.push_back(Lot {
            origin: Origin::Held(place),
            trade: None,
            quantity: lot.quantity,
            price: lot.price,
        });
    }
    let mut found = Vec::with_capacity(fills.len());
    for (place, fill) in fills.iter().enumerate() {
        let lots = book.entry(fill.contract).or_default();
        found.push(match_one(place, fill, lots));
    }
    found
}

fn match_one<'a>(place: usize, fill: &'a BrokerFill, lots: &mut VecDeque<Lot<'a>>) -> FillMatch {
    let mut found = FillMatch::default();
    let mut left = fill.quantity;
    let may_close = fill.effect != Effect::Open || fill.kind.is_settlement();
    let closes_only = fill.effect == Effect::Close || fill.kind.is_settlement();
    let trade = fill.trade_id.as_deref();
    while may_close && left != 0 {
        let Some(oldest) = oldest(lots, left, trade, closes_only) else {
            break;
        };
        let Some(lot) = lots.get_mut(oldest) else {
            break;
        };
        let count = lot
            .quantity
            .unsigned_abs()
            .min(left.unsigned_abs())
            .cast_signed();
        let traded = count * left.signum();
        // long lots gain when the price rose, short ones when it fell
        let gain = -f64::from(traded) * fill.contract.multiplier() * (fill.price - lot.price);
        found.realised_usd = Some(found.realised_usd.unwrap_or(0.0) + gain);
        found.closed.push((lot.origin, traded));
        left -= traded;
        lot.quantity += traded;
        found.leaves_some = lot.quantity != 0;
        if lot.quantity == 0 {
            lots.remove(oldest);
        }
    }
    if left != 0 && closes_only {
        found.closed.push((Origin::Unknown, left));
    } else if left != 0 {
        found.opened = left;
        lots.push_back(Lot {
            origin: Origin::Fill(place),
            trade,
            quantity: left,
            price: fill.price,
        });
    }
    found
}

/// The oldest lot that a fill takes from: of its own trade, else what was held before, else of any trade
/// when the file says that it closes.
fn oldest(
    lots: &VecDeque<Lot<'_>>,
    left: i32,
    trade: Option<&str>,
    closes_only: bool,
) -> Option<usize> {
    let opposite = |lot: &Lot<'_>| (lot.quantity > 0) != (left > 0);
    let held = |lot: &Lot<'_>| matches!(lot.origin, Origin::Held(_));
    let own = lots
        .iter()
        .position(|lot| opposite(lot) && lot.trade == trade && !held(lot));
    let before = || lots.iter().position(|lot| opposite(lot) && held(lot));
    let any = || lots.iter().position(|lot| closes_only && opposite(lot));
    match trade {
        // what was held before is older than anything in the file
        None => before().or(own).or_else(any),
        Some(_) => own.or_else(before).or_else(any),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::import::broker::reading::bare_fill;
    use crate::instrument::{Right, Root};

    fn fill(quantity: i32, price: f64, effect: Effect) -> BrokerFill {
        let contract =
            Contract::option(Root::Spxw, date(2026, 8, 6), 5640.0, Right::Put).expect("valid");
        let at = date(2026, 6, 24).at(10, 0, 0, 0);
        BrokerFill {
            effect,
            ..bare_fill(1, (at, at), contract, quantity, price)
        }
    }

    #[test]
    fn the_oldest_lot_is_closed_first() {
        let fills = [
            fill(-5, 10.0, Effect::Open),
            fill(-5, 12.0, Effect::Open),
            fill(7, 8.0, Effect::Close),
            fill(3, 8.0, Effect::Unknown),
        ];
        let found = match_fills(&fills, &[]);
        assert_eq!(
            found[2].closed,
            [(Origin::Fill(0), 5), (Origin::Fill(1), 2)]
        );
        assert_eq!(found[2].realised_usd, Some(5.0 * 200.0 + 2.0 * 400.0));
        assert!(found[2].leaves_some && !found[3].leaves_some);
        assert_eq!((found[3].opened, found[3].closed.len()), (0, 1));
    }

    #[test]
    fn trades_of_a_report_do_not_close_each_other() {
        let of = |quantity, trade: &str, effect| BrokerFill {
            trade_id: Some(trade.to_owned()),
            ..fill(quantity, 1.0, effect)
        };
        let fills = [
            of(2, "12", Effect::Unknown),
            of(-2, "13", Effect::Unknown),
            of(2, "13", Effect::Unknown),
            of(-1, "14", Effect::Close),
        ];
        let found = match_fills(&fills, &[]);
        assert_eq!((found[1].opened, found[1].closes()), (-2, false));
        assert_eq!(found[2].closed, [(Origin::Fill(1), 2)]);
        assert_eq!(
            found[3].closed,
            [(Origin::Fill(0), -1)],
            "it closes, so it closes what there is"
        );
    }

    #[test]
    fn what_is_too_much_turns_round_or_was_opened_before() {
        let unknown = match_fills(
            &[fill(2, 1.0, Effect::Open), fill(-5, 2.0, Effect::Unknown)],
            &[],
        );
        assert_eq!(
            (unknown[1].opened, unknown[1].realised_usd),
            (-3, Some(200.0))
        );
        let close = match_fills(&[fill(-5, 2.0, Effect::Close)], &[]);
        assert_eq!(close[0].closed, [(Origin::Unknown, -5)]);
        assert_eq!((close[0].opened, close[0].realised_usd), (0, None));
        let open = match_fills(
            &[fill(2, 1.0, Effect::Open), fill(-5, 2.0, Effect::Open)],
            &[],
        );
        assert_eq!(open[1].opened, -5, "the file says that it opens");
    }
}
