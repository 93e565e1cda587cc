//! The document is XML, with everything where egui drew it.

use egui::{Align2, Color32, Context, FontId, Mesh, Shape, StrokeKind, pos2, vec2};
use roxmltree::{Document, Node};

use super::*;
use crate::ui::{fonts, raster, theme};

const SIZE: Vec2 = vec2(200.0, 100.0);

fn svg_of(contents: impl FnMut(&mut egui::Ui)) -> String {
    let ctx = Context::default();
    theme::install(&ctx);
    let drawn = raster::draw(&ctx, SIZE, 1.0, contents);
    let about = About {
        title: "A & B",
        description: "<none>",
    };
    to_svg(&drawn, SIZE, about)
}

fn elements<'a>(document: &'a Document<'a>, name: &'a str) -> Vec<Node<'a, 'a>> {
    let all = document.descendants();
    all.filter(|node| node.has_tag_name(name)).collect()
}

#[test]
fn the_document_is_xml_with_its_size_and_its_title() {
    let text = svg_of(|_ui| {});
    let document = Document::parse(&text).expect("XML");
    let root = document.root_element();
    assert_eq!(root.attribute("viewBox"), Some("0 0 200 100"));
    assert_eq!(root.attribute("width"), Some("200"));
    assert_eq!(elements(&document, "title")[0].text(), Some("A & B"));
    assert_eq!(elements(&document, "desc")[0].text(), Some("<none>"));
}

#[test]
fn text_stays_text_where_it_was() {
    let ink = theme::Tokens::dark().accent;
    let mut place = egui::Rect::NOTHING;
    let text = svg_of(|ui| {
        let at = pos2(20.0, 30.0);
        let look = |font: FontId| (font, ink);
        let painter = ui.painter();
        place = fonts::write(
            painter,
            at,
            Align2::LEFT_CENTER,
            "Net < 0",
            look(fonts::inter_strong(12.0)),
        );
        let galley = painter.layout_no_wrap("6,720".to_owned(), fonts::mono(11.0), ink);
        let turned = egui::epaint::TextShape::new(pos2(100.0, 50.0), galley, ink);
        painter.add(turned.with_angle(-std::f32::consts::FRAC_PI_2));
    });
    let document = Document::parse(&text).expect("XML");
    let texts = elements(&document, "text");
    let words = texts
        .iter()
        .find(|node| node.text() == Some("Net < 0"))
        .expect("the words");
    let number = |name: &str| -> f32 {
        words
            .attribute(name)
            .and_then(|text| text.parse().ok())
            .expect("a number")
    };
    assert!((number("x") - place.left()).abs() < 1.0);
    assert!((number("textLength") - place.width()).abs() < 1.5);
    assert!(place.y_range().contains(number("y")), "on its baseline");
    assert_eq!(words.attribute("font-weight"), Some("600"));
    let [r, g, b, _] = ink.to_array();
    let fill = format!("#{r:02x}{g:02x}{b:02x}");
    assert_eq!(words.attribute("fill"), Some(fill.as_str()));
    let figure = texts
        .iter()
        .find(|node| node.text() == Some("6,720"))
        .expect("the figure");
    assert!(
        figure
            .attribute("font-family")
            .is_some_and(|family| family.contains("Mono"))
    );
    assert_eq!(figure.attribute("transform"), Some("rotate(-90 100 50)"));
}

#[test]
fn dashes_become_one_path_and_strokes_keep_their_side() {
    let ink = Color32::WHITE;
    let text = svg_of(|ui| {
        let stroke = Stroke::new(1.0, ink);
        let way = [pos2(10.0, 10.0), pos2(110.0, 10.0)];
        ui.painter()
            .extend(Shape::dashed_line(&way, stroke, 6.0, 4.0));
        let rect = Rect::from_min_size(pos2(20.0, 40.0), vec2(50.0, 20.0));
        ui.painter().rect(
            rect,
            4,
            Color32::TRANSPARENT,
            Stroke::new(2.0, ink),
            StrokeKind::Inside,
        );
    });
    let document = Document::parse(&text).expect("XML");
    let paths = elements(&document, "path");
    assert_eq!(paths.len(), 1, "{text}");
    let way = paths[0].attribute("d").expect("a way");
    assert_eq!(way.matches('M').count(), 10, "{way}");
    let rect = elements(&document, "rect");
    let attributes = ["x", "y", "width", "height", "rx"].map(|name| rect[0].attribute(name));
    assert_eq!(
        attributes,
        [Some("21"), Some("41"), Some("48"), Some("18"), Some("3")]
    );
}

#[test]
fn areas_are_outlines_and_heat_is_a_picture() {
    let text = svg_of(|ui| {
        let mut area = Mesh::default();
        area.add_colored_rect(
            Rect::from_min_size(pos2(10.0, 10.0), vec2(30.0, 20.0)),
            Color32::WHITE.gamma_multiply(0.25),
        );
        ui.painter().add(area);
        let mut heat = Mesh::default();
        for (x, y, level) in [(60.0, 10.0, 0), (90.0, 10.0, 90), (75.0, 40.0, 250)] {
            heat.colored_vertex(pos2(x, y), Color32::from_gray(level));
        }
        heat.add_triangle(0, 1, 2);
        ui.painter().add(heat);
    });
    let document = Document::parse(&text).expect("XML");
    let path = elements(&document, "path")[0];
    assert!(path.attribute("d").is_some_and(|way| way.ends_with('Z')));
    assert_eq!(path.attribute("fill-opacity"), Some("0.251"));
    let image = elements(&document, "image")[0];
    let place = ["x", "y", "width", "height"].map(|name| image.attribute(name));
    assert_eq!(place, [Some("60"), Some("10"), Some("30"), Some("30")]);
    assert!(
        image
            .attribute("href")
            .is_some_and(|bytes| bytes.starts_with("data:image/png;base64,iVBORw0"))
    );
}

#[test]
fn what_is_cut_off_is_cut_off() {
    let text = svg_of(|ui| {
        let frame = Rect::from_min_size(pos2(10.0, 10.0), vec2(50.0, 50.0));
        let painter = ui.painter().with_clip_rect(frame);
        painter.circle_filled(pos2(60.0, 30.0), 8.0, Color32::WHITE);
        painter.circle_filled(pos2(150.0, 30.0), 8.0, Color32::WHITE);
    });
    let document = Document::parse(&text).expect("XML");
    let circles = elements(&document, "circle");
    assert_eq!(circles.len(), 1, "the other is outside");
    let group = circles[0].parent().expect("a group");
    assert_eq!(group.attribute("clip-path"), Some("url(#c0)"));
    let clip = elements(&document, "clipPath")[0];
    assert_eq!(
        clip.first_element_child()
            .and_then(|rect| rect.attribute("width")),
        Some("50")
    );
}
