//! The lines of a picture that say what it shows: subject, campaign, instant, and the VIX assumption.

use egui::{Align2, Color32, FontId, Painter, Rect, Ui, pos2};

use super::picture::PartWords;
use crate::calendar::new_york;
use crate::ui::theme::{PAD, tokens};
use crate::ui::{PanelContext, fonts, format};

/// Height of the lines above the panel, in points.
pub const ABOVE: f32 = 52.0;
/// Height of the line below it, in points.
pub const BELOW: f32 = 24.0;

/// The line below every picture.
const NOTE: &str = "For education: model estimates from these marks, not advice";

/// What the picture rests on: instant, levels, and how VIX follows.
pub fn assumption(ctx: &PanelContext<'_>) -> String {
    let market = &ctx.valuation.market;
    let as_of = market.as_of.to_zoned(new_york());
    let model = &ctx.valuation.book.params;
    let curve = market.curve.source.label();
    [
        format!("{} New York", as_of.strftime("%a %-d %b %Y %H:%M")),
        format!("SPX {}", format::fixed(market.spx, 2)),
        format!("VIX {}", format::points(market.vix)),
        format!(
            "VIX follows SPX by model, m = {}, τ = {} d",
            format::trimmed(model.stress_multiple, 2),
            format::trimmed(model.curve_tau_days, 1)
        ),
        format!("VX futures {curve}"),
    ]
    .join("  ·  ")
}

/// Paints the lines above a panel's picture.
pub fn above(ui: &Ui, ctx: &PanelContext<'_>, title: &str, rect: Rect) {
    let words = PartWords {
        title,
        campaign: &ctx.campaign.name,
        basis: &assumption(ctx),
    };
    lines(ui, words, ctx.what_if.is_some(), rect);
}

/// Paints the lines above a picture of no panel.
pub fn part_above(ui: &Ui, words: PartWords<'_>, rect: Rect) {
    lines(ui, words, false, rect);
}

fn lines(ui: &Ui, words: PartWords<'_>, is_what_if: bool, rect: Rect) {
    let t = tokens(ui);
    let painter = ui.painter();
    let (first, second) = (rect.top() + 18.0, rect.top() + 38.0);
    let mut at = line(
        painter,
        (rect.left() + PAD, first),
        words.title,
        (fonts::inter_strong(15.0), t.tx),
    );
    if is_what_if {
        let look = (fonts::inter_strong(fonts::BODY), t.wi);
        at = line(painter, (at.right() + 12.0, first), "What-if", look);
    }
    let name = elided(
        painter,
        words.campaign,
        rect.right() - PAD - at.right() - 24.0,
    );
    let place = pos2(rect.right() - PAD, first);
    fonts::write(
        painter,
        place,
        Align2::RIGHT_CENTER,
        &name,
        (fonts::inter(fonts::BODY), t.tx2),
    );
    let look = (fonts::inter(fonts::SMALL), t.tx2);
    line(painter, (rect.left() + PAD, second), words.basis, look);
}

/// Paints the line below a picture.
pub fn below(ui: &Ui, rect: Rect) {
    let t = tokens(ui);
    let look = (fonts::inter(fonts::SMALL), t.tx3);
    line(
        ui.painter(),
        (rect.left() + PAD, rect.center().y),
        NOTE,
        look.clone(),
    );
    let program = format!("Palisade {}", env!("CARGO_PKG_VERSION"));
    let place = pos2(rect.right() - PAD, rect.center().y);
    fonts::write(ui.painter(), place, Align2::RIGHT_CENTER, &program, look);
}

fn line(painter: &Painter, (x, y): (f32, f32), words: &str, look: (FontId, Color32)) -> Rect {
    fonts::write(painter, pos2(x, y), Align2::LEFT_CENTER, words, look)
}

/// The longest beginning of a name that fits into `width` points.
fn elided(painter: &Painter, name: &str, width: f32) -> String {
    let fits = |words: &str| {
        let look = (fonts::inter(fonts::BODY), Color32::PLACEHOLDER);
        fonts::galley(painter, words, look).size().x <= width
    };
    if fits(name) {
        return name.to_owned();
    }
    let mut letters: Vec<char> = name.chars().collect();
    while letters.pop().is_some() {
        let shorter = letters.iter().collect::<String>().trim_end().to_owned() + "…";
        if fits(&shorter) {
            return shorter;
        }
    }
    String::new()
}
