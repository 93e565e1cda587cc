//! The lock on an open campaign: two desks on one file are warned, and a dead desk holds nothing.
//!
//! The lock is the operating system's (`flock`, `LockFileEx`), so it ends with its process, however that
//! ends. The lock file also says which process holds it, for the warning.

use std::fs::{self, File};
use std::io::{Seek as _, Write as _};
use std::path::Path;

/// Holds a campaign until dropped.
#[derive(Debug)]
pub struct CampaignLock {
    /// The system lock lives as long as this handle.
    _file: File,
}

/// The outcome of asking for a lock.
#[derive(Debug)]
pub enum LockState {
    /// It is ours; keep it while the campaign is open.
    Held(CampaignLock),
    /// Another living desk has it.
    Taken {
        /// Its process id, when it could be read.
        process: Option<u32>,
    },
    /// This file system cannot lock: nothing is known.
    Unknown,
}

impl CampaignLock {
    /// Takes the lock of that name, or tells who has it.
    pub fn take(path: &Path) -> LockState {
        let opened = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path);
        let Ok(mut file) = opened else {
            return LockState::Unknown;
        };
        match file.try_lock() {
            Ok(()) => {
                if let Err(error) = sign(&mut file) {
                    tracing::debug!("cannot sign {}: {error}", path.display());
                }
                LockState::Held(Self { _file: file })
            }
            Err(fs::TryLockError::WouldBlock) => LockState::Taken {
                process: fs::read_to_string(path)
                    .ok()
                    .and_then(|text| text.trim().parse().ok()),
            },
            Err(fs::TryLockError::Error(_)) => LockState::Unknown,
        }
    }
}

/// Writes our process id into the lock file.
fn sign(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}
