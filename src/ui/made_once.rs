//! What is made once and shown in many frames: texts and rows that change with what they are made of alone.

use std::sync::Arc;

use egui::{Id, Ui};

/// A shared value that is the same only as itself: it is told apart without a look at what it holds, and
/// stays alive as long as something made of it is kept.
#[derive(Debug)]
pub struct Same<T>(pub Arc<T>);

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What `make` gave the last time that `key` was another, kept in egui's memory under `id`.
pub fn made_once<K, V>(ui: &Ui, id: Id, key: K, make: impl FnOnce() -> V) -> Arc<V>
where
    K: PartialEq + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    let held: Option<Arc<(K, Arc<V>)>> = ui.data(|data| data.get_temp(id));
    if let Some(held) = held.filter(|held| held.0 == key) {
        return Arc::clone(&held.1);
    }
    let made = Arc::new(make());
    let kept = Arc::new((key, Arc::clone(&made)));
    ui.data_mut(|data| data.insert_temp(id, kept));
    made
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use egui::{Context, Id, RawInput};

    use super::{Same, made_once};

    #[test]
    fn it_is_made_anew_for_another_key_alone() {
        let (one, other) = (Arc::new(7), Arc::new(7));
        let (ctx, mut made) = (Context::default(), 0);
        for shown in [&one, &one, &other, &other, &one] {
            let mut output = ctx.run_ui(RawInput::default(), |ui| {
                let key = (Same(Arc::clone(shown)), 3);
                let value = made_once(ui, Id::unique("made once"), key, || {
                    made += 1;
                    format!("{shown} {made}")
                });
                assert_eq!(*value, format!("7 {made}"));
            });
            output.textures_delta.clear();
        }
        assert_eq!(made, 3);
    }
}
