//! The dock as text, and back: damaged text is refused with a reason, panels of a newer desk are added.

use std::collections::BTreeSet;

use egui_tiles::{Container, Tile, TileId, Tree};

use super::Dock;
use crate::ui::panels::PanelKind;

impl Dock {
    /// A dock from its text. Panels that the text does not know yet stand beside the others.
    ///
    /// # Errors
    /// Why the text is no dock, in words that complete “cannot be read: …”.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut dock: Self = ron::from_str(text).map_err(|error| error.to_string())?;
        for tree in dock.trees_mut() {
            let held = reachable(tree)?;
            for kind in PanelKind::ALL {
                if !held.contains(&kind.label()) {
                    add_pane(tree, kind)?;
                }
            }
        }
        let mut seen = Vec::new();
        dock.windows.retain(|window| {
            let is_new = !seen.contains(&window.kind);
            seen.push(window.kind);
            let numbers = window.size.iter().chain(window.position.iter().flatten());
            is_new && numbers.into_iter().all(|number| number.is_finite())
        });
        dock.hide_what_is_out();
        Ok(dock)
    }

    /// The dock as text, to be kept in the workspace; `None` when it cannot be written.
    pub fn to_text(&self) -> Option<String> {
        ron::to_string(self).ok()
    }
}

/// The labels of the panels that can be reached from the root.
fn reachable(tree: &Tree<PanelKind>) -> Result<BTreeSet<&'static str>, String> {
    let mut held = BTreeSet::new();
    let mut visited: Vec<TileId> = Vec::new();
    let mut open = vec![tree.root().ok_or("it has no root")?];
    while let Some(tile) = open.pop() {
        if visited.contains(&tile) {
            return Err("a place is named twice".to_owned());
        }
        visited.push(tile);
        match tree.tiles.get(tile) {
            None => return Err("a place is missing".to_owned()),
            Some(Tile::Pane(kind)) => {
                if !held.insert(kind.label()) {
                    return Err(format!("{} stands in it twice", kind.label()));
                }
            }
            Some(Tile::Container(container)) => open.extend(container.children()),
        }
    }
    if visited.len() < tree.tiles.len() {
        return Err("a panel stands nowhere".to_owned());
    }
    Ok(held)
}

/// Adds a panel to the first group of tabs, else beside everything.
fn add_pane(tree: &mut Tree<PanelKind>, kind: PanelKind) -> Result<(), String> {
    let root = tree.root().ok_or("it has no root")?;
    let pane = tree.tiles.insert_pane(kind);
    let groups = tree.tiles.iter().filter_map(|(id, tile)| match tile {
        Tile::Container(Container::Tabs(tabs)) => Some((tabs.children.len(), *id)),
        Tile::Container(Container::Linear(_) | Container::Grid(_)) | Tile::Pane(_) => None,
    });
    // the largest group, and of equal ones the first, whatever the order of the map
    let largest = groups.max_by_key(|(count, id)| (*count, std::cmp::Reverse(id.0)));
    let place = largest.map_or(root, |(_, id)| id);
    match tree.tiles.get_mut(place) {
        Some(Tile::Container(container)) => container.add_child(pane),
        Some(Tile::Pane(_)) | None => {
            tree.root = Some(tree.tiles.insert_tab_tile(vec![root, pane]));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::LayoutPreset;
    use super::*;

    fn text(dock: &Dock) -> String {
        dock.to_text().expect("a dock is written")
    }

    #[test]
    fn every_preset_holds_every_panel_once_and_comes_back_from_its_text() {
        for preset in LayoutPreset::ALL {
            let mut dock = preset.dock();
            for tree in dock.trees_mut() {
                let held = reachable(tree).expect("whole");
                assert_eq!(held.len(), PanelKind::ALL.len(), "{}", preset.label());
            }
            assert_eq!(Dock::read(&text(&dock)).as_ref(), Ok(&dock));
        }
    }

    #[test]
    fn panels_that_are_out_are_kept_and_unseen() {
        let mut dock = Dock::default();
        dock.pop_out(PanelKind::Hedge);
        dock.windows[0].position = Some([40.0, 60.0]);
        dock.hide_what_is_out();
        let again = Dock::read(&text(&dock)).expect("whole");
        assert_eq!(again, dock);
        let tile = again.wide.tiles.find_pane(&PanelKind::Hedge).expect("kept");
        assert!(!again.wide.is_visible(tile));
        let mut back = again;
        back.put_back(PanelKind::Hedge);
        assert!(back.wide.is_visible(tile) && back.windows().is_empty());
    }

    #[test]
    fn damaged_text_is_refused_with_a_reason() {
        let whole = text(&Dock::default());
        for bad in ["", "(wide: 5)", &whole[..whole.len() / 2]] {
            assert!(Dock::read(bad).is_err_and(|why| !why.is_empty()), "{bad}");
        }
        let twice = whole.replace("Pane(Journal)", "Pane(Market)");
        assert!(Dock::read(&twice).is_err_and(|why| why.contains("twice")));
    }

    #[test]
    fn a_panel_that_the_text_does_not_know_is_added() {
        let mut dock = Dock::default();
        for tree in dock.trees_mut() {
            let tile = tree.tiles.find_pane(&PanelKind::Smile).expect("held");
            tree.remove_recursively(tile);
        }
        let mut read = Dock::read(&text(&dock)).expect("mended");
        for tree in read.trees_mut() {
            assert!(reachable(tree).expect("whole").contains("Smile"));
        }
    }
}
