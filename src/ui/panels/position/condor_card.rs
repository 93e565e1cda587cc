//! One card per condor: name, contracts, expiry, legs and facts.

use std::sync::Arc;

use egui::{Align2, Ui, vec2};
use jiff::civil::Date;

use super::card_menu::{card_form, card_menu};
use super::changes::{with_series, with_units};
use super::editing::{Editing, series_label};
use super::facts_grid::facts_grid;
use super::leg_table::leg_table;
use super::parts::{caption, place, recall, remember, row, span};
use crate::instrument::{CondorView, OptionSeries, Position, Root};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, Tone};
use crate::ui::widgets::{NumberField, PickerRow, card, divider, picker};
use crate::ui::{fonts, format};

/// Shows a condor. `suffix` is empty for the only one of a book, else it names this one.
pub(super) fn condor_card(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    position: &Position,
    view: &CondorView,
    suffix: &str,
) {
    let id = position.id;
    ui.push_id(("condor", id), |ui| {
        card(ui, |ui| {
            head(ui, editing, position, (view, suffix));
            card_form(ui, editing, position);
            expiry_picker(ui, editing, position, view);
            leg_table(ui, editing, position, view, suffix);
            divider(ui);
            match editing.ctx.valuation.condor(id) {
                Some(facts) => facts_grid(ui, editing, position, facts, suffix),
                None => {
                    ui.label(fonts::caption("The facts follow with the next frame"));
                }
            }
        });
    });
}

fn head(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    position: &Position,
    (view, suffix): (&CondorView, &str),
) {
    let line = row(ui, FIELD_HEIGHT);
    let width = line.width();
    place(ui, span(line, 0.0, width - 154.0), "title", |ui| {
        ui.add(egui::Label::new(fonts::title(&position.name)).truncate());
    });
    let stepper = span(line, width - 94.0, width - 28.0);
    let at = stepper.left_center() - vec2(6.0, 0.0);
    caption(ui, at, Align2::RIGHT_CENTER, "Condors", Tone::Quiet);
    let mut contracts = f64::from(view.contracts);
    let resized = |contracts: f64| Ok(with_units(position, contracts.round() as i32));
    let check = |contracts| editing.check_position(resized(contracts));
    let label = format!("Condors{suffix}");
    let committed = place(ui, stepper, "contracts", |ui| {
        NumberField::new(&mut contracts, &label)
            .hint("Number of condors sold; all four legs follow. Shift steps by ten")
            .decimals(0)
            .range(1.0..=1_000_000.0)
            .step(1.0)
            .shift_step(10.0)
            .alt_step(1.0)
            .steppers(true)
            .width(stepper.width())
            .check(&check)
            .show(ui)
            .committed
    });
    if let Some(contracts) = committed {
        editing.replace_or_say(resized(contracts));
    }
    place(ui, span(line, width - 24.0, width), "menu", |ui| {
        let button = icon_button(ui, Icon::Dots, &format!("{} menu", position.name));
        card_menu(&button, editing, position);
    });
}

/// The listed expiries with days and settlement; a pick keeps the strikes and enters at the model.
fn expiry_picker(ui: &mut Ui, editing: &mut Editing<'_>, position: &Position, view: &CondorView) {
    let held = OptionSeries {
        root: view.root,
        expiry: view.expiry,
    };
    let listed = listed_series(ui, editing.today(), view.root, held);
    let as_of = editing.market().as_of;
    let rows: Vec<PickerRow> = listed
        .iter()
        .map(|series| {
            let days = crate::calendar::days_to_expiry(as_of, series.expiry);
            let detail = format!("DTE   {}", series_label(*series));
            PickerRow::new(format::date_weekday(series.expiry))
                .detail(format::trimmed(f64::from(days), 0), detail)
        })
        .collect();
    let selected = listed.iter().position(|series| *series == held);
    let width = ui.available_width();
    if let Some(picked) = picker(ui, "Expiry", selected, &rows, width)
        && let Some(series) = listed.get(picked)
    {
        let moved = with_series(position, *series, editing.market());
        editing.replace_or_say(moved);
    }
}

/// The series to choose from: all that are listed, and the one held though it is not.
fn listed_series(ui: &Ui, today: Date, root: Root, held: OptionSeries) -> Arc<Vec<OptionSeries>> {
    let key = ("listed series", today, root, held.expiry);
    if let Some(known) = recall::<Option<Arc<Vec<OptionSeries>>>>(ui, key) {
        return known;
    }
    let mut listed = match root {
        Root::Xsp => root
            .listed_expiries(today)
            .into_iter()
            .map(|expiry| OptionSeries { root, expiry })
            .collect(),
        Root::Spx | Root::Spxw | Root::Vix | Root::Vixw | Root::Vx | Root::Vxm => {
            OptionSeries::spx_listed(today)
        }
    };
    if !listed.contains(&held) {
        listed.push(held);
        listed.sort_by_key(|series| (series.expiry, series.root));
    }
    let listed = Arc::new(listed);
    remember(ui, key, Some(Arc::clone(&listed)));
    listed
}
