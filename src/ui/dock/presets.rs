//! Layouts that come with the desk, and the two columns of very small windows.

use egui::Id;
use egui_tiles::{Container, Linear, LinearDir, Tabs, TileId, Tiles, Tree};

use super::Dock;
use crate::ui::panels::PanelKind;
use crate::ui::theme::{LEFT_WIDTH, RIGHT_WIDTH};

/// A layout that comes with the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LayoutPreset {
    /// Editor, plots, hedge: everything in sight.
    Default,
    /// The payoff over the whole width, everything else below it.
    WidePlot,
    /// The hedge and the joint map first.
    HedgeFocus,
    /// Editor and everything else at the left, plots at the right.
    TwoColumns,
    /// The journal first, the book beside it.
    Journal,
}

impl LayoutPreset {
    /// Every preset, in the order of the menu.
    pub const ALL: [Self; 5] = [
        Self::Default,
        Self::WidePlot,
        Self::HedgeFocus,
        Self::TwoColumns,
        Self::Journal,
    ];

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Default => "Default",
            Self::WidePlot => "Wide plot",
            Self::HedgeFocus => "Hedge focus",
            Self::TwoColumns => "Two columns",
            Self::Journal => "Journal focus",
        }
    }

    /// What it is for.
    pub fn tooltip(self) -> &'static str {
        match self {
            Self::Default => "Position, plots and hedge side by side, the rest below the plots",
            Self::WidePlot => "Payoff over the whole width, everything else below it",
            Self::HedgeFocus => "Hedge and joint map first, position and the rest at the right",
            Self::TwoColumns => {
                "Position, hedge and the rest as tabs at the left, plots at the right"
            }
            Self::Journal => {
                "Journal and what else judges first, the book and its plots at the right"
            }
        }
    }

    /// The dock as it comes.
    pub fn dock(self) -> Dock {
        let build: fn(&str, f32) -> Tree<PanelKind> = match self {
            Self::Default => return Dock::default(),
            Self::WidePlot => wide_plot,
            Self::HedgeFocus => hedge_focus,
            Self::TwoColumns => two_columns,
            Self::Journal => journal,
        };
        Dock::of_trees(build("dock wide", RIGHT_WIDTH), build("dock small", 0.0))
    }
}

/// The panels that share the bottom of the desk.
const BOTTOM: [PanelKind; 9] = [
    PanelKind::Rules,
    PanelKind::Choices,
    PanelKind::Market,
    PanelKind::Signals,
    PanelKind::Journal,
    PanelKind::Model,
    PanelKind::Pack,
    PanelKind::Calculators,
    PanelKind::Problems,
];

pub(super) fn wide_tree() -> Tree<PanelKind> {
    let mut tiles = Tiles::default();
    let left = pane(&mut tiles, &[PanelKind::Position]);
    let centre = centre(&mut tiles);
    let right = pane(&mut tiles, &[PanelKind::Hedge]);
    let mut columns = Linear::new(LinearDir::Horizontal, vec![left, centre, right]);
    columns.shares.set_share(left, LEFT_WIDTH);
    columns.shares.set_share(centre, 760.0);
    columns.shares.set_share(right, RIGHT_WIDTH);
    let root = tiles.insert_container(Container::Linear(columns));
    Tree::new(Id::unique("dock wide"), root, tiles)
}

pub(super) fn small_tree() -> Tree<PanelKind> {
    let mut tiles = Tiles::default();
    let left = pane(&mut tiles, &[PanelKind::Position, PanelKind::Hedge]);
    let centre = centre(&mut tiles);
    let mut columns = Linear::new(LinearDir::Horizontal, vec![left, centre]);
    columns.shares.set_share(left, LEFT_WIDTH);
    columns.shares.set_share(centre, 672.0);
    let root = tiles.insert_container(Container::Linear(columns));
    Tree::new(Id::unique("dock small"), root, tiles)
}

fn centre(tiles: &mut Tiles<PanelKind>) -> TileId {
    let payoff = pane(tiles, &[PanelKind::Payoff, PanelKind::JointMap]);
    let greeks = pane(
        tiles,
        &[PanelKind::Greeks, PanelKind::PlTable, PanelKind::Smile],
    );
    let bottom = pane(tiles, &BOTTOM);
    let mut rows = Linear::new(LinearDir::Vertical, vec![payoff, greeks, bottom]);
    rows.shares.set_share(payoff, 384.0);
    rows.shares.set_share(greeks, 180.0);
    rows.shares.set_share(bottom, 240.0);
    tiles.insert_container(Container::Linear(rows))
}

/// A tab group of panels, the first in front.
pub(super) fn pane(tiles: &mut Tiles<PanelKind>, kinds: &[PanelKind]) -> TileId {
    let children: Vec<TileId> = kinds.iter().map(|kind| tiles.insert_pane(*kind)).collect();
    let first = children[0];
    let mut tabs = Tabs::new(children);
    tabs.set_active(first);
    tiles.insert_container(Container::Tabs(tabs))
}

const PLOTS: [PanelKind; 2] = [PanelKind::Payoff, PanelKind::JointMap];
const LINES: [PanelKind; 3] = [PanelKind::Greeks, PanelKind::PlTable, PanelKind::Smile];

/// First the given panels, then all that stand in no other group.
fn with_rest(first: &[PanelKind], others: &[&[PanelKind]]) -> Vec<PanelKind> {
    let mut kinds = first.to_vec();
    kinds.extend(
        PanelKind::ALL.into_iter().filter(|kind| {
            !first.contains(kind) && others.iter().all(|group| !group.contains(kind))
        }),
    );
    kinds
}

fn line(tiles: &mut Tiles<PanelKind>, dir: LinearDir, parts: &[(TileId, f32)]) -> TileId {
    let mut linear = Linear::new(dir, parts.iter().map(|(tile, _)| *tile).collect());
    for (tile, share) in parts {
        linear.shares.set_share(*tile, *share);
    }
    tiles.insert_container(Container::Linear(linear))
}

/// Two columns of tabs at full height, for windows too small for more.
pub(super) fn compact_tree() -> Tree<PanelKind> {
    two_columns_of("dock compact", 368.0, 344.0, false)
}

fn two_columns(name: &str, hedge_width: f32) -> Tree<PanelKind> {
    let centre = if hedge_width > 0.0 { 1040.0 } else { 672.0 };
    two_columns_of(name, LEFT_WIDTH + hedge_width / 5.0, centre, true)
}

fn two_columns_of(name: &str, left: f32, right: f32, is_tall: bool) -> Tree<PanelKind> {
    let mut tiles = Tiles::default();
    let first = [PanelKind::Position, PanelKind::Hedge];
    let editors = pane(&mut tiles, &with_rest(&first, &[&PLOTS, &LINES]));
    let plots = if is_tall {
        let above = pane(&mut tiles, &PLOTS);
        let below = pane(&mut tiles, &LINES);
        line(
            &mut tiles,
            LinearDir::Vertical,
            &[(above, 500.0), (below, 300.0)],
        )
    } else {
        pane(&mut tiles, &[&PLOTS[..], &LINES[..]].concat())
    };
    let root = line(
        &mut tiles,
        LinearDir::Horizontal,
        &[(editors, left), (plots, right)],
    );
    Tree::new(Id::unique(name), root, tiles)
}

fn wide_plot(name: &str, hedge_width: f32) -> Tree<PanelKind> {
    let mut tiles = Tiles::default();
    let above = pane(&mut tiles, &PLOTS);
    let (position, hedge) = ([PanelKind::Position], [PanelKind::Hedge]);
    let row = if hedge_width > 0.0 {
        let left = pane(&mut tiles, &position);
        let centre = pane(&mut tiles, &with_rest(&LINES, &[&PLOTS, &position, &hedge]));
        let right = pane(&mut tiles, &hedge);
        let parts = [(left, LEFT_WIDTH), (centre, 760.0), (right, hedge_width)];
        line(&mut tiles, LinearDir::Horizontal, &parts)
    } else {
        let both = [PanelKind::Position, PanelKind::Hedge];
        let left = pane(&mut tiles, &both);
        let centre = pane(&mut tiles, &with_rest(&LINES, &[&PLOTS, &both]));
        let parts = [(left, LEFT_WIDTH), (centre, 672.0)];
        line(&mut tiles, LinearDir::Horizontal, &parts)
    };
    let root = line(
        &mut tiles,
        LinearDir::Vertical,
        &[(above, 500.0), (row, 320.0)],
    );
    Tree::new(Id::unique(name), root, tiles)
}

fn hedge_focus(name: &str, hedge_width: f32) -> Tree<PanelKind> {
    let mut tiles = Tiles::default();
    let (maps, hedge) = (
        [PanelKind::JointMap, PanelKind::Payoff],
        [PanelKind::Hedge, PanelKind::Position],
    );
    let is_wide = hedge_width > 0.0;
    let left = pane(&mut tiles, if is_wide { &hedge[..1] } else { &hedge });
    let above = pane(&mut tiles, &maps);
    let root = if is_wide {
        let below = pane(&mut tiles, &LINES);
        let parts = [(above, 500.0), (below, 300.0)];
        let centre = line(&mut tiles, LinearDir::Vertical, &parts);
        let first = [PanelKind::Position];
        let right = pane(
            &mut tiles,
            &with_rest(&first, &[&maps, &LINES, &hedge[..1]]),
        );
        let parts = [(left, 372.0), (centre, 700.0), (right, LEFT_WIDTH)];
        line(&mut tiles, LinearDir::Horizontal, &parts)
    } else {
        let below = pane(&mut tiles, &with_rest(&LINES, &[&maps, &hedge]));
        let parts = [(above, 380.0), (below, 260.0)];
        let centre = line(&mut tiles, LinearDir::Vertical, &parts);
        let parts = [(left, LEFT_WIDTH), (centre, 672.0)];
        line(&mut tiles, LinearDir::Horizontal, &parts)
    };
    Tree::new(Id::unique(name), root, tiles)
}

fn journal(name: &str, hedge_width: f32) -> Tree<PanelKind> {
    let mut tiles = Tiles::default();
    let book = [PanelKind::Position, PanelKind::Hedge];
    let plots = [&PLOTS[..], &LINES[..]].concat();
    let first = pane(
        &mut tiles,
        &with_rest(&[PanelKind::Journal], &[&book, &plots]),
    );
    let (above, below) = (pane(&mut tiles, &plots), pane(&mut tiles, &book));
    let parts = [(above, 380.0), (below, 420.0)];
    let right = line(&mut tiles, LinearDir::Vertical, &parts);
    let widths = if hedge_width > 0.0 {
        [(first, 960.0), (right, 480.0)]
    } else {
        [(first, 624.0), (right, 400.0)]
    };
    let root = line(&mut tiles, LinearDir::Horizontal, &widths);
    Tree::new(Id::unique(name), root, tiles)
}
