//! The hedge's budgets as gauges, and the account's equity that one of them needs.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};

use crate::risk::figures::Gauge as Budget;
use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::widgets::{CommitField, Gauge, NowThen, gauge, hint, section};
use crate::ui::{Action, Actions, PanelContext, fonts, format};

/// Largest equity that is not a typing error, in dollars.
const MAX_EQUITY_USD: f64 = 1e12;

/// Shows the gauges; the field for the account's equity stands where it is missing, else at the end.
pub(super) fn budgets(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    section(ui, "Budget", "");
    let mut asks_equity = false;
    for budget in &ctx.valuation.gauges {
        match budget.used_pct {
            Some(used) if used.is_finite() => {
                let now = ctx.compared().and_then(|now| {
                    let same = now.gauges.iter().find(|now| now.label == budget.label)?;
                    same.used_pct.filter(|used| used.is_finite())
                });
                gauge(ui, &drawn(budget, (now, used)));
                ui.add_space(8.0);
            }
            Some(_) | None
                if ctx.account.equity_usd.is_none() && budget.label.contains("account") =>
            {
                equity(ui, ctx, "12-month spend needs equity", actions);
                asks_equity = true;
            }
            Some(_) | None => missing(ui, budget),
        }
    }
    if !asks_equity {
        equity(ui, ctx, "Account equity", actions);
    }
}

/// The gauge of a budget: used as the book is held while a what-if is on, and used as shown.
fn drawn(budget: &Budget, (now, used): (Option<f64>, f64)) -> Gauge {
    let decimals = usize::from(used.abs() < 9.95 && budget.limit_pct < 10.0);
    Gauge {
        label: budget.label.to_owned(),
        value: NowThen::of(
            now,
            used,
            |pct| format::fixed(pct, decimals),
            |by| format!("{} %", format::signed(by, 1)),
        ),
        of: format!("% of {} %", format::trimmed(budget.limit_pct, 1)),
        used: now.unwrap_or(used),
        what_if: now.map(|_| used),
        warn: budget.warn_pct,
        limit: budget.limit_pct,
        provenance: provenance(budget, used),
    }
}

fn provenance(budget: &Budget, used: f64) -> String {
    let used = format::fixed(used, 2);
    let limit = format::trimmed(budget.limit_pct, 1);
    let marks = [
        ("worth a look from", budget.warn_pct),
        ("alarm from", budget.alarm_pct),
    ];
    let marks = marks
        .into_iter()
        .filter_map(|(name, at)| at.map(|at| format!("{name} {} %", format::trimmed(at, 1))));
    let first = format!("{}: {used} %, the rules allow {limit} %", budget.label);
    let lines: Vec<String> = std::iter::once(first).chain(marks).collect();
    lines.join("\n")
}

/// A budget that cannot be measured, with what it needs.
fn missing(ui: &mut Ui, budget: &Budget) {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let needs = budget.missing.unwrap_or("cannot be measured");
    let small = || fonts::inter(fonts::SMALL);
    ui.painter().text(
        rect.left_center(),
        Align2::LEFT_CENTER,
        budget.label,
        small(),
        t.tx2,
    );
    let value = format::NONE;
    ui.painter().text(
        rect.right_center(),
        Align2::RIGHT_CENTER,
        value,
        small(),
        t.tx3,
    );
    let name = format!("{}: {needs}", budget.label);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    hint(response, budget.label, &name);
    ui.add_space(4.0);
}

/// The field for the account's equity behind `words`.
fn equity(ui: &mut Ui, ctx: &PanelContext<'_>, words: &str, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let width = 84.0;
        let label = vec2(ui.available_width() - width - 8.0, FIELD_HEIGHT);
        let (rect, _space) = ui.allocate_exact_size(label, Sense::hover());
        let ink = tokens(ui).tx2;
        let font = fonts::inter(fonts::SMALL);
        ui.painter()
            .text(rect.left_center(), Align2::LEFT_CENTER, words, font, ink);
        let shown = ctx.account.equity_usd.map_or_else(String::new, format::usd);
        let field = CommitField::new("Account equity", &shown)
            .hint("equity $")
            .figure()
            .width(width)
            .tooltip("Equity of the account in dollars; kept for all campaigns. Empty: not known.");
        if let Some(equity) = field.show_optional(ui, 1.0..=MAX_EQUITY_USD) {
            actions.push(Action::SetEquity(equity));
        }
    });
}
