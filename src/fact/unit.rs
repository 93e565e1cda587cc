//! What facts are measured in.

/// Unit of a fact's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactUnit {
    /// VIX points or points of a wing.
    Points,
    /// Points of the S&P 500.
    Index,
    /// Percent, 4.25 = 4.25 %.
    Pct,
    /// Percentage points.
    PctPoints,
    /// Percent a year.
    PctPerYear,
    /// Percent a calendar day.
    PctPerDay,
    /// Basis points.
    Bp,
    /// Dollars.
    Usd,
    /// Dollars a calendar day.
    UsdPerDay,
    /// Dollars a year.
    UsdPerYear,
    /// A ratio.
    Ratio,
    /// Per year.
    PerYear,
    /// Standard deviations.
    Sd,
    /// Expected moves.
    Em,
    /// Option delta, without sign.
    Delta,
    /// Index points per vol point per condor; 0.01 is one dollar.
    Vega,
    /// Relative strength, 0 to 100.
    Rsi,
    /// Number of stock issues.
    Issues,
    /// Calendar days.
    Days,
    /// Trading sessions.
    Sessions,
    /// A number of things.
    Count,
    /// Yes or no.
    Flag,
    /// One of a few named states.
    State,
    /// Words.
    Text,
}

impl FactUnit {
    /// The unit as written after a number; empty where there is none.
    pub fn label(self) -> &'static str {
        match self {
            Self::Points | Self::Index => "pt",
            Self::Pct => "%",
            Self::PctPoints => "pp",
            Self::PctPerYear => "%/y",
            Self::PctPerDay => "%/d",
            Self::Bp => "bp",
            Self::Usd => "$",
            Self::UsdPerDay => "$/d",
            Self::UsdPerYear => "$/y",
            Self::Ratio => "×",
            Self::PerYear => "/y",
            Self::Sd => "σ",
            Self::Em => "EM",
            Self::Delta => "Δ",
            Self::Vega => "pt/vol pt",
            Self::Issues => "issues",
            Self::Days => "d",
            Self::Sessions => "sessions",
            Self::Rsi | Self::Count | Self::Flag | Self::State | Self::Text => "",
        }
    }

    /// Decimals that are worth showing.
    pub fn decimals(self) -> usize {
        match self {
            Self::PctPerDay | Self::Vega => 3,
            Self::Points
            | Self::Index
            | Self::Pct
            | Self::PctPoints
            | Self::PctPerYear
            | Self::Ratio
            | Self::PerYear
            | Self::Sd
            | Self::Em
            | Self::Delta => 2,
            Self::Rsi => 1,
            Self::Bp
            | Self::Usd
            | Self::UsdPerDay
            | Self::UsdPerYear
            | Self::Issues
            | Self::Days
            | Self::Sessions
            | Self::Count
            | Self::Flag
            | Self::State
            | Self::Text => 0,
        }
    }

    /// Whether a positive value is written with its sign.
    pub fn is_signed(self) -> bool {
        match self {
            Self::Pct
            | Self::PctPoints
            | Self::PctPerYear
            | Self::PctPerDay
            | Self::Bp
            | Self::UsdPerDay
            | Self::UsdPerYear
            | Self::Sd
            | Self::Vega => true,
            Self::Points
            | Self::Index
            | Self::Usd
            | Self::Ratio
            | Self::PerYear
            | Self::Em
            | Self::Delta
            | Self::Rsi
            | Self::Issues
            | Self::Days
            | Self::Sessions
            | Self::Count
            | Self::Flag
            | Self::State
            | Self::Text => false,
        }
    }
}
