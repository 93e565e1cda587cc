//! One finding in full: its sentences, what would turn it over, its inputs and the numbers of the pack.

use egui::Ui;

use super::rows::number;
use super::table::Scene;
use crate::fact::{Fact, FactId};
use crate::policy::RuleKind;
use crate::rule::Finding;
use crate::ui::fact_words::written;
use crate::ui::rule_words::source_label;
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, card, panel_body, section};
use crate::ui::{Action, Actions, LibraryEdit, fonts, format};

/// Shows the finding beneath the table.
pub(super) fn detail_ui(ui: &mut Ui, scene: &Scene<'_>, finding: &Finding, actions: &mut Actions) {
    ui.add_space(8.0);
    panel_body(ui, |ui| {
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            found(ui, finding.rule, &finding.sentence, &finding.flips);
            inputs(ui, scene, finding);
            numbers(ui, scene, finding);
            if !finding.missing.is_empty() {
                let hint = "Copy a file with it into the folder of market history, and read it";
                let link = ui
                    .link(fonts::caption("Import market history…"))
                    .on_hover_text(hint);
                if link.clicked() {
                    actions.push(Action::Library(LibraryEdit::ImportFile));
                }
            }
        });
    });
    ui.add_space(8.0);
}

/// What a rule asks, what it found, and what would turn that over.
pub(super) fn found(ui: &mut Ui, rule: RuleKind, sentence: &str, flips: &str) {
    let t = tokens(ui);
    ui.label(fonts::title(rule.title()));
    ui.label(fonts::caption(rule.question()).color(t.tx3));
    ui.add(egui::Label::new(fonts::body(sentence).color(t.tx)).wrap());
    if !flips.is_empty() {
        let words = format!("To flip: {flips}");
        ui.add(egui::Label::new(fonts::body(words).color(t.tx2)).wrap());
    }
}

fn inputs(ui: &mut Ui, scene: &Scene<'_>, finding: &Finding) {
    let all: Vec<FactId> = finding
        .inputs
        .iter()
        .chain(&finding.context)
        .copied()
        .collect();
    if all.is_empty() {
        return;
    }
    section(ui, "Inputs", "the facts that it saw");
    let columns = [
        Column::text("Fact").compact(),
        Column::num("Value"),
        Column::text("Source"),
        Column::num("Age").hint("Calendar days since the newest observation behind it"),
    ];
    let rows: Vec<Row> = all.iter().map(|id| input(scene.facts.get(*id))).collect();
    DataTable::new("Inputs of the rule", &columns, &rows).show(ui);
}

fn input(fact: &Fact) -> Row {
    let age = fact
        .age_days
        .map_or_else(String::new, |days| format!("{days} d"));
    let row = match &fact.value {
        Ok(value) => {
            let (text, unit) = written(fact.id.unit(), value);
            Row::new(vec![
                Cell::num(fact.id.key()),
                Cell::num(text).unit(unit),
                Cell::text(&fact.source).tone(Tone::Quiet),
                Cell::num(age).tone(Tone::Faint),
            ])
        }
        Err(missing) => Row::new(vec![
            Cell::num(fact.id.key()),
            Cell::text("Missing").tone(Tone::Warn),
            Cell::text(format!("{}: {}", missing.why, missing.import_what)).tone(Tone::Warn),
            Cell::num(""),
        ]),
    };
    row.hint(format!("{}\n{}", fact.id.meaning(), fact.id.formula()))
}

fn numbers(ui: &mut Ui, scene: &Scene<'_>, finding: &Finding) {
    if finding.thresholds.is_empty() {
        return;
    }
    section(ui, "Numbers of the pack", "with today's modifiers");
    let columns = [
        Column::text("Number").compact(),
        Column::num("Used"),
        Column::num("In the pack"),
        Column::text("Source").compact(),
        Column::text("Why"),
    ];
    let rows: Vec<Row> = (finding.thresholds.iter())
        .map(|used| {
            let why = scene
                .ctx
                .pack
                .number(&used.path)
                .map_or("", |number| number.why.as_str());
            let changed = used.changed_by.clone().unwrap_or_else(|| why.to_owned());
            let tone = if used.changed_by.is_some() {
                Tone::Accent
            } else {
                Tone::Plain
            };
            Row::new(vec![
                Cell::text(&used.label),
                Cell::num(number(used.value, used.unit)).tone(tone),
                Cell::num(format::trimmed(used.base, 4)).tone(Tone::Faint),
                Cell::text(source_label(used.provenance)).tone(Tone::Faint),
                Cell::text(changed).tone(Tone::Quiet),
            ])
            .hint(format!("{}\n{why}", used.path))
        })
        .collect();
    DataTable::new("Numbers of the rule", &columns, &rows).show(ui);
}
