//! All widgets on one page, dark and light, drawn to `pictures/gallery-*.png`.

use egui::{Rect, Theme, Ui, UiBuilder, pos2, vec2};
use palisade::rule::Stance;
use palisade::ui::icons::{self, Icon, icon_button};
use palisade::ui::theme::{self, Tone, tokens};
use palisade::ui::widgets::{
    self, ButtonKind, Cell, Chip, Column, DataTable, Gauge, LedgerPart, LedgerRow, Metric, NowThen,
    NumberField, PickerRow, Row, Status, Tail, TextError, TextField, Toast, ToastKind, Toasts,
    VegaLedger,
};
use palisade::ui::{fonts, format};

use crate::support::{harness, save_png};

fn pane(ui: &mut Ui, rect: Rect, is_what_if: bool, add: impl FnOnce(&mut Ui)) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    widgets::panel_frame(&child, is_what_if).show(&mut child, |ui| {
        ui.set_min_size(rect.size());
        ui.set_max_size(rect.size());
        add(ui);
    });
}

fn position(ui: &mut Ui) {
    widgets::panel_head(ui, "Position", |ui| {
        icon_button(ui, Icon::Plus, "Add a structure");
        widgets::bare(ui, "Build…");
    });
    widgets::panel_body(ui, |ui| {
        let mut entry = "-10 SPX 6AUG26 5590/5640/6305/6355 IC @12.10".to_owned();
        TextField::new(&mut entry, "Quick entry")
            .mono(true)
            .valid(true)
            .height(28.0)
            .show(ui);
        ui.add_space(4.0);
        widgets::card(ui, condor);
        ui.add_space(8.0);
        let mut bad = "-10 SPX 6AUG26 5590/56x0".to_owned();
        let error = TextError {
            range: 20..24,
            message: "“56x0” is not a strike".to_owned(),
        };
        TextField::new(&mut bad, "Quick entry, refused")
            .mono(true)
            .error(Some(&error))
            .height(28.0)
            .show(ui);
        ui.add_space(4.0);
        widgets::dashed(ui, "Add leg, condor or layer…");
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            for icon in Icon::ALL {
                icon_button(ui, icon, &format!("{icon:?}"));
            }
        });
    });
}

fn condor(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.label(fonts::title("Iron condor"));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            icon_button(ui, Icon::Dots, "More for this condor");
            let mut count = 10.0;
            NumberField::new(&mut count, "Condors")
                .decimals(0)
                .steppers(true)
                .width(64.0)
                .show(ui);
            ui.label(fonts::caption("Condors").weak());
        });
    });
    let rows = [PickerRow::new("Thu 6 Aug 26").detail("45", "DTE   SPXW · PM")];
    let width = ui.available_width();
    widgets::picker(ui, "Expiry", Some(0), &rows, width);
    for (quantity, right, strike) in [(10, "P", 5590.0), (-10, "P", 5640.0), (-10, "C", 6305.0)] {
        ui.horizontal(|ui| {
            let t = tokens(ui);
            let tone = Tone::of_sign(f64::from(quantity));
            ui.label(fonts::num(format::quantity(i64::from(quantity))).color(t.text(tone)));
            ui.label(fonts::num(right));
            let mut value = strike;
            NumberField::new(&mut value, "Strike")
                .id_salt(strike.to_bits())
                .trimmed()
                .steppers(true)
                .width(76.0)
                .show(ui);
            let mut mark = 30.82;
            NumberField::new(&mut mark, "Mark")
                .id_salt(strike.to_bits())
                .unit("pt")
                .show(ui);
        });
    }
    widgets::divider(ui);
    widgets::metric_grid(
        ui,
        &[
            Metric::new("Credit", "12.10").unit("pt"),
            Metric::new("Credit / width", "24.2").unit("%"),
            Metric::new("Max profit", format::usd_signed(12_096.0)).tone(Tone::Good),
            Metric::new("Max loss", format::usd_signed(-37_904.0)).tone(Tone::Bad),
            Metric::new("Break-even low", "5,627.9"),
            Metric::new("Break-even high", "6,317.1"),
            Metric::new("Distance", "1.19").unit("EM"),
            Metric::new("Distance", "1.01").unit("EM").tone(Tone::Warn),
        ],
    );
    ui.add_space(4.0);
    widgets::meter(
        ui,
        &Metric::new("Probability of profit", "74.2").unit("%"),
        0.742,
    );
}

fn ledger_row(label: &str, part: LedgerPart, drawn: f64, second: &str) -> LedgerRow {
    let decimals = if matches!(part, LedgerPart::Layer(_)) {
        3
    } else {
        2
    };
    LedgerRow {
        label: label.to_owned(),
        part,
        drawn,
        now: None,
        first: format::signed(drawn, decimals),
        second: second.to_owned(),
    }
}

fn hedge(ui: &mut Ui) {
    let mut convention = 1;
    widgets::panel_head(ui, "Hedge", |ui| {
        let choices = [(0, "Naive"), (1, "Damped"), (2, "Regression")];
        widgets::segmented(ui, "Convention", &mut convention, &choices);
    });
    widgets::panel_body(ui, |ui| {
        vega_tiles(ui);
        ui.add_space(4.0);
        ledger(ui);
        ui.horizontal(|ui| {
            widgets::primary(ui, "Size to band");
            ui.label(fonts::caption("Budget stops at 6 more Second"));
        });
        widgets::divider(ui);
        budget(ui);
        widgets::divider(ui);
        crash_table(ui);
        widgets::divider(ui);
        tails(ui);
    });
}

fn vega_tiles(ui: &mut Ui) {
    ui.columns(2, |columns| {
        for (ui, (name, value, out)) in columns.iter_mut().zip([
            ("Net vega, normalised", "−0.25", "by 0.10"),
            ("Net vega, literal", "−1.24", "by 1.09"),
        ]) {
            widgets::card(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.label(fonts::caption(name));
                ui.horizontal(|ui| {
                    ui.label(fonts::num_key(value));
                    widgets::status_label(ui, Status::Breach, Some(out));
                });
                ui.label(fonts::caption("pt per condor, 10-wide").weak());
            });
        }
    });
}

fn ledger(ui: &mut Ui) {
    widgets::vega_ledger(
        ui,
        &VegaLedger {
            rows: vec![
                ledger_row("Condor", LedgerPart::Condor, -0.29, "−1.44"),
                ledger_row("First", LedgerPart::Layer(0), 0.021, "+0.105"),
                ledger_row("Second", LedgerPart::Layer(1), 0.014, "+0.071"),
                ledger_row("Third", LedgerPart::Layer(2), 0.005, "+0.027"),
                ledger_row("Net", LedgerPart::Net, -0.25, "−1.24"),
            ],
            band: (-0.15, 0.25),
            band_text: ("−0.15".to_owned(), "+0.25".to_owned()),
            heads: ("Norm.".to_owned(), "Literal".to_owned()),
        },
    );
}

fn budget(ui: &mut Ui) {
    widgets::section(ui, "Budget", "");
    for (label, value, of, used, warn, what_if) in [
        (
            "Hedge cost, share of credit",
            "16",
            "% of 28 %",
            0.16,
            Some(0.18),
            None,
        ),
        (
            "Hedge theta, share of condor theta",
            "29",
            "% of 30 %",
            0.13,
            None,
            Some(0.29),
        ),
        ("12-month hedge spend", "2.4", "% of 2 %", 0.036, None, None),
    ] {
        widgets::gauge(
            ui,
            &Gauge {
                label: label.to_owned(),
                value: NowThen {
                    now: what_if.map(|_| "13".to_owned()),
                    ..NowThen::plain(value)
                },
                of: of.to_owned(),
                used,
                what_if,
                warn,
                limit: if used < 0.1 { 0.03 } else { 0.28 },
                provenance: String::new(),
            },
        );
    }
}

fn tails(ui: &mut Ui) {
    widgets::section(ui, "Both tails", "worst row, hedge offset");
    let tail = |label: &str, loss_usd, offset_usd, offset: &str, net: &str| Tail {
        label: label.to_owned(),
        loss_usd,
        offset_usd,
        offset: offset.to_owned(),
        net: NowThen::plain(net),
        now_lost_usd: None,
    };
    widgets::both_tails(
        ui,
        &[
            tail("Down", 29_700.0, 11_700.0, "39 %", "−18.0k"),
            tail("Up", 17_500.0, -700.0, "none", "−18.2k"),
        ],
    );
}

fn crash_table(ui: &mut Ui) {
    widgets::section(ui, "Crash table", "instant, $ thousands");
    let columns = [
        Column::text("SPX").compact(),
        Column::num("VIX"),
        Column::num("Condor"),
        Column::num("1st"),
        Column::num("2nd"),
        Column::num("3rd"),
        Column::num("Net"),
    ];
    let rows: Vec<Row> = [
        ("−20", "90.0", "−29.7", "+8.3", "+2.5", "+0.9", "−18.0"),
        ("−10", "39.9", "−18.6", "+2.3", "+1.1", "+0.4", "−14.8"),
        ("+5", "12.1", "−17.5", "−0.3", "−0.3", "−0.1", "−18.2"),
    ]
    .into_iter()
    .map(|(spx, vix, condor, first, second, third, net)| {
        Row::new(vec![
            Cell::num(spx).unit("%").tone(Tone::Quiet),
            Cell::num(vix).tone(Tone::Quiet),
            Cell::num(condor).tone(Tone::Bad),
            Cell::num(first).tone(Tone::Quiet),
            Cell::num(second).tone(Tone::Quiet),
            Cell::num(third).tone(Tone::Quiet),
            Cell::num(net).tone(Tone::Bad).strong(),
        ])
    })
    .collect();
    DataTable::new("Crash table", &columns, &rows)
        .row_height(theme::ROW_DENSE)
        .show(ui);
}

fn verdict(ui: &mut Ui) {
    widgets::panel_body(ui, |ui| {
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            icons::show(ui, Icon::Palisade, tokens(ui).accent);
            ui.label(fonts::campaign("SPX Aug condor"));
            icon_button(ui, Icon::Undo, "Undo it");
            ui.add_enabled_ui(false, |ui| icon_button(ui, Icon::Redo, "Redo it"));
            Chip::new(Tone::Plain)
                .icon(Icon::Roll)
                .text("Regime")
                .strong("Promoter")
                .show(ui);
            widgets::stance_badge(ui, None, Stance::Hedge, ("short vega by", "0.10"));
            widgets::button(ui, ButtonKind::Outlined, Some(Icon::Flask), "What-if");
        });
        ui.horizontal(|ui| {
            widgets::secondary(ui, "Compare");
            widgets::button(ui, ButtonKind::Secondary, Some(Icon::Copy), "Copy");
            widgets::button(ui, ButtonKind::WhatIf, None, "Apply five legs");
            widgets::button(ui, ButtonKind::Danger, None, "Discard");
            ui.add_enabled_ui(false, |ui| widgets::secondary(ui, "Not now"));
            widgets::tag(ui, "Method");
        });
        ui.horizontal(|ui| {
            for tone in [Tone::Good, Tone::Bad, Tone::Accent, Tone::WhatIf] {
                Chip::new(tone).text("Chip").num("0.10").show(ui);
            }
        });
        ui.label(fonts::verdict(
            "Hedge: short vega is outside the band by 0.10",
        ));
        widgets::progress(ui, "Reading history", Some(0.42));
    });
    widgets::divider(ui);
    rules(ui);
    widgets::panel_body(ui, |ui| {
        let metric = Metric::compared(
            "Net theta / day",
            NowThen {
                now: Some("+$193".to_owned()),
                ..NowThen::plain("+$112")
            },
        );
        widgets::metric_row(ui, &metric);
        widgets::empty_state(
            ui,
            "No decisions yet",
            "Every roll, hedge and close lands here with its reason and its numbers.",
            Some("Record a decision…"),
        );
    });
}

fn rules(ui: &mut Ui) {
    let columns = [
        Column::text("Rule"),
        Column::num("Value"),
        Column::num("Threshold"),
        Column::num("To flip"),
        Column::num("Source"),
    ];
    let rows: Vec<Row> = [
        (
            Status::Breach,
            "Net vega, width-normalised",
            "−0.25",
            "−0.15 … +0.25",
            "0.10 out",
        ),
        (
            Status::Below,
            "Theta against WACC",
            "+7.8",
            "≥ 8.7",
            "0.9 out",
        ),
        (
            Status::Near,
            "Break-even, upper",
            "1.01",
            "≥ 1.00",
            "0.01 left",
        ),
        (
            Status::Pass,
            "Break-even, lower",
            "1.19",
            "≥ 1.00",
            "0.19 left",
        ),
    ]
    .into_iter()
    .map(|(status, rule, value, threshold, flip)| {
        let tone = status.tone();
        Row::new(vec![
            Cell::text(rule).icon(status.icon()).tone(tone),
            Cell::num(value).tone(if status == Status::Pass {
                Tone::Plain
            } else {
                tone
            }),
            Cell::num(threshold).tone(Tone::Quiet),
            Cell::num(flip),
            Cell::text("Method").tone(Tone::Faint),
        ])
    })
    .collect();
    DataTable::new("Rules", &columns, &rows)
        .sortable()
        .selectable(Some(2))
        .inset(theme::PAD)
        .show(ui);
}

fn gallery(ui: &mut Ui) {
    let t = tokens(ui);
    let window = ui.ctx().content_rect();
    ui.painter().rect_filled(window, 0.0, t.app);
    let at = |x: f32, width: f32| Rect::from_min_size(pos2(x, 4.0), vec2(width, 712.0));
    pane(ui, at(4.0, 344.0), false, position);
    pane(ui, at(352.0, 324.0), false, hedge);
    pane(ui, at(680.0, 660.0), true, verdict);
}

#[test]
fn all_widgets_are_drawn_in_both_themes() {
    for (theme, name) in [
        (Theme::Dark, "gallery-dark"),
        (Theme::Light, "gallery-light"),
    ] {
        let mut h = harness([1344.0, 720.0], theme, gallery);
        h.run();
        let path = save_png(&mut h, name);
        let picture = image::open(path)
            .expect("the picture was written")
            .to_rgba8();
        let tokens = match theme {
            Theme::Dark => theme::Tokens::dark(),
            Theme::Light => theme::Tokens::light(),
        };
        for color in [
            tokens.panel,
            tokens.card,
            tokens.accent,
            tokens.layer1,
            tokens.cond,
        ] {
            let hits = picture.pixels().filter(|p| p.0 == color.to_array()).count();
            assert!(hits > 30, "{name}: {color:?} has {hits} pixels");
        }
    }
}

#[test]
fn states_under_the_hand_are_drawn() {
    use egui_kittest::kittest::Queryable as _;
    for (theme, name) in [(Theme::Dark, "states-dark"), (Theme::Light, "states-light")] {
        let rows = [
            PickerRow::new("Fri 17 Jul 26").detail("25", "DTE   SPX · AM"),
            PickerRow::new("Thu 6 Aug 26").detail("45", "DTE   SPXW · PM"),
            PickerRow::new("Fri 21 Aug 26").detail("60", "DTE   SPX · AM"),
        ];
        let mut toasts = Toasts::default();
        toasts.push(Toast::new(ToastKind::Info, "Short put to 5,650").action("Undo", ()));
        toasts.push(Toast::new(
            ToastKind::Error,
            "marks.csv: line 12 has no bid",
        ));
        let mut strike = 5640.0;
        let mut curve = 2;
        let mut h = harness([640.0, 360.0], theme, move |ui| {
            widgets::panel_head(ui, "Position", |_ui| {});
            widgets::panel_body(ui, |ui| {
                NumberField::new(&mut strike, "Short put strike")
                    .steppers(true)
                    .width(96.0)
                    .show(ui);
                ui.add_space(40.0);
                let choices = [(0, "Condor"), (1, "Hedges"), (2, "Net")];
                widgets::segmented(ui, "Curve", &mut curve, &choices);
                widgets::picker(ui, "Expiry", Some(1), &rows, 304.0);
            });
            toasts.show(ui.ctx());
        });
        h.run_steps(2);
        h.get_by_role(egui::accesskit::Role::ComboBox).click();
        h.run_steps(3);
        let path = save_png(&mut h, &format!("{name}-picker"));
        assert!(path.exists());
        h.get_by_label_contains("Fri 21 Aug 26").click();
        h.run_steps(2);
        h.get_by_label("Short put strike").click();
        h.run_steps(2);
        h.get_by_label("Short put strike").type_text("56x0");
        h.run_steps(1);
        h.key_press(egui::Key::Enter);
        h.run_steps(6);
        h.get_by_label_contains("found “x” in “56x0”");
        save_png(&mut h, &format!("{name}-error"));
    }
}
