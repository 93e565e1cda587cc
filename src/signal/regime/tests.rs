//! The regime on slopes whose histogram is known by construction.

use jiff::ToSpan as _;
use jiff::civil::date;

use super::*;

fn bars(slopes: &[f64]) -> Vec<RegimeBar> {
    let first = date(2024, 1, 1);
    (0_i64..)
        .zip(slopes)
        .map(|(day, &slope)| RegimeBar {
            date: first.checked_add(day.days()).expect("a day"),
            slope_pct: Some(slope),
            vix: Some(14.0),
            in_event_window: false,
        })
        .collect()
}

fn series(bars: &[RegimeBar]) -> SlopeSeries<'_> {
    SlopeSeries {
        source: SlopeSource::ConstantMaturity,
        bars,
    }
}

fn read(bars: &[RegimeBar]) -> RegimeFinding {
    regime(series(bars), &RegimeParams::default()).expect("a regime")
}

/// A slope that swings slowly about 8 %.
fn wave(bars: usize) -> Vec<f64> {
    (0..bars)
        .map(|bar| 8.0 + 2.0 * (bar as f64 / 12.0).sin())
        .collect()
}

#[test]
fn too_short_is_no_regime() {
    let short = bars(&wave(92));
    let error = regime(series(&short), &RegimeParams::default()).expect_err("too short");
    assert_eq!(
        error.to_string(),
        "insufficient data: 92 bars of the slope, 93 are needed"
    );
    let enough = read(&bars(&wave(93)));
    assert_eq!(
        (enough.bars, enough.is_well_seeded, enough.history.len()),
        (93, false, 1)
    );
}

#[test]
fn it_follows_the_histogram_two_closes_late() {
    let all = bars(&wave(400));
    let params = RegimeParams::default();
    let mut last: Option<RegimeFinding> = None;
    let (mut transitions, mut changes) = (0, 0);
    for end in 93..=all.len() {
        let now = read(&all[..end]);
        if let Some(last) = last {
            if now.underlying != last.underlying {
                changes += 1;
                assert!(
                    last.is_transition(),
                    "a change is announced by a transition"
                );
                assert_eq!(last.transition_to, Some(now.underlying));
                assert!(now.hist.abs() > now.hist_needed);
            }
            transitions += usize::from(now.is_transition());
            assert_eq!(now.is_transition(), now.label() == "Transition");
        }
        last = Some(now);
    }
    let last = last.expect("bars");
    // sin(bar / 12) turns every 38 bars
    assert!((6..=10).contains(&changes), "{changes}");
    assert!(transitions >= changes);
    assert_eq!(last.history.len(), changes + 1);
    assert_eq!(last.changes_since(last.history[0].date), changes);
    assert!(last.is_well_seeded && params.closes == 2);
    let states: Vec<Regime> = last.history.iter().map(|change| change.to).collect();
    assert!(states.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn one_close_changes_nothing() {
    let mut slopes = wave(300);
    let steady = read(&bars(&slopes));
    assert!(!steady.is_transition(), "{steady:?}");
    // 6 % of slope moves the histogram by 0.4, more than its swings
    let away = if steady.underlying == Regime::Promoter {
        -6.0
    } else {
        6.0
    };
    slopes.push(slopes[299] + away);
    let one = read(&bars(&slopes));
    assert_eq!((one.regime, one.is_transition()), (steady.regime, true));
    slopes.push(slopes[300]);
    let two = read(&bars(&slopes));
    assert_ne!(two.underlying, steady.underlying);
}

#[test]
fn a_histogram_near_zero_is_not_believed() {
    let slopes = wave(300);
    let before = read(&bars(&slopes));
    let deaf = RegimeParams {
        deviation_share: 100.0,
        ..RegimeParams::default()
    };
    let kept = regime(series(&bars(&slopes)), &deaf).expect("a regime");
    assert_eq!(kept.history.len(), 1, "nothing ever stands out");
    assert!(before.history.len() > 1);
}

#[test]
fn forces_act_at_once_and_let_go() {
    let mut all = bars(&wave(300));
    while read(&all).underlying != Regime::Promoter {
        all.pop();
    }
    let last = all.len() - 1;
    assert_eq!(read(&all).regime, Regime::Promoter);
    let forced = |change: &dyn Fn(&mut RegimeBar)| {
        let mut all = all.clone();
        change(&mut all[last]);
        read(&all)
    };
    let high = forced(&|bar| bar.vix = Some(20.01));
    assert_eq!(
        (high.regime, high.underlying),
        (Regime::Steward, Regime::Promoter)
    );
    assert_eq!(high.forced_by, [Force::HighVix]);
    assert_eq!(
        high.history.last().expect("a change").forced_by,
        [Force::HighVix]
    );
    assert_eq!(forced(&|bar| bar.vix = Some(20.0)).regime, Regime::Promoter);
    assert_eq!(
        forced(&|bar| bar.in_event_window = true).forced_by,
        [Force::EventWindow]
    );
    assert_eq!(
        forced(&|bar| bar.slope_pct = Some(-0.1)).forced_by,
        [Force::Backwardation]
    );
    assert_eq!(forced(&|bar| bar.vix = None).regime, Regime::Promoter);
}

#[test]
fn days_without_a_slope_are_passed_over() {
    let all = bars(&wave(200));
    let mut gapped = all.clone();
    gapped.insert(
        100,
        RegimeBar {
            slope_pct: None,
            ..all[100]
        },
    );
    assert_eq!(read(&gapped), read(&all));
}
