//! What hedges promised beside what they delivered.

use super::*;

#[test]
fn a_fall_sets_what_the_hedge_made_beside_what_the_model_promised() {
    let mut campaign = held();
    keep(&mut campaign);
    go_on(&mut campaign, 24, -30.0, 0.5);
    keep(&mut campaign);
    go_on(&mut campaign, 24, -200.0, 8.0);
    let review = CampaignReview::of(&campaign);
    assert_eq!(review.events.len(), 1, "half a percent is no event");
    let event = review.events[0];
    assert!(event.spx_pct < -3.0 && event.vix_promised > event.vix_before);
    let interval = review.attribution.intervals.last().expect("intervals");
    assert_eq!(
        event.delivered.spx + event.delivered.hedge(),
        interval.sum().total().0
    );
    assert!(
        event.promised.spx < 0 && event.promised.hedge() > 0,
        "{event:?}"
    );
    assert!(event.promised.offset_pct().is_some());
    // Twice the fall promises more of everything.
    let mut deeper = held();
    keep(&mut deeper);
    go_on(&mut deeper, 24, -30.0, 0.5);
    keep(&mut deeper);
    go_on(&mut deeper, 24, -400.0, 8.0);
    let deeper = CampaignReview::of(&deeper).events[0];
    assert!(deeper.promised.hedge() > event.promised.hedge());
    assert_eq!(review.summary.events, review.events);
}
