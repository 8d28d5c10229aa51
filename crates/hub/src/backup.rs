//! Copies of the store and of its keys. A backup is one encrypted file; the keys that open it and sign for it go elsewhere,
//! once (decision 014).

use crate::{Hub, HubError, Identity, ca, store};
use daiban_domain::Instant;
use daiban_exchange::{Backup, Incarnation};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A backup that is durable and was opened and read through.
#[derive(Clone, Debug, Serialize)]
pub struct BackedUp {
    pub file: PathBuf,
    pub time: Instant,
    /// The moment of the store that it holds.
    pub moment: u64,
    pub bytes: u64,
    /// Older ones that were removed for it.
    pub removed: usize,
}

impl Hub {
    /// Copies the store as it is now into a new file of a folder, also while it serves, and from then on says so on receipts.
    /// Of older backups in the folder all but the newest `keep`, this one counted, are removed once it is whole.
    pub fn backup(&self, to: &Path, keep: Option<usize>, now: Instant) -> Result<BackedUp, HubError> {
        fs::create_dir_all(to).map_err(store::at(to))?;
        let date = now.date();
        let time = now.time_of_day().replace(':', "");
        let stamp =
            format!("{:04}{:02}{:02}-{time}{:02}", date.year(), date.month(), date.day(), now.0 / 1000 % 60);
        let prefix = format!("daiban-hub-{}-", &self.county.to_string()[..6]);
        let file = to.join(format!("{prefix}{stamp}.db"));
        let half_done = to.join(format!("{prefix}half-done"));
        if half_done.exists() {
            fs::remove_file(&half_done).map_err(store::at(&half_done))?;
        }
        let copied = self.copy(&half_done);
        if copied.is_err() {
            // A full disk needs the room; what is left behind would be overwritten next time anyway.
            let _ = fs::remove_file(&half_done);
        }
        let (store, moment) = copied?;
        fs::rename(&half_done, &file).map_err(store::at(&file))?;
        sync(to)?;
        self.db().execute(
            "INSERT OR REPLACE INTO backup (one, time, store, moment) VALUES (1, ?, ?, ?)",
            params![now.0, store, moment],
        )?;
        let removed = keep.map_or(Ok(0), |keep| thin_out(to, &prefix, keep, &file))?;
        let bytes = fs::metadata(&file).map_err(store::at(&file))?.len();
        tracing::info!(moment, bytes, removed, "backed up");
        Ok(BackedUp { file, time: now, moment, bytes, removed })
    }

    /// Copies the keys into a folder, and notes that it was done.
    pub fn keep_keys(&self, to: &Path, now: Instant) -> Result<(), HubError> {
        fs::create_dir_all(to).map_err(store::at(to))?;
        store::copy_keys(&self.folder, to)?;
        ca::copy(&self.folder, to)?;
        sync(to)?;
        self.db().execute("UPDATE identity SET keys_kept = ?", [now.0])?;
        Ok(())
    }

    /// The copy's store and moment. On a connection of its own: exchanges go on meanwhile.
    fn copy(&self, file: &Path) -> Result<(u64, u64), HubError> {
        let path = file.to_str().ok_or(HubError::Stored("path"))?;
        store::reader(&self.folder)?.execute("VACUUM INTO ?", [path])?;
        let held = {
            let db = store::connect(file, &self.folder)?;
            db.execute("UPDATE identity SET copied = 1", [])?;
            db.query_row("SELECT store, moment FROM identity", [], |row| Ok((row.get(0)?, row.get(1)?)))?
        };
        fs::File::open(file).and_then(|file| file.sync_all()).map_err(store::at(file))?;
        // Read back from the disk, not from a cache that has just been filled.
        check(&store::connect(file, &self.folder)?)?;
        Ok(held)
    }
}

fn check(db: &Connection) -> Result<(), HubError> {
    if store::damage(db)?.is_empty() { Ok(()) } else { Err(HubError::BackupUnsound) }
}

/// Removes the oldest backups of a folder until `keep` are left; never the one that was just made.
fn thin_out(folder: &Path, prefix: &str, keep: usize, newest: &Path) -> Result<usize, HubError> {
    let mut backups = Vec::new();
    for entry in fs::read_dir(folder).map_err(store::at(folder))? {
        let path = entry.map_err(store::at(folder))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(prefix) && name.ends_with(".db") && path != newest {
            backups.push(path);
        }
    }
    backups.sort();
    let surplus = (backups.len() + 1).saturating_sub(keep.max(1));
    for old in &backups[..surplus] {
        fs::remove_file(old).map_err(store::at(old))?;
    }
    Ok(surplus)
}

fn sync(folder: &Path) -> Result<(), HubError> {
    // Where a folder can't be opened as a file, its names are durable anyway.
    if cfg!(unix) {
        fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(store::at(folder))
    } else {
        Ok(())
    }
}

/// The last backup of this life of the store.
pub(crate) fn last(db: &Connection, store: u64) -> Result<Option<Backup>, HubError> {
    let mut statement = db.prepare_cached("SELECT time, moment FROM backup WHERE store = ?")?;
    Ok(statement
        .query_row([store], |row| Ok(Backup { time: Instant(row.get(0)?), moment: row.get(1)? }))
        .optional()?)
}

/// A new life of the store: it was restored from a backup, and writes nothing a second time that it has forgotten.
pub(crate) fn begin_life(tx: &Transaction<'_>, identity: &mut Identity, moment: u64) -> Result<(), HubError> {
    tracing::warn!(
        identity.store,
        moment,
        "this store was restored from a backup; it takes a new incarnation"
    );
    identity.store = Incarnation::draw()?.0;
    identity.incarnation = Incarnation::draw()?;
    identity.restored = true;
    tx.execute(
        "UPDATE identity SET store = ?, incarnation = ?, moment = ?, restored = 1, copied = 0",
        params![identity.store, identity.incarnation.0, moment],
    )?;
    Ok(())
}

/// Begins a new life on what was a backup.
pub(crate) fn recognise(db: &mut Connection) -> Result<(), HubError> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (copied, moment): (bool, u64) =
        tx.query_row("SELECT copied, moment FROM identity", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if copied {
        begin_life(&tx, &mut store::identity(&tx)?, moment)?;
    }
    Ok(tx.commit()?)
}
