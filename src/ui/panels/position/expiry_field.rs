//! An expiry that is typed: a day on which the family expires, or a word on the nearest ones.

use egui::Ui;
use jiff::civil::Date;

use crate::calendar::parse_date;
use crate::instrument::Root;
use crate::ui::format;
use crate::ui::widgets::{CommitField, DateDays, DateLook};

/// Shows the field and returns the expiry committed in this frame; `listed` ascends.
pub(super) fn expiry_field(
    ui: &mut Ui,
    root: Root,
    held: Date,
    listed: &[Date],
    today: Date,
) -> Option<Date> {
    let shown = format::date(held);
    let is_listed = |day: Date| {
        let found = listed.binary_search(&day).is_ok();
        found.then(|| format!("{} expires", root.symbol()))
    };
    let look = DateLook {
        has_time: false,
        today,
        marks: &is_listed,
        days: DateDays::Marked,
    };
    CommitField::new("Expiry", &shown)
        .date(look)
        .width(96.0)
        .tooltip("Type 2026-11-20, 20 Nov 26 or 20NOV26; the arrow keys step to the next expiry")
        .show(ui, |text| {
            let day = parse_date(text).map_err(|refused| refused.to_string())?;
            on_the_list(root, day, listed)
        })
}

/// The day, if the family expires on it; else which days are near.
fn on_the_list(root: Root, day: Date, listed: &[Date]) -> Result<Date, String> {
    let Err(place) = listed.binary_search(&day) else {
        return Ok(day);
    };
    let before = place.checked_sub(1).and_then(|index| listed.get(index));
    let near: Vec<String> = before
        .into_iter()
        .chain(listed.get(place))
        .map(|day| format::date(*day))
        .collect();
    Err(format!(
        "no {} expiry on {}; near: {}",
        root.symbol(),
        format::date(day),
        near.join(" and ")
    ))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_off_the_list_is_refused_with_its_neighbours() {
        let listed = [date(2026, 11, 20), date(2026, 11, 27), date(2026, 12, 4)];
        assert_eq!(on_the_list(Root::Spxw, listed[1], &listed), Ok(listed[1]));
        let words = on_the_list(Root::Spxw, date(2026, 11, 22), &listed).expect_err("a Sunday");
        assert!(words.contains("20 Nov 26 and 27 Nov 26"), "{words}");
        let words = on_the_list(Root::Spxw, date(2030, 1, 1), &listed).expect_err("far");
        assert!(words.ends_with("near: 4 Dec 26"), "{words}");
    }
}
