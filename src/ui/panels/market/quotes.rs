//! Marks of single options: price and implied vol side by side, either of them typed.

use egui::{Sense, Ui, vec2};

use crate::calendar::new_york_date;
use crate::document::Command;
use crate::instrument::{Contract, parse_quick_entry};
use crate::market::{Mark, OptionMark};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, Tone, tokens};
use crate::ui::widgets::{CommitField, NumberField, elided, section};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Width that the strikes take, so that the expiries stand in one line, in points.
const STRIKE: f32 = 44.0;
/// Width of a field, in points.
const FIELD: f32 = 64.0;

/// Shows the list of marks and the line that adds one.
pub(super) fn quotes(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    section(ui, "Option marks", "price pt, or vol %");
    for quote in &ctx.campaign.marks.quotes {
        quote_row(ui, ctx, quote, actions);
    }
    add_quote(ui, ctx, actions);
}

fn quote_row(ui: &mut Ui, ctx: &PanelContext<'_>, quote: &OptionMark, actions: &mut Actions) {
    let contract = quote.contract;
    let label = contract.label();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let name_width = ui.available_width() - 2.0 * FIELD - 24.0 - 12.0;
        let (rect, response) =
            ui.allocate_exact_size(vec2(name_width, FIELD_HEIGHT), Sense::hover());
        // the strike and right tell rows apart, so they stand first and are never cut
        let t = tokens(ui);
        let short = contract.short_label();
        let strike = fonts::galley(ui.painter(), &short, (fonts::mono(fonts::BODY), t.tx));
        let at = rect.left_center() - vec2(0.0, strike.size().y / 2.0);
        let rest = rect.with_min_x(rect.left() + strike.size().x.ceil().max(STRIKE) + 8.0);
        ui.painter().galley(at, strike, t.tx);
        let expiry = format!("{} {}", contract.root(), format::date(contract.expiry()));
        elided(
            ui.painter(),
            rest,
            &expiry,
            fonts::inter(fonts::SMALL),
            t.tx3,
        );
        response.on_hover_text(&label);
        let (price_tone, vol_tone) = match quote.mark {
            Mark::Price(_) => (Tone::Plain, Tone::Faint),
            Mark::Vol(_) => (Tone::Faint, Tone::Plain),
        };
        let (mut price, mut vol) = price_and_vol(ctx, quote);
        let price_label = format!("Price of {label}");
        let typed = NumberField::new(&mut price, &price_label)
            .hint("Mid price per share; the vol is solved from it")
            .tone(price_tone)
            .range(0.0..=1e6)
            .step(0.05)
            .shift_step(1.0)
            .alt_step(0.01)
            .width(FIELD)
            .show(ui);
        if let Some(price) = typed.committed {
            actions.edit(marked(contract, Some(Mark::Price(price))));
        }
        let vol_label = format!("Vol of {label}");
        let typed = NumberField::new(&mut vol, &vol_label)
            .hint("Implied vol; the price follows from it")
            .tone(vol_tone)
            .percent(true)
            .unit("%")
            .range(1e-4..=10.0)
            .step(0.0025)
            .shift_step(0.01)
            .alt_step(0.0005)
            .width(FIELD)
            .show(ui);
        if let Some(vol) = typed.committed {
            actions.edit(marked(contract, Some(Mark::Vol(vol))));
        }
        if icon_button(ui, Icon::Close, &format!("Remove mark of {label}")).clicked() {
            actions.edit(marked(contract, None));
        }
    });
    ui.add_space(4.0);
}

fn marked(contract: Contract, mark: Option<Mark>) -> Command {
    Command::SetQuote { contract, mark }
}

/// The mark as entered, and its counterpart from the resolved market.
fn price_and_vol(ctx: &PanelContext<'_>, quote: &OptionMark) -> (f64, f64) {
    let market = &ctx.valuation.market;
    let vol = || {
        market
            .price_vol(&quote.contract)
            .map_or(0.0, |quoted| quoted.vol)
    };
    match quote.mark {
        Mark::Price(price) => (price, vol()),
        Mark::Vol(vol) => (market.price(&quote.contract), vol),
    }
}

/// The line that marks an option which has no mark yet.
fn add_quote(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let today = new_york_date(ctx.campaign.marks.as_of);
    let width = ui.available_width();
    let added = CommitField::new("Add option mark", "")
        .hint("SPX 8JAN27 6300P @ 42.20")
        .tooltip("Marks an option that is not in the list: root, expiry, strike and right, @ price")
        .width(width)
        .show(ui, |text| read_mark(text, today));
    if let Some(OptionMark { contract, mark }) = added {
        actions.edit(marked(contract, Some(mark)));
    }
}

fn read_mark(text: &str, today: jiff::civil::Date) -> Result<OptionMark, String> {
    let entry =
        parse_quick_entry(&format!("1 {text}"), today).map_err(|error| error.to_string())?;
    let contracts = entry.contracts();
    match (contracts.as_slice(), entry.price) {
        ([(contract, _one)], Some(price)) if contract.strike().is_some() => Ok(OptionMark {
            contract: *contract,
            mark: Mark::Price(price),
        }),
        ([(contract, _one)], None) if contract.strike().is_some() => {
            Err("the price is missing: add @ and the mid".to_owned())
        }
        (_, _) => Err("one option at a time; VX prices stand in the curve".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::read_mark;
    use crate::market::Mark;

    #[test]
    fn a_mark_is_one_option_with_a_price() {
        let today = date(2026, 11, 23);
        let mark = read_mark("SPX 8JAN27 6300P @ 42.2", today).expect("a mark");
        assert_eq!(mark.mark, Mark::Price(42.2));
        assert_eq!(mark.contract.strike(), Some(6300.0));
        assert!(read_mark("SPX 8JAN27 6300P", today).is_err_and(|why| why.contains("price")));
        assert!(read_mark("SPX 8JAN27 6300/6250 PV @ 5", today).is_err());
        assert!(read_mark("", today).is_err());
    }
}
