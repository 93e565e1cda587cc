//! The figures of a condor in two columns, its editable credit, and the probability of a profit.
//!
//! In a what-if every figure stands beside what it is in the book as held, and one column has the room.

use egui::{Align2, Rect, Ui, vec2};

use super::changes::with_net_price;
use super::editing::Editing;
use super::parts::{caption, place, row};
use crate::instrument::Position;
use crate::risk::figures::CondorFacts;
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::{Metric, NowThen, NumberField, meter, metric_grid, metric_row};
use crate::ui::{fonts, format};

/// Gap between the two columns, in points; that of the metric grid.
const GUTTER: f32 = 20.0;

/// A condor's facts, and those of the same position in the book as held while a what-if is on.
#[derive(Clone, Copy)]
struct Facts<'a> {
    shown: &'a CondorFacts,
    held: Option<&'a CondorFacts>,
}

impl Facts<'_> {
    /// A figure of the condor, as held and as shown.
    fn figure(
        self,
        read: impl Fn(&CondorFacts) -> f64,
        text: impl Fn(f64) -> String + Copy,
        change: impl Fn(f64) -> String,
    ) -> NowThen {
        NowThen::of(self.held.map(&read), read(self.shown), text, change)
    }

    /// A figure in whole dollars.
    fn usd(self, read: impl Fn(&CondorFacts) -> f64) -> NowThen {
        self.figure(read, format::usd_signed, format::usd_signed)
    }
}

/// Shows the facts; `suffix` tells the condors of a book apart in the accessible names.
pub(super) fn facts_grid(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    position: &Position,
    facts: &CondorFacts,
    suffix: &str,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let held = editing.ctx.compared();
    let held = held.and_then(|now| now.condor(position.id));
    let facts = Facts { shown: facts, held };
    credit_row(ui, editing, position, facts, suffix);
    let mut metrics = extremes(facts);
    metrics.extend(distances(editing, facts));
    metrics.extend(greeks(editing, facts));
    if held.is_some() {
        for metric in std::iter::once(&credit_share(facts)).chain(&metrics) {
            metric_row(ui, metric);
        }
    } else {
        metric_grid(ui, &metrics);
    }
    ui.add_space(4.0);
    probability(ui, facts);
    ui.spacing_mut().item_spacing.y = 4.0;
}

fn credit_row(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    position: &Position,
    facts: Facts<'_>,
    suffix: &str,
) {
    let line = row(ui, 20.0);
    let column = ((line.width() - GUTTER) / 2.0).max(0.0);
    let is_alone = facts.held.is_some();
    let width = if is_alone { line.width() } else { column };
    let left = Rect::from_min_size(line.min, vec2(width, line.height()));
    let right = left.translate(vec2(column + GUTTER, 0.0));
    caption(
        ui,
        left.left_center(),
        egui::Align2::LEFT_CENTER,
        "Credit",
        Tone::Quiet,
    );
    let mut credit = facts.shown.credit_points;
    let market = editing.market();
    let changed = |net| with_net_price(position, net, market);
    let check = |net| editing.check_position(changed(net));
    let label = format!("Credit{suffix}");
    let hint = "Net entry credit of one condor. Typing one spreads it over the legs: each entry stays \
        as near to its mark as the sum allows";
    // the unit ends where the figures below it end
    let width = if is_alone { 64.0 } else { 84.0 };
    let field = left.expand2(vec2(2.0, 2.0));
    let field = field.with_min_x(left.right() - width);
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
    if is_alone {
        held_credit(ui, facts, field);
    } else {
        place(ui, right, "of width", |ui| {
            metric_row(ui, &credit_share(facts));
        });
    }
}

/// The credit as held, before the field of the what-if's.
fn held_credit(ui: &Ui, facts: Facts<'_>, field: Rect) {
    let credit = facts.figure(|facts| facts.credit_points, format::points, format::points);
    if let Some(now) = credit.now {
        let words = format!("{now} →");
        let at = field.left_center() - vec2(2.0, 0.0);
        let font = (fonts::mono(fonts::SMALL), tokens(ui).tx3);
        fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, &words, font);
    }
}

fn credit_share(facts: Facts<'_>) -> Metric {
    let share = facts.figure(
        CondorFacts::credit_share_of_width,
        |ratio| format::pct(ratio, 1),
        |by| format::pct_signed(by, 1),
    );
    Metric::compared("Credit / width", share)
        .unit("%")
        .provenance(format!(
            "Entry credit over the wider wing of {} points",
            format::trimmed(facts.shown.width_points, 2),
        ))
}

fn extremes(facts: Facts<'_>) -> Vec<Metric> {
    let level = |index: usize| {
        facts.figure(
            |facts| facts.break_evens[index],
            |level| format::fixed(level, 1),
            |by| format::signed(by, 1),
        )
    };
    vec![
        Metric::compared("Max profit", facts.usd(|facts| facts.max_profit_usd))
            .tone(Tone::of_sign(facts.shown.max_profit_usd))
            .provenance("Largest profit at expiry: the whole credit, when SPX settles between the short strikes. Fees left out"),
        Metric::compared("Max loss", facts.usd(|facts| -facts.max_loss_usd))
            .tone(Tone::of_sign(-facts.shown.max_loss_usd))
            .provenance("Largest loss at expiry: the wider wing less the credit, × 100 × condors. Fees left out"),
        Metric::compared("Break-even low", level(0))
            .provenance("Short put less the credit; the condor alone, without the hedge"),
        Metric::compared("Break-even high", level(1))
            .provenance("Short call plus the credit; the condor alone, without the hedge"),
    ]
}

fn distances(editing: &Editing<'_>, both: Facts<'_>) -> Vec<Metric> {
    let facts = both.shown;
    let levels = &editing.ctx.pack.break_evens;
    let (pass, alert) = (levels.pass.value, levels.alert.value);
    let sides = ["low", "high"];
    sides
        .into_iter()
        .enumerate()
        .zip(facts.break_even_margin.into_iter().zip(facts.break_even_margin_log))
        .map(|((index, side), (margin, in_log))| {
            let tone = if margin >= pass {
                Tone::Plain
            } else if margin >= alert {
                Tone::Warn
            } else {
                Tone::Bad
            };
            let distance = both.figure(
                |facts| facts.break_even_margin[index],
                format::multiple,
                |by| format::signed(by, 2),
            );
            let label = if both.held.is_some() {
                format!("Distance {side}")
            } else {
                "Distance".to_owned()
            };
            Metric::compared(label, distance)
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

fn greeks(editing: &Editing<'_>, both: Facts<'_>) -> Vec<Metric> {
    let facts = both.shown;
    let valuation = editing.ctx.valuation;
    let own = facts.greeks.theta_per_day_usd;
    // with several condors the hedge belongs to none of them alone
    let theta = if valuation.condors.len() == 1 {
        let net = valuation.facts.net_theta_per_day_usd;
        let held = editing
            .ctx
            .compared()
            .map(|now| now.facts.net_theta_per_day_usd);
        let theta = NowThen::of(held, net, format::usd_signed, format::usd_signed);
        Metric::compared("Net theta / day", theta)
            .tone(Tone::of_sign(net))
            .provenance(format!(
                "Dollars per calendar day of the book: condor {}, everything else {} (decay and roll-down of the hedge)",
                format::usd_signed(own),
                format::usd_signed(net - own),
            ))
    } else {
        let theta = both.usd(|facts| facts.greeks.theta_per_day_usd);
        Metric::compared("Theta / day", theta)
            .tone(Tone::of_sign(own))
            .provenance("Dollars per calendar day of this condor, without the hedge")
    };
    let vega = facts.greeks.vega_per_vol_point_usd;
    vec![
        theta,
        Metric::compared(
            "Vega / pt",
            both.usd(|facts| facts.greeks.vega_per_vol_point_usd),
        )
            .tone(Tone::of_sign(vega))
            .provenance("Dollars per vol point of the legs' own vols; this condor, without the hedge"),
        Metric::compared(
            "Delta / condor",
            both.figure(
                CondorFacts::delta_per_condor_usd,
                |delta| format::signed(delta, 1),
                |by| format::signed(by, 1),
            ),
        )
        .provenance(
            format!(
                "Dollars per SPX point of one condor; {} for all {}",
                format::signed(facts.greeks.delta_usd, 1),
                facts.contracts,
            ),
        ),
        Metric::compared(
            "Margin Reg-T",
            both.figure(
                |facts| facts.reg_t_margin_usd,
                format::usd,
                format::usd_signed,
            ),
        )
        .provenance(format!(
            "Wider wing × 100 × condors; the credit is not taken off\nPortfolio margin estimate {}: the worst of ten SPX moves from −8 % to +6 % at fixed vols",
            format::usd(facts.portfolio_margin_usd),
        )),
    ]
}

fn probability(ui: &mut Ui, both: Facts<'_>) {
    let facts = both.shown;
    let chance = facts.probability_of_profit;
    let written = both.figure(
        |facts| facts.probability_of_profit,
        |ratio| format::pct(ratio, 1),
        |by| format::pct_signed(by, 1),
    );
    let [low, high] = facts.probability_of_touch;
    let metric = Metric::compared("Probability of profit", written)
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
