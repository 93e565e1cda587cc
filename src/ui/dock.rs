//! The dock: which panels stand where, in a wide and in a small window, and how tabs look.
//!
//! A pane alone in its place shows no tab bar: its own head is its title and the grip to move it.

mod reach;
mod seams;

use egui::{
    Align2, Color32, FontSelection, Id, Rect, Response, Role, Sense, Stroke, Style, Ui, Visuals,
    WidgetInfo, WidgetText, vec2,
};
use egui_tiles::{
    Behavior, Container, Linear, LinearDir, ResizeState, SimplificationOptions, TabState, Tabs,
    Tile, TileId, Tiles, Tree, UiResponse,
};

use self::reach::Reach;
use super::action::Actions;
use super::context::PanelContext;
use super::fonts;
use super::panels::PanelKind;
use super::theme::{HEAD_HEIGHT, LEFT_WIDTH, PAD, RIGHT_WIDTH, SEAM, TAB_HEIGHT, tokens};
use super::widgets::{panel_frame, set_tab_carries_title};

/// Windows narrower than this get the small layout: the hedge becomes a tab beside the editor.
pub const SMALL_WINDOW: f32 = 1200.0;

/// Two arrangements of the panels, one for wide windows and one for small ones.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Dock {
    wide: Tree<PanelKind>,
    small: Tree<PanelKind>,
    #[serde(skip)]
    reach: Reach,
}

impl Default for Dock {
    fn default() -> Self {
        Self {
            wide: wide_tree(),
            small: small_tree(),
            reach: Reach::default(),
        }
    }
}

impl Dock {
    /// A dock from its text; the default when the text is of another version or misses a panel.
    pub fn from_text(text: &str) -> Self {
        ron::from_str::<Self>(text)
            .ok()
            .filter(Self::is_whole)
            .unwrap_or_default()
    }

    /// The dock as text, to be kept in the workspace.
    pub fn to_text(&self) -> Option<String> {
        ron::to_string(self).ok()
    }

    fn is_whole(&self) -> bool {
        let holds_all = |tree: &Tree<PanelKind>| {
            PanelKind::ALL
                .iter()
                .all(|kind| tree.tiles.find_pane(kind).is_some())
        };
        holds_all(&self.wide) && holds_all(&self.small)
    }

    /// Draws every panel.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
        let is_small = ui.available_width() < SMALL_WINDOW;
        let tree = if is_small {
            &mut self.small
        } else {
            &mut self.wide
        };
        let reach = &mut self.reach;
        reach.begin();
        tree.ui(
            &mut Panes {
                ctx,
                actions,
                reach,
            },
            ui,
        );
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

    /// Brings a panel to the front in both arrangements.
    pub fn focus(&mut self, kind: PanelKind) {
        for tree in [&mut self.wide, &mut self.small] {
            tree.make_active(|_, tile| matches!(tile, Tile::Pane(pane) if *pane == kind));
        }
    }
}

/// The panels that share the bottom of the desk.
const BOTTOM: [PanelKind; 5] = [
    PanelKind::Market,
    PanelKind::Journal,
    PanelKind::Model,
    PanelKind::Calculators,
    PanelKind::Problems,
];

fn wide_tree() -> Tree<PanelKind> {
    let mut tiles = Tiles::default();
    let left = pane(&mut tiles, &[PanelKind::Position]);
    let centre = centre(&mut tiles);
    let right = pane(&mut tiles, &[PanelKind::Hedge]);
    let mut columns = Linear::new(LinearDir::Horizontal, vec![left, centre, right]);
    columns.shares.set_share(left, LEFT_WIDTH);
    columns.shares.set_share(centre, 760.0);
    columns.shares.set_share(right, RIGHT_WIDTH);
    let root = tiles.insert_container(Container::Linear(columns));
    Tree::new(Id::unique("dock wide"), root, tiles)
}

fn small_tree() -> Tree<PanelKind> {
    let mut tiles = Tiles::default();
    let left = pane(&mut tiles, &[PanelKind::Position, PanelKind::Hedge]);
    let centre = centre(&mut tiles);
    let mut columns = Linear::new(LinearDir::Horizontal, vec![left, centre]);
    columns.shares.set_share(left, LEFT_WIDTH);
    columns.shares.set_share(centre, 672.0);
    let root = tiles.insert_container(Container::Linear(columns));
    Tree::new(Id::unique("dock small"), root, tiles)
}

fn centre(tiles: &mut Tiles<PanelKind>) -> TileId {
    let payoff = pane(tiles, &[PanelKind::Payoff, PanelKind::JointMap]);
    let greeks = pane(
        tiles,
        &[PanelKind::Greeks, PanelKind::PlTable, PanelKind::Smile],
    );
    let bottom = pane(tiles, &BOTTOM);
    let mut rows = Linear::new(LinearDir::Vertical, vec![payoff, greeks, bottom]);
    rows.shares.set_share(payoff, 396.0);
    rows.shares.set_share(greeks, 192.0);
    rows.shares.set_share(bottom, 216.0);
    tiles.insert_container(Container::Linear(rows))
}

/// A tab group of panels, the first in front.
fn pane(tiles: &mut Tiles<PanelKind>, kinds: &[PanelKind]) -> TileId {
    let children: Vec<TileId> = kinds.iter().map(|kind| tiles.insert_pane(*kind)).collect();
    let first = children[0];
    let mut tabs = Tabs::new(children);
    tabs.set_active(first);
    tiles.insert_container(Container::Tabs(tabs))
}

/// Where a tab tells its pane that it shows the title.
fn has_tab_id(tile: TileId) -> Id {
    Id::unique(("pane has tab", tile))
}

struct Panes<'a, 'b> {
    ctx: &'a PanelContext<'b>,
    actions: &'a mut Actions,
    reach: &'a mut Reach,
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
        let radius = egui::CornerRadius {
            nw: 0,
            ne: 0,
            ..frame.corner_radius
        };
        let frame = if has_tab {
            frame.corner_radius(radius)
        } else {
            frame
        };
        ui.painter().add(frame.paint(rect));
        set_tab_carries_title(ui, has_tab);
        self.reach.enter(ui, *kind, rect);
        ui.push_id(*kind, |ui| {
            ui.set_clip_rect(rect.intersect(ui.clip_rect()));
            kind.show(ui, self.ctx, self.actions);
        });
        self.reach.leave(ui, *kind, rect);
        set_tab_carries_title(ui, false);
        if has_tab {
            UiResponse::None
        } else {
            move_grip(ui, rect, *kind)
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
        tab(ui, id, (title, note), state.active)
    }

    fn is_tab_bar_visible(&self, _tile: TileId, tabs: &Tabs) -> bool {
        tabs.children.len() > 1
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
fn move_grip(ui: &Ui, rect: Rect, kind: PanelKind) -> UiResponse {
    let width = 8.0 * kind.label().len() as f32 + PAD;
    let grip = Rect::from_min_size(rect.min, vec2(width, HEAD_HEIGHT));
    // for the pointer alone: the keyboard reaches panels by F6
    let response = ui.interact(grip, ui.scope_id().with(("move", kind)), Sense::DRAG);
    response
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Move {}", kind.label())));
    let response = response.on_hover_cursor(egui::CursorIcon::Grab);
    if response.drag_started() {
        UiResponse::DragStarted
    } else {
        UiResponse::None
    }
}

/// One tab: its title, a note beside it, and the accent line under the one in front.
fn tab(ui: &mut Ui, id: Id, (title, note): (&str, Option<String>), is_active: bool) -> Response {
    let t = tokens(ui);
    let ink = if is_active { t.tx } else { t.tx2 };
    let title_text: WidgetText = if is_active {
        fonts::title(title).color(ink).into()
    } else {
        fonts::body(title).color(ink).into()
    };
    let galley = title_text.into_galley(
        ui,
        Some(egui::TextWrapMode::Extend),
        f32::INFINITY,
        FontSelection::Default,
    );
    let note_galley = note.map(|note| {
        let text: WidgetText = fonts::num_small(note).color(t.warn).into();
        text.into_galley(
            ui,
            Some(egui::TextWrapMode::Extend),
            f32::INFINITY,
            FontSelection::Default,
        )
    });
    let note_width = note_galley.as_ref().map_or(0.0, |note| note.size().x + 6.0);
    let (_, rect) = ui.allocate_space(vec2(
        galley.size().x + note_width + 2.0 * PAD,
        ui.available_height(),
    ));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_active, title));
    let at =
        Align2::LEFT_CENTER.align_size_within_rect(galley.size(), rect.shrink2(vec2(PAD, 0.0)));
    let title_end = at.right();
    ui.painter().galley(at.min, galley, ink);
    if let Some(note) = note_galley {
        let at = egui::pos2(title_end + 6.0, rect.center().y - note.size().y / 2.0);
        ui.painter().galley(at, note, t.warn);
    }
    if is_active {
        let line = Rect::from_min_max(
            egui::pos2(rect.left() + PAD, rect.bottom() - 2.0),
            egui::pos2(rect.right() - PAD, rect.bottom()),
        );
        ui.painter().rect_filled(line, 1.0, t.accent);
    }
    super::icons::focus_ring(ui, rect.shrink(2.0), &response);
    response
}
