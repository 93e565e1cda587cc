//! The closed list of series: name, unit, plausible range, publication lag, names in files.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::catalogue::CATALOGUE;

/// A series that the desk knows how to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SeriesId {
    /// S&P 500 index, close.
    Spx,
    /// Cboe VIX, close.
    Vix,
    /// VIX over nine days, close.
    Vix9d,
    /// VIX over three months, close.
    Vix3m,
    /// VIX of VIX options, close.
    Vvix,
    /// SPDR S&P 500 fund, close.
    Spy,
    /// Equal-weight S&P 500 fund, close; RSP/SPY falls when the largest companies lead.
    Rsp,
    /// NYSE issues that rose on the day.
    NyseAdvances,
    /// NYSE issues that fell on the day.
    NyseDeclines,
    /// NYSE issues unchanged on the day.
    NyseUnchanged,
    /// NYSE issues at a 52-week high.
    NyseNewHighs,
    /// NYSE issues at a 52-week low.
    NyseNewLows,
    /// Trailing price over earnings of the S&P 500.
    SpxPe,
    /// Price over cash flow of the S&P 500.
    SpxPcf,
    /// Price over ten years' real earnings (Shiller).
    Cape,
    /// Trailing twelve months' earnings, index points.
    SpxEarnings,
    /// Trailing twelve months' dividends, index points.
    SpxDividends,
    /// Trailing twelve months' buybacks, index points.
    SpxBuybacks,
    /// S&P composite, average of the month's closes (Shiller); no close.
    SpxMonthlyAverage,
    /// Weight of the ten largest companies in the S&P 500, percent.
    Top10Weight,
    /// Consumer prices, seasonally adjusted, index.
    Cpi,
    /// Consumer prices less food and energy, seasonally adjusted, index.
    CoreCpi,
    /// Consumer prices, not seasonally adjusted, index.
    CpiUnadjusted,
    /// CPI y/y as printed less the consensus, percentage points.
    CpiSurprise,
    /// Producer prices, all commodities, index.
    Ppi,
    /// Producer prices, final demand, index.
    PpiFinalDemand,
    /// Real GDP, billions of chained dollars, annual rate.
    RealGdp,
    /// Two-year Treasury yield, percent.
    Treasury2y,
    /// Ten-year Treasury yield, percent.
    Treasury10y,
    /// Ten-year Treasury yield, average of the month, percent.
    Treasury10yMonthly,
    /// Ten-year less two-year yield, percentage points.
    Curve2s10s,
    /// Ten-year less three-month yield, percentage points.
    Curve3m10y,
    /// Federal funds rate, average of the month, percent.
    PolicyRate,
    /// Federal funds rate of the day, percent.
    PolicyRateDaily,
    /// Two-year government yield of the other currency, percent.
    Foreign2y,
    /// Real effective exchange rate of the dollar, broad, index.
    Reer,
    /// Nominal broad dollar index.
    DollarIndex,
}

/// What a value is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesUnit {
    /// Index points.
    Points,
    /// Dollars a share.
    Usd,
    /// Number of issues.
    Issues,
    /// A ratio.
    Ratio,
    /// Percent, 4.25 = 4.25 %.
    Pct,
    /// Percentage points.
    PctPoints,
    /// An index number with a base year.
    Index,
    /// Billions of dollars.
    BillionUsd,
}

impl SeriesUnit {
    /// The unit as written after a number; empty for ratios and index numbers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Points => "pt",
            Self::Usd => "$",
            Self::Issues => "issues",
            Self::Ratio | Self::Index => "",
            Self::Pct => "%",
            Self::PctPoints => "pp",
            Self::BillionUsd => "$bn",
        }
    }
}

/// How often a value appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// One a trading day; dated by that day.
    Daily,
    /// One a month; dated by the month's first day.
    Monthly,
    /// One a quarter; dated by the quarter's first day.
    Quarterly,
}

impl Frequency {
    /// The last day of the period that a value dated `date` speaks of.
    pub fn period_end(self, date: Date) -> Date {
        let months = match self {
            Self::Daily => return date,
            Self::Monthly => 0,
            Self::Quarterly => 2,
        };
        date.first_of_month()
            .saturating_add(months.months())
            .last_of_month()
    }

    /// Calendar days between two values beyond which something is missing.
    pub fn longest_step_days(self) -> i32 {
        match self {
            Self::Daily => 7,
            Self::Monthly => 45,
            Self::Quarterly => 120,
        }
    }
}

/// What is known of a series before any value is.
#[derive(Clone, Copy, Debug)]
pub struct SeriesSpec {
    /// Which series.
    pub id: SeriesId,
    /// Its one name in our own files, `SPX`.
    pub key: &'static str,
    /// Its name on screen.
    pub label: &'static str,
    /// Unit of its values.
    pub unit: SeriesUnit,
    /// How often it appears, as a rule.
    pub frequency: Frequency,
    /// Values outside are no values of this series, whatever the day.
    pub range: [f64; 2],
    /// Two files that differ by no more than this on a day say the same.
    pub tolerance: f64,
    /// Calendar days from the end of the period to publication.
    pub lag_days: i32,
    /// Its codes at FRED.
    pub fred: &'static [&'static str],
    /// Other names, in files and columns; letters and digits only, lower case.
    pub aliases: &'static [&'static str],
}

impl SeriesSpec {
    /// The first day on which a value dated `date` can be known.
    pub fn published_on(&self, frequency: Frequency, date: Date) -> Date {
        let end = frequency.period_end(date);
        end.saturating_add(self.lag_days.days())
    }
}

impl SeriesId {
    /// All series in the order of the enum.
    pub fn all() -> impl Iterator<Item = Self> {
        CATALOGUE.iter().map(|spec| spec.id)
    }

    /// What is known of the series.
    pub fn spec(self) -> &'static SeriesSpec {
        &CATALOGUE[self as usize]
    }

    /// Its name in our own files, `SPX`.
    pub fn key(self) -> &'static str {
        self.spec().key
    }

    /// Its name on screen.
    pub fn label(self) -> &'static str {
        self.spec().label
    }

    /// The series of a name: its key, a FRED code or an alias, in any case, blanks and signs aside.
    pub fn named(name: &str) -> Option<Self> {
        let name = plain(name);
        let same = |text: &str| plain(text) == name;
        let spec = CATALOGUE.iter().find(|spec| {
            plain(spec.key) == name
                || spec.fred.iter().any(|code| same(code))
                || spec.aliases.contains(&name.as_str())
        });
        spec.map(|spec| spec.id)
    }

    /// The series of a FRED code, in any case.
    pub fn of_fred(code: &str) -> Option<Self> {
        let known = |spec: &&SeriesSpec| spec.fred.iter().any(|own| own.eq_ignore_ascii_case(code));
        CATALOGUE.iter().find(known).map(|spec| spec.id)
    }

    /// The series that the words of a file's name speak of: `VIX3M_History` is VIX3M, `NYSE_advn` the
    /// advances. The longest name found wins, names that begin with a digit aside; `None` when there is none or two are equally long.
    pub fn of_file_stem(stem: &str) -> Option<Self> {
        let words: Vec<String> = stem
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(plain)
            .collect();
        let mut best: Option<(usize, Self)> = None;
        let mut tie = false;
        for from in 0..words.len() {
            for to in from + 1..=words.len() {
                let name = words[from..to].concat();
                // "10y" in a name may be a span of years as well as a yield
                if name.starts_with(|c: char| c.is_ascii_digit()) {
                    continue;
                }
                let Some(id) = Self::named(&name) else {
                    continue;
                };
                let length = name.len();
                match best {
                    Some((longest, _)) if longest > length => {}
                    Some((longest, known)) if longest == length => tie |= known != id,
                    Some(_) | None => {
                        best = Some((length, id));
                        tie = false;
                    }
                }
            }
        }
        best.filter(|_| !tie).map(|(_, id)| id)
    }
}

/// Letters and digits, lower case.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::{CATALOGUE, Frequency, SeriesId, plain};

    #[test]
    fn the_table_follows_the_enum_and_no_name_means_two_series() {
        let mut names = BTreeSet::new();
        for (at, spec) in CATALOGUE.iter().enumerate() {
            assert_eq!(spec.id as usize, at, "{}", spec.key);
            assert!(spec.range[0] < spec.range[1] && spec.tolerance > 0.0);
            let mut own = BTreeSet::from([plain(spec.key)]);
            own.extend(spec.fred.iter().map(|code| plain(code)));
            for alias in spec.aliases {
                assert_eq!(plain(alias), *alias, "{}: written plainly", spec.key);
                own.insert((*alias).to_owned());
            }
            for name in own {
                assert!(names.insert(name.clone()), "{name} is taken");
            }
        }
    }

    #[test]
    fn names_codes_and_file_stems() {
        for (stem, id) in [
            ("VIX3M_History", Some(SeriesId::Vix3m)),
            ("vix-daily", Some(SeriesId::Vix)),
            ("GSPC_yahoo_legacy", Some(SeriesId::Spx)),
            ("^GSPC", Some(SeriesId::Spx)),
            ("SP500_fred", Some(SeriesId::Spx)),
            ("NYSE_advn", Some(SeriesId::NyseAdvances)),
            ("NYSE_newlo", Some(SeriesId::NyseNewLows)),
            ("spx pe ratio", Some(SeriesId::SpxPe)),
            ("my top 10 weight", Some(SeriesId::Top10Weight)),
            ("VIX_VVIX", Some(SeriesId::Vvix)),
            ("SPY_RSP", None),
            ("notes", None),
        ] {
            assert_eq!(SeriesId::of_file_stem(stem), id, "{stem}");
        }
        assert_eq!(SeriesId::of_fred("dgs10"), Some(SeriesId::Treasury10y));
        assert_eq!(SeriesId::named("S&P 500"), Some(SeriesId::Spx));
        assert_eq!(SeriesId::named("close"), None);
    }

    #[test]
    fn a_month_is_known_after_its_end_and_its_lag() {
        let spec = SeriesId::Cpi.spec();
        let known = spec.published_on(Frequency::Monthly, date(2026, 6, 1));
        assert!(known > date(2026, 7, 9) && known < date(2026, 7, 20));
        let spec = SeriesId::RealGdp.spec();
        let known = spec.published_on(Frequency::Quarterly, date(2026, 1, 1));
        assert_eq!(known, date(2026, 4, 30));
        let spec = SeriesId::Vix.spec();
        let day = date(2026, 6, 24);
        assert_eq!(spec.published_on(Frequency::Daily, day), day);
    }
}
