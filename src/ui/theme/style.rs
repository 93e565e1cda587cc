//! Turns the tokens into egui's two styles: visuals, spacing and text styles.

use std::sync::Arc;

use egui::style::{HandleShape, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Spacing, Stroke, Style,
    TextStyle, Theme, Visuals, vec2,
};

use super::{FIELD_HEIGHT, ProfitLossColours, RADIUS_FIELD, RADIUS_PANEL, Tokens, slot};
use crate::ui::fonts;

/// Installs fonts, both styles and the tokens with green and red.
pub fn install(ctx: &Context) {
    install_with(ctx, ProfitLossColours::GreenRed);
}

/// Installs fonts, both styles and the tokens with the chosen pair for profit and loss.
///
/// May be called again when the setting changes; fonts are set only once per context.
pub fn install_with(ctx: &Context, colours: ProfitLossColours) {
    fonts::install(ctx);
    for theme in [Theme::Dark, Theme::Light] {
        let tokens = Tokens::of(theme, colours);
        ctx.data_mut(|data| data.insert_temp(slot(theme), tokens));
        ctx.set_style_of(theme, Arc::new(style(theme, &tokens)));
    }
}

fn style(theme: Theme, t: &Tokens) -> Style {
    let mut style = theme.default_style();
    visuals(&mut style.visuals, t);
    widgets(&mut style.visuals, t);
    spacing(&mut style.spacing);
    text_styles(&mut style);
    style.animation_time = 0.0;
    style.interaction.tooltip_delay = 0.35;
    style.interaction.selectable_labels = false;
    style.drag_value_text_style = TextStyle::Monospace;
    style
}

fn visuals(v: &mut Visuals, t: &Tokens) {
    v.panel_fill = t.panel;
    v.window_fill = t.pop;
    v.window_stroke = Stroke::new(1.0, t.edge);
    v.extreme_bg_color = t.field;
    v.text_edit_bg_color = Some(t.field);
    v.faint_bg_color = t.card;
    v.code_bg_color = t.field;
    v.weak_text_color = Some(t.tx3);
    v.selection.bg_fill = t.accent_bg;
    v.selection.stroke = Stroke::new(1.0, t.accent);
    v.hyperlink_color = t.accent;
    v.warn_fg_color = t.warn;
    v.error_fg_color = t.dn;
    v.window_corner_radius = CornerRadius::same(RADIUS_PANEL);
    v.menu_corner_radius = CornerRadius::same(RADIUS_PANEL);
    v.text_cursor.stroke = Stroke::new(1.5, t.accent);
    v.handle_shape = HandleShape::Circle;
    v.slider_trailing_fill = true;
    v.window_highlight_topmost = false;
    v.indent_has_left_vline = false;
    v.striped = false;
    let shadow = Shadow {
        offset: [0, 8],
        blur: 24,
        spread: 0,
        color: Color32::from_black_alpha(if t.is_dark { 140 } else { 46 }),
    };
    v.window_shadow = shadow;
    v.popup_shadow = shadow;
}

fn widgets(v: &mut Visuals, t: &Tokens) {
    let base = WidgetVisuals {
        bg_fill: t.hover,
        weak_bg_fill: t.hover,
        bg_stroke: Stroke::NONE,
        corner_radius: CornerRadius::same(RADIUS_FIELD),
        fg_stroke: Stroke::new(1.0, t.tx),
        expansion: 0.0,
    };
    v.widgets.noninteractive = WidgetVisuals {
        bg_fill: t.panel,
        weak_bg_fill: t.panel,
        bg_stroke: Stroke::new(1.0, t.line),
        fg_stroke: Stroke::new(1.0, t.tx2),
        ..base
    };
    v.widgets.inactive = base;
    v.widgets.hovered = WidgetVisuals {
        bg_fill: t.edge,
        weak_bg_fill: t.edge,
        ..base
    };
    v.widgets.active = WidgetVisuals {
        bg_fill: t.accent_bg,
        weak_bg_fill: t.accent_bg,
        bg_stroke: Stroke::new(1.0, t.accent),
        ..base
    };
    v.widgets.open = WidgetVisuals {
        bg_stroke: Stroke::new(1.0, t.edge),
        ..base
    };
}

fn spacing(s: &mut Spacing) {
    s.item_spacing = vec2(8.0, 4.0);
    s.button_padding = vec2(8.0, 4.0);
    s.interact_size = vec2(24.0, FIELD_HEIGHT);
    s.window_margin = Margin::same(12);
    s.menu_margin = Margin::same(8);
    s.icon_width = 14.0;
    s.icon_width_inner = 8.0;
    s.combo_width = 96.0;
    s.tooltip_width = 360.0;
    s.scroll.floating = true;
    s.scroll.bar_width = 8.0;
    s.scroll.floating_width = 4.0;
}

fn text_styles(style: &mut Style) {
    let inter = |size| FontId::new(size, FontFamily::Proportional);
    let mono = |size| FontId::new(size, FontFamily::Monospace);
    style.text_styles = [
        (TextStyle::Small, inter(11.0)),
        (TextStyle::Body, inter(12.0)),
        (TextStyle::Button, inter(12.0)),
        (TextStyle::Heading, FontId::new(16.0, fonts::semibold())),
        (TextStyle::Monospace, mono(12.0)),
        (TextStyle::Name("num".into()), mono(12.0)),
        (TextStyle::Name("num_small".into()), mono(11.0)),
        (
            TextStyle::Name("num_key".into()),
            FontId::new(16.0, fonts::mono_semibold()),
        ),
        (
            TextStyle::Name("title".into()),
            FontId::new(12.0, fonts::semibold()),
        ),
        (
            TextStyle::Name("caption_strong".into()),
            FontId::new(11.0, fonts::semibold()),
        ),
    ]
    .into();
}
