//! The search line and the terms it finds, by letter; the arrow keys move through them.

use egui::{Align2, Key, Modifiers, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::{GlossaryView, Scroll};
use crate::policy::{Glossary, Term, TermKind};
use crate::ui::fuzzy::Fuzzy;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, tokens};
use crate::ui::{fonts, widgets};

/// Space left and right of a name, in points.
const INSET: f32 = 8.0;

/// Shows search and list over the available room.
pub(super) fn list_ui(ui: &mut Ui, view: &mut GlossaryView) {
    let before = view.query.clone();
    let (down, up) = steps(ui, view);
    let field = widgets::TextField::new(&mut view.query, "Search the glossary")
        .hint("Search")
        .icon(Icon::Search)
        .show(ui);
    if std::mem::take(&mut view.wants_keyboard) {
        field.response.request_focus();
    }
    let found = found(&view.query, view.kind);
    let is_new = view.query != before;
    let at = found
        .iter()
        .position(|term| Some(term.id.as_str()) == view.shown());
    let asked = if is_new && !view.query.trim().is_empty() {
        found.first().copied()
    } else if (down, up) != (0, 0) {
        let to = at.map_or_else(
            || down.saturating_sub(1),
            |at| (at + down).saturating_sub(up),
        );
        found.get(to).or_else(|| found.last()).copied()
    } else {
        None
    };
    if let Some(term) = asked {
        // typing and stepping are one look around, not a trail of pages
        view.shown = Some(term);
        view.scrolls = Some(if is_new {
            Scroll::Centre
        } else {
            Scroll::IntoView
        });
    }
    ui.add_space(8.0);
    rows(ui, view, &found);
}

/// Steps down and up that the arrow keys ask for while the keyboard is in the window.
fn steps(ui: &Ui, view: &GlossaryView) -> (usize, usize) {
    if !view.has_keyboard {
        return (0, 0);
    }
    ui.input_mut(|input| {
        let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown);
        let up = input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp);
        (down, up)
    })
}

/// The terms that match, best first; all of them in their order when nothing is typed.
fn found(query: &str, kind: Option<TermKind>) -> Vec<&'static Term> {
    let of_kind = Glossary::shipped()
        .terms()
        .iter()
        .filter(|term| kind.is_none_or(|kind| term.kind == kind));
    if query.trim().is_empty() {
        return of_kind.collect();
    }
    let mut search = Fuzzy::new(query);
    let mut scored: Vec<(u32, &'static Term)> = of_kind
        .filter_map(|term| score(&mut search, query, term).map(|score| (score, term)))
        .collect();
    scored.sort_by_key(|(score, term)| (std::cmp::Reverse(*score), term.term.len()));
    scored.into_iter().map(|(_, term)| term).collect()
}

/// The heading counts most, then the other names, then the very words in the meaning.
fn score(search: &mut Fuzzy, query: &str, term: &Term) -> Option<u32> {
    let heading = search.score(&term.term).map(|score| 2 * score + 4);
    let names = term.aliases.iter().filter_map(|name| search.score(name));
    let named = heading.into_iter().chain(names).max();
    let words = query.trim().to_lowercase();
    let is_said = words.len() > 2 && term.meaning.to_lowercase().contains(&words);
    named.or_else(|| is_said.then_some(0))
}

fn rows(ui: &mut Ui, view: &mut GlossaryView, found: &[&'static Term]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let is_sorted = view.query.trim().is_empty();
    let scrolls = std::mem::take(&mut view.scrolls);
    let mut asked = None;
    ScrollArea::vertical()
        .id_salt("terms")
        .auto_shrink(false)
        .show(ui, |ui| {
            if found.is_empty() {
                let ink = tokens(ui).tx2;
                ui.label(fonts::body("No term is called that").color(ink));
            }
            let has_shown = found
                .iter()
                .any(|term| Some(term.id.as_str()) == view.shown());
            let mut letter = None;
            for (index, term) in found.iter().enumerate() {
                let first = term.term.chars().next().map(|c| c.to_ascii_uppercase());
                if is_sorted && first != letter {
                    head(ui, first);
                    letter = first;
                }
                let is_shown = Some(term.id.as_str()) == view.shown();
                let takes_tab = is_shown || (!has_shown && index == 0);
                let response = row(ui, term, (is_shown, takes_tab));
                if is_shown && let Some(scroll) = scrolls {
                    let align = (scroll == Scroll::Centre).then_some(egui::Align::Center);
                    response.scroll_to_me(align);
                }
                if response.clicked() {
                    asked = Some(*term);
                }
            }
        });
    if let Some(term) = asked {
        view.show(term);
        view.scrolls = None;
    }
}

/// The letter above its terms.
fn head(ui: &mut Ui, letter: Option<char>) {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), FIELD_HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let at = rect.left_center() + vec2(INSET, 0.0);
    let words = letter.map(String::from).unwrap_or_default();
    let font = fonts::inter_strong(fonts::SMALL);
    fonts::write(ui.painter(), at, Align2::LEFT_CENTER, &words, (font, t.tx3));
}

fn row(ui: &mut Ui, term: &Term, (is_shown, takes_tab): (bool, bool)) -> Response {
    let t = tokens(ui);
    // one Tab stop for the whole list
    let sense = if takes_tab {
        Sense::click()
    } else {
        Sense::CLICK
    };
    let size = vec2(ui.available_width() - INSET, FIELD_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_shown, &term.term));
    let ink = if is_shown {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.accent_bg);
        t.tx
    } else if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.hover);
        t.tx
    } else {
        t.tx2
    };
    let room = rect.shrink2(vec2(INSET, 0.0));
    let font = fonts::inter(fonts::BODY);
    widgets::elided(ui.painter(), room, &term.term, font, ink);
    icons::focus_ring(ui, rect.shrink(2.0), &response);
    response
}

#[cfg(test)]
mod tests {
    use super::found;
    use crate::policy::TermKind;

    fn first(query: &str) -> &'static str {
        found(query, None)
            .first()
            .map_or("", |term| term.id.as_str())
    }

    #[test]
    fn search_finds_headings_other_names_and_meanings() {
        assert_eq!(first("vanna"), "vanna");
        assert_eq!(first("pop"), "probability-of-profit");
        assert_eq!(first("theta floor"), "theta-floor");
        assert_eq!(first("Durrleman"), "butterfly-arbitrage");
        assert_eq!(first("negative probability"), "butterfly-arbitrage");
        assert!(found("qqqq", None).is_empty());
    }

    #[test]
    fn a_kind_leaves_the_others_out() {
        let model = found("", Some(TermKind::Model));
        assert!(model.len() > 10 && model.iter().all(|term| term.kind == TermKind::Model));
        assert!(found("", None).len() > model.len());
    }
}
