//! Speed of what the desk does most, each beside the plain way of doing it.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may stop at the first surprise"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use blackscholes::{Greeks as _, Inputs, OptionType, Pricing as _};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use implied_vol::{DefaultSpecialFn, ImpliedBlackVolatility};
use palisade::import::LibraryLoader;
use palisade::indicator::extremes;
use palisade::pricing::{
    BatchInput, BlackInput, GreeksColumns, PriceLine, Quote, Right, SpotInput, SpotLine,
    black76_price, bsm, bsm_batch, implied_vol,
};
use palisade::signal::Timeline;

/// Options in the price benchmark.
const COUNT: usize = 4096;
/// Spots of a payoff diagram.
const SPOTS: usize = 401;

/// Numbers in [0, 1) that repeat from run to run (Weyl sequence on the golden ratio).
fn spread(index: usize, salt: f64) -> f64 {
    ((index as f64 + 1.0) * 0.618_033_988_749_894_9 + salt).fract()
}

/// A chain's worth of SPX options: 0.7 to 1.3 of spot, a day to a year, 8 to 60 % vol.
fn chain() -> Vec<SpotInput> {
    let option = |i: usize| SpotInput {
        right: if i.is_multiple_of(2) {
            Right::Call
        } else {
            Right::Put
        },
        spot: 6000.0,
        strike: 6000.0 * (0.7 + 0.6 * spread(i, 0.0)),
        years: 0.003 + spread(i, 0.31),
        rate: 0.043,
        dividend: 0.013,
        vol: 0.08 + 0.52 * spread(i, 0.77),
    };
    (0..COUNT).map(option).collect()
}

/// Price and eight Greeks the textbook way: system `ln` and `exp`, `erfc` for the distribution.
fn libm_price_and_greeks(o: &SpotInput) -> [f64; 9] {
    let cdf = |x: f64| 0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2);
    let w = o.right.sign();
    let (t, root) = (o.years, o.years.sqrt());
    let (dq, dr) = ((-o.dividend * t).exp(), (-o.rate * t).exp());
    let b = o.rate - o.dividend;
    let s = o.vol * root;
    let d1 = ((o.spot / o.strike).ln() + b * t) / s + 0.5 * s;
    let d2 = d1 - s;
    let (n1, n2) = (cdf(w * d1), cdf(w * d2));
    let density = 0.398_942_280_401_432_7 * (-0.5 * d1 * d1).exp();
    let (asset, cash) = (o.spot * dq * n1, o.strike * dr * n2);
    let vega = o.spot * dq * density * root;
    [
        w * (asset - cash),
        w * dq * n1,
        dq * density / (o.spot * s),
        vega,
        w * (o.dividend * asset - o.rate * cash) - 0.5 * vega * o.vol / t,
        w * t * cash,
        -dq * density * d2 / o.vol,
        vega * d1 * d2 / o.vol,
        w * o.dividend * dq * n1 - dq * density * (b / s - d2 / (2.0 * t)),
    ]
}

/// The chain as columns.
struct Columns([Vec<f64>; 7]);

impl Columns {
    fn of(chain: &[SpotInput]) -> Self {
        let column = |f: fn(&SpotInput) -> f64| chain.iter().map(f).collect::<Vec<f64>>();
        Self([
            column(|o| o.right.sign()),
            column(|o| o.spot),
            column(|o| o.strike),
            column(|o| o.years),
            column(|o| o.rate),
            column(|o| o.dividend),
            column(|o| o.vol),
        ])
    }

    fn input(&self) -> BatchInput<'_> {
        let [right_sign, underlying, strike, years, rate, dividend, vol] = &self.0;
        BatchInput {
            right_sign,
            underlying,
            strike,
            years,
            rate,
            dividend,
            vol,
        }
    }
}

fn price_and_greeks(c: &mut Criterion) {
    let chain = chain();
    let columns = Columns::of(&chain);
    let mut out = GreeksColumns::zeros(COUNT);
    let mut group = c.benchmark_group("price_and_greeks");
    group.throughput(Throughput::Elements(COUNT as u64));
    group.bench_function("batch", |b| {
        b.iter(|| bsm_batch(black_box(&columns.input()), &mut out).unwrap());
    });
    group.bench_function("scalar", |b| {
        b.iter(|| {
            for option in &chain {
                black_box(bsm(black_box(option)));
            }
        });
    });
    group.bench_function("libm_scalar", |b| {
        b.iter(|| {
            for option in &chain {
                black_box(libm_price_and_greeks(black_box(option)));
            }
        });
    });
    peer_greeks(&mut group, &chain);
    group.finish();
}

/// The crate `blackscholes`, in single precision as it comes.
fn peer_greeks(group: &mut BenchmarkGroup<'_, WallTime>, chain: &[SpotInput]) {
    let peer = |o: &SpotInput| Inputs {
        option_type: if o.right == Right::Call {
            OptionType::Call
        } else {
            OptionType::Put
        },
        s: o.spot as f32,
        k: o.strike as f32,
        p: None,
        r: o.rate as f32,
        q: o.dividend as f32,
        t: o.years as f32,
        sigma: Some(o.vol as f32),
    };
    let peers: Vec<Inputs> = chain.iter().map(peer).collect();
    group.bench_function("blackscholes_crate", |b| {
        b.iter(|| {
            for o in &peers {
                black_box(o.calc_price().unwrap());
                black_box((o.calc_delta().unwrap(), o.calc_gamma().unwrap()));
                black_box((o.calc_vega().unwrap(), o.calc_theta().unwrap()));
                black_box((o.calc_rho().unwrap(), o.calc_vanna().unwrap()));
                black_box((o.calc_vomma().unwrap(), o.calc_charm().unwrap()));
            }
        });
    });
}

/// One option across the spots of a diagram, forward and vol changing from spot to spot.
fn line(c: &mut Criterion) {
    let forward: Vec<f64> = (0..SPOTS).map(|i| 4800.0 + 6.0 * i as f64).collect();
    let vol: Vec<f64> = forward
        .iter()
        .map(|f| 0.18 - 0.25 * (f / 6000.0).ln())
        .collect();
    let prices = PriceLine {
        right: Right::Put,
        strike: 5640.0,
        years: 0.12,
        discount: 0.995,
    };
    let greeks = SpotLine {
        right: Right::Put,
        strike: 5640.0,
        years: 0.12,
        rate: 0.043,
        dividend: 0.013,
    };
    let mut out = vec![0.0; SPOTS];
    let mut columns = GreeksColumns::zeros(SPOTS);
    let mut group = c.benchmark_group("line");
    group.throughput(Throughput::Elements(SPOTS as u64));
    group.bench_function("price_slice", |b| {
        b.iter(|| {
            prices
                .price_slice(black_box(&forward), black_box(&vol), &mut out)
                .unwrap();
        });
    });
    group.bench_function("greeks_slice", |b| {
        b.iter(|| {
            greeks
                .greeks_slice(black_box(&forward), black_box(&vol), &mut columns)
                .unwrap();
        });
    });
    group.finish();
}

/// A condor's value at 200 spots on 10 dates: 8,000 prices, to be ready in 0.25 ms.
fn surface(c: &mut Criterion) {
    const LEGS: [(Right, f64, f64); 4] = [
        (Right::Put, 5590.0, 1.0),
        (Right::Put, 5640.0, -1.0),
        (Right::Call, 6305.0, -1.0),
        (Right::Call, 6355.0, 1.0),
    ];
    let forward: Vec<f64> = (0..200).map(|i| 5000.0 + 10.0 * f64::from(i)).collect();
    let vol: Vec<f64> = forward
        .iter()
        .map(|f| 0.18 - 0.25 * (f / 6000.0).ln())
        .collect();
    let (mut leg, mut total) = (vec![0.0; 200], vec![0.0; 200]);
    let mut group = c.benchmark_group("surface");
    group.throughput(Throughput::Elements(8000));
    group.bench_function("condor_200_spots_10_dates", |b| {
        b.iter(|| {
            for date in 0..10 {
                let years = f64::from(45 - 4 * date) / 365.0;
                total.fill(0.0);
                for (right, strike, quantity) in LEGS {
                    let line = PriceLine {
                        right,
                        strike,
                        years,
                        discount: 0.995,
                    };
                    line.price_slice(black_box(&forward), black_box(&vol), &mut leg)
                        .unwrap();
                    total
                        .iter_mut()
                        .zip(&leg)
                        .for_each(|(sum, leg)| *sum += quantity * leg);
                }
                black_box(&mut total);
            }
        });
    });
    group.finish();
}

/// The chain's quotes that carry a vol.
fn quotes() -> Vec<Quote> {
    let quote = |o: &SpotInput| {
        let discount = (-o.rate * o.years).exp();
        let SpotInput {
            right,
            strike,
            vol,
            years,
            ..
        } = *o;
        let option = BlackInput {
            right,
            forward: o.forward(),
            strike,
            vol,
            years,
            discount,
        };
        let price = black76_price(&option);
        Quote {
            right,
            forward: option.forward,
            strike,
            years,
            discount,
            price,
        }
    };
    let all = chain();
    all.iter()
        .map(quote)
        .filter(|quote| implied_vol(quote).is_ok())
        .collect()
}

/// Vol from price, checked and classed, beside the bare solver underneath.
fn implied_vols(c: &mut Criterion) {
    let quotes = quotes();
    let mut group = c.benchmark_group("implied_vol");
    group.throughput(Throughput::Elements(quotes.len() as u64));
    group.bench_function("checked", |b| {
        b.iter(|| {
            for quote in &quotes {
                black_box(implied_vol(black_box(quote)).unwrap());
            }
        });
    });
    group.bench_function("implied_vol_crate", |b| {
        b.iter(|| {
            for quote in &quotes {
                let solver = ImpliedBlackVolatility::builder()
                    .forward(quote.forward)
                    .strike(quote.strike)
                    .expiry(quote.years)
                    .is_call(quote.right == Right::Call)
                    .option_price(quote.price / quote.discount)
                    .build();
                black_box(
                    black_box(solver)
                        .unwrap()
                        .calculate::<DefaultSpecialFn>()
                        .unwrap(),
                );
            }
        });
    });
    group.finish();
}

/// Everything that a drag of a strike computes: the sample book's valuation with its crash table and
/// presets, eight lines ahead on 401 prices, and the Greek lines.
fn valuation(c: &mut Criterion) {
    let campaign = palisade::app::sample_campaign();
    let account = palisade::document::Account::default();
    let inputs = palisade::valuation::Inputs {
        pack: palisade::policy::RulePack::alvh(),
        account: &account,
        slopes: Err(palisade::risk::vega_slopes::VegaSlopesError::NoHistory),
    };
    let mut cache = palisade::valuation::MarketCache::default();
    let workspace = palisade::ui::Workspace {
        days_ahead: vec![5, 10, 15, 20, 25, 30, 35, 40],
        ..palisade::ui::Workspace::default()
    };
    let valued = palisade::valuation::Valuation::of(&campaign, inputs, &mut cache);
    let curves = workspace.curve_request(&valued);
    let greeks = workspace.greek_request(&valued);
    let mut group = c.benchmark_group("valuation");
    group.bench_function("book_and_crash_table", |b| {
        b.iter(|| {
            black_box(palisade::valuation::Valuation::of(
                black_box(&campaign),
                inputs,
                &mut cache,
            ))
        });
    });
    group.bench_function("payoff_lines", |b| {
        b.iter(|| black_box(valued.curves(black_box(&curves))));
    });
    group.bench_function("greek_lines", |b| {
        b.iter(|| {
            black_box(palisade::valuation::GreekCurves::of(
                &valued,
                black_box(&greeks),
            ))
        });
    });
    group.bench_function("all_of_a_drag", |b| {
        b.iter(|| {
            let valued =
                palisade::valuation::Valuation::of(black_box(&campaign), inputs, &mut cache);
            let lines = valued.curves(&curves);
            let greeks = palisade::valuation::GreekCurves::of(&valued, &greeks);
            black_box((valued, lines, greeks))
        });
    });
    group.bench_function("market_resolved_anew", |b| {
        b.iter(|| {
            let mut cold = palisade::valuation::MarketCache::default();
            black_box(palisade::valuation::Valuation::of(
                black_box(&campaign),
                inputs,
                &mut cold,
            ))
        });
    });
    group.finish();
}

/// The joint map of a condor and ten VIX legs at 61 × 41 nodes, ahead of today: all of it, after a strike
/// moved, and when nothing changed.
fn joint_map(c: &mut Criterion) {
    use palisade::risk::book::LegModel;
    use palisade::risk::joint_map::{JointMap, JointMapCache, JointMapRequest};

    let campaign = palisade::app::sample_campaign();
    let account = palisade::document::Account::default();
    let inputs = palisade::valuation::Inputs {
        pack: palisade::policy::RulePack::alvh(),
        account: &account,
        slopes: Err(palisade::risk::vega_slopes::VegaSlopesError::NoHistory),
    };
    let mut market = palisade::valuation::MarketCache::default();
    let mut book = palisade::valuation::Valuation::of(&campaign, inputs, &mut market).book;
    let vix_legs: Vec<_> = book
        .legs
        .iter()
        .filter(|leg| matches!(leg.model, LegModel::Vix(_)))
        .cloned()
        .collect();
    for index in 0.. {
        if book.legs.len() >= 14 || vix_legs.is_empty() {
            break;
        }
        let mut leg = vix_legs[index % vix_legs.len()].clone();
        if let LegModel::Vix(vix) = &mut leg.model
            && let Some(terms) = &mut vix.option
        {
            terms.strike += 1.0 + index as f64;
        }
        book.legs.push(leg);
    }
    let request = JointMapRequest::around(&book, (-14.0, 8.0), 7);
    let mut group = c.benchmark_group("joint_map");
    group.throughput(Throughput::Elements((61 * 41 * book.legs.len()) as u64));
    group.bench_function("14_legs_all", |b| {
        b.iter(|| JointMap::of(black_box(&book), &request, &mut JointMapCache::default()).unwrap());
    });
    let mut other = book.clone();
    if let LegModel::Spx(option) = &mut other.legs[0].model {
        option.strike -= 5.0;
    }
    let mut cache = JointMapCache::default();
    let mut is_moved = false;
    group.bench_function("one_strike_moved", |b| {
        b.iter(|| {
            is_moved = !is_moved;
            let book = if is_moved { &other } else { &book };
            JointMap::of(black_box(book), &request, &mut cache).unwrap()
        });
    });
    group.bench_function("nothing_moved", |b| {
        b.iter(|| JointMap::of(black_box(&book), &request, &mut cache).unwrap());
    });
    group.finish();
}

#[expect(clippy::too_many_lines, reason = "one paragraph a file")]
/// A folder of files in the layouts of Cboe and FRED: 35 years of daily data and 170 VX contracts.
fn market_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let first = jiff::civil::date(1991, 1, 2);
    let days: Vec<jiff::civil::Date> = (0..12_784)
        .map(|day| first.saturating_add(jiff::ToSpan::days(day)))
        .filter(|day| day.weekday().to_monday_one_offset() < 6)
        .collect();
    for (name, low, high) in [
        ("VIX_History.csv", 10.0, 40.0),
        ("VIX9D_History.csv", 9.0, 50.0),
        ("VIX3M_History.csv", 12.0, 35.0),
        ("VVIX.csv", 70.0, 150.0),
    ] {
        let mut text = "DATE,OPEN,HIGH,LOW,CLOSE\n".to_owned();
        for (index, day) in days.iter().enumerate() {
            let close = low + (high - low) * spread(index, low);
            let date = day.strftime("%m/%d/%Y");
            writeln!(text, "{date},{close:.6},{close:.6},{close:.6},{close:.6}").unwrap();
        }
        write(name, &text);
    }
    for (code, low, high) in [
        ("DGS2", 0.5, 6.0),
        ("DGS10", 1.0, 7.0),
        ("DTWEXBGS", 90.0, 125.0),
        ("T10Y2Y", -1.0, 2.5),
    ] {
        let mut text = format!("observation_date,{code}\n");
        for (index, day) in days.iter().enumerate() {
            writeln!(text, "{day},{:.2}", low + (high - low) * spread(index, low)).unwrap();
        }
        write(&format!("{code}.csv"), &text);
    }
    for (name, low, high) in [
        ("NYSE_advn.csv", 300.0, 2500.0),
        ("NYSE_decln.csv", 300.0, 2500.0),
    ] {
        let mut text = String::new();
        for (index, day) in days.iter().enumerate() {
            let count = low + (high - low) * spread(index, low);
            writeln!(text, "{}, {count:.0}", day.strftime("%Y%m%d")).unwrap();
        }
        write(name, &text);
    }
    let mut text = "Date,Open,High,Low,Close,Adj Close,Volume\n".to_owned();
    for (index, day) in days.iter().enumerate() {
        let level = 400.0 * (index as f64 / 9_000.0 * 2.8).exp();
        writeln!(
            text,
            "{day},{level:.12},{level:.12},{level:.12},{level:.12},{level:.12},2698860000"
        )
        .unwrap();
    }
    write("GSPC.csv", &text);
    for month in 0..170 {
        let month = jiff::civil::date(2012, 6, 1).saturating_add(jiff::ToSpan::months(month));
        let expiry = palisade::calendar::vix_monthly_expiry(month);
        let label = month.strftime("X (%b %Y)").to_string();
        let mut text =
            "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n"
                .to_owned();
        let life = days
            .iter()
            .filter(|day| (0..270).contains(&(expiry - **day).get_days()));
        for (index, day) in life.enumerate() {
            let price = 14.0 + 8.0 * spread(index, 0.3);
            writeln!(text, "{day},{label},{price:.2},{price:.2},{price:.2},{price:.2},{price:.3},0.1,41250,120,98311"
            ).unwrap();
        }
        write(&format!("VX_{expiry}.csv"), &text);
    }
    folder
}

/// What any reader must do at least: read each file and look for commas and line ends.
fn read_and_split(folder: &std::path::Path) -> usize {
    let mut cells = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            cells += read_and_split(&path);
        } else if path.extension().is_some_and(|kind| kind == "csv") {
            let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
            cells += text
                .lines()
                .map(|line| line.split(',').count())
                .sum::<usize>();
        }
    }
    cells
}

/// The library of market history; real files too where `PALISADE_DATA` names them.
fn library(c: &mut Criterion) {
    let made = market_folder();
    let real = std::env::var_os("PALISADE_DATA").map(std::path::PathBuf::from);
    let mut group = c.benchmark_group("library");
    group.sample_size(20);
    let places = [("made", Some(made.path().to_owned())), ("real", real)];
    for (name, folder) in places {
        let Some(folder) = folder else { continue };
        group.bench_function(format!("load_{name}"), |b| {
            b.iter(|| LibraryLoader::new([black_box(&folder)]).load().unwrap());
        });
        group.bench_function(format!("read_and_split_{name}"), |b| {
            b.iter(|| read_and_split(black_box(&folder)));
        });
        let library = LibraryLoader::new([&folder]).load().unwrap();
        group.bench_function(format!("timeline_{name}"), |b| {
            b.iter(|| Timeline::of(black_box(&library)));
        });
        // one line of 35 years cut to the columns of a plot, as in every frame
        let vix = Timeline::of(&library).vix;
        group.bench_function(format!("extremes_{name}"), |b| {
            b.iter(|| extremes(black_box(&vix), 0..vix.len(), 700));
        });
    }
    group.finish();
}

/// Every fact of the sample's book and a library, and what is prepared once a library.
fn facts(c: &mut Criterion) {
    use palisade::fact::{AssumedMarks, BookInputs, Derived, FactInputs, Facts};

    let made = market_folder();
    let real = std::env::var_os("PALISADE_DATA").map(std::path::PathBuf::from);
    let campaign = palisade::app::sample_campaign();
    let account = palisade::document::Account::default();
    let inputs = palisade::valuation::Inputs {
        pack: palisade::policy::RulePack::alvh(),
        account: &account,
        slopes: Err(palisade::risk::vega_slopes::VegaSlopesError::NoHistory),
    };
    let mut cache = palisade::valuation::MarketCache::default();
    let valuation = palisade::valuation::Valuation::of(&campaign, inputs, &mut cache);
    let book = BookInputs {
        campaign: &campaign,
        valuation: &valuation,
        account: &account,
        assumed: AssumedMarks::default(),
    };
    let mut group = c.benchmark_group("facts");
    for (name, folder) in [("made", Some(made.path().to_owned())), ("real", real)] {
        let Some(folder) = folder else { continue };
        let library = LibraryLoader::new([folder]).load().unwrap();
        let derived = Derived::of(&library);
        group.bench_function(format!("gather_{name}"), |b| {
            b.iter(|| Facts::gather(black_box(&FactInputs::of_book(book, Some(&derived)))));
        });
        group.sample_size(20);
        group.bench_function(format!("prepare_{name}"), |b| {
            b.iter(|| Derived::of(black_box(&library)));
        });
    }
    group.finish();
}

/// Every rule on the sample's facts, the verdict, and a linter's run over its grid.
fn rules(c: &mut Criterion) {
    use palisade::decision::{Verdict, VerdictInputs};
    use palisade::fact::{AssumedMarks, BookInputs, Derived, FactInputs, Facts};
    use palisade::policy::RulePack;
    use palisade::rule::{Findings, LintGrid, Reading, lint};

    let made = market_folder();
    let derived = Derived::of(&LibraryLoader::new([made.path()]).load().unwrap());
    let campaign = palisade::app::sample_campaign();
    let account = palisade::document::Account::default();
    let pack = RulePack::alvh();
    let inputs = palisade::valuation::Inputs {
        pack,
        account: &account,
        slopes: Err(palisade::valuation::VegaSlopesError::NoHistory),
    };
    let mut cache = palisade::valuation::MarketCache::default();
    let valuation = palisade::valuation::Valuation::of(&campaign, inputs, &mut cache);
    let book = BookInputs {
        campaign: &campaign,
        valuation: &valuation,
        account: &account,
        assumed: AssumedMarks::default(),
    };
    let facts = Facts::gather(&FactInputs::of_book(book, Some(&derived)));
    let reading = Reading::default();
    let mut group = c.benchmark_group("rules");
    group.bench_function("evaluate", |b| {
        b.iter(|| Findings::evaluate(black_box(&facts), pack, reading));
    });
    let findings = Findings::evaluate(&facts, pack, reading);
    group.bench_function("verdict", |b| {
        b.iter(|| {
            Verdict::of(black_box(&VerdictInputs {
                facts: &facts,
                findings: &findings,
                pack,
                choices: None,
            }))
        });
    });
    group.sample_size(10);
    group.bench_function("lint_grid", |b| {
        b.iter(|| LintGrid::of(black_box(&campaign), &valuation.market, pack).unwrap());
    });
    let grid = LintGrid::of(&campaign, &valuation.market, pack).unwrap();
    group.bench_function("lint", |b| {
        b.iter(|| lint(black_box(pack), reading, &grid));
    });
    group.finish();
}

criterion_group!(pricing, price_and_greeks, line, surface, implied_vols);
criterion_group!(desk, valuation, joint_map, library, facts, rules);
criterion_main!(pricing, desk);
