//! One number of a rule pack: value, unit, what its sign means, where it comes from and why.

use serde::{Deserialize, Serialize};

/// A number of the method, never bare: it says its unit, the meaning of its sign, its source and its reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The number, in [`Threshold::unit`].
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// What a positive value means.
    pub sign: Sign,
    /// Who says so.
    pub source: Provenance,
    /// One line: why this number.
    pub why: String,
}

/// Who states a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Provenance {
    /// The method's main text.
    Method,
    /// Stated elsewhere by the method's authors.
    MethodVariant,
    /// Our own definition, where the text is silent or contradicts itself.
    Palisade,
    /// The trader, who set another number than the pack came with.
    Own,
}

impl Provenance {
    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::MethodVariant => "method-variant",
            Self::Palisade => "palisade",
            Self::Own => "own",
        }
    }
}

/// What a positive value of a [`Threshold`] means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// A size without direction: never negative.
    Magnitude,
    /// Positive is long vega: the book gains when volatility expands. May be negative.
    LongVega,
    /// Positive is money earned by the passing of time. Never negative as a floor.
    Earned,
    /// Positive is money paid out. Never negative as a budget.
    Paid,
    /// Positive is a rise, negative a fall. May be negative.
    Rise,
}

impl Sign {
    /// What a positive value means, for the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::Magnitude => "a size, never negative",
            Self::LongVega => "positive is long vega",
            Self::Earned => "positive is earned",
            Self::Paid => "positive is paid",
            Self::Rise => "positive is a rise",
        }
    }

    /// Whether a value of this sign may lie below zero.
    pub fn may_be_negative(self) -> bool {
        match self {
            Self::LongVega | Self::Rise => true,
            Self::Magnitude | Self::Earned | Self::Paid => false,
        }
    }
}

/// The units in which a pack's numbers are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Index points per vol point (0.01) per condor.
    PointsPerVolPointPerCondor,
    /// Index points.
    IndexPoints,
    /// Points of the VIX.
    VixPoints,
    /// Calendar days to expiry.
    CalendarDays,
    /// Absolute Black-76 delta of an option on its future, 0 to 1.
    Delta,
    /// Contracts for every ten condors.
    ContractsPerTenCondors,
    /// Expected moves (one standard deviation to expiry).
    ExpectedMoves,
    /// Share of the condors' credit, 0.28 = 28 %.
    ShareOfCredit,
    /// Share of the condors' theta.
    ShareOfCondorTheta,
    /// Share of the margin, per calendar day.
    ShareOfMarginPerDay,
    /// Share of the account's equity, over twelve months.
    ShareOfAccountPerYear,
    /// Share of a layer's target days to expiry.
    ShareOfTargetDays,
    /// Share of the contracts held.
    ShareOfContracts,
    /// Multiple of what was paid.
    MultipleOfCost,
    /// Daily closes.
    Closes,
    /// Trading sessions.
    Sessions,
    /// Months.
    Months,
    /// Quarters.
    Quarters,
    /// A number of things.
    Count,
    /// A share of the thing named, 0.05 = 5 %.
    Share,
    /// Share of a standard deviation.
    ShareOfDeviation,
    /// Standard deviations.
    Deviations,
    /// Relative strength, 0 to 100.
    Rsi,
    /// Percent, 2.0 = 2 %.
    Pct,
    /// Percent of a move, with its sign.
    SignedPct,
    /// Percentage points.
    PctPoints,
    /// Basis points.
    BasisPoints,
    /// A ratio.
    Ratio,
    /// Share of the account's equity, 0.01 = 1 %.
    ShareOfAccount,
    /// Dollars.
    Usd,
    /// Part of a score, which runs from −1 to 1.
    Weight,
}

impl Unit {
    /// Short form for the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::PointsPerVolPointPerCondor => "pt/vol pt per condor",
            Self::IndexPoints => "index pt",
            Self::VixPoints => "VIX pt",
            Self::CalendarDays => "d",
            Self::Delta => "Δ",
            Self::ContractsPerTenCondors => "per 10 condors",
            Self::ExpectedMoves => "EM",
            Self::ShareOfCredit => "of credit",
            Self::ShareOfCondorTheta => "of condor theta",
            Self::ShareOfMarginPerDay => "of margin per day",
            Self::ShareOfAccountPerYear => "of account per year",
            Self::ShareOfTargetDays => "of target DTE",
            Self::ShareOfContracts => "of contracts",
            Self::MultipleOfCost => "× cost",
            Self::Closes => "closes",
            Self::Sessions => "sessions",
            Self::Months => "months",
            Self::Quarters => "quarters",
            Self::Count | Self::Share => "",
            Self::ShareOfDeviation => "of σ",
            Self::Deviations => "σ",
            Self::Rsi => "RSI",
            Self::Pct | Self::SignedPct => "%",
            Self::PctPoints => "pp",
            Self::BasisPoints => "bp",
            Self::Ratio => "×",
            Self::ShareOfAccount => "of account",
            Self::Usd => "$",
            Self::Weight => "of score",
        }
    }

    /// What is counted, in words; the short form where that says it.
    fn counted(self) -> &'static str {
        if matches!(self, Self::Count) {
            "things"
        } else if matches!(self, Self::CalendarDays) {
            "days"
        } else {
            self.label()
        }
    }

    /// Whether only whole numbers make sense: what is counted.
    pub fn is_whole(self) -> bool {
        match self {
            Self::CalendarDays
            | Self::Closes
            | Self::Sessions
            | Self::Months
            | Self::Quarters
            | Self::Count => true,
            Self::PointsPerVolPointPerCondor
            | Self::IndexPoints
            | Self::VixPoints
            | Self::Delta
            | Self::ContractsPerTenCondors
            | Self::ExpectedMoves
            | Self::ShareOfCredit
            | Self::ShareOfCondorTheta
            | Self::ShareOfMarginPerDay
            | Self::ShareOfAccountPerYear
            | Self::ShareOfTargetDays
            | Self::ShareOfContracts
            | Self::MultipleOfCost
            | Self::Share
            | Self::ShareOfDeviation
            | Self::Deviations
            | Self::Rsi
            | Self::Pct
            | Self::SignedPct
            | Self::PctPoints
            | Self::BasisPoints
            | Self::Ratio
            | Self::ShareOfAccount
            | Self::Usd
            | Self::Weight => false,
        }
    }

    /// The smallest size that makes sense: a window holds at least one close, month or quarter.
    pub fn least(self) -> f64 {
        if matches!(self, Self::Closes | Self::Months | Self::Quarters) {
            1.0
        } else {
            0.0
        }
    }

    /// Whether it is a share of something, written in percent: 0.28 as 28 %.
    pub fn is_share(self) -> bool {
        match self {
            Self::ShareOfCredit
            | Self::ShareOfCondorTheta
            | Self::ShareOfMarginPerDay
            | Self::ShareOfAccountPerYear
            | Self::ShareOfAccount
            | Self::ShareOfTargetDays
            | Self::ShareOfContracts
            | Self::Share => true,
            Self::PointsPerVolPointPerCondor
            | Self::IndexPoints
            | Self::VixPoints
            | Self::CalendarDays
            | Self::Delta
            | Self::ContractsPerTenCondors
            | Self::ExpectedMoves
            | Self::MultipleOfCost
            | Self::Closes
            | Self::Sessions
            | Self::Months
            | Self::Quarters
            | Self::Count
            | Self::ShareOfDeviation
            | Self::Deviations
            | Self::Rsi
            | Self::Pct
            | Self::SignedPct
            | Self::PctPoints
            | Self::BasisPoints
            | Self::Ratio
            | Self::Usd
            | Self::Weight => false,
        }
    }

    /// The largest value that makes sense in this unit; a typing error lies beyond it.
    pub fn max(self) -> f64 {
        match self {
            Self::Usd => 1_000_000_000.0,
            Self::Count => 100_000.0,
            Self::Closes | Self::BasisPoints => 10_000.0,
            Self::CalendarDays => 3_650.0,
            Self::IndexPoints | Self::Sessions | Self::Pct | Self::Ratio => 1_000.0,
            Self::Months => 600.0,
            Self::VixPoints | Self::Quarters => 200.0,
            Self::ContractsPerTenCondors
            | Self::MultipleOfCost
            | Self::Share
            | Self::Rsi
            | Self::SignedPct
            | Self::PctPoints => 100.0,
            Self::Deviations => 20.0,
            Self::PointsPerVolPointPerCondor
            | Self::ShareOfCredit
            | Self::ShareOfCondorTheta
            | Self::ShareOfDeviation => 10.0,
            Self::ExpectedMoves => 5.0,
            Self::Delta
            | Self::ShareOfContracts
            | Self::ShareOfTargetDays
            | Self::ShareOfMarginPerDay
            | Self::ShareOfAccountPerYear
            | Self::ShareOfAccount
            | Self::Weight => 1.0,
        }
    }
}

impl Threshold {
    /// The smallest value that its sign allows in a unit.
    pub fn low(&self, unit: Unit) -> f64 {
        if self.sign.may_be_negative() {
            -unit.max()
        } else {
            unit.least()
        }
    }

    /// Checks the number against its own unit and sign and against the unit its place asks for.
    ///
    /// # Errors
    /// The field at fault, what was found and what was expected.
    pub fn check(&self, unit: Unit) -> Result<(), (&'static str, String, String)> {
        if self.unit != unit {
            let expected = format!("{unit:?} in this place");
            return Err(("unit", format!("{:?}", self.unit), expected));
        }
        let low = self.low(unit);
        let whole = !unit.is_whole() || self.value.fract() == 0.0;
        if !whole {
            let expected = format!("a whole number of {}", unit.counted());
            return Err(("value", self.value.to_string(), expected));
        }
        if !self.value.is_finite() || self.value < low || self.value > unit.max() {
            let expected = format!(
                "a number from {low} to {} {} ({})",
                unit.max(),
                unit.label(),
                self.sign.label()
            );
            return Err(("value", self.value.to_string(), expected));
        }
        if self.why.trim().is_empty() {
            let expected = "one line saying why this number".to_owned();
            return Err(("why", "nothing".to_owned(), expected));
        }
        Ok(())
    }
}
