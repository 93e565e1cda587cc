//! The four states of a rule, told apart by shape, word and colour.

use egui::{Response, Role, Ui, WidgetInfo};

use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Tone, tokens};

/// State of a rule or a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Inside, with room.
    Pass,
    /// Inside, but near the threshold; or armed.
    Near,
    /// Misses a target without breaking a limit.
    Below,
    /// Outside a limit.
    Breach,
    /// Cannot be told: a fact is missing.
    Unknown,
}

impl Status {
    /// Shape of the state.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Pass => Icon::Pass,
            Self::Near => Icon::Near,
            Self::Below => Icon::Below,
            Self::Breach => Icon::Breach,
            Self::Unknown => Icon::Info,
        }
    }

    /// Colour of the state.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Pass => Tone::Good,
            Self::Near | Self::Below => Tone::Warn,
            Self::Breach => Tone::Bad,
            Self::Unknown => Tone::Faint,
        }
    }

    /// Word of the state.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "Pass",
            Self::Near => "Near",
            Self::Below => "Below",
            Self::Breach => "Breach",
            Self::Unknown => "Unknown",
        }
    }
}

/// The icon alone; its word is the accessible name and the tooltip.
pub fn status_icon(ui: &mut Ui, status: Status) -> Response {
    let color = tokens(ui).text(status.tone());
    let response = icons::show(ui, status.icon(), color);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, status.word()));
    response.on_hover_text(status.word())
}

/// The icon with its word, or with `words` in its place.
pub fn status_label(ui: &mut Ui, status: Status, words: Option<&str>) -> Response {
    let color = tokens(ui).text(status.tone());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        icons::show(ui, status.icon(), color);
        ui.label(fonts::caption_strong(words.unwrap_or_else(|| status.word())).color(color));
    })
    .response
}
