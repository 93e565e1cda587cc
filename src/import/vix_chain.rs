//! The Cboe delayed-quotes export of VIX options: the same layout as that of SPX, other roots.
//!
//! No real file was at hand when this was written; the layout is that of the SPX export, which the same
//! page of Cboe serves, and the fixture says that it is made by us.

use super::cboe_chain::{Family, RawChain, read_family};
use super::problem::{ImportError, ImportProblem};

/// Reads a chain of VIX and VIXW options. `name` stands for the file in messages. Rows that cannot be
/// read are left out and reported; the others are kept. `spot` is the VIX index, which is no
/// underlying: each expiry is priced on its own future.
///
/// # Errors
/// [`ImportError`] when the text is not such an export, holds no readable row, or is of other options.
pub fn read_vix_chain(
    name: &str,
    bytes: &[u8],
) -> Result<(RawChain, Vec<ImportProblem>), ImportError> {
    read_family(name, bytes, Family::Vix)
}
