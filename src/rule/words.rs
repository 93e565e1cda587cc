//! Numbers as words of a sentence: true minus sign, fixed decimals, thousands apart.

/// A number with fixed decimals; no negative zero.
pub(super) fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let is_zero = text.chars().all(|letter| matches!(letter, '0' | '.'));
    if value < 0.0 && !is_zero {
        format!("−{text}")
    } else {
        text
    }
}

/// A number with its sign always written.
pub(super) fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let is_zero = text.chars().all(|letter| matches!(letter, '0' | '.'));
    if value > 0.0 && !is_zero {
        format!("+{text}")
    } else {
        text
    }
}

/// A number without trailing zeros.
pub(super) fn trimmed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Whole dollars with commas between thousands.
pub(super) fn usd(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 && digits != "0" {
        "−"
    } else {
        ""
    };
    format!("{sign}${grouped}")
}

/// A number with its unit, or that it is not known.
pub(super) fn told(value: Option<f64>, decimals: usize, unit: &str) -> String {
    value.map_or_else(
        || "not known".to_owned(),
        |value| {
            format!("{} {unit}", fixed(value, decimals))
                .trim_end()
                .to_owned()
        },
    )
}

/// The same with its sign always written.
pub(super) fn told_signed(value: Option<f64>, decimals: usize, unit: &str) -> String {
    value.map_or_else(
        || "not known".to_owned(),
        |value| {
            format!("{} {unit}", signed(value, decimals))
                .trim_end()
                .to_owned()
        },
    )
}

/// A count with its noun, which takes an s.
pub(super) fn count(value: f64, noun: &str) -> String {
    let plural = if value == 1.0 { "" } else { "s" };
    format!("{} {noun}{plural}", fixed(value, 0))
}

/// Names in a row: "a", "a and b", "a, b and c".
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// The same words with a capital at their beginning.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{capital, count, fixed, list, signed, trimmed, usd};

    #[test]
    fn numbers_read_as_they_are_written() {
        assert_eq!(fixed(-0.286, 2), "−0.29");
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(signed(0.25, 2), "+0.25");
        assert_eq!(signed(0.0, 2), "0.00");
        assert_eq!(trimmed(16.0, 2), "16");
        assert_eq!(trimmed(0.94, 3), "0.94");
        assert_eq!(usd(-1_234_567.4), "−$1,234,567");
        assert_eq!(usd(950.0), "$950");
        assert_eq!(count(1.0, "point"), "1 point");
        assert_eq!(count(3.0, "point"), "3 points");
        assert_eq!(list(&["a", "b", "c"].map(str::to_owned)), "a, b and c");
        assert_eq!(capital("net vega"), "Net vega");
    }
}
