//! Days of the journal: the marks now, and days from market history.

use super::desk::Desk;
use crate::calendar::new_york;
use crate::document::journal::MomentSource;
use crate::document::{Command, JournalCommand};
use crate::journal::{HistoryDays, history_moments};
use crate::ui::format::{count, date};
use crate::ui::widgets::ToastKind;

impl Desk {
    /// Keeps the marks as a day of the journal.
    pub(super) fn keep_marks(&mut self) {
        if self.is_scenario("Marks of a what-if are not kept: leave it first") {
            return;
        }
        let marks = self.session.campaign().marks.clone();
        let at = marks.as_of.to_zoned(new_york()).datetime();
        let when = format!("{} {}", date(at.date()), at.strftime("%H:%M"));
        let source = marks.chain.as_ref().map_or(MomentSource::Entered, |chain| {
            MomentSource::Imported(chain.source_name.clone())
        });
        let command = JournalCommand::KeepMoment {
            marks: Box::new(marks),
            source,
        };
        match self.session.edit(Command::Journal(command)) {
            Ok(()) => self.say(
                ToastKind::Success,
                format!("The marks of {when} are in the journal"),
            ),
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
    }

    /// Adds the trading days without marks of their own, from market history, in one step of undo.
    pub(super) fn add_history_days(&mut self) {
        if self.is_scenario("Days are added to the book as held: leave the what-if first") {
            return;
        }
        let Some(library) = self.library.read().cloned() else {
            let words = "No market history: choose its folder in Market data";
            return self.say(ToastKind::Info, words);
        };
        let days = history_moments(self.session.campaign(), &library);
        let words = days_words(&days);
        if days.moments.is_empty() {
            return self.say(ToastKind::Info, words);
        }
        match self.session.edit(days.command()) {
            Ok(()) => self.say(ToastKind::Success, words),
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
    }

    /// Whether a what-if is on; says so.
    fn is_scenario(&mut self, words: &str) -> bool {
        let is_on = self.session.is_what_if();
        if is_on {
            self.say(ToastKind::Info, words);
        }
        is_on
    }
}

/// How many days were added, and which cannot be.
fn days_words(days: &HistoryDays) -> String {
    let added = match days.moments.len() {
        0 if days.missing.is_empty() => return "Every trading day has its marks".to_owned(),
        0 => "No day added".to_owned(),
        1 => "1 day added from market history".to_owned(),
        many => format!("{} days added from market history", count(many)),
    };
    match days.missing.as_slice() {
        [] => added,
        [one] => format!("{added}; it has no close of SPX and VIX for {}", date(*one)),
        [first, .., last] => format!(
            "{added}; it has no closes of SPX and VIX for {} days from {} to {}",
            count(days.missing.len()),
            date(*first),
            date(*last)
        ),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::days_words;
    use crate::journal::HistoryDays;
    use crate::market::Marks;

    #[test]
    fn the_words_count_what_came_and_name_what_is_missing() {
        let marks = Marks::new(jiff::Timestamp::UNIX_EPOCH, 6000.0, 17.0);
        let words = |moments: usize, missing: &[jiff::civil::Date]| {
            days_words(&HistoryDays {
                moments: vec![marks.clone(); moments],
                missing: missing.to_vec(),
            })
        };
        assert_eq!(words(0, &[]), "Every trading day has its marks");
        assert_eq!(words(2, &[]), "2 days added from market history");
        assert_eq!(
            words(1, &[day(2026, 7, 1)]),
            "1 day added from market history; it has no close of SPX and VIX for 1 Jul 26"
        );
        assert_eq!(
            words(0, &[day(2026, 7, 1), day(2026, 7, 2)]),
            "No day added; it has no closes of SPX and VIX for 2 days from 1 Jul 26 to 2 Jul 26"
        );
    }
}
