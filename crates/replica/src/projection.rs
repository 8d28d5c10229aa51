//! The version of the projections: a database that another program wrote is brought up to date when it is opened.

use crate::{
    Replica, ReplicaError,
    document::{RowId, Unfit, judge_alone},
    feed::{Row, rows},
    public::{self, Projecting},
    quarantine, search, verify,
};
use rusqlite::{Connection, TransactionBehavior, params};
use std::collections::BTreeSet;

/// What projections this program makes. Raised whenever the same entries come to give other rows, or entries are
/// understood that weren't before; the number lies in the database's `user_version`.
/// 1: 2026-11-25, verdicts, actors bound to their feeds.
/// 2: 2026-11-25, limits on actors and keys of a change.
/// 3: 2026-11-25, all clocks of the state table, the county's settings; rosters and links in the register; of several values
/// of a resident's field the one that counts.
/// 4: 2026-11-25, batches, suggestions, mandates; matters, life events; units that end, staff, delegations, new agents.
/// 5: 2026-11-25, ends of terms that papers told; duplicates of people and cases, links across registers; what lists of
/// cases are read from; ratings and their tickets, when cases ended; offices and transfers.
/// 6: 2026-11-26, cases that were granted; residents found by their former number.
/// 7: 2026-11-26, cases by their places in the search index, initials by each of their beginnings, sums by item.
/// 8: 2026-11-26, revoked devices and what is held of theirs, roles as they were changed; every hand-over of a case; names of units in a
/// second language.
/// 9: 2026-11-26, who read and let out what.
/// 10: 2026-11-26, at which device people work, and what they sign with.
/// 11: 2026-11-26, where the originals of cases are, which hand-overs are under way; notices and who has read them.
/// 12: 2026-11-26, acts that stepped aside for paper where two took them.
/// 13: 2026-11-26, acts that don't count and that somebody has looked at; fields that were put back to be settled anew.
pub const PROJECTION_VERSION: u32 = 13;

const STORED: &str = "user_version";

impl Replica {
    /// Rebuilds everything that another program's projections may say otherwise, older or newer, in one transaction.
    pub(crate) fn renew_projections(&mut self) -> Result<(), ReplicaError> {
        let stored = |db: &Connection| db.pragma_query_value(None, STORED, |row| row.get::<_, u32>(0));
        if stored(&self.db)? == PROJECTION_VERSION {
            return Ok(());
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let from = stored(&tx)?;
        if from != PROJECTION_VERSION {
            tracing::info!(from, to = PROJECTION_VERSION, "rebuilding the projections");
            verify::rebuild(&tx, &self.identity)?;
            tx.pragma_update(None, STORED, PROJECTION_VERSION)?;
        }
        Ok(tx.commit()?)
    }

    /// Projects what an exchange has left, one that was cut short included.
    pub fn catch_up(&mut self) -> Result<(), ReplicaError> {
        let left = "SELECT EXISTS (SELECT 1 FROM unprojected)";
        if !self.db.query_row(left, [], |row| row.get::<_, bool>(0))? {
            return Ok(());
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        catch_up(&tx, BTreeSet::new(), &mut Projecting::default())?;
        Ok(tx.commit()?)
    }
}

/// Leaves documents to be projected with what comes next: most of them will be in it again. Until then their rows show
/// what they showed before.
pub(crate) fn put_off(db: &Connection, rows: impl IntoIterator<Item = RowId>) -> Result<(), ReplicaError> {
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO unprojected (document) VALUES (?)")?;
    rows.into_iter().try_for_each(|row| insert.execute([row.0]).map(drop))?;
    Ok(())
}

/// Projects what was left to be projected, and these.
pub(crate) fn catch_up(
    db: &Connection,
    mut rows: BTreeSet<RowId>,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    let mut statement = db.prepare_cached("DELETE FROM unprojected RETURNING document")?;
    let left = statement.query_map([], |row| row.get(0).map(RowId))?;
    for row in left {
        rows.insert(row?);
    }
    if rows.is_empty() {
        return Ok(());
    }
    search::index_newest(db)?;
    public::project(db, rows, projecting)?;
    std::mem::take(&mut projecting.found).write(db)
}

/// Entries that are read at a time.
const STRETCH: u64 = 1000;

/// Reads all entries again, as if they arrived now: what an older program couldn't understand may be understood by this
/// one, and what can be told of an entry by itself is told anew.
pub(crate) fn reread(db: &Connection) -> Result<(), ReplicaError> {
    for (id, feed) in rows::all(db)? {
        let Some(row) = Row::find(db, &feed)? else { continue };
        let mut actor = match row.origin {
            Some(origin) => rows::actor_before(db, &feed, origin)?,
            None => None,
        };
        // Which actor a feed named in what has left with a closed year isn't known any more.
        let mut unnamed = row.hollow_n > 0;
        let mut first = feed.after().max(row.hollow_n) + 1;
        loop {
            let entries = rows::entries(db, id, first, first + STRETCH - 1)?;
            for (n, entry) in (first..).zip(&entries) {
                let header = entry.header().ok();
                unnamed &= header.as_ref().is_none_or(|header| header.actor.is_none());
                let unfit = judge_alone(header.as_ref(), entry, &mut actor)
                    .err()
                    .filter(|unfit| entry.erased.is_none() && !(unnamed && *unfit == Unfit::Actor));
                let document = header.as_ref().and_then(|header| header.document);
                let document =
                    document.map(|document| rows::document_row(db, document, feed.partition)).transpose()?;
                // How it fits its document is found when that is projected.
                db.prepare_cached(
                    "UPDATE entry SET kind = ?, document = ?, withheld = ? WHERE feed = ? AND n = ?",
                )?
                .execute(params![
                    header.as_ref().map_or(0, rows::stored_kind),
                    document.map(|row| row.0),
                    unfit.map_or(0, |unfit| unfit as u8),
                    id,
                    n
                ])?;
            }
            if (entries.len() as u64) < STRETCH {
                break;
            }
            first += STRETCH;
        }
        db.execute("UPDATE feed SET actor = coalesce(?, actor) WHERE id = ?", params![actor, id])?;
    }
    quarantine::rebuild(db)
}
