//! The smile view: the fitted curve of a held expiry with its quotes, the legs on it, and how good the fit is.

mod facts;
mod picture;
mod readout;
mod zoom;

use egui::{Rect, Sense, Ui, pos2};

use crate::risk::smile_view::{SmileView, smile_views};
use crate::ui::export::{DataSet, csv, export_button, say_subject};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::panels::PanelKind;
use crate::ui::plot::canvas::ground;
use crate::ui::widgets::{
    PickerRow, copy_button, empty_state, head_room, offer_table, panel_head, panel_head_with,
    picker, segmented,
};
use crate::ui::{Actions, PanelContext, format};

/// Width of the expiry picker, and of one that leaves out the days, in points.
const PICKER_WIDTH: f32 = 216.0;
const SHORT_PICKER: f32 = 136.0;

/// Room that the picker and what stands at the right take on the row of the tabs, in points.
const HEAD_ROOM: f32 = 500.0;

/// Bodies lower than this show the plot alone: the figures of its foot stand in the copied table.
const LEAST_BODY: f32 = 136.0;

/// What runs along the plot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Along {
    /// Strikes in points.
    #[default]
    Strike,
    /// Standard deviations from the forward.
    Moneyness,
}

/// The reader's choices, kept while the desk runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Choices {
    along: Along,
    expiry: Option<(crate::instrument::Root, jiff::civil::Date)>,
}

/// Shows the smile view over the whole of `ui`.
pub fn smile_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let views = smile_views(&ctx.valuation.book);
    let id = egui::Id::unique("palisade_smile_choices");
    let mut choices: Choices = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let at = views
        .iter()
        .position(|view| choices.expiry == Some((view.root, view.expiry)))
        .unwrap_or_default();
    let Some(view) = views.get(at) else {
        panel_head(ui, "Smile", |_right| {});
        empty_state(
            ui,
            "No smile yet",
            "The fitted smile of every expiry that you hold stands here, with its quotes and your strikes on it.",
            None,
        );
        return;
    };
    let before = choices;
    head(ui, &views, (at, view), &mut choices, actions);
    say_subject(ui.ctx(), || {
        format!("{} {}", view.root, format::date(view.expiry))
    });
    if choices != before {
        ui.ctx().request_repaint();
    }
    ui.data_mut(|data| data.insert_temp(id, choices));
    let body = ui.available_rect_before_wrap();
    ui.allocate_rect(body, Sense::hover());
    let has_foot = body.height() >= LEAST_BODY;
    let top = body.bottom() - if has_foot { facts::HEIGHT } else { 0.0 };
    let area = body.with_max_y(top);
    ground(ui, area);
    picture::picture(ui, view, choices.along, area.with_min_y(area.top() + 10.0));
    if has_foot {
        let foot = Rect::from_min_max(pos2(body.left(), top), body.max);
        facts::foot(ui, view, foot);
    }
}

fn head(
    ui: &mut Ui,
    views: &[SmileView],
    (at, view): (usize, &SmileView),
    choices: &mut Choices,
    actions: &mut Actions,
) {
    let mut along = choices.along;
    let room = head_room(ui);
    let is_short = room > 0.0 && room < HEAD_ROOM;
    let rows: Vec<PickerRow> = if is_short {
        views.iter().map(short_row).collect()
    } else {
        views.iter().map(row).collect()
    };
    let width = if is_short { SHORT_PICKER } else { PICKER_WIDTH };
    let mut picked = None;
    panel_head_with(
        ui,
        "Smile",
        |ui| picked = picker(ui, "Smile of expiry", Some(at), &rows, width),
        |ui| {
            if icon_button(ui, Icon::Fit, "Fit the plot to the smile").clicked() {
                zoom::Zoom::of(view, along).fit(ui.ctx());
            }
            let data = || csv::smile(view);
            export_button(
                ui,
                Some(PanelKind::Smile),
                &[DataSet::new("smile", &data)],
                actions,
            );
            offer_table(ui, "Smile", &|| {
                (facts::text_columns(), facts::text_rows(view))
            });
            copy_button(ui, "smile", &facts::text_columns(), &facts::text_rows(view));
            let choices = [
                (Along::Strike, "Strike"),
                (Along::Moneyness, "Std moneyness"),
            ];
            segmented(ui, "Along", &mut along, &choices).on_hover_text(
                "Strike in points, or standard deviations from the forward: ln(K / F) / (ATM vol × √T), in \
                 which the shape travels with a move",
            );
        },
    );
    choices.along = along;
    if let Some(view) = picked.and_then(|index| views.get(index)) {
        choices.expiry = Some((view.root, view.expiry));
    }
}

fn row(view: &SmileView) -> PickerRow {
    PickerRow::new(format::date_weekday(view.expiry))
        .detail(format::fixed(view.days, 0), format!("d   {}", view.root))
}

fn short_row(view: &SmileView) -> PickerRow {
    PickerRow::new(format!("{} {}", format::date(view.expiry), view.root))
}
