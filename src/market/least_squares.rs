//! A small damped least-squares solver (Levenberg–Marquardt) for the smile fits.
//!
//! Deterministic, no allocation: the normal equations of N ≤ 5 parameters live on the stack.
//! Source of the method: Nocedal & Wright, *Numerical Optimization*, 2nd ed., section 10.3.

/// Relative fall of the cost below which a further step is not worth its time.
const LEAST_GAIN: f64 = 1e-8;

/// Normal equations and cost gathered row by row at one point.
pub(super) struct Normal<const N: usize> {
    matrix: [[f64; N]; N],
    gradient: [f64; N],
    cost: f64,
}

impl<const N: usize> Normal<N> {
    /// No rows yet.
    pub(super) fn new() -> Self {
        Self {
            matrix: [[0.0; N]; N],
            gradient: [0.0; N],
            cost: 0.0,
        }
    }

    /// Adds one residual and its derivatives by each parameter.
    pub(super) fn add(&mut self, residual: f64, slope: &[f64; N]) {
        self.cost += residual * residual;
        for i in 0..N {
            self.gradient[i] += slope[i] * residual;
            for j in 0..=i {
                self.matrix[i][j] += slope[i] * slope[j];
            }
        }
    }

    /// Adds a pull of the parameter `index` toward a prior: residual `strength` × `distance`.
    pub(super) fn add_ridge(&mut self, index: usize, strength: f64, distance: f64) {
        let mut slope = [0.0; N];
        slope[index] = strength;
        self.add(strength * distance, &slope);
    }

    /// The step that minimises the linearised problem, damped; `None` when it cannot be solved.
    pub(super) fn step(&self, damping: f64) -> Option<[f64; N]> {
        let mut lower = [[0.0; N]; N];
        for i in 0..N {
            for j in 0..=i {
                let mut sum = self.matrix[i][j];
                if i == j {
                    sum += damping * self.matrix[i][i].max(1e-12);
                }
                sum -= (0..j).map(|t| lower[i][t] * lower[j][t]).sum::<f64>();
                if i == j {
                    if !(sum.is_finite() && sum > 0.0) {
                        return None;
                    }
                    lower[i][i] = sum.sqrt();
                } else {
                    lower[i][j] = sum / lower[j][j];
                }
            }
        }
        Some(back_substitute(&lower, &self.gradient))
    }
}

fn back_substitute<const N: usize>(lower: &[[f64; N]; N], gradient: &[f64; N]) -> [f64; N] {
    let mut step = [0.0; N];
    for i in 0..N {
        let known: f64 = (0..i).map(|t| lower[i][t] * step[t]).sum();
        step[i] = (-gradient[i] - known) / lower[i][i];
    }
    for i in (0..N).rev() {
        let known: f64 = (i + 1..N).map(|t| lower[t][i] * step[t]).sum();
        step[i] = (step[i] - known) / lower[i][i];
    }
    step
}

/// Minimises the sum of squares that `rows` adds, from `start`; `limit` brings a trial point into bounds.
/// Returns the best point and its cost, the plain sum of squares.
pub(super) fn minimise<const N: usize>(
    start: [f64; N],
    rows: impl Fn(&[f64; N], &mut Normal<N>),
    limit: impl Fn(&mut [f64; N]),
) -> ([f64; N], f64) {
    const STEPS: usize = 80;
    let evaluate = |point: &[f64; N]| {
        let mut normal = Normal::new();
        rows(point, &mut normal);
        normal
    };
    let mut best = start;
    limit(&mut best);
    let mut normal = evaluate(&best);
    let mut damping = 1e-3;
    for _ in 0..STEPS {
        let Some(step) = normal.step(damping) else {
            damping *= 10.0;
            if damping > 1e10 {
                break;
            }
            continue;
        };
        let mut trial = best;
        for i in 0..N {
            trial[i] += step[i];
        }
        limit(&mut trial);
        let next = evaluate(&trial);
        if next.cost.is_finite() && next.cost < normal.cost {
            let gain = normal.cost - next.cost;
            (best, normal) = (trial, next);
            damping = (damping * 0.2).max(1e-12);
            if gain <= LEAST_GAIN * normal.cost || normal.cost < 1e-22 {
                break;
            }
        } else {
            damping *= 5.0;
            if damping > 1e10 {
                break;
            }
        }
    }
    (best, normal.cost)
}

#[cfg(test)]
mod tests {
    use super::{Normal, minimise};

    #[test]
    fn a_curved_valley_is_solved_to_its_floor() {
        // Rosenbrock's function as two residuals: minimum 0 at (1, 1)
        let rows = |p: &[f64; 2], normal: &mut Normal<2>| {
            normal.add(10.0 * (p[1] - p[0] * p[0]), &[-20.0 * p[0], 10.0]);
            normal.add(1.0 - p[0], &[-1.0, 0.0]);
        };
        let (point, cost) = minimise([-1.2, 1.0], rows, |_| {});
        assert!((point[0] - 1.0).abs() < 1e-9 && (point[1] - 1.0).abs() < 1e-9);
        assert!(cost < 1e-18);
    }

    #[test]
    fn bounds_hold_and_a_hopeless_start_is_returned_unchanged() {
        let rows = |p: &[f64; 1], normal: &mut Normal<1>| normal.add(p[0] - 5.0, &[1.0]);
        let (point, _) = minimise([0.0], rows, |p| p[0] = p[0].min(2.0));
        assert_eq!(point, [2.0]);
        let (still, cost) = minimise(
            [3.0],
            |_: &[f64; 1], n| n.add(f64::NAN, &[f64::NAN]),
            |_| {},
        );
        assert_eq!(still, [3.0]);
        assert!(cost.is_nan());
    }
}
