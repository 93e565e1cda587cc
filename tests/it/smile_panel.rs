//! The smile view: what it draws is the market's own smile, by strike and by moneyness, and it can be copied.

use egui::{Theme, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;
use palisade::instrument::{Contract, Right, Root};
use palisade::market::{Mark, OptionMark};
use palisade::risk::smile_view::smile_views;
use palisade::ui::panels::smile::smile_ui;

use crate::panel_host::{self, PanelHost};
use crate::support;

const SIZE: [f32; 2] = [764.0, 390.0];

#[test]
fn the_picture_is_the_markets_smile() {
    let host = PanelHost::sample();
    let book = &host.valuation().book;
    let views = smile_views(book);
    let expiries: Vec<_> = views.iter().map(|view| (view.root, view.expiry)).collect();
    assert_eq!(
        expiries,
        [
            (Root::Spxw, date(2027, 1, 8)),
            (Root::Vix, date(2026, 12, 16)),
            (Root::Vix, date(2027, 3, 17)),
            (Root::Vix, date(2027, 6, 16)),
        ]
    );
    let spx = &views[0];
    let smile = book
        .market
        .smile(Root::Spxw, date(2027, 1, 8))
        .expect("held");
    assert_eq!((spx.legs.len(), spx.quotes.len()), (4, 4));
    assert_eq!(spx.facts.atm_vol, smile.atm_vol);
    for leg in &spx.legs {
        assert_eq!(leg.at.vol, smile.vol(leg.at.strike, leg.right));
        let fit = smile.fit_vol(smile.moneyness(leg.at.strike));
        assert!((leg.fit_vol - fit).abs() < 1e-15);
        assert!((leg.fit_vol + leg.residual_vol() - leg.at.vol).abs() < 1e-15);
        assert!((spx.z_of(leg.at.strike) - leg.at.z).abs() < 1e-12);
        assert!(
            leg.at.z > spx.curve[0].z && leg.at.z < spx.curve[160].z,
            "in view"
        );
    }
    for quote in &spx.quotes {
        let fit = smile.fit_vol(smile.moneyness(quote.at.strike));
        assert!((quote.fit_vol - fit).abs() < 1e-15);
        assert!((quote.fit_vol + quote.residual_vol() - quote.at.vol).abs() < 1e-15);
    }
    for point in &spx.curve {
        assert!((point.vol - smile.fit_vol(smile.moneyness(point.strike))).abs() < 1e-12);
    }
    let money = spx.fit_at(0.0).expect("in view");
    assert!((money.vol - smile.atm_vol).abs() < 1e-5);
    assert!((money.strike / smile.forward - 1.0).abs() < 1e-9);
    assert_eq!(spx.fit_at(99.0), None);
    let vix = &views[1];
    assert!(vix.facts.skew.is_none() && !vix.facts.is_checked);
    assert!(
        vix.facts.rms_vol.is_some_and(|rms| rms < 1e-9),
        "one quote sets the level"
    );
}

/// The sample with quotes that no density gives.
fn kinked() -> PanelHost {
    let mut campaign = PanelHost::sample().campaign().clone();
    let vols = [0.10, 0.10, 0.10, 0.10, 0.40, 0.60, 0.80, 1.00, 1.20];
    let quotes = vols.iter().enumerate().map(|(index, vol)| OptionMark {
        contract: Contract::option(
            Root::Spxw,
            date(2027, 1, 8),
            6000.0 + 150.0 * index as f64,
            Right::Call,
        )
        .expect("a contract"),
        mark: Mark::Vol(*vol),
    });
    campaign.marks.quotes = quotes.collect();
    PanelHost::of(campaign)
}

#[test]
fn an_arbitrage_is_said_with_its_place() {
    let mut harness = panel_host::harness(SIZE, Theme::Dark, smile_ui, kinked());
    harness.run();
    assert!(
        harness
            .query_by_label_contains("Butterfly arbitrage at")
            .is_some()
    );
    support::save_png(&mut harness, "smile-arbitrage-dark");
    let mut fine = panel_host::harness(SIZE, Theme::Dark, smile_ui, PanelHost::sample());
    fine.run();
    assert!(fine.query_by_label("No butterfly arbitrage").is_some());
    assert!(fine.query_by_label("SSVI fit, 4 quotes").is_some());
}

#[test]
fn expiry_and_axis_are_chosen_and_the_crosshair_reads() {
    let mut harness = panel_host::harness(SIZE, Theme::Dark, smile_ui, PanelHost::sample());
    harness.run();
    harness.get_by_label("Smile of SPXW 8 Jan 27");
    harness.hover_at(pos2(300.0, 200.0));
    harness.run();
    assert!(harness.query_by_label_contains("Smile at ").is_some());
    support::save_png(&mut harness, "smile-crosshair-dark");
    harness.get_by_label("Along: Std moneyness").click();
    harness.run();
    support::save_png(&mut harness, "smile-moneyness-dark");
    harness.get_by_label("Smile of expiry").click();
    harness.run();
    harness.get_by_label_contains("Wed 17 Mar 27").click();
    harness.run();
    harness.get_by_label("Smile of VIX 17 Mar 27");
    assert!(
        harness
            .query_by_label("not checked for arbitrage")
            .is_some()
    );
    support::save_png(&mut harness, "smile-vix-dark");
}

#[test]
fn the_smile_is_copied_with_quotes_and_legs() {
    let mut harness = panel_host::harness(SIZE, Theme::Dark, smile_ui, PanelHost::sample());
    harness.run();
    harness.get_by_label_contains("Copy smile").click();
    harness.step();
    let commands = &harness.output().platform_output.commands;
    let text = commands
        .iter()
        .find_map(|command| {
            if let egui::OutputCommand::CopyText(text) = command {
                Some(text.clone())
            } else {
                None
            }
        })
        .expect("a text was copied");
    assert_eq!(text.lines().count(), 1 + 161 + 4 + 4);
    assert!(text.contains("Leg P\t6295.00\t"), "{text}");
    assert!(
        text.lines()
            .any(|line| line.starts_with("Quote C\t7060.00\t"))
    );
}

#[test]
fn a_book_without_options_teaches() {
    let mut campaign = PanelHost::sample().campaign().clone();
    campaign.positions.clear();
    let mut harness = panel_host::harness(SIZE, Theme::Dark, smile_ui, PanelHost::of(campaign));
    harness.run();
    assert!(harness.query_by_label("No smile yet").is_some());
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut harness = panel_host::harness(SIZE, theme, smile_ui, PanelHost::sample());
        harness.run();
        support::save_png(&mut harness, &format!("smile-{name}"));
        let mut harness = panel_host::harness([668.0, 210.0], theme, smile_ui, PanelHost::sample());
        harness.run();
        support::save_png(&mut harness, &format!("smile-small-{name}"));
    }
}

#[test]
fn the_wheel_zooms_and_a_double_click_or_the_button_fits() {
    // frames short enough for a double click
    let builder = support::builder(SIZE, Theme::Dark)
        .with_step_dt(0.02)
        .with_max_steps(60);
    let mut harness = builder.build_ui_state(
        |ui, host: &mut PanelHost| host.show(ui, smile_ui),
        PanelHost::sample(),
    );
    harness.run();
    let at = pos2(360.0, 200.0);
    // what stands under one place of the plot tells the view
    let reading = |harness: &mut egui_kittest::Harness<'_, PanelHost>| {
        harness.hover_at(pos2(560.0, 200.0));
        harness.run();
        let node = harness.get_by_label_contains("Smile at ");
        let node = node.accesskit_node();
        node.value().or_else(|| node.label()).expect("words")
    };
    let zoom = |harness: &mut egui_kittest::Harness<'_, PanelHost>| {
        harness.hover_at(at);
        harness.step();
        harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, 200.0),
            modifiers: egui::Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        });
        harness.run();
    };
    let whole = reading(&mut harness);
    zoom(&mut harness);
    let near = reading(&mut harness);
    assert_ne!(near, whole, "the wheel zooms");
    support::save_png(&mut harness, "smile-zoomed-dark");
    harness.drag_at(at);
    harness.step();
    harness.hover_at(at + egui::vec2(60.0, 0.0));
    harness.step();
    harness.drop_at(at + egui::vec2(60.0, 0.0));
    assert_ne!(reading(&mut harness), near, "the hand pans");
    harness.get_by_label("Fit the plot to the smile").click();
    harness.run();
    assert_eq!(reading(&mut harness), whole, "the button fits");
    zoom(&mut harness);
    assert_ne!(reading(&mut harness), whole);
    for _press in 0..2 {
        harness.drag_at(at);
        harness.drop_at(at);
    }
    harness.run();
    assert_eq!(reading(&mut harness), whole, "a double click fits");
}
