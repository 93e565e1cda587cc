//! One number: its field, unit, source and reason, and the way back to the shipped one.

use egui::{Align2, Pos2, Rect, Sense, Ui, UiBuilder, vec2};

use super::Number;
use super::sections::Section;
use crate::document::Command;
use crate::instrument::LayerKind;
use crate::policy::{HedgeInstrument, Provenance, Sign, Unit};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, Tone, tokens};
use crate::ui::widgets::{NumberField, elided, group_hint, hint, segmented};
use crate::ui::{Actions, fonts, format};

/// Height of a row, in points.
const ROW: f32 = 28.0;
/// Left edges of value, unit, source and reason, in points.
const COLUMNS: [f32; 4] = [176.0, 264.0, 384.0, 476.0];
/// Width of the field, in points.
const FIELD: f32 = 80.0;
/// Decimals that a number may have.
const DECIMALS: usize = 4;

/// Shows a number and asks for what is typed into it.
pub(super) fn number_row(ui: &mut Ui, number: &Number<'_>, actions: &mut Actions) {
    let (slot, threshold) = (number.slot, number.slot.threshold);
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    paint_words(ui, rect, number);
    let meaning = meaning(number);
    hint(response, &number.name, &meaning);
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
}

/// What a layer is made of, as a choice.
pub(super) fn instrument_row(
    ui: &mut Ui,
    section: &Section,
    (layer, held): (LayerKind, HedgeInstrument),
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
    group_hint(
        response,
        "What a new layer is made of.\n\
         VIX call: bought at the target delta. VIX call spread: that call, and one sold above it by the spread width.\n\
         VX or VXM future: long, or short where the contracts are negative.",
    );
}

fn child(ui: &mut Ui, row: Rect, left: f32, width: f32) -> Ui {
    let corner = Pos2::new(row.left() + left, row.top() + (ROW - FIELD_HEIGHT) / 2.0);
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
        t.tx,
    );
    let unit = room(COLUMNS[1] + 2.0, COLUMNS[2] - 4.0);
    elided(painter, unit, number.slot.unit.label(), small(), t.tx3);
    let ink = match threshold.source {
        Provenance::Method | Provenance::MethodVariant => t.tx2,
        Provenance::Palisade => t.tx3,
        Provenance::Own => t.accent,
    };
    let source = Pos2::new(rect.left() + COLUMNS[2], rect.center().y);
    painter.text(
        source,
        Align2::LEFT_CENTER,
        threshold.source.label(),
        small(),
        ink,
    );
    let end = if number.is_changed {
        FIELD_HEIGHT + 4.0
    } else {
        0.0
    };
    let reason = room(COLUMNS[3], rect.width() - end);
    elided(painter, reason, &reason_words(number), small(), t.tx3);
}

/// The reason in the row: the shipped number first where it is another, and the sign where it has one.
fn reason_words(number: &Number<'_>) -> String {
    let threshold = number.slot.threshold;
    let shipped = number.shipped.map_or_else(String::new, |shipped| {
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
    format!(
        "{}\n{shipped}Unit: {:?}; {whole}from {} to {}; {}. Source: {}.\n{}",
        threshold.why,
        slot.unit,
        number_of(threshold.low(slot.unit)),
        number_of(slot.unit.max()),
        threshold.sign.label(),
        threshold.source.label(),
        slot.path
    )
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
