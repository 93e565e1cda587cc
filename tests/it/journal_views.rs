//! The journal tab's campaign and list as a user meets them.

use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::document::{Command, campaign_to_ron};
use palisade::journal::{CampaignReview, IndexRow};
use palisade::ui::panels::journal::journal_ui;
use palisade::ui::{Action, JournalEdit};

use crate::journal_sample;
use crate::panel_host::{self, PanelHost};
use crate::support::save_png;

const WINDOW: [f32; 2] = [1200.0, 760.0];
const DOCKED: [f32; 2] = [900.0, 300.0];

/// A host with the whole campaign worked through.
fn host() -> PanelHost {
    let mut host = PanelHost::of(journal_sample::campaign());
    host.review();
    host
}

/// Rows of a folder: the closed campaign under several names, an open one, and a file that is damaged.
fn folder() -> Vec<IndexRow> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("row.ron");
    let text = campaign_to_ron(&journal_sample::campaign()).expect("writes");
    std::fs::write(&path, text).expect("writable");
    let closed = IndexRow::read(&path).expect("there");
    std::fs::write(&path, "Campaign(").expect("writable");
    let damaged = IndexRow::read(&path).expect("there");
    let open = CampaignReview::of(PanelHost::sample().campaign()).summary;
    let made = |file: &str, name: &str, profit: i64, tags: &[&str]| {
        let mut row = closed.clone();
        file.clone_into(&mut row.file);
        if let Ok(campaign) = &mut row.campaign {
            name.clone_into(&mut campaign.name);
            campaign.profit_cents = profit;
            campaign.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        }
        row
    };
    let mut rows = vec![
        made("dec.ron", "SPX Dec condor", 387_000, &["condor", "hedge"]),
        made(
            "jan.ron",
            "SPX Jan condor",
            -1_287_000,
            &["condor", "roll", "gap"],
        ),
        made("fly.ron", "SPX Mar fly", 76_000, &["test"]),
        made("week.ron", "SPX Feb weekly", 148_000, &["condor"]),
    ];
    let mut row = made("now.ron", "", 0, &[]);
    row.campaign = Ok(open);
    rows.push(row);
    let mut damaged = damaged;
    "broken.ron".clone_into(&mut damaged.file);
    rows.push(damaged);
    rows
}

pub fn list_host() -> PanelHost {
    let mut host = host();
    host.list = (folder(), 1);
    host.open_file = Some("dec.ron".to_owned());
    host
}

fn panel<'a>(size: [f32; 2], theme: Theme, host: PanelHost) -> Harness<'a, PanelHost> {
    let mut h = panel_host::harness(size, theme, journal_ui, host);
    h.run();
    h
}

fn click(h: &mut Harness<'_, PanelHost>, label: &str) {
    h.get_by_label(label).click();
    h.run();
}

/// The row that begins so.
fn row<'a>(h: &'a Harness<'_, PanelHost>, part: &'a str) -> egui_kittest::Node<'a> {
    h.query_all_by_label_contains(part).next().expect("a row")
}

fn filter(h: &mut Harness<'_, PanelHost>, text: &str) {
    click(h, "Filter campaigns");
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    h.get_by_label("Filter campaigns").type_text(text);
    h.run();
}

#[test]
fn the_list_is_filtered_and_says_what_it_does_not_understand() {
    let mut h = panel(DOCKED, Theme::Dark, list_host());
    click(&mut h, "Journal: Campaigns");
    assert!(
        h.query_by_label_contains("broken.ron").is_some(),
        "not hidden"
    );
    assert!(
        h.query_by_label_contains("SPX January condor").is_some(),
        "the open one"
    );
    filter(&mut h, "tag:condor win colour:red");
    assert!(h.query_by_label_contains("SPX Dec condor").is_some());
    assert!(h.query_by_label_contains("SPX Jan condor").is_none());
    assert!(h.query_by_label_contains("SPX Mar fly").is_none());
    assert!(h.query_by_label_contains("left out: colour:red").is_some());
    filter(&mut h, "nothing-like-it");
    assert!(h.query_by_label("No campaign meets the filter").is_some());
}

#[test]
fn rows_are_chosen_and_opened() {
    let mut h = panel(DOCKED, Theme::Dark, list_host());
    click(&mut h, "Journal: Campaigns");
    row(&h, "SPX Jan condor").click();
    h.run();
    row(&h, "SPX Feb weekly").click_modifiers(Modifiers::COMMAND);
    h.run();
    assert!(h.query_by_label("2 chosen").is_some());
    row(&h, "SPX Mar fly").focus();
    h.run();
    h.key_press(Key::Enter);
    h.run();
    let open = Action::Journal(JournalEdit::Open("fly.ron".to_owned()));
    assert!(h.state().other.contains(&open), "{:?}", h.state().other);
}

#[test]
fn a_view_is_kept_under_a_name_and_forgotten() {
    let mut h = panel(DOCKED, Theme::Dark, list_host());
    click(&mut h, "Journal: Campaigns");
    filter(&mut h, "loss");
    click(&mut h, "Keep this view…");
    click(&mut h, "Keep view");
    let lists = &h.state().workspace.journal_lists;
    assert_eq!((lists.len(), lists[0].filter.as_str()), (1, "loss"));
    click(&mut h, "Forget the view loss");
    assert!(h.state().workspace.journal_lists.is_empty());
}

#[test]
fn a_card_opens_its_step_and_the_reason_can_be_changed() {
    let mut h = panel(WINDOW, Theme::Dark, host());
    row(&h, "Roll 20 Oct 26").click();
    h.run();
    assert!(h.query_by_label("Verdict as recorded").is_some());
    assert!(h.query_by_label_contains("Close everything").is_some());
    click(&mut h, "Reason of the entry");
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    h.get_by_label("Reason of the entry").type_text("Too near");
    h.key_press(Key::Enter);
    h.run();
    let entries = &h.state().campaign().journal.entries;
    let rolled = entries.iter().find(|entry| entry.reason == "Too near");
    assert!(rolled.is_some_and(|entry| entry.decision.is_some()));
    assert!(h.state().refused.is_empty());
    let words =
        "Too near to the short put with a week to go, and the hedge had not yet paid for itself";
    click(&mut h, "Reason of the entry");
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    h.get_by_label("Reason of the entry").type_text(words);
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.query_all_by_label(words).count(), 0);
    h.get_by_label("Reason of the entry").hover();
    h.run_steps(8);
    assert_eq!(h.query_all_by_label(words).count(), 1, "all of it is read");
    click(&mut h, "Close the step");
    assert!(h.query_by_label("Verdict as recorded").is_none());
}

#[test]
fn the_profit_is_split_by_greek_leg_and_layer() {
    let mut h = panel(WINDOW, Theme::Dark, host());
    let (_, review) = h.state().review.clone().expect("worked through");
    let net = palisade::ui::format::usd_signed(review.attribution.total().usd());
    let net = format!("Net {net}");
    assert!(h.query_by_label(&net).is_some());
    assert!(h.query_by_label_contains("Theta ").is_some());
    click(&mut h, "Split by: Layer");
    assert!(h.query_by_label_contains("Second layer ").is_some());
    assert!(h.query_by_label(&net).is_some(), "the same profit");
    click(&mut h, "Split by: Leg");
    click(&mut h, "Span: Daily");
    assert!(h.query_by_label_contains("VIX 21 Oct 26 18 C").is_some());
    assert!(h.query_by_label(&net).is_some());
}

#[test]
fn one_day_of_marks_asks_for_more_and_a_difference_is_told() {
    let mut host = PanelHost::sample();
    host.review();
    let mut h = panel(DOCKED, Theme::Dark, host);
    assert!(h.query_by_label_contains("Open 23 Nov 26").is_some());
    click(&mut h, "Part: Attribution");
    assert!(h.query_by_label("One day of marks says no cause").is_some());
    h.get_all_by_label("Keep marks")
        .next()
        .expect("a button")
        .click();
    h.run();
    let kept = Action::Journal(JournalEdit::KeepMarks);
    assert!(h.state().other.contains(&kept));
    let id = h.state().campaign().trades[0].id;
    let gone = Command::RemoveTrade { id, at: None };
    let rest = Command::RemoveTrade {
        id: h.state().campaign().trades[1].id,
        at: None,
    };
    let mut other = h.state().campaign().trades[0].clone();
    other.quantity = 7;
    let seven = Command::AddTrade(other);
    h.state_mut().apply(vec![
        Action::Edit(gone),
        Action::Edit(rest),
        Action::Edit(seven),
    ]);
    h.run();
    assert!(h.query_by_label_contains("by fills").is_some());
}

#[test]
fn ten_thousand_rows_draw_only_those_in_sight() {
    let mut host = list_host();
    let rows = host.list.0.clone();
    host.list.0 = (0..10_000)
        .map(|number| {
            let mut row = rows[number % rows.len()].clone();
            row.file = format!("{number}.ron");
            row
        })
        .collect();
    let mut h = panel(DOCKED, Theme::Dark, host);
    click(&mut h, "Journal: Campaigns");
    let shown = h.query_all_by_label_contains("SPX ").count();
    assert!(shown > 4 && shown < 40, "{shown} rows");
    // The heads stay in sight, and sort from there.
    let head = |h: &Harness<'_, PanelHost>| h.get_by_label("Sort by Campaign").rect();
    let before = head(&h);
    let first = row(&h, "SPX Dec condor").rect().top();
    h.hover_at(before.center() + egui::vec2(0.0, 80.0));
    h.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -1000.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    h.run_steps(30);
    let moved = h.query_all_by_label_contains("SPX Dec condor");
    let tops: Vec<f32> = moved.map(|node| node.rect().top()).collect();
    assert!(!tops.contains(&first), "the rows have moved: {tops:?}");
    let after = head(&h);
    assert!((after.top() - before.top()).abs() < 4.0, "{before} {after}");
    save_png(&mut h, "journal_list_scrolled");
    click(&mut h, "Sort by Days");
    assert!(h.query_all_by_label_contains("SPX ").count() > 4);
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        for (size, place) in [
            (WINDOW, "window"),
            (DOCKED, "docked"),
            ([560.0, 300.0], "narrow"),
        ] {
            let mut h = panel(size, theme, list_host());
            save_png(&mut h, &format!("journal_campaign_{place}_{name}"));
            row(&h, "Roll 20 Oct 26").click_accesskit();
            h.run();
            save_png(&mut h, &format!("journal_step_{place}_{name}"));
            click(&mut h, "Close the step");
            if place != "window" {
                click(&mut h, "Part: Attribution");
                save_png(&mut h, &format!("journal_attribution_{place}_{name}"));
            }
            click(&mut h, "Journal: Campaigns");
            save_png(&mut h, &format!("journal_list_{place}_{name}"));
        }
    }
}
