//! The verdict as a chip: what to do, and the reason in the same breath.

use egui::{Response, Ui};

use super::chip::Chip;
use crate::ui::icons::Icon;
use crate::ui::theme::Tone;

/// What the rules advise, as the desk shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StanceMark {
    /// Facts are missing or stale: no advice.
    NoAdvice,
    /// The position contradicts itself or its limits; repair it first.
    Fix,
    /// Do nothing.
    Hold,
    /// Move the condor.
    Roll,
    /// Add to the hedge.
    Hedge,
    /// Make it smaller.
    Trim,
    /// Take it off.
    Close,
    /// Something changed: look again.
    Evaluate,
}

impl StanceMark {
    /// Icon of the stance.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::NoAdvice => Icon::Info,
            Self::Fix => Icon::Warning,
            Self::Hold => Icon::Pause,
            Self::Roll => Icon::Roll,
            Self::Hedge => Icon::Shield,
            Self::Trim => Icon::Minus,
            Self::Close => Icon::Close,
            Self::Evaluate => Icon::Clock,
        }
    }

    /// Colour of the stance: hold is good, close and fix are bad, the rest asks for attention.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::NoAdvice => Tone::Faint,
            Self::Hold => Tone::Good,
            Self::Fix | Self::Close => Tone::Bad,
            Self::Roll | Self::Hedge | Self::Trim | Self::Evaluate => Tone::Warn,
        }
    }

    /// Word of the stance.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoAdvice => "No advice",
            Self::Fix => "Fix",
            Self::Hold => "Hold",
            Self::Roll => "Roll",
            Self::Hedge => "Hedge",
            Self::Trim => "Trim",
            Self::Close => "Close",
            Self::Evaluate => "Evaluate",
        }
    }
}

/// The clickable badge: `Hedge  short vega by 0.10`; reason and figure may be empty.
pub fn stance_badge(ui: &mut Ui, stance: StanceMark, reason: &str, figure: &str) -> Response {
    let mut chip = Chip::new(stance.tone())
        .icon(stance.icon())
        .strong(stance.word())
        .clickable();
    if !reason.is_empty() {
        chip = chip.text(reason);
    }
    if !figure.is_empty() {
        chip = chip.num(figure);
    }
    chip.show(ui)
}
