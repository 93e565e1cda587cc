//! A small stand-in for the app: one campaign with undo, a workspace, and panels whose actions really happen.
//!
//! ```ignore
//! let mut harness = panel_host::harness([764.0, 390.0], Theme::Dark, payoff_ui, PanelHost::sample());
//! harness.get_by_label("Short put strike").click();
//! harness.run();
//! assert_eq!(harness.state().history.undo_label(), None);
//! ```

use std::sync::Arc;

use egui::{Theme, Ui};
use egui_kittest::Harness;
use jiff::Timestamp;
use palisade::decision::{
    Decision, DecisionInputs, DecisionParams, Verdict, VerdictChoices, VerdictInputs, decide,
};
use palisade::document::{Account, Campaign, History, campaign_from_ron};
use palisade::fact::{BookInputs, Derived, FactInputs, Facts};
use palisade::import::ManualRows;
use palisade::journal::{CampaignReview, IndexRow};
use palisade::risk::curves::PayoffCurves;
use palisade::risk::simulation::RunControl;
use palisade::risk::vega_slopes::VegaSlopes;
use palisade::rule::{Findings, Reading};
use palisade::series::Library;
use palisade::signal::Timeline;
use palisade::ui::{
    Action, Actions, AdviceView, Before, HistoryView, ImportEdit, JournalEdit, JournalView,
    LibraryLoading, PanelContext, Workspace, widgets,
};
use palisade::valuation::{GreekCurves, Inputs, MarketCache, Valuation, VegaSlopesError};

use crate::support;

/// What a panel is.
pub type Panel = fn(&mut Ui, &PanelContext<'_>, &mut Actions);

/// What the regression convention rests on, or why there is none.
type Slopes = Result<Arc<VegaSlopes>, VegaSlopesError>;

/// What the desk would advise.
pub struct Advised {
    /// The facts.
    pub facts: Arc<Facts>,
    /// What the rules found.
    pub findings: Arc<Findings>,
    /// The verdict.
    pub verdict: Verdict,
    /// The choices.
    pub decision: Arc<Decision>,
}

/// A campaign under test, with everything that panels read.
pub struct PanelHost {
    /// The campaign and its undo steps.
    pub history: History,
    /// What the user chose about the desk.
    pub workspace: Workspace,
    /// The account.
    pub account: Account,
    /// The wall clock.
    pub now: Timestamp,
    /// The state before the gesture under way.
    pub before: Option<Before>,
    /// Commands that the campaign refused, in words.
    pub refused: Vec<String>,
    /// Actions that only an app can carry out, in order.
    pub other: Vec<Action>,
    /// Market history with what is made of it; none at first.
    pub library: Option<(Arc<Library>, Arc<Timeline>, Facts)>,
    /// Loading under way.
    pub loading: Option<LibraryLoading>,
    /// The rule pack in force, judged.
    pub judged: Option<palisade::ui::PackJudged>,
    /// Rules, verdict and choices, once asked for.
    pub advice: Option<Box<Advised>>,
    /// Rule packs of the folder.
    pub packs: Vec<palisade::document::PackEntry>,
    /// A broker's file under review.
    pub import: Option<palisade::document::journal::ImportQueue>,
    /// Name of the file that an import reads.
    pub reading: Option<String>,
    /// Rows typed by hand.
    pub typed: Option<ManualRows>,
    /// The campaign worked through, once asked for.
    pub review: Option<(Arc<Campaign>, Arc<CampaignReview>)>,
    /// The campaigns of the folder, with how often they changed.
    pub list: (Vec<IndexRow>, u64),
    /// The file of the campaign in the window.
    pub open_file: Option<String>,
    valuation: Valuation,
    curves: PayoffCurves,
    greeks: GreekCurves,
    cache: MarketCache,
    slopes: Slopes,
    shown: (u64, Workspace),
}

impl PanelHost {
    /// The sample campaign: ten condors with three VIX layers.
    pub fn sample() -> Self {
        let text = include_str!("../../assets/samples/condor.ron");
        Self::of(campaign_from_ron(text).expect("the sample reads"))
    }

    /// Any campaign.
    pub fn of(campaign: Campaign) -> Self {
        let account = Account::default();
        let workspace = Workspace::default();
        let now = campaign.marks.as_of;
        let mut cache = MarketCache::default();
        let slopes = Err(VegaSlopesError::NoHistory);
        let valuation = value(&campaign, &account, (&mut cache, &slopes));
        let curves = valuation.curves(&workspace.curve_request(&valuation));
        let greeks = GreekCurves::of(&valuation, &workspace.greek_request(&valuation));
        let history = History::new(campaign);
        Self {
            shown: (history.revision(), workspace.clone()),
            history,
            workspace,
            account,
            now,
            before: None,
            refused: Vec::new(),
            other: Vec::new(),
            library: None,
            loading: None,
            judged: None,
            advice: None,
            packs: Vec::new(),
            import: None,
            reading: None,
            typed: None,
            review: None,
            list: (Vec::new(), 0),
            open_file: None,
            valuation,
            curves,
            greeks,
            cache,
            slopes,
        }
    }

    /// The campaign as it is now.
    pub fn campaign(&self) -> &Campaign {
        self.history.current()
    }

    /// The valuation as it is now.
    pub fn valuation(&self) -> &Valuation {
        &self.valuation
    }

    /// The payoff lines as they are now.
    pub fn curves(&self) -> &PayoffCurves {
        &self.curves
    }

    /// What a panel reads.
    pub fn context(&self) -> PanelContext<'_> {
        PanelContext {
            campaign: self.history.current(),
            valuation: &self.valuation,
            curves: &self.curves,
            greeks: &self.greeks,
            workspace: &self.workspace,
            pack: self.history.current().rule_pack(),
            account: &self.account,
            before: self.before.as_ref(),
            what_if: None,
            library: self.library.as_ref().map(|(library, _, _)| library),
            packs: palisade::ui::PacksView {
                trouble: None,
                files: &self.packs,
                judged: self.judged.as_ref(),
                is_current: true,
            },
            history: HistoryView {
                timeline: self.library.as_ref().map(|(_, timeline, _)| timeline),
                facts: self.library.as_ref().map(|(_, _, facts)| facts),
                loading: self.loading,
                typed: self.typed.as_ref(),
                ..HistoryView::default()
            },
            advice: self
                .advice
                .as_ref()
                .map_or_else(AdviceView::default, |advised| AdviceView {
                    facts: Some(&advised.facts),
                    findings: Some(&advised.findings),
                    verdict: Some(&advised.verdict),
                    decision: Some(&advised.decision),
                    ..AdviceView::default()
                }),
            journal: JournalView {
                review: self.review.as_ref().map(|(_, review)| review),
                campaign: self.review.as_ref().map(|(campaign, _)| campaign),
                is_stale: false,
                list: &self.list.0,
                list_revision: self.list.1,
                import: palisade::ui::ImportView {
                    queue: self.import.as_ref(),
                    reading: self.reading.as_deref(),
                    zone: "America/New_York",
                },
                open_file: self.open_file.as_deref(),
                ..JournalView::default()
            },
            now: self.now,
        }
    }

    /// Works the campaign through, as the app does in the background; again after each change.
    pub fn review(&mut self) {
        let campaign = Arc::clone(self.history.current());
        let review = Arc::new(CampaignReview::with_steps(&campaign));
        self.review = Some((campaign, review));
    }

    /// Judges the book and compares its choices on so many paths, as the app does in the background.
    pub fn advise(&mut self, paths: usize) {
        let campaign = self.history.current();
        let pack = campaign.rule_pack();
        let facts = Facts::gather(&FactInputs::of_book(
            BookInputs {
                campaign,
                valuation: &self.valuation,
                account: &self.account,
                assumed: Default::default(),
            },
            None,
        ));
        let inputs = DecisionInputs {
            campaign,
            valuation: &self.valuation,
            pack,
            account: &self.account,
            facts: &facts,
            params: DecisionParams {
                paths,
                ..DecisionParams::of(pack)
            },
        };
        let decision = decide(&inputs, &RunControl::default()).expect("the book holds something");
        let findings = Findings::evaluate(&facts, pack, Reading::from(&campaign.settings));
        let verdict = Verdict::of(&VerdictInputs {
            facts: &facts,
            findings: &findings,
            pack,
            choices: Some(&VerdictChoices::of(&decision)),
        });
        self.advice = Some(Box::new(Advised {
            facts: Arc::new(facts),
            findings: Arc::new(findings),
            verdict,
            decision: Arc::new(decision),
        }));
    }

    /// Gives the host a library, as the app does after loading.
    pub fn set_library(&mut self, library: Library) {
        let derived = Derived::of(&library);
        let as_of = self.valuation.market.as_of;
        self.slopes = derived.vega_slopes_at(as_of).map(Arc::new);
        let campaign = Arc::clone(self.history.current());
        let kept = (&mut self.cache, &self.slopes);
        self.valuation = value(&campaign, &self.account, kept);
        let timeline = Arc::new(derived.timeline());
        let book = BookInputs {
            campaign: self.history.current(),
            valuation: &self.valuation,
            account: &self.account,
            assumed: Default::default(),
        };
        let facts = Facts::gather(&FactInputs::of_book(book, Some(&derived)));
        self.library = Some((Arc::new(library), timeline, facts));
    }

    /// Shows a panel on the panel ground and carries out what it asked for.
    pub fn show(&mut self, ui: &mut Ui, panel: Panel) {
        let mut actions = Actions::default();
        widgets::panel_frame(ui, false).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            panel(ui, &self.context(), &mut actions);
        });
        self.apply(actions.take());
    }

    /// Carries out actions as the app does after a frame.
    pub fn apply(&mut self, actions: Vec<Action>) {
        let is_asked = !actions.is_empty();
        for action in actions {
            match action {
                Action::Edit(command) => {
                    self.history.seal();
                    self.try_apply(command);
                    self.history.seal();
                }
                Action::Drag(command) => {
                    if self.before.is_none() {
                        self.history.seal();
                        self.before = Some(Before {
                            campaign: self.campaign().clone(),
                            valuation: self.valuation.clone(),
                            curves: self.curves.clone(),
                        });
                    }
                    self.try_apply(command);
                }
                Action::EndDrag => {
                    self.history.seal();
                    self.before = None;
                }
                Action::CancelDrag => {
                    self.history.cancel_gesture();
                    self.before = None;
                }
                Action::Workspace(edit) => self.workspace.apply(edit),
                Action::SetEquity(equity) => self.account.equity_usd = equity,
                Action::Journal(JournalEdit::Import(ImportEdit::Change(edit))) => {
                    if let Some(queue) = &mut self.import {
                        queue.change(edit);
                    }
                }
                other @ (Action::Run(_)
                | Action::Advice(_)
                | Action::Journal(_)
                | Action::OpenPath(_)
                | Action::SavePath(_)
                | Action::Focus(_)
                | Action::Layout(_)
                | Action::Reach(_)
                | Action::Define(_)
                | Action::WhatIf(_)
                | Action::Export(_)
                | Action::Table(_)
                | Action::Library(_)
                | Action::Pack(_)
                | Action::Notify(_)) => self.other.push(other),
            }
        }
        if is_asked {
            self.revalue();
        }
    }

    /// Derives everything again; call it after changing `history`, `workspace` or `account` by hand.
    pub fn revalue(&mut self) {
        let campaign = Arc::clone(self.history.current());
        if self.shown.0 != self.history.revision() || self.account != Account::default() {
            let kept = (&mut self.cache, &self.slopes);
            self.valuation = value(&campaign, &self.account, kept);
        } else if self.shown.1 == self.workspace {
            return;
        }
        if self.review.is_some() {
            self.review();
        }
        self.shown = (self.history.revision(), self.workspace.clone());
        let request = self.workspace.curve_request(&self.valuation);
        self.curves = self.valuation.curves(&request);
        let request = self.workspace.greek_request(&self.valuation);
        self.greeks = GreekCurves::of(&self.valuation, &request);
    }

    fn try_apply(&mut self, command: palisade::document::Command) {
        if let Err(error) = self.history.apply(command) {
            self.refused.push(error.to_string());
        }
    }
}

fn value(
    campaign: &Campaign,
    account: &Account,
    (cache, slopes): (&mut MarketCache, &Slopes),
) -> Valuation {
    let inputs = Inputs {
        pack: campaign.rule_pack(),
        account,
        slopes: slopes.as_ref().map_err(|error| *error),
    };
    Valuation::of(campaign, inputs, cache)
}

/// A harness around one panel of a host.
pub fn harness(
    size: [f32; 2],
    theme: Theme,
    panel: Panel,
    host: PanelHost,
) -> Harness<'static, PanelHost> {
    support::harness_state(size, theme, move |ui, host| host.show(ui, panel), host)
}

mod tests {
    use palisade::document::Command;
    use palisade::ui::{Action, WorkspaceEdit};

    use super::PanelHost;

    #[test]
    fn a_gesture_is_one_step_and_can_be_given_up() {
        let mut host = PanelHost::sample();
        host.apply(vec![Action::Drag(Command::SetSpx(6700.0))]);
        host.apply(vec![Action::Drag(Command::SetSpx(6690.0))]);
        let before = host.before.as_ref().expect("a gesture is under way");
        assert_eq!(before.valuation.market.spx, 6720.0);
        assert_eq!(host.valuation().market.spx, 6690.0);
        host.apply(vec![Action::EndDrag]);
        assert!(host.before.is_none());
        assert!(host.history.undo());
        assert_eq!(host.campaign().marks.spx, 6720.0);
        host.apply(vec![
            Action::Drag(Command::SetSpx(6000.0)),
            Action::CancelDrag,
        ]);
        assert_eq!(host.valuation().market.spx, 6720.0);
    }

    #[test]
    fn a_change_of_the_workspace_moves_the_lines() {
        let mut host = PanelHost::sample();
        let range = WorkspaceEdit::PlotRange(Some((6500.0, 6900.0)));
        host.apply(vec![Action::Workspace(range)]);
        assert_eq!(host.curves().spots.first(), Some(&6500.0));
        assert_eq!(host.context().greeks.spots.last(), Some(&6900.0));
    }
}
