//! What of a pack is shown: words looked for, sections open or folded.

use std::collections::BTreeSet;

use egui::{Align2, Pos2, Rect, Sense, Stroke, Ui, vec2};

use super::Number;
use super::number_row::child;
use super::sections::Section;
use crate::document::Command;
use crate::ui::icons::{self, Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::widgets::data_table::matches_filter;
use crate::ui::widgets::elided;
use crate::ui::{Actions, fonts};

/// Height of a section's title, in points.
const TITLE: f32 = 28.0;
/// Where the words of a title begin, after the mark that says whether it is open, in points.
const INDENT: f32 = 20.0;
/// Panels lower than this begin with their sections folded, in points.
pub(super) const LOW: f32 = 480.0;
/// Sections about the pack as a whole.
pub(super) const PACK: &str = "This pack";
pub(super) const PRECEDENCE: &str = "Precedence";
pub(super) const RULES: &str = "Rules";
const WHOLE: [&str; 3] = [PACK, PRECEDENCE, RULES];

/// What of the pack is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    /// Words that a number must hold.
    pub asked: String,
    /// Whether only numbers that differ from the shipped pack's are shown.
    pub is_changed_only: bool,
    /// Whether sections are open, as they were all set last; by the panel's height until then.
    are_open: Option<bool>,
    /// Sections that were turned since.
    turned: BTreeSet<String>,
    /// The number whose reason is open.
    pub reason: Option<String>,
}

/// Which sections are open.
pub(super) struct Folds<'a> {
    pub shown: &'a mut Shown,
    pub is_low: bool,
}

impl Folds<'_> {
    /// Whether sections are open that nobody turned.
    pub(super) fn are_open(&self) -> bool {
        self.shown.are_open.unwrap_or(!self.is_low)
    }

    /// What is looked for is shown, whatever is folded. What is about the pack as a whole begins folded: the
    /// numbers come first.
    pub(super) fn is_open(&self, title: &str) -> bool {
        let begins_open =
            self.are_open() && (self.shown.are_open.is_some() || !WHOLE.contains(&title));
        self.shown.is_filtered() || begins_open != self.shown.turned.contains(title)
    }

    /// Whether a section may be open that has numbers.
    pub(super) fn has_open(&self) -> bool {
        let turned = self.shown.turned.iter();
        let mut others = turned.filter(|title| !WHOLE.contains(&title.as_str()));
        self.shown.is_filtered() || self.are_open() || others.next().is_some()
    }

    pub(super) fn turn(&mut self, title: &str) {
        if !self.shown.turned.remove(title) {
            self.shown.turned.insert(title.to_owned());
        }
    }

    pub(super) fn set_all(&mut self, are_open: bool) {
        self.shown.are_open = Some(are_open);
        self.shown.turned.clear();
    }
}

impl Shown {
    /// Whether it is not simply everything.
    pub(super) fn is_filtered(&self) -> bool {
        self.is_changed_only || !self.asked.trim().is_empty()
    }

    /// Whether something is shown that differs from the shipped pack or not, and holds some words.
    pub(super) fn takes_words(&self, is_changed: bool, words: &str) -> bool {
        (!self.is_changed_only || is_changed)
            && (self.asked.trim().is_empty() || matches_filter(&self.asked, words))
    }

    pub(super) fn takes(&self, section: &Section, number: &Number<'_>) -> bool {
        let threshold = number.slot.threshold;
        let words = || {
            format!(
                "{} {} {} {} {} {} {}",
                number.name,
                number.slot.path,
                section.note,
                threshold.value,
                number.slot.unit.label(),
                threshold.source.label(),
                threshold.why
            )
        };
        (!self.is_changed_only || number.is_changed)
            && (self.asked.trim().is_empty() || matches_filter(&self.asked, &words()))
    }
}

/// The title of a section, which a click opens and folds; tells whether it is open. `changed` are the paths
/// in it that can be reset.
pub(super) fn title(
    ui: &mut Ui,
    folds: &mut Folds<'_>,
    (words, note): (&str, &str),
    changed: Option<Vec<String>>,
    actions: &mut Actions,
) -> bool {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), TITLE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let is_open = folds.is_open(words);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::Button, ui.is_enabled(), is_open, words)
    });
    let top = icons::snap(ui, rect.left_top()).y;
    ui.painter()
        .hline(rect.x_range(), top, Stroke::new(1.0, t.line));
    if response.hovered() {
        let ground = rect.with_min_y(rect.top() + 1.0);
        ui.painter().rect_filled(ground, 0.0, t.hover);
    }
    icons::focus_ring(ui, rect, &response);
    let painter = ui.painter();
    let mark = Pos2::new(rect.left() + 8.0, rect.center().y);
    let mark = Rect::from_center_size(mark, vec2(12.0, 12.0));
    let icon = if is_open {
        Icon::Caret
    } else {
        Icon::CaretRight
    };
    icons::paint(painter, mark, icon, t.tx3);
    let at = Pos2::new(rect.left() + INDENT, rect.center().y);
    let font = fonts::inter_strong(fonts::BODY);
    let written = painter.text(at, Align2::LEFT_CENTER, words, font, t.tx);
    let changed = changed.unwrap_or_default();
    let count = (!changed.is_empty()).then(|| match changed.len() {
        1 => "changed".to_owned(),
        many => format!("{many} changed"),
    });
    let mut end = rect.right() - FIELD_HEIGHT - 8.0;
    if let Some(count) = count {
        let at = Pos2::new(end, rect.center().y);
        let small = fonts::inter(fonts::SMALL);
        end = painter
            .text(at, Align2::RIGHT_CENTER, count, small, t.accent)
            .left()
            - 8.0;
    }
    let room = rect.with_min_x(written.right() + 12.0).with_max_x(end);
    if room.is_positive() {
        elided(painter, room, note, fonts::inter(fonts::SMALL), t.tx3);
    }
    if response.clicked() && !folds.shown.is_filtered() {
        folds.turn(words);
    }
    crate::ui::widgets::hint(response, words, note);
    if !changed.is_empty() {
        let left = rect.width() - FIELD_HEIGHT;
        let mut end = child(ui, rect, left, FIELD_HEIGHT);
        if icon_button(&mut end, Icon::Undo, &format!("Reset {words}")).clicked() {
            actions.edit(Command::ResetPackNumbers { under: changed });
        }
    }
    is_open
}
