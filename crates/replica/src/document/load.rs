//! A document from its entries. Change rows are the truth; nothing else is stored of a document.

use super::registers::{Registers, Sound, Standing, Unfit};
use crate::{ReplicaError, feed::stored, identity::text, public::role::Authorities};
use automerge::{ActorId, ChangeHash, ScalarValue};
use daiban_domain::{
    DeviceId, DocumentId, Hlc, Instant, PersonId, UnitCode,
    case::{Authority, Event},
    delegation::ON_BEHALF_OF,
};
use daiban_exchange::{
    Header, Partition, PartitionKind,
    key::{self, NoRandomness},
    kind, person, wire,
};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeSet, HashMap};

/// Who made a change, where and when.
#[derive(Clone, Copy, Debug)]
pub struct Authored {
    pub person: Option<PersonId>,
    pub device: DeviceId,
    pub unit: UnitCode,
    pub at: Instant,
    pub hlc: Hlc,
    /// `entry.id`; `None` while it is being written.
    pub(crate) entry: Option<i64>,
}

impl Authored {
    /// Whether an event says of itself what its entry says of it.
    fn wrote(&self, event: &Event) -> bool {
        (Some(event.person), event.device, event.unit) == (self.person, self.device, self.unit)
    }
}

/// One of the values of a key, with its author.
#[derive(Clone, Copy, Debug)]
pub struct Value<'d> {
    pub scalar: &'d ScalarValue,
    pub authored: Authored,
    /// The change that put it there.
    pub change: [u8; 32],
}

/// Where a document stands in this database: `document.id`. Other replicas have it elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId(pub(crate) i64);

pub struct Document {
    pub id: DocumentId,
    pub row: RowId,
    pub partition: Partition,
    pub(super) registers: Registers,
    authors: HashMap<ChangeHash, Authored>,
    /// Entries that are no longer found what they were found when they were stored.
    pub(crate) judged: Vec<(i64, Option<Unfit>)>,
    /// Actors of changes that don't count: their next number is no longer certain.
    spoiled: BTreeSet<ActorId>,
    /// There is an entry that only a newer program understands.
    pub incomplete: bool,
}

/// Changes that have just arrived, by entry, as they were read then.
#[derive(Default)]
pub(crate) struct Arrived {
    changes: HashMap<i64, (Header, Sound)>,
    /// About how many bytes of memory they take.
    weight: usize,
}

impl Arrived {
    /// Of a larger bundle the rest is read again.
    const MOST: usize = wire::FRAME_MAX;

    pub fn put(&mut self, entry: i64, header: Header, sound: Sound) {
        let weight = self.weight.saturating_add(sound.weight());
        if weight <= Self::MOST {
            self.weight = weight;
            self.changes.insert(entry, (header, sound));
        }
    }
}

struct Stored {
    entry: i64,
    /// What it was found then: a number of [`Unfit`], 0 for fit.
    withheld: u8,
    sound: Sound,
    authored: Authored,
    /// A revoked device wrote it afterwards, and nobody has accepted it.
    held: bool,
}

impl Document {
    /// The document as the entries held here make it, without those that can't count: nobody else's edits are held up by
    /// them.
    pub fn load(db: &Connection, row: RowId) -> Result<Self, ReplicaError> {
        Self::load_with(db, row, &mut Arrived::default())
    }

    /// The same, some of whose changes have just arrived.
    pub(crate) fn load_with(
        db: &Connection,
        row: RowId,
        arrived: &mut Arrived,
    ) -> Result<Self, ReplicaError> {
        let mut document = Self::named(db, row)?;
        let mut stored = document.stored(db, arrived)?;
        document.hold(&mut stored);
        document.take(stored);
        Ok(document)
    }

    /// As it would be if everything counted that is held of revoked devices.
    pub fn load_with_held(db: &Connection, row: RowId) -> Result<Self, ReplicaError> {
        let mut document = Self::named(db, row)?;
        let stored = document.stored(db, &mut Arrived::default())?;
        document.take(stored);
        Ok(document)
    }

    fn named(db: &Connection, row: RowId) -> Result<Self, ReplicaError> {
        let (id, partition) = identify(db, row)?;
        Ok(Self { row, ..Self::empty(id, partition) })
    }

    fn take(&mut self, stored: Vec<Stored>) {
        let outcomes = self.registers.take_all(stored.iter().map(|stored| &stored.sound));
        for (stored, outcome) in stored.iter().zip(outcomes) {
            match outcome {
                Ok(()) => self.authored(stored.sound.hash, stored.authored),
                Err(_) => _ = self.spoiled.insert(stored.sound.change.actor_id.clone()),
            }
            if outcome.map_or_else(|unfit| unfit as u8, |()| 0) != stored.withheld {
                self.judged.push((stored.entry, outcome.err()));
            }
        }
    }

    /// A document that is being made: nothing of it is stored yet.
    pub(super) fn empty(id: DocumentId, partition: Partition) -> Self {
        Self {
            id,
            row: RowId(0),
            partition,
            registers: Registers::default(),
            authors: HashMap::new(),
            judged: Vec::new(),
            spoiled: BTreeSet::new(),
            incomplete: false,
        }
    }

    /// The actor to write with: one's own, unless a change of its that doesn't count stands in the way.
    pub(super) fn actor(&self, own: [u8; 8]) -> Result<[u8; 8], NoRandomness> {
        if self.spoiled.contains(&ActorId::from(own)) { key::random() } else { Ok(own) }
    }

    /// Remembers who made a change.
    pub(super) fn authored(&mut self, change: ChangeHash, authored: Authored) {
        self.authors.insert(change, authored);
    }

    /// The value of a key where one value stands, whoever put it; of several, automerge's pick. For keys that only one
    /// author ever writes.
    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.registers.standing(key).last()?.value {
            ScalarValue::Str(text) => Some(text),
            _ => None,
        }
    }

    pub fn bytes(&self, key: &str) -> Option<&[u8]> {
        match &self.registers.standing(key).last()?.value {
            ScalarValue::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub fn int(&self, key: &str) -> Option<i64> {
        self.registers.standing(key).last()?.value.as_i64()
    }

    /// All keys in order, with all values that nobody has yet replaced, each with its author.
    pub fn values(&self) -> impl Iterator<Item = (&str, Vec<Value<'_>>)> {
        self.registers.keys().map(|(key, all)| (key, all.iter().filter_map(|one| self.value(one)).collect()))
    }

    /// The events that lie under `events/`, with what is known of their authors; what isn't one is a newer program's.
    pub fn events(&self, db: &Connection) -> Result<Vec<Event>, ReplicaError> {
        let mut authorities = Authorities::of(db);
        let item_id = self.text("itemId").unwrap_or_default();
        let mut events = Vec::new();
        let keys = self.registers.keys().filter(|(key, _)| key.starts_with("events/"));
        for standing in keys.flat_map(|(_, all)| all) {
            let ScalarValue::Bytes(bytes) = &standing.value else { continue };
            let mut decoder = minicbor::Decoder::new(bytes);
            let Ok(mut event) = decoder.decode::<Event>() else { continue };
            let length = decoder.position();
            if let Some(authored) = self.authors.get(&standing.change) {
                event.authority = if authored.wrote(&event) {
                    let signed = |keys: &[_]| person::signed(bytes, length, self.id, keys);
                    authorities.judge(&event, authored.entry, item_id, signed)?
                } else {
                    Authority::Forged
                };
            }
            events.push(event);
        }
        Ok(events)
    }

    /// Everybody who took an act for somebody else, and for whom.
    pub(crate) fn acted_for(&self) -> BTreeSet<PersonId> {
        let keys = self.registers.keys().filter(|(key, _)| key.starts_with("events/"));
        let mut people = BTreeSet::new();
        for standing in keys.flat_map(|(_, all)| all) {
            let ScalarValue::Bytes(bytes) = &standing.value else { continue };
            // Most acts are one's own, and needn't be read for it.
            if bytes.windows(ON_BEHALF_OF.len()).any(|part| part == ON_BEHALF_OF.as_bytes())
                && let Ok(event) = minicbor::decode::<Event>(bytes)
                && let Some(from) = event.on_behalf_of()
            {
                people.extend([event.person, from]);
            }
        }
        people
    }

    fn value<'d>(&self, Standing { value, change, .. }: &'d Standing) -> Option<Value<'d>> {
        let authored = *self.authors.get(change)?;
        Some(Value { scalar: value, authored, change: change.0 })
    }

    fn stored(&mut self, db: &Connection, arrived: &mut Arrived) -> Result<Vec<Stored>, ReplicaError> {
        let mut statement = db.prepare_cached(include_str!("changes.sql"))?;
        let mut rows = statement.query(params![self.row.0])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            // In the order of the query, as `stored::read` expects it.
            let (entry, kind, withheld): (i64, u16, u8) = (row.get(4)?, row.get(5)?, row.get(6)?);
            if kind != kind::CHANGE {
                self.incomplete = true;
                continue;
            }
            let (header, sound) = match arrived.changes.remove(&entry) {
                Some(arrived) => arrived,
                None => {
                    let stored = stored::read(row)?;
                    let read = if withheld == 0 { Sound::read_again } else { Sound::read };
                    match read(&stored.body) {
                        Ok(sound) => (stored.header()?, sound),
                        Err(unfit) => {
                            self.judged.push((entry, Some(unfit)));
                            continue;
                        }
                    }
                }
            };
            let authored = Authored {
                person: header.person,
                device: DeviceId(row.get(7)?),
                // A device that nobody has introduced yet speaks for the unit whose partition it wrote.
                unit: row
                    .get_ref(8)?
                    .as_str()
                    .ok()
                    .and_then(|unit| unit.parse().ok())
                    .unwrap_or(self.partition.unit),
                at: header.at,
                hlc: header.hlc,
                entry: Some(entry),
            };
            changes.push(Stored { entry, withheld, sound, authored, held: row.get(9)? });
        }
        Ok(changes)
    }

    /// Leaves out what revoked devices wrote afterwards, but for what others build on: an honest edit stands, and so does what it
    /// was made on.
    fn hold(&mut self, changes: &mut Vec<Stored>) {
        if !changes.iter().any(|stored| stored.held) {
            return;
        }
        let deps = |stored: &Stored| stored.sound.change.deps.clone();
        let mut open: Vec<ChangeHash> = changes.iter().filter(|stored| !stored.held).flat_map(deps).collect();
        let held: HashMap<ChangeHash, Vec<ChangeHash>> = changes
            .iter()
            .filter(|stored| stored.held)
            .map(|stored| (stored.sound.hash, deps(stored)))
            .collect();
        let mut needed = BTreeSet::new();
        while let Some(hash) = open.pop() {
            if let Some(deps) = held.get(&hash)
                && needed.insert(hash)
            {
                open.extend(deps);
            }
        }
        let (counting, waiting): (Vec<_>, Vec<_>) = std::mem::take(changes)
            .into_iter()
            .partition(|stored| !stored.held || needed.contains(&stored.sound.hash));
        *changes = counting;
        let anew = waiting.into_iter().filter(|stored| stored.withheld != Unfit::Held as u8);
        self.judged.extend(anew.map(|stored| (stored.entry, Some(Unfit::Held))));
    }
}

/// Where a document of a partition stands, if it is held here.
pub fn find(db: &Connection, id: DocumentId, partition: Partition) -> Result<Option<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT id FROM document WHERE document = ? AND unit = ? AND partition_kind = ? AND period = ?",
    )?;
    let Partition { unit, kind, period } = partition;
    let row = statement
        .query_row(params![id.0, unit.to_string(), kind.as_str(), period], |row| row.get(0).map(RowId))
        .optional()?;
    Ok(row)
}

/// What a row is of.
pub fn identify(db: &Connection, row: RowId) -> Result<(DocumentId, Partition), ReplicaError> {
    db.prepare_cached("SELECT document, unit, partition_kind, period FROM document WHERE id = ?")?
        .query_row(params![row.0], |row| {
            Ok((row.get("document").map(DocumentId), partition(row, "partition_kind")))
        })
        .optional()?
        .map(|(id, partition)| Ok((id?, partition?)))
        .ok_or(ReplicaError::NoDocument(row.0))?
}

/// The partition of a row with columns `unit`, `period` and one for the kind.
pub(crate) fn partition(row: &rusqlite::Row<'_>, kind: &'static str) -> Result<Partition, ReplicaError> {
    let name: String = row.get(kind)?;
    let kind = PartitionKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == name)
        .ok_or(ReplicaError::Column("partition kind"))?;
    Ok(Partition { unit: text(row, "unit")?, kind, period: row.get("period")? })
}
