//! The stance that stands, campaign by campaign, over restarts.

use std::path::PathBuf;
use std::sync::Arc;

use super::session::Session;
use crate::decision::{EvaluationStamp, Standing, Verdict};
use crate::document::Campaign;
use crate::policy::RulePack;
use crate::ui::Standings;

/// The stance of the campaign that is open.
#[derive(Debug, Default)]
pub(super) struct StandingDesk {
    standing: Option<Standing>,
    /// The campaign's file, by which its stance is kept.
    file: Option<PathBuf>,
    /// The campaign as it was last seen, which tells saving under another name from opening another one.
    campaign: Option<Arc<Campaign>>,
}

impl StandingDesk {
    /// Takes over what was kept when another campaign has come.
    pub(super) fn follow(&mut self, session: &Session, kept: &Standings) {
        let (file, campaign) = (session.home().file(), session.history().current());
        if file != self.file.as_deref() {
            let is_same = |seen: &Arc<Campaign>| Arc::ptr_eq(seen, campaign);
            if !self.campaign.as_ref().is_some_and(is_same) {
                self.standing = file.and_then(|file| kept.of(file));
            }
            self.file = file.map(ToOwned::to_owned);
        }
        self.campaign = Some(Arc::clone(campaign));
    }

    /// Remembers on how many evaluations the stance has stood.
    pub(super) fn stand(&mut self, session: &Session, pack: &RulePack, verdict: &Verdict) {
        let stamp = EvaluationStamp {
            as_of: session.campaign().marks.as_of,
            decided: decided(session.campaign()),
        };
        let needed = pack.decision.tilt.evaluations.value.round() as u32;
        let next = Standing::after(self.standing, verdict.stance, verdict.clause, stamp, needed);
        self.standing = Some(next);
    }

    /// What stands.
    pub(super) fn standing(&self) -> Option<Standing> {
        self.standing
    }

    /// Keeps what stands, if the campaign has a file to keep it by.
    pub(super) fn keep(&self, kept: &mut Standings) {
        if let (Some(file), Some(standing)) = (&self.file, self.standing) {
            kept.keep(file, standing);
        }
    }
}

/// Changes with everything that the trader decides, and not with marks; the same in every run.
fn decided(campaign: &Campaign) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    format!(
        "{:?}",
        (&campaign.positions, &campaign.settings, &campaign.pack)
    )
    .hash(&mut hasher);
    hasher.finish()
}
