//! The moment of an entry: typed, stepped or picked, with the book's expiries in its calendar.

use egui::Ui;

use super::draft::{Field, Refusal, error_of};
use crate::calendar::new_york_date;
use crate::ui::PanelContext;
use crate::ui::panels::expiring_on;
use crate::ui::widgets::{DATE_HINT, DateDays, DateField, DateLook};

/// Shows the field; `true` when Enter asks to save.
pub(super) fn at_field(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    at: &mut String,
    refusal: Option<&Refusal>,
) -> bool {
    let look = DateLook {
        has_time: true,
        today: new_york_date(ctx.campaign.marks.as_of),
        marks: &|day| expiring_on(ctx.campaign, day),
        days: DateDays::Every,
    };
    let field = DateField::new(at, "Time", look)
        .error(error_of(refusal, Field::At))
        .width(144.0)
        .show(ui)
        .field;
    field.response.on_hover_text(format!(
        "When it happened, New York time; a day alone means its close. {DATE_HINT}"
    ));
    field.submitted
}
