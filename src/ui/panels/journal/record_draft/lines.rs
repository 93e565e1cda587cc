//! The fills of a draft: made from what is held, changed by hand, or typed. Only what is made is ever made anew.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::preset::Way;
use super::{Preset, RecordDraft, lots_of};
use crate::document::journal::settlement_fills;
use crate::instrument::{Contract, Leg, Position, PositionId, Trade, TradeId, parse_quick_entry};
use crate::ui::PanelContext;
use crate::ui::panels::journal::draft::{Field, Refusal, read_at};
use crate::ui::widgets::TextError;

/// One fill.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::panels::journal) struct FillLine {
    pub contract: Contract,
    /// Contracts, signed; whole.
    pub quantity: f64,
    /// Points.
    pub price: f64,
    /// Dollars, where typed; by the fee schedule otherwise.
    pub fees_usd: Option<f64>,
    /// Whether the trader wrote it; otherwise it follows from what is held.
    pub is_typed: bool,
}

/// What the trader changed of a fill that was made. It is kept beside the fills, so that it is there again when the
/// same fill is made once more.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    position: Option<PositionId>,
    contract: Contract,
    way: Option<Way>,
    quantity: Option<f64>,
    price: Option<f64>,
    fees_usd: Option<f64>,
}

impl RecordDraft {
    /// Writes a fill as the trader changed it; contracts are whole, and never none.
    pub(in crate::ui::panels::journal) fn keep(&mut self, index: usize, line: &FillLine) {
        let (position, way) = (self.position, self.preset.way());
        let Some(slot) = self.fills.get_mut(index) else {
            return;
        };
        let whole = line.quantity.round();
        let quantity = if whole == 0.0 { slot.quantity } else { whole };
        let before = slot.clone();
        *slot = FillLine {
            quantity,
            ..line.clone()
        };
        if before == *slot || before.is_typed {
            return;
        }
        let after = slot.clone();
        let is_same = |change: &Change| {
            (change.position, change.contract, change.way) == (position, after.contract, way)
        };
        let known = self.changes.iter().position(is_same);
        let known = known.map(|place| self.changes.remove(place));
        let changed = |before: f64, after: f64, known: Option<f64>| {
            (before != after).then_some(after).or(known)
        };
        let known = |part: fn(&Change) -> Option<f64>| known.as_ref().and_then(part);
        let fees_usd = after.fees_usd.filter(|_| before.fees_usd != after.fees_usd);
        let change = Change {
            position,
            contract: after.contract,
            way,
            quantity: changed(before.quantity, after.quantity, known(|it| it.quantity)),
            price: changed(before.price, after.price, known(|it| it.price)),
            fees_usd: fees_usd.or_else(|| known(|it| it.fees_usd)),
        };
        // the newest last
        self.changes.push(change);
    }

    /// Takes a fill out; one that was made stays out until another kind or position is chosen.
    pub(in crate::ui::panels::journal) fn leave_out(&mut self, index: usize) {
        if index < self.fills.len() {
            let gone = self.fills.remove(index);
            if !gone.is_typed {
                self.left_out.push(gone.contract);
            }
        }
    }

    /// Before fills are made for another kind or position: what was typed instead of such a fill stands for it, and
    /// among fills of the trader's own what was changed by hand is one of them.
    pub(super) fn keep_typed(&mut self) {
        let is_free = self.preset == Preset::Free;
        let position = self.position;
        let changes = &self.changes;
        for line in &mut self.fills {
            let is_its = |it: &Change| it.position == position && it.contract == line.contract;
            line.is_typed |= is_free && changes.iter().any(is_its);
        }
        let (typed, made): (Vec<&FillLine>, Vec<&FillLine>) =
            self.fills.iter().partition(|line| line.is_typed);
        let is_made = |contract: &Contract| made.iter().any(|line| line.contract == *contract);
        self.left_out = typed
            .iter()
            .map(|line| line.contract)
            .filter(|contract| !is_made(contract))
            .collect();
    }

    /// The fills that the choices so far mean, and those typed.
    pub(in crate::ui::panels::journal) fn fill(&mut self, ctx: &PanelContext<'_>) {
        let held = self.position.and_then(|id| ctx.campaign.position(id));
        let mut fills = held.map_or_else(Vec::new, |position| self.made(ctx, position));
        fills.retain(|line| !self.left_out.contains(&line.contract));
        for line in &mut fills {
            self.change(line);
        }
        fills.extend(self.fills.drain(..).filter(|line| line.is_typed));
        self.fills = fills;
    }

    /// What the trader changed of a fill: a price holds in whatever is traded, the rest where it means the same.
    fn change(&self, line: &mut FillLine) {
        let way = self.preset.way();
        let own = self
            .changes
            .iter()
            .filter(|change| (change.position, change.contract) == (self.position, line.contract));
        let is_traded = |way: Option<Way>| way.is_some_and(Way::is_traded);
        for change in own {
            let is_same = change.way == way;
            if is_same || (is_traded(way) && is_traded(change.way)) {
                line.price = change.price.unwrap_or(line.price);
            }
            if is_same {
                line.quantity = change.quantity.unwrap_or(line.quantity);
                line.fees_usd = change.fees_usd.or(line.fees_usd);
            }
        }
    }

    fn made(&self, ctx: &PanelContext<'_>, position: &Position) -> Vec<FillLine> {
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
            is_typed: false,
        };
        let all = f64::from(lots_of(position).max(1));
        match self.preset.share(self.lots, all) {
            Some(share) => {
                let legs = position.legs.iter().enumerate();
                let lines = legs.map(|leg| line(leg, share));
                lines.filter(|line| line.quantity != 0.0).collect()
            }
            None if self.preset == Preset::Settle => self.settled(position),
            None => Vec::new(),
        }
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
            is_typed: false,
        };
        fills.iter().map(line).collect()
    }

    /// Takes the typed fills in: one contract at its price, or a spread whose net price is spread over the model's.
    pub(in crate::ui::panels::journal) fn take_line(&mut self, ctx: &PanelContext<'_>) {
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
            is_typed: true,
        };
        Ok(legs.iter().map(line).collect())
    }

    pub(super) fn trade(&self, line: &FillLine, (fees_usd, at): (f64, DateTime)) -> Trade {
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
