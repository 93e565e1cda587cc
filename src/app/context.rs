//! What the panels of a frame read of a session.

use jiff::Timestamp;

use super::session::Session;
use crate::ui::what_if::WhatIfView;
use crate::ui::{AdviceView, HistoryView, PanelContext, Workspace};

impl Session {
    /// What panels read: the what-if's figures while one is on, else the real ones. `now` is the wall
    /// clock, for the age of the marks alone.
    pub fn panel_context<'a>(
        &'a self,
        workspace: &'a Workspace,
        now: Timestamp,
    ) -> PanelContext<'a> {
        let real = self.derived();
        let what_if = self
            .what_if
            .as_ref()
            .and_then(|what_if| Some((what_if, what_if.derived.as_ref()?)));
        let shown = what_if.map(|(_, derived)| derived);
        PanelContext {
            campaign: shown.map_or_else(|| self.campaign(), |shown| &shown.campaign),
            valuation: shown.map_or(&real.valuation, |shown| &shown.valuation),
            curves: shown.map_or(&real.curves, |shown| &shown.curves),
            greeks: shown.map_or(&real.greeks, |shown| &shown.greeks),
            workspace,
            pack: self.pack(),
            account: &self.account,
            before: self.before.as_ref(),
            what_if: what_if.map(|(what_if, derived)| WhatIfView {
                scenario: &what_if.scenario,
                drafts: &derived.drafts,
                snapshots: &what_if.snapshots,
                campaign: self.campaign(),
                now: &real.valuation,
                now_curves: &real.curves,
                now_greeks: &real.greeks,
            }),
            library: None,
            packs: crate::ui::PacksView::default(),
            history: HistoryView::default(),
            advice: AdviceView::default(),
            journal: crate::ui::JournalView::default(),
            now,
        }
    }
}
