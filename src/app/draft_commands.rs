//! Which commands become drafts of a what-if.

use super::what_if::WhatIf;
use crate::document::Command;

impl WhatIf {
    /// Whether a command changes the book alone, so that it becomes a draft.
    pub fn takes(command: &Command) -> bool {
        match command {
            Command::AddPosition(_)
            | Command::ReplacePosition { .. }
            | Command::RemovePosition { .. } => true,
            Command::Batch(commands) => commands.iter().all(Self::takes),
            Command::Rename(_)
            | Command::SetSpx(_)
            | Command::SetAsOf(_)
            | Command::SetRate(_)
            | Command::SetDividend(_)
            | Command::SetVix(_)
            | Command::SetVvix(_)
            | Command::SetVxCurve(_)
            | Command::SetFuture { .. }
            | Command::SetQuote { .. }
            | Command::SetQuotes(_)
            | Command::ImportChain(_)
            | Command::ClearChain
            | Command::SetParam { .. }
            | Command::ResetParam { .. }
            | Command::ResetModel
            | Command::SetModel(_)
            | Command::SetSettings(_)
            | Command::LogPosition { .. }
            | Command::AddTrade(_)
            | Command::ReplaceTrade { .. }
            | Command::RemoveTrade { .. }
            | Command::Journal(_)
            | Command::AddNote(_)
            | Command::ReplaceNote { .. }
            | Command::RemoveNote { .. }
            | Command::AddScenario(_)
            | Command::ReplaceScenario { .. }
            | Command::RemoveScenario { .. }
            | Command::ChoosePack(_)
            | Command::UsePack(_)
            | Command::SetPackNumber { .. }
            | Command::SetPackReason { .. }
            | Command::ResetPackNumbers { .. }
            | Command::SetLayerInstrument { .. }
            | Command::EvaluateRule { .. }
            | Command::OrderClauses(_)
            | Command::RenamePack(_) => false,
        }
    }
}
