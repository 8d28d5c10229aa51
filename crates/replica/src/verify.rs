//! Checking a replica: the database file, the chains and signatures of all feeds, and the projections against the
//! documents.

use crate::{
    Identity, Replica, ReplicaError, access, attachment, case,
    document::{RowId, Unfit},
    feed::{Intake, rows},
    projection,
    public::{self, Projecting},
    rating, revocation, search,
};
use daiban_domain::ContentHash;
use daiban_exchange::{Checkpoint, FeedId, Log, engine::Shown, kind};
use rusqlite::{Connection, params, types::ValueRef};
use std::collections::BTreeSet;

/// What a check found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// SQLite's own words.
    Database(String),
    /// Entries of a feed don't chain to what was signed for, or to its head: one of these was altered, moved or taken away.
    Chain { feed: String, first: u64, last: u64 },
    /// A checkpoint isn't whose it should be.
    Signature { feed: String, n: u64 },
    /// The county had signed for entries that aren't here any more.
    Short { feed: String, first: u64, last: u64 },
    /// What stands here is not what the county has signed for up to this entry: it was signed anew.
    Deposited { feed: String, n: u64 },
    /// What is noted of the county's last receipt isn't what the county has signed.
    Receipt,
    /// The records of access shown aren't those of the entries.
    Accesses,
    /// An entry is held whose content can't count, and nothing stands for it yet.
    Withheld { feed: String, n: u64, reason: Option<Unfit> },
    /// An entry is held that builds on one that isn't here or can't count.
    Waiting { feed: String, n: u64 },
    /// A body is missing that nobody has ordered to erase.
    Erased { feed: String, n: u64 },
    /// The bytes held of an attachment aren't those of its hash.
    Attachment { hash: ContentHash },
    /// An attachment of a case of this device's is nowhere: not here, and the county has never had it.
    Lost { hash: ContentHash },
    /// The projections aren't what the documents make of them.
    Projection,
}

/// What SQLite and SQLCipher find out of a database's file.
pub(crate) const CHECKS: [&str; 2] = ["integrity_check", "cipher_integrity_check"];

/// What one of the checks says of the file; nothing of one that is sound.
pub(crate) fn damage(db: &Connection, check: &str) -> Result<Vec<String>, ReplicaError> {
    let mut damage = Vec::new();
    db.pragma_query(None, check, |row| {
        let line: String = row.get(0)?;
        if line != "ok" {
            damage.push(line);
        }
        Ok(())
    })?;
    Ok(damage)
}

impl Replica {
    /// All faults; empty if everything is as it should be. Changes nothing.
    pub fn verify(&mut self) -> Result<Vec<Fault>, ReplicaError> {
        let mut faults = Vec::new();
        for check in CHECKS {
            faults.extend(damage(&self.db, check)?.into_iter().map(Fault::Database));
        }
        faults.extend(self.verify_feeds()?);
        let (wrong, lost) = attachment::faults(&self.db, self.identity.device, self.identity.hub)?;
        faults.extend(wrong.into_iter().map(|hash| Fault::Attachment { hash }));
        faults.extend(lost.into_iter().map(|hash| Fault::Lost { hash }));
        let tx = self.db.transaction()?;
        projection::catch_up(&tx, BTreeSet::new(), &mut Projecting::default())?;
        let (before, counted) = (all(&tx)?, !case::miscounted(&tx)?);
        let same = match rebuild(&tx, &self.identity) {
            Ok(()) => counted && all(&tx)? == before,
            // An entry can't be unpacked.
            Err(ReplicaError::Column(_)) => false,
            Err(error) => return Err(error),
        };
        if !same {
            faults.push(Fault::Projection);
        }
        tx.rollback()?;
        Ok(faults)
    }

    /// Chains and signatures of all feeds, and what is held of them.
    fn verify_feeds(&mut self) -> Result<Vec<Fault>, ReplicaError> {
        let mut faults = Vec::new();
        let hub_key = self.identity.hub_key;
        let intake = Intake::begin(self)?;
        if let Some(Shown { receipt, root }) = intake.last_receipt()?
            && !(receipt.verify(root, &hub_key) && intake.hub_vector()?.root() == root)
        {
            faults.push(Fault::Receipt);
        }
        for (id, feed) in rows::all(intake.db())? {
            verify_feed(&intake, intake.db(), id, &feed, &mut faults)?;
        }
        Ok(faults)
    }

    /// What is wrong with what audits go by: chains, signatures, bodies that nobody has ordered to erase, records of access.
    pub fn verify_audit(&mut self) -> Result<Vec<Fault>, ReplicaError> {
        let mut faults = self.verify_feeds()?;
        faults.retain(|fault| !matches!(fault, Fault::Withheld { .. } | Fault::Waiting { .. }));
        let tx = self.db.transaction()?;
        let before = accesses(&tx)?;
        access::rebuild(&tx)?;
        if accesses(&tx)? != before {
            faults.push(Fault::Accesses);
        }
        tx.rollback()?;
        Ok(faults)
    }

    /// Drops all projections and makes them anew from the documents.
    pub fn rebuild(&mut self) -> Result<(), ReplicaError> {
        let tx = self.db.transaction()?;
        rebuild(&tx, &self.identity)?;
        Ok(tx.commit()?)
    }

    /// A hash over all projections: equal on all replicas that hold the same entries.
    pub fn digest(&self) -> Result<[u8; 32], ReplicaError> {
        digest(&self.db)
    }
}

fn verify_feed(
    log: &impl Log<Error = ReplicaError>,
    db: &Connection,
    id: i64,
    feed: &FeedId,
    faults: &mut Vec<Fault>,
) -> Result<(), ReplicaError> {
    let name = feed.to_string();
    let Some(row) = rows::Row::find(db, feed)? else { return Ok(()) };
    let head = row.head;
    let author = log.author(feed.device)?;
    let mut checkpoints =
        db.prepare_cached("SELECT n, chain, signature FROM checkpoint WHERE feed = ? ORDER BY n")?;
    let mut checkpoints = checkpoints.query([id])?;
    // What has left with its year can't be chained again.
    let begun = feed.after().max(row.hollow_n);
    let Some(chain) = log.chain_at(feed, begun)? else { return Ok(()) };
    let mut reached = daiban_exchange::Head { n: begun, chain };
    while let Some(row) = checkpoints.next()? {
        let checkpoint = Checkpoint {
            head: daiban_exchange::Head { n: row.get("n")?, chain: row.get("chain")? },
            signature: row.get("signature")?,
        };
        if !author.as_ref().is_some_and(|author| checkpoint.verify(feed, &author.key)) {
            faults.push(Fault::Signature { feed: name.clone(), n: checkpoint.head.n });
            continue;
        }
        if chained(db, id, reached, checkpoint.head.n)? != Some(checkpoint.head) {
            let (first, last) = (reached.n + 1, checkpoint.head.n);
            faults.push(Fault::Chain { feed: name.clone(), first, last });
        }
        // What was signed for stands: what follows is measured by it.
        reached = checkpoint.head;
    }
    if chained(db, id, reached, head.n)? != Some(head) {
        let (first, last) = (reached.n.min(head.n) + 1, head.n.max(reached.n));
        faults.push(Fault::Chain { feed: name.clone(), first, last });
    }
    let (county, hub, chain): (u64, u64, Option<[u8; 32]>) = db
        .prepare_cached("SELECT county_n, hub_n, hub_chain FROM feed WHERE id = ?")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if county > head.n {
        faults.push(Fault::Short { feed: name.clone(), first: head.n + 1, last: county });
    } else if county > begun && county == hub && log.chain_at(feed, county)? != chain {
        faults.push(Fault::Deposited { feed: name.clone(), n: county });
    }
    let mut unanswered =
        db.prepare_cached("SELECT n, min(reason) FROM unanswered WHERE feed = ? GROUP BY n ORDER BY n")?;
    for found in unanswered.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (n, reason) = found?;
        let feed = name.clone();
        faults.push(match Unfit::numbered(reason) {
            Some(Unfit::Waiting) => Fault::Waiting { feed, n },
            reason => Fault::Withheld { feed, n, reason },
        });
    }
    let mut stubs = db.prepare_cached(include_str!("verify/unordered_stubs.sql"))?;
    for n in stubs.query_map([id], |row| row.get(0))? {
        faults.push(Fault::Erased { feed: name.clone(), n: n? });
    }
    Ok(())
}

/// The head after the entries up to a number; `None` if one of them can't be unpacked.
fn chained(
    db: &Connection,
    feed: i64,
    from: daiban_exchange::Head,
    until: u64,
) -> Result<Option<daiban_exchange::Head>, ReplicaError> {
    match rows::entries(db, feed, from.n + 1, until) {
        Ok(entries) => Ok(Some(entries.iter().fold(from, |head, entry| head.next(entry)))),
        Err(ReplicaError::Column(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

const PROJECTIONS: [&str; 24] = [
    "device",
    "person",
    "person_key",
    "another_key",
    "acted_for",
    "unit",
    "item",
    "life_event",
    "calendar",
    "county_setting",
    "staff",
    "office",
    "delegation",
    "notice",
    "notice_receipt",
    "resident",
    "resident_link",
    "resident_likeness",
    "case_duplicate",
    "erasure",
    "closure",
    "role_change",
    "attached",
    "holding",
];

pub(crate) fn rebuild(db: &Connection, identity: &Identity) -> Result<(), ReplicaError> {
    projection::reread(db)?;
    for table in PROJECTIONS {
        db.execute(&format!("DELETE FROM {table}"), [])?;
    }
    // What has left with its year can't be made again.
    db.execute("DELETE FROM case_row WHERE archived IS NULL", [])?;
    for beside in ["hand_over", "custody"] {
        db.execute(&format!("DELETE FROM {beside} WHERE id NOT IN (SELECT id FROM case_row)"), [])?;
    }
    db.execute("DELETE FROM matter WHERE archived IS NULL", [])?;
    rating::begin_anew(db)?;
    db.execute("DELETE FROM unprojected", [])?;
    search::begin_anew(db)?;
    case::find_archived_again(db)?;
    let mut statement = db.prepare(include_str!("verify/heeded.sql"))?;
    let heeded = params![kind::ENROLMENT, kind::PERSON, kind::CLOSURE, kind::ERASURE, kind::PERSON_KEY];
    let mut rows = statement.query(heeded)?;
    while let Some(row) = rows.next()? {
        let body = row.get_ref("body")?.as_blob().unwrap_or_default();
        public::heed(db, identity, &rows::feed(row)?, row.get("entry_kind")?, body)?;
    }
    attachment::project_holdings(db)?;
    access::rebuild(db)?;
    revocation::rebuild(db)?;
    // What cases refer to comes first, so that each is projected once.
    let mut statement = db.prepare(
        "SELECT id FROM document ORDER BY kind = 'case', kind IN ('calendar', 'countySetting') DESC, id",
    )?;
    let ids = statement.query_map([], |row| row.get(0).map(RowId))?.collect::<Result<Vec<_>, _>>()?;
    for some in ids.chunks(1_000) {
        let mut projecting = Projecting::default();
        public::project(db, some.iter().copied(), &mut projecting)?;
        projecting.found.write(db)?;
    }
    Ok(())
}

/// What is the same wherever the same cases are, and the records of access, which go upwards alone.
fn all(db: &Connection) -> Result<[[u8; 32]; 2], ReplicaError> {
    Ok([digest(db)?, accesses(db)?])
}

fn accesses(db: &Connection) -> Result<[u8; 32], ReplicaError> {
    hash(db, include_str!("verify/accesses.sql"))
}

fn digest(db: &Connection) -> Result<[u8; 32], ReplicaError> {
    hash(db, include_str!("verify/projections.sql"))
}

/// Over the rows of some statements, in their order.
pub(crate) fn hash(db: &Connection, statements: &str) -> Result<[u8; 32], ReplicaError> {
    let mut hasher = blake3::Hasher::new();
    for sql in statements.split(';').filter(|sql| !sql.trim().is_empty()) {
        let mut statement = db.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => hasher.update(b"-"),
                    ValueRef::Integer(number) => hasher.update(&number.to_le_bytes()),
                    ValueRef::Real(number) => hasher.update(&number.to_le_bytes()),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes)
                    }
                };
            }
        }
        hasher.update(b";");
    }
    Ok(*hasher.finalize().as_bytes())
}
