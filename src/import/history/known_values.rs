//! Closes of famous days: they tell series apart whose files do not name them.

use jiff::civil::{Date, date};

use crate::series::SeriesId;

/// Days that must be there, and agree, before values are taken for a name.
const NEEDED: usize = 2;

/// Series, day, value.
const KNOWN: [(SeriesId, Date, f64); 30] = [
    (SeriesId::Spx, date(2008, 11, 20), 752.44),
    (SeriesId::Spx, date(2012, 8, 17), 1418.16),
    (SeriesId::Spx, date(2018, 2, 5), 2648.94),
    (SeriesId::Spx, date(2020, 3, 16), 2386.13),
    (SeriesId::Spx, date(2022, 10, 12), 3577.03),
    (SeriesId::Spx, date(2024, 8, 5), 5186.33),
    (SeriesId::Vix, date(1990, 1, 2), 17.24),
    (SeriesId::Vix, date(2008, 11, 20), 80.86),
    (SeriesId::Vix, date(2012, 8, 17), 13.45),
    (SeriesId::Vix, date(2018, 2, 5), 37.32),
    (SeriesId::Vix, date(2020, 3, 16), 82.69),
    (SeriesId::Vix, date(2022, 10, 12), 33.57),
    (SeriesId::Vix, date(2024, 8, 5), 38.57),
    (SeriesId::Vix3m, date(2012, 8, 17), 18.35),
    (SeriesId::Vix3m, date(2018, 2, 5), 28.13),
    (SeriesId::Vix3m, date(2020, 3, 16), 67.70),
    (SeriesId::Vix3m, date(2022, 10, 12), 33.13),
    (SeriesId::Vix3m, date(2024, 8, 5), 33.71),
    (SeriesId::NyseAdvances, date(1987, 10, 19), 52.0),
    (SeriesId::NyseAdvances, date(2008, 10, 10), 1146.0),
    (SeriesId::NyseAdvances, date(2011, 8, 8), 47.0),
    (SeriesId::NyseDeclines, date(1987, 10, 19), 1973.0),
    (SeriesId::NyseDeclines, date(2008, 10, 10), 2130.0),
    (SeriesId::NyseDeclines, date(2011, 8, 8), 3030.0),
    (SeriesId::NyseUnchanged, date(1987, 10, 19), 56.0),
    (SeriesId::NyseUnchanged, date(2008, 10, 10), 30.0),
    (SeriesId::NyseNewHighs, date(2008, 10, 10), 10.0),
    (SeriesId::NyseNewHighs, date(2011, 8, 8), 15.0),
    (SeriesId::NyseNewLows, date(2008, 10, 10), 2901.0),
    (SeriesId::NyseNewLows, date(2011, 8, 8), 1330.0),
];

/// The series whose known values all stand in the rows (date, value, line), ascending or not, and
/// at least two of them. `None` when the rows cover too few known days.
pub(super) fn series_of(rows: &[(Date, f64, u32)]) -> Option<SeriesId> {
    let is_sorted = rows.is_sorted_by_key(|(date, ..)| *date);
    let value = |day: Date| {
        if is_sorted {
            let at = rows.binary_search_by_key(&day, |(date, ..)| *date).ok()?;
            Some(rows[at].1)
        } else {
            let found = rows.iter().find(|(date, ..)| *date == day);
            found.map(|(_, value, _)| *value)
        }
    };
    SeriesId::all().find(|id| {
        let own = KNOWN.iter().filter(|(known, ..)| known == id);
        let mut hits = 0;
        for (_, day, expected) in own {
            match value(*day) {
                Some(found) if (found - expected).abs() < 0.011 => hits += 1,
                Some(_) => return false,
                None => {}
            }
        }
        hits >= NEEDED
    })
}
