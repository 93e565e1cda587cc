//! The form of what the trader says of the campaign as a whole: setup, tags, own fields, pictures.

use egui::Ui;
use jiff::civil::Date;

use super::draft::{Field, Refusal, error_of};
use crate::document::Command;
use crate::document::journal::{
    CustomField, CustomValue, Details, JournalCommand, MAX_CUSTOM_FIELDS, Picture,
};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{PickerRow, TextField, bare, picker, primary, secondary};
use crate::ui::{Actions, PanelContext, fonts, format};

/// What an own field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Flag,
    Day,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Text, Self::Number, Self::Flag, Self::Day];

    fn label(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Number => "Number",
            Self::Flag => "Yes or no",
            Self::Day => "Day",
        }
    }

    /// What is typed into the field.
    fn hint(self) -> &'static str {
        match self {
            Self::Text => "Words",
            Self::Number => "12.5",
            Self::Flag => "yes or no",
            Self::Day => "2027-01-08",
        }
    }
}

/// An own field being written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Own {
    name: String,
    kind: Kind,
    text: String,
}

/// Details being written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DetailsDraft {
    setup: String,
    tags: String,
    own: Vec<Own>,
    pictures: Vec<Picture>,
    refusal: Option<Refusal>,
}

impl DetailsDraft {
    /// As the campaign has them.
    pub(super) fn new(ctx: &PanelContext<'_>) -> Self {
        let details = &ctx.campaign.journal.details;
        let own = |field: &CustomField| {
            let (kind, text) = match &field.value {
                CustomValue::Text(text) => (Kind::Text, text.clone()),
                CustomValue::Number(number) => (Kind::Number, format::trimmed(*number, 6)),
                CustomValue::Flag(flag) => {
                    (Kind::Flag, if *flag { "yes" } else { "no" }.to_owned())
                }
                CustomValue::Day(day) => (Kind::Day, day.to_string()),
            };
            Own {
                name: field.name.clone(),
                kind,
                text,
            }
        };
        Self {
            setup: details.setup.clone(),
            tags: details.tags.join(", "),
            own: details.custom.iter().map(own).collect(),
            pictures: details.pictures.clone(),
            refusal: None,
        }
    }

    fn read(&self) -> Result<Details, Refusal> {
        let mut custom: Vec<CustomField> = Vec::new();
        for own in &self.own {
            let name = own.name.trim();
            if name.is_empty() || custom.iter().any(|known| known.name == name) {
                return Err(Refusal::whole(
                    Field::Text,
                    "every field has a name of its own",
                ));
            }
            custom.push(CustomField {
                name: name.to_owned(),
                value: value(own)
                    .map_err(|why| Refusal::whole(Field::Text, format!("{name}: {why}")))?,
            });
        }
        if self
            .pictures
            .iter()
            .any(|picture| picture.path.trim().is_empty())
        {
            return Err(Refusal::whole(Field::Text, "every picture has a path"));
        }
        let tags = self.tags.split(',').map(|tag| tag.trim().to_owned());
        Ok(Details {
            setup: self.setup.trim().to_owned(),
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
            custom,
            pictures: self.pictures.clone(),
        })
    }
}

fn value(own: &Own) -> Result<CustomValue, String> {
    let text = own.text.trim();
    match own.kind {
        Kind::Text => Ok(CustomValue::Text(text.to_owned())),
        Kind::Number => format::parse_number(text)
            .map(CustomValue::Number)
            .map_err(|why| why.to_string()),
        Kind::Flag if ["yes", "y"].contains(&text.to_lowercase().as_str()) => {
            Ok(CustomValue::Flag(true))
        }
        Kind::Flag if ["no", "n"].contains(&text.to_lowercase().as_str()) => {
            Ok(CustomValue::Flag(false))
        }
        Kind::Flag => Err(format!("found {text:?}, expected yes or no")),
        Kind::Day => text
            .parse::<Date>()
            .map(CustomValue::Day)
            .map_err(|_why| format!("found {text:?}, expected a day such as 2027-01-08")),
    }
}

/// Shows the form; `true` when it is done.
pub(super) fn details_form(ui: &mut Ui, draft: &mut DetailsDraft, actions: &mut Actions) -> bool {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let room = ui.available_width() - GAP;
        TextField::new(&mut draft.setup, "Setup")
            .hint("Setup, such as “45-day, 16-delta”")
            .width(room * 0.5)
            .show(ui);
        TextField::new(&mut draft.tags, "Tags")
            .hint("Tags, separated by commas")
            .width(room * 0.5)
            .show(ui);
    });
    own_fields(ui, draft);
    pictures(ui, draft);
    let error = error_of(draft.refusal.as_ref(), Field::Text);
    if let Some(error) = error {
        ui.label(fonts::caption(&error.message).color(tokens(ui).dn));
    }
    let mut is_done = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add_enabled_ui(draft.own.len() < MAX_CUSTOM_FIELDS, |ui| {
            let add = secondary(ui, "Add field")
                .on_hover_text("A field of your own: a name and a value")
                .on_disabled_hover_text("A campaign has at most ten fields of your own");
            if add.clicked() {
                draft.own.push(Own {
                    name: String::new(),
                    kind: Kind::Text,
                    text: String::new(),
                });
            }
        });
        let add = secondary(ui, "Add picture");
        if add
            .on_hover_text("A picture on your disk; the campaign keeps its path alone")
            .clicked()
        {
            draft.pictures.push(Picture {
                path: String::new(),
                caption: String::new(),
            });
        }
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(layout, |ui| {
            is_done |= bare(ui, "Cancel").clicked();
            if primary(ui, "Save details").clicked() {
                match draft.read() {
                    Ok(details) => {
                        actions.edit(Command::Journal(JournalCommand::SetDetails(details)));
                        is_done = true;
                    }
                    Err(refusal) => draft.refusal = Some(refusal),
                }
            }
        });
    });
    is_done
}

fn own_fields(ui: &mut Ui, draft: &mut DetailsDraft) {
    let mut gone = None;
    for (index, own) in draft.own.iter_mut().enumerate() {
        let number = index + 1;
        ui.push_id(("own", index), |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                TextField::new(&mut own.name, &format!("Name of field {number}"))
                    .hint("Name")
                    .width(144.0)
                    .show(ui);
                let rows = Kind::ALL.map(|kind| PickerRow::new(kind.label()));
                let now = Kind::ALL.iter().position(|kind| *kind == own.kind);
                let label = format!("Kind of field {number}");
                let picked = picker(ui, &label, now, &rows, 96.0);
                if let Some(kind) = picked.and_then(|index| Kind::ALL.get(index)) {
                    own.kind = *kind;
                }
                TextField::new(&mut own.text, &format!("Value of field {number}"))
                    .hint(own.kind.hint())
                    .width((ui.available_width() - 32.0).max(80.0))
                    .show(ui);
                if icon_button(ui, Icon::Close, &format!("Remove field {number}")).clicked() {
                    gone = Some(index);
                }
            });
        });
    }
    if let Some(index) = gone {
        draft.own.remove(index);
    }
}

fn pictures(ui: &mut Ui, draft: &mut DetailsDraft) {
    let mut gone = None;
    for (index, picture) in draft.pictures.iter_mut().enumerate() {
        let number = index + 1;
        ui.push_id(("picture", index), |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                let room = ui.available_width() - 32.0 - GAP;
                TextField::new(&mut picture.path, &format!("Path of picture {number}"))
                    .hint("Path, absolute or from the campaign's folder")
                    .width((room * 0.5).max(80.0))
                    .show(ui);
                TextField::new(
                    &mut picture.caption,
                    &format!("Caption of picture {number}"),
                )
                .hint("What it shows")
                .width((room * 0.5).max(80.0))
                .show(ui);
                if icon_button(ui, Icon::Close, &format!("Remove picture {number}")).clicked() {
                    gone = Some(index);
                }
            });
        });
    }
    if let Some(index) = gone {
        draft.pictures.remove(index);
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Own, value};
    use crate::document::journal::CustomValue;

    #[test]
    fn a_value_is_read_by_its_kind() {
        let read = |kind, text: &str| {
            value(&Own {
                name: "x".to_owned(),
                kind,
                text: text.to_owned(),
            })
        };
        assert_eq!(read(Kind::Number, " 12.5 "), Ok(CustomValue::Number(12.5)));
        assert_eq!(read(Kind::Flag, "Yes"), Ok(CustomValue::Flag(true)));
        assert!(read(Kind::Flag, "perhaps").is_err_and(|why| why.contains("perhaps")));
        let day = jiff::civil::date(2027, 1, 8);
        assert_eq!(read(Kind::Day, "2027-01-08"), Ok(CustomValue::Day(day)));
        assert!(read(Kind::Day, "soon").is_err());
    }
}
