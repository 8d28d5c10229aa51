//! A row of the table `feed`, and the entries behind it.

use super::stored;
use crate::{
    ReplicaError,
    document::{self, RowId, Unfit},
    erasure,
};
use daiban_domain::{DeviceId, DocumentId, Instant};
use daiban_exchange::{
    Backup, Branch, Entry, FeedId, Head, Header, Incarnation, Partition, Run, Vector, kind,
};
use rusqlite::{Connection, OptionalExtension, named_params, params};
use std::borrow::Cow;

pub(crate) struct Row {
    pub id: i64,
    pub head: Head,
    /// The chain hash before its first entry; `None` for a branch that has only been heard of.
    pub origin: Option<[u8; 32]>,
    pub unsigned_bytes: usize,
    /// The automerge actor that the feed named last.
    pub actor: Option<Vec<u8>>,
    /// Entries up to this one have left with their closed year.
    pub hollow_n: u64,
    /// Of a revoked device's: the last entry that counts.
    pub held_after: Option<u64>,
}

impl Row {
    pub fn find(db: &Connection, feed: &FeedId) -> Result<Option<Self>, ReplicaError> {
        let mut statement = db.prepare_cached(include_str!("find.sql"))?;
        let partition = feed.partition;
        let row = statement
            .query_row(
                params![
                    partition.unit.to_string(),
                    partition.kind.as_str(),
                    partition.period,
                    feed.device.0,
                    feed.incarnation.0 as i64,
                    branch(feed)
                ],
                |row| {
                    Ok(Self {
                        id: row.get("id")?,
                        origin: row.get("origin")?,
                        head: Head { n: row.get("n")?, chain: row.get("chain")? },
                        unsigned_bytes: row.get("unsigned_bytes")?,
                        actor: row.get("actor")?,
                        hollow_n: row.get("hollow_n")?,
                        held_after: row.get("held_after")?,
                    })
                },
            )
            .optional()?;
        Ok(row)
    }

    /// The feed's row, made if there is none.
    pub fn open(db: &Connection, feed: &FeedId) -> Result<Self, ReplicaError> {
        if let Some(row) = Self::find(db, feed)? {
            return Ok(row);
        }
        let origin = feed.branch.is_none().then(|| feed.origin().chain);
        let head = Head { n: feed.after(), chain: origin.unwrap_or_default() };
        db.execute(
            include_str!("insert.sql"),
            params![
                feed.partition.unit.to_string(),
                feed.partition.kind.as_str(),
                feed.partition.period,
                feed.device.0,
                feed.incarnation.0 as i64,
                branch(feed),
                feed.after(),
                origin,
                head.chain
            ],
        )?;
        let id = db.last_insert_rowid();
        Ok(Self { id, head, origin, unsigned_bytes: 0, actor: None, hollow_n: 0, held_after: None })
    }

    /// Stores one entry and the row of its document; returns both rows. The feed's head is the caller's. Of a document that is
    /// under an order to erase only a stub is stored; `orders`: there are any.
    #[expect(clippy::too_many_arguments, reason = "all of one entry, and where it goes")]
    pub fn store(
        &self,
        db: &Connection,
        partition: Partition,
        n: u64,
        header: Option<&Header>,
        entry: &Entry,
        unfit: Option<Unfit>,
        orders: bool,
    ) -> Result<(i64, Option<RowId>), ReplicaError> {
        let document = header.and_then(|header| header.document);
        let row = document.map(|id| document_row(db, id, partition)).transpose()?;
        let erased = match document {
            Some(document) if orders => erasure::ordered(db, partition, document)?,
            _ => false,
        };
        let entry = if erased { Cow::Owned(entry.stub()) } else { Cow::Borrowed(entry) };
        let stored = stored::pack(header.map(|header| header.kind), &entry);
        db.prepare_cached(
            "INSERT INTO entry (feed, n, kind, document, withheld, header, body, packing, erased) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            self.id,
            n,
            header.map_or(0, stored_kind),
            row.map(|row| row.0),
            unfit.filter(|_| !erased).map_or(0, |unfit| unfit as u8),
            stored.header,
            stored.body,
            stored.packing,
            entry.erased
        ])?;
        Ok((db.last_insert_rowid(), row))
    }

    /// Whole runs after an entry number, each ending at a checkpoint, up to about `bytes` of entries but one at least. None
    /// after one that has left: whoever lacks it can't use what follows.
    pub fn runs(
        &self,
        db: &Connection,
        feed: &FeedId,
        after: u64,
        bytes: usize,
    ) -> Result<Vec<Run>, ReplicaError> {
        let mut checkpoints =
            db.prepare_cached("SELECT n, signature FROM checkpoint WHERE feed = ? AND n > ? ORDER BY n")?;
        let mut checkpoints = checkpoints.query(params![self.id, after])?;
        let mut runs = Vec::new();
        if after < self.hollow_n {
            return Ok(runs);
        }
        let (mut first, mut size) = (after + 1, 0);
        while let Some(checkpoint) = checkpoints.next()? {
            let last: u64 = checkpoint.get("n")?;
            let entries = entries(db, self.id, first, last)?;
            size += entries.iter().map(Entry::size).sum::<usize>();
            if size > bytes && !runs.is_empty() {
                break;
            }
            runs.push(Run { feed: *feed, first, entries, signature: checkpoint.get("signature")? });
            first = last + 1;
        }
        Ok(runs)
    }
}

/// How the kind of an entry is stored: 0 for what this program doesn't understand and may change the state of its document.
pub(crate) fn stored_kind(header: &Header) -> u16 {
    match (header.understood(), header.changes_state()) {
        (true, _) => header.kind,
        (false, true) => 0,
        (false, false) => kind::INFORMING,
    }
}

/// Entries of a feed from one number to another, both included.
pub(crate) fn entries(db: &Connection, feed: i64, first: u64, last: u64) -> Result<Vec<Entry>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT header, body, packing, erased FROM entry WHERE feed = ? AND n BETWEEN ? AND ? ORDER BY n",
    )?;
    let mut rows = statement.query(params![feed, first, last])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(stored::read(row)?);
    }
    Ok(entries)
}

/// One entry of a feed.
pub(crate) fn entry(db: &Connection, feed: &FeedId, n: u64) -> Result<Option<Entry>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("entry.sql"))?;
    let Partition { unit, kind, period } = feed.partition;
    let mut rows = statement.query(params![
        n,
        unit.to_string(),
        kind.as_str(),
        period,
        feed.device.0,
        feed.incarnation.0 as i64,
        branch(feed)
    ])?;
    rows.next()?.map(stored::read).transpose()
}

/// The head of a feed at its entry `n`; `None` if it doesn't reach so far, or begins behind it.
pub(crate) fn head_at(
    db: &Connection,
    row: &Row,
    feed: &FeedId,
    n: u64,
) -> Result<Option<Head>, ReplicaError> {
    let Some(origin) = row.origin else { return Ok(None) };
    if row.head.n == n {
        return Ok(Some(row.head));
    }
    let mut statement = db.prepare_cached(
        "SELECT n, chain FROM checkpoint WHERE feed = ? AND n <= ? ORDER BY n DESC LIMIT 1",
    )?;
    let signed = statement
        .query_row(params![row.id, n], |row| Ok(Head { n: row.get("n")?, chain: row.get("chain")? }))
        .optional()?
        .unwrap_or(Head { n: feed.after(), chain: origin });
    let head = entries(db, row.id, signed.n + 1, n)?.iter().fold(signed, Head::next);
    Ok((head.n == n).then_some(head))
}

/// A feed and its branches as far as they are held.
pub(crate) fn lives(db: &Connection, of: &FeedId) -> Result<Vec<(FeedId, Head)>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("lives.sql"))?;
    let Partition { unit, kind, period } = of.partition;
    let mut rows = statement.query(params![
        unit.to_string(),
        kind.as_str(),
        period,
        of.device.0,
        of.incarnation.0 as i64
    ])?;
    let mut lives = Vec::new();
    while let Some(row) = rows.next()? {
        lives.push((feed(row)?, Head { n: row.get("n")?, chain: row.get("chain")? }));
    }
    Ok(lives)
}

/// Ends a feed at a head of its own; what it holds beyond becomes the branch.
pub(crate) fn split(db: &Connection, feed: &FeedId, at: Head, branch: &FeedId) -> Result<(), ReplicaError> {
    let Some(row) = Row::find(db, feed)? else { return Err(ReplicaError::Column("feed.branch")) };
    let to = Row::open(db, branch)?;
    let ended = named_params! { ":n": at.n, ":chain": at.chain, ":feed": row.id };
    db.execute(
        include_str!("split.sql"),
        named_params! { ":n": at.n, ":chain": at.chain, ":feed": row.id, ":branch": to.id },
    )?;
    db.execute(include_str!("end.sql"), ended)?;
    for table in ["entry", "checkpoint"] {
        let sql = format!("UPDATE {table} SET feed = ? WHERE feed = ? AND n > ?");
        db.execute(&sql, params![to.id, row.id, at.n])?;
    }
    tracing::warn!(device = %feed.device, partition = %feed.partition, after = at.n, "a device has lived twice");
    Ok(())
}

/// How the column `branch` names it.
fn branch(feed: &FeedId) -> &[u8] {
    feed.branch.as_ref().map_or(&[], |branch| &branch.chain)
}

/// The actor that a branch begins with: the one that was named last before it parted.
pub(crate) fn actor_before(
    db: &Connection,
    branch: &FeedId,
    origin: [u8; 32],
) -> Result<Option<Vec<u8>>, ReplicaError> {
    let (mut before, mut chain) = (branch.after(), origin);
    while before > 0 {
        let Some((parent, row)) = holder_of(db, branch, before, chain)? else { return Ok(None) };
        let mut statement = db.prepare_cached(
            "SELECT header, body, packing, erased FROM entry WHERE feed = ? AND n <= ? ORDER BY n DESC",
        )?;
        let mut rows = statement.query(params![row.id, before])?;
        while let Some(row) = rows.next()? {
            if let Ok(Header { actor: Some(actor), .. }) = stored::read(row)?.header() {
                return Ok(Some(actor));
            }
        }
        let Some(origin) = row.origin else { return Ok(None) };
        (before, chain) = (parent.after(), origin);
    }
    Ok(None)
}

/// The life that wrote entry `n` of a feed and its branches, where the chain hash is `chain`.
pub(crate) fn holder_of(
    db: &Connection,
    of: &FeedId,
    n: u64,
    chain: [u8; 32],
) -> Result<Option<(FeedId, Row)>, ReplicaError> {
    for (life, _) in lives(db, of)?.into_iter().filter(|(life, _)| life.after() < n) {
        if let Some(row) = Row::find(db, &life)?
            && head_at(db, &row, &life, n)?.is_some_and(|head| head.chain == chain)
        {
            return Ok(Some((life, row)));
        }
    }
    Ok(None)
}

/// The entries of a document, with their feeds and numbers; only those that a vector has, where one is given.
pub(crate) fn of_document(
    db: &Connection,
    document: RowId,
    within: Option<&Vector>,
) -> Result<Vec<(FeedId, u64, Entry)>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("of_document.sql"))?;
    let mut rows = statement.query(params![document.0])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let (feed, n) = (feed(row)?, row.get("n")?);
        if within.is_none_or(|within| n <= within.reach(&feed)) {
            entries.push((feed, n, stored::read(row)?));
        }
    }
    Ok(entries)
}

/// The entries of a document that still have their bodies, with their ids.
pub(crate) fn whole_of_document(db: &Connection, document: RowId) -> Result<Vec<(i64, Entry)>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT header, body, packing, erased, id FROM entry WHERE document = ? AND erased IS NULL",
    )?;
    let mut rows = statement.query([document.0])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push((row.get("id")?, stored::read(row)?));
    }
    Ok(entries)
}

/// All feeds held, with their ids.
pub(crate) fn all(db: &Connection) -> Result<Vec<(i64, FeedId)>, ReplicaError> {
    collect(db, "SELECT * FROM feed ORDER BY id", |row| Ok((row.get("id")?, feed(row)?)))
}

/// The last checkpoint of every feed that has one.
pub(crate) fn signed(db: &Connection) -> Result<Vec<(FeedId, Head)>, ReplicaError> {
    collect(db, "SELECT * FROM feed WHERE signed_n > after", |row| {
        Ok((feed(row)?, Head { n: row.get("signed_n")?, chain: row.get("signed_chain")? }))
    })
}

/// What the county holds of a feed, by its last receipt.
pub(crate) struct County {
    pub id: i64,
    pub feed: FeedId,
    /// How far that is the same as what is held here.
    pub reach: u64,
    pub hub: Option<Head>,
}

pub(crate) fn county(db: &Connection) -> Result<Vec<County>, ReplicaError> {
    collect(db, "SELECT * FROM feed", |row| {
        let chain: Option<[u8; 32]> = row.get("hub_chain")?;
        let n = row.get("hub_n")?;
        let hub = chain.map(|chain| Head { n, chain });
        Ok(County { id: row.get("id")?, feed: feed(row)?, reach: row.get("county_n")?, hub })
    })
}

/// Notes that the county now holds what is held here of a feed as far as `to`, and no longer or not yet beyond: by a receipt
/// of this time, of this moment of its store's life if it was given to this device.
pub(crate) fn reached(
    db: &Connection,
    id: i64,
    from: u64,
    to: u64,
    time: Instant,
    moment: Option<u64>,
) -> Result<(), ReplicaError> {
    db.prepare_cached(
        "UPDATE feed SET county_n = ?2, once_n = max(once_n, ?2), backup_n = min(backup_n, ?2) WHERE id = ?1",
    )?
    .execute(params![id, to])?;
    db.prepare_cached(
        "UPDATE checkpoint SET receipt = min(coalesce(receipt, ?4), ?4), moment = ?5
         WHERE feed = ?1 AND n > ?2 AND n <= ?3",
    )?
    .execute(params![id, from, to, time.0, moment])?;
    db.prepare_cached("UPDATE checkpoint SET moment = NULL WHERE feed = ? AND n > ? AND moment IS NOT NULL")?
        .execute(params![id, to])?;
    Ok(())
}

/// Notes the last backup of the county's store, in the present life of it: what it held by then is in it.
pub(crate) fn backed_up(db: &Connection, backup: Option<Backup>) -> Result<(), ReplicaError> {
    db.execute("DELETE FROM county_backup", [])?;
    if let Some(Backup { time, moment }) = backup {
        db.execute(
            "INSERT INTO county_backup (one, time, moment) VALUES (1, ?, ?)",
            params![time.0, moment],
        )?;
        db.execute(include_str!("backed_up.sql"), [moment])?;
    }
    Ok(())
}

pub(crate) fn collect<T>(
    db: &Connection,
    sql: &str,
    read: impl Fn(&rusqlite::Row<'_>) -> Result<T, ReplicaError>,
) -> Result<Vec<T>, ReplicaError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut collected = Vec::new();
    while let Some(row) = rows.next()? {
        collected.push(read(row)?);
    }
    Ok(collected)
}

pub(crate) fn feed(row: &rusqlite::Row<'_>) -> Result<FeedId, ReplicaError> {
    let branch = match row.get_ref("branch")?.as_blob().unwrap_or_default() {
        [] => None,
        chain => Some(Branch {
            after: row.get("after")?,
            chain: chain.try_into().map_err(|_| ReplicaError::Column("feed.branch"))?,
        }),
    };
    Ok(FeedId {
        partition: document::partition(row, "kind")?,
        device: DeviceId(row.get("device")?),
        incarnation: Incarnation(row.get::<_, i64>("incarnation")? as u64),
        branch,
    })
}

pub(crate) fn document_row(
    db: &Connection,
    id: DocumentId,
    partition: Partition,
) -> Result<RowId, ReplicaError> {
    if let Some(row) = document::find(db, id, partition)? {
        return Ok(row);
    }
    let Partition { unit, kind, period } = partition;
    db.prepare_cached(
        "INSERT INTO document (document, kind, unit, partition_kind, period) VALUES (?, '', ?, ?, ?)",
    )?
    .execute(params![id.0, unit.to_string(), kind.as_str(), period])?;
    Ok(RowId(db.last_insert_rowid()))
}
