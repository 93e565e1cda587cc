//! The line that turns `-10 SPX 15JAN27 6000/6050/6950/7000 IC @ 6.40` into a position.

use egui::Ui;

use super::changes::Draft;
use super::editing::Editing;
use super::parts::{recall, remember};
use crate::document::Command;
use crate::instrument::{
    Contract, Position, QuickEntry, Role, Root, format_quick_entry, parse_quick_entry,
};
use crate::ui::theme::ENTRY_HEIGHT;
use crate::ui::widgets::{TextError, TextField};

/// What an example looks like when the book has none.
const EXAMPLE: &str = "-10 SPX 15JAN27 6000/6050/6950/7000 IC @6.40";

/// What the line is and how it is written, for its tooltip.
const MEANING: &str = "Quick entry: quantity, root, expiry, strikes, kind, @ net price in points\n\
    -10 SPX 15JAN27 6000/6050/6950/7000 IC @ 6.40 sells ten iron condors\n\
    Kinds: C or P after one strike, PV or CV after two, IC after four\n\
    Without a price the model's marks are the entry. Enter adds the position, Esc clears the line";

/// Shows the line; Enter adds what it says and clears it.
pub(super) fn quick_entry_line(ui: &mut Ui, editing: &mut Editing<'_>) {
    let mut text: String = recall(ui, "quick entry");
    let today = editing.today();
    let parsed = (!text.trim().is_empty()).then(|| parse_quick_entry(&text, today));
    let error = match &parsed {
        Some(Err(error)) => Some(TextError {
            range: error.range(),
            message: error.to_string(),
        }),
        Some(Ok(_)) | None => None,
    };
    let hint = placeholder(editing);
    let outcome = TextField::new(&mut text, "Quick entry")
        .mono(true)
        .height(ENTRY_HEIGHT)
        .hint(&hint)
        .error(error.as_ref())
        .valid(matches!(parsed, Some(Ok(_))))
        .show(ui);
    outcome.response.clone().on_hover_text(MEANING);
    if outcome.cancelled {
        text.clear();
    }
    if outcome.submitted {
        match parsed {
            Some(Ok(entry)) => match position(&entry, editing) {
                Ok(position) => {
                    editing.push(Command::AddPosition(position));
                    text.clear();
                }
                Err(error) => editing.say(error),
            },
            // the reason stands below the line already
            Some(Err(_)) => outcome.response.request_focus(),
            None => {}
        }
    }
    remember(ui, "quick entry", text);
}

/// The position that a line means: entry at its net price spread over the model's marks.
fn position(entry: &QuickEntry, editing: &Editing<'_>) -> Result<Position, String> {
    let contracts = entry.contracts();
    let model = editing.prices(contracts.iter().map(|(contract, _)| *contract));
    let legs = entry.legs(&model).map_err(|error| error.to_string())?;
    let mut draft = Draft {
        name: "",
        role: Role::Other,
        opened: editing.today(),
    }
    .of_legs(legs);
    if draft.condor().is_some() {
        draft.role = Role::Condor;
    }
    draft.name = name(&draft);
    Ok(draft)
}

/// A plain name for what was entered.
fn name(position: &Position) -> String {
    match position.legs.as_slice() {
        _ if position.role == Role::Condor => "Iron condor".to_owned(),
        [only] => single_name(only.contract),
        [first, _] => format!("{} vertical", first.contract.root()),
        [..] => "Reverse condor".to_owned(),
    }
}

/// `VIX 22C`, `VX Sep 26`.
pub(super) fn single_name(contract: Contract) -> String {
    match contract {
        Contract::Option { root, .. } => format!("{root} {}", contract.short_label()),
        Contract::Future { .. } => contract.short_label(),
    }
}

/// The first condor as a line, or an example; written short so that it fits the panel.
fn placeholder(editing: &Editing<'_>) -> String {
    let condor = editing
        .campaign()
        .positions
        .iter()
        .find(|position| position.condor().is_some());
    let Some(line) = condor.and_then(|position| format_quick_entry(&position.legs)) else {
        return EXAMPLE.to_owned();
    };
    let short = line.replace("@ ", "@");
    // off the monthly expiry SPX means SPXW
    let monthly = condor
        .and_then(Position::nearest_expiry)
        .is_some_and(|expiry| Root::Spx.is_expiry(expiry));
    if monthly {
        short
    } else {
        short.replacen(" SPXW ", " SPX ", 1)
    }
}
