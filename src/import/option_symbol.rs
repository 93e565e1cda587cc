//! Option symbols as exchange files write them: `SPXW230207C01000000`.

use jiff::civil::Date;

/// The parts of an option symbol: root, yymmdd, C or P, strike in thousandths.
pub(super) struct Symbol {
    /// Root, upper case.
    pub(super) root: String,
    /// The date in the symbol.
    pub(super) expiry: Date,
    /// Strike in thousandths of a point.
    pub(super) thousandths: u32,
}

impl Symbol {
    /// Reads a symbol; `None` when it is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        const TAIL: usize = 15;
        let text = text.trim().trim_start_matches('^');
        if !text.is_ascii() || text.len() <= TAIL {
            return None;
        }
        let (root, tail) = text.split_at(text.len() - TAIL);
        let two = |at: usize| tail[at..at + 2].parse::<i8>().ok();
        let expiry = Date::new(2000 + i16::from(two(0)?), two(2)?, two(4)?).ok()?;
        if !matches!(tail.as_bytes()[6], b'C' | b'P') {
            return None;
        }
        Some(Self {
            root: root.trim().to_ascii_uppercase(),
            expiry,
            thousandths: tail[7..].parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Symbol;
    use jiff::civil::date;

    #[test]
    fn symbols_with_and_without_padding() {
        for text in [
            "SPXW230207P01050500",
            "SPXW  230207P01050500",
            "^spxw230207P01050500",
        ] {
            let symbol = Symbol::parse(text).expect("a symbol");
            assert_eq!(symbol.root, "SPXW");
            assert_eq!(
                (symbol.expiry, symbol.thousandths),
                (date(2023, 2, 7), 1_050_500)
            );
        }
        for text in [
            "",
            "SPXW",
            "SPX231307C01000000",
            "SPX230207X01000000",
            "SPX230207C0100000é",
        ] {
            assert!(Symbol::parse(text).is_none(), "{text}");
        }
    }
}
