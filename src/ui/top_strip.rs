//! The top strip: whose campaign this is, the marks and their age, where the hedge stands, undo and redo.

use egui::{Align, Layout, Response, Ui, UiBuilder, vec2};

use super::action::{Action, Actions};
use super::command::{UiCommand, shortcut_text};
use super::context::PanelContext;
use super::icons::{Icon, icon_button, icon_button_hinted};
use super::theme::{PAD, STRIP_HEIGHT, Tone, tokens};
use super::widgets::Chip;
use super::{fonts, format};
use crate::document::Command;
use crate::risk::figures::BandStatus;

/// Marks older than this are greyed, in seconds.
const STALE_AFTER_S: i64 = 3 * 3600;

/// Windows narrower than this leave VX1, VX2 and the instant to the tooltip.
const NARROW: f32 = 1200.0;

/// What the strip shows of the document's state beside the context.
#[derive(Clone, Debug)]
pub struct StripState<'a> {
    /// Whether there are changes that no file has.
    pub is_dirty: bool,
    /// What undo would take back.
    pub undo: Option<&'a str>,
    /// What redo would do again.
    pub redo: Option<&'a str>,
    /// Files opened last, newest first.
    pub recent: &'a [std::path::PathBuf],
}

/// Draws the strip over the available width.
pub fn top_strip_ui(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    state: &StripState<'_>,
    actions: &mut Actions,
) {
    let is_narrow = ui.available_width() < NARROW;
    let (rect, _) = ui.allocate_exact_size(
        vec2(ui.available_width(), STRIP_HEIGHT),
        egui::Sense::hover(),
    );
    let inner = rect.shrink2(vec2(PAD, 0.0));
    let mut right = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Center)),
    );
    right_side(&mut right, ctx, is_narrow, actions);
    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::left_to_right(Align::Center)),
    );
    campaign_menu(&mut left, ctx, state, actions);
    history_buttons(&mut left, state, actions);
    left.add_space(4.0);
    separator(&mut left);
    left.add_space(4.0);
    marks(&mut left, ctx, is_narrow);
}

fn separator(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(1.0, 20.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, tokens(ui).line);
}

fn campaign_menu(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    state: &StripState<'_>,
    actions: &mut Actions,
) {
    let t = tokens(ui);
    super::icons::show(ui, Icon::Palisade, t.accent);
    ui.label(fonts::campaign(&ctx.campaign.name));
    if state.is_dirty {
        let (rect, response) = ui.allocate_exact_size(vec2(8.0, 8.0), egui::Sense::hover());
        ui.painter().circle_filled(rect.center(), 3.0, t.warn);
        response.on_hover_text("Changes that no file has yet");
    }
    let caret = icon_button(ui, Icon::Caret, "Campaign menu");
    egui::Popup::menu(&caret).width(240.0).show(|ui| {
        rename(ui, ctx, actions);
        for command in [UiCommand::New, UiCommand::Open, UiCommand::OpenSample] {
            menu_item(ui, command, actions);
        }
        recent_items(ui, state.recent, actions);
        ui.separator();
        for command in [UiCommand::Save, UiCommand::SaveAs, UiCommand::ImportChain] {
            menu_item(ui, command, actions);
        }
        ui.separator();
        menu_item(ui, UiCommand::Quit, actions);
    });
}

fn rename(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let id = ui.scope_id().with("rename");
    let stored = ui.data(|data| data.get_temp::<String>(id));
    let mut name = stored.unwrap_or_else(|| ctx.campaign.name.clone());
    let shown = super::widgets::TextField::new(&mut name, "Campaign name").show(ui);
    if shown.submitted {
        actions.edit(Command::Rename(name));
        ui.data_mut(|data| data.remove::<String>(id));
        ui.close();
    } else if shown.cancelled {
        ui.data_mut(|data| data.remove::<String>(id));
    } else if shown.response.changed() {
        ui.data_mut(|data| data.insert_temp(id, name));
    }
}

fn recent_items(ui: &mut Ui, recent: &[std::path::PathBuf], actions: &mut Actions) {
    for path in recent.iter().take(6) {
        let name = path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let item = ui
            .button(fonts::body(format!("Open {name}")))
            .on_hover_text(path.display().to_string());
        if item.clicked() {
            actions.push(Action::OpenPath(path.clone()));
            ui.close();
        }
    }
}

/// A command in a menu, with its shortcut at the right.
pub fn menu_item(ui: &mut Ui, command: UiCommand, actions: &mut Actions) -> Response {
    let mut button = egui::Button::new(fonts::body(command.label()));
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(fonts::caption(shortcut_text(ui.ctx(), &shortcut)));
    }
    let width = ui.available_width();
    let response = ui
        .add(button.min_size(vec2(width, 24.0)))
        .on_hover_text(command.tooltip());
    if response.clicked() {
        actions.push(Action::Run(command));
        ui.close();
    }
    response
}

fn history_buttons(ui: &mut Ui, state: &StripState<'_>, actions: &mut Actions) {
    ui.add_space(8.0);
    for (icon, command, label) in [
        (Icon::Undo, UiCommand::Undo, state.undo),
        (Icon::Redo, UiCommand::Redo, state.redo),
    ] {
        ui.add_enabled_ui(label.is_some(), |ui| {
            let shortcut = command
                .shortcut()
                .map(|shortcut| shortcut_text(ui.ctx(), &shortcut));
            let words = label.map_or_else(
                || format!("{}: nothing", command.label()),
                |label| {
                    format!(
                        "{} {label} ({})",
                        command.label(),
                        shortcut.unwrap_or_default()
                    )
                },
            );
            let button = icon_button_hinted(ui, icon, command.label(), &words);
            if button.clicked() {
                actions.push(Action::Run(command));
            }
        });
    }
}

fn marks(ui: &mut Ui, ctx: &PanelContext<'_>, is_narrow: bool) {
    let market = &ctx.valuation.market;
    let age_s = (ctx.now.as_second() - market.as_of.as_second()).max(0);
    let is_stale = age_s > STALE_AFTER_S;
    let mut figures = vec![
        ("SPX", format::fixed(market.spx, 2)),
        ("VIX", format::fixed(market.vix, 2)),
    ];
    let monthlies: Vec<f64> = market.curve.monthlies().map(|point| point.price).collect();
    if !is_narrow {
        for (label, price) in ["VX1", "VX2"].into_iter().zip(&monthlies) {
            figures.push((label, format::fixed(*price, 2)));
        }
    }
    for (label, value) in figures {
        pair(ui, label, &value, is_stale).on_hover_text(marks_text(ctx));
    }
    if let Some(contango_pct) = market.curve.contango_pct() {
        pair(
            ui,
            "Contango",
            &format!("{} %", format::signed(contango_pct, 1)),
            is_stale,
        )
        .on_hover_text("VX2 / VX1 − 1 of the listed futures; negative is backwardation");
    }
    let t = tokens(ui);
    super::icons::show(ui, Icon::Clock, t.tx3);
    let age = format::age(age_s);
    let words = if is_narrow {
        age
    } else {
        format!("{} · {age}", instant(market.as_of))
    };
    ui.label(fonts::caption(words).color(t.tx2))
        .on_hover_text(marks_text(ctx));
}

fn pair(ui: &mut Ui, label: &str, value: &str, is_stale: bool) -> Response {
    let t = tokens(ui);
    ui.spacing_mut().item_spacing.x = 6.0;
    ui.label(fonts::caption(label).color(t.tx3));
    let ink = if is_stale { t.tx3 } else { t.tx };
    let response = ui.label(fonts::num(value).color(ink));
    ui.add_space(6.0);
    response
}

/// New York time of the marks.
fn instant(as_of: jiff::Timestamp) -> String {
    let local = as_of.to_zoned(crate::calendar::new_york());
    format!(
        "{} {} ET",
        format::date_short(local.date()),
        local.strftime("%H:%M")
    )
}

fn marks_text(ctx: &PanelContext<'_>) -> String {
    let market = &ctx.valuation.market;
    let source = match market.curve.source {
        crate::market::CurveSource::Entered => "VX curve as entered",
        crate::market::CurveSource::MedianForVix => "VX curve assumed: the median for this VIX",
    };
    format!(
        "Marks of {}. {source}. Change them in Market data.",
        instant(market.as_of)
    )
}

fn right_side(ui: &mut Ui, ctx: &PanelContext<'_>, is_narrow: bool, actions: &mut Actions) {
    let dots = icon_button(ui, Icon::Dots, "Desk menu");
    egui::Popup::menu(&dots).width(220.0).show(|ui| {
        for command in [
            UiCommand::Palette,
            UiCommand::Glossary,
            UiCommand::Shortcuts,
            UiCommand::ToggleTheme,
            UiCommand::ResetLayout,
            UiCommand::About,
        ] {
            menu_item(ui, command, actions);
        }
    });
    let theme_icon = if tokens(ui).is_dark {
        Icon::Sun
    } else {
        Icon::Moon
    };
    if icon_button_hinted(
        ui,
        theme_icon,
        "Dark or light",
        UiCommand::ToggleTheme.tooltip(),
    )
    .clicked()
    {
        actions.push(Action::Run(UiCommand::ToggleTheme));
    }
    ui.add_space(4.0);
    vega_chip(ui, ctx, is_narrow, actions);
}

/// Where the judged net vega stands against the band; a click brings the hedge panel to the front.
fn vega_chip(ui: &mut Ui, ctx: &PanelContext<'_>, is_narrow: bool, actions: &mut Actions) {
    let Some((net, status)) = ctx.valuation.judged_vega() else {
        return;
    };
    let (tone, words, by) = match status {
        BandStatus::Inside { left } => (Tone::Good, "in band", left),
        BandStatus::Short { by } => (Tone::Warn, "short by", by),
        BandStatus::Long { by } => (Tone::Warn, "long by", by),
    };
    let (net, by) = (format::signed(net, 2), format::fixed(by, 2));
    let chip = Chip::new(tone)
        .icon(Icon::Shield)
        .strong(if is_narrow { "Vega" } else { "Net vega" })
        .num(&net)
        .text(words);
    let chip = if matches!(status, BandStatus::Inside { .. }) {
        chip
    } else {
        chip.num(&by)
    };
    let response = chip.clickable().show(ui).on_hover_text(
        "Net vega per condor against the method's band, in index points per vol point. Open the hedge panel",
    );
    if response.clicked() {
        actions.push(Action::Focus(super::panels::PanelKind::Hedge));
    }
}
