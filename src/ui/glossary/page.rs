//! The page of a term: meaning, formula, unit and sign, source, related terms.

use egui::{Frame, Label, Margin, ScrollArea, Ui};

use super::GlossaryView;
use crate::policy::{Glossary, Term};
use crate::ui::theme::{GAP, RADIUS_PANEL, tokens};
use crate::ui::{fonts, widgets};

/// Shows the page over the available room.
pub(super) fn page_ui(ui: &mut Ui, view: &mut GlossaryView) {
    let Some(term) = view.shown else { return };
    let mut asked = None;
    ScrollArea::vertical()
        .id_salt(("page", &term.id))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.set_width(ui.available_width() - GAP);
            asked = page(ui, term);
        });
    if let Some(term) = asked {
        view.show(term);
    }
}

fn page(ui: &mut Ui, term: &Term) -> Option<&'static Term> {
    let t = tokens(ui);
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.label(fonts::verdict(&term.term));
    ui.label(fonts::caption(under_heading(term)).color(t.tx3));
    ui.add_space(GAP);
    ui.add(Label::new(fonts::body(&term.meaning).color(t.tx)).wrap());
    if let Some(formula) = &term.formula {
        ui.add_space(GAP);
        Frame::NONE
            .fill(t.field)
            .corner_radius(RADIUS_PANEL)
            .inner_margin(Margin::same(GAP as i8))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.add(Label::new(fonts::num(formula).color(t.tx)).wrap());
            });
    }
    named(ui, "Unit and sign", &term.unit);
    named(ui, "Source", &term.source);
    see_also(ui, term)
}

/// Kind and the other names.
fn under_heading(term: &Term) -> String {
    let names = term.aliases.iter().take(5).cloned();
    std::iter::once(term.kind.label().to_owned())
        .chain(names)
        .collect::<Vec<_>>()
        .join("  ·  ")
}

fn named(ui: &mut Ui, name: &str, words: &str) {
    let t = tokens(ui);
    ui.add_space(GAP);
    ui.label(fonts::caption_strong(name).color(t.tx2));
    ui.add(Label::new(fonts::body(words).color(t.tx2)).wrap());
}

fn see_also(ui: &mut Ui, term: &Term) -> Option<&'static Term> {
    let glossary = Glossary::shipped();
    let links: Vec<&'static Term> = term.see.iter().filter_map(|id| glossary.get(id)).collect();
    if links.is_empty() {
        return None;
    }
    let t = tokens(ui);
    ui.add_space(GAP);
    ui.label(fonts::caption_strong("See also").color(t.tx2));
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        for link in links {
            if widgets::secondary(ui, &link.term).clicked() {
                asked = Some(link);
            }
        }
    });
    asked
}
