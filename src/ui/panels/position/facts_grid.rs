//! The figures of a condor in two columns, its editable credit, and the probability of a profit.

use egui::{Rect, Ui, vec2};

use super::changes::with_net_price;
use super::editing::Editing;
use super::parts::{caption, place, row};
use crate::instrument::Position;
use crate::risk::figures::CondorFacts;
use crate::ui::format;
use crate::ui::theme::Tone;
use crate::ui::widgets::{Metric, NumberField, meter, metric_grid, metric_row};

/// Gap between the two columns, in points; that of the metric grid.
const GUTTER: f32 = 20.0;

/// Shows the facts; `suffix` tells the condors of a book apart in the accessible names.
pub(super) fn facts_grid(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    position: &Position,
    facts: &CondorFacts,
    suffix: &str,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    credit_row(ui, editing, position, facts, suffix);
    let mut metrics = extremes(facts);
    metrics.extend(distances(editing, facts));
    metrics.extend(greeks(editing, facts));
    metric_grid(ui, &metrics);
    ui.add_space(4.0);
    probability(ui, facts);
    ui.spacing_mut().item_spacing.y = 4.0;
}

fn credit_row(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    position: &Position,
    facts: &CondorFacts,
    suffix: &str,
) {
    let line = row(ui, 20.0);
    let column = ((line.width() - GUTTER) / 2.0).max(0.0);
    let left = Rect::from_min_size(line.min, vec2(column, line.height()));
    let right = left.translate(vec2(column + GUTTER, 0.0));
    caption(
        ui,
        left.left_center(),
        egui::Align2::LEFT_CENTER,
        "Credit",
        Tone::Quiet,
    );
    let mut credit = facts.credit_points;
    let market = editing.market();
    let changed = |net| with_net_price(position, net, market);
    let check = |net| editing.check_position(changed(net));
    let label = format!("Credit{suffix}");
    let hint = "Net entry credit of one condor. Typing one spreads it over the legs: each entry stays \
        as near to its mark as the sum allows";
    // the unit ends where the figures below it end
    let field = left.with_min_x(left.right() - 84.0).expand2(vec2(2.0, 2.0));
    let field = field.with_min_x(left.right() - 84.0);
    let committed = place(ui, field, "credit", |ui| {
        NumberField::new(&mut credit, &label)
            .unit("pt")
            .hint(hint)
            .range(0.0..=f64::MAX)
            .step(0.05)
            .shift_step(0.5)
            .alt_step(0.01)
            .quiet()
            .width(field.width())
            .check(&check)
            .show(ui)
            .committed
    });
    if let Some(net) = committed {
        editing.replace_or_say(changed(net));
    }
    place(ui, right, "of width", |ui| {
        let share = Metric::new(
            "Credit / width",
            format::pct(facts.credit_share_of_width(), 1),
        )
        .unit("%")
        .provenance(format!(
            "Entry credit over the wider wing of {} points",
            format::trimmed(facts.width_points, 2),
        ));
        metric_row(ui, &share);
    });
}

fn extremes(facts: &CondorFacts) -> Vec<Metric> {
    let [low, high] = facts.break_evens;
    vec![
        Metric::new("Max profit", format::usd_signed(facts.max_profit_usd))
            .tone(Tone::of_sign(facts.max_profit_usd))
            .provenance("Largest profit at expiry: the whole credit, when SPX settles between the short strikes. Fees left out"),
        Metric::new("Max loss", format::usd_signed(-facts.max_loss_usd))
            .tone(Tone::of_sign(-facts.max_loss_usd))
            .provenance("Largest loss at expiry: the wider wing less the credit, × 100 × condors. Fees left out"),
        Metric::new("Break-even low", format::fixed(low, 1))
            .provenance("Short put less the credit; the condor alone, without the hedge"),
        Metric::new("Break-even high", format::fixed(high, 1))
            .provenance("Short call plus the credit; the condor alone, without the hedge"),
    ]
}

fn distances(editing: &Editing<'_>, facts: &CondorFacts) -> Vec<Metric> {
    let levels = &editing.ctx.pack.break_evens;
    let (pass, alert) = (levels.pass.value, levels.alert.value);
    let sides = ["low", "high"];
    sides
        .into_iter()
        .zip(facts.break_even_margin.into_iter().zip(facts.break_even_margin_log))
        .map(|(side, (margin, in_log))| {
            let tone = if margin >= pass {
                Tone::Plain
            } else if margin >= alert {
                Tone::Warn
            } else {
                Tone::Bad
            };
            Metric::new("Distance", format::multiple(margin))
                .unit("EM")
                .tone(tone)
                .provenance(format!(
                    "From SPX to the {side} break-even in expected moves of {} points (one standard deviation to expiry)\n\
                    Pass from {}, alert from {}, breach below. By log price {}",
                    format::fixed(facts.expected_move_points, 1),
                    format::multiple(pass),
                    format::multiple(alert),
                    format::multiple(in_log),
                ))
        })
        .collect()
}

fn greeks(editing: &Editing<'_>, facts: &CondorFacts) -> Vec<Metric> {
    let valuation = editing.ctx.valuation;
    let own = facts.greeks.theta_per_day_usd;
    // with several condors the hedge belongs to none of them alone
    let theta = if valuation.condors.len() == 1 {
        let net = valuation.facts.net_theta_per_day_usd;
        Metric::new("Net theta / day", format::usd_signed(net))
            .tone(Tone::of_sign(net))
            .provenance(format!(
                "Dollars per calendar day of the book: condor {}, everything else {} (decay and roll-down of the hedge)",
                format::usd_signed(own),
                format::usd_signed(net - own),
            ))
    } else {
        Metric::new("Theta / day", format::usd_signed(own))
            .tone(Tone::of_sign(own))
            .provenance("Dollars per calendar day of this condor, without the hedge")
    };
    let vega = facts.greeks.vega_per_vol_point_usd;
    vec![
        theta,
        Metric::new("Vega / pt", format::usd_signed(vega))
            .tone(Tone::of_sign(vega))
            .provenance("Dollars per vol point of the legs' own vols; this condor, without the hedge"),
        Metric::new("Delta / condor", format::signed(facts.delta_per_condor_usd(), 1)).provenance(
            format!(
                "Dollars per SPX point of one condor; {} for all {}",
                format::signed(facts.greeks.delta_usd, 1),
                facts.contracts,
            ),
        ),
        Metric::new("Margin Reg-T", format::usd(facts.reg_t_margin_usd)).provenance(format!(
            "Wider wing × 100 × condors; the credit is not taken off\nPortfolio margin estimate {}: the worst of ten SPX moves from −8 % to +6 % at fixed vols",
            format::usd(facts.portfolio_margin_usd),
        )),
    ]
}

fn probability(ui: &mut Ui, facts: &CondorFacts) {
    let chance = facts.probability_of_profit;
    let [low, high] = facts.probability_of_touch;
    let metric = Metric::new("Probability of profit", format::pct(chance, 1))
        .unit("%")
        .provenance(format!(
            "Risk-neutral chance that SPX settles between the break-evens, by the smile at each of them\n\
            At one ATM vol {} %\nTouch of the short put {} %, of the short call {} %\n\
            Margin Reg-T {}, portfolio margin estimate {}",
            format::pct(facts.probability_of_profit_flat, 1),
            format::pct(low, 1),
            format::pct(high, 1),
            format::usd(facts.reg_t_margin_usd),
            format::usd(facts.portfolio_margin_usd),
        ));
    meter(ui, &metric, chance as f32);
}
