//! A broker's file with the campaigns of the folder that have to do with it: those that have fills of it, and those
//! that hold what it closes.

use std::collections::BTreeSet;
use std::path::Path;

use crate::document::journal::OtherCampaign;
use crate::document::load_campaign;
use crate::import::broker::{BrokerFile, Fingerprint, ReadOptions, decode, read_broker};
use crate::instrument::Contract;

/// Reads a file; `place` is the folder of campaigns, and the file in it that is open.
pub(super) fn read_with_others(
    path: &Path,
    name: &str,
    options: ReadOptions,
    place: Option<(&Path, Option<&Path>)>,
) -> Result<(BrokerFile, Vec<OtherCampaign>), String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{name}: cannot be read: {error}"))?;
    let text = decode(&bytes);
    let read = |options: &ReadOptions| {
        read_broker(name, &text, options).map_err(|problem| problem.to_string())
    };
    let file = read(&options)?;
    let Some((folder, own)) = place else {
        return Ok((file, Vec::new()));
    };
    let others = others(folder, own, &file);
    let held: Vec<(Contract, i32)> = others
        .iter()
        .flat_map(|other| &other.held)
        .map(|lot| (lot.contract, lot.quantity))
        .collect();
    if held.is_empty() {
        return Ok((file, others));
    }
    // which side an expiry takes away is told by what is held, wherever that is
    let options = ReadOptions {
        held: options.held.into_iter().chain(held).collect(),
        ..options
    };
    Ok((read(&options)?, others))
}

/// The campaigns of a folder without one file. The files are searched and not parsed, unless an expiry of the broker's
/// file stands in them: there may be thousands.
fn others(folder: &Path, without: Option<&Path>, file: &BrokerFile) -> Vec<OtherCampaign> {
    let days: BTreeSet<String> = contracts(file)
        .map(|contract| contract.expiry().to_string())
        .collect();
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = files.map(|file| file.path()).collect();
    // the order of a folder is any, and what is proposed must not depend on it
    paths.sort();
    let mut others = Vec::new();
    for path in paths {
        let is_campaign = path.extension().is_some_and(|end| end == "ron");
        if !is_campaign || Some(path.as_path()) == without {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_near = days.iter().any(|day| text.contains(day));
        let read = is_near.then(|| load_campaign(&path).ok()).flatten();
        let other = match read {
            Some(campaign) => of_file(&name, &campaign, file),
            None => OtherCampaign {
                name: path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                file: name.into_owned(),
                fills: Vec::new(),
                keys: keys_in(&text).collect(),
                held: Vec::new(),
            },
        };
        if !(other.keys.is_empty() && other.fills.is_empty() && other.held.is_empty()) {
            others.push(other);
        }
    }
    others
}

/// A campaign with what it holds of the file's contracts.
fn of_file(name: &str, campaign: &crate::document::Campaign, file: &BrokerFile) -> OtherCampaign {
    let mut other = OtherCampaign::of(name, campaign);
    let trades = |contract| file.fills.iter().any(|fill| fill.contract == contract);
    other
        .held
        .retain(|lot| contracts(file).any(|known| known == lot.contract));
    other.fills.retain(|fill| trades(fill.contract));
    other
}

/// Every contract that a file trades or states as held.
fn contracts(file: &BrokerFile) -> impl Iterator<Item = Contract> + '_ {
    let stated = file.holdings.iter().map(|holding| holding.contract);
    file.fills.iter().map(|fill| fill.contract).chain(stated)
}

fn keys_in(text: &str) -> impl Iterator<Item = Fingerprint> {
    text.split("key:").skip(1).filter_map(|rest| {
        let (key, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
        Fingerprint::parse(key)
    })
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, keys_in};

    #[test]
    fn keys_are_found_in_the_text_of_a_campaign_however_it_is_spaced() {
        let text =
            "(trades: [(key: \"00000000000000ff\"), (key:\"0000000000000001\"), (key: \"name\")])";
        let keys: Vec<Fingerprint> = keys_in(text).collect();
        assert_eq!(keys, [Fingerprint(255), Fingerprint(1)]);
    }
}
