//! The verdict as a chip: what to do, and the reason in the same breath.

use egui::{Response, Ui};

use super::chip::Chip;
use crate::rule::Stance;
use crate::ui::icons::Icon;
use crate::ui::theme::Tone;

/// How a stance looks.
pub trait StanceLook {
    /// Its icon.
    fn icon(self) -> Icon;

    /// Its colour: hold is good, close and fix are bad, the rest asks for attention.
    fn tone(self) -> Tone;
}

impl StanceLook for Stance {
    fn icon(self) -> Icon {
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

    fn tone(self) -> Tone {
        match self {
            Self::NoAdvice => Tone::Faint,
            Self::Hold => Tone::Good,
            Self::Fix | Self::Close => Tone::Bad,
            Self::Roll | Self::Hedge | Self::Trim | Self::Evaluate => Tone::Warn,
        }
    }
}

/// The clickable badge: `Hedge  short vega by 0.10`, after `Hold →` where another stance stood before;
/// reason and figure may be empty.
pub fn stance_badge(
    ui: &mut Ui,
    before: Option<Stance>,
    stance: Stance,
    (reason, figure): (&str, &str),
) -> Response {
    let was = before
        .filter(|before| *before != stance)
        .map(|before| format!("{} →", before.label()));
    let mut chip = Chip::new(stance.tone()).icon(stance.icon());
    if let Some(was) = &was {
        chip = chip.was(was);
    }
    chip = chip.strong(stance.label()).clickable();
    if !reason.is_empty() {
        chip = chip.text(reason);
    }
    if !figure.is_empty() {
        chip = chip.num(figure);
    }
    chip.show(ui)
}
