//! tmp
use palisade::import::*;
#[test]
fn dump() {
    let p = format!("{}/quotedata/phammings+SPX500-Gamma-Exposure-Calculator--spx_quotedata.csv", std::env::var("PALISADE_DATA").unwrap());
    let (raw,_) = read_chain("x", &std::fs::read(p).unwrap()).unwrap();
    let r = resolve_chain(&raw, quote_instant(raw.file_time.unwrap()), 0.016);
    let zs=[-3.0,-2.0,-1.6,-1.3,-1.0,-0.7,-0.3,0.0,0.3,0.7,1.0,1.3,1.6,2.0];
    let mut sum=[0.0;14]; let mut n=0.0; let mut arb=0;
    for e in &r.expiries {
        let s=&e.smile;
        let sd = s.atm_vol*s.years.sqrt();
        let show=["2022-06-13","2022-06-17","2022-07-15","2022-09-16","2023-12-15"].contains(&s.expiry.to_string().as_str());
        if show {print!("{} {} {:?} arb {:?} rms {:.2}: ", s.root, s.expiry, s.svi, s.arbitrage_at, s.rms_vol*100.0);}
        n+=1.0; if s.arbitrage_at.is_some(){arb+=1;}
        for (i,z) in zs.iter().enumerate() {
            let k=s.forward*f64::exp(z*sd);
            let q=s.quotes.iter().min_by(|a,b| (a.strike-k).abs().total_cmp(&(b.strike-k).abs())).unwrap();
            let e=100.0*(s.fit_vol(s.moneyness(q.strike))-q.vol);
            if show {print!("{z}:{e:.2} ");}
            sum[i]+=f64::abs(e);
        }
        if show {println!();}
    }
    println!("SPX mean abs: {} arb {arb}", zs.iter().zip(sum).map(|(z,s)| format!("{z}:{:.2} ", s/n)).collect::<String>());
}
#[test]
fn four() {
    use palisade::market::*;
    let p = format!("{}/quotedata/phammings+SPX500-Gamma-Exposure-Calculator--spx_quotedata.csv", std::env::var("PALISADE_DATA").unwrap());
    let (raw,_) = read_chain("x", &std::fs::read(p).unwrap()).unwrap();
    let r = resolve_chain(&raw, quote_instant(raw.file_time.unwrap()), 0.016);
    let zs=[-2.4,-1.9,-1.35,-0.72,0.0,0.65,0.95,1.2,1.5];
    let mut sum=[0.0;9]; let mut n=0.0;
    for e in &r.expiries {
        let s=&e.smile; let days=s.years*365.0;
        if days<20.0 || days>60.0 {continue}
        let sd = s.atm_vol*s.years.sqrt();
        let near=|z:f64| {let k=s.forward*f64::exp(z*sd); *s.quotes.iter().min_by(|a,b| (a.strike-k).abs().total_cmp(&(b.strike-k).abs())).unwrap()};
        let q: Vec<_> = [-1.35,-1.55,0.95,1.1].map(near).to_vec();
        let terms=SmileTerms{root:s.root,expiry:s.expiry,years:s.years,forward:s.forward,discount:s.discount};
        let f=Smile::fit(terms,q,palisade::market::smile_prior::prior(27.75,s.years));
        n+=1.0;
        for (i,z) in zs.iter().enumerate() { let q=near(*z); sum[i]+=100.0*f64::abs(f.vol(q.strike,q.right)-q.vol); }
    }
    println!("SPX four: {}", zs.iter().zip(sum).map(|(z,s)| format!("{z}:{:.2} ", s/n)).collect::<String>());
}
