//! Keeps the workspace on disk: written once it has been still for a moment, and when the desk ends.

use egui::Context;

use super::desk::Desk;
use crate::ui::Workspace;
use crate::ui::dock::Dock;

/// How long the workspace stays as it is before it is written, in seconds: a window on the move tells
/// a new place in every frame.
const STILL_S: f64 = 0.4;

/// What is on disk, and what waits to be.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    saved: Option<(Workspace, Dock)>,
    waiting: Option<(Workspace, Dock, f64)>,
}

impl Desk {
    /// Notes the window's size, and writes the workspace once it has been still for a moment.
    pub(super) fn keep_workspace(&mut self, ctx: &Context) {
        let (size, now, is_busy) = ctx.input(|input| {
            let seen = input.viewport();
            let is_plain = seen.maximized != Some(true) && seen.fullscreen != Some(true);
            let inner = seen.inner_rect.filter(|_| is_plain);
            (inner, input.time, input.pointer.any_down())
        });
        if let Some(inner) = size {
            self.workspace.window_size = Some([inner.width(), inner.height()]);
        }
        if is_busy {
            return;
        }
        // the zoom of the plots is not kept, so it is no change
        let range = self.workspace.plot_range.take();
        let is_due = self.is_due(now);
        self.workspace.plot_range = range;
        if is_due {
            self.write_workspace();
        } else if self.keeper.waiting.is_some() {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(STILL_S));
        }
    }

    fn is_due(&mut self, now: f64) -> bool {
        let (workspace, dock) = (&self.workspace, &self.dock);
        let is_same = |kept: &Workspace, place: &Dock| kept == workspace && place == dock;
        let keeper = &mut self.keeper;
        if keeper
            .saved
            .as_ref()
            .is_some_and(|(kept, place)| is_same(kept, place))
        {
            keeper.waiting = None;
            return false;
        }
        let waiting = keeper.waiting.as_ref();
        let since = waiting.filter(|(kept, place, _)| is_same(kept, place));
        if let Some((_, _, since)) = since {
            return now - since >= STILL_S;
        }
        keeper.waiting = Some((workspace.clone(), dock.clone(), now));
        false
    }

    /// Writes the workspace now.
    pub(super) fn write_workspace(&mut self) {
        self.keeper.waiting = None;
        self.workspace.layout = self.dock.to_text();
        let kept = Workspace {
            plot_range: None,
            ..self.workspace.clone()
        };
        if let Some(Err(error)) = self
            .session
            .store()
            .map(|store| store.save_workspace(&kept))
        {
            tracing::warn!("{error}");
        }
        self.keeper.saved = Some((kept, self.dock.clone()));
    }
}
