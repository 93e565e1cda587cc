//! Placeholder sentence.

use super::collector::Collector;

pub(super) fn gather(facts: &mut Collector<'_>) {
    let _ = facts.days;
}
