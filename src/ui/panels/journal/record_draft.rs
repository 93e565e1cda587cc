//! Something done, being written down: several fills that are one entry of the journal.

mod lines;
mod preset;
mod writing;

use jiff::civil::DateTime;

use super::draft::{Refusal, marks_time};
use crate::instrument::{
    Contract, LayerKind, Position, PositionId, Role, Trade, TradeAction, Underlying, realised_usd,
};
use crate::ui::PanelContext;
use lines::Change;

pub(super) use lines::FillLine;
pub(super) use preset::Preset;

/// Fills that are one entry.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RecordDraft {
    /// The position that they change; none for a new one.
    pub position: Option<PositionId>,
    pub preset: Preset,
    /// Name and purpose of a new position.
    pub name: String,
    pub role: Role,
    pub action: TradeAction,
    pub title: String,
    pub reason: String,
    pub tags: String,
    pub at: String,
    /// Lots that are added, trimmed or sold.
    pub lots: f64,
    /// A fee without a fill, dollars.
    pub fee_usd: f64,
    /// What the underlying settled at, in its points.
    pub settlement: f64,
    pub fills: Vec<FillLine>,
    /// What was changed by hand of fills that were made.
    changes: Vec<Change>,
    /// Contracts of which no fill is made.
    left_out: Vec<Contract>,
    /// The settlement that was typed, and of what.
    settled_at: Option<(Underlying, f64)>,
    /// Fills being typed.
    pub line: String,
    pub follows: bool,
    pub refusal: Option<Refusal>,
}

impl RecordDraft {
    /// The first position that has expired is to be settled, else the first one closed.
    pub(super) fn new(ctx: &PanelContext<'_>) -> Self {
        let expired = expired(ctx).next();
        let position = expired.or_else(|| ctx.campaign.positions.first());
        let preset = match (expired, position) {
            (Some(_), _) => Preset::Settle,
            (None, Some(_)) => Preset::Close,
            (None, None) => Preset::Open,
        };
        let mut draft = Self {
            position: position.map(|position| position.id),
            preset,
            name: String::new(),
            role: Role::Other,
            action: TradeAction::Open,
            title: String::new(),
            reason: String::new(),
            tags: String::new(),
            at: marks_time(ctx),
            lots: 1.0,
            fee_usd: 0.0,
            settlement: 0.0,
            fills: Vec::new(),
            changes: Vec::new(),
            left_out: Vec::new(),
            settled_at: None,
            line: String::new(),
            follows: true,
            refusal: None,
        };
        draft.begin(ctx);
        draft
    }

    /// Begins anew, after another kind was chosen: with the position that it is about.
    pub(super) fn choose(&mut self, ctx: &PanelContext<'_>) {
        if self.preset == Preset::Fee {
            let all = self.candidates(ctx);
            let is_there = |(id, _): &(Option<PositionId>, String)| *id == self.position;
            if self.position.is_none() || !all.iter().any(is_there) {
                self.position = all.first().and_then(|(id, _)| *id);
            }
            return self.begin(ctx);
        }
        let positions = &ctx.campaign.positions;
        let layer = || positions.iter().find(|held| held.role.layer().is_some());
        let held = self.position.and_then(|id| ctx.campaign.position(id));
        let fits =
            |position: &&Position| !self.preset.is_of_layers() || position.role.layer().is_some();
        let chosen = match self.preset {
            Preset::Open => None,
            Preset::Settle => expired(ctx).next().or(held),
            Preset::Hedge | Preset::Monetise => held.filter(fits).or_else(layer),
            Preset::Add
            | Preset::Close
            | Preset::Trim
            | Preset::Roll
            | Preset::Fee
            | Preset::Free => held,
        };
        let first = || positions.first().filter(|_| !self.preset.may_open());
        let is_free = self.preset == Preset::Free;
        let chosen = if is_free {
            chosen
        } else {
            chosen.or_else(first)
        };
        self.position = chosen.map(|position| position.id);
        if self.preset == Preset::Hedge {
            self.role = Role::Layer(LayerKind::First);
        }
        self.begin(ctx);
    }

    /// Fills anew, after another position or another kind was chosen.
    pub(super) fn begin(&mut self, ctx: &PanelContext<'_>) {
        self.action = self.preset.action().unwrap_or(self.action);
        self.refusal = None;
        if self.preset == Preset::Fee {
            // the fills wait, out of sight
            return;
        }
        self.keep_typed();
        let held = self.position.and_then(|id| ctx.campaign.position(id));
        // what the book holds already is written down, and no more
        self.follows = !(self.preset == Preset::Open && held.is_some());
        let Some(position) = held else {
            return self.fill(ctx);
        };
        if self.preset == Preset::Add && position.role.layer().is_some() {
            self.action = TradeAction::Hedge;
        }
        let marks = &ctx.campaign.marks;
        let of = underlying_of(position);
        let typed = self.settled_at.filter(|(typed, _)| *typed == of);
        self.settlement = typed.map_or(
            match of {
                Underlying::Vix => marks.vix,
                Underlying::Spx => marks.spx,
            },
            |(_, points)| points,
        );
        let most = if self.preset == Preset::Trim || self.preset == Preset::Monetise {
            f64::from(lots_of(position).max(1))
        } else {
            1e4
        };
        self.lots = self.lots.clamp(1.0, most);
        self.fill(ctx);
    }

    /// Whether there is neither a fill to record nor a word about one.
    pub(super) fn is_nothing(&self) -> bool {
        let words = [&self.line, &self.title, &self.reason];
        let is_said = words.iter().any(|text| !text.trim().is_empty());
        self.preset != Preset::Fee && self.fills.is_empty() && !is_said
    }

    /// Remembers a settlement that was typed, and fills anew.
    pub(super) fn settle_at(&mut self, ctx: &PanelContext<'_>) {
        let held = self.position.and_then(|id| ctx.campaign.position(id));
        self.settled_at = held.map(|position| (underlying_of(position), self.settlement));
        self.fill(ctx);
    }

    /// The positions that it can be about, by name, in the order of a list: those held; for a new one, or for fills of
    /// none, `None`. A later fee can be of one that is closed.
    pub(super) fn candidates(&self, ctx: &PanelContext<'_>) -> Vec<(Option<PositionId>, String)> {
        let held = ctx.campaign.positions.iter();
        let mut all: Vec<(Option<PositionId>, String)> = held
            .map(|position| (Some(position.id), position.name.clone()))
            .collect();
        if self.preset == Preset::Fee {
            let has_fill = |id| ctx.campaign.trades.iter().any(|trade| trade.position == id);
            let gone =
                ctx.campaign.journal.structures.iter().filter(|gone| {
                    ctx.campaign.position(gone.id).is_none() && has_fill(Some(gone.id))
                });
            all.extend(gone.map(|gone| (Some(gone.id), format!("{}, closed", gone.name))));
            if has_fill(None) {
                all.push((None, "Fills of no position".to_owned()));
            }
        } else if self.preset.may_open() {
            let is_new = self.follows || self.position.is_some();
            let none = if is_new {
                "A new position"
            } else {
                "No position"
            };
            all.push((None, none.to_owned()));
        }
        all
    }

    /// The newest fill of the position, on which a later fee is charged.
    pub(super) fn charged<'a>(&self, ctx: &PanelContext<'a>) -> Option<&'a Trade> {
        let own = ctx.campaign.trades.iter();
        let own = own.filter(|trade| trade.position == self.position);
        own.max_by_key(|trade| (trade.at, trade.id))
    }

    /// Whether the journal has fills of the position already, so that its opening would stand there twice.
    pub(super) fn is_written(&self, ctx: &PanelContext<'_>) -> bool {
        let mut trades = ctx.campaign.trades.iter();
        self.position.is_some() && trades.any(|trade| trade.position == self.position)
    }

    /// Dollars that the fills realise of what is held, fees aside; `None` when they close nothing.
    pub(super) fn realised_usd(&self, ctx: &PanelContext<'_>) -> Option<f64> {
        let held = self.position.and_then(|id| ctx.campaign.position(id))?;
        let fills = self.fills.iter().map(|line| {
            let fill = self.trade(line, (0.0, DateTime::default())).leg();
            realised_usd(&held.legs, &fill)
        });
        fills.flatten().reduce(|sum, one| sum + one)
    }

    /// Dollars of fees of a fill.
    pub(super) fn fees_usd(&self, ctx: &PanelContext<'_>, line: &FillLine) -> f64 {
        let schedule = &ctx.campaign.settings.fees;
        let count = line.quantity.round() as i32;
        let by_schedule =
            || schedule.fees_usd(&line.contract, line.price, count, self.fills.len() > 1);
        line.fees_usd.unwrap_or_else(by_schedule)
    }

    /// Dollars that come in, fees taken off; negative when they leave.
    pub(super) fn cash_usd(&self, ctx: &PanelContext<'_>) -> f64 {
        let cash = |line: &FillLine| {
            let fees_usd = self.fees_usd(ctx, line);
            self.trade(line, (fees_usd, DateTime::default())).cash_usd()
        };
        self.fills.iter().map(cash).sum()
    }
}

/// What the contracts of a position settle on.
fn underlying_of(position: &Position) -> Underlying {
    let first = position.legs.first();
    first.map_or(Underlying::Spx, |leg| leg.contract.underlying())
}

/// The positions that have legs past their settlement, at the instant of the marks.
pub(super) fn expired<'a>(ctx: &PanelContext<'a>) -> impl Iterator<Item = &'a Position> {
    let now = ctx.campaign.marks.as_of;
    let positions = ctx.campaign.positions.iter();
    positions.filter(move |position| {
        let mut legs = position.legs.iter();
        legs.any(|leg| leg.contract.is_expired(now))
    })
}

/// The number of equal parts that a position can be divided into: condors, spreads, options.
pub(super) fn lots_of(position: &Position) -> i32 {
    let counts = position.legs.iter().map(|leg| leg.quantity.abs());
    counts.fold(0, greatest_divisor)
}

fn greatest_divisor(a: i32, b: i32) -> i32 {
    if b == 0 {
        a
    } else {
        greatest_divisor(b, a % b)
    }
}

#[cfg(test)]
mod tests {
    use super::greatest_divisor;

    #[test]
    fn lots_are_the_greatest_number_that_divides_every_leg() {
        let lots = |counts: &[i32]| counts.iter().copied().fold(0, greatest_divisor);
        assert_eq!(lots(&[10, 10, 10, 10]), 10);
        assert_eq!(lots(&[4, 6]), 2);
        assert_eq!(lots(&[7]), 7);
        assert_eq!(lots(&[]), 0);
    }
}
