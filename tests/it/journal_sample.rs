//! The sample with a whole campaign in its journal: made here from the sample condor, kept as a file for users.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::{Date, DateTime, date};
use palisade::calendar::new_york_instant;
use palisade::document::journal::{
    ChoiceRecord, ChoiceTrade, DecisionRecord, Details, EntrySource, FindingRecord, LimitRecord,
    MomentId, MomentSource, StructureRecord, VerdictRecord, fill_commands,
};
use palisade::document::{
    Campaign, Command, JournalCommand, JournalEntry, campaign_from_ron, campaign_to_ron,
};
use palisade::instrument::{
    Contract, EntryId, LayerKind, PositionId, Role, Trade, TradeAction, TradeId,
};
use palisade::journal::{CampaignReview, Station, StationSource};
use palisade::market::{Mark, Marks, OptionMark};
use palisade::policy::RuleKind;

/// Set to write the file anew.
const REWRITE: &str = "PALISADE_REWRITE_SAMPLE";

/// SPX and VIX at the close of each day.
const DAYS: [(i8, i8, f64, f64); 19] = [
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
    (10, 19, 6888.0, 15.1),
    (10, 20, 6861.0, 15.6),
    (10, 21, 6840.0, 16.0),
    (10, 22, 6822.0, 16.2),
    (10, 23, 6835.0, 15.8),
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

/// A campaign from its opening to its close, with marks of every day.
pub fn campaign() -> Campaign {
    let sample = start();
    let mut made = Maker {
        campaign: Campaign {
            name: "SPX November condor, closed".to_owned(),
            positions: Vec::new(),
            trades: Vec::new(),
            notes: Vec::new(),
            journal: Arc::default(),
            next_id: 1,
            ..sample.clone()
        },
        sample,
    };
    let details = Details {
        setup: "16-delta condor, 4/4/2 layers".to_owned(),
        tags: vec!["condor".to_owned(), "sample".to_owned()],
        ..Details::default()
    };
    made.apply(Command::Journal(JournalCommand::SetDetails(details)));
    for (month, day, spx, vix) in DAYS {
        let on = date(2026, month, day);
        made.mark(on, spx, vix);
        match (month, day) {
            (9, 28) => made.open(on),
            (10, 7) => made.hold(on),
            (10, 15) => made.roll(on),
            (10, 20) => made.monetise(on),
            (10, 23) => made.close(on),
            _ => {}
        }
    }
    made.campaign.validate().expect("the sample is valid");
    made.campaign
}

struct Maker {
    campaign: Campaign,
    sample: Campaign,
}

impl Maker {
    /// Every contract that is ever held: the sample's, and the calls of the roll.
    fn contracts(&self) -> Vec<Contract> {
        let legs = self
            .sample
            .positions
            .iter()
            .flat_map(|position| &position.legs);
        let mut all: Vec<Contract> = legs.map(|leg| leg.contract).collect();
        for strike in [7130.0, 7180.0] {
            all.push(all[3].with_strike(strike).expect("a strike"));
        }
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

    fn price(&self, contract: &Contract) -> f64 {
        let mut quotes = self.campaign.marks.quotes.iter();
        let quote = quotes.find(|quote| quote.contract == *contract);
        quote.expect("it is quoted").mark.value()
    }

    /// A fill at the marks, worse by a nickel.
    fn fill(
        &self,
        (at, action): (DateTime, TradeAction),
        (contract, quantity): (Contract, i32),
        (position, layer): (u64, Option<LayerKind>),
    ) -> Trade {
        let worse = 0.05 * f64::from(quantity.signum());
        let price = hundredths((self.price(&contract) + worse).max(0.05));
        Trade {
            id: TradeId(0),
            at,
            action,
            contract,
            quantity,
            price,
            fees_usd: hundredths(
                self.campaign
                    .settings
                    .fees
                    .fees_usd(&contract, price, quantity, false),
            ),
            reason: String::new(),
            position: Some(PositionId(position)),
            layer,
            entry: None,
            key: String::new(),
        }
    }

    fn write(&mut self, entry: JournalEntry, fills: Vec<Trade>, opened: &[StructureRecord]) {
        let commands = fill_commands(&self.campaign, entry, fills, opened, true).expect("fits");
        self.apply(Command::Batch(commands));
    }

    fn open(&mut self, on: Date) {
        let at = on.at(14, 40, 0, 0);
        let condor = self.sample.positions[0].clone();
        let id = self.campaign.next_id;
        let fills = condor.legs.iter().map(|leg| {
            self.fill(
                (at, TradeAction::Open),
                (leg.contract, leg.quantity),
                (id, None),
            )
        });
        let fills: Vec<Trade> = fills.collect();
        let named = |id: u64, name: &str, role: Role| StructureRecord {
            id: PositionId(id),
            name: name.to_owned(),
            role,
        };
        let entry = JournalEntry {
            reason: "16 delta, 50 wide, 45 days: VIX 17, curve in contango".to_owned(),
            ..JournalEntry::new(
                at,
                Some(TradeAction::Open),
                "Condor 6,245 / 6,295 / 7,060 / 7,110",
            )
        };
        self.write(entry, fills, &[named(id, "Iron condor", Role::Condor)]);
        let at = on.at(14, 50, 0, 0);
        let next = self.campaign.next_id;
        let mut fills = Vec::new();
        let mut opened = Vec::new();
        for (id, layer) in (next..).zip(self.sample.positions[1..].to_vec()) {
            let kind = layer.role.layer();
            opened.push(named(id, &layer.name, layer.role));
            fills.extend(layer.legs.iter().map(|leg| {
                self.fill(
                    (at, TradeAction::Hedge),
                    (leg.contract, leg.quantity),
                    (id, kind),
                )
            }));
        }
        let entry = JournalEntry {
            reason: "The 4/4/2 unit, all three layers".to_owned(),
            ..JournalEntry::new(at, Some(TradeAction::Hedge), "VIX calls 18 / 21 / 23")
        };
        self.write(entry, fills, &opened);
    }

    fn hold(&mut self, on: Date) {
        let at = on.at(15, 0, 0, 0);
        let more = self.contracts()[4];
        let trade = ChoiceTrade {
            position: Some(self.position("First layer")),
            layer: Some(LayerKind::First),
            contract: more,
            quantity: 4,
            price: self.price(&more),
            fees_usd: 4.32,
        };
        let record = self.record(
            (
                "Hedge",
                "Net vega is outside its band: add to the First layer.",
                RuleKind::NetVegaBand,
            ),
            vec![
                choice("Hold", "Hold", Vec::new()),
                choice("Buy 4 more VIX 18 calls", "Hedge", vec![trade]),
            ],
            (1, 0),
        );
        let entry = JournalEntry {
            reason: "Vol has come in fast before: wait a day before paying up".to_owned(),
            tags: vec!["waited".to_owned()],
            source: EntrySource::Choice,
            decision: Some(Arc::new(record)),
            ..JournalEntry::new(at, None, "Hold")
        };
        self.apply(Command::Journal(JournalCommand::AddEntry(entry)));
    }

    fn roll(&mut self, on: Date) {
        let at = on.at(15, 0, 0, 0);
        let contracts = self.contracts();
        let condor = self.position("Iron condor");
        let legs = [
            (contracts[2], 10),
            (contracts[3], -10),
            (contracts[7], -10),
            (contracts[8], 10),
        ];
        let fills: Vec<Trade> = legs
            .iter()
            .map(|(contract, quantity)| {
                self.fill(
                    (at, TradeAction::Roll),
                    (*contract, *quantity),
                    (condor.0, None),
                )
            })
            .collect();
        let whole: Vec<ChoiceTrade> = self
            .campaign
            .position(condor)
            .expect("held")
            .legs
            .iter()
            .map(|leg| self.planned(leg.contract, -leg.quantity, condor))
            .collect();
        let taken = fills
            .iter()
            .map(|fill| self.planned(fill.contract, fill.quantity, condor))
            .collect();
        let record = self.record(
            ("Roll", "The short call stands at 0.27 delta, and a roll of the call side brings it back to 0.15 for less than a tenth of the credit.", RuleKind::Threatened),
            vec![choice("Hold", "Hold", Vec::new()), choice("Roll the calls to 7,130 / 7,180", "Roll", taken), choice("Close the condor", "Close", whole)],
            (1, 1),
        );
        let entry = JournalEntry {
            reason: "Short call under pressure; up 70 points for the same expiry".to_owned(),
            tags: vec!["roll".to_owned()],
            source: EntrySource::Choice,
            decision: Some(Arc::new(record)),
            ..JournalEntry::new(
                at,
                Some(TradeAction::Roll),
                "Calls 7,060 / 7,110 to 7,130 / 7,180",
            )
        };
        self.write(entry, fills, &[]);
    }

    fn monetise(&mut self, on: Date) {
        let at = on.at(14, 0, 0, 0);
        let first = self.position("First layer");
        let fill = self.fill(
            (at, TradeAction::Monetise),
            (self.contracts()[4], -4),
            (first.0, Some(LayerKind::First)),
        );
        let entry = JournalEntry {
            reason: "Expires tomorrow".to_owned(),
            ..JournalEntry::new(at, Some(TradeAction::Monetise), "VIX 18 calls sold")
        };
        self.write(entry, vec![fill], &[]);
    }

    fn close(&mut self, on: Date) {
        let at = on.at(15, 0, 0, 0);
        let held: Vec<(PositionId, Option<LayerKind>, Contract, i32)> =
            (self.campaign.positions.iter())
                .flat_map(|position| {
                    position.legs.iter().map(|leg| {
                        (
                            position.id,
                            position.role.layer(),
                            leg.contract,
                            leg.quantity,
                        )
                    })
                })
                .collect();
        let fills: Vec<Trade> = held
            .iter()
            .map(|(id, layer, contract, quantity)| {
                self.fill(
                    (at, TradeAction::Close),
                    (*contract, -quantity),
                    (id.0, *layer),
                )
            })
            .collect();
        let taken = held
            .iter()
            .map(|(id, _, contract, quantity)| self.planned(*contract, -quantity, *id))
            .collect();
        let record = self.record(
            (
                "Close",
                "A break-even stands inside one expected move, and most of the credit is earned.",
                RuleKind::BreakEvens,
            ),
            vec![
                choice("Hold", "Hold", Vec::new()),
                choice("Close everything", "Close", taken),
            ],
            (1, 1),
        );
        let entry = JournalEntry {
            source: EntrySource::Choice,
            decision: Some(Arc::new(record)),
            ..JournalEntry::new(at, Some(TradeAction::Close), "Everything closed")
        };
        self.write(entry, fills, &[]);
    }

    fn position(&self, name: &str) -> PositionId {
        let mut positions = self.campaign.positions.iter();
        positions
            .find(|position| position.name == name)
            .expect("held")
            .id
    }

    fn planned(&self, contract: Contract, quantity: i32, position: PositionId) -> ChoiceTrade {
        let price = self.price(&contract);
        ChoiceTrade {
            position: Some(position),
            layer: None,
            contract,
            quantity,
            price,
            fees_usd: self
                .campaign
                .settings
                .fees
                .fees_usd(&contract, price, quantity, false),
        }
    }

    /// A decision on the marks of the day: what the verdict took and what was taken are places among the choices.
    fn record(
        &self,
        (stance, sentence, rule): (&str, &str, RuleKind),
        choices: Vec<ChoiceRecord>,
        (advised, taken): (usize, usize),
    ) -> DecisionRecord {
        let Campaign {
            positions,
            model,
            settings,
            pack,
            ..
        } = &self.campaign;
        let moments = self.campaign.journal.moments.iter();
        let moment: MomentId = moments.last().expect("kept").id;
        DecisionRecord {
            program: "0.1.0".to_owned(),
            moment,
            positions: positions.clone(),
            model: model.clone(),
            settings: settings.clone(),
            pack: pack.clone(),
            facts: Vec::new(),
            findings: vec![FindingRecord {
                rule,
                state: "breach".to_owned(),
                stance: Some(stance.to_owned()),
                headline: format!("{stance} is asked for"),
                sentence: sentence.to_owned(),
                limits: Vec::<LimitRecord>::new(),
                distance: None,
                flips: String::new(),
            }],
            verdict: VerdictRecord {
                stance: stance.to_owned(),
                sentence: sentence.to_owned(),
                clause: None,
                because: vec![rule],
                against: Vec::new(),
                choice: Some(advised),
            },
            choices,
            taken: Some(taken),
        }
    }
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn choice(name: &str, stance: &str, trades: Vec<ChoiceTrade>) -> ChoiceRecord {
    let usd = |trade: &ChoiceTrade| {
        f64::from(trade.quantity) * trade.contract.multiplier() * trade.price + trade.fees_usd
    };
    ChoiceRecord {
        name: name.to_owned(),
        stance: stance.to_owned(),
        refused: None,
        cost_usd: hundredths(trades.iter().map(usd).sum()),
        friction_usd: hundredths(trades.iter().map(|trade| trade.fees_usd).sum()),
        trades,
        expected_pl_usd: 0.0,
        p05_usd: 0.0,
        worst_usd: 0.0,
        net_vega_points: None,
        theta_per_day_usd: 0.0,
        margin_usd: 0.0,
        break_evens: None,
        irr: None,
        score: None,
    }
}

#[test]
fn the_sample_is_a_whole_campaign_and_stands_in_its_file() {
    let campaign = campaign();
    let review = CampaignReview::with_steps(&campaign);
    assert!(campaign.positions.is_empty() && review.ledger.discrepancies.is_empty());
    assert_eq!(review.summary.rolls, 1);
    assert_eq!(review.steps.len(), 6);
    assert_eq!(review.attribution.total(), review.outcome.profit);
    let steps = &review.steps;
    assert!(steps[0].before.is_none() && steps[0].after.is_some());
    assert_eq!(steps[2].before, steps[2].after, "nothing was traded");
    // After the close every level of SPX pays the same: what was made, or lost.
    let last = steps[5].after.as_ref().expect("drawn");
    for usd in last.now_usd.iter().chain(&last.expiry_usd) {
        assert!((usd - review.outcome.profit.usd()).abs() < 0.02, "{usd}");
    }
    let entries: Vec<Option<EntryId>> = steps.iter().map(|step| step.entry).collect();
    assert!(entries.iter().all(Option::is_some));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/journal.ron");
    let text = campaign_to_ron(&campaign).expect("writes");
    if std::env::var_os(REWRITE).is_some() {
        std::fs::write(&path, &text).expect("writable");
    }
    let kept = std::fs::read_to_string(&path).expect("the sample is there");
    assert_eq!(kept, text, "run with {REWRITE}=1");
    assert_eq!(campaign_from_ron(&kept), Ok(campaign));
}
