//! What can be wrong with the input of a pricing function.

use thiserror::Error;

/// An input that no price can be given for. Names the field, what was found and what is expected.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum PricingError {
    /// A number outside its valid range.
    #[error("{field}: found '{found}': expected {expected}")]
    Field {
        /// Name of the offending field.
        field: &'static str,
        /// The value given.
        found: f64,
        /// The valid range, in words.
        expected: &'static str,
    },
    /// A slice whose length differs from that of the others.
    #[error("{field}: found {found} values: expected {expected}, as in the other columns")]
    Length {
        /// Name of the offending slice.
        field: &'static str,
        /// Its length.
        found: usize,
        /// The length of the first slice.
        expected: usize,
    },
}

impl PricingError {
    /// The field or slice at fault.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Field { field, .. } | Self::Length { field, .. } => field,
        }
    }

    /// The valid range in words; `None` for a length mismatch.
    #[must_use]
    pub const fn expected(&self) -> Option<&'static str> {
        match self {
            Self::Field { expected, .. } => Some(expected),
            Self::Length { .. } => None,
        }
    }
}

/// Refuses `found` unless it lies in `[low, high]` (NaN never does).
pub(super) fn within(
    field: &'static str,
    found: f64,
    range: (f64, f64),
    expected: &'static str,
) -> Result<(), PricingError> {
    if found >= range.0 && found <= range.1 {
        return Ok(());
    }
    Err(PricingError::Field { field, found, expected })
}

/// Refuses a price level (spot, forward, strike) that is not a positive, sane number.
pub(super) fn level(field: &'static str, found: f64) -> Result<(), PricingError> {
    within(field, found, (1e-12, 1e15), "a number above 0 (up to 1e15)")
}

/// Refuses a time to expiry that is negative or beyond two centuries.
pub(super) fn years(found: f64) -> Result<(), PricingError> {
    within("years", found, (0.0, 200.0), "years to expiry from 0 to 200")
}

/// Refuses a continuously compounded rate or yield beyond ±1000 %.
pub(super) fn rate(field: &'static str, found: f64) -> Result<(), PricingError> {
    within(field, found, (-10.0, 10.0), "a decimal rate from -10 to 10 (0.04 = 4 %)")
}

/// Refuses a vol that is negative or above 1000 %.
pub(super) fn vol(found: f64) -> Result<(), PricingError> {
    within("vol", found, (0.0, 10.0), "a decimal vol from 0 to 10 (0.20 = 20 %)")
}

/// Refuses a discount factor that is not positive and sane.
pub(super) fn discount(found: f64) -> Result<(), PricingError> {
    within("discount", found, (1e-12, 1e6), "a discount factor above 0 (0.995)")
}

/// Refuses a slice of another length than the first.
pub(super) const fn same_length(
    field: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), PricingError> {
    if found == expected {
        return Ok(());
    }
    Err(PricingError::Length { field, found, expected })
}
