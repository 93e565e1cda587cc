//! How far a long computation has come, and whether anybody still wants it.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Shared between a computation and whoever waits for it: a wish to stop, and steps done of a total.
#[derive(Debug, Default)]
pub struct RunControl {
    cancelled: AtomicBool,
    done: AtomicU32,
    total: AtomicU32,
}

impl RunControl {
    /// Asks the computation to stop; it does so at its next step.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Announces more steps.
    pub fn expect_steps(&self, steps: usize) {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        self.total.fetch_add(steps, Ordering::Relaxed);
    }

    /// One step is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Share of the announced steps that is done, 0 to 1; 0 before any were announced.
    pub fn progress(&self) -> f64 {
        let total = self.total.load(Ordering::Relaxed);
        if total == 0 {
            return 0.0;
        }
        (f64::from(self.done.load(Ordering::Relaxed)) / f64::from(total)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::RunControl;

    #[test]
    fn counts_steps_and_hears_a_wish_to_stop() {
        let control = RunControl::default();
        assert_eq!((control.progress(), control.is_cancelled()), (0.0, false));
        control.expect_steps(4);
        control.step();
        assert_eq!(control.progress(), 0.25);
        control.cancel();
        assert!(control.is_cancelled());
    }
}
