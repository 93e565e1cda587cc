//! What a campaign came to.

use super::*;

#[test]
fn an_outcome_tells_credit_cost_days_and_return() {
    let mut campaign = held();
    keep(&mut campaign);
    go_on(&mut campaign, 24, -60.0, 2.0);
    keep(&mut campaign);
    let (open, split) = Outcome::of(&campaign);
    assert!(open.is_open() && open.closed.is_none());
    assert_eq!(open.days_held, 1);
    assert!(
        (open.credit_usd - 12_100.0).abs() < 1e-6,
        "{}",
        open.credit_usd
    );
    assert!(
        (open.hedge_cost_usd - 760.0).abs() < 1e-6,
        "{}",
        open.hedge_cost_usd
    );
    assert!((open.hedge_cost_pct().expect("a credit") - 100.0 * 760.0 / 12_100.0).abs() < 1e-9);
    assert!(
        (open.margin_usd - 50_000.0).abs() < 1e-6,
        "{}",
        open.margin_usd
    );
    assert_eq!(open.profit, split.total());
    let sides = open.spx_profit + open.hedge_profit();
    assert_eq!((sides, open.parts.total()), (open.profit, open.profit));
    assert!(open.hedge_profit().0 > 0 && open.layer_profit[1] == open.hedge_profit());
    assert!(open.drawdown.0 > 0);
    assert_eq!(open.rolls, 0);

    // Everything is bought back at a gain after 30 days.
    go_on(&mut campaign, 29 * 24, 60.0, -2.0);
    let close = |position, leg, quantity, price| Trade {
        action: TradeAction::Close,
        fees_usd: 0.0,
        ..fill(&campaign, position, leg, quantity, price)
    };
    let fills = vec![
        close(0, 0, -10, 5.0),
        close(0, 1, 10, 7.0),
        close(0, 2, 10, 4.0),
        close(0, 3, -10, 2.0),
        close(1, 0, -4, 1.0),
    ];
    let entry = JournalEntry::new(fills[0].at, Some(TradeAction::Close), "Off");
    let commands = fill_commands(&campaign, entry, fills, &[], true).expect("fits");
    campaign.apply(Command::Batch(commands)).expect("valid");
    let (done, _) = Outcome::of(&campaign);
    assert!(!done.is_open());
    // (12.10 - 4.00) points on ten condors, 0.90 lost on four calls, five legs of fees.
    assert_eq!(done.profit, Cents::from_usd(8100.0 - 360.0 - 55.0));
    assert_eq!(done.days_held, 30);
    let irr = done.irr.expect("a return");
    // 50,000 in and the calls on the first day; the rest back after 30 days.
    let paid = 50_000.0 + 760.0 + 11.0;
    let back = paid + 7685.0;
    let days = done
        .closed
        .expect("closed")
        .duration_since(done.opened.expect("opened"))
        .as_secs_f64()
        / 86_400.0;
    let by_hand = f64::powf(back / paid, 365.0 / days) - 1.0;
    assert!((irr.per_year - by_hand).abs() < 1e-6, "{irr:?} {by_hand}");
}
