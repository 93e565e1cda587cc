//! Big Top "Temporal Theta" cash press: five points, a phase, and where it moves the vega target.
//!
//! The point for IV30/RV20 and the others are as the method lists them; the vega targets are ours.

use super::params::signal_params;

signal_params! {
    /// Parameters of the phase.
    BigTopParams of big_top: BigTopNumbers {
        high_bars: usize,
        near_high: f64,
        slope_pct: f64,
        vol_ratio: f64,
        rsi: f64,
        min_dte: f64,
        max_dte: f64,
        press_points: usize,
        build_points: usize,
        target_off: f64,
        target_press: f64,
        target_distribution: f64,
    }
}

/// Phase of the cash press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Fewer points than Build asks for.
    Off,
    /// Nearly there.
    Build,
    /// Press.
    Press,
}

impl Phase {
    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Off => "Off",
            Self::Build => "Build",
            Self::Press => "Press",
        }
    }
}

/// What the phase is read from; what is missing earns no point and is counted as unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BigTopInput<'a> {
    /// SPX closes; fewer than the window of the high leave that point unknown.
    pub closes: &'a [f64],
    /// X, %.
    pub slope_pct: Option<f64>,
    /// IV30 over RV20.
    pub vol_ratio: Option<f64>,
    /// RSI14 of SPX.
    pub rsi: Option<f64>,
    /// Calendar days of the condor.
    pub condor_dte: Option<f64>,
    /// Whether breadth diverges negatively.
    pub negative_divergence: Option<bool>,
}

/// One of the five points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// What is measured.
    pub name: &'static str,
    /// Its value; `None` where unknown.
    pub value: Option<f64>,
    /// Whether it earns its point.
    pub holds: bool,
}

/// The phase with its points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BigTop {
    /// The phase by the known points.
    pub phase: Phase,
    /// Whether breadth diverges negatively: Distribution.
    pub is_distribution: bool,
    /// The five points.
    pub points: [Point; 5],
    /// Points earned.
    pub score: usize,
    /// Points that are not known and could change the phase.
    pub unknown: usize,
    /// Vega target inside the band, index points per vol point per condor.
    pub vega_target: f64,
}

impl BigTop {
    /// The phase's name on the screen, with Distribution where it holds.
    pub fn label(&self) -> String {
        let phase = self.phase.label();
        if self.is_distribution {
            format!("{phase}, distribution")
        } else {
            phase.to_owned()
        }
    }
}

/// Reads the phase.
pub fn big_top(input: &BigTopInput<'_>, params: &BigTopParams) -> BigTop {
    let dte_window = params.min_dte..=params.max_dte;
    let point = |name, value: Option<f64>, holds: &dyn Fn(f64) -> bool| Point {
        name,
        value,
        holds: value.is_some_and(holds),
    };
    let points = [
        point(
            "SPX over its high",
            share_of_high(input.closes, params),
            &|share| share >= params.near_high,
        ),
        point("contango", input.slope_pct, &|slope| {
            slope >= params.slope_pct
        }),
        point("IV30 / RV20", input.vol_ratio, &|ratio| {
            ratio >= params.vol_ratio
        }),
        point("RSI14", input.rsi, &|rsi| rsi >= params.rsi),
        point("condor DTE", input.condor_dte, &|days| {
            dte_window.contains(&days)
        }),
    ];
    let score = points.iter().filter(|point| point.holds).count();
    let phase = if score >= params.press_points {
        Phase::Press
    } else if score >= params.build_points {
        Phase::Build
    } else {
        Phase::Off
    };
    let is_distribution = input.negative_divergence == Some(true);
    let vega_target = match (phase, is_distribution) {
        (Phase::Press, true) => params.target_distribution,
        (Phase::Press, false) => params.target_press,
        (Phase::Off | Phase::Build, _) => params.target_off,
    };
    let unknown = points.iter().filter(|point| point.value.is_none()).count();
    BigTop {
        phase,
        is_distribution,
        points,
        score,
        unknown: if phase == Phase::Press { 0 } else { unknown },
        vega_target,
    }
}

/// The last close over the highest of the window.
fn share_of_high(closes: &[f64], params: &BigTopParams) -> Option<f64> {
    let from = closes.len().checked_sub(params.high_bars)?;
    let last = *closes.last()?;
    let high = closes[from..]
        .iter()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    (high > 0.0 && last.is_finite()).then(|| last / high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(closes: &[f64]) -> BigTopInput<'_> {
        BigTopInput {
            closes,
            slope_pct: Some(8.0),
            vol_ratio: Some(1.17),
            rsi: Some(59.9),
            condor_dte: Some(22.0),
            negative_divergence: Some(false),
        }
    }

    #[test]
    fn phases_by_points() {
        let params = BigTopParams::default();
        let mut closes = vec![6000.0; 252];
        closes[251] = 5880.0;
        let build = big_top(&input(&closes), &params);
        assert_eq!(
            (build.phase, build.score, build.vega_target),
            (Phase::Build, 2, 0.05)
        );
        let press = BigTopInput {
            condor_dte: Some(21.0),
            ..input(&closes)
        };
        let found = big_top(&press, &params);
        assert_eq!((found.phase, found.vega_target), (Phase::Press, -0.10));
        let distribution = BigTopInput {
            negative_divergence: Some(true),
            ..press
        };
        let found = big_top(&distribution, &params);
        assert_eq!(
            (found.vega_target, found.label().as_str()),
            (0.20, "Press, distribution")
        );
        closes[251] = 5879.0;
        assert_eq!(big_top(&input(&closes), &params).phase, Phase::Off);
    }

    #[test]
    fn what_is_missing_is_counted() {
        let params = BigTopParams::default();
        let none = big_top(&BigTopInput::default(), &params);
        assert_eq!((none.phase, none.unknown, none.score), (Phase::Off, 5, 0));
        let short = [6000.0; 251];
        assert_eq!(big_top(&input(&short), &params).unknown, 1);
    }
}
