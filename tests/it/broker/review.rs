//! Proposals: what fills are taken to mean, and that all of it can be overridden.

use jiff::civil::date;
use palisade::import::broker::{
    BrokerFile, HeldLot, ImportReview, ReadOptions, ReviewOptions, read_broker,
};
use palisade::instrument::{Contract, LayerKind, Right, Role, Root, TradeAction, TradeId};

use super::read;

const HEADER: &str = "time,root,kind,strike,expiry,quantity,price,fees,order,effect\n";

fn fills(rows: &str) -> BrokerFile {
    let text = format!("{HEADER}{rows}");
    let file = read_broker("f.csv", &text, &ReadOptions::default()).expect("reads");
    assert_eq!(file.problems, []);
    file
}

/// `action role structure campaign`, one per proposal.
fn told(review: &ImportReview) -> Vec<String> {
    let one = |proposal: &palisade::import::broker::Proposal| {
        let (action, role) = (proposal.action, proposal.role.label());
        format!(
            "{action} | {role} | {} | {}",
            proposal.structure, proposal.campaign
        )
    };
    review.proposals.iter().map(one).collect()
}

#[test]
fn a_condor_its_roll_and_its_layers_are_one_campaign() {
    let file = read("thinkorswim_condor_in_two_verticals_rolled_with_layers");
    let review = ImportReview::new(&file, &[]);
    assert_eq!(
        told(&review),
        [
            "Open | Condor | Iron condor SPXW 6 Aug 26 5590/5640/6305/6355 | 0",
            "Hedge | First layer | VIX 22 Jul 26 22 C | 0",
            "Hedge | Second layer | VIX 21 Oct 26 24 C | 0",
            "Open | Other | SPX 17 Jul 26 5,500 P | 1",
            "Hedge | First layer | VX 19 Aug 26 | 0",
            "Roll | Condor | Put vertical SPXW 20 Aug 26 5450/5500 | 0",
            "Settle | Other | SPX 17 Jul 26 5,500 P | 1",
            "Settle | First layer | VIX 22 Jul 26 22 C | 0",
        ]
    );
    let roll = &review.proposals[5];
    assert_eq!(
        roll.fills.len(),
        4,
        "what closes and what opens are one action"
    );
    assert_eq!(
        review.realised_usd(roll.id).map(f64::round),
        Some(-1800.0),
        "the loss is not hidden"
    );
    assert_eq!(review.premium_usd(roll.id).round(), -3100.0);
    assert!((review.fees_usd(roll.id) - 48.04).abs() < 1e-9);
    assert_eq!(review.realised_usd(0), None);
    let legs = review.legs(0);
    assert_eq!((legs.len(), legs[0].fees_usd), (4, 12.02));
    let trades = review.trades(1, TradeId(7));
    assert_eq!(
        (trades.len(), trades[0].id, trades[0].action),
        (1, TradeId(7), TradeAction::Hedge)
    );
    assert_eq!(
        (trades[0].layer, trades[0].check()),
        (Some(LayerKind::First), Ok(()))
    );
}

#[test]
fn settlements_end_what_was_opened() {
    let review = ImportReview::new(
        &read("tastytrade_21_columns_newest_first_settled_in_cash"),
        &[],
    );
    assert_eq!(
        told(&review),
        [
            "Open | Condor | Iron condor SPXW 6 Aug 26 5590/5640/6305/6355 | 0",
            "Hedge | Second layer | VIX 21 Oct 26 24 C | 0",
            "Hedge | First layer | VX 19 Aug 26 | 0",
            "Settle | Condor | Iron condor SPXW 6 Aug 26 5590/5640/6305/6355 | 0",
        ]
    );
    // 2 420 dollars of credit, 3 000 paid
    assert_eq!(review.realised_usd(3).map(f64::round), Some(-580.0));
}

#[test]
fn trades_of_a_report_are_campaigns_with_their_names() {
    let review = ImportReview::new(&read("one_report_two_trades_with_stock"), &[]);
    assert_eq!(
        told(&review),
        [
            "Open | Condor | Iron condor SPXW 6 Aug 26 5590/5640/6305/6355 | 0",
            "Open | Other | 2 legs of SPX 18 Sep 26 | 1",
            "Close | Condor | Iron condor SPXW 6 Aug 26 5590/5640/6305/6355 | 0",
        ]
    );
    let names: Vec<_> = review
        .campaigns
        .iter()
        .map(|campaign| campaign.name.as_str())
        .collect();
    assert_eq!(names, ["August, condor", "Tail"]);
    assert_eq!(review.realised_usd(2).map(f64::round), Some(1500.0));
}

const LEGS: &str = "\
2026-06-24T10:15,SPXW,put,5640,2026-08-06,-1,35.7,1,,open
2026-06-24T10:16,SPXW,put,5590,2026-08-06,1,30.8,1,,open
2026-06-24T10:18,SPXW,call,6305,2026-08-06,-1,22.45,1,,open
2026-06-24T10:21,SPXW,call,6355,2026-08-06,1,15.25,1,,open
";

#[test]
fn legs_traded_one_by_one_within_minutes_make_a_condor() {
    let review = ImportReview::new(&fills(LEGS), &[]);
    assert_eq!(
        told(&review),
        ["Open | Condor | Iron condor SPXW 6 Aug 26 5590/5640/6305/6355 | 0"]
    );
    let narrow = ReviewOptions {
        merge_seconds: 60,
        window_seconds: 10,
        ..ReviewOptions::default()
    };
    let apart = ImportReview::with_options(&fills(LEGS), &[], &narrow);
    assert_eq!(apart.proposals.len(), 4, "the windows are the caller's");
}

#[test]
fn two_orders_that_move_a_side_are_a_roll_and_two_that_end_a_condor_one_closing() {
    let close = "\
2026-07-08T11:00,SPXW,put,5640,2026-08-06,1,14.1,1,B1,close
2026-07-08T11:00,SPXW,put,5590,2026-08-06,-1,7.4,1,B1,close
";
    let open = "\
2026-07-08T11:04,SPXW,put,5500,2026-08-20,-1,12.3,1,B2,open
2026-07-08T11:04,SPXW,put,5450,2026-08-20,1,8.7,1,B2,open
";
    let calls = "\
2026-07-08T11:06,SPXW,call,6305,2026-08-06,1,5.1,1,B3,close
2026-07-08T11:06,SPXW,call,6355,2026-08-06,-1,2.2,1,B3,close
";
    let rolled = ImportReview::new(&fills(&format!("{LEGS}{close}{open}")), &[]);
    assert_eq!(
        told(&rolled)[1..],
        ["Roll | Condor | Put vertical SPXW 20 Aug 26 5450/5500 | 0"]
    );
    let ended = ImportReview::new(&fills(&format!("{LEGS}{close}{calls}")), &[]);
    assert_eq!(
        told(&ended)[1..],
        ["Close | Condor | Iron condor SPXW 6 Aug 26 5590/5640/6305/6355 | 0"]
    );
    let half = ImportReview::new(
        &fills(&format!(
            "{}{}",
            LEGS.replace(",-1,", ",-2,")
                .replace(",1,30", ",2,30")
                .replace(",1,15", ",2,15"),
            close
        )),
        &[],
    );
    assert_eq!(
        half.proposals[1].action,
        TradeAction::Trim,
        "some of it is left"
    );
}

#[test]
fn layers_go_by_the_nearest_days_and_each_expiry_is_its_own() {
    let rows = "\
2026-06-24T10:40,VIX,call,22,2026-07-22,4,1.09,1,,open
2026-06-24T10:40,VIX,call,24,2026-10-21,4,2.17,1,,open
2026-06-24T10:40,VIX,call,26,2027-01-20,2,2.60,1,,open
";
    let review = ImportReview::new(&fills(rows), &[]);
    let roles: Vec<_> = review
        .proposals
        .iter()
        .map(|proposal| proposal.role)
        .collect();
    assert_eq!(
        roles,
        [LayerKind::First, LayerKind::Second, LayerKind::Third].map(Role::Layer)
    );
    let days = [
        (LayerKind::First, 110),
        (LayerKind::Second, 400),
        (LayerKind::Third, 900),
    ];
    let other = ReviewOptions {
        layer_days: days,
        ..ReviewOptions::default()
    };
    let review = ImportReview::with_options(&fills(rows), &[], &other);
    assert!(
        review.proposals[..2]
            .iter()
            .all(|proposal| proposal.role == Role::Layer(LayerKind::First))
    );
}

#[test]
fn closings_match_what_the_caller_holds() {
    let rows = "2026-07-08T11:00,SPXW,put,5640,2026-08-06,1,14.1,1,B1,close\n";
    let contract =
        Contract::option(Root::Spxw, date(2026, 8, 6), 5640.0, Right::Put).expect("valid");
    let lot = HeldLot {
        contract,
        quantity: -1,
        price: 35.7,
        position: palisade::instrument::PositionId(1),
        name: "August".to_owned(),
        role: Role::Condor,
        campaign: Some("c1".to_owned()),
        is_elsewhere: false,
    };
    let options = ReviewOptions {
        held: vec![lot],
        ..ReviewOptions::default()
    };
    let review = ImportReview::with_options(&fills(rows), &[], &options);
    assert_eq!(told(&review), ["Close | Condor | August | 0"]);
    assert_eq!(review.campaigns[0].id.as_deref(), Some("c1"));
    assert_eq!(review.realised_usd(0).map(f64::round), Some(2160.0));
    let alone = ImportReview::new(&fills(rows), &[]);
    assert_eq!(
        (told(&alone)[0].as_str(), alone.realised_usd(0)),
        ("Close | Other | SPXW 6 Aug 26 5,640 P | 0", None)
    );
}

#[test]
fn a_condor_that_was_opened_before_the_file_is_still_seen_to_be_one() {
    let closed = LEGS
        .replace(",-1,", ",+,")
        .replace(",1,3", ",-1,3")
        .replace(",1,1", ",-1,1")
        .replace(",+,", ",1,")
        .replace("open", "close");
    let review = ImportReview::new(
        &fills(
            &closed
                .replace("T10:16", "T10:15")
                .replace("T10:18", "T10:15")
                .replace("T10:21", "T10:15"),
        ),
        &[],
    );
    assert_eq!(
        told(&review),
        ["Close | Condor | Iron condor SPXW 6 Aug 26 5590/5640/6305/6355 | 0"]
    );
}

#[test]
fn everything_can_be_overridden() {
    let file = read("thinkorswim_condor_in_two_verticals_rolled_with_layers");
    let mut review = ImportReview::new(&file, &[]);
    assert!(review.set_action(1, TradeAction::Open) && review.set_role(1, Role::Other));
    assert!(review.set_structure(1, "Mine") && review.include(1, false));
    let changed = review.proposal(1).expect("there");
    assert_eq!(
        (
            changed.action,
            changed.role,
            changed.structure.as_str(),
            changed.include
        ),
        (TradeAction::Open, Role::Other, "Mine", false)
    );
    assert!(review.move_to_campaign(1, 1));
    assert_eq!(
        review.proposal(1).map(|proposal| proposal.campaign),
        Some(1)
    );
    assert!(
        review.move_to_campaign(1, 2),
        "the place after the last is a new campaign"
    );
    assert_eq!(
        (review.campaigns.len(), review.campaigns[2].name.as_str()),
        (3, "Mine")
    );
    assert!(!review.move_to_campaign(1, 9));
}

#[test]
fn proposals_are_split_and_merged() {
    let file = read("thinkorswim_condor_in_two_verticals_rolled_with_layers");
    let mut review = ImportReview::new(&file, &[]);
    // the condor apart into its verticals, and together again
    let new = review.split(0, &[2, 3]).expect("two of four");
    let parts: Vec<_> = [0, new]
        .map(|id| review.proposal(id).expect("there").structure.clone())
        .to_vec();
    assert_eq!(
        parts,
        [
            "Put vertical SPXW 6 Aug 26 5590/5640",
            "Call vertical SPXW 6 Aug 26 6305/6355"
        ]
    );
    assert!(review.merge(0, new));
    assert_eq!(
        review.proposal(0).map(|proposal| proposal.fills.clone()),
        Some(vec![0, 1, 2, 3])
    );
    assert_eq!(review.proposal(new), None);

    // merging what closes into what opens makes a roll of it
    assert!(review.split(5, &[10, 11]).is_some_and(|opening| {
        review.proposal(5).map(|proposal| proposal.action) == Some(TradeAction::Close)
            && review.proposal(opening).map(|proposal| proposal.action) == Some(TradeAction::Open)
            && review.merge(5, opening)
            && review.proposal(5).map(|proposal| proposal.action) == Some(TradeAction::Roll)
    }));

    // what makes no sense changes nothing
    let before = review.clone();
    assert!(
        !review.merge(0, 0) && !review.merge(0, 99) && !review.set_action(99, TradeAction::Roll)
    );
    assert!(
        !review.include(99, true)
            && !review.set_role(99, Role::Other)
            && !review.set_structure(99, "x")
    );
    assert_eq!(
        (
            review.split(0, &[]),
            review.split(0, &[0, 1, 2, 3]),
            review.split(0, &[7])
        ),
        (None, None, None)
    );
    assert_eq!(review, before);
}

#[test]
fn duplicates_are_left_out_and_can_be_taken_in() {
    let file = read("thinkorswim_condor_in_two_verticals_rolled_with_layers");
    let known: Vec<_> = file.fills[..4].iter().map(|fill| fill.key).collect();
    let mut review = ImportReview::new(&file, &known);
    assert_eq!(
        review
            .proposals
            .iter()
            .filter(|proposal| proposal.duplicate)
            .count(),
        1
    );
    assert!(!review.proposals[0].include && review.proposals[1].include);
    assert_eq!(
        review.proposals[5].action,
        TradeAction::Roll,
        "known fills still are what later ones close"
    );
    assert!(!review.merge(0, 1), "known and new fills stay apart");
    assert!(review.include(0, true));
    assert_eq!(review.included_keys().len(), file.fills.len());
}
