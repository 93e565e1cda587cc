//! What holds for every run of commands: undo, redo and the file take nothing away.

use super::*;

/// Any scenario that a user can reach, and some that are refused.
fn any_scenario() -> impl Strategy<Value = SavedScenario> {
    let moves = (
        prop_oneof![-99.0..110.0, Just(f64::NAN)],
        proptest::option::of(-95.0..200.0),
        0_u32..4000,
        -20.0..20.0,
        proptest::option::of(-5.0..5.0),
    );
    ("[ -~\u{e4}]{0,20}", moves).prop_map(|(name, (spx_pct, vix_pct, days, points, shift))| {
        SavedScenario {
            name,
            moves: ScenarioMoves {
                spx_pct,
                vix_pct,
                days,
                vol_points: points,
                vol_shifts: shift.map(|points| (EXPIRY, points)).into_iter().collect(),
                rate_pct: points / 10.0,
            },
            note: String::new(),
        }
    })
}

/// Any mark the market accepts, any name, any model value: what a user can reach.
fn any_command() -> impl Strategy<Value = Command> {
    let strike = (1000_u32..9000).prop_map(|strike| f64::from(strike) * 1.25);
    let contract = (strike, any::<bool>()).prop_map(|(strike, call)| {
        option(
            Root::Spxw,
            EXPIRY,
            strike,
            if call { Right::Call } else { Right::Put },
        )
    });
    let mark = prop_oneof![
        (0.0..500.0).prop_map(|price| Some(Mark::Price(price))),
        (0.01..3.0).prop_map(|vol| Some(Mark::Vol(vol))),
        Just(None),
        Just(Some(Mark::Price(f64::NAN))),
    ];
    let key = (0..ParamKey::ALL.len()).prop_map(|index| ParamKey::ALL[index]);
    let condors = proptest::array::uniform4(5000_u32..7000)
        .prop_map(|strikes| condor(strikes.map(f64::from)));
    let single = prop_oneof![
        "[ -~\u{e4}\u{4e2d}]{0,40}".prop_map(Command::Rename),
        prop_oneof![-1e3..1e5, Just(f64::NAN)].prop_map(Command::SetSpx),
        (-5.0..160.0).prop_map(Command::SetVix),
        proptest::option::of(10.0..500.0).prop_map(Command::SetVvix),
        (contract, mark).prop_map(|(contract, mark)| Command::SetQuote { contract, mark }),
        (0_i64..300, proptest::option::of(1.0..100.0)).prop_map(|(days, price)| {
            let expiry = date(2026, 7, 1).saturating_add(jiff::Span::new().days(days));
            Command::SetFuture { expiry, price }
        }),
        condors.prop_map(Command::AddPosition),
        (0_u64..12).prop_map(|id| Command::RemovePosition { id: PositionId(id) }),
        (0_u64..12).prop_map(|id| Command::RemoveTrade {
            id: TradeId(id),
            at: None
        }),
        (key, -1.0..250.0).prop_map(|(key, value)| Command::SetParam { key, value }),
        Just(Command::ResetModel),
        Just(Command::ClearChain),
        (0_u64..8).prop_map(|id| log(PositionId(id), TradeAction::Open, vec![])),
        "[ -~\n\t\u{e4}]{0,60}".prop_map(|text| Command::AddNote(Note {
            at: date(2026, 6, 24).at(9, 30, 0, 0),
            text,
            tags: vec![],
        })),
        (0_usize..3).prop_map(|index| Command::RemoveNote { index }),
        any_scenario().prop_map(Command::AddScenario),
        (0_usize..3, any_scenario())
            .prop_map(|(index, scenario)| Command::ReplaceScenario { index, scenario }),
        (0_usize..3).prop_map(|index| Command::RemoveScenario { index }),
    ];
    single.prop_recursive(1, 8, 4, |inner| {
        proptest::collection::vec(inner, 0..4).prop_map(Command::Batch)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn undo_takes_back_exactly_what_was_done_and_redo_does_it_again(
        commands in proptest::collection::vec((any_command(), any::<bool>()), 1..25),
    ) {
        let mut history = History::new(sample());
        let mut sealed = vec![Arc::clone(history.current())];
        for (command, seal) in commands {
            let before = Arc::clone(history.current());
            if history.apply(command).is_err() {
                prop_assert!(Arc::ptr_eq(history.current(), &before), "a refusal changes nothing");
            }
            prop_assert_eq!(history.current().validate(), Ok(()));
            if seal {
                history.seal();
                if **history.current() != **sealed.last().expect("the first") {
                    sealed.push(Arc::clone(history.current()));
                }
            }
        }
        history.seal();
        if **history.current() != **sealed.last().expect("the first") {
            sealed.push(Arc::clone(history.current()));
        }
        for state in sealed.iter().rev().skip(1) {
            prop_assert!(history.undo());
            prop_assert_eq!(history.current(), state);
        }
        prop_assert!(!history.undo());
        for state in sealed.iter().skip(1) {
            prop_assert!(history.redo());
            prop_assert_eq!(history.current(), state);
        }
        prop_assert!(!history.redo());
    }

    #[test]
    fn a_campaign_survives_its_file_to_the_last_digit(
        commands in proptest::collection::vec(any_command(), 0..25),
    ) {
        let mut campaign = sample();
        for command in commands {
            // Refusals are part of the run: they must leave a campaign that can be written.
            campaign.apply(command).ok();
        }
        let text = campaign_to_ron(&campaign).expect("writes");
        let read = campaign_from_ron(&text);
        prop_assert_eq!(read.as_ref(), Ok(&campaign));
    }

    #[test]
    fn a_command_survives_as_text(command in any_command()) {
        let text = ron::to_string(&command).expect("writes");
        let read: Command = ron::from_str(&text).expect("reads");
        prop_assert_eq!(format!("{read:?}"), format!("{command:?}"), "{}", text);
    }
}
