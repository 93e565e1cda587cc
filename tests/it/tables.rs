//! Every table can be taken along: each panel offers all that it shows, by menu, palette and shortcut, and it is said.

use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::app::Desk;
use palisade::ui::panels::PanelKind;
use palisade::ui::tables::{self, TableRequest, Taken, Taking};
use palisade::ui::{Actions, Workspace};

use crate::made_library::made_library;
use crate::panel_host::PanelHost;
use crate::support::{self, copied};

const SIZE: [f32; 2] = [1200.0, 760.0];

/// What stands in each panel as a table at least, in its first view.
fn expected(panel: PanelKind) -> &'static [&'static str] {
    match panel {
        PanelKind::Position => &["Legs", "Condors", "Hedge layers"],
        PanelKind::Payoff => &["payoff, every digit"],
        PanelKind::Greeks => &["greeks, every digit"],
        PanelKind::Hedge => &[
            "Scenarios",
            "Carry of the layers",
            "Budgets",
            "Size to band",
            "vega ledger, every digit",
            "crash table, every digit",
        ],
        PanelKind::JointMap => &["grid, every digit"],
        PanelKind::PlTable => &["P/L table", "P/L table, every digit"],
        PanelKind::Smile => &["Smile", "smile, every digit"],
        PanelKind::Calculators => &["Products", "Cost of vega"],
        PanelKind::Rules => &["Rules"],
        PanelKind::Choices => &["Choices"],
        PanelKind::Signals => &["series in view, every digit", "facts, every digit"],
        PanelKind::Market => &[
            "Marks",
            "Option marks",
            "VX curve, every digit",
            "Smiles",
            "Series",
        ],
        PanelKind::Journal => &["Journal fills", "Journal entries", "Journal decisions"],
        PanelKind::Model => &["Parameters", "Implied SSR"],
        PanelKind::Pack => &["Numbers of the pack"],
        PanelKind::Problems => &["Problems"],
    }
}

fn panel(kind: PanelKind, host: PanelHost) -> Harness<'static, PanelHost> {
    let mut harness = support::harness_state(
        SIZE,
        Theme::Dark,
        move |ui, host: &mut PanelHost| {
            let mut actions = Actions::default();
            kind.show(ui, &host.context(), &mut actions);
            host.apply(actions.take());
        },
        host,
    );
    harness.run_steps(4);
    harness
}

fn host(kind: PanelKind) -> PanelHost {
    let mut host = if kind == PanelKind::Journal {
        PanelHost::of(crate::journal_sample::campaign())
    } else {
        PanelHost::sample()
    };
    if kind == PanelKind::Journal {
        host.review();
    }
    if matches!(kind, PanelKind::Rules | PanelKind::Choices) {
        host.advise(400);
    }
    if matches!(kind, PanelKind::Signals | PanelKind::Market) {
        host.set_library(made_library());
    }
    host
}

/// Asks for every table in view in every way, and looks at what comes.
fn take_all(harness: &mut Harness<'_, PanelHost>, kind: PanelKind) -> Vec<String> {
    let offered = tables::offered(&harness.ctx);
    assert!(
        offered.iter().all(|table| table.panel == kind),
        "{offered:?}"
    );
    let names: Vec<String> = offered.into_iter().map(|table| table.name).collect();
    for name in &names {
        for taking in Taking::ALL {
            let request = TableRequest {
                panel: kind,
                name: name.clone(),
                taking,
            };
            tables::ask(&harness.ctx, request);
            harness.step();
            let taken = tables::settle(&harness.ctx);
            let text = match &taken[..] {
                [Taken::Copied(words)] => {
                    assert!(words.starts_with("Copied "), "{words}");
                    copied(harness)
                }
                [Taken::Save { text, .. }] => Some(text.clone()),
                _ => None,
            };
            assert!(text.is_some(), "{kind:?} {name} {taking:?}: {taken:?}");
            let text = text.unwrap_or_default();
            let separator = match taking {
                Taking::Copy => b'\t',
                Taking::CopyCsv | Taking::SaveCsv => b',',
            };
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(separator)
                .quoting(taking != Taking::Copy)
                .from_reader(text.as_bytes());
            let heads = reader.headers().expect("a line of headings").len();
            assert!(heads > 1, "{kind:?} {name}: {text}");
            // the reader refuses rows of another length
            let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
            let rows = rows.len();
            assert!(
                rows > 0 || text.lines().count() == 1,
                "{kind:?} {name}: {text}"
            );
        }
    }
    names
}

#[test]
fn every_panel_hands_over_every_table_that_it_shows() {
    for kind in PanelKind::ALL {
        let mut harness = panel(kind, host(kind));
        let names = take_all(&mut harness, kind);
        for name in expected(kind) {
            assert!(
                names.iter().any(|known| known == name),
                "{kind:?} lacks {name}: {names:?}"
            );
        }
    }
}

#[test]
fn every_view_of_the_journal_hands_over_its_tables() {
    for (view, tables) in [
        ("Campaigns", &["Campaigns"][..]),
        (
            "Review",
            &["Groups", "Rules", "Hedges", "Promised and delivered"],
        ),
        ("Fills", &["Trades"]),
        ("Notes", &[]),
    ] {
        let host = match view {
            "Review" => crate::journal_review::host(31),
            _ => crate::journal_views::list_host(),
        };
        let mut harness = panel(PanelKind::Journal, host);
        harness.get_by_label(&format!("Journal: {view}")).click();
        harness.run_steps(4);
        let names = take_all(&mut harness, PanelKind::Journal);
        for name in tables {
            assert!(
                names.iter().any(|known| known == name),
                "{view} lacks {name}: {names:?}"
            );
        }
    }
}

fn desk() -> Harness<'static, Desk> {
    let mut harness = support::builder::<Desk>([1440.0, 900.0], Theme::Dark)
        .with_max_steps(20)
        .build_eframe(|creation| Desk::new(&creation.egui_ctx, None, Workspace::default(), None));
    harness.run_steps(4);
    harness
}

/// Steps until something is in the clipboard.
fn stepped(harness: &mut Harness<'_, Desk>) -> String {
    let found = (0..6).find_map(|_frame| {
        harness.step();
        copied(harness)
    });
    found.expect("something is copied")
}

fn says(harness: &Harness<'_, Desk>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

/// Presses a key down, which is one frame: what follows happens in those of [`stepped`].
fn key_down(harness: &Harness<'_, Desk>, modifiers: Modifiers, key: Key) {
    harness.event(egui::Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    });
}

fn press(harness: &mut Harness<'_, Desk>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

#[test]
fn the_table_of_the_panel_in_focus_is_copied_by_a_key_and_it_is_said() {
    let mut harness = desk();
    // the fourth panel is the hedge
    press(&mut harness, Modifiers::COMMAND, Key::Num4);
    key_down(&harness, Modifiers::COMMAND, Key::T);
    let text = stepped(&mut harness);
    assert!(text.contains('\t') && text.lines().count() > 2, "{text}");
    harness.run_steps(2);
    assert!(says(&harness, "rows under"), "a toast says what was copied");
}

#[test]
fn the_palette_lists_the_tables_in_view_and_those_of_the_journal() {
    let mut harness = desk();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.event(egui::Event::Text("copy hedge layers".to_owned()));
    harness.run_steps(3);
    key_down(&harness, Modifiers::NONE, Key::Enter);
    let text = stepped(&mut harness);
    assert!(text.starts_with("Layer\tContracts\tCost, $"), "{text}");
    assert_eq!(text.lines().count(), 4);
    harness.run_steps(2);
    assert!(says(
        &harness,
        "Copied hedge layers: 3 rows under 11 headings"
    ));
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.event(egui::Event::Text("copy journal fills".to_owned()));
    harness.run_steps(3);
    key_down(&harness, Modifiers::NONE, Key::Enter);
    let text = stepped(&mut harness);
    assert!(
        text.starts_with("file\tcampaign\ttime\tstructure"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 8, "seven fills of the sample: {text}");
}

#[test]
fn the_menu_of_a_tab_has_the_tables_of_its_panel() {
    let mut harness = desk();
    press(&mut harness, Modifiers::COMMAND, Key::Num1);
    let tab = harness.query_all_by_label("Market data").next();
    tab.expect("a tab").click();
    harness.run_steps(3);
    let tab = harness.query_all_by_label("Market data").next();
    tab.expect("a tab").click_secondary();
    harness.run_steps(3);
    support::save_png(&mut harness, "panel-menu-dark");
    harness.get_by_label("Copy option marks").click();
    let text = stepped(&mut harness);
    assert!(
        text.starts_with("Contract\tPrice, pt\tVol, %\tEntered"),
        "{text}"
    );
}
