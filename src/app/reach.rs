//! Palette and glossary in the loop: what opens them, and what a choice leads to.

use egui::Context;

use super::desk::Desk;
use crate::policy::Glossary;
use crate::ui::palette::{Palette, PaletteAnswer, entries, palette_ui};
use crate::ui::panels::PanelKind;
use crate::ui::top_strip::StripState;
use crate::ui::widgets::hint::term_in_question;
use crate::ui::{Action, Actions, UiCommand};

impl Desk {
    /// Whether something over the desk has the keyboard, so that shortcuts wait.
    pub(super) fn is_covered(&self) -> bool {
        self.dialog.is_some() || self.palette.is_some()
    }

    /// Turns pressed shortcuts into actions; while the palette is open only its own closes it.
    pub(super) fn take_shortcuts(&mut self, ctx: &Context, actions: &mut Actions) {
        if self.palette.is_some() {
            let keys = [
                UiCommand::Palette.shortcut(),
                UiCommand::Palette.second_shortcut(),
            ];
            for keys in keys.iter().flatten() {
                if ctx.input_mut(|input| input.consume_shortcut(keys)) {
                    self.palette = None;
                }
            }
        } else if self.dialog.is_none() {
            Self::shortcuts(ctx, actions);
        }
    }

    /// Shows the palette while it is open.
    pub(super) fn show_palette(&mut self, ctx: &Context, actions: &mut Actions) {
        let Some(palette) = &mut self.palette else {
            return;
        };
        let panels = self.session.panel_context(&self.workspace, super::clock());
        let state = StripState {
            is_dirty: self.session.is_dirty(),
            undo: self.session.undo_label(),
            redo: self.session.redo_label(),
            recent: &self.recent,
            windows_out: self.dock.windows().len(),
            worked_in: self.worked_in,
        };
        let all = entries(ctx, &panels, &state);
        match palette_ui(ctx, palette, &all, &self.workspace.palette_recent) {
            PaletteAnswer::Open => {}
            PaletteAnswer::Closed => self.palette = None,
            PaletteAnswer::Chosen(entry) => {
                entry.run(&panels, actions);
                self.palette = None;
            }
        }
    }

    /// Opens the palette, empty.
    pub(super) fn open_palette(&mut self) {
        self.palette = Some(Palette::default());
    }

    /// F1: the term of what the pointer or the keyboard is on; without one the glossary opens or closes.
    pub(super) fn toggle_glossary(&mut self, ctx: &Context) {
        match term_in_question(ctx) {
            None if self.glossary.is_open() => self.glossary.close(ctx),
            term => {
                let came_from = self.focus.take();
                self.glossary.open(came_from, term);
            }
        }
    }

    /// Opens the glossary at a term.
    pub(super) fn define(&mut self, id: &str) {
        let came_from = self.focus.take();
        self.glossary.open(came_from, Glossary::shipped().get(id));
    }

    /// Brings a panel to the front and moves the keyboard to it.
    pub(super) fn reach(&mut self, kind: PanelKind) {
        self.focus.take();
        self.dock.reach(kind);
    }

    /// The shortcuts of panels.
    pub(super) fn panel_shortcuts(ctx: &Context, actions: &mut Actions) {
        for kind in PanelKind::ALL {
            let Some(shortcut) = kind.shortcut() else {
                continue;
            };
            if ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
                actions.push(Action::Reach(kind));
            }
        }
    }
}
