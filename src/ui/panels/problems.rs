//! The problems panel: what could not be valued and what is assumed, each with what would mend it.

use egui::{Align2, Label, Role, Sense, Ui, WidgetInfo, vec2};

use crate::risk::figures::Problem;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{empty_state, panel_body, scroll_body};
use crate::ui::{Actions, PanelContext, fonts};

/// Width of the column of subjects, in points.
const SUBJECT: f32 = 176.0;

/// Shows the problems panel over the whole of `ui`. It only reads.
pub fn problems_ui(ui: &mut Ui, ctx: &PanelContext<'_>, _actions: &mut Actions) {
    let problems = &ctx.valuation.problems;
    if problems.is_empty() {
        let sentence = "Every leg is valued, and every mark that the figures rest on was entered or \
                        imported.";
        empty_state(ui, "Nothing to report", sentence, None);
        return;
    }
    scroll_body(ui, "problems body", |ui| {
        ui.add_space(GAP);
        panel_body(ui, |ui| {
            for problem in problems {
                line(ui, problem);
            }
        });
    });
}

fn line(ui: &mut Ui, problem: &Problem) {
    let t = tokens(ui);
    let is_assumption = problem.message.starts_with("assumed");
    let (icon, ink) = if is_assumption {
        (Icon::Info, t.tx3)
    } else {
        (Icon::Warning, t.warn)
    };
    let row = ui.horizontal_top(|ui| {
        ui.add_space(2.0);
        icons::show(ui, icon, ink);
        let (rect, _space) = ui.allocate_exact_size(vec2(SUBJECT, 16.0), Sense::hover());
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let font = fonts::inter_strong(fonts::BODY);
        painter.text(
            rect.left_center(),
            Align2::LEFT_CENTER,
            &problem.subject,
            font,
            t.tx,
        );
        ui.add(Label::new(fonts::body(&problem.message).color(t.tx2)).wrap());
    });
    let name = format!("{}: {}", problem.subject, problem.message);
    row.response
        .widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &name));
    ui.add_space(4.0);
}
