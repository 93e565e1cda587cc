//! Speed of a whole decision on the sample campaign: 10,000 paths of 21 trading days, every choice.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may stop at the first surprise"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use palisade::decision::{DecisionInputs, DecisionParams, decide};
use palisade::document::{Account, campaign_from_ron};
use palisade::fact::{AssumedMarks, BookInputs, FactInputs, Facts};
use palisade::policy::RulePack;
use palisade::risk::simulation::{RunControl, Simulation, SimulationSpec};
use palisade::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

fn decision(criterion: &mut Criterion) {
    let campaign = campaign_from_ron(include_str!("../assets/samples/condor.ron")).unwrap();
    let (pack, account) = (RulePack::alvh(), Account::default());
    let inputs = Inputs {
        pack,
        account: &account,
        slopes: Err(VegaSlopesError::NoHistory),
    };
    let valuation = Valuation::of(&campaign, inputs, &mut MarketCache::default());
    let book = BookInputs {
        campaign: &campaign,
        valuation: &valuation,
        account: &account,
        assumed: AssumedMarks::default(),
    };
    let facts = Facts::gather(&FactInputs::of_book(book, None));
    let inputs = DecisionInputs {
        campaign: &campaign,
        valuation: &valuation,
        pack,
        account: &account,
        facts: &facts,
        params: DecisionParams::of(pack),
    };
    let mut group = criterion.benchmark_group("decision");
    group.sample_size(10);
    group.bench_function("whole", |bencher| {
        bencher.iter(|| decide(black_box(&inputs), &RunControl::default()).unwrap());
    });
    let spec = SimulationSpec::new(21, 0.065);
    let origin = valuation.book.origin();
    group.bench_function("paths", |bencher| {
        bencher.iter(|| Simulation::run(black_box(spec), origin));
    });
    group.finish();
}

criterion_group!(benches, decision);
criterion_main!(benches);
