//! The lives of a device's data folder. A folder that was restored from a backup or copied begins a new one: it writes
//! feeds of its own and gives numbers under its spare tag, so that nothing that it has forgotten is written a second time.

use crate::{
    Identity, Replica, ReplicaError,
    feed::{Row, rows},
};
use daiban_exchange::{Incarnation, Vector, key};
use rusqlite::{Connection, TransactionBehavior, params};
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::PathBuf,
};

impl Replica {
    /// Begins a new incarnation if the database is no longer the file that it was.
    pub(crate) fn recognise(&mut self, place: &str) -> Result<(), ReplicaError> {
        let known: String = self.db.query_row("SELECT place FROM identity", [], |row| row.get(0))?;
        if known == place {
            return Ok(());
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !known.is_empty() {
            tracing::warn!("this folder is a copy or a restored backup: it takes a new incarnation");
            begin(&tx, &self.tags)?;
        }
        tx.execute("UPDATE identity SET place = ?", [place])?;
        tx.commit()?;
        self.identity.reload(&self.db)
    }
}

/// The tags that lives of this device have taken, in a file beside its signing key, which no backup holds: a backup that is
/// put back twice offers its spare tag twice.
#[derive(Clone, Debug)]
pub struct TakenTags(pub PathBuf);

impl TakenTags {
    /// The spare tag if no life has taken it yet, else one that the hub gives to nobody: a digit comes first.
    fn take(&self, spare: String) -> Result<String, ReplicaError> {
        let taken = match fs::read_to_string(&self.0) {
            Ok(taken) => taken,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(source) => return Err(self.failed(source)),
        };
        let free = |tag: &String| !tag.is_empty() && taken.lines().all(|other| other != tag.as_str());
        let mut tag = spare;
        while !free(&tag) {
            let [digit, letter] = key::random::<2>()?;
            tag = format!("{}{}", char::from(b'0' + digit % 10), char::from(b'A' + letter % 26));
        }
        // Taken before it is used.
        self.note(&[&tag])?;
        Ok(tag)
    }

    /// No life to come takes these.
    pub fn note(&self, tags: &[&str]) -> Result<(), ReplicaError> {
        let mut file =
            OpenOptions::new().create(true).append(true).open(&self.0).map_err(|error| self.failed(error))?;
        let lines: String = tags.iter().map(|tag| format!("{tag}\n")).collect();
        file.write_all(lines.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| self.failed(error))
    }

    fn failed(&self, source: std::io::Error) -> ReplicaError {
        ReplicaError::File { path: self.0.clone(), source }
    }
}

/// Takes a new incarnation and a tag for it.
fn begin(db: &Connection, tags: &TakenTags) -> Result<(), ReplicaError> {
    let spare: String = db.query_row("SELECT spare_tag FROM identity", [], |row| row.get(0))?;
    db.execute(
        "UPDATE identity SET incarnation = ?, tag = ?, spare_tag = ''",
        params![Incarnation::draw()?.0 as i64, tags.take(spare)?],
    )?;
    Ok(())
}

/// Looks for entries of this device that another side holds and this folder doesn't know, or knows otherwise: it was rolled
/// back, and begins a new incarnation. What it has forgotten comes with the exchange; where it wrote something else
/// meanwhile, both go on as branches.
pub(crate) fn reconcile(
    db: &Connection,
    identity: &Identity,
    tags: &TakenTags,
    held: &Vector,
) -> Result<bool, ReplicaError> {
    for (feed, theirs) in &held.0 {
        if feed.device != identity.device || feed.incarnation != identity.incarnation {
            continue;
        }
        let known = match Row::find(db, feed)? {
            // Of what has left with its year nothing can be told any more: the county held it when it left.
            Some(row) if theirs.n < row.hollow_n => true,
            Some(row) => rows::head_at(db, &row, feed, theirs.n)? == Some(*theirs),
            None => false,
        };
        if !known {
            tracing::warn!("others hold other entries of this device: it was rolled back");
            begin(db, tags)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Begins a new incarnation if this one turns out to have lived twice.
pub(crate) fn part(db: &Connection, identity: &Identity, tags: &TakenTags) -> Result<(), ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM feed WHERE device = ? AND incarnation = ? AND branch != x'')",
    )?;
    let twice =
        statement.query_row(params![identity.device.0, identity.incarnation.0 as i64], |row| row.get(0))?;
    if twice && identity.current(db)? { begin(db, tags) } else { Ok(()) }
}
