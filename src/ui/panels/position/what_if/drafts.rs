//! The draft trades: each with its switch, price and cash, and the sums of those that are on.

use egui::{Align2, Pos2, Rect, Ui};

use super::fold;
use crate::instrument::Contract;
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::panels::position::editing::Editing;
use crate::ui::panels::position::parts::{caption, explain, figure, place, row, span};
use crate::ui::theme::{FIELD_HEIGHT, Tone, tokens};
use crate::ui::what_if::{Draft, DraftTotals, WhatIfEdit, WhatIfView};
use crate::ui::widgets::switch;
use crate::ui::{fonts, format};

/// The list under its head.
pub(super) fn section(ui: &mut Ui, editing: &mut Editing<'_>, view: &WhatIfView<'_>) {
    let totals = DraftTotals::of(view.drafts);
    let note = match view.drafts.len() {
        0 => "none".to_owned(),
        count => format!("{} of {count} on", totals.on),
    };
    if !fold(ui, ("Draft trades", &note)) {
        return;
    }
    if view.drafts.is_empty() {
        let words = "Edit the book below or drag a strike: what you change becomes a draft trade";
        ui.label(fonts::caption(words).color(tokens(ui).tx2));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    for draft in view.drafts {
        ui.push_id(("draft", draft.position, draft.contract), |ui| {
            trade(ui, editing, draft);
        });
    }
    sums(ui, &totals);
    ui.spacing_mut().item_spacing.y = 4.0;
}

/// Root and terms in short: `SPXW 7,100C`, `VX Mar 27`.
fn terms(contract: &Contract) -> String {
    match contract {
        Contract::Option { root, .. } => format!("{root} {}", contract.short_label()),
        Contract::Future { .. } => contract.short_label(),
    }
}

fn trade(ui: &mut Ui, editing: &mut Editing<'_>, draft: &Draft) {
    let line = row(ui, FIELD_HEIGHT);
    let width = line.width();
    let name = format!(
        "{} {}",
        format::quantity(i64::from(draft.quantity)),
        draft.contract.label()
    );
    let key = (draft.position, draft.contract);
    let mut is_on = draft.is_on;
    let hint = "On: part of the what-if and of what Apply puts into the book";
    place(ui, span(line, 0.0, 28.0), "switch", |ui| {
        let label = format!("Draft {name}");
        let turned = switch(ui, &mut is_on, Tone::WhatIf, &label).on_hover_text(hint);
        if turned.changed() {
            editing.what_if(WhatIfEdit::Switch(key.0, key.1, is_on));
        }
    });
    let ink = |tone| if draft.is_on { tone } else { Tone::Faint };
    let at = |x: f32| Pos2::new(line.left() + x, line.center().y);
    let quantity = format::quantity(i64::from(draft.quantity));
    figure(
        ui,
        (at(62.0), Align2::RIGHT_CENTER),
        &quantity,
        ink(Tone::WhatIf),
        (
            &format!("{name} contracts"),
            "Contracts to trade: bought positive, sold negative",
        ),
    );
    what(ui, line, draft, &name);
    let price = format::fixed(draft.price_points, 2);
    figure(
        ui,
        (at(width - 86.0), Align2::RIGHT_CENTER),
        &price,
        ink(Tone::Quiet),
        (
            &format!("{name} price"),
            "Price in points, as the model has it now",
        ),
    );
    let cash = if draft.contract.strike().is_some() {
        format::usd_signed(draft.cash_usd())
    } else {
        format::NONE.to_owned()
    };
    let hint = cash_hint(draft);
    figure(
        ui,
        (at(width - 24.0), Align2::RIGHT_CENTER),
        &cash,
        ink(Tone::Plain),
        (&format!("{name} cash"), &hint),
    );
    drop_button(ui, editing, (line, draft), &name);
}

/// Takes the draft back.
fn drop_button(ui: &mut Ui, editing: &mut Editing<'_>, (line, draft): (Rect, &Draft), name: &str) {
    let place_of_button = span(line, line.width() - 22.0, line.width());
    place(ui, place_of_button, "drop", |ui| {
        let hint = "Take the draft back: the book is as held there again";
        let label = format!("Drop {name}");
        if icon_button_hinted(ui, Icon::Close, &label, hint).clicked() {
            editing.what_if(WhatIfEdit::Drop(draft.position, draft.contract));
        }
    });
}

/// The contract, and that it closes what is held.
fn what(ui: &Ui, line: Rect, draft: &Draft, name: &str) {
    let t = tokens(ui);
    let room = span(line, 68.0, line.width() - 128.0);
    let ink = if draft.is_on { t.tx } else { t.tx3 };
    let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
    let font = (fonts::mono(fonts::SMALL), ink);
    let terms = terms(&draft.contract);
    let at = room.left_center();
    let drawn = fonts::write(&painter, at, Align2::LEFT_CENTER, &terms, font);
    let mut hint = format!("{}, {}", draft.contract.label(), draft.name);
    if draft.closes {
        let at = Pos2::new(drawn.right() + 5.0, line.center().y);
        caption(ui, at, Align2::LEFT_CENTER, "close", Tone::Faint);
        hint.push_str("\nCloses contracts that are held");
    }
    let words = if draft.closes {
        format!("{terms} close")
    } else {
        terms
    };
    explain(ui, room, (&format!("{name} trade"), &words), &hint);
}

fn cash_hint(draft: &Draft) -> String {
    let mut lines = vec![
        "Received, or paid when negative, at the model's price now; a future costs no premium"
            .to_owned(),
        format!("Fees {}", format::usd_cents(draft.fees_usd)),
    ];
    if draft.closes {
        lines.push(format!(
            "Realises {} since entry",
            format::usd_signed(draft.realised_usd)
        ));
    }
    lines.join("\n")
}

fn sums(ui: &mut Ui, totals: &DraftTotals) {
    let line = row(ui, FIELD_HEIGHT);
    let width = line.width();
    let at = |x: f32| {
        (
            Pos2::new(line.left() + x, line.center().y),
            Align2::RIGHT_CENTER,
        )
    };
    let words = format!(
        "{} contract{}",
        totals.contracts,
        if totals.contracts == 1 { "" } else { "s" }
    );
    caption(
        ui,
        line.left_center(),
        Align2::LEFT_CENTER,
        &words,
        Tone::Quiet,
    );
    let fees = format!("fees {}", format::usd_cents(-totals.fees_usd));
    let hint = "Commission and fees of the drafts that are on, by the campaign's schedule";
    figure(ui, at(width - 86.0), &fees, Tone::Quiet, ("Draft", hint));
    let cash = format::usd_signed(totals.cash_usd);
    let hint = "Received, or paid when negative, for the drafts that are on, before fees";
    figure(
        ui,
        at(width - 24.0),
        &cash,
        Tone::WhatIf,
        ("Draft cash", hint),
    );
}
