//! Fewer points that look the same: of each column of a plot the lowest and the highest value.
//!
//! Columns are counted from the first value of the whole slice, not of the part in view, so a line that is
//! panned keeps its points.

use std::ops::Range;

/// Missing values in a row that a line is drawn across.
pub const LONGEST_HOLE: usize = 7;

/// A value and its position in the slice.
pub type Place = (usize, f64);

/// The lines through the values of `range`, at most two points a column and in order. Every value is kept when
/// there are no more than two a column. The value before the range and the one after it are kept too, so
/// that a line goes on to the edges of a plot. Values that are not finite are missing; where more than
/// [`LONGEST_HOLE`] in a row are, one line ends and another begins.
pub fn extremes(values: &[f64], range: Range<usize>, columns: usize) -> Vec<Vec<Place>> {
    let end = range.end.saturating_add(1).min(values.len());
    let start = range.start.saturating_sub(1).min(end);
    let step = (end - start).div_ceil(columns.max(1)).max(1);
    let mut lines: Vec<Vec<Place>> = Vec::new();
    let mut column = Column::default();
    let mut last: Option<usize> = None;
    for (place, value) in values.iter().copied().enumerate().take(end).skip(start) {
        if !value.is_finite() {
            continue;
        }
        let is_hole = last.is_some_and(|last| place - last > LONGEST_HOLE + 1);
        if is_hole || lines.is_empty() {
            column.flush(&mut lines);
            lines.push(Vec::new());
        }
        // two values or fewer are their own extremes
        let index = if step <= 2 { place } else { place / step };
        if column.index != index {
            column.flush(&mut lines);
            column.index = index;
        }
        column.take((place, value));
        last = Some(place);
    }
    column.flush(&mut lines);
    lines
}

/// The extremes of the column under way.
#[derive(Default)]
struct Column {
    index: usize,
    ends: Option<[Place; 2]>,
}

impl Column {
    fn take(&mut self, point: Place) {
        let [low, high] = self.ends.get_or_insert([point; 2]);
        if point.1 < low.1 {
            *low = point;
        }
        if point.1 > high.1 {
            *high = point;
        }
    }

    /// Hands the extremes over in order of time.
    fn flush(&mut self, lines: &mut [Vec<Place>]) {
        if let (Some([low, high]), Some(line)) = (self.ends.take(), lines.last_mut()) {
            let (first, second) = if low.0 <= high.0 {
                (low, high)
            } else {
                (high, low)
            };
            line.push(first);
            if second.0 != first.0 {
                line.push(second);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(count: usize) -> Vec<f64> {
        (0..count).map(|at| (at as f64 * 0.7).sin()).collect()
    }

    #[test]
    fn few_values_are_all_kept_with_their_neighbours() {
        let values = wave(50);
        let lines = extremes(&values, 10..20, 600);
        assert_eq!(lines.len(), 1);
        let places: Vec<usize> = lines[0].iter().map(|point| point.0).collect();
        assert_eq!(places, (9..=20).collect::<Vec<_>>());
    }

    #[test]
    fn every_column_keeps_its_extremes() {
        let mut values = wave(9_000);
        (values[4_321], values[77]) = (9.0, -9.0);
        let lines = extremes(&values, 0..9_000, 300);
        let line = &lines[0];
        assert!(line.len() <= 602, "{}", line.len());
        assert!(line.contains(&(4_321, 9.0)) && line.contains(&(77, -9.0)));
        assert!(line.is_sorted_by_key(|point| point.0));
        for (column, part) in values.chunks(30).enumerate() {
            let high = part.iter().copied().fold(f64::MIN, f64::max);
            let low = part.iter().copied().fold(f64::MAX, f64::min);
            let own = |wanted: f64| {
                let mut points = line.iter();
                points.any(|(place, value)| place / 30 == column && *value == wanted)
            };
            assert!(own(high) && own(low), "column {column}");
        }
    }

    #[test]
    fn a_panned_line_keeps_its_points() {
        let values = wave(9_000);
        let at = |from: usize| extremes(&values, from..from + 6_000, 300).concat();
        let (one, other) = (at(1_000), at(1_007));
        let inside = |line: &[Place]| -> Vec<Place> {
            let inner = line
                .iter()
                .filter(|point| (1_100..6_900).contains(&point.0));
            inner.copied().collect()
        };
        assert_eq!(inside(&one), inside(&other));
    }

    #[test]
    fn a_day_without_a_value_is_crossed_and_a_long_hole_is_not() {
        let mut values = wave(100);
        values[10] = f64::NAN;
        values[40..60].fill(f64::NAN);
        let lines = extremes(&values, 0..100, 1_000);
        assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [39, 40]);
        assert!(extremes(&[f64::NAN; 9], 0..9, 10).is_empty());
        assert!(extremes(&[], 0..0, 10).is_empty());
        assert_eq!(extremes(&values, 500..900, 10), Vec::<Vec<Place>>::new());
    }
}
