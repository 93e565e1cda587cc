//! Fills cut by what they close, so that every part can go to the campaign of its contracts; parts that stay in one
//! action are put together again.

use super::fill::{BrokerFill, shared_usd};
use super::known::Known;
use super::matching::{FillMatch, Origin};
use super::review::{HeldLot, Proposal};

/// Whether it is known where contracts came from. What nobody opened stays with what its fill closes before it.
fn is_known(origin: Origin) -> bool {
    origin != Origin::Unknown
}

/// Into how many parts a fill is cut.
fn parts(found: &FillMatch) -> usize {
    let closed = found.closed.iter().filter(|part| is_known(part.0)).count();
    (closed + usize::from(found.opened != 0)).max(1)
}

/// The parts of all fills, in their order: each closes contracts of one origin, or opens.
pub(super) struct Pieces {
    /// The parts; their dollars are those of the whole fill until they are joined.
    pub fills: Vec<BrokerFill>,
    pub matches: Vec<FillMatch>,
    /// For every part whether it was imported before.
    pub known: Vec<bool>,
    /// For every part the campaign that has it already.
    pub homes: Vec<Option<String>>,
    /// The fill that a part is of.
    whole: Vec<usize>,
}

impl Pieces {
    /// Cuts fills; `matches` says what each closes, of what is `held` and of each other.
    pub(super) fn cut(
        fills: &[BrokerFill],
        matches: &[FillMatch],
        known: &Known,
        held: &[HeldLot],
    ) -> Self {
        // what a fill opens is its last part
        let opening: Vec<usize> = matches
            .iter()
            .scan(0, |end, found| {
                *end += parts(found);
                Some(*end - 1)
            })
            .collect();
        let mut pieces = Self {
            fills: Vec::with_capacity(fills.len()),
            matches: Vec::with_capacity(fills.len()),
            known: Vec::new(),
            homes: Vec::new(),
            whole: Vec::with_capacity(fills.len()),
        };
        for (place, (fill, found)) in fills.iter().zip(matches).enumerate() {
            let price = |origin: Origin| match origin {
                Origin::Fill(from) => fills.get(from).map(|from| from.price),
                Origin::Held(lot) => held.get(lot).map(|lot| lot.price),
                Origin::Unknown => None,
            };
            pieces.add((place, fill), found, &opening, price);
        }
        let of = |place: &usize| known.is_known.get(*place).copied().unwrap_or(false);
        pieces.known = pieces.whole.iter().map(of).collect();
        let of = |place: &usize| known.homes.get(*place).cloned().flatten();
        pieces.homes = pieces.whole.iter().map(of).collect();
        pieces
    }

    /// The parts of one fill; `opening` has the part that each fill opens, `price` the price at which contracts came in.
    fn add(
        &mut self,
        (place, fill): (usize, &BrokerFill),
        found: &FillMatch,
        opening: &[usize],
        price: impl Fn(Origin) -> Option<f64>,
    ) {
        if parts(found) == 1 {
            let mut whole = found.clone();
            for (origin, _) in &mut whole.closed {
                *origin = origin.at(opening);
            }
            self.push(place, fill, fill.quantity, whole);
            return;
        }
        let (from, rest): (Vec<_>, Vec<_>) = found.closed.iter().partition(|part| is_known(part.0));
        let last = from.len().saturating_sub(1);
        for (number, (origin, count)) in from.into_iter().enumerate() {
            let gain =
                |price| -f64::from(count) * fill.contract.multiplier() * (fill.price - price);
            let rest = rest.iter().filter(|_| number == last);
            let rest: Vec<(Origin, i32)> = rest.copied().collect();
            let all = count + rest.iter().map(|(_, count)| count).sum::<i32>();
            let part = FillMatch {
                opened: 0,
                realised_usd: price(origin).map(gain),
                leaves_some: number == last && found.leaves_some,
                closed: std::iter::once((origin.at(opening), count))
                    .chain(rest)
                    .collect(),
            };
            self.push(place, fill, all, part);
        }
        if found.opened != 0 {
            let part = FillMatch {
                opened: found.opened,
                ..FillMatch::default()
            };
            self.push(place, fill, found.opened, part);
        }
    }

    fn push(&mut self, place: usize, fill: &BrokerFill, quantity: i32, found: FillMatch) {
        self.fills.push(BrokerFill {
            quantity,
            ..fill.clone()
        });
        self.matches.push(found);
        self.whole.push(place);
    }

    /// The fills as the proposals have them, with what each closes and opens: parts of one fill in one proposal are
    /// one again, and several share its dollars by their contracts. The proposals name the places of these.
    pub(super) fn joined(self, proposals: &mut [Proposal]) -> (Vec<BrokerFill>, Vec<FillMatch>) {
        let mut owner = vec![usize::MAX; self.fills.len()];
        for (number, proposal) in proposals.iter().enumerate() {
            for place in &proposal.fills {
                owner[*place] = number;
            }
        }
        let mut fills: Vec<BrokerFill> = Vec::new();
        let mut matches: Vec<FillMatch> = Vec::new();
        // of every fill that comes out: the fill that it is of, and its proposal
        let mut keys: Vec<(usize, usize)> = Vec::new();
        let mut places = Vec::with_capacity(owner.len());
        let parts = self.fills.into_iter().zip(self.matches);
        for ((fill, found), key) in parts.zip(self.whole.into_iter().zip(owner)) {
            let same = (0..keys.len())
                .rev()
                .take_while(|at| keys[*at].0 == key.0)
                .find(|at| keys[*at] == key);
            if let Some(at) = same {
                fills[at].quantity += fill.quantity;
                let known = &mut matches[at];
                known.opened += found.opened;
                known.closed.extend(found.closed);
                known.leaves_some |= found.leaves_some;
                known.realised_usd = match (known.realised_usd, found.realised_usd) {
                    (Some(a), Some(b)) => Some(a + b),
                    (a, b) => a.or(b),
                };
                places.push(at);
            } else {
                places.push(fills.len());
                keys.push(key);
                fills.push(fill);
                matches.push(found);
            }
        }
        for found in &mut matches {
            for (origin, _) in &mut found.closed {
                *origin = origin.at(&places);
            }
        }
        share(&mut fills, &keys);
        for proposal in proposals {
            for place in &mut proposal.fills {
                *place = places[*place];
            }
            proposal.fills.sort_unstable();
            proposal.fills.dedup();
        }
        (fills, matches)
    }
}

impl Origin {
    /// The same origin where fills have other places.
    fn at(self, places: &[usize]) -> Self {
        match self {
            Self::Fill(place) => Self::Fill(places.get(place).copied().unwrap_or(place)),
            Self::Held(_) | Self::Unknown => self,
        }
    }
}

/// Shares fees and premium of a fill among what became of it.
fn share(fills: &mut [BrokerFill], keys: &[(usize, usize)]) {
    let mut start = 0;
    while start < keys.len() {
        let same = keys[start..]
            .iter()
            .take_while(|key| key.0 == keys[start].0);
        let end = start + same.count();
        let whole: i32 = fills[start..end].iter().map(|fill| fill.quantity).sum();
        let mut done = 0;
        for fill in fills[start..end].iter_mut().filter(|_| end - start > 1) {
            let part = (done, fill.quantity, whole);
            fill.fees_usd = shared_usd(fill.fees_usd, part);
            fill.amount_usd = fill.amount_usd.map(|usd| shared_usd(usd, part));
            done += fill.quantity;
        }
        start = end;
    }
}
