//! What a replica holds, in numbers, for whoever is to find out what is wrong with it. Names nobody: what people typed stays out.

use crate::{PROJECTION_VERSION, Replica, ReplicaError, document::kind, verify};
use rusqlite::{Connection, Row};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inventory {
    pub sqlite: String,
    pub sqlcipher: String,
    /// The database's migrations, and the version of its projections.
    pub schema: i64,
    pub projection: u32,
    /// SQLite's own words on the file; empty if it is sound.
    pub damage: Vec<String>,
    pub feeds: Vec<Feed>,
    /// By kind of partition and kind of document.
    pub documents: BTreeMap<String, u64>,
    pub cases: BTreeMap<String, u64>,
    /// Entries whose content doesn't count, by reason (protocol, *What counts*).
    pub withheld: BTreeMap<String, u64>,
    pub settings: BTreeMap<String, i64>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Feed {
    pub partition: String,
    pub device: String,
    pub incarnation: u64,
    /// One incarnation has lived twice.
    pub branch: bool,
    /// Last entry, last that is signed for; how far county and township have signed that they hold the same.
    pub n: u64,
    pub signed: u64,
    pub county: u64,
    pub township: u64,
}

impl Replica {
    pub fn inventory(&self) -> Result<Inventory, ReplicaError> {
        let db = self.db();
        let mut damage = Vec::new();
        for check in verify::CHECKS {
            damage.extend(verify::damage(db, check)?);
        }
        let mut feeds = db.prepare(include_str!("inventory/feeds.sql"))?;
        Ok(Inventory {
            sqlite: rusqlite::version().to_owned(),
            sqlcipher: db.pragma_query_value(None, "cipher_version", |row| row.get(0))?,
            schema: db.query_row("SELECT max(version) FROM refinery_schema_history", [], |row| row.get(0))?,
            projection: PROJECTION_VERSION,
            damage,
            feeds: feeds.query_map([], feed)?.collect::<Result<_, _>>()?,
            documents: documents(db)?,
            cases: numbers(db, "SELECT state, count(*) FROM case_row GROUP BY state")?,
            withheld: numbers(
                db,
                "SELECT CAST(withheld AS TEXT), count(*) FROM entry WHERE withheld > 0 GROUP BY withheld",
            )?,
            settings: numbers(db, "SELECT name, value FROM setting")?,
        })
    }
}

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    Ok(Feed {
        partition: row.get("partition")?,
        device: row.get("device")?,
        incarnation: row.get("incarnation")?,
        branch: row.get("branch")?,
        n: row.get("n")?,
        signed: row.get("signed_n")?,
        county: row.get("county_n")?,
        township: row.get("township_n")?,
    })
}

/// A kind is a text that whoever made the document wrote: only those that are known are told.
fn documents(db: &Connection) -> Result<BTreeMap<String, u64>, ReplicaError> {
    let mut statement =
        db.prepare("SELECT partition_kind, kind, count(*) FROM document GROUP BY partition_kind, kind")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, u64>(2)?))
    })?;
    let mut documents = BTreeMap::new();
    for row in rows {
        let (partition, kind, count) = row?;
        let kind = kind::ALL.iter().find(|known| **known == kind).unwrap_or(&"other");
        *documents.entry(format!("{partition}/{kind}")).or_default() += count;
    }
    Ok(documents)
}

fn numbers<T: rusqlite::types::FromSql>(
    db: &Connection,
    sql: &str,
) -> Result<BTreeMap<String, T>, ReplicaError> {
    let mut statement = db.prepare(sql)?;
    Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}
