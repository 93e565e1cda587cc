//! The journal's store: ten thousand campaigns listed from a warm index and filtered, and one large campaign opened and
//! worked through.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may stop at the first surprise"
)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::SignedDuration;
use palisade::document::journal::{Moment, MomentId, MomentSource};
use palisade::document::{Campaign, campaign_from_ron, campaign_to_ron};
use palisade::instrument::EntryId;
use palisade::journal::{CampaignReview, IndexFiles, IndexRow, JournalIndex};
use palisade::market::{Chain, ChainExpiry};

/// Campaigns of the folder.
const CAMPAIGNS: usize = 10_000;
/// Days with marks of the large campaign.
const MOMENTS: u64 = 60;
/// Decisions of the large campaign.
const DECISIONS: u64 = 10;
/// Strikes of an expiry of its chain.
const STRIKES: usize = 150;

/// The golden campaign held for sixty days, marked on each, decided on every sixth, with one large chain.
fn large() -> Campaign {
    let text = include_str!("../tests/golden/campaigns/v2.ron");
    let mut campaign = campaign_from_ron(text).unwrap();
    let first = campaign.marks.as_of;
    let chain = campaign.marks.chain.clone().unwrap();
    let quotes = |expiry: &ChainExpiry| ChainExpiry {
        quotes: (0..STRIKES)
            .map(|at| {
                let strike = 4500.0 + 15.0 * at as f64;
                (strike, 0.15 + 2e-5 * (6000.0 - strike).abs())
            })
            .collect(),
        ..expiry.clone()
    };
    let chain = Arc::new(Chain {
        expiries: chain.expiries.iter().map(quotes).collect(),
        ..(*chain).clone()
    });
    campaign.marks.chain = None;
    let journal = Arc::make_mut(&mut campaign.journal);
    let decided = journal
        .entries
        .iter()
        .find(|entry| entry.decision.is_some())
        .cloned()
        .unwrap();
    journal.chains = vec![chain];
    journal.moments.clear();
    journal.entries.retain(|entry| entry.decision.is_none());
    for day in 0..MOMENTS {
        let at = first + SignedDuration::from_hours(24 * day.cast_signed());
        let mut marks = campaign.marks.clone();
        marks.as_of = at;
        marks.spx += 10.0 * (day as f64 * 0.7).sin();
        marks.vix += (day as f64 * 0.4).cos();
        let id = MomentId(1000 + day);
        journal.moments.push(Moment {
            id,
            source: MomentSource::Entered,
            marks,
            chain: (day == 0).then_some(0),
        });
        if day % (MOMENTS / DECISIONS) == 0 {
            let mut entry = decided.clone();
            entry.id = EntryId(2000 + day);
            entry.at = at.to_zoned(palisade::calendar::new_york()).datetime();
            entry.decision = entry.decision.map(|record| {
                let mut record = (*record).clone();
                record.moment = id;
                Arc::new(record)
            });
            journal.entries.push(entry);
        }
    }
    campaign.marks.as_of = first + SignedDuration::from_hours(24 * MOMENTS.cast_signed());
    campaign.next_id = 5000;
    campaign.validate().unwrap();
    campaign
}

/// A folder of campaigns and the index of them.
fn folder(campaign: &Campaign, root: &Path) {
    let summary = CampaignReview::of(campaign).summary;
    let small = Campaign::new("small", campaign.created, campaign.marks.clone());
    let text = campaign_to_ron(&small).unwrap();
    let index = IndexFiles::within(root);
    fs::create_dir(root.join("campaigns")).unwrap();
    for number in 0..CAMPAIGNS {
        let path = root.join("campaigns").join(format!("{number:05}.ron"));
        fs::write(&path, &text).unwrap();
        let mut summary = summary.clone();
        summary.name = format!("Campaign {number}");
        summary.tags = vec![["summer", "FOMC", "CPI"][number % 3].to_owned()];
        let row = IndexRow::saved(&path, &small, summary).unwrap().unwrap();
        index.append(&row).unwrap();
    }
}

fn listing(c: &mut Criterion) {
    let root = tempfile::tempdir().unwrap();
    folder(&large(), root.path());
    let index = IndexFiles::within(root.path());
    let campaigns = root.path().join("campaigns");
    let stop = AtomicBool::new(false);
    let list = || {
        let mut rows = JournalIndex::load(&index);
        let done = rows.refresh(&campaigns, &stop, &mut |_, _| {}).unwrap();
        assert_eq!((done.read, rows.rows.len()), (0, CAMPAIGNS));
        rows
    };
    let mut group = c.benchmark_group("journal, 10,000 campaigns");
    group.sample_size(10);
    group.bench_function("list from a warm index", |b| b.iter(list));
    group.bench_function("of that, reading the index", |b| {
        b.iter(|| JournalIndex::load(&index));
    });
    group.bench_function("days and decisions of all, for a review", |b| {
        b.iter_batched(
            list,
            |mut rows| {
                let read = rows.fill(&index, &campaigns, &stop, &mut |_, _| {});
                assert_eq!((read, rows.is_whole), (0, true));
                rows
            },
            BatchSize::LargeInput,
        );
    });
    let rows = list().rows;
    group.bench_function("filter by word and tag, sort by profit", |b| {
        b.iter(|| {
            let wanted = |row: &&IndexRow| {
                let summary = row.campaign.as_ref().ok();
                summary.is_some_and(|summary| {
                    summary.name.to_lowercase().contains("campaign 7")
                        && summary.tags.iter().any(|tag| tag == "summer")
                })
            };
            let mut found: Vec<&IndexRow> = rows.iter().filter(wanted).collect();
            found.sort_by_key(|row| row.campaign.as_ref().map_or(0, |it| it.profit_cents));
            black_box(found.len())
        });
    });
    group.finish();
}

fn opening(c: &mut Criterion) {
    let campaign = large();
    let text = campaign_to_ron(&campaign).unwrap();
    let mut group = c.benchmark_group("journal, 60 days, 10 decisions, a chain");
    group.sample_size(10);
    group.bench_function("open", |b| {
        b.iter(|| campaign_from_ron(black_box(&text)).unwrap());
    });
    group.bench_function("write", |b| b.iter(|| campaign_to_ron(&campaign).unwrap()));
    group.bench_function("work through", |b| {
        b.iter(|| CampaignReview::of(black_box(&campaign)));
    });
    group.finish();
}

criterion_group!(benches, listing, opening);
criterion_main!(benches);
