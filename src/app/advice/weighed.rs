//! What was known and weighed, for whoever writes a decision down.

use std::sync::Arc;

use super::AdviceDesk;
use crate::decision::Weighed;
use crate::document::Campaign;

impl AdviceDesk {
    /// What was judged of the book as held, choices too where they were compared for it; `None` while a what-if or
    /// a drag is judged.
    pub(in crate::app) fn weighed<'a>(
        &'a self,
        campaign: &'a Arc<Campaign>,
    ) -> Option<Weighed<'a>> {
        let judged = self.judged.as_ref()?;
        let is_held =
            judged.stamp.what_if.is_none() && Arc::ptr_eq(&judged.stamp.campaign, campaign);
        let compared = self
            .compared
            .as_ref()
            .filter(|(of, _)| of.is_same_book(&judged.stamp));
        is_held.then(|| Weighed {
            campaign,
            facts: &judged.facts,
            findings: &judged.findings,
            verdict: &judged.verdict,
            decision: compared.map(|(_, decision)| decision.as_ref()),
        })
    }
}
