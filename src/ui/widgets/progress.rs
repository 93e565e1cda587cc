//! Long work: what runs, how far it is, and a way out.

use egui::{Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::icons::{self, Icon};
use crate::ui::theme::{RADIUS_BAR, tokens};
use crate::ui::{fonts, format};

/// Shows label, bar and a cancel button; returns true when cancel was pressed.
///
/// `share` is 0 to 1, or `None` while the length of the work is unknown.
pub fn progress(ui: &mut Ui, label: &str, share: Option<f32>) -> bool {
    ui.horizontal(|ui| {
        let t = tokens(ui);
        ui.label(fonts::caption(label).color(t.tx2));
        let (rect, response) = ui.allocate_exact_size(vec2(120.0, 16.0), Sense::hover());
        let track = Rect::from_center_size(rect.center(), vec2(rect.width(), 4.0));
        ui.painter().rect_filled(track, RADIUS_BAR, t.line);
        let (from, to) = span(share, ui.input(|i| i.time));
        let fill = Rect::from_x_y_ranges(
            track.left() + track.width() * from..=track.left() + track.width() * to,
            track.y_range(),
        );
        ui.painter().rect_filled(fill, RADIUS_BAR, t.accent);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, label);
            info.value = share.map(f64::from);
            info
        });
        if let Some(share) = share {
            let text = format!("{} %", format::pct(f64::from(share.clamp(0.0, 1.0)), 0));
            ui.label(fonts::num_small(text).color(t.tx2));
        } else {
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_millis(60));
        }
        icons::icon_button(ui, Icon::Close, &format!("Cancel: {label}")).clicked()
    })
    .inner
}

/// The filled part of the track: the share, or a piece that wanders.
fn span(share: Option<f32>, time_s: f64) -> (f32, f32) {
    const PIECE: f32 = 0.3;
    match share {
        Some(share) if share.is_finite() => (0.0, share.clamp(0.0, 1.0)),
        Some(_) => (0.0, 0.0),
        None => {
            let phase = (time_s * 0.6).rem_euclid(1.0) as f32;
            let from = phase * (1.0 + PIECE) - PIECE;
            (from.max(0.0), (from + PIECE).min(1.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_stays_on_its_track() {
        assert_eq!(span(Some(0.25), 9.0), (0.0, 0.25));
        assert_eq!(span(Some(7.0), 9.0), (0.0, 1.0));
        assert_eq!(span(Some(f32::NAN), 9.0), (0.0, 0.0));
        for tenth in 0..40 {
            let (from, to) = span(None, f64::from(tenth) * 0.1);
            assert!((0.0..=1.0).contains(&from) && (0.0..=1.0).contains(&to) && from <= to);
        }
    }
}
