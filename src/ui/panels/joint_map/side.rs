//! The card beside the map: the point's levels, the split by layer, the model's path, and the legend.

use egui::{
    Align2, Color32, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::heat::{legend_bar, range};
use super::readout::{Focus, Why, path_words, said, split};
use super::state::Scene;
use crate::ui::action::{Action, Actions};
use crate::ui::export::is_picture;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{RADIUS_PANEL, Tokens, tokens};
use crate::ui::what_if::{MAX_SNAPSHOTS, WhatIfEdit};
use crate::ui::widgets;
use crate::ui::{fonts, format};

/// Height from which the rows are wide.
const ROOMY: f32 = 440.0;
/// Height of the legend at the foot.
const LEGEND: f32 = 42.0;

/// A cursor down the card.
struct Pen<'a> {
    ui: &'a Ui,
    t: Tokens,
    rect: Rect,
    y: f32,
    row: f32,
    is_roomy: bool,
}

/// Shows the card.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, (rect, focus): (Rect, &Focus), actions: &mut Actions) {
    let is_roomy = rect.height() >= ROOMY;
    let words = said(focus);
    let id = egui::Id::unique("palisade_joint_map_side");
    let node = ui.interact(rect, id, Sense::hover());
    node.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let mut pen = Pen {
        t: tokens(ui),
        ui,
        rect,
        y: rect.top(),
        row: if is_roomy {
            22.0
        } else {
            low_row(rect.height())
        },
        is_roomy,
    };
    pen.title(scene, focus);
    pen.levels(focus);
    pen.table(focus);
    pen.sentence(scene, focus);
    let (y, t) = (pen.y, pen.t);
    if scene.ctx.what_if.is_some() {
        if is_roomy {
            buttons(ui, scene, rect.with_min_y(y), actions);
        } else {
            small_buttons(ui, scene, rect, actions);
        }
    }
    legend(ui, scene, &t, rect);
}

/// Height of a row in a low card: as high as leaves the legend its place below levels and table.
fn low_row(height: f32) -> f32 {
    /// Title, margins and lines of the card, in points.
    const REST: f32 = 46.0;
    /// Rows of levels and table with its head.
    const ROWS: f32 = 11.0;
    ((height - LEGEND - REST) / ROWS).floor().clamp(13.0, 17.0)
}

/// Ink of the figures at the point.
fn here_ink(t: &Tokens, why: Why) -> Color32 {
    match why {
        Why::WhatIf => t.wi,
        Why::Pointer | Why::Today => t.tx,
    }
}

impl Pen<'_> {
    fn text(
        &self,
        at: Pos2,
        anchor: Align2,
        words: &str,
        (font, ink): (egui::FontId, Color32),
    ) -> Rect {
        self.ui.painter().text(at, anchor, words, font, ink)
    }

    fn gap(&mut self, roomy: f32, tight: f32) {
        self.y += if self.is_roomy { roomy } else { tight };
    }

    fn title(&mut self, scene: &Scene<'_>, focus: &Focus) {
        let t = self.t;
        let (words, ink, icon) = match focus.why {
            Why::WhatIf => ("What-if", t.wi, Icon::Flask),
            Why::Pointer => ("At the pointer", t.tx, Icon::Eye),
            Why::Today => ("Today", t.tx, Icon::Clock),
        };
        let y = self.y + 10.0;
        let place = Rect::from_center_size(pos2(self.rect.left() + 7.0, y), vec2(14.0, 14.0));
        icons::paint(self.ui.painter(), place, icon, ink);
        let at = pos2(self.rect.left() + 20.0, y);
        let font = fonts::inter_strong(fonts::BODY);
        let title = self.text(at, Align2::LEFT_CENTER, words, (font, ink));
        let when = match scene.choices.days {
            0 => "now".to_owned(),
            1 => "in 1 day".to_owned(),
            days => format!("in {days} days"),
        };
        // small buttons stand at the right then
        let is_crowded = !self.is_roomy && scene.ctx.what_if.is_some();
        let (at, anchor) = if is_crowded {
            (pos2(title.right() + 10.0, y), Align2::LEFT_CENTER)
        } else {
            (pos2(self.rect.right(), y), Align2::RIGHT_CENTER)
        };
        let is_assumed = focus.why == Why::WhatIf;
        let quiet = if is_assumed { t.wi } else { t.tx2 };
        self.text(at, anchor, &when, (fonts::inter(fonts::SMALL), quiet));
        self.y += 20.0;
        self.gap(10.0, 4.0);
    }

    /// SPX, VIX and the layers' futures, now and here, on a card.
    fn levels(&mut self, focus: &Focus) {
        let t = self.t;
        let here = &focus.here;
        let mut rows = vec![
            ("SPX".to_owned(), focus.no_move.spx, here.spx, 0),
            ("VIX".to_owned(), focus.no_move.vix, here.vix, 1),
        ];
        for future in here.futures.iter().flatten() {
            let name = format!("VX {} d", format::fixed(future.days, 0));
            rows.push((name, future.now, future.here, 1));
        }
        let pad = if self.is_roomy { 9.0 } else { 5.0 };
        let height = rows.len() as f32 * self.row + 2.0 * pad;
        let card = Rect::from_min_size(
            pos2(self.rect.left(), self.y),
            vec2(self.rect.width(), height),
        );
        let stroke = Stroke::new(1.0, t.line);
        self.ui
            .painter()
            .rect(card, RADIUS_PANEL, t.card, stroke, StrokeKind::Inside);
        self.y += pad;
        let mono = fonts::mono(fonts::BODY);
        for (name, now, then, decimals) in rows {
            let y = self.y + self.row / 2.0;
            let (left, right) = (card.left() + 12.0, card.right() - 12.0);
            let words = (fonts::inter(fonts::SMALL), t.tx2);
            self.text(pos2(left, y), Align2::LEFT_CENTER, &name, words);
            let there = format::fixed(then, decimals);
            // a level that stays is the real one
            let is_real = format::fixed(now, decimals) == there;
            let ink = if is_real {
                t.tx
            } else {
                here_ink(&t, focus.why)
            };
            let figure = (mono.clone(), ink);
            self.text(pos2(right, y), Align2::RIGHT_CENTER, &there, figure);
            let now = format::fixed(now, decimals);
            if now != there {
                let at = pos2(right - 54.0, y);
                self.text(at, Align2::CENTER_CENTER, "→", (mono.clone(), t.tx3));
                let at = pos2(right - 64.0, y);
                self.text(at, Align2::RIGHT_CENTER, &now, (mono.clone(), t.tx));
            }
            self.y += self.row;
        }
        self.y += pad;
        self.gap(12.0, 5.0);
    }

    /// The split by layer: no move beside here.
    fn table(&mut self, focus: &Focus) {
        let t = self.t;
        let (left, right) = (self.rect.left(), self.rect.right());
        let column = right - 84.0;
        let head = (fonts::inter(fonts::SMALL), t.tx3);
        let y = self.y + self.row / 2.0;
        self.text(
            pos2(left, y),
            Align2::LEFT_CENTER,
            "P/L from now, $",
            head.clone(),
        );
        self.text(
            pos2(column, y),
            Align2::RIGHT_CENTER,
            "No move",
            head.clone(),
        );
        self.text(pos2(right, y), Align2::RIGHT_CENTER, "Here", head);
        self.y += self.row;
        let bars = [t.cond, t.layer1, t.layer2, t.layer3, t.tx3];
        let here = split(&focus.here);
        let still = split(&focus.no_move);
        for (index, (name, value)) in here.into_iter().enumerate() {
            let no_move = still.iter().find(|(other, _)| *other == name);
            let no_move = no_move.map_or(0.0, |(_, value)| *value);
            self.row(
                name,
                bars[index.min(4)],
                (no_move, value),
                (focus.why, false),
            );
        }
        let y = icons::snap(self.ui, pos2(0.0, self.y + 1.0)).y;
        let line = Stroke::new(1.0, t.line);
        self.ui.painter().hline(left..=right, y, line);
        self.y += 3.0;
        let net = (focus.no_move.net_usd(), focus.here.net_usd());
        self.row("Net", t.tx, net, (focus.why, true));
        self.gap(12.0, 8.0);
    }

    fn row(
        &mut self,
        name: &str,
        bar: Color32,
        (still, here): (f64, f64),
        (why, is_net): (Why, bool),
    ) {
        let t = self.t;
        let y = self.y + self.row / 2.0;
        let (left, right) = (self.rect.left(), self.rect.right());
        let mark = Rect::from_center_size(pos2(left + 1.5, y), vec2(3.0, 12.0));
        self.ui.painter().rect_filled(mark, 1, bar);
        let (word, figure) = if is_net {
            (
                fonts::inter_strong(fonts::BODY),
                fonts::mono_strong(fonts::BODY),
            )
        } else {
            (fonts::inter(fonts::BODY), fonts::mono(fonts::BODY))
        };
        self.text(
            pos2(left + 12.0, y),
            Align2::LEFT_CENTER,
            name,
            (word, t.tx),
        );
        let words = format::signed(still, 0);
        let at = pos2(right - 84.0, y);
        self.text(at, Align2::RIGHT_CENTER, &words, (figure.clone(), t.tx2));
        let words = format::signed(here, 0);
        let ink = here_ink(&t, why);
        self.text(pos2(right, y), Align2::RIGHT_CENTER, &words, (figure, ink));
        self.y += self.row;
    }

    fn sentence(&mut self, scene: &Scene<'_>, focus: &Focus) {
        let t = self.t;
        let is_still = focus.why == Why::Today && scene.choices.days == 0;
        if is_still && is_picture(self.ui.ctx()) {
            return;
        }
        let words = if is_still {
            "Drag the ring, or double-click the map, to see the whole desk in that market"
                .to_owned()
        } else {
            path_words(scene, &focus.here)
        };
        let width = self.rect.width() - 18.0;
        let font = fonts::inter(fonts::SMALL);
        let galley = self.ui.painter().layout(words, font, t.tx2, width);
        let height = galley.size().y;
        if self.y + height > self.rect.bottom() - LEGEND {
            // too low a card for more than its figures
            return;
        }
        let icon = Rect::from_min_size(pos2(self.rect.left(), self.y + 1.0), vec2(13.0, 13.0));
        icons::paint(self.ui.painter(), icon, Icon::Info, t.tx3);
        let at = pos2(self.rect.left() + 18.0, self.y);
        self.ui.painter().galley(at, galley, t.tx2);
        self.y += height;
        self.gap(14.0, 5.0);
    }
}

/// Name of the button that keeps the what-if.
const KEEP: &str = "Keep as snapshot";
/// Name of the button that ends it.
const DISCARD: &str = "Discard";

/// Keep the what-if beside the next one, or end it.
fn buttons(ui: &mut Ui, scene: &Scene<'_>, room: Rect, actions: &mut Actions) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(room));
    child.horizontal(|ui| {
        let keep = |ui: &mut Ui| widgets::secondary(ui, KEEP);
        let keep = ui.add_enabled_ui(has_room(scene), keep).inner;
        let discard = widgets::secondary(ui, DISCARD);
        answer((&keep, &discard), actions);
        keep.on_hover_text("Keeps this what-if to compare with the next ones");
        discard.on_hover_text("Ends the what-if; nothing real has changed");
    });
}

/// The same as icons at the right of the title, where the card is low.
fn small_buttons(ui: &mut Ui, scene: &Scene<'_>, rect: Rect, actions: &mut Actions) {
    let room = Rect::from_min_size(rect.min - vec2(0.0, 2.0), vec2(rect.width(), 24.0));
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(room).layout(layout));
    child.spacing_mut().item_spacing.x = 4.0;
    let discard = icons::icon_button(&mut child, Icon::Close, DISCARD);
    let keep = |ui: &mut Ui| icons::icon_button(ui, Icon::Save, KEEP);
    let keep = child.add_enabled_ui(has_room(scene), keep).inner;
    answer((&keep, &discard), actions);
}

/// Whether another snapshot can be kept.
fn has_room(scene: &Scene<'_>) -> bool {
    let kept = scene.ctx.what_if.map_or(0, |view| view.snapshots.len());
    kept < MAX_SNAPSHOTS
}

fn answer((keep, discard): (&egui::Response, &egui::Response), actions: &mut Actions) {
    if keep.clicked() {
        actions.push(Action::WhatIf(WhatIfEdit::TakeSnapshot));
    }
    if discard.clicked() {
        actions.push(Action::WhatIf(WhatIfEdit::Discard));
    }
}

/// What the colours say.
fn legend(ui: &Ui, scene: &Scene<'_>, t: &Tokens, rect: Rect) {
    let top = rect.bottom() - LEGEND;
    let y = top + 7.0;
    let font = fonts::inter_strong(fonts::SMALL);
    let words = format!("{} P/L", scene.choices.component.label());
    let painter = ui.painter();
    painter.text(pos2(rect.left(), y), Align2::LEFT_CENTER, words, font, t.tx);
    painter.text(
        pos2(rect.right(), y),
        Align2::RIGHT_CENTER,
        "hatched = loss",
        fonts::inter(fonts::SMALL),
        t.tx3,
    );
    let bar = Rect::from_min_size(pos2(rect.left(), top + 16.0), vec2(rect.width(), 9.0));
    legend_bar(painter, t, bar, range(scene));
}
