//! Every rule as a row; a click opens it.

use std::sync::Arc;

use egui::{Id, Ui};

use super::Shown;
use super::rows::{self, RuleRow};
use crate::fact::Facts;
use crate::policy::{PackRef, RuleKind};
use crate::rule::{Finding, Findings, RuleState};
use crate::ui::PanelContext;
use crate::ui::made_once::{Same, made_once};
use crate::ui::theme::Tone;
use crate::ui::widgets::{Cell, Column, DataTable, Row, empty_state, panel_body};

/// Height of a row and gap between columns, in points.
const ROW: f32 = 22.0;
const GUTTER: f32 = 10.0;

/// What the table is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub ctx: &'a PanelContext<'a>,
    pub findings: &'a Arc<Findings>,
    pub facts: &'a Arc<Facts>,
}

impl Scene<'_> {
    /// What everything in the panel is made of.
    pub(super) fn key(&self) -> (Same<Findings>, Same<Facts>, PackRef) {
        (
            Same(Arc::clone(self.findings)),
            Same(Arc::clone(self.facts)),
            self.ctx.pack.reference(),
        )
    }
}

/// Every rule as a row, in the order of the screen.
#[derive(Debug)]
pub(super) struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Rule and state of each row.
    rules: Vec<(RuleKind, RuleState)>,
}

/// All rules as a table, made once for what was found.
pub(super) fn table(ui: &Ui, scene: &Scene<'_>) -> Arc<Table> {
    made_once(ui, Id::unique("palisade_rules_table"), scene.key(), || {
        let all = ordered(scene);
        Table {
            columns: columns().to_vec(),
            rows: all.iter().map(|finding| row(scene, finding)).collect(),
            rules: all.iter().map(|found| (found.rule, found.state)).collect(),
        }
    })
}

/// The rows of the kind asked for, with the columns that there is room for.
fn listed(all: &Arc<Table>, ui: &Ui, shown: Shown) -> Arc<Table> {
    let left_out = left_out(ui.available_width());
    let key = (Same(Arc::clone(all)), shown, left_out);
    made_once(ui, Id::unique("palisade_rules_listed"), key, || {
        let of_kind = |place: &usize| is_shown(all.rules[*place].1, shown);
        let places: Vec<usize> = (0..all.rows.len()).filter(of_kind).collect();
        let row = |place: &usize| {
            let row = all.rows[*place].clone();
            Row {
                cells: kept(row.cells, left_out),
                ..row
            }
        };
        Table {
            columns: kept(all.columns.clone(), left_out),
            rows: places.iter().map(row).collect(),
            rules: places.iter().map(|place| all.rules[*place]).collect(),
        }
    })
}

/// Shows the rows of the kind asked for.
pub(super) fn table_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (shown, is_low): (Shown, bool),
    selected: &mut Option<RuleKind>,
) {
    let listed = listed(&table(ui, scene), ui, shown);
    if listed.rows.is_empty() {
        let (title, sentence) = match shown {
            Shown::All => ("No rules", "The pack evaluates no rules"),
            Shown::Open => ("Nothing open", "No rule asks for anything and none warns"),
            Shown::NoData => ("Nothing missing", "Every rule has the facts that it needs"),
        };
        panel_body(ui, |ui| empty_state(ui, title, sentence, None));
        return;
    }
    let rules = &listed.rules;
    let at = rules.iter().position(|(rule, _)| Some(*rule) == *selected);
    let table = panel_body(ui, |ui| {
        let table = DataTable::new("Rules", &listed.columns, &listed.rows)
            .row_height(ROW)
            .gutter(GUTTER)
            .sortable()
            .selectable(at);
        // a low panel has no line to spare for the field
        let table = if is_low { table } else { table.with_filter() };
        table.show(ui)
    })
    .inner;
    if let Some((rule, _)) = table.clicked.and_then(|index| rules.get(index)) {
        *selected = (*selected != Some(*rule)).then_some(*rule);
    }
}

/// The columns that a narrow panel leaves out, by their place: source, bar and what is asked say least.
const fn left_out(width: f32) -> &'static [usize] {
    const ASKS: usize = 3;
    const BAR: usize = 7;
    const SOURCE: usize = 8;
    if width < 680.0 {
        &[ASKS, BAR, SOURCE]
    } else if width < 920.0 {
        &[ASKS, BAR]
    } else {
        &[]
    }
}

fn kept<T>(all: Vec<T>, left_out: &[usize]) -> Vec<T> {
    let numbered = all.into_iter().enumerate();
    let kept = numbered.filter(|(place, _)| !left_out.contains(place));
    kept.map(|(_, item)| item).collect()
}

/// What asks first comes first: by state, then by the precedence of the pack.
fn ordered<'a>(scene: &Scene<'a>) -> Vec<&'a Finding> {
    let mut all: Vec<&Finding> = scene.findings.iter().collect();
    let rank = |finding: &Finding| {
        let state = match finding.state {
            RuleState::Breach => 0,
            RuleState::Alert => 1,
            RuleState::Pass | RuleState::Info => 2,
            RuleState::NoData => 3,
        };
        let place = rows::place(finding, scene.ctx.pack);
        (state, place.unwrap_or(usize::MAX))
    };
    all.sort_by_cached_key(|finding| rank(finding));
    all
}

fn is_shown(state: RuleState, shown: Shown) -> bool {
    match shown {
        Shown::All => true,
        Shown::Open => matches!(state, RuleState::Alert | RuleState::Breach),
        Shown::NoData => state == RuleState::NoData,
    }
}

fn columns() -> [Column; 9] {
    [
        Column::num("#").hint("Place in the pack's precedence; rules without one never decide"),
        Column::text("Rule"),
        Column::text("State")
            .compact()
            .hint("Pass, near, breach, or unknown for want of a fact"),
        Column::text("Asks")
            .compact()
            .hint("What it asks for when it fires"),
        Column::num("Value").hint("The fact that it turns on"),
        Column::num("Threshold").hint("The pack's numbers with today's modifiers"),
        Column::num("To flip").hint("How far the value is from turning the rule over"),
        Column::text("")
            .width_of(72.0)
            .hint("The same as a share of the threshold: right is room left, left is beyond"),
        Column::text("Source")
            .compact()
            .hint("Who states the weakest of its numbers"),
    ]
}

fn row(scene: &Scene<'_>, finding: &Finding) -> Row {
    let found = RuleRow::of(finding, scene.facts, scene.ctx.pack);
    let tone = found.status.tone();
    let quiet = if finding.state == RuleState::NoData {
        Tone::Faint
    } else {
        Tone::Plain
    };
    let place = found
        .place
        .map_or_else(String::new, |place| place.to_string());
    let sort = found.place.map_or(f64::INFINITY, |place| place as f64);
    let share = found.share.map_or_else(Cell::default, |share| {
        Cell::bar(share, "").tone(if share < 0.0 { Tone::Bad } else { Tone::Faint })
    });
    let distance = finding.distance.map_or(f64::NAN, |distance| distance.value);
    let row = Row::new(vec![
        Cell::num(place).tone(Tone::Faint).sort(sort),
        Cell::text(finding.rule.title()).tone(quiet),
        Cell::text(found.state)
            .icon(found.status.icon())
            .strong()
            .tone(tone),
        Cell::text(found.asks).tone(Tone::Quiet),
        Cell::num(found.value).unit(found.unit).tone(quiet),
        Cell::num(found.threshold).tone(Tone::Quiet),
        Cell::num(found.to_flip).sort(distance),
        share,
        Cell::text(found.source).tone(Tone::Faint),
    ]);
    let row = row.hint(format!("{}\n{}", finding.sentence, finding.flips));
    if finding.fires() {
        row.ground(Tone::Bad)
    } else {
        row
    }
}
