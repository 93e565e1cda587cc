//! The four legs of a condor as a table: strike, mark, vol, delta and distance, each where it can be edited.

use egui::{Align2, Pos2, Rect, Ui};

use super::changes::with_strike;
use super::editing::Editing;
use super::leg_figures::{Slot, mark_field, vol_field};
use super::parts::{caption, explain, place, row, span};
use crate::instrument::{CondorView, Position, Right};
use crate::risk::figures::LegRow;
use crate::ui::fonts;
use crate::ui::format;
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::NumberField;

/// Height of a leg's row in points.
const LEG_ROW: f32 = 28.0;
/// Names of the legs, lowest strike first.
const NAMES: [&str; 4] = ["Long put", "Short put", "Short call", "Long call"];

/// Width that the figures need in mono 12, in points; below it they are written in mono 11.
const ROOMY: f32 = 300.0;

/// Where the columns begin and end, from the left edge of the row.
struct Columns {
    strike: (f32, f32),
    mark: (f32, f32),
    vol: (f32, f32),
    delta: f32,
    distance: f32,
    is_roomy: bool,
}

impl Columns {
    /// Laid from the right edge; what is left over goes to the strike field and the gaps.
    fn of(width: f32) -> Self {
        let is_roomy = width >= ROOMY;
        let spare = ((width - ROOMY) / 5.0).max(0.0);
        let [distance_width, delta_width] = if is_roomy { [37.0, 44.0] } else { [34.0, 41.0] };
        let delta = width - distance_width - 4.0 - spare;
        let vol_end = delta - delta_width - 4.0 - spare;
        let mark_end = vol_end - 44.0 - spare;
        let strike_end = mark_end - 47.0 - spare;
        Self {
            strike: (44.0, strike_end),
            mark: (mark_end - 45.0, mark_end),
            vol: (vol_end - 40.0, vol_end),
            delta,
            distance: width,
            is_roomy,
        }
    }
}

/// Name of a leg, and what tells its condor apart.
#[derive(Clone, Copy)]
struct Name<'a>(&'a str, &'a str);

impl Name<'_> {
    /// Accessible name of one of its fields.
    fn of(self, field: &str) -> String {
        format!("{} {field}{}", self.0, self.1)
    }
}

/// Shows the legs; `suffix` tells the condors of a book apart in the accessible names.
pub(super) fn leg_table(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    position: &Position,
    view: &CondorView,
    suffix: &str,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    heads(ui);
    let rows: Vec<LegRow> = editing
        .ctx
        .valuation
        .rows_of(position.id)
        .cloned()
        .collect();
    for (place_in_condor, leg) in view.legs().iter().enumerate() {
        let line = row(ui, LEG_ROW);
        let Some(valued) = rows.iter().find(|row| row.index == leg.index) else {
            let words = format!("{} cannot be valued", NAMES[place_in_condor]);
            caption(
                ui,
                line.left_center(),
                Align2::LEFT_CENTER,
                &words,
                Tone::Bad,
            );
            continue;
        };
        let name = Name(NAMES[place_in_condor], suffix);
        ui.push_id(("leg", leg.index), |ui| {
            leg_line(ui, editing, position, (line, valued), name);
        });
    }
    ui.spacing_mut().item_spacing.y = 4.0;
}

fn heads(ui: &mut Ui) {
    let line = row(ui, 20.0);
    let columns = Columns::of(line.width());
    let right = |x: f32| Pos2::new(line.left() + x, line.center().y);
    caption(
        ui,
        line.left_center(),
        Align2::LEFT_CENTER,
        "Leg",
        Tone::Faint,
    );
    for (x, words, name, meaning) in [
        (columns.strike.1, "Strike", "Column strike", "Points of SPX"),
        (
            columns.mark.1 - 2.0,
            "Mark",
            "Column mark",
            "Price in points",
        ),
        (
            columns.vol.1 - 2.0,
            "IV %",
            "Column implied vol",
            "Implied vol, per cent a year",
        ),
        (columns.delta, "Δ", "Column delta", "Delta of one contract"),
        (
            columns.distance,
            "EM",
            "Column expected move",
            "Distance from SPX in expected moves",
        ),
    ] {
        let head = caption(ui, right(x), Align2::RIGHT_CENTER, words, Tone::Faint);
        explain(ui, head, (name, ""), meaning);
    }
}

fn leg_line(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    position: &Position,
    (line, valued): (Rect, &LegRow),
    name: Name<'_>,
) {
    let columns = Columns::of(line.width());
    quantity(ui, line, valued);
    strike_field(
        ui,
        editing,
        position,
        (field(line, columns.strike), valued),
        name,
    );
    let slot = |range, name| Slot {
        rect: field(line, range),
        name,
        is_quiet: true,
    };
    let mark_name = name.of("mark");
    mark_field(ui, editing, valued, slot(columns.mark, &mark_name));
    let vol_name = name.of("IV");
    vol_field(ui, editing, valued, slot(columns.vol, &vol_name));
    let size = if columns.is_roomy {
        fonts::BODY
    } else {
        fonts::SMALL
    };
    let at = |x: f32| (Pos2::new(line.left() + x, line.center().y), size);
    value(
        ui,
        at(columns.delta),
        &format::signed(valued.greeks.delta, 3),
        Tone::Quiet,
        (
            &name.of("delta"),
            "Delta per share of the option itself against the index, at its own vol",
        ),
    );
    let near = valued.distance_em.abs() < 1.0;
    let tone = if near { Tone::Warn } else { Tone::Quiet };
    value(
        ui,
        at(columns.distance),
        &format::signed(valued.distance_em, 2),
        tone,
        (
            &name.of("distance"),
            "Strike less spot in expected moves: one standard deviation to expiry, spot × ATM vol × √years. Amber inside one",
        ),
    );
}

/// A figure of the table, its right edge and size given.
fn value(ui: &Ui, (at, size): (Pos2, f32), words: &str, tone: Tone, (name, hint): (&str, &str)) {
    let font = (fonts::mono(size), tokens(ui).text(tone));
    let rect = fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, words, font);
    explain(ui, rect, (name, words), hint);
}

/// A field's place within its row: 24 of the 28 points.
fn field(line: Rect, (from, to): (f32, f32)) -> Rect {
    span(line, from, to).shrink2(egui::vec2(0.0, 2.0))
}

/// Signed quantity and right.
fn quantity(ui: &Ui, line: Rect, valued: &LegRow) {
    let t = tokens(ui);
    let ink = if valued.quantity > 0 { t.up } else { t.dn };
    let font = fonts::mono(fonts::BODY);
    let words = format::quantity(i64::from(valued.quantity));
    let at = line.left_center();
    let drawn = fonts::write(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        &words,
        (font.clone(), ink),
    );
    let letter = match valued.contract.right() {
        Some(Right::Call) => "C",
        Some(Right::Put) => "P",
        None => "",
    };
    let at = Pos2::new((line.left() + 28.0).max(drawn.right() + 2.0), at.y);
    fonts::write(ui.painter(), at, Align2::LEFT_CENTER, letter, (font, t.tx2));
}

/// The strike with steppers: the listed grid, Shift coarser, Alt by one point.
fn strike_field(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    position: &Position,
    (rect, valued): (Rect, &LegRow),
    name: Name<'_>,
) {
    let contract = valued.contract;
    let Some(mut strike) = contract.strike() else {
        return;
    };
    let (root, market) = (contract.root(), editing.market());
    let issue = contract.listing_issue(editing.today());
    let hint = match &issue {
        Some(issue) => format!("{}\n{issue}", contract.label()),
        None => format!(
            "{}\nSteps on the listed grid, Shift {}, Alt one point. A moved leg is entered at the model's mark",
            contract.label(),
            format::trimmed(root.coarse_step_points(), 2),
        ),
    };
    let label = name.of("strike");
    let moved = |strike| with_strike(position, valued.index, strike, market);
    let check = |strike| editing.check_position(moved(strike));
    let committed = place(ui, rect, "strike", |ui| {
        NumberField::new(&mut strike, &label)
            .hint(&hint)
            .trimmed()
            .range(0.001..=99_999.0)
            .step(root.strike_step_points(strike_of(valued), valued.days))
            .shift_step(root.coarse_step_points())
            .alt_step(1.0)
            .steppers(true)
            .tone(if issue.is_some() {
                Tone::Warn
            } else {
                Tone::Plain
            })
            .width(rect.width())
            .check(&check)
            .show(ui)
            .committed
    });
    if let Some(strike) = committed {
        editing.replace_or_say(moved(strike));
    }
}

fn strike_of(valued: &LegRow) -> f64 {
    valued.contract.strike().unwrap_or_default()
}
