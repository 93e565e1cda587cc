//! Choices not taken, marked later.

use super::*;

/// A decision to hold, with a hedge of four calls and a refused roll beside it.
fn decided(campaign: &mut Campaign) {
    let call = option(Root::Vix, date(2026, 7, 22), 20.0, Right::Call);
    let trade = |quantity, price| ChoiceTrade {
        position: None,
        layer: Some(LayerKind::First),
        contract: call,
        quantity,
        price,
        fees_usd: 6.0,
    };
    let choice = |name: &str, trades, refused: Option<&str>| ChoiceRecord {
        name: name.to_owned(),
        stance: name.to_owned(),
        refused: refused.map(str::to_owned),
        trades,
        cost_usd: 0.0,
        friction_usd: 0.0,
        expected_pl_usd: 0.0,
        p05_usd: 0.0,
        worst_usd: 0.0,
        net_vega_points: None,
        theta_per_day_usd: 0.0,
        margin_usd: 0.0,
        break_evens: None,
        irr: None,
        score: None,
    };
    let record = DecisionRecord {
        program: "0.1.0".to_owned(),
        moment: campaign.moment_number(&campaign.marks),
        positions: campaign.positions.clone(),
        model: campaign.model.clone(),
        settings: campaign.settings.clone(),
        pack: campaign.pack.clone(),
        facts: vec![],
        findings: vec![],
        verdict: VerdictRecord {
            stance: "Hold".to_owned(),
            sentence: "Hold".to_owned(),
            clause: None,
            because: vec![],
            against: vec![],
            choice: Some(0),
        },
        choices: vec![
            choice("Hold", vec![], None),
            choice("Hedge", vec![trade(4, 1.1)], None),
            choice("Roll", vec![trade(1, 1.1)], Some("net credit below 0")),
        ],
        taken: Some(0),
    };
    let entry = JournalEntry {
        decision: Some(std::sync::Arc::new(record)),
        ..JournalEntry::new(new_york().to_datetime(campaign.marks.as_of), None, "Hold")
    };
    keep(campaign);
    let add = JournalCommand::AddEntry(entry);
    campaign.apply(Command::Journal(add)).expect("valid");
}

#[test]
fn choices_not_taken_are_marked_later_and_settle() {
    let mut campaign = held();
    decided(&mut campaign);
    go_on(&mut campaign, 48, -150.0, 8.0);
    keep(&mut campaign);
    go_on(&mut campaign, 40 * 24, 100.0, 4.0);
    keep(&mut campaign);
    go_on(&mut campaign, 24, 0.0, 9.0);
    let ledger = Ledger::of(&campaign);
    let contracts = weighed_contracts(&campaign);
    assert_eq!(contracts.len(), 1);
    let stations = Station::all(&campaign, &contracts);
    let outcomes = decision_outcomes(&campaign, &ledger, &stations);
    assert_eq!(outcomes.len(), 1);
    let outcome = &outcomes[0];
    assert!(outcome.done.is_empty() && outcome.done_last() == Cents(0));
    let names: Vec<&str> = outcome
        .choices
        .iter()
        .map(|choice| choice.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Hold", "Hedge"],
        "what was refused could not have been done"
    );
    let (hold, hedge) = (&outcome.choices[0], &outcome.choices[1]);
    assert!(hold.is_taken && hold.values.iter().all(|point| point.value == Cents(0)));
    assert_eq!(hedge.values.len(), 4);
    let unit = stations[1].unit(&contracts[0]).expect("priced");
    let by_hand = Cents::from_usd(400.0 * (unit.price - 1.1) - 6.0);
    assert_eq!(hedge.values[1].value, by_hand);
    assert!(by_hand.0 > 0, "VIX rose by 8 points");
    assert!(
        !hedge.values[1].is_marked,
        "no quote of its expiry was ever entered"
    );
    assert_eq!(hedge.values[2].value, hedge.values[3].value, "settled");
    assert_eq!(
        outcome.against_done(hedge),
        hedge.last().map(|point| point.value)
    );
}
