//! The cursor that plots against SPX share: hover in one, see the same level in the others.

use egui::{Context, Id};

/// Where the linked cursor stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinkedCursor {
    /// SPX level.
    pub spx: f64,
    /// The plot that the pointer is over.
    pub owner: Id,
}

fn slot() -> Id {
    Id::unique("palisade_plot_cursor")
}

/// The cursor as some plot left it.
pub fn cursor(ctx: &Context) -> Option<LinkedCursor> {
    ctx.data(|data| data.get_temp::<LinkedCursor>(slot()))
}

/// Forgets the cursor.
pub fn clear(ctx: &Context) {
    ctx.data_mut(|data| data.remove::<LinkedCursor>(slot()));
}

/// Tells where the pointer is over the plot `owner`; `None` when it is not. Another plot's cursor stays.
pub fn set_cursor(ctx: &Context, owner: Id, spx: Option<f64>) {
    let before = cursor(ctx);
    let after = match spx {
        Some(spx) => Some(LinkedCursor { spx, owner }),
        None => before.filter(|cursor| cursor.owner != owner),
    };
    if after == before {
        return;
    }
    ctx.data_mut(|data| match after {
        Some(cursor) => {
            data.insert_temp(slot(), cursor);
        }
        None => data.remove::<LinkedCursor>(slot()),
    });
    // plots drawn earlier in this frame have not seen it yet
    ctx.request_repaint();
}
