//! Prices, Greeks and implied vols against tables computed in 60-digit arithmetic.

use std::collections::BTreeMap;
use std::path::Path;

use palisade::pricing::{
    BatchInput, ForwardInput, Greeks, GreeksColumns, IvClass, Quote, Right, SpotInput, black76,
    black76_batch, bsm, bsm_batch, solve_vol,
};

/// One row of a golden table by column name.
struct Row(BTreeMap<String, String>);

impl Row {
    fn text(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("no column {column}"))
    }

    fn number(&self, column: &str) -> f64 {
        let text = self.text(column);
        text.parse().unwrap_or_else(|_| panic!("{}: {column} is '{text}'", self.text("id")))
    }

    fn right(&self) -> Right {
        Right::ALL.into_iter().find(|right| right.as_str() == self.text("kind")).unwrap()
    }

    fn on_forward(&self) -> bool {
        self.text("model") == "black76"
    }
}

fn table(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| Row(row.unwrap())).collect()
}

fn scalar(row: &Row) -> Greeks {
    let (right, strike) = (row.right(), row.number("strike"));
    let (years, rate, vol) = (row.number("years"), row.number("rate"), row.number("vol"));
    if row.on_forward() {
        let input = ForwardInput { right, forward: row.number("underlying"), strike, years, rate, vol };
        input.validate().unwrap();
        return black76(&input);
    }
    let (spot, dividend) = (row.number("underlying"), row.number("dividend"));
    let input = SpotInput { right, spot, strike, years, rate, dividend, vol };
    input.validate().unwrap();
    bsm(&input)
}

fn batch(rows: &[&Row]) -> GreeksColumns {
    let column = |name: &str| -> Vec<f64> { rows.iter().map(|row| row.number(name)).collect() };
    let signs: Vec<f64> = rows.iter().map(|row| row.right().sign()).collect();
    let [underlying, strike, years, rate, dividend, vol] =
        ["underlying", "strike", "years", "rate", "dividend", "vol"].map(column);
    let input = BatchInput {
        right_sign: &signs,
        underlying: &underlying,
        strike: &strike,
        years: &years,
        rate: &rate,
        dividend: &dividend,
        vol: &vol,
    };
    let mut out = GreeksColumns::default();
    let on_forward = rows.first().is_some_and(|row| row.on_forward());
    let run = if on_forward { black76_batch } else { bsm_batch };
    run(&input, &mut out).unwrap();
    out
}

/// Largest relative error over the nine columns, with its column.
fn worst_error(row: &Row, found: &Greeks) -> (f64, &'static str) {
    let errors = Greeks::NAMES.into_iter().zip(found.to_array()).map(|(name, found)| {
        let expected = row.number(name);
        let skip = expected.abs() < 1e-290;
        (if skip { 0.0 } else { (found / expected - 1.0).abs() }, name)
    });
    errors.fold((0.0, ""), |worst, next| if next.0 > worst.0 || next.0.is_nan() { next } else { worst })
}

#[test]
fn every_price_and_greek_matches_to_1e_9() {
    let rows = table("bsm_visible.csv");
    assert_eq!(rows.len(), 600);
    let mut worst = (0.0, String::new());
    for row in &rows {
        let (error, column) = worst_error(row, &scalar(row));
        assert!(error <= 1e-9, "{} {column}: relative error {error:e}", row.text("id"));
        if error > worst.0 {
            worst = (error, format!("{} {column}", row.text("id")));
        }
    }
    assert!(worst.0 <= 2e-10, "the worst error grew: {worst:?}");
    eprintln!("{worst:?}");
}

#[test]
fn batches_equal_single_options_to_the_bit() {
    let rows = table("bsm_visible.csv");
    let (futures, spots): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.on_forward());
    assert!(futures.len() >= 220 && spots.len() >= 220, "both models are tested");
    for rows in [futures, spots] {
        let out = batch(&rows);
        assert_eq!(out.len(), rows.len());
        for (i, row) in rows.iter().enumerate() {
            let found = out.get(i).unwrap();
            assert_eq!(found, scalar(row), "{}", row.text("id"));
            assert!(worst_error(row, &found).0 <= 1e-9, "{}", row.text("id"));
        }
    }
}

fn quote(row: &Row) -> Quote {
    let (years, rate) = (row.number("years"), row.number("rate"));
    let carry = if row.on_forward() { 0.0 } else { rate - row.number("dividend") };
    Quote {
        right: row.right(),
        forward: row.number("underlying") * (carry * years).exp(),
        strike: row.number("strike"),
        years,
        discount: (-rate * years).exp(),
        price: row.number("price"),
    }
}

#[test]
fn implied_vols_and_classes_match() {
    let rows = table("iv_visible.csv");
    assert_eq!(rows.len(), 358);
    for row in &rows {
        let expected = match row.text("class") {
            "ok" | "ok_ill" => IvClass::Ok,
            "invalid" => IvClass::Undefined,
            name => IvClass::ALL.into_iter().find(|class| class.as_str() == name).unwrap(),
        };
        let (class, vol) = solve_vol(&quote(row));
        assert_eq!(class, expected, "{}: {vol:?}", row.text("id"));
        if class == IvClass::Ok {
            let (found, iv) = (vol.unwrap(), row.number("iv"));
            let share = (found - iv).abs() / row.number("iv_tol");
            assert!(share <= 1.0, "{}: {found} for {iv}, {share} of tolerance", row.text("id"));
        }
    }
}
