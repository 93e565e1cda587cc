//! The real desk in a real window under Xvfb: type a strike, drag a handle with pointer events, undo, save,
//! close, reopen, and compare the file.
//!
//! Needs `Xvfb`, `openbox` and `xdotool`; without them the test says that it skips, unless
//! `PALISADE_E2E=require`. Where to click is read off the same desk laid out without a window: same size,
//! same bundled fonts, same places.

use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, sleep};
use std::time::{Duration, Instant};

use egui::Pos2;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::app::Desk;
use palisade::document::{AUTOSAVE_DELAY, Campaign, Store, load_campaign};
use palisade::ui::Workspace;

const SIZE: [f32; 2] = [1400.0, 860.0];

/// How long a condition may take on a machine that does other work too; a desk that works is far quicker.
const PATIENCE: Duration = Duration::from_mins(1);

/// Ends its process with the test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn may_run() -> bool {
    let missing: Vec<&str> = ["Xvfb", "openbox", "xdotool"]
        .into_iter()
        .filter(|program| !is_installed(program))
        .collect();
    let required = std::env::var_os("PALISADE_E2E").is_some_and(|value| value == "require");
    assert!(
        missing.is_empty() || !required,
        "the end-to-end test needs {missing:?}"
    );
    if !missing.is_empty() {
        eprintln!("skipped: the end-to-end test needs {missing:?}");
    }
    missing.is_empty()
}

/// A display of its own, with a window manager, so that keys have a focus.
struct Display {
    name: String,
    _window_manager: Process,
    _server: Process,
}

impl Display {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1440x900x24",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        let mut line = String::new();
        let pipe = server.stdout.take().expect("its standard output");
        BufReader::new(pipe)
            .read_line(&mut line)
            .expect("Xvfb tells its display");
        let name = format!(":{}", line.trim());
        let server = Process(server);
        let window_manager = Command::new("openbox")
            .env("DISPLAY", &name)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("openbox starts");
        sleep(Duration::from_millis(500));
        Self {
            name,
            _window_manager: Process(window_manager),
            _server: server,
        }
    }

    fn xdotool(&self, arguments: &[&str]) -> String {
        let output = Command::new("xdotool")
            .env("DISPLAY", &self.name)
            .args(arguments)
            .output()
            .expect("xdotool");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}

/// Counts the frames that a desk tells in its log.
fn count_frames(log: impl Read + Send + 'static) -> Arc<AtomicUsize> {
    let frames = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&frames);
    Builder::new()
        .name("frames".to_owned())
        .spawn(move || {
            for line in BufReader::new(log).lines().map_while(Result::ok) {
                if line.ends_with("frame") {
                    count.fetch_add(1, Ordering::SeqCst);
                }
            }
        })
        .expect("a thread starts");
    frames
}

/// The desk under test in its window.
struct Window<'a> {
    display: &'a Display,
    process: Process,
    frames: Arc<AtomicUsize>,
    id: String,
}

impl<'a> Window<'a> {
    fn open(display: &'a Display, config: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_palisade"))
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("PALISADE_CONFIG_DIR", config)
            .env("RUST_LOG", "palisade::app::desk=trace")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the desk starts");
        let frames = count_frames(process.stderr.take().expect("its log"));
        let process = Process(process);
        let id = wait_for("the desk's window", || {
            let found = display.xdotool(&["search", "--onlyvisible", "--name", "condor"]);
            found
                .lines()
                .next()
                .filter(|id| !id.is_empty())
                .map(str::to_owned)
        });
        let window = Self {
            display,
            process,
            frames,
            id,
        };
        let (width, height) = (SIZE[0].to_string(), SIZE[1].to_string());
        window.until_drawn(&["windowsize", "--sync", &window.id, &width, &height]);
        window.until_drawn(&["windowfocus", "--sync", &window.id]);
        wait_for("the desk at its size", || {
            let size = window.display.xdotool(&["getwindowgeometry", &window.id]);
            size.ends_with(&format!("{width}x{height}")).then_some(())
        });
        window
    }

    /// Runs `xdotool` and waits until the desk has drawn what follows: frames enough that it has read the
    /// event for certain, or a frame and then rest. What changes nothing draws nothing, so it waits no
    /// longer than a moment for the first.
    fn until_drawn(&self, arguments: &[&str]) {
        const FIRST: Duration = Duration::from_secs(3);
        const REST: Duration = Duration::from_millis(200);
        let before = self.frames.load(Ordering::SeqCst);
        self.display.xdotool(arguments);
        let started = Instant::now();
        let mut last = (before, started);
        loop {
            let now = self.frames.load(Ordering::SeqCst);
            if now != last.0 {
                last = (now, Instant::now());
            }
            let is_enough = now >= before + 3 || (now > before && last.1.elapsed() > REST);
            if is_enough || (now == before && started.elapsed() > FIRST) {
                return;
            }
            sleep(Duration::from_millis(10));
        }
    }

    fn title(&self) -> String {
        self.display.xdotool(&["getwindowname", &self.id])
    }

    fn point(&self, at: Pos2) {
        let (x, y) = (at.x.round().to_string(), at.y.round().to_string());
        self.until_drawn(&["mousemove", "--window", &self.id, &x, &y]);
    }

    fn click(&self, at: Pos2) {
        self.point(at);
        self.until_drawn(&["mousedown", "1"]);
        self.until_drawn(&["mouseup", "1"]);
    }

    fn keys(&self, keys: &str) {
        self.until_drawn(&["key", "--clearmodifiers", keys]);
    }

    fn type_text(&self, text: &str) {
        self.until_drawn(&["type", "--delay", "40", text]);
    }

    fn drag(&self, from: Pos2, to: Pos2) {
        self.point(from);
        self.until_drawn(&["mousedown", "1"]);
        for step in 1..=12 {
            self.point(from + (to - from) * (step as f32 / 12.0));
        }
        self.until_drawn(&["mouseup", "1"]);
    }

    fn close(mut self) {
        let keys = ["key", "--clearmodifiers", "ctrl+q"];
        self.display.xdotool(&keys);
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.process.0.try_wait().expect("the process can be asked") {
                assert!(status.success(), "the desk ended with {status}");
                return;
            }
            assert!(Instant::now() < deadline, "the desk did not close");
            sleep(Duration::from_millis(100));
        }
    }
}

fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited too long for {what}");
        sleep(Duration::from_millis(100));
    }
}

/// The same desk without a window: it lays out as the one in a window does.
fn twin(config: &Path) -> Harness<'static, Desk> {
    let store = Store::open_at(config).expect("the folder opens");
    let mut harness = Harness::builder()
        .with_size(SIZE)
        .with_max_steps(20)
        .build_eframe(|creation| {
            Desk::new(&creation.egui_ctx, Some(store), Workspace::default(), None)
        });
    harness.run_steps(6);
    harness
}

/// Where a desk puts a widget: the centre of its rectangle.
fn place(harness: &Harness<'_, Desk>, role: Role, label: &str) -> Pos2 {
    harness.get_by_role_and_label(role, label).rect().center()
}

/// Drags in a desk without a window as [`Window::drag`] does in one.
fn drag_twin(harness: &mut Harness<'_, Desk>, from: Pos2, to: Pos2) {
    harness.drag_at(from);
    harness.step();
    for step in 1..=12 {
        harness.hover_at(from + (to - from) * (step as f32 / 12.0));
        harness.step();
    }
    harness.drop_at(to);
    harness.run_steps(4);
}

/// Clicks a widget in both desks.
fn click_both(harness: &mut Harness<'_, Desk>, window: &Window<'_>, role: Role, label: &str) {
    let at = place(harness, role, label);
    harness.get_by_role_and_label(role, label).click();
    harness.run_steps(4);
    window.click(at);
}

/// A folder whose last campaign is the sample.
fn prepare(config: &Path) -> PathBuf {
    let store = Store::open_at(config).expect("the folder opens");
    let path = store.campaigns_dir().join("sample.ron");
    palisade::document::save_campaign(&path, &palisade::app::sample_campaign())
        .expect("it is written");
    let mut recent = store.recent().expect("a new list");
    recent.push(&path);
    store.save_recent(&recent).expect("it is written");
    path
}

fn strikes(campaign: &Campaign) -> Vec<f64> {
    campaign.positions[0]
        .legs
        .iter()
        .filter_map(|leg| leg.contract.strike())
        .collect()
}

fn saved(path: &Path) -> Vec<f64> {
    strikes(&load_campaign(path).expect("the file is whole at any moment"))
}

/// Types a long put strike into its field; the file follows by itself, with the window at rest.
fn type_a_strike(window: &Window<'_>, field: Pos2, file: &Path) {
    window.click(field);
    window.keys("ctrl+a");
    window.type_text("6200");
    window.keys("Tab");
    wait_for("the typed strike on disk", || {
        (saved(file)[0] == 6200.0).then_some(())
    });
}

/// Drags the short call's handle to the right; returns the strikes on disk.
fn drag_a_strike(window: &Window<'_>, handle: Pos2, file: &Path) -> Vec<f64> {
    let before = saved(file);
    window.drag(handle, handle + egui::vec2(18.0, 0.0));
    let dragged = wait_for("the dragged strike on disk", || {
        let now = saved(file);
        (now[2] > before[2]).then_some(now)
    });
    assert_eq!(dragged[2] % 5.0, 0.0, "a strike snaps to the grid");
    assert_eq!(
        (dragged[0], dragged[1], dragged[3]),
        (before[0], before[1], before[3])
    );
    dragged
}

#[test]
fn a_trader_types_drags_undoes_saves_and_reopens() {
    if !may_run() {
        return;
    }
    let config = tempfile::tempdir().expect("a folder");
    let file = prepare(config.path());
    let original = saved(&file);
    let twin = twin(config.path());
    let field = place(&twin, Role::SpinButton, "Long put strike");
    let handle = place(&twin, Role::Slider, "Short call strike");
    drop(twin);
    let display = Display::start();
    let window = Window::open(&display, config.path());
    assert!(
        window.title().contains("SPX January condor"),
        "{}",
        window.title()
    );

    type_a_strike(&window, field, &file);
    let dragged = drag_a_strike(&window, handle, &file);
    window.keys("ctrl+z");
    wait_for("the drag undone on disk", || {
        (saved(&file)[2] == original[2]).then_some(())
    });
    window.keys("ctrl+shift+z");
    wait_for("the drag redone on disk", || {
        (saved(&file) == dragged).then_some(())
    });
    window.keys("ctrl+s");
    window.close();
    let text = std::fs::read_to_string(&file).expect("the file");

    let again = Window::open(&display, config.path());
    assert!(
        again.title().contains("SPX January condor"),
        "{}",
        again.title()
    );
    assert!(
        !again.title().contains('•'),
        "nothing is unsaved: {}",
        again.title()
    );
    again.close();
    assert_eq!(
        std::fs::read_to_string(&file).expect("the file"),
        text,
        "reopening changes nothing"
    );
    assert_eq!(saved(&file), dragged);
}

/// The signature: today's point of the joint map is dragged, every panel follows; a strike dragged there is
/// a draft until it is applied, and one undo takes it back.
#[test]
fn todays_point_and_a_strike_are_dragged_in_a_what_if() {
    if !may_run() {
        return;
    }
    let config = tempfile::tempdir().expect("a folder");
    let file = prepare(config.path());
    let original = saved(&file);
    let twin_config = tempfile::tempdir().expect("a folder");
    prepare(twin_config.path());
    let mut twin = twin(twin_config.path());
    let display = Display::start();
    let window = Window::open(&display, config.path());

    click_both(&mut twin, &window, Role::Tab, "Joint map");
    let point = place(&twin, Role::Slider, "Today point");
    let assumed = point + egui::vec2(-60.0, -30.0);
    drag_twin(&mut twin, point, assumed);
    window.drag(point, assumed);
    sleep(2 * AUTOSAVE_DELAY);
    assert_eq!(saved(&file), original, "an assumption changes no file");

    click_both(&mut twin, &window, Role::Tab, "Payoff");
    // the view follows the book by way of the frames that were drawn, and those differ
    click_both(&mut twin, &window, Role::Button, "Fit the plot to the book");
    let handle = place(&twin, Role::Slider, "Short call strike");
    let to = handle + egui::vec2(18.0, 0.0);
    drag_twin(&mut twin, handle, to);
    window.drag(handle, to);
    sleep(2 * AUTOSAVE_DELAY);
    assert_eq!(saved(&file), original, "a draft changes no file");

    let apply = place(&twin, Role::Button, "Apply 2 draft trades");
    window.click(apply);
    let applied = wait_for("the applied draft on disk", || {
        let now = saved(&file);
        (now[2] > original[2]).then_some(now)
    });
    assert_eq!(
        (applied[0], applied[1], applied[3]),
        (original[0], original[1], original[3])
    );
    window.keys("ctrl+z");
    wait_for("the applied draft undone on disk", || {
        (saved(&file) == original).then_some(())
    });
    window.close();
}
