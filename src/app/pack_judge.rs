//! What a pack's numbers mean: set against the own book and a reference condor, and looked over by the linter,
//! on a thread of its own.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::report::Report;
use super::session::Session;
use crate::document::journal::DecisionRecord;
use crate::document::{Account, Campaign};
use crate::fact::{AssumedMarks, BookInputs, Derived, FactInputs, Facts};
use crate::rule::{
    Lint, LintGrid, OwnBook, Reading, ReferenceHedge, lint, lint_journal, lint_pack,
    reference_facts,
};
use crate::ui::PackJudged;
use crate::valuation::{MarketCache, Valuation};

/// What a judgement was made of.
#[derive(Clone, Debug)]
struct Key {
    campaign: Arc<Campaign>,
    history: Option<Arc<Derived>>,
    account: Account,
}

impl Key {
    fn of(session: &Session, history: Option<&Arc<Derived>>) -> Self {
        Self {
            campaign: Arc::clone(session.history().current()),
            history: history.cloned(),
            account: session.account.clone(),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let same_history = match (&self.history, &other.history) {
            (Some(held), Some(now)) => Arc::ptr_eq(held, now),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        Arc::ptr_eq(&self.campaign, &other.campaign)
            && same_history
            && self.account == other.account
    }
}

/// A judgement with what it was made of.
#[derive(Debug)]
struct Done {
    key: Key,
    /// `None` when its thread ended without a word; it is not begun again by itself.
    judged: Option<PackJudged>,
}

/// Said of a judgement whose thread ended without a word.
const LOST: &str =
    "The pack was not judged, by a fault of the program; it is judged again when anything changes";

/// The judgement at hand and the one under way.
#[derive(Debug)]
pub(super) struct PackJudge {
    sender: Sender<Done>,
    receiver: Receiver<Done>,
    is_busy: bool,
    done: Option<Done>,
}

impl Default for PackJudge {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            is_busy: false,
            done: None,
        }
    }
}

impl PackJudge {
    /// Takes over what came back.
    pub(super) fn collect(&mut self) {
        if let Some(done) = self.receiver.try_iter().last() {
            self.is_busy = false;
            self.done = Some(done);
        }
    }

    /// The last judgement; of the numbers as they were when it was made.
    pub(super) fn judged(&self) -> Option<&PackJudged> {
        self.done.as_ref()?.judged.as_ref()
    }

    /// Why there is no judgement.
    pub(super) fn trouble(&self) -> Option<&'static str> {
        let is_lost = self.done.as_ref().is_some_and(|done| done.judged.is_none());
        is_lost.then_some(LOST)
    }

    /// Whether nothing is to be done: judged as things are, under way, or in the middle of a gesture.
    pub(super) fn is_current(&self, session: &Session, history: Option<&Arc<Derived>>) -> bool {
        let key = Key::of(session, history);
        let done = self.done.as_ref();
        self.is_busy || session.before.is_some() || done.is_some_and(|done| done.key.is_same(&key))
    }

    /// Judges anew when anything that counts has changed; one at a time, and not in the middle of a gesture.
    pub(super) fn judge(
        &mut self,
        session: &Session,
        history: Option<&Arc<Derived>>,
        wake: impl Fn() + Send + 'static,
    ) {
        if self.is_current(session, history) {
            return;
        }
        let key = Key::of(session, history);
        let valuation = session.derived().valuation.clone();
        let if_lost = Done {
            key: key.clone(),
            judged: None,
        };
        let report = Report::new(self.sender.clone(), wake, if_lost);
        let started = std::thread::Builder::new()
            .name("palisade-pack".to_owned())
            .spawn(move || {
                let judged = Some(judged(&key, &valuation));
                report.send(Done { key, judged });
            });
        match started {
            Ok(_) => self.is_busy = true,
            Err(error) => tracing::error!("no thread for the rule pack: {error}"),
        }
    }
}

fn judged(key: &Key, valuation: &Valuation) -> PackJudged {
    let campaign = key.campaign.as_ref();
    let pack = campaign.rule_pack();
    let history = key.history.as_deref();
    let assumed = AssumedMarks::default();
    let book = BookInputs {
        campaign,
        valuation,
        account: &key.account,
        assumed,
    };
    let own = OwnBook {
        campaign,
        market: &valuation.market,
        account: &key.account,
        assumed,
    };
    let mut cache = MarketCache::default();
    let reference = reference_facts(own, pack, ReferenceHedge::Layered, history, &mut cache);
    let mut lints: Vec<Lint> = match LintGrid::of(campaign, &valuation.market, pack) {
        Ok(grid) => lint(pack, Reading::from(&campaign.settings), &grid),
        // without a reference condor the numbers alone can still be looked at
        Err(_no_condor) => lint_pack(pack),
    };
    let entries = campaign.journal.entries.iter();
    let records: Vec<&DecisionRecord> = entries
        .filter_map(|entry| entry.decision.as_deref())
        .collect();
    lints.extend(lint_journal(pack, &records));
    PackJudged {
        own: Facts::gather(&FactInputs::of_book(book, history)),
        reference: reference.map_err(|error| error.to_string()),
        lints,
    }
}
