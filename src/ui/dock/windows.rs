//! Panels in windows of their own: what is out, where each window stands, and how it is drawn.
//!
//! A panel that is out keeps its place in the trees, unseen, so that closing its window puts it back
//! where it was. Its window is drawn within the desk's frame, from the same context, and its requests go
//! the same way. Where the system has no further windows, it floats inside the desk.

use egui::{
    Align, Context, Key, Layout, Ui, ViewportBuilder, ViewportClass, ViewportCommand, ViewportId,
};
use serde::{Deserialize, Serialize};

use super::Dock;
use crate::ui::action::{Action, Actions};
use crate::ui::command::UiCommand;
use crate::ui::context::PanelContext;
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::panels::PanelKind;
use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::widgets::{empty_state, panel_frame, set_tab_carries_title};

/// Size of a new window in points.
const SIZE: [f32; 2] = [760.0, 520.0];
/// Smallest size of a window in points.
const LEAST: [f32; 2] = [320.0, 240.0];

/// A panel in a window of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PanelWindow {
    /// The panel.
    pub kind: PanelKind,
    /// Size of the inside in points, as last seen.
    pub size: [f32; 2],
    /// Upper left corner of the frame in points of the screen, as last seen; left to the system at first.
    #[serde(default)]
    pub position: Option<[f32; 2]>,
    /// Size and corner that the window was opened with: told again in every frame, they must not change.
    #[serde(skip)]
    opened: Option<Opened>,
}

/// What a window was opened with.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Opened {
    size: [f32; 2],
    position: Option<[f32; 2]>,
}

impl PanelWindow {
    fn new(kind: PanelKind) -> Self {
        Self {
            kind,
            size: SIZE,
            position: None,
            opened: None,
        }
    }

    fn builder(&mut self) -> ViewportBuilder {
        let opened = *self.opened.get_or_insert_with(|| Opened {
            size: [self.size[0].max(LEAST[0]), self.size[1].max(LEAST[1])],
            position: self.position,
        });
        let builder = ViewportBuilder::default()
            .with_title(format!("{} – Palisade", self.kind.label()))
            .with_app_id("palisade")
            .with_inner_size(opened.size)
            .with_min_inner_size(LEAST);
        match opened.position {
            Some(position) => builder.with_position(position),
            None => builder,
        }
    }

    /// Notes where the window stands, unless it is minimised or fills the screen.
    fn note_place(&mut self, ctx: &Context) {
        ctx.input(|input| {
            let seen = input.viewport();
            let is_plain = [seen.minimized, seen.maximized, seen.fullscreen]
                .into_iter()
                .all(|state| state != Some(true));
            if let Some(inner) = seen.inner_rect.filter(|_| is_plain) {
                self.size = inner.size().into();
            }
            if let Some(outer) = seen.outer_rect.filter(|_| is_plain) {
                self.position = Some(outer.min.into());
            }
        });
    }
}

/// The viewport of a panel's window.
fn viewport(kind: PanelKind) -> ViewportId {
    ViewportId::from_hash_of(("panel window", kind))
}

impl Dock {
    /// The panels in windows of their own.
    pub fn windows(&self) -> &[PanelWindow] {
        &self.windows
    }

    /// Whether a panel is in a window of its own.
    pub fn is_out(&self, kind: PanelKind) -> bool {
        self.windows.iter().any(|window| window.kind == kind)
    }

    /// Gives a panel a window of its own.
    pub fn pop_out(&mut self, kind: PanelKind) {
        if !self.is_out(kind) {
            self.windows.push(PanelWindow::new(kind));
        }
    }

    /// Closes a panel's window and puts it back where it was, in front.
    pub fn put_back(&mut self, kind: PanelKind) {
        self.windows.retain(|window| window.kind != kind);
        self.hide_what_is_out();
        self.focus(kind);
    }

    /// Puts every panel back into the desk.
    pub fn gather(&mut self) {
        self.windows.clear();
        self.hide_what_is_out();
    }

    /// Makes the panes of panels that are out unseen, and all others seen.
    pub(super) fn hide_what_is_out(&mut self) {
        for kind in PanelKind::ALL {
            let is_in = !self.is_out(kind);
            for tree in self.trees_mut() {
                if let Some(tile) = tree.tiles.find_pane(&kind) {
                    tree.set_visible(tile, is_in);
                }
            }
        }
    }

    /// Draws every window; call it within the desk's frame. `keys` takes the shortcuts of a window.
    pub fn windows_ui(
        &mut self,
        root: &Context,
        ctx: &PanelContext<'_>,
        actions: &mut Actions,
        keys: &dyn Fn(&Context, &mut Actions),
    ) {
        let wanted = self.wanted.take();
        let mut closed = Vec::new();
        let mut focused = None;
        for window in &mut self.windows {
            let (kind, builder) = (window.kind, window.builder());
            if wanted == Some(kind) {
                root.send_viewport_cmd_to(viewport(kind), ViewportCommand::Focus);
            }
            let is_closed =
                root.show_viewport_immediate(viewport(kind), builder, |ui, class| match class {
                    ViewportClass::EmbeddedWindow => embedded(ui, kind, ctx, actions),
                    ViewportClass::Root | ViewportClass::Immediate | ViewportClass::Deferred => {
                        window.note_place(ui.ctx());
                        if ui.input(|input| input.viewport().focused) == Some(true) {
                            focused = Some(kind);
                        }
                        keys(ui.ctx(), actions);
                        drops(ui.ctx(), actions);
                        if is_held(ui.ctx()) {
                            ui.data_mut(|data| data.insert_temp(hand_id(), true));
                        }
                        native(ui, kind, ctx, actions)
                    }
                });
            if is_closed {
                closed.push(kind);
            }
        }
        self.reach.note_window(focused);
        for kind in closed {
            self.put_back(kind);
            root.request_repaint();
        }
    }
}

fn hand_id() -> egui::Id {
    egui::Id::unique("hand in a window")
}

/// Whether a pointer button or an arrow key is held down, in the desk or in a window that was just drawn.
pub fn is_hand_down(ctx: &Context) -> bool {
    let elsewhere: Option<bool> = ctx.data_mut(|data| data.remove_temp(hand_id()));
    elsewhere.unwrap_or(false) || is_held(ctx)
}

fn is_held(ctx: &Context) -> bool {
    const STEPPING: [Key; 6] = [
        Key::ArrowLeft,
        Key::ArrowRight,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::PageUp,
        Key::PageDown,
    ];
    ctx.input(|input| input.pointer.any_down() || STEPPING.iter().any(|key| input.key_down(*key)))
}

/// A native window; its frame carries the title. Tells whether it shall close.
fn native(ui: &mut Ui, kind: PanelKind, ctx: &PanelContext<'_>, actions: &mut Actions) -> bool {
    let frame = panel_frame(ui, ctx.what_if.is_some()).corner_radius(0);
    egui::CentralPanel::no_frame()
        .frame(frame)
        .show(ui, |ui| panel(ui, kind, ctx, actions));
    ui.ctx().input(|input| input.viewport().close_requested())
}

/// A window inside the desk's own, with a button where the system has none. Tells whether it shall close.
fn embedded(ui: &mut Ui, kind: PanelKind, ctx: &PanelContext<'_>, actions: &mut Actions) -> bool {
    let row = egui::vec2(ui.available_width(), FIELD_HEIGHT);
    let layout = Layout::right_to_left(Align::Center);
    let back = ui.allocate_ui_with_layout(row, layout, |ui| {
        let label = format!("Put {} back", kind.label());
        let hint = "Close this window and put the panel back where it was";
        icon_button_hinted(ui, Icon::Close, &label, hint).clicked()
    });
    let what_if = ctx.what_if.is_some();
    panel_frame(ui, what_if).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        panel(ui, kind, ctx, actions);
    });
    back.inner
}

fn panel(ui: &mut Ui, kind: PanelKind, ctx: &PanelContext<'_>, actions: &mut Actions) {
    set_tab_carries_title(ui, true);
    ui.push_id(kind, |ui| kind.show(ui, ctx, actions));
    set_tab_carries_title(ui, false);
    if ctx.what_if.is_some() {
        let edge = egui::Stroke::new(1.0, tokens(ui).wi);
        let rect = ui.max_rect();
        ui.painter()
            .rect_stroke(rect, 0.0, edge, egui::StrokeKind::Inside);
    }
}

/// Files dropped on a window open as those dropped on the desk.
fn drops(ctx: &Context, actions: &mut Actions) {
    let dropped = ctx.input(|input| input.raw.dropped_files.clone());
    for file in dropped {
        actions.push(Action::OpenPath(file.path().to_owned()));
    }
}

/// What stands where the panels were when every one of them is in a window of its own.
pub(super) fn all_out(ui: &mut Ui, actions: &mut Actions) {
    let title = "Every panel is in a window of its own";
    let sentence = "Closing a window puts its panel back here";
    let label = UiCommand::GatherWindows.label();
    let back = empty_state(ui, title, sentence, Some(label));
    if back.is_some_and(|back| back.clicked()) {
        actions.push(Action::Run(UiCommand::GatherWindows));
    }
}
