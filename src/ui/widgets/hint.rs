//! Tooltips that know the glossary: what a control means, which term explains it, and what F1 opens.
//!
//! A control finds its term by its own name, so the widgets of this room link themselves. Which term the
//! pointer is over, and which one the keyboard is on, is noted in egui's memory while a frame is drawn.

use egui::{Context, Id, Response, Ui};

use crate::policy::{Glossary, Term};
use crate::ui::fonts;
use crate::ui::theme::tokens;

/// A term noted in a frame.
#[derive(Clone, Copy)]
struct Noted {
    frame: u64,
    term: &'static Term,
}

fn slot(is_pointed: bool) -> Id {
    Id::unique(("glossary term", is_pointed))
}

/// Explains a control on hover, with its term of the glossary as a last line; F1 then opens that term.
///
/// `name` is the control's name; an empty `text` shows the term's line alone, or nothing.
pub fn hint(response: Response, name: &str, text: &str) -> Response {
    note(&response, name);
    if !response.hovered() {
        return response;
    }
    let term = Glossary::shipped().find(name);
    if term.is_none() && text.is_empty() {
        return response;
    }
    response.on_hover_ui(|ui| {
        if !text.is_empty() {
            ui.label(text);
        }
        if let Some(term) = term {
            term_line(ui, term);
        }
    })
}

/// Explains a group of controls on hover, with the term of the part that the pointer is over.
pub fn group_hint(response: Response, text: &str) -> Response {
    let pointed = noted(&response.ctx, true, 0);
    response.on_hover_ui(|ui| {
        ui.label(text);
        if let Some(term) = pointed {
            term_line(ui, term);
        }
    })
}

/// The last line of a tooltip: what F1 opens.
fn term_line(ui: &mut Ui, term: &Term) {
    let ink = tokens(ui).tx3;
    ui.label(fonts::caption(format!("F1: {}", term.term)).color(ink));
}

/// Notes the term of a control that the pointer or the keyboard is on, without a tooltip.
pub fn note(response: &Response, name: &str) {
    let is_pointed = response.hovered();
    if !is_pointed && !response.has_focus() {
        return;
    }
    if let Some(term) = Glossary::shipped().find(name) {
        let frame = response.ctx.cumulative_frame_nr();
        let noted = Noted { frame, term };
        response
            .ctx
            .data_mut(|data| data.insert_temp(slot(is_pointed), noted));
    }
}

/// The term noted at most `frames` frames ago.
fn noted(ctx: &Context, is_pointed: bool, frames: u64) -> Option<&'static Term> {
    let now = ctx.cumulative_frame_nr();
    ctx.data(|data| data.get_temp::<Noted>(slot(is_pointed)))
        .filter(|noted| now.saturating_sub(noted.frame) <= frames)
        .map(|noted| noted.term)
}

/// The term that F1 opens: that under the pointer in the frame drawn last, else that of the keyboard.
pub fn term_in_question(ctx: &Context) -> Option<&'static Term> {
    noted(ctx, true, 1).or_else(|| noted(ctx, false, 1))
}
