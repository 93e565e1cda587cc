//! What came of acting and of not acting: every threshold with decisions, and the bins of the one that is picked.

use egui::Ui;

use super::super::figures::Said;
use crate::journal::{BinEvidence, Measured, Refined, RuleEvidence, Suggestion};
use crate::ui::theme::{GAP, Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, bare, section};
use crate::ui::{PanelContext, fonts, format};

/// Width from which every figure of the bins has its interval beside it, in points.
const ROOM_FOR_INTERVALS: f32 = 880.0;
/// Widths from which the list of thresholds says the name of each number and how many decisions came near it, and from
/// which it has their whole paths and values too, in points.
const ROOM_FOR_NUMBERS: [f32; 2] = [800.0, 1120.0];

/// How much the list of thresholds says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// Rule and evidence.
    Little,
    /// Names of the numbers, and n.
    Some,
    /// Whole paths and values too.
    Much,
}

impl Room {
    fn of(ui: &Ui) -> Self {
        let width = ui.available_width();
        if width >= ROOM_FOR_NUMBERS[1] {
            Self::Much
        } else if width >= ROOM_FOR_NUMBERS[0] {
            Self::Some
        } else {
            Self::Little
        }
    }
}

/// Shows the thresholds at which something was decided, and the bins of one of them.
pub(super) fn evidence(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    all: &[RuleEvidence],
    suggested: &[Suggestion],
) {
    section(
        ui,
        "Evidence by threshold",
        "what acting was worth near it, a decision, against holding",
    );
    let mut known: Vec<&RuleEvidence> = all
        .iter()
        .filter(|it| it.n() > 0 && ctx.pack.evaluates.contains(&it.rule))
        .collect();
    known.sort_by_key(|it| std::cmp::Reverse((near(it), it.n())));
    if known.is_empty() {
        let words =
            "None yet: no decision of these campaigns was recorded with the facts of a threshold.";
        ui.label(fonts::body(words).color(tokens(ui).tx2));
        ui.add_space(GAP);
        return;
    }
    let close = known.iter().filter(|it| near(it) > 0).count();
    let is_whole = others(ui, close, known.len());
    let shown = if is_whole {
        &known[..]
    } else {
        &known[..close]
    };
    if let Some(first) = shown.first() {
        let picked = list(ui, ctx, (shown, first), suggested);
        bins(ui, ctx, picked);
    }
    ui.add_space(GAP);
}

/// Says how many thresholds no decision came near, and shows them once they are asked for; whether they are.
fn others(ui: &mut Ui, close: usize, known: usize) -> bool {
    let id = ui.make_persistent_id("every threshold");
    let mut is_whole: bool = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let is_some = known > close;
        let (close, far) = (format::count(close), format::count(known - close));
        let words = format!("{close} with decisions within a tenth of the number, {far} without");
        ui.label(fonts::caption(words).color(tokens(ui).tx2));
        let verb = if is_whole { "Hide" } else { "Show" };
        if is_some && bare(ui, &format!("{verb} those without")).clicked() {
            is_whole = !is_whole;
        }
    });
    ui.data_mut(|data| data.insert_temp(id, is_whole));
    is_whole
}

/// Decisions within a tenth of the number: those that can move it.
fn near(evidence: &RuleEvidence) -> usize {
    let both = evidence.bins.iter().skip(1).take(2);
    both.map(BinEvidence::n).sum()
}

/// Shows the thresholds, and gives the one that is picked: at first one that is suggested.
fn list<'a>(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (shown, first): (&[&'a RuleEvidence], &'a RuleEvidence),
    suggested: &[Suggestion],
) -> &'a RuleEvidence {
    let id = ui.make_persistent_id("threshold picked");
    let kept: Option<&'static str> = ui.data(|data| data.get_temp(id));
    let picked = kept.unwrap_or_else(|| {
        let is_suggested = |it: &&&RuleEvidence| suggested.iter().any(|one| one.path == it.path);
        shown
            .iter()
            .find(is_suggested)
            .map_or(first.path, |it| it.path)
    });
    let place = shown.iter().position(|it| it.path == picked).unwrap_or(0);
    let room = Room::of(ui);
    let rows: Vec<Row> = shown
        .iter()
        .map(|it| row(ctx, it, (suggested, room)))
        .collect();
    let table = DataTable::new("Thresholds", &columns(room), &rows)
        .selectable(Some(place))
        .sortable()
        .filterable()
        .show(ui);
    ui.add_space(GAP);
    let clicked = table.clicked.and_then(|place| shown.get(place));
    if let Some(clicked) = clicked {
        ui.data_mut(|data| data.insert_temp(id, clicked.path));
    }
    clicked
        .or_else(|| shown.get(place))
        .copied()
        .unwrap_or(first)
}

fn columns(room: Room) -> Vec<Column> {
    let rule = Column::text("Rule").hint("The rule that compares a fact with the number");
    let mut columns = match room {
        Room::Little => vec![rule],
        Room::Some | Room::Much => vec![
            rule.compact(),
            Column::text("Number").hint("Its path in the rule pack"),
        ],
    };
    if room == Room::Much {
        columns.push(Column::num("Now").hint("The number of the pack in force, in its own unit"));
    }
    if room != Room::Little {
        columns.push(Column::num("n near").hint("Decisions within a tenth of the number"));
    }
    columns.extend([
        Column::num("Just beyond, $")
            .hint("What acting was worth up to 10 % beyond it: where the rule asks, a loss says that it fires too soon"),
        Column::num("Just before, $")
            .hint("What acting was worth up to 10 % before it: where the rule asks, a gain says that it fires too late"),
    ]);
    if room != Room::Little {
        columns.push(Column::num("Suggested").hint("Where the evidence would move it"));
    }
    columns
}

/// The number of the pack in force.
fn now(ctx: &PanelContext<'_>, path: &str) -> Cell {
    ctx.pack.number(path).map_or_else(
        || Cell::num(format::NONE),
        |number| Cell::num(format::trimmed(number.value, 4)).unit(number.unit.label()),
    )
}

fn row(
    ctx: &PanelContext<'_>,
    evidence: &RuleEvidence,
    (suggested, room): (&[Suggestion], Room),
) -> Row {
    let [beyond, before] = [1, 2].map(|place| evidence.bins.get(place));
    let acting =
        |bin: Option<&BinEvidence>| figure(bin.and_then(|bin| bin.acting_usd.as_ref()), true);
    let path = evidence.path;
    let last = path.rsplit_once('.').map_or(path, |(_, last)| last);
    let title = evidence.rule.title();
    let mut cells = match room {
        Room::Little => vec![Cell::text(format!("{title}: {}", last.replace('_', " ")))],
        Room::Some => vec![Cell::text(title), Cell::text(last).tone(Tone::Faint)],
        Room::Much => vec![
            Cell::text(title),
            Cell::text(path).tone(Tone::Faint),
            now(ctx, path),
        ],
    };
    if room != Room::Little {
        cells.push(count(near(evidence)));
    }
    cells.extend([acting(beyond), acting(before)]);
    if room != Room::Little {
        let change = suggested.iter().find(|it| it.path == path);
        cells.push(change.map_or_else(
            || Cell::num(format::NONE).tone(Tone::Faint),
            |it| Cell::num(format::trimmed(it.to, 4)).tone(Tone::Accent),
        ));
    }
    let (n, all) = (near(evidence), evidence.n());
    let counted = format!("{} near it of {}", format::count(n), format::count(all));
    Row::new(cells).hint(format!("{path}\n{}\n{counted}", meaning(evidence)))
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
fn bins(ui: &mut Ui, ctx: &PanelContext<'_>, evidence: &RuleEvidence) {
    let title = format!("{}, {}", evidence.rule.title(), evidence.path);
    let now = ctx
        .pack
        .number(evidence.path)
        .map_or_else(String::new, |number| {
            let value = format::trimmed(number.value, 4);
            format!("now {value} {}", number.unit.label())
        });
    section(ui, &title, now.trim());
    ui.label(fonts::caption(meaning(evidence)).color(tokens(ui).tx2));
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
    let rows: Vec<Row> = (evidence.bins.iter())
        .map(|bin| bin_row(bin, has_room))
        .collect();
    DataTable::new("Bins", &columns, &rows).show(ui);
}

fn bin_row(bin: &BinEvidence, has_room: bool) -> Row {
    let n = |figure: Option<&Measured>| count(figure.map_or(0, Measured::n));
    let said = |figure: Option<&Measured>| Said::of(figure, format::usd_signed, true).line();
    let (acted, forgone) = (bin.acted_usd.as_ref(), bin.forgone_usd.as_ref());
    let row = Row::new(vec![
        Cell::text(bin.bin.label()),
        figure(acted, has_room),
        n(acted),
        figure(forgone, has_room),
        n(forgone),
        figure(bin.acting_usd.as_ref(), true),
        count(bin.n()),
        count(bin.modelled),
    ]);
    if has_room {
        return row;
    }
    row.hint(format!(
        "Done: {}\nNot done: {}",
        said(acted),
        said(forgone)
    ))
}
