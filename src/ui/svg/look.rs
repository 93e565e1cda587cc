//! Colours, strokes and numbers as SVG writes them.

use egui::Color32;

/// A length in points with at most two decimals.
pub fn number(value: f32) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// Text between tags or in an attribute. Characters that XML forbids become blanks.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            control if control.is_control() => safe.push(' '),
            plain => safe.push(plain),
        }
    }
    safe
}

/// `name="#rrggbb"`, and its opacity where it is not full.
fn paint(name: &str, color: Color32) -> String {
    let [red, green, blue, alpha] = color.to_srgba_unmultiplied();
    let ink = format!(" {name}=\"#{red:02x}{green:02x}{blue:02x}\"");
    if alpha == u8::MAX {
        return ink;
    }
    let opacity = f32::from(alpha) / 255.0;
    format!("{ink} {name}-opacity=\"{opacity:.3}\"")
}

/// The fill of a shape; `none` for nothing.
pub fn fill_attributes(color: Color32) -> String {
    if color == Color32::TRANSPARENT {
        return " fill=\"none\"".to_owned();
    }
    paint("fill", color)
}

/// The stroke of a shape; empty for nothing.
pub fn stroke_attributes(width: f32, color: Color32) -> String {
    if width <= 0.0 || color == Color32::TRANSPARENT {
        return String::new();
    }
    format!(
        "{} stroke-width=\"{}\"",
        paint("stroke", color),
        number(width)
    )
}

#[cfg(test)]
mod tests {
    use super::{escaped, fill_attributes, number, stroke_attributes};
    use egui::Color32;

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.346), "12.35");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(f32::NAN), "0");
    }

    #[test]
    fn colours_are_not_premultiplied() {
        assert_eq!(fill_attributes(Color32::WHITE), " fill=\"#ffffff\"");
        let half = Color32::WHITE.gamma_multiply(0.5);
        assert_eq!(
            fill_attributes(half),
            " fill=\"#ffffff\" fill-opacity=\"0.502\""
        );
        assert_eq!(fill_attributes(Color32::TRANSPARENT), " fill=\"none\"");
        assert_eq!(stroke_attributes(0.0, Color32::WHITE), "");
    }

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escaped("a<b & \"c\"\u{7}"), "a&lt;b &amp; &quot;c&quot; ");
    }
}
