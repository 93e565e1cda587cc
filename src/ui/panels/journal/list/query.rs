//! What is typed into the filter of the campaigns: words, and terms such as `tag:condor since:2025`.

use jiff::civil::Date;

use crate::journal::{CampaignSummary, IndexRow};

/// What the filter understands, for its tooltip.
pub(super) const HELP: &str = "Words of name, setup and tags, and terms: tag:condor  pack:alvh  since:2025  \
                               until:2026-06  open  closed  win  loss\nA campaign must meet all of them; Esc shows all again";

/// One thing that a campaign must meet.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    /// Name, setup, tags or file hold the word.
    Word(String),
    /// A tag begins with it.
    Tag(String),
    /// The pack is of that name.
    Pack(String),
    /// Opened on that day or later.
    Since(Date),
    /// Opened on that day or before.
    Until(Date),
    /// Something is held.
    Open,
    /// Nothing is held any more.
    Closed,
    /// It made money.
    Win,
    /// It lost money.
    Loss,
}

/// A filter as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    terms: Vec<Term>,
    /// What was not understood, as it was typed.
    pub unknown: Vec<String>,
}

impl Query {
    /// Reads a filter.
    pub(super) fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for word in text.split_whitespace() {
            match term(word) {
                Some(term) => query.terms.push(term),
                None => query.unknown.push(word.to_owned()),
            }
        }
        query
    }

    /// Whether a campaign meets every term; `words` are those of the row. Of a file that cannot be read only its name
    /// is known.
    pub(super) fn meets(&self, row: &IndexRow, words: &str) -> bool {
        self.terms.iter().all(|term| match &row.campaign {
            Ok(campaign) => meets(term, campaign, words),
            Err(_) => matches!(term, Term::Word(word) if words.contains(word)),
        })
    }
}

/// What words are looked for in: name, setup, tags and file, lower case.
pub(super) fn words(row: &IndexRow) -> String {
    let mut words = row.file.to_lowercase();
    if let Ok(campaign) = &row.campaign {
        let own = [&campaign.name, &campaign.setup].into_iter();
        for text in own.chain(&campaign.tags) {
            words.push('\n');
            words.push_str(&text.to_lowercase());
        }
    }
    words
}

fn term(word: &str) -> Option<Term> {
    let lower = word.to_lowercase();
    let Some((key, value)) = lower.split_once(':') else {
        return Some(match lower.as_str() {
            "open" => Term::Open,
            "closed" => Term::Closed,
            "win" => Term::Win,
            "loss" => Term::Loss,
            _ => Term::Word(lower),
        });
    };
    let value = Some(value).filter(|value| !value.is_empty())?;
    match key {
        "tag" => Some(Term::Tag(value.to_owned())),
        "pack" => Some(Term::Pack(value.to_owned())),
        "since" => span(value).map(|(first, _)| Term::Since(first)),
        "until" => span(value).map(|(_, last)| Term::Until(last)),
        _ => None,
    }
}

/// The first and the last day of a year, a month or a day.
fn span(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.split('-');
    let year: i16 = parts.next()?.parse().ok().filter(|year| *year >= 1000)?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let number = |text: &str| text.parse::<i8>().ok();
    match (month, day) {
        (None, _) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        (Some(month), None) => {
            let first = Date::new(year, number(month)?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (Some(month), Some(day)) => {
            let day = Date::new(year, number(month)?, number(day)?).ok()?;
            Some((day, day))
        }
    }
}

fn meets(term: &Term, campaign: &CampaignSummary, words: &str) -> bool {
    match term {
        Term::Word(word) => words.contains(word),
        Term::Tag(tag) => (campaign.tags.iter()).any(|own| own.to_lowercase().starts_with(tag)),
        Term::Pack(pack) => campaign.pack.to_lowercase().starts_with(pack),
        Term::Since(day) => campaign.opened.is_some_and(|opened| opened >= *day),
        Term::Until(day) => campaign.opened.is_some_and(|opened| opened <= *day),
        Term::Open => campaign.is_open(),
        Term::Closed => campaign.closed.is_some(),
        Term::Win => campaign.profit_cents > 0,
        Term::Loss => campaign.profit_cents < 0,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::document::campaign_from_ron;
    use crate::journal::CampaignReview;

    fn summary() -> CampaignSummary {
        let text = include_str!("../../../../../assets/samples/condor.ron");
        let campaign = campaign_from_ron(text).expect("the sample reads");
        CampaignSummary {
            tags: vec!["Condor".to_owned(), "CPI".to_owned()],
            ..CampaignReview::of(&campaign).summary
        }
    }

    fn found(text: &str) -> bool {
        let query = Query::parse(text);
        assert_eq!(query.unknown, Vec::<String>::new(), "{text}");
        let campaign = summary();
        query
            .terms
            .iter()
            .all(|term| meets(term, &campaign, "spx-jan.ron\nspx january condor"))
    }

    #[test]
    fn words_and_terms_must_all_be_met() {
        assert!(found(""));
        assert!(found("january condor"));
        assert!(found(
            "tag:cond tag:cpi since:2025 until:2026-11 open pack:alvh"
        ));
        assert!(!found("january weekly"));
        assert!(!found("tag:fomc"));
        assert!(!found("closed"));
        assert!(!found("pack:other"));
        assert!(!found("since:2026-12") && !found("until:2025"));
        assert!(found("since:2026-11-23 until:2026-11-23"));
        assert!(
            found("loss") != found("win"),
            "fees are a loss, or marks a win"
        );
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let query = Query::parse("tag: since:soon foo:bar until:2026-13 condor");
        assert_eq!(
            query.unknown,
            ["tag:", "since:soon", "foo:bar", "until:2026-13"]
        );
        assert_eq!(query.terms, [Term::Word("condor".to_owned())]);
    }

    #[test]
    fn dates_are_years_months_or_days() {
        let both = |first, last| Some((first, last));
        assert_eq!(span("2026"), both(date(2026, 1, 1), date(2026, 12, 31)));
        assert_eq!(span("2026-2"), both(date(2026, 2, 1), date(2026, 2, 28)));
        assert_eq!(span("2026-06-05"), both(date(2026, 6, 5), date(2026, 6, 5)));
        for wrong in ["26", "2026-", "2026-06-31", "2026-06-05-1", "x"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }
}
