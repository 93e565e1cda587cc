//! The choices side by side as bars: the spread of outcomes, and the parts of the score.

use egui::{Align2, Color32, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::decision::{Choice, Decision};
use crate::ui::advice::ChoicePlace;
use crate::ui::theme::{PAD, RADIUS_BAR, Tokens, tokens};
use crate::ui::widgets::StanceLook as _;
use crate::ui::widgets::elided;
use crate::ui::{fonts, format, icons};

/// Height of a row, in points.
const ROW: f32 = 28.0;
/// Width of the names: a share of the row, between these, in points.
const NAMES: [f32; 2] = [160.0, 320.0];
/// Width of the score's figure, in points.
const FIGURE: f32 = 48.0;
/// Thickness of a bar, in points.
const BAR: f32 = 12.0;

/// Names of the score's parts, in the order of the weights, and the tilt.
const PARTS: [&str; 5] = [
    "return / WACC",
    "cost",
    "vega outside",
    "5th pct / margin",
    "tilt",
];

/// Shows a row a choice from the highest score down; tells which row the pointer is on.
pub(super) fn bars_ui(
    ui: &mut Ui,
    decision: &Decision,
    selected: &mut Option<ChoicePlace>,
) -> Option<ChoicePlace> {
    let t = tokens(ui);
    let scale = Scale::of(decision);
    legend(ui, &t);
    let mut hovered = None;
    for place in &decision.order {
        let choice = &decision.choices[*place];
        let size = vec2(ui.available_width(), ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let words = spoken(choice);
        let here = ChoicePlace::Offered(*place);
        let is_selected = *selected == Some(here);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_selected, &words));
        if is_selected {
            ui.painter().rect_filled(rect, 0.0, t.accent_bg);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, t.hover);
        }
        icons::focus_ring(ui, rect.shrink(2.0), &response);
        paint(ui, (&t, &scale), choice, rect.shrink2(vec2(PAD, 0.0)));
        if response.clicked() {
            *selected = (!is_selected).then_some(here);
        }
        if response.hovered() {
            hovered = Some(here);
        }
        response.on_hover_text(words);
    }
    hovered
}

/// The dollars that the outcome bars span.
struct Scale {
    low: f64,
    high: f64,
    score: f64,
}

impl Scale {
    fn of(decision: &Decision) -> Self {
        let outcomes = decision.choices.iter().map(|choice| choice.figures.outcome);
        let (low, high) = outcomes.fold((0.0_f64, 0.0_f64), |(low, high), outcome| {
            (low.min(outcome.p05_usd), high.max(outcome.p95_usd))
        });
        let score = decision.choices.iter().map(reach);
        Self {
            low,
            high: if high > low { high } else { low + 1.0 },
            score: score.fold(0.1, f64::max),
        }
    }
}

/// The weighted parts and the tilt.
fn parts(choice: &Choice) -> [f64; 5] {
    let [one, two, three, four] = choice.score.weighted;
    [one, two, three, four, choice.score.tilt]
}

/// How far the stacked parts reach to either side.
fn reach(choice: &Choice) -> f64 {
    let up: f64 = parts(choice).iter().filter(|part| **part > 0.0).sum();
    let down: f64 = parts(choice).iter().filter(|part| **part < 0.0).sum();
    up.max(-down)
}

fn inks(t: &Tokens) -> [Color32; 5] {
    [t.accent, t.layer(0), t.cond, t.layer(2), t.tx3]
}

fn legend(ui: &mut Ui, t: &Tokens) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, "Legend of the bars"));
    let [outcome, score] = columns(rect.shrink2(vec2(PAD, 0.0)));
    let font = || fonts::inter(fonts::SMALL);
    let painter = ui.painter();
    let words = "5th pct … expected … 95th pct";
    fonts::write(
        painter,
        outcome.center(),
        Align2::CENTER_CENTER,
        words,
        (font(), t.tx3),
    );
    let mut x = score.left();
    for (name, ink) in PARTS.iter().zip(inks(t)) {
        let swatch = Rect::from_center_size(pos2(x + 4.0, score.center().y), vec2(8.0, 8.0));
        painter.rect_filled(swatch, RADIUS_BAR, ink);
        let at = pos2(x + 12.0, score.center().y);
        let drawn = fonts::write(painter, at, Align2::LEFT_CENTER, name, (font(), t.tx3));
        x = drawn.right() + 8.0;
    }
}

fn names_width(rect: Rect) -> f32 {
    (0.32 * rect.width()).clamp(NAMES[0], NAMES[1])
}

/// Places of the outcome and of the score.
fn columns(rect: Rect) -> [Rect; 2] {
    let room = rect.width() - names_width(rect) - FIGURE - 2.0 * PAD;
    let middle = rect.left() + names_width(rect) + room / 2.0;
    [
        rect.with_min_x(rect.left() + names_width(rect))
            .with_max_x(middle),
        rect.with_min_x(middle + PAD)
            .with_max_x(rect.right() - FIGURE - PAD),
    ]
}

fn paint(ui: &Ui, (t, scale): (&Tokens, &Scale), choice: &Choice, rect: Rect) {
    let painter = ui.painter();
    let stance = choice.stance();
    let icon = Rect::from_center_size(pos2(rect.left() + 7.0, rect.center().y), vec2(14.0, 14.0));
    icons::paint(painter, icon, stance.icon(), t.text(stance.tone()));
    let names = rect
        .with_min_x(rect.left() + 20.0)
        .with_max_x(rect.left() + names_width(rect) - 8.0);
    elided(
        painter,
        names,
        &choice.candidate.name,
        fonts::inter(fonts::BODY),
        t.tx,
    );
    let [outcome, score] = columns(rect);
    paint_outcome(ui, (t, scale), choice, outcome);
    paint_score(ui, (t, scale), choice, score);
    let at = rect.right_center();
    let text = format::signed(choice.score.total, 2);
    let font = fonts::mono_strong(fonts::BODY);
    fonts::write(painter, at, Align2::RIGHT_CENTER, &text, (font, t.tx));
}

fn paint_outcome(ui: &Ui, (t, scale): (&Tokens, &Scale), choice: &Choice, rect: Rect) {
    let painter = ui.painter();
    let x = |usd: f64| {
        let share = (usd - scale.low) / (scale.high - scale.low);
        rect.left() + rect.width() * share.clamp(0.0, 1.0) as f32
    };
    let (y, outcome) = (rect.center().y, choice.figures.outcome);
    let zero = x(0.0).floor() + 0.5;
    let bar = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, y - BAR / 2.0..=y + BAR / 2.0);
    let (low, high) = (x(outcome.p05_usd), x(outcome.p95_usd));
    painter.rect_filled(bar(low.min(zero), high.min(zero)), RADIUS_BAR, t.dn_bg);
    painter.rect_filled(bar(low.max(zero), high.max(zero)), RADIUS_BAR, t.up_bg);
    let ends = Stroke::new(1.0, t.tx3);
    for end in [low, high] {
        painter.vline(end.floor() + 0.5, y - 4.0..=y + 4.0, ends);
    }
    painter.vline(zero, rect.y_range(), Stroke::new(1.0, t.edge));
    let ink = if outcome.expected_usd < 0.0 {
        t.dn
    } else {
        t.up
    };
    let middle = x(outcome.expected_usd).floor() + 0.5;
    painter.vline(
        middle,
        y - BAR / 2.0 - 2.0..=y + BAR / 2.0 + 2.0,
        Stroke::new(2.0, ink),
    );
}

fn paint_score(ui: &Ui, (t, scale): (&Tokens, &Scale), choice: &Choice, rect: Rect) {
    let painter = ui.painter();
    let zero = rect.center().x.floor() + 0.5;
    let unit = 0.5 * rect.width() / scale.score as f32;
    let y = rect.center().y;
    let (mut up, mut down) = (zero, zero);
    for (part, ink) in parts(choice).into_iter().zip(inks(t)) {
        let length = part as f32 * unit;
        let (from, to) = if length >= 0.0 {
            let from = up;
            up += length;
            (from, up)
        } else {
            let to = down;
            down += length;
            (down, to)
        };
        let bar = Rect::from_x_y_ranges(from..=to, y - BAR / 2.0..=y + BAR / 2.0);
        painter.rect_filled(bar, 0.0, ink);
    }
    painter.vline(zero, rect.y_range(), Stroke::new(1.0, t.edge));
}

/// The row in words: for its accessible name and on hover.
fn spoken(choice: &Choice) -> String {
    let outcome = choice.figures.outcome;
    let parts: Vec<String> = (PARTS.iter().zip(parts(choice)))
        .map(|(name, part)| format!("{name} {}", format::signed(part, 2)))
        .collect();
    format!(
        "{}: expected {}, 5th percentile {}, 95th {}\nScore {}: {}",
        choice.candidate.name,
        format::usd_signed(outcome.expected_usd),
        format::usd_signed(outcome.p05_usd),
        format::usd_signed(outcome.p95_usd),
        format::signed(choice.score.total, 2),
        parts.join(", ")
    )
}
