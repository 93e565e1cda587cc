//! The dock: which panels stand where, in a wide and in a small window, and how tabs look.
//!
//! A pane alone in its place shows no tab bar: its own head is its title and the grip to move it.

mod panel_menu;
mod presets;
mod reach;
mod seams;
mod tab;
mod text;
mod windows;

use egui::{
    Color32, Id, Rect, Response, Role, Sense, Stroke, Style, Ui, Vec2, Visuals, WidgetInfo,
    WidgetText, vec2,
};
use egui_tiles::{
    Behavior, ResizeState, SimplificationOptions, TabState, Tabs, Tile, TileId, Tiles, Tree,
    UiResponse,
};

use self::panel_menu::{POP_OUT_HINT, panel_menu};
use self::reach::Reach;
use super::action::Actions;
use super::context::PanelContext;
use super::icons::{Icon, icon_button_hinted};
use super::panels::PanelKind;
use super::tables;
use super::theme::{HEAD_HEIGHT, PAD, SEAM, TAB_HEIGHT, TIGHT};
use super::widgets::{
    head_corner_pressed, offer_head_corner, offer_head_room, panel_frame, set_tab_carries_title,
};

pub use presets::LayoutPreset;
pub use windows::{PanelWindow, is_hand_down};

/// Docks narrower than this get the small layout: the hedge becomes a tab beside the editor.
pub const SMALL_WINDOW: f32 = 1200.0;

/// Docks smaller than this, as in a small window at a large scale, show two columns of tabs.
pub const COMPACT_WINDOW: Vec2 = vec2(880.0, 540.0);

/// Three arrangements of the panels, for wide, small and very small windows, and the panels that stand
/// in windows of their own.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Dock {
    wide: Tree<PanelKind>,
    small: Tree<PanelKind>,
    #[serde(default = "presets::compact_tree")]
    compact: Tree<PanelKind>,
    /// Panels in windows of their own; in the trees they keep their place, unseen.
    #[serde(default)]
    windows: Vec<PanelWindow>,
    /// The panel whose window shall come to the front.
    #[serde(skip)]
    wanted: Option<PanelKind>,
    /// The panel that gets a window of its own in the next frame: in this one it stands in the desk.
    #[serde(skip)]
    leaving: Option<PanelKind>,
    #[serde(skip)]
    reach: Reach,
}

/// Docks are the same when what is kept of them is: where panels stand, not where the keyboard is.
impl PartialEq for Dock {
    fn eq(&self, other: &Self) -> bool {
        self.wide == other.wide
            && self.small == other.small
            && self.compact == other.compact
            && self.windows == other.windows
    }
}

impl Default for Dock {
    fn default() -> Self {
        Self::of_trees(presets::wide_tree(), presets::small_tree())
    }
}

impl Dock {
    fn of_trees(wide: Tree<PanelKind>, small: Tree<PanelKind>) -> Self {
        Self {
            wide,
            small,
            compact: presets::compact_tree(),
            windows: Vec::new(),
            wanted: None,
            leaving: None,
            reach: Reach::default(),
        }
    }

    fn trees_mut(&mut self) -> [&mut Tree<PanelKind>; 3] {
        [&mut self.wide, &mut self.small, &mut self.compact]
    }

    /// Draws every panel that stands in the desk.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
        tables::begin_frame(ui.ctx());
        if let Some(kind) = self.leaving.take() {
            self.pop_out(kind);
        }
        self.hide_what_is_out();
        let size = ui.available_size();
        let tree = if size.x < COMPACT_WINDOW.x || size.y < COMPACT_WINDOW.y {
            &mut self.compact
        } else if size.x < SMALL_WINDOW {
            &mut self.small
        } else {
            &mut self.wide
        };
        if self.windows.len() == PanelKind::ALL.len() {
            windows::all_out(ui, actions);
            return;
        }
        let panes_where = |wanted: &dyn Fn(PanelKind) -> bool| {
            let kinds = PanelKind::ALL.into_iter().filter(|kind| wanted(*kind));
            kinds
                .filter_map(|kind| tree.tiles.find_pane(&kind))
                .collect()
        };
        let out = |kind| self.windows.iter().any(|window| window.kind == kind);
        let reach = &mut self.reach;
        reach.begin();
        let mut panes = Panes {
            ctx,
            actions,
            reach,
            hidden: panes_where(&out),
            headless: panes_where(&|kind| !kind.has_head()),
            leaves: None,
            free: None,
            tabs: 0,
        };
        tree.ui(&mut panes, ui);
        self.leaving = panes.leaves;
        if self.leaving.is_some() {
            ui.ctx().request_repaint();
        }
        self.reach.end();
        seams::name_seams(ui);
    }

    /// Brings a panel to the front and moves the keyboard to it.
    pub fn reach(&mut self, kind: PanelKind) {
        self.focus(kind);
        self.reach.want(kind);
    }

    /// Moves the keyboard to the next panel in view, or to the one before.
    pub fn step(&mut self, is_forward: bool) {
        self.reach.step(is_forward);
    }

    /// The panel that was worked in in this frame, if one was.
    pub fn current(&self) -> Option<PanelKind> {
        self.reach.current()
    }

    /// Brings a panel to the front in every arrangement, or its own window.
    pub fn focus(&mut self, kind: PanelKind) {
        if self.is_out(kind) {
            self.wanted = Some(kind);
        }
        for tree in self.trees_mut() {
            tree.make_active(|_, tile| matches!(tile, Tile::Pane(pane) if *pane == kind));
        }
    }
}

/// Where a tab tells its pane that it shows the title.
fn has_tab_id(tile: TileId) -> Id {
    Id::unique(("pane has tab", tile))
}

struct Panes<'a, 'b> {
    ctx: &'a PanelContext<'b>,
    actions: &'a mut Actions,
    /// Panes that stand in windows of their own.
    hidden: Vec<TileId>,
    /// Panes without a head of their own, which show their tab even when alone.
    headless: Vec<TileId>,
    /// The panel that shall get a window of its own.
    leaves: Option<PanelKind>,
    reach: &'a mut Reach,
    /// What is free on the row of tabs drawn last.
    free: Option<Rect>,
    /// How many tabs stand on that row.
    tabs: usize,
}

/// Accessible name of the button that gives a panel a window of its own.
fn pop_out_label(kind: PanelKind) -> String {
    format!("Open {} in its own window", kind.label())
}

/// Whether a tab for the tile was drawn in this very pass, above its pane.
fn has_tab(ui: &Ui, tile: TileId) -> bool {
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data(|data| data.get_temp::<u64>(has_tab_id(tile))) == Some(pass)
}

impl Behavior<PanelKind> for Panes<'_, '_> {
    fn pane_ui(&mut self, ui: &mut Ui, tile: TileId, kind: &mut PanelKind) -> UiResponse {
        let rect = ui.max_rect();
        let has_tab = has_tab(ui, tile);
        let frame = panel_frame(ui, self.ctx.what_if.is_some());
        let frame = if has_tab {
            let [nw, ne] = [0; 2];
            let below = frame.corner_radius;
            frame.corner_radius(egui::CornerRadius { nw, ne, ..below })
        } else {
            frame
        };
        // the stroke stands inside the pane, where nothing cuts it
        ui.painter()
            .add(frame.paint(rect.shrink(frame.stroke.width)));
        set_tab_carries_title(ui, has_tab);
        let corner = (!has_tab).then(|| pop_out_label(*kind));
        offer_head_corner(ui, corner, POP_OUT_HINT);
        let free = self.free.take().filter(|_free| has_tab);
        offer_head_room(ui, free);
        self.reach.enter(ui, *kind, rect);
        ui.push_id(*kind, |ui| {
            ui.set_clip_rect(rect.intersect(ui.clip_rect()));
            kind.show(ui, self.ctx, self.actions);
        });
        self.reach.leave(ui, *kind, (rect, free));
        offer_head_room(ui, None);
        set_tab_carries_title(ui, false);
        if head_corner_pressed(ui) {
            self.leaves = Some(*kind);
        }
        if has_tab {
            return UiResponse::None;
        }
        let grip = move_grip(ui, rect, *kind);
        if panel_menu(&grip, *kind, self.actions) {
            self.leaves = Some(*kind);
        }
        if grip.drag_started() {
            UiResponse::DragStarted
        } else {
            UiResponse::None
        }
    }

    fn tab_title_for_pane(&mut self, kind: &PanelKind) -> WidgetText {
        kind.label().into()
    }

    fn tab_ui(
        &mut self,
        tiles: &mut Tiles<PanelKind>,
        ui: &mut Ui,
        id: Id,
        tile: TileId,
        state: &TabState,
    ) -> Response {
        let kind = tiles.get_pane(&tile).copied();
        let pass = ui.ctx().cumulative_pass_nr();
        ui.data_mut(|data| data.insert_temp(has_tab_id(tile), pass));
        let title = kind.map_or("", PanelKind::label);
        let note = kind.and_then(|kind| kind.tab_note(self.ctx));
        let pad = tab::pad(self.tabs);
        let response = tab::tab(ui, id, (title, note), (state.active, pad));
        if let Some(free) = &mut self.free {
            free.min.x = free.min.x.max(response.rect.right() + TIGHT);
        }
        if let Some(kind) = kind {
            if response.clicked() || response.secondary_clicked() {
                self.reach.press(kind);
            }
            if panel_menu(&response, kind, self.actions) {
                self.leaves = Some(kind);
            }
        }
        response
    }

    fn top_bar_right_ui(
        &mut self,
        tiles: &Tiles<PanelKind>,
        ui: &mut Ui,
        _tile: TileId,
        tabs: &Tabs,
        _scroll_offset: &mut f32,
    ) {
        self.free = Some(ui.max_rect());
        self.tabs = tabs.children.len();
        let front = tabs.active.and_then(|tile| tiles.get_pane(&tile).copied());
        if let Some(kind) = front {
            ui.add_space(TIGHT);
            let label = pop_out_label(kind);
            if icon_button_hinted(ui, Icon::PopOut, &label, POP_OUT_HINT).clicked() {
                self.leaves = Some(kind);
            }
            if let Some(free) = &mut self.free {
                free.max.x = ui.min_rect().left() - TIGHT;
            }
        }
    }

    fn is_tab_bar_visible(&self, _tile: TileId, tabs: &Tabs) -> bool {
        let mut seen = tabs
            .children
            .iter()
            .filter(|tile| !self.hidden.contains(tile));
        match (seen.next(), seen.next()) {
            (Some(_), Some(_)) => true,
            (Some(lone), None) => self.headless.contains(lone),
            (None, _) => false,
        }
    }

    fn tab_bar_height(&self, _style: &Style) -> f32 {
        TAB_HEIGHT
    }

    fn tab_bar_color(&self, visuals: &Visuals) -> Color32 {
        visuals.panel_fill
    }

    fn tab_bar_hline_stroke(&self, visuals: &Visuals) -> Stroke {
        visuals.widgets.noninteractive.bg_stroke
    }

    fn gap_width(&self, _style: &Style) -> f32 {
        SEAM
    }

    fn min_size(&self) -> f32 {
        96.0
    }

    fn resize_stroke(&self, style: &Style, state: ResizeState) -> Stroke {
        match state {
            ResizeState::Idle => Stroke::NONE,
            ResizeState::Hovering => Stroke::new(SEAM, style.visuals.widgets.hovered.weak_bg_fill),
            ResizeState::Dragging => Stroke::new(SEAM, style.visuals.hyperlink_color),
        }
    }

    fn drag_preview_stroke(&self, visuals: &Visuals) -> Stroke {
        Stroke::new(1.5, visuals.hyperlink_color)
    }

    fn drag_preview_color(&self, visuals: &Visuals) -> Color32 {
        visuals.hyperlink_color.gamma_multiply(0.12)
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions {
            all_panes_must_have_tabs: true,
            ..SimplificationOptions::default()
        }
    }
}

/// The title of a lone pane is the grip that moves it.
fn move_grip(ui: &Ui, rect: Rect, kind: PanelKind) -> Response {
    let width = 8.0 * kind.label().len() as f32 + PAD;
    let grip = Rect::from_min_size(rect.min, vec2(width, HEAD_HEIGHT));
    // for the pointer alone: the keyboard reaches panels by F6
    let sense = Sense::DRAG | Sense::CLICK;
    let response = ui.interact(grip, ui.scope_id().with(("move", kind)), sense);
    response
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Move {}", kind.label())));
    response.on_hover_cursor(egui::CursorIcon::Grab)
}
