//! Views of the list of campaigns that the user keeps: a name, a filter and an order.

use serde::{Deserialize, Serialize};

use super::widgets::data_table::TableOrder;

/// Most views that are kept.
pub const MAX_LISTS: usize = 12;
/// Longest name of one, in characters.
pub const MAX_LIST_NAME: usize = 40;

/// A view of the list of campaigns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalList {
    /// Its name, which no other has.
    pub name: String,
    /// What is typed into the filter.
    #[serde(default)]
    pub filter: String,
    /// How it is ordered.
    #[serde(default)]
    pub order: Option<TableOrder>,
}

/// Keeps a view under its name, in place of one that has it; the oldest goes when there are too many. Without a name
/// nothing is kept.
pub fn keep(lists: &mut Vec<JournalList>, new: JournalList) {
    let name: String = new.name.trim().chars().take(MAX_LIST_NAME).collect();
    if name.is_empty() {
        return;
    }
    let new = JournalList { name, ..new };
    match lists.iter_mut().find(|list| list.name == new.name) {
        Some(known) => *known = new,
        None => lists.push(new),
    }
    let over = lists.len().saturating_sub(MAX_LISTS);
    lists.drain(..over);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(name: &str, filter: &str) -> JournalList {
        JournalList {
            name: name.to_owned(),
            filter: filter.to_owned(),
            order: None,
        }
    }

    #[test]
    fn a_name_is_kept_once_and_not_too_many_are() {
        let mut lists = Vec::new();
        keep(&mut lists, list(" Losses ", "loss"));
        keep(&mut lists, list("Losses", "loss since:2025"));
        assert_eq!(lists, [list("Losses", "loss since:2025")]);
        keep(&mut lists, list("  ", "win"));
        assert_eq!(lists.len(), 1, "one without a name is none");
        for number in 0..MAX_LISTS {
            keep(&mut lists, list(&format!("View {number}"), ""));
        }
        assert_eq!(lists.len(), MAX_LISTS);
        assert_eq!(lists[0].name, "View 0", "the oldest went");
    }
}
