//! A document from its entries. Change rows are the truth; nothing else is stored of a document.

use crate::{ReplicaError, identity::text};
use automerge::{ActorId, Automerge, Change, ChangeHash, ReadDoc, ScalarValue, transaction::Transactable};
use daiban_domain::{DeviceId, DocumentId, Hlc, Instant, PersonId, UnitCode};
use daiban_exchange::{Header, Partition, PartitionKind, entry};
use rusqlite::{Connection, OptionalExtension, params};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Who made a change, where and when.
#[derive(Clone, Copy, Debug)]
pub struct Authored {
    pub person: Option<PersonId>,
    pub device: DeviceId,
    pub unit: UnitCode,
    pub at: Instant,
    pub hlc: Hlc,
}

/// One of the values of a key, with its author.
#[derive(Clone, Debug)]
pub struct Value {
    pub scalar: ScalarValue,
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
    pub(super) automerge: Automerge,
    authors: HashMap<ChangeHash, Authored>,
    /// Entries found here whose content can't be applied; they are to be withheld.
    pub(crate) unfit: Vec<i64>,
}

struct StoredChange {
    entry: i64,
    body: Vec<u8>,
    authored: Authored,
}

impl Document {
    /// The document as the entries held here make it, without those that are withheld or found unfit on the way: nobody
    /// else's edits are held up by them.
    pub fn load(db: &Connection, row: RowId) -> Result<Self, ReplicaError> {
        let (id, partition) = identify(db, row)?;
        let stored = changes(db, row)?;
        let mut unfit = Vec::new();
        let mut automerge = apply(&stored, &unfit);
        if automerge.is_none() {
            unfit = inapplicable(&stored);
            automerge = apply(&stored, &unfit);
        }
        let authors =
            stored.iter().filter_map(|stored| Some((parse(&stored.body)?.hash(), stored.authored))).collect();
        Ok(Self { id, row, partition, automerge: automerge.unwrap_or_default(), authors, unfit })
    }

    /// A document that is being made: nothing of it is stored yet.
    pub(super) fn empty(id: DocumentId, partition: Partition) -> Self {
        Self {
            id,
            row: RowId(0),
            partition,
            automerge: Automerge::new(),
            authors: HashMap::new(),
            unfit: Vec::new(),
        }
    }

    /// Remembers who made a change that was just applied here.
    pub(super) fn authored(&mut self, change: ChangeHash, authored: Authored) {
        self.authors.insert(change, authored);
    }

    /// The value of a key where one value stands, whoever put it; of several, automerge's pick. For keys that only one
    /// author ever writes.
    pub fn text(&self, key: &str) -> Option<String> {
        match self.automerge.get(automerge::ROOT, key) {
            Ok(Some((value, _))) => value.as_str().map(str::to_owned),
            _ => None,
        }
    }

    pub fn int(&self, key: &str) -> Option<i64> {
        match self.automerge.get(automerge::ROOT, key) {
            Ok(Some((value, _))) => value.as_i64(),
            _ => None,
        }
    }

    /// All values of a key that nobody has yet replaced, each with its author.
    pub fn values(&self, key: &str) -> Vec<Value> {
        let all = self.automerge.get_all(automerge::ROOT, key).unwrap_or_default();
        all.into_iter()
            .filter_map(|(value, op)| {
                let change = self.automerge.hash_for_opid(&op)?;
                let authored = *self.authors.get(&change)?;
                let automerge::Value::Scalar(scalar) = value else { return None };
                Some(Value { scalar: scalar.into_owned(), authored, change: change.0 })
            })
            .collect()
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = String> + '_ {
        self.automerge.keys(automerge::ROOT)
    }

    pub(super) fn with_actor(&mut self, actor: [u8; 8]) -> &mut Automerge {
        self.automerge.set_actor(ActorId::from(actor.to_vec()))
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

fn identify(db: &Connection, row: RowId) -> Result<(DocumentId, Partition), ReplicaError> {
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

fn changes(db: &Connection, row: RowId) -> Result<Vec<StoredChange>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("changes.sql"))?;
    let mut rows = statement.query(params![row.0, entry::kind::CHANGE])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let header: Header = minicbor::decode(row.get_ref("header")?.as_blob().unwrap_or_default())?;
        let partition_unit: UnitCode = text(row, "partition_unit")?;
        changes.push(StoredChange {
            entry: row.get("id")?,
            body: row.get("body")?,
            authored: Authored {
                person: header.person,
                device: DeviceId(row.get("device")?),
                // A device that nobody has introduced yet speaks for the unit whose partition it wrote.
                unit: text(row, "author_unit").unwrap_or(partition_unit),
                at: header.at,
                hlc: header.hlc,
            },
        });
    }
    Ok(changes)
}

/// All changes but the unfit ones, at once; `None` if automerge rejects or panics over them.
fn apply(stored: &[StoredChange], unfit: &[i64]) -> Option<Automerge> {
    let changes: Option<Vec<Change>> = stored
        .iter()
        .filter(|stored| !unfit.contains(&stored.entry))
        .map(|stored| parse(&stored.body))
        .collect();
    let changes = changes?;
    catch_unwind(AssertUnwindSafe(|| {
        let mut automerge = Automerge::new();
        automerge.apply_changes(changes).is_ok().then_some(automerge)
    }))
    .ok()
    .flatten()
}

/// Which entries automerge won't take, found by applying one after the other.
fn inapplicable(stored: &[StoredChange]) -> Vec<i64> {
    let mut good: Vec<&StoredChange> = Vec::new();
    let mut bad = Vec::new();
    for candidate in stored {
        let mut trial: Vec<Change> = good.iter().filter_map(|stored| parse(&stored.body)).collect();
        let taken = parse(&candidate.body).is_some_and(|change| {
            trial.push(change);
            catch_unwind(AssertUnwindSafe(|| Automerge::new().apply_changes(trial).is_ok())).unwrap_or(false)
        });
        if taken { good.push(candidate) } else { bad.push(candidate.entry) }
    }
    bad
}

/// An uncompressed change whose bytes are the ones that its hash names; automerge checks neither.
pub(super) fn parse(body: &[u8]) -> Option<Change> {
    const UNCOMPRESSED_CHANGE: u8 = 1;
    if body.get(8) != Some(&UNCOMPRESSED_CHANGE) {
        return None;
    }
    let change = catch_unwind(|| Change::from_bytes(body.to_vec())).ok()?.ok()?;
    (change.raw_bytes() == body && body.get(4..8)? == &change.hash().0[..4]).then_some(change)
}

/// A put that leaves an op behind even if the value stands already, so that re-affirming it shows beside another's
/// concurrent change.
pub(super) fn affirm(
    tx: &mut automerge::transaction::Transaction<'_>,
    key: &str,
    value: ScalarValue,
) -> Result<(), ReplicaError> {
    let standing = tx.get_all(automerge::ROOT, key)?;
    let same = matches!(standing.as_slice(), [(automerge::Value::Scalar(only), _)] if **only == value);
    if same {
        tx.delete(automerge::ROOT, key)?;
    }
    Ok(tx.put(automerge::ROOT, key, value)?)
}
