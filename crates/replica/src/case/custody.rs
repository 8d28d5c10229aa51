//! Where the originals of cases are, and since when.

use super::CaseRecord;
use crate::{ReplicaError, document::RowId, identity::text};
use daiban_domain::{
    UnitCode,
    case::{Folded, custody::Whereabouts},
    item::Item,
};
use jiff::civil::Date;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// `new`: nothing was known of the case before.
pub(super) fn project(
    db: &Connection,
    (case, new): (&CaseRecord, bool),
    folded: Option<(&Folded, &Item)>,
) -> Result<(), ReplicaError> {
    let lies = folded.and_then(|(folded, item)| lies(case, folded, item));
    let Some((place, holder, since, originals)) = lies else {
        return if new { Ok(()) } else { forget(db, case.document) };
    };
    let sql = "INSERT OR REPLACE INTO custody (id, place, holder, since, originals) VALUES (?, ?, ?, ?, ?)";
    let (holder, since) = (holder.to_string(), since.to_string());
    let values = params![case.document.0, place.as_str(), holder, since, originals];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

fn lies(case: &CaseRecord, folded: &Folded, item: &Item) -> Option<(Whereabouts, UnitCode, Date, u32)> {
    let custody = &folded.custody;
    let counts = item.materials.iter().map(|material| {
        let (originals, _) = case.received(&material.material_code);
        (u32::from(originals), u32::from(custody.held(&material.material_code, originals)))
    });
    let (brought, held) = counts.fold((0, 0), |sums, one| (sums.0 + one.0, sums.1 + one.1));
    let (place, holder, since) = (custody.whereabouts()?, custody.holder?, custody.since?);
    match (brought, held) {
        (0, _) => None,
        (_, 0) => Some((Whereabouts::Returned, holder, custody.returned_on.unwrap_or(since), brought)),
        _ => Some((place, holder, since, held)),
    }
}

pub(super) fn forget(db: &Connection, row: RowId) -> Result<(), ReplicaError> {
    db.prepare_cached("DELETE FROM custody WHERE id = ?")?.execute([row.0])?;
    Ok(())
}

/// Originals of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lies {
    pub case_no: String,
    pub unit: UnitCode,
    pub item_id: String,
    pub item_version: u16,
    pub applicant_name: String,
    pub place: Whereabouts,
    pub holder: UnitCode,
    pub since: Date,
    pub originals: u32,
}

/// Those at a place, or all that the resident doesn't have; there since a day at the latest, the longest first.
pub fn originals(
    db: &Connection,
    place: Option<Whereabouts>,
    until: Date,
    (limit, offset): (u32, u32),
) -> Result<Vec<Lies>, ReplicaError> {
    let sql = "SELECT case_no, unit, item_id, item_version, applicant_name, place, holder, since, originals
               FROM custody JOIN case_row USING (id)
               WHERE since <= ?1 AND CASE WHEN ?2 IS NULL THEN place <> ?3 ELSE place = ?2 END
               ORDER BY since, id LIMIT ?4 OFFSET ?5";
    let mut statement = db.prepare_cached(sql)?;
    let (until, place, returned) = (until.to_string(), place.map(Whereabouts::as_str), Whereabouts::Returned);
    let params = params![until, place, returned.as_str(), limit, offset];
    let rows = statement.query_and_then(params, |row| {
        Ok(Lies {
            case_no: row.get("case_no")?,
            unit: text(row, "unit")?,
            item_id: row.get("item_id")?,
            item_version: row.get("item_version")?,
            applicant_name: row.get("applicant_name")?,
            place: text(row, "place")?,
            holder: text(row, "holder")?,
            since: text(row, "since")?,
            originals: row.get("originals")?,
        })
    })?;
    rows.collect()
}

/// How many cases have originals at each place since a day at the latest.
pub fn count_originals(db: &Connection, until: Date) -> Result<BTreeMap<Whereabouts, u64>, ReplicaError> {
    let sql = "SELECT place, count(*) AS cases FROM custody WHERE since <= ? GROUP BY place";
    let mut statement = db.prepare_cached(sql)?;
    let rows =
        statement.query_and_then([until.to_string()], |row| Ok((text(row, "place")?, row.get("cases")?)))?;
    rows.collect()
}
