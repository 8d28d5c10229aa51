//! Who read what is masked, and let what out: written in the same transaction as the act, and read for an audit.

use crate::{
    ReplicaError,
    document::Writing,
    feed::{rows, stored},
    identity::text,
    revocation::{self, Word},
};
use daiban_domain::{DeviceId, Instant, PersonId, UnitCode};
use daiban_exchange::{FeedId, Header, Partition, PartitionKind, access::Access, kind, wire};
use rusqlite::{Connection, named_params, params};

/// One record, with its place.
#[derive(Clone, Debug)]
pub struct Accessed {
    pub feed: FeedId,
    pub n: u64,
    /// Whose audit partition it lies in: the unit of the device.
    pub unit: UnitCode,
    pub device: DeviceId,
    pub person: Option<PersonId>,
    /// The device's clock.
    pub at: Instant,
    pub access: Access,
    /// The device was revoked before.
    pub held: bool,
}

impl Writing<'_> {
    /// Records an access by the person here.
    pub fn record_access(&self, access: &Access) -> Result<(), ReplicaError> {
        let header = self.header(kind::ACCESS, None);
        let appended =
            self.enter(Partition::audit(self.identity().unit), header.clone(), wire::encode(access))?;
        project(&self.tx, appended.id, &header, access)
    }
}

/// Takes note of a record; in another partition it is nobody's word.
pub(crate) fn heed(
    db: &Connection,
    feed: &FeedId,
    entry: i64,
    header: &Header,
    body: &[u8],
) -> Result<(), ReplicaError> {
    if feed.partition.kind != PartitionKind::Audit {
        return Ok(());
    }
    match minicbor::decode(body) {
        Ok(access) => project(db, entry, header, &access),
        Err(error) => {
            tracing::warn!(device = %feed.device, %error, "a record of access can't be read");
            Ok(())
        }
    }
}

fn project(db: &Connection, entry: i64, header: &Header, access: &Access) -> Result<(), ReplicaError> {
    let Access { what, about, part, rows, reason } = access;
    db.prepare_cached(
        "INSERT OR IGNORE INTO access (entry, person, at, what, about, part, rows, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        entry,
        header.person.map(|person| person.0),
        header.at.0,
        what,
        about,
        part,
        *rows as i64,
        reason
    ])?;
    Ok(())
}

/// All records anew from the entries.
pub(crate) fn rebuild(db: &Connection) -> Result<(), ReplicaError> {
    db.execute("DELETE FROM access", [])?;
    let mut statement = db.prepare(
        "SELECT entry.header, entry.body, entry.packing, entry.erased, entry.id AS entry, feed.*
         FROM feed CROSS JOIN entry ON entry.feed = feed.id WHERE feed.kind = 'audit' AND entry.kind = ?",
    )?;
    let mut found = statement.query([kind::ACCESS])?;
    while let Some(row) = found.next()? {
        let entry = stored::read(row)?;
        heed(db, &rows::feed(row)?, row.get("entry")?, &entry.header()?, &entry.body)?;
    }
    Ok(())
}

/// What a list of records is asked for.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// With the units below it.
    pub unit: Option<UnitCode>,
    pub since: Option<Instant>,
    pub about: Option<String>,
    /// Of lists, the forms and months that name something about which is asked, e.g. `F18-2026-03`.
    pub lists: Option<(UnitCode, String)>,
    pub limit: u32,
}

/// Records, the newest first.
pub fn list(db: &Connection, sought: &Sought) -> Result<Vec<Accessed>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("access/list.sql"))?;
    let lists = sought.lists.as_ref();
    let within = lists.map(|(unit, _)| {
        [*unit].into_iter().chain(unit.ancestors()).map(|unit| unit.to_string()).collect::<Vec<_>>().join(" ")
    });
    let mut found = statement.query(named_params! {
        ":unit": sought.unit.map(UnitCode::prefix),
        ":since": sought.since.map_or(i64::MIN, |since| since.0),
        ":about": sought.about,
        ":within": within,
        ":part": lists.map(|(_, part)| part),
        ":limit": sought.limit,
    })?;
    let mut records = Vec::new();
    while let Some(row) = found.next()? {
        let person: Option<[u8; 8]> = row.get("person")?;
        records.push(Accessed {
            feed: rows::feed(row)?,
            n: row.get("n")?,
            unit: text(row, "unit")?,
            device: DeviceId(row.get("device")?),
            person: person.map(PersonId),
            at: Instant(row.get("at")?),
            access: Access {
                what: row.get("what")?,
                about: row.get("about")?,
                part: row.get("part")?,
                rows: row.get::<_, i64>("rows")?.unsigned_abs(),
                reason: row.get("reason")?,
            },
            held: row.get("held")?,
        });
    }
    Ok(records)
}

/// What was done to devices, roles and records since then: revocations, reviews, changes of roles and orders to erase, in no
/// order.
pub fn words(db: &Connection, since: Instant) -> Result<Vec<Word>, ReplicaError> {
    let mut words = revocation::words_since(db, since)?;
    let mut statement = db.prepare_cached(
        "SELECT entry.header, entry.body, entry.packing, entry.erased, entry.n, feed.*
         FROM feed CROSS JOIN entry ON entry.feed = feed.id WHERE feed.kind = 'public' AND entry.kind = ?",
    )?;
    let mut orders = statement.query([kind::ERASURE])?;
    while let Some(row) = orders.next()? {
        let (entry, feed) = (stored::read(row)?, rows::feed(row)?);
        let header = entry.header()?;
        if header.at >= since {
            let (person, at) = (header.person, header.at);
            words.push(Word { feed, n: row.get(4)?, person, at, kind: kind::ERASURE, body: entry.body });
        }
    }
    Ok(words)
}
