//! Rule packs in campaigns: chosen, edited, undone, saved; their numbers reach the facts.

use std::sync::Arc;

use jiff::civil::date;
use palisade::calendar::new_york_instant;
use palisade::document::{
    Account, Campaign, Command, History, LayerScale, campaign_from_ron, campaign_to_ron,
};
use palisade::fact::{Derived, FactId, FactInputs, Facts, SignalParams};
use palisade::instrument::{Contract, LayerKind, Root};
use palisade::policy::{HedgeInstrument, PackRef, RulePack};
use palisade::risk::layer_pick::pick_layer;
use palisade::valuation::layer_sizes::layer_sizes;
use palisade::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

use crate::made_library::made_library;

const LIMIT: &str = "signals.regime.vix_limit";

fn sample() -> Campaign {
    palisade::app::sample_campaign()
}

fn set(path: &str, value: f64) -> Command {
    Command::SetPackNumber {
        path: path.to_owned(),
        value,
    }
}

#[test]
fn an_edited_number_makes_the_pack_the_campaigns_own_and_undo_takes_it_back() {
    let mut history = History::opened(sample());
    let before = history.current().clone();
    history.apply(set(LIMIT, 25.0)).expect("applied");
    history.seal();
    let own = history.current();
    assert_eq!(own.rule_pack().number(LIMIT).expect("a number").value, 25.0);
    assert_eq!(own.pack, own.rule_pack().reference());
    assert_eq!(own.pack.version, 1);
    history.apply(set("vega_band.low", -0.2)).expect("applied");
    history.seal();
    assert_eq!(history.current().pack.version, 2);
    assert!(history.undo() && history.undo());
    assert_eq!(history.current(), &before);
    assert!(history.redo());
    assert_eq!(history.current().pack.version, 1);
}

#[test]
fn a_refused_number_changes_nothing_and_the_same_number_is_no_step() {
    let mut campaign = sample();
    let before = campaign.clone();
    let error = campaign
        .apply(set("vega_band.high", -1.0))
        .expect_err("a band turned inside out");
    assert!(error.to_string().contains("vega_band.high"), "{error}");
    campaign.apply(set(LIMIT, 20.0)).expect("as it is");
    let reset = Command::ResetPackNumbers {
        under: vec![String::new()],
    };
    campaign.apply(reset).expect("nothing to reset");
    assert_eq!(campaign, before);
}

#[test]
fn packs_are_chosen_whole_and_unknown_ones_refused() {
    let mut campaign = sample();
    let vxth = RulePack::vxth().reference();
    campaign
        .apply(Command::ChoosePack(vxth.clone()))
        .expect("shipped");
    assert_eq!(campaign.rule_pack(), RulePack::vxth());
    let unknown = PackRef {
        version: 99,
        ..vxth
    };
    campaign
        .apply(Command::ChoosePack(unknown))
        .expect_err("no such pack");
    let own = Arc::new(RulePack::alvh().to_own("mine"));
    campaign
        .apply(Command::UsePack(Arc::clone(&own)))
        .expect("valid");
    assert_eq!(campaign.rule_pack(), own.as_ref());
    assert_eq!(campaign.warnings(), []);
    // a shipped pack given whole is only named
    let whole = Arc::new(RulePack::alvh().clone());
    campaign.apply(Command::UsePack(whole)).expect("valid");
    assert_eq!(campaign.own_pack, None);
}

#[test]
fn an_own_pack_is_saved_whole_with_its_campaign_and_read_back() {
    let mut campaign = sample();
    let shipped = campaign_to_ron(&campaign).expect("it has text");
    assert!(!shipped.contains("own_pack"), "a shipped pack is named");
    campaign.apply(set(LIMIT, 25.0)).expect("applied");
    let text = campaign_to_ron(&campaign).expect("it has text");
    assert_eq!(campaign_from_ron(&text).as_ref(), Ok(&campaign));

    let damaged = text.replacen("value: 25.0", "value: 2500.0", 1);
    let error = campaign_from_ron(&damaged).expect_err("out of range");
    let line = 1 + text[..text.find("value: 25.0").expect("it is there")]
        .matches('\n')
        .count();
    assert_eq!(error.place.line, line, "{error}");
    assert!(error.expected.contains("0 to 200"), "{error}");

    let other = text.replacen("version: 1", "version: 9", 1);
    let error = campaign_from_ron(&other).expect_err("the name must be the pack's");
    assert!(error.expected.contains("the own pack"), "{error}");
}

#[test]
fn a_number_of_a_signal_changes_the_fact() {
    let library = made_library();
    let as_of = new_york_instant(date(2025, 6, 2).at(16, 30, 0, 0));
    let forced_by = |vix_limit: f64| {
        let pack = RulePack::alvh().with_number(LIMIT, vix_limit);
        let params = SignalParams::of(&pack.expect("valid"));
        let derived = Derived::with(&library, params);
        let facts = Facts::gather(&FactInputs::of_history(&derived, as_of));
        facts
            .words(FactId::RegimeForcedBy)
            .expect("known")
            .to_owned()
    };
    assert!(forced_by(1.0).contains("VIX"), "{}", forced_by(1.0));
    assert!(!forced_by(200.0).contains("VIX"), "{}", forced_by(200.0));
}

#[test]
fn layers_of_spreads_and_futures_are_picked_as_their_template_says() {
    let campaign = sample();
    let account = Account::default();
    let inputs = Inputs {
        pack: campaign.rule_pack(),
        account: &account,
        slopes: Err(VegaSlopesError::NoHistory),
    };
    let valuation = Valuation::of(&campaign, inputs, &mut MarketCache::default());
    let alvh = RulePack::alvh();
    let pick = |instrument: HedgeInstrument| {
        let pack = alvh.with_instrument(LayerKind::Second, instrument);
        let pack = pack.expect("valid");
        let template = pack.layer(LayerKind::Second).expect("a layer").clone();
        pick_layer(&valuation.market, &template).expect("it is listed")
    };
    let call = pick(HedgeInstrument::VixCall).parts();
    let spread = pick(HedgeInstrument::VixCallSpread).parts();
    let ([(call, 1)], [(low, 1), (high, -1)]) = (&call[..], &spread[..]) else {
        panic!("{call:?} {spread:?}");
    };
    assert_eq!(call, low);
    let strike = |contract: &Contract| contract.strike().expect("an option");
    assert_eq!(strike(high) - strike(low), 10.0);
    let future = pick(HedgeInstrument::VxmFuture).parts();
    let [(future, 1)] = &future[..] else {
        panic!("{future:?}");
    };
    assert_eq!((future.root(), future.expiry()), (Root::Vxm, call.expiry()));

    // sized and priced: a future costs nothing to enter, and may be held short
    let short = alvh
        .with_instrument(LayerKind::Second, HedgeInstrument::VxFuture)
        .and_then(|pack| pack.with_number("layers[1].per_ten_condors", -2.0))
        .expect("valid");
    let sizes = layer_sizes(&valuation, &short);
    let literal = sizes[1].by(LayerScale::Literal);
    assert_eq!((literal.contracts, literal.cost_usd), (-2, 0.0));
}

/// Whatever a pack allows, the facts can be gathered.
#[test]
fn every_number_at_its_ends_gathers_facts_without_harm() {
    let library = made_library();
    let as_of = new_york_instant(date(2025, 6, 2).at(16, 30, 0, 0));
    let alvh = RulePack::alvh();
    let mut tried = 0;
    for slot in alvh.slots() {
        if !slot.path.starts_with("signals.") {
            continue;
        }
        let (low, high) = (slot.threshold.low(slot.unit), slot.unit.max());
        for value in [low, high] {
            let Ok(pack) = alvh.with_number(&slot.path, value) else {
                continue;
            };
            tried += 1;
            let derived = Derived::with(&library, SignalParams::of(&pack));
            let facts = Facts::gather(&FactInputs::of_history(&derived, as_of));
            for fact in &facts {
                if let Some(number) = fact.number() {
                    assert!(number.is_finite(), "{} = {value}: {fact:?}", slot.path);
                }
            }
        }
    }
    assert!(tried > 120, "{tried}");
}
