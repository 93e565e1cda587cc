//! The only room that knows egui: panels read a [`PanelContext`], draw, and push [`Action`]s.
//!
//! A panel is a function `xxx_ui(ui, &PanelContext, &mut Actions)`; it holds no state of its own beyond
//! egui's memory and computes nothing but pixels. What can be docked stands in [`panels`].

pub mod action;
pub mod advice;
pub mod apply_bar;
pub mod command;
pub mod context;
pub mod desk_menu;
pub mod dialogs;
pub mod dock;
pub mod export;
pub mod fact_words;
pub mod fonts;
pub mod format;
pub mod fuzzy;
pub mod glossary;
pub mod icons;
pub mod import_view;
pub mod journal_lists;
pub mod journal_view;
pub mod layouts;
pub mod library;
pub mod made_once;
pub mod packs;
pub mod palette;
pub mod panels;
pub mod past_bar;
pub mod plot;
pub mod raster;
pub mod recorded_words;
pub mod rule_words;
pub mod scale;
pub mod shortcut_sheet;
pub mod standings;
pub mod status_strip;
pub mod svg;
pub mod tables;
pub mod theme;
pub mod top_strip;
pub mod what_if;
pub mod widgets;
pub mod workspace;

pub use action::{Action, Actions};
pub use advice::{AdviceEdit, AdviceView, ChoicePlace, ChoicePreview};
pub use command::UiCommand;
pub use context::{Before, PanelContext};
pub use import_view::{ImportEdit, ImportView};
pub use journal_view::{JournalEdit, JournalPage, JournalView, PastFace, PastView};
pub use layouts::LayoutEdit;
pub use library::{HistoryView, LibraryEdit, LibraryLoading};
pub use packs::{PackEdit, PackJudged, PacksView};
pub use standings::Standings;
pub use what_if::{WhatIfEdit, WhatIfView};
pub use workspace::{Workspace, WorkspaceEdit};
