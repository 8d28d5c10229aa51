//! Revoked devices: what they wrote after the last entry that counts is held without effect. It comes to count when somebody
//! has reviewed it, or where what others wrote builds on it: nobody honest loses anything by it.

use crate::{
    Replica, ReplicaError, attachment,
    document::{self, RowId, Sound, Writing},
    feed::{Row, rows, stored},
    identity::text,
    public::{enrolment, role},
    quarantine,
};
use daiban_domain::{DeviceId, DocumentId, Instant, PersonId, Role, UnitCode, revocation::Ground};
use daiban_exchange::{
    FeedId, Head, Header, Partition, Vector, kind,
    revocation::{Review, Revocation, RoleChange, Told, accepted, accepts, may_revoke, standing},
    verdict::Spoken,
    wire,
};
use rusqlite::{Connection, OptionalExtension, Params, named_params, params};
use std::collections::{BTreeMap, BTreeSet};

/// A device that has been revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    pub device: DeviceId,
    /// Who said so; `None` where a program did.
    pub by: Option<PersonId>,
    pub at: Instant,
    /// A [`daiban_domain::revocation::Ground`], or a newer program's.
    pub ground: String,
}

/// What is known of a device's revocation.
pub fn revoked(db: &Connection, device: DeviceId) -> Result<Option<Revoked>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT person, at, ground FROM revoked WHERE device = ?")?;
    let found = statement
        .query_row([device.0], |row| {
            let by: Option<[u8; 8]> = row.get("person")?;
            Ok(Revoked {
                device,
                by: by.map(PersonId),
                at: Instant(row.get("at")?),
                ground: row.get("ground")?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Whether anything is said of revocations at all.
pub(crate) fn any(db: &Connection) -> Result<bool, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM revocation_word)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Takes note of a revocation or a review, and tells anew what counts. Returns the documents that may be otherwise now.
pub(crate) fn heed(
    db: &Connection,
    feed: &FeedId,
    n: u64,
    header: &Header,
    body: &[u8],
) -> Result<BTreeSet<RowId>, ReplicaError> {
    note(db, feed, n, header, body)?;
    tell(db)
}

fn note(db: &Connection, feed: &FeedId, n: u64, header: &Header, body: &[u8]) -> Result<(), ReplicaError> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO revocation_word (feed, n, kind, person, at, body) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        wire::encode(&feed.main()),
        n,
        header.kind,
        header.person.map(|person| person.0),
        header.at.0,
        body
    ])?;
    Ok(())
}

/// Takes note of all of them anew.
pub(crate) fn rebuild(db: &Connection) -> Result<(), ReplicaError> {
    db.execute("DELETE FROM revocation_word", [])?;
    let mut statement = db.prepare(
        "SELECT feed.*, entry.n AS number, entry.header, entry.body FROM entry JOIN feed ON feed.id = entry.feed
         WHERE entry.kind IN (?, ?, ?)",
    )?;
    let mut found = statement.query(params![kind::REVOCATION, kind::REVIEW, kind::ROLES])?;
    while let Some(row) = found.next()? {
        let bytes = |column| Ok::<_, ReplicaError>(row.get_ref(column)?.as_blob().unwrap_or_default());
        note(
            db,
            &rows::feed(row)?,
            row.get("number")?,
            &minicbor::decode(bytes("header")?)?,
            bytes("body")?,
        )?;
    }
    db.execute("UPDATE feed SET held_after = NULL WHERE held_after IS NOT NULL", [])?;
    db.execute("DELETE FROM review", [])?;
    tell(db).map(drop)
}

/// A word about devices, roles or what was held, with its place.
#[derive(Clone, Debug)]
pub struct Word {
    pub feed: FeedId,
    pub n: u64,
    pub person: Option<PersonId>,
    pub at: Instant,
    pub kind: u16,
    pub body: Vec<u8>,
}

fn word(row: &rusqlite::Row<'_>) -> Result<Word, ReplicaError> {
    let person: Option<[u8; 8]> = row.get("person")?;
    Ok(Word {
        feed: minicbor::decode(row.get_ref("feed")?.as_blob().unwrap_or_default())?,
        n: row.get("n")?,
        person: person.map(PersonId),
        at: Instant(row.get("at")?),
        kind: row.get("kind")?,
        body: row.get("body")?,
    })
}

fn words(db: &Connection, kind: u16) -> Result<Vec<Word>, ReplicaError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM revocation_word WHERE kind = ? ORDER BY at, feed, n")?;
    statement.query_and_then([kind], word)?.collect()
}

/// Revocations, reviews and changes of roles since then, in no order.
pub fn words_since(db: &Connection, since: Instant) -> Result<Vec<Word>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT * FROM revocation_word WHERE at >= ?")?;
    statement.query_and_then([since.0], word)?.collect()
}

/// Tells anew who is revoked, how far their feeds count, and what was accepted beyond. Returns the documents that may be
/// otherwise now.
pub(crate) fn tell(db: &Connection) -> Result<BTreeSet<RowId>, ReplicaError> {
    let standing = standing(revocations(db)?);
    db.execute("DELETE FROM revoked", [])?;
    for Told { feed, n, revocation, .. } in &standing {
        db.prepare_cached(include_str!("revocation/revoke.sql"))?.execute(named_params! {
            ":device": revocation.device.0, ":feed": wire::encode(feed), ":n": n, ":ground": revocation.ground,
        })?;
    }
    let accepted = accepted(&standing);
    let mut touched = BTreeSet::new();
    let moved = place(db, "SELECT * FROM feed", [], &accepted, &mut touched)?;
    if moved {
        // What revoked devices said of others counts no more either.
        quarantine::rebuild(db)?;
    }
    review(db, &accepted, &mut touched)?;
    change_roles(db, &accepted, &mut touched)?;
    Ok(touched)
}

/// Tells anew what roles people have, by those who may say so; what they may have written since is touched.
fn change_roles(
    db: &Connection,
    accepted: &BTreeMap<DeviceId, Vector>,
    touched: &mut BTreeSet<RowId>,
) -> Result<(), ReplicaError> {
    let before: BTreeSet<Vec<u8>> = changed_roles(db)?;
    db.execute("DELETE FROM role_change", [])?;
    for (place, Word { feed, n, body, .. }) in words(db, kind::ROLES)?.into_iter().enumerate() {
        let Ok(change) = minicbor::decode::<RoleChange>(&body) else {
            tracing::warn!(device = %feed.device, n, "a change of roles can't be read");
            continue;
        };
        let silenced = accepted.get(&feed.device).is_some_and(|accepted| !accepts(accepted, &feed, n));
        let by = feed.partition.unit;
        let theirs = enrolment::unit(db, change.person)?.filter(|of| may_revoke(by, *of));
        let Some(unit) = theirs.filter(|_| !silenced && feed.partition == Partition::public(by)) else {
            continue;
        };
        role::change(db, place, change.person, &change.roles, &change.before)?;
        if !before.contains(&wire::encode(&change.before)) {
            written_since(db, unit, &change.before, touched)?;
        }
    }
    let after = changed_roles(db)?;
    for gone in before.difference(&after) {
        // Its author has turned out to be revoked.
        let everything = minicbor::decode::<Vector>(gone)?;
        for unit in everything.partitions().into_iter().map(|partition| partition.unit) {
            written_since(db, unit, &everything, touched)?;
        }
    }
    Ok(())
}

fn changed_roles(db: &Connection) -> Result<BTreeSet<Vec<u8>>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT accepted FROM role_change")?;
    let changes = statement.query_map([], |row| row.get(0))?;
    Ok(changes.collect::<Result<_, _>>()?)
}

/// Documents to which devices of a unit have written after these heads.
fn written_since(
    db: &Connection,
    unit: UnitCode,
    before: &Vector,
    touched: &mut BTreeSet<RowId>,
) -> Result<(), ReplicaError> {
    let mut statement =
        db.prepare_cached("SELECT feed.* FROM feed JOIN device USING (device) WHERE device.unit = ?")?;
    let mut feeds = statement.query([unit.to_string()])?;
    while let Some(row) = feeds.next()? {
        let (id, feed): (i64, _) = (row.get("id")?, rows::feed(row)?);
        let reach =
            before.0.iter().filter(|(life, _)| life.main() == feed.main()).map(|(_, head)| head.n).max();
        documents_after(db, id, reach.unwrap_or(0), touched)?;
    }
    Ok(())
}

fn documents_after(
    db: &Connection,
    feed: i64,
    n: u64,
    touched: &mut BTreeSet<RowId>,
) -> Result<(), ReplicaError> {
    let mut documents = db.prepare_cached(
        "SELECT DISTINCT document FROM entry WHERE feed = ? AND n > ? AND document IS NOT NULL",
    )?;
    for document in documents.query_map(params![feed, n], |row| row.get(0).map(RowId))? {
        touched.insert(document?);
    }
    Ok(())
}

/// Tells how far the feeds of a revoked device count, some of which have grown or parted.
pub(crate) fn keep_up(db: &Connection, device: DeviceId) -> Result<BTreeSet<RowId>, ReplicaError> {
    let accepted = accepted(&standing(revocations(db)?));
    let mut touched = BTreeSet::new();
    place(db, "SELECT * FROM feed WHERE device = ?", [device.0], &accepted, &mut touched)?;
    Ok(touched)
}

/// All revocations of devices that are known here.
fn revocations(db: &Connection) -> Result<Vec<Told>, ReplicaError> {
    let mut told = Vec::new();
    for Word { feed, n, body, .. } in words(db, kind::REVOCATION)? {
        match minicbor::decode::<Revocation>(&body) {
            Ok(revocation) => {
                let of = author(db, revocation.device)?;
                told.extend(of.map(|of| Told { feed, n, of, revocation }));
            }
            Err(error) => tracing::warn!(%error, device = %feed.device, n, "a revocation can't be read"),
        }
    }
    Ok(told)
}

/// Notes how far feeds count; what lies between where that was and where it is now is touched. Tells whether any has moved.
fn place(
    db: &Connection,
    feeds: &str,
    of: impl Params,
    accepted: &BTreeMap<DeviceId, Vector>,
    touched: &mut BTreeSet<RowId>,
) -> Result<bool, ReplicaError> {
    let mut statement = db.prepare_cached(feeds)?;
    let mut found = statement.query(of)?;
    let mut moved = false;
    while let Some(row) = found.next()? {
        let (id, before, feed): (i64, Option<u64>, _) =
            (row.get("id")?, row.get("held_after")?, rows::feed(row)?);
        let after = match accepted.get(&feed.device) {
            Some(accepted) => Some(reach(db, &feed, accepted)?),
            None => None,
        };
        if after == before {
            continue;
        }
        moved = true;
        db.prepare_cached("UPDATE feed SET held_after = ? WHERE id = ?")?.execute(params![after, id])?;
        let first = before.unwrap_or(u64::MAX).min(after.unwrap_or(u64::MAX));
        documents_after(db, id, first, touched)?;
    }
    Ok(moved)
}

/// The last entry of one life of a feed that counts: the one that was named where it lies in this life, and all of a life that a
/// named one goes on from.
fn reach(db: &Connection, life: &FeedId, accepted: &Vector) -> Result<u64, ReplicaError> {
    let mut reach = life.after();
    for (named, head) in accepted.0.iter().filter(|(named, _)| named.main() == life.main()) {
        let Some((mut holder, mut row)) = rows::holder_of(db, named, head.n, head.chain)? else {
            // It isn't here yet.
            let lives = rows::lives(db, named)?;
            let short =
                lives.iter().find(|(other, _)| other == named).is_none_or(|(_, held)| held.n < head.n);
            if short && (named == life || life.branch.is_none()) {
                reach = reach.max(head.n);
            }
            continue;
        };
        let mut last = head.n;
        loop {
            if holder == *life {
                reach = reach.max(last);
                break;
            }
            last = holder.after();
            let Some(origin) = row.origin else { break };
            let Some(before) = rows::holder_of(db, &holder, last, origin)? else { break };
            (holder, row) = before;
        }
    }
    Ok(reach)
}

/// Tells anew which entries were accepted after all, by somebody who may say so.
fn review(
    db: &Connection,
    accepted: &BTreeMap<DeviceId, Vector>,
    touched: &mut BTreeSet<RowId>,
) -> Result<(), ReplicaError> {
    let mut before = reviewed(db)?;
    db.execute("DELETE FROM review", [])?;
    for Word { feed, n, body, .. } in words(db, kind::REVIEW)? {
        let Ok(review) = minicbor::decode::<Review>(&body) else {
            tracing::warn!(device = %feed.device, n, "a review can't be read");
            continue;
        };
        let silenced = accepted.get(&feed.device).is_some_and(|accepted| !accepts(accepted, &feed, n));
        let Some(by) = author(db, feed.device)?.filter(|_| !silenced) else { continue };
        for on in review.on.iter().filter(|on| on.feed.partition == feed.partition) {
            let theirs = author(db, on.feed.device)?.is_some_and(|of| may_revoke(by, of));
            if theirs && on.feed.device != feed.device {
                db.prepare_cached(
                    "INSERT INTO review (feed, n, body, accepted, entry) VALUES (?, ?, ?, ?, ?)
                     ON CONFLICT DO UPDATE SET accepted = max(accepted, excluded.accepted)",
                )?
                .execute(params![
                    Row::open(db, &on.feed.main())?.id,
                    on.n,
                    on.body,
                    review.accepted,
                    quarantine::find(db, on)?
                ])?;
            }
        }
    }
    let after = reviewed(db)?;
    touched.extend(after.difference(&before).map(|(document, ..)| RowId(*document)));
    before.retain(|one| !after.contains(one));
    touched.extend(before.into_iter().map(|(document, ..)| RowId(document)));
    Ok(())
}

/// Documents with the entries of theirs that were reviewed, and how.
fn reviewed(db: &Connection) -> Result<BTreeSet<(i64, i64, bool)>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT document, entry, accepted FROM review JOIN entry ON entry.id = review.entry WHERE document IS NOT NULL",
    )?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The unit of a device that is known here.
fn author(db: &Connection, device: DeviceId) -> Result<Option<UnitCode>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT unit FROM device WHERE device = ?")?;
    statement.query_row([device.0], |row| Ok(text(row, "unit"))).optional()?.transpose()
}

/// Entries of a document that are held, in the order in which they arrived.
#[derive(Clone, Debug)]
pub struct Held {
    pub spoken: Spoken,
    pub header: Header,
    /// The keys of its document that it writes; none if it can't be read.
    pub keys: Vec<String>,
    /// It doesn't count: nobody has accepted it and nothing builds on it.
    pub waiting: bool,
    /// What a review said of it, if there was one.
    pub accepted: Option<bool>,
}

pub fn held(db: &Connection, document: RowId) -> Result<Vec<Held>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("revocation/held.sql"))?;
    let mut found = statement.query([document.0])?;
    let mut held = Vec::new();
    while let Some(row) = found.next()? {
        let stored = stored::read(row)?;
        held.push(Held {
            spoken: Spoken::of(&rows::feed(row)?, row.get("number")?, &stored.body),
            header: stored.header()?,
            keys: Sound::read(&stored.body)
                .map(|sound| sound.keys().map(str::to_owned).collect())
                .unwrap_or_default(),
            waiting: row.get("waiting")?,
            accepted: row.get("accepted")?,
        });
    }
    Ok(held)
}

/// Documents of which something is held: those that wait for a review first.
pub fn documents(db: &Connection) -> Result<Vec<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT document FROM held WHERE document IS NOT NULL
         GROUP BY document ORDER BY max(waiting AND accepted IS NULL) DESC, document",
    )?;
    let found = statement.query_map([], |row| row.get(0).map(RowId))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Where a document stands of which something is held.
pub fn document(db: &Connection, id: DocumentId) -> Result<Option<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT id FROM document WHERE document = ? AND EXISTS (SELECT 1 FROM held WHERE held.document = document.id)",
    )?;
    Ok(statement.query_row([id.0], |row| row.get(0).map(RowId)).optional()?)
}

/// How many entries of a device wait for a review.
pub fn waiting(db: &Connection, device: DeviceId) -> Result<u64, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*) FROM held JOIN feed ON feed.id = held.feed WHERE device = ? AND waiting AND accepted IS NULL",
    )?;
    Ok(statement.query_row([device.0], |row| row.get(0))?)
}

/// Somebody of whom a device held something.
#[derive(Clone, Debug)]
pub struct Known {
    pub name: String,
    pub id_no: String,
    pub phone: String,
    pub address: String,
    /// With an entry in the register.
    pub resident: bool,
    pub cases: u64,
    /// Cases with photos or scans.
    pub with_photos: u64,
}

/// Everybody of whom devices of a unit hold something, each once.
pub fn known_to(db: &Connection, unit: UnitCode) -> Result<Vec<Known>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("revocation/people.sql"))?;
    let people = statement.query_map(named_params! { ":unit": unit.prefix() }, |row| {
        Ok(Known {
            name: row.get("name")?,
            id_no: row.get("id_no")?,
            phone: row.get("phone")?,
            address: row.get("address")?,
            resident: row.get("resident")?,
            cases: row.get("cases")?,
            with_photos: row.get("photos")?,
        })
    })?;
    Ok(people.collect::<Result<_, _>>()?)
}

/// The heads of a device's feeds as they were held here, or, as of an earlier time, as far as the county had acknowledged them by
/// then.
pub fn heads(db: &Connection, device: DeviceId, since: Option<Instant>) -> Result<Vector, ReplicaError> {
    let mut heads = Vector::default();
    let mut statement = db.prepare_cached(include_str!("revocation/heads.sql"))?;
    let mut found =
        statement.query(named_params! { ":device": device.0, ":since": since.map(|since| since.0) })?;
    while let Some(row) = found.next()? {
        heads.0.insert(rows::feed(row)?, Head { n: row.get("last")?, chain: row.get("last_chain")? });
    }
    Ok(heads)
}

/// The heads of a device's feeds as they are held here, signed or not yet.
fn written(db: &Connection, device: DeviceId) -> Result<Vector, ReplicaError> {
    let mut heads = Vector::default();
    let mut statement = db.prepare_cached("SELECT * FROM feed WHERE device = ? AND n > after")?;
    let mut found = statement.query([device.0])?;
    while let Some(row) = found.next()? {
        heads.0.insert(rows::feed(row)?, Head { n: row.get("n")?, chain: row.get("chain")? });
    }
    Ok(heads)
}

impl Writing<'_> {
    /// Revokes a device: of what it writes only what is named counts.
    pub fn revoke(&mut self, device: DeviceId, accepted: Vector, ground: Ground) -> Result<(), ReplicaError> {
        let partition = Partition::public(self.identity().unit);
        let body = wire::encode(&Revocation { device, accepted, ground: ground.as_str().to_owned() });
        self.speak(partition, self.header(kind::REVOCATION, None), body)
    }

    /// Changes what roles somebody has from now on; what they wrote before at a device of their unit counts as it did.
    pub fn change_roles(&mut self, person: PersonId, roles: &[Role]) -> Result<(), ReplicaError> {
        let unit = enrolment::unit(&self.tx, person)?.ok_or(ReplicaError::Column("person.unit"))?;
        let mut before = Vector::default();
        for device in enrolment::devices(&self.tx, unit)?.into_iter().filter(|device| device.unit == unit) {
            before.0.extend(written(&self.tx, device.device)?.0);
        }
        let roles = roles.iter().map(ToString::to_string).collect();
        let body = wire::encode(&RoleChange { person, roles, before });
        self.speak(Partition::public(self.identity().unit), self.header(kind::ROLES, None), body)
    }

    /// Says whether what is held of a document counts after all.
    pub fn review(&mut self, row: RowId, accepted: bool) -> Result<(), ReplicaError> {
        let (document, partition) = document::identify(&self.tx, row)?;
        let on = held(&self.tx, row)?.into_iter().map(|held| held.spoken).collect();
        let body = wire::encode(&Review { on, accepted });
        self.speak(partition, self.header(kind::REVIEW, Some(document)), body)
    }

    fn speak(&mut self, partition: Partition, header: Header, body: Vec<u8>) -> Result<(), ReplicaError> {
        let appended = self.enter(partition, header.clone(), body.clone())?;
        let feed = self.identity().feed(partition);
        for row in heed(&self.tx, &feed, appended.n, &header, &body)? {
            self.project(row)?;
        }
        Ok(())
    }
}

impl Replica {
    /// Whether this device has been revoked.
    pub fn revoked(&self) -> Result<Option<Revoked>, ReplicaError> {
        revoked(&self.db, self.identity.device)
    }

    /// Entries of this device's and photos that the county hasn't acknowledged: at none nothing is lost with its key.
    pub fn undeposited(&self) -> Result<u64, ReplicaError> {
        let mut statement = self.db.prepare_cached(
            "SELECT coalesce(sum(n - county_n), 0) FROM feed WHERE device = ? AND county_n < n",
        )?;
        let entries: u64 = statement.query_row([self.identity.device.0], |row| row.get(0))?;
        Ok(entries + attachment::count_owed(&self.db, attachment::Debtor::Here)?.0)
    }
}
