//! The sheet behind `?`: every shortcut, and what pointer and keys do on plots and in fields, in groups.

use egui::{Context, Ui};
use egui_extras::{Column, TableBuilder};

use super::command::{UiCommand, shortcut_text};
use super::fonts;
use super::panels::PanelKind;
use super::theme::tokens;

/// Height of a row, in points.
const ROW: f32 = 20.0;
/// Width of the keys, in points.
const KEYS: f32 = 132.0;
/// Width of one of the two columns, in points.
pub const COLUMN: f32 = 400.0;
/// Gap between the columns, in points.
pub const GUTTER: f32 = 24.0;

/// Rows under one title: keys, and what they do.
struct Group {
    title: &'static str,
    rows: Vec<(String, String)>,
}

/// What the pointer does on a payoff handle.
const HANDLES: [(&str, &str); 8] = [
    ("Drag a handle", "Move a strike; a ghost stays behind"),
    ("Drag a wing", "Move both strikes of that spread"),
    ("Shift + drag", "Move all four strikes"),
    ("Ctrl + drag", "Mirror the move on the other wing"),
    ("Alt + drag", "Off the strike grid"),
    ("Tab", "Next handle"),
    ("← →", "Step the handle with the keyboard on it"),
    ("Esc", "Give the drag up"),
];

/// What pointer and keys do on every plot.
const PLOTS: [(&str, &str); 6] = [
    ("Drag the plot", "Pan"),
    ("Drag an axis", "Stretch it"),
    ("Wheel", "Zoom about the pointer"),
    ("Double-click", "Fit the plot to the book"),
    ("Drag the point", "On the joint map: assume that market"),
    ("← → ↑ ↓", "Step the joint map's point or its day"),
];

/// What the keys do in fields, lists and windows.
const FIELDS: [(&str, &str); 7] = [
    ("Enter", "Keep what was typed"),
    ("Tab", "Keep it and go on"),
    ("Esc", "Take it back; close a menu or a window"),
    ("↑ ↓", "Step the number"),
    ("Shift + ↑ ↓", "In coarse steps"),
    ("Alt + ↑ ↓", "In fine steps"),
    ("← →", "Next choice of a switch"),
];

/// Draws the sheet in two columns.
pub fn shortcut_sheet(ui: &mut Ui) {
    let (left, right) = columns(ui.ctx());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GUTTER;
        for (salt, groups) in [("left", left), ("right", right)] {
            ui.vertical(|ui| {
                ui.set_width(COLUMN);
                ui.push_id(salt, |ui| table(ui, &groups));
            });
        }
    });
}

fn columns(ctx: &Context) -> (Vec<Group>, Vec<Group>) {
    let fixed = |title, rows: &[(&str, &str)]| Group {
        title,
        rows: rows
            .iter()
            .map(|(keys, meaning)| ((*keys).to_owned(), (*meaning).to_owned()))
            .collect(),
    };
    let left = vec![commands(ctx), fixed("In fields and lists", &FIELDS)];
    let right = vec![
        fixed("Strikes on the payoff", &HANDLES),
        fixed("On plots", &PLOTS),
        panels(ctx),
    ];
    (left, right)
}

fn commands(ctx: &Context) -> Group {
    let rows = UiCommand::ALL
        .into_iter()
        .filter_map(|command| {
            let keys = [command.shortcut(), command.second_shortcut()];
            let keys: Vec<String> = keys
                .iter()
                .flatten()
                .map(|shortcut| shortcut_text(ctx, shortcut))
                .collect();
            (!keys.is_empty()).then(|| (keys.join(", "), command.label().to_owned()))
        })
        .collect();
    Group {
        title: "Commands",
        rows,
    }
}

/// The panels with a shortcut.
fn panels(ctx: &Context) -> Group {
    let rows = PanelKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let keys = shortcut_text(ctx, &kind.shortcut()?);
            Some((keys, format!("Go to {}", kind.label())))
        })
        .collect();
    Group {
        title: "Panels",
        rows,
    }
}

fn table(ui: &mut Ui, groups: &[Group]) {
    let t = tokens(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    TableBuilder::new(ui)
        .vscroll(false)
        .column(Column::exact(KEYS))
        .column(Column::remainder().clip(true))
        .body(|mut body| {
            for group in groups {
                body.row(ROW + 8.0, |mut row| {
                    row.col(|ui| {
                        ui.add_space(8.0);
                        ui.add(
                            egui::Label::new(fonts::caption_strong(group.title).color(t.tx3))
                                .extend(),
                        );
                    });
                    row.col(|_| {});
                });
                for (keys, meaning) in &group.rows {
                    body.row(ROW, |mut row| {
                        row.col(|ui| {
                            ui.label(fonts::num(keys).color(t.tx));
                        });
                        row.col(|ui| {
                            ui.label(fonts::body(meaning).color(t.tx2));
                        });
                    });
                }
            }
        });
}
