//! What the plots against SPX share: canvas, axes, lines, fills, labels, the linked cursor, and where to put a card.
//!
//! The canvas, zoom, pan and axis drag are those of `egui_plot`; everything visible is painted here over
//! it, in screen space and clipped to the frame. The view belongs to the caller: a plot never changes its
//! own bounds, it only reports what the user asked for, so nothing can jump.

pub mod axis;
pub mod canvas;
pub mod card;
pub mod cursor;
pub mod fill;
pub mod label;
pub mod line;
pub mod line_end;
pub mod place;
pub mod view;

pub use canvas::{Canvas, CanvasSpec, View, canvas};
pub use label::{Ink, Label};
pub use view::Viewer;
