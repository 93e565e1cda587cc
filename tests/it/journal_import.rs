//! A broker's file under review: in the journal panel, and through the whole desk to the book and back.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::{DroppedFile, Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::app::Desk;
use palisade::document::journal::{
    Destination, EntrySource, ImportQueue, OtherCampaign, QueueEdit,
};
use palisade::document::{Campaign, Command, Store, load_campaign};
use palisade::import::broker::{ReadOptions, ReviewOptions, decode, read_broker};
use palisade::instrument::{Role, TradeAction};
use palisade::ui::panels::journal::journal_ui;
use palisade::ui::{Action, ImportEdit, JournalEdit, Workspace};

use crate::panel_host::{self, PanelHost};
use crate::support::{self, check_journal_picture, save_png};

const STATEMENT: &str = "thinkorswim_condor_in_two_verticals_rolled_with_layers.csv";
const POSITIONS: &str = "thinkorswim_positions_with_vix_and_a_future.csv";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/broker")
        .join(name)
}

fn queue(name: &str, campaign: &Campaign) -> ImportQueue {
    let text = decode(&fs::read(fixture(name)).expect("the fixture is there"));
    let file = read_broker(name, &text, &ReadOptions::default()).expect("it reads");
    ImportQueue::of(file, campaign, &[], ReviewOptions::default().layer_days)
}

/// A campaign that holds nothing.
fn empty() -> Campaign {
    let sample = PanelHost::sample().campaign().clone();
    Campaign::new("Imported", sample.marks.as_of, sample.marks)
}

fn panel<'a>(
    size: [f32; 2],
    theme: Theme,
    name: &str,
    campaign: Campaign,
) -> Harness<'a, PanelHost> {
    let mut host = PanelHost::of(campaign);
    host.import = Some(queue(name, host.campaign()));
    let mut h = panel_host::harness(size, theme, journal_ui, host);
    h.run();
    h
}

fn click(h: &mut Harness<'_, PanelHost>, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

#[test]
fn taken_over_fills_become_positions_that_add_up_to_the_fills() {
    let campaign = empty();
    let queue = queue(STATEMENT, &campaign);
    let taken = queue.for_here(&campaign).expect("it fits");
    assert!(taken.fills >= 8 && taken.unplaced == 0, "{taken:?}");
    let mut book = campaign;
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    for trade in &book.trades {
        let sum: i32 = (book.trades.iter())
            .filter(|other| other.contract == trade.contract)
            .map(|other| other.quantity)
            .sum();
        let legs = book.positions.iter().flat_map(|position| &position.legs);
        let held: i32 = legs
            .filter(|leg| leg.contract == trade.contract)
            .map(|leg| leg.quantity)
            .sum();
        assert_eq!(sum, held, "{}", trade.contract.label());
        assert!(trade.position.is_some() && !trade.key.is_empty());
        let entry = book.journal.entry(trade.entry.expect("an entry"));
        let source = &entry.expect("it is there").source;
        assert!(matches!(source, EntrySource::Import { file, .. } if file == STATEMENT));
    }
    let rolled = book
        .trades
        .iter()
        .filter(|trade| trade.action == TradeAction::Roll);
    let homes: Vec<_> = rolled.map(|trade| trade.position).collect();
    assert!(
        homes.len() >= 4 && homes.iter().all(|home| *home == homes[0]),
        "{homes:?}"
    );
    assert!(book.validate().is_ok());
}

#[test]
fn the_book_need_not_follow() {
    let campaign = empty();
    let mut queue = queue(STATEMENT, &campaign);
    queue.follows = false;
    let taken = queue.for_here(&campaign).expect("it fits");
    let mut book = campaign;
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    assert!(book.positions.is_empty() && book.trades.len() >= 8);
}

#[test]
fn rows_are_switched_changed_merged_and_split() {
    let mut h = panel([1120.0, 600.0], Theme::Dark, STATEMENT, empty());
    let before = h.state().import.clone().expect("a queue");
    let all = before.included_fills();
    let first = before.review.proposals[0].clone();
    let place = first.fills[0];
    h.query_all_by_label_contains("Take over Open")
        .next()
        .expect("a switch")
        .click();
    h.run();
    let now = h.state().import.clone().expect("a queue");
    assert_eq!(now.included_fills(), all - first.fills.len());
    h.query_all_by_label_contains("Fills of Open")
        .next()
        .expect("it opens")
        .click();
    h.run();
    save_png(&mut h, "import_queue_open");
    let split = h
        .query_all_by_label("Split off")
        .next()
        .expect("several fills");
    split.click();
    h.run();
    let now = h.state().import.clone().expect("a queue");
    assert_eq!(
        now.review.proposals.len(),
        before.review.proposals.len() + 1
    );
    assert_eq!(now.review.proposals[1].fills, [place]);
    let label = format!("Purpose of {}", now.review.proposals[1].structure);
    click(&mut h, &label);
    click(&mut h, "Third layer");
    let role = h.state().import.as_ref().expect("a queue").review.proposals[1].role;
    assert!(matches!(role, Role::Layer(_)), "{role:?}");
    click(&mut h, "Cancel import");
    let asked = h.state().other.last();
    assert_eq!(
        asked,
        Some(&Action::Journal(JournalEdit::Import(ImportEdit::Cancel)))
    );
}

#[test]
fn a_statement_of_positions_is_compared_and_added() {
    let mut h = panel([880.0, 420.0], Theme::Dark, POSITIONS, empty());
    let rows = h.state().import.as_ref().expect("a queue").holdings.len();
    assert!(rows > 2);
    h.query_all_by_label_contains("Add ")
        .next()
        .expect("a switch")
        .click();
    h.run();
    save_png(&mut h, "import_positions_dark");
    let queue = h.state().import.clone().expect("a queue");
    assert_eq!(queue.added_holdings(), 1);
    let mut book = h.state().campaign().clone();
    let taken = queue.for_here(&book).expect("it fits");
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    assert_eq!(book.positions.len(), 1);
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = panel([760.0, 400.0], theme, STATEMENT, empty());
        h.query_all_by_label_contains("Fills of Roll")
            .next()
            .expect("a roll")
            .click();
        h.run();
        check_journal_picture(&mut h, &format!("import-{name}"));
        let mut h = panel([1120.0, 480.0], theme, STATEMENT, empty());
        save_png(&mut h, &format!("import_queue_{name}"));
        let sample = PanelHost::sample().campaign().clone();
        let mut h = panel([760.0, 480.0], theme, STATEMENT, sample);
        save_png(&mut h, &format!("import_queue_narrow_{name}"));
        h.query_all_by_label_contains("Totals")
            .next()
            .expect("totals")
            .click();
        h.run();
        save_png(&mut h, &format!("import_totals_{name}"));
    }
}

const HEADS: &str = "time,root,kind,strike,expiry,quantity,price,fees,order,effect\n";
const OPENED: &str = "2026-06-24T10:15,SPXW,put,5590,2026-08-06,2,30.8,1,A1,open
2026-06-24T10:15,SPXW,put,5640,2026-08-06,-2,35.7,1,A1,open
2026-06-24T10:15,SPXW,call,6305,2026-08-06,-2,22.45,1,A1,open
2026-06-24T10:15,SPXW,call,6355,2026-08-06,2,15.25,1,A1,open
";
const CLOSED: &str = "2026-07-08T11:00,SPXW,put,5590,2026-08-06,-2,7.4,1,B1,close
2026-07-08T11:00,SPXW,put,5640,2026-08-06,2,14.1,1,B1,close
2026-07-08T11:00,SPXW,call,6305,2026-08-06,2,6.2,1,B1,close
2026-07-08T11:00,SPXW,call,6355,2026-08-06,-2,3.9,1,B1,close
";

fn read_rows(rows: &str) -> palisade::import::broker::BrokerFile {
    read_broker(
        "fills.csv",
        &format!("{HEADS}{rows}"),
        &ReadOptions::default(),
    )
    .expect("it reads")
}

fn queue_of(rows: &str, campaign: &Campaign, others: &[OtherCampaign]) -> ImportQueue {
    let days = ReviewOptions::default().layer_days;
    ImportQueue::of(read_rows(rows), campaign, others, days)
}

/// A campaign that holds the condor of [`OPENED`].
fn holding(name: &str) -> Campaign {
    let campaign = Campaign {
        name: name.to_owned(),
        ..empty()
    };
    let taken = queue_of(OPENED, &campaign, &[])
        .for_here(&campaign)
        .expect("it fits");
    let mut book = campaign;
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    assert_eq!(book.positions.len(), 1);
    book
}

#[test]
fn what_another_campaign_holds_of_a_statement_is_not_added_again() {
    let other = holding_puts("Other", &[-4]);
    let others = [OtherCampaign::of("other.ron", &other)];
    let rows = format!("2026-07-08T11:00,{PUT},2,14.1,1,C1,close\n");
    let mut file = read_rows(&rows);
    file.holdings.push(palisade::import::broker::BrokerHolding {
        line: 9,
        contract: file.fills[0].contract,
        quantity: -2,
        price: Some(35.7),
        mark: None,
        value_usd: None,
        profit_usd: None,
    });
    let days = ReviewOptions::default().layer_days;
    let mut queue = ImportQueue::of(file, &empty(), &others, days);
    let row = queue.holdings[0].clone();
    assert_eq!(
        (row.stated, row.held, row.elsewhere, row.filled),
        (-2, 0, -4, 2)
    );
    assert_eq!(row.difference(), 0);
    assert!(!queue.change(QueueEdit::Holding(0, true)));
    // left out, the fill leaves two too many elsewhere: nothing is lacking either
    let id = queue.review.proposals[0].id;
    assert!(queue.change(QueueEdit::Include(id, false)));
    assert!(queue.holdings[0].difference() == 2 && !queue.holdings[0].can_be_added());
}

#[test]
fn what_closes_a_position_of_another_file_goes_there() {
    let august = holding("August");
    let others = [OtherCampaign::of("august.ron", &august)];
    let here = empty();
    let mut queue = queue_of(CLOSED, &here, &others);
    let proposal = queue.review.proposals[0].clone();
    assert_eq!(
        (proposal.action, proposal.role),
        (TradeAction::Close, Role::Condor)
    );
    assert!(
        matches!(queue.destination(proposal.campaign), Destination::File(other) if other.file == "august.ron")
    );
    assert_eq!(queue.elsewhere(), [proposal.campaign]);
    assert_eq!(queue.for_here(&here).expect("it fits").fills, 0);
    let taken = queue
        .for_place(&august, proposal.campaign)
        .expect("it fits");
    assert_eq!((taken.fills, taken.unplaced), (4, 0));
    let mut book = august.clone();
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    assert!(book.positions.is_empty(), "the position closes there");
    // the reader may want it otherwise: then it stands without a position, and that is said
    assert!(queue.change(QueueEdit::Campaign(proposal.id, queue.here)));
    assert_eq!(queue.elsewhere(), [0; 0]);
    assert_eq!(queue.for_here(&here).expect("it fits").unplaced, 4);
    // a campaign that holds the same closes its own first
    let own = queue_of(CLOSED, &august, &others);
    assert_eq!(own.review.proposals[0].campaign, own.here);
    assert_eq!(own.elsewhere(), [0; 0]);
}

#[test]
fn an_export_that_overlaps_finds_its_openings_where_they_went() {
    let august = holding("August");
    let others = [OtherCampaign::of("august.ron", &august)];
    let here = empty();
    let queue = queue_of(&format!("{OPENED}{CLOSED}"), &here, &others);
    let [open, close] = &queue.review.proposals[..] else {
        panic!("an opening and a closing: {:?}", queue.review.proposals);
    };
    assert!(open.duplicate && !open.include && !close.duplicate && close.include);
    assert_eq!(open.campaign, close.campaign);
    assert!(matches!(
        queue.destination(close.campaign),
        Destination::File(_)
    ));
    let taken = queue.for_place(&august, close.campaign).expect("it fits");
    assert_eq!((taken.fills, taken.unplaced), (4, 0));
    // taken over, and the longer export comes again: nothing is new
    let mut book = august;
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    let others = [OtherCampaign::of("august.ron", &book)];
    let again = queue_of(&format!("{OPENED}{CLOSED}"), &here, &others);
    assert_eq!((again.included_fills(), again.duplicates()), (0, 2));
}

#[test]
fn one_expiry_in_two_campaigns_is_settled_in_both() {
    let (august, twin) = (holding("August"), holding("Twin"));
    let mut rows = CLOSED.replace("2026-07-08T11:00", "2026-08-06T16:00");
    for (from, to) in [(",-2,", ",-4,"), (",2,", ",4,"), ("B1,close", ",close")] {
        rows = rows.replace(from, to);
    }
    let others = [OtherCampaign::of("twin.ron", &twin)];
    let queue = queue_of(&rows, &august, &others);
    // four contracts of each leg: two are held here and two there
    let [place] = queue.elsewhere()[..] else {
        panic!("the twin: {:?}", queue.review.proposals);
    };
    let (here, there) = (
        queue.for_here(&august).expect("it fits"),
        queue.for_place(&twin, place).expect("it fits"),
    );
    let mut fees = 0.0;
    for (mut book, taken) in [(august, here), (twin, there)] {
        assert_eq!((taken.fills, taken.unplaced), (4, 0));
        book.apply(Command::Batch(taken.commands))
            .expect("it applies");
        assert_eq!(book.positions, [], "{} is settled", book.name);
        let settled = book.trades.iter().skip(4);
        fees += settled.map(|trade| trade.fees_usd).sum::<f64>();
    }
    assert!((fees - 4.0).abs() < 1e-9, "the fees are paid once: {fees}");
    let closed: Vec<i32> = (queue.review.matches.iter())
        .flat_map(|found| found.closed.iter().map(|(_, count)| count.abs()))
        .collect();
    assert_eq!(closed, [2; 8]);
}

const PUT: &str = "SPXW,put,5640,2026-08-06";

/// A campaign whose positions hold that many of one put each.
fn holding_puts(name: &str, counts: &[i32]) -> Campaign {
    let mut book = Campaign {
        name: name.to_owned(),
        ..empty()
    };
    for (number, count) in counts.iter().enumerate() {
        let rows = format!("2026-06-24T1{number}:15,{PUT},{count},35.7,1,{name}{number},open\n");
        let taken = queue_of(&rows, &empty(), &[]);
        let taken = taken.for_here(&book).expect("it fits");
        let mut taken = taken.commands;
        if number > 0 {
            // by hand a position of its own
            let mut own = book.positions[0].clone();
            own.name = format!("{name} {number}");
            own.legs[0].quantity = *count;
            taken = vec![Command::AddPosition(own)];
        }
        book.apply(Command::Batch(taken)).expect("it applies");
    }
    assert_eq!(book.positions.len(), counts.len());
    book
}

#[test]
fn one_fill_that_closes_two_campaigns_turns_neither_over() {
    let (first, second) = (holding_puts("A", &[-10]), holding_puts("B", &[-5]));
    let others = [OtherCampaign::of("b.ron", &second)];
    let rows = format!("2026-07-08T11:00,{PUT},15,14.1,1.01,C1,close\n");
    let queue = queue_of(&rows, &first, &others);
    let [place] = queue.elsewhere()[..] else {
        panic!("the other: {:?}", queue.review.proposals);
    };
    let mut fees = Vec::new();
    let mut after = Vec::new();
    for (book, place, count) in [(&first, queue.here, 10), (&second, place, 5)] {
        let taken = queue.for_place(book, place).expect("it fits");
        assert_eq!((taken.fills, taken.unplaced), (1, 0));
        let mut book = book.clone();
        book.apply(Command::Batch(taken.commands))
            .expect("it applies");
        assert_eq!(book.positions, []);
        let closing = book.trades.last().expect("a fill");
        assert_eq!(closing.quantity, count);
        fees.push(closing.fees_usd);
        after.push(book);
    }
    assert_eq!(fees, [0.67, 0.34]);
    // the same row again is known, in whichever campaign it is read
    let others = [OtherCampaign::of("b.ron", &after[1])];
    let again = queue_of(&rows, &after[0], &others);
    assert_eq!((again.included_fills(), again.duplicates()), (0, 1));
}

#[test]
fn one_fill_that_closes_two_new_campaigns_closes_both() {
    let condor = |strikes: [u32; 4], order: &str| {
        let legs = strikes
            .iter()
            .zip([("put", 1), ("put", -1), ("call", -1), ("call", 1)]);
        let rows: Vec<String> = legs.map(|(strike, (kind, count))| {
            format!(
                "2026-06-2{order}T10:15,SPXW,{kind},{strike},2026-08-06,{count},9,1,{order},open\n"
            )
        })
        .collect();
        rows.concat()
    };
    let (one, two) = (
        condor([5590, 5640, 6305, 6355], "4"),
        condor([5540, 5640, 6305, 6405], "5"),
    );
    let close = format!("2026-07-08T11:00,{PUT},2,14.1,1,C1,close\n");
    let queue = queue_of(&format!("{one}{two}{close}"), &empty(), &[]);
    let places: Vec<usize> = std::iter::once(queue.here)
        .chain(queue.elsewhere())
        .collect();
    assert_eq!(places.len(), 2, "{:?}", queue.review.proposals);
    for place in places {
        let taken = queue.for_place(&empty(), place).expect("it fits");
        assert_eq!((taken.fills, taken.unplaced), (5, 0));
        let mut book = empty();
        book.apply(Command::Batch(taken.commands))
            .expect("it applies");
        assert_eq!(book.positions[0].legs.len(), 3, "the short put is closed");
    }
}

#[test]
fn one_fill_that_closes_two_positions_of_a_campaign_closes_both() {
    for follows in [true, false] {
        let mut book = holding_puts("A", &[-10, -5]);
        let ids: Vec<_> = book.positions.iter().map(|held| held.id).collect();
        let rows = format!("2026-07-08T11:00,{PUT},17,14.1,1,C1,close\n");
        let mut queue = queue_of(&rows, &book, &[]);
        queue.follows = follows;
        let taken = queue.for_here(&book).expect("it fits");
        assert_eq!(taken.unplaced, 1, "two contracts close what nobody holds");
        book.apply(Command::Batch(taken.commands))
            .expect("it applies");
        assert_eq!(book.positions.len(), if follows { 0 } else { 2 });
        let closed = book.trades.iter().filter(|trade| trade.quantity > 0);
        let closed: Vec<_> = closed
            .map(|trade| (trade.position, trade.quantity))
            .collect();
        assert_eq!(closed, [(Some(ids[0]), 10), (Some(ids[1]), 5), (None, 2)]);
    }
}

#[test]
fn what_is_left_of_a_closing_fill_opens_a_position_of_its_own() {
    let mut book = holding_puts("A", &[-10]);
    let old = book.positions[0].id;
    let rows = format!("2026-07-08T11:00,{PUT},15,14.1,1,C1,\n");
    let taken = queue_of(&rows, &book, &[])
        .for_here(&book)
        .expect("it fits");
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    let [left] = &book.positions[..] else {
        panic!("one position: {:?}", book.positions);
    };
    assert_eq!((left.id == old, left.legs[0].quantity), (false, 5));
}

#[test]
fn another_format_or_a_hand_makes_a_fill_known_too() {
    let legacy = "Date/Time,Transaction Code,Transaction Subcode,Symbol,Buy/Sell,Open/Close,Quantity,Expiration Date,Strike,Call/Put,Price,Fees,Amount,Description,Account Reference
06/12/2018 11:05 AM,Trade,Buy to Open,VIX,Buy,Open,4,07/18/2018,17,C,1.10,8.58,-440,Bought 4 VIX 07/18/18 Call 17.00 @ 1.10,Individual...39
";
    let now = "Date,Type,Sub Type,Action,Symbol,Instrument Type,Description,Value,Quantity,Average Price,Commissions,Fees,Multiplier,Root Symbol,Underlying Symbol,Expiration Date,Strike Price,Call or Put,Order #,Total,Currency
2018-06-12T08:05:41-0700,Trade,Buy to Open,BUY_TO_OPEN,VIX   180718C00017000,Equity Option,Bought 4 VIX 07/18/18 Call 17.00 @ 1.10,-440.00,4,-110.00,-4.00,-4.58,100,VIX,VIX,7/18/18,17,CALL,31,-448.58,USD
2018-06-12T08:05:41-0700,Trade,Buy to Open,BUY_TO_OPEN,VIX   180718C00017000,Equity Option,Bought 4 VIX 07/18/18 Call 17.00 @ 1.10,-440.00,4,-110.00,-4.00,-4.58,100,VIX,VIX,7/18/18,17,CALL,32,-448.58,USD
";
    let read = |text: &str| read_broker("t.csv", text, &ReadOptions::default()).expect("it reads");
    let days = ReviewOptions::default().layer_days;
    let campaign = empty();
    let taken = ImportQueue::of(read(legacy), &campaign, &[], days);
    let taken = taken.for_here(&campaign).expect("it fits");
    let mut book = campaign;
    book.apply(Command::Batch(taken.commands))
        .expect("it applies");
    let again = ImportQueue::of(read(now), &book, &[], days);
    let known: Vec<bool> = again
        .review
        .proposals
        .iter()
        .map(|known| known.duplicate)
        .collect();
    assert_eq!(known, [true, false], "one trade makes one fill known");
    // written by hand it has neither key nor the same minute
    let mut hand = book;
    for trade in &mut hand.trades {
        trade.key.clear();
        trade.at = trade.at.date().at(15, 59, 0, 0);
    }
    let by_hand = ImportQueue::of(read(now), &hand, &[], days);
    assert_eq!(by_hand.duplicates(), 1);
}

/// Every sample of the formats, where there are some: read whole, reconciled, grouped, and taken over.
#[test]
#[expect(clippy::print_stdout, reason = "a test that did not run must say so")]
fn real_samples_come_through_the_queue() {
    let Some(data) = std::env::var_os("PALISADE_DATA") else {
        println!("skipped: PALISADE_DATA names no folder with formats/");
        return;
    };
    let samples: [(&str, &[&str], usize); 6] = [
        (
            "tos_account_statement_closed.csv",
            &["Open | Other | 2 fills", "Close | Other | 2 fills"],
            0,
        ),
        ("tos_account_statement_open.csv", &[], 8),
        ("tos_position_statement.csv", &[], 6),
        ("one_detail_report.csv", &["Open | Other | 3 fills"], 0),
        ("tastytrade_history_v1_18col_2023.csv", &[], 0),
        ("tastytrade_history_v2_21col.csv", &[], 0),
    ];
    for (name, expected, held) in samples {
        let bytes = fs::read(Path::new(&data).join("formats").join(name)).expect(name);
        let file = read_broker(name, &decode(&bytes), &ReadOptions::default()).expect(name);
        assert_eq!(file.problems, [], "{name}");
        assert_eq!(file.lost_lines(), [0; 0], "{name}");
        let campaign = empty();
        let days = ReviewOptions::default().layer_days;
        let queue = ImportQueue::of(file.clone(), &campaign, &[], days);
        // rows were cut out of these, and their balances and commissions say so
        let disagreeing = match name {
            "tos_account_statement_closed.csv" => 2,
            "one_detail_report.csv" => 1,
            _ => 0,
        };
        assert_eq!(
            queue.disagreeing(),
            disagreeing,
            "{name}: {:?}",
            queue.checks
        );
        assert_eq!(queue.holdings.len(), held, "{name}");
        let told: Vec<String> = (queue.review.proposals.iter())
            .map(|known| {
                let (action, role) = (known.action.label(), known.role.label());
                format!("{action} | {role} | {} fills", known.fills.len())
            })
            .collect();
        assert_eq!(told, expected, "{name}");
        let taken = queue.for_here(&campaign).expect(name);
        assert_eq!(taken.unplaced, 0, "{name}");
        let mut book = campaign;
        book.apply(Command::Batch(taken.commands)).expect(name);
        let again = ImportQueue::of(file, &book, &[], days);
        assert_eq!(
            again.included_fills(),
            0,
            "{name}: all is known the second time"
        );
    }
}

type Window = Harness<'static, Desk>;

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn import(h: &mut Window) {
    let file = Arc::new(Dropped(fixture(STATEMENT)));
    h.input_mut().dropped_files.push(file);
    h.run_steps(1);
    let is_there = |h: &Window| h.query_by_label("Cancel import").is_some();
    for _ in 0..300 {
        if is_there(h) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        h.run_steps(1);
    }
    assert!(is_there(h), "the file comes under review");
    h.run_steps(2);
}

fn press(h: &mut Window, held: Modifiers, key: Key) {
    h.key_press_modifiers(held, key);
    h.run_steps(3);
}

#[test]
fn a_dropped_file_is_taken_over_undone_and_known_when_it_comes_again() {
    let own = tempfile::tempdir().expect("a folder");
    let store = Store::open_at(own.path()).expect("the folder opens");
    let builder = support::builder([1440.0, 1600.0], Theme::Dark).with_max_steps(20);
    let mut h: Window = builder.build_eframe(|creation| {
        Desk::new(&creation.egui_ctx, Some(store), Workspace::default(), None)
    });
    h.run_steps(4);
    press(&mut h, Modifiers::COMMAND, Key::N);
    assert!(h.state().session().campaign().trades.is_empty());
    import(&mut h);
    save_png(&mut h, "desk_import");
    let take = h.query_all_by_label_contains("Take over ").find(|node| {
        use egui_kittest::kittest::NodeT as _;
        node.accesskit_node()
            .label()
            .is_some_and(|label| label.ends_with("fills"))
    });
    take.expect("the button").click();
    h.run_steps(4);
    assert!(
        h.query_by_label("Cancel import").is_none(),
        "the queue is done"
    );
    let trades = h.state().session().campaign().trades.len();
    assert!(trades >= 8, "{trades}");
    let files = fs::read_dir(own.path().join("campaigns")).expect("the folder");
    let others: usize = files
        .filter_map(|file| load_campaign(&file.expect("a file").path()).ok())
        .map(|campaign| campaign.trades.len())
        .sum();
    press(&mut h, Modifiers::COMMAND, Key::Z);
    assert!(h.state().session().campaign().trades.is_empty(), "one step");
    assert!(h.state().session().campaign().positions.is_empty());
    press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(h.state().session().campaign().trades.len(), trades);
    import(&mut h);
    assert!(
        h.query_by_label("Take over 0 fills").is_some(),
        "all {others} others are known too"
    );
    h.get_by_label("Cancel import").click();
    h.run_steps(3);
    assert_eq!(h.state().session().campaign().trades.len(), trades);
}

/// The whole desk: a closing goes into the file of the campaign that holds the position, and comes out again.
#[test]
fn a_closing_is_written_into_another_file_and_taken_back() {
    let own = tempfile::tempdir().expect("a folder");
    let store = Store::open_at(own.path()).expect("the folder opens");
    let file = own.path().join("campaigns/august.ron");
    palisade::document::save_campaign(&file, &holding("August")).expect("it is saved");
    let before = fs::read(&file).expect("it is there");
    let rows = own.path().join("fills.csv");
    fs::write(&rows, format!("{HEADS}{OPENED}{CLOSED}")).expect("writable");
    let builder = support::builder([1440.0, 900.0], Theme::Dark).with_max_steps(20);
    let mut h: Window = builder.build_eframe(|creation| {
        Desk::new(&creation.egui_ctx, Some(store), Workspace::default(), None)
    });
    h.run_steps(4);
    press(&mut h, Modifiers::COMMAND, Key::N);
    h.input_mut().dropped_files.push(Arc::new(Dropped(rows)));
    h.run_steps(1);
    for _ in 0..300 {
        if h.query_by_label("Cancel import").is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        h.run_steps(1);
    }
    h.run_steps(2);
    let says = |h: &Window, words: &str| h.query_all_by_label_contains(words).next().is_some();
    save_png(&mut h, "desk_import_elsewhere");
    assert!(says(&h, "Goes into the file of August as well"));
    h.get_by_label("Take over 4 fills").click();
    h.run_steps(4);
    assert!(says(&h, "4 fills into August (august.ron)"));
    let after = load_campaign(&file).expect("it reads");
    assert!(after.positions.is_empty(), "closed where it was held");
    assert_eq!(after.trades.len(), 8);
    assert!(h.state().session().campaign().trades.is_empty());
    h.get_by_label("Take back").click();
    h.run_steps(4);
    assert!(says(&h, "The import is taken back"));
    assert_eq!(fs::read(&file).expect("it is there"), before);
}

/// A file that somebody else has changed meanwhile is not overwritten, and nothing else is written then.
#[test]
fn what_has_changed_since_is_not_taken_back() {
    let own = tempfile::tempdir().expect("a folder");
    let store = Store::open_at(own.path()).expect("the folder opens");
    let file = own.path().join("campaigns/august.ron");
    palisade::document::save_campaign(&file, &holding("August")).expect("it is saved");
    let rows = own.path().join("fills.csv");
    fs::write(&rows, format!("{HEADS}{CLOSED}")).expect("writable");
    let builder = support::builder([1440.0, 900.0], Theme::Dark).with_max_steps(20);
    let mut h: Window = builder.build_eframe(|creation| {
        Desk::new(&creation.egui_ctx, Some(store), Workspace::default(), None)
    });
    h.run_steps(4);
    press(&mut h, Modifiers::COMMAND, Key::N);
    h.input_mut().dropped_files.push(Arc::new(Dropped(rows)));
    h.run_steps(1);
    for _ in 0..300 {
        if h.query_by_label("Cancel import").is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        h.run_steps(1);
    }
    h.run_steps(2);
    h.get_by_label("Take over 4 fills").click();
    h.run_steps(4);
    let mut changed = load_campaign(&file).expect("it reads");
    changed.name = "August, by hand".to_owned();
    palisade::document::save_campaign(&file, &changed).expect("it is saved");
    h.get_by_label("Take back").click();
    h.run_steps(4);
    let stays = h
        .query_all_by_label_contains("august.ron has changed since")
        .next();
    assert!(stays.is_some());
    assert_eq!(load_campaign(&file).expect("it reads"), changed);
}

/// A desk whose folder has the campaign of [`holding`] in a file, with those rows read and taken over into an empty
/// campaign and that file.
fn taken_over(own: &Path, rows: &str) -> (Window, PathBuf) {
    let store = Store::open_at(own).expect("the folder opens");
    let file = own.join("campaigns/august.ron");
    palisade::document::save_campaign(&file, &holding("August")).expect("it is saved");
    let path = own.join("fills.csv");
    fs::write(&path, format!("{HEADS}{rows}")).expect("writable");
    let builder = support::builder([1440.0, 900.0], Theme::Dark).with_max_steps(20);
    let mut h: Window = builder.build_eframe(|creation| {
        Desk::new(&creation.egui_ctx, Some(store), Workspace::default(), None)
    });
    h.run_steps(4);
    press(&mut h, Modifiers::COMMAND, Key::N);
    h.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    wait_for(&mut h, "Cancel import");
    let take = h.query_all_by_label_contains("Take over ").find(|node| {
        use egui_kittest::kittest::NodeT as _;
        let label = node.accesskit_node().label();
        label.is_some_and(|label| label.ends_with("fills"))
    });
    take.expect("the button").click();
    h.run_steps(4);
    (h, file)
}

fn wait_for(h: &mut Window, words: &str) {
    for _ in 0..300 {
        h.run_steps(1);
        if says(h, words) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    h.run_steps(2);
    assert!(says(h, words), "{words}");
}

fn says(h: &Window, words: &str) -> bool {
    h.query_all_by_label_contains(words).next().is_some()
}

const OPENED_HERE: &str = "2026-07-08T11:30,SPXW,put,5300,2026-09-03,-1,20,1,D1,open
2026-07-08T11:30,SPXW,put,5250,2026-09-03,1,16,1,D1,open
";

#[test]
fn a_step_that_is_undone_already_leaves_the_files_to_be_taken_back() {
    let own = tempfile::tempdir().expect("a folder");
    let (mut h, file) = taken_over(own.path(), &format!("{CLOSED}{OPENED_HERE}"));
    assert_eq!(h.state().session().campaign().trades.len(), 2);
    assert!(says(&h, "undo takes back this campaign's part alone"));
    press(&mut h, Modifiers::COMMAND, Key::Z);
    assert!(h.state().session().campaign().trades.is_empty());
    assert_eq!(load_campaign(&file).expect("it reads").trades.len(), 8);
    h.get_by_label("Take back").click();
    h.run_steps(4);
    assert!(says(&h, "The import is taken back"));
    assert_eq!(load_campaign(&file).expect("it reads").trades.len(), 4);
    assert!(h.state().session().campaign().trades.is_empty());
}

#[test]
fn a_file_that_is_open_in_another_desk_is_not_taken_back_under_it() {
    let own = tempfile::tempdir().expect("a folder");
    let (mut h, file) = taken_over(own.path(), &format!("{CLOSED}{OPENED_HERE}"));
    let store = Store::open_at(own.path()).expect("the folder opens");
    let lock = store.lock(&store.home_of(&file));
    assert!(matches!(lock, palisade::document::LockState::Held(_)));
    h.get_by_label("Take back").click();
    h.run_steps(4);
    assert!(says(&h, "august.ron is open in another desk"));
    assert_eq!(load_campaign(&file).expect("it reads").trades.len(), 8);
    assert_eq!(h.state().session().campaign().trades.len(), 2);
    drop(lock);
}

#[test]
fn nothing_is_taken_back_in_a_what_if() {
    let own = tempfile::tempdir().expect("a folder");
    let (mut h, file) = taken_over(own.path(), &format!("{CLOSED}{OPENED_HERE}"));
    press(&mut h, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    assert!(h.state().session().is_what_if());
    h.get_by_label("Take back").click();
    h.run_steps(4);
    assert!(says(&h, "leave the what-if first"));
    assert_eq!(load_campaign(&file).expect("it reads").trades.len(), 8);
    assert_eq!(h.state().session().campaign().trades.len(), 2);
}

#[test]
fn nothing_is_taken_over_while_a_file_is_read() {
    let mut h = panel([1120.0, 600.0], Theme::Dark, STATEMENT, empty());
    let is_off = |h: &Harness<'_, PanelHost>| {
        use egui_kittest::kittest::NodeT as _;
        let mut takes = h.query_all_by_label_contains("Take over ");
        let take = takes.find(|node| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.ends_with("fills"))
        });
        take.expect("the button").accesskit_node().is_disabled()
    };
    assert!(!is_off(&h));
    h.state_mut().reading = Some("next.csv".to_owned());
    h.run();
    assert!(is_off(&h));
}

/// Two files at once, the second asked for while the first is read: the last one comes under review.
#[test]
fn a_file_that_is_dropped_while_another_is_read_comes_after_it() {
    let own = tempfile::tempdir().expect("a folder");
    let store = Store::open_at(own.path()).expect("the folder opens");
    let builder = support::builder([1440.0, 900.0], Theme::Dark).with_max_steps(20);
    let mut h: Window = builder.build_eframe(|creation| {
        Desk::new(&creation.egui_ctx, Some(store), Workspace::default(), None)
    });
    h.run_steps(4);
    press(&mut h, Modifiers::COMMAND, Key::N);
    for (name, rows) in [("first.csv", OPENED), ("second.csv", OPENED_HERE)] {
        let path = own.path().join(name);
        fs::write(&path, format!("{HEADS}{rows}")).expect("writable");
        h.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    }
    wait_for(&mut h, "Take over 2 fills");
}
