//! `palisade plot`: a panel of the desk as a picture, with neither display nor driver.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::report::session::Session;
use super::report::{MarkArgs, complain};
use crate::document::{Account, write_file};
use crate::ui::export::{FileKind, Look, picture};
use crate::ui::panels::PanelKind;
use crate::ui::workspace::ThemeChoice;
use crate::ui::{PanelContext, Workspace};
use crate::valuation::{GreekCurves, Inputs, MarketCache, Valuation, VegaSlopesError};

/// Exit status when the picture was written.
const DONE: u8 = 0;

/// Arguments of `palisade plot`.
#[derive(Clone, Debug, clap::Args)]
pub struct PlotArgs {
    /// A campaign (.ron), or a CSV of legs as for `report`; `-` reads standard input
    pub file: PathBuf,
    /// The picture; its ending, .svg or .png, says which kind
    #[arg(short, long, value_name = "OUT.svg|png")]
    pub output: PathBuf,
    /// What is drawn
    #[arg(long, value_enum, default_value_t)]
    pub what: What,
    /// Ground and inks
    #[arg(long, value_enum, default_value_t)]
    pub theme: Ground,
    /// The market, for a CSV of legs.
    #[command(flatten)]
    pub marks: MarkArgs,
}

/// What can be drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// Profit and loss against SPX
    #[default]
    Payoff,
    /// Net vega against SPX
    Greeks,
    /// Profit and loss over SPX moves and VIX levels
    Joint,
}

/// The theme of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Ground {
    /// Light on dark
    #[default]
    Dark,
    /// Dark on light
    Light,
}

/// Draws the picture of a file and writes it whole, or one line per problem to `err`. Returns the exit
/// status: 0, or 2 on bad input or when the picture cannot be written.
///
/// # Errors
/// Only when `err` cannot be written.
pub fn run(args: &PlotArgs, err: &mut dyn Write) -> io::Result<u8> {
    match plot(args) {
        Ok(()) => Ok(DONE),
        Err(problems) => complain(&problems, err),
    }
}

fn plot(args: &PlotArgs) -> Result<(), Vec<String>> {
    let kind = kind_of(&args.output).map_err(|problem| vec![problem])?;
    let session = Session::load(&args.file, &args.marks)?;
    if session.campaign.positions.is_empty() {
        let name = args.file.display();
        return Err(vec![format!(
            "{name}: positions: found none: expected at least one to draw"
        )]);
    }
    let bytes = draw(args, &session, kind).map_err(|problem| vec![problem])?;
    write_file(&args.output, &bytes).map_err(|error| vec![error.to_string()])
}

/// PNG or SVG by the ending.
fn kind_of(output: &Path) -> Result<FileKind, String> {
    let ending = output.extension().and_then(OsStr::to_str);
    let kinds = [FileKind::Png, FileKind::Svg];
    let named = |kind: &FileKind| {
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case(kind.extension()))
    };
    kinds.into_iter().find(named).ok_or_else(|| {
        let found = output.display();
        format!("--output: found '{found}': expected a path that ends in .svg or .png")
    })
}

fn draw(args: &PlotArgs, session: &Session, kind: FileKind) -> Result<Vec<u8>, String> {
    let campaign = &session.campaign;
    let account = Account::default();
    let pack = campaign.rule_pack();
    let inputs = Inputs {
        pack,
        account: &account,
        slopes: Err(VegaSlopesError::NoHistory),
    };
    let valuation = Valuation::of(campaign, inputs, &mut MarketCache::default());
    let workspace = Workspace::default();
    let curves = valuation.curves(&workspace.curve_request(&valuation));
    let greeks = GreekCurves::of(&valuation, &workspace.greek_request(&valuation));
    let context = PanelContext::alone(
        (campaign, &valuation),
        (&curves, &greeks),
        (&workspace, pack, &account),
    );
    let panel = match args.what {
        What::Payoff => PanelKind::Payoff,
        What::Greeks => PanelKind::Greeks,
        What::Joint => PanelKind::JointMap,
    };
    let look = Look::plain(match args.theme {
        Ground::Dark => ThemeChoice::Dark,
        Ground::Light => ThemeChoice::Light,
    });
    picture::picture_file(panel, &context, kind, look).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{FileKind, kind_of};

    #[test]
    fn the_ending_says_the_kind() {
        assert_eq!(kind_of(Path::new("a.SVG")), Ok(FileKind::Svg));
        assert_eq!(kind_of(Path::new("a.b.png")), Ok(FileKind::Png));
        for wrong in ["a.jpg", "png", "-", ""] {
            assert!(kind_of(Path::new(wrong)).is_err(), "{wrong}");
        }
    }
}
