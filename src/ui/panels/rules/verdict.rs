//! The verdict: what to do in one sentence, why, what speaks against it, what it costs and what would flip it.

use egui::{Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::decision::{Choice, Decision, Verdict};
use crate::policy::RuleKind;
use crate::rule::Stance;
use crate::ui::advice::{AdviceEdit, ChoicePlace};
use crate::ui::icons::{self, Icon};
use crate::ui::panels::PanelKind;
use crate::ui::recorded_words::judged_now;
use crate::ui::theme::{RADIUS_PANEL, tokens};
use crate::ui::widgets::StanceLook as _;
use crate::ui::widgets::{ButtonKind, button, panel_body};
use crate::ui::{Action, Actions, PanelContext, fonts, format};

/// Side of the stance's square, and of the one in a low panel, in points.
pub(super) const SQUARE: f32 = 32.0;
pub(super) const SMALL_SQUARE: f32 = 24.0;
/// Width of a tile where they take more than one row, in points.
const TILE: f32 = 136.0;
/// Least and largest width of tiles that stand in one row, and the gap after each, in points.
const LEAST_TILE: f32 = 96.0;
const WIDEST_TILE: f32 = 168.0;
const TILE_GAP: f32 = 8.0;
/// Least width of the sentence beside the buttons, and theirs, in points.
const SENTENCE: f32 = 360.0;
const BUTTONS: f32 = 248.0;
/// Width of a line's head, in points.
const HEADS: f32 = 64.0;
/// Rules named in a line before the rest is counted.
const NAMED: usize = 3;

/// Shows the verdict over the width of `ui`.
pub(super) fn verdict_ui(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (verdict, is_low): (&Verdict, bool),
    actions: &mut Actions,
) {
    ui.add_space(4.0);
    panel_body(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let has_room = ui.available_width() >= SENTENCE + BUTTONS;
        ui.horizontal_top(|ui| {
            let side = if is_low { SMALL_SQUARE } else { SQUARE };
            square(ui, ctx.advice.stance().unwrap_or(verdict.stance), side);
            let beside = if has_room { BUTTONS } else { 0.0 };
            ui.vertical(|ui| {
                ui.set_width(ui.available_width() - beside);
                words(ui, ctx, verdict, is_low);
            });
            if has_room {
                let layout = egui::Layout::right_to_left(egui::Align::Min);
                ui.with_layout(layout, |ui| buttons(ui, ctx, verdict, actions));
            }
        });
        if !has_room {
            ui.horizontal(|ui| buttons(ui, ctx, verdict, actions));
        }
    });
    ui.add_space(4.0);
}

/// What the verdict costs, why it is what it is, and what speaks against it.
pub(super) fn grounds_ui(ui: &mut Ui, ctx: &PanelContext<'_>, verdict: &Verdict) {
    panel_body(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        tiles(ui, ctx, verdict);
        because(ui, verdict);
        compared(ui, ctx, verdict);
        against(ui, verdict);
    });
    ui.add_space(4.0);
}

pub(super) fn square(ui: &mut Ui, stance: Stance, side: f32) {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    ui.painter()
        .rect_filled(rect, RADIUS_PANEL, t.ground(stance.tone()));
    let place = Rect::from_center_size(rect.center(), vec2(16.0, 16.0));
    icons::paint(ui.painter(), place, stance.icon(), t.text(stance.tone()));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, stance.label()));
    response.on_hover_text(stance.meaning());
}

fn words(ui: &mut Ui, ctx: &PanelContext<'_>, verdict: &Verdict, is_low: bool) {
    let t = tokens(ui);
    let sentence = if is_low {
        ui.add_space(4.0);
        fonts::title(&verdict.sentence)
    } else {
        fonts::verdict(&verdict.sentence)
    };
    ui.add(egui::Label::new(sentence).wrap());
    if let Some(words) = judged_now(ctx) {
        ui.label(fonts::caption(words).color(t.tx2));
    }
    let waits = ctx.advice.standing.filter(|_| ctx.advice.before.is_none());
    if let Some((standing, pending)) = waits.and_then(|it| Some((it, it.pending?))) {
        let needed = ctx.pack.decision.tilt.evaluations.value;
        let words = format!(
            "{} has stood for {} of {} evaluations; until then the stance stays {}",
            pending.label(),
            standing.count,
            format::fixed(needed, 0),
            standing.shown.label().to_lowercase()
        );
        ui.label(fonts::caption(words).color(t.warn));
    }
    if !ctx.is_real() {
        ui.label(fonts::caption("Of the what-if, not of the book as held").color(t.wi));
    }
}

/// The trades first, so that they stand at the outer edge when laid out from the right.
fn buttons(ui: &mut Ui, ctx: &PanelContext<'_>, verdict: &Verdict, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 4.0;
    let taken = ctx.advice.decision.and_then(|found| taken(found, verdict));
    let is_now = ctx.what_if.is_none() && ctx.journal.past.is_none();
    if let Some((place, choice)) = taken.filter(|_| is_now) {
        let hint = format!(
            "{}: draft its trades in a what-if; nothing real changes",
            choice.candidate.name
        );
        let draft = button(ui, ButtonKind::Primary, None, "Draft trades…");
        if draft.on_hover_text(hint).clicked() {
            actions.push(Action::Advice(AdviceEdit::AsWhatIf(place)));
        }
    }
    let hint = "Every choice on the same paths, costs and margin";
    let compare = button(ui, ButtonKind::Secondary, Some(Icon::Roll), "Choices");
    if compare.on_hover_text(hint).clicked() {
        actions.push(Action::Reach(PanelKind::Choices));
    }
    let hint = "Copy the verdict with its reasons and numbers as text";
    if icons::icon_button_hinted(ui, Icon::Copy, "Copy verdict", hint).clicked() {
        ui.ctx().copy_text(text(verdict));
    }
}

/// The choice that the verdict takes, if it trades.
fn taken<'a>(decision: &'a Decision, verdict: &Verdict) -> Option<(ChoicePlace, &'a Choice)> {
    let place = verdict.choice?;
    let choice = decision.choices.get(place)?;
    (!choice.candidate.trades.is_empty()).then_some((ChoicePlace::Offered(place), choice))
}

/// A tile: name, figure, note beside it, meaning.
type Tile = (&'static str, String, String, &'static str);

/// Cost and both tails of what the verdict takes, beside holding.
fn tiles(ui: &mut Ui, ctx: &PanelContext<'_>, verdict: &Verdict) {
    let Some(decision) = ctx.advice.decision else {
        return;
    };
    let figures = tiles_of(ctx, decision, verdict);
    let is_stale = ctx.advice.is_stale;
    let fitting = ui.available_width() / figures.len() as f32 - TILE_GAP;
    let width = if fitting < LEAST_TILE {
        TILE
    } else {
        fitting.min(WIDEST_TILE)
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(TILE_GAP, 4.0);
        for (name, value, note, hint) in figures {
            let note = if is_stale { "before" } else { &note };
            tile(ui, width, (name, &value, note), hint);
        }
    });
}

fn tiles_of(ctx: &PanelContext<'_>, decision: &Decision, verdict: &Verdict) -> [Tile; 5] {
    let hold = decision.hold();
    let choice = taken(decision, verdict).map_or(hold, |(_, choice)| choice);
    let usd = format::usd_signed;
    let was = |value: f64| format!("hold {}", format::usd_k(value));
    let (own, held) = (&choice.figures, &hold.figures);
    let (credit, cost) = (ctx.valuation.facts.credit_usd, own.cost_usd());
    let share = if credit > 0.0 {
        format!("{} % of credit", format::pct(cost / credit, 1))
    } else {
        String::new()
    };
    let [without, _, twice] = own.drifts.map(|point| point.expected_pl_usd);
    [
        (
            "Cost now",
            usd(-cost),
            share,
            "Cash of the choice that the verdict takes: premium, fees and half-spread",
        ),
        (
            "Expected",
            usd(own.outcome.expected_usd),
            was(held.outcome.expected_usd),
            "Mean P/L to the horizon over the simulated paths, after costs",
        ),
        (
            "Lower tail",
            usd(own.tails_usd[0]),
            was(held.tails_usd[0]),
            "Mean P/L in the twentieth of the paths with the lowest SPX",
        ),
        (
            "Upper tail",
            usd(own.tails_usd[1]),
            was(held.tails_usd[1]),
            "Mean P/L in the twentieth of the paths with the highest SPX",
        ),
        (
            "Drift 0 → 2×",
            usd(twice - without),
            format!("none {}", format::usd_k(without)),
            "How much the expected P/L moves between no drift of SPX and twice the assumed one",
        ),
    ]
}

fn tile(ui: &mut Ui, width: f32, (name, value, note): (&str, &str, &str), hint: &str) {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 36.0), Sense::hover());
    let edge = egui::Stroke::new(1.0, t.line);
    ui.painter().vline(rect.left() + 0.5, rect.y_range(), edge);
    let left = rect.left() + 8.0;
    let small = || fonts::inter(fonts::SMALL);
    let top = egui::pos2(left, rect.top() + 9.0);
    fonts::write(
        ui.painter(),
        top,
        egui::Align2::LEFT_CENTER,
        name,
        (small(), t.tx3),
    );
    let base = egui::pos2(left, rect.bottom() - 10.0);
    let font = fonts::mono_strong(fonts::BODY);
    let ink = if value.starts_with('−') { t.dn } else { t.tx };
    let drawn = fonts::write(
        ui.painter(),
        base,
        egui::Align2::LEFT_CENTER,
        value,
        (font, ink),
    );
    let after = egui::pos2(drawn.right() + 6.0, base.y);
    let galley = fonts::galley(ui.painter(), note, (small(), t.tx3));
    // half a note says less than none: all of it stands in the tooltip
    if after.x + galley.size().x <= rect.right() {
        let place = egui::Align2::LEFT_CENTER.anchor_size(after, galley.size());
        ui.painter().galley(place.min, galley, t.tx3);
    }
    let words = format!("{name}: {value} {note}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    response.on_hover_text(format!("{hint}\n{words}"));
}

fn because(ui: &mut Ui, verdict: &Verdict) {
    let t = tokens(ui);
    if !verdict.because.is_empty() {
        line(ui, "Because", &names(&verdict.because), t.tx2);
    }
    for (rule, flip) in verdict.flips.iter().take(2) {
        line(ui, "To flip", &format!("{}: {flip}", rule.title()), t.tx2);
    }
    if !verdict.tilt.reasons.is_empty() {
        line(ui, "Leaning", &verdict.tilt.reasons.join("; "), t.tx3);
    }
}

/// Where the scores put another choice first: said, never averaged.
fn compared(ui: &mut Ui, ctx: &PanelContext<'_>, verdict: &Verdict) {
    let Some(decision) = ctx.advice.decision else {
        return;
    };
    let first = decision.preferred();
    if ctx.advice.is_stale || first.stance() == verdict.stance {
        return;
    }
    let score = |choice: &Choice| format::signed(choice.score.total, 2);
    let own = taken(decision, verdict).map_or_else(String::new, |(_, own)| {
        format!("; {} {}", own.candidate.name, score(own))
    });
    let words = format!(
        "by score {} comes first, {}{own}: the precedence decides, scores choose within it",
        first.candidate.name,
        score(first)
    );
    line(ui, "Compared", &words, tokens(ui).tx2);
}

fn against(ui: &mut Ui, verdict: &Verdict) {
    let t = tokens(ui);
    for conflict in verdict.against.iter().take(NAMED) {
        let asks = conflict.stance.map_or_else(String::new, |stance| {
            format!(" asks to {}", stance.label().to_lowercase())
        });
        let words = format!("{}{asks}: {}", conflict.rule.title(), conflict.words);
        line(ui, "Against", &words, t.warn);
    }
    if verdict.against.len() > NAMED {
        let rest = format!("and {} more", verdict.against.len() - NAMED);
        line(ui, "", &rest, t.warn);
    }
    if !verdict.not_judged.is_empty() {
        line(ui, "Not judged", &names(&verdict.not_judged), t.tx3);
    }
}

pub(super) fn names(rules: &[RuleKind]) -> String {
    let named: Vec<&str> = rules.iter().take(NAMED).map(|rule| rule.title()).collect();
    let rest = rules.len().saturating_sub(NAMED);
    if rest == 0 {
        named.join(", ")
    } else {
        format!("{} and {rest} more", named.join(", "))
    }
}

pub(super) fn line(ui: &mut Ui, head: &str, words: &str, ink: egui::Color32) {
    ui.horizontal_top(|ui| {
        let head_layout = egui::Layout::left_to_right(egui::Align::Min);
        ui.allocate_ui_with_layout(vec2(HEADS, 16.0), head_layout, |ui| {
            ui.set_min_width(HEADS);
            ui.label(fonts::caption(head).color(tokens(ui).tx3));
        });
        ui.add(egui::Label::new(fonts::caption(words).color(ink)).wrap());
    });
}

/// The verdict with its reasons as text.
fn text(verdict: &Verdict) -> String {
    let mut lines = vec![verdict.sentence.clone()];
    if !verdict.because.is_empty() {
        let titles: Vec<&str> = verdict.because.iter().map(|rule| rule.title()).collect();
        lines.push(format!("Because: {}", titles.join(", ")));
    }
    lines.extend(
        verdict
            .flips
            .iter()
            .map(|(rule, flip)| format!("To flip: {}: {flip}", rule.title())),
    );
    lines.extend(
        verdict
            .against
            .iter()
            .map(|conflict| format!("Against: {}: {}", conflict.rule.title(), conflict.words)),
    );
    lines.join("\n")
}
