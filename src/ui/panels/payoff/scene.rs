//! One frame of the payoff plot: what all its painters read, and the ground that labels have taken.

use egui::{Color32, Pos2, Rect};

use super::gesture::Gesture;
use super::handles::Handle;
use super::lines::ShownLine;
use super::spot::SpotDrag;
use crate::ui::context::PanelContext;
use crate::ui::plot::Canvas;
use crate::ui::plot::label::Taken;
use crate::ui::theme::Tokens;

/// Everything about the frame being drawn.
pub struct Scene<'a> {
    /// What the panel reads.
    pub ctx: &'a PanelContext<'a>,
    /// The colours.
    pub t: Tokens,
    /// The canvas.
    pub canvas: Canvas,
    /// The lines from back to front.
    pub lines: Vec<ShownLine<'a>>,
    /// Screen points of each line.
    pub polylines: Vec<Vec<Pos2>>,
    /// The strikes on the curve; empty when the component has none.
    pub handles: Vec<Handle>,
    /// The drag of strikes under way.
    pub gesture: Option<Gesture>,
    /// The drag of the spot line under way.
    pub spot_drag: Option<SpotDrag>,
    /// The strip above the frame, for flags.
    pub strip: Rect,
    /// Ground that labels have taken.
    pub taken: Taken,
    /// Pills on the SPX axis.
    pub pills: Vec<Rect>,
}

impl<'a> Scene<'a> {
    /// The line that strikes lie on and whose area is filled: expiry, or today without one.
    pub fn main_line(&self) -> Option<(&ShownLine<'a>, &[Pos2])> {
        let index = self
            .lines
            .iter()
            .position(ShownLine::is_expiry)
            .or_else(|| self.lines.iter().position(ShownLine::is_today))?;
        Some((self.lines.get(index)?, self.polylines.get(index)?))
    }

    /// Screen y of no profit and no loss.
    pub fn zero(&self) -> f32 {
        self.canvas.y(0.0)
    }

    /// SPX as it is marked.
    pub fn real_spot(&self) -> f64 {
        self.ctx.real_valuation().market.spx
    }

    /// The colour of what is under the hand: violet in a what-if, where nothing is real.
    pub fn active_ink(&self) -> Color32 {
        if self.ctx.what_if.is_some() {
            self.t.wi
        } else {
            self.t.accent
        }
    }

    /// Whether anything is being dragged on the plot.
    pub fn is_dragging(&self) -> bool {
        self.gesture.is_some() || self.spot_drag.is_some()
    }

    /// Whether a value of the component depends on the VIX model.
    pub fn depends_on_vix(&self) -> bool {
        self.ctx.workspace.component.has_vix() && super::lines::has_vix(self.ctx)
    }
}
