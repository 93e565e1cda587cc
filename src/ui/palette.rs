//! The command palette: everything the desk can do, found by typing a few letters of its name.

mod entries;
mod row;

use egui::{Align2, Context, Frame, Id, Key, Margin, Modal, Modifiers, ScrollArea, Stroke, Ui};

pub use entries::{Entry, Run, entries};

use super::fonts;
use super::fuzzy::Fuzzy;
use super::icons::Icon;
use super::theme::{RADIUS_PANEL, tokens};
use super::widgets::TextField;

/// Width of the palette, in points; less in a small window.
const WIDTH: f32 = 600.0;
/// Distance from the top of the window, in points.
const TOP: f32 = 72.0;
/// Height of the line that is typed into, in points.
const LINE: f32 = 32.0;
/// Rows that fit without scrolling.
const ROWS: f32 = 12.0;
/// Most rows listed for a query.
const MOST: usize = 120;

/// What the palette remembers while it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    query: String,
    selected: usize,
    scrolls: bool,
}

/// What happened to the palette in a frame.
#[derive(Clone, Debug, PartialEq)]
pub enum PaletteAnswer {
    /// It stays open.
    Open,
    /// It was closed without a choice.
    Closed,
    /// An entry was chosen.
    Chosen(Box<Entry>),
}

/// An entry that matches what was typed.
struct Hit<'a> {
    entry: &'a Entry,
    score: u32,
    places: Vec<usize>,
}

/// Shows the palette over the dimmed desk. `recent` holds the keys of entries, last used first.
pub fn palette_ui(
    ctx: &Context,
    palette: &mut Palette,
    entries: &[Entry],
    recent: &[String],
) -> PaletteAnswer {
    let t = tokens(ctx);
    let frame = Frame::NONE
        .fill(t.pop)
        .stroke(Stroke::new(1.0, t.edge))
        .corner_radius(RADIUS_PANEL)
        .shadow(ctx.style_of(ctx.theme()).visuals.window_shadow)
        .inner_margin(Margin::same(8));
    let id = Id::unique("command palette");
    let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, [0.0, TOP]);
    let shown = Modal::new(id)
        .area(area)
        .frame(frame)
        .backdrop_color(t.backdrop())
        .show(ctx, |ui| {
            let room = ctx.content_rect().width() - 64.0;
            ui.set_width(WIDTH.min(room));
            ui.spacing_mut().item_spacing.y = 0.0;
            contents(ui, palette, entries, recent)
        });
    let should_close = shown.should_close();
    match shown.inner {
        Some(chosen) => PaletteAnswer::Chosen(Box::new(chosen)),
        None if should_close => PaletteAnswer::Closed,
        None => PaletteAnswer::Open,
    }
}

fn contents(
    ui: &mut Ui,
    palette: &mut Palette,
    entries: &[Entry],
    recent: &[String],
) -> Option<Entry> {
    let is_asked = keys(ui, palette);
    let field = TextField::new(&mut palette.query, "Command")
        .hint("Type a command, a panel or a term")
        .icon(Icon::Search)
        .height(LINE)
        .show(ui);
    if field.response.changed() {
        palette.selected = 0;
        palette.scrolls = true;
    }
    field.response.request_focus();
    ui.add_space(8.0);
    let hits = hits(&palette.query, entries, recent);
    palette.selected = palette.selected.min(hits.len().saturating_sub(1));
    let mut chosen = is_asked.then_some(palette.selected);
    if hits.is_empty() {
        let ink = tokens(ui).tx2;
        ui.add_space(4.0);
        ui.label(fonts::body("Nothing is called that").color(ink));
        ui.add_space(8.0);
    }
    ScrollArea::vertical()
        .max_height(ROWS * row::HEIGHT)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (index, hit) in hits.iter().enumerate() {
                let is_selected = index == palette.selected;
                let response = row::row(ui, hit.entry, &hit.places, is_selected);
                if is_selected && palette.scrolls {
                    response.scroll_to_me(None);
                }
                if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
                    palette.selected = index;
                }
                if response.clicked() {
                    chosen = Some(index);
                }
            }
        });
    palette.scrolls = false;
    foot(ui);
    let entry = hits.get(chosen?)?.entry;
    entry.disabled.is_none().then(|| entry.clone())
}

/// Moves the selection by the keys that the text line has no use for; whether Enter was pressed.
fn keys(ui: &Ui, palette: &mut Palette) -> bool {
    let page = ROWS as usize - 1;
    let before = palette.selected;
    let is_asked = ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if pressed(Key::ArrowDown) {
            palette.selected = palette.selected.saturating_add(1);
        }
        if pressed(Key::ArrowUp) {
            palette.selected = palette.selected.saturating_sub(1);
        }
        if pressed(Key::PageDown) {
            palette.selected = palette.selected.saturating_add(page);
        }
        if pressed(Key::PageUp) {
            palette.selected = palette.selected.saturating_sub(page);
        }
        pressed(Key::Enter)
    });
    palette.scrolls |= before != palette.selected;
    is_asked
}

fn foot(ui: &mut Ui) {
    let ink = tokens(ui).tx3;
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        for words in ["↑ ↓ choose", "Enter run", "Esc close"] {
            ui.label(fonts::caption(words).color(ink));
        }
    });
}

/// What is listed: for nothing typed the entries used last and then everything but the glossary, else
/// what matches, best first; entries used lately win a tie.
fn hits<'a>(query: &str, entries: &'a [Entry], recent: &[String]) -> Vec<Hit<'a>> {
    let rank = |entry: &Entry| {
        let used = recent.iter().position(|key| *key == entry.key);
        used.unwrap_or(recent.len())
    };
    let mut found: Vec<Hit<'a>> = if query.trim().is_empty() {
        entries
            .iter()
            .filter(|entry| !entry.is_term() || rank(entry) < recent.len())
            .map(|entry| Hit {
                entry,
                score: 0,
                places: Vec::new(),
            })
            .collect()
    } else {
        let mut search = Fuzzy::new(query);
        entries
            .iter()
            .filter_map(|entry| found_in(&mut search, entry))
            .collect()
    };
    let is_query = !query.trim().is_empty();
    found.sort_by_key(|hit| {
        let length = if is_query { hit.entry.title.len() } else { 0 };
        (std::cmp::Reverse(hit.score), rank(hit.entry), length)
    });
    found.truncate(MOST);
    found
}

/// An entry that matches by its title, or less well by one of its other names.
fn found_in<'a>(search: &mut Fuzzy, entry: &'a Entry) -> Option<Hit<'a>> {
    if let Some((score, places)) = search.places(&entry.title) {
        // what can be run comes before a definition of the same name, and that before what cannot
        let score = match (&entry.disabled, entry.is_term()) {
            (Some(_), _) => 4 * score,
            // there are many tables, and their names are those of other things
            (None, _) if entry.is_table() => 4 * score,
            (None, true) => 4 * score + 1,
            (None, false) => 4 * score + 2,
        };
        return Some(Hit {
            entry,
            score,
            places,
        });
    }
    let other = entry.also.iter().filter_map(|name| search.score(name));
    other.max().map(|score| Hit {
        entry,
        score,
        places: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::entries::{Entry, Run};
    use super::hits;
    use crate::ui::{Action, UiCommand};

    fn entry(title: &str, also: &[&str]) -> Entry {
        let run = Run::Act(Action::Run(UiCommand::Undo));
        Entry::new(title, title, run).also(also.iter().map(|name| (*name).to_owned()).collect())
    }

    fn titles(query: &str, entries: &[Entry], recent: &[&str]) -> Vec<String> {
        let recent: Vec<String> = recent.iter().map(|key| (*key).to_owned()).collect();
        hits(query, entries, &recent)
            .into_iter()
            .map(|hit| hit.entry.title.clone())
            .collect()
    }

    #[test]
    fn what_was_used_last_comes_first_when_nothing_is_typed() {
        let all = [entry("New", &[]), entry("Open", &[]), entry("Save", &[])];
        assert_eq!(titles("", &all, &[]), ["New", "Open", "Save"]);
        assert_eq!(
            titles(" ", &all, &["Save", "Open"]),
            ["Save", "Open", "New"]
        );
    }

    #[test]
    fn a_title_beats_another_name_and_nothing_matches_nothing() {
        let all = [
            entry("Define: Net vega band", &["undo"]),
            entry("Undo", &[]),
        ];
        assert_eq!(titles("undo", &all, &[]), ["Undo", "Define: Net vega band"]);
        assert!(titles("qqq", &all, &[]).is_empty());
    }

    #[test]
    fn terms_stay_out_of_the_way_until_something_is_typed() {
        let term = Entry::new(
            "term vanna",
            "Define: Vanna",
            Run::Act(Action::Define("vanna".into())),
        );
        let all = [entry("Undo", &[]), term];
        assert_eq!(titles("", &all, &[]), ["Undo"]);
        assert_eq!(titles("", &all, &["term vanna"]), ["Define: Vanna", "Undo"]);
        assert_eq!(titles("vanna", &all, &[]), ["Define: Vanna"]);
    }
}
