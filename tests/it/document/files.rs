//! The campaign file: its golden file, its layout, its damage, its documentation.

use super::*;

#[test]
fn the_golden_file_of_schema_1_loads_for_ever() {
    let text = include_str!("../../golden/campaigns/v1.ron");
    let campaign = campaign_from_ron(text).expect("schema 1");
    // Its fills become entries of the journal; all else means the same.
    let without_journal = |mut campaign: Campaign| {
        campaign.journal = Arc::default();
        campaign.next_id = 0;
        for trade in &mut campaign.trades {
            (trade.id, trade.entry) = (TradeId(0), None);
        }
        campaign
    };
    assert_eq!(without_journal(campaign.clone()), without_journal(sample()));
    let entries = &campaign.journal.entries;
    assert!(!entries.is_empty());
    for trade in &campaign.trades {
        let entry = trade.entry.and_then(|id| campaign.journal.entry(id));
        let entry = entry.expect("every fill has its entry");
        assert_eq!((entry.at, entry.action), (trade.at, Some(trade.action)));
        assert_eq!(entry.reason, trade.reason);
    }
    assert!(campaign.scenarios.is_empty());
    let again = campaign_to_ron(&campaign).expect("writes");
    assert!(
        !again.contains("scenarios"),
        "an empty library adds nothing that an older desk would refuse"
    );
    assert_eq!(campaign_from_ron(&again), Ok(campaign));
}

#[test]
fn saved_scenarios_are_read_strictly_and_with_their_place() {
    let good = include_str!("../../golden/campaigns/v1.ron").replace(
        "    next_id: 9,",
        "    scenarios: [\n        (name: \"Fed day\", moves: (spx_pct: -5.0, vix_pct: 40, days: 7, vol_shifts: [(\"2026-08-07\", 1.5)])),\n    ],\n    next_id: 9,",
    );
    let campaign = campaign_from_ron(&good).expect("the library reads");
    let kept = &campaign.scenarios[0];
    assert_eq!((kept.moves.spx_pct, kept.moves.vix_pct), (-5.0, Some(40.0)));
    let again = campaign_to_ron(&campaign).expect("writes");
    assert_eq!(campaign_from_ron(&again), Ok(campaign));
    for (from, to, found, expected) in [
        (
            "spx_pct: -5.0",
            "spx_pct: NaN",
            "NaN",
            "% of SPX from -95 to 100",
        ),
        (
            "40, days: 7",
            "40, days: 9000",
            "9000",
            "calendar days from 0 to 3650",
        ),
        ("40, days: 7", "40, days: -1", "", ""),
        (
            "\"Fed day\"",
            "\" \"",
            "\" \"",
            "a name of 1 to 60 characters",
        ),
        (
            "(\"2026-08-07\", 1.5)",
            "(\"2026-08-07\", 999.0)",
            "999",
            "vol points",
        ),
        ("spx_pct", "spx_pc", "field `spx_pc`", "`spx_pct`"),
    ] {
        let line = 1 + good[..good.find("(name: \"Fed").expect("the row")]
            .matches('\n')
            .count();
        let error = campaign_from_ron(&good.replacen(from, to, 1)).expect_err(to);
        assert!(error.found.contains(found), "{to}: {error}");
        assert!(error.expected.contains(expected), "{to}: {error}");
        assert!(error.place.line.abs_diff(line) <= 1, "{to}: {error}");
    }
}

#[test]
fn a_campaign_file_is_readable_text_one_thing_a_line() {
    let text = campaign_to_ron(&sample()).expect("writes");
    assert!(text.starts_with("// Palisade campaign."), "{text}");
    let line_with = |needle: &str| {
        let lines = text.lines().filter(|line| line.contains(needle));
        let found = lines.map(str::trim).collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{needle}\n{text}");
        found[0].to_owned()
    };
    let quote = line_with("Price(33.2)");
    assert!(
        quote.starts_with("(contract: Option(") && quote.ends_with("),"),
        "{quote}"
    );
    assert!(line_with("entry_price: 29.6").contains("strike: 5590"));
    assert!(line_with("spx: 6000.0").ends_with(','));
    assert!(line_with("stress_multiple: 1.35").ends_with(','));
}

#[test]
fn damaged_files_are_refused_with_the_place() {
    let good = campaign_to_ron(&sample()).expect("writes");
    for (from, to, found, expected) in [
        ("schema: 2", "schema: 3", "schema 3", "schema 1 to 2"),
        ("spx: 6000.0", "spx: NaN", "NaN", "index points"),
        ("spx: 6000.0", "spx: 6,000", "'000'", ""),
        ("vix: 17.0", "vixx: 17.0", "field `vixx`", "`vix`"),
        (
            "quantity: -10",
            "quantity: 0",
            "0",
            "contracts, negative when short",
        ),
        ("strike: 5590.0", "strike: 5650.0", "", "rising strikes"),
        ("root: SPXW", "root: SPY", "`SPY`", "`SPXW`"),
        (
            "stress_multiple: 1.35",
            "stress_multiple: 99.0",
            "99",
            "Stress multiple m from 0 to 6",
        ),
        ("id: 2,", "id: 1,", "1 a second time", "a number of its own"),
        (
            "next_id: 10",
            "next_id: 3",
            "3",
            "below next_id, which is 3",
        ),
        (
            "price: 18.05",
            "price: -18.05",
            "-18.05 (vx 2026-07-22)",
            "VIX points",
        ),
    ] {
        let at = good.find(from).expect(from);
        let line = 1 + good[..at].matches('\n').count();
        let error = campaign_from_ron(&good.replacen(from, to, 1)).expect_err(to);
        assert!(error.found.contains(found), "{to}: {error}");
        assert!(error.expected.contains(expected), "{to}: {error}");
        let near = error.place.line.abs_diff(line);
        let whole_position = to.starts_with("strike") || to.starts_with("next_id");
        assert!(
            near <= 1 || whole_position,
            "{to} stands in line {line}: {error}"
        );
    }
    for cut in (0..good.len())
        .step_by(97)
        .filter(|cut| good.is_char_boundary(*cut))
    {
        campaign_from_ron(&good[..cut]).expect_err("a cut file");
    }
}

#[test]
fn a_default_model_and_settings_may_be_left_out_of_a_file() {
    let text = "(schema: 1, name: \"Short\", created: \"2026-06-24T20:15:00Z\", next_id: 1,
        marks: (as_of: \"2026-06-24T20:15:00Z\", spx: 6000.0, rate: 0.04, dividend: 0.01, vix: 17.0))";
    let campaign = campaign_from_ron(text).expect("the rest has defaults");
    assert_eq!(campaign.model, ModelParams::default());
    assert_eq!(campaign.settings, Settings::default());
    assert_eq!(campaign.pack, PackRef::default());
    let quotes: Vec<OptionMark> = Vec::new();
    assert_eq!(campaign.marks.quotes, quotes);
}

/// The fenced block of a language that follows a heading of the format's documentation.
fn documented(heading: &str) -> String {
    let text = include_str!("../../../docs/formats.md");
    let (_, section) = text.split_once(heading).expect(heading);
    let (_, block) = section.split_once("```ron\n").expect("a block");
    block.split_once("```").expect("its end").0.to_owned()
}

#[test]
fn the_documented_examples_are_valid() {
    let campaign = campaign_from_ron(&documented("## Campaign")).expect("the campaign");
    assert_eq!(campaign.warnings(), []);
    assert_eq!(campaign.positions.len(), 2);
    let layer: palisade::policy::LayerTemplate =
        palisade::policy::text::parse(&documented("## Rule pack")).expect("the layer");
    let pack = palisade::policy::RulePack::alvh();
    assert_eq!(Some(&layer), pack.layer(LayerKind::First));
    let account: palisade::document::Account =
        palisade::policy::text::read(&documented("## Account"), 1).expect("the account");
    assert_eq!(account.validate(), Ok(()));
}
