//! The vega ledger against its band, as bars that continue where the one above ended.

use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui,
    WidgetInfo, vec2,
};

use crate::ui::fonts;
use crate::ui::theme::{RADIUS_BAR, Tokens, tokens};

/// Height of a ledger row, in points.
const ROW: f32 = 26.0;
/// Height of a bar, in points.
pub(super) const BAR: f32 = 14.0;

/// Whose bar a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerPart {
    /// The condor: starts at zero.
    Condor,
    /// A hedge layer, 0 First to 2 Third: continues where the row above ended.
    Layer(usize),
    /// The sum: starts at zero again, split at the band's edge.
    Net,
}

/// One row of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerRow {
    /// Name at the left.
    pub label: String,
    /// Whose bar it is.
    pub part: LedgerPart,
    /// Length of the bar in the drawn unit.
    pub drawn: f64,
    /// Length of the bar as the book is held, while a what-if is on: a tick stands where it would end.
    pub now: Option<f64>,
    /// First figure column, written out; in a what-if the figure as it is.
    pub first: String,
    /// Second figure column, written out; in a what-if the figure as it would be.
    pub second: String,
}

/// The ledger: rows, band and heads of the two figure columns.
#[derive(Clone, Debug, PartialEq)]
pub struct VegaLedger {
    /// Condor, layers, net, in this order.
    pub rows: Vec<LedgerRow>,
    /// Lower and upper edge of the band, in the drawn unit.
    pub band: (f64, f64),
    /// The edges written out.
    pub band_text: (String, String),
    /// Heads of the figure columns: `Norm.`, `Literal`.
    pub heads: (String, String),
}

impl VegaLedger {
    /// From and to of every bar, in the drawn unit.
    #[must_use]
    pub fn spans(&self) -> Vec<(f64, f64)> {
        self.spans_of(|row| row.drawn)
    }

    /// Where every bar would end as the book is held; empty outside a what-if.
    #[must_use]
    pub fn ends_now(&self) -> Vec<f64> {
        if !self.is_what_if() {
            return Vec::new();
        }
        let spans = self.spans_of(|row| row.now.unwrap_or(0.0));
        spans.into_iter().map(|(_, end)| end).collect()
    }

    /// Whether the rows compare a what-if with the book as held.
    fn is_what_if(&self) -> bool {
        self.rows.iter().any(|row| row.now.is_some())
    }

    fn spans_of(&self, length: impl Fn(&LedgerRow) -> f64) -> Vec<(f64, f64)> {
        let mut running = 0.0;
        self.rows
            .iter()
            .map(|row| match row.part {
                LedgerPart::Net => (0.0, length(row)),
                LedgerPart::Condor | LedgerPart::Layer(_) => {
                    let from = running;
                    running += length(row);
                    (from, running)
                }
            })
            .collect()
    }

    /// The drawn range, a tenth wider on each side than bars and band.
    fn extent(&self) -> (f64, f64) {
        let mut low = self.band.0.min(0.0);
        let mut high = self.band.1.max(0.0);
        let now = self.ends_now().into_iter().map(|end| (end, end));
        for (from, to) in self.spans().into_iter().chain(now) {
            if from.is_finite() && to.is_finite() {
                low = low.min(from).min(to);
                high = high.max(from).max(to);
            }
        }
        let pad = ((high - low) * 0.1).max(1e-6);
        (low - pad, high + pad)
    }
}

/// Where things stand in the ledger's picture.
struct Frame {
    bars: Rect,
    first: f32,
    second: f32,
    low: f64,
    high: f64,
}

impl Frame {
    fn x(&self, value: f64) -> f32 {
        let share = ((value - self.low) / (self.high - self.low)) as f32;
        self.bars.left() + self.bars.width() * share.clamp(0.0, 1.0)
    }
}

/// Shows the ledger over the available width.
pub fn vega_ledger(ui: &mut Ui, data: &VegaLedger) -> Response {
    let height = 20.0 + data.rows.len() as f32 * ROW + 20.0;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    paint_ledger(ui.painter(), &tokens(ui), rect, data);
    let words: Vec<String> = data
        .rows
        .iter()
        .map(|row| match row.now {
            None => format!("{} {}", row.label, row.first),
            Some(_) => format!("{} {}, in the what-if {}", row.label, row.first, row.second),
        })
        .collect();
    let name = format!("Vega ledger: {}", words.join(", "));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    response
}

fn paint_ledger(painter: &Painter, t: &Tokens, rect: Rect, data: &VegaLedger) {
    let (low, high) = data.extent();
    let frame = Frame {
        bars: Rect::from_min_max(
            Pos2::new(rect.left() + 60.0, rect.top() + 20.0),
            Pos2::new(rect.right() - 108.0, rect.bottom() - 20.0),
        ),
        first: rect.right() - 48.0,
        second: rect.right(),
        low,
        high,
    };
    paint_band(painter, t, rect, &frame, data);
    let ends_now = data.ends_now();
    let mut ticks = Vec::new();
    let mut last_end = None;
    for (index, (row, (from, to))) in data.rows.iter().zip(data.spans()).enumerate() {
        let y = frame.bars.top() + (index as f32 + 0.5) * ROW;
        if row.part == LedgerPart::Net {
            let line = (y - ROW / 2.0).floor() + 0.5;
            painter.hline(rect.x_range(), line, Stroke::new(1.0, t.line));
        }
        if let Some(end) = last_end {
            let x = frame.x(end).floor() + 0.5;
            let span = (y - ROW / 2.0 - (ROW - BAR) / 2.0)..=(y - BAR / 2.0);
            painter.vline(x, span, Stroke::new(1.0, t.cond));
        }
        let inks = if data.is_what_if() {
            (t.tx3, if row.first == row.second { t.tx } else { t.wi })
        } else {
            (t.tx, t.tx2)
        };
        paint_ledger_words(painter, t, rect, &frame, (row, y, inks));
        if let Some(end) = ends_now.get(index).filter(|end| end.is_finite()) {
            ticks.push((frame.x(*end), y));
        }
        let bar = Rect::from_min_max(
            Pos2::new(frame.x(from.min(to)), y - BAR / 2.0),
            Pos2::new(
                frame.x(from.max(to)).max(frame.x(from.min(to)) + 2.0),
                y + BAR / 2.0,
            ),
        );
        match row.part {
            LedgerPart::Condor => painter.rect_filled(bar, RADIUS_BAR, t.cond),
            LedgerPart::Layer(layer) => painter.rect_filled(bar, RADIUS_BAR, t.layer(layer)),
            LedgerPart::Net => {
                // violet while a what-if is on, when every row has a figure of now
                let ink = if row.now.is_some() { t.wi } else { t.accent };
                paint_net(painter, t, &frame, bar, (data.band, ink));
                continue;
            }
        };
        last_end = Some(to);
    }
    for (x, y) in ticks {
        paint_now_tick(painter, t, Pos2::new(x, y));
    }
}

/// Where a bar would end as the book is held: a tick through it, with a halo so that it shows on any bar.
pub(super) fn paint_now_tick(painter: &Painter, t: &Tokens, at: Pos2) {
    let x = at.x.floor() + 0.5;
    let height = BAR / 2.0 + 3.0;
    let span = |more: f32| at.y - height - more..=at.y + height + more;
    painter.vline(x, span(0.5), Stroke::new(4.0, t.panel));
    painter.vline(x, span(0.0), Stroke::new(1.5, t.tx3));
}

fn paint_band(painter: &Painter, t: &Tokens, rect: Rect, frame: &Frame, data: &VegaLedger) {
    let (left, right) = (frame.x(data.band.0), frame.x(data.band.1));
    let band = frame.bars.with_min_x(left).with_max_x(right);
    painter.rect_filled(band, 0.0, t.profit_fill());
    for x in [left, right] {
        let x = x.floor() + 0.5;
        let ends = [Pos2::new(x, band.top()), Pos2::new(x, band.bottom())];
        painter.extend(Shape::dashed_line(&ends, Stroke::new(1.0, t.up), 3.0, 2.0));
    }
    let zero = frame.x(0.0).floor() + 0.5;
    painter.vline(zero, frame.bars.y_range(), Stroke::new(1.0, t.edge));
    let head = rect.top() + 8.0;
    let small = || fonts::inter(fonts::SMALL);
    write(
        painter,
        Pos2::new(band.center().x, head),
        Align2::CENTER_CENTER,
        ("Band", small(), t.up),
    );
    let at = Pos2::new(frame.first, head);
    write(
        painter,
        at,
        Align2::RIGHT_CENTER,
        (&data.heads.0, small(), t.tx3),
    );
    let at = Pos2::new(frame.second, head);
    write(
        painter,
        at,
        Align2::RIGHT_CENTER,
        (&data.heads.1, small(), t.tx3),
    );
    let foot = frame.bars.bottom() + 10.0;
    let mono = || fonts::mono(fonts::SMALL);
    let zero_text = Rect::from_center_size(Pos2::new(zero, foot), vec2(8.0, 12.0));
    fonts::write(
        painter,
        zero_text.center(),
        Align2::CENTER_CENTER,
        "0",
        (mono(), t.tx3),
    );
    for (x, text) in [(left, &data.band_text.0), (right, &data.band_text.1)] {
        let galley = fonts::galley(painter, text, (mono(), t.up));
        let half = galley.size().x / 2.0;
        let mut centre = x.clamp(rect.left() + half, frame.first - half);
        // the zero keeps its place; an edge near it moves aside
        if (centre - zero).abs() < half + 8.0 {
            centre = if x < zero {
                zero - half - 8.0
            } else {
                zero + half + 8.0
            };
        }
        let at = Pos2::new(centre - half, foot - galley.size().y / 2.0);
        painter.galley(at, galley, t.up);
    }
}

fn paint_ledger_words(
    painter: &Painter,
    t: &Tokens,
    rect: Rect,
    frame: &Frame,
    (row, y, (first, second)): (&LedgerRow, f32, (Color32, Color32)),
) {
    let is_sum = matches!(row.part, LedgerPart::Net | LedgerPart::Condor);
    let font = if is_sum {
        fonts::inter_strong(fonts::BODY)
    } else {
        fonts::inter(fonts::BODY)
    };
    let at = Pos2::new(rect.left(), y);
    write(painter, at, Align2::LEFT_CENTER, (&row.label, font, t.tx));
    let mono = || fonts::mono(fonts::SMALL);
    let at = Pos2::new(frame.first, y);
    write(
        painter,
        at,
        Align2::RIGHT_CENTER,
        (&row.first, mono(), first),
    );
    let at = Pos2::new(frame.second, y);
    write(
        painter,
        at,
        Align2::RIGHT_CENTER,
        (&row.second, mono(), second),
    );
}

fn write(painter: &Painter, at: Pos2, align: Align2, (text, font, ink): (&str, FontId, Color32)) {
    fonts::write(painter, at, align, text, (font, ink));
}

/// The net bar: the part outside the band in the colour of a breach, and hatched.
fn paint_net(
    painter: &Painter,
    t: &Tokens,
    frame: &Frame,
    bar: Rect,
    (band, ink): ((f64, f64), Color32),
) {
    let (left, right) = (frame.x(band.0), frame.x(band.1));
    let inside = bar
        .with_min_x(bar.left().clamp(left, right))
        .with_max_x(bar.right().clamp(left, right));
    painter.rect_filled(bar, RADIUS_BAR, t.dn);
    super::gauge::hatch(painter, bar, Stroke::new(1.0, t.dn_bg.gamma_multiply(0.6)));
    if inside.width() > 0.0 {
        painter.rect_filled(inside, RADIUS_BAR, ink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(part: LedgerPart, drawn: f64) -> LedgerRow {
        LedgerRow {
            label: String::new(),
            part,
            drawn,
            now: None,
            first: String::new(),
            second: String::new(),
        }
    }

    #[test]
    fn layers_continue_and_the_net_starts_at_zero() {
        let ledger = VegaLedger {
            rows: vec![
                row(LedgerPart::Condor, -0.5),
                row(LedgerPart::Layer(0), 0.25),
                row(LedgerPart::Layer(1), 0.125),
                row(LedgerPart::Net, -0.125),
            ],
            band: (-0.15, 0.25),
            band_text: (String::new(), String::new()),
            heads: (String::new(), String::new()),
        };
        let expected = [(0.0, -0.5), (-0.5, -0.25), (-0.25, -0.125), (0.0, -0.125)];
        assert_eq!(ledger.spans(), expected);
        let (low, high) = ledger.extent();
        assert!(low < -0.5 && high > 0.25);
        assert!(ledger.ends_now().is_empty(), "no what-if, no ticks");
    }

    #[test]
    fn ticks_stand_where_the_bars_of_the_book_as_held_would_end() {
        let held = |part, drawn, now| LedgerRow {
            now: Some(now),
            ..row(part, drawn)
        };
        let ledger = VegaLedger {
            rows: vec![
                held(LedgerPart::Condor, -0.5, -0.75),
                held(LedgerPart::Layer(0), 0.25, 0.5),
                held(LedgerPart::Net, -0.25, -0.25),
            ],
            band: (-0.15, 0.25),
            band_text: (String::new(), String::new()),
            heads: (String::new(), String::new()),
        };
        assert_eq!(ledger.ends_now(), [-0.75, -0.25, -0.25]);
        assert!(ledger.extent().0 < -0.75, "the tick is in the picture");
    }
}
