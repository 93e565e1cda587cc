//! Tables taken along: which one a command means, and what is said and saved of what a table handed over.

use egui::{Context, Rect};

use super::desk::Desk;
use crate::journal::CampaignReview;
use crate::ui::export::Export;
use crate::ui::export::csv::journal::{JournalTable, Reviewed, campaigns};
use crate::ui::panels::PanelKind;
use crate::ui::tables::{self, Form, Offered, TableRequest, Taken, Taking, csv_as_tabs};
use crate::ui::widgets::ToastKind;

impl Desk {
    /// Notes which panel is worked in; what has the keyboard while something lies over the desk says nothing of it.
    pub(super) fn note_panel(&mut self) {
        if !self.is_covered() && !self.focus.was_covered() {
            self.worked_in = self.dock.current().or(self.worked_in);
        }
    }

    /// Takes the table that a command means: the one under the pointer or the keyboard, else the first of the panel
    /// that is worked in, else the only one in view.
    pub(super) fn take_table(&mut self, ctx: &Context, taking: Taking) {
        let all = tables::offered(ctx);
        let pointer = ctx.pointer_latest_pos().filter(|_| self.palette.is_none());
        let has = |rect: Rect, table: &&Offered| {
            table
                .rect
                .is_some_and(|own| own.intersect(rect).is_positive())
        };
        let under = pointer.map(|at| Rect::from_center_size(at, egui::Vec2::splat(1.0)));
        let focused = ctx
            .memory(egui::Memory::focused)
            .and_then(|id| ctx.read_response(id))
            .map(|response| response.rect);
        let of_panel = || {
            let own = |table: &&Offered| Some(table.panel) == self.worked_in;
            all.iter().find(own)
        };
        let found = under
            .and_then(|rect| all.iter().find(|table| has(rect, table)))
            .or_else(|| focused.and_then(|rect| all.iter().find(|table| has(rect, table))))
            .or_else(of_panel)
            .or_else(|| all.first().filter(|_| all.len() == 1));
        match found {
            Some(table) => {
                let request = TableRequest {
                    panel: table.panel,
                    name: table.name.clone(),
                    taking,
                };
                tables::ask(ctx, request);
            }
            None => self.say(ToastKind::Info, no_table(self.worked_in)),
        }
    }

    /// A table of the journal of the campaign in the window, whatever is in view.
    pub(super) fn take_journal_table(&self, ctx: &Context, table: JournalTable, taking: Taking) {
        let campaign = self.session.history().current();
        let known = self.journal.view(&self.session);
        let known = known.review.filter(|_| !known.is_stale);
        let made;
        let review = if let Some(review) = known {
            review.as_ref()
        } else {
            made = CampaignReview::of(campaign);
            &made
        };
        let file = self
            .session
            .home()
            .file()
            .and_then(std::path::Path::file_name);
        let file = file.map_or_else(
            || campaign.name.clone(),
            |file| file.to_string_lossy().into_owned(),
        );
        let text = table.csv(&[Reviewed {
            file: &file,
            campaign,
            review,
        }]);
        tables::take(ctx, &table.title(), taking, &|form| formed(&text, form));
    }

    /// The list of all campaigns, whatever is in view.
    pub(super) fn take_campaigns(&self, ctx: &Context, taking: Taking) {
        let list = self.journal.view(&self.session).list;
        let known = list
            .iter()
            .filter_map(|row| Some((row.file.as_str(), row.campaign.as_ref().ok()?)));
        let text = campaigns(known);
        tables::take(ctx, "Journal campaigns", taking, &|form| {
            formed(&text, form)
        });
    }

    /// Says what was copied and asks where to save; call it once all panels are drawn.
    pub(super) fn settle_tables(&mut self, ctx: &Context, frame: &eframe::Frame) {
        for taken in tables::settle(ctx) {
            match taken {
                Taken::Copied(words) => self.say(ToastKind::Success, words),
                Taken::Save { name, text } => {
                    self.export(ctx, frame, Export::SaveCsv { name, text });
                }
                Taken::Gone(name) => {
                    let words = format!("{name} is no longer in view, so nothing was taken");
                    self.say(ToastKind::Info, words);
                }
            }
        }
    }
}

fn no_table(panel: Option<PanelKind>) -> String {
    let way = "click into a panel with a table, or point at one";
    match panel {
        Some(panel) => format!("{} shows no table now: {way}", panel.label()),
        None => format!("No table is meant: {way}"),
    }
}

fn formed(csv: &str, form: Form) -> String {
    match form {
        Form::Tabs => csv_as_tabs(csv),
        Form::Csv => csv.to_owned(),
    }
}
