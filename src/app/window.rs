//! Opens the desk's window, or says what is missing to open one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::desk::Desk;
use crate::document::Store;
use crate::ui::widgets::ToastKind;
use crate::ui::{Workspace, scale};

/// Why no window opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// No display, no driver, or a library is missing.
    #[error("the desk cannot open a window: {missing}; on Debian: {package}")]
    NoDisplay {
        /// What is missing.
        missing: String,
        /// What to install or set.
        package: String,
    },
    /// The desk stopped for another reason.
    #[error("the desk could not run: {0}")]
    Other(String),
}

/// Runs the desk until its window closes.
///
/// # Errors
/// [`DeskError`] when no window can be opened.
pub fn run_desk(file: Option<PathBuf>) -> Result<(), DeskError> {
    let store = Store::open()
        .map_err(|error| tracing::error!("{error}; nothing will be saved by itself"))
        .ok();
    let (workspace, trouble) = store.as_ref().map(read_workspace).unwrap_or_default();
    // the size is in points of the workspace's scale; the window opens before that scale holds
    let scale = scale::factor(workspace.scale_pct);
    let [width, height] = workspace
        .window_size
        .map_or([1440.0, 900.0], |size| size.map(|side| side * scale));
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Palisade")
        .with_app_id("palisade")
        .with_inner_size([width, height])
        .with_min_inner_size([900.0, 600.0]);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")) {
        viewport = viewport.with_icon(icon);
    }
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    let run = || {
        eframe::run_native(
            "Palisade",
            options,
            Box::new(move |creation| {
                let mut desk = Desk::new(&creation.egui_ctx, store, workspace, file);
                if let Some(words) = trouble {
                    desk.say(ToastKind::Error, words);
                }
                Ok(Box::new(desk))
            }),
        )
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(explain(&error.to_string())),
        Err(payload) => Err(explain(&panic_text(payload.as_ref()))),
    }
}

/// The workspace, or its default and why; a file that cannot be read is kept under another name.
fn read_workspace(store: &Store) -> (Workspace, Option<String>) {
    match store.workspace() {
        Ok(workspace) => (workspace, None),
        Err(error) => {
            let kept = match store.set_workspace_aside() {
                Ok(path) => format!("It is kept as {}", path.display()),
                Err(error) => error.to_string(),
            };
            let words = format!("{error}. The desk starts as new. {kept}");
            (Workspace::default(), Some(words))
        }
    }
}

/// Turns a start-up failure into what is missing and which package has it.
fn explain(error: &str) -> DeskError {
    let no_display = |missing: &str, package: &str| DeskError::NoDisplay {
        missing: missing.to_owned(),
        package: package.to_owned(),
    };
    let has = |words: &[&str]| words.iter().any(|word| error.contains(word));
    if has(&["DISPLAY", "neither WAYLAND", "XOpenDisplay", "NoCompositor"]) {
        no_display(
            "no display answers (WAYLAND_DISPLAY and DISPLAY are unset or wrong)",
            "start a desktop, or Xvfb from package xvfb",
        )
    } else if has(&["libxkbcommon-x11"]) {
        no_display("library libxkbcommon-x11", "package libxkbcommon-x11-0")
    } else if has(&["libwayland"]) {
        no_display(
            "library libwayland",
            "packages libwayland-client0 libwayland-egl1",
        )
    } else if has(&["libX11", "libXcursor", "libXi"]) {
        no_display(
            "an X11 library",
            "packages libx11-6 libx11-xcb1 libxcursor1 libxi6",
        )
    } else if has(&["glutin", "Glutin", "OpenGL", "GLX", "EGL", "config"]) {
        no_display("an OpenGL driver", "package libgl1")
    } else {
        DeskError::Other(error.to_owned())
    }
}

fn panic_text(payload: &(dyn std::any::Any + Send)) -> String {
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| {
            payload
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
        })
        .unwrap_or_else(|| "unknown failure".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{DeskError, explain};

    #[test]
    fn start_up_failures_name_what_is_missing() {
        for (error, word) in [
            (
                "neither WAYLAND_DISPLAY nor WAYLAND_SOCKET nor DISPLAY is set.",
                "display",
            ),
            (
                "Library libxkbcommon-x11.so could not be loaded.",
                "libxkbcommon-x11-0",
            ),
            ("glutin error: no configs", "libgl1"),
        ] {
            let DeskError::NoDisplay { missing, package } = explain(error) else {
                panic!("{error}")
            };
            assert!(
                missing.contains(word) || package.contains(word),
                "{missing} / {package}"
            );
        }
        assert!(matches!(explain("out of cheese"), DeskError::Other(_)));
    }
}
