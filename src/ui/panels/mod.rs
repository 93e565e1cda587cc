//! What can be docked: one file or folder per panel.

pub mod calculators;
pub mod choices;
pub mod greeks;
pub mod hedge;
pub mod joint_map;
pub mod journal;
pub mod market;
pub mod model;
pub mod pack;
mod painted;
pub mod payoff;
pub mod pl_table;
pub mod position;
pub mod problems;
pub mod rules;
pub mod signals;
pub mod smile;

use egui::{Key, KeyboardShortcut, Modifiers, Ui};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::action::Actions;
use super::context::PanelContext;
use super::{format, tables};
use crate::document::Campaign;
use crate::instrument::Leg;
use crate::risk::figures::BandStatus;
use crate::rule::Stance;

/// A panel of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PanelKind {
    /// The position editor.
    Position,
    /// Profit and loss against SPX.
    Payoff,
    /// Greeks against SPX.
    Greeks,
    /// The layered hedge.
    Hedge,
    /// P/L over SPX moves and VIX levels.
    JointMap,
    /// P/L by price and date.
    PlTable,
    /// The fitted smiles with their quotes and legs.
    Smile,
    /// VIX exchange-traded products and a liquidity pool, beside the book.
    Calculators,
    /// The verdict and every rule behind it.
    Rules,
    /// Hold, roll, hedge, trim and close on one basis.
    Choices,
    /// Term structure, regime, breadth and facts.
    Signals,
    /// Marks, VIX curve, chain.
    Market,
    /// Trades and notes.
    Journal,
    /// Parameters of the joint model.
    Model,
    /// The numbers of the method, rule by rule.
    Pack,
    /// What could not be valued, and what is assumed.
    Problems,
}

impl PanelKind {
    /// Every panel.
    pub const ALL: [Self; 16] = [
        Self::Position,
        Self::Payoff,
        Self::Greeks,
        Self::Hedge,
        Self::JointMap,
        Self::PlTable,
        Self::Smile,
        Self::Rules,
        Self::Choices,
        Self::Signals,
        Self::Market,
        Self::Journal,
        Self::Model,
        Self::Pack,
        Self::Calculators,
        Self::Problems,
    ];

    /// Its title.
    pub fn label(self) -> &'static str {
        match self {
            Self::Position => "Position",
            Self::Payoff => "Payoff",
            Self::Greeks => "Greeks",
            Self::Hedge => "Hedge",
            Self::JointMap => "Joint map",
            Self::PlTable => "P/L table",
            Self::Smile => "Smile",
            Self::Calculators => "Calculators",
            Self::Rules => "Rules & verdict",
            Self::Choices => "Roll or hedge",
            Self::Signals => "Signals",
            Self::Market => "Market data",
            Self::Journal => "Journal",
            Self::Model => "Model",
            Self::Pack => "Rule pack",
            Self::Problems => "Problems",
        }
    }

    /// `Ctrl+1` to `Ctrl+9` for the first nine panels.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        const DIGITS: [Key; 9] = [
            Key::Num1,
            Key::Num2,
            Key::Num3,
            Key::Num4,
            Key::Num5,
            Key::Num6,
            Key::Num7,
            Key::Num8,
            Key::Num9,
        ];
        let place = Self::ALL.iter().position(|kind| *kind == self)?;
        let key = DIGITS.get(place)?;
        Some(KeyboardShortcut::new(Modifiers::COMMAND, *key))
    }

    /// What its tab says beside the title while another panel may be in front.
    pub fn tab_note(self, ctx: &PanelContext<'_>) -> Option<String> {
        match self {
            Self::Hedge => match ctx.valuation.judged_vega()? {
                (_, BandStatus::Inside { .. }) => None,
                (net, BandStatus::Short { .. } | BandStatus::Long { .. }) => {
                    Some(format::signed(net, 2))
                }
            },
            Self::Problems => {
                let count = ctx.valuation.problems.len();
                (count > 0).then(|| count.to_string())
            }
            Self::Pack => {
                let changes = ctx.pack.changes().len();
                (changes > 0).then(|| changes.to_string())
            }
            Self::Rules => ctx
                .advice
                .stance()
                .filter(|stance| *stance != Stance::Hold)
                .map(|stance| stance.label().to_owned()),
            Self::Position
            | Self::Choices
            | Self::Payoff
            | Self::JointMap
            | Self::PlTable
            | Self::Smile
            | Self::Calculators
            | Self::Greeks
            | Self::Signals
            | Self::Market
            | Self::Journal
            | Self::Model => None,
        }
    }

    /// Whether it draws a head with its title; the others need a tab even when alone in their place.
    pub fn has_head(self) -> bool {
        !matches!(
            self,
            Self::Market | Self::Journal | Self::Model | Self::Pack | Self::Problems
        )
    }

    /// Draws the panel; its tables offer themselves in its name.
    pub fn show(self, ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
        tables::enter(ui.ctx(), self);
        self.draw(ui, ctx, actions);
        painted::offer(self, ui, ctx);
        tables::leave(ui.ctx());
    }

    fn draw(self, ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
        match self {
            Self::Position => position::position_ui(ui, ctx, actions),
            Self::Hedge => hedge::hedge_ui(ui, ctx, actions),
            Self::JointMap => joint_map::joint_map_ui(ui, ctx, actions),
            Self::PlTable => pl_table::pl_table_ui(ui, ctx, actions),
            Self::Smile => smile::smile_ui(ui, ctx, actions),
            Self::Calculators => calculators::calculators_ui(ui, ctx, actions),
            Self::Rules => rules::rules_ui(ui, ctx, actions),
            Self::Choices => choices::choices_ui(ui, ctx, actions),
            Self::Signals => signals::signals_ui(ui, ctx, actions),
            Self::Market => market::market_ui(ui, &real(ctx), actions),
            Self::Payoff => payoff::payoff_ui(ui, ctx, actions),
            Self::Greeks => greeks::greeks_ui(ui, ctx, actions),
            Self::Journal => journal::journal_ui(ui, &real(ctx), actions),
            Self::Model => model::model_ui(ui, ctx, actions),
            Self::Pack => pack::pack_ui(ui, &real(ctx), actions),
            Self::Problems => problems::problems_ui(ui, ctx, actions),
        }
    }
}

/// What of the book expires on a day, in words; nothing on most days.
pub(super) fn expiring_on(campaign: &Campaign, day: Date) -> Option<String> {
    let names: Vec<&str> = campaign
        .positions
        .iter()
        .filter(|position| {
            let expires = |leg: &Leg| leg.contract.expiry() == day;
            position.legs.iter().any(expires)
        })
        .map(|position| position.name.as_str())
        .collect();
    match names.as_slice() {
        [] => None,
        [name] => Some(format!("{name} expires")),
        [_, ..] => Some(format!("{} expire", names.join(", "))),
    }
}

/// The real document and its figures: what may be typed in these panels is never a what-if.
fn real<'a>(ctx: &PanelContext<'a>) -> PanelContext<'a> {
    match ctx.what_if {
        Some(view) => PanelContext {
            campaign: view.campaign,
            valuation: view.now,
            curves: view.now_curves,
            what_if: None,
            ..*ctx
        },
        None => *ctx,
    }
}
