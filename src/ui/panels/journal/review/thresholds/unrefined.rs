//! The numbers that cannot be refined, each with its reason in a line.

use egui::Ui;

use crate::journal::unrefined as all_unrefined;
use crate::ui::made_once::made_once;
use crate::ui::theme::{GAP, Tone};
use crate::ui::widgets::{Cell, Column, DataTable, Row, bare};
use crate::ui::{PanelContext, format};

/// Shows them once they are asked for.
pub(super) fn unrefined(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let id = ui.make_persistent_id("numbers not refined");
    let key = super::numbers(ctx);
    let all = made_once(ui, id.with("rows"), key, || all_unrefined(ctx.pack));
    let count: usize = all.iter().map(|it| it.paths.len()).sum();
    let mut is_open: bool = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let verb = if is_open { "Hide" } else { "Show" };
    let words = format!(
        "{verb} the {} numbers that cannot be refined",
        format::count(count)
    );
    let toggle = bare(ui, &words).on_hover_text("With the reason of each");
    if toggle.clicked() {
        is_open = !is_open;
        ui.data_mut(|data| data.insert_temp(id, is_open));
    }
    if !is_open {
        return;
    }
    let columns = [
        Column::text("Rule").compact(),
        Column::text("Numbers").hint("Paths in the rule pack"),
        Column::text("Why not").compact(),
    ];
    let rows: Vec<Row> = all
        .iter()
        .map(|it| {
            let paths = it.paths.join(", ");
            Row::new(vec![
                Cell::text(it.rule.title()),
                Cell::text(short(&it.paths)).tone(Tone::Faint),
                Cell::text(it.why.words()).tone(Tone::Quiet),
            ])
            .hint(paths)
        })
        .collect();
    ui.add_space(GAP);
    DataTable::new("Not refined", &columns, &rows)
        .filterable()
        .show(ui);
}

/// The last parts of paths, each once: every layer has a number of one name.
fn short(paths: &[String]) -> String {
    let last = |path: &String| {
        path.rsplit_once('.')
            .map_or(path.as_str(), |(_, last)| last)
            .to_owned()
    };
    let mut names: Vec<String> = Vec::new();
    for name in paths.iter().map(last) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}
