//! The totals that a file states against the sums of what was read, so that nothing is missing unseen.

use std::collections::BTreeSet;

use super::fill::{BrokerFile, CashKind, CashRow};

/// Dollars below which two sums are the same.
const SAME_USD: f64 = 0.005;
/// Most single orders or balances that are listed.
const MOST_LISTED: usize = 20;

/// One figure of the file beside ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Line of the file that states it, if one does.
    pub line: Option<u64>,
    /// What is compared.
    pub what: String,
    /// The file's figure in dollars.
    pub file_usd: f64,
    /// Ours in dollars: rows that were left out are counted in.
    pub ours_usd: f64,
    /// The file's less ours.
    pub difference_usd: f64,
}

impl Check {
    fn new(line: Option<u64>, what: &str, file_usd: f64, ours_usd: f64) -> Self {
        Self {
            line,
            what: what.to_owned(),
            file_usd,
            ours_usd,
            difference_usd: file_usd - ours_usd,
        }
    }

    /// Whether the two agree to half a cent.
    pub fn agrees(&self) -> bool {
        self.difference_usd.abs() < SAME_USD
    }
}

/// Every figure of the file that can be compared with a sum of its rows, one row each.
pub fn reconcile(file: &BrokerFile) -> Vec<Check> {
    let mut checks = Vec::new();
    checks.extend(amounts_of_fills(file));
    checks.extend(orders(file));
    checks.extend(balances(file));
    let stated = file.stated.iter();
    checks.extend(stated.map(|stated| {
        Check::new(
            Some(stated.line),
            &stated.what,
            stated.file_usd,
            stated.rows_usd,
        )
    }));
    checks
}

/// Amounts that rows state for their own fill, against quantity × price.
fn amounts_of_fills(file: &BrokerFile) -> Option<Check> {
    let stated = || {
        file.fills
            .iter()
            .filter_map(|fill| Some((fill.amount_usd?, fill.premium_usd())))
    };
    stated().next()?;
    let (amounts, premiums): (Vec<f64>, Vec<f64>) = stated().unzip();
    let what = "Premium of fills by quantity and price";
    Some(Check::new(
        None,
        what,
        amounts.iter().sum(),
        premiums.iter().sum(),
    ))
}

/// Rows of cash for orders, against the premium and fees of the fills that they pay for.
fn orders(file: &BrokerFile) -> Vec<Check> {
    let paid: Vec<&CashRow> = file
        .cash
        .iter()
        .filter(|row| matches!(row.kind, CashKind::Trade | CashKind::Settlement))
        .collect();
    if !paid.iter().any(|row| row.balance_usd.is_some()) {
        return Vec::new();
    }
    // rows that pay for the same fills are one order
    let mut groups: Vec<(BTreeSet<u64>, Vec<&CashRow>)> = Vec::new();
    for row in paid {
        let lines: BTreeSet<u64> = row.fills.iter().copied().collect();
        match groups
            .iter_mut()
            .find(|(known, _)| !lines.is_empty() && *known == lines)
        {
            Some((_, rows)) => rows.push(row),
            None => groups.push((lines, vec![row])),
        }
    }
    let mut checks = vec![
        Check::new(None, "Premium of orders", 0.0, 0.0),
        Check::new(None, "Commissions and fees of orders", 0.0, 0.0),
    ];
    let mut single = Vec::new();
    for (lines, rows) in groups {
        let amount: f64 = rows.iter().map(|row| row.amount_usd).sum();
        let fees: f64 = rows.iter().map(|row| row.fees_usd).sum();
        let fills: Vec<_> = file
            .fills
            .iter()
            .filter(|fill| lines.contains(&fill.line))
            .collect();
        // an order of something that is not held is counted as the file has it
        let (ours, ours_fees) = if fills.is_empty() {
            (amount, fees)
        } else {
            (
                fills.iter().map(|fill| fill.premium_usd()).sum(),
                fills.iter().map(|fill| fill.fees_usd).sum(),
            )
        };
        for (check, (file_usd, ours_usd)) in
            checks.iter_mut().zip([(amount, ours), (fees, ours_fees)])
        {
            *check = Check::new(
                None,
                &check.what,
                check.file_usd + file_usd,
                check.ours_usd + ours_usd,
            );
        }
        let line = rows.first().map(|row| row.line);
        let check = Check::new(line, "Premium of the order", amount, ours);
        single.extend((!check.agrees()).then_some(check));
    }
    checks.extend(single.into_iter().take(MOST_LISTED));
    checks
}

/// Running balances: each from the one before, and the last from the first.
fn balances(file: &BrokerFile) -> Vec<Check> {
    let sections: BTreeSet<u64> = file.cash.iter().map(|row| row.section).collect();
    sections
        .into_iter()
        .flat_map(|section| balances_of(file, section))
        .collect()
}

fn balances_of(file: &BrokerFile, section: u64) -> Vec<Check> {
    let rows: Vec<&CashRow> = file
        .cash
        .iter()
        .filter(|row| row.section == section)
        .collect();
    let (forth, breaks) = chain(&rows);
    let reversed: Vec<&CashRow> = rows.iter().rev().copied().collect();
    let (back, breaks_back) = chain(&reversed);
    let (whole, breaks) = if breaks_back.len() < breaks.len() {
        (back, breaks_back)
    } else {
        (forth, breaks)
    };
    whole
        .into_iter()
        .chain(breaks.into_iter().take(MOST_LISTED))
        .collect()
}

/// The ending balance, and every balance that does not follow from the one before.
fn chain(rows: &[&CashRow]) -> (Option<Check>, Vec<Check>) {
    let mut breaks = Vec::new();
    let mut first: Option<f64> = None;
    let (mut running, mut moved) = (0.0, 0.0);
    let mut last = None;
    for row in rows {
        let change = row.amount_usd - row.fees_usd;
        if first.is_some() {
            running += change;
            moved += change;
        }
        let Some(balance) = row.balance_usd else {
            continue;
        };
        if first.is_none() {
            first = Some(balance);
        } else {
            let check = Check::new(
                Some(row.line),
                "Balance after the one before",
                balance,
                running,
            );
            breaks.extend((!check.agrees()).then_some(check));
        }
        running = balance;
        last = Some((row.line, balance));
    }
    let ending = first.zip(last).filter(|_| rows.len() > 1);
    let whole = ending.map(|(first, (line, balance))| {
        Check::new(Some(line), "Ending balance", balance, first + moved)
    });
    (whole, breaks)
}
