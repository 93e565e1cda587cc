//! Finds what was typed inside names, letters in order but with gaps, and says which letters matched.

use std::fmt;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// A search for what was typed; words in any order, case and accents ignored.
pub struct Fuzzy {
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl fmt::Debug for Fuzzy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Fuzzy").finish_non_exhaustive()
    }
}

impl Fuzzy {
    /// A search for `query`; an empty one matches everything with score 0.
    pub fn new(query: &str) -> Self {
        Self {
            pattern: Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart),
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }

    /// How well `text` matches, higher is better; `None` when it does not.
    pub fn score(&mut self, text: &str) -> Option<u32> {
        let haystack = Utf32Str::new(text, &mut self.buffer);
        self.pattern.score(haystack, &mut self.matcher)
    }

    /// As [`Self::score`], with the places of the matched characters, ascending.
    pub fn places(&mut self, text: &str) -> Option<(u32, Vec<usize>)> {
        let haystack = Utf32Str::new(text, &mut self.buffer);
        let mut found = Vec::new();
        let score = self
            .pattern
            .indices(haystack, &mut self.matcher, &mut found)?;
        found.sort_unstable();
        found.dedup();
        Some((score, found.into_iter().map(|at| at as usize).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::Fuzzy;

    #[test]
    fn letters_match_in_order_with_gaps() {
        let mut search = Fuzzy::new("gpay");
        let (_, places) = search.places("Go to Payoff").expect("it matches");
        assert_eq!(places, [0, 6, 7, 8]);
        assert!(search.score("Payoff, go").is_none());
    }

    #[test]
    fn the_beginning_of_a_word_beats_its_middle() {
        let mut search = Fuzzy::new("van");
        let whole = search.score("Define: Vanna");
        let inside = search.score("Show the advance line");
        assert!(whole > inside && inside.is_some());
    }

    #[test]
    fn nothing_typed_matches_everything() {
        assert_eq!(Fuzzy::new("").score("Undo"), Some(0));
        assert_eq!(
            Fuzzy::new("").places("Undo").map(|found| found.1),
            Some(vec![])
        );
    }

    #[test]
    fn words_may_come_in_any_order() {
        assert!(Fuzzy::new("theme dark").score("Dark theme").is_some());
    }
}
