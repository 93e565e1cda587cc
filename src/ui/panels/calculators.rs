//! Calculators beside the book: VIX exchange-traded products as hedge layers, and a liquidity pool's yield.

mod etps;
mod form;
mod pool;

use egui::Ui;

use crate::ui::theme::GAP;
use crate::ui::widgets::{air_below_head, panel_body, panel_head_with, scroll_body, segmented};
use crate::ui::{Actions, PanelContext};

/// Which calculator is in front.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Calculator {
    /// VXX, UVXY, SVXY and VIXM.
    #[default]
    Etps,
    /// A constant-product pool.
    Pool,
}

/// Shows the calculators over the whole of `ui`.
pub fn calculators_ui(ui: &mut Ui, ctx: &PanelContext<'_>, _actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let id = ui.make_persistent_id("calculator");
    let mut chosen: Calculator = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let head = panel_head_with(
        ui,
        "Calculators",
        |ui| {
            let choices = [
                (Calculator::Etps, "VIX ETPs"),
                (Calculator::Pool, "DeFi pool"),
            ];
            segmented(ui, "Calculator", &mut chosen, &choices);
        },
        |_right| {},
    );
    air_below_head(ui, &head.response);
    ui.data_mut(|data| data.insert_temp(id, chosen));
    scroll_body(ui, "calculators body", |ui| {
        panel_body(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            match chosen {
                Calculator::Etps => etps::etps(ui, ctx),
                Calculator::Pool => pool::pool(ui, ctx),
            }
            ui.add_space(GAP);
        });
    });
}
