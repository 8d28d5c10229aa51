//! Closed years. When the county has signed how far a year's work went, keeps exactly that in a backup, and nothing of it
//! is unfinished here, the work leaves a village's laptop whole. Each case's and each matter's row in the list stays, and so does the head
//! of every feed: vectors and receipts are what they were.

use crate::{Identity, Replica, ReplicaError, attachment, feed::rows, projection, public::Projecting};
use daiban_domain::{ContentHash, Level, case::State};
use daiban_exchange::{Partition, PartitionKind, Vector, closure::Closure};
use rusqlite::{Connection, TransactionBehavior, named_params, params};
use std::collections::BTreeSet;

pub(crate) fn project(db: &Connection, closure: &Closure) -> Result<(), ReplicaError> {
    let mut insert =
        db.prepare_cached("INSERT OR IGNORE INTO closure (unit, year, root) VALUES (?, ?, ?)")?;
    for (unit, root) in &closure.roots {
        insert.execute(params![unit.to_string(), closure.year, root.as_slice()])?;
    }
    Ok(())
}

impl Replica {
    /// Lets go of closed years; returns how many cases of them stay as rows alone. Townships and the county keep
    /// everything.
    pub fn archive(&mut self) -> Result<u64, ReplicaError> {
        if self.identity.unit.level() != Level::Village || closed(&self.db, &self.identity)?.is_empty() {
            return Ok(0);
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        projection::catch_up(&tx, BTreeSet::new(), &mut Projecting::default())?;
        let mut cases = None;
        let held = Vector(rows::signed(&tx)?.into_iter().collect());
        for partition in closed(&tx, &self.identity)? {
            if may_leave(&tx, &held, partition)? {
                *cases.get_or_insert(0) += leave(&tx, partition)?;
            }
        }
        tx.commit()?;
        let Some(cases) = cases else { return Ok(0) };
        tracing::info!(cases, "a closed year has left");
        // The room is the point, but what has left is safely gone without it too.
        if let Err(error) = self.db.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)") {
            tracing::warn!(%error, "the database keeps its size for now");
        }
        Ok(cases)
    }
}

/// How many cases are rows alone.
pub fn archived(db: &Connection) -> Result<u64, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT count(*) FROM case_row WHERE archived IS NOT NULL")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// The work of this unit that the county has closed and of which entries are still held.
fn closed(db: &Connection, identity: &Identity) -> Result<Vec<Partition>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT feed.period FROM feed JOIN closure ON closure.unit = feed.unit AND closure.year = feed.period
         WHERE feed.unit = ? AND feed.kind = ? AND feed.n > feed.hollow_n ORDER BY feed.period",
    )?;
    let (unit, kind) = (identity.unit, PartitionKind::Work);
    let years = statement.query_map(params![unit.to_string(), kind.as_str()], |row| row.get(0))?;
    years.map(|period| Ok(Partition { unit, kind, period: period? })).collect()
}

/// Whether what is held is exactly what the county signed for, lies under its last receipt and in a backup, and is finished.
fn may_leave(db: &Connection, held: &Vector, partition: Partition) -> Result<bool, ReplicaError> {
    let finished: String =
        State::ALL.into_iter().filter(|state| state.settled()).map(|state| format!(" {state} ")).collect();
    let mut statement = db.prepare_cached(include_str!("year/may_leave.sql"))?;
    Ok(statement.query_row(
        named_params! {
            ":unit": partition.unit.to_string(),
            ":kind": partition.kind.as_str(),
            ":year": partition.period,
            ":root": held.partition_root(partition),
            ":finished": finished,
        },
        |row| row.get(0),
    )?)
}

/// Takes a partition's entries out and marks its cases; returns how many.
fn leave(db: &Connection, partition: Partition) -> Result<u64, ReplicaError> {
    let Partition { unit, kind, period } = partition;
    let (unit, kind) = (unit.to_string(), kind.as_str());
    let cases = db.execute(
        "UPDATE case_row SET archived = ?3 WHERE archived IS NULL AND id IN (
             SELECT id FROM document WHERE unit = ?1 AND partition_kind = ?2 AND period = ?3)",
        params![unit, kind, period],
    )?;
    db.execute(
        "UPDATE matter SET archived = ?3 WHERE archived IS NULL AND id IN (
             SELECT id FROM document WHERE unit = ?1 AND partition_kind = ?2 AND period = ?3)",
        params![unit, kind, period],
    )?;
    db.execute(
        "UPDATE rating SET archived = ?3 WHERE archived IS NULL AND id IN (
             SELECT id FROM document WHERE unit = ?1 AND partition_kind = ?2 AND period = ?3)",
        params![unit, kind, period],
    )?;
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT hash FROM attached JOIN document ON document.id = attached.document
         WHERE unit = ? AND partition_kind = ? AND period = ?",
    )?;
    let hashes = statement.query_map(params![unit, kind, period], |row| row.get(0).map(ContentHash))?;
    let hashes = hashes.collect::<Result<Vec<_>, _>>()?;
    for sql in [
        // What is left of them isn't compared any more.
        "DELETE FROM case_duplicate
         WHERE id IN (SELECT id FROM document WHERE unit = ?1 AND partition_kind = ?2 AND period = ?3)
            OR other IN (SELECT id FROM document WHERE unit = ?1 AND partition_kind = ?2 AND period = ?3)",
        "DELETE FROM attached WHERE document IN (
             SELECT id FROM document WHERE unit = ?1 AND partition_kind = ?2 AND period = ?3)",
        // Who held them was said in entries that leave too.
        "DELETE FROM holding WHERE unit = ?1 AND kind = ?2 AND period = ?3",
        // Numbers of entries may be given again.
        "DELETE FROM verdict WHERE feed IN (SELECT id FROM feed WHERE unit = ?1 AND kind = ?2 AND period = ?3)",
        "DELETE FROM reissue WHERE feed IN (SELECT id FROM feed WHERE unit = ?1 AND kind = ?2 AND period = ?3)",
        "DELETE FROM entry WHERE feed IN (SELECT id FROM feed WHERE unit = ?1 AND kind = ?2 AND period = ?3)",
        // Of a document without a row nothing is left to be found.
        "DELETE FROM document WHERE unit = ?1 AND partition_kind = ?2 AND period = ?3
         AND id NOT IN (SELECT id FROM case_row UNION ALL SELECT id FROM matter UNION ALL SELECT id FROM rating)",
        "DELETE FROM checkpoint WHERE (feed, n) IN (
             SELECT checkpoint.feed, checkpoint.n FROM feed JOIN checkpoint ON checkpoint.feed = feed.id
             WHERE unit = ?1 AND kind = ?2 AND period = ?3 AND checkpoint.n < feed.n)",
        "UPDATE feed SET hollow_n = n WHERE unit = ?1 AND kind = ?2 AND period = ?3",
    ] {
        db.execute(sql, params![unit, kind, period])?;
    }
    hashes.into_iter().try_for_each(|hash| attachment::drop_unreferred(db, hash))?;
    Ok(cases as u64)
}
