//! What a thread hands back: its result, or that it came to grief. A panic on a thread is no reason to wait.

use std::sync::mpsc::Sender;

/// Sends one message when it goes, whatever the thread came to.
#[derive(Debug)]
pub(super) struct Report<T, W: Fn()> {
    sender: Sender<T>,
    message: Option<T>,
    wake: W,
}

impl<T, W: Fn()> Report<T, W> {
    /// For a thread's closure. `if_lost` is sent when the thread ends without a result; `wake` is called after
    /// what is sent.
    pub(super) fn new(sender: Sender<T>, wake: W, if_lost: T) -> Self {
        Self {
            sender,
            message: Some(if_lost),
            wake,
        }
    }

    /// Sends the result.
    pub(super) fn send(mut self, result: T) {
        self.message = Some(result);
    }
}

impl<T, W: Fn()> Drop for Report<T, W> {
    fn drop(&mut self) {
        if let Some(message) = self.message.take()
            && self.sender.send(message).is_ok()
        {
            (self.wake)();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::mpsc::channel;

    use super::Report;

    #[test]
    fn a_thread_that_panics_is_reported_and_one_that_does_not_tells_its_result_once() {
        for (panics, expected) in [(true, "lost"), (false, "made")] {
            let (sender, receiver) = channel();
            let woken = Arc::new(AtomicU32::new(0));
            let wakes = Arc::clone(&woken);
            let wake = move || {
                wakes.fetch_add(1, Ordering::Relaxed);
            };
            let report = Report::new(sender, wake, "lost");
            let thread = std::thread::Builder::new()
                .name("palisade-report".to_owned())
                .spawn(move || {
                    assert!(!panics, "as the test wants it");
                    report.send("made");
                })
                .expect("a thread");
            assert_eq!(thread.join().is_err(), panics);
            assert_eq!(receiver.iter().collect::<Vec<_>>(), [expected]);
            assert_eq!(woken.load(Ordering::Relaxed), 1);
        }
    }
}
