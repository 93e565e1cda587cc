//! The strip of key figures, and how a figure of a sample is said.

use egui::{Align2, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::journal::{Measured, Review, TooFew};
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::hint;
use crate::ui::{fonts, format};

/// Height of the strip, in points.
const HEIGHT: f32 = 44.0;
/// Space on each side of a cell, in points.
const INSET: f32 = 12.0;

/// A figure of a sample in words: the figure and its interval, or n where nothing can be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Said {
    pub figure: String,
    pub note: String,
    pub tone: Tone,
}

impl Said {
    /// Words of a figure; `tells` says whether its sign is good or bad.
    pub(in super::super) fn of(
        measured: Option<&Measured>,
        write: impl Fn(f64) -> String,
        tells: bool,
    ) -> Self {
        let Some(measured) = measured else {
            return Self {
                figure: "–".to_owned(),
                note: String::new(),
                tone: Tone::Faint,
            };
        };
        match measured.claim() {
            Ok(claim) => Self {
                figure: write(claim.value),
                note: interval(measured, &write),
                tone: if tells {
                    Tone::of_sign(claim.value)
                } else {
                    Tone::Plain
                },
            },
            Err(TooFew(n)) => Self {
                figure: format!("n = {n}"),
                note: "too few to say".to_owned(),
                tone: Tone::Plain,
            },
        }
    }

    /// One line for a table.
    pub(in super::super) fn line(&self) -> String {
        match (self.figure.as_str(), self.note.as_str()) {
            (figure, "") => figure.to_owned(),
            (figure, note) => format!("{figure}  {note}"),
        }
    }
}

fn interval(measured: &Measured, write: &impl Fn(f64) -> String) -> String {
    measured.interval().map_or_else(String::new, |[low, high]| {
        format!("{} to {}", write(low), write(high))
    })
}

/// Percent of a decimal share.
pub(super) fn percent(share: f64) -> String {
    format!("{} %", format::pct(share, 0))
}

/// Percent of a figure that is in percent already.
pub(super) fn plain_percent(percent: f64) -> String {
    format!("{} %", format::fixed(percent, 0))
}

/// A figure with two decimals.
pub(super) fn factor(value: f64) -> String {
    format::fixed(value, 2)
}

/// Days without decimals.
pub(super) fn days(value: f64) -> String {
    format::fixed(value, 0)
}

struct CellOf {
    label: &'static str,
    said: Said,
    meaning: &'static str,
}

/// Shows the key figures side by side; those that have no room go to the next line.
pub(super) fn strip(ui: &mut Ui, review: &Review) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        for cell in cells(review) {
            show(ui, &cell);
        }
    });
}

/// A cell of a measured figure.
fn measured(
    label: &'static str,
    figure: Option<&Measured>,
    (write, tells): (fn(f64) -> String, bool),
    meaning: &'static str,
) -> CellOf {
    CellOf {
        label,
        said: Said::of(figure, write, tells),
        meaning,
    }
}

/// A cell of a number out of another.
fn counted(
    label: &'static str,
    (n, of): (usize, usize),
    word: &str,
    meaning: &'static str,
) -> CellOf {
    CellOf {
        label,
        said: Said {
            figure: format::count(n),
            note: format!("{word} {}", format::count(of)),
            tone: Tone::Plain,
        },
        meaning,
    }
}

fn cells(review: &Review) -> Vec<CellOf> {
    let all = &review.all;
    let (followed, broken) = (review.followed.campaigns, review.broken.campaigns);
    let mut cells = vec![counted(
        "Campaigns",
        (all.n, all.n + review.open),
        "closed of",
        "Closed campaigns: open ones enter no figure",
    )];
    cells.extend(results(review));
    cells.extend(hedges(review));
    cells.push(counted(
        "Rules followed",
        (followed, followed + broken),
        "of",
        "Campaigns all of whose decisions followed the verdict, of those with any decision",
    ));
    cells
}

fn results(review: &Review) -> [CellOf; 4] {
    let all = &review.all;
    [
        measured(
            "Win rate",
            all.win_rate.as_ref(),
            (percent, false),
            "Share of campaigns with a profit, with Wilson's 95 % interval",
        ),
        measured(
            "Expectancy",
            all.expectancy_usd.as_ref(),
            (format::usd_signed, true),
            "Mean profit of a campaign in dollars, with its 95 % interval",
        ),
        measured(
            "Profit factor",
            all.profit_factor.as_ref(),
            (factor, false),
            "Sum of gains over the sum of losses",
        ),
        measured(
            "IRR",
            all.median_irr.as_ref(),
            (percent, true),
            "Median return on margin a year",
        ),
    ]
}

fn hedges(review: &Review) -> [CellOf; 3] {
    let all = &review.all;
    let sign: (fn(f64) -> String, bool) = (format::usd_signed, true);
    [
        measured(
            "Hedge cost",
            all.hedge_cost_pooled_pct.as_ref(),
            (plain_percent, false),
            "Premium paid for VIX options over the credit of all campaigns",
        ),
        measured(
            "Value of hedging",
            all.hedging.mean_usd.as_ref(),
            sign,
            "What buying hedges was worth against leaving everything as it was, dollars a decision",
        ),
        measured(
            "Value of rolling",
            all.rolling.mean_usd.as_ref(),
            sign,
            "What rolling was worth against leaving everything as it was, dollars a decision",
        ),
    ]
}

fn show(ui: &mut Ui, cell: &CellOf) {
    let t = tokens(ui);
    let small = fonts::inter(fonts::SMALL);
    let strong = fonts::mono_strong(fonts::BODY);
    let said = &cell.said;
    let label = fonts::galley(ui.painter(), cell.label, (small.clone(), t.tx2));
    let ink = t.text(said.tone);
    let figure = fonts::galley(ui.painter(), &said.figure, (strong, ink));
    let note = fonts::galley(ui.painter(), &said.note, (small, t.tx3));
    let gap = if said.note.is_empty() { 0.0 } else { 6.0 };
    let line = figure.size().x + gap + note.size().x;
    let width = (label.size().x.max(line) + 2.0 * INSET).ceil();
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let left = rect.left() + INSET;
    let (upper, lower) = (rect.top() + 13.0, rect.top() + 31.0);
    let draw = |galley: std::sync::Arc<egui::Galley>, at: egui::Pos2| {
        let place = Align2::LEFT_CENTER.anchor_size(at, galley.size());
        ui.painter().galley(place.min, galley, t.tx);
    };
    let after = left + figure.size().x + gap;
    draw(label, pos2(left, upper));
    draw(figure, pos2(left, lower));
    draw(note, pos2(after, lower));
    let edge = Rect::from_min_max(rect.right_top() + vec2(0.0, 8.0), rect.right_bottom());
    let stroke = Stroke::new(1.0, t.line);
    ui.painter()
        .vline(edge.left(), edge.top()..=edge.bottom() - 8.0, stroke);
    let words = format!("{}: {}", cell.label, said.line());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    hint(response, cell.label, cell.meaning);
}

#[cfg(test)]
mod tests {
    use super::{Said, percent};
    use crate::journal::Measured;

    #[test]
    fn under_twenty_a_figure_says_its_number_alone() {
        let few = Measured::share(5, 9);
        let said = Said::of(few.as_ref(), percent, false);
        assert_eq!(said.line(), "n = 9  too few to say");
        let many = Measured::share(23, 31);
        let said = Said::of(many.as_ref(), percent, false);
        assert_eq!(said.line(), "74 %  57 % to 86 %");
        assert_eq!(Said::of(None, percent, false).line(), "–");
    }
}
