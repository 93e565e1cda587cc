//! The numbers of the signals, a group a signal.

use super::numbers::{number_groups, numbers};

numbers! {
    /// Regime: Steward or Promoter.
    RegimeNumbers {
        /// Fewest closes of the slope.
        min_bars: Closes,
        /// Closes from which on the averages have forgotten how they began.
        better_bars: Closes,
        /// Closes in whose deviation a histogram has to stand out.
        deviation_bars: Closes,
        /// The share of that deviation which a change needs.
        deviation_share: ShareOfDeviation,
        /// Closes in a row that a change needs.
        closes: Closes,
        /// VIX above which Steward is forced.
        vix_limit: VixPoints,
    }
    /// Breadth divergence.
    BreadthNumbers {
        /// Window of highs, lows and the deviation of daily breadth.
        bars: Closes,
        /// How near to its extreme SPX has to close.
        near_extreme: Share,
        /// How far from its own extreme the A/D line has to stand, in deviations × √bars.
        depth: Deviations,
        /// Fast average of the A/D line.
        fast: Closes,
        /// Slow average of the A/D line.
        slow: Closes,
    }
    /// Layer compression.
    CompressionNumbers {
        /// Window of the range's average.
        bars: Closes,
        /// A range this small against its average is compressed.
        share: Share,
        /// The range also has to be below what it was so long ago.
        back: Closes,
        /// Level version: VIX below this average.
        vix_average: Closes,
        /// Level version: period of the RSI of VIX.
        rsi_period: Closes,
        /// Level version: RSI of VIX below this.
        rsi_limit: Rsi,
    }
    /// Divergence and compression together.
    EvaluateNumbers {
        /// Closes within which both count together.
        bars: Closes,
    }
    /// Big Top cash press.
    BigTopNumbers {
        /// Window of the SPX high.
        high_bars: Closes,
        /// SPX so near to its high earns a point.
        near_high: Share,
        /// Contango that earns a point.
        slope_pct: Pct,
        /// IV30 over RV20 that earns a point.
        vol_ratio: Ratio,
        /// RSI of SPX that earns a point.
        rsi: Rsi,
        /// Fewest days of the condor for a point.
        min_dte: CalendarDays,
        /// Most days of the condor for a point.
        max_dte: CalendarDays,
        /// Points of the phase Press.
        press_points: Count,
        /// Points of the phase Build.
        build_points: Count,
        /// Vega target outside of Press.
        target_off: PointsPerVolPointPerCondor,
        /// Vega target of Press.
        target_press: PointsPerVolPointPerCondor,
        /// Vega target of Press with Distribution.
        target_distribution: PointsPerVolPointPerCondor,
    }
    /// Expected daily range.
    DailyRangeNumbers {
        /// Above it a threatened strike is rolled forward.
        line_pct: Pct,
        /// Weight of VIX9D in the blend.
        vix9d_weight: Share,
        /// Weight of the 20-day realised vol in the blend.
        hv_weight: Share,
    }
    /// Event window.
    EventNumbers {
        /// Sessions before a release that belong to the window.
        before: Sessions,
        /// Sessions after it.
        after: Sessions,
        /// No new condor from so many sessions before, until the release.
        closed_before: Sessions,
        /// Factor on size inside the window.
        size_factor: Ratio,
    }
    /// Concentration and flattening.
    ConcentrationNumbers {
        /// Sessions over which the weight's rise is taken.
        weight_sessions: Sessions,
        /// Rise of the ten largest weights that counts.
        weight_rise_pp: PctPoints,
        /// Weight that counts without a rise.
        weight_level_pct: Pct,
        /// Sessions over which the curve's change is taken.
        curve_sessions: Sessions,
        /// Change of the two-to-ten-year slope that counts as flattening.
        flattening_bp: BasisPoints,
        /// By how much the theta floor rises.
        tighten: Share,
    }
    /// Growth and interest-rate differential.
    GrowthNumbers {
        /// Real growth on the quarter, annualised, that is healthy.
        healthy_saar_pct: Pct,
        /// Sessions over which the differential's change is taken.
        sessions: Sessions,
        /// Largest change, either way, that is stable.
        stable_bp: BasisPoints,
        /// By how much the band widens on each side.
        widen: Share,
    }
    /// Real effective exchange rate.
    ReerNumbers {
        /// Months of the change that is judged.
        change_months: Months,
        /// Changes among which it has to stand out.
        window_months: Months,
        /// Standard score, either way, that is a shift.
        limit: Deviations,
        /// Factor on the expected move while it lasts.
        expected_move_factor: Ratio,
    }
    /// Price over cash flow.
    CashFlowNumbers {
        /// Quarters whose median is the yardstick.
        quarters: Quarters,
        /// Ratio over its median that is high.
        over_median: Ratio,
        /// Rise on the quarter that counts.
        rise: Share,
        /// Break-evens are alerted at this distance while it lasts.
        alert_expected_moves: ExpectedMoves,
        /// Short strikes are threatened at this delta while it lasts.
        short_strike_delta: Delta,
    }
    /// Inflation.
    InflationNumbers {
        /// Consumer or producer prices over a year at which it is elevated.
        yearly_pct: Pct,
        /// Core consumer prices over a month at which it is.
        core_monthly_pct: Pct,
        /// Print above its forecast at which it is.
        surprise_pp: PctPoints,
    }
    /// RSI above its limit while price over earnings expands.
    ExpansionNumbers {
        /// Period of the RSI of SPX.
        rsi_period: Closes,
        /// RSI above this is hot.
        rsi_limit: Rsi,
        /// Hot closes that count as staying above.
        hot_closes: Closes,
        /// Closes among which they lie.
        window_closes: Closes,
        /// Closes over which price to earnings rises.
        rise_bars: Closes,
        /// Rise of price to earnings that is expansion.
        rise: Share,
        /// Closes of a year, whose high quarter is expansion too.
        year_bars: Closes,
        /// Percentile of the year from which on it counts.
        high_share: Share,
    }
    /// Immediate volatility signal of the First layer.
    FrontVolNumbers {
        /// Rise in a day, in deviations of the changes before it.
        stdevs: Deviations,
        /// Changes before it of which the deviation is taken.
        bars: Closes,
        /// Average that the future is set against.
        average: Closes,
        /// So far over its average is a signal.
        over_average: Share,
        /// Closes for which ties turn to hedge.
        hold_closes: Closes,
    }
    /// Regression of a future on VIX.
    VegaRegressionNumbers {
        /// Changes in the rolling window.
        days: Closes,
        /// Fewest changes within it.
        min_observations: Closes,
        /// Smallest slope that is used.
        min_slope: Ratio,
        /// Largest slope that is used.
        max_slope: Ratio,
    }
}

number_groups! {
    /// The numbers of all signals.
    SignalNumbers {
        /// Regime.
        regime: RegimeNumbers,
        /// Breadth divergence.
        breadth: BreadthNumbers,
        /// Layer compression.
        compression: CompressionNumbers,
        /// Divergence and compression together.
        evaluate: EvaluateNumbers,
        /// Big Top.
        big_top: BigTopNumbers,
        /// Expected daily range.
        daily_range: DailyRangeNumbers,
        /// Event window.
        events: EventNumbers,
        /// Concentration and flattening.
        concentration: ConcentrationNumbers,
        /// Growth and differential.
        growth: GrowthNumbers,
        /// Exchange rate.
        reer: ReerNumbers,
        /// Price over cash flow.
        cash_flow: CashFlowNumbers,
        /// Inflation.
        inflation: InflationNumbers,
        /// Expansion.
        expansion: ExpansionNumbers,
        /// Immediate volatility signal.
        front_vol: FrontVolNumbers,
        /// Regression convention of net vega.
        vega_regression: VegaRegressionNumbers,
    }
}
