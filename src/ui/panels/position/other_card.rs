//! Positions that are no condor and no single-leg layer: any list of legs, each to be edited alone.

use egui::{Align2, Pos2, Rect, Ui, vec2};

use super::card_menu::{card_form, card_menu};
use super::changes::{with_contract, with_entry, with_quantity};
use super::contract_picker::{ALL_ROOTS, Look, VIX_ROOTS, contract_picker};
use super::editing::Editing;
use super::facts_grid::facts_grid;
use super::leg_figures::{Slot, mark_field, vol_field};
use super::parts::{caption, explain, place, row, span};
use crate::instrument::{Contract, Leg, Position, Role, Underlying, Wings};
use crate::risk::figures::LegRow;
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, Tone, tokens};
use crate::ui::widgets::{ButtonKind, NumberField, button, card, divider};
use crate::ui::{fonts, format};

/// One leg of the card: its place in the position, and its value when it has one.
#[derive(Clone, Copy)]
struct Line<'a> {
    position: &'a Position,
    index: usize,
    leg: Leg,
    valued: Option<&'a LegRow>,
}

/// The card of a list of legs.
pub(super) fn other_card(ui: &mut Ui, editing: &mut Editing<'_>, position: &Position) {
    ui.push_id(("other", position.id), |ui| {
        card(ui, |ui| {
            head(ui, editing, position);
            card_form(ui, editing, position);
            let rows: Vec<LegRow> = editing
                .ctx
                .valuation
                .rows_of(position.id)
                .cloned()
                .collect();
            for (index, leg) in position.legs.iter().enumerate() {
                let valued = rows.iter().find(|row| row.index == index);
                let line = Line {
                    position,
                    index,
                    leg: *leg,
                    valued,
                };
                ui.push_id(("leg", index), |ui| leg_lines(ui, editing, line));
            }
            condor_figures(ui, editing, position);
            divider(ui);
            foot(ui, editing, position, &rows);
        });
    });
}

fn head(ui: &mut Ui, editing: &mut Editing<'_>, position: &Position) {
    let line = row(ui, FIELD_HEIGHT);
    let width = line.width();
    place(ui, span(line, 0.0, width - 110.0), "title", |ui| {
        ui.add(egui::Label::new(fonts::title(&position.name)).truncate());
    });
    let note = match position.role {
        Role::Layer(kind) => kind.label().to_owned(),
        Role::Condor => "no condor now".to_owned(),
        Role::Other if Wings::of(position).is_some() => "condor, two expiries".to_owned(),
        Role::Other => count_words(position.legs.len()),
    };
    let at = line.right_center() - vec2(30.0, 0.0);
    caption(ui, at, Align2::RIGHT_CENTER, &note, Tone::Faint);
    place(ui, span(line, width - 24.0, width), "menu", |ui| {
        let button = icon_button(ui, Icon::Dots, &format!("{} menu", position.name));
        card_menu(&button, editing, position);
    });
}

/// The figures of two spreads that the book counts as a condor, each measured by its own expiry.
fn condor_figures(ui: &mut Ui, editing: &mut Editing<'_>, position: &Position) {
    let valuation = editing.ctx.valuation;
    let Some(facts) = valuation.condor(position.id).cloned() else {
        return;
    };
    divider(ui);
    let suffix = format!(" of {}", position.name);
    facts_grid(ui, editing, position, &facts, &suffix);
}

fn count_words(legs: usize) -> String {
    if legs == 1 {
        "1 leg".to_owned()
    } else {
        format!("{} legs", format::count(legs))
    }
}

/// Two lines: what is held and at which entry; mark, vol and delta.
fn leg_lines(ui: &mut Ui, editing: &mut Editing<'_>, line: Line<'_>) {
    let held = row(ui, FIELD_HEIGHT);
    let width = held.width();
    let name = format!("{} leg {}", line.position.name, line.index + 1);
    quantity_field(ui, editing, line, (span(held, 0.0, 68.0), &name));
    contract_field(ui, editing, line, (span(held, 72.0, width - 94.0), &name));
    entry_field(
        ui,
        editing,
        line,
        (span(held, width - 80.0, width - 24.0), &name),
    );
    let at = Pos2::new(held.right() - 83.0, held.center().y);
    caption(ui, at, Align2::RIGHT_CENTER, "@", Tone::Faint);
    let is_last = line.position.legs.len() == 1;
    place(ui, span(held, width - 22.0, width), "remove", |ui| {
        ui.add_enabled_ui(!is_last, |ui| {
            let label = format!("Remove {name}");
            if icon_button(ui, Icon::Close, &label).clicked() {
                let mut next = line.position.clone();
                next.legs.remove(line.index);
                editing.replace(settled_role(next));
            }
        });
    });
    let Some(valued) = line.valued else {
        let figures = row(ui, 20.0);
        caption(
            ui,
            figures.left_center(),
            Align2::LEFT_CENTER,
            "Cannot be valued",
            Tone::Bad,
        );
        return;
    };
    figures(ui, editing, valued, &name);
}

fn figures(ui: &mut Ui, editing: &mut Editing<'_>, valued: &LegRow, name: &str) {
    let line = row(ui, FIELD_HEIGHT);
    let words = |ui: &Ui, x: f32, words: &str| {
        let at = Pos2::new(line.left() + x, line.center().y);
        caption(ui, at, Align2::LEFT_CENTER, words, Tone::Faint);
    };
    words(ui, 4.0, "Mark");
    let label = format!("{name} mark");
    mark_field(
        ui,
        editing,
        valued,
        Slot {
            rect: span(line, 34.0, 84.0),
            name: &label,
            is_quiet: true,
        },
    );
    if valued.vol_source.is_some() {
        words(ui, 94.0, "IV %");
        let label = format!("{name} IV");
        vol_field(
            ui,
            editing,
            valued,
            Slot {
                rect: span(line, 120.0, 168.0),
                name: &label,
                is_quiet: true,
            },
        );
    }
    let right = |x: f32| Pos2::new(line.left() + x, line.center().y);
    let t = tokens(ui);
    let font = |ink| (fonts::mono(fonts::SMALL), ink);
    let delta = format!("Δ {}", format::signed(valued.greeks.delta, 3));
    let at = right(236.0);
    let rect = fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, &delta, font(t.tx2));
    let hint = match valued.contract.underlying() {
        Underlying::Spx => "Delta per share against the index",
        Underlying::Vix => "Delta of one unit on the future of its own expiry",
    };
    explain(ui, rect, (&format!("{name} delta"), &delta), hint);
    let gain = format::usd_signed(valued.open_pl_usd);
    let ink = t.text(Tone::of_sign(valued.open_pl_usd));
    let at = line.right_center();
    let rect = fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, &gain, font(ink));
    let hint = "Dollars gained since entry at the model's mark, fees left out";
    explain(ui, rect, (&format!("{name} gain"), &gain), hint);
}

fn quantity_field(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    line: Line<'_>,
    (rect, name): (Rect, &str),
) {
    let mut quantity = f64::from(line.leg.quantity);
    let resized = |quantity: f64| {
        Ok(with_quantity(
            line.position,
            line.index,
            quantity.round() as i32,
        ))
    };
    let check = |quantity| editing.check_position(resized(quantity).map(settled_role));
    let label = format!("{name} quantity");
    let tone = Tone::of_sign(quantity);
    let committed = place(ui, rect, "quantity", |ui| {
        NumberField::new(&mut quantity, &label)
            .hint("Contracts, positive when bought, negative when sold. Shift steps by ten")
            .decimals(0)
            .signed()
            .range(-1e6..=1e6)
            .step(1.0)
            .shift_step(10.0)
            .alt_step(1.0)
            .steppers(true)
            .tone(tone)
            .width(rect.width())
            .check(&check)
            .show(ui)
            .committed
    });
    if let Some(quantity) = committed {
        editing.replace_or_say(resized(quantity).map(settled_role));
    }
}

fn contract_field(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    line: Line<'_>,
    (rect, name): (Rect, &str),
) {
    let contract = line.leg.contract;
    let label = format!("{name} contract");
    let face = compact_label(contract);
    let look = Look {
        name: &label,
        face: &face,
        width: rect.width(),
        roots: match line.position.role {
            Role::Layer(_) => &VIX_ROOTS,
            Role::Condor | Role::Other => &ALL_ROOTS,
        },
        is_bare: false,
    };
    let chosen = place(ui, rect, "contract", |ui| {
        contract_picker(ui, editing, contract, look)
    });
    if let Some(contract) = chosen {
        let next = with_contract(line.position, line.index, contract, editing.market());
        editing.replace(settled_role(next));
    }
}

/// `6,245P 8 Jan`, `VIX 22C 16 Dec`: the expiry by day and month.
fn compact_label(contract: Contract) -> String {
    let day = format::date_short(contract.expiry());
    match (contract, contract.underlying()) {
        (Contract::Option { .. }, Underlying::Spx) => format!("{} {day}", contract.short_label()),
        (Contract::Option { root, .. }, Underlying::Vix) => {
            format!("{root} {} {day}", contract.short_label())
        }
        (Contract::Future { root, .. }, Underlying::Spx | Underlying::Vix) => {
            format!("{root} {day}")
        }
    }
}

fn entry_field(ui: &mut Ui, editing: &mut Editing<'_>, line: Line<'_>, (rect, name): (Rect, &str)) {
    let mut entry = line.leg.entry_price;
    let entered = |points| Ok(with_entry(line.position, line.index, points));
    let check = |points| editing.check_position(entered(points));
    let label = format!("{name} entry price");
    let tick = line.leg.contract.root().tick_points(entry);
    let committed = place(ui, rect, "entry", |ui| {
        NumberField::new(&mut entry, &label)
            .hint("Points per unit at entry, bought or sold alike")
            .decimals(if entry_is_wide(line.leg.entry_price) {
                1
            } else {
                2
            })
            .range(0.0..=f64::MAX)
            .step(tick)
            .shift_step(10.0 * tick)
            .alt_step(0.01)
            .width(rect.width())
            .check(&check)
            .show(ui)
            .committed
    });
    if let Some(points) = committed {
        editing.replace_or_say(entered(points));
    }
}

fn entry_is_wide(points: f64) -> bool {
    points >= 100.0
}

/// A position whose legs no longer form a condor counts as other.
fn settled_role(position: Position) -> Position {
    match position.role {
        Role::Condor if position.condor().is_none() => Position {
            role: Role::Other,
            ..position
        },
        Role::Condor | Role::Layer(_) | Role::Other => position,
    }
}

/// Adds a leg like the last one, and says what the legs are worth together.
fn foot(ui: &mut Ui, editing: &mut Editing<'_>, position: &Position, rows: &[LegRow]) {
    let line = row(ui, FIELD_HEIGHT);
    let width = line.width();
    place(ui, span(line, -4.0, 90.0), "add", |ui| {
        let response = button(ui, ButtonKind::Bare, Some(Icon::Plus), "Add leg")
            .on_hover_text("Adds a leg like the last one; change what it is afterwards");
        if response.clicked() {
            add_leg(editing, position);
        }
    });
    let gain: f64 = rows.iter().map(|row| row.open_pl_usd).sum();
    let words = format::usd_signed(gain);
    let ink = tokens(ui).text(Tone::of_sign(gain));
    let font = (fonts::mono(fonts::BODY), ink);
    let rect = fonts::write(
        ui.painter(),
        line.right_center(),
        Align2::RIGHT_CENTER,
        &words,
        font,
    );
    let at = rect.left_center() - vec2(6.0, 0.0);
    caption(ui, at, Align2::RIGHT_CENTER, "Open P/L", Tone::Quiet);
    let all = span(line, 0.5 * width, width);
    let hint = "Dollars gained since entry at the model's marks, fees left out";
    explain(
        ui,
        all,
        (&format!("{} open P/L", position.name), &words),
        hint,
    );
}

/// One more leg: the last one's series, one step further out of the money, one contract.
fn add_leg(editing: &mut Editing<'_>, position: &Position) {
    let Some(last) = position.legs.last() else {
        return;
    };
    let contract = match (last.contract.strike(), last.contract.right()) {
        (Some(strike), Some(right)) => {
            let step = last.contract.root().coarse_step_points();
            last.contract.with_strike(strike + right.sign() * step)
        }
        (None, _) | (_, None) => Ok(last.contract),
    };
    let made = contract
        .map_err(|error| error.to_string())
        .and_then(|contract| {
            let price = editing.market().price(&contract);
            Leg::new(contract, 1, price).map_err(|error| error.to_string())
        });
    match made {
        Ok(leg) => {
            let mut next = position.clone();
            next.legs.push(leg);
            editing.replace(settled_role(next));
        }
        Err(error) => editing.say(error),
    }
}
