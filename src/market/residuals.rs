//! What the quotes of one expiry say beyond the fitted curve, kept by strike.
//!
//! Added back to the fit they make every quoted option reprice exactly. Between quoted strikes the
//! residual is interpolated linearly in strike, so that dragging a strike moves its vol smoothly; beyond
//! the outermost strike it fades linearly to zero over one at-the-money standard deviation.

use crate::instrument::Right;

/// Strikes closer than this, in points, are the same strike.
const SAME_STRIKE: f64 = 1e-6;

/// The residual of one quote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Residual {
    /// Strike in points.
    pub strike: f64,
    /// Call or put.
    pub right: Right,
    /// Quoted vol less fitted vol, decimal.
    pub vol_residual: f64,
}

/// All residuals of one expiry, ready to be looked up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResidualLine {
    nodes: Vec<Node>,
    fade_points: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Node {
    strike: f64,
    call: Option<f64>,
    put: Option<f64>,
    mean: f64,
}

impl Node {
    fn new(strike: f64) -> Self {
        Self {
            strike,
            call: None,
            put: None,
            mean: 0.0,
        }
    }

    fn set(&mut self, right: Right, value: f64) {
        match right {
            Right::Call => self.call = Some(value),
            Right::Put => self.put = Some(value),
        }
        self.mean = match (self.call, self.put) {
            (Some(call), Some(put)) => f64::midpoint(call, put),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => 0.0,
        };
    }
}

impl ResidualLine {
    /// Gathers residuals; `fade_points` is the distance in points over which they vanish outside the
    /// quoted strikes. Of two residuals of one option the later counts.
    pub fn new(residuals: &[Residual], fade_points: f64) -> Self {
        let mut sorted = residuals.to_vec();
        sorted.sort_by(|x, y| x.strike.total_cmp(&y.strike));
        let mut nodes: Vec<Node> = Vec::with_capacity(sorted.len());
        for residual in sorted {
            let new = nodes
                .last()
                .is_none_or(|node| residual.strike - node.strike > SAME_STRIKE);
            if new {
                nodes.push(Node::new(residual.strike));
            }
            if let Some(node) = nodes.last_mut() {
                node.set(residual.right, residual.vol_residual);
            }
        }
        Self { nodes, fade_points }
    }

    /// The residual to add at a strike: exact for a quoted option, the other right's where only that is
    /// quoted at the strike (put-call parity), else interpolated or faded.
    pub fn at(&self, strike: f64, right: Right) -> f64 {
        let after = self
            .nodes
            .partition_point(|node| node.strike < strike - SAME_STRIKE);
        let next = self.nodes.get(after);
        if let Some(node) = next.filter(|node| node.strike <= strike + SAME_STRIKE) {
            return match right {
                Right::Call => node.call,
                Right::Put => node.put,
            }
            .unwrap_or(node.mean);
        }
        let previous = after.checked_sub(1).and_then(|i| self.nodes.get(i));
        match (previous, next) {
            (Some(low), Some(high)) => {
                let share = (strike - low.strike) / (high.strike - low.strike);
                low.mean + share * (high.mean - low.mean)
            }
            (Some(edge), None) | (None, Some(edge)) => {
                edge.mean * self.remaining((strike - edge.strike).abs())
            }
            (None, None) => 0.0,
        }
    }

    /// Whether an option at this strike is quoted, by either right.
    pub fn is_quoted(&self, strike: f64) -> bool {
        let after = self
            .nodes
            .partition_point(|node| node.strike < strike - SAME_STRIKE);
        self.nodes
            .get(after)
            .is_some_and(|node| node.strike <= strike + SAME_STRIKE)
    }

    fn remaining(&self, distance: f64) -> f64 {
        if self.fade_points > 0.0 {
            (1.0 - distance / self.fade_points).max(0.0)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Residual, ResidualLine};
    use crate::instrument::Right::{Call, Put};

    fn line() -> ResidualLine {
        let at = |strike, right, vol_residual| Residual {
            strike,
            right,
            vol_residual,
        };
        ResidualLine::new(
            &[
                at(110.0, Call, 0.03),
                at(100.0, Put, 0.01),
                at(100.0, Call, 0.02),
            ],
            20.0,
        )
    }

    #[test]
    fn exact_at_quotes_linear_between_and_fading_outside() {
        let line = line();
        assert_eq!(line.at(100.0, Put), 0.01);
        assert_eq!(line.at(100.0, Call), 0.02);
        assert_eq!(line.at(110.0, Put), 0.03, "the other right by parity");
        assert!((line.at(105.0, Put) - 0.0225).abs() < 1e-15);
        assert!((line.at(115.0, Call) - 0.0225).abs() < 1e-15);
        assert_eq!(line.at(131.0, Call), 0.0);
        assert!((line.at(90.0, Call) - 0.0075).abs() < 1e-15);
        assert!(line.is_quoted(110.0) && !line.is_quoted(109.0));
    }

    #[test]
    fn no_quotes_no_residual() {
        let none = ResidualLine::default();
        assert_eq!(none.at(100.0, Call), 0.0);
        assert!(!none.is_quoted(100.0));
    }
}
