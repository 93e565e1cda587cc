//! The figures beside the campaign's name.

use crate::journal::CampaignSummary;
use crate::ui::format;
use crate::ui::theme::Tone;

/// A figure of the heading.
pub(super) struct Figure {
    pub(super) word: &'static str,
    pub(super) words: String,
    pub(super) tone: Tone,
    pub(super) meaning: &'static str,
}

/// What the campaign came to, the most wanted first.
pub(super) fn figures(summary: &CampaignSummary, carried: Option<[f64; 2]>) -> Vec<Figure> {
    let plain = |word, words, meaning| Figure {
        word,
        words,
        tone: Tone::Plain,
        meaning,
    };
    let usd = summary.profit().usd();
    let irr = summary.irr.map_or_else(
        || format::NONE.to_owned(),
        |irr| format!("{} %", format::pct_signed(irr, 0)),
    );
    let irr_meaning = if summary.is_mirr {
        "Modified return on the largest margin a year: its flows change sign more than once"
    } else {
        "Return on the largest margin a year"
    };
    let mut figures = vec![
        Figure {
            word: "P/L",
            words: format::usd_signed(usd),
            tone: Tone::of_sign(usd),
            meaning: "Profit, fees taken off; of an open campaign at its last marks",
        },
        plain("IRR", irr, irr_meaning),
        plain(
            "Credit",
            format::usd(summary.credit_usd),
            "Net premium of SPX openings and rolls",
        ),
    ];
    if let Some(levels) = carried {
        let [low, high] = levels.map(|level| format::fixed(level, 0));
        figures.push(plain(
            "Break-evens",
            format!("{low} / {high}"),
            "SPX at which the condor held breaks even, with what earlier rolls realised and every fee carried",
        ));
    }
    if let Some(pct) = summary.hedge_cost_pct() {
        figures.push(plain(
            "Hedge cost",
            format!("{} %", format::fixed(pct, 0)),
            "Premium paid for VIX options, percent of the credit",
        ));
    }
    let days = format::fixed(f64::from(summary.days_held), 0);
    figures.push(plain("Days", days, "Calendar days held"));
    figures
}
