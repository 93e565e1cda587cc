//! Days of a campaign's journal from market history.

use jiff::civil::{Date, date};
use palisade::calendar::{is_business_day, new_york_date, parse_as_of};
use palisade::document::journal::MomentSource;
use palisade::document::{Command, History, JournalCommand};
use palisade::journal::history_moments;
use palisade::series::SeriesId;

use crate::document::sample;
use crate::made_library::{cut, made_library};

fn held_until(as_of: &str) -> palisade::document::Campaign {
    let as_of = parse_as_of(as_of).expect("an instant");
    sample().applied(Command::SetAsOf(as_of)).expect("valid")
}

fn days(found: &palisade::journal::HistoryDays) -> Vec<Date> {
    let moments = found.moments.iter();
    moments.map(|marks| new_york_date(marks.as_of)).collect()
}

fn sessions(from: Date, to: Date) -> Vec<Date> {
    let days = from.series(jiff::ToSpan::days(1));
    days.take_while(|day| *day <= to)
        .filter(|day| is_business_day(*day))
        .collect()
}

#[test]
fn every_session_of_the_campaign_s_life_has_its_closes_and_settlements() {
    let library = made_library();
    let campaign = held_until("2026-07-10T16:15");
    let found = history_moments(&campaign, &library);
    let expected = sessions(date(2026, 6, 24), date(2026, 7, 9));
    assert!(expected.len() > 8);
    assert_eq!(days(&found), expected);
    assert!(found.missing.is_empty());
    for (marks, day) in found.moments.iter().zip(expected) {
        let close = |id| library.series(id).and_then(|series| series.value_on(day));
        assert_eq!(Some(marks.spx), close(SeriesId::Spx));
        assert_eq!(Some(marks.vix), close(SeriesId::Vix));
        assert_eq!(marks.vvix, close(SeriesId::Vvix));
        assert_eq!((marks.rate, marks.dividend), (0.041, 0.0125));
        let curve = library.futures().curve_on(day).expect("a curve");
        assert_eq!(marks.vx.len(), curve.points.len());
        assert_eq!(marks.vx[0].price, curve.points[0].settle);
        assert!(marks.quotes.is_empty() && marks.chain.is_none());
        let at = marks.as_of.to_zoned(palisade::calendar::new_york());
        assert_eq!((at.hour(), at.minute()), (16, 15));
    }
}

#[test]
fn they_enter_the_journal_in_one_step_and_once() {
    let library = made_library();
    let mut history = History::opened(held_until("2026-07-10T16:15"));
    let found = history_moments(history.current(), &library);
    history.apply(found.command()).expect("valid");
    history.seal();
    let journal = &history.current().journal;
    assert_eq!(journal.moments.len(), found.moments.len());
    assert!(
        (journal.moments.iter()).all(|moment| moment.source == MomentSource::History),
        "they say where they come from"
    );
    let again = history_moments(history.current(), &library);
    assert_eq!((again.moments.len(), again.missing.len()), (0, 0));
    history.undo();
    assert!(history.current().journal.moments.is_empty());
}

#[test]
fn days_with_marks_and_days_without_closes_stay_out() {
    let mut campaign = held_until("2026-06-30T12:00");
    let marks = Box::new(campaign.marks.clone());
    let source = MomentSource::Entered;
    let keep = Command::Journal(JournalCommand::KeepMoment { marks, source });
    campaign.apply(keep).expect("valid");
    let later = parse_as_of("2026-07-10T16:15").expect("an instant");
    campaign.apply(Command::SetAsOf(later)).expect("valid");
    let library = cut(&made_library(), date(2026, 7, 2));
    let found = history_moments(&campaign, &library);
    let mut expected = sessions(date(2026, 6, 24), date(2026, 7, 2));
    expected.retain(|day| *day != date(2026, 6, 30));
    assert_eq!(days(&found), expected);
    assert_eq!(found.missing, sessions(date(2026, 7, 3), date(2026, 7, 9)));
}
