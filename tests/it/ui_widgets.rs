//! The widgets as a user meets them: found by name, pressed, typed into; and a gallery to look at.

mod gallery;

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use palisade::rule::Stance;
use palisade::ui::icons::{Icon, icon_button};
use palisade::ui::widgets::{
    self, Cell, Chip, Column, DataTable, NumberField, PickerRow, Row, Status, TextError, TextField,
    Toast, ToastKind, Toasts,
};

use crate::support::harness_state;

/// A strike, a vol, and what the strike's field reported as committed.
#[derive(Default)]
struct Fields {
    strike: f64,
    vol: f64,
    commits: Vec<f64>,
}

fn fields<'a>() -> Harness<'a, Fields> {
    let start = Fields {
        strike: 5640.0,
        vol: 0.1948,
        commits: Vec::new(),
    };
    harness_state(
        [320.0, 120.0],
        Theme::Dark,
        |ui, fields: &mut Fields| {
            let shown = NumberField::new(&mut fields.strike, "Short put strike")
                .trimmed()
                .range(0.0..=100_000.0)
                .step(5.0)
                .shift_step(25.0)
                .alt_step(1.0)
                .steppers(true)
                .width(80.0)
                .show(ui);
            fields.commits.extend(shown.committed);
            NumberField::new(&mut fields.vol, "Implied vol")
                .percent(true)
                .unit("%")
                .range(0.0..=5.0)
                .show(ui);
        },
        start,
    )
}

fn type_into(h: &mut Harness<'_, Fields>, label: &str, text: &str) {
    h.get_by_label(label).click();
    h.run();
    h.get_by_label(label).type_text(text);
    h.run();
}

#[test]
fn number_field_commits_on_enter_and_not_before() {
    let mut h = fields();
    h.run();
    type_into(&mut h, "Short put strike", "5,950.5");
    assert_eq!(h.state().strike, 5640.0);
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().strike, 5950.5);
    assert_eq!(h.state().commits, [5950.5]);
}

#[test]
fn number_field_tab_keeps_the_edit_and_moves_on() {
    let mut h = fields();
    h.run();
    type_into(&mut h, "Short put strike", "5600");
    h.key_press(Key::Tab);
    h.run();
    assert_eq!(h.state().strike, 5600.0);
    assert!(h.get_by_label("Implied vol").is_focused());
    // typed and tabbed in one frame
    h.get_by_label("Implied vol").type_text("6.4%");
    h.key_press(Key::Tab);
    h.run();
    assert!((h.state().vol - 0.064).abs() < 1e-12);
}

#[test]
fn number_field_click_elsewhere_commits() {
    let mut h = fields();
    h.run();
    type_into(&mut h, "Short put strike", "5700");
    h.get_by_label("Implied vol").click();
    h.run();
    assert_eq!(h.state().strike, 5700.0);
}

#[test]
fn number_field_escape_reverts() {
    let mut h = fields();
    h.run();
    type_into(&mut h, "Short put strike", "1");
    h.key_press(Key::Escape);
    h.run();
    assert_eq!(h.state().strike, 5640.0);
    assert_eq!(
        h.get_by_label("Short put strike").value().as_deref(),
        Some("5,640")
    );
}

#[test]
fn number_field_keeps_the_value_when_text_is_refused() {
    let mut h = fields();
    h.run();
    type_into(&mut h, "Short put strike", "59x0");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().strike, 5640.0);
    assert!(h.state().commits.is_empty());
    assert_eq!(
        h.get_by_label("Short put strike").value().as_deref(),
        Some("59x0")
    );
    // an outside change, such as undo, ends the error
    h.state_mut().strike = 5655.0;
    h.run();
    assert_eq!(
        h.get_by_label("Short put strike").value().as_deref(),
        Some("5,655")
    );
}

#[test]
fn number_field_refuses_what_is_out_of_range() {
    let mut h = fields();
    h.run();
    type_into(&mut h, "Implied vol", "900");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().vol, 0.1948);
}

#[test]
fn number_field_untouched_text_does_not_round_the_value() {
    let mut h = fields();
    h.state_mut().vol = 0.194_833_1;
    h.run();
    h.get_by_label("Implied vol").click();
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().vol, 0.194_833_1);
}

#[test]
fn number_field_steps_by_keys_and_zones() {
    let mut h = fields();
    h.run();
    h.get_by_label("Short put strike: raise").click();
    h.run();
    assert_eq!(h.state().strike, 5645.0);
    h.get_by_label("Short put strike: lower")
        .click_modifiers(Modifiers::SHIFT);
    h.run();
    assert_eq!(h.state().strike, 5625.0);
    h.get_by_label("Short put strike").focus();
    h.run();
    h.key_press(Key::ArrowUp);
    h.run();
    assert_eq!(h.state().strike, 5630.0);
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    h.run();
    assert_eq!(h.state().strike, 5625.0);
    h.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    h.run();
    assert_eq!(h.state().strike, 5626.0);
    let node = h.get_by_label("Short put strike");
    assert_eq!(node.accesskit_node().role(), Role::SpinButton);
    assert_eq!(node.accesskit_node().numeric_value(), Some(5626.0));
}

#[test]
fn segmented_moves_by_click_and_by_keys() {
    let choices = [(0_u8, "Condor"), (1, "First"), (2, "Net")];
    let mut h = harness_state(
        [320.0, 60.0],
        Theme::Dark,
        move |ui, value: &mut u8| {
            widgets::segmented(ui, "Curve", value, &choices);
        },
        2,
    );
    h.run();
    h.get_by_label("Curve: Condor").click();
    h.run();
    assert_eq!(*h.state(), 0);
    h.key_press(Key::ArrowRight);
    h.run();
    assert_eq!(*h.state(), 1);
    h.key_press(Key::ArrowRight);
    h.run();
    h.key_press(Key::ArrowRight);
    h.run();
    assert_eq!(*h.state(), 2);
    let node = h.get_by_label("Curve: Net");
    assert_eq!(node.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn text_field_shows_the_reason_and_submits() {
    let mut h = harness_state(
        [320.0, 80.0],
        Theme::Dark,
        |ui, (text, submitted): &mut (String, bool)| {
            let error = text.contains('x').then(|| TextError {
                range: 1..2,
                message: "“x” is not a quantity".to_owned(),
            });
            let field = TextField::new(text, "Quick entry")
                .error(error.as_ref())
                .mono(true);
            *submitted |= field.show(ui).submitted;
        },
        (String::new(), false),
    );
    h.run();
    h.get_by_label("Quick entry").click();
    h.run();
    h.get_by_label("Quick entry").type_text("-x0");
    h.run();
    h.get_by_label("“x” is not a quantity");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().0, "-x0");
    assert!(h.state().1);
}

#[test]
fn picker_opens_and_picks() {
    let rows = [
        PickerRow::new("Thu 6 Aug 26").detail("45", "DTE   SPXW · PM"),
        PickerRow::new("Fri 7 Aug 26").detail("46", "DTE   SPXW · PM"),
    ];
    let mut h = harness_state(
        [320.0, 200.0],
        Theme::Dark,
        move |ui, selected: &mut Option<usize>| {
            if let Some(index) = widgets::picker(ui, "Expiry", *selected, &rows, 300.0) {
                *selected = Some(index);
            }
        },
        Some(0),
    );
    h.run();
    assert!(h.query_by_label_contains("Fri 7 Aug 26").is_none());
    h.get_by_role(Role::ComboBox).click();
    h.run();
    h.get_by_label_contains("Fri 7 Aug 26").click();
    h.run();
    assert_eq!(*h.state(), Some(1));
    assert!(
        h.query_by_label_contains("Thu 6 Aug 26").is_none(),
        "the list closes"
    );
}

#[test]
fn data_table_sorts_and_selects() {
    let columns = [Column::text("Rule"), Column::num("Value")];
    let rows = [
        Row::new(vec![Cell::text("Upper"), Cell::num("2").sort(2.0)]),
        Row::new(vec![Cell::text("Lower"), Cell::num("1").sort(1.0)]),
    ];
    let mut h = harness_state(
        [320.0, 120.0],
        Theme::Dark,
        move |ui, clicked: &mut Option<usize>| {
            let table = DataTable::new("Rules", &columns, &rows).sortable();
            *clicked = table.selectable(*clicked).show(ui).clicked.or(*clicked);
        },
        None,
    );
    h.run();
    let top = |h: &Harness<'_, Option<usize>>, label: &str| h.get_by_label(label).rect().top();
    assert!(top(&h, "Upper 2") < top(&h, "Lower 1"));
    h.get_by_label("Sort by Value").click();
    h.run();
    assert!(top(&h, "Upper 2") > top(&h, "Lower 1"));
    h.get_by_label("Lower 1").click();
    h.run();
    assert_eq!(*h.state(), Some(1), "the index is that of the given rows");
}

#[test]
fn a_long_table_is_filtered_and_a_short_one_only_on_demand() {
    let columns = [Column::text("Contract"), Column::num("Price")];
    let rows: Vec<Row> = (0..20)
        .map(|index| {
            let kind = if index % 2 == 0 { "call" } else { "put" };
            let name = format!("VIX {} {kind}", 15 + index);
            Row::new(vec![Cell::text(name), Cell::num("−1.50")])
        })
        .collect();
    let mut h = harness_state(
        [320.0, 640.0],
        Theme::Dark,
        move |ui, (clicked, count): &mut (Option<usize>, usize)| {
            let rows = &rows[..*count];
            let table = DataTable::new("Trades", &columns, rows).filterable();
            let shown = table.selectable(*clicked).show(ui);
            *clicked = shown.clicked.or(*clicked);
        },
        (None, 20),
    );
    h.run();
    h.get_by_label("Filter trades").click();
    h.run();
    h.get_by_label("Filter trades").type_text("PUT 3");
    h.run();
    assert_eq!(h.query_all_by_label_contains("−1.50").count(), 3);
    assert!(h.query_by_label("3 of 20").is_some());
    h.get_by_label("VIX 30 put −1.50").click();
    h.run();
    assert_eq!(h.state().0, Some(15), "the index is that of the given rows");
    h.get_by_label("Filter trades").click();
    h.run();
    h.key_press(Key::Escape);
    h.run();
    assert_eq!(h.query_all_by_label_contains("−1.50").count(), 20);
    h.state_mut().1 = 12;
    h.run();
    assert!(h.query_by_label("Filter trades").is_none());
}

#[test]
fn shift_copies_as_csv() {
    let columns = [Column::text("Rule, side"), Column::num("Value")];
    let rows = [Row::new(vec![Cell::text("Upper"), Cell::num("−1,200")])];
    let mut h = harness_state(
        [200.0, 60.0],
        Theme::Dark,
        move |ui, copied: &mut Option<String>| {
            widgets::copy_button(ui, "rules", &columns, &rows);
            ui.output(|output| {
                for command in &output.commands {
                    if let egui::OutputCommand::CopyText(text) = command {
                        *copied = Some(text.clone());
                    }
                }
            });
        },
        None,
    );
    h.run();
    h.get_by_label_contains("Copy rules")
        .click_modifiers(Modifiers::SHIFT);
    h.run();
    let expected = "\"Rule, side\",Value\r\nUpper,-1200\r\n";
    assert_eq!(h.state().as_deref(), Some(expected));
}

#[test]
fn copy_button_puts_the_table_on_the_clipboard() {
    let columns = [Column::text("Rule"), Column::num("Value")];
    let rows = [Row::new(vec![Cell::text("Upper"), Cell::num("−1,200")])];
    let mut h = crate::support::harness([200.0, 60.0], Theme::Dark, move |ui| {
        widgets::copy_button(ui, "rules", &columns, &rows);
    });
    h.run();
    h.get_by_label_contains("Copy rules").click();
    h.step();
    let mut copied = None;
    for _frame in 0..3 {
        for command in &h.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                copied = Some(text.clone());
            }
        }
        if copied.is_none() {
            h.step();
        }
    }
    assert_eq!(copied.as_deref(), Some("Rule\tValue\nUpper\t-1200\n"));
}

#[test]
fn toast_offers_its_action_once_and_expires() {
    let mut toasts = Toasts::default();
    toasts.push(Toast::new(ToastKind::Info, "Strike moved").action("Undo", 7));
    toasts.push(Toast::new(ToastKind::Success, "Saved"));
    let mut h = harness_state(
        [420.0, 200.0],
        Theme::Dark,
        |ui, (toasts, pressed): &mut (Toasts<i32>, Vec<i32>)| {
            pressed.extend(toasts.show(ui.ctx()));
        },
        (toasts, Vec::new()),
    );
    h.run_steps(3);
    h.get_by_label("Undo").click();
    h.run_steps(3);
    assert_eq!(h.state().1, [7]);
    assert_eq!(h.state().0.len(), 1);
    h.run_steps(40);
    assert!(h.state().0.is_empty());
}

#[test]
fn modal_asks_to_close_on_escape() {
    let mut h = harness_state(
        [420.0, 240.0],
        Theme::Dark,
        |ui, open: &mut bool| {
            if *open {
                let shown = widgets::modal(ui.ctx(), "close", "Unsaved changes", 300.0, |ui| {
                    widgets::primary(ui, "Save").clicked()
                });
                *open = !shown.should_close && !shown.inner;
            }
        },
        true,
    );
    h.run();
    h.get_by_label("Save");
    h.key_press(Key::Escape);
    h.run();
    assert!(!*h.state());
    *h.state_mut() = true;
    h.run();
    h.get_by_label("Save").click();
    h.run();
    assert!(!*h.state());
}

#[test]
fn buttons_chips_and_states_are_found_by_name() {
    let mut h = harness_state(
        [420.0, 240.0],
        Theme::Light,
        |ui, pressed: &mut Vec<&str>| {
            for (name, is_pressed) in [
                ("undo", icon_button(ui, Icon::Undo, "Undo").clicked()),
                ("size", widgets::primary(ui, "Size to band").clicked()),
                (
                    "verdict",
                    widgets::stance_badge(ui, None, Stance::Hedge, ("short vega by", "0.10"))
                        .clicked(),
                ),
                (
                    "cancel",
                    widgets::progress(ui, "Reading history", Some(0.4)),
                ),
                (
                    "begin",
                    widgets::empty_state(ui, "No journal yet", "Decisions land here", Some("Add"))
                        .is_some_and(|r| r.clicked()),
                ),
            ] {
                if is_pressed {
                    pressed.push(name);
                }
            }
            Chip::new(palisade::ui::theme::Tone::Plain)
                .text("Regime")
                .strong("Promoter")
                .show(ui);
            widgets::status_icon(ui, Status::Breach);
        },
        Vec::new(),
    );
    h.run();
    for label in [
        "Undo",
        "Size to band",
        "Hedge short vega by 0.10",
        "Cancel: Reading history",
        "Add",
    ] {
        h.get_by_label(label).click();
        h.run();
    }
    assert_eq!(*h.state(), ["undo", "size", "verdict", "cancel", "begin"]);
    h.get_by_label("Regime Promoter");
    h.get_by_label("Breach");
}
