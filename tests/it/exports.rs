//! What leaves the desk: pictures of panels, figures as CSV from the export menus, and the report.

use std::fs;

use egui::Theme;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::cli::report::markdown::{self, MarkdownReport};
use palisade::instrument::Note;
use palisade::journal::CampaignReview;
use palisade::policy::RulePack;
use palisade::ui::Action;
use palisade::ui::export::{Export, FileKind, Look, picture};
use palisade::ui::panels::PanelKind;
use palisade::ui::widgets::{Cell, Column, DataTable, Row};
use palisade::ui::workspace::ThemeChoice;

use crate::panel_host::{self, Panel, PanelHost};
use crate::support::{self, copied};

const SIZE: [f32; 2] = [764.0, 390.0];

/// The panels with an export button, a size of theirs, and what they offer as CSV.
fn panels() -> [(PanelKind, [f32; 2], &'static [&'static str]); 7] {
    [
        (PanelKind::Payoff, SIZE, &["data"]),
        (PanelKind::Greeks, [668.0, 210.0], &["data"]),
        (PanelKind::JointMap, SIZE, &["grid"]),
        (PanelKind::PlTable, [668.0, 210.0], &["data"]),
        (PanelKind::Smile, [668.0, 210.0], &["data"]),
        (PanelKind::Market, [764.0, 420.0], &["data"]),
        (
            PanelKind::Hedge,
            [330.0, 720.0],
            &["crash table", "presets", "vega ledger"],
        ),
    ]
}

fn function(kind: PanelKind) -> Panel {
    use palisade::ui::panels::{greeks, hedge, joint_map, market, payoff, pl_table, smile};
    let functions: [(PanelKind, Panel); 7] = [
        (PanelKind::Payoff, payoff::payoff_ui),
        (PanelKind::Greeks, greeks::greeks_ui),
        (PanelKind::JointMap, joint_map::joint_map_ui),
        (PanelKind::PlTable, pl_table::pl_table_ui),
        (PanelKind::Smile, smile::smile_ui),
        (PanelKind::Market, market::market_ui),
        (PanelKind::Hedge, hedge::hedge_ui),
    ];
    let known = functions.into_iter().find(|(known, _)| *known == kind);
    known.expect("a panel with an export button").1
}

fn report_of(host: &PanelHost) -> MarkdownReport<'_> {
    MarkdownReport {
        campaign: host.campaign(),
        valuation: host.valuation(),
        workspace: &host.workspace,
        account: &host.account,
        pack: RulePack::alvh(),
        history: None,
    }
}

fn choose<S>(harness: &mut Harness<'_, S>, entry: &str) {
    harness.get_by_label("Export").click();
    harness.run();
    harness.get_by_label(entry).click();
    harness.step();
}

#[test]
fn every_plot_offers_its_picture_and_its_figures() {
    for (kind, size, sets) in panels() {
        let host = PanelHost::sample();
        let mut harness = panel_host::harness(size, Theme::Dark, function(kind), host);
        harness.run();
        for set in sets {
            choose(&mut harness, &format!("Copy {set} as CSV"));
            let text = copied(&harness).unwrap_or_else(|| panic!("{kind:?} copies {set}"));
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let rows = reader.records().filter_map(Result::ok).count();
            assert!(rows >= 4, "{kind:?} {set}: {rows} rows");
            harness.run();
        }
        for entry in ["Copy picture", "Save as PNG…", "Save as SVG…"] {
            choose(&mut harness, entry);
            harness.run();
        }
        choose(&mut harness, &format!("Save {} as CSV…", sets[0]));
        harness.run();
        let asked: Vec<&Export> = harness
            .state()
            .other
            .iter()
            .filter_map(|action| {
                if let Action::Export(export) = action {
                    return Some(export);
                }
                assert!(matches!(action, Action::Notify(_)), "{action:?}");
                None
            })
            .collect();
        let (last, pictures) = asked.split_last().expect("something was asked");
        let copy = Export::CopyPicture(kind);
        let [png, svg] = [FileKind::Png, FileKind::Svg].map(|f| Export::SavePicture(kind, f));
        assert_eq!(pictures, [&copy, &png, &svg]);
        assert!(matches!(last, Export::SaveCsv { text, .. } if text.lines().count() > 4));
    }
}

#[test]
fn the_menu_can_be_looked_at() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        for (kind, size, _) in panels() {
            let host = PanelHost::sample();
            let mut harness = panel_host::harness(size, theme, function(kind), host);
            harness.run();
            harness.get_by_label("Export").click();
            harness.run();
            let part = kind.label().to_lowercase().replace([' ', '/'], "-");
            support::save_png(&mut harness, &format!("export-menu-{part}-{name}"));
        }
    }
}

#[test]
fn a_picture_follows_the_choices_of_the_desk() {
    let mut harness = panel_host::harness(
        SIZE,
        Theme::Dark,
        function(PanelKind::Smile),
        PanelHost::sample(),
    );
    harness.run();
    let svg = |harness: &Harness<'_, PanelHost>| {
        let look = Look::of_desk(ThemeChoice::Dark, &harness.ctx);
        picture::svg(PanelKind::Smile, &harness.state().context(), look)
    };
    assert!(svg(&harness).contains("Smile: SPXW 8 Jan 27"));
    harness.get_by_label("Smile of expiry").click();
    harness.run();
    harness.get_by_label_contains("Wed 17 Mar 27").click();
    harness.run();
    assert!(svg(&harness).contains("Smile: VIX 17 Mar 27"));
    let plain = Look::plain(ThemeChoice::Dark);
    let plain = picture::svg(PanelKind::Smile, &harness.state().context(), plain);
    assert!(plain.contains("Smile: SPXW 8 Jan 27"));
}

#[test]
fn a_picture_has_no_controls_and_no_pointer() {
    let mut harness = panel_host::harness(
        SIZE,
        Theme::Dark,
        function(PanelKind::Payoff),
        PanelHost::sample(),
    );
    harness.run();
    let svg = |harness: &Harness<'_, PanelHost>| {
        let look = Look::of_desk(ThemeChoice::Dark, &harness.ctx);
        picture::svg(PanelKind::Payoff, &harness.state().context(), look)
    };
    let still = svg(&harness);
    for control in ["Condor alone", "T + 15, 30", "Wheel zooms", "Hedges"] {
        assert!(!still.contains(control), "{control}");
    }
    harness.hover_at(egui::pos2(400.0, 200.0));
    harness.run();
    assert!(
        svg(&harness) == still,
        "the crosshair is not in the picture"
    );
}

#[test]
fn every_panel_can_be_drawn() {
    let folder = std::path::PathBuf::from(
        support::save_png(
            &mut support::harness([8.0, 8.0], Theme::Dark, |_ui| {}),
            "export-blank",
        )
        .parent()
        .expect("a folder"),
    );
    let host = PanelHost::sample();
    for (theme, name) in [(ThemeChoice::Dark, "dark"), (ThemeChoice::Light, "light")] {
        for kind in PanelKind::ALL {
            let (context, look) = (host.context(), Look::plain(theme));
            let part = kind.label().to_lowercase().replace([' ', '/'], "-");
            for file in [FileKind::Png, FileKind::Svg] {
                // pixels take their time in a test, so only the one with a heat is drawn so
                if file == FileKind::Png
                    && (kind, theme) != (PanelKind::JointMap, ThemeChoice::Dark)
                {
                    continue;
                }
                let bytes = picture::picture_file(kind, &context, file, look).expect("drawn");
                if file == FileKind::Svg {
                    let text = std::str::from_utf8(&bytes).expect("UTF-8");
                    roxmltree::Document::parse(text).expect("XML");
                    let title = kind.label().replace('&', "&amp;");
                    assert!(text.contains(&format!(">{title}")), "{kind:?}");
                    assert!(text.contains("15:00 New York"), "{kind:?}");
                }
                let path = folder.join(format!("exported-{part}-{name}.{}", file.extension()));
                fs::write(path, bytes).expect("written");
            }
        }
    }
}

#[test]
fn the_report_has_its_tables_its_journal_and_its_pictures() {
    let mut campaign = PanelHost::sample().campaign().clone();
    campaign.notes.push(Note {
        at: jiff::civil::date(2026, 11, 20).at(10, 0, 0, 0),
        text: "Hedge *first* | then the condor".to_owned(),
        tags: vec!["plan".to_owned()],
    });
    let host = PanelHost::of(campaign);
    let report = report_of(&host);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("my july.md");
    markdown::write(&report, &path).expect("written");
    let text = fs::read_to_string(&path).expect("the report");
    for part in [
        "## Market",
        "## Legs",
        "## Book",
        "## Net vega per condor",
        "## Instant moves of SPX, P/L in dollars",
        "## Model, with the source of every number",
        "verified: lowest close 9.14",
        "## What it came to",
        "## Profit by cause",
        "## Profit by leg",
        r"Hedge \*first\* \| then the condor (plan)",
        "not advice",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let links: Vec<&str> = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .collect();
    assert!(links.len() >= 4, "{links:?}");
    for link in links {
        let file = folder.path().join(link.replace("%20", " "));
        let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{link}: {error}"));
        assert_eq!(&bytes[1..4], b"PNG");
    }
    let rows = text.lines().filter(|line| line.starts_with('|'));
    for row in rows {
        assert!(row.ends_with('|'), "{row}");
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target"),
        std::path::PathBuf::from,
    );
    fs::write(target.join("pictures/report.md"), text).expect("written");
}

/// A whole campaign: the payoff before and after everything that was done, profit by cause, running profit.
#[test]
fn the_report_of_a_campaign_shows_what_was_done() {
    let host = PanelHost::of(crate::journal_sample::campaign());
    let report = report_of(&host);
    let target = support::picture_path("campaign-report");
    let folder = target.with_extension("");
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("campaign (1).md");
    markdown::write(&report, &path).expect("written");
    let text = fs::read_to_string(&path).expect("the report");
    let steps = CampaignReview::with_steps(host.campaign()).steps;
    let done = steps.iter().filter(|step| !step.fills.is_empty()).count();
    assert!(done >= 3, "the sample opens, adjusts and closes");
    let shown = |part: &str| {
        text.matches(&format!("](campaign%20%281%29_files/{part}"))
            .count()
    };
    assert_eq!(
        (
            shown("step-"),
            shown("attribution"),
            shown("running-profit")
        ),
        (done, 1, 1)
    );
    let files = fs::read_dir(folder.join("campaign (1)_files")).expect("its folder");
    let mut count = 0;
    for file in files {
        let path = file.expect("a file").path();
        let bytes = fs::read(&path).expect("a picture");
        let picture = image::load_from_memory(&bytes).expect("a PNG").to_rgb8();
        let first = picture.get_pixel(4, 4);
        let other = picture.pixels().filter(|pixel| *pixel != first).count();
        assert!(other > 2000, "{} is empty", path.display());
        count += 1;
    }
    assert!(count >= done + 2);
    // an entry is followed by its picture, and that by its fills
    let first = text.split("## Journal\n\n").nth(1).expect("the timeline");
    let (line, picture) = (
        first.find("- 2").expect("an entry"),
        first.find("![").expect("a picture"),
    );
    assert!(line < picture && picture < first.find("| fill |").expect("a table"));
}

/// A mistyped folder is not made, and is said in the words of every failed export.
#[test]
fn a_report_into_a_missing_folder_says_what_to_do() {
    let host = PanelHost::of(crate::journal_sample::campaign());
    let report = report_of(&host);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("none/report.md");
    let error = markdown::write(&report, &path).expect_err("there is no such folder");
    let words = error.told();
    assert!(
        words.contains("report_files")
            && words.contains("Nothing was written: make its folder first"),
        "{words}"
    );
    assert!(!folder.path().join("none").exists());
}

#[test]
fn the_report_tells_the_journal() {
    let text = include_str!("../golden/campaigns/v2.ron");
    let mut campaign = palisade::document::campaign_from_ron(text).expect("the golden file");
    campaign.marks.as_of = "2026-07-01T20:15:00Z".parse().expect("an instant");
    let host = PanelHost::of(campaign);
    let report = report_of(&host);
    let text = markdown::text(&report);
    for part in [
        "| Setup | 45-day, 16-delta |",
        "| Mood | calm |",
        "| Payday | 31 Jul 26 |",
        "pictures/june.png The range before",
        "- 24 Jun 26 10:15: Open, Open August condor, cash ",
        "- Why: 45 DTE, 16 delta",
        "- Tags: quiet",
        "- Verdict: Hold: nothing asks for a change, followed",
        "- Taken: Hold, ",
        " over holding by 1 Jul 26 16:15 (",
        "## Marks kept",
        "| 24 Jun 26 16:15 | 6,000.00 | 17.00 | Decision |",
        "## Corrections of fills",
        " at 1.00, fees $1.50 → 29 Jun 26 11:00 Close",
        "vega\\_band.low from -0.15 to -0.16",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn an_empty_campaign_is_reported_without_pictures() {
    let mut campaign = PanelHost::sample().campaign().clone();
    campaign.positions.clear();
    campaign.trades.clear();
    let host = PanelHost::of(campaign);
    let report = report_of(&host);
    let folder = tempfile::tempdir().expect("a folder");
    markdown::write(&report, &folder.path().join("empty.md")).expect("written");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
}

#[test]
fn a_right_click_copies_any_table() {
    let columns = [Column::text("Layer"), Column::num("Cost $")];
    let rows = [
        Row::new(vec![Cell::text("First"), Cell::num("−1,640")]),
        Row::new(vec![Cell::text("Second"), Cell::num("2,120")]),
    ];
    for is_selectable in [false, true] {
        let (columns, rows) = (&columns, &rows);
        let mut harness = support::harness([400.0, 200.0], Theme::Dark, move |ui| {
            let table = DataTable::new("Costs", columns, rows);
            let table = if is_selectable {
                table.selectable(None)
            } else {
                table
            };
            table.show(ui);
        });
        harness.run();
        for (entry, expected) in [
            (
                "Copy as CSV",
                "Layer,Cost $\r\nFirst,-1640\r\nSecond,2120\r\n",
            ),
            (
                "Copy for a spreadsheet",
                "Layer\tCost $\nFirst\t-1640\nSecond\t2120\n",
            ),
        ] {
            harness.get_by_label_contains("Second").click_secondary();
            harness.run();
            if is_selectable {
                support::save_png(&mut harness, "table-menu-dark");
            }
            harness.get_by_label(entry).click();
            harness.step();
            assert_eq!(copied(&harness).as_deref(), Some(expected));
            harness.run();
            assert!(
                harness.query_by_label(entry).is_none(),
                "the menu is closed"
            );
        }
    }
}

/// Of the market data panel a picture shows the term structure, and nothing that could be typed into.
#[test]
fn the_term_structure_is_a_picture_of_its_own() {
    let host = PanelHost::sample();
    let size = [764.0, 420.0];
    let mut harness = panel_host::harness(size, Theme::Dark, function(PanelKind::Market), host);
    harness.run();
    let look = Look::plain(ThemeChoice::Dark);
    let text = picture::svg(PanelKind::Market, &harness.state().context(), look);
    assert!(text.contains("VIX term structure"));
    assert!(!text.contains("Option marks"));
}
