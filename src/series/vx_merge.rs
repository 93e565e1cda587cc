//! Several files' rows of VIX futures → one history, by the rule of [`super::builder`].

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::builder::{Overlap, VxSource};
use super::dated::Gap;
use super::library::{Provenance, SourceUse};
use super::problem::{LibraryProblem, Severity};
use super::vx::{VxBar, VxContract, VxHistory};

/// Two sources of a future's price that differ by no more say the same: one tick of the contract, and
/// the half tick of sources that give a mid.
const TOLERANCE_POINTS: f64 = 0.1;

/// Days between two curves beyond which something is missing.
const LONGEST_STEP_DAYS: i32 = 7;

/// Merges rows contract by contract; differences are noted once a file.
pub(super) fn merge(
    sources: Vec<VxSource>,
    problems: &mut Vec<LibraryProblem>,
) -> (VxHistory, Provenance) {
    let mut by_expiry: BTreeMap<Date, Vec<VxSource>> = BTreeMap::new();
    for source in sources {
        let expiry = source.contract.expiry;
        by_expiry.entry(expiry).or_default().push(source);
    }
    let mut uses: BTreeMap<(u8, String), (SourceUse, Overlap)> = BTreeMap::new();
    let mut contracts = Vec::with_capacity(by_expiry.len());
    for (expiry, mut sources) in by_expiry {
        sources.sort_by(|a, b| (a.rank, &a.file).cmp(&(b.rank, &b.file)));
        let mut contract = VxContract {
            expiry,
            bars: Vec::new(),
            final_settlement: None,
        };
        for source in sources {
            let key = (source.rank, source.file.clone());
            let (used, overlap) = uses.entry(key).or_insert_with(|| {
                let used = SourceUse {
                    file: source.file.clone(),
                    format: source.format,
                    rows: 0,
                    used: 0,
                    missing: 0,
                };
                (used, Overlap::default())
            });
            used.rows += source.contract.bars.len();
            used.missing += source.missing;
            used.used += fill(&mut contract, source.contract, overlap);
        }
        contracts.push(contract);
    }
    let mut provenance = Provenance::default();
    for (used, overlap) in uses.into_values() {
        if let Some(found) = overlap.text() {
            problems.push(LibraryProblem {
                severity: Severity::Note,
                file: used.file.clone(),
                line: None,
                column: "VX".to_owned(),
                found,
                expected: "the settlements of the better source, which are used".to_owned(),
            });
        }
        provenance.sources.push(used);
    }
    let history = VxHistory::new(contracts);
    provenance.gaps = gaps(history.days());
    (history, provenance)
}

/// Adds the days that the contract lacks; how many they were.
fn fill(contract: &mut VxContract, other: VxContract, overlap: &mut Overlap) -> usize {
    contract.final_settlement = contract.final_settlement.or(other.final_settlement);
    let mut bars = other.bars;
    bars.sort_by_key(|bar| bar.date);
    bars.dedup_by_key(|bar| bar.date);
    let known = std::mem::take(&mut contract.bars);
    let before = known.len();
    let mut all: Vec<VxBar> = Vec::with_capacity(before.max(bars.len()));
    let mut others = bars.into_iter().peekable();
    for bar in known {
        while let Some(other) = others.next_if(|other| other.date <= bar.date) {
            if other.date == bar.date {
                overlap.count(bar.date, bar.settle, other.settle, TOLERANCE_POINTS);
            } else {
                all.push(other);
            }
        }
        all.push(bar);
    }
    all.extend(others);
    contract.bars = all;
    contract.bars.len() - before
}

fn gaps(days: &[Date]) -> Vec<Gap> {
    days.windows(2)
        .filter(|two| (two[1] - two[0]).get_days() > LONGEST_STEP_DAYS)
        .map(|two| Gap {
            after: two[0],
            before: two[1],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::merge;
    use crate::series::{VxBar, VxContract, VxSource};

    fn source(file: &str, rank: u8, bars: &[(i8, f64)], soq: Option<f64>) -> VxSource {
        let bar = |&(day, settle): &(i8, f64)| VxBar {
            date: date(2026, 7, day),
            settle,
            volume: None,
            open_interest: None,
        };
        VxSource {
            file: file.to_owned(),
            format: "test",
            rank,
            contract: VxContract {
                expiry: date(2026, 7, 22),
                bars: bars.iter().map(bar).collect(),
                final_settlement: soq,
            },
            missing: 0,
        }
    }

    #[test]
    fn the_contract_file_wins_and_the_curve_file_fills() {
        let mut problems = Vec::new();
        let curve = source(
            "curves.csv",
            3,
            &[(19, 17.0), (20, 18.5), (21, 18.15)],
            None,
        );
        let own = source("VX.csv", 0, &[(20, 18.0), (21, 18.1)], Some(17.2));
        let (history, provenance) = merge(vec![curve, own], &mut problems);
        let contract = &history.contracts()[0];
        let settles: Vec<_> = contract.bars.iter().map(|bar| bar.settle).collect();
        assert_eq!(settles, [17.0, 18.0, 18.1]);
        assert_eq!(contract.final_settlement, Some(17.2));
        let used: Vec<_> = provenance
            .sources
            .iter()
            .map(|s| (s.rows, s.used))
            .collect();
        assert_eq!(used, [(2, 2), (3, 1)]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].found.starts_with("1 of 2 common days"));
    }
}
