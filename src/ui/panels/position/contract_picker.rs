//! Chooses one contract: family, right, expiry and strike in one popup, deltas beside the strikes.

use egui::{
    Align2, Popup, PopupCloseBehavior, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, vec2,
};
use jiff::civil::Date;

use super::changes::in_series;
use super::editing::Editing;
use super::expiry_field::expiry_field;
use super::parts::{caption, list_item, menu_line};
use crate::calendar::days_to_expiry;
use crate::instrument::{Contract, OptionSeries, Right, Root, Underlying};
use crate::market::Market;
use crate::risk::pick::{spx_delta, vix_call_delta};
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, Tone, tokens};
use crate::ui::widgets::{NumberField, segmented};
use crate::ui::{fonts, format};

/// Width of the popup in points.
const WIDTH: f32 = 296.0;
/// Height of the two lists in points.
const LIST: f32 = 192.0;

/// How the chooser looks and what it offers.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    /// Accessible name.
    pub name: &'a str,
    /// What the field says.
    pub face: &'a str,
    /// Its width in points.
    pub width: f32,
    /// Families offered; `VIXW` follows from the expiry of `VIX`.
    pub roots: &'a [Root],
    /// No frame and no caret, for dense rows.
    pub is_bare: bool,
}

/// The families of hedge layers.
pub(super) const VIX_ROOTS: [Root; 3] = [Root::Vix, Root::Vx, Root::Vxm];
/// Every family that is chosen by name.
pub(super) const ALL_ROOTS: [Root; 6] = [
    Root::Spx,
    Root::Spxw,
    Root::Xsp,
    Root::Vix,
    Root::Vx,
    Root::Vxm,
];

/// Shows the field and returns the contract chosen in this frame.
pub(super) fn contract_picker(
    ui: &mut Ui,
    editing: &Editing<'_>,
    contract: Contract,
    look: Look<'_>,
) -> Option<Contract> {
    let response = face(ui, look);
    let mut chosen = None;
    Popup::menu(&response)
        .gap(2.0)
        .width(WIDTH)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(look.name)
        .show(|ui| {
            ui.set_width(WIDTH);
            chosen = choices(ui, editing, contract, look.roots);
        });
    response.on_hover_text(format!(
        "{}\n{}\nAnother contract is entered at the model's mark",
        look.name,
        contract.label()
    ));
    chosen
}

fn face(ui: &mut Ui, look: Look<'_>) -> Response {
    let t = tokens(ui);
    let size = vec2(look.width, FIELD_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), look.name);
        info.current_text_value = Some(look.face.to_owned());
        info
    });
    let is_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let edge = if is_open || response.has_focus() {
        t.accent
    } else if response.hovered() {
        t.tx3
    } else {
        t.edge
    };
    let is_framed = !look.is_bare || is_open || response.hovered() || response.has_focus();
    if is_framed {
        let stroke = Stroke::new(1.0, edge);
        ui.painter()
            .rect(rect, RADIUS_FIELD, t.field, stroke, StrokeKind::Inside);
    }
    let (inset, room) = if look.is_bare {
        (2.0, 2.0)
    } else {
        (8.0, 20.0)
    };
    if !look.is_bare {
        let centre = rect.right_center() - vec2(11.0, 0.0);
        let caret = Rect::from_center_size(centre, vec2(11.0, 11.0));
        icons::paint(ui.painter(), caret, Icon::Caret, t.tx3);
    }
    let clip = rect
        .with_max_x(rect.right() - room)
        .intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(clip);
    let at = rect.left_center() + vec2(inset, 0.0);
    fonts::write(
        &painter,
        at,
        Align2::LEFT_CENTER,
        look.face,
        (fonts::mono(fonts::BODY), t.tx),
    );
    icons::focus_ring(ui, rect, &response);
    response
}

/// The popup: family and right above, expiries and strikes below.
fn choices(
    ui: &mut Ui,
    editing: &Editing<'_>,
    contract: Contract,
    roots: &[Root],
) -> Option<Contract> {
    let market = editing.market();
    let mut chosen = None;
    let mut root = family(contract.root());
    let words: Vec<(Root, &str)> = roots.iter().map(|root| (*root, root.symbol())).collect();
    if segmented(ui, "Family", &mut root, &words).changed() {
        chosen = of_family(contract, root, market);
    }
    let expiries = expiries(root, editing.today());
    if let Contract::Option { strike, right, .. } = contract {
        ui.horizontal(|ui| {
            let mut side = right;
            let rights = [(Right::Put, "Put"), (Right::Call, "Call")];
            if segmented(ui, "Right", &mut side, &rights).changed() {
                chosen =
                    Contract::option(contract.root(), contract.expiry(), strike.points(), side)
                        .ok();
            }
            chosen = strike_field(ui, contract, market).or(chosen);
        });
    }
    let typed = expiry_field(ui, root, contract.expiry(), &expiries, editing.today());
    if let Some(expiry) = typed {
        chosen = in_series(contract, series(root, expiry), market)
            .ok()
            .or(chosen);
    }
    menu_line(ui);
    ui.horizontal_top(|ui| {
        let width = (WIDTH - 8.0) / 2.0;
        column(ui, "Expiries", width, |ui| {
            for expiry in &expiries {
                let days = days_to_expiry(market.as_of, *expiry);
                let is_held = *expiry == contract.expiry();
                let note = format::trimmed(f64::from(days), 0) + " d";
                let response = list_item(ui, &format::date(*expiry), &note, is_held);
                show_held(ui, &response, is_held);
                if response.clicked() && !is_held {
                    chosen = in_series(contract, series(root, *expiry), market).ok();
                }
            }
        });
        if contract.strike().is_some() {
            column(ui, "Strikes", width, |ui| {
                if let Some(picked) = strikes(ui, contract, market) {
                    chosen = Some(picked);
                    ui.close();
                }
            });
        }
    });
    chosen.filter(|next| *next != contract)
}

/// A named list with its own scroll.
fn column(ui: &mut Ui, name: &str, width: f32, add: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        let head = super::parts::row(ui, 18.0);
        caption(
            ui,
            head.left_center() + vec2(8.0, 0.0),
            Align2::LEFT_CENTER,
            name,
            Tone::Faint,
        );
        ScrollArea::vertical()
            .id_salt(name)
            .max_height(LIST)
            .auto_shrink(false)
            .show(ui, add);
    });
}

fn strike_field(ui: &mut Ui, contract: Contract, market: &Market) -> Option<Contract> {
    let mut strike = contract.strike()?;
    let root = contract.root();
    let days = contract.days_to_expiry(market.as_of);
    let step = root.strike_step_points(strike, days);
    NumberField::new(&mut strike, "Strike")
        .hint("Points of the root's own index; steps on the listed grid")
        .trimmed()
        .range(0.001..=99_999.0)
        .step(step)
        .shift_step(root.coarse_step_points())
        .alt_step(1.0)
        .steppers(true)
        .width(88.0)
        .show(ui)
        .committed
        .and_then(|strike| contract.with_strike(strike).ok())
}

/// Strikes around the forward, with the delta of a call where there is one.
fn strikes(ui: &mut Ui, contract: Contract, market: &Market) -> Option<Contract> {
    let (held, right) = (contract.strike()?, contract.right()?);
    let mut picked = None;
    for strike in near_strikes(contract, market) {
        let delta = match (contract.underlying(), right) {
            (Underlying::Spx, Right::Call | Right::Put) => {
                let series = OptionSeries {
                    root: contract.root(),
                    expiry: contract.expiry(),
                };
                Some(spx_delta(market, series, right, strike))
            }
            (Underlying::Vix, Right::Call) => {
                Some(vix_call_delta(market, contract.expiry(), strike))
            }
            (Underlying::Vix, Right::Put) => None,
        };
        let note = delta.map_or_else(String::new, |delta| format::signed(delta, 2));
        let words = format!("{}{}", format::strike(strike), right.letter());
        let is_held = (strike - held).abs() < 1e-9;
        let response = list_item(ui, &words, &note, is_held);
        show_held(ui, &response, is_held);
        if response.clicked() {
            picked = contract.with_strike(strike).ok();
        }
    }
    picked
}

/// A list opens at what is held.
fn show_held(ui: &Ui, response: &Response, is_held: bool) {
    if is_held && ui.is_sizing_pass() {
        response.scroll_to_me(Some(egui::Align::Center));
    }
}

/// Some thirty strikes of the grid, in coarse steps for SPX, that hold the current one.
fn near_strikes(contract: Contract, market: &Market) -> Vec<f64> {
    const STEPS: i32 = 16;
    let root = contract.root();
    let days = contract.days_to_expiry(market.as_of);
    let held = contract.strike().unwrap_or_default();
    let centre = root.snap_strike(level(root, contract.expiry(), market), days);
    let mut strikes = vec![held];
    match root.underlying() {
        Underlying::Spx => {
            let step = root.coarse_step_points();
            let centre = (centre / step).round() * step;
            strikes.extend((-STEPS..=STEPS).map(|steps| centre + f64::from(steps) * step));
        }
        Underlying::Vix => {
            let mut strike = 10.0;
            while strike <= 60.0 {
                strikes.push(strike);
                strike += if strike < 30.0 {
                    root.strike_step_points(strike, days)
                } else {
                    5.0
                };
            }
        }
    }
    strikes.retain(|strike| *strike > 0.0);
    strikes.sort_by(f64::total_cmp);
    strikes.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    strikes
}

/// The level that at-the-money strikes stand at.
fn level(root: Root, expiry: Date, market: &Market) -> f64 {
    match root.underlying() {
        Underlying::Spx => market.spx * root.index_scale(),
        Underlying::Vix => market.curve.future_for(expiry),
    }
}

/// `VIX` for `VIXW`, since the expiry tells them apart.
fn family(root: Root) -> Root {
    match root {
        Root::Vixw => Root::Vix,
        Root::Spx | Root::Spxw | Root::Xsp | Root::Vix | Root::Vx | Root::Vxm => root,
    }
}

fn series(root: Root, expiry: Date) -> OptionSeries {
    match root {
        Root::Vix | Root::Vixw => OptionSeries::vix(expiry),
        Root::Spx | Root::Spxw | Root::Xsp | Root::Vx | Root::Vxm => OptionSeries { root, expiry },
    }
}

/// Days listed for a family, ascending.
fn expiries(root: Root, today: Date) -> Vec<Date> {
    let mut days = root.listed_expiries(today);
    if root == Root::Vix {
        days.extend(Root::Vixw.listed_expiries(today));
        days.sort_unstable();
    }
    days
}

/// The contract of another family nearest to this one: same right, nearest expiry, like strike.
fn of_family(contract: Contract, root: Root, market: &Market) -> Option<Contract> {
    let today = crate::calendar::new_york_date(market.as_of);
    let away = |day: &Date| (*day - contract.expiry()).get_days().abs();
    let expiry = expiries(root, today).into_iter().min_by_key(away)?;
    if !root.is_option() {
        return Contract::future(root, expiry).ok();
    }
    let old = contract.root();
    let is_alike = old.is_option()
        && old.underlying() == root.underlying()
        && old.index_scale() == root.index_scale();
    let strike = match contract.strike() {
        Some(strike) if is_alike => strike,
        Some(_) | None => level(root, expiry, market),
    };
    let series = series(root, expiry);
    let snapped = series
        .root
        .snap_strike(strike, days_to_expiry(market.as_of, expiry));
    let right = contract.right().unwrap_or(Right::Call);
    Contract::option(series.root, expiry, snapped, right).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::document::campaign_from_ron;

    #[test]
    fn another_family_keeps_what_it_can() {
        let text = include_str!("../../../../assets/samples/condor.ron");
        let campaign = campaign_from_ron(text).expect("the sample reads");
        let (market, _) = Market::of(&campaign.marks, &campaign.model, &[]);
        let put =
            Contract::option(Root::Spxw, date(2027, 1, 8), 6245.0, Right::Put).expect("a put");
        let am = of_family(put, Root::Spx, &market).expect("listed");
        assert_eq!(
            (am.expiry(), am.strike()),
            (date(2027, 1, 15), Some(6245.0))
        );
        let small = of_family(put, Root::Xsp, &market).expect("listed");
        assert_eq!(
            small.strike(),
            Some(672.0),
            "at the money: the index is another"
        );
        let future = of_family(put, Root::Vx, &market).expect("listed");
        assert_eq!(future.strike(), None);
        let call = of_family(future, Root::Vix, &market).expect("listed");
        assert_eq!(call.right(), Some(Right::Call));
        assert!(near_strikes(call, &market).contains(&call.strike().expect("an option")));
    }
}
