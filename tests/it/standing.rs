//! The stance that stands, over restarts of the desk and moves of the market in between.

use std::path::Path;

use egui::Theme;
use egui_kittest::Harness;
use jiff::ToSpan as _;
use palisade::app::Desk;
use palisade::decision::Standing;
use palisade::document::{Store, save_campaign};
use palisade::rule::Stance;
use palisade::ui::Workspace;

use crate::support;

/// Starts a desk on a campaign of its folder, lets it judge, and ends it.
fn judged(folder: &Path, file: &Path) -> Standing {
    let store = Store::open_at(folder).expect("the folder opens");
    let workspace: Workspace = store.workspace().expect("it reads");
    let file = file.to_owned();
    let builder = support::builder([1440.0, 900.0], Theme::Dark).with_max_steps(20);
    let mut h: Harness<'_, Desk> = builder
        .build_eframe(|creation| Desk::new(&creation.egui_ctx, Some(store), workspace, Some(file)));
    h.run_steps(4);
    for _ in 0..500 {
        if h.state().advice().progress.is_none() && h.state().advice().decision.is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
        h.run_steps(1);
    }
    // the pointer rests: what changed is written
    h.run_steps(60);
    h.state().advice().standing.expect("it is judged")
}

/// So many calls in the Second layer that the sample's book lies inside its band.
const CALLS: i32 = 34;
/// VIX points by which the market's vols fall on a calm day: the calls lose delta, and the book is short again.
const CALM: f64 = 5.0;

/// Writes the sample, hedged into its band, as marked on a day of the market.
fn write_day(file: &Path, day: i64, vol_falls: f64) {
    let mut campaign = palisade::app::sample_campaign();
    campaign.positions[2].legs[0].quantity = CALLS;
    let marks = &mut campaign.marks;
    marks.as_of += (24 * day).hours();
    marks.vix -= vol_falls;
    for future in &mut marks.vx {
        future.price -= vol_falls;
    }
    save_campaign(file, &campaign).expect("it is written");
}

#[test]
fn a_stance_goes_on_waiting_over_restarts_and_one_instant_counts_once() {
    let own = tempfile::tempdir().expect("a folder");
    let store = Store::open_at(own.path()).expect("the folder opens");
    let file = store.campaigns_dir().join("standing.ron");
    drop(store);
    let at = |day: i64, vol_falls: f64| {
        write_day(&file, day, vol_falls);
        let standing = judged(own.path(), &file);
        (standing.shown, standing.pending, standing.count)
    };
    assert_eq!(at(0, 0.0).0, Stance::Hold);
    let waits = (Stance::Hold, Some(Stance::Hedge), 1);
    assert_eq!(at(1, CALM), waits, "one evaluation is not enough");
    assert_eq!(at(1, CALM), waits, "the same instant after a restart");
    assert_eq!(at(2, CALM).0, Stance::Hedge, "it has stood on two");
    // another campaign of the same book knows nothing of it
    let other = file.with_file_name("other.ron");
    write_day(&other, 0, 0.0);
    let standing = judged(own.path(), &other);
    assert_eq!((standing.shown, standing.pending), (Stance::Hold, None));
}
