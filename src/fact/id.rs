//! The closed list of facts: name, room in the method, unit, meaning and formula.

use super::unit::FactUnit;

/// Part of the method that a fact belongs to, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactGroup {
    /// Regime and the slope that it is read from.
    Regime,
    /// VIX and its futures.
    Curve,
    /// The layers' levels, together and each against its yardsticks.
    Layers,
    /// The S&P 500.
    Spx,
    /// Breadth of the market.
    Breadth,
    /// Releases and meetings.
    Events,
    /// Prices, growth, rates.
    Economy,
    /// What the market costs and what capital costs.
    Value,
    /// Size, margin and journal of the book.
    Book,
    /// Net vega and the hedge.
    Vega,
    /// Net theta.
    Theta,
    /// Break-evens and short strikes.
    BreakEvens,
    /// What the hedge costs.
    Budget,
}

impl FactGroup {
    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Regime => "Regime",
            Self::Curve => "VIX and its futures",
            Self::Layers => "Layers",
            Self::Spx => "S&P 500",
            Self::Breadth => "Breadth",
            Self::Events => "Events",
            Self::Economy => "Economy",
            Self::Value => "Valuation",
            Self::Book => "Book",
            Self::Vega => "Net vega",
            Self::Theta => "Theta",
            Self::BreakEvens => "Break-evens",
            Self::Budget => "Budget",
        }
    }
}

/// What is known of a fact before any value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactSpec {
    /// Which fact.
    pub id: FactId,
    /// Its one name in reports and rules, `x.contango_cm`.
    pub key: &'static str,
    /// Part of the method.
    pub group: FactGroup,
    /// Unit of its value.
    pub unit: FactUnit,
    /// What it says, in a line.
    pub meaning: &'static str,
    /// How it is computed, in a line.
    pub formula: &'static str,
}

/// Makes the enum and its table from one list.
macro_rules! facts {
    ($($group:ident { $($id:ident $key:literal $unit:ident $meaning:literal, $formula:literal;)+ })+) => {
        /// A fact that rules may ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FactId {
            $($(
                #[doc = $meaning]
                #[doc = ""]
                #[doc = concat!("`", $key, "`: ", $formula)]
                $id,
            )+)+
        }

        /// One row a fact, in the order of [`FactId`].
        const CATALOGUE: &[FactSpec] = &[
            $($(FactSpec {
                id: FactId::$id,
                key: $key,
                group: FactGroup::$group,
                unit: FactUnit::$unit,
                meaning: $meaning,
                formula: $formula,
            },)+)+
        ];
    };
}

facts! {
    Regime {
        Regime "regime" State "Steward (mitigate risk) or Promoter (enhance yield), forces included", "MACD of x.contango_cm: Promoter if macd.hist > 0 and X > 0, signals.regime.closes in a row; forced Steward by VIX > signals.regime.vix_limit, an event window or X ≤ 0";
        RegimeBase "regime.base" State "The regime that MACD alone gives", "as regime, forces left out";
        RegimePending "regime.pending" Text "The state that the last closes point to without confirming it; none when none", "signals.regime.closes in a row and |macd.hist| > macd.needed confirm";
        RegimeForcedBy "regime.forced_by" Text "What forces Steward today; none when nothing does", "VIX > signals.regime.vix_limit, event window, X ≤ 0";
        RegimeAge "regime.age" Sessions "Sessions since the regime changed last", "sessions from the last change to the last close";
        RegimeChanges60 "regime.changes_60d" Count "Changes of regime in the pack's last sessions, sixty as shipped", "count of changes in rules.false_binary.loyal_sessions";
        XContangoCm "x.contango_cm" Pct "Slope of the VIX futures; positive is contango", "100 × (vx.cm60 / vx.cm30 − 1)";
        MacdLine "macd.line" PctPoints "Fast less slow average of the regime's slope", "EMA12 − EMA26 of X";
        MacdSignal "macd.signal" PctPoints "Average of the MACD", "EMA9 of macd.line";
        MacdHist "macd.hist" PctPoints "MACD less its signal", "macd.line − macd.signal";
        MacdNeeded "macd.needed" PctPoints "What the histogram must exceed for a change", "signals.regime.deviation_share × standard deviation of signals.regime.deviation_bars histograms";
        MacdBars "macd.bars" Count "Closes of the slope behind the regime", "count of closes; signals.regime.better_bars forget the seeding";
    }
    Curve {
        Vix "vix" Points "VIX at the marks", "as marked; else the last close";
        VixClose "vix.close" Points "VIX, last close", "Cboe close";
        VixSma5 "vix.sma5" Points "Average of VIX over the pack's closes, five as shipped", "average of vix.close over monetise.average";
        VixBelowHigh "vix.below_high" Pct "How far VIX has fallen from its spike high", "100 × (1 − vix.close / highest close of monetise.high_closes)";
        Vix9d "vix9d" Points "Nine-day VIX, last close", "Cboe close";
        Vix3m "vix3m" Points "Three-month VIX, last close", "Cboe close";
        Vvix "vvix" Points "VIX of VIX options", "as marked; else the last close";
        Vx1 "vx.1" Points "Nearest VIX future", "settlement of the last close";
        Vx2 "vx.2" Points "Second VIX future", "settlement of the last close";
        XContangoListed "x.contango_listed" Pct "Second over nearest VIX future", "100 × (vx.2 / vx.1 − 1)";
        XVix3m "x.vix3m" Pct "Three-month VIX over VIX: the slope's last fallback", "100 × (vix3m / vix.close − 1)";
        Cm30 "vx.cm30" Points "Constant-maturity 30-day VIX future: level of the First layer", "linear in time between listed futures";
        Cm60 "vx.cm60" Points "Constant-maturity 60-day VIX future", "linear in time between listed futures";
        Cm110 "vx.cm110" Points "Constant-maturity 110-day VIX future: level of the Second layer", "linear in time between listed futures";
        Cm220 "vx.cm220" Points "Constant-maturity 220-day VIX future: level of the Third layer", "linear in time between listed futures";
        FrontChange "vx1.change" Points "Change of the nearest future on its last day", "settlement less the one before, same contract";
        FrontChangeSd "vx1.change_sd" Sd "The same in deviations of the changes before it", "vx1.change / standard deviation of signals.front_vol.bars changes";
        FrontOverSma5 "vx1.over_sma5" Pct "Nearest future against the average of its last closes, five as shipped", "100 × (vx.1 / average of signals.front_vol.average − 1), same contract";
        FrontSignal "first.signal" Flag "Immediate volatility signal of the First layer", "vx1.change_sd ≥ signals.front_vol.stdevs, or vx.1 > vx.2, or vx1.over_sma5 ≥ signals.front_vol.over_average";
        FrontTies "first.signal_ties" Flag "The signal stood at one of the last closes: ties turn to hedge", "first.signal at one of signals.front_vol.hold_closes";
        Edr "edr" Pct "Expected daily range of SPX", "vix / √252";
        EdrBlend "edr.blend" Pct "The same from nine-day VIX and realised vol", "(signals.daily_range.vix9d_weight × vix9d + signals.daily_range.hv_weight × 100 × spx.rv20) / √252";
        EdrAbove "edr.above" Flag "The range lies above the line of rolling", "edr > signals.daily_range.line_pct";
    }
    Layers {
        LayersSpread "layers.spread" Points "Range of the three layers' levels, R", "max − min of vx.cm30, vx.cm110, vx.cm220";
        LayersOfAverage "layers.of_average" Ratio "R against its average", "layers.spread / its average over signals.compression.bars";
        LayersCompress "layers.compress" Flag "The layers' levels draw together", "layers.of_average ≤ signals.compression.share and R below that of signals.compression.back closes ago";
        LayersCompressAge "layers.compress_age" Sessions "Closes since they were compressed last, 0 for the last close", "counted over the last year; as many closes as were looked at when there was none";
        LayersCompressLevel "layers.compress_level" Flag "Level version of compression", "vix.close below its average of signals.compression.vix_average, RSI of VIX < signals.compression.rsi_limit, MACD of VIX below its signal";
        EvaluateOn "evaluate.on" Flag "Negative divergence and compression near each other: evaluate roll against hedge", "breadth.div_age and layers.compress_age both below signals.evaluate.bars";
        OuMean "ou.mean" Points "Level that VIX returns to", "log-OU fitted to every 21st close of VIX, 16 years";
        OuSpeed "ou.speed" PerYear "Speed of VIX's return, κ", "as ou.mean";
        OuSpeedSe "ou.speed_se" PerYear "Its standard error", "as ou.mean";
        RichFirst "rich.first" Pct "Richness of the First layer's level", "100 × (vx.cm30 / E[VIX in 30 d] − 1)";
        RichSecond "rich.second" Pct "Richness of the Second layer's level", "100 × (vx.cm110 / E[VIX in 110 d] − 1)";
        RichThird "rich.third" Pct "Richness of the Third layer's level", "100 × (vx.cm220 / E[VIX in 220 d] − 1)";
        RichFirstZ "rich.first_z" Sd "The same within its last 252 closes", "standard score";
        RichSecondZ "rich.second_z" Sd "The same within its last 252 closes", "standard score";
        RichThirdZ "rich.third_z" Sd "The same within its last 252 closes", "standard score";
        CapmBeta "capm.beta" Ratio "Beta of the Second layer's level on SPX", "cov(Δln vx.cm110, Δln SPX) / var over 252 closes";
        CapmBetaSe "capm.beta_se" Ratio "Its standard error", "as capm.beta";
        CapmRequired "capm.required" PctPerYear "Return that the beta asks of it; negative is the fair price of insurance", "rf + capm.beta × erp";
        CapmCarry "capm.carry" PctPerYear "Roll-down of today's curve at 110 days", "ln(80-day / 110-day price) × 365 / 30";
        CapmAlpha "capm.alpha" PctPerYear "Carry less beta × premium; negative is overpaying", "capm.carry − capm.beta × erp";
        CapmVerdict "capm.verdict" State "Rich, fair or cheap by CAPM", "carry against required ± one standard error";
    }
    Spx {
        Spx "spx" Index "S&P 500 at the marks", "as marked; else the last close";
        SpxClose "spx.close" Index "S&P 500, last close", "close";
        SpxRsi14 "spx.rsi14" Rsi "Relative strength of SPX", "Wilder's RSI of signals.expansion.rsi_period closes";
        SpxHotCloses "spx.rsi_hot" Count "Closes with a hot RSI among the last", "RSI > signals.expansion.rsi_limit among signals.expansion.window_closes";
        SpxHot "spx.hot" Flag "RSI stays above 65", "spx.rsi_hot ≥ signals.expansion.hot_closes";
        SpxOfHigh252 "spx.of_high252" Pct "SPX against its highest close of a year", "100 × spx.close / highest of signals.big_top.high_bars closes";
        SpxEma20 "spx.ema20" Index "Exponential average of 20 closes", "EMA20";
        SpxSma50 "spx.sma50" Index "Average of 50 closes", "SMA50";
        SpxSma200 "spx.sma200" Index "Average of 200 closes", "SMA200";
        SpxRv20 "spx.rv20" Pct "Realised vol of the last 20 returns", "close to close, √252";
        IvRv "iv30_rv20" Ratio "Implied over realised vol", "vix.close / spx.rv20";
        BigTopPhase "bigtop.phase" State "Phase of the cash press", "Press from signals.big_top.press_points, Build from signals.big_top.build_points, else Off; Distribution with negative divergence";
        BigTopPoints "bigtop.points" Count "Points of five earned", "SPX of its high, X, IV30/RV20, RSI14 and the condor's days, each against its number in signals.big_top";
        BigTopUnknown "bigtop.unknown" Count "Points that are not known and could change the phase", "count";
        BigTopTarget "bigtop.vega_target" Vega "Where the phase puts the vega target inside the band", "signals.big_top.target_off, in Press target_press, with Distribution target_distribution";
    }
    Breadth {
        AdLine "breadth.ad" Issues "Advance–decline line, from the library's first day", "running sum of NYSE advances − declines";
        AdBelowHigh "breadth.ad_below" Sd "A/D line below its high, in deviations of as many closes", "(high − breadth.ad) / (stdev(ΔA/D) × √n), n = signals.breadth.bars";
        BreadthNegative "breadth.div_neg" Flag "SPX near its high without its issues", "SPX within signals.breadth.near_extreme of its high, breadth.ad_below ≥ signals.breadth.depth, fast below slow average of A/D";
        BreadthPositive "breadth.div_pos" Flag "SPX near its low with its issues; for information", "mirrored";
        BreadthAge "breadth.div_age" Sessions "Closes since negative divergence held last, 0 for the last close", "counted over the last year; as many closes as were looked at when there was none";
    }
    Events {
        EventNext "event.next" Text "The next meeting or release", "list of release dates";
        EventSessions "event.sessions" Sessions "Sessions to it", "sessions after the day of the marks up to and including its date";
        EventWindow "event.window" Flag "The day lies in an event window", "from signals.events.before sessions before a release to signals.events.after after";
        EventInWindow "event.in_window" Text "The releases whose windows hold the day; none when none", "list of release dates";
        EventNoNew "event.no_new" Flag "No new condor may be opened", "from signals.events.closed_before sessions before a release until it";
        EventSize "event.size" Ratio "Factor on size", "signals.events.size_factor inside the window, else 1";
    }
    Economy {
        CpiYoy "cpi.yoy" Pct "Consumer prices over a year", "CPI / CPI 12 months before − 1";
        CoreCpiMom "core_cpi.mom" Pct "Core consumer prices over a month", "core CPI / core CPI a month before − 1";
        PpiYoy "ppi.yoy" Pct "Producer prices over a year", "PPI / PPI 12 months before − 1";
        CpiSurprise "cpi.surprise" PctPoints "Last print of CPI y/y less its forecast", "as entered or imported";
        InflationElevated "inflation.elevated" Flag "Inflation is elevated", "cpi.yoy or ppi.yoy ≥ signals.inflation.yearly_pct, core_cpi.mom ≥ core_monthly_pct or cpi.surprise ≥ surprise_pp";
        GdpSaar "gdp.saar" PctPerYear "Real growth on the quarter, annualised", "(GDP / GDP a quarter before)⁴ − 1";
        Differential "rates.diff" PctPoints "Two-year yield less the other currency's", "UST2Y − FOREIGN2Y";
        Differential63 "rates.diff_63d" Bp "Its change over the pack's sessions, 63 as shipped", "rates.diff − that of signals.growth.sessions before";
        GrowthWidens "growth.widens" Flag "Growth is healthy and the differential stable: the vega band may widen", "gdp.saar ≥ signals.growth.healthy_saar_pct, |rates.diff_63d| ≤ signals.growth.stable_bp, Promoter, no event window";
        Curve2s10s "rates.2s10s" PctPoints "Ten-year less two-year yield", "T10Y2Y; else UST10Y − UST2Y";
        Curve2s10s21 "rates.2s10s_21d" Bp "Its change over the pack's sessions, 21 as shipped", "rates.2s10s − that of signals.concentration.curve_sessions before";
        Flattening "rates.flattening" Flag "The yield curve flattens or is inverted", "rates.2s10s_21d ≤ signals.concentration.flattening_bp or rates.2s10s < 0";
        PolicyRate "policy.rate" Pct "Federal funds rate", "of the day; else the month's average";
        Top10Weight "top10.weight" Pct "Weight of the ten largest companies in the S&P 500", "as entered or imported";
        Top10Change63 "top10.change_63d" PctPoints "Its change over the pack's sessions, 63 as shipped", "top10.weight − that of signals.concentration.weight_sessions before";
        RspSpy63 "rsp_spy.change_63d" Pct "Equal weight against the index over 63 sessions: falls when the largest lead", "RSP / SPY, change";
        ConcentrationOn "concentration.on" Flag "Mega-caps gain weight while the curve flattens: tightens the theta floor", "(top10.change_63d ≥ signals.concentration.weight_rise_pp or top10.weight > weight_level_pct) and rates.flattening";
        ReerZ "reer.z60m" Sd "Change of the dollar's real effective rate over three months, in deviations of five years, as shipped", "standard score of the change over signals.reer.change_months among signals.reer.window_months";
        ReerShift "reer.shift" Flag "The exchange rate has shifted: no widening, a larger expected move", "|reer.z60m| ≥ signals.reer.limit";
    }
    Value {
        Pe "pe" Ratio "Trailing price over earnings of the S&P 500", "SPX_PE; else spx.close / earnings of twelve months";
        PeChange63 "pe.change_63d" Pct "Its change over the pack's closes, 63 as shipped", "pe / pe of signals.expansion.rise_bars before − 1";
        PePercentile "pe.percentile_1y" Pct "Where it stands among the closes of a year", "share of signals.expansion.year_bars closes not above it";
        PeExpanding "pe.expanding" Flag "Price over earnings expands", "pe.change_63d ≥ signals.expansion.rise or pe.percentile_1y ≥ signals.expansion.high_share";
        Pcf "pcf" Ratio "Price over cash flow of the S&P 500", "as entered or imported";
        PcfOfMedian "pcf.of_median" Ratio "The same against its median of five years, as shipped", "pcf / median of signals.cash_flow.quarters";
        PcfChange "pcf.change_1q" Pct "Its change on the quarter", "pcf / pcf a quarter before − 1";
        PcfHigh "pcf.high" Flag "High and rising: intervention levels earlier", "pcf.of_median > signals.cash_flow.over_median and pcf.change_1q ≥ signals.cash_flow.rise";
        Cape "cape" Ratio "Price over ten years' real earnings", "Shiller";
        Riskless "rf" PctPerYear "Riskless rate behind premium and cost of capital", "ten-year yield; else the rate of the marks";
        ErpGordon "erp.gordon" PctPerYear "Equity premium implied by dividends that grow for ever", "D × (1 + g) / P + g − rf, g = growth of dividends over 10 years";
        ErpTwoStage "erp.two_stage" PctPerYear "Equity premium implied by dividends and buybacks", "five years of growth, then the ten-year yield; return less rf";
        Erp "erp" PctPerYear "Equity premium in use", "erp.two_stage; else erp.gordon";
        ErpBucket "erp.bucket" State "Its bucket in the journal", "below 3, 3 to 4.5, 4.5 to 6, above 6 %";
        Wacc "wacc" PctPerYear "Cost of capital", "own money only, beta 1: rf + erp";
    }
    Book {
        Condors "book.n" Count "Number of condors, n", "sum of contracts";
        Width "book.width" Points "Wing width", "contract-weighted wider wing";
        Credit "book.credit" Usd "Net entry credit of the condors", "sum over condors";
        MaxLoss "book.max_loss" Usd "Largest loss of the condors at expiry, what the campaign has lost already included", "sum over condors of width − credit (both widths where the sides expire on two days), more what SPX trades lost, all fees included; gains take nothing off";
        MaxLossOfAccount "book.max_loss_pct" Pct "The same over account equity", "100 × book.max_loss / equity";
        Margin "book.margin" Usd "Margin that rules use", "the broker's if entered, else Reg-T and VIX legs";
        CondorDte "condor.dte" Days "Days to the nearest condor's expiry", "calendar days";
        AtmVol "condor.atm_vol" Pct "ATM vol of the expiry with the largest vega", "100 × σ";
        OpenPl "book.open_pl" Usd "Gain since entry of everything held", "sum over legs";
        Synthetics "book.synthetics" Count "Synthetic futures in the book", "per SPX expiry, settlement and strike: min(|calls|, |puts|) where signs oppose";
        SyntheticNet "book.synthetic_net" Count "Synthetic futures left when long and short ones cancel; positive is long SPX", "per SPX expiry and settlement: calls held less puts held at strikes where signs oppose";
        Boxes "book.boxes" Count "Boxes: synthetic futures of both signs at two strikes of one expiry", "per SPX expiry and settlement: min(long, short synthetics)";
        NakedShorts "book.naked" Count "Short SPX options that nothing covers", "per expiry and right: shorts beyond longs";
        GammaLoss1d "book.gamma_1d" Usd "Loss to gamma on a one-day move", "½ |Γ| (S σ / √252)²";
        GammaOfCredit "book.gamma_pct" Pct "The same over the credit still to earn", "100 × book.gamma_1d / value of the condors to buy back";
        Rolls "journal.rolls" Count "Days on which the campaign rolled", "days with a roll in the journal";
        Adjustments10 "journal.adjust_10d" Count "Days with an adjustment in the pack's last days, ten as shipped", "rolls, hedges, trims and corrections in rules.false_binary.churn_days";
        Reversals10 "journal.reversals_10d" Count "Adjustments of those days that took one of the pack's days before back, three as shipped", "trades of one contract against each other, rolls, hedges, trims and corrections";
        ThresholdsAge "journal.thresholds_age" Sessions "Sessions since the thresholds were looked at last", "from the later of the last threshold taken over and the first decision under the pack as it is";
        IgnoredBreaches "journal.ignored_60d" Count "Breaches of the pack's last sessions, sixty as shipped, that were left without an answer", "days with a decision at which a rule fired and nothing was traded that day, in rules.false_binary.loyal_sessions";
        Realised "journal.cash" Usd "Cash of all fills, fees taken off", "sum over the journal up to the marks";
    }
    Vega {
        NetVegaNormalised "vega.norm" Vega "Net vega per condor at the reference width, under the chosen convention", "vega.literal × vega_band.reference_width / book.width";
        NetVegaLiteral "vega.literal" Vega "Net vega per condor, under the chosen convention", "(Σ SPX vega + Σ VIX delta × D) / n";
        VegaCondors "vega.condors" Vega "Part of the condors", "Σ SPX vega / n";
        VegaFirst "vega.first" Vega "Part of the First layer", "Σ VIX delta × D / n";
        VegaSecond "vega.second" Vega "Part of the Second layer", "Σ VIX delta × D / n";
        VegaThird "vega.third" Vega "Part of the Third layer", "Σ VIX delta × D / n";
        VegaNaive "vega.naive" Vega "Literal net vega if a future moves one for one", "D = 1";
        VegaDamped "vega.damped" Vega "Literal net vega by the model", "D = tenor beta × dVIX/dx";
        VegaRegression "vega.regression" Vega "Literal net vega as futures have moved with VIX", "D = slope of signals.vega_regression.days daily changes, min_slope to max_slope, × dVIX/dx";
        VegaRegressionSe "vega.regression_se" Vega "Its standard error, from those of the slopes", "sum over futures of |exposure| × its error, as if the errors moved together";
        VegaRegressionNormalised "vega.regression_norm" Vega "The same at the reference width", "vega.regression × vega_band.reference_width / book.width";
        FirstContracts "first.contracts" Count "Contracts of the First layer", "net";
        SecondContracts "second.contracts" Count "Contracts of the Second layer", "net";
        ThirdContracts "third.contracts" Count "Contracts of the Third layer", "net";
        FirstUnit "first.unit" Vega "Net vega of one more call of the First layer, over the whole book", "delta × D of the call held, else of the template's";
        SecondUnit "second.unit" Vega "Net vega of one more call of the Second layer, over the whole book", "as first.unit";
        ThirdUnit "third.unit" Vega "Net vega of one more call of the Third layer, over the whole book", "as first.unit";
        FirstDte "first.dte" Days "Days to the First layer's nearest expiry", "calendar days";
        SecondDte "second.dte" Days "Days to the Second layer's nearest expiry", "calendar days";
        ThirdDte "third.dte" Days "Days to the Third layer's nearest expiry", "calendar days";
        FirstOfCost "first.of_cost" Ratio "First layer's value over its cost", "value / debit";
        SecondOfCost "second.of_cost" Ratio "Second layer's value over its cost", "value / debit";
        ThirdOfCost "third.of_cost" Ratio "Third layer's value over its cost", "value / debit";
    }
    Theta {
        ThetaCondors "theta.condors" UsdPerDay "Theta of the SPX legs", "per calendar day";
        ThetaHedge "theta.hedge" UsdPerDay "Decay and roll-down of the hedge", "per calendar day";
        ThetaNet "theta.net" UsdPerDay "Net theta", "theta.condors + theta.hedge";
        ThetaRatio "theta.ratio" PctPerDay "Net theta over margin", "100 × theta.net / book.margin";
        ThetaRatioCondors "theta.ratio_condors" PctPerDay "Theta of the condors alone over margin", "100 × theta.condors / book.margin";
        GammaLoss "theta.gamma_loss" UsdPerDay "Loss to gamma that realised vol makes likely", "½ |Γ| S² spx.rv20² / 365 (0.85 × ATM vol without history)";
        WaccBalance "theta.balance" PctPerYear "Net theta after gamma, a year over margin", "100 × (theta.net − theta.gamma_loss) × 365 / book.margin";
        WaccExcess "theta.over_wacc" PctPerYear "The same less the cost of capital", "theta.balance − wacc";
        ThetaCapture "theta.capture" Ratio "Theta realised over theta projected", "(profit less delta, gamma, vega, skew, future, vol-of-vol, fill and fee parts) / (theta + roll-down), over rules.vega_cut.slow_days or more";
    }
    BreakEvens {
        ExpectedMove "em" Points "One standard deviation to the nearest condor's expiry", "S × σ × √T; break-evens are measured by their own side's expiry";
        BreakEvenLow "be.low" Em "Distance of the lower break-even, smallest of the condors, what earlier rolls realised and all fees carried", "(S − break-even) / EM";
        BreakEvenHigh "be.high" Em "Distance of the upper break-even, smallest of the condors", "(break-even − S) / EM";
        BreakEvenMargin "be.margin" Em "The nearer of the two", "min of be.low, be.high";
        ShortPutDelta "short.put_delta" Delta "Largest delta of a short put, without sign", "|delta|";
        ShortCallDelta "short.call_delta" Delta "Largest delta of a short call", "|delta|";
        ShortDelta "short.delta" Delta "The larger of the two", "max of short.put_delta, short.call_delta";
        ShortDistance "short.distance" Em "Nearest short strike", "min |strike − S| / EM, negative when passed";
        ProbabilityOfProfit "pop" Pct "Probability of a profit at expiry, smallest of the condors", "smile at each break-even";
    }
    Budget {
        HedgeDebit "hedge.debit" Usd "Net entry debit of the VIX options", "sum over legs";
        HedgeDebitPct "hedge.debit_pct" Pct "The same over the condors' credit", "100 × hedge.debit / book.credit";
        HedgeThetaPct "hedge.theta_pct" Pct "Theta lost by the hedge over theta earned by the condors", "−100 × theta.hedge / theta.condors";
        HedgeSpend "hedge.spend_12m" Usd "Hedge spend of twelve months, all campaigns", "payments less receipts";
        HedgeSpendPct "hedge.spend_pct" Pct "The same over account equity", "100 × hedge.spend_12m / equity";
        HedgeCarry "hedge.carry_year" UsdPerYear "Carry of the hedge as it stands, a year", "365 × theta.hedge";
        CostFirst "cost.first" Points "Cost of a month of the First layer's call for one dollar of vega: the rise of the condor's vol that pays it back", "−(decay + roll-down) × 365 / 12 / vega";
        CostSecond "cost.second" Points "The same of the Second layer's call", "as cost.first";
        CostThird "cost.third" Points "The same of the Third layer's call", "as cost.first";
        CostVxx "cost.vxx" Points "The same of VXX", "(leverage × (F2/F1 − 1) + fee / 12) / vega of a dollar";
        CostUvxy "cost.uvxy" Points "The same of UVXY", "as cost.vxx";
        CostSvxy "cost.svxy" Points "The same of SVXY sold short", "as cost.vxx";
        CostVixm "cost.vixm" Points "The same of VIXM", "as cost.vxx, a step of its four futures";
        Equity "account.equity" Usd "Account equity", "as entered";
    }
}

impl FactId {
    /// All facts in the order of the screen.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        CATALOGUE.iter().map(|spec| spec.id)
    }

    /// What is known of the fact.
    pub fn spec(self) -> &'static FactSpec {
        &CATALOGUE[self as usize]
    }

    /// Its one name in reports and rules.
    pub fn key(self) -> &'static str {
        self.spec().key
    }

    /// The fact of a name.
    pub fn named(key: &str) -> Option<Self> {
        let found = CATALOGUE.iter().find(|spec| spec.key == key);
        found.map(|spec| spec.id)
    }

    /// Part of the method.
    pub fn group(self) -> FactGroup {
        self.spec().group
    }

    /// Unit of its value.
    pub fn unit(self) -> FactUnit {
        self.spec().unit
    }

    /// What it says, in a line.
    pub fn meaning(self) -> &'static str {
        self.spec().meaning
    }

    /// How it is computed, in a line.
    pub fn formula(self) -> &'static str {
        self.spec().formula
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fact_has_a_key_of_its_own_and_stands_in_its_place() {
        let mut keys: Vec<&str> = FactId::all().map(FactId::key).collect();
        for id in FactId::all() {
            assert_eq!(id.spec().id, id);
            assert_eq!(FactId::named(id.key()), Some(id));
            assert!(!id.meaning().is_empty() && !id.formula().is_empty());
        }
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }
}
