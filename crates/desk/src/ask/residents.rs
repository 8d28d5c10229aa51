use crate::{Desk, Trouble};
use daiban_contract::{Code, ask, view::ResidentRow};
use daiban_domain::{
    DocumentId, Instant, mask,
    resident::{Likeness, likeness},
};
use daiban_replica::{
    ReplicaError,
    public::unit,
    resident::{self, Entry},
};
use rusqlite::Connection;

/// More than anybody looks through.
const SHOWN: usize = 50;

impl Desk {
    pub fn residents(&self, request: ask::Residents, _: Instant) -> Result<Vec<ResidentRow>, Trouble> {
        self.with(|replica| {
            let mut found = resident::search(replica.db(), &request.search)?;
            found.truncate(SHOWN);
            Ok(rows(replica.db(), &found)?)
        })
    }
}

/// One entry of the register, as an act has left it.
pub(crate) fn resident_row(db: &Connection, id: DocumentId) -> Result<ResidentRow, Trouble> {
    let entry = resident::entry(db, id)?.ok_or_else(unknown_resident)?;
    rows(db, &[entry])?.pop().ok_or_else(unknown_resident)
}

pub(crate) fn unknown_resident() -> Trouble {
    Trouble::new(Code::UnknownResident, "居民登记里没有这一条。请先查一下，用查到的编号。")
}

fn rows(db: &Connection, entries: &[Entry]) -> Result<Vec<ResidentRow>, ReplicaError> {
    let others = resident::comparable(db, entries)?;
    entries.iter().map(|entry| row(db, entry, &others)).collect()
}

fn row(db: &Connection, entry: &Entry, others: &[Entry]) -> Result<ResidentRow, ReplicaError> {
    let linked = resident::linked(db, entry)?;
    let alike = |wanted: &[Likeness]| -> Vec<DocumentId> {
        let others = others.iter().filter(|other| other.document != entry.document);
        let others = others.filter(|other| wanted.contains(&likeness(&entry.resident, &other.resident)));
        others.map(|other| other.document).filter(|other| !linked.contains(other)).collect()
    };
    let mut same = alike(&[Likeness::Same]);
    same.extend(&linked);
    same.sort_unstable();
    let Entry { document, unit, resident, .. } = entry;
    Ok(ResidentRow {
        id: *document,
        unit: *unit,
        unit_name: unit::find(db, *unit)?.map_or_else(|| unit.to_string(), |unit| unit.short_name),
        name: resident.name.clone(),
        id_type: resident.id_type.clone(),
        id_no: mask::id_no(&resident.id_no),
        phone: mask::mobile(&resident.phone),
        household: resident.household.clone(),
        relation: resident.relation.clone(),
        same,
        perhaps: alike(&[Likeness::SameName, Likeness::AlikeName]),
        contradicting: alike(&[Likeness::Contradiction]),
        namesakes: alike(&[Likeness::Namesake]),
    })
}
