//! The joint map: its values against the scenario engine, its cache, and the panel under the hand.

mod engine {
    use palisade::document::Campaign;
    use palisade::risk::curves::Component;
    use palisade::risk::joint_map::{
        JointMap, JointMapCache, JointMapError, JointMapRequest, JointPoint, last_day,
    };
    use palisade::valuation::Valuation;

    use crate::worked_condor::{value, worked_campaign};

    const RANGE: (f64, f64) = (-14.0, 8.0);

    fn map(valuation: &Valuation, days: u32) -> JointMap {
        let request = JointMapRequest::around(&valuation.book, RANGE, days);
        let mut cache = JointMapCache::default();
        JointMap::of(&valuation.book, &request, &mut cache).expect("the default range maps")
    }

    fn worked() -> (Campaign, Valuation) {
        let campaign = worked_campaign();
        let valuation = value(&campaign);
        (campaign, valuation)
    }

    #[test]
    fn today_on_the_day_of_today_is_exactly_no_change() {
        let (_, valuation) = worked();
        let map = map(&valuation, 0);
        let column = map.spx_pct.iter().position(|pct| *pct == 0.0);
        let row = map.vix.iter().position(|vix| *vix == valuation.market.vix);
        let (column, row) = column.zip(row).expect("today is a node");
        for component in Component::ALL {
            assert_eq!(map.value(component)[row * map.spx_pct.len() + column], 0.0);
        }
        let point = JointPoint::of(&valuation.book, 0, (0.0, valuation.market.vix));
        assert_eq!((point.net_usd(), point.spx), (0.0, valuation.market.spx));
        assert_eq!(point.model_vix, valuation.market.vix);
    }

    #[test]
    fn components_add_up_to_the_net_on_every_node() {
        let (_, valuation) = worked();
        let map = map(&valuation, 7);
        for index in 0..map.value(Component::Net).len() {
            let at = |component| map.value(component)[index];
            let layers: f64 = Component::ALL[1..4].iter().map(|layer| at(*layer)).sum();
            assert!((layers - at(Component::Hedges)).abs() < 1e-6);
            let net = at(Component::Condor) + at(Component::Hedges);
            assert_eq!(net, at(Component::Net));
        }
    }

    #[test]
    fn a_node_is_what_the_engine_says_of_the_point() {
        let (_, valuation) = worked();
        for days in [0, 7, last_day(&valuation.book)] {
            let map = map(&valuation, days);
            for (column, row) in [(0, 0), (10, 33), (38, 7), (60, 40)] {
                let at = (map.spx_pct[column], map.vix[row]);
                let point = JointPoint::of(&valuation.book, days, at);
                for component in Component::ALL {
                    let node = map.value(component)[row * map.spx_pct.len() + column];
                    let exact = point.component_usd(component);
                    assert!(
                        (node - exact).abs() < 1e-6,
                        "{at:?}: {node}, engine {exact}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_moved_strike_reprices_its_own_leg_alone() {
        let (campaign, valuation) = worked();
        let request = JointMapRequest::around(&valuation.book, RANGE, 3);
        let mut cache = JointMapCache::default();
        JointMap::of(&valuation.book, &request, &mut cache).expect("it maps");
        assert_eq!(cache.priced(), valuation.book.legs.len());
        let mut moved = valuation.book.clone();
        let mut position = campaign.positions[0].clone();
        let contract = position.legs[0].contract;
        position.legs[0].contract = palisade::instrument::Contract::option(
            contract.root(),
            contract.expiry(),
            contract.strike().expect("an option") - 5.0,
            contract.right().expect("an option"),
        )
        .expect("a strike below is listed");
        let mut positions = campaign.positions.clone();
        positions[0] = position;
        moved.legs = palisade::risk::book::Book::of(
            &positions,
            valuation.market.clone(),
            campaign.model.clone(),
        )
        .legs;
        let cached = JointMap::of(&moved, &request, &mut cache).expect("it maps");
        assert_eq!(cache.priced(), 1);
        let fresh = JointMap::of(&moved, &request, &mut JointMapCache::default());
        assert_eq!(Ok(cached), fresh);
        JointMap::of(&moved, &request, &mut cache).expect("it maps");
        assert_eq!(cache.priced(), 0);
    }

    #[test]
    fn ranges_that_map_nothing_are_refused() {
        let (_, valuation) = worked();
        let good = JointMapRequest::around(&valuation.book, RANGE, 0);
        let of = |request: JointMapRequest| {
            JointMap::of(&valuation.book, &request, &mut JointMapCache::default())
        };
        let spx = JointMapRequest {
            spx_pct: (-100.0, 3.0),
            ..good
        };
        assert_eq!(of(spx), Err(JointMapError::SpxRange(-100.0, 3.0)));
        let vix = JointMapRequest {
            vix: (9.0, f64::INFINITY),
            ..good
        };
        assert_eq!(of(vix), Err(JointMapError::VixRange(9.0, f64::INFINITY)));
        let empty = JointMapRequest { rows: 1, ..good };
        assert_eq!(of(empty), Err(JointMapError::Nodes(61, 1)));
    }

    #[test]
    fn the_csv_has_a_line_for_every_node() {
        let (_, valuation) = worked();
        let text = map(&valuation, 0).csv();
        let mut lines = text.lines();
        assert_eq!(
            lines.next(),
            Some(
                "days,spx_move_pct,vix,condor_usd,first_usd,second_usd,third_usd,hedges_usd,net_usd"
            )
        );
        assert_eq!(lines.count(), 61 * 41);
        assert!(text.contains("\n0,0.0000,17.0000,0.00,0.00,0.00,0.00,0.00,0.00\n"));
    }
}
