//! Words for the state of a rule and the source of a number, as labels write them.

use crate::policy::Provenance;
use crate::rule::RuleState;

/// A rule's state as a label.
pub const fn state_label(state: RuleState) -> &'static str {
    match state {
        RuleState::Pass => "Pass",
        RuleState::Info => "Info",
        RuleState::Alert => "Alert",
        RuleState::Breach => "Breach",
        RuleState::NoData => "No data",
    }
}

/// Who states a number, as a label.
pub const fn source_label(source: Provenance) -> &'static str {
    match source {
        Provenance::Method => "Method",
        Provenance::MethodVariant => "Method variant",
        Provenance::Palisade => "Palisade",
        Provenance::Own => "Own",
    }
}

#[cfg(test)]
mod tests {
    use super::{source_label, state_label};
    use crate::policy::Provenance;
    use crate::rule::RuleState;

    #[test]
    fn labels_are_the_words_of_reports_in_sentence_case() {
        let plain = |label: &str| label.to_lowercase().replace(' ', "-");
        for state in [
            RuleState::Pass,
            RuleState::Info,
            RuleState::Alert,
            RuleState::Breach,
            RuleState::NoData,
        ] {
            assert_eq!(plain(state_label(state)), state.label().replace(' ', "-"));
        }
        for source in [
            Provenance::Method,
            Provenance::MethodVariant,
            Provenance::Palisade,
            Provenance::Own,
        ] {
            assert_eq!(plain(source_label(source)), source.label());
        }
    }
}
