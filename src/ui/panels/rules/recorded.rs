//! Verdict, findings and facts as a past decision keeps them: nothing of it is judged again.

use egui::{ScrollArea, Ui};

use super::detail::found;
use super::verdict::{SMALL_SQUARE, SQUARE, line, names, square};
use super::{LOW, Shown, State};
use crate::decision::JudgedAnew;
use crate::document::journal::{
    DecisionRecord, FactRecord, FindingRecord, JournalEntry, RecordedValue,
};
use crate::fact::FactId;
use crate::policy::RuleKind;
use crate::rule::{RuleState, Stance};
use crate::ui::journal_view::{JournalEdit, PastFace};
use crate::ui::recorded_words::recorded;
use crate::ui::rule_words::state_label;
use crate::ui::theme::{GAP, Tone, tokens};
use crate::ui::widgets::{
    Cell, Column, DataTable, Row, Status, card, empty_state, panel_body, secondary, section,
};
use crate::ui::{Action, Actions, PanelContext, fonts, format};

/// Height of a row and gap between columns, in points.
const ROW: f32 = 22.0;
const GUTTER: f32 = 10.0;
/// Place of the limits among the columns, and the width from which they are shown, in points.
const LIMITS: usize = 4;
const ROOM_FOR_LIMITS: f32 = 920.0;
/// Rules named that are judged otherwise now.
const NAMED: usize = 3;

/// Shows the record beneath the panel's head.
pub(super) fn recorded_ui(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (entry, record): (&JournalEntry, &DecisionRecord),
    state: &mut State,
    actions: &mut Actions,
) {
    let is_low = ui.available_height() < LOW;
    ScrollArea::vertical()
        .id_salt("rules recorded")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(4.0);
            panel_body(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                said(ui, (entry, record), is_low);
                if !is_low {
                    grounds(ui, (entry, record));
                    judged_again(ui, ctx, record, actions);
                }
            });
            ui.add_space(if is_low { 4.0 } else { 8.0 });
            findings(ui, record, state);
            if is_low {
                ui.add_space(8.0);
                panel_body(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 4.0;
                    grounds(ui, (entry, record));
                    judged_again(ui, ctx, record, actions);
                });
            }
            facts(ui, record);
        });
}

fn said(ui: &mut Ui, (entry, record): (&JournalEntry, &DecisionRecord), is_low: bool) {
    let t = tokens(ui);
    ui.horizontal_top(|ui| {
        let stance = Stance::of_label(&record.verdict.stance).unwrap_or(Stance::NoAdvice);
        square(ui, stance, if is_low { SMALL_SQUARE } else { SQUARE });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = if is_low { 0.0 } else { 4.0 };
            let sentence = if is_low {
                fonts::title(&record.verdict.sentence)
            } else {
                fonts::verdict(&record.verdict.sentence)
            };
            ui.add(egui::Label::new(sentence).wrap());
            let whence = fonts::caption(recorded(entry, record)).color(t.tx2);
            ui.add(egui::Label::new(whence).wrap()).on_hover_text(
                "What was known and weighed when it was decided, as the journal keeps it: nothing is judged again",
            );
        });
    });
}

/// What was done, why, and what spoke for and against it.
fn grounds(ui: &mut Ui, (entry, record): (&JournalEntry, &DecisionRecord)) {
    let t = tokens(ui);
    let done = record
        .taken_choice()
        .map_or(entry.title.as_str(), |choice| choice.name.as_str());
    line(ui, "Done", done, t.tx);
    if !entry.reason.is_empty() {
        line(ui, "Reason", &entry.reason, t.tx2);
    }
    if !record.verdict.because.is_empty() {
        line(ui, "Because", &names(&record.verdict.because), t.tx2);
    }
    for against in &record.verdict.against {
        line(ui, "Against", against, t.warn);
    }
}

/// Whether it comes to the same when judged now.
fn judged_again(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    record: &DecisionRecord,
    actions: &mut Actions,
) {
    let (Some(findings), Some(verdict)) = (ctx.advice.findings, ctx.advice.verdict) else {
        return;
    };
    let anew = JudgedAnew::of(record, findings, verdict);
    let t = tokens(ui);
    if anew.is_same() {
        return line(ui, "Judged now", "the same verdict and findings", t.tx3);
    }
    line(ui, "Judged now", &differs(&anew), t.tx2);
    let show = secondary(ui, "Show as judged now")
        .on_hover_text("The same book and marks, judged again by this program");
    if show.clicked() {
        actions.push(Action::Journal(JournalEdit::Face(PastFace::JudgedNow)));
    }
}

fn differs(anew: &JudgedAnew) -> String {
    let stance = anew.stance.map_or_else(
        || "the same verdict".to_owned(),
        |stance| stance.label().to_owned(),
    );
    let state = |(rule, state): &(RuleKind, Option<RuleState>)| {
        let now = state.map_or("not judged", RuleState::label);
        format!("{} {now}", rule.title())
    };
    let named: Vec<String> = anew.rules.iter().take(NAMED).map(state).collect();
    let rest = anew.rules.len().saturating_sub(NAMED);
    match (named.is_empty(), rest) {
        (true, _) => stance,
        (false, 0) => format!("{stance}; {}", named.join(", ")),
        (false, rest) => format!("{stance}; {} and {rest} more", named.join(", ")),
    }
}

fn findings(ui: &mut Ui, record: &DecisionRecord, state: &mut State) {
    let listed = listed(record, state.shown);
    if listed.is_empty() {
        let (title, sentence) = if record.findings.is_empty() {
            ("No findings", "The record keeps no findings")
        } else {
            ("None of this kind", "“All” shows every rule as it stood")
        };
        panel_body(ui, |ui| empty_state(ui, title, sentence, None));
        return;
    }
    // in a narrow panel the words need the room: the limits stand in the detail too
    let left_out: &[usize] = if ui.available_width() < ROOM_FOR_LIMITS {
        &[LIMITS]
    } else {
        &[]
    };
    let row = |finding: &&FindingRecord| row(finding).without(left_out);
    let rows: Vec<Row> = listed.iter().map(row).collect();
    let columns = Column::without(&columns(), left_out);
    let at = listed
        .iter()
        .position(|finding| Some(finding.rule) == state.selected);
    let shown = panel_body(ui, |ui| {
        DataTable::new("Recorded rules", &columns, &rows)
            .row_height(ROW)
            .gutter(GUTTER)
            .sortable()
            .selectable(at)
            .show(ui)
    })
    .inner;
    if let Some(finding) = shown.clicked.and_then(|index| listed.get(index)) {
        let is_open = state.selected == Some(finding.rule);
        state.selected = (!is_open).then_some(finding.rule);
    }
    if let Some(finding) = state.selected.and_then(|rule| record.finding(rule)) {
        detail(ui, finding);
    }
}

/// What asked first comes first.
fn listed(record: &DecisionRecord, shown: Shown) -> Vec<&FindingRecord> {
    let rank = |finding: &&FindingRecord| match RuleState::of_label(&finding.state) {
        Some(RuleState::Breach) => 0,
        Some(RuleState::Alert) => 1,
        Some(RuleState::Pass | RuleState::Info) | None => 2,
        Some(RuleState::NoData) => 3,
    };
    let is_shown = |finding: &&FindingRecord| {
        let state = RuleState::of_label(&finding.state);
        match shown {
            Shown::All => true,
            Shown::Open => matches!(state, Some(RuleState::Alert | RuleState::Breach)),
            Shown::NoData => state == Some(RuleState::NoData),
        }
    };
    let mut all: Vec<&FindingRecord> = record.findings.iter().filter(is_shown).collect();
    all.sort_by_key(rank);
    all
}

/// The findings as rows, for the clipboard.
pub(super) fn rows(record: &DecisionRecord, shown: Shown) -> Vec<Row> {
    listed(record, shown).into_iter().map(row).collect()
}

pub(super) fn columns() -> [Column; 5] {
    [
        Column::text("Rule").compact(),
        Column::text("State")
            .compact()
            .hint("How the rule stood when it was decided"),
        Column::text("Asked")
            .compact()
            .hint("What it asked for, where it fired"),
        Column::text("Found").hint("What it found, in a few words"),
        Column::text("Limits")
            .compact()
            .hint("The numbers of the pack that it used, modifiers included"),
    ]
}

fn row(finding: &FindingRecord) -> Row {
    let state = RuleState::of_label(&finding.state);
    let status = match state {
        Some(RuleState::Pass | RuleState::Info) => Status::Pass,
        Some(RuleState::Alert) => Status::Near,
        Some(RuleState::Breach) => Status::Breach,
        Some(RuleState::NoData) | None => Status::Unknown,
    };
    let asked = finding.stance.as_deref().unwrap_or_default();
    let quiet = if state == Some(RuleState::NoData) {
        Tone::Faint
    } else {
        Tone::Plain
    };
    let words = state.map_or_else(
        || finding.state.clone(),
        |state| state_label(state).to_owned(),
    );
    let row = Row::new(vec![
        Cell::text(finding.rule.title()).tone(quiet),
        Cell::text(words)
            .icon(status.icon())
            .strong()
            .tone(status.tone()),
        Cell::text(asked).tone(Tone::Quiet),
        Cell::text(&finding.headline).tone(quiet),
        Cell::num(limits(finding)).tone(Tone::Quiet),
    ]);
    let row = row.hint(format!("{}\n{}", finding.sentence, finding.flips));
    if finding.fires() {
        row.ground(Tone::Bad)
    } else {
        row
    }
}

/// `low −0.15 · high 0.15`: at most two, named by the end of their path.
fn limits(finding: &FindingRecord) -> String {
    let short = |path: &str| path.rsplit('.').next().unwrap_or(path).replace('_', " ");
    let used = finding.limits.iter().take(2);
    let words = used.map(|limit| {
        let value = format::trimmed(limit.value, 4);
        format!("{} {value}", short(&limit.path))
    });
    words.collect::<Vec<_>>().join(" · ")
}

fn detail(ui: &mut Ui, finding: &FindingRecord) {
    ui.add_space(8.0);
    panel_body(ui, |ui| {
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            found(ui, finding.rule, &finding.sentence, &finding.flips);
            if finding.limits.is_empty() {
                return;
            }
            let columns = [
                Column::text("Number"),
                Column::num("Used"),
                Column::num("In the pack"),
            ];
            let rows: Vec<Row> = (finding.limits.iter())
                .map(|limit| {
                    Row::new(vec![
                        Cell::text(&limit.path),
                        Cell::num(format::trimmed(limit.value, 4)),
                        Cell::num(format::trimmed(limit.base, 4)).tone(Tone::Faint),
                    ])
                })
                .collect();
            DataTable::new("Numbers as recorded", &columns, &rows).show(ui);
        });
    });
    ui.add_space(8.0);
}

/// Every fact of the time, those that were missing last.
fn facts(ui: &mut Ui, record: &DecisionRecord) {
    if record.facts.is_empty() {
        return;
    }
    let is_missing = |fact: &FactRecord| matches!(fact.value, RecordedValue::Missing { .. });
    let mut all: Vec<&FactRecord> = record.facts.iter().collect();
    all.sort_by_key(|fact| is_missing(fact));
    let missing = all.iter().filter(|fact| is_missing(fact)).count();
    let rows: Vec<Row> = all.into_iter().map(fact).collect();
    let columns = [
        Column::text("Fact").compact(),
        Column::num("Value"),
        Column::text("Source"),
        Column::text("Day")
            .compact()
            .hint("New York day of its newest observation"),
    ];
    panel_body(ui, |ui| {
        ui.add_space(GAP);
        let known = format!(
            "{} known, {} missing",
            format::count(rows.len() - missing),
            format::count(missing)
        );
        section(ui, "Facts as recorded", &known);
        DataTable::new("Recorded facts", &columns, &rows)
            .row_height(ROW)
            .gutter(GUTTER)
            .sortable()
            .with_filter()
            .show(ui);
        ui.add_space(GAP);
    });
}

fn fact(fact: &FactRecord) -> Row {
    let id = FactId::named(&fact.id);
    let (value, unit) = match &fact.value {
        RecordedValue::Number(number) => id.map_or_else(
            || (format::trimmed(*number, 4), ""),
            |id| {
                let unit = id.unit();
                let words = if unit.is_signed() {
                    format::signed(*number, unit.decimals())
                } else {
                    format::fixed(*number, unit.decimals())
                };
                (words, unit.label())
            },
        ),
        RecordedValue::Flag(flag) => ((if *flag { "yes" } else { "no" }).to_owned(), ""),
        RecordedValue::Words(words) => (words.clone(), ""),
        RecordedValue::Missing { .. } => ("Missing".to_owned(), ""),
    };
    let day = fact.as_of.map_or_else(String::new, format::date);
    let row = match &fact.value {
        RecordedValue::Missing { why, import_what } => Row::new(vec![
            Cell::text(&fact.id).tone(Tone::Faint),
            Cell::num(value).tone(Tone::Faint),
            Cell::text(format!("{why}: {import_what}")).tone(Tone::Faint),
            Cell::text(""),
        ]),
        RecordedValue::Number(_) | RecordedValue::Flag(_) | RecordedValue::Words(_) => {
            Row::new(vec![
                Cell::text(&fact.id),
                Cell::num(value).unit(unit),
                Cell::text(&fact.source).tone(Tone::Quiet),
                Cell::text(day).tone(Tone::Faint),
            ])
        }
    };
    match id {
        Some(id) => row.hint(format!("{}\n{}", id.meaning(), id.formula())),
        None => row,
    }
}
