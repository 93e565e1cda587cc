//! The strikes that can be taken hold of, where they stand on the curve, and what they are called.

use egui::{Id, Pos2, Rect, vec2};

use super::moves::Grip;
use crate::instrument::{Contract, Position, PositionId, Right, Underlying};
use crate::risk::curves::value_at;
use crate::ui::context::PanelContext;
use crate::ui::format;
use crate::ui::plot::Canvas;

/// Side of the ground that takes hold of a handle, in points.
pub const TARGET: f32 = 24.0;
/// Two handles of one cluster nearer than this get flags.
pub const NARROW: f32 = 16.0;

/// Distance from the frame's edge at which a grip waits whose place is outside.
const EDGE: f32 = 8.0;

/// One strike on the curve.
#[derive(Clone, Debug)]
pub struct Handle {
    /// The position that holds it.
    pub position: PositionId,
    /// Index of the leg in its position.
    pub leg: usize,
    /// Accessible name: `Short put strike`, with the position's name when there are several.
    pub name: String,
    /// The contract.
    pub contract: Contract,
    /// Signed number of contracts.
    pub quantity: i32,
    /// Strike in points of the contract's own index.
    pub strike: f64,
    /// Strike on the SPX axis.
    pub spx: f64,
    /// Place on the curve.
    pub at: Pos2,
    /// Position in its condor, 0 to 3; `None` for a loose leg.
    pub place: Option<usize>,
    /// Flagged, because a neighbour stands too near.
    pub is_flagged: bool,
}

impl Handle {
    /// Identity of its widget.
    pub fn id(&self) -> Id {
        handle_id(self.position, self.leg)
    }

    /// Whether the leg is sold.
    pub fn is_short(&self) -> bool {
        self.quantity < 0
    }

    /// `5,640P`.
    pub fn label(&self) -> String {
        self.contract.short_label()
    }

    /// `6,335C −10`.
    pub fn flag_words(&self) -> String {
        format!(
            "{} {}",
            self.label(),
            format::quantity(i64::from(self.quantity))
        )
    }

    /// The ground around the grip.
    pub fn grip_rect(&self) -> Rect {
        Rect::from_center_size(self.at, vec2(TARGET, TARGET))
    }
}

/// Identity of a handle's widget.
pub fn handle_id(position: PositionId, leg: usize) -> Id {
    Id::unique(("palisade_strike_handle", position, leg))
}

/// `Short put` and so on.
fn what(quantity: i32, right: Right) -> &'static str {
    match (quantity < 0, right) {
        (true, Right::Put) => "Short put",
        (true, Right::Call) => "Short call",
        (false, Right::Put) => "Long put",
        (false, Right::Call) => "Long call",
    }
}

/// The handles of every index option, ascending by strike, on a curve of profits over `spots`.
pub fn handles(ctx: &PanelContext<'_>, canvas: &Canvas, values: &[f64]) -> Vec<Handle> {
    let holders: Vec<&Position> = ctx
        .campaign
        .positions
        .iter()
        .filter(|position| has_index_option(position))
        .collect();
    let mut found: Vec<Handle> = Vec::new();
    for (number, position) in holders.iter().enumerate() {
        let suffix = if holders.len() > 1 {
            format!(", {} ({})", position.name, number + 1)
        } else {
            String::new()
        };
        found.extend(of_position(position, &suffix, |spx| {
            let value = value_at(&ctx.curves.spots, values, spx)?;
            let at = canvas.at(spx, value);
            // a grip whose place is above or below the frame waits at its edge
            let (top, bottom) = (canvas.frame.top() + EDGE, canvas.frame.bottom() - EDGE);
            Some(egui::pos2(at.x, at.y.clamp(top, bottom)))
        }));
    }
    found.sort_by(|a, b| a.at.x.total_cmp(&b.at.x));
    flag_narrow(&mut found);
    found
}

fn has_index_option(position: &Position) -> bool {
    position
        .legs
        .iter()
        .any(|leg| leg.contract.underlying() == Underlying::Spx)
}

fn of_position(position: &Position, suffix: &str, at: impl Fn(f64) -> Option<Pos2>) -> Vec<Handle> {
    let condor = position.condor();
    let place = |leg: usize| {
        let view = condor?;
        view.legs().iter().position(|found| found.index == leg)
    };
    let is_twin = |leg: usize, words: &str| {
        let others = position
            .legs
            .iter()
            .enumerate()
            .filter(|(index, _)| *index != leg);
        others
            .filter(|(_, other)| other.contract.underlying() == Underlying::Spx)
            .any(|(_, other)| {
                other
                    .contract
                    .right()
                    .is_some_and(|right| what(other.quantity, right) == words)
            })
    };
    let legs = position.legs.iter().enumerate();
    legs.filter(|(_, leg)| leg.contract.underlying() == Underlying::Spx)
        .filter_map(|(index, leg)| {
            let strike = leg.contract.strike()?;
            let spx = strike / leg.contract.root().index_scale();
            let what = what(leg.quantity, leg.contract.right()?);
            let number = if is_twin(index, what) {
                format!(" {}", index + 1)
            } else {
                String::new()
            };
            Some(Handle {
                position: position.id,
                leg: index,
                name: format!("{what} strike{number}{suffix}"),
                contract: leg.contract,
                quantity: leg.quantity,
                strike,
                spx,
                at: at(spx)?,
                place: place(index),
                is_flagged: false,
            })
        })
        .collect()
}

/// Flags every handle whose neighbour stands too near.
fn flag_narrow(handles: &mut [Handle]) {
    for index in 1..handles.len() {
        if handles[index].at.x - handles[index - 1].at.x < NARROW {
            handles[index].is_flagged = true;
            handles[index - 1].is_flagged = true;
        }
    }
}

/// The body of a spread: the piece of the curve between the two strikes of one side of a condor.
#[derive(Clone, Debug)]
pub struct Body {
    /// The position.
    pub position: PositionId,
    /// Its two legs.
    pub grip: Grip,
    /// The ends on the curve.
    pub ends: [Pos2; 2],
}

/// The bodies that are long enough to be taken hold of.
pub fn bodies(handles: &[Handle]) -> Vec<Body> {
    let mut found = Vec::new();
    for low in handles
        .iter()
        .filter(|handle| matches!(handle.place, Some(0 | 2)))
    {
        let partner = handles.iter().find(|high| {
            high.position == low.position && high.place == low.place.map(|place| place + 1)
        });
        if let Some(high) = partner.filter(|high| high.at.distance(low.at) > 2.2 * TARGET) {
            found.push(Body {
                position: low.position,
                grip: Grip::Spread([low.leg, high.leg]),
                ends: [low.at, high.at],
            });
        }
    }
    found
}

impl Body {
    /// Small grounds along the line, clear of the grips at its ends.
    pub fn rects(&self) -> Vec<Rect> {
        let [from, to] = self.ends;
        let way = to - from;
        let length = way.length();
        let free = length - 2.0 * (TARGET / 2.0 + 2.0);
        let count = (free / 12.0).ceil().clamp(1.0, 24.0) as usize;
        (0..count)
            .map(|index| {
                let along = TARGET / 2.0 + 2.0 + free * (index as f32 + 0.5) / count as f32;
                let side = (free / count as f32).clamp(12.0, 28.0);
                Rect::from_center_size(from + way * (along / length), vec2(side, side))
            })
            .collect()
    }
}
