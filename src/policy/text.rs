//! Reads our RON texts: the schema first, then the whole, every error with line, column and what was expected.

use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::place::{Place, place_of};

/// What is wrong with a text, and where.
///
/// Displays as `LINE: COLUMN: found …: expected …`; whoever knows the file puts its name in front.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}: found {found}: expected {expected}", .place.line, .place.column)]
pub struct TextError {
    /// Where the trouble stands.
    pub place: Place,
    /// What stands there.
    pub found: String,
    /// What should stand there.
    pub expected: String,
}

impl TextError {
    /// An error about the value at `path` (see [`place_of`]).
    pub fn at_path(
        text: &str,
        path: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            place: place_of(text, path),
            found: found.into(),
            expected: expected.into(),
        }
    }
}

/// The options all our files are read with: `Some(x)` may be written plainly as `x`.
fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// The one field that every file of ours carries, whatever the file is called and whatever else it holds.
struct SchemaOnly {
    schema: u32,
}

impl<'de> Deserialize<'de> for SchemaOnly {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SchemaVisitor)
    }
}

struct SchemaVisitor;

impl<'de> Visitor<'de> for SchemaVisitor {
    type Value = SchemaOnly;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("fields in parentheses, `schema` among them")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut fields: M) -> Result<SchemaOnly, M::Error> {
        let mut schema = None;
        while let Some(name) = fields.next_key::<String>()? {
            if name == "schema" {
                schema = Some(fields.next_value()?);
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        schema
            .map(|schema| SchemaOnly { schema })
            .ok_or_else(|| serde::de::Error::missing_field("schema"))
    }
}

/// Reads the `schema` of a text, ignoring everything else in it.
///
/// # Errors
/// [`TextError`] when the text is damaged or has no `schema`.
pub fn schema_of(text: &str) -> Result<u32, TextError> {
    parse::<SchemaOnly>(text).map(|file| file.schema)
}

/// Reads a value from RON after checking that its schema is one this program knows.
///
/// `supported` is the newest schema understood; older ones down to 1 are accepted too.
///
/// # Errors
/// [`TextError`]: an unknown schema (checked before anything else), damage, a missing or unknown field.
pub fn read<T: DeserializeOwned>(text: &str, supported: u32) -> Result<T, TextError> {
    let schema = match schema_of(text) {
        Ok(schema) => schema,
        // Damage: whoever knows the fields can say more about it.
        Err(vague) => return Err(parse::<T>(text).err().unwrap_or(vague)),
    };
    if schema == 0 || schema > supported {
        return Err(TextError::at_path(
            text,
            "schema",
            format!("schema {schema}"),
            format!(
                "schema 1 to {supported}; this file was made by another version of Palisade, which can still open it"
            ),
        ));
    }
    parse(text)
}

/// Reads a value from RON that carries no schema of its own.
///
/// # Errors
/// [`TextError`] with the place of the damage.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, TextError> {
    options()
        .from_str(text)
        .map_err(|error| explain(text, &error))
}

/// The name that stands before the outermost bracket, such as `RulePack`; `None` without one.
pub fn root_name(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        rest = if let Some(comment) = rest.strip_prefix("//") {
            comment.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, after)| after)
        } else if let Some(attribute) = rest.strip_prefix("#!") {
            attribute.split_once(']').map_or("", |(_, after)| after)
        } else {
            break;
        };
        rest = rest.trim_start();
    }
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// Our error from RON's: same place, `found` and `expected` told apart.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "RON's error is not ours, and may grow; what has no better words keeps RON's"
)]
fn explain(text: &str, error: &ron::error::SpannedError) -> TextError {
    let at = if error.code == ron::Error::Eof {
        error.span.end
    } else {
        error.span.start
    };
    let place = Place {
        line: at.line,
        column: at.col,
    };
    let (place, found, expected) = match &error.code {
        ron::Error::NoSuchStructField {
            expected, found, ..
        } => (
            place_of_word(text, place, found),
            format!("field `{found}`"),
            one_of("field", expected),
        ),
        ron::Error::NoSuchEnumVariant {
            expected, found, ..
        } => (
            place_of_word(text, place, found),
            format!("`{found}`"),
            one_of("value", expected),
        ),
        ron::Error::MissingStructField { field, outer } => (
            place,
            format!("the end of {}", outer.as_deref().unwrap_or("the structure")),
            format!("field `{field}` before it"),
        ),
        ron::Error::DuplicateStructField { field, .. } => (
            place,
            format!("field `{field}` a second time"),
            "each field once".to_owned(),
        ),
        ron::Error::InvalidValueForType { expected, found } => {
            (place, found.clone(), expected.clone())
        }
        other => (place, excerpt(text, place), lower_expected(other)),
    };
    TextError {
        place,
        found,
        expected,
    }
}

/// The parser points behind or before an offending name; this points at it.
fn place_of_word(text: &str, near: Place, word: &str) -> Place {
    let at = near.offset_in(text);
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[line_start..]
        .find(word)
        .map_or(near, |found| Place::of_offset(text, line_start + found))
}

fn one_of(what: &str, names: &[&str]) -> String {
    match names {
        [] => format!("no {what} here"),
        [only] => format!("{what} `{only}`"),
        many => format!("one of `{}`", many.join("`, `")),
    }
}

fn lower_expected(code: &ron::Error) -> String {
    let message = code.to_string();
    match message.strip_prefix("Expected ") {
        Some(rest) => rest.to_owned(),
        None => format!("readable RON ({message})"),
    }
}

/// The word that stands at a place, shortened.
fn excerpt(text: &str, place: Place) -> String {
    let rest = text[place.offset_in(text)..].trim_start();
    let word = rest
        .split(|c: char| c.is_whitespace() || c == ',')
        .next()
        .unwrap_or(rest);
    if rest.is_empty() {
        return "the end of the file".to_owned();
    }
    let short = word.chars().take(24).collect::<String>();
    if short.is_empty() {
        "','".to_owned()
    } else {
        format!("'{short}'")
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{parse, read, root_name};

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        schema: u32,
        spx: f64,
        vvix: Option<f64>,
        side: Side,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Side {
        Call,
        Put,
    }

    #[test]
    fn a_good_text_is_read_and_some_may_be_left_out() {
        for vvix in ["Some(88.0)", "88.0"] {
            let text = format!("Sample(schema: 1, spx: 6000, vvix: {vvix}, side: Put)");
            let sample: Sample = read(&text, 1).expect("valid");
            assert_eq!(sample.vvix, Some(88.0));
            assert_eq!(sample.side, Side::Put);
        }
    }

    #[test]
    fn the_name_of_a_text_is_found_behind_comments() {
        for (text, name) in [
            (
                "// a (b\n/* c( */ #![enable(implicit_some)]\n Pack (x: 1)",
                Some("Pack"),
            ),
            ("(schema: 1)", None),
            ("// only a comment", None),
            ("", None),
        ] {
            assert_eq!(root_name(text), name, "{text}");
        }
    }

    #[test]
    fn an_unknown_schema_is_refused_before_anything_else() {
        let text =
            "Sample(\n  spx: \"not even a number\",\n  schema: 7,\n  new_field: [1, Two(3)],\n)";
        let error = read::<Sample>(text, 1).expect_err("schema 7");
        assert_eq!((error.place.line, error.place.column), (3, 11));
        assert!(
            error
                .to_string()
                .starts_with("3: 11: found schema 7: expected schema 1 to 1;"),
            "{error}"
        );
        read::<Sample>("(schema: 0)", 1).expect_err("schema 0 never existed");
    }

    #[test]
    fn every_kind_of_damage_names_its_line_what_was_found_and_what_was_expected() {
        for (text, line, found, expected) in [
            (
                "(schema: 1,\n spx: x,\n vvix: None, side: Put)",
                2,
                "'x'",
                "float",
            ),
            (
                "(schema: 1,\n spx: 1.0,\n vvox: None, side: Put)",
                3,
                "field `vvox`",
                "`vvix`",
            ),
            (
                "(schema: 1,\n spx: 1.0,\n vvix: None,\n side: Pat)",
                4,
                "`Pat`",
                "`Call`, `Put`",
            ),
            (
                "(schema: 1,\n spx: 1.0,\n vvix: None)",
                3,
                "the end of Sample",
                "field `side`",
            ),
            (
                "(schema: 1,\n spx: 1.0,\n spx: 2.0)",
                3,
                "field `spx` a second time",
                "once",
            ),
            (
                "(schema: 1,\n spx: 1.0,\n vvix: None,\n side:",
                4,
                "the end of the file",
                "",
            ),
            ("", 1, "the end of the file", ""),
        ] {
            let error = parse::<Sample>(text).expect_err(text);
            assert_eq!(error.place.line, line, "{text}\n{error}");
            assert!(error.found.contains(found), "{text}\n{error}");
            assert!(error.expected.contains(expected), "{text}\n{error}");
        }
    }
}
