//! The glossary's window: search and list at the left, the page of a term at the right, beside the desk.

mod list;
mod page;

use egui::{Context, Frame, Id, Key, Margin, Rect, Stroke, Ui, UiBuilder, Window, pos2, vec2};

use super::action::Actions;
use super::icons::{Icon, icon_button};
use super::theme::{FIELD_HEIGHT, PAD, RADIUS_PANEL, tokens};
use super::workspace::{Workspace, WorkspaceEdit};
use super::{fonts, widgets};
use crate::policy::{Glossary, Term, TermKind};

/// Smallest window, in points.
const SMALLEST: [f32; 2] = [520.0, 320.0];
/// Window at first, in points.
const USUAL: [f32; 2] = [720.0, 520.0];
/// Width of the list, in points.
const LIST_WIDTH: f32 = 224.0;
/// Height of the head, in points.
const HEAD: f32 = 32.0;
/// The term of a glossary opened without one.
const FIRST: &str = "alvh";

/// How the list follows the term that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scroll {
    /// To the middle of the list.
    Centre,
    /// Just into view.
    IntoView,
}

/// What the window remembers while the desk runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlossaryView {
    is_open: bool,
    query: String,
    kind: Option<TermKind>,
    shown: Option<&'static Term>,
    back: Vec<&'static Term>,
    has_keyboard: bool,
    wants_keyboard: bool,
    scrolls: Option<Scroll>,
    came_from: Option<Id>,
}

impl GlossaryView {
    /// Whether the window is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// The id of the term that is shown.
    pub fn shown(&self) -> Option<&'static str> {
        self.shown.map(|term| term.id.as_str())
    }

    /// Opens the window at a term, or at what was shown last; the keyboard goes to its search, and back to
    /// `came_from` when it closes.
    pub fn open(&mut self, came_from: Option<Id>, term: Option<&'static Term>) {
        if !self.is_open {
            self.came_from = came_from;
        }
        self.is_open = true;
        self.wants_keyboard = true;
        let first = || Glossary::shipped().get(FIRST);
        if let Some(term) = term.or(self.shown).or_else(first) {
            self.show(term);
        }
    }

    /// Closes the window; the keyboard goes back to where it came from.
    pub fn close(&mut self, ctx: &Context) {
        self.is_open = false;
        if let Some(id) = self.came_from.take() {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }

    /// Shows a term, and remembers the one before for the way back.
    fn show(&mut self, term: &'static Term) {
        if let Some(before) = self.shown.filter(|before| before.id != term.id) {
            self.back.push(before);
        }
        self.shown = Some(term);
        self.scrolls = Some(Scroll::Centre);
    }

    fn go_back(&mut self) {
        if let Some(term) = self.back.pop() {
            self.shown = Some(term);
            self.scrolls = Some(Scroll::Centre);
        }
    }
}

/// Draws the window while it is open.
pub fn glossary_ui(
    ctx: &Context,
    view: &mut GlossaryView,
    workspace: &Workspace,
    actions: &mut Actions,
) {
    if !view.is_open {
        return;
    }
    if view.has_keyboard && ctx.input(|input| input.key_pressed(Key::Escape)) {
        view.close(ctx);
        return;
    }
    let t = tokens(ctx);
    let frame = Frame::NONE
        .fill(t.pop)
        .stroke(Stroke::new(1.0, t.edge))
        .corner_radius(RADIUS_PANEL)
        .shadow(ctx.style_of(ctx.theme()).visuals.window_shadow)
        .inner_margin(Margin::same(PAD as i8));
    let place = place(ctx, workspace);
    let shown = Window::new("Glossary")
        .id(Id::unique("glossary"))
        .title_bar(false)
        .collapsible(false)
        .resizable(true)
        .min_size(SMALLEST)
        .default_rect(place)
        .frame(frame)
        .show(ctx, |ui| contents(ui, view));
    let Some(shown) = shown else { return };
    let layer = shown.response.layer_id;
    view.has_keyboard = ctx
        .memory(|memory| memory.focused())
        .and_then(|id| ctx.read_response(id))
        .is_some_and(|focused| focused.layer_id == layer);
    let rect = shown.response.rect;
    let now = [rect.left(), rect.top(), rect.width(), rect.height()].map(f32::round);
    let is_still = !ctx.input(|input| input.pointer.any_down());
    if is_still && workspace.glossary_place != Some(now) {
        actions.workspace(WorkspaceEdit::GlossaryPlace(now));
    }
}

/// Where the window stood last, as far as it fits; else in the middle of the desk's lower right.
fn place(ctx: &Context, workspace: &Workspace) -> Rect {
    let desk = ctx.content_rect().shrink(8.0);
    let [left, top, width, height] = workspace.glossary_place.unwrap_or_else(|| {
        [
            desk.right() - USUAL[0] - 32.0,
            desk.top() + 72.0,
            USUAL[0],
            USUAL[1],
        ]
    });
    let size = vec2(width, height).max(SMALLEST.into()).min(desk.size());
    let corner = pos2(
        left.clamp(desk.left(), desk.right() - size.x),
        top.clamp(desk.top(), desk.bottom() - size.y),
    );
    Rect::from_min_size(corner, size)
}

fn contents(ui: &mut Ui, view: &mut GlossaryView) {
    let area = Rect::from_min_size(ui.cursor().min, ui.available_size());
    ui.allocate_rect(area, egui::Sense::hover());
    let (head, body) = area.split_top_bottom_at_y(area.top() + HEAD);
    head_ui(&mut part(ui, head), view);
    let (left, right) = body.split_left_right_at_x(body.left() + LIST_WIDTH);
    let line = body.left() + LIST_WIDTH + PAD;
    let stroke = Stroke::new(1.0, tokens(ui).line);
    ui.painter().vline(line, body.y_range(), stroke);
    list::list_ui(&mut part(ui, left), view);
    let right = right.with_min_x(line + PAD);
    page::page_ui(&mut part(ui, right), view);
}

fn part(ui: &mut Ui, rect: Rect) -> Ui {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    child.set_clip_rect(rect.expand(4.0).intersect(ui.clip_rect()));
    child
}

fn head_ui(ui: &mut Ui, view: &mut GlossaryView) {
    ui.horizontal(|ui| {
        ui.set_height(FIELD_HEIGHT);
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add_enabled_ui(!view.back.is_empty(), |ui| {
            if icon_button(ui, Icon::Back, "Back").clicked() {
                view.go_back();
            }
        });
        ui.label(fonts::title("Glossary"));
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| {
            if icon_button(ui, Icon::Close, "Close glossary").clicked() {
                let ctx = ui.ctx().clone();
                view.close(&ctx);
            }
            let chosen = &mut view.kind;
            let all = std::iter::once((None, "All"));
            let kinds = TermKind::ALL
                .into_iter()
                .map(|kind| (Some(kind), kind.label()));
            let choices: Vec<(Option<TermKind>, &str)> = all.chain(kinds).collect();
            let response = widgets::segmented(ui, "Terms", chosen, &choices);
            response.on_hover_text(
                "Field: options and finance at large. Model: Palisade's own. Method: the layered hedge",
            );
        });
    });
}
