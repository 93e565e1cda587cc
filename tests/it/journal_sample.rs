//! The sample with a whole campaign in its journal: made here from the sample condor by the ways of the desk, kept as
//! a file for users.

mod history;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::{Date, DateTime, date};
use palisade::calendar::new_york_instant;
use palisade::decision::{
    Decision, DecisionInputs, DecisionParams, Verdict, VerdictChoices, VerdictInputs, Weighed,
    decide,
};
use palisade::document::journal::{
    CustomField, CustomValue, DecisionRecord, Details, MomentSource, StructureRecord,
    fill_commands, settlement_fills,
};
use palisade::document::{
    Account, Campaign, Command, CommandError, JournalCommand, JournalEntry, campaign_from_ron,
    campaign_to_ron,
};
use palisade::fact::{AssumedMarks, BookInputs, FactId, FactInputs, Facts, SignalParams};
use palisade::instrument::{
    Contract, EntryId, LayerKind, Leg, Note, Position, PositionId, Trade, TradeAction, TradeId,
};
use palisade::journal::{CampaignReview, JournalFacts, Station, StationSource};
use palisade::market::{Mark, Marks, OptionMark};
use palisade::policy::{RuleKind, RulePack};
use palisade::risk::simulation::RunControl;
use palisade::rule::{Findings, Reading, Stance};
use palisade::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

/// Set to write the file anew.
const REWRITE: &str = "PALISADE_REWRITE_SAMPLE";

/// SPX and VIX at the close of each day.
const DAYS: [(i8, i8, f64, f64); 25] = [
    (9, 28, 6720.0, 17.0),
    (9, 29, 6738.0, 16.6),
    (9, 30, 6752.0, 16.3),
    (10, 2, 6749.0, 16.5),
    (10, 5, 6712.0, 17.6),
    (10, 6, 6688.0, 18.4),
    (10, 7, 6671.0, 19.0),
    (10, 8, 6702.0, 18.1),
    (10, 9, 6735.0, 17.2),
    (10, 12, 6768.0, 16.4),
    (10, 13, 6801.0, 15.9),
    (10, 14, 6842.0, 15.3),
    (10, 15, 6873.0, 15.0),
    (10, 16, 6896.0, 14.8),
    (10, 19, 6878.0, 15.1),
    (10, 20, 6852.0, 15.3),
    (10, 21, 6840.0, 15.6),
    (10, 22, 6822.0, 15.9),
    (10, 23, 6835.0, 15.6),
    (10, 26, 6828.0, 15.6),
    (10, 28, 6845.0, 15.2),
    (10, 30, 6842.0, 15.1),
    (11, 2, 6850.0, 14.9),
    (11, 4, 6861.0, 14.5),
    (11, 6, 6848.0, 14.7),
];

/// Notes of the trader.
const NOTES: [(Date, &str, &[&str]); 3] = [
    (
        date(2026, 9, 28),
        "Sample campaign: plausible marks and a made history, not a real market. Change anything.",
        &["sample"],
    ),
    (
        date(2026, 10, 14),
        "The third close in a row at the highs; the short calls stand at a third of the way in.",
        &["spx"],
    ),
    (
        date(2026, 10, 20),
        "The hedge came a day after the verdict asked for it, and that cost little this time: one day proves nothing.",
        &["lesson"],
    ),
];

/// Expiries of the sample condor, each with the one that lies two months before it.
const EARLIER: [(&str, &str); 9] = [
    ("2026-12-16", "2026-10-21"),
    ("2027-01-08", "2026-11-13"),
    ("2027-01-20", "2026-11-18"),
    ("2027-02-17", "2026-12-16"),
    ("2027-03-17", "2027-01-20"),
    ("2027-04-21", "2027-02-17"),
    ("2027-05-18", "2027-03-17"),
    ("2027-06-16", "2027-04-21"),
    ("2027-07-21", "2027-05-18"),
];

/// The sample condor as if it had been opened eight weeks earlier, so that its campaign is over by now.
fn start() -> Campaign {
    let mut text = include_str!("../../assets/samples/condor.ron")
        .replace("2026-11-23T20:00:00Z", "2026-09-28T19:00:00Z")
        .replace("2026-11-23", "2026-09-28");
    // The earliest first: no date is moved twice.
    for (expiry, earlier) in EARLIER {
        text = text.replace(expiry, earlier);
    }
    campaign_from_ron(&text).expect("the sample reads")
}

/// Where the sample is kept.
fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/journal.ron")
}

/// A campaign from its opening to its close, with marks of every day: the sample as it is kept.
pub fn campaign() -> Campaign {
    let text = std::fs::read_to_string(file()).expect("the sample is there");
    campaign_from_ron(&text).expect("the sample reads")
}

/// The same, made anew.
fn made() -> Campaign {
    let sample = start();
    let mut made = Maker {
        campaign: Campaign {
            name: "SPX November condor, closed".to_owned(),
            positions: Vec::new(),
            trades: Vec::new(),
            notes: Vec::new(),
            journal: Arc::default(),
            pack: RulePack::alvh().reference(),
            next_id: 1,
            ..sample.clone()
        },
        sample,
        account: Account {
            equity_usd: Some(500_000.0),
            ..Account::default()
        },
    };
    let details = Details {
        setup: "16-delta condor, 4/4/2 layers".to_owned(),
        tags: vec!["condor".to_owned(), "sample".to_owned()],
        custom: vec![CustomField {
            name: "Target % of credit".to_owned(),
            value: CustomValue::Number(65.0),
        }],
        ..Details::default()
    };
    made.apply(Command::Journal(JournalCommand::SetDetails(details)));
    for (month, day, spx, vix) in DAYS {
        let on = date(2026, month, day);
        made.mark(on, spx, vix);
        made.act(on);
    }
    for (day, text, tags) in NOTES {
        made.apply(Command::AddNote(Note {
            at: day.at(15, 5, 0, 0),
            text: text.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        }));
    }
    made.campaign.validate().expect("the sample is valid");
    made.campaign
}

struct Maker {
    campaign: Campaign,
    sample: Campaign,
    account: Account,
}

impl Maker {
    /// What was done on a day.
    fn act(&mut self, on: Date) {
        match (on.month(), on.day()) {
            (9, 28) => {
                let words = (
                    "Condor 6,245 / 6,295 / 7,060 / 7,110",
                    "16 delta, 50 wide, 45 days: VIX 17, curve in contango",
                );
                self.open((on.at(14, 40, 0, 0), TradeAction::Open), &[0], words);
                let words = ("VIX calls 18 / 21 / 23", "The 4/4/2 unit, all three layers");
                self.open((on.at(14, 50, 0, 0), TradeAction::Hedge), &[1, 2, 3], words);
            }
            (10, 14) => self.hold((
                "Vol has come in all week: wait a day before paying up",
                &["waited"],
            )),
            (10, 15) => self.take(
                Stance::Hedge,
                ("Further out a day later: futures, the option budget is spent", &[]),
            ),
            (10, 20) => self.take_refused(
                "Roll to 20 Nov, strikes at 16 Δ",
                (
                    "Calls under pressure: re-centred a week later, though less is expected of it than of holding; \
                     what was lost stays in the break-evens",
                    &["roll", "override"],
                ),
            ),
            (10, 21) => self.settle(on.at(9, 30, 0, 0), 15.4),
            (11, 6) => self.close(on.at(15, 0, 0, 0)),
            _ => {}
        }
    }

    /// Every contract that was held so far, and those of the sample condor.
    fn contracts(&self) -> Vec<Contract> {
        let legs = self.sample.positions.iter().flat_map(|held| &held.legs);
        let held = self.campaign.trades.iter().map(|trade| trade.contract);
        let mut all: Vec<Contract> = legs.map(|leg| leg.contract).chain(held).collect();
        // a future is marked by the curve
        all.retain(|contract| contract.strike().is_some());
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Marks of a day: the sample's, moved with the day's SPX and VIX, and kept in the journal.
    fn mark(&mut self, on: Date, spx: f64, vix: f64) {
        let at = on.at(15, 0, 0, 0);
        let first = &self.sample.marks;
        let mut marks = Marks {
            as_of: new_york_instant(at),
            spx,
            vix,
            ..first.clone()
        };
        let days = |expiry: Date| f64::from((expiry - on).get_days());
        marks.vx.retain(|future| days(future.expiry) > 0.0);
        for future in &mut marks.vx {
            let share = 0.95 * (-days(future.expiry) / 110.0).exp();
            future.price = hundredths(future.price + share * (vix - first.vix));
        }
        let contracts = self.contracts();
        let model = &self.sample.model;
        let bare = |marks: &Marks| Marks {
            quotes: Vec::new(),
            ..marks.clone()
        };
        let then = Station::of(&bare(first), model, &contracts, StationSource::Now);
        let now = Station::of(&bare(&marks), model, &contracts, StationSource::Now);
        let quoted = |contract: &Contract| {
            let own = first
                .quotes
                .iter()
                .find(|quote| quote.contract == *contract);
            own.map(|quote| quote.mark.value())
        };
        marks.quotes.clear();
        for contract in contracts {
            let (Some(before), Some(row)) = (then.unit(&contract), now.unit(&contract)) else {
                continue;
            };
            if row.is_expired || contract.expiry() <= on {
                continue;
            }
            let ratio = quoted(&contract).map_or(1.0, |price| price / before.price);
            let price = ((row.price * ratio / 0.05).round() * 0.05).max(0.05);
            marks.quotes.push(OptionMark {
                contract,
                mark: Mark::Price(hundredths(price)),
            });
        }
        self.campaign.marks = marks.clone();
        self.apply(Command::Journal(JournalCommand::KeepMoment {
            marks: Box::new(marks),
            source: MomentSource::Entered,
        }));
    }

    fn apply(&mut self, command: Command) {
        self.campaign.apply(command).expect("it fits");
    }

    /// The mark of an option, or the price of a future on the curve.
    fn price(&self, contract: &Contract) -> f64 {
        let mut futures = self.campaign.marks.vx.iter();
        if contract.strike().is_none() {
            let future = futures.find(|future| future.expiry == contract.expiry());
            return future.expect("it is on the curve").price;
        }
        let mut quotes = self.campaign.marks.quotes.iter();
        let quote = quotes.find(|quote| quote.contract == *contract);
        quote.expect("it is quoted").mark.value()
    }

    /// Positions of the sample, opened by hand as one entry: an empty book has nothing to decide.
    fn open(
        &mut self,
        (at, action): (DateTime, TradeAction),
        of: &[usize],
        (title, reason): (&str, &str),
    ) {
        let (mut fills, mut opened) = (Vec::new(), Vec::new());
        for (id, place) in (self.campaign.next_id..).map(PositionId).zip(of) {
            let position = &self.sample.positions[*place];
            opened.push(StructureRecord {
                id,
                name: position.name.clone(),
                role: position.role,
            });
            let layer = position.role.layer();
            let fill =
                |leg: &Leg| self.fill((at, action), (leg.contract, leg.quantity), (id, layer));
            fills.extend(position.legs.iter().map(fill));
        }
        let entry = JournalEntry {
            reason: reason.to_owned(),
            ..JournalEntry::new(at, Some(action), title)
        };
        let commands = fill_commands(&self.campaign, entry, fills, &opened, true);
        self.apply(Command::Batch(commands.expect("fits")));
    }

    /// A fill at the marks, worse by a nickel.
    fn fill(
        &self,
        (at, action): (DateTime, TradeAction),
        (contract, quantity): (Contract, i32),
        (position, layer): (PositionId, Option<LayerKind>),
    ) -> Trade {
        let worse = 0.05 * f64::from(quantity.signum());
        let price = hundredths((self.price(&contract) + worse).max(0.05));
        let fees = &self.campaign.settings.fees;
        Trade {
            id: TradeId(0),
            at,
            action,
            contract,
            quantity,
            price,
            fees_usd: hundredths(fees.fees_usd(&contract, price, quantity, true)),
            reason: String::new(),
            position: Some(position),
            layer,
            entry: None,
            key: String::new(),
        }
    }

    /// Everything that is held, closed by hand.
    fn close(&mut self, at: DateTime) {
        let held = self.campaign.positions.iter().flat_map(|position| {
            let whose = (position.id, position.role.layer());
            let legs = position.legs.iter();
            legs.map(move |leg| (leg.contract, -leg.quantity, whose))
        });
        let fills = held.map(|(contract, quantity, whose)| {
            self.fill((at, TradeAction::Close), (contract, quantity), whose)
        });
        let fills: Vec<Trade> = fills.collect();
        let entry = JournalEntry {
            reason: "Two weeks left, and most of the credit is earned".to_owned(),
            ..JournalEntry::new(at, Some(TradeAction::Close), "Everything closed")
        };
        let commands = fill_commands(&self.campaign, entry, fills, &[], true);
        self.apply(Command::Batch(commands.expect("fits")));
    }

    /// What has expired, settled by hand at an opening quotation.
    fn settle(&mut self, at: DateTime, quotation: f64) {
        let expired = |held: &&Position| {
            let now = new_york_instant(at);
            held.legs.iter().any(|leg| leg.contract.is_expired(now))
        };
        let position = self
            .campaign
            .positions
            .iter()
            .find(expired)
            .expect("one has expired");
        let fills = settlement_fills(position, at, |_contract| Some(quotation));
        let entry = JournalEntry {
            reason: "The quotation at the open settled them".to_owned(),
            ..JournalEntry::new(
                at,
                Some(TradeAction::Settle),
                format!("{} expired", position.name),
            )
        };
        let commands = fill_commands(&self.campaign, entry, fills, &[], true);
        self.apply(Command::Batch(commands.expect("fits")));
    }

    /// What the desk judges of the book, and what it would then write down; tags are the trader's, put on later.
    fn decide(
        &mut self,
        tags: &[&str],
        commands: impl FnOnce(&Weighed<'_>, &Decision) -> Result<Vec<Command>, CommandError>,
    ) {
        let campaign = &self.campaign;
        let pack = campaign.rule_pack();
        let inputs = Inputs {
            pack,
            account: &self.account,
            slopes: Err(VegaSlopesError::NoHistory),
        };
        let valuation = Valuation::of(campaign, inputs, &mut MarketCache::default());
        let book = BookInputs {
            campaign,
            valuation: &valuation,
            account: &self.account,
            assumed: AssumedMarks::default(),
        };
        let journal = JournalFacts::of(&CampaignReview::of(campaign).attribution);
        let facts = Facts::gather(&FactInputs {
            as_of: campaign.marks.as_of,
            params: SignalParams::of(pack),
            journal: Some(&journal),
            ..FactInputs::of_book(book, Some(history::history(&days())))
        });
        let findings = Findings::evaluate(&facts, pack, Reading::from(&campaign.settings));
        let decision = decide(
            &DecisionInputs {
                campaign,
                valuation: &valuation,
                pack,
                account: &self.account,
                facts: &facts,
                params: DecisionParams::of(pack),
            },
            &RunControl::default(),
        );
        let decision = decision.expect("something is held");
        let verdict = Verdict::of(&VerdictInputs {
            facts: &facts,
            findings: &findings,
            pack,
            choices: Some(&VerdictChoices::of(&decision)),
        });
        let weighed = Weighed {
            campaign,
            facts: &facts,
            findings: &findings,
            verdict: &verdict,
            decision: Some(&decision),
        };
        let commands = commands(&weighed, &decision).expect("numbers are left");
        self.apply(Command::Batch(commands));
        let entry = self.campaign.journal.entries.last().expect("it is written");
        let entry = JournalEntry {
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..entry.clone()
        };
        let id = entry.id;
        self.apply(Command::Journal(JournalCommand::ReplaceEntry { id, entry }));
    }

    /// Takes the choice of a stance that the verdict takes, else the first of them by score, for a reason.
    fn take(&mut self, stance: Stance, (reason, tags): (&str, &[&str])) {
        self.decide(tags, |weighed, decision| {
            let own = |place: &&usize| decision.choices[**place].stance() == stance;
            let asked = weighed.verdict.choice.filter(|place| own(&place));
            let first = || decision.order.iter().find(own).copied();
            let place = asked.or_else(first).expect("it is offered");
            let candidate = &decision.choices[place].candidate;
            weighed.take(candidate, Some(place), reason)
        });
    }

    /// Takes a roll that failed a test, by its name, for a reason.
    fn take_refused(&mut self, name: &str, (reason, tags): (&str, &[&str])) {
        self.decide(tags, |weighed, decision| {
            let mut rejected = decision.rejected.iter();
            let place = rejected.position(|choice| choice.candidate.name == name);
            let place = place.expect("it is rejected");
            let candidate = &decision.rejected[place].candidate;
            weighed.take(candidate, Some(decision.choices.len() + place), reason)
        });
    }

    /// Leaves everything as it is, for a reason.
    fn hold(&mut self, (reason, tags): (&str, &[&str])) {
        self.decide(tags, |weighed, _decision| Ok(weighed.leave(reason)));
    }
}

/// The days of the sample.
fn days() -> Vec<(Date, f64, f64)> {
    let day = |(month, day, spx, vix): (i8, i8, f64, f64)| (date(2026, month, day), spx, vix);
    DAYS.into_iter().map(day).collect()
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[test]
fn the_sample_is_a_whole_campaign_and_stands_in_its_file() {
    let campaign = made();
    let review = CampaignReview::with_steps(&campaign);
    assert!(campaign.positions.is_empty() && review.ledger.discrepancies.is_empty());
    assert_eq!(review.summary.rolls, 1);
    assert_eq!(review.steps.len(), 7);
    assert_eq!(review.attribution.total(), review.outcome.profit);
    let steps = &review.steps;
    assert!(steps[0].before.is_none() && steps[0].after.is_some());
    assert_eq!(steps[2].before, steps[2].after, "nothing was traded");
    // After the close every level of SPX pays the same: what was made, or lost.
    let last = steps[6].after.as_ref().expect("drawn");
    for usd in last.now_usd.iter().chain(&last.expiry_usd) {
        assert!((usd - review.outcome.profit.usd()).abs() < 0.02, "{usd}");
    }
    let entries: Vec<Option<EntryId>> = steps.iter().map(|step| step.entry).collect();
    assert!(entries.iter().all(Option::is_some));
    let text = campaign_to_ron(&campaign).expect("writes");
    if std::env::var_os(REWRITE).is_some() {
        std::fs::write(file(), &text).expect("writable");
    }
    let kept = std::fs::read_to_string(file()).expect("the sample is there");
    assert!(kept == text, "run with {REWRITE}=1");
    assert!(
        kept.len() < 400_000,
        "it stays readable: {} bytes",
        kept.len()
    );
    assert_eq!(campaign_from_ron(&kept), Ok(campaign));
}

/// A hold, a hedge and a roll: each with all that was known and weighed, and with choices not taken.
#[test]
fn every_decision_of_the_sample_is_recorded_whole() {
    let campaign = campaign();
    let entries = campaign.journal.entries.iter();
    let records: Vec<&DecisionRecord> = entries
        .filter_map(|entry| entry.decision.as_deref())
        .collect();
    let stances: Vec<Option<&str>> = (records.iter())
        .map(|record| record.taken_choice().map(|choice| choice.stance.as_str()))
        .collect();
    assert_eq!(stances, [Some("Hold"), Some("Hedge"), Some("Roll")]);
    let all = FactId::all().len();
    for record in records {
        assert_eq!(record.facts.len(), all);
        let known = FactId::all().filter(|id| record.number(id.key()).is_some());
        assert!(known.count() > all / 2, "most facts are known");
        assert!(record.findings.len() > 20 && !record.verdict.sentence.is_empty());
        assert!(record.choices.len() > 5);
        assert!(record.finding(RuleKind::NetVegaBand).is_some());
    }
    let review = CampaignReview::of(&campaign);
    assert_eq!(review.decisions.len(), 3);
    for outcome in &review.decisions {
        let marked = outcome
            .choices
            .iter()
            .filter(|choice| choice.last().is_some());
        assert!(marked.count() > 5, "choices not taken are marked later");
    }
}
