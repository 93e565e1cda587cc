//! The export button of a panel's head: its picture to the clipboard or a file, its figures as CSV.

use egui::{Align, Layout, Popup, Response, Ui, vec2};

use super::{Export, FileKind};
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::panels::PanelKind;
use crate::ui::tables::{self, Form, Taking, csv_as_tabs};
use crate::ui::theme::FIELD_HEIGHT;
use crate::ui::widgets::{bare, divider};
use crate::ui::{Action, Actions};

/// Width of the menu, in points.
const WIDTH: f32 = 192.0;
/// What the only figures of a panel are called.
const UNNAMED: &str = "data";

/// Figures that a panel offers.
#[derive(Clone, Copy)]
pub struct DataSet<'a> {
    /// What they are, in a menu: `data`, `crash table`.
    pub name: &'a str,
    /// Name of their file, without an ending.
    pub file: &'a str,
    /// Makes the text.
    pub csv: &'a dyn Fn() -> String,
    /// What they are among the tables of their panel, where the name does not say it.
    title: Option<&'a str>,
}

impl<'a> DataSet<'a> {
    /// The figures of a panel that has one set of them.
    pub fn new(file: &'a str, csv: &'a dyn Fn() -> String) -> Self {
        Self {
            name: UNNAMED,
            file,
            csv,
            title: None,
        }
    }

    /// With a name among the tables of its panel.
    pub const fn titled(mut self, title: &'a str) -> Self {
        self.title = Some(title);
        self
    }

    /// Under a name of its own.
    pub const fn named(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    /// What it is called among the tables of its panel, which has only that one of rounded figures otherwise.
    fn title(&self) -> String {
        let name = match self.title {
            Some(title) => title.to_owned(),
            None if self.name == UNNAMED => self.file.replace('-', " "),
            None => self.name.to_owned(),
        };
        format!("{name}, every digit")
    }

    fn text(&self, form: Form) -> String {
        match form {
            Form::Tabs => csv_as_tabs(&(self.csv)()),
            Form::Csv => (self.csv)(),
        }
    }
}

/// The button with its menu; `panel` is `None` where there is no picture.
pub fn export_button(
    ui: &mut Ui,
    panel: Option<PanelKind>,
    sets: &[DataSet<'_>],
    actions: &mut Actions,
) -> Response {
    for set in sets {
        tables::offer(ui.ctx(), &set.title(), None, &|form| set.text(form));
    }
    let hint = if panel.is_some() {
        "The panel as a picture, or its figures as CSV"
    } else {
        "The figures as CSV"
    };
    let button = icon_button_hinted(ui, Icon::Export, "Export", hint);
    Popup::menu(&button).gap(2.0).show(|ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 0.0;
        if let Some(panel) = panel {
            picture_entries(ui, panel, actions);
            if !sets.is_empty() {
                divider(ui);
            }
        }
        for set in sets {
            data_entries(ui, set, actions);
        }
    });
    button
}

/// A row of a menu for a table: a click on its words copies it, the button at the right edge saves it. Closes the
/// menu when either is chosen.
pub fn taking_row(ui: &mut Ui, name: &str) -> Option<Taking> {
    let mut chosen = None;
    let size = vec2(ui.available_width(), FIELD_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let (save, copy) = (Taking::SaveCsv, Taking::Copy);
        if icon_button_hinted(ui, Icon::Save, &save.of(name), save.meaning()).clicked() {
            chosen = Some(save);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let words = bare(ui, &copy.of(name)).on_hover_text(copy.meaning());
            if words.clicked() {
                chosen = Some(copy);
            }
        });
    });
    if chosen.is_some() {
        ui.close();
    }
    chosen
}

fn entry(ui: &mut Ui, words: &str, meaning: &str) -> bool {
    let is_chosen = bare(ui, words).on_hover_text(meaning).clicked();
    if is_chosen {
        ui.close();
    }
    is_chosen
}

fn picture_entries(ui: &mut Ui, panel: PanelKind, actions: &mut Actions) {
    let meaning = "With its date and its VIX assumption, twice as fine as the screen";
    if entry(ui, "Copy picture", meaning) {
        actions.push(Action::Export(Export::CopyPicture(panel)));
    }
    if entry(ui, "Save as PNG…", meaning) {
        actions.push(Action::Export(Export::SavePicture(panel, FileKind::Png)));
    }
    let meaning = "As shapes and text, for print and for editing";
    if entry(ui, "Save as SVG…", meaning) {
        actions.push(Action::Export(Export::SavePicture(panel, FileKind::Svg)));
    }
}

fn data_entries(ui: &mut Ui, set: &DataSet<'_>, actions: &mut Actions) {
    let meaning = "Comma-separated, with units in the heads and every digit";
    if entry(ui, &format!("Copy {} as CSV", set.name), meaning) {
        tables::take(ui.ctx(), &set.title(), Taking::CopyCsv, &|form| {
            set.text(form)
        });
    }
    if entry(ui, &format!("Save {} as CSV…", set.name), meaning) {
        actions.push(Action::Export(Export::SaveCsv {
            name: set.file.to_owned(),
            text: (set.csv)(),
        }));
    }
}
