//! The document under edit, its home on disk, and everything derived from it: the desk without its window.

use std::sync::Arc;

use super::slopes::SlopesDesk;
use super::what_if::WhatIf;
use crate::decision::Candidate;
use crate::document::{
    AUTOSAVE_DELAY, Account, Campaign, CampaignLock, Command, CommandError, FileError, History,
    Home, Saver, Store,
};
use crate::instrument::{Role, Underlying};
use crate::journal::JournalFacts;
use crate::policy::RulePack;
use crate::risk::book::{Book, group_of};
use crate::risk::curves::{CurveRequest, PayoffCurves};
use crate::ui::{Before, Workspace};
use crate::valuation::{GreekCurves, GreekRequest, Inputs, MarketCache, Valuation};

/// What follows from the document and the workspace, and from which revision.
#[derive(Debug)]
pub struct Derived {
    /// The valuation.
    pub valuation: Valuation,
    /// Payoff lines.
    pub curves: PayoffCurves,
    /// Lines of the chosen Greek.
    pub greeks: GreekCurves,
    revision: u64,
    account: Account,
    curve_request: CurveRequest,
    greek_request: GreekRequest,
}

/// A campaign being worked on.
#[derive(Debug)]
pub struct Session {
    pub(super) history: History,
    pub(super) home: Home,
    pub(super) lock: Option<CampaignLock>,
    /// The account that all campaigns share.
    pub account: Account,
    /// The state before the gesture under way.
    pub before: Option<Before>,
    /// The what-if under way.
    pub(super) what_if: Option<WhatIf>,
    /// The what-if that was discarded last, in case that was a slip.
    pub(super) discarded: Option<WhatIf>,
    pub(super) cache: MarketCache,
    pub(super) slopes: SlopesDesk,
    pub(super) derived: Derived,
    pub(super) store: Option<Store>,
    pub(super) saver: Option<Saver>,
    pub(super) autosaved_revision: u64,
    /// What the journal says to the rules, as it was worked through last.
    pub(super) journal_facts: Option<Arc<JournalFacts>>,
    /// Whether the campaign's last write failed: it is then saved by nothing but another try.
    pub(super) is_failing: bool,
}

impl Session {
    /// Works on a campaign that lives nowhere yet. `is_pristine` says that nothing of it needs saving.
    pub fn unsaved(
        store: Option<Store>,
        campaign: Campaign,
        is_pristine: bool,
        workspace: &Workspace,
    ) -> Self {
        let home = store.as_ref().map_or_else(
            || Home::Unsaved("unsaved".to_owned()),
            Store::home_for_unsaved,
        );
        let history = if is_pristine {
            History::opened(campaign)
        } else {
            History::new(campaign)
        };
        Self::with(store, history, home, workspace)
    }

    fn with(store: Option<Store>, history: History, home: Home, workspace: &Workspace) -> Self {
        let account = store.as_ref().map_or_else(Account::default, |store| {
            store.account().unwrap_or_else(|error| {
                tracing::error!("{error}");
                Account::default()
            })
        });
        let (mut cache, mut slopes) = (MarketCache::default(), SlopesDesk::default());
        let derived = derive(&history, &account, workspace, (&mut cache, &mut slopes));
        Self {
            autosaved_revision: history.revision(),
            history,
            home,
            lock: None,
            account,
            before: None,
            what_if: None,
            discarded: None,
            cache,
            slopes,
            derived,
            store,
            saver: None,
            journal_facts: None,
            is_failing: false,
        }
    }

    /// Starts the saving thread; `wake` is called after each write.
    pub fn start_saving(&mut self, wake: impl Fn() + Send + 'static) {
        if self.store.is_some() {
            match Saver::start(AUTOSAVE_DELAY, wake) {
                Ok(saver) => self.saver = Some(saver),
                Err(error) => tracing::error!("no saving thread: {error}"),
            }
        }
    }

    /// The campaign as it is now.
    pub fn campaign(&self) -> &Campaign {
        self.history.current()
    }

    /// What follows from it.
    pub fn derived(&self) -> &Derived {
        &self.derived
    }

    /// The undo history.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Where the campaign lives.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// The user's folder, if there is one.
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// The rule pack in force; the shipped one when the campaign's own is unknown.
    pub fn pack(&self) -> &RulePack {
        self.campaign().rule_pack()
    }

    /// Applies a command as one undo step.
    ///
    /// # Errors
    /// [`CommandError`]; nothing changed.
    pub fn edit(&mut self, command: Command) -> Result<(), CommandError> {
        self.end_gesture();
        self.carry_out(command)?;
        self.seal();
        Ok(())
    }

    /// Applies a command as part of a gesture; the first one keeps the state before it.
    ///
    /// # Errors
    /// [`CommandError`]; nothing changed.
    pub fn drag(&mut self, command: Command) -> Result<(), CommandError> {
        if self.before.is_none() {
            self.before = Some(self.before_now());
        }
        self.carry_out(command)
    }

    /// The state that a gesture begins with: the what-if's while one is on.
    fn before_now(&self) -> Before {
        match self
            .what_if
            .as_ref()
            .and_then(|what_if| what_if.derived.as_ref())
        {
            Some(derived) => Before {
                campaign: derived.campaign.clone(),
                valuation: derived.valuation.clone(),
                curves: derived.curves.clone(),
            },
            None => Before {
                campaign: self.campaign().clone(),
                valuation: self.derived.valuation.clone(),
                curves: self.derived.curves.clone(),
            },
        }
    }

    /// Ends the gesture under way: what it did is one undo step.
    pub fn end_gesture(&mut self) {
        self.before = None;
        self.seal();
    }

    /// Recomputes what depends on anything that changed.
    pub fn refresh(&mut self, workspace: &Workspace) {
        let revision = self.history.revision();
        let is_history_new = self.slopes.take_news();
        if is_history_new
            || self.derived.revision != revision
            || self.derived.account != self.account
        {
            let kept = (&mut self.cache, &mut self.slopes);
            self.derived = derive(&self.history, &self.account, workspace, kept);
        }
        if is_history_new && let Some(what_if) = &mut self.what_if {
            what_if.forget();
        }
        self.refresh_lines(workspace);
        if let Some(what_if) = &mut self.what_if {
            what_if.refresh(
                &self.history,
                &self.derived.valuation,
                &self.account,
                workspace,
            );
        }
    }

    fn refresh_lines(&mut self, workspace: &Workspace) {
        let curve_request = workspace.curve_request(&self.derived.valuation);
        if self.derived.curve_request != curve_request {
            self.derived.curves = self.derived.valuation.curves(&curve_request);
            self.derived.curve_request = curve_request;
        }
        let greek_request = workspace.greek_request(&self.derived.valuation);
        if self.derived.greek_request != greek_request {
            self.derived.greeks = GreekCurves::of(&self.derived.valuation, &greek_request);
            self.derived.greek_request = greek_request;
        }
    }

    /// Payoff lines of the book that a choice leads to, in today's market and on the range shown; what its
    /// trades realise stays in the sum, as do the fees and half-spreads that they cost.
    pub(super) fn curves_of(&self, candidate: &Candidate) -> PayoffCurves {
        let campaign = self.campaign();
        let market = Arc::clone(&self.derived.valuation.market);
        let book = Book::of(&candidate.positions, market, campaign.model.clone());
        let mut curves = PayoffCurves::of(&book, &self.derived.curve_request);
        for trade in &candidate.trades {
            let held = trade.position.and_then(|id| campaign.position(id));
            let role = trade.layer.map_or(Role::Other, Role::Layer);
            let group = group_of(held.map_or(role, |position| position.role), &trade.contract);
            let costs_usd = trade.fees_usd + trade.slippage_usd;
            curves.add_to_all(group, trade.realised_usd - costs_usd);
        }
        curves
    }

    /// Takes other market history for the regression convention of net vega.
    pub(super) fn use_history(&mut self, history: Option<&Arc<crate::fact::Derived>>) {
        self.slopes.follow(history);
    }

    /// Whether there are changes that the campaign's own file does not have.
    pub fn is_dirty(&self) -> bool {
        self.history.is_dirty()
    }

    /// Whether closing now would lose something: changes that are not saved by themselves.
    pub fn needs_saving(&self) -> bool {
        self.is_dirty() && (self.is_failing || !matches!(self.home, Home::Own(_)))
    }

    pub(super) fn replace(&mut self, history: History, workspace: &Workspace) {
        self.before = None;
        self.what_if = None;
        self.discarded = None;
        self.is_failing = false;
        self.autosaved_revision = history.revision();
        let kept = (&mut self.cache, &mut self.slopes);
        self.derived = derive(&history, &self.account, workspace, kept);
        self.history = history;
    }

    /// Remembers the account's equity.
    ///
    /// # Errors
    /// [`FileError`] when it cannot be written; it still counts until the desk closes.
    pub fn set_equity(&mut self, equity_usd: Option<f64>) -> Result<(), FileError> {
        self.account.equity_usd = equity_usd;
        self.store
            .as_ref()
            .map_or(Ok(()), |store| store.save_account(&self.account))
    }
}

fn derive(
    history: &History,
    account: &Account,
    workspace: &Workspace,
    (cache, slopes): (&mut MarketCache, &mut SlopesDesk),
) -> Derived {
    let campaign = history.current();
    let account_with_own = with_own_spend(account, campaign);
    let inputs = Inputs {
        pack: campaign.rule_pack(),
        account: &account_with_own,
        slopes: slopes.at(campaign.marks.as_of),
    };
    let valuation = Valuation::of(campaign, inputs, cache);
    let curve_request = workspace.curve_request(&valuation);
    let greek_request = workspace.greek_request(&valuation);
    Derived {
        curves: valuation.curves(&curve_request),
        greeks: GreekCurves::of(&valuation, &greek_request),
        valuation,
        revision: history.revision(),
        account: account.clone(),
        curve_request,
        greek_request,
    }
}

/// The account with this campaign's hedge payments, as its journal has them: premium of VIX options.
pub(super) fn with_own_spend(account: &Account, campaign: &Campaign) -> Account {
    let mut own = account.clone();
    let payments = campaign
        .trades
        .iter()
        .filter(|trade| trade.contract.underlying() == Underlying::Vix)
        .map(|trade| (trade.at.date(), -trade.cash_usd()));
    own.set_campaign_spend(&campaign.name, payments);
    own
}
