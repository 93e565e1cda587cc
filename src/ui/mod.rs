//! Room `ui`: the only room that knows egui: read, draw, emit actions.

pub mod fonts;
pub mod format;
pub mod icons;
pub mod raster;
pub mod theme;
pub mod widgets;
