//! The calculators: pinned vega and carry of VIX products, scenario laws, and the panel by its labels.

use egui::Theme;
use egui_kittest::kittest::Queryable as _;
use palisade::market::FutureMark;
use palisade::risk::band::Convention;
use palisade::risk::etp::{Etp, EtpHolding, VegaCost, VegaMeasure, etp_facts, etp_return};
use palisade::risk::joint::VegaReference;
use palisade::ui::panels::calculators::calculators_ui;
use proptest::prelude::*;

use crate::panel_host::{self, PanelHost};
use crate::support;

const SIZE: [f32; 2] = [764.0, 470.0];

fn holding(etp: Etp) -> EtpHolding {
    EtpHolding {
        etp,
        price_usd: 50.0,
        shares: 100.0,
        fee_per_year: etp.fee_per_year(),
    }
}

/// The worked condor's own reference: 45 days at 14.85 %.
fn measure(convention: Convention) -> VegaMeasure {
    VegaMeasure {
        reference: Some(VegaReference {
            atm_vol: 0.1485,
            days: 45.0,
        }),
        convention,
        slopes: None,
    }
}

#[test]
fn vega_of_a_share_is_the_weighted_beta_of_its_futures() {
    let host = PanelHost::sample();
    let book = &host.valuation().book;
    let facts = etp_facts(book, &measure(Convention::Damped), holding(Etp::Vxx));
    // 23 November 2026: period 18 November to 16 December, 19 business days, 15 of them left
    let [first, second] = facts.components[..] else {
        panic!("two contracts: {:?}", facts.components)
    };
    let share = 15.0 / 19.0;
    let value = share * 17.95 + (1.0 - share) * 18.9;
    assert!(
        (first.weight - share * 17.95 / value).abs() < 1e-12,
        "{}",
        first.weight
    );
    assert!((first.weight + second.weight - 1.0).abs() < 1e-12);
    // by hand: P Σ w beta(T) / (sigma_c bIV(45)) / 100, with sigma_c in points
    let beta = |days: f64| (1.0 + days / 21.0f64).powf(-0.73);
    let by_hand = 50.0 * (first.weight * beta(first.days) + second.weight * beta(second.days))
        / (14.85 * (30.0f64 / 45.0).powf(0.47))
        / 100.0;
    let found = facts.vega_points_per_share.expect("a reference");
    assert!((found - by_hand).abs() < 1e-12, "{found} against {by_hand}");
    assert!(
        (facts.equivalent_vega_usd.expect("a reference") - 100.0 * 100.0 * by_hand).abs() < 1e-9
    );
    let carry = -(18.9 / 17.95 - 1.0) - 0.0089 / 12.0;
    assert!((facts.carry_per_month - carry).abs() < 1e-12);
    assert!((facts.carry_per_month_usd - 5000.0 * carry).abs() < 1e-9);
}

#[test]
fn leverage_scales_vega_and_short_products_carry_the_other_way() {
    let host = PanelHost::sample();
    let book = &host.valuation().book;
    let of = |etp| etp_facts(book, &measure(Convention::Damped), holding(etp));
    let vega = |etp| of(etp).equivalent_vega_usd.expect("a reference");
    assert!((vega(Etp::Uvxy) / vega(Etp::Vxx) - 1.5).abs() < 1e-12);
    assert!((vega(Etp::Svxy) / vega(Etp::Vxx) + 0.5).abs() < 1e-12);
    assert!(vega(Etp::Vixm) < vega(Etp::Vxx), "longer futures move less");
    assert!(of(Etp::Svxy).carry_per_month > 0.0 && of(Etp::Vxx).carry_per_month < 0.0);
    assert!(
        of(Etp::Vixm).carry_per_month > of(Etp::Vxx).carry_per_month,
        "a flatter end"
    );
    // naive: a point for a point, so P Σ w / F
    let naive = etp_facts(book, &measure(Convention::Naive), holding(Etp::Vxx));
    let by_hand: f64 = naive
        .components
        .iter()
        .map(|part| part.weight / part.price)
        .sum();
    assert!((naive.equivalent_vega_usd.expect("a reference") - 5000.0 * by_hand).abs() < 1e-9);
    let without = VegaMeasure {
        reference: None,
        convention: Convention::Damped,
        slopes: None,
    };
    assert_eq!(
        etp_facts(book, &without, holding(Etp::Vxx)).vega_points_per_share,
        None
    );
}

#[test]
fn an_instant_return_is_leverage_times_the_futures() {
    let host = PanelHost::sample();
    let book = &host.valuation().book;
    assert_eq!(etp_return(book, &holding(Etp::Vxx), 0.0, 0), 0.0);
    let index = etp_return(book, &holding(Etp::Vxx), -5.0, 0);
    assert!(index > 0.15 && index < 0.6, "{index}");
    let twice = etp_return(book, &holding(Etp::Uvxy), -5.0, 0);
    let short = etp_return(book, &holding(Etp::Svxy), -5.0, 0);
    assert!((twice - 1.5 * index).abs() < 1e-12 && (short + 0.5 * index).abs() < 1e-12);
    // by hand: the futures move by (V1/V0)^beta; weights are by value, so the return is their mean
    let facts = etp_facts(book, &measure(Convention::Damped), holding(Etp::Vxx));
    let path = book.path(
        book.scenario(palisade::risk::scenario::Moment::NOW),
        vec![book.market.spx * 0.95],
    );
    let by_hand: f64 = facts
        .components
        .iter()
        .map(|part| {
            let beta = (1.0 + part.days / 21.0f64).powf(-0.73);
            part.weight * ((beta * path.log_vix[0]).exp() - 1.0)
        })
        .sum();
    assert!((index - by_hand).abs() < 1e-9, "{index} against {by_hand}");
}

#[test]
fn standing_still_in_contango_costs_what_the_curve_says() {
    // VIX at the level where the model's own reversion leaves it: only the roll remains
    let mut campaign = PanelHost::sample().campaign().clone();
    for row in &mut campaign.model.vix_map {
        row.reversion = 0.0;
    }
    let host = PanelHost::of(campaign);
    let book = &host.valuation().book;
    let month = etp_return(book, &holding(Etp::Vxx), 0.0, 21);
    assert!(
        month < -0.03 && month > -0.09,
        "contango of 5 % and more: {month}"
    );
    let inverse = etp_return(book, &holding(Etp::Svxy), 0.0, 21);
    assert!(inverse > 0.01, "{inverse}");
    // daily compounding: 1.5 times daily is not 1.5 times the month
    let leveraged = etp_return(book, &holding(Etp::Uvxy), 0.0, 21);
    assert!(leveraged < month && (leveraged - 1.5 * month).abs() > 1e-4);
}

#[test]
fn cost_of_vega_does_not_depend_on_price_or_size() {
    let host = PanelHost::sample();
    let valuation = host.valuation();
    let cost = |price_usd: f64, shares: f64| {
        let facts = etp_facts(
            &valuation.book,
            &measure(Convention::Damped),
            EtpHolding {
                price_usd,
                shares,
                ..holding(Etp::Vxx)
            },
        );
        let row = VegaCost::of_etp(&facts).expect("a reference");
        row.per_vega_month().expect("vega")
    };
    assert!((cost(50.0, 100.0) - cost(7.0, 3.0)).abs() < 1e-12);
    assert!(cost(50.0, 100.0) > 0.0, "long vega is paid for in contango");
    let layers: Vec<_> = valuation
        .layers
        .iter()
        .filter_map(VegaCost::of_layer)
        .collect();
    assert_eq!(layers.len(), 3);
    for layer in layers {
        assert!(
            layer.carry_per_month_usd < 0.0 && layer.vega_usd > 0.0,
            "{layer:?}"
        );
        let back = layer.per_vega_month().expect("vega") * layer.vega_usd;
        assert!((back + layer.carry_per_month_usd).abs() < 1e-9);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// No scenario takes more than everything or gives no number, on any curve.
    #[test]
    fn returns_stay_possible(
        pct in -60.0..60.0_f64, days in 0..70_u32, first in 8.0..80.0_f64, second in 8.0..80.0_f64,
    ) {
        let mut campaign = PanelHost::sample().campaign().clone();
        campaign.marks.vx = vec![
            FutureMark::entered(jiff::civil::date(2026, 12, 16), first),
            FutureMark::entered(jiff::civil::date(2027, 1, 20), second),
        ];
        let host = PanelHost::of(campaign);
        for etp in Etp::ALL {
            let gain = etp_return(&host.valuation().book, &holding(etp), pct, days);
            prop_assert!(gain.is_finite() && gain >= -1.0, "{etp:?} {gain}");
        }
    }
}

#[test]
fn the_panel_answers_to_its_fields() {
    let mut harness = panel_host::harness(SIZE, Theme::Dark, calculators_ui, PanelHost::sample());
    harness.run();
    let read = |harness: &mut egui_kittest::Harness<'_, PanelHost>| {
        harness.get_by_label_contains("Copy Products").click();
        harness.step();
        let commands = &harness.output().platform_output.commands;
        let text = commands.iter().find_map(|command| {
            if let egui::OutputCommand::CopyText(text) = command {
                Some(text.clone())
            } else {
                None
            }
        });
        text.expect("copied")
    };
    let before = read(&mut harness);
    assert!(before.starts_with("Product\tValue $\tVega $\t"), "{before}");
    assert!(before.contains("VXX\t4000\t"), "{before}");
    let field = harness.get_by_label("VXX price");
    field.click();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.run();
    harness.get_by_label("VXX price").type_text("60");
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    let after = read(&mut harness);
    assert!(after.contains("VXX\t6000\t"), "{after}");
    assert!(harness.query_by_label_contains("First layer").is_some());
}

#[test]
fn the_pool_stands_beside_the_condor_and_says_what_it_is_not() {
    let mut harness = panel_host::harness(SIZE, Theme::Dark, calculators_ui, PanelHost::sample());
    harness.run();
    harness.get_by_label("Calculator: DeFi pool").click();
    harness.run();
    // 12 % fees, 80 % vol: drain 8 %, net 4 %, break-even vol 98 %, loss at 1.5 of 2.02 %
    for label in [
        "Drain by volatility −8.00 % / yr",
        "Net yield +4.00 % / yr",
        "Break-even vol 98.0 %",
        "Impermanent loss at k −2.02 %",
    ] {
        assert!(harness.query_by_label(label).is_some(), "{label}");
    }
    assert!(harness.query_by_label_contains("Not SPX").is_some());
    let facts = &harness.state().valuation().facts;
    let share = facts.spx.theta_per_day_usd * 365.0 / facts.margin_usd;
    let row = format!(
        "SPX legs, theta {} {} {}",
        palisade::ui::format::usd(facts.margin_usd),
        palisade::ui::format::signed(facts.spx.theta_per_day_usd, 2),
        palisade::ui::format::pct_signed(share, 1)
    );
    assert!(harness.query_by_label(&row).is_some(), "{row}");
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        for (size, place) in [(SIZE, ""), ([668.0, 470.0], "-small")] {
            let mut harness = panel_host::harness(size, theme, calculators_ui, PanelHost::sample());
            harness.run();
            support::save_png(&mut harness, &format!("calculators-etps{place}-{name}"));
            harness.get_by_label("Calculator: DeFi pool").click();
            harness.run();
            support::save_png(&mut harness, &format!("calculators-pool{place}-{name}"));
        }
    }
}
