//! Chips and tags: a state in a few words, with an icon, on a tinted or outlined ground.

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Color32, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::hint;
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, Tone, tokens};
use crate::ui::{fonts, icons, icons::Icon};

enum Part<'a> {
    Quiet(&'a str),
    Strong(&'a str),
    Number(&'a str),
    Was(&'a str),
}

/// Builder of a chip: `Chip::new(Tone::Warn).icon(Icon::Shield).strong("Hedge").text("short vega by").num("0.10")`.
#[must_use = "call `show`"]
pub struct Chip<'a> {
    tone: Tone,
    icon: Option<Icon>,
    parts: Vec<Part<'a>>,
    height: f32,
    is_clickable: bool,
    is_stale: bool,
}

impl<'a> Chip<'a> {
    /// An empty chip. Plain, Quiet and Faint tones are outlined; the others stand on their tint.
    pub const fn new(tone: Tone) -> Self {
        Self {
            tone,
            icon: None,
            parts: Vec::new(),
            height: FIELD_HEIGHT,
            is_clickable: false,
            is_stale: false,
        }
    }

    /// Icon before the words.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Ordinary words.
    pub fn text(mut self, words: &'a str) -> Self {
        self.parts.push(Part::Quiet(words));
        self
    }

    /// Words of weight 600.
    pub fn strong(mut self, words: &'a str) -> Self {
        self.parts.push(Part::Strong(words));
        self
    }

    /// A figure in the mono family.
    pub fn num(mut self, figure: &'a str) -> Self {
        self.parts.push(Part::Number(figure));
        self
    }

    /// A figure as it was, faint beside the one that it became.
    pub fn was(mut self, figure: &'a str) -> Self {
        self.parts.push(Part::Was(figure));
        self
    }

    /// Reacts to clicks; otherwise the chip only shows.
    pub const fn clickable(mut self) -> Self {
        self.is_clickable = true;
        self
    }

    /// Greys the chip, because what it says is old.
    pub const fn stale(mut self, is_stale: bool) -> Self {
        self.is_stale = is_stale;
        self
    }

    /// The words in one line, for the accessible name.
    fn words(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Quiet(words) | Part::Strong(words) | Part::Number(words) | Part::Was(words) => {
                *words
            }
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    /// Shows the chip.
    pub fn show(self, ui: &mut Ui) -> Response {
        let t = tokens(ui);
        let is_outlined = matches!(self.tone, Tone::Plain | Tone::Quiet | Tone::Faint);
        let ink = if self.is_stale {
            t.tx3
        } else {
            t.text(self.tone)
        };
        let quiet = if is_outlined { t.tx3 } else { ink };
        let galley = ui.painter().layout_job(self.job(ink, quiet));
        let icon_width = if self.icon.is_some() { 18.0 } else { 0.0 };
        let width = 16.0 + icon_width + galley.size().x.ceil();
        let sense = if self.is_clickable {
            Sense::click()
        } else {
            Sense::hover()
        };
        let (rect, response) = ui.allocate_exact_size(vec2(width, self.height), sense);
        let role = if self.is_clickable {
            Role::Button
        } else {
            Role::Label
        };
        let name = self.words();
        response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), &name));
        let is_hot = self.is_clickable && response.hovered();
        let (fill, stroke) = match (is_outlined, is_hot) {
            (true, false) => (Color32::TRANSPARENT, Stroke::new(1.0, t.line)),
            (true, true) => (t.hover, Stroke::new(1.0, t.edge)),
            (false, false) => (t.ground(self.tone), Stroke::NONE),
            (false, true) => (t.ground(self.tone), Stroke::new(1.0, ink)),
        };
        ui.painter()
            .rect(rect, RADIUS_FIELD, fill, stroke, StrokeKind::Inside);
        if let Some(icon) = self.icon {
            let centre = rect.left_center() + vec2(8.0 + 6.0, 0.0);
            let box_ = Rect::from_center_size(centre, vec2(13.0, 13.0));
            icons::paint(ui.painter(), box_, icon, quiet);
        }
        let left = rect.left() + 8.0 + icon_width;
        let at = egui::pos2(left, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
        icons::focus_ring(ui, rect, &response);
        self.note_terms(&response);
        response
    }

    /// F1 over the chip opens the first of its words that the glossary has.
    fn note_terms(&self, response: &Response) {
        // the last one noted counts
        for part in self.parts.iter().rev() {
            match part {
                Part::Strong(words) | Part::Quiet(words) => hint::note(response, words),
                Part::Number(_) | Part::Was(_) => {}
            }
        }
    }

    fn job(&self, ink: Color32, quiet: Color32) -> LayoutJob {
        let mut job = LayoutJob::default();
        for (index, part) in self.parts.iter().enumerate() {
            let (words, font, color) = match part {
                Part::Quiet(words) => (*words, fonts::inter(fonts::BODY), quiet),
                Part::Strong(words) => (*words, fonts::inter_strong(fonts::BODY), ink),
                Part::Number(figure) => (*figure, fonts::mono(fonts::BODY), ink),
                Part::Was(figure) => (*figure, fonts::mono(fonts::BODY), quiet),
            };
            let gap = if index == 0 { 0.0 } else { 4.0 };
            job.append(words, gap, format(font, color));
        }
        job
    }
}

fn format(font: FontId, color: Color32) -> TextFormat {
    TextFormat {
        font_id: font,
        color,
        line_height: Some(fonts::ROW),
        valign: Align::Center,
        ..TextFormat::default()
    }
}

/// A 16-point outlined tag in a table, such as the source of a rule.
pub fn tag(ui: &mut Ui, words: &str) -> Response {
    let t = tokens(ui);
    let font = fonts::inter(fonts::SMALL);
    let galley = fonts::galley(ui.painter(), words, (font, t.tx3));
    let size = vec2(galley.size().x.ceil() + 8.0, 16.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let stroke = Stroke::new(1.0, t.line);
    ui.painter()
        .rect_stroke(rect, RADIUS_FIELD, stroke, StrokeKind::Inside);
    let place = egui::Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    ui.painter().galley(place.min, galley, t.tx3);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response
}
