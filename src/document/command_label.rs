//! What commands are called in the undo menu.

use super::campaign::Campaign;
use super::command::Command;
use super::journal::JournalCommand;
use crate::instrument::{Leg, Position};
use crate::policy::RULES_PATH;

impl Command {
    /// What the command does to `before`, for the undo menu: “Undo {label}”.
    pub fn label(&self, before: &Campaign) -> String {
        match self {
            Self::ReplacePosition { id, position } => before
                .position(*id)
                .map_or("edit position", |old| edit_label(old, position))
                .to_owned(),
            Self::SetParam { key, .. } | Self::ResetParam { key } => {
                format!("{} {}", self.verb(), key.spec().label.to_lowercase())
            }
            Self::SetPackNumber { path, .. } | Self::SetPackReason { path, .. } => {
                format!("{} {}", self.verb(), number_name(path))
            }
            Self::ResetPackNumbers { under } => format!("{} {}", self.verb(), names(under)),
            Self::SetQuote { contract, .. } => {
                format!("{} {}", self.verb(), contract.label())
            }
            Self::LogPosition { action, .. } => {
                format!("{} {}", self.verb(), action.label().to_lowercase())
            }
            Self::Batch(commands) => self.batch_label(commands, before),
            Self::Rename(_)
            | Self::SetSpx(_)
            | Self::SetAsOf(_)
            | Self::SetRate(_)
            | Self::SetDividend(_)
            | Self::SetVix(_)
            | Self::SetVvix(_)
            | Self::SetVxCurve(_)
            | Self::SetFuture { .. }
            | Self::SetQuotes(_)
            | Self::ImportChain(_)
            | Self::ClearChain
            | Self::AddPosition(_)
            | Self::RemovePosition { .. }
            | Self::ResetModel
            | Self::SetModel(_)
            | Self::SetSettings(_)
            | Self::AddTrade(_)
            | Self::ReplaceTrade { .. }
            | Self::RemoveTrade { .. }
            | Self::Journal(_)
            | Self::AddNote(_)
            | Self::ReplaceNote { .. }
            | Self::RemoveNote { .. }
            | Self::AddScenario(_)
            | Self::ReplaceScenario { .. }
            | Self::RemoveScenario { .. }
            | Self::ChoosePack(_)
            | Self::UsePack(_)
            | Self::SetLayerInstrument { .. }
            | Self::EvaluateRule { .. }
            | Self::OrderClauses(_)
            | Self::RenamePack(_) => self.verb().to_owned(),
        }
    }

    /// What several commands do: an entry of the journal gives its name to all that is done with it.
    fn batch_label(&self, commands: &[Self], before: &Campaign) -> String {
        let entry = commands.iter().find_map(|command| {
            if let Self::Journal(JournalCommand::AddEntry(entry)) = command {
                entry.action
            } else {
                None
            }
        });
        match (commands, entry) {
            (_, Some(action)) => format!("record {}", action.label().to_lowercase()),
            ([only], None) => only.label(before),
            ([], None) => self.verb().to_owned(),
            ([first, ..], None) => {
                let same = commands.iter().all(|other| other.verb() == first.verb());
                if same { first.verb() } else { self.verb() }.to_owned()
            }
        }
    }

    /// The plain words of a command, without what it is done to.
    #[rustfmt::skip]
    fn verb(&self) -> &'static str {
        match self {
            Self::Rename(_) => "rename campaign",
            Self::SetSpx(_) => "mark SPX",
            Self::SetAsOf(_) => "change time of marks",
            Self::SetRate(_) => "change rate",
            Self::SetDividend(_) => "change dividend yield",
            Self::SetVix(_) => "mark VIX",
            Self::SetVvix(_) => "mark VVIX",
            Self::SetVxCurve(_) => "mark VIX futures",
            Self::SetFuture { .. } => "mark VIX future",
            Self::SetQuote { .. } => "mark",
            Self::SetQuotes(_) => "mark options",
            Self::ImportChain(_) => "import chain",
            Self::ClearChain => "clear chain",
            Self::AddPosition(_) => "add position",
            Self::ReplacePosition { .. } => "edit position",
            Self::RemovePosition { .. } => "remove position",
            Self::SetParam { .. } => "change",
            Self::ResetParam { .. } | Self::ResetPackNumbers { .. } => "reset",
            Self::ResetModel => "reset model",
            Self::SetModel(_) => "change model",
            Self::SetSettings(_) => "change settings",
            Self::LogPosition { .. } => "log",
            Self::AddTrade(_) => "add trade",
            Self::ReplaceTrade { .. } => "edit trade",
            Self::RemoveTrade { .. } => "remove trade",
            Self::Journal(command) => command.verb(),
            Self::AddNote(_) => "add note",
            Self::ReplaceNote { .. } => "edit note",
            Self::RemoveNote { .. } => "remove note",
            Self::AddScenario(_) => "save scenario",
            Self::ReplaceScenario { .. } => "change scenario",
            Self::RemoveScenario { .. } => "remove scenario",
            Self::ChoosePack(_) | Self::UsePack(_) => "choose rule pack",
            Self::SetPackNumber { .. } => "set",
            Self::SetPackReason { .. } => "give a reason for",
            Self::SetLayerInstrument { .. } => "change what a layer is made of",
            Self::EvaluateRule { is_on: true, .. } => "evaluate a rule",
            Self::EvaluateRule { is_on: false, .. } => "leave a rule out",
            Self::OrderClauses(_) => "change the precedence",
            Self::RenamePack(_) => "rename rule pack",
            Self::Batch(_) => "several changes",
        }
    }
}

/// Paths of the rule pack in words: the only one by its name.
fn names(paths: &[String]) -> String {
    match paths {
        [only] => number_name(only),
        [] | [_, _, ..] => "numbers of the rule pack".to_owned(),
    }
}

/// A path of the rule pack in words: `vega_band.low` is “vega band low”.
fn number_name(path: &str) -> String {
    match path {
        "" => return "rule pack".to_owned(),
        RULES_PATH => return "rules evaluated".to_owned(),
        _ => {}
    }
    let last_two: Vec<&str> = path.rsplit('.').take(2).collect();
    let words = last_two.into_iter().rev().collect::<Vec<_>>().join(" ");
    words.replace('_', " ")
}

/// The one thing that changed in a position, or “edit position” when it was more than one.
fn edit_label(old: &Position, new: &Position) -> &'static str {
    if old.legs.len() != new.legs.len() {
        return "change legs";
    }
    let legs_differ =
        |part: fn(&Leg, &Leg) -> bool| old.legs.iter().zip(&new.legs).any(|(a, b)| part(a, b));
    let strikes = legs_differ(|a, b| a.contract.strike() != b.contract.strike());
    let changes = [
        (old.name != new.name, "rename position"),
        (old.role != new.role, "change role"),
        (old.opened != new.opened, "change opening day"),
        (strikes, "move strike"),
        (
            legs_differ(|a, b| a.contract.expiry() != b.contract.expiry()),
            "change expiry",
        ),
        (
            legs_differ(|a, b| {
                (a.contract.root(), a.contract.right()) != (b.contract.root(), b.contract.right())
            }),
            "change contract",
        ),
        (
            legs_differ(|a, b| a.quantity != b.quantity),
            "change contracts",
        ),
        // Strikes bring their prices along: a price alone is a change of its own.
        (
            !strikes && legs_differ(|a, b| a.entry_price != b.entry_price),
            "change entry price",
        ),
        (legs_differ(|a, b| a.fees_usd != b.fees_usd), "change fees"),
    ];
    let mut changed = changes.iter().filter(|(differs, _)| *differs);
    match (changed.next(), changed.next()) {
        (Some((_, label)), None) => label,
        (_, _) => "edit position",
    }
}
