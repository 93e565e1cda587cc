//! Entries being written: what the forms hold until they are saved, and how they are read.

use jiff::civil::DateTime;

use super::details_form::DetailsDraft;
use super::record_draft::RecordDraft;
use crate::calendar::{new_york, new_york_date, parse_moment};
use crate::document::Command;
use crate::instrument::{
    Contract, Note, PositionId, Trade, TradeAction, TradeId, format_quick_entry, parse_quick_entry,
};
use crate::ui::format;
use crate::ui::widgets::TextError;
use crate::ui::widgets::date_field::{CLOSE, written};
use crate::ui::{Actions, PanelContext};

/// The entry being written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Draft {
    Trade(TradeDraft),
    Note(NoteDraft),
    Record(Box<RecordDraft>),
    Details(Box<DetailsDraft>),
}

/// Which field of a form was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub field: Field,
    pub error: TextError,
}

/// A field that can be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Fill,
    At,
    Fees,
    Text,
}

impl Refusal {
    pub(super) fn whole(field: Field, message: impl std::fmt::Display) -> Self {
        let message = message.to_string();
        Self {
            field,
            error: TextError {
                range: 0..0,
                message,
            },
        }
    }
}

/// Carries out what a form says, or keeps why that cannot be; whether it was carried out.
pub(super) fn carry_out(
    read: Result<Command, Refusal>,
    refusal: &mut Option<Refusal>,
    actions: &mut Actions,
) -> bool {
    match read {
        Ok(command) => {
            actions.edit(command);
            true
        }
        Err(why) => {
            *refusal = Some(why);
            false
        }
    }
}

/// The error of one field, if it is that field's.
pub(super) fn error_of(refusal: Option<&Refusal>, field: Field) -> Option<&TextError> {
    refusal
        .filter(|refusal| refusal.field == field)
        .map(|refusal| &refusal.error)
}

/// New York time of the marks, as a form writes it.
pub(super) fn marks_time(ctx: &PanelContext<'_>) -> String {
    let local = ctx.campaign.marks.as_of.to_zoned(new_york());
    written(local.datetime(), true)
}

/// A moment as a form writes it; a day alone means the close of its session.
pub(super) fn read_at(text: &str) -> Result<DateTime, Refusal> {
    parse_moment(text, CLOSE).map_err(|why| Refusal::whole(Field::At, why))
}

/// A fill being corrected.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TradeDraft {
    /// The trade that it corrects.
    pub id: TradeId,
    pub fill: String,
    pub at: String,
    pub action: TradeAction,
    /// Empty: by the fee schedule.
    pub fees: String,
    pub reason: String,
    pub position: Option<PositionId>,
    pub refusal: Option<Refusal>,
}

impl TradeDraft {
    pub(super) fn of(trade: &Trade) -> Self {
        Self {
            id: trade.id,
            fill: format_quick_entry(&[trade.leg()]).unwrap_or_default(),
            at: written(trade.at, true),
            action: trade.action,
            fees: format::fixed(trade.fees_usd, 2),
            reason: trade.reason.clone(),
            position: trade.position,
            refusal: None,
        }
    }

    /// The command that saves it.
    pub(super) fn read(&self, ctx: &PanelContext<'_>) -> Result<Command, Refusal> {
        let at = read_at(&self.at)?;
        let (contract, quantity, price) = read_fill(&self.fill, at)?;
        let fees_usd = if self.fees.trim().is_empty() {
            let schedule = &ctx.campaign.settings.fees;
            schedule.fees_usd(&contract, price, quantity, false)
        } else {
            format::parse_number(&self.fees).map_err(|why| Refusal::whole(Field::Fees, why))?
        };
        let position = self.position.and_then(|id| ctx.campaign.position(id));
        let before = ctx.campaign.trade(self.id);
        let trade = Trade {
            id: self.id,
            at,
            action: self.action,
            contract,
            quantity,
            price,
            fees_usd,
            reason: self.reason.trim().to_owned(),
            position: self.position,
            layer: position.and_then(|position| position.role.layer()),
            entry: before.and_then(|trade| trade.entry),
            key: before.map_or_else(String::new, |trade| trade.key.clone()),
        };
        trade
            .check()
            .map_err(|why| Refusal::whole(Field::Fees, why))?;
        Ok(Command::ReplaceTrade {
            id: self.id,
            trade,
            at: None,
        })
    }
}

/// Contract, quantity and price of a line such as `-10 SPX 8JAN27 6295P @ 42.20`.
fn read_fill(text: &str, at: DateTime) -> Result<(Contract, i32, f64), Refusal> {
    let entry = parse_quick_entry(text, at.date()).map_err(|why| Refusal {
        field: Field::Fill,
        error: TextError {
            range: why.range(),
            message: why.to_string(),
        },
    })?;
    match (entry.contracts().as_slice(), entry.price) {
        ([(contract, quantity)], Some(price)) => Ok((*contract, *quantity, price)),
        ([_one], None) => Err(Refusal::whole(
            Field::Fill,
            "the price is missing: add @ and the fill",
        )),
        (_, _) => Err(Refusal::whole(
            Field::Fill,
            "one contract for each trade; several are an entry of several fills",
        )),
    }
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoteDraft {
    /// Place of the note that it corrects; none for a new one.
    pub index: Option<usize>,
    pub at: String,
    pub text: String,
    pub tags: String,
    pub refusal: Option<Refusal>,
}

impl NoteDraft {
    pub(super) fn new(ctx: &PanelContext<'_>) -> Self {
        Self {
            index: None,
            at: marks_time(ctx),
            text: String::new(),
            tags: String::new(),
            refusal: None,
        }
    }

    pub(super) fn of(index: usize, note: &Note) -> Self {
        Self {
            index: Some(index),
            at: written(note.at, true),
            text: note.text.clone(),
            tags: note.tags.join(", "),
            refusal: None,
        }
    }

    pub(super) fn read(&self) -> Result<Command, Refusal> {
        let at = read_at(&self.at)?;
        let text = self.text.trim().to_owned();
        if text.is_empty() {
            return Err(Refusal::whole(Field::Text, "write something first"));
        }
        let tags = self
            .tags
            .split(',')
            .map(|tag| tag.trim().to_owned())
            .filter(|tag| !tag.is_empty())
            .collect();
        let note = Note { at, text, tags };
        Ok(match self.index {
            Some(index) => Command::ReplaceNote { index, note },
            None => Command::AddNote(note),
        })
    }
}

/// Days from a moment to the day of the marks, for the age of an entry.
pub(super) fn age_days(ctx: &PanelContext<'_>, at: DateTime) -> i32 {
    format::days_between(at.date(), new_york_date(ctx.campaign.marks.as_of))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment() -> DateTime {
        read_at("2026-11-23T15:00").expect("a time")
    }

    #[test]
    fn a_fill_is_one_contract_with_its_price() {
        let (contract, quantity, price) =
            read_fill("-10 SPX 8JAN27 6295P @ 42.2", moment()).expect("a fill");
        assert_eq!((quantity, price), (-10, 42.2));
        assert_eq!(contract.strike(), Some(6295.0));
        let refused = |text: &str| read_fill(text, moment()).expect_err("refused");
        assert!(
            refused("-10 SPX 8JAN27 6295P")
                .error
                .message
                .contains("price")
        );
        assert!(
            refused("-1 SPX 8JAN27 6245/6295 PV @ 5")
                .error
                .message
                .contains("one contract")
        );
        assert_eq!(refused("-10 SPX 8JAN27 62x95P @ 1").field, Field::Fill);
    }

    #[test]
    fn a_time_is_read_or_refused_by_name() {
        assert_eq!(moment().hour(), 15);
        assert!(read_at("soon").is_err_and(|why| why.field == Field::At));
    }

    #[test]
    fn tags_are_split_and_a_note_needs_text() {
        let mut draft = NoteDraft {
            index: None,
            at: "2026-11-23T15:00".to_owned(),
            text: " Vol bid ".to_owned(),
            tags: "fomc, , vix".to_owned(),
            refusal: None,
        };
        let Ok(Command::AddNote(note)) = draft.read() else {
            panic!("a note");
        };
        assert_eq!(
            (note.text.as_str(), note.tags),
            ("Vol bid", vec!["fomc".to_owned(), "vix".to_owned()])
        );
        draft.text.clear();
        assert!(draft.read().is_err_and(|why| why.field == Field::Text));
    }
}
