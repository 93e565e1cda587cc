//! Layouts that the user saved under a name; one that is damaged is refused and never takes others with it.

use serde::{Deserialize, Serialize};

use super::dock::{Dock, LayoutPreset};

/// Longest name of a layout, in characters.
pub const LONGEST_NAME: usize = 40;

/// A layout under its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedLayout {
    /// Its name.
    pub name: String,
    /// The dock as text; read only when it is asked for, so that damage stays its own.
    pub dock: String,
}

/// The saved layouts, in the order in which they were saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Layouts(Vec<SavedLayout>);

/// A request about layouts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutEdit {
    /// Show a layout that comes with the desk.
    Preset(LayoutPreset),
    /// Show a saved layout.
    Load(String),
    /// Save the layout that is showing under a name; a saved one of that name is replaced.
    Save(String),
    /// Give a saved layout another name.
    Rename {
        /// Its name so far.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Forget a saved layout.
    Delete(String),
}

/// Why a request about layouts is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// The name is empty.
    #[error("a layout needs a name")]
    NoName,
    /// The name is too long.
    #[error("a name has at most {LONGEST_NAME} characters")]
    LongName,
    /// The name is that of a layout that comes with the desk.
    #[error("“{0}” comes with Palisade: choose another name")]
    Reserved(String),
    /// Another saved layout has the name.
    #[error("another layout is called “{0}”")]
    Taken(String),
    /// No saved layout has the name.
    #[error("no layout is called “{0}”")]
    Unknown(String),
    /// The text of the layout is damaged.
    #[error("“{name}” cannot be read: {why}. The layout that is showing and all others stay")]
    Damaged {
        /// Its name.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// The layout that is showing cannot be written as text.
    #[error("this layout cannot be written")]
    Unwritable,
}

impl Layouts {
    /// The names, in the order in which they were saved.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|layout| layout.name.as_str())
    }

    /// Whether nothing is saved.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Saves a dock under a name, in place of one of that name.
    ///
    /// # Errors
    /// [`LayoutError`] when the name cannot be taken; nothing changed.
    pub fn save(&mut self, name: &str, dock: &Dock) -> Result<(), LayoutError> {
        let name = checked(name)?;
        let dock = dock.to_text().ok_or(LayoutError::Unwritable)?;
        match self.0.iter_mut().find(|layout| layout.name == name) {
            Some(layout) => layout.dock = dock,
            None => self.0.push(SavedLayout { name, dock }),
        }
        Ok(())
    }

    /// The dock saved under a name.
    ///
    /// # Errors
    /// [`LayoutError`] when there is none or its text is damaged; it is kept as it is.
    pub fn load(&self, name: &str) -> Result<Dock, LayoutError> {
        let layout = self.0.iter().find(|layout| layout.name == name);
        let layout = layout.ok_or_else(|| LayoutError::Unknown(name.to_owned()))?;
        Dock::read(&layout.dock).map_err(|why| LayoutError::Damaged {
            name: name.to_owned(),
            why,
        })
    }

    /// Gives a layout another name.
    ///
    /// # Errors
    /// [`LayoutError`] when there is no such layout or the name cannot be taken; nothing changed.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), LayoutError> {
        let to = checked(to)?;
        if from != to && self.names().any(|name| name == to) {
            return Err(LayoutError::Taken(to));
        }
        let layout = self.0.iter_mut().find(|layout| layout.name == from);
        layout
            .ok_or_else(|| LayoutError::Unknown(from.to_owned()))?
            .name = to;
        Ok(())
    }

    /// Forgets a layout. Returns whether there was one.
    pub fn delete(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|layout| layout.name != name);
        self.0.len() < before
    }
}

/// A name without blanks around it, if it can be taken.
fn checked(name: &str) -> Result<String, LayoutError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(LayoutError::NoName);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(LayoutError::LongName);
    }
    let is_preset = |preset: &LayoutPreset| preset.label().eq_ignore_ascii_case(name);
    if LayoutPreset::ALL.iter().any(is_preset) {
        return Err(LayoutError::Reserved(name.to_owned()));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::panels::PanelKind;

    fn two() -> Layouts {
        let mut layouts = Layouts::default();
        layouts
            .save(" Evening ", &LayoutPreset::WidePlot.dock())
            .expect("saved");
        let mut out = Dock::default();
        out.pop_out(PanelKind::Hedge);
        layouts.save("Two screens", &out).expect("saved");
        layouts
    }

    #[test]
    fn a_saved_layout_comes_back_through_the_workspace_file() {
        let text = ron::to_string(&two()).expect("text");
        let again: Layouts = ron::from_str(&text).expect("the same");
        assert_eq!(
            again.names().collect::<Vec<_>>(),
            ["Evening", "Two screens"]
        );
        assert_eq!(again.load("Evening"), Ok(LayoutPreset::WidePlot.dock()));
        let screens = again.load("Two screens").expect("whole");
        assert!(screens.is_out(PanelKind::Hedge));
    }

    #[test]
    fn a_damaged_layout_is_refused_and_the_others_stay() {
        let mut layouts = two();
        "(wide: nonsense".clone_into(&mut layouts.0[0].dock);
        let why = layouts.load("Evening").expect_err("damaged").to_string();
        assert!(why.contains("“Evening” cannot be read"), "{why}");
        assert!(layouts.load("Two screens").is_ok());
        assert_eq!(
            layouts.names().count(),
            2,
            "the damaged text is kept as well"
        );
    }

    #[test]
    fn saving_under_a_name_again_replaces() {
        let mut layouts = two();
        layouts.save("Evening", &Dock::default()).expect("saved");
        assert_eq!(layouts.names().count(), 2);
        assert_eq!(layouts.load("Evening"), Ok(Dock::default()));
    }

    #[test]
    fn names_are_checked() {
        let mut layouts = two();
        let dock = Dock::default();
        assert_eq!(layouts.save("  ", &dock), Err(LayoutError::NoName));
        let preset = LayoutError::Reserved("wide plot".to_owned());
        assert_eq!(layouts.save("wide plot", &dock), Err(preset));
        let taken = LayoutError::Taken("Evening".to_owned());
        assert_eq!(layouts.rename("Two screens", "Evening"), Err(taken));
        assert_eq!(
            layouts.save(&"x".repeat(41), &dock),
            Err(LayoutError::LongName)
        );
        assert_eq!(layouts.rename("Evening", "Night"), Ok(()));
        let gone = LayoutError::Unknown("Evening".to_owned());
        assert_eq!(layouts.load("Evening"), Err(gone));
        assert!(layouts.delete("Night") && !layouts.delete("Night"));
    }
}
