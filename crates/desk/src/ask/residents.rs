use crate::{Desk, Trouble};
use daiban_contract::{Code, ask, view::ResidentRow};
use daiban_domain::{
    DocumentId, Instant,
    mask::{Data, Place},
    resident::Likeness,
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
            let mut found = match request.search.trim() {
                "" => resident::latest(replica.db(), SHOWN)?,
                text => resident::search(replica.db(), text)?,
            };
            found.truncate(SHOWN);
            Ok(found.iter().map(|entry| row(replica.db(), entry)).collect::<Result<_, _>>()?)
        })
    }
}

/// One entry of the register, as an act has left it.
pub(crate) fn resident_row(db: &Connection, id: DocumentId) -> Result<ResidentRow, Trouble> {
    resident_rows(db, &[id])?.pop().ok_or_else(unknown_resident)
}

/// Entries by document, in the order asked for.
pub(super) fn resident_rows(db: &Connection, ids: &[DocumentId]) -> Result<Vec<ResidentRow>, Trouble> {
    let mut rows = Vec::new();
    for id in ids {
        let entry = resident::entry(db, *id)?.ok_or_else(unknown_resident)?;
        rows.push(row(db, &entry)?);
    }
    Ok(rows)
}

pub(crate) fn unknown_resident() -> Trouble {
    Trouble::new(Code::UnknownResident, "居民登记里没有这一条。请先查一下，用查到的编号。")
}

fn row(db: &Connection, entry: &Entry) -> Result<ResidentRow, ReplicaError> {
    let (related, said) = (resident::related(db, entry)?, resident::said_of(db, entry)?);
    let alike = |wanted: &[Likeness]| -> Vec<DocumentId> {
        let others = related.iter().filter(|other| wanted.contains(&other.likeness));
        others.map(|other| other.document).filter(|other| !said.contains_key(other)).collect()
    };
    let mut same = alike(&[Likeness::Same]);
    same.extend(said.iter().filter(|(_, linked)| **linked).map(|(other, _)| other));
    same.sort_unstable();
    let Entry { document, unit, resident, .. } = entry;
    Ok(ResidentRow {
        id: *document,
        unit: *unit,
        unit_name: unit::find(db, *unit)?.map_or_else(|| unit.to_string(), |unit| unit.short_name),
        name: resident.name.clone(),
        id_type: resident.id_type.clone(),
        id_no: Data::IdNo.at(Place::List, &resident.id_no),
        phone: Data::Phone.at(Place::List, &resident.phone),
        address: Data::Address.at(Place::List, &resident.address),
        born: resident.born(),
        household: resident.household.clone(),
        relation: resident.relation.clone(),
        same,
        perhaps: alike(&[Likeness::SameName, Likeness::AlikeName]),
        contradicting: alike(&[Likeness::Contradiction]),
        namesakes: alike(&[Likeness::Namesake]),
    })
}
