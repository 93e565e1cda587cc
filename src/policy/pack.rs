//! The rule pack: layer templates, vega band, theta floor, budgets and levels, loaded from RON and checked.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::decision_numbers::DecisionNumbers;
use super::layer_template::LayerTemplate;
use super::numbers::{Numbers as _, Slot, numbers};
use super::pack_schema_1;
use super::rule_kind::{Clause, RuleKind};
use super::rule_numbers::RuleNumbers;
use super::signal_numbers::SignalNumbers;
use super::text::{self, TextError};
use super::threshold::Threshold;
use crate::instrument::LayerKind;

/// The newest pack schema this program reads.
pub const PACK_SCHEMA: u32 = 2;

/// The pack `alvh` as compiled into the program.
const ALVH: &str = include_str!("../../assets/packs/alvh.ron");

/// The shipped number where a pack of before does not have it.
fn high_closes() -> Threshold {
    RulePack::alvh().monetise.high_closes.clone()
}

/// The pack `vxth` as compiled into the program.
const VXTH: &str = include_str!("../../assets/packs/vxth.ron");

/// Names one version of a pack, so that an old campaign reopens with the rules of its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackRef {
    /// The pack's `id`.
    pub id: String,
    /// The pack's `version`.
    pub version: u32,
}

impl Default for PackRef {
    fn default() -> Self {
        RulePack::alvh().reference()
    }
}

/// The method as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulePack {
    /// Format of the file; [`PACK_SCHEMA`].
    pub schema: u32,
    /// Short name, unique among packs.
    pub id: String,
    /// Grows by one with every change of a number.
    pub version: u32,
    /// The shipped pack that it came from: what its numbers are compared with and reset to. Left out by the
    /// shipped packs; without it `alvh`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<PackRef>,
    /// Name on the screen.
    pub title: String,
    /// What the pack is and whose words it follows.
    pub about: String,
    /// Hedge layers, nearest first; each kind at most once.
    pub layers: Vec<LayerTemplate>,
    /// When a layer may be opened, by VIX.
    pub entry: EntryWindows,
    /// When the first layer's gain may be taken.
    pub monetise: Monetise,
    /// The net vega band.
    pub vega_band: VegaBand,
    /// The least net theta.
    pub theta: ThetaFloor,
    /// What the hedge may cost.
    pub budgets: Budgets,
    /// How far away the break-evens must lie.
    pub break_evens: BreakEvenLevels,
    /// The signals.
    pub signals: SignalNumbers,
    /// Rules with numbers of their own.
    pub rules: RuleNumbers,
    /// The rules that are evaluated; each once.
    pub evaluates: Vec<RuleKind>,
    /// What decides first, second, …; a clause that is not named never decides.
    pub precedence: Vec<Clause>,
    /// How choices are compared.
    pub decision: DecisionNumbers,
}

numbers! {
    /// When a layer may be opened: below `open_below` freely, up to `hold_above` at a higher price, above it only on a vega breach.
    EntryWindows {
        /// Below this VIX: open or refresh.
        open_below: VixPoints,
        /// Above this VIX: hold what is there.
        hold_above: VixPoints,
        /// Below `open_below`, a layer shorter than this share of its target days is refreshed.
        refresh_share: ShareOfTargetDays,
    }
    /// When half of the first layer may be sold, and when the money goes back to work.
    Monetise {
        /// From this VIX.
        vix_from: VixPoints,
        /// And marked at this multiple of its cost.
        marked_at: MultipleOfCost,
        /// The share to offer for sale.
        share_sold: ShareOfContracts,
        /// Reinvest once VIX has fallen by this share from its spike high.
        below_high: Share,
        /// And is below its average of so many closes.
        average: Closes,
        /// The spike high lies among so many closes, today's included.
        #[serde(default = "high_closes")]
        high_closes: Closes,
        /// The part of the proceeds for the Second layer.
        reinvest_second: Share,
        /// The part of the proceeds for the Third layer.
        reinvest_third: Share,
    }
    /// The band that net vega per condor should stay in.
    VegaBand {
        /// Below: short volatility.
        low: PointsPerVolPointPerCondor,
        /// Above: over-hedged.
        high: PointsPerVolPointPerCondor,
        /// Beyond this, on either side, with inflation elevated: over-exposed.
        limit: PointsPerVolPointPerCondor,
        /// The wing width for which the band is read; other widths are scaled to it.
        reference_width: IndexPoints,
    }
    /// The least net theta.
    ThetaFloor {
        /// Net theta over margin, per calendar day.
        floor: ShareOfMarginPerDay,
    }
    /// What the hedge may cost.
    Budgets {
        /// Hedge debit over condor credit: attention from here.
        hedge_debit_warn: ShareOfCredit,
        /// Hedge debit over condor credit: the budget.
        hedge_debit: ShareOfCredit,
        /// Hedge debit over condor credit: far beyond the budget.
        hedge_debit_alarm: ShareOfCredit,
        /// Theta lost by the hedge over theta earned by the condors.
        hedge_theta: ShareOfCondorTheta,
        /// Hedge spend of the last twelve months over account equity.
        trailing_spend: ShareOfAccountPerYear,
    }
    /// Distance of the break-evens in expected moves.
    BreakEvenLevels {
        /// From here on: pass.
        pass: ExpectedMoves,
        /// From here to `pass`: alert; below: breach.
        alert: ExpectedMoves,
    }
}

impl RulePack {
    /// The pack shipped with the program.
    ///
    /// # Panics
    /// Never in a program that passed its tests: the text is compiled in and read by one of them.
    pub fn alvh() -> &'static Self {
        static PACK: OnceLock<RulePack> = OnceLock::new();
        PACK.get_or_init(|| {
            Self::from_ron(ALVH).expect("the pack compiled in is read by a test of this file")
        })
    }

    /// The published rules of the Cboe VIX Tail Hedge index, for comparison.
    ///
    /// # Panics
    /// Never in a program that passed its tests, as [`RulePack::alvh`].
    pub fn vxth() -> &'static Self {
        static PACK: OnceLock<RulePack> = OnceLock::new();
        PACK.get_or_init(|| {
            Self::from_ron(VXTH).expect("the pack compiled in is read by a test of this file")
        })
    }

    /// The packs that come with the program.
    pub fn shipped() -> [&'static Self; 2] {
        [Self::alvh(), Self::vxth()]
    }

    /// The shipped pack of that name and version, if this program has it.
    ///
    /// Version 1 of `alvh` is answered by version 2, which adds numbers and changes none of it.
    pub fn find(wanted: &PackRef) -> Option<&'static Self> {
        let version = match (wanted.id.as_str(), wanted.version) {
            ("alvh", 1) => 2,
            (_, version) => version,
        };
        Self::shipped()
            .into_iter()
            .find(|pack| pack.id == wanted.id && pack.version == version)
    }

    /// Reads and checks a pack. One of schema 1 is given what it lacks from `alvh`, and says so in its
    /// description.
    ///
    /// # Errors
    /// [`TextError`] with the place: damage, a missing or unknown field, a number without sense.
    pub fn from_ron(ron: &str) -> Result<Self, TextError> {
        let is_old = text::schema_of(ron).is_ok_and(|schema| schema == pack_schema_1::SCHEMA);
        let pack: Self = if is_old {
            pack_schema_1::read(ron)?
        } else {
            text::read(ron, PACK_SCHEMA)?
        };
        pack.check()
            .map_err(|fault| TextError::at_path(ron, &fault.path, fault.found, fault.expected))?;
        Ok(pack)
    }

    /// Name and version.
    pub fn reference(&self) -> PackRef {
        PackRef {
            id: self.id.clone(),
            version: self.version,
        }
    }

    /// The template of a layer.
    pub fn layer(&self, kind: LayerKind) -> Option<&LayerTemplate> {
        self.layers.iter().find(|layer| layer.kind == kind)
    }

    /// Every number of the pack, in the order of the file.
    pub fn slots(&self) -> Vec<Slot<'_>> {
        let mut slots = Vec::new();
        let mut visit = |slot| slots.push(slot);
        for (index, layer) in self.layers.iter().enumerate() {
            layer.numbers(&format!("layers[{index}]"), &mut visit);
        }
        self.entry.visit("entry", &mut visit);
        self.monetise.visit("monetise", &mut visit);
        self.vega_band.visit("vega_band", &mut visit);
        self.theta.visit("theta", &mut visit);
        self.budgets.visit("budgets", &mut visit);
        self.break_evens.visit("break_evens", &mut visit);
        self.signals.visit("signals", &mut visit);
        self.rules.visit("rules", &mut visit);
        self.decision.visit("decision", &mut visit);
        slots
    }

    /// The number at a path, as [`RulePack::slots`] names it.
    pub fn number_mut(&mut self, path: &str) -> Option<&mut Threshold> {
        let (head, rest) = path.split_once('.')?;
        match head {
            "entry" => self.entry.at_mut(rest),
            "monetise" => self.monetise.at_mut(rest),
            "vega_band" => self.vega_band.at_mut(rest),
            "theta" => self.theta.at_mut(rest),
            "budgets" => self.budgets.at_mut(rest),
            "break_evens" => self.break_evens.at_mut(rest),
            "signals" => self.signals.at_mut(rest),
            "rules" => self.rules.at_mut(rest),
            "decision" => self.decision.at_mut(rest),
            layer => {
                let index = layer.strip_prefix("layers[")?.strip_suffix(']')?;
                let index: usize = index.parse().ok()?;
                self.layers.get_mut(index)?.number_mut(rest)
            }
        }
    }

    /// The number at a path, as [`RulePack::slots`] names it.
    pub fn number(&self, path: &str) -> Option<&Threshold> {
        let found = self.slots().into_iter().find(|slot| slot.path == path);
        found.map(|slot| slot.threshold)
    }
}

#[cfg(test)]
mod tests {
    use super::{ALVH, PackRef, RulePack, VXTH};
    use crate::policy::Provenance;

    /// Each number as the method's text has it: path, value, source.
    #[rustfmt::skip]
    const METHOD: [(&str, f64, Provenance); 30] = [
        ("layers[0].target_dte", 30.0, Provenance::Method),
        ("layers[0].target_delta", 0.50, Provenance::MethodVariant),
        ("layers[0].per_ten_condors", 4.0, Provenance::MethodVariant),
        ("layers[0].roll_dte", 10.0, Provenance::Palisade),
        ("layers[1].target_dte", 110.0, Provenance::Method),
        ("layers[1].target_delta", 0.50, Provenance::MethodVariant),
        ("layers[1].per_ten_condors", 4.0, Provenance::MethodVariant),
        ("layers[1].roll_dte", 60.0, Provenance::Palisade),
        ("layers[2].target_dte", 220.0, Provenance::Method),
        ("layers[2].target_delta", 0.50, Provenance::MethodVariant),
        ("layers[2].per_ten_condors", 2.0, Provenance::MethodVariant),
        ("layers[2].roll_dte", 120.0, Provenance::Palisade),
        ("entry.open_below", 15.0, Provenance::MethodVariant),
        ("entry.hold_above", 20.0, Provenance::MethodVariant),
        ("entry.refresh_share", 0.6, Provenance::Palisade),
        ("monetise.vix_from", 16.0, Provenance::Palisade),
        ("monetise.marked_at", 2.0, Provenance::Palisade),
        ("monetise.share_sold", 0.5, Provenance::Palisade),
        ("vega_band.low", -0.15, Provenance::Method),
        ("vega_band.high", 0.25, Provenance::Method),
        ("vega_band.limit", 0.40, Provenance::Method),
        ("vega_band.reference_width", 10.0, Provenance::Palisade),
        ("theta.floor", 0.0008, Provenance::Method),
        ("budgets.hedge_debit_warn", 0.18, Provenance::MethodVariant),
        ("budgets.hedge_debit", 0.28, Provenance::MethodVariant),
        ("budgets.hedge_debit_alarm", 0.45, Provenance::MethodVariant),
        ("budgets.hedge_theta", 0.30, Provenance::MethodVariant),
        ("budgets.trailing_spend", 0.02, Provenance::MethodVariant),
        ("break_evens.pass", 1.0, Provenance::Method),
        ("break_evens.alert", 0.7, Provenance::MethodVariant),
    ];

    #[test]
    fn the_shipped_pack_holds_the_methods_numbers() {
        let pack = RulePack::from_ron(ALVH).expect("valid");
        for (path, value, source) in METHOD {
            let found = pack.number(path).expect(path);
            assert_eq!((found.value, found.source), (value, source), "{path}");
        }
    }

    #[test]
    fn every_number_is_reached_by_its_path() {
        let mut pack = RulePack::alvh().clone();
        let paths: Vec<String> = pack.slots().into_iter().map(|slot| slot.path).collect();
        for path in paths {
            let value = pack.number(&path).expect(&path).value;
            pack.number_mut(&path).expect(&path).value = value + 1.0;
            assert_eq!(
                pack.number(&path).expect(&path).value,
                value + 1.0,
                "{path}"
            );
        }
        for path in [
            "entry",
            "entry.none",
            "layers[9].roll_dte",
            "signals.regime",
        ] {
            assert!(pack.number_mut(path).is_none(), "{path}");
        }
    }

    #[test]
    fn the_tail_hedge_pack_is_valid() {
        let pack = RulePack::from_ron(VXTH).expect("valid");
        assert_eq!(pack.layers[0].target_delta.value, 0.30);
    }

    #[test]
    fn a_rule_named_twice_or_a_clause_without_its_rule_is_refused() {
        for (from, to, expected) in [
            (
                "        GammaCheck,\n",
                "        Synthetics,\n",
                "each rule once",
            ),
            (
                "        VegaBand,\n",
                "        Evaluate,\n",
                "each clause once",
            ),
            ("        NetVegaBand,\n", "", "NetVegaBand among"),
        ] {
            let (_, text) = damaged(from, to);
            let error = RulePack::from_ron(&text).expect_err(to);
            assert!(error.expected.contains(expected), "{error}");
        }
    }

    #[test]
    fn a_campaign_finds_its_pack_by_name_and_version() {
        assert_eq!(RulePack::find(&PackRef::default()), Some(RulePack::alvh()));
        let unknown = PackRef {
            version: 99,
            ..PackRef::default()
        };
        assert_eq!(RulePack::find(&unknown), None);
    }

    #[test]
    fn a_pack_survives_the_round_trip() {
        let pack = RulePack::alvh();
        let text = ron::ser::to_string_pretty(pack, ron::ser::PrettyConfig::new()).expect("writes");
        assert_eq!(RulePack::from_ron(&text).as_ref(), Ok(pack));
    }

    /// Replaces one piece of the shipped text; the piece must be there.
    fn damaged(from: &str, to: &str) -> (usize, String) {
        let at = ALVH.find(from).expect(from);
        let line = 1 + ALVH[..at].matches('\n').count();
        (line, ALVH.replacen(from, to, 1))
    }

    #[test]
    fn a_damaged_pack_is_refused_with_the_place() {
        for (from, to, found, expected) in [
            ("value: -0.15", "value: NaN", "NaN", "a number from"),
            ("value: -0.15", "value: 0.30", "0.25", "more than 0.3"),
            (
                "value: 0.0008",
                "value: -0.0008",
                "-0.0008",
                "a number from 0",
            ),
            ("value: 0.28", "value: 28.0", "28", "a number from 0 to 10"),
            ("value: 110", "value: soon", "'soon'", "float"),
            (
                "unit: VixPoints",
                "unit: Delta",
                "Delta",
                "VixPoints in this place",
            ),
            ("unit: VixPoints", "unit: Vix", "`Vix`", "`VixPoints`"),
            (
                "source: MethodVariant",
                "source: Rumour",
                "`Rumour`",
                "`Method`",
            ),
            (
                "break_evens:",
                "break_even:",
                "field `break_even`",
                "`break_evens`",
            ),
            (
                "kind: Second",
                "kind: First",
                "First a second time",
                "each layer once",
            ),
            ("id: \"alvh\"", "id: \" \"", "nothing", "a short name"),
            ("schema: 2", "schema: 3", "schema 3", "schema 1 to 2"),
            ("value: 93,", "value: 93.5,", "93.5", "a whole number of"),
        ] {
            let (line, text) = damaged(from, to);
            let error = RulePack::from_ron(&text).expect_err(to);
            assert!(error.found.contains(found), "{to}: {error}");
            assert!(error.expected.contains(expected), "{to}: {error}");
            let near = error.place.line.abs_diff(line);
            assert!(near <= 8, "{to} is in line {line}, reported {error}");
        }
    }

    /// Numbers that came later than the schema: a file without them reads as it did, under the shipped ones.
    #[test]
    fn a_pack_from_before_a_number_takes_the_shipped_one() {
        let later = ["high_closes:", "recentre_delta:", "monthlies:"];
        let lines = ALVH.lines().filter(|line| {
            let line = line.trim_start();
            !later.iter().any(|name| line.starts_with(name))
        });
        let before: Vec<&str> = lines.collect();
        assert_eq!(before.len() + later.len(), ALVH.lines().count());
        assert_eq!(
            RulePack::from_ron(&before.join("\n")).as_ref(),
            Ok(RulePack::alvh())
        );
    }

    #[test]
    fn a_number_without_a_reason_is_refused() {
        let why = ALVH.find("why: \"").expect("a reason") + "why: \"".len();
        let end = why + ALVH[why..].find('"').expect("its end");
        let text = format!("{}{}", &ALVH[..why], &ALVH[end..]);
        let error = RulePack::from_ron(&text).expect_err("no reason");
        assert_eq!(error.place.line, 1 + ALVH[..why].matches('\n').count());
        assert!(error.expected.contains("why this number"), "{error}");
    }
}
