//! The journal in a report: what the campaign came to, profit by cause and leg, a timeline, marks kept, corrections.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::super::layout::{Block, Table};
use super::super::text::Section;
use super::pictures::Pictures;
use crate::calendar::new_york;
use crate::document::Campaign;
use crate::document::journal::{CustomValue, JournalEntry};
use crate::instrument::{LayerKind, Trade};
use crate::journal::{
    CampaignReview, Cause, Cents, ChoiceOutcome, DecisionOutcome, IrrKind, LedgerFill, Step,
};
use crate::ui::export::csv::journal::source_of_marks;
use crate::ui::format::{date, fixed, pct_signed, points, quantity, usd_cents, usd_signed};

/// What stands where nothing is known.
const NOTHING: &str = "–";

/// The sections of a campaign that is worked through; none without fills and entries.
pub(super) fn sections(
    campaign: &Campaign,
    review: &CampaignReview,
    pictures: &Pictures,
) -> Vec<Section> {
    if review.ledger.fills.is_empty() && campaign.journal.entries.is_empty() {
        return Vec::new();
    }
    let section = |title: &str, blocks: Vec<Block>| Section {
        title: title.to_owned(),
        blocks,
    };
    vec![
        section(
            "What it came to",
            with(pictures.profit(), came_to(campaign, review)),
        ),
        section(
            "Profit by cause",
            with(pictures.attribution(), Block::Table(by_cause(review))),
        ),
        section("Profit by leg", vec![Block::Table(by_leg(review))]),
        section("Journal", timeline(campaign, review, pictures)),
        section("Marks kept", vec![Block::Table(moments(campaign))]),
        section("Corrections of fills", vec![Block::Lines(audit(campaign))]),
        section(
            "Thresholds taken over",
            vec![Block::Lines(thresholds(campaign))],
        ),
    ]
}

/// A picture, if there is one, above what it shows.
fn with(picture: Option<Block>, block: Block) -> Vec<Block> {
    picture.into_iter().chain([block]).collect()
}

fn came_to(campaign: &Campaign, review: &CampaignReview) -> Block {
    let (outcome, details) = (&review.outcome, &campaign.journal.details);
    let or_nothing = |known: Option<String>| known.unwrap_or_else(|| NOTHING.to_owned());
    let mut rows = vec![
        ("Opened".to_owned(), or_nothing(outcome.opened.map(moment))),
        (
            "Closed".to_owned(),
            outcome
                .closed
                .map_or_else(|| "still open".to_owned(), moment),
        ),
        ("Days held".to_owned(), outcome.days_held.to_string()),
        ("Profit".to_owned(), usd(outcome.profit)),
        ("… of SPX".to_owned(), usd(outcome.spx_profit)),
    ];
    for (kind, profit) in LayerKind::ALL.into_iter().zip(outcome.layer_profit) {
        rows.push((format!("… of the {}", kind.label()), usd(profit)));
    }
    let irr = outcome.irr.map(|irr| {
        let (rate, kind) = (pct_signed(irr.per_year, 1), IrrKind::label(irr.kind));
        let short = if irr.is_short { ", held for days" } else { "" };
        format!("{rate} % a year ({kind}{short})")
    });
    let hedge_pct = outcome.hedge_cost_pct();
    rows.extend([
        (
            "… of other VIX contracts".to_owned(),
            usd(outcome.other_profit),
        ),
        ("Credit".to_owned(), usd_signed(outcome.credit_usd)),
        (
            "Hedge cost".to_owned(),
            format!(
                "{}, {} % of the credit",
                usd_cents(outcome.hedge_cost_usd),
                or_nothing(hedge_pct.map(|pct| fixed(pct, 1)))
            ),
        ),
        ("Fees".to_owned(), usd_cents(outcome.fees_usd)),
        ("Largest margin".to_owned(), usd_cents(outcome.margin_usd)),
        ("Return on it".to_owned(), or_nothing(irr)),
        ("Rolls".to_owned(), outcome.rolls.to_string()),
        ("Drawdown".to_owned(), usd(-outcome.drawdown)),
    ]);
    if !details.setup.is_empty() {
        rows.push(("Setup".to_owned(), details.setup.clone()));
    }
    if !details.tags.is_empty() {
        rows.push(("Tags".to_owned(), details.tags.join(", ")));
    }
    let custom = details.custom.iter();
    rows.extend(custom.map(|field| (field.name.clone(), custom_value(&field.value))));
    let pictures = details.pictures.iter();
    rows.extend(pictures.map(|picture| {
        let words = format!("{} {}", picture.path, picture.caption);
        ("Picture".to_owned(), words.trim().to_owned())
    }));
    Block::Pairs(rows)
}

fn custom_value(value: &CustomValue) -> String {
    match value {
        CustomValue::Text(words) => words.clone(),
        CustomValue::Number(number) => number.to_string(),
        CustomValue::Flag(true) => "yes".to_owned(),
        CustomValue::Flag(false) => "no".to_owned(),
        CustomValue::Day(day) => date(*day),
    }
}

fn by_cause(review: &CampaignReview) -> Table {
    let sum = review.attribution.sum();
    let mut table = Table::new(&["cause", "profit", ""]);
    for cause in Cause::ALL {
        let cents = sum.of(cause);
        if cents != Cents(0) {
            table.row([
                cause.label().to_owned(),
                usd(cents),
                cause.meaning().to_owned(),
            ]);
        }
    }
    table.row(["Profit".to_owned(), usd(sum.total()), String::new()]);
    table
}

/// A row for each leg, a column for each cause that is anything at all.
fn by_leg(review: &CampaignReview) -> Table {
    let sum = review.attribution.by_leg();
    let is_there = |cause: &Cause| sum.iter().any(|(.., parts)| parts.of(*cause) != Cents(0));
    let causes: Vec<Cause> = Cause::ALL.into_iter().filter(is_there).collect();
    let mut heads = vec!["leg", "profit"];
    heads.extend(causes.iter().map(|cause| cause.label()));
    heads.push("");
    let mut table = Table::new(&heads);
    for (key, layer, parts) in &sum {
        let mut row = vec![key.contract.label(), usd(parts.total())];
        row.extend(causes.iter().map(|cause| usd(parts.of(*cause))));
        let name = review.ledger.name(key.position);
        row.push(layer.map_or_else(|| name.to_owned(), |layer| layer.label().to_owned()));
        table.row(row);
    }
    table
}

/// Entries with their fills, oldest first; fills without an entry come last.
fn timeline(campaign: &Campaign, review: &CampaignReview, pictures: &Pictures) -> Vec<Block> {
    let mut entries: Vec<&JournalEntry> = campaign.journal.entries.iter().collect();
    entries.sort_by_key(|entry| (entry.at, entry.id));
    let mut blocks = Vec::new();
    for entry in entries {
        let fills = review.ledger.fills.iter();
        let own: Vec<&LedgerFill> = fills.filter(|fill| fill.entry == Some(entry.id)).collect();
        blocks.push(Block::Lines(entry_lines(entry, &own)));
        let step = |step: &Step| step.entry == Some(entry.id);
        let place = review.steps.iter().position(step);
        blocks.extend(place.and_then(|place| pictures.step(place)));
        blocks.push(Block::Table(fill_table(review, &own)));
        let outcome = review
            .decisions
            .iter()
            .find(|outcome| outcome.entry == entry.id);
        if let Some(outcome) = outcome {
            blocks.push(Block::Lines(decision_lines(entry, outcome, review)));
        }
    }
    let fills = review.ledger.fills.iter();
    let rest: Vec<&LedgerFill> = fills.filter(|fill| fill.entry.is_none()).collect();
    if !rest.is_empty() {
        blocks.push(Block::line("Fills without an entry"));
        let steps = review.steps.iter().enumerate();
        let bare = steps.filter(|(_, step)| step.entry.is_none());
        blocks.extend(bare.filter_map(|(place, _)| pictures.step(place)));
        blocks.push(Block::Table(fill_table(review, &rest)));
    }
    blocks
}

fn entry_lines(entry: &JournalEntry, fills: &[&LedgerFill]) -> Vec<String> {
    let action = entry.action.map_or("Hold", |action| action.label());
    let mut words = format!("{}: {action}", local(entry.at));
    if !entry.title.is_empty() && entry.title != action {
        words = format!("{words}, {}", entry.title);
    }
    if !fills.is_empty() {
        let cash: f64 = fills
            .iter()
            .map(|fill| fill.premium_usd() - fill.fees_usd)
            .sum();
        words = format!("{words}, cash {}", usd_signed(cash));
    }
    let mut lines = vec![words];
    if !entry.reason.is_empty() {
        lines.push(format!("Why: {}", entry.reason));
    }
    if !entry.tags.is_empty() {
        lines.push(format!("Tags: {}", entry.tags.join(", ")));
    }
    lines
}

fn fill_table(review: &CampaignReview, fills: &[&LedgerFill]) -> Table {
    let mut table = Table::new(&["fill", "qty", "price", "fees", "cash", ""]);
    for fill in fills {
        let structure = review.ledger.name(fill.key.position);
        table.row([
            fill.key.contract.label(),
            quantity(fill.quantity.into()),
            points(fill.price),
            usd_cents(fill.fees_usd),
            usd_signed(fill.premium_usd() - fill.fees_usd),
            format!("{} {}, {structure}", moment(fill.at), fill.action.label()),
        ]);
    }
    table
}

/// The verdict, whether it was followed, and what each choice has made since.
fn decision_lines(
    entry: &JournalEntry,
    outcome: &DecisionOutcome,
    review: &CampaignReview,
) -> Vec<String> {
    let Some(record) = &entry.decision else {
        return Vec::new();
    };
    let place = review
        .decisions
        .iter()
        .position(|other| other.entry == entry.id);
    let summary = place.and_then(|place| review.summary.decisions.get(place));
    let followed = match summary.and_then(|summary| summary.followed()) {
        Some(true) => ", followed",
        Some(false) => ", not followed",
        None => "",
    };
    let mut lines = vec![format!("Verdict: {}{followed}", record.verdict.sentence)];
    if !outcome.done.is_empty() {
        let done = usd(outcome.done_last());
        lines.push(format!("What was done has made {done} over holding"));
    }
    lines.extend(outcome.choices.iter().filter_map(choice_line));
    lines
}

fn choice_line(choice: &ChoiceOutcome) -> Option<String> {
    let last = choice.last()?;
    let taken = if choice.is_taken {
        "Taken"
    } else {
        "Not taken"
    };
    let basis = if last.is_marked { "marks" } else { "the model" };
    let (name, value) = (&choice.name, usd(last.value));
    let when = moment(last.at);
    Some(format!(
        "{taken}: {name}, {value} over holding by {when} ({basis})"
    ))
}

fn moments(campaign: &Campaign) -> Table {
    let mut table = Table::new(&["day", "SPX", "VIX", ""]);
    for kept in &campaign.journal.moments {
        table.row([
            moment(kept.at()),
            points(kept.marks.spx),
            points(kept.marks.vix),
            source_of_marks(&kept.source),
        ]);
    }
    table
}

fn audit(campaign: &Campaign) -> Vec<String> {
    let words = |trade: &Trade| {
        let (contract, contracts) = (trade.contract.label(), quantity(trade.quantity.into()));
        let (price, fees) = (points(trade.price), usd_cents(trade.fees_usd));
        let (at, action) = (local(trade.at), trade.action.label());
        format!("{at} {action} {contracts} {contract} at {price}, fees {fees}")
    };
    let lines = campaign.journal.audit.iter().map(|line| {
        let when = line.at.map_or_else(|| "Once".to_owned(), moment);
        let after = line
            .after
            .as_ref()
            .map_or_else(|| "removed".to_owned(), words);
        format!("{when}: {} → {after}", words(&line.before))
    });
    lines.collect()
}

fn thresholds(campaign: &Campaign) -> Vec<String> {
    let changes = campaign.journal.thresholds.iter().map(|change| {
        let (path, from, to) = (&change.path, change.from, change.to);
        let (when, evidence) = (moment(change.at), &change.evidence);
        format!("{when}: {path} from {from} to {to}: {evidence}")
    });
    changes.collect()
}

fn usd(cents: Cents) -> String {
    usd_signed(cents.usd())
}

/// New York time.
fn moment(at: Timestamp) -> String {
    local(at.to_zoned(new_york()).datetime())
}

fn local(at: DateTime) -> String {
    format!("{} {}", date(at.date()), at.strftime("%H:%M"))
}
