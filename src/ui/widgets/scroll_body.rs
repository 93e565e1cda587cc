//! A body that scrolls, and shows by a soft edge that it goes on.

use egui::{Color32, Mesh, Rect, ScrollArea, Shape, Ui};

use crate::ui::export::is_picture;
use crate::ui::theme::tokens;

/// Height of the soft edge, in points.
const FADE: f32 = 20.0;

/// Shows a body over the available space; it scrolls where it is higher, and fades at the top or at the
/// foot where there is more of it.
pub fn scroll_body<R>(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    scroll_below(ui, name, 0.0, add)
}

/// As [`scroll_body`], for a body whose heads, so high in points, stay at its top: they do not fade.
pub fn scroll_below<R>(ui: &mut Ui, name: &str, heads: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let area = ScrollArea::vertical().id_salt(name).auto_shrink(false);
    faded(ui, area, heads, add)
}

/// As [`scroll_body`], as high as it is but not higher than `height` points: what stands below it stays in sight.
pub fn scroll_part<R>(ui: &mut Ui, name: &str, height: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let area = ScrollArea::vertical()
        .id_salt(name)
        .auto_shrink([false, true])
        .min_scrolled_height(0.0)
        .max_height(height);
    faded(ui, area, 0.0, add)
}

fn faded<R>(ui: &mut Ui, area: ScrollArea, heads: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = area.show(ui, add);
    if !is_picture(ui.ctx()) {
        let room = shown.inner_rect;
        let (above, height) = (shown.state.clamped_offset().y, shown.content_size.y);
        let below = height - room.height() - above;
        let top = room.top() + heads;
        fade(
            ui,
            room.with_min_y(top).with_max_y(top + strength(above)),
            true,
        );
        fade(ui, room.with_min_y(room.bottom() - strength(below)), false);
    }
    shown.inner
}

/// The edge grows with what lies beyond it, so that it does not jump in.
fn strength(beyond: f32) -> f32 {
    beyond.clamp(0.0, FADE)
}

/// From the panel's own colour at the outer edge to nothing.
fn fade(ui: &Ui, rect: Rect, is_top: bool) {
    if rect.height() < 1.0 {
        return;
    }
    let ink = tokens(ui).panel;
    let (top, bottom) = if is_top {
        (ink, Color32::TRANSPARENT)
    } else {
        (Color32::TRANSPARENT, ink)
    };
    let mut mesh = Mesh::default();
    mesh.colored_vertex(rect.left_top(), top);
    mesh.colored_vertex(rect.right_top(), top);
    mesh.colored_vertex(rect.right_bottom(), bottom);
    mesh.colored_vertex(rect.left_bottom(), bottom);
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    ui.painter().add(Shape::mesh(mesh));
}

#[cfg(test)]
mod tests {
    use super::{FADE, strength};

    #[test]
    fn an_edge_is_as_high_as_what_lies_beyond_up_to_its_full_height() {
        assert_eq!(strength(-3.0), 0.0);
        assert_eq!(strength(7.0), 7.0);
        assert_eq!(strength(900.0), FADE);
    }
}
