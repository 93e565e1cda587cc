//! Undo, redo, gestures and what counts as unsaved.

use super::*;

#[test]
fn the_undo_menu_names_the_one_thing_that_changed() {
    let mut history = History::new(sample());
    let id = PositionId(1);
    let now = |history: &History| history.current().position(id).expect("there").clone();
    let mut edits: Vec<(Position, &str)> = Vec::new();
    let mut strike = condor([5580.0, 5630.0, 6305.0, 6355.0]);
    strike.legs[0].entry_price = 27.9;
    edits.push((strike.clone(), "move strike"));
    let mut more = strike.clone();
    more.legs.iter_mut().for_each(|leg| leg.quantity *= 2);
    edits.push((more.clone(), "change contracts"));
    let mut dearer = more.clone();
    dearer.legs[1].entry_price += 1.0;
    edits.push((dearer.clone(), "change entry price"));
    let renamed = Position {
        name: "Other".to_owned(),
        ..dearer.clone()
    };
    edits.push((renamed, "rename position"));
    edits.push((condor(STRIKES), "edit position"));
    for (position, label) in edits {
        history
            .apply(Command::ReplacePosition { id, position })
            .expect(label);
        history.seal();
        assert_eq!(history.undo_label(), Some(label), "{:?}", now(&history));
    }
    let key = ParamKey::StressMultiple;
    history
        .apply(Command::SetParam { key, value: 3.0 })
        .expect("set");
    assert_eq!(history.undo_label(), Some("change stress multiple m"));
}

#[test]
fn a_drag_is_one_step_and_esc_takes_it_back() {
    let mut history = History::opened(sample());
    let before = Arc::clone(history.current());
    for spx in [6001.0, 6002.0, 6003.0] {
        history.apply(Command::SetSpx(spx)).expect("marked");
    }
    history.seal();
    history.seal();
    assert_eq!(history.revision(), 3);
    assert!(history.undo());
    assert!(Arc::ptr_eq(history.current(), &before));
    assert!(!history.is_dirty(), "back at the state of the file");
    assert!(!history.undo(), "one step only");

    history.apply(Command::SetVix(25.0)).expect("marked");
    assert_eq!(history.redo_label(), None);
    assert!(history.cancel_gesture());
    assert!(Arc::ptr_eq(history.current(), &before));
    assert!(!history.cancel_gesture(), "nothing under way");
    assert_eq!(
        history.redo_label(),
        Some("mark SPX"),
        "a dropped gesture leaves redo as it was"
    );
    assert!(history.redo());
    assert_eq!(history.current().marks.spx, 6003.0);
}

#[test]
fn a_gesture_that_comes_back_leaves_no_step() {
    let mut history = History::opened(sample());
    let start = history.current().marks.spx;
    for spx in [start + 5.0, start + 9.0, start] {
        history.apply(Command::SetSpx(spx)).expect("marked");
    }
    history.seal();
    assert_eq!(history.undo_label(), None);
    assert!(!history.is_dirty());
    history.apply(Command::SetSpx(start)).expect("no change");
    assert_eq!(history.undo_label(), None);
}

#[test]
fn dirty_means_other_than_what_the_file_holds() {
    let mut history = History::new(sample());
    assert!(history.is_dirty(), "never saved");
    history.apply(Command::SetVix(20.0)).expect("marked");
    history.seal();
    let saved = Arc::clone(history.current());
    history.apply(Command::SetVix(21.0)).expect("marked");
    history.mark_saved(&saved);
    assert!(
        history.is_dirty(),
        "an edit came while the save was under way"
    );
    assert!(history.undo());
    assert!(!history.is_dirty());
    assert!(history.undo());
    assert!(history.is_dirty());
}
