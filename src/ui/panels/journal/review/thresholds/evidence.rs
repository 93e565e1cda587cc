//! What came of acting and of not acting: every threshold with decisions, and the bins of the one that is picked.

use egui::Ui;

use super::super::figures::Said;
use crate::journal::{BinEvidence, Measured, Refined, RuleEvidence, Suggestion};
use crate::ui::theme::{GAP, Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, section};
use crate::ui::{PanelContext, fonts, format};

/// Width from which every figure of the bins has its interval beside it, in points.
const ROOM_FOR_INTERVALS: f32 = 880.0;

/// Shows the thresholds at which something was decided, and the bins of one of them.
pub(super) fn evidence(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    all: &[RuleEvidence],
    suggested: &[Suggestion],
) {
    let mut shown: Vec<&RuleEvidence> = all
        .iter()
        .filter(|it| it.n() > 0 && ctx.pack.evaluates.contains(&it.rule))
        .collect();
    shown.sort_by_key(|it| std::cmp::Reverse(it.n()));
    section(
        ui,
        "Evidence by threshold",
        "what acting was worth near it, a decision, against holding",
    );
    let Some(first) = shown.first() else {
        let words = "None yet: no decision of these campaigns was recorded with its facts near a threshold.";
        ui.label(fonts::body(words).color(tokens(ui).tx2));
        ui.add_space(GAP);
        return;
    };
    let id = ui.make_persistent_id("threshold picked");
    let known: Option<&'static str> = ui.data(|data| data.get_temp(id));
    let picked = known.unwrap_or_else(|| {
        let is_suggested = |it: &&&RuleEvidence| suggested.iter().any(|one| one.path == it.path);
        shown.iter().find(is_suggested).unwrap_or(first).path
    });
    let place = shown.iter().position(|it| it.path == picked).unwrap_or(0);
    let columns = [
        Column::text("Rule").hint("The rule that compares a fact with the number"),
        Column::text("Number")
            .compact()
            .hint("Its path in the rule pack"),
        Column::num("Now").hint("The number of the pack in force, in its own unit"),
        Column::num("n").hint("Decisions at which the fact was known"),
        Column::num("Just beyond, $")
            .hint("What acting was worth up to 10 % beyond it: a loss says that it fires too soon"),
        Column::num("Just before, $")
            .hint("What acting was worth up to 10 % before it: a gain says that it fires too late"),
        Column::num("Suggested").hint("Where the evidence would move it"),
    ];
    let rows: Vec<Row> = shown.iter().map(|it| row(ctx, it, suggested)).collect();
    let table = DataTable::new("Thresholds", &columns, &rows)
        .selectable(Some(place))
        .sortable()
        .filterable()
        .show(ui);
    if let Some(clicked) = table.clicked.and_then(|place| shown.get(place)) {
        ui.data_mut(|data| data.insert_temp(id, clicked.path));
    }
    let Some(shown) = shown.get(table.clicked.unwrap_or(place)) else {
        return;
    };
    ui.add_space(GAP);
    bins(ui, shown);
    ui.add_space(GAP);
}

fn row(ctx: &PanelContext<'_>, evidence: &RuleEvidence, suggested: &[Suggestion]) -> Row {
    let [beyond, before] = [1, 2].map(|place| evidence.bins.get(place));
    let now = ctx.pack.number(evidence.path);
    let change = suggested.iter().find(|it| it.path == evidence.path);
    let moved = change.map_or_else(
        || Cell::num(format::NONE).tone(Tone::Faint),
        |it| Cell::num(format::trimmed(it.to, 4)).tone(Tone::Accent),
    );
    Row::new(vec![
        Cell::text(evidence.rule.title()),
        Cell::text(evidence.path).tone(Tone::Faint),
        now.map_or_else(
            || Cell::num(format::NONE),
            |number| Cell::num(format::trimmed(number.value, 4)).unit(number.unit.label()),
        ),
        Cell::num(format::count(evidence.n())).sort(evidence.n() as f64),
        figure(beyond.and_then(|bin| bin.acting_usd.as_ref()), true),
        figure(before.and_then(|bin| bin.acting_usd.as_ref()), true),
        moved,
    ])
    .hint(meaning(evidence))
}

/// What the number means: what its rule wants, and which facts it is compared with.
fn meaning(evidence: &RuleEvidence) -> String {
    let refined = Refined::all().iter().find(|it| it.path == evidence.path);
    let facts = refined.map_or_else(String::new, |it| it.facts().join(", "));
    let flags = refined.map_or(&[][..], Refined::flags);
    let only = if flags.is_empty() {
        String::new()
    } else {
        format!(", where {} holds", flags.join(" and "))
    };
    format!("{}; compared with {facts}{only}", evidence.wants)
}

/// A figure of a sample; where it is too small, its n alone.
fn figure(measured: Option<&Measured>, has_interval: bool) -> Cell {
    let said = Said::of(measured, format::usd_signed, true);
    let is_few = measured.is_some_and(|it| it.claim().is_err());
    let (words, tone) = match measured {
        Some(_) if is_few => (said.figure, Tone::Faint),
        Some(_) if has_interval => (said.line(), said.tone),
        Some(_) => (said.figure, said.tone),
        None => (format::NONE.to_owned(), Tone::Faint),
    };
    let cell = Cell::num(words).tone(tone);
    match measured {
        Some(measured) => cell.sort(measured.seen()),
        None => cell,
    }
}

fn count(n: usize) -> Cell {
    let cell = Cell::num(format::count(n)).sort(n as f64);
    if n == 0 { cell.tone(Tone::Faint) } else { cell }
}

/// Acting beside not acting, by how far the fact stood from the number.
fn bins(ui: &mut Ui, evidence: &RuleEvidence) {
    let title = format!("{}, {}", evidence.rule.title(), evidence.path);
    section(ui, &title, &meaning(evidence));
    let columns = [
        Column::text("Where the fact stood")
            .hint("Distance from the number, as a share of it; beyond it the rule speaks"),
        Column::num("Done, $").hint("What it made, where it was done, by its own fills"),
        Column::num("n").hint("Decisions at which it was done"),
        Column::num("Not done, $")
            .hint("What it would have made, where it was not: the verdict's choice, else the best-scored one of its kind"),
        Column::num("n").hint("Decisions at which it was on offer and not done"),
        Column::num("Acting is worth, $").hint("Both together, with the 95 % interval of the mean"),
        Column::num("n").hint("Decisions of both kinds"),
        Column::num("Model").hint("Values that rest on the model, where marks are missing"),
    ];
    let has_room = ui.available_width() >= ROOM_FOR_INTERVALS;
    let n = |figure: Option<&Measured>| count(figure.map_or(0, Measured::n));
    let row = |bin: &BinEvidence| {
        let (acted, forgone) = (bin.acted_usd.as_ref(), bin.forgone_usd.as_ref());
        Row::new(vec![
            Cell::text(bin.bin.label()),
            figure(acted, has_room),
            n(acted),
            figure(forgone, has_room),
            n(forgone),
            figure(bin.acting_usd.as_ref(), true),
            count(bin.n()),
            count(bin.modelled),
        ])
    };
    let rows: Vec<Row> = evidence.bins.iter().map(row).collect();
    DataTable::new("Bins", &columns, &rows).show(ui);
}
