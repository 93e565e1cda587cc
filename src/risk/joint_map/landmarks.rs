//! What stands on a map beside its values: the coupled paths, and closes that have happened.

use jiff::civil::{Date, date};

use super::moment;
use crate::risk::book::Book;
use crate::risk::joint::{VixResponse, log_return_pct};

/// Points of a coupled path.
const PATH_POINTS: usize = 121;

/// VIX as the model has it answer each SPX move, with the band of one residual standard deviation.
#[derive(Clone, Debug, PartialEq)]
pub struct CoupledPath {
    /// Stress multiple m of the response.
    pub stress: f64,
    /// Simple SPX moves in %, ascending.
    pub spx_pct: Vec<f64>,
    /// VIX after each move, in points.
    pub vix: Vec<f64>,
    /// Lower and upper edge of the band at each move, in points.
    pub band: Vec<(f64, f64)>,
}

/// The coupled path of a day under a stress multiple, over a range of simple SPX moves in %.
pub fn coupled_path(book: &Book, days: u32, stress: f64, (low, high): (f64, f64)) -> CoupledPath {
    let horizon = moment(book, days).trading_days;
    let response = VixResponse::at(&book.params, book.market.vix, horizon, stress);
    let step = (high - low) / (PATH_POINTS - 1) as f64;
    let spx_pct: Vec<f64> = (0..PATH_POINTS)
        .map(|index| low + step * index as f64)
        .collect();
    let log_moves: Vec<f64> = spx_pct.iter().map(|pct| log_return_pct(*pct)).collect();
    CoupledPath {
        stress,
        vix: log_moves.iter().map(|ln| response.vix_after(*ln)).collect(),
        band: log_moves.iter().map(|ln| response.band(*ln)).collect(),
        spx_pct,
    }
}

/// A VX future of some tenor from the close before an episode to the close at its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceFuture {
    /// Tenor in words, as `9 d`.
    pub tenor: &'static str,
    /// Close before, in points.
    pub from: f64,
    /// Close after, in points.
    pub to: f64,
}

/// An episode by its closes: from the day before the shock to the day of the highest close.
///
/// S&P 500 and VIX closes as published by FRED and Cboe, VX settlements as published by Cboe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceClose {
    /// Its name on the map.
    pub name: &'static str,
    /// The close before.
    pub from: Date,
    /// The close after.
    pub to: Date,
    /// Simple SPX move between them in %.
    pub spx_pct: f64,
    /// VIX before, in points.
    pub vix_from: f64,
    /// VIX after, in points.
    pub vix_to: f64,
    /// VX futures by rising tenor.
    pub futures: [ReferenceFuture; 4],
}

const fn future(tenor: &'static str, from: f64, to: f64) -> ReferenceFuture {
    ReferenceFuture { tenor, from, to }
}

/// Four episodes: two short squeezes, a crash, and a fall without a squeeze.
pub const REFERENCE_CLOSES: [ReferenceClose; 4] = [
    ReferenceClose {
        name: "Feb 2018",
        from: date(2018, 2, 1),
        to: date(2018, 2, 5),
        spx_pct: -6.1,
        vix_from: 13.47,
        vix_to: 37.32,
        futures: [
            future("9 d", 13.28, 33.23),
            future("45–70 d", 13.43, 27.98),
            future("100 d", 14.38, 20.95),
            future("200 d", 15.38, 20.43),
        ],
    },
    ReferenceClose {
        name: "Mar 2020",
        from: date(2020, 2, 19),
        to: date(2020, 3, 16),
        spx_pct: -29.5,
        vix_from: 14.38,
        vix_to: 82.69,
        futures: [
            future("30 d", 16.32, 59.15),
            future("45–70 d", 16.52, 44.88),
            future("100 d", 16.93, 38.95),
            future("200 d", 17.38, 30.88),
        ],
    },
    ReferenceClose {
        name: "Aug 2024",
        from: date(2024, 7, 31),
        to: date(2024, 8, 5),
        spx_pct: -6.1,
        vix_from: 16.36,
        vix_to: 38.57,
        futures: [
            future("16 d", 16.00, 32.10),
            future("45–70 d", 16.49, 30.39),
            future("100 d", 17.70, 22.93),
            future("200 d", 18.23, 23.28),
        ],
    },
    ReferenceClose {
        name: "Apr 2025",
        from: date(2025, 4, 2),
        to: date(2025, 4, 8),
        spx_pct: -12.1,
        vix_from: 21.51,
        vix_to: 52.33,
        futures: [
            future("8 d", 20.16, 39.17),
            future("45–70 d", 20.02, 31.43),
            future("100 d", 20.21, 26.17),
            future("200 d", 20.52, 23.50),
        ],
    },
];
