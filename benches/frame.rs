//! Frames of the whole desk while a strike is dragged and while history is panned: update, layout and
//! tessellation, painting left out.
//!
//! Prints the median and the 99th percentile; the desk's budget is 8 ms at the 99th.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::path::Path;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use palisade::app::Desk;
use palisade::document::Store;
use palisade::ui::Workspace;

const FRAMES: usize = 1_200;
const WARM_UP: usize = 60;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open_at(folder.path()).expect("the folder opens");
    for (name, days_ahead) in [
        ("two lines ahead", vec![15, 30]),
        ("eight lines ahead", vec![5, 10, 15, 20, 25, 30, 35, 40]),
    ] {
        let workspace = Workspace {
            days_ahead,
            ..Workspace::default()
        };
        let store = Store::open_at(store.root()).expect("the folder opens");
        let mut harness: Harness<'_, Desk> = Harness::builder()
            .with_size([1440.0, 900.0])
            .with_max_steps(20)
            .build_eframe(|creation| Desk::new(&creation.egui_ctx, Some(store), workspace, None));
        harness.run_steps(6);
        report(&format!("drag, {name}"), &mut drag(&mut harness));
        settle(&mut harness);
        let name = format!("nothing changes, pointer over it, {name}");
        report(&name, &mut look(&mut harness));
    }
    history(store.root());
}

/// The signals' charts panned over all of the history that `PALISADE_DATA` names.
fn history(root: &Path) {
    let Some(data) = std::env::var_os("PALISADE_DATA") else {
        println!("history panned: skipped, PALISADE_DATA names no folder");
        return;
    };
    let workspace = Workspace {
        history_folder: Some(data.into()),
        ..Workspace::default()
    };
    let store = Store::open_at(root).expect("the folder opens");
    let mut harness: Harness<'_, Desk> = Harness::builder()
        .with_size([1440.0, 1600.0])
        .with_max_steps(20)
        .build_eframe(|creation| Desk::new(&creation.egui_ctx, Some(store), workspace, None));
    while harness.state().market_history().is_none() {
        std::thread::sleep(Duration::from_millis(20));
        harness.step();
    }
    harness.get_by_role_and_label(Role::Tab, "Signals").click();
    harness.run_steps(6);
    for (name, range) in [
        ("history of 5 years panned", "Range: 5y"),
        ("all history panned", "Range: all"),
    ] {
        harness.get_by_label(range).click();
        harness.run_steps(4);
        let charts = harness.get_by_label_contains("History: ").rect().center();
        report(name, &mut swing(&mut harness, charts, 160.0));
    }
}

/// Waits for the comparison of choices, whose progress is drawn.
fn settle(harness: &mut Harness<'_, Desk>) {
    harness.run_steps(2);
    while harness.state().advice().progress.is_some() {
        std::thread::sleep(Duration::from_millis(20));
        harness.step();
    }
}

/// Moves the pointer along the bottom panes without pressing anything; the time of each frame.
fn look(harness: &mut Harness<'_, Desk>) -> Vec<Duration> {
    let size = harness.ctx.content_rect().size();
    frames(harness, |harness, frame| {
        let along = 0.5 + 0.3 * (frame as f32 * 0.11).sin();
        harness.hover_at(egui::pos2(along * size.x, 0.82 * size.y));
    })
}

/// Drags the short call to and fro; the time of each frame.
fn drag(harness: &mut Harness<'_, Desk>) -> Vec<Duration> {
    let handle = harness
        .get_by_role_and_label(Role::Slider, "Short call strike")
        .rect()
        .center();
    swing(harness, handle, 60.0)
}

/// Drags what is under a place to and fro by so many points; the time of each frame.
fn swing(harness: &mut Harness<'_, Desk>, handle: egui::Pos2, reach: f32) -> Vec<Duration> {
    harness.drag_at(handle);
    harness.step();
    let times = frames(harness, |harness, frame| {
        let swing = (frame as f32 * 0.11).sin() * reach;
        harness.hover_at(handle + egui::vec2(swing - 0.5 * reach, 0.0));
    });
    harness.drop_at(handle);
    harness.step();
    times
}

/// The time of each frame, each after a movement of the pointer.
fn frames(
    harness: &mut Harness<'_, Desk>,
    mut point: impl FnMut(&mut Harness<'_, Desk>, usize),
) -> Vec<Duration> {
    let mut times = Vec::with_capacity(FRAMES);
    for frame in 0..FRAMES + WARM_UP {
        point(harness, frame);
        let start = Instant::now();
        harness.step();
        let shapes = harness.output().shapes.clone();
        let meshes = harness.ctx.tessellate(shapes, 1.0);
        let time = start.elapsed();
        assert!(!meshes.is_empty());
        if frame >= WARM_UP {
            times.push(time);
        }
    }
    times
}

fn report(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{name}: median {:.2} ms, 99th percentile {:.2} ms, longest {:.2} ms over {} frames",
        at(0.5),
        at(0.99),
        at(1.0),
        times.len()
    );
}
