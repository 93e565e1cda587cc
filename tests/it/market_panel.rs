//! The market data panel as a user meets it: every mark is typed, refused in place, removed and undone.

use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::market::{CurveSource, Mark};
use palisade::ui::panels::market::market_ui;
use palisade::ui::{Action, UiCommand};

use crate::panel_host::{self, PanelHost};
use crate::support::save_png;

const SIZE: [f32; 2] = [760.0, 900.0];

fn panel<'a>(size: [f32; 2], theme: Theme) -> Harness<'a, PanelHost> {
    let mut h = panel_host::harness(size, theme, market_ui, PanelHost::sample());
    h.run();
    h
}

fn click(h: &mut Harness<'_, PanelHost>, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

fn type_into(h: &mut Harness<'_, PanelHost>, label: &str, text: &str) {
    click(h, label);
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    h.get_by_label(label).type_text(text);
    h.run();
    h.key_press(Key::Enter);
    h.run();
}

#[test]
fn index_vix_and_rates_are_typed() {
    let mut h = panel(SIZE, Theme::Dark);
    type_into(&mut h, "SPX", "6,700.5");
    type_into(&mut h, "VIX", "18");
    type_into(&mut h, "Rate", "4.1%");
    let marks = &h.state().campaign().marks;
    assert_eq!((marks.spx, marks.vix), (6700.5, 18.0));
    assert!((marks.rate - 0.041).abs() < 1e-12);
    let host = h.state_mut();
    assert!(host.history.undo() && host.history.undo() && host.history.undo());
    assert_eq!(host.campaign().marks.spx, 6720.0);
}

#[test]
fn the_instant_is_new_york_time_and_a_wrong_one_is_refused_in_place() {
    let mut h = panel(SIZE, Theme::Dark);
    type_into(&mut h, "As of", "2026-11-24T10:30");
    let as_of = h.state().campaign().marks.as_of;
    assert_eq!(as_of.to_string(), "2026-11-24T15:30:00Z");
    type_into(&mut h, "As of", "tomorrow");
    assert_eq!(h.state().campaign().marks.as_of, as_of);
    assert!(
        h.query_by_label_contains("tomorrow").is_some(),
        "the reason stands below"
    );
    save_png(&mut h, "market_error");
}

#[test]
fn vvix_left_empty_is_assumed() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "VVIX");
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.key_press(Key::Delete);
    h.run();
    h.key_press(Key::Tab);
    h.run();
    assert_eq!(h.state().campaign().marks.vvix, None);
    assert!(h.state().valuation().market.vvix_assumed);
    type_into(&mut h, "VVIX", "101");
    assert_eq!(h.state().campaign().marks.vvix, Some(101.0));
}

#[test]
fn futures_are_priced_removed_added_and_left_to_the_median() {
    let mut h = panel(SIZE, Theme::Dark);
    type_into(&mut h, "VX 16 Dec 26", "18.4");
    assert_eq!(h.state().campaign().marks.vx[0].price, 18.4);
    click(&mut h, "Remove VX 20 Jan 27");
    assert_eq!(h.state().campaign().marks.vx.len(), 7);
    click(&mut h, "Add expiry");
    let january = h.query_all_by_label_contains("20 Jan 27").next();
    january.expect("the removed month is offered").click();
    h.run();
    let vx = &h.state().campaign().marks.vx;
    assert_eq!(vx.len(), 8);
    assert!(
        vx[1].price > 18.4 && vx[1].price < 19.4,
        "between its neighbours: {vx:?}"
    );
    click(&mut h, "Presets");
    click(&mut h, "Median for this VIX");
    assert!(h.state().campaign().marks.vx.is_empty());
    let source = h.state().valuation().market.curve.source;
    assert_eq!(source, CurveSource::MedianForVix);
    assert!(h.query_by_label("median curve: assumption").is_some());
    type_into(&mut h, "VX 16 Dec 26", "19");
    let vx = &h.state().campaign().marks.vx;
    assert!(
        vx.len() > 5 && vx[0].price == 19.0,
        "one edit keeps the rest of the curve"
    );
}

#[test]
fn an_option_mark_is_typed_as_price_or_vol_removed_and_added() {
    let mut h = panel(SIZE, Theme::Dark);
    let contract = h.state().campaign().marks.quotes[0].contract;
    let label = contract.label();
    type_into(&mut h, &format!("Price of {label}"), "38");
    assert_eq!(h.state().campaign().marks.quotes[0].mark, Mark::Price(38.0));
    type_into(&mut h, &format!("Vol of {label}"), "21.5");
    assert_eq!(h.state().campaign().marks.quotes[0].mark, Mark::Vol(0.215));
    click(&mut h, &format!("Remove mark of {label}"));
    assert_eq!(h.state().campaign().marks.quotes.len(), 6);
    type_into(&mut h, "Add option mark", "SPX 8JAN27 6245P @ 36.5");
    let last = h
        .state()
        .campaign()
        .marks
        .quotes
        .last()
        .copied()
        .expect("a mark");
    assert_eq!((last.contract, last.mark), (contract, Mark::Price(36.5)));
    type_into(&mut h, "Add option mark", "SPX 8JAN27 6245P");
    assert!(h.query_by_label_contains("the price is missing").is_some());
}

#[test]
fn import_and_open_ask_the_app() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Import option chain…");
    type_into(&mut h, "Open a file by path", "quotes.csv");
    let asked = &h.state().other;
    assert!(asked.contains(&Action::Run(UiCommand::ImportChain)));
    assert!(asked.contains(&Action::OpenPath("quotes.csv".into())));
}

#[test]
fn an_imported_chain_is_summed_up_and_cleared() {
    let host = {
        let mut campaign = PanelHost::sample().campaign().clone();
        let chain = palisade::market::Chain {
            source_name: "spx_quotedata.csv".to_owned(),
            as_of: campaign.marks.as_of,
            spot: 6720.0,
            rate: 0.0375,
            expiries: Vec::new(),
        };
        campaign.marks.chain = Some(std::sync::Arc::new(chain));
        PanelHost::of(campaign)
    };
    let mut h = panel_host::harness(SIZE, Theme::Dark, market_ui, host);
    h.run();
    assert!(h.query_by_label_contains("spx_quotedata.csv").is_some());
    click(&mut h, "Clear chain");
    assert!(h.state().campaign().marks.chain.is_none());
}

#[test]
fn the_smiles_of_held_expiries_are_listed() {
    let h = panel(SIZE, Theme::Dark);
    assert!(h.query_by_label_contains("SPXW 8 Jan 27 46").is_some());
    assert_eq!(
        h.query_all_by_label_contains("level from quotes").count(),
        3
    );
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = panel([776.0, 316.0], theme);
        save_png(&mut h, &format!("market_{name}"));
    }
    let mut h = panel([776.0, 616.0], Theme::Dark);
    save_png(&mut h, "market_tall");
    let mut h = panel([684.0, 560.0], Theme::Dark);
    save_png(&mut h, "market_664");
}

#[test]
fn the_expiries_of_a_chain_are_listed_and_filtered() {
    let mut campaign = PanelHost::sample().campaign().clone();
    let expiries = (1..=14).map(|month: i8| palisade::market::ChainExpiry {
        root: palisade::instrument::Root::Spx,
        expiry: jiff::civil::date(2027 + i16::from(month > 12), (month - 1) % 12 + 1, 15),
        forward: 6700.0 + f64::from(month),
        discount: 0.99,
        quotes: vec![(6000.0, 0.2), (7000.0, 0.15)],
        rejected: 1,
    });
    let chain = palisade::market::Chain {
        source_name: "spx_quotedata.csv".to_owned(),
        as_of: campaign.marks.as_of,
        spot: 6720.0,
        rate: 0.0375,
        expiries: expiries.collect(),
    };
    campaign.marks.chain = Some(std::sync::Arc::new(chain));
    let mut h = panel_host::harness(
        [776.0, 1400.0],
        Theme::Dark,
        market_ui,
        PanelHost::of(campaign),
    );
    h.run();
    assert_eq!(h.query_all_by_label_contains("6,000 7,000").count(), 14);
    h.get_by_label("Filter chain expiries").click();
    h.run();
    h.get_by_label("Filter chain expiries").type_text("jan");
    h.run();
    assert_eq!(h.query_all_by_label_contains("6,000 7,000").count(), 2);
    save_png(&mut h, "market_chain_table");
}

#[test]
fn the_plot_is_brought_into_view() {
    let mut h = panel([776.0, 340.0], Theme::Dark);
    let bottom = |h: &Harness<'_, PanelHost>| h.get_by_label("VIX term structure").rect().bottom();
    assert!(bottom(&h) > 340.0);
    click(&mut h, "Show plot");
    h.run();
    assert!(bottom(&h) < 340.0);
    save_png(&mut h, "market_low_plot");
}
