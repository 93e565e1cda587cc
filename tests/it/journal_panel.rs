//! The journal panel as a user meets it: trades and notes are written, corrected, removed and copied.

use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::instrument::{LayerKind, PositionId, TradeAction};
use palisade::ui::Action;
use palisade::ui::panels::journal::journal_ui;

use crate::panel_host::{self, PanelHost};
use crate::support::save_png;

const SIZE: [f32; 2] = [776.0, 516.0];

fn panel<'a>(size: [f32; 2], theme: Theme) -> Harness<'a, PanelHost> {
    let mut h = panel_host::harness(size, theme, journal_ui, PanelHost::sample());
    h.run();
    click(&mut h, "Journal: Fills");
    h
}

fn click(h: &mut Harness<'_, PanelHost>, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

fn click_part(h: &mut Harness<'_, PanelHost>, part: &str) {
    let node = h.query_all_by_label_contains(part).next();
    node.expect("something has that label").click();
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
fn a_fill_is_written_with_fees_by_the_schedule() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Record…");
    click(&mut h, "Record: Free");
    click(&mut h, "Position");
    click(&mut h, "Second layer");
    click(&mut h, "Action");
    click(&mut h, "Monetise");
    write(&mut h, "Reason", "Half of it paid");
    write(&mut h, "Fill", "-4 VIX 17MAR27 21C @ 3.10");
    h.get_by_role_and_label(Role::CheckBox, "Book follows")
        .click();
    h.run();
    save_png(&mut h, "journal_trade");
    // What is still in the line is taken in.
    click(&mut h, "Record 0 fills");
    let trade = h
        .state()
        .campaign()
        .trades
        .last()
        .cloned()
        .expect("a trade");
    assert_eq!((trade.quantity, trade.price), (-4, 3.1));
    assert_eq!(trade.action, TradeAction::Monetise);
    assert_eq!(trade.reason, "Half of it paid");
    assert_eq!(trade.position, Some(PositionId(3)));
    assert_eq!(trade.layer, Some(LayerKind::Second));
    assert!(trade.fees_usd > 0.0);
    assert!(h.query_by_label("Cancel").is_none(), "the form closes");
    let host = h.state_mut();
    assert!(host.campaign().position(PositionId(3)).is_some());
    assert!(host.history.undo());
    assert_eq!(host.campaign().trades.len(), 7);
}

#[test]
fn a_fill_needs_no_position() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Record…");
    click(&mut h, "Record: Free");
    click(&mut h, "Position");
    click(&mut h, "A new position");
    h.get_by_role_and_label(Role::CheckBox, "Book follows")
        .click();
    h.run();
    assert!(h.query_by_label("Name of the position").is_none());
    write(&mut h, "Fill", "2 VIX 17MAR27 25C @ 1.10");
    click(&mut h, "Record 0 fills");
    let trade = h.state().campaign().trades.last().expect("a trade");
    assert_eq!((trade.position, trade.quantity), (None, 2));
}

#[test]
fn a_wrong_fill_says_why_in_place_and_writes_nothing() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Record…");
    click(&mut h, "Record: Free");
    write(&mut h, "Fill", "-4 VIX 17MAR27 21C");
    click(&mut h, "Record 0 fills");
    assert!(h.query_by_label_contains("the price is missing").is_some());
    write(&mut h, "Fill", "-4 VIX 17MAR27 21C @ 3.10");
    write(&mut h, "Time", "yesterday");
    click(&mut h, "Record 0 fills");
    assert!(h.query_by_label_contains("is not a time").is_some());
    save_png(&mut h, "journal_error");
    assert_eq!(h.state().campaign().trades.len(), 7);
    click(&mut h, "Cancel");
    assert!(h.query_by_label("Fill").is_none());
}

#[test]
fn a_trade_is_corrected_and_removed() {
    let mut h = panel(SIZE, Theme::Dark);
    click_part(&mut h, "VIX 16 Dec 26 18 C");
    write(&mut h, "Fees of the trade", "5.00");
    h.key_press(Key::Enter);
    h.run();
    let trade = h.state().campaign().trades[4].clone();
    assert_eq!((trade.fees_usd, trade.quantity, trade.price), (5.0, 4, 1.6));
    assert_eq!(trade.layer, Some(LayerKind::First));
    click_part(&mut h, "VIX 16 Dec 26 18 C");
    click(&mut h, "Remove");
    assert_eq!(h.state().campaign().trades.len(), 6);
    assert!(h.state().refused.is_empty());
}

#[test]
fn a_position_that_the_book_holds_is_written_down_at_its_entry() {
    let mut campaign = PanelHost::sample().campaign().clone();
    campaign.trades.clear();
    let mut h = panel_host::harness(SIZE, Theme::Dark, journal_ui, PanelHost::of(campaign));
    h.run();
    click(&mut h, "Journal: Fills");
    let held = h.state().campaign().positions.clone();
    click(&mut h, "Record…");
    click(&mut h, "Record: Open");
    click(&mut h, "Position");
    click(&mut h, "Iron condor");
    assert!(
        h.query_by_label_contains("only the journal is written")
            .is_some()
    );
    write(&mut h, "Reason", "Entry");
    save_png(&mut h, "journal_log");
    click(&mut h, "Record 4 fills");
    let campaign = h.state().campaign();
    assert_eq!(campaign.positions, held, "it is held already");
    let fills: Vec<(i32, f64)> = (campaign.trades.iter())
        .map(|trade| (trade.quantity, trade.price))
        .collect();
    let legs: Vec<(i32, f64)> = (held[0].legs.iter())
        .map(|leg| (leg.quantity, leg.entry_price))
        .collect();
    assert_eq!(fills, legs, "each once");
    let entry = campaign.journal.entries.last().expect("an entry");
    assert_eq!(entry.action, Some(TradeAction::Open));
    assert!(
        campaign
            .trades
            .iter()
            .all(|trade| trade.entry == Some(entry.id))
    );
}

#[test]
fn notes_are_written_corrected_and_removed() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Journal: Notes");
    click(&mut h, "Add note…");
    click(&mut h, "Save note");
    assert!(h.query_by_label("write something first").is_some());
    write(&mut h, "Note", "Vol bid into the close");
    write(&mut h, "Tags", "fomc, vix");
    click(&mut h, "Save note");
    let note = h.state().campaign().notes.last().cloned().expect("a note");
    assert_eq!(note.text, "Vol bid into the close");
    assert_eq!(note.tags, ["fomc", "vix"]);
    click_part(&mut h, "Vol bid");
    write(&mut h, "Note", "Vol offered");
    save_png(&mut h, "journal_notes");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().campaign().notes[1].text, "Vol offered");
    click_part(&mut h, "Vol offered");
    click(&mut h, "Remove");
    assert_eq!(h.state().campaign().notes.len(), 1);
}

#[test]
fn the_log_is_copied_as_csv() {
    let mut h = panel(SIZE, Theme::Dark);
    let row = h
        .query_all_by_label_contains("SPXW 8 Jan 27 6,245 P")
        .next();
    row.expect("a row").click_secondary();
    h.run();
    h.get_by_label("Copy as CSV").click();
    let mut copied = String::new();
    for _frame in 0..4 {
        h.step();
        for command in &h.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                copied.clone_from(text);
            }
        }
    }
    let lines: Vec<&str> = copied.lines().collect();
    assert_eq!(lines.len(), 8, "{copied}");
    assert!(lines[0].starts_with("Date,Action,Contract"), "{}", lines[0]);
    assert!(copied.contains("SPXW 8 Jan 27 6,245 P"));
}

#[test]
fn an_empty_journal_teaches() {
    let mut campaign = PanelHost::sample().campaign().clone();
    campaign.trades.clear();
    campaign.notes.clear();
    let mut h = panel_host::harness(SIZE, Theme::Dark, journal_ui, PanelHost::of(campaign));
    h.run();
    click(&mut h, "Journal: Fills");
    assert!(h.query_by_label("No trades yet").is_some());
    click(&mut h, "Journal: Notes");
    assert!(h.query_by_label("No notes yet").is_some());
}

#[test]
fn what_is_being_written_outlives_another_page_and_another_form() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Journal: Notes");
    click(&mut h, "Add note…");
    write(&mut h, "Note", "Vol bid before the meeting");
    click(&mut h, "Journal: Review");
    let note = |h: &Harness<'_, PanelHost>| h.get_by_label("Note").value();
    let typed = Some("Vol bid before the meeting".to_owned());
    assert_eq!(note(&h), typed, "over another page");
    save_png(&mut h, "journal_note_over_review");
    click(&mut h, "Journal: Fills");
    click(&mut h, "Record…");
    assert_eq!(note(&h), typed, "no other form takes its place");
    let is_said = |action: &Action| matches!(action, Action::Notify(words) if words.starts_with("Save or cancel"));
    assert!(h.state().other.iter().any(is_said));
    click(&mut h, "Save note");
    assert_eq!(
        h.state().campaign().notes.len(),
        1 + PanelHost::sample().campaign().notes.len()
    );
    // a form with nothing written in it gives way
    click(&mut h, "Record…");
    let row = h.query_all_by_label_contains("VIX 16 Dec 26 18 C").next();
    row.expect("a row").click();
    h.run();
    assert!(h.query_by_label("Save trade").is_some());
    click(&mut h, "Cancel");
    assert!(h.query_by_label("Save trade").is_none());
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = panel([776.0, 316.0], theme);
        save_png(&mut h, &format!("journal_{name}"));
    }
}

#[test]
fn what_is_being_written_goes_with_its_campaign() {
    let mut h = panel(SIZE, Theme::Dark);
    click(&mut h, "Record…");
    assert!(h.query_by_label("Cancel").is_some());
    let mut renamed = h.state().campaign().clone();
    renamed.name = "Another name".to_owned();
    // In another campaign its numbers would mean something else.
    let another = palisade::document::Campaign {
        created: renamed.created + jiff::SignedDuration::from_secs(60),
        ..renamed
    };
    *h.state_mut() = PanelHost::of(another);
    h.run();
    assert!(h.query_by_label("Cancel").is_none());
}
