//! A fall of SPX: the hedge's promise beside what it delivered.

use super::*;

/// The campaign after a quiet day and a day of a fall in points.
fn fallen(spx: f64) -> CampaignReview {
    let mut campaign = held();
    keep(&mut campaign);
    go_on(&mut campaign, 24, -30.0, 0.5);
    keep(&mut campaign);
    go_on(&mut campaign, 24, spx, 8.0);
    CampaignReview::of(&campaign)
}

#[test]
fn a_fall_sets_what_the_hedge_made_beside_what_the_model_promised() {
    let review = fallen(-200.0);
    assert_eq!(review.events.len(), 1, "half a percent is no event");
    let event = review.events[0];
    assert!(event.spx_pct < -3.0 && event.vix_promised > event.vix_before);
    let made = review
        .attribution
        .intervals
        .last()
        .map(|it| it.sum().total());
    assert_eq!(
        made,
        Some(Cents(event.delivered.spx + event.delivered.hedge()))
    );
    assert!(
        event.promised.spx < 0 && event.promised.hedge() > 0,
        "{event:?}"
    );
    assert!(event.promised.offset_pct().is_some());
    assert_eq!(review.summary.events, review.events);
}

#[test]
fn twice_the_fall_promises_more() {
    let hedge = |spx: f64| fallen(spx).events[0].promised.hedge();
    assert!(hedge(-400.0) > hedge(-200.0));
}
