//! A window without a window: lets egui draw contents headless and keeps what it drew.

use egui::epaint::ClippedShape;
use egui::{Color32, Context, FullOutput, Mesh, Pos2, RawInput, Rect, Ui, Vec2};

use super::{Canvas, RasterError, Rasterizer, RgbaPicture};

/// Draws `contents` at `size` points, headless, and returns the picture.
///
/// `ctx` should have the theme installed.
///
/// # Errors
/// [`RasterError::Size`] for an impossible size.
pub fn render(
    ctx: &Context,
    size: Vec2,
    pixels_per_point: f32,
    contents: impl FnMut(&mut Ui),
) -> Result<RgbaPicture, RasterError> {
    draw(ctx, size, pixels_per_point, contents).picture()
}

/// What egui drew headless: shapes, and the textures that they need.
pub struct Drawn {
    ctx: Context,
    output: FullOutput,
    raster: Rasterizer,
}

/// Draws `contents` at `size` points, headless, in a few passes, so that sizes settle.
pub fn draw(
    ctx: &Context,
    size: Vec2,
    pixels_per_point: f32,
    mut contents: impl FnMut(&mut Ui),
) -> Drawn {
    /// Passes before the one that counts.
    const PASSES: u32 = 3;
    ctx.set_pixels_per_point(pixels_per_point);
    let mut raster = Rasterizer::default();
    let mut pass = |index: u32| {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            time: Some(f64::from(index) * 0.25),
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, &mut contents);
        raster.apply(&mut output.textures_delta);
        output
    };
    for index in 0..PASSES {
        drop(pass(index));
    }
    let output = pass(PASSES);
    Drawn {
        ctx: ctx.clone(),
        output,
        raster,
    }
}

impl Drawn {
    /// The shapes as pixels.
    ///
    /// # Errors
    /// [`RasterError::Size`] for an impossible size.
    pub fn picture(&self) -> Result<RgbaPicture, RasterError> {
        self.raster.draw(&self.ctx, &self.output)
    }

    /// The shapes from back to front, each with the rectangle that it is cut to.
    pub fn shapes(&self) -> &[ClippedShape] {
        &self.output.shapes
    }

    /// One mesh alone on a transparent ground: the pixels of `area`, not premultiplied, at `scale` a point.
    ///
    /// # Errors
    /// [`RasterError::Size`] for an impossible area.
    pub fn mesh_picture(
        &self,
        mesh: &Mesh,
        area: Rect,
        scale: f32,
    ) -> Result<RgbaPicture, RasterError> {
        let mut canvas = Canvas::new((area.size() * scale).round(), Color32::TRANSPARENT)?;
        let mut mesh = mesh.clone();
        mesh.translate(-area.min.to_vec2());
        if let Some(texture) = self.raster.textures.get(&mesh.texture_id) {
            let clip = canvas.clip(Rect::EVERYTHING);
            canvas.draw_mesh(&mesh, texture, &clip, scale);
        }
        Ok(canvas.picture(|pixel| pixel.to_srgba_unmultiplied()))
    }
}
