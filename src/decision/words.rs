//! Numbers and contracts in the sentences of a decision.

use jiff::civil::Date;

use crate::instrument::{Contract, LayerKind};

/// Whole dollars with sign and commas: `−$1,234`.
pub(super) fn usd(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let sign = if value <= -0.5 { "\u{2212}" } else { "" };
    format!("{sign}${text}")
}

/// A number at so many decimals, with a minus that is one.
pub(super) fn number(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}").replace('-', "\u{2212}")
}

/// `15 Jan`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %b").to_string()
}

/// `6 Second calls`, `1 VXM`.
pub(super) fn bought(contracts: i32, layer: Option<LayerKind>, contract: &Contract) -> String {
    match layer {
        Some(layer) => {
            let name = match layer {
                LayerKind::First => "First",
                LayerKind::Second => "Second",
                LayerKind::Third => "Third",
            };
            let plural = if contracts == 1 { "" } else { "s" };
            format!("{contracts} {name} call{plural}")
        }
        None => format!("{contracts} {}", contract.root().symbol()),
    }
}

#[cfg(test)]
mod tests {
    use super::{number, usd};

    #[test]
    fn dollars_and_numbers() {
        assert_eq!(usd(-1_234.4), "\u{2212}$1,234");
        assert_eq!(usd(-0.2), "$0");
        assert_eq!(usd(12_100_000.0), "$12,100,000");
        assert_eq!(number(-0.225, 2), "\u{2212}0.23");
    }
}
