//! Cuts a quick-entry line into words, with the bytes at which each stands.

use std::ops::Range;

use super::QuickEntryError;

/// A word, or one of the signs `/` and `@`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub range: Range<usize>,
}

/// A line and the words of it that are not read yet.
pub(super) struct Words<'a> {
    line: &'a str,
    tokens: Vec<Token<'a>>,
    next: usize,
}

impl<'a> Words<'a> {
    /// Cuts the line at white space, around `/` and `@`, and between a number and the letters that
    /// end a word (`22C` is `22` and `C`, but `15JAN27` is one word).
    pub fn of(line: &'a str) -> Self {
        let mut tokens = Vec::new();
        let mut start = None;
        for (at, sign) in line.char_indices() {
            let alone = matches!(sign, '/' | '@');
            if !alone && !sign.is_whitespace() {
                start = start.or(Some(at));
                continue;
            }
            if let Some(start) = start.take() {
                push_word(&mut tokens, line, start..at);
            }
            if alone {
                push(&mut tokens, line, at..at + sign.len_utf8());
            }
        }
        if let Some(start) = start {
            push_word(&mut tokens, line, start..line.len());
        }
        Self {
            line,
            tokens,
            next: 0,
        }
    }

    /// The `ahead`-th unread word, from 0.
    pub fn peek(&self, ahead: usize) -> Option<&Token<'a>> {
        self.tokens.get(self.next + ahead)
    }

    /// Reads a word, or says that `expected` is missing at the end.
    pub fn take(&mut self, expected: &str) -> Result<Token<'a>, QuickEntryError> {
        let token = self
            .peek(0)
            .cloned()
            .ok_or_else(|| self.error_at(self.end(), expected))?;
        self.next += 1;
        Ok(token)
    }

    /// Reads the word if it is this one.
    pub fn take_if(&mut self, text: &str) -> bool {
        let is_next = self.peek(0).is_some_and(|token| token.text == text);
        if is_next {
            self.next += 1;
        }
        is_next
    }

    /// Skips so many words.
    pub fn skip(&mut self, words: usize) {
        self.next += words;
    }

    /// An error about some bytes of the line.
    pub fn error_at(&self, range: Range<usize>, expected: impl Into<String>) -> QuickEntryError {
        QuickEntryError {
            found: self.line.get(range.clone()).unwrap_or_default().to_owned(),
            start: range.start,
            end: range.end,
            expected: expected.into(),
        }
    }

    /// The empty range after the last word.
    fn end(&self) -> Range<usize> {
        let end = self.line.trim_end().len();
        end..end
    }
}

/// Adds a word, cut in two where a number is followed by nothing but letters.
fn push_word<'a>(tokens: &mut Vec<Token<'a>>, line: &'a str, range: Range<usize>) {
    let word = &line[range.clone()];
    let number = word.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    let numeric = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',');
    let cut = range.start + number.len();
    if !number.is_empty() && cut < range.end && number.chars().all(numeric) {
        push(tokens, line, range.start..cut);
        push(tokens, line, cut..range.end);
    } else {
        push(tokens, line, range);
    }
}

fn push<'a>(tokens: &mut Vec<Token<'a>>, line: &'a str, range: Range<usize>) {
    tokens.push(Token {
        text: &line[range.clone()],
        range,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<&str> {
        Words::of(line).tokens.iter().map(|t| t.text).collect()
    }

    #[test]
    fn cuts_where_a_trader_would() {
        assert_eq!(
            texts("-10 SPX 15JAN27 6000/6,050 PV@6.40"),
            [
                "-10", "SPX", "15JAN27", "6000", "/", "6,050", "PV", "@", "6.40"
            ]
        );
        assert_eq!(texts("22C @ 1"), ["22", "C", "@", "1"]);
        assert_eq!(texts(" \t"), [""; 0]);
    }

    #[test]
    fn ranges_are_bytes_of_the_line() {
        let line = "−10 SPX  7000IC";
        for token in &Words::of(line).tokens {
            assert_eq!(&line[token.range.clone()], token.text);
        }
    }
}
