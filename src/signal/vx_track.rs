//! VIX futures prepared once a library: by tenor, their slope, its MACD, and how the layers compress.

use jiff::civil::Date;

use super::layer_compression::{CompressionParams, LayerCompression, compression_history};
use crate::indicator::{
    LAYER_TENORS_DAYS, MacdValue, VxDay, constant_maturity, macd, ratio_contango_pct,
};
use crate::series::{Library, SeriesId};

/// VIX futures, one entry a day on which they traded; missing values are NaN.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VxTrack {
    /// The days, ascending.
    pub dates: Vec<Date>,
    /// The futures of each day with the VIX close beside them.
    pub days: Vec<VxDay>,
    /// VIX close of the same day, points.
    pub vix: Vec<f64>,
    /// Nearest listed future, points.
    pub first: Vec<f64>,
    /// Second listed future, points.
    pub second: Vec<f64>,
    /// Constant-maturity futures of 30, 60, 110 and 220 days, points.
    pub cm: [Vec<f64>; 4],
    /// X, the slope of 60 over 30 days, %.
    pub slope_pct: Vec<f64>,
    /// MACD(12, 26, 9) of X, percentage points.
    pub macd: Vec<Option<MacdValue>>,
    /// R and its compression.
    pub compression: Vec<Option<LayerCompression>>,
}

impl VxTrack {
    /// Prepares the futures of a library.
    pub fn of(library: &Library, params: &CompressionParams) -> Self {
        let vix = library.series(SeriesId::Vix);
        let mut track = Self::default();
        for curve in library.futures().curves() {
            let spot = vix.and_then(|vix| vix.value_on(curve.date));
            let day = VxDay::of_curve(&curve, spot);
            let listed = |position| day.nth(position).map_or(f64::NAN, |future| future.price);
            track.dates.push(curve.date);
            track.vix.push(spot.unwrap_or(f64::NAN));
            track.first.push(listed(1));
            track.second.push(listed(2));
            for (levels, tenor) in track.cm.iter_mut().zip(LAYER_TENORS_DAYS) {
                levels.push(constant_maturity(&day, tenor).unwrap_or(f64::NAN));
            }
            track.days.push(day);
        }
        let near_far = track.cm[0].iter().zip(&track.cm[1]);
        track.slope_pct = near_far
            .map(|(near, far)| ratio_contango_pct(*near, *far).unwrap_or(f64::NAN))
            .collect();
        track.macd = macd(&track.slope_pct);
        track.compression = compression_history(track.levels().map(Vec::as_slice), params);
        track
    }

    /// The layers' levels: futures of 30, 110 and 220 days, points.
    pub fn levels(&self) -> [&Vec<f64>; 3] {
        [&self.cm[0], &self.cm[2], &self.cm[3]]
    }
}
