//! Dates of FOMC meetings and data releases.

use jiff::civil::Date;

/// What happens on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Decision of the Federal Open Market Committee (second day of the meeting).
    Fomc,
    /// Consumer prices.
    Cpi,
    /// Producer prices.
    Ppi,
    /// Employment situation.
    Jobs,
    /// GDP, any estimate.
    Gdp,
}

impl EventKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Fomc, Self::Cpi, Self::Ppi, Self::Jobs, Self::Gdp];

    /// The word for it in files and on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fomc => "FOMC",
            Self::Cpi => "CPI",
            Self::Ppi => "PPI",
            Self::Jobs => "Jobs",
            Self::Gdp => "GDP",
        }
    }

    /// The kind of a word or a release's title, in any case.
    pub fn named(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if any(&["fomc", "federal open market", "fed decision"]) {
            Some(Self::Fomc)
        } else if any(&["cpi", "consumer price"]) {
            Some(Self::Cpi)
        } else if any(&["ppi", "producer price"]) {
            Some(Self::Ppi)
        } else if any(&["jobs", "nfp", "payroll", "employment situation"]) {
            Some(Self::Jobs)
        } else if any(&["gdp", "gross domestic product"]) {
            Some(Self::Gdp)
        } else {
            None
        }
    }
}

/// A day on which something is decided or released, New York date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The day.
    pub date: Date,
    /// What.
    pub kind: EventKind,
}

#[cfg(test)]
mod tests {
    use super::EventKind;

    #[test]
    fn labels_and_titles_are_understood() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::named(kind.label()), Some(kind));
        }
        let title = "Employment Situation for June";
        assert_eq!(EventKind::named(title), Some(EventKind::Jobs));
        assert_eq!(EventKind::named("Retail sales"), None);
    }
}
