//! What belongs to the account rather than to one campaign, and the list of files opened last.

use std::path::{Path, PathBuf};

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fault::{Fault, within};

/// Files that the list of recent ones keeps.
const MAX_RECENT: usize = 12;
/// Largest sum, in dollars, that is not a typing error.
const MAX_USD: f64 = 1e12;

/// One payment for hedges, or one receipt from them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HedgeSpend {
    /// Name of the campaign that paid.
    pub campaign: String,
    /// New York day of the payment.
    pub on: Date,
    /// Dollars, positive when paid, negative when received.
    pub spend_usd: f64,
}

/// The account that all campaigns share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Format of the file.
    pub schema: u32,
    /// Equity in dollars, above 0; none until the trader enters it.
    #[serde(default)]
    pub equity_usd: Option<f64>,
    /// Payments for hedges across campaigns.
    #[serde(default)]
    pub hedge_spend: Vec<HedgeSpend>,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            schema: 1,
            equity_usd: None,
            hedge_spend: Vec::new(),
        }
    }
}

impl Account {
    /// Checks every number.
    ///
    /// # Errors
    /// The first that is absurd or not a number.
    pub fn validate(&self) -> Result<(), Fault> {
        if let Some(equity) = self.equity_usd {
            within("equity_usd", equity, [1.0, MAX_USD], "dollars")?;
        }
        for (index, entry) in self.hedge_spend.iter().enumerate() {
            let path = format!("hedge_spend[{index}].spend_usd");
            within(&path, entry.spend_usd, [-MAX_USD, MAX_USD], "dollars")?;
        }
        Ok(())
    }

    /// Replaces what is known of a campaign's hedge payments; telling the same twice changes nothing.
    pub fn set_campaign_spend(
        &mut self,
        campaign: &str,
        payments: impl IntoIterator<Item = (Date, f64)>,
    ) {
        self.hedge_spend.retain(|entry| entry.campaign != campaign);
        let entries = payments.into_iter().map(|(on, spend_usd)| HedgeSpend {
            campaign: campaign.to_owned(),
            on,
            spend_usd,
        });
        self.hedge_spend.extend(entries);
        self.hedge_spend.sort_by_key(|entry| entry.on);
    }

    /// Dollars spent on hedges in the twelve months up to and including `as_of`, receipts taken off.
    pub fn trailing_hedge_spend_usd(&self, as_of: Date) -> f64 {
        let from = as_of.saturating_sub(1.year());
        self.hedge_spend
            .iter()
            .filter(|entry| entry.on > from && entry.on <= as_of)
            .map(|entry| entry.spend_usd)
            .sum()
    }
}

/// Files opened last, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recent {
    /// Format of the file.
    pub schema: u32,
    /// The files.
    #[serde(default)]
    pub files: Vec<PathBuf>,
}

impl Default for Recent {
    fn default() -> Self {
        Self {
            schema: 1,
            files: Vec::new(),
        }
    }
}

impl Recent {
    /// Puts a file first; the list keeps the last twelve.
    pub fn push(&mut self, file: &Path) {
        self.files.retain(|known| known != file);
        self.files.insert(0, file.to_owned());
        self.files.truncate(MAX_RECENT);
    }

    /// Takes a file off the list, such as one that is gone.
    pub fn remove(&mut self, file: &Path) {
        self.files.retain(|known| known != file);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use super::{Account, Recent};

    #[test]
    fn spend_trails_twelve_months_and_counts_once() {
        let mut account = Account::default();
        let payments = [
            (date(2025, 6, 24), 900.0),
            (date(2025, 6, 25), 100.0),
            (date(2026, 6, 24), 50.0),
            (date(2026, 6, 25), 7.0),
        ];
        for _ in 0..2 {
            account.set_campaign_spend("July", payments);
        }
        account.set_campaign_spend("August", [(date(2026, 1, 2), -30.0)]);
        assert_eq!(account.trailing_hedge_spend_usd(date(2026, 6, 24)), 120.0);
        account.set_campaign_spend("July", []);
        assert_eq!(account.trailing_hedge_spend_usd(date(2026, 6, 24)), -30.0);
    }

    #[test]
    fn bad_numbers_are_refused() {
        for bad in [0.0, -5.0, f64::NAN, f64::INFINITY] {
            let account = Account {
                equity_usd: Some(bad),
                ..Account::default()
            };
            assert_eq!(account.validate().expect_err("equity").path, "equity_usd");
        }
        let mut account = Account::default();
        account.set_campaign_spend("July", [(date(2026, 1, 2), f64::NAN)]);
        account.validate().expect_err("spend");
    }

    #[test]
    fn recent_files_come_newest_first_without_repeats() {
        let mut recent = Recent::default();
        for number in 0..20 {
            recent.push(Path::new(&format!("/c/{number}.ron")));
        }
        recent.push(Path::new("/c/15.ron"));
        assert_eq!(recent.files.len(), 12);
        assert_eq!(recent.files[0], Path::new("/c/15.ron"));
        recent.remove(Path::new("/c/15.ron"));
        assert!(!recent.files.contains(&"/c/15.ron".into()));
    }
}
