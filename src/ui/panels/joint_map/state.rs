//! What the map remembers between frames, and what one frame of it shows.

use std::sync::Arc;

use egui::mutex::Mutex;
use egui::{Context, Id};

use super::heat::Drawing;
use crate::risk::book::Book;
use crate::risk::curves::Component;
use crate::risk::joint_map::{
    CoupledPath, JointMap, JointMapCache, JointMapError, JointMapRequest, JointPoint, coupled_path,
    last_day,
};
use crate::risk::what_if::{WhatIfScenario, what_if_path};
use crate::ui::action::{Action, Actions};
use crate::ui::context::PanelContext;
use crate::ui::what_if::WhatIfEdit;
use crate::valuation::Valuation;

/// The stress multiples drawn beside the book's own.
pub const STRESSES: [f64; 3] = [1.0, 1.35, 3.0];

/// How far to the sides the map reaches, in simple SPX moves of %.
pub const RANGES: [(f64, f64); 3] = [(-8.0, 5.0), (-14.0, 8.0), (-32.0, 12.0)];

/// What the user chose on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The component mapped.
    pub component: Component,
    /// The SPX range, one of [`RANGES`].
    pub range: usize,
    /// Calendar days ahead: the what-if's while one is on, else the map's own.
    pub days: u32,
    /// The map's own day, to which it goes back when a what-if ends.
    own_days: u32,
}

fn choices_id() -> Id {
    Id::unique("palisade_joint_map_choices")
}

/// The choices kept, with the day of the what-if if one is on.
pub fn choices(egui: &Context, ctx: &PanelContext<'_>) -> Choices {
    let kept = egui.data(|data| data.get_temp::<Choices>(choices_id()));
    let mut choices = kept.unwrap_or(Choices {
        component: Component::Net,
        range: 1,
        days: 0,
        own_days: 0,
    });
    choices.days = ctx
        .what_if
        .map_or(choices.own_days, |view| view.scenario.days);
    choices
}

/// Keeps the choices for the next frame.
pub fn keep(egui: &Context, choices: Choices) {
    egui.data_mut(|data| data.insert_temp(choices_id(), choices));
}

/// The map, its cache and its drawing.
#[derive(Default)]
pub struct Held {
    cache: JointMapCache,
    book: Option<Arc<Book>>,
    map: Option<(JointMapRequest, Arc<JointMap>)>,
    /// Counts the maps made: it tells a drawing of an older map.
    pub revision: u64,
    /// The last drawing.
    pub drawing: Mutex<Option<Arc<Drawing>>>,
    /// The points repriced last, with what they were priced for.
    points: Mutex<Vec<(PointKey, JointPoint)>>,
}

/// Revision, SPX move and VIX of a repriced point.
type PointKey = (u64, u64, u64);

/// Points that are kept: no move, the pointer, the what-if.
const POINTS_KEPT: usize = 4;

/// What is held for the map.
pub fn held(egui: &Context) -> Arc<Mutex<Held>> {
    let id = Id::unique("palisade_joint_map_held");
    egui.data_mut(|data| {
        let held: &mut Arc<Mutex<Held>> = data.get_temp_mut_or_default(id);
        Arc::clone(held)
    })
}

impl Held {
    /// The last map, if one was made.
    pub fn map(&self) -> Option<&JointMap> {
        self.map.as_ref().map(|(_, map)| map.as_ref())
    }

    /// The book as held now, drafts of a what-if included, in the real market.
    fn book(&mut self, ctx: &PanelContext<'_>, real: &Valuation) -> Arc<Book> {
        let drafted = ctx
            .what_if
            .filter(|view| view.campaign.positions != ctx.campaign.positions)
            .map(|_| {
                let market = Arc::clone(&real.market);
                Book::of(&ctx.campaign.positions, market, real.book.params.clone())
            });
        let book = drafted.as_ref().unwrap_or(&real.book);
        if let Some(known) = &self.book
            && Arc::ptr_eq(&known.market, &book.market)
            && known.params == book.params
            && known.legs == book.legs
        {
            return Arc::clone(known);
        }
        let book = Arc::new(drafted.unwrap_or_else(|| real.book.clone()));
        self.book = Some(Arc::clone(&book));
        self.map = None;
        book
    }

    fn update(&mut self, book: &Book, request: JointMapRequest) -> Result<(), JointMapError> {
        if self
            .map
            .as_ref()
            .is_some_and(|(known, _)| *known == request)
        {
            return Ok(());
        }
        let map = JointMap::of(book, &request, &mut self.cache)?;
        self.revision += 1;
        self.map = Some((request, Arc::new(map)));
        Ok(())
    }
}

/// One frame of the map.
pub struct Scene<'a> {
    /// The state of the desk.
    pub ctx: &'a PanelContext<'a>,
    /// The real valuation: the axes and the point of today are its own.
    pub real: &'a Valuation,
    /// The book mapped.
    pub book: Arc<Book>,
    /// What the user chose.
    pub choices: Choices,
    /// The map.
    pub map: Arc<JointMap>,
    /// The last day that can be chosen.
    pub last_day: u32,
    /// The path under the book's own stress multiple.
    pub path: CoupledPath,
    /// Paths under the other multiples.
    pub other_paths: Vec<CoupledPath>,
    /// Where the what-if stands: SPX move in % and VIX.
    pub what_if: Option<(f64, f64)>,
    /// What is held for drawing.
    pub held: &'a Held,
}

impl<'a> Scene<'a> {
    /// Brings the map up to date.
    pub fn of(
        ctx: &'a PanelContext<'a>,
        mut choices: Choices,
        held: &'a mut Held,
    ) -> Result<Self, JointMapError> {
        let real = ctx.what_if.map_or(ctx.valuation, |view| view.now);
        let book = held.book(ctx, real);
        let last_day = last_day(&book);
        choices.days = choices.days.min(last_day);
        let range = RANGES[choices.range.min(RANGES.len() - 1)];
        let request = JointMapRequest::around(&book, range, choices.days);
        held.update(&book, request)?;
        let held: &'a Held = held;
        let own = book.params.stress_multiple;
        let path = |stress| coupled_path(&book, choices.days, stress, range);
        let others = STRESSES.into_iter().filter(|stress| *stress != own);
        let what_if = ctx.what_if.map(|view| {
            let vix = what_if_path(&book, view.scenario).vix[0];
            (100.0 * (view.scenario.spx / book.market.spx - 1.0), vix)
        });
        let Some((_, map)) = &held.map else {
            return Err(JointMapError::Nodes(0, 0));
        };
        Ok(Self {
            ctx,
            real,
            choices,
            map: Arc::clone(map),
            last_day,
            path: path(own),
            other_paths: others.map(path).collect(),
            what_if,
            book,
            held,
        })
    }

    /// Where today stands: no move, and VIX as it is.
    pub fn today(&self) -> (f64, f64) {
        (0.0, self.book.market.vix)
    }

    /// Lowest and highest SPX move in %.
    pub fn x(&self) -> (f64, f64) {
        ends(&self.map.spx_pct)
    }

    /// Lowest and highest VIX.
    pub fn y(&self) -> (f64, f64) {
        ends(&self.map.vix)
    }

    /// A point repriced exactly; the last few are kept, so that a still pointer prices nothing.
    pub fn point(&self, (spx_pct, vix): (f64, f64)) -> JointPoint {
        let key = (self.held.revision, spx_pct.to_bits(), vix.to_bits());
        let mut points = self.held.points.lock();
        if let Some((_, known)) = points.iter().find(|(known, _)| *known == key) {
            return *known;
        }
        let made = JointPoint::of(&self.book, self.choices.days, (spx_pct, vix));
        if points.len() >= POINTS_KEPT {
            points.remove(0);
        }
        points.push((key, made));
        made
    }

    /// The what-if with its point here, everything else as it is assumed now.
    pub fn assume(&self, (spx_pct, vix): (f64, f64)) -> Action {
        let spx = (self.book.market.spx * (1.0 + spx_pct / 100.0)).round();
        let mut scenario = self.scenario();
        scenario.spx = spx;
        scenario.vix = Some((10.0 * vix).round() / 10.0);
        scenario.days = self.choices.days;
        Action::WhatIf(WhatIfEdit::Scenario(scenario))
    }

    fn scenario(&self) -> WhatIfScenario {
        let today = || WhatIfScenario::today(self.book.market.spx);
        self.ctx
            .what_if
            .map_or_else(today, |view| view.scenario.clone())
    }
}

fn ends(nodes: &[f64]) -> (f64, f64) {
    let (first, last) = (nodes.first(), nodes.last());
    (first.copied().unwrap_or(0.0), last.copied().unwrap_or(1.0))
}

/// Another day: the map's own, and the what-if's if one is on.
pub fn assume_days(scene: &Scene<'_>, days: u32, choices: &mut Choices, actions: &mut Actions) {
    choices.days = days;
    if scene.ctx.what_if.is_none() {
        choices.own_days = days;
    } else {
        let mut scenario = scene.scenario();
        scenario.days = days;
        actions.push(Action::WhatIf(WhatIfEdit::Scenario(scenario)));
    }
}
