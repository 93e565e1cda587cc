//! What is known of the fit, in one line under the plot; and the whole smile as text.

use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, vec2};

use super::picture::letter;
use crate::risk::smile_view::{SmilePoint, SmileView};
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{PAD, Tone, tokens};
use crate::ui::widgets::{Cell, Column, Row, hint};
use crate::ui::{fonts, format};

/// Height of the line, in points.
pub(super) const HEIGHT: f32 = 30.0;

/// Shows the line over `rect`.
pub(super) fn foot(ui: &mut Ui, view: &SmileView, rect: Rect) {
    let layout = Layout::left_to_right(Align::Center);
    let place = UiBuilder::new()
        .max_rect(rect.shrink2(vec2(PAD, 0.0)))
        .layout(layout);
    let mut line = ui.new_child(place);
    line.spacing_mut().item_spacing.x = 4.0;
    let facts = &view.facts;
    fact(
        &mut line,
        ("ATM", &format::vol(facts.atm_vol), "%"),
        Tone::Plain,
        "Fitted vol at the forward; for VIX options at their own future",
    );
    if let Some(skew) = facts.skew {
        fact(
            &mut line,
            ("Skew", &format::signed(skew * 10.0, 2), "pt / 10 %"),
            Tone::Plain,
            "Change of vol in points per 10 % of log-moneyness at the money, d vol / d ln(K / F)",
        );
    }
    if let Some(rms) = facts.rms_vol {
        fact(
            &mut line,
            ("RMS", &format::vol(rms), "pt"),
            Tone::Plain,
            "Root mean square of what the fit leaves of the quotes, vol points; SPX by vega",
        );
    }
    let tone = if facts.is_assumed {
        Tone::Warn
    } else {
        Tone::Quiet
    };
    words(&mut line, &rests_on(view), tone, "What the curve rests on");
    arbitrage(&mut line, view);
}

/// `SSVI fit, 4 quotes`.
fn rests_on(view: &SmileView) -> String {
    let facts = &view.facts;
    let quotes = match (facts.quotes, facts.rejected) {
        (0, 0) => "no quote".to_owned(),
        (1, 0) => "1 quote".to_owned(),
        (used, 0) => format!("{} quotes", format::count(used)),
        (used, rejected) => format!(
            "{} of {} quotes",
            format::count(used),
            format::count(used + rejected)
        ),
    };
    format!("{}, {quotes}", facts.source)
}

fn arbitrage(ui: &mut Ui, view: &SmileView) {
    let facts = &view.facts;
    let t = tokens(ui);
    let meaning = "Durrleman's function g(k) on a grid of 71 points: the implied density is positive exactly where \
                   g is (Gatheral & Jacquier 2014, lemma 2.2)";
    match (facts.is_checked, facts.arbitrage_strike) {
        (false, _) => words(
            ui,
            "not checked for arbitrage",
            Tone::Faint,
            "The template of VIX options is not a density model",
        ),
        (true, None) => {
            icons::show(ui, Icon::Pass, t.up);
            words(ui, "No butterfly arbitrage", Tone::Quiet, meaning);
        }
        (true, Some(strike)) => {
            icons::show(ui, Icon::Below, t.warn);
            let at = format!("Butterfly arbitrage at {}", format::fixed(strike, 0));
            words(ui, &at, Tone::Warn, meaning);
        }
    }
}

/// Name, figure and unit, with what it means on hover.
fn fact(ui: &mut Ui, (name, figure, unit): (&str, &str, &str), tone: Tone, meaning: &str) {
    let t = tokens(ui);
    let start = ui.cursor().min;
    ui.label(fonts::caption(name).color(t.tx2));
    ui.label(fonts::num(figure).color(t.text(tone)));
    ui.label(fonts::caption(unit).color(t.tx3));
    hover(ui, start, &format!("{name} {figure} {unit}"), meaning);
    ui.add_space(12.0);
}

fn words(ui: &mut Ui, words: &str, tone: Tone, meaning: &str) {
    let ink = tokens(ui).text(tone);
    ui.label(fonts::caption(words).color(ink))
        .on_hover_text(meaning);
    ui.add_space(12.0);
}

/// Explains everything drawn since `start`.
fn hover(ui: &Ui, start: egui::Pos2, name: &str, meaning: &str) {
    let end = ui.min_rect().max;
    let rect = Rect::from_min_max(start, end).intersect(ui.max_rect());
    let id = ui.scope_id().with(("fact", name));
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, name));
    hint(response, name, meaning);
}

/// Columns of the smile as text.
pub(super) fn text_columns() -> Vec<Column> {
    vec![
        Column::text("Kind"),
        Column::num("Strike"),
        Column::num("Std moneyness"),
        Column::num("Vol %"),
        Column::num("Fit %"),
        Column::num("Beyond fit pt"),
        Column::num("Contracts"),
    ]
}

/// Curve, quotes and legs as text.
pub(super) fn text_rows(view: &SmileView) -> Vec<Row> {
    let row = |kind: String, at: &SmilePoint, more: [String; 3]| {
        let figures = [
            format::fixed(at.strike, 2),
            format::fixed(at.z, 4),
            format::fixed(at.vol * 100.0, 4),
        ];
        let cells = figures.into_iter().chain(more).map(Cell::num);
        Row::new(std::iter::once(Cell::text(kind)).chain(cells).collect())
    };
    let none = String::new;
    let curve = view.curve.iter().map(|at| {
        row(
            "Fit".to_owned(),
            at,
            [format::fixed(at.vol * 100.0, 4), none(), none()],
        )
    });
    let quotes = view.quotes.iter().map(|quote| {
        let fit = format::fixed(quote.fit_vol * 100.0, 4);
        let beyond = format::fixed(quote.residual_vol() * 100.0, 4);
        let kind = format!("Quote {}", letter(quote.right));
        row(kind, &quote.at, [fit, beyond, none()])
    });
    let legs = view.legs.iter().map(|leg| {
        let contracts = format::quantity(i64::from(leg.quantity));
        let kind = format!("Leg {}", letter(leg.right));
        let fit = format::fixed(leg.fit_vol * 100.0, 4);
        let beyond = format::fixed(leg.residual_vol() * 100.0, 4);
        row(kind, &leg.at, [fit, beyond, contracts])
    });
    curve.chain(quotes).chain(legs).collect()
}
