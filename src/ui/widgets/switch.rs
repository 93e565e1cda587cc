//! A switch: on or off, told apart by the knob's side as well as by colour.

use egui::{Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::icons;
use crate::ui::theme::{Tone, tokens};

/// Width of the switch.
const WIDTH: f32 = 28.0;
/// Height of the switch inside its 24-point target.
const HEIGHT: f32 = 16.0;

/// Shows a switch with an accessible name and turns `is_on` when it is pressed; the response is then marked
/// as changed. `tone` colours it while it is on.
pub fn switch(ui: &mut Ui, is_on: &mut bool, tone: Tone, label: &str) -> Response {
    let t = tokens(ui);
    let (target, mut response) = ui.allocate_exact_size(vec2(WIDTH, 24.0), Sense::click());
    if response.clicked() {
        *is_on = !*is_on;
        response.mark_changed();
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), *is_on, label));
    let rect = Rect::from_center_size(target.center(), vec2(WIDTH, HEIGHT));
    let ink = t.text(tone);
    let (fill, stroke, knob, x) = if *is_on {
        let x = rect.right() - HEIGHT / 2.0;
        (ink, Stroke::NONE, t.on_accent, x)
    } else {
        let edge = if response.hovered() { t.tx3 } else { t.edge };
        let x = rect.left() + HEIGHT / 2.0;
        (t.field, Stroke::new(1.0, edge), t.tx3, x)
    };
    let painter = ui.painter();
    painter.rect(rect, HEIGHT / 2.0, fill, stroke, StrokeKind::Inside);
    painter.circle_filled(pos2(x, rect.center().y), 5.0, knob);
    icons::focus_ring(ui, rect, &response);
    response
}
