//! Finds the line and column where a named value stands in a RON text.
//!
//! A path names fields and list positions from the top: `layers[1].target_dte.value`. Struct names,
//! enum variants and `Some(…)` are transparent: they add nothing to the path.

/// A place in a text, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// The place of a byte offset, clamped to the end of the text.
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let last_line = before.rsplit('\n').next().unwrap_or(before);
        Self {
            line: 1 + before.matches('\n').count(),
            column: 1 + last_line.chars().count(),
        }
    }

    /// The byte offset of this place, the end of the text when it lies beyond it.
    pub fn offset_in(self, text: &str) -> usize {
        let mut start = 0;
        for _ in 1..self.line {
            match text[start..].find('\n') {
                Some(at) => start += at + 1,
                None => return text.len(),
            }
        }
        text[start..]
            .char_indices()
            .nth(self.column.saturating_sub(1))
            .map_or(text.len(), |(at, _)| start + at)
    }
}

/// Where the value at `path` begins, or where its nearest named ancestor does; the top of the text
/// when nothing of the path is there.
pub fn place_of(text: &str, path: &str) -> Place {
    let mut wanted = path;
    loop {
        if let Some(offset) = offset_of(text, wanted) {
            return Place::of_offset(text, offset);
        }
        match wanted.rfind(['.', '[']) {
            Some(cut) => wanted = &wanted[..cut],
            None => return Place { line: 1, column: 1 },
        }
    }
}

/// One open bracket.
enum Frame {
    /// `(` or `{`, with the field whose value is being read.
    Fields(Option<String>),
    /// `[`, with the position of the element being read.
    List(usize),
}

/// Walks a RON text, keeping the path of the value under way.
struct Walker<'a> {
    text: &'a str,
    at: usize,
    frames: Vec<Frame>,
    value_next: bool,
}

fn offset_of(text: &str, path: &str) -> Option<usize> {
    let mut walker = Walker {
        text,
        at: 0,
        frames: Vec::new(),
        value_next: false,
    };
    while walker.at < text.len() {
        if let Some(found) = walker.step(path) {
            return Some(found);
        }
    }
    None
}

impl Walker<'_> {
    fn step(&mut self, path: &str) -> Option<usize> {
        let rest = &self.text[self.at..];
        let head = rest.chars().next()?;
        let started = self.at;
        if head.is_whitespace() || rest.starts_with("//") || rest.starts_with("/*") {
            self.at += gap_len(rest);
            return None;
        }
        if let Some(name_len) = field_name_len(rest)
            && matches!(self.frames.last(), Some(Frame::Fields(_)))
        {
            let name = rest[..name_len].to_owned();
            self.frames.pop();
            self.frames.push(Frame::Fields(Some(name)));
            self.at += name_len + rest[name_len..].find(':').map_or(0, |colon| colon + 1);
            self.value_next = true;
            return None;
        }
        if matches!(head, ')' | ']' | '}' | ',') {
            self.close_or_advance(head);
            return None;
        }
        let begins = std::mem::take(&mut self.value_next) && self.path() == path;
        self.enter_or_skip(head, rest);
        begins.then_some(started)
    }

    fn close_or_advance(&mut self, head: char) {
        self.at += 1;
        if head != ',' {
            self.frames.pop();
            self.value_next = false;
        } else if let Some(Frame::List(index)) = self.frames.last_mut() {
            *index += 1;
            self.value_next = true;
        }
    }

    fn enter_or_skip(&mut self, head: char, rest: &str) {
        match head {
            '(' | '{' => {
                self.frames.push(Frame::Fields(None));
                self.at += 1;
            }
            '[' => {
                self.frames.push(Frame::List(0));
                self.value_next = true;
                self.at += 1;
            }
            '"' => self.at += string_len(rest),
            _ => self.at += word_len(rest),
        }
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for frame in &self.frames {
            match frame {
                Frame::Fields(Some(name)) if path.is_empty() => path.push_str(name),
                Frame::Fields(Some(name)) => {
                    path.push('.');
                    path.push_str(name);
                }
                Frame::Fields(None) => {}
                Frame::List(index) => path.extend(["[", &index.to_string(), "]"]),
            }
        }
        path
    }
}

/// Length of the white space or comment at the start of `rest`.
fn gap_len(rest: &str) -> usize {
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        rest.find("*/").map_or(rest.len(), |end| end + 2)
    } else {
        rest.len() - rest.trim_start().len()
    }
}

/// Length of a field name at the start of `rest`, when a colon follows it.
fn field_name_len(rest: &str) -> Option<usize> {
    let len = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    (len > 0 && rest[len..].trim_start().starts_with(':')).then_some(len)
}

/// Length of a quoted string at the start of `rest`, escapes skipped.
fn string_len(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Length of a word or number at the start of `rest`; at least one character.
fn word_len(rest: &str) -> usize {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    rest[first..]
        .find(|c: char| c.is_whitespace() || "(){}[],:\"".contains(c))
        .map_or(rest.len(), |len| first + len)
}

#[cfg(test)]
mod tests {
    use super::{Place, place_of};

    const TEXT: &str = r#"// heading: with, a colon
Campaign(
    schema: 1,
    name: "a \"name\": (x, [y]",
    marks: (spx: 6_000.5, vvix: Some(88.0)),
    positions: [
        (id: (1), legs: [(quantity: -10), (quantity: 0)]),
        (
            id: (2), /* legs: [ */
            legs: [],
        ),
    ],
)"#;

    #[test]
    fn a_value_is_found_where_it_begins() {
        for (path, line, column) in [
            ("schema", 3, 13),
            ("name", 4, 11),
            ("marks.spx", 5, 18),
            ("marks.vvix", 5, 33),
            ("positions[0].legs[1].quantity", 7, 54),
            ("positions[1]", 8, 9),
            ("positions[1].legs", 10, 19),
        ] {
            assert_eq!(place_of(TEXT, path), Place { line, column }, "{path}");
        }
    }

    #[test]
    fn a_value_left_out_is_reported_at_its_nearest_ancestor() {
        assert_eq!(place_of(TEXT, "marks.vix"), place_of(TEXT, "marks"));
        assert_eq!(
            place_of(TEXT, "nowhere.at[3].all"),
            Place { line: 1, column: 1 }
        );
    }

    #[test]
    fn places_and_offsets_agree() {
        for (offset, _) in TEXT.char_indices() {
            assert_eq!(Place::of_offset(TEXT, offset).offset_in(TEXT), offset);
        }
        let beyond = Place {
            line: 99,
            column: 1,
        };
        assert_eq!(beyond.offset_in(TEXT), TEXT.len());
    }

    #[test]
    fn damaged_text_ends_the_search_without_harm() {
        for cut in 0..TEXT.len() {
            if let Some(part) = TEXT.get(..cut) {
                let place = place_of(part, "positions[1].legs");
                assert!(place.line >= 1 && place.column >= 1);
            }
        }
    }
}
