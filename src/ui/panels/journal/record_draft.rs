//! Something done, being written down: several fills that are one entry of the journal.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::draft::{Field, Refusal, marks_time, read_at};
use crate::document::Command;
use crate::document::journal::{JournalEntry, StructureRecord, fill_commands, settlement_fills};
use crate::instrument::{
    CondorView, Contract, Leg, Position, PositionId, Role, Trade, TradeAction, TradeId, Underlying,
    parse_quick_entry,
};
use crate::ui::PanelContext;
use crate::ui::widgets::TextError;

/// What the fills are taken from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Preset {
    /// All legs of a position, the other way round.
    #[default]
    Close,
    /// A part of each leg.
    Trim,
    /// All legs closed, and others opened in their place.
    Roll,
    /// Legs that have expired, at what they settled at.
    Settle,
    /// Whatever is typed.
    Free,
}

impl Preset {
    pub(super) const CHOICES: [(Self, &'static str); 5] = [
        (Self::Close, "Close"),
        (Self::Trim, "Trim"),
        (Self::Roll, "Roll"),
        (Self::Settle, "Settle"),
        (Self::Free, "Free"),
    ];

    fn action(self) -> Option<TradeAction> {
        match self {
            Self::Close => Some(TradeAction::Close),
            Self::Trim => Some(TradeAction::Trim),
            Self::Roll => Some(TradeAction::Roll),
            Self::Settle => Some(TradeAction::Settle),
            Self::Free => None,
        }
    }
}

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
    /// Lots that are trimmed.
    pub lots: f64,
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
            (None, None) => Preset::Free,
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
            settlement: 0.0,
            fills: Vec::new(),
            line: String::new(),
            follows: true,
            refusal: None,
        };
        draft.begin(ctx);
        draft
    }

    /// Fills anew, after another position or another kind was chosen.
    pub(super) fn begin(&mut self, ctx: &PanelContext<'_>) {
        self.action = self.preset.action().unwrap_or(self.action);
        let Some(position) = self.position.and_then(|id| ctx.campaign.position(id)) else {
            return self.fills.clear();
        };
        let marks = &ctx.campaign.marks;
        self.settlement = match position.legs.first().map(|leg| leg.contract.underlying()) {
            Some(Underlying::Vix) => marks.vix,
            Some(Underlying::Spx) | None => marks.spx,
        };
        self.lots = self.lots.clamp(1.0, f64::from(lots_of(position).max(1)));
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
        let line = |(index, leg): (usize, &Leg), share: f64| FillLine {
            contract: leg.contract,
            quantity: (-f64::from(leg.quantity) * share).round(),
            price: today
                .get(&index)
                .copied()
                .unwrap_or(leg.entry_price)
                .max(0.0),
            fees_usd: None,
        };
        let all = |share: f64| {
            let legs = position.legs.iter().enumerate();
            let lines = legs.map(|leg| line(leg, share));
            lines.filter(|line| line.quantity != 0.0).collect()
        };
        self.fills = match self.preset {
            Preset::Close | Preset::Roll => all(1.0),
            Preset::Trim => all(self.lots / f64::from(lots_of(position).max(1))),
            Preset::Settle => self.settled(position),
            Preset::Free => Vec::new(),
        };
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

    /// The command that writes it, as one step.
    pub(super) fn read(&self, ctx: &PanelContext<'_>) -> Result<Command, Refusal> {
        let at = read_at(&self.at)?;
        if self.fills.is_empty() {
            return Err(Refusal::whole(Field::Fill, "add a fill first"));
        }
        let campaign = ctx.campaign;
        let held = self.position.and_then(|id| campaign.position(id));
        let new = PositionId(campaign.next_id);
        let (id, role) = match held {
            Some(position) => (Some(position.id), position.role),
            None => (self.follows.then_some(new), self.new_role()),
        };
        let mut fills = Vec::new();
        for line in &self.fills {
            let trade = Trade {
                position: id,
                layer: role.layer(),
                ..self.trade(line, (self.fees_usd(ctx, line), at))
            };
            trade.check().map_err(|why| {
                let words = format!("{}: {why}", line.contract.label());
                Refusal::whole(Field::Fill, words)
            })?;
            fills.push(trade);
        }
        let opened: Vec<StructureRecord> = (held.is_none() && self.follows)
            .then(|| StructureRecord {
                id: new,
                name: self.new_name(),
                role,
            })
            .into_iter()
            .collect();
        let name = held.map_or_else(|| self.new_name(), |position| position.name.clone());
        let title = match self.title.trim() {
            "" => format!("{} {name}", self.action.label()),
            title => title.to_owned(),
        };
        let tags = self.tags.split(',').map(|tag| tag.trim().to_owned());
        let entry = JournalEntry {
            reason: self.reason.trim().to_owned(),
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
            ..JournalEntry::new(at, Some(self.action), title)
        };
        fill_commands(campaign, entry, fills, &opened, self.follows)
            .map(Command::Batch)
            .map_err(|why| Refusal::whole(Field::Fill, why))
    }

    fn new_name(&self) -> String {
        let first = self.fills.first();
        match self.name.trim() {
            "" => first.map_or_else(String::new, |line| line.contract.label()),
            name => name.to_owned(),
        }
    }

    /// What a new position is for: a condor where the legs make one, else as chosen.
    fn new_role(&self) -> Role {
        let legs: Vec<Leg> = self
            .fills
            .iter()
            .map(|line| self.trade(line, (0.0, DateTime::default())).leg())
            .collect();
        let is_condor = CondorView::of(&legs).is_some();
        if is_condor && self.role == Role::Other {
            Role::Condor
        } else {
            self.role
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
