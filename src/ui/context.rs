//! What every panel may read while a frame is drawn.

use std::sync::Arc;

use jiff::Timestamp;

use super::advice::AdviceView;
use super::journal_view::JournalView;
use super::library::HistoryView;
use super::packs::PacksView;
use super::what_if::WhatIfView;
use super::workspace::Workspace;
use crate::document::{Account, Campaign};
use crate::policy::RulePack;
use crate::risk::curves::PayoffCurves;
use crate::series::Library;
use crate::valuation::{GreekCurves, Valuation};

/// The state before a gesture began: the ghost of a drag, and the figures it is compared with.
#[derive(Clone, Debug)]
pub struct Before {
    /// The document.
    pub campaign: Campaign,
    /// Its valuation.
    pub valuation: Valuation,
    /// Its payoff lines.
    pub curves: PayoffCurves,
}

/// Everything a panel reads; nothing it may change.
#[derive(Clone, Copy, Debug)]
pub struct PanelContext<'a> {
    /// The document.
    pub campaign: &'a Campaign,
    /// What follows from it.
    pub valuation: &'a Valuation,
    /// Its payoff lines for the workspace's choices.
    pub curves: &'a PayoffCurves,
    /// Its Greek lines for the workspace's choices.
    pub greeks: &'a GreekCurves,
    /// The user's choices about the desk.
    pub workspace: &'a Workspace,
    /// The rule pack in force.
    pub pack: &'a RulePack,
    /// Rule packs as files, and the one in force judged.
    pub packs: PacksView<'a>,
    /// The account.
    pub account: &'a Account,
    /// The state before the gesture under way, if one is.
    pub before: Option<&'a Before>,
    /// The what-if under way, if one is; the figures above are then its own.
    pub what_if: Option<WhatIfView<'a>>,
    /// The market's history, once it is loaded and holds anything.
    pub library: Option<&'a Arc<Library>>,
    /// Its charts, where it comes from, and loading under way.
    pub history: HistoryView<'a>,
    /// What the rules find, the verdict, and the choices.
    pub advice: AdviceView<'a>,
    /// The journal: this campaign worked through, and all others.
    pub journal: JournalView<'a>,
    /// The wall clock, for the age of marks alone.
    pub now: Timestamp,
}

impl<'a> PanelContext<'a> {
    /// Of a campaign alone, at the instant of its marks: no desk is around it.
    pub fn alone(
        (campaign, valuation): (&'a Campaign, &'a Valuation),
        (curves, greeks): (&'a PayoffCurves, &'a GreekCurves),
        (workspace, pack, account): (&'a Workspace, &'a RulePack, &'a Account),
    ) -> Self {
        Self {
            campaign,
            valuation,
            curves,
            greeks,
            workspace,
            pack,
            packs: PacksView::default(),
            account,
            before: None,
            what_if: None,
            library: None,
            history: HistoryView::default(),
            advice: AdviceView::default(),
            journal: JournalView::default(),
            now: campaign.marks.as_of,
        }
    }

    /// The real valuation, whether a what-if is on or not.
    pub fn real_valuation(&self) -> &'a Valuation {
        self.what_if.map_or(self.valuation, |view| view.now)
    }

    /// Whether the figures are those of the book as held.
    pub fn is_real(&self) -> bool {
        self.what_if.is_none()
    }

    /// The real valuation while a what-if is on: what its figures are compared with.
    pub fn compared(&self) -> Option<&'a Valuation> {
        self.what_if.map(|view| view.now)
    }
}
