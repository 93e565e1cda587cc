//! Parameters, numbers of a rule pack, and problems.

use super::{Table, table, words};
use crate::market::ParamKey;
use crate::ui::PanelContext;
use crate::ui::format::trimmed;
use crate::ui::rule_words::source_label;
use crate::ui::widgets::Cell;

/// The parameters of the joint model.
pub(super) fn parameters(ctx: &PanelContext<'_>) -> Table {
    let rows = ParamKey::ALL.iter().map(|key| {
        let spec = key.spec();
        [
            words(spec.label),
            Cell::num(trimmed(ctx.campaign.model.value(*key), 6)),
            Cell::num(trimmed(spec.default, 6)),
            words(spec.unit),
            words(spec.source.label()),
            words(spec.why),
        ]
    });
    table(
        ["Parameter", "Value", "Shipped", "Unit", "Source", "Why"],
        rows,
    )
}

/// The numbers of the rule pack in force.
pub(super) fn numbers(ctx: &PanelContext<'_>) -> Table {
    let slots = ctx.pack.slots();
    let changes = ctx.pack.changes();
    let rows = slots.iter().map(|slot| {
        let number = slot.threshold;
        let change = changes.iter().find(|change| change.path == slot.path);
        let shipped = change.and_then(|change| change.shipped);
        [
            words(slot.path.as_str()),
            Cell::num(trimmed(number.value, 6)),
            Cell::num(trimmed(
                shipped.map_or(number.value, |shipped| shipped.value),
                6,
            )),
            words(slot.unit.label()),
            words(source_label(number.source)),
            words(number.why.as_str()),
        ]
    });
    table(
        ["Number", "Value", "Shipped", "Unit", "Source", "Why"],
        rows,
    )
}

/// What could not be valued, and what is assumed.
pub(super) fn problems(ctx: &PanelContext<'_>) -> Table {
    let problems = ctx.valuation.problems.iter();
    let rows = problems.map(|problem| {
        [
            words(problem.subject.as_str()),
            words(problem.message.as_str()),
        ]
    });
    table(["About", "Problem"], rows)
}
