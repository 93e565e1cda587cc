//! What the trader says of a campaign as a whole: setup, tags, own fields, pictures.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::{check_line, check_tag};
use crate::document::fault::Fault;

/// Most own fields of a campaign.
pub const MAX_CUSTOM_FIELDS: usize = 10;

/// What the trader says of a campaign as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Details {
    /// The plan it follows: “45-day, 16-delta”. One line.
    pub setup: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Own fields; names differ, at most [`MAX_CUSTOM_FIELDS`].
    pub custom: Vec<CustomField>,
    /// Pictures by path.
    pub pictures: Vec<Picture>,
}

/// A field of the trader's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomField {
    /// Its name, one line.
    pub name: String,
    /// Its value.
    pub value: CustomValue,
}

/// The value of an own field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CustomValue {
    /// Words.
    Text(String),
    /// A finite number, in whatever unit the name says.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(Date),
}

/// A picture on the trader's disk; the campaign keeps its path alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Its path, absolute or from the campaign's folder.
    pub path: String,
    /// What it shows, one line, may be empty.
    #[serde(default)]
    pub caption: String,
}

impl Details {
    /// Checks texts and numbers.
    pub(in crate::document) fn check(&self) -> Result<(), Fault> {
        check_line("setup", &self.setup)?;
        for (index, tag) in self.tags.iter().enumerate() {
            check_tag(&format!("tags[{index}]"), tag)?;
        }
        if self.custom.len() > MAX_CUSTOM_FIELDS {
            let expected = format!("at most {MAX_CUSTOM_FIELDS} fields");
            return Err(Fault::new(
                "custom",
                self.custom.len().to_string(),
                expected,
            ));
        }
        for (index, field) in self.custom.iter().enumerate() {
            let path = format!("custom[{index}]");
            self.check_field(index, field)
                .map_err(|fault| fault.within(&path))?;
        }
        for (index, picture) in self.pictures.iter().enumerate() {
            let path = format!("pictures[{index}]");
            if picture.path.trim().is_empty() {
                return Err(Fault::new(
                    path + ".path",
                    "nothing",
                    "the path of a picture",
                ));
            }
            check_line(&(path + ".caption"), &picture.caption)?;
        }
        Ok(())
    }

    fn check_field(&self, index: usize, field: &CustomField) -> Result<(), Fault> {
        check_line("name", &field.name)?;
        let earlier = &self.custom[..index];
        if field.name.trim().is_empty() || earlier.iter().any(|known| known.name == field.name) {
            let expected = "a name of its own";
            return Err(Fault::new("name", format!("{:?}", field.name), expected));
        }
        match &field.value {
            CustomValue::Number(number) if !number.is_finite() => {
                Err(Fault::new("value", number.to_string(), "a finite number"))
            }
            CustomValue::Text(_)
            | CustomValue::Number(_)
            | CustomValue::Flag(_)
            | CustomValue::Day(_) => Ok(()),
        }
    }
}
