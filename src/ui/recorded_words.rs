//! Where verdict and choices of a past moment come from: a record of the time, or this program now.

use super::PanelContext;
use super::format;
use super::journal_view::PastFace;
use crate::document::journal::{DecisionRecord, JournalEntry};

/// `Recorded 15 Oct 26 15:00 with pack alvh 1.1 by Palisade 0.1.0`.
pub fn recorded(entry: &JournalEntry, record: &DecisionRecord) -> String {
    format!(
        "Recorded {} {} with pack {} {} by Palisade {}",
        format::date(entry.at.date()),
        entry.at.strftime("%H:%M"),
        record.pack.id,
        record.pack.version,
        record.program
    )
}

/// What is said of a past moment that is judged now; `None` for now itself, and for what is shown as recorded.
pub fn judged_now(ctx: &PanelContext<'_>) -> Option<String> {
    let past = ctx.journal.past.filter(|past| past.recorded().is_none())?;
    let why = match (past.entry, past.face) {
        (None, _) => ": nothing was recorded at this moment",
        (Some(_), PastFace::After) => ", of the book after what was done",
        (Some(_), PastFace::Recorded | PastFace::JudgedNow) => "",
    };
    let (version, pack) = (env!("CARGO_PKG_VERSION"), ctx.pack);
    Some(format!(
        "Judged now by Palisade {version} with pack {} {}{why}",
        pack.id, pack.version
    ))
}
