//! Edits of one frame: each is tried on the campaign as the frame's earlier edits left it.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::calendar::new_york_date;
use crate::document::{Campaign, Command};
use crate::instrument::{Contract, OptionSeries, Position};
use crate::market::Market;
use crate::ui::panels::PanelKind;
use crate::ui::{Action, Actions, PanelContext, WhatIfEdit};

/// What the parts of the editor read, and where they put their edits.
pub(super) struct Editing<'a> {
    /// What the frame shows.
    pub ctx: PanelContext<'a>,
    campaign: Cow<'a, Campaign>,
    actions: &'a mut Actions,
}

impl<'a> Editing<'a> {
    /// Begins a frame.
    pub fn new(ctx: &PanelContext<'a>, actions: &'a mut Actions) -> Self {
        Self {
            ctx: *ctx,
            campaign: Cow::Borrowed(ctx.campaign),
            actions,
        }
    }

    /// The campaign with the edits of this frame.
    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }

    /// The market of the frame.
    pub fn market(&self) -> &'a Market {
        &self.ctx.valuation.market
    }

    /// The New York day of the marks.
    pub fn today(&self) -> Date {
        new_york_date(self.ctx.valuation.market.as_of)
    }

    /// Model prices of contracts in points.
    pub fn prices(&self, contracts: impl IntoIterator<Item = Contract>) -> Vec<f64> {
        let market = self.market();
        contracts
            .into_iter()
            .map(|contract| market.price(&contract))
            .collect()
    }

    /// Whether the campaign would take a command; the reason in words when not.
    pub fn check(&self, command: Command) -> Result<(), String> {
        self.campaign
            .applied(command)
            .map(drop)
            .map_err(|error| error.to_string())
    }

    /// Asks for a change that leads to one undo step. What the campaign refuses is said in passing.
    pub fn push(&mut self, command: Command) {
        match self.campaign.applied(command.clone()) {
            Ok(next) => {
                self.campaign = Cow::Owned(next);
                self.actions.edit(command);
            }
            Err(error) => self.say(error.to_string()),
        }
    }

    /// Replaces a position; see [`Self::push`].
    pub fn replace(&mut self, position: Position) {
        let id = position.id;
        self.push(Command::ReplacePosition { id, position });
    }

    /// Takes what a change made of a position, or says why it made nothing.
    pub fn replace_or_say(&mut self, changed: Result<Position, String>) {
        match changed {
            Ok(position) => self.replace(position),
            Err(error) => self.say(error),
        }
    }

    /// Whether the campaign would take what a change made of a position.
    pub fn check_position(&self, changed: Result<Position, String>) -> Result<(), String> {
        let position = changed?;
        let id = position.id;
        self.check(Command::ReplacePosition { id, position })
    }

    /// Asks for a change of the what-if.
    pub fn what_if(&mut self, edit: WhatIfEdit) {
        self.actions.push(Action::WhatIf(edit));
    }

    /// Brings a panel to the front.
    pub fn show(&mut self, panel: PanelKind) {
        self.actions.push(Action::Focus(panel));
    }

    /// Says something in passing.
    pub fn say(&mut self, words: String) {
        self.actions.push(Action::Notify(words));
    }
}

/// Label of a series in a list: `SPXW · PM`.
pub(super) fn series_label(series: OptionSeries) -> String {
    format!("{} · {}", series.root, settlement_word(series))
}

/// `AM` or `PM`, by the settlement.
fn settlement_word(series: OptionSeries) -> &'static str {
    match series.root.settlement_time() {
        crate::calendar::SettlementTime::Open => "AM",
        crate::calendar::SettlementTime::Close => "PM",
    }
}
