//! The journal as CSV: a table each for fills, entries, marks kept, profit by cause and leg, decisions and choices,
//! and what rolling and hedging were worth.
//!
//! Every table begins with the campaign's file, so that those of several campaigns make one. Times are New York's,
//! as in the campaign's file.

mod rows;

use jiff::Timestamp;

use super::{heads, number, table};
use crate::calendar::new_york;
use crate::document::Campaign;
use crate::document::journal::{EntrySource, MomentSource};
use crate::instrument::{Contract, LayerKind, Right};
use crate::journal::{CampaignReview, CampaignSummary, Cents};
use crate::ui::tables::lower_first;

/// A campaign that is worked through.
#[derive(Clone, Copy, Debug)]
pub struct Reviewed<'a> {
    /// Name of its file, or of itself where it has none.
    pub file: &'a str,
    /// The campaign.
    pub campaign: &'a Campaign,
    /// What it came to.
    pub review: &'a CampaignReview,
}

/// A table of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalTable {
    /// A row for each fill.
    Fills,
    /// A row for each thing done or decided.
    Entries,
    /// A row for each set of marks kept.
    Moments,
    /// A row for each interval, leg and cause; what is nothing is left out.
    Attribution,
    /// A row for each decision.
    Decisions,
    /// A row for each choice of a decision.
    Choices,
    /// A row for each choice and each day since: its value over holding.
    ChoiceValues,
    /// A row for each decision at which a roll or a hedge was done or on offer: what that was worth.
    Worth,
}

impl JournalTable {
    /// Every table.
    pub const ALL: [Self; 8] = [
        Self::Fills,
        Self::Entries,
        Self::Moments,
        Self::Attribution,
        Self::Decisions,
        Self::Choices,
        Self::ChoiceValues,
        Self::Worth,
    ];

    /// Its file's name without the ending.
    pub fn file_stem(self) -> &'static str {
        match self {
            Self::Fills => "fills",
            Self::Entries => "entries",
            Self::Moments => "moments",
            Self::Attribution => "attribution",
            Self::Decisions => "decisions",
            Self::Choices => "choices",
            Self::ChoiceValues => "choice-values",
            Self::Worth => "worth",
        }
    }

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fills => "Fills",
            Self::Entries => "Entries",
            Self::Moments => "Marks kept",
            Self::Attribution => "Profit by cause and leg",
            Self::Decisions => "Decisions",
            Self::Choices => "Choices",
            Self::ChoiceValues => "Choices over time",
            Self::Worth => "Value of rolling and hedging",
        }
    }

    /// Its name among all that the desk can write: `Journal fills`.
    pub fn title(self) -> String {
        format!("Journal {}", lower_first(self.label()))
    }

    /// Its columns, units in their names.
    pub fn columns(self) -> Vec<&'static str> {
        let names = match self {
            Self::Fills => FILLS,
            Self::Entries => ENTRIES,
            Self::Moments => MOMENTS,
            Self::Attribution => ATTRIBUTION,
            Self::Decisions => DECISIONS,
            Self::Choices => CHOICES,
            Self::ChoiceValues => CHOICE_VALUES,
            Self::Worth => WORTH,
        };
        names.split(' ').collect()
    }

    /// The table of some campaigns.
    pub fn csv(self, campaigns: &[Reviewed<'_>]) -> String {
        let rows_of = match self {
            Self::Fills => rows::fills,
            Self::Entries => rows::entries,
            Self::Moments => rows::moments,
            Self::Attribution => rows::attribution,
            Self::Decisions => rows::decisions,
            Self::Choices => rows::choices,
            Self::ChoiceValues => rows::choice_values,
            Self::Worth => rows::worth,
        };
        table(&heads(&self.columns()), campaigns.iter().flat_map(rows_of))
    }
}

const CAMPAIGNS: &str = "file name setup tags opened closed days_held profit_usd spx_profit_usd first_layer_profit_usd \
    second_layer_profit_usd third_layer_profit_usd other_profit_usd credit_usd hedge_cost_usd \
    hedge_cost_pct fees_usd rolls margin_usd irr_per_year irr_kind drawdown_usd pack decisions followed \
    broken is_open";
const FILLS: &str = "file campaign time structure layer action root kind strike_points expiry quantity price_points \
    fees_usd premium_usd trade entry title reason key";
const ENTRIES: &str =
    "file campaign entry time action title reason tags source fills cash_usd verdict";
const MOMENTS: &str = "file campaign moment time source spx_points vix_points vvix_points rate dividend vx_points quotes \
    chain";
const ATTRIBUTION: &str = "file campaign from to source spx_points vix_points structure layer contract cause profit_usd \
    running_usd expiry";
const DECISIONS: &str = "file campaign entry time verdict sentence taken followed reason regime erp_pct fired done_usd marked \
    pack";
const CHOICES: &str = "file campaign entry time choice name stance refused taken cost_usd friction_usd expected_pl_usd \
    p05_usd worst_usd margin_usd irr_per_year score value_usd against_done_usd marked";
const CHOICE_VALUES: &str = "file campaign entry decided choice name time value_usd marked";
const WORTH: &str = "file campaign entry time of taken done done_usd not_done not_done_usd value_usd running_usd marked";

/// The list of campaigns: file and what it came to.
pub fn campaigns<'a>(rows: impl IntoIterator<Item = (&'a str, &'a CampaignSummary)>) -> String {
    let rows = rows
        .into_iter()
        .map(|(file, summary)| campaign(file, summary));
    table(&heads(&campaign_columns()), rows)
}

/// Columns of the list of campaigns.
pub fn campaign_columns() -> Vec<&'static str> {
    CAMPAIGNS.split(' ').collect()
}

fn campaign(file: &str, summary: &CampaignSummary) -> Vec<String> {
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
    let [first, second, third] = summary.layer_cents.map(|cents| usd(Cents(cents)));
    let followed = |wanted| {
        let decisions = summary.decisions.iter();
        let count = decisions.filter(|decision| decision.followed() == Some(wanted));
        count.count().to_string()
    };
    let kind = match (summary.irr, summary.is_mirr) {
        (None, _) => "",
        (Some(_), false) => "XIRR",
        (Some(_), true) => "MIRR",
    };
    vec![
        file.to_owned(),
        summary.name.clone(),
        summary.setup.clone(),
        summary.tags.join(", "),
        day(summary.opened),
        day(summary.closed),
        summary.days_held.to_string(),
        usd(summary.profit()),
        usd(Cents(summary.spx_cents)),
        first,
        second,
        third,
        usd(Cents(summary.other_cents)),
        number(summary.credit_usd),
        number(summary.hedge_cost_usd),
        maybe(summary.hedge_cost_pct()),
        number(summary.fees_usd),
        summary.rolls.to_string(),
        number(summary.margin_usd),
        maybe(summary.irr),
        kind.to_owned(),
        usd(Cents(summary.drawdown_cents)),
        summary.pack.clone(),
        summary.decisions.len().to_string(),
        followed(true),
        followed(false),
        yes_no(summary.is_open()),
    ]
}

fn usd(cents: Cents) -> String {
    number(cents.usd())
}

fn maybe(value: Option<f64>) -> String {
    value.map_or_else(String::new, number)
}

fn yes_no(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}

fn layer(kind: Option<LayerKind>) -> String {
    kind.map_or_else(String::new, |kind| kind.label().to_owned())
}

fn kind(contract: &Contract) -> &'static str {
    match contract.right() {
        Some(Right::Call) => "call",
        Some(Right::Put) => "put",
        None => "",
    }
}

/// New York time.
fn time(at: Timestamp) -> String {
    at.to_zoned(new_york()).datetime().to_string()
}

/// Where marks come from, in words.
pub fn source_of_marks(source: &MomentSource) -> String {
    match source {
        MomentSource::Entered => "Entered".to_owned(),
        MomentSource::Imported(file) => format!("Imported from {file}"),
        MomentSource::History => "Market history".to_owned(),
        MomentSource::Decision => "Decision".to_owned(),
    }
}

fn source_of_entry(source: &EntrySource) -> String {
    match source {
        EntrySource::Hand => "By hand".to_owned(),
        EntrySource::Choice => "Choice".to_owned(),
        EntrySource::Import { file, account } => account.as_ref().map_or_else(
            || format!("Imported from {file}"),
            |account| format!("Imported from {file}, account {account}"),
        ),
    }
}
