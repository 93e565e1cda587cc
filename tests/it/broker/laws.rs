//! What holds for every text: nothing panics, no line is lost, a file imported twice brings nothing new.

use palisade::import::broker::{
    BrokerFile, ImportReview, ReadOptions, read_broker, recognise, reconcile,
};
use palisade::instrument::{Role, TradeAction};
use proptest::prelude::*;

use super::{FIXTURES, lines_where, read, text};

/// Everything that can be done with a file; fails where a law does.
fn exercise(file: &BrokerFile) {
    assert_eq!(file.lost_lines(), Vec::<u64>::new());
    assert!(file.fills.is_sorted_by_key(|fill| fill.at));
    assert!(
        file.fills
            .iter()
            .all(|fill| fill.quantity != 0 && fill.price >= 0.0 && fill.price.is_finite())
    );
    for check in reconcile(file) {
        assert!(check.difference_usd.is_finite(), "{check:?}");
    }
    let first = ImportReview::new(file, &[]);
    let mut seen: Vec<usize> = first
        .proposals
        .iter()
        .flat_map(|proposal| proposal.fills.clone())
        .collect();
    seen.sort_unstable();
    assert_eq!(
        seen,
        (0..first.fills.len()).collect::<Vec<_>>(),
        "every fill is in one proposal"
    );
    assert!(
        first
            .proposals
            .iter()
            .all(|proposal| proposal.campaign < first.campaigns.len())
    );
    let again = ImportReview::new(file, &first.included_keys());
    assert!(
        again
            .proposals
            .iter()
            .all(|proposal| proposal.duplicate && !proposal.include)
    );
    assert_eq!(again.included().count(), 0);
}

#[test]
fn a_file_imported_twice_proposes_nothing_new() {
    for (name, _) in FIXTURES {
        exercise(&read(name));
    }
}

#[test]
fn a_longer_export_brings_only_what_is_new() {
    let name = "tastytrade_21_columns_newest_first_settled_in_cash";
    let whole = read(name);
    // the export of a month before: without the settlements that stand on top
    let earlier = lines_where(&text(name), |line| !line.starts_with("2026-08"));
    let before = read_broker("f.csv", &earlier, &ReadOptions::default()).expect("reads");
    let known = ImportReview::new(&before, &[]).included_keys();
    let review = ImportReview::new(&whole, &known);
    let new: Vec<_> = review
        .included()
        .map(|proposal| (proposal.action, proposal.role, proposal.campaign))
        .collect();
    assert_eq!(new, [(TradeAction::Settle, Role::Condor, 0)]);
}

/// A text with some of its characters, cells or lines damaged.
fn damaged() -> impl Strategy<Value = String> {
    let edit = (
        any::<prop::sample::Index>(),
        0..7_u8,
        "[-+,\"($%.0-9A-Z é\u{feff}\n\r/]{0,6}",
    );
    (0..FIXTURES.len(), prop::collection::vec(edit, 1..8)).prop_map(|(fixture, edits)| {
        let mut lines: Vec<String> = text(FIXTURES[fixture].0)
            .lines()
            .map(str::to_owned)
            .collect();
        for (index, how, piece) in edits {
            let place = index.index(lines.len());
            let cells: Vec<String> = lines[place].split(',').map(str::to_owned).collect();
            let cell = index.index(cells.len());
            let with = |new: &str| {
                let mut cells = cells.clone();
                new.clone_into(&mut cells[cell]);
                cells.join(",")
            };
            match how {
                0 => lines[place] = with(&piece),
                1 => lines[place] = with(""),
                2 => lines.insert(place, piece),
                3 => lines.insert(place, lines[place].clone()),
                4 if lines.len() > 1 => drop(lines.remove(place)),
                5 => lines[place].push_str(&piece),
                _ => {
                    let other = lines.len() - 1 - place;
                    lines.swap(place, other);
                }
            }
        }
        lines.join("\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damage_is_told_and_never_fatal(text in damaged()) {
        if let Ok(file) = read_broker("f.csv", &text, &ReadOptions::default()) {
            exercise(&file);
        }
    }

    #[test]
    fn any_text_at_all_is_read_or_refused(text in "\\PC*") {
        prop_assert_eq!(recognise(&text).is_some(), read_broker("x", &text, &ReadOptions::default()).is_ok());
    }

    #[test]
    fn overrides_are_total(
        fixture in 0..FIXTURES.len(),
        steps in prop::collection::vec((0..8_u8, 0..9_u64, 0..9_u64), 0..12),
    ) {
        let mut review = ImportReview::new(&read(FIXTURES[fixture].0), &[]);
        let fills = review.fills.len();
        for (what, a, b) in steps {
            match what {
                0 => { review.set_action(a, TradeAction::Adjust); }
                1 => { review.set_role(a, Role::Other); }
                2 => { review.include(a, b % 2 == 0); }
                3 | 4 => { review.merge(a, b); }
                5 | 6 => { review.split(a, &[b as usize]); }
                _ => { review.move_to_campaign(a, b as usize); }
            }
        }
        let mut seen: Vec<usize> = review.proposals.iter().flat_map(|proposal| proposal.fills.clone()).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..fills).collect::<Vec<_>>());
        prop_assert!(review.proposals.iter().all(|proposal| proposal.campaign < review.campaigns.len()));
        let mut ids: Vec<u64> = review.proposals.iter().map(|proposal| proposal.id).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), review.proposals.len());
    }
}
