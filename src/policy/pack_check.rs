//! The sense of a pack: layers and rules once each, numbers in their ranges, pairs in their order.

use super::pack::RulePack;
use super::threshold::Threshold;

/// Longest id and title in characters.
const MAX_NAME: usize = 80;

/// What cannot be in a pack: where, what was found, what was expected instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: found {found}: expected {expected}")]
pub struct PackFault {
    /// Path of the field, such as `vega_band.low.value`.
    pub path: String,
    /// What stands there.
    pub found: String,
    /// What should.
    pub expected: String,
}

impl PackFault {
    fn new(path: impl Into<String>, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            found: found.into(),
            expected: expected.into(),
        }
    }
}

/// Two numbers of which the first may not exceed the second.
struct Pair<'a> {
    path: &'static str,
    smaller: &'a Threshold,
    larger: &'a Threshold,
    /// Whether they may be equal.
    may_equal: bool,
}

impl RulePack {
    /// Checks everything, as at the door of a file.
    ///
    /// # Errors
    /// The first value that cannot be, with its path.
    pub fn check(&self) -> Result<(), PackFault> {
        check_name("id", &self.id)?;
        check_name("title", &self.title)?;
        self.check_layers()?;
        self.check_rules()?;
        for slot in self.slots() {
            let check = slot.threshold.check(slot.unit);
            check.map_err(|(field, found, expected)| {
                PackFault::new(format!("{}.{field}", slot.path), found, expected)
            })?;
        }
        self.check_order()
    }

    fn check_layers(&self) -> Result<(), PackFault> {
        if self.layers.is_empty() {
            return Err(PackFault::new("layers", "no layer", "at least one layer"));
        }
        for (index, layer) in self.layers.iter().enumerate() {
            if self.layers[..index].iter().any(|l| l.kind == layer.kind) {
                let path = format!("layers[{index}].kind");
                let found = format!("{:?} a second time", layer.kind);
                return Err(PackFault::new(path, found, "each layer once"));
            }
            layer.check().map_err(|fault| PackFault {
                path: format!("layers[{index}].{}", fault.path),
                ..fault
            })?;
        }
        Ok(())
    }

    /// Rules and clauses: each once, and no clause without its rules.
    fn check_rules(&self) -> Result<(), PackFault> {
        for (index, rule) in self.evaluates.iter().enumerate() {
            if self.evaluates[..index].contains(rule) {
                let (path, found) = (
                    format!("evaluates[{index}]"),
                    format!("{rule:?} a second time"),
                );
                return Err(PackFault::new(path, found, "each rule once"));
            }
        }
        for (index, clause) in self.precedence.iter().enumerate() {
            let path = format!("precedence[{index}]");
            if self.precedence[..index].contains(clause) {
                let found = format!("{clause:?} a second time");
                return Err(PackFault::new(path, found, "each clause once"));
            }
            let first = clause.rules()[0];
            if !self.evaluates.contains(&first) {
                let expected = format!("{first:?} among the rules evaluated, which it decides by");
                return Err(PackFault::new(path, format!("{clause:?}"), expected));
            }
        }
        Ok(())
    }

    /// Pairs of numbers that only make sense in one order.
    fn check_order(&self) -> Result<(), PackFault> {
        for pair in self.strict_pairs().into_iter().chain(self.loose_pairs()) {
            let (smaller, larger) = (pair.smaller.value, pair.larger.value);
            if smaller > larger || (smaller == larger && !pair.may_equal) {
                let than = if pair.may_equal {
                    "at least"
                } else {
                    "more than"
                };
                return Err(PackFault::new(
                    format!("{}.value", pair.path),
                    larger.to_string(),
                    format!("{than} {smaller}"),
                ));
            }
        }
        if self.vega_band.reference_width.value == 0.0 {
            let path = "vega_band.reference_width.value";
            return Err(PackFault::new(path, "0", "a width above zero"));
        }
        Ok(())
    }

    fn strict_pairs(&self) -> Vec<Pair<'_>> {
        let (band, budgets, tail) = (&self.vega_band, &self.budgets, &self.rules.tail_hedge);
        let slopes = &self.signals.vega_regression;
        pairs(
            false,
            [
                ("vega_band.high", &band.low, &band.high),
                ("vega_band.limit", &band.high, &band.limit),
                (
                    "budgets.hedge_debit",
                    &budgets.hedge_debit_warn,
                    &budgets.hedge_debit,
                ),
                (
                    "budgets.hedge_debit_alarm",
                    &budgets.hedge_debit,
                    &budgets.hedge_debit_alarm,
                ),
                (
                    "break_evens.pass",
                    &self.break_evens.alert,
                    &self.break_evens.pass,
                ),
                (
                    "entry.hold_above",
                    &self.entry.open_below,
                    &self.entry.hold_above,
                ),
                (
                    "signals.breadth.slow",
                    &self.signals.breadth.fast,
                    &self.signals.breadth.slow,
                ),
                (
                    "signals.vega_regression.max_slope",
                    &slopes.min_slope,
                    &slopes.max_slope,
                ),
                ("rules.tail_hedge.low_to", &tail.none_to, &tail.low_to),
                ("rules.tail_hedge.high_to", &tail.low_to, &tail.high_to),
            ],
        )
    }

    fn loose_pairs(&self) -> Vec<Pair<'_>> {
        let (big_top, hot) = (&self.signals.big_top, &self.signals.expansion);
        let (cut, roll) = (&self.rules.vega_cut, &self.rules.roll);
        let slopes = &self.signals.vega_regression;
        pairs(
            true,
            [
                (
                    "signals.big_top.max_dte",
                    &big_top.min_dte,
                    &big_top.max_dte,
                ),
                (
                    "signals.big_top.press_points",
                    &big_top.build_points,
                    &big_top.press_points,
                ),
                (
                    "signals.expansion.window_closes",
                    &hot.hot_closes,
                    &hot.window_closes,
                ),
                (
                    "signals.vega_regression.days",
                    &slopes.min_observations,
                    &slopes.days,
                ),
                ("rules.vega_cut.usual", &cut.least, &cut.usual),
                ("rules.vega_cut.most", &cut.usual, &cut.most),
                ("rules.roll.middle_dte", &roll.short_dte, &roll.middle_dte),
                ("rules.roll.longest_step", &roll.step, &roll.longest_step),
            ],
        )
    }
}

fn pairs<'a, const N: usize>(
    may_equal: bool,
    rows: [(&'static str, &'a Threshold, &'a Threshold); N],
) -> Vec<Pair<'a>> {
    let pair = |(path, smaller, larger)| Pair {
        path,
        smaller,
        larger,
        may_equal,
    };
    rows.into_iter().map(pair).collect()
}

fn check_name(field: &str, name: &str) -> Result<(), PackFault> {
    let odd = name.chars().any(char::is_control);
    if name.trim().is_empty() {
        return Err(PackFault::new(field, "nothing", "a short name"));
    }
    if odd || name.chars().count() > MAX_NAME {
        let expected = format!("a name of 1 to {MAX_NAME} characters in one line");
        return Err(PackFault::new(field, format!("{name:?}"), expected));
    }
    Ok(())
}
