//! The P/L table: cells equal the payoff engine, choices move rows and columns, a what-if shows its change.

use egui::Theme;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;
use palisade::calendar::new_york_date;
use palisade::document::Campaign;
use palisade::policy::RulePack;
use palisade::risk::curves::{Component, CurveRequest, LineDate, PayoffCurves};
use palisade::risk::pl_table::{PlTable, PlTableRequest, last_date};
use palisade::risk::what_if::{WhatIfScenario, what_if_marks};
use palisade::ui::panels::pl_table::pl_table_ui;
use palisade::ui::what_if::WhatIfView;
use palisade::ui::{Action, Actions, PanelContext, WorkspaceEdit, widgets};
use palisade::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

use crate::panel_host::{self, PanelHost};
use crate::support;

const SIZE: [f32; 2] = [764.0, 300.0];

fn copied<S>(harness: &Harness<'_, S>) -> String {
    support::copied(harness).expect("a text was copied")
}

#[test]
fn every_cell_is_the_payoff_line_of_its_date() {
    let host = PanelHost::sample();
    let book = &host.valuation().book;
    let today = new_york_date(book.market.as_of);
    let last = last_date(book);
    assert_eq!(last, date(2027, 1, 8));
    for component in Component::ALL {
        let request = PlTableRequest {
            component,
            spots: vec![7100.0, 6720.0, 6250.0],
            dates: vec![today, date(2026, 12, 8), last],
        };
        let table = PlTable::of(book, &request);
        for (row, spot) in request.spots.iter().enumerate() {
            let curves = PayoffCurves::of(
                book,
                &CurveRequest {
                    low: spot - 10.0,
                    high: spot + 10.0,
                    points: 3,
                    days_ahead: vec![15],
                },
            );
            let dates = [LineDate::Today, LineDate::Ahead(15), LineDate::Expiry(last)];
            for (column, date) in dates.into_iter().enumerate() {
                let line = curves.line(date).expect("asked for");
                let at = curves
                    .spots
                    .iter()
                    .position(|level| (level - spot).abs() < 1e-9)
                    .expect("a vertex");
                let expected = component.of(&line.profit)[at];
                let found = table.cell(row, column).expect("a figure");
                assert!(
                    (found - expected).abs() < 1e-6,
                    "{component:?} {spot} {date:?}"
                );
            }
        }
        assert_eq!(table.cell(0, 3), None);
        let same = table.less(&table);
        assert_eq!(same.extremes(), (0.0, 0.0));
    }
}

#[test]
fn days_before_the_books_own_have_no_figures() {
    let host = PanelHost::sample();
    let book = &host.valuation().book;
    let request = PlTableRequest {
        component: Component::Net,
        spots: vec![6720.0],
        dates: vec![date(2026, 11, 20), date(2026, 11, 23)],
    };
    let table = PlTable::of(book, &request);
    assert_eq!(table.cell(0, 0), None);
    assert!(table.cell(0, 1).is_some_and(f64::is_finite));
    assert_eq!(table.less(&table).cell(0, 0), None);
}

#[test]
fn steps_days_and_component_change_the_table_and_it_can_be_copied() {
    let mut harness = panel_host::harness(SIZE, Theme::Dark, pl_table_ui, PanelHost::sample());
    harness.run();
    let has = |harness: &Harness<'_, PanelHost>, start: &str| {
        harness.query_by_label_contains(start).is_some()
    };
    assert!(has(&harness, "SPX 6,800 on 23 Nov") && !has(&harness, "SPX 6,750 on 23 Nov"));
    harness.get_by_label("Step: 50").click();
    harness.run();
    assert!(has(&harness, "SPX 6,750 on 23 Nov"));
    assert!(
        harness
            .query_by_label_contains("SPX 6,720 on 23 Nov")
            .is_some()
    );

    let field = harness.get_by_label("Days between columns");
    field.click();
    harness.run();
    harness.get_by_label("Days between columns").type_text("3");
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    harness.run();
    assert!(harness.query_by_label("26 Nov, T+3").is_some());
    assert!(
        harness.query_by_label("8 Jan, T+46").is_some(),
        "expiry stays"
    );

    harness.get_by_label_contains("Copy P/L table").click();
    harness.step();
    let text = copied(&harness);
    let head = text.lines().next().expect("a head");
    assert!(
        head.starts_with("SPX\tMove %\t2026-11-23\t2026-11-26"),
        "{head}"
    );
    assert!(text.contains("6720.00\t0.00\t"), "{text}");

    let net = text.clone();
    harness
        .state_mut()
        .apply(vec![Action::Workspace(WorkspaceEdit::Component(
            Component::Condor,
        ))]);
    harness.run();
    harness.get_by_label_contains("Copy P/L table").click();
    harness.step();
    assert_ne!(copied(&harness), net);
}

#[test]
fn an_empty_book_teaches() {
    let mut campaign = PanelHost::sample().campaign().clone();
    campaign.positions.clear();
    let mut harness = panel_host::harness(SIZE, Theme::Dark, pl_table_ui, PanelHost::of(campaign));
    harness.run();
    assert!(harness.query_by_label("No P/L table yet").is_some());
}

/// A panel in a what-if: SPX 2 % lower in four days, and two condors fewer.
struct WhatIfHost {
    real: PanelHost,
    campaign: Campaign,
    valuation: Valuation,
    scenario: WhatIfScenario,
}

impl WhatIfHost {
    fn new() -> Self {
        let real = PanelHost::sample();
        let scenario = WhatIfScenario {
            days: 4,
            ..WhatIfScenario::today(6600.0)
        };
        let mut campaign = real.campaign().clone();
        campaign.marks = what_if_marks(&real.valuation().book, &campaign.marks, &scenario);
        for leg in &mut campaign.positions[0].legs {
            leg.quantity = leg.quantity / 10 * 8;
        }
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &real.account,
            slopes: Err(VegaSlopesError::NoHistory),
        };
        let valuation = Valuation::of(&campaign, inputs, &mut MarketCache::default());
        Self {
            real,
            campaign,
            valuation,
            scenario,
        }
    }

    fn show(&self, ui: &mut egui::Ui) {
        let mut actions = Actions::default();
        let view = WhatIfView {
            scenario: &self.scenario,
            drafts: &[],
            snapshots: &[],
            campaign: self.real.campaign(),
            now: self.real.valuation(),
            now_curves: self.real.curves(),
            now_greeks: self.real.context().greeks,
        };
        let ctx = PanelContext {
            campaign: &self.campaign,
            valuation: &self.valuation,
            what_if: Some(view),
            ..self.real.context()
        };
        widgets::panel_frame(ui, true).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            pl_table_ui(ui, &ctx, &mut actions);
        });
    }
}

fn what_if_harness(theme: Theme) -> Harness<'static, WhatIfHost> {
    support::harness_state(
        SIZE,
        theme,
        |ui, host: &mut WhatIfHost| host.show(ui),
        WhatIfHost::new(),
    )
}

#[test]
fn a_what_if_shows_its_own_figures_and_their_change() {
    let mut harness = what_if_harness(Theme::Dark);
    harness.run();
    // before the day of the what-if it says nothing, and its own cell is what the what-if is worth
    assert!(
        harness
            .query_by_label_contains("SPX 6,720 on 23 Nov (today): no figure")
            .is_some()
    );
    let worth = harness.state().valuation.facts.open_pl_usd;
    let label = format!(
        "SPX 6,600 on 27 Nov (T+4): {}",
        palisade::ui::format::usd_signed(worth)
    );
    assert!(harness.query_by_label(&label).is_some(), "{label}");
    harness.get_by_label("Book: Now").click();
    harness.run();
    assert!(
        harness
            .query_by_label_contains("SPX 6,720 on 23 Nov (today): no figure")
            .is_none()
    );
    harness.get_by_label("Book: Change").click();
    harness.run();
    assert!(harness.query_by_label(&label).is_none());
    support::save_png(&mut harness, "pl-table-change-dark");
}

#[test]
fn pictures() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let mut harness = panel_host::harness(SIZE, theme, pl_table_ui, PanelHost::sample());
        harness.run();
        support::save_png(&mut harness, &format!("pl-table-{name}"));
        let mut harness =
            panel_host::harness([668.0, 210.0], theme, pl_table_ui, PanelHost::sample());
        harness.run();
        support::save_png(&mut harness, &format!("pl-table-small-{name}"));
        let mut harness = what_if_harness(theme);
        harness.run();
        support::save_png(&mut harness, &format!("pl-table-what-if-{name}"));
    }
}
