//! What the closed campaigns taught: results, returns, hedges, decisions, each with its n and an interval.
//!
//! Open campaigns are counted apart and enter nothing: their result is not known. Money is in dollars a campaign unless
//! a name says cents.

use serde::Serialize;

use super::curve::{EquityCurve, ProfitCalendar};
use super::groups::{Filter, GroupBy};
use super::interval::Measured;
use super::offset::OffsetReview;
use super::summary::{CampaignSummary, DecisionSummary};
use super::worth::{Adjustment, WorthSeries};

/// Results of a set of closed campaigns. `None` where there is nothing to measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Results {
    /// Campaigns.
    pub n: usize,
    /// Sum of profits, cents.
    pub profit_cents: i64,
    /// Campaigns with a profit above zero.
    pub winners: usize,
    /// Campaigns with a loss.
    pub losers: usize,
    /// Share of winners among all, decimal.
    pub win_rate: Option<Measured>,
    /// Mean profit, dollars: the expectancy.
    pub expectancy_usd: Option<Measured>,
    /// Median profit, dollars.
    pub median_usd: Option<Measured>,
    /// Sum of gains over the sum of losses; `None` without a loss. Its n is all campaigns.
    pub profit_factor: Option<Measured>,
    /// Mean gain of the winners, dollars.
    pub mean_win_usd: Option<Measured>,
    /// Mean result of the losers, dollars, negative.
    pub mean_loss_usd: Option<Measured>,
    /// Largest fall of the running profit, by the day of closing, dollars, 0 or more.
    pub drawdown_usd: Option<Measured>,
    /// Mean return on margin, decimal a year.
    pub mean_irr: Option<Measured>,
    /// Median return on margin, decimal a year.
    pub median_irr: Option<Measured>,
    /// How many of the returns are MIRR; the others are XIRR.
    pub mirrs: usize,
    /// Mean calendar days held.
    pub days_held: Option<Measured>,
    /// Premium paid for VIX options over the credit, percent: all premium over all credit.
    pub hedge_cost_pooled_pct: Option<Measured>,
    /// The same as the mean of each campaign's own.
    pub hedge_cost_mean_pct: Option<Measured>,
    /// Mean profit of all VIX contracts of the campaigns that held any, dollars.
    pub hedge_profit_usd: Option<Measured>,
    /// Sum of the same, cents.
    pub hedge_profit_cents: i64,
    /// What rolling was worth against leaving everything as it was, a decision.
    pub rolling: DecisionValue,
    /// What hedging was worth against leaving everything as it was, a decision.
    pub hedging: DecisionValue,
}

/// What decisions of a kind were worth against holding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct DecisionValue {
    /// Sum, cents.
    pub sum_cents: i64,
    /// Mean a decision, dollars.
    pub mean_usd: Option<Measured>,
    /// How many of the values rest on the model, where marks of their own are missing.
    pub modelled: usize,
}

impl DecisionValue {
    /// Of values in cents, each with whether it rests on marks alone.
    pub(super) fn of_values(values: impl Iterator<Item = (i64, bool)>) -> Self {
        let mut value = Self::default();
        let mut sample = Vec::new();
        for (cents, is_marked) in values {
            value.sum_cents += cents;
            value.modelled += usize::from(!is_marked);
            sample.push(usd(cents));
        }
        value.mean_usd = Measured::mean(&sample);
        value
    }

    /// What was done at decisions.
    fn of<'a>(decisions: impl Iterator<Item = &'a DecisionSummary>) -> Self {
        Self::of_values(decisions.map(|it| (it.done_cents, it.is_done_marked)))
    }

    fn of_taken(campaigns: &[&CampaignSummary], of: Adjustment) -> Self {
        Self::of(decisions(campaigns).filter(|it| it.taken.as_deref() == Some(of.stance())))
    }
}

/// Decisions that followed the verdict, or broke it, and the campaigns that they were in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Discipline {
    /// Campaigns: all of whose decisions followed; or with at least one that did not.
    pub campaigns: usize,
    /// Mean profit of them, dollars.
    pub campaign_usd: Option<Measured>,
    /// What was done at those decisions, against holding.
    pub done: DecisionValue,
    /// What the verdict's choice made over what was done, dollars a decision, where it could be marked later.
    pub verdict_over_done_usd: Option<Measured>,
}

impl Discipline {
    fn of(campaigns: &[&CampaignSummary], followed: bool) -> Self {
        let own: Vec<f64> = (campaigns.iter())
            .filter(|campaign| campaign_followed(campaign) == Some(followed))
            .map(|campaign| usd(campaign.profit_cents))
            .collect();
        let judged = || decisions(campaigns).filter(|it| it.followed() == Some(followed));
        let over: Vec<f64> = judged()
            .filter_map(|it| Some(usd(it.verdict_cents? - it.done_cents)))
            .collect();
        Self {
            campaigns: own.len(),
            campaign_usd: Measured::mean(&own),
            done: DecisionValue::of(judged()),
            verdict_over_done_usd: Measured::mean(&over),
        }
    }
}

/// Whether every decision of a campaign that can be judged followed the verdict; `None` without any.
fn campaign_followed(campaign: &CampaignSummary) -> Option<bool> {
    let mut judged = campaign
        .decisions
        .iter()
        .filter_map(DecisionSummary::followed);
    let first = judged.next()?;
    Some(first && judged.all(|followed| followed))
}

/// Campaigns that have something in common.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// What they have in common.
    pub name: String,
    /// Their results.
    pub results: Results,
}

/// The review of campaigns.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Review {
    /// Campaigns that are still open: in nothing else here.
    pub open: usize,
    /// Results of all that are closed.
    pub all: Results,
    /// Running profit by the day of closing.
    pub by_close: EquityCurve,
    /// Running profit by the days of the marks.
    pub by_day: EquityCurve,
    /// Profit by day, month and year.
    pub calendar: ProfitCalendar,
    /// Where the verdict was followed.
    pub followed: Discipline,
    /// Where it was not.
    pub broken: Discipline,
    /// What hedges were promised to make in falls of SPX, and made.
    pub offset: OffsetReview,
    /// Results by what campaigns have in common.
    pub groups: Vec<(GroupBy, Vec<Group>)>,
    /// What rolling and hedging were worth, decision by decision: each where it was done, then where it was not.
    pub worth: Vec<WorthSeries>,
}

impl Review {
    /// Of campaigns, those that a filter takes.
    pub fn of(campaigns: &[&CampaignSummary], filter: &Filter) -> Self {
        let taken = campaigns.iter().copied().filter(|it| filter.takes(it));
        let (open, closed): (Vec<_>, Vec<_>) = taken
            .filter(|it| it.opened.is_some())
            .partition(|it| it.is_open());
        let calendar = ProfitCalendar::of(&closed);
        let groups = |by: GroupBy| {
            let named = by.groups(&closed).into_iter();
            let groups = named.map(|(name, own)| Group {
                name,
                results: Results::of(&own),
            });
            (by, groups.collect())
        };
        Self {
            open: open.len(),
            all: Results::of(&closed),
            by_close: EquityCurve::by_close(&closed),
            by_day: EquityCurve::of(calendar.days.iter().copied()),
            calendar,
            followed: Discipline::of(&closed, true),
            broken: Discipline::of(&closed, false),
            offset: OffsetReview::of(&closed),
            groups: GroupBy::ALL.map(groups).into(),
            worth: WorthSeries::all(&closed),
        }
    }

    /// What an adjustment was worth where it was done, or where it was on offer and not done.
    pub fn worth(&self, of: Adjustment, is_taken: bool) -> Option<&WorthSeries> {
        let mut all = self.worth.iter();
        all.find(|it| (it.of, it.is_taken) == (of, is_taken))
    }

    /// The groups by one thing.
    pub fn group(&self, by: GroupBy) -> &[Group] {
        let found = self.groups.iter().find(|(of, _)| *of == by);
        found.map_or(&[], |(_, groups)| groups)
    }
}

impl Results {
    /// Of closed campaigns.
    pub fn of(campaigns: &[&CampaignSummary]) -> Self {
        let profits = sample(campaigns, |it| Some(usd(it.profit_cents)));
        let wins: Vec<f64> = profits.iter().copied().filter(|usd| *usd > 0.0).collect();
        let losses: Vec<f64> = profits.iter().copied().filter(|usd| *usd < 0.0).collect();
        let factor: Vec<(f64, f64)> = (profits.iter())
            .map(|usd| (usd.max(0.0), (-usd).max(0.0)))
            .collect();
        let irrs = sample(campaigns, |it| it.irr);
        let costs: Vec<(f64, f64)> = (campaigns.iter())
            .filter(|it| it.credit_usd > 0.0)
            .map(|it| (100.0 * it.hedge_cost_usd, it.credit_usd))
            .collect();
        let hedged: Vec<&CampaignSummary> = (campaigns.iter().copied())
            .filter(|it| is_hedged(it))
            .collect();
        let n = campaigns.len();
        let fall = usd(EquityCurve::by_close(campaigns).drawdown_cents());
        Self {
            n,
            profit_cents: campaigns.iter().map(|it| it.profit_cents).sum(),
            winners: wins.len(),
            losers: losses.len(),
            win_rate: Measured::share(wins.len(), n),
            expectancy_usd: Measured::mean(&profits),
            median_usd: Measured::median(&profits),
            profit_factor: Measured::ratio(&factor),
            mean_win_usd: Measured::mean(&wins),
            mean_loss_usd: Measured::mean(&losses),
            drawdown_usd: (n > 0).then(|| Measured::plain(fall, n)),
            mean_irr: Measured::mean(&irrs),
            median_irr: Measured::median(&irrs),
            mirrs: campaigns
                .iter()
                .filter(|it| it.irr.is_some() && it.is_mirr)
                .count(),
            days_held: Measured::mean(&sample(campaigns, |it| Some(f64::from(it.days_held)))),
            hedge_cost_pooled_pct: Measured::ratio(&costs),
            hedge_cost_mean_pct: Measured::mean(&sample(
                campaigns,
                CampaignSummary::hedge_cost_pct,
            )),
            hedge_profit_usd: Measured::mean(&sample(&hedged, |it| Some(it.hedge_profit().usd()))),
            hedge_profit_cents: hedged.iter().map(|it| it.hedge_profit().0).sum(),
            rolling: DecisionValue::of_taken(campaigns, Adjustment::Rolling),
            hedging: DecisionValue::of_taken(campaigns, Adjustment::Hedging),
        }
    }
}

fn is_hedged(campaign: &CampaignSummary) -> bool {
    campaign.layers.contains(&true)
        || campaign.hedge_cost_usd > 0.0
        || campaign.hedge_profit().0 != 0
}

fn sample(
    campaigns: &[&CampaignSummary],
    take: impl Fn(&CampaignSummary) -> Option<f64>,
) -> Vec<f64> {
    campaigns.iter().filter_map(|it| take(it)).collect()
}

fn decisions<'a>(campaigns: &[&'a CampaignSummary]) -> impl Iterator<Item = &'a DecisionSummary> {
    campaigns.iter().flat_map(|it| &it.decisions)
}

/// Cents in dollars.
fn usd(cents: i64) -> f64 {
    cents as f64 / 100.0
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::super::interval::TooFew;
    use super::*;

    /// A campaign of ten days that closed on a day of its own with a profit in dollars.
    pub(in super::super) fn campaign(number: i32, profit_usd: i64) -> CampaignSummary {
        let opened = date(2025, 1, 6).saturating_add((7 * number).days());
        let closed = opened.saturating_add(10.days());
        CampaignSummary {
            name: format!("Campaign {number}"),
            setup: String::new(),
            tags: Vec::new(),
            opened: Some(opened),
            closed: Some(closed),
            days_held: 10,
            profit_cents: 100 * profit_usd,
            spx_cents: 100 * profit_usd,
            layer_cents: [0; 3],
            other_cents: 0,
            credit_usd: 1000.0,
            hedge_cost_usd: 0.0,
            fees_usd: 0.0,
            rolls: 0,
            margin_usd: 5000.0,
            irr: Some(0.2),
            is_mirr: false,
            drawdown_cents: 0,
            pack: "alvh 2".to_owned(),
            layers: [false; 3],
            days: vec![(opened, 100 * profit_usd - 1), (closed, 1)],
            events: Vec::new(),
            decisions: Vec::new(),
        }
    }

    fn decision(verdict: &str, taken: &str, done_cents: i64) -> DecisionSummary {
        DecisionSummary {
            on: date(2025, 2, 3),
            verdict: verdict.to_owned(),
            taken: Some(taken.to_owned()),
            regime: Some("Steward".to_owned()),
            erp_pct: Some(4.6),
            done_cents,
            verdict_cents: Some(500),
            is_marked: true,
            is_done_marked: taken == "Roll",
            ..DecisionSummary::default()
        }
    }

    fn review(campaigns: &[CampaignSummary]) -> Review {
        let all: Vec<&CampaignSummary> = campaigns.iter().collect();
        Review::of(&all, &Filter::default())
    }

    fn seen(figure: Option<Measured>) -> f64 {
        figure.expect("a figure").seen()
    }

    #[test]
    fn results_of_four_campaigns_are_those_by_hand() {
        let mut all: Vec<CampaignSummary> = [300, -100, 200, -200]
            .into_iter()
            .zip(1..)
            .map(|(profit, number)| campaign(number, profit))
            .collect();
        all[1].hedge_cost_usd = 200.0;
        all[1].layer_cents = [-5000, 0, 0];
        all.push(CampaignSummary {
            closed: None,
            ..campaign(9, 1_000_000)
        });
        let found = review(&all);
        let results = &found.all;
        assert_eq!(
            (found.open, results.n, results.profit_cents),
            (1, 4, 20_000)
        );
        assert_eq!((results.winners, results.losers), (2, 2));
        assert!((seen(results.win_rate) - 0.5).abs() < 1e-12);
        assert!((seen(results.expectancy_usd) - 50.0).abs() < 1e-12);
        assert!((seen(results.median_usd) - 50.0).abs() < 1e-12);
        assert!((seen(results.profit_factor) - 500.0 / 300.0).abs() < 1e-12);
        assert!((seen(results.mean_win_usd) - 250.0).abs() < 1e-12);
        assert!((seen(results.mean_loss_usd) + 150.0).abs() < 1e-12);
        // 300, 200, 400, 200: the largest fall is the last.
        assert!((seen(results.drawdown_usd) - 200.0).abs() < 1e-12);
        assert!((seen(results.hedge_cost_pooled_pct) - 5.0).abs() < 1e-12);
        assert_eq!(results.hedge_profit_usd.expect("one").n(), 1);
        assert!((seen(results.hedge_profit_usd) + 50.0).abs() < 1e-12);
        assert_eq!(
            results.expectancy_usd.expect("some").claim(),
            Err(TooFew(4))
        );
        assert_eq!(
            found.by_day.points.last().expect("days").total_cents,
            20_000
        );
        assert_eq!(found.by_close.drawdown_cents(), 20_000);
    }

    #[test]
    fn nothing_has_no_figures_and_no_division_by_nothing() {
        let found = review(&[]);
        assert_eq!(found.all, Results::default());
        assert_eq!(found.by_day, EquityCurve::default());
        let won = review(&[campaign(1, 10), campaign(2, 20)]);
        assert_eq!(won.all.profit_factor, None);
        assert_eq!(won.all.mean_loss_usd, None);
    }

    #[test]
    fn rules_followed_stand_beside_rules_broken() {
        let mut all: Vec<CampaignSummary> = (0..50)
            .map(|number| campaign(number, if number % 2 == 0 { 100 } else { -100 }))
            .collect();
        for (place, campaign) in all.iter_mut().enumerate() {
            let taken = if place % 2 == 0 { "Roll" } else { "Hold" };
            campaign.decisions = vec![
                decision("Roll", taken, 200),
                decision("Evaluate", "Hold", 7),
            ];
        }
        let found = review(&all);
        assert_eq!((found.followed.campaigns, found.broken.campaigns), (25, 25));
        assert!((seen(found.followed.campaign_usd) - 100.0).abs() < 1e-12);
        assert!((seen(found.broken.verdict_over_done_usd) - 3.0).abs() < 1e-12);
        assert_eq!(found.followed.done.sum_cents, 5000);
        assert_eq!(
            (found.followed.done.modelled, found.broken.done.modelled),
            (0, 25)
        );
        assert_eq!(found.all.rolling.sum_cents, 5000);
        assert_eq!(found.all.hedging, DecisionValue::default());
        assert!(found.followed.campaign_usd.expect("some").claim().is_ok());
    }

    #[test]
    fn groups_hold_every_closed_campaign_and_a_filter_leaves_the_rest() {
        let mut all: Vec<CampaignSummary> = (0..30).map(|number| campaign(number, 5)).collect();
        for (place, one) in all.iter_mut().enumerate() {
            one.layers = [true, place % 3 == 0, false];
            if place < 10 {
                one.decisions = vec![decision("Hold", "Hold", 0)];
            }
        }
        let found = review(&all);
        let sizes = |by: GroupBy| -> Vec<(&str, usize)> {
            let groups = found.group(by).iter();
            groups.map(|it| (it.name.as_str(), it.results.n)).collect()
        };
        assert_eq!(sizes(GroupBy::Regime), [("Steward", 10), ("unknown", 20)]);
        assert_eq!(
            sizes(GroupBy::LayersAndErp),
            [
                ("First, ERP 4.5–6 %", 6),
                ("First, ERP unknown", 14),
                ("First + Second, ERP 4.5–6 %", 4),
                ("First + Second, ERP unknown", 6),
            ]
        );
        let both = Filter {
            layers: Some([true, true, false]),
            ..Filter::default()
        };
        let borrowed: Vec<&CampaignSummary> = all.iter().collect();
        assert_eq!(Review::of(&borrowed, &both).all.n, 10);
    }
}
