//! What user-interface tests share: a harness with our theme and renderer, and pictures to look at.

use std::path::PathBuf;

use egui::{Context, FullOutput, TexturesDelta, Theme, Ui};
use egui_kittest::{Harness, HarnessBuilder, TestRenderer};
use palisade::ui::{raster::Rasterizer, theme};

/// The desk's own rasteriser as kittest's renderer: no GPU, same bytes everywhere.
#[derive(Default)]
pub struct CpuRenderer(Rasterizer);

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.apply(delta);
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<image::RgbaImage, String> {
        let picture = self
            .0
            .draw(ctx, output)
            .map_err(|error| error.to_string())?;
        image::RgbaImage::from_raw(picture.width, picture.height, picture.pixels)
            .ok_or_else(|| "the picture has too few bytes".to_owned())
    }
}

/// A builder with size, theme, fonts and renderer of the desk; add what the test needs and build.
pub fn builder<S>(size: [f32; 2], theme: Theme) -> HarnessBuilder<S> {
    Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .renderer(CpuRenderer::default())
        .with_render_cursor(false)
        .with_context_setup(theme::install)
}

/// A harness around one closure.
pub fn harness<'a>(size: [f32; 2], theme: Theme, show: impl FnMut(&mut Ui) + 'a) -> Harness<'a> {
    builder(size, theme).build_ui(show)
}

/// A harness around a closure with state, which the test can read back by `state()`.
pub fn harness_state<'a, S>(
    size: [f32; 2],
    theme: Theme,
    show: impl FnMut(&mut Ui, &mut S) + 'a,
    state: S,
) -> Harness<'a, S> {
    builder(size, theme).build_ui_state(show, state)
}

/// Saves what the harness shows as `pictures/<name>.png` under the target directory, for eyes only.
pub fn save_png<S>(harness: &mut Harness<'_, S>, name: &str) -> PathBuf {
    let path = picture_path(name);
    let picture = harness.render().expect("the CPU renderer draws everything");
    picture.save(&path).expect("a PNG file can be written");
    path
}

/// Compares what the harness shows with `tests/golden/journal/<name>.png`, as `panel_pictures` does with whole panels.
pub fn check_journal_picture<S>(harness: &mut Harness<'_, S>, name: &str) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/journal");
    let picture = harness.render().expect("the CPU renderer draws everything");
    let trouble = crate::panel_pictures::trouble(&folder, name, &picture);
    assert_eq!(trouble, None, "PALISADE_REWRITE_PICTURES=1 writes it anew");
}

/// `pictures/<name>.png` under the target directory, whose folder then exists.
pub fn picture_path(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target"),
        PathBuf::from,
    );
    let folder = target.join("pictures");
    std::fs::create_dir_all(&folder).expect("the target directory can be written");
    folder.join(format!("{name}.png"))
}

/// The text that the last step copied.
pub fn copied<S>(harness: &Harness<'_, S>) -> Option<String> {
    let commands = &harness.output().platform_output.commands;
    commands.iter().find_map(|command| {
        if let egui::OutputCommand::CopyText(text) = command {
            Some(text.clone())
        } else {
            None
        }
    })
}
