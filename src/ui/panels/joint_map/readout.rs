//! What is read off the map: the point in focus, and the floating card where there is no side card.

use egui::{Role, Sense, Ui, WidgetInfo};

use super::chart::Chart;
use super::names::Room;
use super::point::Hand;
use super::state::Scene;
use crate::instrument::LayerKind;
use crate::risk::curves::Component;
use crate::risk::joint_map::JointPoint;
use crate::ui::format;
use crate::ui::plot::card::{CardCell, CardTable};
use crate::ui::plot::place::{Obstacles, place};
use crate::ui::theme::Tone;

/// Why a point is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The pointer stands there.
    Pointer,
    /// The what-if stands there.
    WhatIf,
    /// Nothing else is pointed at.
    Today,
}

/// The point read, beside no move on the same day.
pub struct Focus {
    /// Why it is read.
    pub why: Why,
    /// The point.
    pub here: JointPoint,
    /// Today's SPX and VIX on the same day.
    pub no_move: JointPoint,
}

/// The point in focus: under the pointer, else the what-if's, else today.
pub fn focus(scene: &Scene<'_>, hand: &Hand) -> Focus {
    let (why, at) = match (hand.pointer, scene.what_if) {
        (Some(at), _) => (Why::Pointer, at),
        (None, Some(at)) => (Why::WhatIf, at),
        (None, None) => (Why::Today, scene.today()),
    };
    Focus {
        why,
        here: scene.point(at),
        no_move: scene.point(scene.today()),
    }
}

/// The point against the model's path, in a sentence.
pub fn path_words(scene: &Scene<'_>, here: &JointPoint) -> String {
    let above = here.vix - here.model_vix;
    let side = if above < 0.0 { "below" } else { "above" };
    let model = format::fixed(here.model_vix, 1);
    let first = format!("Model path gives VIX {model} for this move");
    let is_on_path = above.abs() < 0.05;
    let second = if is_on_path {
        "the point is on it".to_owned()
    } else {
        format!("the point is {} {side} it", format::signed(above, 1))
    };
    let m = |stress: f64| format::fixed(stress, 2);
    match here.implied_stress {
        Some(stress) if stress >= 0.0 => format!("{first}; {second}, m = {}", m(stress)),
        Some(_) => format!("{first}; {second}, against the move"),
        None if here.spx_pct == 0.0 && scene.choices.days == 0 => {
            format!("{first}; without a move there is no m")
        }
        None => format!("{first}; {second}"),
    }
}

/// The components of the split with their figures; VIX legs outside the layers only where there are any.
pub fn split(point: &JointPoint) -> Vec<(&'static str, f64)> {
    let layers = LayerKind::ALL.map(Component::Layer);
    let mut rows = vec![(Component::Condor.label(), point.condor_usd)];
    rows.extend(layers.map(|layer| (layer.label(), point.component_usd(layer))));
    if point.other_usd != 0.0 {
        rows.push(("Other VIX", point.other_usd));
    }
    rows
}

/// The accessible words of a readout.
pub fn said(focus: &Focus) -> String {
    let here = &focus.here;
    format!(
        "Readout at SPX {} %, VIX {}: net {}",
        format::signed(here.spx_pct, 1),
        format::fixed(here.vix, 1),
        format::signed(here.net_usd(), 0)
    )
}

/// The floating card: only while a point is pointed at or assumed.
pub fn card(
    ui: &Ui,
    scene: &Scene<'_>,
    (chart, focus): (&Chart, &Focus),
    (hand, named): (&Hand, &Room),
) {
    if focus.why == Why::Today {
        return;
    }
    let t = &chart.t;
    let here = &focus.here;
    let money = |value: f64| {
        let ink = t.text(Tone::of_sign(value));
        CardCell::new(format::signed(value, 0), ink)
    };
    let mut rows: Vec<Vec<CardCell>> = split(here)
        .into_iter()
        .map(|(name, value)| vec![CardCell::new(name, t.tx2), money(value)])
        .collect();
    let net = CardCell::new("Net", t.tx).strong(true);
    rows.push(vec![net, money(here.net_usd()).strong(true)]);
    let table = CardTable {
        title: vec![
            CardCell::new(format!("SPX {}", format::fixed(here.spx, 0)), t.tx).strong(true),
        ],
        remark: vec![CardCell::new(
            format!("VIX {}", format::fixed(here.vix, 1)),
            t.tx2,
        )],
        rows,
        ..CardTable::default()
    };
    let laid_out = table.lay_out(&chart.outer);
    let mut obstacles = Obstacles::default();
    obstacles.pointers.extend(hand.pointer_at);
    obstacles.pointers.push(chart.at(here.spx_pct, here.vix));
    let (pct, vix) = scene.today();
    obstacles.pointers.push(chart.at(pct, vix));
    obstacles.rects.extend(named.rects());
    let id = egui::Id::unique("palisade_joint_map_readout");
    let room = chart.frame.shrink(8.0);
    let rect = place(ui.ctx(), id, room, laid_out.size, &obstacles);
    laid_out.paint(&chart.outer, t, rect);
    let words = said(focus);
    let node = ui.interact(rect, id, Sense::hover());
    node.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}
