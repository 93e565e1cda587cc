//! The what-if under way: drafts of the book, a scenario, and what follows from both.
//!
//! The draft is a campaign with a history of its own, so that undo works on it; only its positions count,
//! everything else is the real campaign's. The differences between draft and book are the draft trades.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::draft_edit::DraftEdit;
use super::drafts::{drafts, merged_position, position_ids, realised, rebased, snapshot_name};
use super::session::with_own_spend;
use super::step_order::{ScenarioSteps, StepOrder};
use crate::document::{Account, Campaign, Command, CommandError, History};
use crate::instrument::{Contract, Position, PositionId};
use crate::market::Market;
use crate::risk::book::Book;
use crate::risk::curves::{CurveRequest, PayoffCurves};
use crate::risk::what_if::{WhatIfScenario, what_if_marks};
use crate::ui::Workspace;
use crate::ui::what_if::{Draft, MAX_SNAPSHOTS, Snapshot};
use crate::valuation::{GreekCurves, Inputs, MarketCache, Valuation};

/// What follows from the drafts at the scenario.
#[derive(Debug)]
pub struct WhatIfDerived {
    /// The book with the drafts that are on, in the scenario's marks.
    pub campaign: Campaign,
    /// Its valuation.
    pub valuation: Valuation,
    /// Its payoff lines, what the drafts realise included.
    pub curves: PayoffCurves,
    /// Its Greek lines.
    pub greeks: GreekCurves,
    /// The drafts.
    pub drafts: Vec<Draft>,
}

/// A what-if.
#[derive(Debug)]
pub struct WhatIf {
    /// The draft book and its undo.
    pub history: History,
    /// What is assumed.
    pub scenario: WhatIfScenario,
    /// Snapshots kept.
    pub snapshots: Vec<Snapshot>,
    /// What follows; made by [`Self::refresh`].
    pub derived: Option<WhatIfDerived>,
    /// In which of the histories each step since the beginning stands.
    pub order: StepOrder,
    /// Moves of the scenario.
    pub moves: ScenarioSteps,
    /// The real book that the drafts are changes of.
    base: Vec<Position>,
    /// SPX as it was marked when the scenario was last looked at.
    seen_spx: f64,
    off: BTreeSet<(PositionId, Contract)>,
    cache: MarketCache,
    key: Option<Key>,
    /// Another one with every [`Self::derived`].
    pub stamp: Arc<()>,
}

/// Everything that a what-if follows from; while it stays, nothing is computed again.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    real_revision: u64,
    draft_revision: u64,
    scenario: WhatIfScenario,
    off: BTreeSet<(PositionId, Contract)>,
    account: Account,
    workspace: Workspace,
}

impl WhatIf {
    /// Begins on the book as held and today's levels.
    pub fn new(real: &Campaign) -> Self {
        Self {
            history: History::opened(real.clone()),
            scenario: WhatIfScenario::today(real.marks.spx),
            snapshots: Vec::new(),
            derived: None,
            order: StepOrder::default(),
            moves: ScenarioSteps::default(),
            base: real.positions.clone(),
            seen_spx: real.marks.spx,
            off: BTreeSet::new(),
            cache: MarketCache::default(),
            key: None,
            stamp: Arc::default(),
        }
    }

    /// Changes the draft by an edit of the book as shown: the trades that are off stay, and what is new is
    /// entered at today's prices.
    ///
    /// # Errors
    /// [`CommandError`]; nothing changed.
    pub fn apply(
        &mut self,
        command: Command,
        real: &Campaign,
        now: &Market,
    ) -> Result<(), CommandError> {
        let mut off = self.off.clone();
        let derived = self.derived.as_ref();
        let edit = DraftEdit {
            real,
            draft: self.history.current(),
            then: derived.map(|derived| derived.valuation.market.as_ref()),
            now,
        };
        let command = edit.of(command, &mut off);
        self.history.apply(command)?;
        self.off = off;
        Ok(())
    }

    /// Whether there is anything that a slip would lose: an assumption, a draft, a snapshot.
    pub fn holds_anything(&self, real: &Campaign) -> bool {
        self.scenario != WhatIfScenario::today(real.marks.spx)
            || self.history.current().positions != real.positions
            || !self.snapshots.is_empty()
    }

    /// Takes the what-if up again on the book as it now is: the drafts stay, the rest follows the book.
    pub fn resume(&mut self, real: &Campaign) {
        self.key = None;
        if self.base == real.positions {
            return;
        }
        let draft = self.history.current();
        let positions = rebased(&self.base, &draft.positions, &real.positions);
        self.history = History::opened(Campaign {
            positions,
            next_id: draft.next_id.max(real.next_id),
            ..real.clone()
        });
        self.order = StepOrder::default();
        self.moves = ScenarioSteps::default();
        self.base.clone_from(&real.positions);
    }

    /// Switches a draft trade on or off.
    pub fn switch(&mut self, position: PositionId, contract: Contract, is_on: bool) {
        if is_on {
            self.off.remove(&(position, contract));
        } else {
            self.off.insert((position, contract));
        }
    }

    /// Takes a draft trade back: the draft holds of that contract what the book holds.
    ///
    /// # Errors
    /// [`CommandError`] when what is left would be no position.
    pub fn drop_draft(
        &mut self,
        real: &Campaign,
        position: PositionId,
        contract: Contract,
    ) -> Result<(), CommandError> {
        self.off.remove(&(position, contract));
        let mut off = BTreeSet::new();
        off.insert((position, contract));
        let Some(merged) = merged_position(real, self.history.current(), position, &off) else {
            return self.history.apply(Command::RemovePosition { id: position });
        };
        let command = match self.history.current().position(position) {
            Some(_) => Command::ReplacePosition {
                id: position,
                position: merged,
            },
            None => Command::AddPosition(merged),
        };
        self.history.apply(command)
    }

    /// The book with the drafts that are on.
    pub fn effective_positions(&self, real: &Campaign) -> Vec<Position> {
        position_ids(real, self.history.current())
            .into_iter()
            .filter_map(|id| merged_position(real, self.history.current(), id, &self.off))
            .collect()
    }

    /// The commands that put the drafts that are on into the book.
    pub fn commands(&self, real: &Campaign) -> Vec<Command> {
        position_ids(real, self.history.current())
            .into_iter()
            .filter_map(|id| {
                let merged = merged_position(real, self.history.current(), id, &self.off);
                match (real.position(id), merged) {
                    (Some(held), Some(merged)) if *held == merged => None,
                    (Some(_), Some(merged)) => Some(Command::ReplacePosition {
                        id,
                        position: merged,
                    }),
                    (Some(_), None) => Some(Command::RemovePosition { id }),
                    (None, Some(merged)) => Some(Command::AddPosition(merged)),
                    (None, None) => None,
                }
            })
            .collect()
    }

    /// Has everything that follows made again.
    pub fn forget(&mut self) {
        self.key = None;
    }

    /// Makes what follows from the drafts, the scenario and the real campaign, if anything changed.
    pub fn refresh(
        &mut self,
        real: &History,
        now: &Valuation,
        account: &Account,
        workspace: &Workspace,
    ) {
        self.follow_mark(real.current().marks.spx);
        let key = Key {
            real_revision: real.revision(),
            draft_revision: self.history.revision(),
            scenario: self.scenario.clone(),
            off: self.off.clone(),
            account: account.clone(),
            workspace: Workspace {
                layout: None,
                window_size: None,
                ..workspace.clone()
            },
        };
        if self.key.as_ref() == Some(&key) {
            return;
        }
        self.key = Some(key);
        self.derive(real.current(), now, account, workspace);
    }

    /// A scenario that leaves SPX alone keeps leaving it alone when SPX is marked anew.
    fn follow_mark(&mut self, spx: f64) {
        if self.scenario.spx.to_bits() == self.seen_spx.to_bits() {
            self.scenario.spx = spx;
        }
        self.seen_spx = spx;
    }

    fn derive(
        &mut self,
        real: &Campaign,
        now: &Valuation,
        account: &Account,
        workspace: &Workspace,
    ) {
        let drafts = drafts(real, self.history.current(), now, &self.off);
        let positions = self.effective_positions(real);
        let book = Book::of(&positions, Arc::clone(&now.market), real.model.clone());
        let marks = what_if_marks(&book, &real.marks, &self.scenario);
        let campaign = Campaign {
            marks,
            positions,
            ..real.clone()
        };
        let pack = campaign.rule_pack();
        let account = with_own_spend(account, real);
        let inputs = Inputs {
            pack,
            account: &account,
            slopes: now.slopes(),
        };
        let valuation = Valuation::of(&campaign, inputs, &mut self.cache);
        let workspace = workspace.in_what_if(now, &valuation, self.scenario.days);
        let request = workspace.curve_request(&valuation);
        let mut curves = valuation.curves(&request);
        for (group, usd) in realised(real, &drafts) {
            curves.add_to_all(group, usd);
        }
        self.stretch_snapshots(real, &request);
        let greeks = GreekCurves::of(&valuation, &workspace.greek_request(&valuation));
        self.stamp = Arc::default();
        self.derived = Some(WhatIfDerived {
            campaign,
            valuation,
            curves,
            greeks,
            drafts,
        });
    }

    /// Draws the snapshots' lines on another range, when the plot shows another one.
    fn stretch_snapshots(&mut self, real: &Campaign, request: &CurveRequest) {
        for snapshot in &mut self.snapshots {
            let ends = (snapshot.curves.spots.first(), snapshot.curves.spots.last());
            if ends == (Some(&request.low), Some(&request.high)) {
                continue;
            }
            snapshot.curves = snapshot.valuation.curves(&CurveRequest {
                days_ahead: Vec::new(),
                ..request.clone()
            });
            for (group, usd) in realised(real, &snapshot.drafts) {
                snapshot.curves.add_to_all(group, usd);
            }
        }
    }

    /// Keeps the current what-if for comparison; the oldest snapshot goes when there are too many.
    pub fn take_snapshot(&mut self) {
        let Some(derived) = &self.derived else { return };
        if self.snapshots.len() >= MAX_SNAPSHOTS {
            self.snapshots.remove(0);
        }
        let letter = ('A'..='Z')
            .find(|letter| {
                self.snapshots
                    .iter()
                    .all(|snapshot| snapshot.letter != *letter)
            })
            .unwrap_or('Z');
        self.snapshots.push(Snapshot {
            letter,
            name: snapshot_name(&self.scenario, &derived.drafts),
            scenario: self.scenario.clone(),
            drafts: derived.drafts.clone(),
            draft_positions: self.history.current().positions.clone(),
            campaign: Campaign {
                marks: self.history.current().marks.clone(),
                ..derived.campaign.clone()
            },
            valuation: derived.valuation.clone(),
            curves: derived.curves.clone(),
        });
    }

    /// Goes back to a snapshot's drafts and scenario.
    pub fn restore(&mut self, index: usize) {
        let Some(snapshot) = self.snapshots.get(index) else {
            return;
        };
        self.scenario = snapshot.scenario.clone();
        self.off = snapshot
            .drafts
            .iter()
            .filter(|draft| !draft.is_on)
            .map(|draft| (draft.position, draft.contract))
            .collect();
        let draft = Campaign {
            positions: snapshot.draft_positions.clone(),
            ..(**self.history.current()).clone()
        };
        self.history = History::opened(draft);
        self.order.forget_drafts();
        self.moves = ScenarioSteps::default();
        self.key = None;
    }
}

#[cfg(test)]
mod tests {
    use super::WhatIf;
    use crate::app::sample_campaign;
    use crate::document::{Account, Campaign, Command};
    use crate::instrument::{Contract, PositionId};
    use crate::policy::RulePack;
    use crate::ui::Workspace;
    use crate::valuation::{Inputs, MarketCache, Valuation};

    fn moved_strike() -> (Campaign, WhatIf, [Contract; 2]) {
        let real = sample_campaign();
        let mut what_if = WhatIf::new(&real);
        let mut position = real.positions[0].clone();
        let old = position.legs[2].contract;
        let new = old.with_strike(7100.0).expect("a strike");
        position.legs[2].contract = new;
        position.legs[3].contract = position.legs[3]
            .contract
            .with_strike(7150.0)
            .expect("a strike");
        what_if
            .apply(
                Command::ReplacePosition {
                    id: position.id,
                    position,
                },
                &real,
                &valued(&real).market,
            )
            .expect("a condor");
        (real, what_if, [old, new])
    }

    fn valued(real: &Campaign) -> Valuation {
        let account = Account::default();
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &account,
            slopes: Err(crate::valuation::VegaSlopesError::NoHistory),
        };
        Valuation::of(real, inputs, &mut MarketCache::default())
    }

    fn refreshed(real: &Campaign, what_if: &mut WhatIf) {
        let account = Account::default();
        what_if.derive(real, &valued(real), &account, &Workspace::default());
    }

    #[test]
    fn a_moved_strike_is_a_close_and_an_open() {
        let (real, mut what_if, [old, new]) = moved_strike();
        refreshed(&real, &mut what_if);
        let drafts = &what_if.derived.as_ref().expect("refreshed").drafts;
        let of = |contract| {
            drafts
                .iter()
                .find(|draft| draft.contract == contract)
                .expect("a draft")
        };
        assert_eq!((of(old).quantity, of(old).closes), (10, true));
        assert_eq!((of(new).quantity, of(new).closes), (-10, false));
        assert_eq!(drafts.len(), 4);
    }

    #[test]
    fn drafts_that_are_off_leave_the_book_as_it_is() {
        let (real, mut what_if, _) = moved_strike();
        refreshed(&real, &mut what_if);
        let drafts = what_if.derived.as_ref().expect("refreshed").drafts.clone();
        for draft in drafts {
            what_if.switch(draft.position, draft.contract, false);
        }
        assert_eq!(what_if.effective_positions(&real), real.positions);
        assert!(what_if.commands(&real).is_empty());
    }

    #[test]
    fn applying_makes_the_draft_real_in_one_batch() {
        let (mut real, what_if, [_, new]) = moved_strike();
        let commands = what_if.commands(&real);
        assert_eq!(commands.len(), 1);
        real.apply(Command::Batch(commands))
            .expect("the draft is a position");
        assert_eq!(
            real.position(PositionId(1)).expect("held").legs[2].contract,
            new
        );
    }
}
