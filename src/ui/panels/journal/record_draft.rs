//! Something done, being written down: several fills that are one entry of the journal.

mod preset;
mod writing;

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::draft::{Field, Refusal, marks_time, read_at};
use crate::document::journal::settlement_fills;
use crate::instrument::{
    Contract, LayerKind, Leg, Position, PositionId, Role, Trade, TradeAction, TradeId, Underlying,
    parse_quick_entry, realised_usd,
};
use crate::ui::PanelContext;
use crate::ui::widgets::TextError;

pub(super) use preset::Preset;

/// One fill.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FillLine {
    pub contract: Contract,
    /// Contracts, signed; whole.
    pub quantity: f64,
    /// Points.
    pub price: f64,
    /// Dollars, where typed; by the fee schedule otherwise.
    pub fees_usd: Option<f64>,
}

/// Fills that are one entry.
#[derive(Clone, Debug)]
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
            line: String::new(),
            follows: true,
            refusal: None,
        };
        draft.begin(ctx);
        draft
    }

    /// Begins anew, after another kind was chosen: with the position that it is about.
    pub(super) fn choose(&mut self, ctx: &PanelContext<'_>) {
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
        self.lots = 1.0;
        if self.preset == Preset::Hedge {
            self.role = Role::Layer(LayerKind::First);
        }
        self.begin(ctx);
    }

    /// Fills anew, after another position or another kind was chosen.
    pub(super) fn begin(&mut self, ctx: &PanelContext<'_>) {
        self.action = self.preset.action().unwrap_or(self.action);
        self.refusal = None;
        let held = self.position.and_then(|id| ctx.campaign.position(id));
        // what the book holds already is written down, and no more
        self.follows = !(self.preset == Preset::Open && held.is_some());
        let Some(position) = held else {
            return self.fills.clear();
        };
        if self.preset == Preset::Add && position.role.layer().is_some() {
            self.action = TradeAction::Hedge;
        }
        let marks = &ctx.campaign.marks;
        self.settlement = match position.legs.first().map(|leg| leg.contract.underlying()) {
            Some(Underlying::Vix) => marks.vix,
            Some(Underlying::Spx) | None => marks.spx,
        };
        let most = if self.preset == Preset::Trim || self.preset == Preset::Monetise {
            f64::from(lots_of(position).max(1))
        } else {
            1e4
        };
        self.lots = self.lots.clamp(1.0, most);
        self.fill(ctx);
    }

    /// The fills that the choices so far mean.
    pub(super) fn fill(&mut self, ctx: &PanelContext<'_>) {
        let Some(position) = self.position.and_then(|id| ctx.campaign.position(id)) else {
            return;
        };
        let today: BTreeMap<usize, f64> = ctx
            .valuation
            .rows_of(position.id)
            .map(|row| (row.index, row.price_points))
            .collect();
        let is_entry = self.preset == Preset::Open;
        let price = |index: usize, leg: &Leg| {
            let now = today.get(&index).copied().filter(|_| !is_entry);
            now.unwrap_or(leg.entry_price).max(0.0)
        };
        let line = |(index, leg): (usize, &Leg), share: f64| FillLine {
            contract: leg.contract,
            quantity: (f64::from(leg.quantity) * share).round(),
            price: price(index, leg),
            fees_usd: Some(leg.fees_usd).filter(|fees| is_entry && *fees > 0.0),
        };
        let all = f64::from(lots_of(position).max(1));
        self.fills = match self.preset.share(self.lots, all) {
            Some(share) => {
                let legs = position.legs.iter().enumerate();
                let lines = legs.map(|leg| line(leg, share));
                lines.filter(|line| line.quantity != 0.0).collect()
            }
            None if self.preset == Preset::Settle => self.settled(position),
            None => Vec::new(),
        };
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

    fn settled(&self, position: &Position) -> Vec<FillLine> {
        let Ok(at) = read_at(&self.at) else {
            return Vec::new();
        };
        let fills = settlement_fills(position, at, |_contract| Some(self.settlement));
        let line = |fill: &Trade| FillLine {
            contract: fill.contract,
            quantity: f64::from(fill.quantity),
            price: fill.price,
            fees_usd: Some(0.0),
        };
        fills.iter().map(line).collect()
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

    /// Takes the typed fills in: one contract at its price, or a spread whose net price is spread over the model's.
    pub(super) fn take_line(&mut self, ctx: &PanelContext<'_>) {
        match self.read_line(ctx) {
            Ok(lines) => {
                self.fills.extend(lines);
                self.line.clear();
                self.refusal = None;
            }
            Err(refusal) => self.refusal = Some(refusal),
        }
    }

    fn read_line(&self, ctx: &PanelContext<'_>) -> Result<Vec<FillLine>, Refusal> {
        let at = read_at(&self.at)?;
        let entry = parse_quick_entry(&self.line, at.date()).map_err(|why| Refusal {
            field: Field::Fill,
            error: TextError {
                range: why.range(),
                message: why.to_string(),
            },
        })?;
        let contracts = entry.contracts();
        let model: Vec<f64> = contracts
            .iter()
            .map(|(contract, _)| ctx.valuation.market.price(contract))
            .collect();
        let legs = match (contracts.as_slice(), entry.price) {
            ([_one], None) => {
                let why = "the price is missing: add @ and the fill";
                return Err(Refusal::whole(Field::Fill, why));
            }
            (_, _) => entry
                .legs(&model)
                .map_err(|why| Refusal::whole(Field::Fill, why))?,
        };
        let line = |leg: &Leg| FillLine {
            contract: leg.contract,
            quantity: f64::from(leg.quantity),
            price: leg.entry_price,
            fees_usd: None,
        };
        Ok(legs.iter().map(line).collect())
    }

    fn trade(&self, line: &FillLine, (fees_usd, at): (f64, DateTime)) -> Trade {
        Trade {
            id: TradeId(0),
            at,
            action: self.action,
            contract: line.contract,
            quantity: line.quantity.round() as i32,
            price: line.price,
            fees_usd,
            reason: self.reason.trim().to_owned(),
            position: self.position,
            layer: None,
            entry: None,
            key: String::new(),
        }
    }
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
