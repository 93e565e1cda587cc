//! What can be written down: which fills it begins with, and what it is called.

use crate::instrument::TradeAction;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui::panels::journal) enum Preset {
    /// A new position, or one of the book whose opening the journal lacks.
    Open,
    /// More of a position.
    Add,
    /// All legs of a position, the other way round.
    #[default]
    Close,
    /// A part of each leg.
    Trim,
    /// All legs closed, and others opened in their place.
    Roll,
    /// Volatility bought: a new layer, or more of one.
    Hedge,
    /// A part of a hedge that has paid.
    Monetise,
    /// Legs that have expired, at what they settled at.
    Settle,
    /// A fee without a fill of its own.
    Fee,
    /// Whatever is typed.
    Free,
}

/// Which way fills change what is held: a number of contracts means the same within one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Opened,
    More,
    Part,
    Whole,
    Settled,
}

impl Way {
    /// Whether its prices are those of a trade now, neither of the entry nor of a settlement.
    pub(super) const fn is_traded(self) -> bool {
        matches!(self, Self::More | Self::Part | Self::Whole)
    }
}

impl Preset {
    /// Every kind with its word, in the order of a campaign's life.
    pub(in crate::ui::panels::journal) const CHOICES: [(Self, &'static str); 10] = [
        (Self::Open, "Open"),
        (Self::Add, "Add"),
        (Self::Close, "Close"),
        (Self::Trim, "Trim"),
        (Self::Roll, "Roll"),
        (Self::Hedge, "Hedge"),
        (Self::Monetise, "Monetise"),
        (Self::Settle, "Settle"),
        (Self::Fee, "Fee"),
        (Self::Free, "Free"),
    ];

    /// What it is, in a line.
    pub(in crate::ui::panels::journal) const fn meaning(self) -> &'static str {
        match self {
            Self::Open => {
                "A new position; or one that the book holds, where the journal lacks its opening"
            }
            Self::Add => "More of a position, at today's prices",
            Self::Close => "All legs of a position, the other way round",
            Self::Trim => "A part of every leg",
            Self::Roll => "Closes a position and opens another in its place, as one entry",
            Self::Hedge => "Volatility bought: a new layer, or more of one",
            Self::Monetise => "A part of a hedge that has paid, sold",
            Self::Settle => "What has expired, at the opening quotation (SOQ) or the close",
            Self::Fee => "A fee that came later, on the newest fill of a position",
            Self::Free => "Fills of your own, with any purpose",
        }
    }

    /// The action of its fills; `None` where the trader says it, or where there are none.
    pub(super) const fn action(self) -> Option<TradeAction> {
        match self {
            Self::Open | Self::Add => Some(TradeAction::Open),
            Self::Close => Some(TradeAction::Close),
            Self::Trim => Some(TradeAction::Trim),
            Self::Roll => Some(TradeAction::Roll),
            Self::Hedge => Some(TradeAction::Hedge),
            Self::Monetise => Some(TradeAction::Monetise),
            Self::Settle => Some(TradeAction::Settle),
            Self::Fee | Self::Free => None,
        }
    }

    /// Whether it can open a position that the book does not hold.
    pub(in crate::ui::panels::journal) const fn may_open(self) -> bool {
        match self {
            Self::Open | Self::Hedge | Self::Free => true,
            Self::Add
            | Self::Close
            | Self::Trim
            | Self::Roll
            | Self::Monetise
            | Self::Settle
            | Self::Fee => false,
        }
    }

    /// Which way its fills change what is held; `None` where none are made.
    pub(super) const fn way(self) -> Option<Way> {
        match self {
            Self::Open => Some(Way::Opened),
            Self::Add | Self::Hedge => Some(Way::More),
            Self::Trim | Self::Monetise => Some(Way::Part),
            Self::Close | Self::Roll => Some(Way::Whole),
            Self::Settle => Some(Way::Settled),
            Self::Fee | Self::Free => None,
        }
    }

    /// Whether it is about layers of the hedge.
    pub(super) const fn is_of_layers(self) -> bool {
        matches!(self, Self::Hedge | Self::Monetise)
    }

    /// The share of a position's lots by which it changes it, signed: so many of them, of so many.
    pub(super) fn share(self, lots: f64, all: f64) -> Option<f64> {
        match self {
            Self::Close | Self::Roll => Some(-1.0),
            Self::Trim | Self::Monetise => Some(-lots / all),
            Self::Add | Self::Hedge => Some(lots / all),
            Self::Open => Some(1.0),
            Self::Settle | Self::Fee | Self::Free => None,
        }
    }

    /// Whether it asks for a number of lots.
    pub(in crate::ui::panels::journal) const fn has_lots(self) -> bool {
        matches!(self, Self::Add | Self::Trim | Self::Hedge | Self::Monetise)
    }
}
