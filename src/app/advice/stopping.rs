//! A comparison stops when nobody waits for it any more.

use std::sync::Arc;

use crate::risk::simulation::RunControl;

/// The hold on a comparison under way: dropped, it stops it.
#[derive(Debug)]
pub(super) struct Stopping(pub Arc<RunControl>);

impl Drop for Stopping {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
