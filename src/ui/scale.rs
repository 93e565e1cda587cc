//! The interface scale: how large the whole desk is drawn, in percent.

/// Smallest scale in percent.
pub const SMALLEST_PCT: u32 = 75;
/// Largest scale in percent.
pub const LARGEST_PCT: u32 = 200;
/// The scale that the desk is designed at, in percent.
pub const NORMAL_PCT: u32 = 100;
/// Fine step in percent.
pub const STEP_PCT: u32 = 5;
/// Coarse step in percent, that of the shortcuts.
pub const COARSE_STEP_PCT: u32 = 25;

/// The nearest scale on the fine grid, within the limits.
pub fn clamped_pct(scale_pct: u32) -> u32 {
    let on_grid = (scale_pct + STEP_PCT / 2) / STEP_PCT * STEP_PCT;
    on_grid.clamp(SMALLEST_PCT, LARGEST_PCT)
}

/// The next multiple of the coarse step above.
pub fn larger_pct(scale_pct: u32) -> u32 {
    clamped_pct((scale_pct / COARSE_STEP_PCT + 1) * COARSE_STEP_PCT)
}

/// The next multiple of the coarse step below.
pub fn smaller_pct(scale_pct: u32) -> u32 {
    clamped_pct(scale_pct.saturating_sub(1) / COARSE_STEP_PCT * COARSE_STEP_PCT)
}

/// The scale as the factor that the window system takes.
pub fn factor(scale_pct: u32) -> f32 {
    clamped_pct(scale_pct) as f32 / NORMAL_PCT as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_meet_the_coarse_grid_and_stay_within_the_limits() {
        assert_eq!((larger_pct(100), smaller_pct(100)), (125, 75));
        assert_eq!((larger_pct(110), smaller_pct(110)), (125, 100));
        assert_eq!((larger_pct(200), smaller_pct(75)), (200, 75));
    }

    #[test]
    fn any_number_becomes_a_scale() {
        assert_eq!([0, 103, 112, 9_999].map(clamped_pct), [75, 105, 110, 200]);
        assert_eq!(factor(150), 1.5);
    }
}
