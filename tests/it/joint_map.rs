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

mod panel {
    use egui::{Key, Theme, vec2};
    use egui_kittest::Harness;
    use egui_kittest::kittest::{NodeT as _, Queryable as _};
    use palisade::document::Command;
    use palisade::market::ParamKey;
    use palisade::policy::RulePack;
    use palisade::risk::what_if::{WhatIfScenario, what_if_marks};
    use palisade::ui::panels::joint_map::joint_map_ui;
    use palisade::ui::what_if::{WhatIfEdit, WhatIfView};
    use palisade::ui::{Action, Actions, PanelContext, widgets};
    use palisade::valuation::{GreekCurves, Inputs, MarketCache, Valuation, VegaSlopesError};

    use crate::panel_host::PanelHost;
    use crate::support::{harness_state, save_png};

    /// A host whose what-ifs really happen.
    struct Desk {
        host: PanelHost,
        scenario: Option<WhatIfScenario>,
        edits: Vec<WhatIfEdit>,
    }

    impl Desk {
        fn sample(scenario: Option<WhatIfScenario>) -> Self {
            Self {
                host: PanelHost::sample(),
                scenario,
                edits: Vec::new(),
            }
        }

        fn show(&mut self, ui: &mut egui::Ui) {
            let mut actions = Actions::default();
            widgets::panel_frame(ui, self.scenario.is_some()).show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                match &self.scenario {
                    None => joint_map_ui(ui, &self.host.context(), &mut actions),
                    Some(scenario) => what_if(ui, &self.host, scenario, &mut actions),
                }
            });
            let mut others = Vec::new();
            for action in actions.take() {
                if let Action::WhatIf(edit) = action {
                    self.edits.push(edit.clone());
                    match edit {
                        WhatIfEdit::Scenario(scenario) => self.scenario = Some(scenario),
                        WhatIfEdit::Discard => self.scenario = None,
                        WhatIfEdit::Enter
                        | WhatIfEdit::Apply
                        | WhatIfEdit::Switch(..)
                        | WhatIfEdit::Drop(..)
                        | WhatIfEdit::TakeSnapshot
                        | WhatIfEdit::DropSnapshot(_)
                        | WhatIfEdit::Restore(_) => {}
                    }
                } else {
                    others.push(action);
                }
            }
            self.host.apply(others);
        }
    }

    fn what_if(
        ui: &mut egui::Ui,
        host: &PanelHost,
        scenario: &WhatIfScenario,
        actions: &mut Actions,
    ) {
        let mut campaign = host.campaign().clone();
        campaign.marks = what_if_marks(&host.valuation().book, &campaign.marks, scenario);
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &host.account,
            slopes: Err(VegaSlopesError::NoHistory),
        };
        let valuation = Valuation::of(&campaign, inputs, &mut MarketCache::default());
        let curves = valuation.curves(&host.workspace.curve_request(&valuation));
        let greeks = GreekCurves::of(&valuation, &host.workspace.greek_request(&valuation));
        let ctx = PanelContext {
            campaign: &campaign,
            valuation: &valuation,
            curves: &curves,
            greeks: &greeks,
            what_if: Some(WhatIfView {
                scenario,
                drafts: &[],
                snapshots: &[],
                campaign: host.campaign(),
                now: host.valuation(),
                now_curves: host.curves(),
                now_greeks: host.context().greeks,
            }),
            ..host.context()
        };
        joint_map_ui(ui, &ctx, actions);
    }

    fn desk(size: [f32; 2], theme: Theme, desk: Desk) -> Harness<'static, Desk> {
        let mut harness = harness_state(size, theme, |ui, desk: &mut Desk| desk.show(ui), desk);
        harness.run();
        harness
    }

    fn plain() -> Harness<'static, Desk> {
        desk([900.0, 560.0], Theme::Dark, Desk::sample(None))
    }

    fn sell_off(harness: &Harness<'_, Desk>) -> WhatIfScenario {
        let spx = harness.state().host.campaign().marks.spx;
        WhatIfScenario {
            vix: Some(27.0),
            days: 7,
            ..WhatIfScenario::today((spx * 0.945).round())
        }
    }

    #[test]
    fn dragging_today_assumes_another_market_each_frame() {
        let mut harness = plain();
        let from = harness.get_by_label("Today point").rect().center();
        harness.drag_at(from);
        harness.step();
        for step in 1..=4 {
            harness.hover_at(from + vec2(-20.0, -15.0) * step as f32);
            harness.step();
        }
        let desk = harness.state();
        assert!(desk.edits.len() >= 3, "{:?}", desk.edits);
        let assumed = desk.scenario.clone().expect("a what-if is on");
        let marks = &desk.host.campaign().marks;
        assert!(assumed.spx < marks.spx && assumed.vix > Some(marks.vix));
        assert_eq!(assumed.days, 0);
        harness.drop_at(from + vec2(-80.0, -60.0));
        harness.run();
        let point = harness.get_by_label("What-if point").rect().center();
        assert!(point.distance(from + vec2(-80.0, -60.0)) < 3.0, "{point:?}");
    }

    #[test]
    fn escape_ends_a_drag_and_the_what_if() {
        let mut harness = plain();
        let from = harness.get_by_label("Today point").rect().center();
        harness.drag_at(from);
        harness.step();
        harness.hover_at(from + vec2(-60.0, -20.0));
        harness.step();
        harness.key_press(Key::Escape);
        harness.step();
        harness.hover_at(from + vec2(-90.0, -20.0));
        harness.step();
        assert_eq!(harness.state().edits.last(), Some(&WhatIfEdit::Discard));
        assert_eq!(harness.state().scenario, None);
    }

    #[test]
    fn arrow_keys_move_the_point_by_half_steps() {
        let mut harness = plain();
        harness.get_by_label("Today point").focus();
        harness.run();
        harness.key_press(Key::ArrowLeft);
        harness.run();
        harness.key_press(Key::ArrowUp);
        harness.run();
        let desk = harness.state();
        let marks = &desk.host.campaign().marks;
        let assumed = desk.scenario.clone().expect("a what-if is on");
        assert_eq!(assumed.spx, (marks.spx * 0.995).round());
        let vix = assumed.vix.expect("VIX moves freely");
        assert!((vix - (marks.vix + 0.5)).abs() < 0.051, "{vix}");
    }

    #[test]
    fn the_map_goes_back_to_its_own_day_when_a_what_if_ends() {
        let mut harness = plain();
        let day = |harness: &Harness<'_, Desk>| {
            let slider = harness.get_by_label("Day of the map");
            slider.accesskit_node().numeric_value()
        };
        harness.get_by_label("Day of the map").focus();
        harness.run();
        harness.key_press(Key::ArrowRight);
        harness.run();
        assert_eq!(day(&harness), Some(1.0));
        let scenario = sell_off(&harness);
        harness.state_mut().scenario = Some(scenario);
        harness.run();
        assert_eq!(day(&harness), Some(7.0));
        harness.key_press(Key::ArrowRight);
        harness.run();
        let days = harness
            .state()
            .scenario
            .as_ref()
            .map(|assumed| assumed.days);
        assert_eq!(days, Some(8), "the slider moves the what-if's day");
        harness.state_mut().scenario = None;
        harness.run();
        assert_eq!(day(&harness), Some(1.0));
    }

    #[test]
    fn a_preset_puts_the_point_there() {
        let mut harness = plain();
        harness.get_by_label("Preset Crisis").click();
        harness.run();
        let desk = harness.state();
        let row = desk.host.valuation().presets.iter();
        let crisis = row.clone().find(|row| row.name == "Crisis").expect("known");
        let assumed = desk.scenario.clone().expect("a what-if is on");
        assert!((assumed.vix.expect("free") - crisis.vix).abs() <= 0.05);
        assert_eq!(assumed.spx, (desk.host.campaign().marks.spx * 0.88).round());
        harness.get_by_label("Discard").click();
        harness.run();
        assert_eq!(harness.state().scenario, None);
    }

    #[test]
    fn the_pointer_reads_the_map() {
        let mut harness = plain();
        let frame = harness.get_by_label("Map of SPX moves and VIX").rect();
        harness.hover_at(frame.min + frame.size() * vec2(0.25, 0.7));
        harness.run();
        let read = harness.get_by_label_contains("Readout at SPX −8.5 %");
        assert!(
            read.rect().left() > frame.right(),
            "the card stands beside the map"
        );
        harness.get_by_label_contains(": net −");
    }

    #[test]
    fn a_narrow_panel_reads_on_a_card_and_keeps_its_legend() {
        let mut harness = desk([480.0, 420.0], Theme::Dark, Desk::sample(None));
        assert!(harness.query_by_label_contains("Readout").is_none());
        let frame = harness.get_by_label("Map of SPX moves and VIX").rect();
        harness.hover_at(frame.center());
        harness.run();
        harness.get_by_label_contains("Readout");
        save_png(&mut harness, "joint_map_narrow");
    }

    #[test]
    fn the_day_and_the_model_are_chosen_in_place() {
        let mut harness = plain();
        harness.get_by_label("Day of the map").focus();
        harness.run();
        for _ in 0..3 {
            harness.key_press(Key::ArrowRight);
            harness.run();
        }
        let slider = harness.get_by_label("Day of the map");
        assert_eq!(slider.accesskit_node().numeric_value(), Some(3.0));
        harness.get_by_label_contains("Stress multiple m").click();
        harness.run();
        harness.get_by_label("m = 1.35").click();
        harness.run();
        let model = &harness.state().host.campaign().model;
        assert_eq!(model.value(ParamKey::StressMultiple), 1.35);
        assert!(harness.state().host.refused.is_empty());
        let reset = Command::ResetParam {
            key: ParamKey::StressMultiple,
        };
        harness.state_mut().host.apply(vec![Action::Edit(reset)]);
        harness.get_by_label("Export").click();
        harness.run();
        harness.get_by_label("Copy grid as CSV").click();
        harness.run();
    }

    #[test]
    fn pictures() {
        for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
            for (size, width) in [([900.0, 560.0], "900"), ([764.0, 390.0], "764")] {
                let mut harness = desk(size, theme, Desk::sample(None));
                if width == "764" {
                    let frame = harness.get_by_label("Map of SPX moves and VIX").rect();
                    harness.hover_at(frame.min + frame.size() * vec2(0.3, 0.4));
                    harness.run();
                }
                save_png(&mut harness, &format!("joint_map_{width}_{name}"));
                let scenario = sell_off(&harness);
                harness.state_mut().scenario = Some(scenario);
                harness.remove_cursor();
                harness.run();
                save_png(&mut harness, &format!("joint_map_{width}_{name}_what_if"));
            }
        }
    }
}
