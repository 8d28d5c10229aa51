//! What statistics count, from the rows.

use crate::{ReplicaError, case::Units, identity::text};
use daiban_domain::{
    DocumentId, UnitCode,
    rating::{Counted, Grade, Ticket},
};
use jiff::civil::Date;
use rusqlite::{Connection, Params, ToSql};

/// A unit with those below it and those merged into them, and the days of a period, both included.
pub struct Asked {
    units: Units,
    from: String,
    to: String,
}

impl Asked {
    pub fn of(db: &Connection, unit: UnitCode, from: Date, to: Date) -> Result<Self, ReplicaError> {
        Ok(Self { units: Units::of(db, Some(unit))?, from: from.to_string(), to: to.to_string() })
    }

    fn bound<T>(
        &self,
        with: impl FnOnce(&[(&str, &dyn ToSql)]) -> Result<T, ReplicaError>,
    ) -> Result<T, ReplicaError> {
        let [first, last, merged] = self.units.params();
        with(&[first, last, merged, (":from", &self.from), (":to", &self.to)])
    }
}

/// All ratings of the cases that were first rated in the period.
pub fn counted(db: &Connection, asked: &Asked) -> Result<Vec<Counted>, ReplicaError> {
    asked.bound(|scope| {
        all(db, include_str!("counted.sql"), scope, |row| {
            let grade: u8 = row.get("grade")?;
            Ok(Counted {
                document: DocumentId(row.get("document")?),
                case: DocumentId(row.get("about")?),
                nth: row.get("nth")?,
                grade: Grade::try_from(grade).map_err(|_| ReplicaError::Column("rating.grade"))?,
                rated_on: text(row, "rated_on")?,
                named: row.get("named")?,
                ticket: Ticket {
                    answered: row.get("answered")?,
                    called_back: row.get("called_back")?,
                    excluded: row.get("excluded")?,
                },
            })
        })
    })
}

/// How many cases were closed or otherwise ended in the period.
pub fn ended(db: &Connection, asked: &Asked) -> Result<u64, ReplicaError> {
    asked.bound(|scope| {
        Ok(db.prepare_cached(include_str!("ended.sql"))?.query_row(scope, |row| row.get(0))?)
    })
}

/// A guide that somebody found wrong when a bad rating of the period was looked into.
pub struct WrongGuide {
    pub item_id: String,
    /// The version that is wrong; 0 if it wasn't said.
    pub version: u16,
    pub matter_no: String,
    /// The version that was published after it, if there is one.
    pub next: Option<u16>,
}

pub fn wrong_guides(db: &Connection, asked: &Asked) -> Result<Vec<WrongGuide>, ReplicaError> {
    asked.bound(|scope| {
        all(db, include_str!("wrong_guides.sql"), scope, |row| {
            Ok(WrongGuide {
                item_id: row.get("wrong_guide")?,
                version: row.get("guide_version")?,
                matter_no: row.get("matter_no")?,
                next: row.get("next")?,
            })
        })
    })
}

fn all<T>(
    db: &Connection,
    sql: &str,
    scope: impl Params,
    read: impl Fn(&rusqlite::Row<'_>) -> Result<T, ReplicaError>,
) -> Result<Vec<T>, ReplicaError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(scope)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}
