//! What was printed on at this device, so that it is offered again, and what was printed. It is in no document and goes nowhere.

use crate::{ReplicaError, document::Writing};
use daiban_domain::{Instant, PersonId};
use rusqlite::{Connection, params};

/// Queues and their trays ("" for the usual one), the last one first.
pub fn used(db: &Connection) -> Result<Vec<(String, String)>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT name, tray FROM printer ORDER BY used DESC")?;
    let used = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(used.collect::<Result<_, _>>()?)
}

pub fn remember(writing: &Writing<'_>, name: &str, tray: &str) -> Result<(), ReplicaError> {
    let sql = "INSERT OR REPLACE INTO printer (name, tray, used) VALUES (?, ?, ?)";
    writing.db().prepare_cached(sql)?.execute(params![name, tray, writing.now().0])?;
    Ok(())
}

/// A paper that was made here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// Given when it is noted.
    pub id: i64,
    pub at: Instant,
    pub by: Option<PersonId>,
    /// Empty for a file.
    pub printer: String,
    pub job: String,
    pub form: String,
    pub name: String,
    /// Of the first of several; empty for what has none.
    pub number: String,
    pub case_no: String,
    pub cases: u32,
    pub pages: u32,
    pub copies: u32,
    /// Taken out of the queue here.
    pub cancelled: bool,
}

const KEPT_MS: i64 = 31 * 86_400_000;

/// Notes what the person here has printed, and forgets what is older than a month.
pub fn note(writing: &Writing<'_>, print: &Print) -> Result<(), ReplicaError> {
    let (db, now) = (writing.db(), writing.now());
    db.prepare_cached("DELETE FROM print WHERE at < ?")?.execute([now.0 - KEPT_MS])?;
    let sql =
        "INSERT INTO print (at, person, printer, job, form, name, number, case_no, cases, pages, copies)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    db.prepare_cached(sql)?.execute(params![
        now.0,
        writing.identity().person.0,
        print.printer,
        print.job,
        print.form,
        print.name,
        print.number,
        print.case_no,
        print.cases,
        print.pages,
        print.copies
    ])?;
    Ok(())
}

/// Notes that one was taken out of its queue, or went there again.
pub fn cancel(writing: &Writing<'_>, id: i64, cancelled: bool) -> Result<(), ReplicaError> {
    let sql = "UPDATE print SET cancelled = ? WHERE id = ?";
    writing.db().prepare_cached(sql)?.execute(params![cancelled, id])?;
    Ok(())
}

/// What was printed since then, the latest first.
pub fn prints(db: &Connection, since: Instant) -> Result<Vec<Print>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT * FROM print WHERE at >= ? ORDER BY at DESC, id DESC")?;
    let prints = statement.query_map([since.0], |row| {
        Ok(Print {
            id: row.get("id")?,
            at: Instant(row.get("at")?),
            by: Some(PersonId(row.get("person")?)),
            printer: row.get("printer")?,
            job: row.get("job")?,
            form: row.get("form")?,
            name: row.get("name")?,
            number: row.get("number")?,
            case_no: row.get("case_no")?,
            cases: row.get("cases")?,
            pages: row.get("pages")?,
            copies: row.get("copies")?,
            cancelled: row.get("cancelled")?,
        })
    })?;
    Ok(prints.collect::<Result<_, _>>()?)
}
