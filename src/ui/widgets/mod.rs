//! The parts that every panel is built from: fields, chips, cards, gauges, tables and messages.
//!
//! All of them read their colours from [`super::theme::tokens`], keep to the 4-point rhythm, have an
//! accessible name, and leave state in egui's temporary memory only.

pub mod bars;
pub mod button;
pub mod card;
pub mod chip;
pub mod commit_field;
pub mod data_table;
pub mod date_field;
pub mod elided;
pub mod empty_state;
mod field;
pub mod gauge;
pub mod hint;
pub mod metric_row;
pub mod modal;
pub mod now_then;
pub mod number_field;
pub mod panel_head;
pub mod picker;
pub mod progress;
pub mod scroll_body;
pub mod segmented;
pub mod slider;
pub mod stance_badge;
pub mod status;
pub mod switch;
pub mod tails;
pub mod text_field;
pub mod toast;

pub use bars::{LedgerPart, LedgerRow, VegaLedger, vega_ledger};
pub use button::{ButtonKind, bare, button, dashed, primary, secondary};
pub use card::{card, divider, panel_body, panel_frame, section};
pub use chip::{Chip, tag};
pub use commit_field::CommitField;
pub use data_table::{Cell, Column, DataTable, Row, TableResponse, copy_button, offer_table};
pub use date_field::{DATE_HINT, DateDays, DateField, DateFieldResponse, DateLook};
pub use elided::elided;
pub use empty_state::empty_state;
pub use gauge::{Gauge, gauge};
pub use hint::{group_hint, hint};
pub use metric_row::{Metric, meter, metric_grid, metric_row};
pub use modal::{ModalOutcome, modal};
pub use now_then::{NowThen, now_then};
pub use number_field::{NumberField, NumberFieldResponse};
pub use panel_head::{
    air_below_head, head_corner_pressed, head_room, offer_head_corner, offer_head_room, panel_head,
    panel_head_with, set_tab_carries_title, tab_carries_title,
};
pub use picker::{PickerRow, picker};
pub use progress::progress;
pub use scroll_body::{scroll_below, scroll_body, scroll_part};
pub use segmented::{segmented, segmented_tight};
pub use slider::{Slider, SliderResponse};
pub use stance_badge::{StanceLook, stance_badge};
pub use status::{Status, status_icon, status_label};
pub use switch::switch;
pub use tails::{Tail, both_tails};
pub use text_field::{TextError, TextField, TextFieldResponse};
pub use toast::{Toast, ToastKind, Toasts};
