//! What is saved: the campaign, the commands that change it, undo, and the files it lives in.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`campaign`] | what the trader decided; nothing that can be derived |
//! | [`scenarios`] | what-if scenarios kept by name |
//! | [`settings`] | how the numbers of a campaign are read |
//! | [`command`] | every change there is, as data |
//! | `command_label` | what changes are called |
//! | `apply` | carries commands out, all or nothing |
//! | [`history`] | undo, redo, gestures |
//! | [`journal`] | entries with their decisions, marks kept, corrections |
//! | [`file`](mod@file) | RON in and out, atomically |
//! | `migrate` | files of earlier schemas, brought to this one |
//! | [`store`] | the user's folder: campaigns, recoveries, account |
//! | [`recovery`] | unsaved changes left behind |
//! | [`saver`] | the saving thread |
//! | [`lock`] | two desks on one campaign are warned |
//! | [`account`] | what belongs to the account rather than to one campaign |
//! | [`manual_file`] | market rows typed by hand |
//! | [`pack_store`] | the folder of own rule packs |
//! | `packs` | the rule pack of a campaign, chosen and changed |
//! | [`fault`] | a value that makes no sense, and where it is |
//!
//! A refused command changes nothing:
//!
//! ```
//! use palisade::document::{Campaign, Command, History};
//! use palisade::market::Marks;
//!
//! let now = jiff::Timestamp::UNIX_EPOCH;
//! let mut history = History::new(Campaign::new("July", now, Marks::new(now, 6000.0, 17.0)));
//! history.apply(Command::SetVix(f64::NAN)).expect_err("not a number");
//! assert_eq!(history.current().marks.vix, 17.0);
//!
//! history.apply(Command::SetVix(18.5))?;
//! history.seal();
//! assert_eq!(history.undo_label(), Some("mark VIX"));
//! assert!(history.undo());
//! assert_eq!(history.current().marks.vix, 17.0);
//! # Ok::<(), palisade::document::CommandError>(())
//! ```

pub mod account;
mod apply;
pub mod campaign;
pub mod command;
mod command_label;
pub mod fault;
pub mod file;
mod file_words;
pub mod history;
pub mod journal;
pub mod lock;
pub mod manual_file;
mod migrate;
pub mod pack_store;
mod packs;
mod paths;
pub mod recovery;
pub mod saver;
pub mod scenarios;
pub mod settings;
pub mod store;

pub use account::{Account, HedgeSpend, Recent};
pub use campaign::{CAMPAIGN_SCHEMA, Campaign, Warning};
pub use command::{Command, CommandError};
pub use fault::Fault;
pub use file::{
    FileError, campaign_from_ron, campaign_to_ron, load_campaign, read_text, save_campaign,
    write_file,
};
pub use file_words::Attempt;
pub use history::History;
pub use journal::{Journal, JournalCommand, JournalEntry};
pub use lock::{CampaignLock, LockState};
pub use manual_file::{ManualFileError, load_manual_rows, save_manual_rows};
pub use pack_store::{PackEntry, load_pack, save_pack};
pub use recovery::Recovery;
pub use saver::{AUTOSAVE_DELAY, RETRY_DELAY, SaveReport, SaveTarget, Saver};
pub use scenarios::SavedScenario;
pub use settings::{Convention, LayerScale, Settings, UnequalWings, VegaBasis, VegaSign};
pub use store::{CONFIG_DIR_VARIABLE, Home, Store, StoreError};
