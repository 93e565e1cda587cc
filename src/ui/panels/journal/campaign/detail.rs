//! The step that is chosen: its fills, what was found and weighed, what came of each choice, and the trader's words.

use egui::{Id, Ui};

use super::words::Told;
use crate::document::journal::{JournalCommand, JournalEntry};
use crate::document::{Campaign, Command};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{SECTION_GAP, Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, TextField, divider, scroll_body, section};
use crate::ui::{Actions, fonts, format};

/// Words of the trader being changed.
#[derive(Clone, Default)]
struct Words {
    reason: String,
    tags: String,
}

/// Shows the step; `true` when it is to be closed.
pub(super) fn detail(
    ui: &mut Ui,
    (campaign, told): (&Campaign, &Told<'_>),
    actions: &mut Actions,
) -> bool {
    let mut is_closed = false;
    ui.horizontal(|ui| {
        let title = told
            .entry
            .map(|entry| entry.title.clone())
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| told.action().to_owned());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            is_closed = icon_button(ui, Icon::Close, "Close the step").clicked();
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(fonts::title(title)).truncate());
            });
        });
    });
    scroll_body(ui, "journal step", |ui| {
        let t = tokens(ui);
        let at = crate::calendar::new_york().to_datetime(told.step.at);
        let when = format!(
            "{} {} New York",
            format::date(at.date()),
            at.strftime("%H:%M")
        );
        ui.label(fonts::caption(when).color(t.tx3));
        if let Some(entry) = told.entry {
            own_words(ui, entry, actions);
        } else {
            let why = told.why(campaign);
            if !why.is_empty() {
                ui.label(fonts::body(why).color(t.tx2));
            }
        }
        if !told.step.fills.is_empty() {
            fills(ui, told);
        }
        if let Some(record) = told.record {
            divider(ui);
            let stance = &record.verdict.stance;
            section(ui, "Verdict as recorded", stance);
            ui.label(fonts::body(&record.verdict.sentence).color(t.tx2));
            for against in &record.verdict.against {
                ui.label(fonts::caption(against).color(t.warn));
            }
            fired(ui, told);
            choices(ui, told);
        }
        ui.add_space(SECTION_GAP);
    });
    is_closed
}

/// Reason and tags, which may be changed at any time.
fn own_words(ui: &mut Ui, entry: &JournalEntry, actions: &mut Actions) {
    let id = Id::unique(("journal words", entry.id));
    let kept = Words {
        reason: entry.reason.clone(),
        tags: entry.tags.join(", "),
    };
    let mut words: Words = ui
        .data(|data| data.get_temp(id))
        .unwrap_or_else(|| kept.clone());
    let reason = TextField::new(&mut words.reason, "Reason of the entry")
        .hint("Why, in your words")
        .id_salt(entry.id)
        .show(ui);
    let tags = TextField::new(&mut words.tags, "Tags of the entry")
        .hint("Tags, separated by commas")
        .id_salt(entry.id)
        .show(ui);
    for (field, said) in [(&reason, &kept.reason), (&tags, &kept.tags)] {
        // longer than the field is wide, it can be read nowhere else
        if !said.is_empty() && !field.response.has_focus() {
            field.response.clone().on_hover_text(said.as_str());
        }
    }
    let is_edited = reason.response.has_focus() || tags.response.has_focus();
    if reason.cancelled || tags.cancelled {
        words = kept.clone();
    } else if (reason.response.lost_focus() || tags.response.lost_focus())
        && (words.reason != kept.reason || words.tags != kept.tags)
    {
        let tags = words.tags.split(',').map(|tag| tag.trim().to_owned());
        let entry = JournalEntry {
            reason: words.reason.trim().to_owned(),
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
            ..entry.clone()
        };
        let id = entry.id;
        actions.edit(Command::Journal(JournalCommand::ReplaceEntry { id, entry }));
    }
    ui.data_mut(|data| {
        if is_edited {
            data.insert_temp(id, words);
        } else {
            data.remove::<Words>(id);
        }
    });
}

fn fills(ui: &mut Ui, told: &Told<'_>) {
    let rows: Vec<Row> = told
        .step
        .fills
        .iter()
        .map(|fill| {
            let contract = fill.key.contract.label();
            let contract = if fill.trade.is_none() {
                format!("{contract} (no fill logged)")
            } else {
                contract
            };
            Row::new(vec![
                Cell::num(format::quantity(i64::from(fill.quantity))),
                Cell::text(contract),
                Cell::num(format::points(fill.price)),
                Cell::num(format::fixed(fill.fees_usd, 2)).tone(Tone::Quiet),
            ])
        })
        .collect();
    let columns = [
        Column::num("Qty").hint("Contracts, negative when sold"),
        Column::text("Contract"),
        Column::num("Price").hint("Price of the fill in points"),
        Column::num("Fees").hint("Commission and fees in dollars"),
    ];
    DataTable::new("Fills of the step", &columns, &rows).show(ui);
}

/// The findings that asked for something.
fn fired(ui: &mut Ui, told: &Told<'_>) {
    let Some(record) = told.record else { return };
    let t = tokens(ui);
    let fired: Vec<_> = (record.findings.iter())
        .filter(|finding| finding.fires())
        .collect();
    section(ui, "Findings that fired", &format::count(fired.len()));
    if fired.is_empty() {
        ui.label(fonts::caption("None asked for anything").color(t.tx3));
    }
    for finding in fired {
        ui.label(fonts::caption_strong(&finding.headline).color(t.tx))
            .on_hover_text(&finding.sentence);
        ui.label(fonts::caption(&finding.sentence).color(t.tx2));
    }
}

/// Every choice that could have been taken, with what it has come to.
fn choices(ui: &mut Ui, told: &Told<'_>) {
    let (Some(record), Some(outcome)) = (told.record, told.outcome) else {
        return;
    };
    if record.choices.is_empty() {
        let words = "The choices were not compared then";
        ui.label(fonts::caption(words).color(tokens(ui).tx3));
        return;
    }
    section(
        ui,
        "Choices, and what they came to",
        "over what was done, $",
    );
    let rows: Vec<Row> = outcome
        .choices
        .iter()
        .map(|choice| {
            let name = if choice.is_taken {
                Cell::text(choice.name.clone()).strong().icon(Icon::Tick)
            } else {
                Cell::text(choice.name.clone())
            };
            let against = outcome.against_done(choice).map(|cents| cents.usd());
            let value = against.map_or_else(
                || Cell::num(format::NONE),
                |usd| Cell::num(format::signed(usd, 0)).tone(Tone::of_sign(usd)),
            );
            let marks = match choice.last() {
                Some(point) if point.is_marked => "marks",
                Some(_) => "model",
                None => "",
            };
            Row::new(vec![name, value, Cell::text(marks).tone(Tone::Faint)])
                .hint(format!("{}: {}", choice.stance, choice.name))
        })
        .collect();
    let columns = [
        Column::text("Choice"),
        Column::num("Since")
            .hint("What it would have made over what was done, dollars, at the last marks"),
        Column::text("By")
            .compact()
            .hint("Entered or imported marks alone, or the model where they lack"),
    ];
    DataTable::new("Choices of the step", &columns, &rows).show(ui);
    let refused = record
        .choices
        .iter()
        .filter(|choice| choice.refused.is_some())
        .count();
    if refused > 0 {
        let words = format!(
            "{} refused by the tests and not marked",
            format::count(refused)
        );
        ui.label(fonts::caption(words).color(tokens(ui).tx3));
    }
}
