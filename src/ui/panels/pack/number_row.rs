//! One number: its field, unit, source and reason, and the way back to the shipped one.

use egui::{Align2, Pos2, Rect, Sense, Ui, UiBuilder, vec2};

use super::Number;
use super::sections::Section;
use crate::document::Command;
use crate::instrument::LayerKind;
use crate::policy::{HedgeInstrument, Provenance, Sign, Unit};
use crate::rule::ContextRow;
use crate::ui::icons::{Icon, focus_ring, icon_button};
use crate::ui::rule_words::source_label;
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, Tone, tokens};
use crate::ui::widgets::{CommitField, NumberField, elided, group_hint, hint, segmented};
use crate::ui::{Actions, fonts, format};

/// Height of a row, in points.
const ROW: f32 = 28.0;
/// Left edges of value, unit, source and reason, in points.
const COLUMNS: [f32; 4] = [168.0, 256.0, 496.0, 584.0];
/// Room that a source takes, in points.
const SOURCE: f32 = 84.0;
/// Right edges of the figures of the own book and of the reference condor, in points.
const FIGURES: [f32; 2] = [420.0, 484.0];
/// Where the figures begin, in points.
const FIGURES_FROM: f32 = 368.0;
/// Least room in which a reason is written, in points.
const LEAST_REASON: f32 = 64.0;
/// Width of the field, in points.
const FIELD: f32 = 80.0;
/// Decimals that a number may have.
const DECIMALS: usize = 4;

/// Shows a number and asks for what is typed into it; a click on its name opens its reason. Tells whether
/// that is to be open from now on.
pub(super) fn number_row(
    ui: &mut Ui,
    number: &Number<'_>,
    is_open: bool,
    actions: &mut Actions,
) -> bool {
    let (slot, threshold) = (number.slot, number.slot.threshold);
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let spoken = format!("Reason of {}", number.name);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::Button, ui.is_enabled(), is_open, &spoken)
    });
    if response.hovered() || is_open {
        ui.painter()
            .rect_filled(rect, RADIUS_FIELD, tokens(ui).hover);
    }
    focus_ring(ui, rect, &response);
    paint_words(ui, rect, number);
    let meaning = meaning(number);
    let toggled = response.clicked();
    hint(
        response,
        &number.name,
        &format!("{meaning}\nClick for its reason"),
    );
    let mut field = child(ui, rect, COLUMNS[0], FIELD);
    let tone = if number.is_changed {
        Tone::Accent
    } else {
        Tone::Plain
    };
    let [step, large, small] = steps(threshold.value, slot.unit);
    let mut value = threshold.value;
    let typed = NumberField::new(&mut value, &number.name)
        .hint(&meaning)
        .tone(tone)
        .decimals(if slot.unit.is_whole() { 0 } else { DECIMALS })
        .trimmed()
        .range(threshold.low(slot.unit)..=slot.unit.max())
        .step(step)
        .shift_step(large)
        .alt_step(small)
        .width(FIELD)
        .show(&mut field);
    if let Some(value) = typed.committed {
        actions.edit(Command::SetPackNumber {
            path: slot.path.clone(),
            value,
        });
    }
    if number.is_changed && number.shipped.is_some() {
        let mut end = child(ui, rect, rect.width() - FIELD_HEIGHT, FIELD_HEIGHT);
        let label = format!("Reset {}", number.name);
        if icon_button(&mut end, Icon::Undo, &label).clicked() {
            let under = vec![slot.path.clone()];
            actions.edit(Command::ResetPackNumbers { under });
        }
    }
    if is_open {
        reason_row(ui, number, actions);
    }
    is_open != toggled
}

/// The reason of a number as a field of its own, over the whole width.
fn reason_row(ui: &mut Ui, number: &Number<'_>, actions: &mut Actions) {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), ROW);
    let (rect, _response) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect_filled(rect, RADIUS_FIELD, t.hover);
    let words = rect.with_min_x(rect.left() + 12.0);
    let font = fonts::inter(fonts::SMALL);
    elided(
        ui.painter(),
        words.with_max_x(rect.left() + COLUMNS[0] - 4.0),
        "Why",
        font,
        t.tx3,
    );
    let width = rect.width() - COLUMNS[0] - 4.0;
    let mut field = child(ui, rect, COLUMNS[0], width);
    let threshold = number.slot.threshold;
    let said = CommitField::new(&format!("{}: why", number.name), &threshold.why)
        .tooltip("Why the number is what it is, in one line; it goes into the difference and into the file")
        .width(width)
        .show(&mut field, |text| match text.trim() {
            "" => Err("a reason".to_owned()),
            why => Ok(why.to_owned()),
        });
    if let Some(why) = said {
        let path = number.slot.path.clone();
        actions.edit(Command::SetPackReason { path, why });
    }
}

/// What a layer is made of, as a choice.
pub(super) fn instrument_row(
    ui: &mut Ui,
    section: &Section,
    (layer, held, shipped): (LayerKind, HedgeInstrument, Option<HedgeInstrument>),
    actions: &mut Actions,
) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, _response) = ui.allocate_exact_size(size, Sense::hover());
    let words = rect.with_max_x(rect.left() + COLUMNS[0] - 4.0);
    let font = fonts::inter(fonts::BODY);
    elided(ui.painter(), words, "Instrument", font, tokens(ui).tx);
    let mut choice = child(ui, rect, COLUMNS[0], rect.width() - COLUMNS[0]);
    let mut instrument = held;
    let label = format!("{} instrument", section.title);
    let choices = HedgeInstrument::ALL.map(|one| (one, one.label()));
    let response = segmented(&mut choice, &label, &mut instrument, &choices);
    if response.changed() {
        actions.edit(Command::SetLayerInstrument { layer, instrument });
    }
    if let Some(instrument) = shipped.filter(|shipped| *shipped != held) {
        let mut end = child(ui, rect, rect.width() - FIELD_HEIGHT, FIELD_HEIGHT);
        if icon_button(&mut end, Icon::Undo, &format!("Reset {label}")).clicked() {
            actions.edit(Command::SetLayerInstrument { layer, instrument });
        }
    }
    group_hint(
        response,
        "What a new layer is made of.\n\
         VIX call: bought at the target delta. VIX call spread: that call, and one sold above it by the spread width.\n\
         VX or VXM future: long, or short where the contracts are negative.",
    );
}

/// A place for a control within a row.
pub(super) fn child(ui: &mut Ui, row: Rect, left: f32, width: f32) -> Ui {
    let corner = Pos2::new(row.left() + left, row.center().y - FIELD_HEIGHT / 2.0);
    let place = Rect::from_min_size(corner, vec2(width, FIELD_HEIGHT));
    ui.new_child(UiBuilder::new().max_rect(place))
}

fn paint_words(ui: &Ui, rect: Rect, number: &Number<'_>) {
    let t = tokens(ui);
    let threshold = number.slot.threshold;
    let small = || fonts::inter(fonts::SMALL);
    let room = |left: f32, right: f32| {
        rect.with_min_x(rect.left() + left)
            .with_max_x(rect.left() + right)
    };
    let body = if number.is_changed {
        fonts::inter_strong(fonts::BODY)
    } else {
        fonts::inter(fonts::BODY)
    };
    let painter = ui.painter();
    elided(
        painter,
        room(0.0, COLUMNS[0] - 4.0),
        &number.label,
        body,
        if number.remark.is_some() {
            t.warn
        } else {
            t.tx
        },
    );
    let unit = room(COLUMNS[1] + 2.0, FIGURES_FROM - 4.0);
    elided(painter, unit, number.slot.unit.label(), small(), t.tx3);
    let ink = match threshold.source {
        Provenance::Method | Provenance::MethodVariant => t.tx2,
        Provenance::Palisade => t.tx3,
        Provenance::Own => t.accent,
    };
    let source = Pos2::new(rect.left() + COLUMNS[2], rect.center().y);
    if COLUMNS[2] + SOURCE <= rect.width() {
        painter.text(
            source,
            Align2::LEFT_CENTER,
            source_label(threshold.source),
            small(),
            ink,
        );
    }
    let end = if number.is_changed {
        FIELD_HEIGHT + 4.0
    } else {
        0.0
    };
    let reason = room(COLUMNS[3], rect.width() - end);
    if reason.width() > LEAST_REASON {
        elided(painter, reason, &reason_words(number), small(), t.tx3);
    }
    paint_figures(ui, rect, number);
}

/// The fact that the number is compared with, in the own book and in the reference.
fn paint_figures(ui: &Ui, rect: Rect, number: &Number<'_>) {
    let t = tokens(ui);
    let painter = ui.painter();
    if let Some(first) = number.compared.first() {
        let figures = [(first.own, t.tx), (first.reference, t.tx2)];
        for (right, (value, ink)) in FIGURES.into_iter().zip(figures) {
            let at = Pos2::new(rect.left() + right, rect.center().y);
            let words = figure(value);
            painter.text(
                at,
                Align2::RIGHT_CENTER,
                words,
                fonts::mono(fonts::SMALL),
                ink,
            );
        }
    }
}

/// The reason in the row: the shipped number first where it is another, and the sign where it has one.
fn reason_words(number: &Number<'_>) -> String {
    let threshold = number.slot.threshold;
    let other = number.shipped.filter(|shipped| *shipped != threshold.value);
    let shipped = other.map_or_else(String::new, |shipped| {
        format!("Shipped {}: ", format::trimmed(shipped, DECIMALS))
    });
    let sign = match threshold.sign {
        Sign::LongVega | Sign::Rise => format!(" ({})", threshold.sign.label()),
        Sign::Magnitude | Sign::Earned | Sign::Paid => String::new(),
    };
    format!("{shipped}{}{sign}", threshold.why)
}

fn meaning(number: &Number<'_>) -> String {
    let (slot, threshold) = (number.slot, number.slot.threshold);
    let number_of = |value: f64| format::trimmed(value, DECIMALS);
    let shipped = number.shipped.map_or_else(String::new, |shipped| {
        format!("Shipped {}. ", number_of(shipped))
    });
    let whole = if slot.unit.is_whole() {
        "whole numbers "
    } else {
        ""
    };
    let compared: String = number.compared.iter().map(compared_words).collect();
    let remark = number
        .remark
        .map_or_else(String::new, |remark| format!("\nLinter: {remark}"));
    format!(
        "{}\n{shipped}Unit: {:?}; {whole}from {} to {}; {}. Source: {}.\n{}{compared}{remark}",
        threshold.why,
        slot.unit,
        number_of(threshold.low(slot.unit)),
        number_of(slot.unit.max()),
        threshold.sign.label(),
        threshold.source.label(),
        slot.path
    )
}

/// A fact in the own book and in the reference, for the tooltip.
fn compared_words(row: &ContextRow) -> String {
    let (own, reference) = (figure(row.own), figure(row.reference));
    let meaning = row.fact.meaning();
    format!("\n{meaning}: own book {own}, 16Δ condor {reference}")
}

/// A figure with about three digits that count; a dash where it is not known.
fn figure(value: Option<f64>) -> String {
    let Some(value) = value else {
        return format::NONE.to_owned();
    };
    let decimals = match value.abs() {
        size if size < 0.01 => 5,
        size if size < 10.0 => 3,
        size if size < 100.0 => 1,
        _ => 0,
    };
    format::trimmed(value, decimals)
}

/// The names of the columns.
pub(super) fn column_heads(ui: &mut Ui) {
    let size = vec2(ui.available_width(), 20.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let ink = tokens(ui).tx3;
    let at = |x: f32| Pos2::new(rect.left() + x, rect.center().y);
    let left = [
        (COLUMNS[1] + 2.0, "Unit"),
        (COLUMNS[2], "Source"),
        (COLUMNS[3], "Why"),
    ];
    let right = [
        (COLUMNS[0] + FIELD, "Value"),
        (FIGURES[0], "Own"),
        (FIGURES[1], "16Δ"),
    ];
    let font = fonts::inter(fonts::SMALL);
    let painter = ui.painter();
    for (x, words) in left {
        if x + LEAST_REASON < rect.width() {
            painter.text(at(x), Align2::LEFT_CENTER, words, font.clone(), ink);
        }
    }
    for (x, words) in right {
        painter.text(at(x), Align2::RIGHT_CENTER, words, font.clone(), ink);
    }
    hint(
        response,
        "Columns of the rule pack",
        "Own and 16Δ: the fact that a number is compared with, in its unit, as it is in this book \
         and in a reference book of ten 16-delta condors of 45 days at today's VIX with the pack's layers",
    );
}

/// Steps of the field: what is counted by one; else a tenth of the number's own size, ten times that, and a
/// tenth.
fn steps(value: f64, unit: Unit) -> [f64; 3] {
    if unit.is_whole() {
        return [1.0, 10.0, 1.0];
    }
    let size = value.abs().max(1e-3).log10().floor();
    let step = 10f64.powf(size - 1.0);
    [step, step * 10.0, step / 10.0]
}

#[cfg(test)]
mod tests {
    use super::steps;
    use crate::policy::Unit;

    #[test]
    fn steps_fit_the_number() {
        assert_eq!(steps(252.0, Unit::Closes), [1.0, 10.0, 1.0]);
        let [step, large, small] = steps(0.25, Unit::PointsPerVolPointPerCondor);
        assert!((step - 0.01).abs() < 1e-12 && large > step && small < step);
        assert!(steps(0.0, Unit::Usd)[0] > 0.0);
    }
}
