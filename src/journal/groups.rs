//! By what campaigns are set beside each other, and which of them are looked at.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::summary::CampaignSummary;

/// Said where a campaign's journal does not name what it is grouped by.
pub const UNKNOWN: &str = "unknown";

/// The implied equity risk premium in the method's four ranges (METHOD section 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ErpBucket {
    /// Under 3 %.
    Under3,
    /// 3 % to under 4.5 %.
    From3,
    /// 4.5 % to 6 %, both included.
    From4_5,
    /// Above 6 %.
    Over6,
    /// Not known at any decision.
    Unknown,
}

impl ErpBucket {
    /// Every bucket, in order.
    pub const ALL: [Self; 5] = [
        Self::Under3,
        Self::From3,
        Self::From4_5,
        Self::Over6,
        Self::Unknown,
    ];

    /// Of a premium in percent.
    pub fn of(erp_pct: Option<f64>) -> Self {
        match erp_pct.filter(|erp| erp.is_finite()) {
            None => Self::Unknown,
            Some(erp) if erp < 3.0 => Self::Under3,
            Some(erp) if erp < 4.5 => Self::From3,
            Some(erp) if erp <= 6.0 => Self::From4_5,
            Some(_) => Self::Over6,
        }
    }

    /// Its name on the screen and in exports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Under3 => "ERP < 3 %",
            Self::From3 => "ERP 3–4.5 %",
            Self::From4_5 => "ERP 4.5–6 %",
            Self::Over6 => "ERP > 6 %",
            Self::Unknown => "ERP unknown",
        }
    }
}

/// By what campaigns are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GroupBy {
    /// Layers ever held, and the premium at the first decision that knew it.
    LayersAndErp,
    /// Regime at the first decision that named it.
    Regime,
    /// Rule pack and version.
    Pack,
    /// Tags; a campaign is in the group of each of its own.
    Tag,
    /// The plan that it follows.
    Setup,
}

impl GroupBy {
    /// Every way of grouping.
    pub const ALL: [Self; 5] = [
        Self::LayersAndErp,
        Self::Regime,
        Self::Pack,
        Self::Tag,
        Self::Setup,
    ];

    /// Its name on the screen and in exports.
    pub fn label(self) -> &'static str {
        match self {
            Self::LayersAndErp => "Layers × ERP",
            Self::Regime => "Regime",
            Self::Pack => "Pack",
            Self::Tag => "Tag",
            Self::Setup => "Setup",
        }
    }

    /// Campaigns by the name of their group, in the order of names.
    pub(super) fn groups<'a>(
        self,
        campaigns: &[&'a CampaignSummary],
    ) -> Vec<(String, Vec<&'a CampaignSummary>)> {
        match self {
            Self::LayersAndErp => by_layers(campaigns),
            Self::Regime => by_name(campaigns, |it| vec![it.regime().unwrap_or(UNKNOWN)]),
            Self::Pack => by_name(campaigns, |it| vec![it.pack.as_str()]),
            Self::Tag => by_name(campaigns, |it| it.tags.iter().map(String::as_str).collect()),
            Self::Setup => by_name(campaigns, |it| match it.setup.as_str() {
                "" => vec![UNKNOWN],
                setup => vec![setup],
            }),
        }
    }
}

fn by_name<'a>(
    campaigns: &[&'a CampaignSummary],
    names: impl Fn(&'a CampaignSummary) -> Vec<&'a str>,
) -> Vec<(String, Vec<&'a CampaignSummary>)> {
    let mut groups: BTreeMap<&str, Vec<&CampaignSummary>> = BTreeMap::new();
    for campaign in campaigns {
        for name in names(campaign) {
            groups.entry(name).or_default().push(campaign);
        }
    }
    let named = groups.into_iter();
    named.map(|(name, all)| (name.to_owned(), all)).collect()
}

fn by_layers<'a>(campaigns: &[&'a CampaignSummary]) -> Vec<(String, Vec<&'a CampaignSummary>)> {
    let mut groups: BTreeMap<([bool; 3], ErpBucket), Vec<&CampaignSummary>> = BTreeMap::new();
    for campaign in campaigns {
        let key = (campaign.layers, campaign.erp_bucket());
        groups.entry(key).or_default().push(campaign);
    }
    let name = |layers, erp: ErpBucket| format!("{}, {}", layers_label(layers), erp.label());
    (groups.into_iter())
        .map(|((layers, erp), all)| (name(layers, erp), all))
        .collect()
}

/// Layers in words: "First + Third", "No layers".
pub fn layers_label(layers: [bool; 3]) -> String {
    let held = ["First", "Second", "Third"].into_iter().zip(layers);
    let names: Vec<&str> = held
        .filter(|(_, held)| *held)
        .map(|(name, _)| name)
        .collect();
    if names.is_empty() {
        "No layers".to_owned()
    } else {
        names.join(" + ")
    }
}

/// Which campaigns are looked at; what is `None` leaves all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Closed on this day or later; of an open one the day that it was opened counts.
    pub from: Option<Date>,
    /// Closed on this day or earlier; of an open one the day that it was opened counts.
    pub to: Option<Date>,
    /// Has this tag.
    pub tag: Option<String>,
    /// Follows this plan.
    pub setup: Option<String>,
    /// Under this pack and version.
    pub pack: Option<String>,
    /// In this regime at the first decision that named one.
    pub regime: Option<String>,
    /// In this range of the premium.
    pub erp: Option<ErpBucket>,
    /// Exactly these layers were held.
    pub layers: Option<[bool; 3]>,
}

impl Filter {
    /// Whether a campaign is looked at.
    pub fn takes(&self, campaign: &CampaignSummary) -> bool {
        let day = campaign.closed.or(campaign.opened);
        let is = |wanted: &Option<String>, own: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| own == Some(wanted))
        };
        self.from
            .is_none_or(|from| day.is_some_and(|day| day >= from))
            && self.to.is_none_or(|to| day.is_some_and(|day| day <= to))
            && self
                .tag
                .as_ref()
                .is_none_or(|tag| campaign.tags.contains(tag))
            && is(&self.setup, Some(campaign.setup.as_str()))
            && is(&self.pack, Some(campaign.pack.as_str()))
            && is(&self.regime, campaign.regime())
            && self.erp.is_none_or(|erp| campaign.erp_bucket() == erp)
            && self.layers.is_none_or(|layers| campaign.layers == layers)
    }
}

impl CampaignSummary {
    /// Regime at the first decision that named it.
    pub fn regime(&self) -> Option<&str> {
        let mut decisions = self.decisions.iter();
        decisions.find_map(|decision| decision.regime.as_deref())
    }

    /// Range of the equity risk premium at the first decision that knew it.
    pub fn erp_bucket(&self) -> ErpBucket {
        let mut decisions = self.decisions.iter();
        ErpBucket::of(decisions.find_map(|decision| decision.erp_pct))
    }
}

#[cfg(test)]
mod tests {
    use super::super::review::tests::campaign;
    use super::*;

    #[test]
    fn ranges_of_the_premium_meet_without_a_gap() {
        let bucket = |erp| ErpBucket::of(Some(erp));
        assert_eq!(bucket(2.99), ErpBucket::Under3);
        assert_eq!([bucket(3.0), bucket(4.49)], [ErpBucket::From3; 2]);
        assert_eq!([bucket(4.5), bucket(6.0)], [ErpBucket::From4_5; 2]);
        assert_eq!(bucket(6.01), ErpBucket::Over6);
        assert_eq!(ErpBucket::of(None), ErpBucket::Unknown);
        assert_eq!(ErpBucket::of(Some(f64::NAN)), ErpBucket::Unknown);
    }

    #[test]
    fn a_filter_takes_what_meets_all_of_it() {
        let mut one = campaign(3, 100);
        one.tags = vec!["calm".to_owned()];
        let tag = |tag: &str| Filter {
            tag: Some(tag.to_owned()),
            ..Filter::default()
        };
        assert!(Filter::default().takes(&one) && tag("calm").takes(&one));
        assert!(!tag("wild").takes(&one));
        let late = Filter {
            from: one.closed.and_then(|day| day.tomorrow().ok()),
            ..tag("calm")
        };
        assert!(!late.takes(&one));
    }

    #[test]
    fn a_campaign_is_in_the_group_of_each_of_its_tags() {
        let (mut one, mut two) = (campaign(1, 1), campaign(2, 2));
        one.tags = vec!["a".to_owned(), "b".to_owned()];
        two.tags = vec!["b".to_owned()];
        let groups = GroupBy::Tag.groups(&[&one, &two]);
        let sizes: Vec<(&str, usize)> = (groups.iter())
            .map(|(name, all)| (name.as_str(), all.len()))
            .collect();
        assert_eq!(sizes, [("a", 1), ("b", 2)]);
        assert_eq!(layers_label([true, false, true]), "First + Third");
        assert_eq!(layers_label([false; 3]), "No layers");
    }
}
