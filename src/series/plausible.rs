//! What a series may have been on a day: tells a file with a wrong name from one with a strange day.

use jiff::civil::Date;

use super::id::SeriesId;

/// Rough level of the S&P composite at a date (year and fraction), points.
const SPX_LEVELS: [(f64, f64); 24] = [
    (1871.0, 4.5),
    (1900.0, 6.1),
    (1928.0, 18.0),
    (1929.7, 30.0),
    (1932.5, 5.5),
    (1937.0, 16.0),
    (1942.3, 8.5),
    (1950.0, 17.0),
    (1960.0, 58.0),
    (1970.5, 78.0),
    (1974.8, 68.0),
    (1982.6, 112.0),
    (1987.6, 320.0),
    (1993.0, 440.0),
    (1997.0, 790.0),
    (2000.2, 1450.0),
    (2002.8, 850.0),
    (2007.8, 1500.0),
    (2009.2, 750.0),
    (2013.0, 1450.0),
    (2018.0, 2750.0),
    (2020.3, 2700.0),
    (2022.0, 4700.0),
    (2026.0, 6900.0),
];

/// How far a close may stand from the rough level, as a factor.
const SPX_FACTOR: f64 = 2.2;
/// How much wider the factor gets with each year after the last level.
const SPX_FACTOR_PER_YEAR: f64 = 0.25;

/// Lowest and highest plausible value of a series on a day, in its unit.
///
/// For the S&P 500 the range moves with the years, so that a fund at a tenth of the index is not taken
/// for it; for the others it is the one of the [spec](super::SeriesSpec::range).
pub fn plausible_range(id: SeriesId, date: Date) -> [f64; 2] {
    if id != SeriesId::Spx && id != SeriesId::SpxMonthlyAverage {
        return id.spec().range;
    }
    let year = f64::from(date.year()) + f64::from(date.day_of_year()) / 365.25;
    let last = SPX_LEVELS[SPX_LEVELS.len() - 1];
    let after = (year - last.0).max(0.0);
    let factor = SPX_FACTOR + SPX_FACTOR_PER_YEAR * after;
    let level = spx_level(year);
    [level / factor, level * factor]
}

/// The rough level, straight in the logarithm between the rows of the table.
fn spx_level(year: f64) -> f64 {
    let at = SPX_LEVELS.partition_point(|(known, _)| *known <= year);
    match (at.checked_sub(1).map(|i| SPX_LEVELS[i]), SPX_LEVELS.get(at)) {
        (Some((from, low)), Some(&(to, high))) => {
            low * (high / low).powf((year - from) / (to - from))
        }
        (Some((_, level)), None) | (None, Some(&(_, level))) => level,
        (None, None) => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{SeriesId, plausible_range};

    #[test]
    fn the_index_fits_at_its_extremes_and_a_tenth_of_it_never() {
        for (day, close) in [
            (date(1929, 9, 16), 31.86),
            (date(1932, 6, 1), 4.40),
            (date(1933, 7, 18), 12.20),
            (date(1938, 3, 31), 8.5),
            (date(1974, 10, 3), 62.28),
            (date(1987, 12, 4), 223.92),
            (date(1993, 1, 29), 438.78),
            (date(2000, 3, 24), 1527.46),
            (date(2002, 10, 9), 776.76),
            (date(2009, 3, 9), 676.53),
            (date(2020, 3, 23), 2237.40),
            (date(2022, 1, 3), 4796.56),
            (date(2026, 2, 11), 6941.47),
        ] {
            let [low, high] = plausible_range(SeriesId::Spx, day);
            assert!(low < close && close < high, "{day} {close}");
            assert!(close / 10.0 < low, "{day}: a fund at a tenth");
        }
    }

    #[test]
    fn other_series_have_one_range() {
        let range = plausible_range(SeriesId::Vix, date(2020, 3, 16));
        assert!(range[0] < 9.14 && range[1] > 172.79);
    }
}
