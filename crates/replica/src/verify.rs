//! Checking a replica: the database file, the chains and signatures of all feeds, and the projections against the
//! documents.

use crate::{
    Identity, Replica, ReplicaError, attachment, case,
    document::{RowId, Unfit},
    feed::{Intake, rows},
    projection,
    public::{self, Projecting},
    rating, revocation, search,
};
use daiban_domain::ContentHash;
use daiban_exchange::{Checkpoint, Log, kind};
use rusqlite::{Connection, params, types::ValueRef};
use std::collections::BTreeSet;

/// What a check found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// SQLite's own words.
    Database(String),
    /// The entries of a feed don't chain to its head.
    Chain { feed: String },
    /// A checkpoint isn't where or whose it should be.
    Signature { feed: String, n: u64 },
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

impl Replica {
    /// All faults; empty if everything is as it should be. Changes nothing.
    pub fn verify(&mut self) -> Result<Vec<Fault>, ReplicaError> {
        let mut faults = Vec::new();
        for pragma in ["integrity_check", "cipher_integrity_check"] {
            self.db.pragma_query(None, pragma, |row| {
                let line: String = row.get(0)?;
                if line != "ok" {
                    faults.push(Fault::Database(line));
                }
                Ok(())
            })?;
        }
        let intake = Intake::begin(self)?;
        for (id, feed) in rows::all(intake.db())? {
            verify_feed(&intake, intake.db(), id, &feed, &mut faults)?;
        }
        drop(intake);
        let (wrong, lost) = attachment::faults(&self.db, self.identity.device, self.identity.hub)?;
        faults.extend(wrong.into_iter().map(|hash| Fault::Attachment { hash }));
        faults.extend(lost.into_iter().map(|hash| Fault::Lost { hash }));
        let tx = self.db.transaction()?;
        projection::catch_up(&tx, BTreeSet::new(), &mut Projecting::default())?;
        let (before, counted) = (digest(&tx)?, !case::miscounted(&tx)?);
        let same = match rebuild(&tx, &self.identity) {
            Ok(()) => counted && digest(&tx)? == before,
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
    feed: &daiban_exchange::FeedId,
    faults: &mut Vec<Fault>,
) -> Result<(), ReplicaError> {
    let name = format!("{}/{}/{:x}", feed.partition, feed.device, feed.incarnation.0);
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
        let Some(next) = chained(db, id, reached, checkpoint.head.n)? else {
            faults.push(Fault::Chain { feed: name });
            return Ok(());
        };
        reached = next;
        let signed = author.as_ref().is_some_and(|author| checkpoint.verify(feed, &author.key));
        if checkpoint.head != reached || !signed {
            faults.push(Fault::Signature { feed: name.clone(), n: checkpoint.head.n });
        }
    }
    if chained(db, id, reached, head.n)? != Some(head) {
        faults.push(Fault::Chain { feed: name.clone() });
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

const PROJECTIONS: [&str; 19] = [
    "device",
    "person",
    "unit",
    "item",
    "life_event",
    "calendar",
    "county_setting",
    "staff",
    "office",
    "delegation",
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
    db.execute("DELETE FROM hand_over WHERE id NOT IN (SELECT id FROM case_row)", [])?;
    db.execute("DELETE FROM matter WHERE archived IS NULL", [])?;
    rating::begin_anew(db)?;
    db.execute("DELETE FROM unprojected", [])?;
    search::begin_anew(db)?;
    case::find_archived_again(db)?;
    let mut statement = db.prepare(include_str!("verify/heeded.sql"))?;
    let mut rows = statement.query(params![kind::ENROLMENT, kind::PERSON, kind::CLOSURE, kind::ERASURE])?;
    while let Some(row) = rows.next()? {
        let body = row.get_ref("body")?.as_blob().unwrap_or_default();
        public::heed(db, identity, &rows::feed(row)?, row.get("entry_kind")?, body)?;
    }
    attachment::project_holdings(db)?;
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

fn digest(db: &Connection) -> Result<[u8; 32], ReplicaError> {
    let mut hasher = blake3::Hasher::new();
    for sql in include_str!("verify/projections.sql").split(';').filter(|sql| !sql.trim().is_empty()) {
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
