//! Every panel in both themes, compared with the small pictures in `tests/golden/panels/`.
//!
//! A picture that changed for a reason is written anew by
//! `PALISADE_REWRITE_PICTURES=1 cargo test --test it panel_pictures`, looked at, and committed with the change.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use egui::Theme;
use image::RgbaImage;
use palisade::ui::panels::PanelKind;

use crate::panel_host::PanelHost;
use crate::support;

/// Size of a picture in points and, at one pixel a point, in pixels.
const SIZE: [f32; 2] = [640.0, 360.0];
/// A pixel differs when one of its channels is farther off than this, of 255.
const CHANNEL_TOLERANCE: u8 = 24;
/// Share of the pixels that may differ.
const SHARE_TOLERANCE: f64 = 0.005;
/// Steps to which channels may be rounded in the files, so that they stay small, finest first: an error of
/// 12 at most.
const STEPS: [u8; 4] = [5, 15, 17, 25];
/// Share of the pixels that the rounding itself may change beyond the tolerance.
const ROUNDING_SHARE: f64 = 0.0005;
/// Room for all pictures together, in bytes.
const MOST_BYTES: u64 = 600_000;
/// Set to rewrite the pictures.
const REWRITE: &str = "PALISADE_REWRITE_PICTURES";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/panels")
}

/// `pl-table-dark`.
fn name_of(kind: PanelKind, theme: Theme) -> String {
    let label = kind.label().to_lowercase();
    let label = label.replace(" & ", "-").replace([' ', '/'], "-");
    match theme {
        Theme::Dark => format!("{label}-dark"),
        Theme::Light => format!("{label}-light"),
    }
}

fn drawn(kind: PanelKind, theme: Theme) -> RgbaImage {
    let mut host = PanelHost::sample();
    if kind == PanelKind::Journal {
        host = PanelHost::of(crate::journal_sample::campaign());
        host.review();
    }
    if matches!(kind, PanelKind::Rules | PanelKind::Choices) {
        host.advise(400);
    }
    let mut harness = support::harness_state(
        SIZE,
        theme,
        move |ui, host: &mut PanelHost| {
            let mut actions = palisade::ui::Actions::default();
            palisade::ui::widgets::panel_frame(ui, false).show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                kind.show(ui, &host.context(), &mut actions);
            });
        },
        host,
    );
    harness.run_steps(4);
    harness.render().expect("the CPU renderer draws everything")
}

/// Share of the pixels of which a channel is farther off than the tolerance; 1 for another size.
fn differing(a: &RgbaImage, b: &RgbaImage) -> f64 {
    if a.dimensions() != b.dimensions() {
        return 1.0;
    }
    let is_off = |(a, b): &(&image::Rgba<u8>, &image::Rgba<u8>)| {
        a.0.iter()
            .zip(b.0)
            .any(|(a, b)| a.abs_diff(b) > CHANNEL_TOLERANCE)
    };
    let off = a.pixels().zip(b.pixels()).filter(is_off).count();
    off as f64 / a.pixels().len() as f64
}

/// The picture as a PNG with a palette, rounded as finely as 256 colours allow.
fn small_png(picture: &RgbaImage) -> Vec<u8> {
    let is_true = |bytes: &Vec<u8>| {
        let kept = image::load_from_memory(bytes).expect("a PNG");
        differing(&kept.to_rgba8(), picture) <= ROUNDING_SHARE
    };
    let [.., coarsest] = STEPS;
    let mut candidates = STEPS.iter().map(|step| rounded_png(picture, *step));
    candidates
        .find(is_true)
        .unwrap_or_else(|| rounded_png(picture, coarsest))
}

/// The picture with channels rounded to a step.
fn rounded_png(picture: &RgbaImage, step: u8) -> Vec<u8> {
    let rounded = |channel: u8| channel.saturating_add(step / 2) / step * step;
    let colours: Vec<[u8; 3]> = picture
        .pixels()
        .map(|pixel| [0, 1, 2].map(|index| rounded(pixel.0[index])))
        .collect();
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    for colour in &colours {
        *counts.entry(*colour).or_default() += 1;
    }
    let mut palette: Vec<([u8; 3], usize)> = counts.into_iter().collect();
    palette.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    palette.truncate(256);
    let nearest = |colour: &[u8; 3]| {
        let distance = |other: &[u8; 3]| -> u32 {
            let pairs = colour.iter().zip(other);
            pairs.map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum()
        };
        let places = palette.iter().enumerate();
        let best = places.min_by_key(|(_index, (other, _count))| distance(other));
        best.map_or(0, |(index, _entry)| index as u8)
    };
    let mut known: HashMap<[u8; 3], u8> = HashMap::new();
    let indices: Vec<u8> = colours
        .iter()
        .map(|colour| *known.entry(*colour).or_insert_with(|| nearest(colour)))
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let flat: Vec<u8> = palette
        .iter()
        .flat_map(|(colour, _count)| *colour)
        .collect();
    encoder.set_palette(flat);
    let mut writer = encoder.write_header().expect("a valid size");
    writer.write_image_data(&indices).expect("one byte a pixel");
    writer.finish().expect("memory can be written");
    bytes
}

/// What is wrong with a picture against the one of that name in a folder, which is written anew when that was asked.
pub fn trouble(folder: &Path, name: &str, now: &RgbaImage) -> Option<String> {
    let path = folder.join(format!("{name}.png"));
    if std::env::var_os(REWRITE).is_some() {
        std::fs::create_dir_all(folder).expect("the folder can be made");
        std::fs::write(&path, small_png(now)).expect("the picture can be written");
    }
    let golden = match image::open(&path) {
        Ok(golden) => golden.to_rgba8(),
        Err(error) => return Some(format!("{name}: {error}")),
    };
    let share = differing(&golden, now);
    if share <= SHARE_TOLERANCE {
        return None;
    }
    let beside = support::picture_path(&format!("changed-{name}"));
    now.save(&beside).expect("a PNG file can be written");
    Some(format!(
        "{name}: {:.2} % of the pixels differ, see {}",
        share * 100.0,
        beside.display()
    ))
}

fn compare(theme: Theme) {
    let shown = PanelKind::ALL.iter();
    let wrong: Vec<String> = shown
        .filter_map(|kind| trouble(&folder(), &name_of(*kind, theme), &drawn(*kind, theme)))
        .collect();
    assert!(
        wrong.is_empty(),
        "pictures changed; where that was meant, run\n    {REWRITE}=1 cargo test --test it panel_pictures\nlook at tests/golden/panels and commit it:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn dark_panels_look_as_they_did() {
    compare(Theme::Dark);
}

#[test]
fn light_panels_look_as_they_did() {
    compare(Theme::Light);
}

#[test]
fn the_pictures_stay_small_and_each_belongs_to_a_panel() {
    let known: Vec<String> = PanelKind::ALL
        .iter()
        .flat_map(|kind| [Theme::Dark, Theme::Light].map(|theme| name_of(*kind, theme)))
        .collect();
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder()).expect("the folder exists") {
        let entry = entry.expect("an entry can be read");
        let path = entry.path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        assert!(known.contains(&name), "{name} belongs to no panel");
        bytes += entry.metadata().expect("a size").len();
    }
    assert!(bytes < MOST_BYTES, "{bytes} bytes");
}

#[test]
fn a_changed_picture_is_noticed_and_noise_is_not() {
    let plain = RgbaImage::from_pixel(100, 10, image::Rgba([40, 50, 60, 255]));
    let mut noisy = plain.clone();
    noisy.pixels_mut().for_each(|pixel| pixel.0[1] += 20);
    assert_eq!(differing(&plain, &noisy), 0.0);
    let mut changed = plain.clone();
    for x in 0..6 {
        changed.put_pixel(x, 0, image::Rgba([140, 50, 60, 255]));
    }
    assert!(differing(&plain, &changed) > SHARE_TOLERANCE);
    let other = RgbaImage::from_pixel(10, 100, image::Rgba([40, 50, 60, 255]));
    assert_eq!(differing(&plain, &other), 1.0);
    let kept = image::load_from_memory(&small_png(&plain)).expect("a PNG");
    assert_eq!(
        differing(&kept.to_rgba8(), &plain),
        0.0,
        "rounding is noise"
    );
}
