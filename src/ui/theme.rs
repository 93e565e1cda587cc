//! The colours and measures of the desk: one [`Tokens`] per theme, read by every widget.
//!
//! This is the only file in which a colour may be written as a literal. One idea per hue: blue is
//! *now*, selection and the primary action; violet is what-if only; green and red are profit and
//! loss, pass and breach; amber is near or attention; sand is the hedge layers; slate the condor.

mod style;

use egui::{Color32, Context, Id, Theme};

pub use style::{install, install_with};

/// Gap between panels, in points.
pub const SEAM: f32 = 4.0;
/// Inner margin of a panel, in points.
pub const PAD: f32 = 12.0;
/// Inner margin of a card, in points.
pub const CARD_PAD: f32 = 8.0;
/// Gap between the things of one row, in points.
pub const GAP: f32 = 8.0;
/// Gap between things that belong closely together, in points.
pub const TIGHT: f32 = 4.0;
/// Gap between two sections of a panel, in points; a 1-point line stands in its middle.
pub const SECTION_GAP: f32 = 12.0;
/// Corner radius of panels, cards and popups.
pub const RADIUS_PANEL: u8 = 6;
/// Corner radius of fields, buttons, chips and flags.
pub const RADIUS_FIELD: u8 = 4;
/// Corner radius of bars and gauges.
pub const RADIUS_BAR: u8 = 2;
/// Height of fields, buttons and chips.
pub const FIELD_HEIGHT: f32 = 24.0;
/// Height of the quick-entry line.
pub const ENTRY_HEIGHT: f32 = 28.0;
/// Height of a table row.
pub const ROW_HEIGHT: f32 = 24.0;
/// Height of a row in a dense table.
pub const ROW_DENSE: f32 = 23.0;
/// Height of the top strip of the window.
pub const STRIP_HEIGHT: f32 = 44.0;
/// Height of a panel's head.
pub const HEAD_HEIGHT: f32 = 36.0;
/// Height of a tab bar.
pub const TAB_HEIGHT: f32 = 32.0;
/// Height of the status strip at the foot of the window.
pub const STATUS_HEIGHT: f32 = 24.0;
/// Side of an icon.
pub const ICON: f32 = 14.0;
/// Side of the target around an icon.
pub const ICON_TARGET: f32 = 24.0;
/// Width of the left panel in a wide window.
pub const LEFT_WIDTH: f32 = 344.0;
/// Width of the right panel in a wide window.
pub const RIGHT_WIDTH: f32 = 324.0;

/// Which pair of hues says profit and loss.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum ProfitLossColours {
    /// Green and red.
    #[default]
    GreenRed,
    /// Blue and orange, for eyes that confuse green and red; the accent then turns neutral.
    BlueOrange,
}

/// What a figure or a chip says by its colour, beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// A value: the strongest text.
    #[default]
    Plain,
    /// A value of second rank.
    Quiet,
    /// Units, heads and stale values: the faintest text allowed.
    Faint,
    /// Profit or pass.
    Good,
    /// Near a limit, or asking for attention.
    Warn,
    /// Loss or breach.
    Bad,
    /// Now, selected, primary.
    Accent,
    /// What-if, never anything real.
    WhatIf,
}

impl Tone {
    /// Good above zero, bad below, plain at zero or when the value is not a number.
    #[must_use]
    pub fn of_sign(value: f64) -> Self {
        if value > 0.0 {
            Self::Good
        } else if value < 0.0 {
            Self::Bad
        } else {
            Self::Plain
        }
    }
}

/// All colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Whether these are the colours of the dark theme.
    pub is_dark: bool,
    /// Seams between panels; carries no text.
    pub app: Color32,
    /// Panels and strips.
    pub panel: Color32,
    /// Cards and highlighted rows.
    pub card: Color32,
    /// Inputs and the track of a segmented control.
    pub field: Color32,
    /// Plot canvas.
    pub plot: Color32,
    /// Hover, selected segment, quiet button.
    pub hover: Color32,
    /// Readouts, menus and tooltips.
    pub pop: Color32,
    /// Dividers, card strokes and gauge tracks.
    pub line: Color32,
    /// Field strokes, the zero line and popup strokes.
    pub edge: Color32,
    /// Plot grid.
    pub grid: Color32,
    /// Values, titles and the expiry line.
    pub tx: Color32,
    /// Labels and second-rank numbers.
    pub tx2: Color32,
    /// Units, axis ticks and column heads; the faintest text allowed.
    pub tx3: Color32,
    /// Now, focus, selection and the one primary button.
    pub accent: Color32,
    /// Text on `accent`.
    pub on_accent: Color32,
    /// Selected row.
    pub accent_bg: Color32,
    /// Profit, pass, band.
    pub up: Color32,
    /// Ground behind `up` text.
    pub up_bg: Color32,
    /// Loss, breach, limit tick.
    pub dn: Color32,
    /// Ground behind `dn` text.
    pub dn_bg: Color32,
    /// Near, below, hedge chip, dirty dot.
    pub warn: Color32,
    /// Ground behind `warn` text.
    pub warn_bg: Color32,
    /// What-if: border, handle and new figures.
    pub wi: Color32,
    /// Ground behind `wi` text.
    pub wi_bg: Color32,
    /// Condor line and bar; not for text.
    pub cond: Color32,
    /// First hedge layer; not for text.
    pub layer1: Color32,
    /// Second hedge layer; not for text.
    pub layer2: Color32,
    /// Third hedge layer; not for text.
    pub layer3: Color32,
    /// Ink behind the zero contour of a heat map.
    pub contour_halo: Color32,
    /// Contour lines of a heat map.
    pub contour: Color32,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where colours get their names"
)]
const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

impl Tokens {
    /// The dark theme, with green and red.
    #[must_use]
    pub const fn dark() -> Self {
        Self {
            is_dark: true,
            app: hex(0x0A0C0F),
            panel: hex(0x14171C),
            card: hex(0x1A1E25),
            field: hex(0x0F1217),
            plot: hex(0x101318),
            hover: hex(0x232933),
            pop: hex(0x1F242C),
            line: hex(0x242A33),
            edge: hex(0x363F4B),
            grid: hex(0x1D222A),
            tx: hex(0xE6EAF0),
            tx2: hex(0xA9B3C1),
            tx3: hex(0x8490A0),
            accent: hex(0x5AA2FF),
            on_accent: hex(0x08121F),
            accent_bg: hex(0x16263C),
            up: hex(0x3DCB97),
            up_bg: hex(0x12271F),
            dn: hex(0xFF7A6E),
            dn_bg: hex(0x30191A),
            warn: hex(0xEBAE4B),
            warn_bg: hex(0x2C2415),
            wi: hex(0xB096FF),
            wi_bg: hex(0x231D3A),
            cond: hex(0x7E8CA0),
            layer1: hex(0xE2CFA6),
            layer2: hex(0xB9A57E),
            layer3: hex(0x8C7C60),
            contour_halo: hex(0x0A0C0F),
            contour: hex(0xFFFFFF),
        }
    }

    /// The light theme, with green and red.
    #[must_use]
    pub const fn light() -> Self {
        Self {
            is_dark: false,
            app: hex(0xD8DDE4),
            panel: hex(0xF5F7F9),
            card: hex(0xFFFFFF),
            field: hex(0xFFFFFF),
            plot: hex(0xFFFFFF),
            hover: hex(0xE8ECF2),
            pop: hex(0xFFFFFF),
            line: hex(0xE0E5EB),
            edge: hex(0xBBC4D0),
            grid: hex(0xEDF0F4),
            tx: hex(0x151A21),
            tx2: hex(0x465160),
            tx3: hex(0x5F6B7A),
            accent: hex(0x1A62D0),
            on_accent: hex(0xFFFFFF),
            accent_bg: hex(0xE3EDFB),
            up: hex(0x0A7452),
            up_bg: hex(0xDFF3EA),
            dn: hex(0xC0343A),
            dn_bg: hex(0xFBE6E5),
            warn: hex(0x8A5A00),
            warn_bg: hex(0xFBF0D9),
            wi: hex(0x6A42D4),
            wi_bg: hex(0xEEE8FC),
            cond: hex(0x7B8796),
            layer1: hex(0xA88540),
            layer2: hex(0x836A38),
            layer3: hex(0x5C4B2B),
            contour_halo: hex(0x0A0C0F),
            contour: hex(0xFFFFFF),
        }
    }

    /// The tokens of `theme` with the chosen pair for profit and loss.
    #[must_use]
    pub const fn of(theme: Theme, colours: ProfitLossColours) -> Self {
        let base = match theme {
            Theme::Dark => Self::dark(),
            Theme::Light => Self::light(),
        };
        match colours {
            ProfitLossColours::GreenRed => base,
            ProfitLossColours::BlueOrange => base.with_blue_orange(),
        }
    }

    /// The same theme with blue for profit and orange for loss; the accent turns neutral, so that
    /// blue still has one meaning.
    #[must_use]
    pub const fn with_blue_orange(mut self) -> Self {
        if self.is_dark {
            self.up = hex(0x4FB3FF);
            self.up_bg = hex(0x12222F);
            self.dn = hex(0xFF9F45);
            self.dn_bg = hex(0x2E2013);
            self.on_accent = hex(0x0A0C0F);
        } else {
            self.up = hex(0x0063B8);
            self.up_bg = hex(0xE0EFFB);
            self.dn = hex(0xA84B00);
            self.dn_bg = hex(0xFBEBDD);
            self.on_accent = hex(0xFFFFFF);
        }
        self.accent = self.tx;
        self.accent_bg = self.hover;
        self
    }

    /// Colour of the hedge layer at `index`: 0 First, 1 Second, 2 and above Third.
    #[must_use]
    pub const fn layer(&self, index: usize) -> Color32 {
        match index {
            0 => self.layer1,
            1 => self.layer2,
            _ => self.layer3,
        }
    }

    /// Text colour of a tone.
    #[must_use]
    pub const fn text(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Plain => self.tx,
            Tone::Quiet => self.tx2,
            Tone::Faint => self.tx3,
            Tone::Good => self.up,
            Tone::Warn => self.warn,
            Tone::Bad => self.dn,
            Tone::Accent => self.accent,
            Tone::WhatIf => self.wi,
        }
    }

    /// Ground of a tone, for chips and rows; the tones without one stand on `card`.
    #[must_use]
    pub const fn ground(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Plain | Tone::Quiet | Tone::Faint => self.card,
            Tone::Good => self.up_bg,
            Tone::Warn => self.warn_bg,
            Tone::Bad => self.dn_bg,
            Tone::Accent => self.accent_bg,
            Tone::WhatIf => self.wi_bg,
        }
    }

    /// Soft fill over the plot between the curve and zero, on the profit side.
    #[must_use]
    pub fn profit_fill(&self) -> Color32 {
        self.up
            .gamma_multiply(if self.is_dark { 0.13 } else { 0.11 })
    }

    /// Soft fill over the plot between the curve and zero, on the loss side.
    #[must_use]
    pub fn loss_fill(&self) -> Color32 {
        self.dn
            .gamma_multiply(if self.is_dark { 0.10 } else { 0.08 })
    }

    /// Hatch that marks the loss side beside its colour.
    #[must_use]
    pub fn loss_hatch(&self) -> Color32 {
        self.dn.gamma_multiply(0.20)
    }

    /// One sigma band; two of them over each other add up.
    #[must_use]
    pub fn sigma_fill(&self) -> Color32 {
        self.cond
            .gamma_multiply(if self.is_dark { 0.075 } else { 0.055 })
    }

    /// Band between the stress multiples of the VIX assumption.
    #[must_use]
    pub fn stress_fill(&self) -> Color32 {
        self.tx3.gamma_multiply(0.22)
    }

    /// Band around the coupled path on the joint map.
    #[must_use]
    pub fn path_fill(&self) -> Color32 {
        self.accent.gamma_multiply(0.26)
    }

    /// Dimmed window behind a dialog.
    #[must_use]
    pub fn backdrop(&self) -> Color32 {
        Color32::from_black_alpha(if self.is_dark { 140 } else { 70 })
    }
}

/// Id under which [`install`] keeps the tokens of a theme.
fn slot(theme: Theme) -> Id {
    Id::unique(("palisade_tokens", theme == Theme::Dark))
}

/// The tokens of the theme that is showing; a `&Ui` can be passed as well.
///
/// Before [`install`] ran this is the plain set of the theme.
#[must_use]
pub fn tokens(ctx: &Context) -> Tokens {
    tokens_of(ctx, ctx.theme())
}

/// The installed tokens of a given theme.
#[must_use]
pub fn tokens_of(ctx: &Context, theme: Theme) -> Tokens {
    ctx.data(|data| data.get_temp::<Tokens>(slot(theme)))
        .unwrap_or_else(|| Tokens::of(theme, ProfitLossColours::GreenRed))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2 relative luminance.
    fn luminance(colour: Color32) -> f64 {
        let channel = |byte: u8| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (x, y) = (luminance(a), luminance(b));
        (x.max(y) + 0.05) / (x.min(y) + 0.05)
    }

    fn all() -> Vec<Tokens> {
        [Theme::Dark, Theme::Light]
            .into_iter()
            .flat_map(|theme| {
                [ProfitLossColours::GreenRed, ProfitLossColours::BlueOrange]
                    .map(|colours| Tokens::of(theme, colours))
            })
            .collect()
    }

    #[test]
    fn text_reads_on_every_ground_it_may_stand_on() {
        for t in all() {
            let grounds = [t.panel, t.card, t.field, t.plot, t.pop];
            let inks = [t.tx, t.tx2, t.tx3, t.accent, t.up, t.dn, t.warn, t.wi];
            for ink in inks {
                for ground in grounds {
                    let ratio = contrast(ink, ground);
                    assert!(ratio >= 4.5, "{ink:?} on {ground:?}: {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn text_reads_on_its_own_tint() {
        for t in all() {
            let pairs = [
                (t.up, t.up_bg),
                (t.dn, t.dn_bg),
                (t.warn, t.warn_bg),
                (t.wi, t.wi_bg),
                (t.accent, t.accent_bg),
                (t.on_accent, t.accent),
                (t.tx, t.hover),
                (t.tx2, t.hover),
                (t.tx, t.accent_bg),
                (t.tx2, t.accent_bg),
            ];
            for (ink, ground) in pairs {
                let ratio = contrast(ink, ground);
                assert!(ratio >= 4.5, "{ink:?} on {ground:?}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn bars_stand_out_from_the_panel() {
        for t in all() {
            for bar in [t.cond, t.layer1, t.layer2, t.layer3] {
                assert!(contrast(bar, t.panel) >= 3.0 || contrast(bar, t.card) >= 3.0);
            }
        }
    }

    #[test]
    fn contrast_of_black_and_white_is_twenty_one() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn layers_differ_and_the_third_is_the_last() {
        let t = Tokens::dark();
        assert_eq!(t.layer(0), t.layer1);
        assert_eq!(t.layer(1), t.layer2);
        assert_eq!(t.layer(2), t.layer3);
        assert_eq!(t.layer(9), t.layer3);
        assert!(t.layer1 != t.layer2 && t.layer2 != t.layer3);
    }

    #[test]
    fn tokens_follow_the_theme_and_the_chosen_pair() {
        let ctx = Context::default();
        install_with(&ctx, ProfitLossColours::BlueOrange);
        ctx.set_theme(Theme::Light);
        let expected = Tokens::light().with_blue_orange();
        assert_eq!(tokens(&ctx).up, expected.up);
        assert_eq!(
            tokens_of(&ctx, Theme::Dark),
            Tokens::dark().with_blue_orange()
        );
        install(&ctx);
        assert_eq!(tokens_of(&ctx, Theme::Light), Tokens::light());
    }

    #[test]
    fn sign_gives_the_tone() {
        assert_eq!(Tone::of_sign(1.0), Tone::Good);
        assert_eq!(Tone::of_sign(-1.0), Tone::Bad);
        assert_eq!(Tone::of_sign(0.0), Tone::Plain);
        assert_eq!(Tone::of_sign(f64::NAN), Tone::Plain);
    }
}
