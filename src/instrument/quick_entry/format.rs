//! Writes legs as the quick-entry line that reads back as them.

use jiff::civil::Date;

use crate::instrument::{Contract, Leg, Structure};

/// The line for legs that form one structure: an iron condor, a vertical, one option or one future.
/// `None` for any other list of legs.
///
/// Reading the line back gives the same contracts and quantities, and the same net price to a
/// millionth of a point, as long as the expiry is still ahead and listed for its root.
pub fn format_quick_entry(legs: &[Leg]) -> Option<String> {
    let (structure, quantity, order) = Structure::recognise(legs)?;
    let prices: Vec<f64> = order.iter().map(|index| legs[*index].entry_price).collect();
    let net = structure.net_price(&prices).ok()?;
    if !(net.is_finite() && net > -0.5e-6) {
        return None;
    }
    let contracts: Vec<Contract> = structure.parts().iter().map(|part| part.0).collect();
    let first = contracts.first()?;
    let strikes: Vec<String> = contracts.iter().filter_map(strike_text).collect();
    let sign = if quantity > 0 { "+" } else { "" };
    let gap = if strikes.len() > 1 { " " } else { "" };
    let terms = match strikes.as_slice() {
        [] => String::new(),
        [..] => format!(" {}{gap}{}", strikes.join("/"), structure.code()),
    };
    let (root, expiry) = (first.root(), compact_date(first.expiry()));
    let price = price_text(net.abs());
    Some(format!("{sign}{quantity} {root} {expiry}{terms} @ {price}"))
}

/// `15JAN27`; a year that is not of this century is written in full.
pub fn compact_date(day: Date) -> String {
    let format = if (2000..=2099).contains(&day.year()) {
        "%-d%b%y"
    } else {
        "%-d%b%Y"
    };
    day.strftime(format).to_string().to_ascii_uppercase()
}

/// The strike of an option as it is typed.
fn strike_text(contract: &Contract) -> Option<String> {
    match contract {
        Contract::Option { strike, .. } => Some(strike.to_string()),
        Contract::Future { .. } => None,
    }
}

/// Two decimals, or up to six where the price needs them.
fn price_text(price: f64) -> String {
    let exact = format!("{price:.6}");
    let short = exact.trim_end_matches('0');
    let decimals = short.len() - short.find('.').map_or(short.len(), |dot| dot + 1);
    format!("{price:.*}", decimals.max(2))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::instrument::{Right, Root, parse_quick_entry};

    #[test]
    fn lines_read_back_as_they_were() {
        for line in [
            "-10 SPX 15JAN27 6000/6050/6950/7000 IC @ 6.40",
            "+1 SPXW 6AUG26 5590/5640 PV @ 2.125",
            "+4 VIX 16SEP26 22C @ 1.09",
            "+2 VIXW 9SEP26 22.5/30 CV @ 0.90",
            "-1 VX 16SEP26 @ 18.36",
        ] {
            let entry = parse_quick_entry(line, date(2026, 6, 24)).expect(line);
            let legs = entry.legs(&[]).expect(line);
            assert_eq!(format_quick_entry(&legs).as_deref(), Some(line));
        }
    }

    #[test]
    fn no_line_for_other_legs() {
        let put = |strike, quantity| {
            let contract = Contract::option(Root::Spxw, date(2026, 8, 6), strike, Right::Put);
            Leg::new(contract.expect("valid"), quantity, 1.0).expect("valid")
        };
        assert_eq!(format_quick_entry(&[]), None);
        assert_eq!(
            format_quick_entry(&[put(5600.0, 1), put(5650.0, -2)]),
            None,
            "a ratio"
        );
        assert_eq!(format_quick_entry(&[put(5600.0, 1), put(5600.0, -1)]), None);
    }

    #[test]
    fn prices_keep_what_they_need() {
        for (price, text) in [
            (6.4, "6.40"),
            (0.0, "0.00"),
            (12.0959, "12.0959"),
            (1e-7, "0.00"),
        ] {
            assert_eq!(price_text(price), text);
        }
    }
}
