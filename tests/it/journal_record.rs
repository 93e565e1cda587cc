//! Recording by hand: several fills as one entry, prefilled for what is held; corrections; settlement.

use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::ToSpan as _;
use palisade::fact::carried_break_evens;
use palisade::instrument::{LayerKind, Role, TradeAction};
use palisade::ui::panels::journal::journal_ui;

use crate::panel_host::{self, PanelHost};
use crate::support::{check_journal_picture, save_png};

const SIZE: [f32; 2] = [1000.0, 560.0];

fn panel<'a>(theme: Theme, host: PanelHost) -> Harness<'a, PanelHost> {
    let mut h = panel_host::harness(SIZE, theme, journal_ui, host);
    h.run();
    click(&mut h, "Journal: Fills");
    h
}

fn click(h: &mut Harness<'_, PanelHost>, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

fn write(h: &mut Harness<'_, PanelHost>, label: &str, text: &str) {
    click(h, label);
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    h.get_by_label(label).type_text(text);
    h.run();
}

#[test]
fn a_close_is_one_entry_with_a_fill_for_each_leg_and_the_book_follows() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    let (trades, held) = {
        let campaign = h.state().campaign();
        (campaign.trades.len(), campaign.positions.len())
    };
    click(&mut h, "Record…");
    write(&mut h, "Reason", "Target reached");
    write(&mut h, "Tags", "target, early");
    save_png(&mut h, "record_close_dark");
    click(&mut h, "Record 4 fills");
    assert!(h.state().refused.is_empty(), "{:?}", h.state().refused);
    let campaign = h.state().campaign().clone();
    let entry = campaign.journal.entries.last().expect("an entry");
    assert_eq!(entry.action, Some(TradeAction::Close));
    assert_eq!(entry.tags, ["target", "early"]);
    let fills: Vec<_> = (campaign.trades.iter())
        .filter(|trade| trade.entry == Some(entry.id))
        .collect();
    assert_eq!(fills.len(), 4);
    assert!(
        fills
            .iter()
            .all(|fill| fill.fees_usd > 0.0 && fill.reason == "Target reached")
    );
    assert_eq!(campaign.positions.len(), held - 1);
    let host = h.state_mut();
    assert!(host.history.undo());
    assert_eq!(host.campaign().trades.len(), trades, "one step");
}

#[test]
fn a_trim_takes_a_part_of_every_leg() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    click(&mut h, "Record…");
    click(&mut h, "Record: Trim");
    write(&mut h, "Lots to trim", "3");
    h.key_press(Key::Tab);
    h.run();
    click(&mut h, "Record 4 fills");
    let condor = &h.state().campaign().positions[0];
    assert!(
        condor.legs.iter().all(|leg| leg.quantity.abs() == 7),
        "{condor:?}"
    );
    assert_eq!(condor.role, Role::Condor);
}

#[test]
fn a_roll_closes_and_opens_in_one_entry() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    click(&mut h, "Record…");
    click(&mut h, "Position");
    click(&mut h, "Second layer");
    click(&mut h, "Record: Roll");
    write(&mut h, "Fill", "4 VIX 18MAY27 22C @ 2.40");
    click(&mut h, "Add fill");
    save_png(&mut h, "record_roll_dark");
    click(&mut h, "Record 2 fills");
    let campaign = h.state().campaign();
    let layer = campaign.positions.iter();
    let layer = layer.filter(|held| held.role == Role::Layer(LayerKind::Second));
    let legs: Vec<_> = layer.flat_map(|held| &held.legs).collect();
    assert_eq!(legs.len(), 1);
    assert_eq!((legs[0].quantity, legs[0].entry_price), (4, 2.4));
    let entry = campaign.journal.entries.last().expect("an entry").id;
    let fills = campaign
        .trades
        .iter()
        .filter(|trade| trade.entry == Some(entry));
    assert_eq!(fills.count(), 2);
}

#[test]
fn a_roll_by_hand_keeps_its_loss_in_the_break_evens() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    click(&mut h, "Record…");
    click(&mut h, "Record: Roll");
    click(&mut h, "Record 4 fills");
    let asked = "type what is opened instead";
    assert!(h.query_by_label_contains(asked).is_some(), "not a close");
    // The short calls are bought back ten points dearer than they were sold.
    write(&mut h, "Fill of SPXW 8 Jan 27 7,060 C", "35");
    h.key_press(Key::Tab);
    h.run();
    write(
        &mut h,
        "Fill",
        "-10 SPX 8JAN27 6295/6345/7130/7180 IC @ 11.40",
    );
    click(&mut h, "Record 4 fills");
    let host = h.state();
    assert!(host.refused.is_empty(), "{:?}", host.refused);
    let condor = &host.valuation().condors[0];
    let carried = carried_break_evens(host.campaign(), host.valuation()).expect("a condor");
    let moved = [0, 1].map(|side| carried[side] - condor.break_evens[side]);
    // Ten points of ten condors, and fees of eight legs.
    assert!(moved[0] > 10.0 && moved[0] < 10.2, "{moved:?}");
    assert!((moved[0] + moved[1]).abs() < 1e-9, "{moved:?}");
    let entry = host.campaign().journal.entries.last().expect("one entry");
    let own = host.campaign().trades.iter();
    let own = own.filter(|trade| trade.entry == Some(entry.id));
    assert_eq!((entry.action, own.count()), (Some(TradeAction::Roll), 8));
}

#[test]
fn more_is_added_a_hedge_is_bought_and_sold_and_a_fee_is_charged() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    click(&mut h, "Record…");
    click(&mut h, "Record: Add");
    write(&mut h, "Lots to add", "2");
    h.key_press(Key::Tab);
    h.run();
    click(&mut h, "Record 4 fills");
    let condor = &h.state().campaign().positions[0];
    assert!(condor.legs.iter().all(|leg| leg.quantity.abs() == 12));

    // A hedge begins with a layer that is held; a new one is typed.
    click(&mut h, "Record…");
    click(&mut h, "Record: Hedge");
    click(&mut h, "Position");
    click(&mut h, "A new position");
    write(&mut h, "Name of the position", "More cover");
    write(&mut h, "Fill", "3 VIX 17MAR27 25C @ 1.20");
    save_png(&mut h, "record_hedge_dark");
    click(&mut h, "Record 0 fills");
    let campaign = h.state().campaign();
    let new = campaign.positions.last().expect("held");
    assert_eq!(
        (new.name.as_str(), new.role, new.legs[0].quantity),
        ("More cover", Role::Layer(LayerKind::First), 3)
    );
    let last = campaign.trades.last().expect("a fill");
    assert_eq!(last.action, TradeAction::Hedge);

    click(&mut h, "Record…");
    click(&mut h, "Record: Monetise");
    click(&mut h, "Position");
    click(&mut h, "Second layer");
    write(&mut h, "Lots to trim", "3");
    h.key_press(Key::Tab);
    h.run();
    assert!(h.query_by_label("Realised").is_some());
    click(&mut h, "Record 1 fill");
    let campaign = h.state().campaign();
    let second = campaign.positions.iter();
    let second = second.filter(|held| held.name == "Second layer");
    let left: Vec<i32> = second.map(|held| held.legs[0].quantity).collect();
    assert_eq!(left, [1]);
    let before = campaign.trades.last().expect("a fill").clone();
    assert_eq!(before.action, TradeAction::Monetise);

    click(&mut h, "Record…");
    click(&mut h, "Record: Fee");
    click(&mut h, "Position");
    click(&mut h, "Second layer");
    write(&mut h, "Fee", "7.50");
    h.key_press(Key::Tab);
    h.run();
    save_png(&mut h, "record_fee_dark");
    click(&mut h, "Record fee");
    let campaign = h.state().campaign();
    let after = campaign.trade(before.id).expect("the same fill");
    assert!((after.fees_usd - before.fees_usd - 7.5).abs() < 1e-9);
    assert_eq!(campaign.journal.audit.len(), 1, "what stood there is kept");
    assert!(h.state().refused.is_empty());
    let host = h.state_mut();
    assert!(host.history.undo());
    assert_eq!(host.campaign().trade(before.id), Some(&before));
}

#[test]
fn a_narrow_panel_lists_the_kinds_and_leaves_columns_out() {
    let mut h = panel_host::harness([520.0, 480.0], Theme::Dark, journal_ui, PanelHost::sample());
    h.run();
    click(&mut h, "Journal: Fills");
    assert!(h.query_by_label("Sort by Qty").is_some());
    assert!(h.query_by_label("Sort by Fees").is_none());
    save_png(&mut h, "journal_fills_narrow");
    click(&mut h, "Record…");
    click(&mut h, "Record");
    click(&mut h, "Trim");
    save_png(&mut h, "record_narrow");
    click(&mut h, "Record 4 fills");
    let condor = &h.state().campaign().positions[0];
    assert!(condor.legs.iter().all(|leg| leg.quantity.abs() == 9));
}

#[test]
fn the_book_stays_when_it_is_not_to_follow() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    let before = h.state().campaign().positions.clone();
    let entries = h.state().campaign().journal.entries.len();
    click(&mut h, "Record…");
    h.get_by_role_and_label(egui::accesskit::Role::CheckBox, "Book follows")
        .click();
    h.run();
    click(&mut h, "Record 4 fills");
    assert_eq!(h.state().campaign().positions, before);
    assert_eq!(h.state().campaign().journal.entries.len(), entries + 1);
}

/// The sample, a day after its condor has expired.
fn expired() -> PanelHost {
    let mut campaign = PanelHost::sample().campaign().clone();
    let expiry = campaign.positions[0].nearest_expiry().expect("legs");
    let zone = palisade::calendar::new_york();
    let next = expiry.checked_add(1.day()).expect("a day").at(12, 0, 0, 0);
    campaign.marks.as_of = next.to_zoned(zone.clone()).expect("a time").timestamp();
    PanelHost::of(campaign)
}

#[test]
fn what_has_expired_is_said_and_settled() {
    let mut h = panel(Theme::Dark, expired());
    save_png(&mut h, "record_expired_dark");
    click(&mut h, "Settle…");
    write(&mut h, "Settlement value", "6300");
    h.key_press(Key::Tab);
    h.run();
    save_png(&mut h, "record_settle_dark");
    let count = h.query_all_by_label_contains("Record ").count();
    assert!(count > 0);
    click(&mut h, "Record 4 fills");
    let campaign = h.state().campaign();
    let settled: Vec<_> = (campaign.trades.iter())
        .filter(|trade| trade.action == TradeAction::Settle)
        .collect();
    assert_eq!(settled.len(), 4);
    for fill in settled {
        assert_eq!(fill.price, fill.contract.settled_at(6300.0));
        assert_eq!(fill.fees_usd, 0.0);
    }
    assert!(
        !campaign
            .positions
            .iter()
            .any(|held| held.role == Role::Condor)
    );
}

#[test]
fn corrections_are_shown_with_what_stood_there() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    let part = "VIX 16 Dec 26 18 C";
    let row = h.query_all_by_label_contains(part).next();
    row.expect("a row").click();
    h.run();
    write(&mut h, "Fees of the trade", "5.00");
    h.key_press(Key::Enter);
    h.run();
    click(&mut h, "Show corrections");
    save_png(&mut h, "record_corrections_dark");
    assert!(
        h.query_by_label_contains("fees $5.00").is_some()
            || h.query_by_label_contains("5.00").is_some()
    );
    assert_eq!(h.state().campaign().journal.audit.len(), 1);
}

#[test]
fn fills_that_were_typed_outlive_another_position_and_another_kind() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    click(&mut h, "Record…");
    click(&mut h, "Record: Free");
    for strike in ["22C @ 2.40", "24C @ 2.10", "26C @ 1.90"] {
        write(&mut h, "Fill", &format!("1 VIX 18MAY27 {strike}"));
        click(&mut h, "Add fill");
    }
    assert!(h.query_by_label("Record 3 fills").is_some());
    click(&mut h, "Position");
    click(&mut h, "Second layer");
    assert!(h.query_by_label("Record 3 fills").is_some(), "its position");
    click(&mut h, "Record: Close");
    assert!(
        h.query_by_label("Record 4 fills").is_some(),
        "what is held is closed beside them"
    );
    click(&mut h, "Record: Fee");
    click(&mut h, "Record: Free");
    click(&mut h, "Record 3 fills");
    let campaign = h.state().campaign();
    let layer = campaign.positions.iter();
    let layer = layer.filter(|held| held.name == "Second layer");
    let legs: Vec<usize> = layer.map(|held| held.legs.len()).collect();
    assert_eq!(legs, [4]);
    assert!(h.state().refused.is_empty());
}

#[test]
fn a_price_that_was_changed_outlives_lots_and_kinds_and_waits_for_its_position() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    let price = "Fill of SPXW 8 Jan 27 7,060 C";
    click(&mut h, "Record…");
    click(&mut h, "Record: Trim");
    write(&mut h, price, "35");
    h.key_press(Key::Tab);
    h.run();
    write(&mut h, "Lots to trim", "3");
    h.key_press(Key::Tab);
    h.run();
    let is_kept = |h: &Harness<'_, PanelHost>| {
        let value = h.get_by_label(price).value();
        assert_eq!(value.as_deref(), Some("35.00"), "as it was typed");
    };
    is_kept(&h);
    click(&mut h, "Record: Roll");
    is_kept(&h);
    click(&mut h, "Position");
    click(&mut h, "Second layer");
    assert!(h.query_by_label(price).is_none());
    click(&mut h, "Position");
    click(&mut h, "Iron condor");
    is_kept(&h);
    click(&mut h, "Record: Trim");
    click(&mut h, "Leave SPXW 8 Jan 27 7,110 C out");
    write(&mut h, "Lots to trim", "2");
    h.key_press(Key::Tab);
    h.run();
    click(&mut h, "Record 3 fills");
    let trades = h.state().campaign().trades.iter();
    let fills: Vec<_> = trades.rev().take(3).collect();
    assert!(fills.iter().all(|fill| fill.quantity.abs() == 2));
    assert!(fills.iter().any(|fill| fill.price == 35.0));
}

#[test]
fn a_fee_is_charged_on_a_position_that_is_closed() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    click(&mut h, "Record…");
    click(&mut h, "Record 4 fills");
    let newest = {
        let trades = h.state().campaign().trades.iter();
        trades.max_by_key(|trade| (trade.at, trade.id)).cloned()
    };
    let newest = newest.expect("a fill");
    let held = h.state().campaign().position(newest.position.expect("its"));
    assert!(held.is_none(), "it is closed");
    click(&mut h, "Record…");
    click(&mut h, "Record: Fee");
    click(&mut h, "Position");
    click(&mut h, "Iron condor, closed");
    write(&mut h, "Fee", "7.50");
    h.key_press(Key::Tab);
    h.run();
    click(&mut h, "Record fee");
    assert!(h.state().refused.is_empty(), "{:?}", h.state().refused);
    let after = h.state().campaign().trade(newest.id).expect("the fill");
    assert!((after.fees_usd - newest.fees_usd - 7.5).abs() < 1e-9);
}

#[test]
fn nothing_is_recorded_before_there_is_something() {
    let mut h = panel(Theme::Dark, PanelHost::sample());
    click(&mut h, "Record…");
    click(&mut h, "Record: Free");
    let is_off = |h: &Harness<'_, PanelHost>| {
        let button = h.get_by_label("Record 0 fills");
        button.accesskit_node().is_disabled()
    };
    assert!(is_off(&h));
    h.get_by_label("Record 0 fills").hover();
    h.run_steps(8);
    assert!(
        h.query_by_label_contains("There is nothing to record yet")
            .is_some()
    );
    save_png(&mut h, "record_nothing_dark");
    write(&mut h, "Reason", "Target reached");
    assert!(!is_off(&h), "a reason is there: what lacks is said");
    write(&mut h, "Reason", " ");
    write(&mut h, "Fill", "3 VIX 17MAR27 25C @ 1.20");
    assert!(!is_off(&h), "a fill is typed");
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = panel(theme, PanelHost::sample());
        click(&mut h, "Record…");
        check_journal_picture(&mut h, &format!("record-{name}"));
    }
}
