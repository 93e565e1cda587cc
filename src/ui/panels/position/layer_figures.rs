//! The second line of a layer's card: days, delta, carry, vega and cost, each explained on hover.

use egui::{Align2, Pos2, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::layer_card::Layer;
use super::leg_figures::assumed_mark;
use super::parts::{caption, explain, figure, recall, remember, row, span, usd_tenths};
use crate::market::VolSource;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Tone, tokens};
use crate::ui::{fonts, format};

/// One figure of the line.
struct Entry {
    label: &'static str,
    words: String,
    unit: &'static str,
    name: &'static str,
    hint: String,
    is_assumed: bool,
}

impl Entry {
    fn new(label: &'static str, words: String, name: &'static str, hint: String) -> Self {
        Self {
            label,
            words,
            unit: "",
            name,
            hint,
            is_assumed: false,
        }
    }

    /// Width of label, figure and unit with the gaps between them.
    fn width(&self, ui: &Ui) -> f32 {
        let ink = tokens(ui).tx2;
        let galley = |words: &str, font| fonts::galley(ui.painter(), words, (font, ink));
        let small = |words: &str, gap: f32| match words {
            "" => 0.0,
            words => galley(words, fonts::inter(fonts::SMALL)).size().x + gap,
        };
        let figure = galley(&self.words, fonts::mono(fonts::SMALL)).size().x;
        small(self.label, 4.0) + figure + small(self.unit, 2.0)
    }

    /// Paints the figure from `left` on and returns where it ends.
    fn show(&self, ui: &Ui, line: Rect, left: f32, owner: &str) -> f32 {
        let at = |x: f32| Pos2::new(x, line.center().y);
        let mut end = left;
        if !self.label.is_empty() {
            end = caption(ui, at(end), Align2::LEFT_CENTER, self.label, Tone::Quiet).right() + 4.0;
        }
        let font = (fonts::mono(fonts::SMALL), tokens(ui).tx2);
        end = fonts::write(
            ui.painter(),
            at(end),
            Align2::LEFT_CENTER,
            &self.words,
            font,
        )
        .right();
        if !self.unit.is_empty() {
            end = caption(
                ui,
                at(end + 2.0),
                Align2::LEFT_CENTER,
                self.unit,
                Tone::Faint,
            )
            .right();
        }
        if self.is_assumed {
            assumed_mark(ui, at(end + 3.0) - vec2(0.0, 5.0));
        }
        let rect = Rect::from_x_y_ranges(left..=end, line.y_range());
        let name = format!("{owner} {}", self.name);
        explain(ui, rect, (&name, &self.words), &self.hint);
        end
    }
}

/// Days, delta, carry, vega and cost in one line, after the caret that opens the marks.
pub(super) fn figures(ui: &mut Ui, layer: Layer<'_>) {
    /// Room of the caret at the left, in points.
    const CARET: f32 = 18.0;
    let line = row(ui, 20.0);
    caret(ui, span(line, -4.0, 16.0), layer);
    let right = (line.right_center(), Align2::RIGHT_CENTER);
    let cost_width = cost(ui, right, layer).width();
    let entries = entries(layer);
    let widths = entries.each_ref().map(|entry| entry.width(ui));
    let lefts = lefts(widths, (CARET, line.width() - cost_width));
    for (entry, left) in entries.iter().zip(lefts) {
        entry.show(ui, line, line.left() + left, layer.name);
    }
}

/// Where the figures begin: in columns that are the same on every card, so that the cards read as a table; a
/// figure too wide for its column pushes those after it on, while there is room.
fn lefts(widths: [f32; 4], (from, to): (f32, f32)) -> [f32; 4] {
    /// Columns as shares of the line up to the cost.
    const COLUMNS: [f32; 4] = [0.0, 0.14, 0.36, 0.68];
    const LEAST_GAP: f32 = 4.0;
    let mut lefts = COLUMNS.map(|share| (from + share * (COST_FROM.min(to) - from)).round());
    for index in 1..lefts.len() {
        lefts[index] = lefts[index].max(lefts[index - 1] + widths[index - 1] + LEAST_GAP);
    }
    // too much for the line: as close as it goes
    if lefts[3] + widths[3] + LEAST_GAP > to {
        let used: f32 = widths.iter().sum();
        let gap = ((to - from - used) / 4.0).max(LEAST_GAP);
        let mut left = from;
        lefts = widths.map(|width| {
            let here = left;
            left += width + gap;
            here
        });
    }
    lefts
}

/// Where the cost begins at the usual width of the editor, in points.
const COST_FROM: f32 = 262.0;

fn entries(layer: Layer<'_>) -> [Entry; 4] {
    let is_assumed = layer.valued.vol_source == Some(VolSource::Assumed);
    let delta = format::fixed(layer.valued.greeks.delta, 3);
    let carry = usd_tenths(layer.part.carry_per_day_usd());
    let vega = format::signed(layer.part.contribution_points, 3);
    let days = format::trimmed(f64::from(layer.valued.days), 0);
    [
        Entry {
            unit: "d",
            ..Entry::new("", days, "days", "Calendar days to expiry".to_owned())
        },
        Entry {
            is_assumed,
            ..Entry::new("Δ", delta, "delta", delta_hint(is_assumed))
        },
        Entry::new("Theta", carry, "theta per day", theta_hint(layer)),
        Entry::new("Vega", vega, "vega", vega_hint(layer)),
    ]
}

fn delta_hint(is_assumed: bool) -> String {
    let words = "Black-76 delta of one contract on the future of its own expiry";
    if is_assumed {
        format!("{words}\nThe vol is assumed: no option of this expiry is marked")
    } else {
        words.to_owned()
    }
}

fn theta_hint(layer: Layer<'_>) -> String {
    format!(
        "Dollars per calendar day: decay {} and roll-down {} along today's VIX curve",
        usd_tenths(layer.part.decay_per_day_usd),
        usd_tenths(layer.part.roll_down_per_day_usd),
    )
}

/// What a layer's vega means.
pub(super) fn vega_hint(layer: Layer<'_>) -> String {
    format!(
        "What the layer adds to net vega: {} index points per vol point per condor, through the move of its own future\n\
        Its vega to VIX-option vol is exposure to vol-of-vol and is never added",
        format::signed(layer.part.contribution_points, 3),
    )
}

/// Writes what the layer cost, and returns where.
pub(super) fn cost(ui: &Ui, at: (Pos2, Align2), layer: Layer<'_>) -> Rect {
    let name = format!("{} cost", layer.name);
    let hint = "Premium paid at entry in dollars, before fees; futures change hands without one";
    figure(
        ui,
        at,
        &format::usd(layer.part.cost_usd),
        Tone::Plain,
        (&name, hint),
    )
}

/// Whether the row with mark and vol stands open.
pub(super) fn is_expanded(ui: &Ui, layer: Layer<'_>) -> bool {
    recall(ui, ("marks of", layer.position.id))
}

/// The caret that opens and closes the marks.
fn caret(ui: &Ui, rect: Rect, layer: Layer<'_>) {
    let is_open = is_expanded(ui, layer);
    let response = ui.interact(rect, ui.scope_id().with("caret"), Sense::click());
    let name = format!("{} marks", layer.name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), is_open, &name));
    let t = tokens(ui);
    let icon = if is_open {
        Icon::Caret
    } else {
        Icon::CaretRight
    };
    let mark = Rect::from_center_size(rect.center() - vec2(3.0, 0.0), vec2(11.0, 11.0));
    icons::paint(
        ui.painter(),
        mark,
        icon,
        if response.hovered() { t.tx } else { t.tx3 },
    );
    icons::focus_ring(ui, rect.shrink(2.0), &response);
    if response.clicked() {
        remember(ui, ("marks of", layer.position.id), !is_open);
    }
    response.on_hover_text("Mark, vol and more");
}

#[cfg(test)]
mod tests {
    use super::lefts;

    #[test]
    fn figures_of_all_cards_stand_in_the_same_columns_while_they_fit() {
        let narrow = lefts([20.0, 48.0, 66.0, 66.0], (18.0, 266.0));
        let wide = lefts([30.0, 48.0, 72.0, 66.0], (18.0, 262.0));
        assert_eq!(narrow, wide);
        let pushed = lefts([30.0, 48.0, 84.0, 66.0], (18.0, 300.0));
        assert_eq!(pushed[..3], wide[..3]);
        assert!(pushed[3] > wide[3]);
        let tight = lefts([30.0, 48.0, 84.0, 66.0], (18.0, 262.0));
        assert_eq!(tight[1], 18.0 + 30.0 + 4.0);
    }
}
