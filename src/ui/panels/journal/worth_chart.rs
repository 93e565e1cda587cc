//! What rolling or hedging was worth, decision by decision: the running sum as a step line, and a bar a decision below.
//!
//! Values that rest on entered marks are full and solid; those of the model are hollow, and the line that leads to
//! them is dashed. The arrow keys step through the decisions when the chart has the focus.

mod draw;

use egui::{EventFilter, Id, Key, Rect, Response, Sense, Ui, vec2};

use self::draw::Frame;
use super::review::Said;
use crate::journal::{Adjustment, WorthPoint, WorthSeries};
use crate::ui::theme::{GAP, TIGHT, Tone, tokens};
use crate::ui::widgets::{Cell, Column, Row, offer_table, section};
use crate::ui::{fonts, format};

/// Share of the height that the running sum has.
const UPPER: f32 = 0.62;
/// Room for the figures at the left and the days below, in points.
const AXIS: [f32; 2] = [52.0, 20.0];
/// Height from which the legend has a row of its own, in points.
const ROOM_FOR_LEGEND: f32 = 120.0;
/// Height of the plots from which the sum and the bars have one each, in points.
const ROOM_FOR_TWO: f32 = 112.0;
/// Height of the legend, in points.
const LEGEND: f32 = 16.0;

/// Shows head, legend and chart over a height.
pub(super) fn worth_chart(ui: &mut Ui, series: &WorthSeries, height: f32) {
    let top = ui.cursor().top();
    section(ui, title(series.of), &note(series));
    let name = if series.is_taken {
        title(series.of).to_owned()
    } else {
        format!("{}, not done", title(series.of))
    };
    offer_table(ui, &name, &|| table(series));
    if series.points.is_empty() {
        ui.label(fonts::body(nothing(series)).color(tokens(ui).tx2));
        return;
    }
    if height >= ROOM_FOR_LEGEND {
        draw::legend(ui, series, LEGEND);
    }
    let used = ui.cursor().top() - top;
    chart(ui, series, (height - used).max(64.0));
}

/// What a chart is about.
fn title(of: Adjustment) -> &'static str {
    match of {
        Adjustment::Rolling => "Value of rolling",
        Adjustment::Hedging => "Value of hedging",
    }
}

/// Mean with its interval and n, or n alone, and how much rests on the model.
fn note(series: &WorthSeries) -> String {
    let value = &series.value;
    let Some(mean) = &value.mean_usd else {
        return String::new();
    };
    let said = Said::of(Some(mean), format::usd_signed, true);
    let words = match mean.claim() {
        Ok(_) => format!(
            "{} a decision  n = {}",
            said.line(),
            format::count(mean.n())
        ),
        Err(_) => said.line(),
    };
    let over = if series.is_taken {
        "over holding"
    } else {
        "over what was done"
    };
    format!("{words}, {over}")
}

fn nothing(series: &WorthSeries) -> &'static str {
    match (series.of, series.is_taken) {
        (Adjustment::Rolling, true) => "None of these decisions was a roll.",
        (Adjustment::Rolling, false) => "No roll was on offer and left undone.",
        (Adjustment::Hedging, true) => "None of these decisions was a hedge.",
        (Adjustment::Hedging, false) => "No hedge was on offer and left undone.",
    }
}

/// The series under headings, to be taken along.
fn table(series: &WorthSeries) -> (Vec<Column>, Vec<Row>) {
    let columns = [
        "Day",
        "Campaign",
        "Done",
        "Done, $",
        "Not done",
        "Not done, $",
        "Value, $",
        "Sum, $",
        "By",
    ];
    let figure = |cents| Cell::num(format::signed(usd(cents), 2));
    let row = |point: &WorthPoint| {
        let worth = &point.worth;
        Row::new(vec![
            Cell::text(format::date(point.on)),
            Cell::text(&point.campaign),
            Cell::text(&worth.done),
            figure(worth.done_cents),
            Cell::text(&worth.not_done),
            figure(worth.not_done_cents),
            figure(worth.value_cents),
            figure(point.running_cents),
            Cell::text(if worth.is_marked { "marks" } else { "model" }),
        ])
    };
    (
        columns.map(Column::text).into(),
        series.points.iter().map(row).collect(),
    )
}

fn usd(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// The chart in a sentence, for those who do not see it.
fn words(series: &WorthSeries) -> String {
    let count = series.points.len();
    format!(
        "{}, {}: {} {}, sum {}, {} by the model",
        title(series.of),
        if series.is_taken { "done" } else { "not done" },
        format::count(count),
        if count == 1 { "decision" } else { "decisions" },
        format::usd_signed(usd(series.value.sum_cents)),
        format::count(series.value.modelled)
    )
}

fn chart(ui: &mut Ui, series: &WorthSeries, height: f32) {
    let size = vec2(ui.available_width(), height);
    let (whole, response) = ui.allocate_exact_size(size, Sense::click());
    let id = response.id.with("place");
    let (sums, bars) = frames(whole, series);
    let under = response.hover_pos().map(|at| sums.place(at.x));
    let hovered = under.filter(|place| *place < series.points.len());
    let stepped = stepped(ui, (&response, id), series.points.len());
    let place = hovered.or(stepped);
    response.widget_info(|| {
        let shown = stepped.and_then(|place| series.points.get(place));
        let words = match shown {
            Some(point) => format!("{}. {}", words(series), told(series, point).join(", ")),
            None => words(series),
        };
        egui::WidgetInfo::labeled(egui::Role::Image, true, words)
    });
    let lowest = bars.as_ref().unwrap_or(&sums);
    lowest.ground(ui);
    if bars.is_some() {
        sums.ground(ui);
    }
    draw::bars(ui, lowest, series, place);
    draw::sums(ui, &sums, series);
    draw::days(ui, lowest, series);
    crate::ui::icons::focus_ring(ui, whole.shrink(1.0), &response);
    let Some((place, point)) = place.and_then(|at| Some((at, series.points.get(at)?))) else {
        return;
    };
    draw::cursor(ui, (&sums, lowest), place, point);
    if hovered.is_some() {
        response.on_hover_ui_at_pointer(|ui| readout(ui, series, point));
    } else {
        response.show_tooltip_ui(|ui| readout(ui, series, point));
    }
}

/// The running sum above and the bars below; where there is little height, both in one frame.
fn frames(whole: Rect, series: &WorthSeries) -> (Frame, Option<Frame>) {
    let all = whole
        .with_min_x(whole.left() + AXIS[0])
        .with_max_x(whole.right() - TIGHT)
        .with_max_y(whole.bottom() - AXIS[1]);
    let count = series.points.len();
    let running = || series.points.iter().map(|it| it.running_cents);
    let values = || series.points.iter().map(|it| it.worth.value_cents);
    if all.height() < ROOM_FOR_TWO {
        return (Frame::of(all, count, running().chain(values())), None);
    }
    let upper = (UPPER * (all.height() - GAP)).round();
    let sums = all.with_max_y(all.top() + upper);
    let bars = all.with_min_y(sums.bottom() + GAP);
    let bars = Frame::of(bars, count, values());
    (Frame::of(sums, count, running()), Some(bars))
}

/// The decision that the keyboard is on, while the chart has the focus.
fn stepped(ui: &Ui, (response, id): (&Response, Id), count: usize) -> Option<usize> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let known: Option<usize> = ui.data(|data| data.get_temp(id));
    let last = count - 1;
    let at = known.map_or(last, |at| at.min(last));
    let pressed = |key| ui.input(|input| input.num_presses(key));
    let at = (at + pressed(Key::ArrowRight)).min(last);
    let at = at.saturating_sub(pressed(Key::ArrowLeft));
    ui.data_mut(|data| data.insert_temp(id, at));
    Some(at)
}

/// A decision in lines: when and where, what was done and not done, what it was worth, and what that rests on.
fn told(series: &WorthSeries, point: &WorthPoint) -> Vec<String> {
    let worth = &point.worth;
    let value = |cents| format::usd_signed(usd(cents));
    vec![
        format!("{} {}", format::date_weekday(point.on), point.campaign),
        format!("Done: {} {}", worth.done, value(worth.done_cents)),
        format!(
            "Not done: {} {}",
            worth.not_done,
            value(worth.not_done_cents)
        ),
        format!("{}: {}", title(series.of), value(worth.value_cents)),
        format!("Sum so far: {}", value(point.running_cents)),
        source(worth.is_marked).to_owned(),
    ]
}

fn source(is_marked: bool) -> &'static str {
    if is_marked {
        "By entered or imported marks"
    } else {
        "By the model, where marks are missing"
    }
}

/// The card of a decision.
fn readout(ui: &mut Ui, series: &WorthSeries, point: &WorthPoint) {
    let t = tokens(ui);
    let worth = &point.worth;
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal(|ui| {
        ui.label(fonts::caption_strong(format::date_weekday(point.on)));
        ui.label(fonts::caption(&point.campaign).color(t.tx2));
    });
    let mut row = |name: &str, what: &str, cents: i64, is_told: bool| {
        ui.horizontal(|ui| {
            ui.label(fonts::caption(name).color(t.tx3));
            ui.label(fonts::caption(what).color(t.tx));
            let ink = if is_told {
                t.text(Tone::of_sign(usd(cents)))
            } else {
                t.tx2
            };
            ui.label(fonts::num_small(format::usd_signed(usd(cents))).color(ink));
        });
    };
    row("Done", &worth.done, worth.done_cents, false);
    row("Not done", &worth.not_done, worth.not_done_cents, false);
    let over = if series.is_taken {
        "over holding"
    } else {
        "over what was done"
    };
    row(title(series.of), over, worth.value_cents, true);
    row("Sum", "so far", point.running_cents, true);
    let ink = if worth.is_marked { t.tx3 } else { t.warn };
    ui.label(fonts::caption(source(worth.is_marked)).color(ink));
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::document::campaign_from_ron;
    use crate::journal::{CampaignReview, CampaignSummary, DecisionSummary};

    #[test]
    fn a_decision_says_what_was_done_what_was_not_and_what_that_rests_on() {
        let text = include_str!("../../../../assets/samples/condor.ron");
        let campaign = campaign_from_ron(text).expect("the sample reads");
        let summary = CampaignSummary {
            name: "June".to_owned(),
            decisions: vec![DecisionSummary {
                on: date(2026, 6, 3),
                taken: Some("Roll".to_owned()),
                done: "Roll the call side".to_owned(),
                done_cents: 41_000,
                ..DecisionSummary::default()
            }],
            ..CampaignReview::of(&campaign).summary
        };
        let series = WorthSeries::of(&[&summary], Adjustment::Rolling, true);
        let lines = told(&series, &series.points[0]);
        assert_eq!(
            lines,
            [
                "Wed 3 Jun 26 June",
                "Done: Roll the call side +$410",
                "Not done: Hold $0",
                "Value of rolling: +$410",
                "Sum so far: +$410",
                "By the model, where marks are missing",
            ]
        );
        assert_eq!(note(&series), "n = 1  too few to say, over holding");
        assert_eq!(
            words(&series),
            "Value of rolling, done: 1 decision, sum +$410, 1 by the model"
        );
    }
}
