//! The journal in the document: entries, marks kept, corrections, and what the book holds after fills.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::date;
use palisade::document::journal::{
    ChoiceRecord, ChoiceTrade, CustomField, CustomValue, DecisionRecord, Details, EntrySource,
    FactRecord, FindingRecord, LimitRecord, MomentId, MomentSource, Picture, RecordedValue,
    StructureRecord, ThresholdChange, VerdictRecord, book_after, fill_commands, settlement_fills,
};
use palisade::document::{JournalCommand, JournalEntry};
use palisade::instrument::{EntryId, PositionId, Role, Trade, TradeAction, TradeId};
use palisade::policy::RuleKind;

use super::*;

/// A fill of a leg of the sample's condor, by its place, that trades against it.
fn against(campaign: &Campaign, leg: usize, contracts: i32, price: f64) -> Trade {
    let position = &campaign.positions[0];
    let held = position.legs[leg];
    Trade {
        id: TradeId(0),
        at: date(2026, 6, 29).at(11, 0, 0, 0),
        action: TradeAction::Close,
        contract: held.contract,
        quantity: -contracts * held.quantity.signum(),
        price,
        fees_usd: 1.5,
        reason: String::new(),
        position: Some(position.id),
        layer: None,
        entry: None,
        key: String::new(),
    }
}

fn entry(title: &str) -> JournalEntry {
    let at = date(2026, 6, 29).at(11, 0, 0, 0);
    JournalEntry::new(at, Some(TradeAction::Close), title)
}

#[test]
fn fills_close_a_part_and_then_the_rest() {
    let mut campaign = sample();
    let fills = |contracts| -> Vec<Trade> {
        (0..4)
            .map(|leg| against(&sample(), leg, contracts, 10.0))
            .collect()
    };
    let held = campaign.positions[0].legs.clone();
    let part = fill_commands(&campaign, entry("Half off"), fills(4), &[], true).expect("fits");
    campaign.apply(Command::Batch(part)).expect("valid");
    let legs = &campaign.positions[0].legs;
    for (before, after) in held.iter().zip(legs) {
        assert_eq!(
            after.quantity,
            before.quantity - 4 * before.quantity.signum()
        );
        assert_eq!(after.entry_price, before.entry_price);
        assert!((after.fees_usd - 0.6 * before.fees_usd).abs() < 1e-9);
    }
    assert_eq!(campaign.positions[0].role, Role::Condor);
    let of_entry = |campaign: &Campaign, title: &str| {
        let entries = &campaign.journal.entries;
        let id = entries
            .iter()
            .find(|entry| entry.title == title)
            .expect("written")
            .id;
        campaign
            .trades
            .iter()
            .filter(|trade| trade.entry == Some(id))
            .count()
    };
    assert_eq!(of_entry(&campaign, "Half off"), 4);
    let rest = fill_commands(&campaign, entry("Off"), fills(6), &[], true).expect("fits");
    let id = campaign.positions[0].id;
    let name = campaign.positions[0].name.clone();
    campaign.apply(Command::Batch(rest)).expect("valid");
    assert!(campaign.position(id).is_none());
    assert_eq!(of_entry(&campaign, "Off"), 4);
    let remembered = StructureRecord {
        id,
        name,
        role: Role::Condor,
    };
    assert_eq!(campaign.journal.structures, vec![remembered]);
    assert_eq!(campaign.validate(), Ok(()));
}

#[test]
fn fills_open_what_they_name_and_average_what_they_add() {
    let mut campaign = sample();
    let new = StructureRecord {
        id: PositionId(campaign.next_id),
        name: "Spare call".to_owned(),
        role: Role::Other,
    };
    let bought = |price| Trade {
        position: Some(new.id),
        action: TradeAction::Open,
        quantity: 2,
        ..against(&sample(), 3, 1, price)
    };
    let fills = vec![bought(4.0), bought(6.0)];
    let commands = fill_commands(
        &campaign,
        entry("Spare"),
        fills,
        std::slice::from_ref(&new),
        true,
    );
    campaign
        .apply(Command::Batch(commands.expect("fits")))
        .expect("valid");
    let opened = campaign.position(new.id).expect("opened");
    assert_eq!((opened.name.as_str(), opened.legs.len()), ("Spare call", 1));
    assert_eq!(
        (opened.legs[0].quantity, opened.legs[0].entry_price),
        (4, 5.0)
    );
    // Selling six turns four into minus two, at the price of the sale.
    let sold = Trade {
        quantity: -6,
        ..bought(7.0)
    };
    let after = book_after(&campaign.positions, &[sold], &[]).expect("fits");
    let turned = after
        .iter()
        .find(|position| position.id == new.id)
        .expect("held");
    assert_eq!(
        (turned.legs[0].quantity, turned.legs[0].entry_price),
        (-2, 7.0)
    );
    assert!((turned.legs[0].fees_usd - 0.5).abs() < 1e-12);
}

#[test]
fn what_was_held_without_a_log_is_written_when_it_is_first_changed() {
    let mut campaign = sample();
    let layer = campaign.positions[1].clone();
    let held = layer.legs[0];
    let of_layer = |campaign: &Campaign| {
        let own = campaign
            .trades
            .iter()
            .filter(|trade| trade.position == Some(layer.id));
        own.map(|trade| (trade.action, trade.quantity))
            .collect::<Vec<_>>()
    };
    assert!(of_layer(&campaign).is_empty(), "the layer was never logged");
    let change = |action, quantity| Trade {
        action,
        contract: held.contract,
        quantity,
        position: Some(layer.id),
        layer: layer.role.layer(),
        ..against(&sample(), 0, 1, 1.5)
    };
    for (action, quantity) in [(TradeAction::Hedge, 2), (TradeAction::Monetise, -3)] {
        let fills = vec![change(action, quantity)];
        let commands = fill_commands(&campaign, entry("Layer"), fills, &[], true).expect("fits");
        campaign.apply(Command::Batch(commands)).expect("valid");
    }
    let opened = (TradeAction::Open, held.quantity);
    let expected = [opened, (TradeAction::Hedge, 2), (TradeAction::Monetise, -3)];
    assert_eq!(of_layer(&campaign), expected, "once, at the first change");
    assert_eq!(campaign.positions[1].legs[0].quantity, held.quantity - 1);
}

#[test]
fn fills_without_a_place_are_refused() {
    let campaign = sample();
    let unnamed = Trade {
        position: None,
        ..against(&campaign, 0, 1, 1.0)
    };
    let error = book_after(&campaign.positions, &[unnamed], &[]).expect_err("unnamed");
    assert!(error.to_string().contains("found no position"), "{error}");
    let lost = Trade {
        position: Some(PositionId(77)),
        ..against(&campaign, 0, 1, 1.0)
    };
    let error = book_after(&campaign.positions, &[lost], &[]).expect_err("unknown");
    assert!(error.to_string().contains("found position 77"), "{error}");
}

#[test]
fn what_expires_settles_at_its_intrinsic_value() {
    let condor = sample().positions[0].clone();
    let early = date(2026, 7, 1).at(10, 0, 0, 0);
    assert!(settlement_fills(&condor, early, |_| Some(5600.0)).is_empty());
    let late = date(2027, 12, 31).at(17, 0, 0, 0);
    assert!(settlement_fills(&condor, late, |_| None).is_empty());
    let fills = settlement_fills(&condor, late, |_| Some(5600.0));
    assert_eq!(fills.len(), 4);
    for (leg, fill) in condor.legs.iter().zip(&fills) {
        assert_eq!(fill.quantity, -leg.quantity);
        assert_eq!(fill.price, leg.contract.settled_at(5600.0));
        assert_eq!(fill.action, TradeAction::Settle);
    }
    assert!(
        fills.iter().any(|fill| fill.price > 0.0),
        "the short put is in the money"
    );
}

#[test]
fn the_same_marks_are_kept_once_and_newer_ones_of_the_instant_win() {
    let mut campaign = sample();
    let keep = |campaign: &mut Campaign| {
        let marks = Box::new(campaign.marks.clone());
        let command = JournalCommand::KeepMoment {
            marks,
            source: MomentSource::Entered,
        };
        campaign.apply(Command::Journal(command)).expect("valid");
    };
    keep(&mut campaign);
    let next = campaign.next_id;
    keep(&mut campaign);
    assert_eq!(
        (campaign.journal.moments.len(), campaign.next_id),
        (1, next)
    );
    campaign.apply(Command::SetSpx(5990.0)).expect("valid");
    keep(&mut campaign);
    assert_eq!(campaign.journal.moments.len(), 1);
    assert_eq!(campaign.journal.moments[0].marks.spx, 5990.0);
    let later = campaign.marks.as_of + jiff::SignedDuration::from_hours(-48);
    campaign.apply(Command::SetAsOf(later)).expect("valid");
    keep(&mut campaign);
    let instants: Vec<_> = campaign
        .journal
        .moments
        .iter()
        .map(|moment| moment.at())
        .collect();
    assert!(
        instants.len() == 2 && instants[0] < instants[1],
        "ascending: {instants:?}"
    );
    let unknown = JournalCommand::RemoveMoment { id: MomentId(999) };
    let error = campaign
        .apply(Command::Journal(unknown))
        .expect_err("unknown");
    assert!(error.to_string().contains("marks 999"), "{error}");
    let first = campaign.journal.moments[0].id;
    campaign
        .apply(Command::Journal(JournalCommand::RemoveMoment { id: first }))
        .expect("free");
    assert_eq!(campaign.journal.moments.len(), 1);
}

#[test]
fn corrections_of_fills_leave_a_line() {
    let mut campaign = sample();
    let fill = against(&campaign, 0, 1, 3.0);
    campaign.apply(Command::AddTrade(fill)).expect("valid");
    let written = campaign.trades.last().expect("written").clone();
    let now = Timestamp::from_second(1_780_000_000).expect("a time");
    let better = Trade {
        price: 3.1,
        ..written.clone()
    };
    let edit = Command::ReplaceTrade {
        id: written.id,
        trade: better.clone(),
        at: None,
    };
    let same = Command::ReplaceTrade {
        id: written.id,
        trade: written.clone(),
        at: None,
    };
    campaign.apply(same).expect("valid");
    assert!(campaign.journal.audit.is_empty(), "nothing changed");
    campaign
        .apply(Command::Batch(vec![edit]).stamped(now))
        .expect("valid");
    let remove = Command::RemoveTrade {
        id: written.id,
        at: None,
    };
    campaign.apply(remove.stamped(now)).expect("valid");
    let audit = &campaign.journal.audit;
    assert_eq!(audit.len(), 2);
    assert_eq!((audit[0].at, &audit[0].before), (Some(now), &written));
    assert_eq!(audit[0].after.as_ref(), Some(&better));
    assert_eq!((audit[1].after.as_ref(), &audit[1].before), (None, &better));
    let text = campaign_to_ron(&campaign).expect("writes");
    assert_eq!(campaign_from_ron(&text), Ok(campaign));
}

#[test]
fn an_entry_that_goes_leaves_its_fills() {
    let mut campaign = sample();
    let fills = vec![against(&campaign, 0, 1, 3.0)];
    let commands = fill_commands(&campaign, entry("One"), fills, &[], false).expect("fits");
    campaign.apply(Command::Batch(commands)).expect("valid");
    let id = campaign
        .trades
        .last()
        .and_then(|trade| trade.entry)
        .expect("of an entry");
    let renamed = JournalEntry {
        reason: "better".to_owned(),
        ..entry("Two")
    };
    let edit = JournalCommand::ReplaceEntry { id, entry: renamed };
    campaign.apply(Command::Journal(edit)).expect("valid");
    assert_eq!(campaign.journal.entry(id).expect("there").title, "Two");
    let remove = Command::Journal(JournalCommand::RemoveEntry { id });
    campaign.apply(remove.clone()).expect("valid");
    assert_eq!(campaign.trades.last().expect("still there").entry, None);
    let error = campaign.apply(remove).expect_err("gone");
    assert!(error.to_string().contains("entry"), "{error}");
}

#[test]
fn details_are_checked_in_place() {
    let field = |name: &str, value| CustomField {
        name: name.to_owned(),
        value,
    };
    let good = Details {
        setup: "45-day, 16-delta".to_owned(),
        tags: vec!["CPI".to_owned()],
        custom: vec![
            field("Mood", CustomValue::Text("calm".to_owned())),
            field("Sleep", CustomValue::Number(7.5)),
        ],
        ..Details::default()
    };
    let mut campaign = sample();
    let set = |details| Command::Journal(JournalCommand::SetDetails(details));
    campaign.apply(set(good.clone())).expect("valid");
    let text = campaign_to_ron(&campaign).expect("writes");
    assert_eq!(campaign_from_ron(&text), Ok(campaign.clone()));
    let many = (0..11)
        .map(|n| field(&format!("f{n}"), CustomValue::Flag(true)))
        .collect();
    for (bad, path) in [
        (
            Details {
                tags: vec!["a,b".to_owned()],
                ..good.clone()
            },
            "tags[0]",
        ),
        (
            Details {
                custom: many,
                ..good.clone()
            },
            "custom",
        ),
        (
            Details {
                custom: vec![field("x", CustomValue::Number(f64::NAN))],
                ..good.clone()
            },
            "custom[0].value",
        ),
        (
            Details {
                setup: "a\nb".to_owned(),
                ..good.clone()
            },
            "setup",
        ),
    ] {
        let error = campaign.apply(set(bad)).expect_err(path);
        assert!(error.to_string().starts_with(path), "{path}: {error}");
    }
}

#[test]
fn a_journal_that_points_nowhere_is_refused_with_its_place() {
    let mut campaign = sample();
    let fills = vec![against(&campaign, 0, 1, 3.0)];
    let commands = fill_commands(&campaign, entry("One"), fills, &[], false).expect("fits");
    campaign.apply(Command::Batch(commands)).expect("valid");
    let good = campaign_to_ron(&campaign).expect("writes");
    let id = campaign
        .trades
        .last()
        .and_then(|trade| trade.entry)
        .expect("of an entry")
        .0;
    let bad = good.replace(&format!("entry: Some({id})"), "entry: Some(4711)");
    let error = campaign_from_ron(&bad).expect_err("nowhere");
    assert!(error.found.contains("4711"), "{error}");
    let mut unknown = campaign.clone();
    Arc::make_mut(&mut unknown.journal).entries[0].id = EntryId(unknown.next_id);
    assert!(unknown.validate().is_err());
}

fn details() -> Details {
    Details {
        setup: "45-day, 16-delta".to_owned(),
        tags: vec!["CPI".to_owned(), "summer".to_owned()],
        custom: vec![
            CustomField {
                name: "Mood".to_owned(),
                value: CustomValue::Text("calm".to_owned()),
            },
            CustomField {
                name: "Payday".to_owned(),
                value: CustomValue::Day(date(2026, 7, 31)),
            },
        ],
        pictures: vec![Picture {
            path: "pictures/june.png".to_owned(),
            caption: "The range before".to_owned(),
        }],
    }
}

/// The sample with a journal in which every part is used.
fn journaled() -> Campaign {
    let mut campaign = sample();
    let moment = campaign.moment_number(&campaign.marks);
    let taken = EntryId(campaign.next_id + 1);
    let decided = JournalEntry {
        reason: "Inside the band".to_owned(),
        tags: vec!["quiet".to_owned()],
        source: EntrySource::Choice,
        decision: Some(Arc::new(record(&campaign, moment))),
        ..JournalEntry::new(date(2026, 6, 24).at(16, 15, 0, 0), None, "Hold")
    };
    let keep = JournalCommand::KeepMoment {
        marks: Box::new(campaign.marks.clone()),
        source: MomentSource::Decision,
    };
    let threshold = ThresholdChange {
        at: campaign.marks.as_of,
        path: "vega_band.low".to_owned(),
        from: -0.15,
        to: -0.16,
        n: 24,
        evidence: "24 decisions: acting between -0.15 and -0.16 lost 120 dollars on average"
            .to_owned(),
    };
    for command in [
        JournalCommand::SetDetails(details()),
        keep,
        JournalCommand::AddEntry(decided),
        JournalCommand::NoteThreshold(threshold),
    ] {
        campaign.apply(Command::Journal(command)).expect("valid");
    }
    assert!(
        campaign.journal.entry(taken).is_some(),
        "numbers are given in order"
    );
    let fills = vec![
        against(&campaign, 0, 10, 3.0),
        against(&campaign, 1, 10, 4.0),
    ];
    let fills = fills.into_iter().chain([
        against(&campaign, 2, 10, 2.0),
        against(&campaign, 3, 10, 1.0),
    ]);
    let commands =
        fill_commands(&campaign, entry("Off"), fills.collect(), &[], true).expect("fits");
    campaign.apply(Command::Batch(commands)).expect("valid");
    let last = campaign.trades.last().expect("written").clone();
    let better = Trade {
        price: 0.95,
        ..last.clone()
    };
    let at = Some(campaign.marks.as_of);
    campaign
        .apply(Command::ReplaceTrade {
            id: last.id,
            trade: better,
            at,
        })
        .expect("valid");
    campaign
}

fn held_on(campaign: &Campaign) -> ChoiceRecord {
    let long_put = campaign.positions[0].legs[0].contract;
    ChoiceRecord {
        name: "Hold".to_owned(),
        stance: "Hold".to_owned(),
        refused: None,
        trades: vec![ChoiceTrade {
            position: Some(campaign.positions[0].id),
            layer: None,
            contract: long_put,
            quantity: 1,
            price: 29.6,
            fees_usd: 1.13,
        }],
        cost_usd: 0.0,
        friction_usd: 0.0,
        expected_pl_usd: 310.5,
        p05_usd: -4120.25,
        worst_usd: -21_000.0,
        net_vega_points: Some(-0.12),
        theta_per_day_usd: 220.75,
        margin_usd: 50_000.0,
        break_evens: Some([5628.0, 6317.0]),
        irr: Some(0.21),
        score: Some(0.05),
    }
}

fn record(campaign: &Campaign, moment: MomentId) -> DecisionRecord {
    let missing = RecordedValue::Missing {
        why: "no breadth series".to_owned(),
        import_what: "NYSE advances and declines".to_owned(),
    };
    let fact = |id: &str, value| FactRecord {
        id: id.to_owned(),
        value,
        source: "marks".to_owned(),
        as_of: Some(date(2026, 6, 24)),
    };
    DecisionRecord {
        program: "0.1.0".to_owned(),
        moment,
        positions: campaign.positions.clone(),
        model: campaign.model.clone(),
        settings: campaign.settings.clone(),
        pack: campaign.pack.clone(),
        facts: vec![
            fact("vega.net", RecordedValue::Number(-0.12)),
            fact("structure.naked", RecordedValue::Flag(false)),
            fact("regime.state", RecordedValue::Words("contango".to_owned())),
            fact("breadth.divergence", missing),
        ],
        findings: vec![FindingRecord {
            rule: RuleKind::NetVegaBand,
            state: "pass".to_owned(),
            stance: None,
            headline: "net vega -0.12 is inside the band".to_owned(),
            sentence: "Net vega is -0.12 points, between -0.15 and 0.25.".to_owned(),
            limits: vec![LimitRecord {
                path: "vega_band.low".to_owned(),
                value: -0.15,
                base: -0.15,
            }],
            distance: Some(0.03),
            flips: "at -0.15".to_owned(),
        }],
        verdict: VerdictRecord {
            stance: "Hold".to_owned(),
            sentence: "Hold: nothing asks for a change".to_owned(),
            clause: None,
            because: vec![],
            against: vec![],
            choice: Some(0),
        },
        choices: vec![held_on(campaign)],
        taken: Some(0),
    }
}

#[test]
fn the_golden_files_of_schema_2_load_for_ever_and_the_short_one_is_written_byte_for_byte() {
    // As it was written before records of decisions took a line for each fact, finding and choice.
    let long = include_str!("../../golden/campaigns/v2.ron");
    assert_eq!(campaign_from_ron(long), Ok(journaled()));
    let short = include_str!("../../golden/campaigns/v2_short.ron");
    assert_eq!(campaign_from_ron(short), Ok(journaled()));
    assert_eq!(campaign_to_ron(&journaled()).expect("writes"), short);
    assert!(short.len() < long.len());
}

#[test]
fn marks_that_something_was_decided_on_stay() {
    let mut campaign = journaled();
    let id = campaign.journal.moments[0].id;
    let remove = Command::Journal(JournalCommand::RemoveMoment { id });
    let error = campaign.apply(remove).expect_err("decided on");
    assert!(
        error.to_string().contains("something was decided"),
        "{error}"
    );
    campaign.apply(Command::SetSpx(5950.0)).expect("valid");
    let marks = Box::new(campaign.marks.clone());
    let keep = JournalCommand::KeepMoment {
        marks,
        source: MomentSource::Entered,
    };
    campaign.apply(Command::Journal(keep)).expect("valid");
    assert_eq!(
        campaign.journal.moments.len(),
        2,
        "both of the instant stay"
    );
    let moment = campaign.journal.moment(id).expect("stays");
    assert!(
        campaign.journal.marks_of(moment).chain.is_some(),
        "with its chain"
    );
    assert_eq!(campaign.journal.chains.len(), 1, "a chain stands once");
}
