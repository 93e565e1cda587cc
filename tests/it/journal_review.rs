//! The review dashboards: what closed campaigns taught, and what is not said under twenty.

use egui::Theme;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use palisade::document::journal::CustomValue;
use palisade::journal::{CampaignReview, CampaignSummary, DecisionSummary, IndexRow};
use palisade::policy::RuleKind;
use palisade::ui::panels::journal::journal_ui;

use crate::panel_host::{self, PanelHost};
use crate::support::{check_journal_picture, save_png};

const SHORT_DELTA: &str = "rules.threat.short_delta";

/// Dollars of the days of a campaign, from its number: made up, with losses of a lumpy kind.
fn days(number: i64, opened: Date) -> Vec<(Date, i64)> {
    let worst = number % 7 == 3;
    (0..20_i64)
        .map(|day| {
            let on = opened.saturating_add((2 * day).days());
            let usual = 120 - ((number * 37 + day * 53) % 90) * 2;
            let usd = if worst && day > 14 { -1400 } else { usual + 60 };
            (on, 100 * usd)
        })
        .collect()
}

fn campaign(number: i64) -> CampaignSummary {
    let sample = PanelHost::sample();
    let mut summary = CampaignReview::of(sample.campaign()).summary;
    let opened = date(2024, 10, 7).saturating_add((24 * number).days());
    let days = days(number, opened);
    let profit: i64 = days.iter().map(|(_, cents)| cents).sum();
    summary.name = format!("SPX condor {number}");
    summary.opened = Some(opened);
    summary.closed = days.last().map(|(on, _)| *on);
    summary.days_held = 38;
    summary.profit_cents = profit;
    summary.credit_usd = 12_000.0;
    summary.hedge_cost_usd = 1600.0;
    summary.layers = [true, number % 3 != 0, number % 2 == 0];
    summary.layer_cents = [-20_000, 5000, -1000];
    summary.irr = Some(profit as f64 / 5e6);
    summary.tags = vec![if number % 2 == 0 { "roll" } else { "plain" }.to_owned()];
    let decision = |verdict: &str, taken: &str, done_cents| DecisionSummary {
        on: opened,
        verdict: verdict.to_owned(),
        taken: Some(taken.to_owned()),
        regime: Some(
            if number % 3 == 0 {
                "Steward"
            } else {
                "Promoter"
            }
            .to_owned(),
        ),
        erp_pct: Some(4.0 + (number % 3) as f64),
        fired: Vec::new(),
        distances: Vec::new(),
        limits: Vec::new(),
        done_cents,
        verdict_cents: Some(done_cents + 4000),
        is_marked: number % 2 == 0,
    };
    summary.decisions = vec![decision("Hedge", "Hedge", 41_000 - 1500 * number)];
    if number % 4 == 0 {
        summary
            .decisions
            .push(decision("Roll", "Roll", 90_000 - 9000 * number));
    }
    if number % 5 == 0 {
        summary.decisions.push(decision("Close", "Hold", -60_000));
    }
    // just beyond the threshold, and acting lost
    summary.decisions.push(DecisionSummary {
        distances: vec![(RuleKind::Threatened, -0.01)],
        limits: vec![(SHORT_DELTA.to_owned(), 0.25)],
        ..decision("Close", "Close", -20_000 - 100 * number)
    });
    summary.days = days;
    summary
}

pub fn host(count: i64) -> PanelHost {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("campaign.ron");
    std::fs::write(&path, "x").expect("it is written");
    let mut host = PanelHost::sample();
    host.list = (
        (0..count)
            .map(|number| {
                let mut row = IndexRow::read(&path).expect("the file is there");
                row.campaign = Ok(campaign(number));
                row
            })
            .collect(),
        1,
    );
    host
}

fn panel<'a>(size: [f32; 2], theme: Theme, count: i64) -> Harness<'a, PanelHost> {
    let mut h = panel_host::harness(size, theme, journal_ui, host(count));
    h.run();
    h.get_by_label("Journal: Review").click();
    h.run();
    h
}

#[test]
fn figures_of_thirty_campaigns_are_said_with_their_intervals() {
    let mut h = panel([1200.0, 1000.0], Theme::Dark, 31);
    save_png(&mut h, "review_dark");
    let says = |part: &str| h.query_all_by_label_contains(part).next().is_some();
    assert!(says("Campaigns: 31"));
    assert!(says("Win rate: ") && says(" to "));
    // every fourth of 31 rolled: eight decisions
    assert!(says("Value of rolling: n = 8  too few to say"));
    h.get_by_label("Year before").click();
    h.run();
    assert!(
        h.query_all_by_label_contains("Profit by day of 2025")
            .next()
            .is_some()
    );
    h.get_by_label("Results by: Tag").click();
    h.run();
    assert!(h.query_all_by_label_contains("plain").next().is_some());
    let mut h = panel([760.0, 1200.0], Theme::Dark, 31);
    save_png(&mut h, "review_narrow_dark");
}

#[test]
fn a_suggested_threshold_is_accepted_as_one_step_with_its_evidence() {
    let mut h = panel([1200.0, 1400.0], Theme::Dark, 31);
    let before = h.state().campaign().rule_pack().number(SHORT_DELTA);
    let before = before.expect("a threshold").value;
    save_png(&mut h, "review_threshold_dark");
    h.get_by_label("Accept").click();
    h.run();
    assert!(h.state().refused.is_empty(), "{:?}", h.state().refused);
    let campaign = h.state().campaign().clone();
    let now = campaign
        .rule_pack()
        .number(SHORT_DELTA)
        .expect("it stays")
        .value;
    let note = campaign.journal.thresholds.last().expect("it is noted");
    assert_eq!((note.from, note.to, note.n), (before, now, 31));
    assert!(
        now > before && now <= 1.1 * before + 1e-12,
        "{before} {now}"
    );
    let host = h.state_mut();
    assert!(host.history.undo());
    assert!(host.campaign().journal.thresholds.is_empty(), "one step");
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = panel([1000.0, 640.0], theme, 31);
        check_journal_picture(&mut h, &format!("review-{name}"));
    }
}

#[test]
fn nothing_is_claimed_of_a_few_and_nothing_shown_of_none() {
    let h = panel([1200.0, 600.0], Theme::Dark, 9);
    let said = h.query_all_by_label_contains("Win rate: n = 9  too few to say");
    assert_eq!(said.count(), 1);
    let h = panel([1200.0, 600.0], Theme::Dark, 0);
    assert!(h.query_by_label("Nothing to review yet").is_some());
}

#[test]
fn details_of_a_campaign_are_written_with_a_field_of_ones_own() {
    let mut h = panel_host::harness(
        [1000.0, 560.0],
        Theme::Dark,
        journal_ui,
        PanelHost::sample(),
    );
    h.run();
    let write = |h: &mut Harness<'_, PanelHost>, label: &str, text: &str| {
        h.get_by_label(label).click();
        h.run();
        h.get_by_label(label).type_text(text);
        h.run();
    };
    h.get_by_label("Details…").click();
    h.run();
    write(&mut h, "Setup", "45-day, 16-delta");
    write(&mut h, "Tags", "condor, fomc");
    h.get_by_label("Add field").click();
    h.run();
    write(&mut h, "Name of field 1", "Conviction");
    h.get_by_label("Kind of field 1").click();
    h.run();
    h.get_by_label("Number").click();
    h.run();
    write(&mut h, "Value of field 1", "many");
    h.get_by_label("Save details").click();
    h.run();
    assert!(
        h.state().campaign().journal.details.custom.is_empty(),
        "it is no number"
    );
    save_png(&mut h, "details_dark");
    h.get_by_label("Kind of field 1").click();
    h.run();
    h.get_by_label("Text").click();
    h.run();
    h.get_by_label("Save details").click();
    h.run();
    let details = h.state().campaign().journal.details.clone();
    assert_eq!(details.setup, "45-day, 16-delta");
    assert_eq!(details.tags, ["condor", "fomc"]);
    assert_eq!(
        details.custom[0].value,
        CustomValue::Text("many".to_owned())
    );
}
