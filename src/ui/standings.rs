//! The stances that stand, kept between starts by the campaign's file: what waits for its second evaluation
//! goes on waiting, and a restart in between shows nothing sooner.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::decision::Standing;

/// Most campaigns whose stance is kept; the one judged longest ago goes first.
pub const MAX_STANDINGS: usize = 40;

/// The stances kept, the campaign judged last at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standings(Vec<(PathBuf, Standing)>);

impl Standings {
    /// What stood in the campaign of that file.
    pub fn of(&self, file: &Path) -> Option<Standing> {
        let found = self.0.iter().find(|(kept, _)| kept == file);
        found.map(|(_, standing)| *standing)
    }

    /// Keeps what stands in the campaign of that file.
    pub fn keep(&mut self, file: &Path, standing: Standing) {
        if let Some((last, held)) = self.0.last_mut()
            && last == file
        {
            *held = standing;
            return;
        }
        self.0.retain(|(kept, _)| kept != file);
        self.0.push((file.to_owned(), standing));
        let surplus = self.0.len().saturating_sub(MAX_STANDINGS);
        self.0.drain(..surplus);
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{MAX_STANDINGS, Standings};
    use crate::decision::{EvaluationStamp, Standing};
    use crate::rule::Stance;

    fn standing(decided: u64) -> Standing {
        let stamp = EvaluationStamp {
            as_of: "2026-11-23T20:00:00Z".parse().expect("an instant"),
            decided,
        };
        Standing::after(None, Stance::Hold, None, stamp, 2)
    }

    #[test]
    fn stances_are_kept_by_file_and_the_oldest_go() {
        let file = |number: usize| PathBuf::from(format!("{number}.ron"));
        let mut kept = Standings::default();
        for number in 0..MAX_STANDINGS {
            kept.keep(&file(number), standing(1));
        }
        kept.keep(&file(0), standing(2));
        kept.keep(&file(MAX_STANDINGS), standing(3));
        assert_eq!(kept.of(&file(0)), Some(standing(2)));
        assert_eq!(kept.of(&file(1)), None, "judged longest ago");
        assert_eq!(kept.of(&file(MAX_STANDINGS)), Some(standing(3)));
        let text = ron::to_string(&kept).expect("text");
        assert_eq!(ron::from_str(&text).as_ref(), Ok(&kept));
    }
}
