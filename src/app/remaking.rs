//! Signals and charts made anew when the rule pack has other numbers for them, off the window's thread.

use std::sync::Arc;

use super::library::{LibraryDesk, LibraryEvent, Loaded};
use crate::fact::SignalParams;

impl LibraryDesk {
    /// Makes signals and charts anew, off the window's thread, when the rule pack has other numbers for them.
    pub(super) fn follow(&mut self, params: &SignalParams, wake: impl Fn() + Send + 'static) {
        self.params = *params;
        let Some(loaded) = &self.loaded else {
            return;
        };
        let is_made = *loaded.derived.params() == *params;
        if is_made || self.making == Some(*params) || self.job.is_some() {
            return;
        }
        self.making = Some(*params);
        let (sender, library) = (self.sender.clone(), Arc::clone(&loaded.library));
        let params = *params;
        self.run("palisade-signals", move || {
            let remade = Box::new(Loaded::of(library, &params));
            if sender.send(LibraryEvent::Remade(remade)).is_ok() {
                wake();
            }
        });
    }

    /// Takes over what was made anew, unless library or numbers have changed meanwhile.
    pub(super) fn take_remade(&mut self, remade: Loaded) {
        let made_with = *remade.derived.params();
        if self.making == Some(made_with) {
            self.making = None;
        }
        let same_library = |loaded: &Loaded| Arc::ptr_eq(&loaded.library, &remade.library);
        if self.loaded.as_ref().is_some_and(same_library) && made_with == self.params {
            self.loaded = Some(remade);
        }
    }
}
