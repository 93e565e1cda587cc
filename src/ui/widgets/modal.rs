//! A dialog in the middle of the window, for the few questions that must be answered first.

use egui::{Context, Frame, Id, Margin, Modal, Stroke, Ui};

use crate::ui::fonts;
use crate::ui::theme::{RADIUS_PANEL, tokens};

/// What a dialog gave back.
#[derive(Debug)]
pub struct ModalOutcome<R> {
    /// What the contents returned.
    pub inner: R,
    /// Esc or a click beside the dialog asks to close it.
    pub should_close: bool,
}

/// Shows a dialog of `width` points with a title; must be called in every frame while it is open.
pub fn modal<R>(
    ctx: &Context,
    id: &str,
    title: &str,
    width: f32,
    contents: impl FnOnce(&mut Ui) -> R,
) -> ModalOutcome<R> {
    let t = tokens(ctx);
    let frame = Frame::NONE
        .fill(t.pop)
        .stroke(Stroke::new(1.0, t.edge))
        .corner_radius(RADIUS_PANEL)
        .shadow(ctx.style_of(ctx.theme()).visuals.window_shadow)
        .inner_margin(Margin::same(16));
    let response = Modal::new(Id::unique(("modal", id)))
        .frame(frame)
        .backdrop_color(t.backdrop())
        .show(ctx, |ui| {
            ui.set_width(width);
            ui.label(fonts::verdict(title));
            ui.add_space(4.0);
            contents(ui)
        });
    let should_close = response.should_close();
    ModalOutcome {
        inner: response.inner,
        should_close,
    }
}
