//! The review dashboards: what closed campaigns taught, and what is not said under twenty.

use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use palisade::document::journal::CustomValue;
use palisade::journal::{
    CampaignReview, CampaignSummary, DecisionSummary, IndexRow, NotTaken, Room,
};
use palisade::ui::journal_lists::JournalList;
use palisade::ui::panels::journal::journal_ui;

use crate::panel_host::{self, PanelHost};
use crate::support::{check_journal_picture, save_png};

const SHORT_DELTA: &str = "rules.threat.short_delta";
const ACCEPT: &str = "Accept rules.threat.short_delta";

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

/// What was decided in a campaign, from its number.
fn decisions(number: i64, opened: Date) -> Vec<DecisionSummary> {
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
        done: format!("{taken} number {number}"),
        done_cents,
        verdict_cents: Some(done_cents + 4000),
        is_marked: number % 2 == 0,
        is_done_marked: number % 2 == 0,
        ..DecisionSummary::default()
    };
    let mut decisions = vec![decision("Hedge", "Hedge", 41_000 - 1500 * number)];
    if number % 4 == 0 {
        decisions.push(decision("Roll", "Roll", 90_000 - 9000 * number));
    }
    if number % 5 == 0 {
        decisions.push(decision("Close", "Hold", -60_000));
    }
    // just beyond the threshold, and acting lost
    let near = |path: &str, share: i64| Room::of(path, share as f64 / 100.0);
    decisions.push(DecisionSummary {
        rooms: [
            near(SHORT_DELTA, -4),
            near("break_evens.alert", number % 23 - 11),
            near("rules.threat.short_distance", 3 - number % 5 * 6),
            near("vega_band.low", 9 - number % 7),
            near("budgets.hedge_debit", number % 9 * 4 - 20),
            near("layers[1].roll_dte", 4 * (number % 11) - 6),
        ]
        .into_iter()
        .flatten()
        .collect(),
        not_taken: vec![NotTaken {
            name: format!("Buy {} Second calls", 2 + number % 3),
            stance: "Hedge".to_owned(),
            trim: None,
            value_cents: 7000 - 900 * (number % 13),
            is_marked: number % 3 != 0,
        }],
        ..decision("Close", "Close", -20_000 - 100 * number)
    });
    decisions
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
    summary.decisions = decisions(number, opened);
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
                row.file = format!("{number:03}.ron");
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
    h.get_by_label(ACCEPT).click();
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

fn says(h: &Harness<'_, PanelHost>, part: &str) -> bool {
    h.query_all_by_label_contains(part).next().is_some()
}

fn click(h: &mut Harness<'_, PanelHost>, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

#[test]
fn what_rolling_and_hedging_were_worth_is_charted_decision_by_decision() {
    let mut h = panel([1200.0, 1400.0], Theme::Dark, 31);
    // 90,000 − 9,000 × number cents for every fourth of 31
    assert!(says(
        &h,
        "Value of rolling, done: 8 decisions, sum \u{2212}$2,880, 0 by the model"
    ));
    let hedging = "Value of hedging, done: 31 decisions, sum +$5,735, 15 by the model";
    assert!(says(&h, hedging));
    assert!(says(&h, "Valued by entered marks (16) and model (15)"));
    let chart = |h: &Harness<'_, PanelHost>| {
        h.query_all_by_label_contains(hedging)
            .next()
            .expect("the chart")
            .focus();
    };
    chart(&h);
    h.run();
    h.key_press(Key::ArrowLeft);
    h.run();
    assert!(says(
        &h,
        "Thu 3 Sep 26 SPX condor 29, Done: Hedge number 29 \u{2212}$25"
    ));
    assert!(says(&h, "By the model, where marks are missing"));
    click(&mut h, "Decisions: Not done");
    assert!(says(&h, "No roll was on offer and left undone."));
    assert!(says(&h, "Value of hedging, not done: 31 decisions"));
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut h = panel([1024.0, 2600.0], theme, 31);
        save_png(&mut h, &format!("review_whole_{name}"));
        click(&mut h, "Show the 81 numbers that cannot be refined");
        save_png(&mut h, &format!("review_unrefined_{name}"));
    }
}

fn choose(h: &mut Harness<'_, PanelHost>, numbers: &[i64]) {
    click(h, "Journal: Campaigns");
    for (place, number) in numbers.iter().enumerate() {
        let name = format!("SPX condor {number} ");
        let row = h.query_all_by_label_contains(&name).next().expect("a row");
        if place == 0 {
            row.click();
        } else {
            row.click_modifiers(Modifiers::COMMAND);
        }
        h.run();
    }
}

#[test]
fn the_review_looks_at_what_is_chosen_in_the_list_and_at_nothing_else() {
    let mut h = panel([1000.0, 1600.0], Theme::Dark, 31);
    assert!(says(&h, "Campaigns: 31  closed of 31"));
    assert!(h.query_by_label(ACCEPT).is_some());
    choose(&mut h, &[4, 8, 9, 12]);
    save_png(&mut h, "list_chosen_dark");
    click(&mut h, "Review selected");
    save_png(&mut h, "review_chosen_dark");
    assert!(says(
        &h,
        "Selected: SPX condor 4, SPX condor 8, SPX condor 9 and 1 more"
    ));
    assert!(says(&h, "Campaigns: 4  closed of 4"));
    assert!(says(&h, "4 closed, 0 open"));
    assert!(says(&h, "Value of rolling, done: 3 decisions"));
    assert!(says(&h, "Profit by day of 2025"));
    assert!(
        h.query_by_label_contains("Accept ").is_none(),
        "four campaigns speak for no threshold"
    );
    // A file that is gone drops out of it.
    h.state_mut().list.0.retain(|row| row.file != "008.ron");
    h.state_mut().list.1 += 1;
    h.run();
    assert!(says(&h, "Campaigns: 3  closed of 3"));
    // With all of them gone, all that are left are looked at.
    h.state_mut()
        .list
        .0
        .retain(|row| !["004.ron", "009.ron", "012.ron"].contains(&row.file.as_str()));
    h.state_mut().list.1 += 1;
    h.run();
    assert!(says(&h, "Campaigns: 27  closed of 27"));
}

#[test]
fn keys_alone_choose_campaigns_and_review_them() {
    let mut h = panel([1000.0, 900.0], Theme::Dark, 12);
    click(&mut h, "Journal: Campaigns");
    let focus = |h: &mut Harness<'_, PanelHost>, name: &str| {
        let row = h.query_all_by_label_contains(name).next().expect("a row");
        row.focus();
        h.run();
    };
    focus(&mut h, "SPX condor 2 ");
    h.key_press(Key::Space);
    h.run();
    focus(&mut h, "SPX condor 5 ");
    h.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    h.run();
    assert!(h.query_by_label("4 chosen").is_some());
    h.key_press_modifiers(Modifiers::COMMAND, Key::R);
    h.run();
    assert!(says(&h, "Campaigns: 4  closed of 4"));
    assert!(h.state().other.is_empty(), "nothing was opened");
}

#[test]
fn the_review_looks_at_a_filter_or_a_view_within_a_period() {
    let mut host = host(31);
    host.workspace.journal_lists = vec![JournalList {
        name: "Plain ones".to_owned(),
        filter: "tag:plain".to_owned(),
        order: None,
    }];
    let mut h = panel_host::harness([1000.0, 900.0], Theme::Dark, journal_ui, host);
    h.run();
    click(&mut h, "Journal: Campaigns");
    click(&mut h, "Filter campaigns");
    h.get_by_label("Filter campaigns").type_text("tag:roll");
    h.run();
    click(&mut h, "Review filtered");
    assert!(says(&h, "By the filter: SPX condor 0, SPX condor 2"));
    assert!(says(&h, "Campaigns: 16  closed of 16"));
    click(&mut h, "Campaigns reviewed");
    click(&mut h, "View Plain ones 15");
    assert!(says(&h, "View Plain ones: SPX condor 1"));
    assert!(says(&h, "Campaigns: 15  closed of 15"));
    click(&mut h, "Closed within: 1 year");
    assert!(says(&h, ", closed within a year"));
    assert!(says(&h, "Campaigns: 7  closed of 7") || says(&h, "Campaigns: 8  closed of 8"));
    click(&mut h, "Review all");
    assert!(says(&h, "Campaigns: 31  closed of 31"));
    // A view that is forgotten is looked at no more.
    click(&mut h, "Campaigns reviewed");
    click(&mut h, "View Plain ones 15");
    h.state_mut().workspace.journal_lists.clear();
    h.run();
    assert!(says(&h, "Campaigns: 31  closed of 31"));
}

#[test]
fn acting_stands_beside_not_acting_in_bins_with_their_numbers() {
    let mut h = panel([1000.0, 2400.0], Theme::Dark, 31);
    let row = |part: &str| -> Option<String> {
        let found = h.query_all_by_label_contains(part).next()?;
        found.accesskit_node().label()
    };
    // 31 closed just beyond it: −$215 a decision.
    let delta = row("Threatened strike short_delta").expect("a row");
    assert!(
        delta.contains(" 31 ") && delta.contains("\u{2212}$215"),
        "{delta}"
    );
    let title = "Threatened strike, rules.threat.short_delta";
    assert!(
        h.query_by_label(title).is_some(),
        "the one with most decisions"
    );
    let beyond = row("Up to 10 % beyond").expect("a bin");
    assert!(beyond.contains("\u{2212}$215"), "{beyond}");
    let debit = "Hedge debit hedge_debit";
    h.query_all_by_label_contains(debit)
        .next()
        .expect("a row")
        .click();
    h.run();
    assert!(
        h.query_by_label("Hedge debit, budgets.hedge_debit")
            .is_some()
    );
    let before = h.query_all_by_label_contains("Up to 10 % before").next();
    let before = before.and_then(|row| row.accesskit_node().label());
    assert!(before.is_some_and(|words| words.contains("n = ")), "few");
    // A narrow panel keeps the intervals and says rule and number in one.
    let mut h = panel([600.0, 3200.0], Theme::Light, 31);
    assert!(says(&h, "Threatened strike: short delta"));
    assert!(says(&h, "\u{2212}$218 to \u{2212}$212"));
    save_png(&mut h, "review_narrow_light");
}

#[test]
fn one_campaign_tells_what_its_rolls_and_hedges_were_worth() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut host = PanelHost::of(crate::journal_sample::campaign());
        host.review();
        let (_, reviewed) = host.review.clone().expect("worked through");
        let rolled = reviewed.summary.decisions.iter();
        let rolled = rolled.filter(|it| it.taken.as_deref() == Some("Roll"));
        let cents: i64 = rolled.map(|it| it.done_cents).sum();
        let sum = palisade::ui::format::usd_signed(cents as f64 / 100.0);
        let mut h = panel_host::harness([1200.0, 760.0], theme, journal_ui, host);
        h.run();
        click(&mut h, "Show: Rolling");
        let chart = format!("Value of rolling, done: 1 decision, sum {sum}, 0 by the model");
        assert!(says(&h, &chart));
        // The card stands beside the pointer.
        let rect = h.get_by_label(&chart).rect();
        h.hover_at(rect.left_top() + egui::vec2(88.0, 60.0));
        h.run();
        assert!(h.query_by_label("By entered or imported marks").is_some());
        save_png(&mut h, &format!("campaign_rolling_{name}"));
        click(&mut h, "Show: Hedging");
        click(&mut h, "Decisions: Not done");
        assert!(says(&h, "Value of hedging, not done: "));
        save_png(&mut h, &format!("campaign_hedging_{name}"));
        click(&mut h, "Show: Attribution");
        assert!(says(&h, "Profit by its causes"));
    }
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
