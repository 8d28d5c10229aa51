//! The database's own bytes, of one moment, while others write.
//!
//! With the log empty, a reader reads the database file alone, and whoever would carry the log over into that file has to
//! wait for it (SQLite: "WAL-mode", read mark 0). So the file stands still for as long as the reader is open, and writers go
//! on writing to the log.

use super::{BLOCK, BackupError};
use crate::{ReplicaError, store::DatabaseKey};
use rusqlite::Connection;
use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// How often it is tried to find the log empty; between two writes there is room for it.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(40);

pub(super) struct Snapshot {
    /// In the reading transaction that holds the file still.
    db: Connection,
    path: PathBuf,
    file: Arc<File>,
    length: u64,
}

impl Snapshot {
    pub fn take(key: &DatabaseKey) -> Result<Self, BackupError> {
        let (db, path) = key.beside()?;
        // Who writes meanwhile waits for a checkpoint that waits for readers: not for long.
        db.busy_timeout(Duration::from_millis(500)).map_err(ReplicaError::from)?;
        let log = path.with_extension("db-wal");
        for _ in 0..TRIES {
            let busy: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            if !busy {
                db.execute_batch("BEGIN")?;
                db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
                // Who reads the log keeps others from emptying it. So if it is empty now, it was when this began to read.
                if fs::metadata(&log).map_or(0, |log| log.len()) == 0 {
                    let failed = |source| ReplicaError::File { path: path.clone(), source };
                    let file = kept_open(&path).map_err(failed)?;
                    let length = file.metadata().map_err(failed)?.len();
                    return Ok(Self { db, path, file, length });
                }
                db.execute_batch("ROLLBACK")?;
            }
            std::thread::sleep(PAUSE);
        }
        Err(BackupError::Restless)
    }

    /// For what is to be known of the moment.
    pub fn db(&self) -> &Connection {
        &self.db
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    pub fn blocks(&self) -> impl Iterator<Item = Result<Vec<u8>, BackupError>> {
        let length = self.length;
        (0..length.div_ceil(BLOCK as u64)).map(move |n| {
            let from = n * BLOCK as u64;
            let mut bytes = vec![0; (length - from).min(BLOCK as u64) as usize];
            let mut file = &*self.file;
            let read = file.seek(SeekFrom::Start(from)).and_then(|_| file.read_exact(&mut bytes));
            read.map_err(|source| ReplicaError::File { path: self.path.clone(), source })?;
            Ok(bytes)
        })
    }
}

/// The file, opened once and never closed while the program runs. SQLite's locks are the process's, and closing any handle
/// to the file would let go of all of them: another program would take the database for its own and remove the log that this
/// one still writes to (<https://www.sqlite.org/howtocorrupt.html>, 2.2).
#[cfg(unix)]
fn kept_open(path: &Path) -> std::io::Result<Arc<File>> {
    use std::{
        os::unix::fs::MetadataExt,
        sync::{Mutex, PoisonError},
    };
    static KEPT: Mutex<Vec<Arc<File>>> = Mutex::new(Vec::new());
    let sought = fs::metadata(path)?;
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    for file in kept.iter() {
        let known = file.metadata()?;
        if (known.dev(), known.ino()) == (sought.dev(), sought.ino()) {
            return Ok(file.clone());
        }
    }
    let file = Arc::new(File::open(path)?);
    kept.push(file.clone());
    Ok(file)
}

/// Locks are the handle's here.
#[cfg(not(unix))]
fn kept_open(path: &Path) -> std::io::Result<Arc<File>> {
    File::open(path).map(Arc::new)
}
