//! Columns, rows and cells of a table, and how one cell is drawn.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use egui::{Align, FontId, Rect, Ui, vec2};

use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Tone, tokens};

/// Width that a bar takes at least, in points.
const BAR_ROOM: f32 = 56.0;
/// Height of a bar, in points.
const BAR_HEIGHT: f32 = 6.0;

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Head.
    pub title: String,
    /// Side that head and cells keep to.
    pub align: Align,
    /// Takes the spare width.
    pub grows: bool,
    /// Width in points, or as wide as its cells.
    pub fixed_width: Option<f32>,
    /// What the column means, on hover.
    pub hint: String,
}

impl Column {
    /// A left-aligned column of words that takes the spare width.
    pub fn text(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            align: Align::Min,
            grows: true,
            fixed_width: None,
            hint: String::new(),
        }
    }

    /// A right-aligned column of figures, as wide as they are.
    pub fn num(title: impl Into<String>) -> Self {
        Self {
            align: Align::Max,
            grows: false,
            ..Self::text(title)
        }
    }

    /// Does not take the spare width.
    pub const fn compact(mut self) -> Self {
        self.grows = false;
        self
    }

    /// At a fixed width.
    pub const fn width_of(mut self, points: f32) -> Self {
        self.fixed_width = Some(points);
        self.grows = false;
        self
    }

    /// With an explanation on hover.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The columns without those at some places: what a narrow panel leaves out.
    pub fn without(columns: &[Self], left_out: &[usize]) -> Vec<Self> {
        kept(columns, left_out)
    }

    pub(super) fn hint_or_title(&self) -> String {
        if self.hint.is_empty() {
            format!("Sort by {}", self.title)
        } else {
            format!("{}\nClick to sort", self.hint)
        }
    }

    pub(super) fn width(&self, ui: &Ui) -> f32 {
        measure(ui, &self.title, fonts::inter(fonts::SMALL))
    }
}

/// What the column's width follows from.
impl Hash for Column {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.title.hash(state);
        self.fixed_width.map(f32::to_bits).hash(state);
    }
}

fn kept<T: Clone>(all: &[T], left_out: &[usize]) -> Vec<T> {
    let numbered = all.iter().enumerate();
    let kept = numbered.filter(|(place, _)| !left_out.contains(place));
    kept.map(|(_, item)| item.clone()).collect()
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Cells in the order of the columns.
    pub cells: Vec<Cell>,
    /// Ground of the row.
    pub ground: Option<Tone>,
    /// Draws a line above, before a sum.
    pub has_line_above: bool,
    /// Shown on hover: where the figures come from.
    pub hint: String,
}

impl Row {
    /// A row without ground.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            ..Self::default()
        }
    }

    /// The same without the cells of columns that are left out.
    #[must_use]
    pub fn without(self, left_out: &[usize]) -> Self {
        Self {
            cells: kept(&self.cells, left_out),
            ..self
        }
    }

    /// On the ground of a tone.
    pub const fn ground(mut self, tone: Tone) -> Self {
        self.ground = Some(tone);
        self
    }

    /// With a line above.
    pub const fn line_above(mut self) -> Self {
        self.has_line_above = true;
        self
    }

    /// With an explanation on hover.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// All texts of the row, for its accessible name.
    pub(super) fn words(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        texts.join(" ")
    }
}

/// What the widths of its cells follow from.
impl Hash for Row {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.cells.hash(state);
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Text as it stands.
    pub text: String,
    /// Unit after it, in the faint colour.
    pub unit: String,
    /// Colour.
    pub tone: Tone,
    /// Set in the mono family.
    pub is_number: bool,
    /// Weight 600.
    pub is_strong: bool,
    /// Icon before the text, in the cell's colour.
    pub icon: Option<Icon>,
    /// Value for sorting; words sort by their text.
    pub sort: Option<f64>,
    /// A bar in place of text, from the cell's middle: −1 fills the left half, 1 the right one.
    pub bar: Option<f64>,
}

/// What its width follows from.
impl Hash for Cell {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.text, &self.unit).hash(state);
        let looks = (self.is_number, self.is_strong);
        (looks, self.icon.is_some(), self.bar.is_some()).hash(state);
    }
}

impl Cell {
    /// A figure.
    pub fn num(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_number: true,
            ..Self::default()
        }
    }

    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A bar from the cell's middle, −1 to 1; hatched to the left, so that the side shows without colour.
    /// `words` say the same to assistive tools.
    pub fn bar(share: f64, words: impl Into<String>) -> Self {
        Self {
            text: words.into(),
            sort: Some(share),
            bar: Some(share.clamp(-1.0, 1.0)),
            ..Self::default()
        }
    }

    /// With a tone.
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// At weight 600.
    pub const fn strong(mut self) -> Self {
        self.is_strong = true;
        self
    }

    /// With a unit.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// With an icon before the text.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// With a value to sort by.
    pub const fn sort(mut self, value: f64) -> Self {
        self.sort = Some(value);
        self
    }

    fn font(&self, is_dense: bool) -> FontId {
        let size = if is_dense { fonts::SMALL } else { fonts::BODY };
        match (self.is_number, self.is_strong) {
            (true, false) => fonts::mono(size),
            (true, true) => fonts::mono_strong(size),
            (false, false) => fonts::inter(size),
            (false, true) => fonts::inter_strong(size),
        }
    }

    /// Natural width in points.
    pub(super) fn width(&self, ui: &Ui, is_dense: bool) -> f32 {
        if self.bar.is_some() {
            return BAR_ROOM;
        }
        let icon = if self.icon.is_some() { 20.0 } else { 0.0 };
        let unit = if self.unit.is_empty() {
            0.0
        } else {
            measure(ui, &self.unit, fonts::inter(fonts::SMALL)) + 2.0
        };
        icon + unit + measure(ui, &self.text, self.font(is_dense))
    }

    pub(super) fn paint(&self, ui: &Ui, rect: Rect, align: Align, is_dense: bool) {
        let t = tokens(ui);
        let ink = t.text(self.tone);
        if let Some(share) = self.bar {
            return paint_bar(ui, rect, share, ink);
        }
        let room = rect.expand2(vec2(2.0, 0.0)).intersect(ui.clip_rect());
        let painter = ui.painter().with_clip_rect(room);
        let width = self.width(ui, is_dense);
        let mut x = match align {
            Align::Min => rect.left(),
            Align::Center => rect.center().x - width / 2.0,
            Align::Max => rect.right() - width,
        };
        let y = rect.center().y;
        if let Some(icon) = self.icon {
            let box_ = Rect::from_center_size(egui::pos2(x + 7.0, y), vec2(14.0, 14.0));
            icons::paint(&painter, box_, icon, ink);
            x += 20.0;
        }
        let text_ink = if self.icon.is_some() && !self.is_number && !self.is_strong {
            t.tx
        } else {
            ink
        };
        let anchor = egui::Align2::LEFT_CENTER;
        let at = egui::pos2(x, y);
        let font = self.font(is_dense);
        let drawn = if self.is_number {
            fonts::write(&painter, at, anchor, &self.text, (font, text_ink))
        } else {
            let room = rect.with_min_x(x).expand2(vec2(0.5, 0.0));
            super::super::elided(&painter, room, &self.text, font, text_ink)
        };
        if !self.unit.is_empty() {
            let at = egui::pos2(drawn.right() + 2.0, y);
            fonts::write(
                &painter,
                at,
                anchor,
                &self.unit,
                (fonts::inter(fonts::SMALL), t.tx3),
            );
        }
    }
}

/// The middle as a thin line, the bar from it to its side.
fn paint_bar(ui: &Ui, rect: Rect, share: f64, ink: egui::Color32) {
    let t = tokens(ui);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let middle = icons::snap(ui, rect.center());
    let end = middle.x + (0.5 * f64::from(rect.width()) * share) as f32;
    let bar = Rect::from_x_y_ranges(
        middle.x.min(end)..=middle.x.max(end).max(middle.x.min(end) + 2.0),
        middle.y - BAR_HEIGHT / 2.0..=middle.y + BAR_HEIGHT / 2.0,
    );
    painter.rect_filled(bar, crate::ui::theme::RADIUS_BAR, ink);
    if share < 0.0 {
        let hatch = egui::Stroke::new(1.0, t.panel);
        let inside = painter.with_clip_rect(bar.intersect(painter.clip_rect()));
        let mut x = bar.left();
        while x < bar.right() + BAR_HEIGHT {
            let foot = egui::pos2(x - BAR_HEIGHT, bar.bottom());
            inside.line_segment([foot, egui::pos2(x, bar.top())], hatch);
            x += 4.0;
        }
    }
    let span = middle.y - BAR_HEIGHT..=middle.y + BAR_HEIGHT;
    painter.vline(middle.x, span, egui::Stroke::new(1.0, t.edge));
}

fn measure(ui: &Ui, text: &str, font: FontId) -> f32 {
    let ink = egui::Color32::PLACEHOLDER;
    fonts::galley(ui.painter(), text, (font, ink))
        .size()
        .x
        .ceil()
}

/// Order of two cells; what has no value comes last in both directions.
pub(super) fn compare(a: Option<&Cell>, b: Option<&Cell>, is_descending: bool) -> Ordering {
    let value = |cell: Option<&Cell>| cell.and_then(|cell| cell.sort).filter(|v| !v.is_nan());
    let turn = |order: Ordering| {
        if is_descending {
            order.reverse()
        } else {
            order
        }
    };
    match (value(a), value(b)) {
        (Some(a), Some(b)) => turn(a.total_cmp(&b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => {
            let text = |cell: Option<&Cell>| cell.map_or("", |cell| cell.text.as_str()).to_owned();
            turn(text(a).cmp(&text(b)))
        }
    }
}
