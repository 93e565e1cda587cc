//! Where strikes go when some of them are pulled: snapping, keeping the order, moving together, mirroring.
//!
//! A moved leg's entry price becomes its model price at the new strike, so that the credit follows and no
//! stale mark is kept; a leg that comes back to where it was gets its own entry price back.

use jiff::Timestamp;

use crate::instrument::{Contract, Leg, Position, Root, Underlying};
use crate::market::Market;

/// What is being pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// One leg, by its index in the position.
    Leg(usize),
    /// A spread as a whole: the legs of one side.
    Spread([usize; 2]),
}

/// What else moves, and how finely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// To whole points rather than listed strikes.
    pub is_free: bool,
    /// Everything moves by as much.
    pub moves_all: bool,
    /// The opposite wing moves by as much the other way.
    pub mirrors: bool,
}

impl Manner {
    /// The manner that the modifier keys ask for: Alt free, Shift all, Ctrl or Cmd mirrored.
    pub fn of(modifiers: egui::Modifiers) -> Self {
        Self {
            is_free: modifiers.alt,
            moves_all: modifiers.shift,
            mirrors: modifiers.command || modifiers.ctrl,
        }
    }
}

/// One option leg on the index that may move: its place and its terms.
#[derive(Clone, Copy, Debug)]
struct Mover {
    leg: usize,
    root: Root,
    days: i32,
    strike: f64,
    /// −1, 0 or +1: how it follows a pull to the right.
    way: f64,
}

impl Mover {
    fn step(&self, is_free: bool) -> f64 {
        if is_free {
            1.0
        } else {
            self.root.strike_step_points(self.strike, self.days)
        }
    }

    fn snapped(&self, strike: f64, is_free: bool) -> f64 {
        if is_free {
            strike.round().max(1.0)
        } else {
            self.root.snap_strike(strike, self.days)
        }
    }
}

/// What a pull needs to know of the market.
#[derive(Clone, Copy)]
pub struct Pricer<'a> {
    /// Where prices come from.
    pub market: &'a Market,
}

impl Pricer<'_> {
    fn as_of(self) -> Timestamp {
        self.market.as_of
    }

    /// The model price of a contract in points, as it is: rounded, a moved strike would begin with a gain.
    fn price(self, contract: &Contract) -> Option<f64> {
        let price = self.market.price(contract);
        price.is_finite().then(|| price.max(0.0))
    }
}

/// The position after a pull by `spx_points` to the right, from where it was when it was grabbed.
///
/// Strikes keep their order: within a condor the wings stay at least one step wide and the short strikes
/// may meet; among other legs those of one series and right stay a step apart.
pub fn pulled(
    origin: &Position,
    grip: Grip,
    spx_points: f64,
    manner: Manner,
    pricer: Pricer<'_>,
) -> Position {
    let movers = movers(origin, grip, manner, pricer.as_of());
    let Some(lead) = lead(&movers, grip) else {
        return origin.clone();
    };
    let wanted = lead.strike + spx_points * lead.root.index_scale();
    let shift = lead.snapped(wanted, manner.is_free) - lead.strike;
    moved_by(origin, &movers, lead, shift, (manner.is_free, pricer))
}

/// The position after so many steps of the grid to the right (negative to the left).
pub fn nudged(
    origin: &Position,
    grip: Grip,
    steps: i32,
    manner: Manner,
    pricer: Pricer<'_>,
) -> Position {
    let movers = movers(origin, grip, manner, pricer.as_of());
    let Some(lead) = lead(&movers, grip) else {
        return origin.clone();
    };
    let step = lead.step(manner.is_free);
    let (share, count) = (lead.strike / step, f64::from(steps));
    // from off the grid the first step leads onto it
    let is_on_grid = (share - share.round()).abs() < 1e-6;
    let places = match (is_on_grid, steps > 0) {
        (true, _) => share.round() + count,
        (false, true) => share.ceil() + count - 1.0,
        (false, false) => share.floor() + count + 1.0,
    };
    let shift = places * step - lead.strike;
    moved_by(origin, &movers, lead, shift, (manner.is_free, pricer))
}

/// The leg that the pointer holds.
fn lead(movers: &[Mover], grip: Grip) -> Option<Mover> {
    let index = match grip {
        Grip::Leg(leg) | Grip::Spread([leg, _]) => leg,
    };
    movers.iter().find(|mover| mover.leg == index).copied()
}

/// Every index option of the position with the way it follows, ascending by strike.
fn movers(position: &Position, grip: Grip, manner: Manner, as_of: Timestamp) -> Vec<Mover> {
    let held = |leg: usize| match grip {
        Grip::Leg(index) => index == leg,
        Grip::Spread(pair) => pair.contains(&leg),
    };
    let mirrored = |leg: usize| {
        let view = position.condor()?;
        let places = view.legs().map(|leg| leg.index);
        let place = places.iter().position(|index| *index == leg)?;
        places.get(3 - place).copied()
    };
    let way = |leg: usize| {
        if held(leg) || manner.moves_all {
            1.0
        } else if manner.mirrors && mirrored(leg).is_some_and(held) {
            -1.0
        } else {
            0.0
        }
    };
    let legs = position.legs.iter().enumerate();
    let mut movers: Vec<Mover> = legs
        .filter(|(_, leg)| leg.contract.underlying() == Underlying::Spx)
        .filter_map(|(index, leg)| {
            Some(Mover {
                leg: index,
                root: leg.contract.root(),
                days: leg.contract.days_to_expiry(as_of),
                strike: leg.contract.strike()?,
                way: way(index),
            })
        })
        .collect();
    movers.sort_by(|a, b| a.strike.total_cmp(&b.strike));
    movers
}

/// Pairs of movers that must keep their order, each with the least distance.
fn ordered_pairs(position: &Position, movers: &[Mover], is_free: bool) -> Vec<(Mover, Mover, f64)> {
    let by_leg = |leg: usize| movers.iter().find(|mover| mover.leg == leg).copied();
    if let Some(view) = position.condor() {
        let [a, b, c, d] = view.legs().map(|leg| by_leg(leg.index));
        let pair = |low: Option<Mover>, high: Option<Mover>, is_wing: bool| {
            let (low, high) = (low?, high?);
            Some((low, high, if is_wing { low.step(is_free) } else { 0.0 }))
        };
        return [pair(a, b, true), pair(b, c, false), pair(c, d, true)]
            .into_iter()
            .flatten()
            .collect();
    }
    let series = |mover: &Mover| {
        position.legs.get(mover.leg).map(|leg| {
            (
                leg.contract.root(),
                leg.contract.expiry(),
                leg.contract.right(),
            )
        })
    };
    let mut pairs = Vec::new();
    for (index, low) in movers.iter().enumerate() {
        let next = movers
            .iter()
            .skip(index + 1)
            .find(|high| series(high) == series(low) && high.strike > low.strike);
        if let Some(high) = next {
            pairs.push((*low, *high, low.step(is_free)));
        }
    }
    pairs
}

/// How far the lead may go left and right before some pair would cross.
fn room(pairs: &[(Mover, Mover, f64)], movers: &[Mover], is_free: bool) -> (f64, f64) {
    let (mut left, mut right) = (f64::NEG_INFINITY, f64::INFINITY);
    for (low, high, least) in pairs {
        let slack = (high.strike - low.strike - least).max(0.0);
        let closing = low.way - high.way;
        if closing > 0.0 {
            right = right.min(slack / closing);
        } else if closing < 0.0 {
            left = left.max(slack / closing);
        }
    }
    for mover in movers {
        let slack = (mover.strike - mover.step(is_free)).max(0.0);
        if mover.way > 0.0 {
            left = left.max(-slack);
        } else if mover.way < 0.0 {
            right = right.min(slack);
        }
    }
    (left, right)
}

fn moved_by(
    origin: &Position,
    movers: &[Mover],
    lead: Mover,
    shift: f64,
    (is_free, pricer): (bool, Pricer<'_>),
) -> Position {
    let pairs = ordered_pairs(origin, movers, is_free);
    let (left, right) = room(&pairs, movers, is_free);
    let step = lead.step(is_free);
    let mut allowed = shift.clamp(left, right);
    if allowed != shift {
        // the last strike of the grid before the neighbour
        let snapped = lead.snapped(lead.strike + allowed, is_free) - lead.strike;
        let over = if snapped > right {
            -step
        } else if snapped < left {
            step
        } else {
            0.0
        };
        allowed = if (left..=right).contains(&(snapped + over)) {
            snapped + over
        } else {
            0.0
        };
    }
    let mut moved = origin.clone();
    for mover in movers
        .iter()
        .filter(|mover| mover.way != 0.0 && allowed != 0.0)
    {
        if let Some(leg) = moved.legs.get_mut(mover.leg) {
            *leg = leg_at(leg, mover.strike + mover.way * allowed, pricer);
        }
    }
    moved
}

/// The leg at another strike, entered at the model price there; unchanged if there is no such contract.
fn leg_at(leg: &Leg, strike: f64, pricer: Pricer<'_>) -> Leg {
    let Ok(contract) = leg.contract.with_strike(strike) else {
        return *leg;
    };
    if contract == leg.contract {
        return *leg;
    }
    match pricer.price(&contract) {
        Some(entry_price) => Leg {
            contract,
            entry_price,
            ..*leg
        },
        None => *leg,
    }
}

#[cfg(test)]
mod tests;
