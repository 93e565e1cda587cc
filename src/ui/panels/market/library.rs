//! The market's history: where it is read from, what each series has, what was wrong, and rows typed by hand.

use egui::Ui;

use super::typed;
use crate::calendar::new_york_date;
use crate::series::{FileOutcome, Library, Provenance, Severity};
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::{
    Cell, Column, CommitField, DataTable, Row, bare, progress, secondary, section,
};
use crate::ui::{Action, Actions, LibraryEdit, PanelContext, fonts, format};

/// Complaints shown at most.
const MOST: usize = 12;
/// A series may lag behind the marks by so many days before its age is marked: its step and its publication.
const GRACE_DAYS: i32 = 7;

/// Shows the section.
pub(super) fn library_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let note = ctx.library.map_or_else(String::new, |library| {
        format!("{} files", format::count(library.files().len()))
    });
    section(ui, "Library", &note);
    place(ui, ctx, actions);
    if let Some(library) = ctx.library {
        ui.add_space(4.0);
        table(ui, ctx, library);
        complaints(ui, library);
    }
    ui.add_space(8.0);
    typed::typed_ui(ui, ctx, actions);
}

/// The folder and the ways to change it.
fn place(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let t = tokens(ui);
    let mut ask = |edit| actions.push(Action::Library(edit));
    if let Some(loading) = ctx.history.loading {
        let (done, all) = loading.files;
        let label = format!(
            "Reading {} of {} files",
            format::count(done),
            format::count(all)
        );
        if progress(ui, &label, loading.share) {
            ask(LibraryEdit::Cancel);
        }
    }
    ui.horizontal_wrapped(|ui| {
        if secondary(ui, "Choose folder…")
            .on_hover_text("Read market history from a folder of yours, now and at every start")
            .clicked()
        {
            ask(LibraryEdit::ChooseFolder);
        }
        if secondary(ui, "Import file…")
            .on_hover_text(
                "Copy a file of Cboe, FRED, Yahoo or Shiller into the folder, and read it",
            )
            .clicked()
        {
            ask(LibraryEdit::ImportFile);
        }
        if bare(ui, "Read again")
            .on_hover_text("Read the folder again after its files changed")
            .clicked()
        {
            ask(LibraryEdit::Reload);
        }
        if ctx.history.is_chosen
            && bare(ui, "Own folder")
                .on_hover_text("Read the desk's own folder again")
                .clicked()
        {
            ask(LibraryEdit::OwnFolder);
        }
    });
    path_field(ui, ctx, actions);
    if let Some(trouble) = ctx.history.trouble {
        ui.label(fonts::caption(trouble).color(t.dn));
    }
    ui.label(fonts::caption("Or drop a folder or files on the window").color(t.tx3));
}

/// The folder's path, to be typed where no dialog answers.
fn path_field(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let folder = ctx
        .history
        .folder
        .map(|folder| folder.display().to_string());
    let path = CommitField::new(
        "Folder of market history",
        folder.as_deref().unwrap_or_default(),
    )
    .hint("Path of a folder…")
    .tooltip("The folder that market history is read from; folders in it are read too")
    .width(ui.available_width())
    .show(ui, |text| {
        let path = std::path::PathBuf::from(text.trim().trim_matches('"'));
        if path.as_os_str().is_empty() {
            Err("type the path of a folder".to_owned())
        } else {
            Ok(path)
        }
    });
    if let Some(path) = path {
        actions.push(Action::Library(LibraryEdit::UseFolder(path)));
    }
}

fn columns() -> [Column; 7] {
    [
        Column::text("Series").hint("What the values are of"),
        Column::num("From").hint("First day with a value"),
        Column::num("To").hint("Last day with a value"),
        Column::num("Rows").hint("Values in use"),
        Column::num("Gaps")
            .hint("Stretches without values, longer than the series' frequency explains"),
        Column::num("Age").hint("Calendar days from the last value's publication to the marks"),
        Column::text("File").hint("The best file; others fill its gaps"),
    ]
}

fn table(ui: &mut Ui, ctx: &PanelContext<'_>, library: &Library) {
    let columns = columns();
    let today = new_york_date(ctx.real_valuation().market.as_of);
    let aged = |day: jiff::civil::Date| {
        let age = format::days_between(day, today).max(0);
        let tone = if age > GRACE_DAYS {
            Tone::Warn
        } else {
            Tone::Faint
        };
        Cell::num(format!("{age} d"))
            .tone(tone)
            .sort(f64::from(age))
    };
    let mut rows = Vec::new();
    let futures = library.futures();
    if let Some((first, last)) = futures.days().first().zip(futures.days().last()) {
        let contracts = format!(
            "VX futures, {} contracts",
            format::count(futures.contracts().len())
        );
        rows.push(Row::new(vec![
            Cell::text(contracts),
            Cell::num(format::date(*first)),
            Cell::num(format::date(*last)),
            Cell::num(format::count(futures.days().len())),
            Cell::num(format::count(library.futures_provenance().gaps.len())),
            aged(*last),
            Cell::text(files(library.futures_provenance())).tone(Tone::Quiet),
        ]));
    }
    for series in library.all_series() {
        let (Some(first), Some(last)) = (series.first(), series.last()) else {
            continue;
        };
        let provenance = library.provenance(series.id());
        let gaps = provenance.map_or(0, |from| from.gaps.len());
        rows.push(
            Row::new(vec![
                Cell::text(series.id().label()),
                Cell::num(format::date(first.date)),
                Cell::num(format::date(last.date)),
                Cell::num(format::count(series.len())),
                Cell::num(format::count(gaps)),
                aged(series.published_on(last.date)),
                Cell::text(provenance.map_or_else(String::new, files)).tone(Tone::Quiet),
            ])
            .hint(provenance.map_or_else(String::new, hint)),
        );
    }
    DataTable::new("Series", &columns, &rows)
        .sortable()
        .filterable()
        .show(ui);
}

/// The best file, and how many more.
fn files(provenance: &Provenance) -> String {
    match provenance.sources.as_slice() {
        [] => String::new(),
        [one] => one.file.clone(),
        [first, more @ ..] => format!("{} and {} more", first.file, format::count(more.len())),
    }
}

/// Every file with its share, and the gaps.
fn hint(provenance: &Provenance) -> String {
    let sources = provenance.sources.iter().map(|source| {
        format!(
            "{}: {}, {} of {} rows used",
            source.file,
            source.format,
            format::count(source.used),
            format::count(source.rows)
        )
    });
    let gaps = provenance.gaps.iter().take(6).map(|gap| {
        format!(
            "Nothing between {} and {}",
            format::date(gap.after),
            format::date(gap.before)
        )
    });
    sources.chain(gaps).collect::<Vec<_>>().join("\n")
}

/// What was wrong, the grave first, with file and line; and files that were left alone.
fn complaints(ui: &mut Ui, library: &Library) {
    let t = tokens(ui);
    let skipped = library.files().iter().filter(|file| match file.outcome {
        FileOutcome::Skipped { .. } => true,
        FileOutcome::Read { .. } => false,
    });
    let skipped = skipped.count();
    let problems = library.problems();
    if problems.is_empty() && skipped == 0 {
        return;
    }
    ui.add_space(4.0);
    let words = format!(
        "{} notes and problems, {} files left alone",
        format::count(problems.len()),
        format::count(skipped)
    );
    egui::CollapsingHeader::new(fonts::caption(words).color(t.tx2))
        .id_salt("library complaints")
        .show(ui, |ui| {
            for problem in problems.iter().take(MOST) {
                let ink = match problem.severity {
                    Severity::Note => t.tx3,
                    Severity::Question => t.warn,
                    Severity::Problem => t.dn,
                };
                ui.label(fonts::caption(problem.to_string()).color(ink));
            }
            if problems.len() > MOST {
                let more = format!("and {} more", format::count(problems.len() - MOST));
                ui.label(fonts::caption(more).color(t.tx3));
            }
            for file in library.files() {
                if let FileOutcome::Skipped { why } = &file.outcome {
                    let words = format!("{}: {why}", file.name);
                    ui.label(fonts::caption(words).color(t.tx3));
                }
            }
        });
}
