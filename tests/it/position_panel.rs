//! The position editor, by its accessible names: what is typed and clicked reaches the document.

use egui::accesskit::Role as Part;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;
use palisade::document::{Campaign, Command};
use palisade::instrument::{Contract, LayerKind, Position, PositionId, Right, Role, Root};
use palisade::market::Mark;
use palisade::ui::Action;
use palisade::ui::panels::position::position_ui;

use crate::panel_host::{self, PanelHost};
use crate::support;

type Desk = Harness<'static, PanelHost>;

/// Room that the harness keeps around the panel.
const MARGIN: f32 = 16.0;

fn desk() -> Desk {
    // high, so that nothing needs scrolling
    desk_of(1400.0, Theme::Dark, PanelHost::sample())
}

fn desk_of(height: f32, theme: Theme, host: PanelHost) -> Desk {
    let size = [344.0 + MARGIN, height + MARGIN];
    let mut h = panel_host::harness(size, theme, position_ui, host);
    h.run();
    h
}

fn empty() -> PanelHost {
    let sample = PanelHost::sample();
    let mut marks = sample.campaign().marks.clone();
    marks.quotes.clear();
    PanelHost::of(Campaign::new("Empty", marks.as_of, marks))
}

/// Selects what a field holds and types over it.
fn type_into(h: &mut Desk, label: &str, text: &str) {
    h.get_by_label(label).click();
    h.run();
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    h.get_by_label(label).type_text(text);
    h.run();
}

fn enter(h: &mut Desk, label: &str, text: &str) {
    type_into(h, label, text);
    h.key_press(Key::Enter);
    h.run();
}

fn click(h: &mut Desk, label: &str) {
    h.get_by_label(label).click();
    h.run();
    h.run();
}

fn position(h: &Desk, id: u64) -> Position {
    let campaign = h.state().campaign();
    campaign
        .position(PositionId(id))
        .expect("the position is held")
        .clone()
}

fn strikes(position: &Position) -> Vec<f64> {
    position
        .legs
        .iter()
        .filter_map(|leg| leg.contract.strike())
        .collect()
}

fn price(h: &Desk, contract: &Contract) -> f64 {
    h.state().valuation().market.price(contract)
}

fn undo_label(h: &Desk) -> Option<String> {
    h.state().history.undo_label().map(str::to_owned)
}

#[test]
fn a_typed_strike_is_committed_by_tab_and_entered_at_the_model() {
    let mut h = desk();
    type_into(&mut h, "Short put strike", "6,300");
    assert_eq!(strikes(&position(&h, 1)), [6245.0, 6295.0, 7060.0, 7110.0]);
    h.key_press(Key::Tab);
    h.run();
    let condor = position(&h, 1);
    assert_eq!(strikes(&condor), [6245.0, 6300.0, 7060.0, 7110.0]);
    let leg = condor.legs[1];
    assert!((leg.entry_price - price(&h, &leg.contract)).abs() < 1e-9);
    assert_eq!(condor.legs[0].entry_price, 37.0, "the others stay");
    assert_eq!(undo_label(&h).as_deref(), Some("move strike"));
    assert!(
        h.get_by_label("Short put mark").is_focused(),
        "Tab goes on along the row"
    );
}

#[test]
fn strike_steps_follow_the_grid_and_shift_is_coarse() {
    let mut h = desk();
    click(&mut h, "Long call strike: raise");
    assert_eq!(strikes(&position(&h, 1))[3], 7115.0);
    h.get_by_label("Long call strike").click();
    h.run();
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowUp);
    h.run();
    assert_eq!(strikes(&position(&h, 1))[3], 7125.0);
    h.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    h.run();
    assert_eq!(strikes(&position(&h, 1))[3], 7126.0);
}

#[test]
fn a_crossed_strike_is_refused_where_it_was_typed() {
    let mut h = desk();
    enter(&mut h, "Short put strike", "6200");
    assert_eq!(strikes(&position(&h, 1)), [6245.0, 6295.0, 7060.0, 7110.0]);
    let shown = h.get_by_label("Short put strike").value();
    assert_eq!(shown.as_deref(), Some("6200"), "what was typed is not lost");
    let reason = "strikes must rise: long put < short put ≤ short call < long call";
    assert!(h.query_by_label_contains(reason).is_some());
    assert_eq!(undo_label(&h), None);
    h.key_press(Key::Escape);
    h.run();
    let shown = h.get_by_label("Short put strike").value();
    assert_eq!(shown.as_deref(), Some("6,295"));
}

#[test]
fn a_mark_solves_the_vol_and_a_vol_the_mark() {
    let mut h = desk();
    let contract = position(&h, 1).legs[1].contract;
    let vol_of = |h: &Desk| h.state().valuation().rows[1].vol;
    let before = vol_of(&h);
    enter(&mut h, "Short put mark", "44.00");
    assert!(vol_of(&h) > before + 0.001);
    assert!((price(&h, &contract) - 44.0).abs() < 1e-6);
    assert_eq!(
        position(&h, 1).legs[1].entry_price,
        42.2,
        "the entry is what was paid"
    );

    enter(&mut h, "Short put IV", "21.5");
    assert!((vol_of(&h) - 0.215).abs() < 1e-9);
    let quotes = &h.state().campaign().marks.quotes;
    let quote = quotes
        .iter()
        .find(|quote| quote.contract == contract)
        .expect("marked");
    assert_eq!(quote.mark, Mark::Vol(0.215));
    let shown = h.get_by_label("Short put mark").value().expect("a figure");
    let shown: f64 = shown.parse().expect("a plain number");
    assert!((shown - price(&h, &contract)).abs() <= 0.005);
}

#[test]
fn a_mark_that_no_vol_gives_is_refused() {
    let mut h = desk();
    enter(&mut h, "First entry price", "1.70");
    assert_eq!(position(&h, 2).legs[0].entry_price, 1.7);
    enter(&mut h, "Short call mark", "8000");
    let quotes = &h.state().campaign().marks.quotes;
    assert!(quotes.iter().all(|quote| quote.mark != Mark::Price(8000.0)));
    let shown = h.get_by_label("Short call mark").value();
    assert_eq!(shown.as_deref(), Some("8000"));
}

#[test]
fn a_typed_credit_is_spread_over_the_legs() {
    let mut h = desk();
    enter(&mut h, "Credit", "12.50");
    let condor = position(&h, 1);
    let view = condor.condor().expect("still a condor");
    assert!((view.credit_points() - 12.5).abs() < 1e-9);
    assert!(
        condor
            .legs
            .iter()
            .all(|leg| (leg.entry_price - 30.0).abs() < 15.0)
    );
    enter(&mut h, "Credit", "-3");
    assert!((position(&h, 1).condor().expect("a condor").credit_points() - 12.5).abs() < 1e-9);
}

#[test]
fn the_contracts_stepper_moves_all_four_legs() {
    let mut h = desk();
    click(&mut h, "Condors: raise");
    let quantities: Vec<i32> = position(&h, 1)
        .legs
        .iter()
        .map(|leg| leg.quantity)
        .collect();
    assert_eq!(quantities, [11, -11, -11, 11]);
    enter(&mut h, "Condors", "4");
    assert_eq!(position(&h, 1).condor().expect("a condor").contracts, 4);
}

#[test]
fn quick_entry_adds_a_condor_at_its_net_price() {
    let mut h = desk();
    h.get_by_label("Quick entry").click();
    h.run();
    h.get_by_label("Quick entry")
        .type_text("-5 SPX 15JAN27 6200/6250/7100/7150 IC @ 11.40");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    let added = h
        .state()
        .campaign()
        .positions
        .last()
        .expect("a position")
        .clone();
    assert_eq!(
        (added.role, added.name.as_str()),
        (Role::Condor, "Iron condor")
    );
    let view = added.condor().expect("a condor");
    assert_eq!((view.root, view.contracts), (Root::Spx, 5));
    assert!((view.credit_points() - 11.4).abs() < 1e-9);
    let field = h.get_by_role_and_label(Part::TextInput, "Quick entry");
    assert_eq!(
        field.value().unwrap_or_default(),
        "",
        "the line is free again"
    );
    assert!(h.query_by_label("Short put strike, condor 2").is_some());
}

#[test]
fn quick_entry_says_what_it_did_not_understand() {
    let mut h = desk();
    let before = h.state().campaign().positions.len();
    h.get_by_label("Quick entry").click();
    h.run();
    h.get_by_label("Quick entry")
        .type_text("-5 SPX 15JAN27 6300/6250/7100/7150 IC");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().campaign().positions.len(), before);
    assert!(h.query_by_label_contains("found '6250'").is_some());
    let field = h.get_by_role_and_label(Part::TextInput, "Quick entry");
    assert!(field.value().is_some_and(|text| text.starts_with("-5 SPX")));
}

#[test]
fn the_builder_adds_what_it_offers() {
    let mut h = desk_of(1400.0, Theme::Dark, empty());
    click(&mut h, "Build…");
    enter(&mut h, "Builder condors", "7");
    enter(&mut h, "Builder wing width", "25");
    let offer = h.get_by_label_contains("Add 7 × ");
    let words = offer.accesskit_node().label().expect("a button with words");
    offer.click();
    h.run();
    let condor = h.state().campaign().positions[0].clone();
    let view = condor.condor().expect("a condor");
    assert_eq!(
        (view.contracts, view.put_width, view.call_width),
        (7, 25.0, 25.0)
    );
    assert!(words.contains(&format!(
        "{:#}",
        palisade::instrument::Strike::new(view.short_put.strike).expect("a strike")
    )));
    assert!(view.credit_points() > 0.5);
    let delta = h.state().valuation().rows[1].greeks.delta;
    assert!((delta + 0.16).abs() < 0.02, "{delta}");
    assert!(
        h.query_by_label("Builder condors").is_none(),
        "the builder closes"
    );
}

#[test]
fn a_layer_comes_from_the_template_unless_it_is_held() {
    let mut h = desk();
    h.state_mut()
        .history
        .apply(Command::RemovePosition { id: PositionId(3) })
        .expect("held");
    h.state_mut().revalue();
    h.run();
    click(&mut h, "Add a position");
    let item = h.get_by_role_and_label(Part::MenuItem, "First layer");
    assert!(item.accesskit_node().is_disabled(), "it is held");
    h.get_by_role_and_label(Part::MenuItem, "Second layer")
        .click();
    h.run();
    let added = h
        .state()
        .campaign()
        .positions
        .last()
        .expect("a position")
        .clone();
    assert_eq!(added.role, Role::Layer(LayerKind::Second));
    let leg = added.legs[0];
    assert_eq!((leg.quantity, leg.contract.root()), (4, Root::Vix));
    assert_eq!(leg.contract.expiry(), date(2027, 3, 17));
    assert!((leg.entry_price - price(&h, &leg.contract)).abs() < 1e-9);
}

#[test]
fn every_item_of_the_add_menu_adds_something_whole() {
    for item in [
        "Iron condor",
        "Put vertical",
        "Call vertical",
        "Single SPX option",
        "VIX call",
        "VIX call spread",
        "VX future",
        "VXM future",
        "All missing layers",
    ] {
        let mut h = desk_of(1400.0, Theme::Dark, empty());
        click(&mut h, "Add a position");
        h.get_by_role_and_label(Part::MenuItem, item).click();
        h.run();
        let campaign = h.state().campaign();
        let expected = if item == "All missing layers" { 3 } else { 1 };
        assert_eq!(campaign.positions.len(), expected, "{item}");
        assert!(campaign.validate().is_ok(), "{item}");
        assert_eq!(
            h.state().valuation().rows.len(),
            campaign
                .positions
                .iter()
                .map(|p| p.legs.len())
                .sum::<usize>()
        );
        assert!(h.state().other.is_empty(), "{item}: nothing to complain of");
    }
}

#[test]
fn layers_can_be_resized_and_moved_to_another_strike() {
    let mut h = desk();
    click(&mut h, "Second contracts: raise");
    assert_eq!(position(&h, 3).legs[0].quantity, 5);
    click(&mut h, "Second contract");
    h.get_by_role_and_label(Part::ListBoxOption, "16 Jun 27 205 d")
        .click_accesskit();
    h.run();
    let leg = position(&h, 3).legs[0];
    assert_eq!(
        (leg.contract.expiry(), leg.contract.strike()),
        (date(2027, 6, 16), Some(21.0))
    );
    assert!((leg.entry_price - price(&h, &leg.contract)).abs() < 1e-9);
    click(&mut h, "Third marks");
    enter(&mut h, "Third IV", "80");
    let row = &h.state().valuation().rows[6];
    assert!((row.vol - 0.80).abs() < 1e-9);
}

#[test]
fn the_menu_renames_duplicates_logs_and_removes() {
    let mut h = desk();
    click(&mut h, "Iron condor menu");
    h.get_by_role_and_label(Part::MenuItem, "Rename…").click();
    h.run();
    h.run();
    assert!(h.get_by_label("New name").is_focused());
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    h.get_by_label("New name").type_text("January");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(position(&h, 1).name, "January");

    click(&mut h, "January menu");
    h.get_by_role_and_label(Part::MenuItem, "Duplicate").click();
    h.run();
    assert_eq!(h.state().campaign().positions.len(), 5);

    let trades = h.state().campaign().trades.len();
    click(&mut h, "January menu");
    h.get_by_role_and_label(Part::MenuItem, "Log as executed…")
        .click();
    h.run();
    h.run();
    h.get_by_label("Reason for the journal")
        .type_text("as planned");
    h.key_press(Key::Enter);
    h.run();
    let logged = &h.state().campaign().trades[trades..];
    assert_eq!(logged.len(), 4);
    assert!(logged.iter().all(|trade| trade.reason == "as planned"));
    assert!(matches!(h.state().other.as_slice(), [Action::Notify(_)]));

    click(&mut h, "January copy menu");
    h.get_by_role_and_label(Part::MenuItem, "Remove").click();
    h.run();
    assert_eq!(h.state().campaign().positions.len(), 4);
}

#[test]
fn another_expiry_keeps_the_strikes_and_enters_at_the_model() {
    let mut h = desk();
    click(&mut h, "Expiry");
    h.get_by_role_and_label(Part::ListBoxOption, "Fri 15 Jan 27 53 DTE   SPX · AM")
        .click();
    h.run();
    let condor = position(&h, 1);
    let view = condor.condor().expect("a condor");
    assert_eq!((view.root, view.expiry), (Root::Spx, date(2027, 1, 15)));
    assert_eq!(view.strikes(), [6245.0, 6295.0, 7060.0, 7110.0]);
    for leg in &condor.legs {
        assert!((leg.entry_price - price(&h, &leg.contract)).abs() < 1e-9);
    }
    assert!(
        h.query_by_label("Distance 1.19 EM").is_none(),
        "the facts are new"
    );
}

#[test]
fn loose_legs_are_edited_one_by_one() {
    let mut h = desk();
    let put = Contract::option(Root::Spxw, date(2027, 1, 8), 6000.0, Right::Put).expect("a put");
    let leg = palisade::instrument::Leg::new(put, 2, 20.0).expect("a leg");
    let loose = Position {
        id: PositionId(0),
        name: "Tail".to_owned(),
        role: Role::Other,
        legs: vec![leg],
        opened: None,
    };
    h.state_mut()
        .history
        .apply(Command::AddPosition(loose))
        .expect("fine");
    h.state_mut().revalue();
    h.run();
    let added = h.state().campaign().positions.last().expect("added").id.0;
    click(&mut h, "Add leg");
    assert_eq!(strikes(&position(&h, added)), [6000.0, 5975.0]);
    enter(&mut h, "Tail leg 2 quantity", "-4");
    enter(&mut h, "Tail leg 1 entry price", "21.5");
    let tail = position(&h, added);
    assert_eq!(
        (tail.legs[1].quantity, tail.legs[0].entry_price),
        (-4, 21.5)
    );
    enter(&mut h, "Tail leg 2 quantity", "0");
    assert_eq!(
        position(&h, added).legs[1].quantity,
        -4,
        "no leg of 0 contracts"
    );
    click(&mut h, "Remove Tail leg 2");
    assert_eq!(position(&h, added).legs.len(), 1);
}

#[test]
fn a_condor_can_be_edited_leg_by_leg_and_seen_as_one_again() {
    let mut h = desk();
    click(&mut h, "Iron condor menu");
    h.get_by_role_and_label(Part::MenuItem, "Edit leg by leg")
        .click();
    h.run();
    assert_eq!(position(&h, 1).role, Role::Other);
    assert!(h.query_by_label("Iron condor leg 4 quantity").is_some());
    click(&mut h, "Iron condor menu");
    h.get_by_role_and_label(Part::MenuItem, "Count as condor")
        .click();
    h.run();
    assert_eq!(position(&h, 1).role, Role::Condor);
    assert!(h.query_by_label("Long call strike").is_some());
}

#[test]
fn fees_are_edited_in_their_popup() {
    let mut h = desk();
    click(&mut h, "Fees…");
    enter(&mut h, "Broker fee", "1.00");
    assert_eq!(h.state().campaign().settings.fees.broker_usd, 1.0);
    assert_eq!(undo_label(&h).as_deref(), Some("change settings"));
}

#[test]
fn tab_walks_the_card_from_top_to_bottom() {
    let mut h = desk();
    h.get_by_label("Quick entry").click();
    h.run();
    let mut walk = Vec::new();
    for _ in 0..9 {
        h.key_press(Key::Tab);
        h.run();
        let focused = h.root().children_recursive().find(|node| node.is_focused());
        walk.push(
            focused
                .and_then(|node| node.accesskit_node().label())
                .unwrap_or_default(),
        );
    }
    assert_eq!(
        walk,
        [
            "Condors",
            "Iron condor menu",
            "Expiry",
            "Long put strike",
            "Long put mark",
            "Long put IV",
            "Short put strike",
            "Short put mark",
            "Short put IV",
        ]
    );
}

#[test]
fn low_panels_keep_every_layer_in_one_row() {
    let h = desk_of(600.0, Theme::Dark, PanelHost::sample());
    assert!(h.query_by_label("First marks").is_none());
    assert!(h.query_by_label("Third contracts").is_some());
    assert_eq!(
        h.get_by_label("First contract").value().as_deref(),
        Some("18C")
    );
}

#[test]
fn every_kind_of_card_is_drawn() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = desk_of(800.0, theme, empty());
        support::save_png(&mut h, &format!("position-{name}-empty"));
        for item in [
            "Iron condor",
            "Call vertical",
            "VIX call spread",
            "VX future",
        ] {
            click(&mut h, "Add a position");
            h.get_by_role_and_label(Part::MenuItem, item).click();
            h.run();
        }
        h.state_mut()
            .history
            .apply(Command::RemovePosition { id: PositionId(1) })
            .expect("held");
        h.state_mut().revalue();
        h.run();
        click(&mut h, "Fees…");
        support::save_png(&mut h, &format!("position-{name}-others"));

        let mut h = desk_of(800.0, theme, PanelHost::sample());
        click(&mut h, "First marks");
        click(&mut h, "Second marks");
        h.get_by_label("Second menu").click();
        h.run();
        support::save_png(&mut h, &format!("position-{name}-marks"));
    }
}

#[test]
fn its_popups_and_errors_are_drawn() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = desk_of(800.0, theme, PanelHost::sample());
        click(&mut h, "Add a position");
        support::save_png(&mut h, &format!("position-{name}-add"));
        h.key_press(Key::Escape);
        h.run();
        click(&mut h, "Second contract");
        support::save_png(&mut h, &format!("position-{name}-contract"));
        h.key_press(Key::Escape);
        h.run();
        click(&mut h, "Build…");
        enter(&mut h, "Short put strike", "6200");
        support::save_png(&mut h, &format!("position-{name}-build"));
    }
}

#[test]
fn it_is_drawn_in_both_themes_and_heights() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        for height in [800.0_f32, 600.0] {
            let mut h = desk_of(height, theme, PanelHost::sample());
            let path = support::save_png(&mut h, &format!("position-{name}-{height}"));
            assert!(path.exists());
        }
    }
}

#[test]
fn a_condor_whose_sides_stand_in_two_expiries_keeps_its_figures() {
    let mut host = PanelHost::sample();
    let mut condor = host.campaign().positions[0].clone();
    let later = date(2026, 9, 18);
    for leg in &mut condor.legs {
        if leg.contract.right() == Some(Right::Call) {
            let strike = leg.contract.strike().expect("an option");
            leg.contract = Contract::option(Root::Spxw, later, strike, Right::Call).expect("valid");
        }
    }
    condor.role = Role::Other;
    let id = condor.id;
    let name = condor.name.clone();
    host.history
        .apply(Command::ReplacePosition {
            id,
            position: condor,
        })
        .expect("valid");
    let mut h = desk_of(1800.0, Theme::Dark, host);
    assert!(h.state().valuation().condor(id).is_some());
    h.get_by_label(&format!("Credit of {name}"));
    support::save_png(&mut h, "position-two-expiries");
}
