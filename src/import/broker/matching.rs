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

/// Contracts that are held, in which trade of the file, and in whose campaign.
struct Lot<'a> {
    origin: Origin,
    trade: Option<&'a str>,
    campaign: Option<&'a str>,
    is_elsewhere: bool,
    /// Opened by a fill that was imported before: what is held has it already.
    is_known: bool,
    quantity: i32,
    price: f64,
}

/// A fill under way: its place, whether it was imported before, and the campaign that holds most of its order.
#[derive(Clone, Copy)]
struct Taker<'a> {
    place: usize,
    fill: &'a BrokerFill,
    is_known: bool,
    campaign: Option<&'a str>,
}

/// Matches fills, which are sorted by time, against what was held and against each other. Fills that are `known`
/// were imported before: what is held is what they left, so they take from each other alone.
pub(super) fn match_fills(
    fills: &[BrokerFill],
    held: &[HeldLot],
    known: &[bool],
) -> Vec<FillMatch> {
    let mut book: BTreeMap<Contract, VecDeque<Lot<'_>>> = BTreeMap::new();
    for (place, lot) in held.iter().enumerate() {
        let lots = book.entry(lot.contract).or_default();
        lots.push_back(Lot {
            origin: Origin::Held(place),
            trade: None,
            campaign: lot.campaign.as_deref(),
            is_elsewhere: lot.is_elsewhere,
            is_known: false,
            quantity: lot.quantity,
            price: lot.price,
        });
    }
    let whose = Whose::of(fills, held);
    let mut found = Vec::with_capacity(fills.len());
    for (place, fill) in fills.iter().enumerate() {
        let lots = book.entry(fill.contract).or_default();
        let taker = Taker {
            place,
            fill,
            is_known: known.get(place).copied().unwrap_or(false),
            campaign: whose.campaign(fill),
        };
        found.push(match_one(taker, lots));
    }
    found
}

/// Which campaign an order is about, where several hold contracts of it: the one that holds most of its contracts,
/// of equals the first.
struct Whose<'a> {
    of_order: BTreeMap<String, &'a str>,
}

impl<'a> Whose<'a> {
    fn of(fills: &[BrokerFill], held: &'a [HeldLot]) -> Self {
        let mut campaigns: Vec<&'a str> = Vec::new();
        for name in held.iter().filter_map(|lot| lot.campaign.as_deref()) {
            if !campaigns.contains(&name) {
                campaigns.push(name);
            }
        }
        let mut of_order = BTreeMap::new();
        if campaigns.len() < 2 {
            return Self { of_order };
        }
        let mut orders: BTreeMap<String, Vec<&BrokerFill>> = BTreeMap::new();
        for fill in fills {
            orders.entry(order_of(fill)).or_default().push(fill);
        }
        for (order, fills) in orders {
            let count = |name: &str| {
                let holds = |fill: &&&BrokerFill| {
                    held.iter().any(|lot| {
                        lot.campaign.as_deref() == Some(name)
                            && lot.contract == fill.contract
                            && (lot.quantity > 0) != (fill.quantity > 0)
                    })
                };
                fills.iter().filter(holds).count()
            };
            let counts = campaigns.iter().map(|name| (count(name), *name));
            let best = counts.rev().max_by_key(|(count, _)| *count);
            if let Some((1.., name)) = best {
                of_order.insert(order, name);
            }
        }
        Self { of_order }
    }

    fn campaign(&self, fill: &BrokerFill) -> Option<&'a str> {
        self.of_order.get(&order_of(fill)).copied()
    }
}

/// What fills of one order share.
fn order_of(fill: &BrokerFill) -> String {
    fill.order
        .clone()
        .unwrap_or_else(|| format!("{} {}", fill.at, fill.kind.is_settlement()))
}

fn match_one<'a>(taker: Taker<'a>, lots: &mut VecDeque<Lot<'a>>) -> FillMatch {
    let Taker { place, fill, .. } = taker;
    let mut found = FillMatch::default();
    let mut left = fill.quantity;
    let may_close = fill.effect != Effect::Open || fill.kind.is_settlement();
    let closes_only = fill.effect == Effect::Close || fill.kind.is_settlement();
    let trade = fill.trade_id.as_deref();
    while may_close && left != 0 {
        let Some(oldest) = oldest(lots, left, taker, closes_only) else {
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
        let is_held = matches!(lot.origin, Origin::Held(_));
        if lot.quantity == 0 {
            lots.remove(oldest);
        }
        if is_held {
            forget_known(lots, traded);
        }
    }
    if left != 0 && closes_only {
        found.closed.push((Origin::Unknown, left));
    } else if left != 0 {
        found.opened = left;
        lots.push_back(Lot {
            origin: Origin::Fill(place),
            trade,
            campaign: None,
            is_elsewhere: false,
            is_known: taker.is_known,
            quantity: left,
            price: fill.price,
        });
    }
    found
}

/// Takes what was traded out of the lots that known fills opened: they are the same contracts as those held.
fn forget_known(lots: &mut VecDeque<Lot<'_>>, traded: i32) {
    let mut left = traded;
    for lot in lots.iter_mut() {
        if lot.is_known && (lot.quantity > 0) != (left > 0) && left != 0 {
            let count = lot.quantity.unsigned_abs().min(left.unsigned_abs());
            let part = count.cast_signed() * left.signum();
            lot.quantity += part;
            left -= part;
        }
    }
    lots.retain(|lot| lot.quantity != 0);
}

/// The oldest lot that a fill takes from: of its own trade, else what was held before, of several campaigns that of
/// its order, else of any trade when the file says that it closes.
fn oldest(
    lots: &VecDeque<Lot<'_>>,
    left: i32,
    taker: Taker<'_>,
    closes_only: bool,
) -> Option<usize> {
    let trade = taker.fill.trade_id.as_deref();
    let held = |lot: &Lot<'_>| matches!(lot.origin, Origin::Held(_));
    let opposite = |lot: &Lot<'_>| {
        let is_seen = !taker.is_known || lot.is_known;
        let is_near = closes_only || !lot.is_elsewhere;
        is_seen && is_near && (lot.quantity > 0) != (left > 0)
    };
    let own = lots
        .iter()
        .position(|lot| opposite(lot) && lot.trade == trade && !held(lot));
    let before = || {
        let of_order = |lot: &Lot<'_>| lot.campaign == taker.campaign;
        let is_before = |lot: &Lot<'_>| opposite(lot) && held(lot);
        let preferred = lots.iter().position(|lot| is_before(lot) && of_order(lot));
        preferred.or_else(|| lots.iter().position(is_before))
    };
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
        let found = match_fills(&fills, &[], &[]);
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
        let found = match_fills(&fills, &[], &[]);
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
            &[],
        );
        assert_eq!(
            (unknown[1].opened, unknown[1].realised_usd),
            (-3, Some(200.0))
        );
        let close = match_fills(&[fill(-5, 2.0, Effect::Close)], &[], &[]);
        assert_eq!(close[0].closed, [(Origin::Unknown, -5)]);
        assert_eq!((close[0].opened, close[0].realised_usd), (0, None));
        let open = match_fills(
            &[fill(2, 1.0, Effect::Open), fill(-5, 2.0, Effect::Open)],
            &[],
            &[],
        );
        assert_eq!(open[1].opened, -5, "the file says that it opens");
    }

    #[test]
    fn known_fills_leave_what_is_held_alone_and_new_ones_close_it_once() {
        let held = |campaign: &str, quantity| HeldLot {
            contract: fill(1, 1.0, Effect::Open).contract,
            quantity,
            price: 10.0,
            position: crate::instrument::PositionId(1),
            name: "August".to_owned(),
            role: crate::instrument::Role::Condor,
            campaign: Some(campaign.to_owned()),
            is_elsewhere: campaign != "c1",
        };
        // twenty were opened and ten closed before: ten are held
        let fills = [
            fill(-20, 10.0, Effect::Open),
            fill(10, 8.0, Effect::Close),
            fill(10, 6.0, Effect::Close),
            fill(1, 6.0, Effect::Close),
        ];
        let known = [true, true, false, false];
        let found = match_fills(&fills, &[held("c1", -10)], &known);
        assert_eq!(found[1].closed, [(Origin::Fill(0), 10)]);
        assert_eq!(found[2].closed, [(Origin::Held(0), 10)]);
        assert_eq!(found[2].realised_usd, Some(4000.0));
        assert_eq!(
            found[3].closed,
            [(Origin::Unknown, 1)],
            "ten are gone twice over"
        );
        let two = [held("c1", -10), held("c2", -10)];
        let both = match_fills(&[fill(15, 6.0, Effect::Close)], &two, &[]);
        assert_eq!(
            both[0].closed,
            [(Origin::Held(0), 10), (Origin::Held(1), 5)]
        );
        let unsure = match_fills(&[fill(15, 6.0, Effect::Unknown)], &two, &[]);
        assert_eq!(unsure[0].closed, [(Origin::Held(0), 10)]);
        assert_eq!(
            unsure[0].opened, 5,
            "what may open is not taken from elsewhere"
        );
    }
}
