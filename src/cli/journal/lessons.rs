//! The review over all campaigns as text: every figure with its n and its interval, and no claim under n = 20.

use super::{Worked, review_of};
use crate::cli::report::layout::{Block, Table};
use crate::journal::{Adjustment, DecisionValue, Discipline, Group, Measured, Results};
use crate::ui::format::{count, fixed, pct, pct_signed, usd_signed};

/// What stands where nothing is known.
const NOTHING: &str = "–";

/// The review's title and parts; `None` where no campaign is closed.
pub(super) fn lessons(worked: &[Worked]) -> Option<(String, Vec<Block>)> {
    let review = review_of(worked);
    let all = &review.all;
    if all.n == 0 {
        return None;
    }
    let campaigns = if all.n == 1 { "campaign" } else { "campaigns" };
    let title = format!("Review of {} closed {campaigns}", count(all.n));
    let mut rows = results(all);
    rows.extend(Adjustment::ALL.map(|of| {
        let left = review.worth(of, false).map(|series| series.value);
        let name = format!("{} not done, over what was done", of.label());
        (name, decided(&left.unwrap_or_default()))
    }));
    rows.extend(discipline("Rules followed", &review.followed));
    rows.extend(discipline("Rules broken", &review.broken));
    let mut blocks = vec![Block::Pairs(rows)];
    let named = review.groups.iter();
    let tables = named.map(|(by, groups)| Block::Table(group_table(by.label(), groups)));
    blocks.extend(tables);
    Some((title, blocks))
}

fn results(all: &Results) -> Vec<(String, String)> {
    let usd = |figure: Option<Measured>| measured(figure, usd_signed);
    let share = |figure: Option<Measured>| measured(figure, |value| format!("{} %", pct(value, 1)));
    let rate =
        |figure: Option<Measured>| measured(figure, |value| format!("{} %", pct_signed(value, 1)));
    let plain = |decimals: usize| move |value: f64| fixed(value, decimals);
    let percent = |figure: Option<Measured>| measured(figure, |it| format!("{} %", fixed(it, 1)));
    let rows = [
        ("Win rate", share(all.win_rate)),
        ("Expectancy", usd(all.expectancy_usd)),
        ("Median", usd(all.median_usd)),
        ("Profit factor", measured(all.profit_factor, plain(2))),
        ("Mean win", usd(all.mean_win_usd)),
        ("Mean loss", usd(all.mean_loss_usd)),
        ("Drawdown, at close", usd(all.drawdown_usd)),
        ("Return a year, mean", rate(all.mean_irr)),
        ("Return a year, median", rate(all.median_irr)),
        ("Days held", measured(all.days_held, plain(0))),
        ("Hedge cost of credit", percent(all.hedge_cost_pooled_pct)),
        ("Hedge profit", usd(all.hedge_profit_usd)),
        ("Rolling over holding", decided(&all.rolling)),
        ("Hedging over holding", decided(&all.hedging)),
    ];
    rows.map(|(name, value)| (name.to_owned(), value)).into()
}

fn decided(value: &DecisionValue) -> String {
    let words = measured(value.mean_usd, usd_signed);
    if value.modelled > 0 {
        format!("{words}, {} by the model", count(value.modelled))
    } else {
        words
    }
}

fn discipline(name: &str, of: &Discipline) -> Vec<(String, String)> {
    vec![
        (
            format!("{name}, a campaign"),
            measured(of.campaign_usd, usd_signed),
        ),
        (format!("{name}, a decision"), decided(&of.done)),
    ]
}

fn group_table(by: &str, groups: &[Group]) -> Table {
    let mut table = Table::new(&[by, "n", "win rate", "expectancy", ""]);
    for group in groups {
        let results = &group.results;
        table.row([
            group.name.clone(),
            count(results.n),
            seen(results.win_rate, |value| format!("{} %", pct(value, 0))),
            seen(results.expectancy_usd, usd_signed),
            results
                .expectancy_usd
                .and_then(|figure| figure.claim().err())
                .map_or_else(String::new, |few| few.to_string()),
        ]);
    }
    table
}

fn seen(figure: Option<Measured>, words: impl Fn(f64) -> String) -> String {
    figure.map_or_else(|| NOTHING.to_owned(), |figure| words(figure.seen()))
}

/// A figure with its interval and n, or as what was seen so far where the sample is too small for a claim.
fn measured(figure: Option<Measured>, words: impl Fn(f64) -> String) -> String {
    let Some(figure) = figure else {
        return NOTHING.to_owned();
    };
    let value = words(figure.seen());
    match (figure.claim(), figure.interval()) {
        (Err(few), _) => format!("{value} so far ({few})"),
        (Ok(_), Some([low, high])) => {
            format!(
                "{value} ({} to {}, n = {})",
                words(low),
                words(high),
                figure.n()
            )
        }
        (Ok(_), None) => format!("{value} (n = {})", figure.n()),
    }
}

#[cfg(test)]
mod tests {
    use super::{fixed, measured};
    use crate::journal::Measured;

    #[test]
    fn a_small_sample_is_told_without_an_interval_and_a_large_one_with_it() {
        let words = |n: usize| {
            let sample: Vec<f64> = (0..n).map(|at| (at % 2) as f64).collect();
            measured(Measured::mean(&sample), |value| fixed(value, 1))
        };
        assert_eq!(words(4), "0.5 so far (no claim under n = 20: n = 4)");
        assert!(
            words(40).starts_with("0.5 (0.3 to 0.7, n = 40)"),
            "{}",
            words(40)
        );
        assert_eq!(measured(None, |value| fixed(value, 1)), "–");
    }
}
