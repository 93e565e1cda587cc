//! Which clause decides first, and which rules are evaluated at all.

use egui::{Align2, Pos2, Rect, Sense, Ui, UiBuilder, vec2};

use super::number_row::child;
use super::sections::sentence;
use crate::document::Command;
use crate::policy::{Clause, RuleKind, RulePack};
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::theme::{FIELD_HEIGHT, Tone, tokens};
use crate::ui::widgets::{elided, hint, switch};
use crate::ui::{Actions, fonts};

/// Height of a clause's row and of a rule's, in points.
const CLAUSE: f32 = 28.0;
const RULE: f32 = 24.0;
/// Least width of a rule with its switch, in points.
const LEAST_RULE: f32 = 232.0;
/// Where a clause's name and its rules begin, in points.
const NAME: f32 = 24.0;
const RULES: f32 = 208.0;
/// Width of the three buttons of a clause, in points.
const BUTTONS: f32 = 3.0 * (FIELD_HEIGHT + 4.0);

/// Every clause.
const CLAUSES: [Clause; 8] = [
    Clause::FixStructure,
    Clause::BreakEvenBreach,
    Clause::InflationBreach,
    Clause::VegaCut,
    Clause::Evaluate,
    Clause::VegaBand,
    Clause::ThetaFloor,
    Clause::TailHedge,
];

/// The clauses in a line, for the title.
pub(super) fn precedence_note(pack: &RulePack) -> String {
    let numbered = pack.precedence.iter().enumerate();
    let words: Vec<String> = numbered
        .map(|(place, clause)| format!("{} {}", place + 1, clause.label()))
        .collect();
    if words.is_empty() {
        return "no clause decides: always hold".to_owned();
    }
    words.join(" · ")
}

/// Shows the clauses that decide in their order, then the others.
pub(super) fn precedence(ui: &mut Ui, pack: &RulePack, actions: &mut Actions) {
    let held = &pack.precedence;
    let shipped = &pack.base().precedence;
    // told apart from those that only closed a gap
    let kept: Vec<&Clause> = shipped.iter().filter(|one| held.contains(one)).collect();
    for (place, clause) in held.iter().enumerate() {
        let before = held[..place].iter().filter(|one| shipped.contains(one));
        let is_moved = kept.get(before.count()) != Some(&clause);
        let mut end = clause_row(ui, *clause, Some(place), is_moved);
        let name = sentence(clause.label());
        let mut order = held.clone();
        let words = format!("{name}: out of the precedence");
        if icon_button_hinted(&mut end, Icon::Close, &words, "It then never decides").clicked() {
            order.remove(place);
            actions.edit(Command::OrderClauses(order));
            continue;
        }
        for (icon, words, to) in [
            (Icon::ArrowDown, "later", place + 1),
            (Icon::ArrowUp, "earlier", place.wrapping_sub(1)),
        ] {
            let is_possible = to < held.len();
            end.add_enabled_ui(is_possible, |ui| {
                let label = format!("{name}: {words}");
                let hint = "The first clause that asks for something decides";
                if icon_button_hinted(ui, icon, &label, hint).clicked() && is_possible {
                    let mut order = held.clone();
                    order.swap(place, to);
                    actions.edit(Command::OrderClauses(order));
                }
            });
        }
    }
    for clause in CLAUSES.iter().filter(|clause| !held.contains(clause)) {
        let mut end = clause_row(ui, *clause, None, false);
        let words = format!("{}: into the precedence", sentence(clause.label()));
        let hint = "It then decides last; its rule is evaluated";
        if icon_button_hinted(&mut end, Icon::Plus, &words, hint).clicked() {
            let mut order = held.clone();
            order.push(*clause);
            actions.edit(Command::Batch(vec![
                Command::EvaluateRule {
                    rule: clause.rules()[0],
                    is_on: true,
                },
                Command::OrderClauses(order),
            ]));
        }
    }
}

/// Paints a clause; the rest of its row is for the buttons, laid out from the right edge.
fn clause_row(ui: &mut Ui, clause: Clause, place: Option<usize>, is_moved: bool) -> Ui {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), CLAUSE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let painter = ui.painter();
    let ink = if place.is_some() { t.tx } else { t.tx3 };
    if let Some(place) = place {
        let font = fonts::mono(fonts::SMALL);
        let at = Pos2::new(rect.left() + 12.0, rect.center().y);
        painter.text(at, Align2::RIGHT_CENTER, place + 1, font, t.tx3);
    }
    let (font, ink) = if is_moved && place.is_some() {
        (fonts::inter_strong(fonts::BODY), t.accent)
    } else {
        (fonts::inter(fonts::BODY), ink)
    };
    let end = rect.width() - BUTTONS;
    let room = |left: f32, right: f32| {
        rect.with_min_x(rect.left() + left)
            .with_max_x(rect.left() + right)
    };
    let name = sentence(clause.label());
    elided(painter, room(NAME, RULES - 8.0), &name, font, ink);
    let rules: Vec<&str> = clause.rules().iter().map(|rule| rule.title()).collect();
    let (rules, small) = (rules.join(", "), fonts::inter(fonts::SMALL));
    if end > RULES + 64.0 {
        elided(painter, room(RULES, end - 4.0), &rules, small, t.tx3);
    }
    hint(response, &name, &format!("Decides by: {rules}"));
    let buttons = room(end, rect.width());
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut end = ui.new_child(UiBuilder::new().max_rect(buttons).layout(layout));
    end.spacing_mut().item_spacing.x = 4.0;
    end
}

/// How many rules are evaluated, for the title.
pub(super) fn rules_note(pack: &RulePack) -> String {
    let (on, all) = (pack.evaluates.len(), RuleKind::ALL.len());
    format!("{on} of {all} are evaluated")
}

/// Shows every rule with its switch, in as many columns as there is room for.
pub(super) fn rules(ui: &mut Ui, pack: &RulePack, actions: &mut Actions) {
    let columns = ((ui.available_width() / LEAST_RULE) as usize).max(1);
    let lines = RuleKind::ALL.len().div_ceil(columns);
    let size = vec2(ui.available_width(), RULE * lines as f32);
    let (area, _response) = ui.allocate_exact_size(size, Sense::hover());
    let width = (area.width() / columns as f32).floor();
    let switched = pack.switched_rules();
    for (index, rule) in RuleKind::ALL.iter().enumerate() {
        // column by column, so that neighbours in the method stay neighbours
        let (column, line) = (index / lines, index % lines);
        let corner = area.min + vec2(column as f32 * width, line as f32 * RULE);
        let cell = Rect::from_min_size(corner, vec2(width - 8.0, RULE));
        rule_switch(ui, (pack, &switched), (*rule, cell), actions);
    }
}

fn rule_switch(
    ui: &mut Ui,
    (pack, switched): (&RulePack, &[RuleKind]),
    (rule, cell): (RuleKind, Rect),
    actions: &mut Actions,
) {
    let t = tokens(ui);
    let (is_evaluated, is_own) = (pack.evaluates.contains(&rule), switched.contains(&rule));
    let mut is_on = is_evaluated;
    let mut place = child(ui, cell, 0.0, 28.0);
    let response = switch(&mut place, &mut is_on, Tone::Accent, rule.title());
    if response.changed() {
        actions.edit(Command::EvaluateRule { rule, is_on });
    }
    let shipped = if is_own {
        if is_evaluated {
            "\nShipped: not evaluated"
        } else {
            "\nShipped: evaluated"
        }
    } else {
        ""
    };
    let words = format!(
        "{}\nA rule that is not evaluated finds nothing, and the clause that decides by it goes with it{shipped}",
        rule.question()
    );
    hint(response, rule.title(), &words);
    let (font, ink) = match (is_own, is_evaluated) {
        (true, _) => (fonts::inter_strong(fonts::BODY), t.accent),
        (false, true) => (fonts::inter(fonts::BODY), t.tx),
        (false, false) => (fonts::inter(fonts::BODY), t.tx3),
    };
    elided(
        ui.painter(),
        cell.with_min_x(cell.left() + 36.0),
        rule.title(),
        font,
        ink,
    );
}
