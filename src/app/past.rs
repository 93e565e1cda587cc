//! The desk as it was: a campaign at a past instant, valued and judged like any other, and never changed.
//!
//! The past has a session of its own, without a file: everything that follows from a campaign follows from this one by
//! the same ways. Facts know nothing of after its marks, since they are gathered for their instant.

use std::sync::Arc;

use egui::Context;

use super::advice::AdviceDesk;
use super::desk::Desk;
use super::session::Session;
use crate::document::Campaign;
use crate::journal::{Ledger, PastMoment, as_decided, as_it_was, decision_of, past_moments};
use crate::ui::export::Export;
use crate::ui::widgets::ToastKind;
use crate::ui::{
    Action, AdviceEdit, JournalEdit, PackEdit, PastFace, PastView, UiCommand, Workspace,
};

/// A past moment that the desk shows.
#[derive(Debug)]
pub(super) struct Past {
    /// The campaign that it is the past of; another one ends it.
    of: Arc<Campaign>,
    moment: PastMoment,
    moments: Vec<PastMoment>,
    decided: Vec<usize>,
    /// What is shown of a moment with a decision; kept from moment to moment.
    face: PastFace,
    /// The campaign as it was.
    pub(super) session: Session,
    /// What the rules say of it.
    pub(super) advice: AdviceDesk,
}

impl Past {
    /// The past of a campaign at a moment; `None` when no marks are kept.
    fn of(
        campaign: &Arc<Campaign>,
        (moment, face): (PastMoment, PastFace),
        (workspace, advice): (&Workspace, AdviceDesk),
    ) -> Option<Self> {
        let ledger = Ledger::of(campaign);
        let is_before = face != PastFace::After;
        let moment = moment.of(campaign);
        let entry = decision_of(campaign, moment).filter(|_| is_before);
        let decided = entry.and_then(|entry| as_decided(campaign, entry));
        let was = decided.or_else(|| as_it_was(campaign, &ledger, moment))?;
        let moments = past_moments(campaign, &ledger);
        let has_record = |place: &usize| moments[*place].entry.is_some();
        Some(Self {
            of: Arc::clone(campaign),
            moment,
            decided: (0..moments.len()).filter(has_record).collect(),
            moments,
            face,
            session: Session::unsaved(None, was, true, workspace),
            advice,
        })
    }

    /// What panels see of it.
    pub(super) fn view(&self) -> PastView<'_> {
        PastView {
            moment: self.moment,
            moments: &self.moments,
            decided: &self.decided,
            entry: decision_of(&self.of, self.moment),
            face: self.face,
        }
    }
}

impl Desk {
    /// Shows the desk as it was at a moment, or as it is now.
    pub(super) fn show_past(&mut self, moment: Option<PastMoment>) {
        let Some(moment) = moment else {
            self.past = None;
            return;
        };
        if self.session.is_what_if() {
            let words = "A what-if is about now: leave it first";
            return self.say(ToastKind::Info, words);
        }
        self.session.end_gesture();
        let face = self.past.as_ref().map(|past| past.face);
        self.open_past(moment, face.unwrap_or_default());
    }

    /// Shows another side of the past moment.
    pub(super) fn show_face(&mut self, face: PastFace) {
        let Some(past) = &mut self.past else {
            return;
        };
        let is_same_book = (past.face == PastFace::After) == (face == PastFace::After);
        if is_same_book {
            past.face = face;
        } else {
            let moment = past.moment;
            self.open_past(moment, face);
        }
    }

    fn open_past(&mut self, moment: PastMoment, face: PastFace) {
        // One place of advice for all moments: a comparison of the last moment stops when this one is followed.
        let advice = self
            .past
            .take()
            .map_or_else(AdviceDesk::default, |past| past.advice);
        let campaign = self.session.history().current();
        let past = Past::of(campaign, (moment, face), (&self.workspace, advice));
        if past.is_none() {
            let words = "No marks are kept: “Keep marks” in the journal keeps those of a day";
            self.say(ToastKind::Info, words);
        }
        self.past = past.map(Box::new);
    }

    /// Brings the past moment up to what is asked of it; it ends when another campaign, or another state of this one,
    /// is in the window.
    pub(super) fn follow_past(&mut self, ctx: &Context) {
        let now = self.session.history().current();
        let is_current = |past: &Past| Arc::ptr_eq(&past.of, now);
        self.past = self.past.take().filter(|past| is_current(past));
        let Some(past) = &mut self.past else {
            return;
        };
        past.session.account = self.session.account.clone();
        // What came after the past instant is left out where a fact is made of them.
        past.session
            .journal_facts
            .clone_from(&self.session.journal_facts);
        past.session.refresh(&self.workspace);
        let waker = ctx.clone();
        let history = self.library.prepared().cloned();
        past.advice
            .follow(&past.session, history.as_ref(), move || {
                waker.request_repaint();
            });
    }

    /// Of what was asked for, that which a past moment allows. Commands are about now and lead back there first.
    pub(super) fn allowed(&mut self, actions: Vec<Action>) -> Vec<Action> {
        if self.past.is_none() {
            return actions;
        }
        let mut allowed = Vec::with_capacity(actions.len());
        let mut is_refused = false;
        for action in actions {
            match of_past(&action) {
                OfPast::Allowed => allowed.push(action),
                OfPast::LeadsBack => {
                    self.past = None;
                    allowed.push(action);
                }
                OfPast::Refused => is_refused = true,
                OfPast::Unheard => {}
            }
        }
        if is_refused {
            let words = "This is how the desk was: go back to now to change something";
            self.say(ToastKind::Info, words);
        }
        allowed
    }

    /// Looks at a choice of the past moment.
    pub(super) fn look_at_past(&mut self, edit: &AdviceEdit) -> bool {
        let Some(past) = &mut self.past else {
            return false;
        };
        match edit {
            AdviceEdit::Preview(place) => past.advice.look_at(*place),
            AdviceEdit::Cancel => past.advice.cancel(),
            AdviceEdit::Compare => past.advice.compare_again(),
            AdviceEdit::Apply(_) | AdviceEdit::AsWhatIf(_) => {}
        }
        true
    }
}

/// What becomes of a request while a past moment is shown.
enum OfPast {
    /// It is about how things are looked at.
    Allowed,
    /// It is about now.
    LeadsBack,
    /// It would change what was.
    Refused,
    /// A part of a gesture, or what is asked each frame: nothing is done and nothing said.
    Unheard,
}

fn of_past(action: &Action) -> OfPast {
    match action {
        Action::Workspace(_)
        | Action::Focus(_)
        | Action::Layout(_)
        | Action::Reach(_)
        | Action::Define(_)
        | Action::Notify(_)
        | Action::Table(_)
        | Action::Export(
            Export::CopyPicture(_)
            | Export::SavePicture(..)
            | Export::SaveCsv { .. }
            | Export::Journal(..)
            | Export::Campaigns(_),
        )
        | Action::Journal(JournalEdit::Past(_) | JournalEdit::Face(_) | JournalEdit::Reload)
        | Action::Advice(AdviceEdit::Preview(_) | AdviceEdit::Cancel | AdviceEdit::Compare) => {
            OfPast::Allowed
        }
        Action::Run(command) if is_view(*command) => OfPast::Allowed,
        Action::Run(_)
        | Action::OpenPath(_)
        | Action::SavePath(_)
        | Action::Library(_)
        | Action::Journal(JournalEdit::Open(_) | JournalEdit::Import(_)) => OfPast::LeadsBack,
        Action::Edit(_)
        | Action::SetEquity(_)
        | Action::WhatIf(_)
        | Action::Pack(PackEdit::Use(_) | PackEdit::Delete(_))
        | Action::Advice(AdviceEdit::Apply(_) | AdviceEdit::AsWhatIf(_))
        // told once, at the end of a gesture
        | Action::EndDrag
        | Action::Journal(
            JournalEdit::Hold(_) | JournalEdit::KeepMarks | JournalEdit::AddHistoryDays,
        ) => OfPast::Refused,
        Action::Drag(_) | Action::CancelDrag | Action::Pack(PackEdit::Judge) => OfPast::Unheard,
    }
}

/// Whether a command is about how the desk looks, whatever it shows.
fn is_view(command: UiCommand) -> bool {
    matches!(
        command,
        UiCommand::ToggleTheme
            | UiCommand::ScaleUp
            | UiCommand::ScaleDown
            | UiCommand::ScaleReset
            | UiCommand::Layouts
            | UiCommand::ResetLayout
            | UiCommand::GatherWindows
            | UiCommand::Shortcuts
            | UiCommand::About
            | UiCommand::Palette
            | UiCommand::CopyTable
            | UiCommand::SaveTable
            | UiCommand::Glossary
            | UiCommand::NextPanel
            | UiCommand::PreviousPanel
            | UiCommand::Quit
    )
}
