//! Market history for the sample: the made library, led to the sample's own days of SPX and VIX.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use palisade::fact::Derived;
use palisade::series::{Library, LibraryBuilder, SeriesId, SeriesSource, VxContract, VxSource};

use crate::made_library::made_library;

/// The series that follow the sample's days, day by day.
struct Path {
    /// SPX and VIX by day, up to the sample's last.
    days: BTreeMap<Date, (f64, f64)>,
}

impl Path {
    /// The made closes, led to the first of the sample's days; between two of them a straight line.
    fn of(made: &Library, sample: &[(Date, f64, f64)]) -> Self {
        let rows = |id: SeriesId| -> BTreeMap<Date, f64> {
            let series = made.series(id).expect("it is made");
            let known = series.known_on(crate::made_library::LAST);
            known.into_iter().map(|row| (row.date, row.value)).collect()
        };
        let (spx, vix) = (rows(SeriesId::Spx), rows(SeriesId::Vix));
        let (first, last) = (sample[0], sample[sample.len() - 1]);
        let (scale, shift) = (first.1 / spx[&first.0], first.2 - vix[&first.0]);
        let value = |day: Date| {
            let after = sample.iter().position(|row| row.0 >= day)?;
            let to = sample[after];
            let from = after.checked_sub(1).map_or(to, |before| sample[before]);
            let length = f64::from((to.0 - from.0).get_days()).max(1.0);
            let share = f64::from((day - from.0).get_days()) / length;
            let between = |a: f64, b: f64| a + share * (b - a);
            Some((between(from.1, to.1), between(from.2, to.2)))
        };
        let days = spx
            .iter()
            .filter(|(day, _)| **day <= last.0)
            .map(|(day, level)| {
                let before = || (level * scale, (vix[day] + shift).max(11.0));
                let pair = if *day < first.0 {
                    before()
                } else {
                    value(*day).unwrap_or_else(before)
                };
                (*day, pair)
            });
        Self {
            days: days.collect(),
        }
    }

    /// The rows of a series of this path; `None` for others.
    fn rows(&self, id: SeriesId) -> Option<Vec<(Date, f64)>> {
        let level: fn(f64, f64) -> f64 = if id == SeriesId::Spx {
            |spx, _vix| spx
        } else if id == SeriesId::Vix {
            |_spx, vix| vix
        } else if id == SeriesId::Vix9d {
            |_spx, vix| vix - 0.4
        } else if id == SeriesId::Vix3m {
            |_spx, vix| 0.55 * vix + 9.0
        } else if id == SeriesId::Spy {
            |spx, _vix| spx / 10.0
        } else if id == SeriesId::Rsp {
            |spx, _vix| 40.0 + spx / 50.0
        } else {
            return None;
        };
        let rows = self.days.iter();
        Some(
            rows.map(|(day, (spx, vix))| (*day, level(*spx, *vix)))
                .collect(),
        )
    }
}

/// What the desk would have prepared of that history.
pub(super) fn history(sample: &[(Date, f64, f64)]) -> &'static Derived {
    static HISTORY: OnceLock<Derived> = OnceLock::new();
    HISTORY.get_or_init(|| Derived::of(&library(sample)))
}

fn library(sample: &[(Date, f64, f64)]) -> Library {
    let made = made_library();
    let path = Path::of(&made, sample);
    let last = sample[sample.len() - 1].0;
    let mut builder = LibraryBuilder::default();
    for series in made.all_series() {
        let known = series.known_on(last);
        let own = || {
            known
                .dates()
                .iter()
                .copied()
                .zip(known.closes().iter().copied())
                .collect()
        };
        builder.add_series(SeriesSource {
            id: series.id(),
            file: "sample history".to_owned(),
            format: "made",
            rank: 0,
            rows: path.rows(series.id()).unwrap_or_else(own),
            missing: 0,
        });
    }
    for contract in made.futures().contracts() {
        builder.add_future(VxSource {
            file: "sample history".to_owned(),
            format: "made",
            rank: 0,
            contract: led(contract, &path),
            missing: 0,
        });
    }
    builder.add_events(made.events().iter().copied());
    builder.build()
}

/// A future on the path's VIX.
fn led(contract: &VxContract, path: &Path) -> VxContract {
    let bars = contract.bars.iter().filter_map(|bar| {
        let (_, vix) = path.days.get(&bar.date)?;
        let left = f64::from((contract.expiry - bar.date).get_days());
        let near = (-left / 110.0).exp();
        let mut bar = *bar;
        bar.settle = vix * near + 21.5 * (1.0 - near);
        Some(bar)
    });
    VxContract {
        bars: bars.collect(),
        ..contract.clone()
    }
}
