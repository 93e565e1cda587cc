//! Rules and choices in the desk: facts, findings and verdict with every change, choices on a thread of their own.
//!
//! Facts and rules are cheap and are made anew within the frame of a change, in a drag too. The choices are
//! compared on the book as held only, once it has come to rest; a comparison under way stops when the book
//! changes, and the last one stays in sight until the next is done.

mod stopping;
mod weighed;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use self::stopping::Stopping;
use super::report::Report;
use super::session::Session;
use super::standing::StandingDesk;
use crate::decision::{
    Decision, DecisionError, DecisionInputs, DecisionParams, Verdict, VerdictChoices,
    VerdictInputs, decide,
};
use crate::document::{Account, Campaign};
use crate::fact::{AssumedMarks, BookInputs, Derived, FactInputs, Facts, SignalParams};
use crate::journal::JournalFacts;
use crate::policy::RulePack;
use crate::risk::simulation::{RunControl, SimulationError};
use crate::rule::{Findings, Reading};
use crate::ui::{AdviceView, ChoicePlace, ChoicePreview};
use crate::valuation::Valuation;

/// What a judgement follows from; while it stays, nothing is judged again.
#[derive(Clone, Debug)]
struct Stamp {
    campaign: Arc<Campaign>,
    /// Which state of the what-if, while one is on.
    what_if: Option<Arc<()>>,
    account: Account,
    history: Option<Arc<Derived>>,
    journal: Option<Arc<JournalFacts>>,
}

impl Stamp {
    fn of(session: &Session, history: Option<&Arc<Derived>>) -> Self {
        Self {
            campaign: Arc::clone(session.history().current()),
            what_if: session.what_if_stamp().cloned(),
            account: session.account.clone(),
            history: history.cloned(),
            journal: session.journal_facts.clone(),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.campaign, &other.campaign)
            && same(self.what_if.as_ref(), other.what_if.as_ref())
            && self.account == other.account
            && self.journal == other.journal
            && same(self.history.as_ref(), other.history.as_ref())
    }

    /// The same without the what-if: what the comparison of choices follows from.
    fn is_same_book(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.campaign, &other.campaign)
            && self.account == other.account
            && same(self.history.as_ref(), other.history.as_ref())
    }
}

fn same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Facts, findings and verdict of one state.
#[derive(Debug)]
struct Judged {
    stamp: Stamp,
    facts: Arc<Facts>,
    findings: Arc<Findings>,
    verdict: Verdict,
    /// Whether the verdict knew the choices of this very book.
    has_choices: bool,
}

/// Said of a comparison whose thread ended without a word.
const LOST: &str =
    "The comparison broke off by a fault of the program: compare again, or change the book";

/// A comparison under way.
#[derive(Debug)]
struct Job {
    number: u64,
    stamp: Stamp,
    control: Stopping,
}

/// What came of a comparison: `None` when its thread ended without a word.
type Outcome = (u64, Option<Result<Decision, DecisionError>>);

/// The place of rules and choices in the desk.
#[derive(Debug)]
pub(super) struct AdviceDesk {
    judged: Option<Judged>,
    /// The verdict before the gesture or the what-if.
    before: Option<Verdict>,
    pub(super) standing: StandingDesk,
    sender: Sender<Outcome>,
    receiver: Receiver<Outcome>,
    job: Option<Job>,
    jobs: u64,
    compared: Option<(Stamp, Arc<Decision>)>,
    /// The book for which a comparison was given up or failed; it is not begun again by itself.
    given_up: Option<Stamp>,
    trouble: Option<String>,
    wanted: Option<ChoicePlace>,
    preview: Option<(Stamp, ChoicePreview)>,
    is_stale: bool,
}

impl Default for AdviceDesk {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            judged: None,
            before: None,
            standing: StandingDesk::default(),
            sender,
            receiver,
            job: None,
            jobs: 0,
            compared: None,
            given_up: None,
            trouble: None,
            wanted: None,
            preview: None,
            is_stale: false,
        }
    }
}

impl AdviceDesk {
    /// Brings everything up to the state of the session; `wake` is called when a comparison is done.
    pub(super) fn follow(
        &mut self,
        session: &Session,
        history: Option<&Arc<Derived>>,
        wake: impl Fn() + Send + 'static,
    ) {
        let stamp = Stamp::of(session, history);
        self.take_outcomes();
        self.stop_if_stale(&stamp);
        self.judge(session, &stamp);
        if session.before.is_none() && !session.is_what_if() {
            self.compare_if_due(session, &stamp, wake);
        }
        self.is_stale = (self.compared.as_ref()).is_some_and(|(of, _)| !of.is_same_book(&stamp));
        self.show_preview(session, &stamp);
    }

    /// What panels see.
    pub(super) fn view(&self) -> AdviceView<'_> {
        let judged = self.judged.as_ref();
        AdviceView {
            facts: judged.map(|judged| &judged.facts),
            findings: judged.map(|judged| &judged.findings),
            verdict: judged.map(|judged| &judged.verdict),
            standing: self.standing.standing(),
            before: self.before.as_ref(),
            decision: self.compared.as_ref().map(|(_, decision)| decision),
            is_stale: self.is_stale,
            progress: self.job.as_ref().map(|job| job.control.0.progress()),
            trouble: self.trouble.as_deref(),
            preview: self.preview.as_ref().map(|(_, preview)| preview),
        }
    }

    /// The choice at a place, of the comparison in sight.
    pub(super) fn decision(&self) -> Option<&Arc<Decision>> {
        self.compared.as_ref().map(|(_, decision)| decision)
    }

    /// Whether the comparison in sight is of the book as held now.
    pub(super) fn is_current(&self, session: &Session, history: Option<&Arc<Derived>>) -> bool {
        let stamp = Stamp::of(session, history);
        (self.compared.as_ref()).is_some_and(|(of, _)| of.is_same_book(&stamp))
    }

    /// Shows the lines of a choice, or none.
    pub(super) fn look_at(&mut self, place: Option<ChoicePlace>) {
        self.wanted = place;
    }

    /// Stops a comparison under way; it is not begun again for this book by itself.
    pub(super) fn cancel(&mut self) {
        if let Some(job) = self.job.take() {
            self.given_up = Some(job.stamp);
            self.trouble = Some("The comparison was stopped".to_owned());
        }
    }

    /// Compares again, whatever was given up.
    pub(super) fn compare_again(&mut self) {
        self.given_up = None;
        self.trouble = None;
    }

    fn take_outcomes(&mut self) {
        let outcomes: Vec<Outcome> = self.receiver.try_iter().collect();
        for (number, outcome) in outcomes {
            let Some(job) = self.job.take_if(|job| job.number == number) else {
                continue;
            };
            match outcome {
                Some(Ok(decision)) => {
                    self.trouble = None;
                    self.compared = Some((job.stamp, Arc::new(decision)));
                }
                Some(Err(DecisionError::Simulation(SimulationError::Cancelled))) => {}
                Some(Err(error)) => self.give_up(job.stamp, error.to_string()),
                None => self.give_up(job.stamp, LOST.to_owned()),
            }
        }
    }

    fn give_up(&mut self, of: Stamp, why: String) {
        self.compared = None;
        self.trouble = Some(why);
        self.given_up = Some(of);
    }

    fn stop_if_stale(&mut self, stamp: &Stamp) {
        self.job.take_if(|job| !job.stamp.is_same_book(stamp));
    }

    fn judge(&mut self, session: &Session, stamp: &Stamp) {
        let compared = self.compared.as_ref();
        let has_choices =
            stamp.what_if.is_none() && compared.is_some_and(|(of, _)| of.is_same_book(stamp));
        let is_done = self
            .judged
            .as_ref()
            .is_some_and(|judged| judged.stamp.is_same(stamp) && judged.has_choices == has_choices);
        let is_plain = session.before.is_none() && !session.is_what_if();
        if is_plain {
            self.before = None;
        } else if self.before.is_none() {
            self.before = self.judged.as_ref().map(|judged| judged.verdict.clone());
        }
        if is_done {
            return;
        }
        let facts = Arc::new(gather(session, stamp));
        let pack = session.pack();
        let reading = Reading::from(&stamp.campaign.settings);
        let findings = Arc::new(Findings::evaluate(&facts, pack, reading));
        let choices = compared
            .filter(|_| has_choices)
            .map(|(_, decision)| VerdictChoices::of(decision));
        let verdict = Verdict::of(&VerdictInputs {
            facts: &facts,
            findings: &findings,
            pack,
            choices: choices.as_ref(),
        });
        if is_plain {
            self.standing.stand(session, pack, &verdict);
        }
        self.judged = Some(Judged {
            stamp: stamp.clone(),
            facts,
            findings,
            verdict,
            has_choices,
        });
    }

    fn compare_if_due(
        &mut self,
        session: &Session,
        stamp: &Stamp,
        wake: impl Fn() + Send + 'static,
    ) {
        let of_this = |of: &Stamp| of.is_same_book(stamp);
        let is_known = self.compared.as_ref().is_some_and(|(of, _)| of_this(of));
        let is_given_up = self.given_up.as_ref().is_some_and(of_this);
        if is_known || is_given_up || self.job.is_some() {
            return;
        }
        let Some(judged) = &self.judged else {
            return;
        };
        if session.derived().valuation.book.legs.is_empty() {
            self.compared = None;
            return;
        }
        self.trouble = None;
        let (number, control) = (self.jobs, Arc::new(RunControl::default()));
        self.jobs += 1;
        let work = Work {
            campaign: Arc::clone(&stamp.campaign),
            valuation: session.derived().valuation.clone(),
            pack: session.pack().clone(),
            account: stamp.account.clone(),
            facts: Arc::clone(&judged.facts),
        };
        let report = Report::new(self.sender.clone(), wake, (number, None));
        let running = Arc::clone(&control);
        let started = std::thread::Builder::new()
            .name("palisade-decision".to_owned())
            .spawn(move || {
                let outcome = work.run(&running);
                report.send((number, Some(outcome)));
            });
        match started {
            Ok(_) => {
                self.job = Some(Job {
                    number,
                    stamp: stamp.clone(),
                    control: Stopping(control),
                });
            }
            Err(error) => tracing::error!("no thread for the decision: {error}"),
        }
    }

    fn show_preview(&mut self, session: &Session, stamp: &Stamp) {
        let shown = self.preview.as_ref().filter(|(of, _)| of.is_same(stamp));
        if shown.map(|(_, preview)| preview.place) == self.wanted && shown.is_some() {
            return;
        }
        self.preview = None;
        let current = self.compared.as_ref().filter(|_| !self.is_stale);
        let choice = self
            .wanted
            .zip(current.map(|(_, decision)| decision))
            .and_then(|(place, decision)| Some((place, place.of(decision)?)));
        if let Some((place, choice)) = choice.filter(|_| !session.is_what_if()) {
            let preview = ChoicePreview {
                place,
                name: choice.candidate.name.clone(),
                curves: session.curves_of(&choice.candidate),
            };
            self.preview = Some((stamp.clone(), preview));
        }
    }
}

/// What a comparison is made from, on its own thread.
struct Work {
    campaign: Arc<Campaign>,
    valuation: Valuation,
    pack: RulePack,
    account: Account,
    facts: Arc<Facts>,
}

impl Work {
    fn run(&self, control: &RunControl) -> Result<Decision, DecisionError> {
        let inputs = DecisionInputs {
            campaign: &self.campaign,
            valuation: &self.valuation,
            pack: &self.pack,
            account: &self.account,
            facts: &self.facts,
            params: DecisionParams::of(&self.pack),
        };
        decide(&inputs, control)
    }
}

/// The facts of what is shown: of the what-if while one is on.
fn gather(session: &Session, stamp: &Stamp) -> Facts {
    let real = session.derived();
    let (campaign, valuation) = session
        .what_if_book()
        .unwrap_or_else(|| (session.campaign(), &real.valuation));
    let book = BookInputs {
        campaign,
        valuation,
        account: &stamp.account,
        assumed: AssumedMarks::default(),
    };
    Facts::gather(&FactInputs {
        // a what-if looks ahead from today: nothing that was published later is read
        as_of: real.valuation.market.as_of,
        params: SignalParams::of(session.pack()),
        journal: stamp.journal.as_deref(),
        ..FactInputs::of_book(book, stamp.history.as_deref())
    })
}
