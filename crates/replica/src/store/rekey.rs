//! Another key for the database: for all but a user who has been removed and may have kept the key, or because the one
//! before lay open.
//!
//! Every slot holds both keys until the database has the new one, which it gets in one transaction. Whoever opens the
//! folder after a program died in between tries both, and goes on where that one stopped.

use super::{
    DatabaseKey,
    key::{
        self, KeyFile, NewUser, read,
        seal::Secret,
        slots::{Slot, Slots},
        write_key_file,
    },
    open::connect,
};
use crate::ReplicaError;
use daiban_domain::PersonId;
use daiban_exchange::sealed::Cost;
use rusqlite::Connection;
use std::path::Path;

impl DatabaseKey {
    /// The first password, on a key that has lain open until now.
    pub fn seal_first(
        &mut self,
        db: &Connection,
        user: NewUser<'_>,
        recovery: &str,
        cost: Cost,
    ) -> Result<(), ReplicaError> {
        let mut slots = Slots::new(Some(recovery), &self.secret)?;
        slots.put(Slot::new(user, cost, &self.secret)?);
        self.replace(db, slots)
    }

    /// Takes somebody's slot away. Answers whether they had one.
    pub fn remove_user(&mut self, db: &Connection, person: PersonId) -> Result<bool, ReplicaError> {
        let KeyFile::Slots(mut slots) = read(&self.folder)? else { return Ok(false) };
        if !slots.remove(person) || slots.is_empty() {
            return Ok(false);
        }
        self.replace(db, slots)?;
        Ok(true)
    }

    fn replace(&mut self, db: &Connection, mut slots: Slots) -> Result<(), ReplicaError> {
        let next = key::draw()?;
        self.hold.alone(|| {
            let before = read(&self.folder)?;
            slots.prepare(&next)?;
            write_key_file(&self.folder, &KeyFile::Slots(slots))?;
            if let Err(error) = encrypt(db, &self.folder, &next) {
                // Nothing has happened, so nobody is told that it has. Where that can't be seen the next opening finds out.
                if connect(&self.folder, &self.secret).is_ok() {
                    let _ = write_key_file(&self.folder, &before);
                }
                return Err(error);
            }
            settle(db, &self.folder);
            Ok(())
        })?;
        self.secret = next;
        Ok(())
    }

    /// Opens the database, and finishes what a program that died has begun.
    pub(super) fn connect(&mut self) -> Result<Connection, ReplicaError> {
        let Some(next) = self.next.take() else { return connect(&self.folder, &self.secret) };
        let db = self.hold.alone(|| {
            let db = match connect(&self.folder, &next) {
                Err(ReplicaError::Damaged(_)) => {
                    let db = connect(&self.folder, &self.secret)?;
                    encrypt(&db, &self.folder, &next)?;
                    db
                }
                other => other?,
            };
            settle(&db, &self.folder);
            Ok(db)
        })?;
        self.secret = next;
        Ok(db)
    }
}

/// Encrypts every page with another key, in one transaction. What counts is what opens the database afterwards.
fn encrypt(db: &Connection, folder: &Path, next: &Secret) -> Result<(), ReplicaError> {
    db.flush_prepared_statement_cache();
    let outcome = db.pragma_update(None, "rekey", next.pragma().as_str());
    match connect(folder, next) {
        Ok(_) => Ok(()),
        Err(error) => Err(outcome.err().map_or(error, Into::into)),
    }
}

/// The database has its new key, in its log at least: the old one goes, from the pages and from the slots. What fails here
/// is done when the folder is opened next.
fn settle(db: &Connection, folder: &Path) {
    let finish = || {
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        if let KeyFile::Slots(mut slots) = read(folder)? {
            slots.promote();
            write_key_file(folder, &KeyFile::Slots(slots))?;
        }
        Ok::<_, ReplicaError>(())
    };
    if let Err(error) = finish() {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the old key goes when the folder is opened next"
        );
    }
}
