//! A thing done as the commands that write it.

use jiff::civil::DateTime;

use super::{Preset, RecordDraft};
use crate::document::Command;
use crate::document::journal::{JournalCommand, JournalEntry, StructureRecord, fill_commands};
use crate::instrument::{CondorView, EntryId, Leg, PositionId, Role, Trade};
use crate::ui::PanelContext;
use crate::ui::panels::journal::draft::{Field, Refusal, read_at};

impl RecordDraft {
    /// The command that writes it, as one step.
    pub(in crate::ui::panels::journal) fn read(
        &self,
        ctx: &PanelContext<'_>,
    ) -> Result<Command, Refusal> {
        if self.preset == Preset::Fee {
            return self.read_fee(ctx);
        }
        let at = read_at(&self.at)?;
        if self.fills.is_empty() {
            return Err(Refusal::whole(Field::Fill, "add a fill first"));
        }
        if self.preset == Preset::Roll && !self.opens(ctx) {
            let why = "type what is opened instead, or choose Close";
            return Err(Refusal::whole(Field::Fill, why));
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
        if self.preset == Preset::Open && held.is_some() && !self.follows {
            return Ok(written_down(EntryId(campaign.next_id), entry, fills));
        }
        fill_commands(campaign, entry, fills, &opened, self.follows)
            .map(Command::Batch)
            .map_err(|why| Refusal::whole(Field::Fill, why))
    }

    /// Whether a fill opens something that is not held.
    fn opens(&self, ctx: &PanelContext<'_>) -> bool {
        let held = self.position.and_then(|id| ctx.campaign.position(id));
        let legs = held.map_or(&[][..], |position| &position.legs);
        let mut fills = self.fills.iter();
        fills.any(|line| legs.iter().all(|leg| leg.contract != line.contract))
    }

    /// The newest fill with the fee on it, which the audit keeps beside what it was.
    fn read_fee(&self, ctx: &PanelContext<'_>) -> Result<Command, Refusal> {
        let refused = |why: &str| Refusal::whole(Field::Fill, why);
        let charged = self.charged(ctx);
        let charged = charged.ok_or_else(|| refused("the position has no fill to charge"))?;
        if self.fee_usd == 0.0 {
            return Err(refused("type the fee first"));
        }
        let trade = Trade {
            fees_usd: charged.fees_usd + self.fee_usd,
            ..charged.clone()
        };
        trade
            .check()
            .map_err(|why| Refusal::whole(Field::Fill, why))?;
        Ok(Command::ReplaceTrade {
            id: charged.id,
            trade,
            at: None,
        })
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

/// An entry with fills of what the book holds already.
fn written_down(id: EntryId, entry: JournalEntry, fills: Vec<Trade>) -> Command {
    let mut commands = vec![Command::Journal(JournalCommand::AddEntry(entry))];
    commands.extend(fills.into_iter().map(|fill| {
        Command::AddTrade(Trade {
            entry: Some(id),
            ..fill
        })
    }));
    Command::Batch(commands)
}
