//! How the user likes the desk: theme, layout and what the plots show. Kept between starts, never in a campaign.

use serde::{Deserialize, Serialize};

use super::journal_lists::{self, JournalList};
use super::journal_view::JournalPage;
use super::layouts::Layouts;
use super::scale;
use super::standings::Standings;
use super::theme::ProfitLossColours;
use crate::risk::curves::{Component, CurveRequest};
use crate::risk::greek_curves::GreekMetric;
use crate::valuation::{GREEK_POINTS, GreekRequest, Valuation};

/// Most T+n lines between today and expiry.
pub const MAX_DAYS_AHEAD: usize = 8;

/// Most entries of the command palette that are remembered as used.
pub const MAX_RECENT: usize = 12;

/// Evenly spaced points of a payoff line.
pub const LINE_POINTS: usize = 401;

/// Dark or light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// The dark desk.
    #[default]
    Dark,
    /// The light desk.
    Light,
}

/// Units of the Greeks plot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum GreekUnit {
    /// Dollars of the whole book.
    #[default]
    Dollars,
    /// Index points per condor.
    Points,
}

/// Everything the user chose about the desk itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Workspace {
    /// Dark or light.
    pub theme: ThemeChoice,
    /// Which pair of hues says profit and loss.
    pub colours: ProfitLossColours,
    /// Size of everything in percent, within the limits of [`scale`].
    pub scale_pct: u32,
    /// What the payoff and Greeks plots show.
    pub component: Component,
    /// Calendar days ahead of the lines between today and expiry, ascending.
    pub days_ahead: Vec<u32>,
    /// Which Greek is plotted.
    pub greek: GreekMetric,
    /// In which units.
    pub greek_unit: GreekUnit,
    /// Whether the condor alone is drawn dashed beside the net.
    pub shows_condor_alone: bool,
    /// Whether the first-steps strip was dismissed.
    pub hides_first_steps: bool,
    /// Window size in points, as last seen.
    pub window_size: Option<[f32; 2]>,
    /// The dock, as text of the docking library; unreadable text means the default layout.
    pub layout: Option<String>,
    /// Layouts saved under a name.
    pub layouts: Layouts,
    /// Entries of the command palette, last used first.
    pub palette_recent: Vec<String>,
    /// Where the glossary's window stands: left, top, width, height in points.
    pub glossary_place: Option<[f32; 4]>,
    /// The folder of market history that the user chose, instead of the desk's own.
    pub history_folder: Option<std::path::PathBuf>,
    /// The stances that stand, by the campaign's file: no choice of the user's, but to be there after a
    /// restart, and not in a file that is sent to somebody.
    pub standings: Standings,
    /// Views of the list of campaigns, the oldest first.
    pub journal_lists: Vec<JournalList>,
    /// The view of the journal in front.
    pub journal_page: JournalPage,
    /// SPX range of the plots while zoomed; not kept.
    #[serde(skip)]
    pub plot_range: Option<(f64, f64)>,
}

impl Default for Workspace {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::Dark,
            colours: ProfitLossColours::GreenRed,
            scale_pct: scale::NORMAL_PCT,
            component: Component::Net,
            days_ahead: vec![15, 30],
            greek: GreekMetric::Vega,
            greek_unit: GreekUnit::Dollars,
            shows_condor_alone: true,
            hides_first_steps: false,
            window_size: None,
            layout: None,
            layouts: Layouts::default(),
            palette_recent: Vec::new(),
            glossary_place: None,
            history_folder: None,
            standings: Standings::default(),
            journal_lists: Vec::new(),
            journal_page: JournalPage::default(),
            plot_range: None,
        }
    }
}

/// One change of the workspace.
#[derive(Clone, Debug, PartialEq)]
pub enum WorkspaceEdit {
    /// Choose a theme.
    Theme(ThemeChoice),
    /// Choose the hues of profit and loss.
    Colours(ProfitLossColours),
    /// Choose the scale in percent.
    Scale(u32),
    /// Choose what the plots show.
    Component(Component),
    /// Choose the T+n lines.
    DaysAhead(Vec<u32>),
    /// Choose the Greek.
    Greek(GreekMetric),
    /// Choose the Greeks' units.
    GreekUnit(GreekUnit),
    /// Show or hide the condor alone.
    CondorAlone(bool),
    /// Dismiss the first-steps strip.
    HideFirstSteps,
    /// An entry of the command palette was used, by its key.
    PaletteUsed(String),
    /// The glossary's window was moved or resized.
    GlossaryPlace([f32; 4]),
    /// Keep a view of the list of campaigns, in place of one of that name.
    KeepJournalList(JournalList),
    /// Forget the view of that name.
    ForgetJournalList(String),
    /// Bring a view of the journal to the front.
    JournalPage(JournalPage),
    /// The plots show this SPX range; `None` fits them to the book.
    PlotRange(Option<(f64, f64)>),
}

impl Workspace {
    /// Applies a change. Days ahead come out ascending, without repeats, at most [`MAX_DAYS_AHEAD`].
    pub fn apply(&mut self, edit: WorkspaceEdit) {
        match edit {
            WorkspaceEdit::Theme(theme) => self.theme = theme,
            WorkspaceEdit::Colours(colours) => self.colours = colours,
            WorkspaceEdit::Scale(scale_pct) => self.scale_pct = scale::clamped_pct(scale_pct),
            WorkspaceEdit::Component(component) => self.component = component,
            WorkspaceEdit::DaysAhead(mut days) => {
                days.retain(|days| *days > 0);
                days.sort_unstable();
                days.dedup();
                days.truncate(MAX_DAYS_AHEAD);
                self.days_ahead = days;
            }
            WorkspaceEdit::Greek(greek) => self.greek = greek,
            WorkspaceEdit::GreekUnit(unit) => self.greek_unit = unit,
            WorkspaceEdit::CondorAlone(shown) => self.shows_condor_alone = shown,
            WorkspaceEdit::HideFirstSteps => self.hides_first_steps = true,
            WorkspaceEdit::PaletteUsed(key) => {
                self.palette_recent.retain(|used| *used != key);
                self.palette_recent.insert(0, key);
                self.palette_recent.truncate(MAX_RECENT);
            }
            WorkspaceEdit::GlossaryPlace(place) => self.glossary_place = Some(place),
            WorkspaceEdit::KeepJournalList(list) => {
                journal_lists::keep(&mut self.journal_lists, list);
            }
            WorkspaceEdit::ForgetJournalList(name) => {
                self.journal_lists.retain(|list| list.name != name);
            }
            WorkspaceEdit::JournalPage(page) => self.journal_page = page,
            WorkspaceEdit::PlotRange(range) => self.plot_range = range,
        }
    }

    /// The payoff lines to compute for a valuation.
    pub fn curve_request(&self, valuation: &Valuation) -> CurveRequest {
        let (low, high) = self.plot_range.unwrap_or_else(|| fitted_range(valuation));
        CurveRequest {
            low,
            high,
            points: LINE_POINTS,
            days_ahead: self.days_ahead.clone(),
        }
    }

    /// The Greek lines to compute for a valuation: on the same range as the payoff lines.
    pub fn greek_request(&self, valuation: &Valuation) -> GreekRequest {
        let (low, high) = self.plot_range.unwrap_or_else(|| fitted_range(valuation));
        GreekRequest {
            metric: self.greek,
            component: self.component,
            days_ahead: self.days_ahead.clone(),
            low,
            high,
            points: GREEK_POINTS,
        }
    }
}

impl Workspace {
    /// The same choices for the lines of a what-if `days` calendar days ahead: on the range of the book as
    /// held (`now`), so that the axis stays where it is, wider only where the what-if's spot or strikes
    /// (`then`) lie outside; T+n still counts from today.
    pub fn in_what_if(&self, now: &Valuation, then: &Valuation, days: u32) -> Self {
        let range = self
            .plot_range
            .unwrap_or_else(|| widened(fitted_range(now), then));
        let ahead = self.days_ahead.iter().map(|day| day.saturating_sub(days));
        Self {
            plot_range: Some(range),
            days_ahead: ahead.filter(|day| *day > 0).collect(),
            ..self.clone()
        }
    }
}

/// A range widened to what a what-if assumes, with a little air.
fn widened((low, high): (f64, f64), then: &Valuation) -> (f64, f64) {
    let spot = then.market.spx;
    let air = 0.01 * spot;
    let strikes = then.condors.iter().flat_map(|condor| {
        let scale = spot / condor_spot(then, condor.strikes, spot);
        condor.strikes.map(|strike| strike * scale)
    });
    strikes
        .chain([spot])
        .fold((low, high), |(low, high), level| {
            (low.min((level - air).max(0.0)), high.max(level + air))
        })
}

/// The SPX range that shows the book: every strike and two expected moves, with some air.
pub fn fitted_range(valuation: &Valuation) -> (f64, f64) {
    let spot = valuation.market.spx;
    let mut low = spot * 0.93;
    let mut high = spot * 1.07;
    for condor in &valuation.condors {
        let scale = spot / condor_spot(valuation, condor.strikes, spot);
        let move_points = condor.expected_move_points * scale;
        low = low
            .min(condor.strikes[0] * scale - 0.5 * move_points)
            .min(spot - 2.15 * move_points);
        high = high
            .max(condor.strikes[3] * scale + 0.5 * move_points)
            .max(spot + 2.15 * move_points);
    }
    (low.max(spot * 0.05), high)
}

/// The spot on the scale of a condor's strikes: SPX, or a tenth of it for XSP.
fn condor_spot(_valuation: &Valuation, strikes: [f64; 4], spot: f64) -> f64 {
    if strikes[3] < spot * 0.3 {
        spot / 10.0
    } else {
        spot
    }
}
