//! Contours of a grid by marching squares, as polylines in the grid's own coordinates.
//!
//! Crossings lie on the grid's edges by linear interpolation; at a saddle the mean of the four corners
//! decides which pair is joined (W. E. Lorensen and H. E. Cline, *Computer Graphics* 21, 1987, in two
//! dimensions).

/// Values on the nodes of a rectangular grid.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    /// Columns, ascending.
    pub xs: &'a [f64],
    /// Rows, ascending.
    pub ys: &'a [f64],
    /// Row-major values, `xs.len() * ys.len()` of them.
    pub values: &'a [f64],
}

/// A polyline of `[x, y]`; a closed one ends where it begins.
pub type Polyline = Vec<[f64; 2]>;

/// No neighbour.
const NONE: usize = usize::MAX;

impl Grid<'_> {
    fn value(&self, column: usize, row: usize) -> f64 {
        self.values[row * self.xs.len() + column]
    }

    fn is_whole(&self) -> bool {
        self.xs.len() >= 2
            && self.ys.len() >= 2
            && self.values.len() == self.xs.len() * self.ys.len()
    }

    /// Lowest and highest value; `None` without a finite one.
    pub fn range(&self) -> Option<(f64, f64)> {
        let finite = self
            .values
            .iter()
            .copied()
            .filter(|value| value.is_finite());
        finite.fold(None, |range, value| match range {
            None => Some((value, value)),
            Some((low, high)) => Some((f64::min(low, value), f64::max(high, value))),
        })
    }

    /// The value at a point, bilinear in its cell; `None` outside.
    pub fn at(&self, x: f64, y: f64) -> Option<f64> {
        let ((column, across), (row, up)) = (place(self.xs, x)?, place(self.ys, y)?);
        let side = |row: usize| {
            let (from, to) = (self.value(column, row), self.value(column + 1, row));
            from + across * (to - from)
        };
        let (from, to) = (side(row), side(row + 1));
        Some(from + up * (to - from))
    }

    /// The polylines along which the grid has a value; open ones first.
    pub fn contour(&self, level: f64) -> Vec<Polyline> {
        if !self.is_whole() || !level.is_finite() {
            return Vec::new();
        }
        let mut links = vec![[NONE; 2]; 2 * self.values.len()];
        for row in 0..self.ys.len() - 1 {
            for column in 0..self.xs.len() - 1 {
                self.cell(column, row, level, &mut links);
            }
        }
        let mut lines = Vec::new();
        for wants_end in [true, false] {
            for start in 0..links.len() {
                let ends = links[start].iter().filter(|link| **link != NONE).count();
                if ends == 1 && wants_end || ends == 2 && !wants_end {
                    lines.push(self.walk(start, level, &mut links));
                }
            }
        }
        lines
    }

    /// Links the crossed edges of one cell.
    fn cell(&self, column: usize, row: usize, level: f64, links: &mut [[usize; 2]]) {
        let corners = [
            self.value(column, row),
            self.value(column + 1, row),
            self.value(column + 1, row + 1),
            self.value(column, row + 1),
        ];
        if corners.iter().any(|value| !value.is_finite()) {
            return;
        }
        let is_above = corners.map(|value| value >= level);
        let (below, left) = (row * self.xs.len() + column, row * self.xs.len() + column);
        let across = |node: usize| 2 * node;
        let up = |node: usize| 2 * node + 1;
        // bottom, right, top, left
        let edges = [
            across(below),
            up(left + 1),
            across(below + self.xs.len()),
            up(left),
        ];
        let crossed: Vec<usize> = (0..4)
            .filter(|corner| is_above[*corner] != is_above[(corner + 1) % 4])
            .map(|corner| edges[corner])
            .collect();
        match crossed.as_slice() {
            [from, to] => link(links, *from, *to),
            [bottom, right, top, left] => {
                let is_middle_above = corners.iter().sum::<f64>() / 4.0 >= level;
                if is_middle_above == is_above[0] {
                    link(links, *bottom, *right);
                    link(links, *top, *left);
                } else {
                    link(links, *left, *bottom);
                    link(links, *right, *top);
                }
            }
            _uncrossed => {}
        }
    }

    /// Follows links from an edge to the other end or round to itself, and takes them out.
    fn walk(&self, start: usize, level: f64, links: &mut [[usize; 2]]) -> Polyline {
        let mut line = vec![self.crossing(start, level)];
        let mut edge = start;
        while let Some(next) = links[edge].into_iter().find(|link| *link != NONE) {
            unlink(links, edge, next);
            unlink(links, next, edge);
            line.push(self.crossing(next, level));
            edge = next;
        }
        line
    }

    /// Where an edge has the level.
    fn crossing(&self, edge: usize, level: f64) -> [f64; 2] {
        let node = edge / 2;
        let (column, row) = (node % self.xs.len(), node / self.xs.len());
        let is_across = edge.is_multiple_of(2);
        let (to_column, to_row) = if is_across {
            (column + 1, row)
        } else {
            (column, row + 1)
        };
        let (from, to) = (self.value(column, row), self.value(to_column, to_row));
        let share = ((level - from) / (to - from)).clamp(0.0, 1.0);
        let mix = |a: f64, b: f64| a + share * (b - a);
        [
            mix(self.xs[column], self.xs[to_column]),
            mix(self.ys[row], self.ys[to_row]),
        ]
    }
}

fn link(links: &mut [[usize; 2]], from: usize, to: usize) {
    for (edge, other) in [(from, to), (to, from)] {
        if let Some(free) = links[edge].iter_mut().find(|link| **link == NONE) {
            *free = other;
        }
    }
}

fn unlink(links: &mut [[usize; 2]], edge: usize, other: usize) {
    if let Some(link) = links[edge].iter_mut().find(|link| **link == other) {
        *link = NONE;
    }
}

/// The interval of ascending nodes that holds a value, and the share of the way through it.
fn place(nodes: &[f64], value: f64) -> Option<(usize, f64)> {
    let (first, last) = (*nodes.first()?, *nodes.last()?);
    if !(first..=last).contains(&value) || nodes.len() < 2 {
        return None;
    }
    let upper = nodes
        .partition_point(|node| *node <= value)
        .clamp(1, nodes.len() - 1);
    let (from, to) = (nodes[upper - 1], nodes[upper]);
    Some((upper - 1, (value - from) / (to - from)))
}

/// Round levels inside a range, none of them zero: multiples of 1, 2 or 5 times a power of ten, about
/// `count` of them.
pub fn round_levels((low, high): (f64, f64), count: usize) -> Vec<f64> {
    let least = (high - low) / count.max(1) as f64;
    if !(least > 0.0 && least.is_finite()) {
        return Vec::new();
    }
    let power = 10.0_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|step| step * power >= least * (1.0 - 1e-9))
        .unwrap_or(10.0)
        * power;
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last)
        .filter(|index| *index != 0)
        .map(|index| index as f64 * step)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Grid, round_levels};

    fn axis(low: f64, high: f64, count: usize) -> Vec<f64> {
        let step = (high - low) / (count - 1) as f64;
        (0..count).map(|index| low + step * index as f64).collect()
    }

    fn values(xs: &[f64], ys: &[f64], f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
        ys.iter()
            .flat_map(|y| xs.iter().map(|x| f(*x, *y)).collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn a_plane_has_one_straight_contour_from_edge_to_edge() {
        let (xs, ys) = (axis(-3.0, 5.0, 17), axis(1.0, 4.0, 7));
        let values = values(&xs, &ys, |x, y| 2.0 * x - 3.0 * y + 1.0);
        let grid = Grid {
            xs: &xs,
            ys: &ys,
            values: &values,
        };
        let lines = grid.contour(0.0);
        assert_eq!(lines.len(), 1);
        for [x, y] in &lines[0] {
            assert!((2.0 * x - 3.0 * y + 1.0).abs() < 1e-12, "({x}, {y})");
        }
        let ends = [lines[0][0], lines[0][lines[0].len() - 1]];
        for [x, y] in ends {
            let is_at_edge = [-3.0, 5.0].iter().any(|edge| (x - edge).abs() < 1e-12)
                || [1.0, 4.0].iter().any(|edge| (y - edge).abs() < 1e-12);
            assert!(is_at_edge, "({x}, {y}) is inside");
        }
        assert!(grid.contour(1000.0).is_empty());
        assert!(grid.contour(f64::NAN).is_empty());
    }

    #[test]
    fn a_cone_has_one_closed_circle() {
        let (xs, ys) = (axis(-2.0, 2.0, 81), axis(-2.0, 2.0, 81));
        let values = values(&xs, &ys, |x, y| x.hypot(y) - 1.3);
        let lines = Grid {
            xs: &xs,
            ys: &ys,
            values: &values,
        }
        .contour(0.0);
        assert_eq!(lines.len(), 1);
        let line = &lines[0];
        assert_eq!(line.first(), line.last());
        let length: f64 = line
            .windows(2)
            .map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]))
            .sum();
        assert!(
            (length - std::f64::consts::TAU * 1.3).abs() < 0.01,
            "{length}"
        );
        for [x, y] in line {
            assert!((x.hypot(*y) - 1.3).abs() < 1e-3);
        }
    }

    #[test]
    fn a_saddle_has_two_branches_that_never_cross() {
        let (xs, ys) = (axis(-1.0, 1.0, 2), axis(-1.0, 1.0, 2));
        let values = [1.0, -1.0, 1.0, -1.0];
        let grid = Grid {
            xs: &xs,
            ys: &ys,
            values: &[1.0, -1.0, -1.0, 1.0],
        };
        assert_eq!(grid.contour(0.0).len(), 2);
        assert_eq!(
            Grid {
                values: &values,
                ..grid
            }
            .contour(0.0)
            .len(),
            1
        );
    }

    #[test]
    fn values_between_nodes_are_bilinear() {
        let (xs, ys) = ([0.0, 1.0, 3.0], [0.0, 2.0]);
        let values = [0.0, 1.0, 3.0, 2.0, 3.0, 5.0];
        let grid = Grid {
            xs: &xs,
            ys: &ys,
            values: &values,
        };
        assert_eq!(grid.at(2.0, 1.0), Some(3.0));
        assert_eq!(grid.at(3.0, 2.0), Some(5.0));
        assert_eq!(grid.at(3.1, 1.0), None);
        assert_eq!(grid.range(), Some((0.0, 5.0)));
    }

    #[test]
    fn levels_are_round_and_leave_zero_out() {
        assert_eq!(
            round_levels((-36_000.0, 9_000.0), 5),
            [-30_000.0, -20_000.0, -10_000.0]
        );
        assert!(round_levels((1.0, 1.0), 5).is_empty());
        assert!(round_levels((f64::NAN, 1.0), 5).is_empty());
    }
}
