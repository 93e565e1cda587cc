//! Advance–decline line: the running sum of advancing less declining issues.

/// Issues of one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breadth {
    /// Issues that rose.
    pub advances: f64,
    /// Issues that fell.
    pub declines: f64,
}

/// The running line. Its level depends on where it started; only its changes mean anything.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AdLine {
    sum: f64,
}

impl AdLine {
    /// A line that goes on from a level.
    pub fn starting_at(level: f64) -> Self {
        Self { sum: level }
    }

    /// Takes a day; gives the line after it, in issues. A day without figures gives `None` and is passed over.
    pub fn push(&mut self, day: Breadth) -> Option<f64> {
        let net = day.advances - day.declines;
        net.is_finite().then(|| {
            self.sum += net;
            self.sum
        })
    }
}

/// The line along days, from 0.
pub fn ad_line(days: &[Breadth]) -> Vec<Option<f64>> {
    let mut line = AdLine::default();
    days.iter().map(|&day| line.push(day)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_passes_gaps_over() {
        let day = |advances, declines| Breadth { advances, declines };
        let days = [day(10.0, 4.0), day(f64::NAN, 2.0), day(1.0, 9.0)];
        assert_eq!(ad_line(&days), [Some(6.0), None, Some(-2.0)]);
        let mut later = AdLine::starting_at(100.0);
        assert_eq!(later.push(day(0.0, 1.0)), Some(99.0));
    }
}
