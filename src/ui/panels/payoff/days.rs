//! The chooser of T+n lines: a button with the days, and a list to add to and take from.

use egui::{
    Align2, Id, Popup, PopupCloseBehavior, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

use crate::calendar::new_york_date;
use crate::ui::action::Actions;
use crate::ui::context::PanelContext;
use crate::ui::icons::{self, Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, tokens};
use crate::ui::widgets::{TextField, text_field::TextError};
use crate::ui::workspace::{MAX_DAYS_AHEAD, WorkspaceEdit};
use crate::ui::{fonts, format};

/// Farthest day that can be typed.
const FARTHEST: u32 = 1000;

/// `T + 15, 30`; `T + …` when they are many.
fn button_words(days: &[u32]) -> String {
    match days {
        [] => "T + n".to_owned(),
        [one] => format!("T + {one}"),
        [one, two] => format!("T + {one}, {two}"),
        [one, two, rest @ ..] => format!("T + {one}, {two} +{}", rest.len()),
    }
}

/// Reads days separated by commas or blanks.
///
/// # Errors
/// What is wrong, in words.
fn parse_days(text: &str) -> Result<Vec<u32>, String> {
    let words = text.split([',', ' ', ';']).filter(|word| !word.is_empty());
    let days: Result<Vec<u32>, String> = words
        .map(|word| {
            let number = word.trim_start_matches(['T', 't', '+']);
            number
                .parse::<u32>()
                .ok()
                .filter(|days| (1..=FARTHEST).contains(days))
                .ok_or_else(|| format!("“{word}”: whole days from 1 to {FARTHEST}"))
        })
        .collect();
    days.and_then(|days| {
        if days.is_empty() {
            Err("Type days such as 15, 30".to_owned())
        } else {
            Ok(days)
        }
    })
}

/// Shows the button and, when it is open, the list.
pub fn chooser(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let response = button(ui, &button_words(&ctx.workspace.days_ahead));
    Popup::menu(&response)
        .gap(4.0)
        .width(216.0)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name("Days ahead")
        .show(|ui| list(ui, ctx, actions));
    response.on_hover_text("Lines between today and expiry, in calendar days from today");
}

fn button(ui: &mut Ui, words: &str) -> Response {
    let t = tokens(ui);
    let galley = ui
        .painter()
        .layout_no_wrap(words.to_owned(), fonts::inter(fonts::BODY), t.tx2);
    let size = vec2(galley.size().x.ceil() + 34.0, FIELD_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Days ahead"));
    let ink = if response.hovered() { t.tx } else { t.tx2 };
    if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.hover);
    }
    let at =
        Align2::LEFT_CENTER.anchor_size(pos2(rect.left() + 8.0, rect.center().y), galley.size());
    ui.painter()
        .galley_with_override_text_color(at.min, galley, ink);
    let caret =
        Rect::from_center_size(pos2(rect.right() - 14.0, rect.center().y), vec2(12.0, 12.0));
    icons::paint(ui.painter(), caret, Icon::Caret, t.tx3);
    icons::focus_ring(ui, rect, &response);
    response
}

fn list(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let days = &ctx.workspace.days_ahead;
    ui.horizontal(|ui| {
        ui.label(fonts::caption_strong("Days ahead"));
        let count = format!("{} of {MAX_DAYS_AHEAD}", days.len());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(fonts::caption(count))
        });
    });
    for day in days {
        if day_row(ui, ctx, *day) {
            let kept = days.iter().copied().filter(|other| other != day).collect();
            actions.workspace(WorkspaceEdit::DaysAhead(kept));
        }
    }
    add_line(ui, days, actions);
}

/// One line's day and date; returns whether it shall go.
fn day_row(ui: &mut Ui, ctx: &PanelContext<'_>, day: u32) -> bool {
    ui.horizontal(|ui| {
        ui.label(fonts::num(format!("T+{day}")));
        let today = new_york_date(ctx.real_valuation().market.as_of);
        if let Ok(date) = today.checked_add(jiff::Span::new().days(i64::from(day))) {
            ui.label(fonts::caption(format::date_weekday(date)));
        }
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(layout, |ui| {
            icon_button(ui, Icon::Close, &format!("Remove T+{day}")).clicked()
        })
        .inner
    })
    .inner
}

fn add_line(ui: &mut Ui, days: &[u32], actions: &mut Actions) {
    if days.len() >= MAX_DAYS_AHEAD {
        ui.label(fonts::caption(
            "That is the most; take one away to add another",
        ));
        return;
    }
    let id = Id::unique("palisade_days_ahead_text");
    let (mut text, mut error) = ui
        .data(|data| data.get_temp::<(String, Option<String>)>(id))
        .unwrap_or_default();
    let shown = error.as_ref().map(|message| TextError {
        message: message.clone(),
        range: 0..text.len(),
    });
    let field = TextField::new(&mut text, "Add days")
        .hint("Add days, such as 15, 30")
        .error(shown.as_ref());
    let response = field.show(ui);
    if response.response.changed() {
        error = None;
    }
    if response.submitted {
        match parse_days(&text) {
            Ok(more) => {
                let all = days.iter().copied().chain(more).collect();
                actions.workspace(WorkspaceEdit::DaysAhead(all));
                (text, error) = (String::new(), None);
                response.response.request_focus();
            }
            Err(message) => error = Some(message),
        }
    }
    ui.data_mut(|data| data.insert_temp(id, (text, error)));
}

#[cfg(test)]
mod tests {
    use super::{button_words, parse_days};

    #[test]
    fn days_are_read_and_refused_with_a_reason() {
        assert_eq!(parse_days("15, 30"), Ok(vec![15, 30]));
        assert_eq!(parse_days("T+7 21"), Ok(vec![7, 21]));
        assert!(parse_days("soon").expect_err("no number").contains("soon"));
        assert!(parse_days("0").is_err());
        assert!(parse_days(" ").is_err());
    }

    #[test]
    fn the_button_stays_short() {
        assert_eq!(button_words(&[15, 30]), "T + 15, 30");
        assert_eq!(button_words(&[7, 15, 30, 40]), "T + 7, 15 +2");
        assert_eq!(button_words(&[]), "T + n");
    }
}
