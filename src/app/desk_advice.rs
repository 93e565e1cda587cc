//! Carries out what is asked of the choices: preview, what-if, trade.

use egui::Context;

use super::desk::Desk;
use crate::decision::Choice;
use crate::document::Command;
use crate::ui::widgets::{Toast, ToastKind};
use crate::ui::{AdviceEdit, ChoicePlace, UiCommand, WhatIfEdit};

impl Desk {
    /// Brings rules and choices up to what is shown.
    pub(super) fn follow_advice(&mut self, ctx: &Context) {
        let waker = ctx.clone();
        let history = self.library.prepared().cloned();
        let kept = &mut self.workspace.standings;
        self.advice.standing.follow(&self.session, kept);
        self.advice
            .follow(&self.session, history.as_ref(), move || {
                waker.request_repaint();
            });
        self.advice.standing.keep(kept);
        if self.advice.view().progress.is_some() {
            ctx.request_repaint_after(std::time::Duration::from_millis(50));
        }
    }

    pub(super) fn change_advice(&mut self, edit: AdviceEdit) {
        match edit {
            AdviceEdit::Preview(place) => self.advice.look_at(place),
            AdviceEdit::Cancel => self.advice.cancel(),
            AdviceEdit::Compare => self.advice.compare_again(),
            AdviceEdit::Apply(place) => self.take_choice(place),
            AdviceEdit::AsWhatIf(place) => self.draft_choice(place),
        }
    }

    /// The choice, if it is one of the book as held.
    fn choice(&mut self, place: ChoicePlace) -> Option<Choice> {
        let history = self.library.prepared();
        if !self.advice.is_current(&self.session, history) {
            let words = "The book has changed since; the choices are being compared again";
            self.say(ToastKind::Info, words);
            return None;
        }
        let decision = self.advice.decision()?;
        place.of(decision).cloned()
    }

    fn take_choice(&mut self, place: ChoicePlace) {
        let Some(choice) = self.choice(place) else {
            return;
        };
        let name = choice.candidate.name.clone();
        let verdict = self
            .advice
            .view()
            .verdict
            .map(|verdict| verdict.sentence.clone());
        let reason = verdict.map_or_else(
            || name.clone(),
            |sentence| format!("{name}. Verdict: {sentence}"),
        );
        let Some(commands) = self.commands_of(place, &choice, &reason) else {
            return;
        };
        match self.session.edit(Command::Batch(commands)) {
            Ok(()) => {
                let words = format!(
                    "{name}: {} trades in the book and the journal",
                    choice.candidate.trades.len()
                );
                self.toasts
                    .push(Toast::new(ToastKind::Success, words).action("Undo", UiCommand::Undo));
            }
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
    }

    /// The commands that take a choice, with all that was weighed where that is of the book as held.
    fn commands_of(
        &mut self,
        place: ChoicePlace,
        choice: &Choice,
        reason: &str,
    ) -> Option<Vec<Command>> {
        let campaign = self.session.history().current().clone();
        let Some(weighed) = self.advice.weighed(&campaign) else {
            return Some(choice.candidate.commands(&campaign, reason, None));
        };
        let taken = weighed.decision.map(|decision| place.number(decision));
        match weighed.take(&choice.candidate, taken, reason) {
            Ok(commands) => Some(commands),
            Err(error) => {
                self.say(ToastKind::Error, error.to_string());
                None
            }
        }
    }

    fn draft_choice(&mut self, place: ChoicePlace) {
        let Some(choice) = self.choice(place) else {
            return;
        };
        let commands = choice.candidate.commands(self.session.campaign(), "", None);
        let drafts: Vec<Command> = commands
            .into_iter()
            .filter(|command| !matches!(command, Command::AddTrade(_)))
            .collect();
        let entered = self.session.change_what_if(WhatIfEdit::Enter);
        let done = entered.and_then(|()| self.session.edit(Command::Batch(drafts)));
        match done {
            Ok(()) => self.say(
                ToastKind::Info,
                format!("Drafted: {}", choice.candidate.name),
            ),
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
    }
}
