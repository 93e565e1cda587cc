//! Choices of a number field that only some panels need: a quiet look, and a last word on the value.

use super::NumberField;

/// Tells why a value that could be read cannot be taken.
pub type Check<'a> = &'a dyn Fn(f64) -> Result<(), String>;

impl<'a> NumberField<'a> {
    /// Shows no frame until the pointer or the keyboard comes, for figures inside a table.
    pub const fn quiet(mut self) -> Self {
        self.look.is_quiet = true;
        self
    }

    /// Asks `check` before a value is taken: what it refuses stays in the field with its reason.
    pub const fn check(mut self, check: Check<'a>) -> Self {
        self.check = Some(check);
        self
    }

    /// The value, unless the check refuses it.
    pub(super) fn checked(&self, value: f64) -> Result<f64, String> {
        match self.check {
            Some(check) if value.to_bits() != self.value.to_bits() => check(value).map(|()| value),
            Some(_) | None => Ok(value),
        }
    }
}
