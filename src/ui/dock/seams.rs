//! Names and rings for what the docking library draws itself: borders between panels and tab bars.
//!
//! The library lets the Tab key stop there but says neither a name nor where the keyboard is; so both are
//! added afterwards, to what has the shape of a border or of a tab bar.

use egui::{Id, Rect, Role, Ui};

use crate::ui::icons;
use crate::ui::theme::{TAB_HEIGHT, tokens};

/// Tab bars are wider than this, single tabs narrower, in points.
const BAR_FROM: f32 = 280.0;

/// What a widget of the library is, by its shape.
fn seam(rect: Rect, grab: f32) -> Option<&'static str> {
    if rect.width().min(rect.height()) <= grab + 0.5 {
        Some("Border between panels")
    } else if (rect.height() - TAB_HEIGHT).abs() < 1.0 && rect.width() > BAR_FROM {
        Some("Tab bar")
    } else {
        None
    }
}

/// Names the borders and tab bars drawn in this pass, and shows the one that has the keyboard.
pub(super) fn name_seams(ui: &Ui) {
    let grab = 2.0 * ui.style().interaction.resize_grab_radius_side;
    let layer = ui.layer_id();
    let found: Vec<(Id, Rect, &'static str)> = ui.ctx().viewport(|viewport| {
        let widgets = viewport.this_pass.widgets.get_layer(layer);
        widgets
            .filter(|widget| widget.sense.senses_drag() && widget.sense.is_focusable())
            .filter_map(|widget| Some((widget.id, widget.rect, seam(widget.rect, grab)?)))
            .collect()
    });
    let focused = ui.memory(|memory| memory.focused());
    for (id, rect, name) in found {
        let was_nameless = ui.ctx().accesskit_node_builder(id, |node| {
            let is_nameless = node.label().is_none() && node.value().is_none();
            if is_nameless {
                node.set_role(Role::Splitter);
                node.set_label(name);
            }
            is_nameless
        });
        if focused == Some(id) && was_nameless != Some(false) {
            let stroke = egui::Stroke::new(1.5, tokens(ui).accent);
            let at = icons::snap(ui, rect.min);
            let ring = Rect::from_min_max(at, rect.max).shrink(0.5);
            ui.painter()
                .rect_stroke(ring, 2, stroke, egui::StrokeKind::Inside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::seam;
    use egui::{Rect, pos2, vec2};

    #[test]
    fn borders_are_thin_and_bars_are_wide() {
        let rect = |width, height| Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height));
        assert_eq!(seam(rect(6.0, 800.0), 6.0), Some("Border between panels"));
        assert_eq!(seam(rect(700.0, 6.0), 6.0), Some("Border between panels"));
        assert_eq!(seam(rect(700.0, 32.0), 6.0), Some("Tab bar"));
        assert_eq!(seam(rect(80.0, 32.0), 6.0), None);
        assert_eq!(seam(rect(700.0, 300.0), 6.0), None);
    }
}
