//! All integration tests, one binary: each subject is a module beside this file.

mod support;
mod ui_widgets;
