//! From a case document to its row in the list and its tokens in the search index.

use super::{CaseRecord, archived, custody, duplicate, end, hand_over, place, tally};
use crate::{
    ReplicaError, attachment,
    document::{Document, RowId},
    pairs::Pairs,
    public::Projecting,
    search::{Changes, Place, Words},
};
use daiban_domain::case::{State, deadlines, fold, transition::Setting};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(crate) fn project(
    db: &Connection,
    document: &Document,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    let Some(case) = CaseRecord::read(db, document)? else {
        // Its first change isn't here, or has turned out not to count. Of one that has left with its year the row stays.
        let left = archived(db, document.row)?.is_some();
        return if left { Ok(()) } else { forget(db, document.row, &mut projecting.found) };
    };
    let item = projecting.item(db, &case.item_id, case.item_version)?;
    let folded = item.as_ref().map(|item| fold(&case.events, &setting(&case, item)));
    let running = match (&item, &folded) {
        (Some(item), Some(folded)) => {
            let (calendar, settings) = (projecting.calendar(db)?, projecting.settings(db)?);
            let mut all = deadlines::deadlines(folded, item, &calendar, &settings);
            all.retain(|deadline| deadline.running);
            all
        }
        _ => Vec::new(),
    };
    let next = running.iter().min_by_key(|deadline| (deadline.due.date, deadline.clock));
    let moved =
        running.iter().filter(|deadline| deadline.told.is_some()).min_by_key(|deadline| deadline.told);
    let before = Before::of(db, document.row)?;
    let state = folded.as_ref().map_or(State::Draft, |folded| folded.state);
    let unseen = folded.as_ref().is_some_and(|folded| folded.doubtful());
    let doubtful = unseen || case.conflicts().next().is_some();
    let tally = tally::of(db, document.row, (&case.unit.to_string(), state.as_str(), doubtful))?;
    let made = match (&before, tally) {
        (Some(before), _) => before.made,
        (None, Some(_)) => place::free(db, document.id)?,
        (None, None) => place::of(document.id),
    };
    db.prepare_cached(include_str!("insert_row.sql"))?.execute(params![
        document.row.0,
        case.case_no,
        case.unit.to_string(),
        case.item_id,
        case.item_version,
        item.is_some(),
        state.as_str(),
        case.channel,
        case.registered_on.to_string(),
        case.field("applicant.name"),
        case.field("applicant.idNo"),
        case.field("applicant.phone"),
        next.map(|next| next.clock.as_str()),
        next.map(|next| next.start.to_string()),
        next.map(|next| next.due.date.to_string()),
        next.is_some_and(|next| next.due.provisional),
        doubtful,
        case.incomplete || folded.as_ref().is_some_and(|folded| folded.incomplete),
        case.together,
        moved.and_then(|moved| moved.told).map(|told| told.to_string()),
        moved.map(|moved| moved.clock.as_str()),
        moved.map(|moved| moved.due.date.to_string()),
        moved.map(|moved| moved.due.provisional),
        case.goes_on_from,
        folded.as_ref().is_some_and(|folded| folded.benefit.granted.is_some()),
        made,
        tally,
    ])?;
    if before.as_ref().is_some_and(|before| before.tally != tally) {
        tally::put(db, document.row, tally)?;
    }
    let new = before.is_none();
    end::project(db, (&case, new), folded.as_ref())?;
    hand_over::project(db, (document.row, new), folded.as_ref())?;
    custody::project(db, (&case, new), folded.as_ref().zip(item.as_deref()))?;
    attachment::project(db, document.row, &case.attachments)?;
    let [name, id_no, phone] =
        ["applicant.name", "applicant.idNo", "applicant.phone"].map(|path| case.field(path));
    let words = before.map(|before| before.words).unwrap_or_default();
    let place = Place { row: document.row, at: made };
    projecting.found.add(place, words, Words::of(name, [&case.case_no, id_no, phone]));
    duplicate::relate(db, (document.row, new), (id_no, &case.item_id), projecting)
}

/// Takes an erased case out of the list.
pub(crate) fn forget(db: &Connection, row: RowId, found: &mut Changes) -> Result<(), ReplicaError> {
    if let Some(before) = Before::of(db, row)? {
        found.add(Place { row, at: before.made }, before.words, Words::default());
    }
    db.prepare_cached("DELETE FROM case_row WHERE id = ?")?.execute([row.0])?;
    Pairs::CaseDuplicate.forget(db, row)?;
    hand_over::forget(db, row)?;
    custody::forget(db, row)?;
    end::forget(db, row)
}

/// Indexes and counts cases of which nothing but the row is left.
pub(crate) fn find_archived_again(db: &Connection) -> Result<(), ReplicaError> {
    tally::begin_anew(db)?;
    let mut found = Changes::default();
    for (place, words) in words_after(db, RowId(0))? {
        found.add(place, Words::default(), words);
    }
    found.write(db)
}

/// What a row is found by and counted in, as it is now.
struct Before {
    words: Words,
    tally: Option<i64>,
    made: i64,
}

impl Before {
    fn of(db: &Connection, row: RowId) -> Result<Option<Self>, ReplicaError> {
        let sql = "SELECT applicant_name, case_no, id_no, phone, tally, made FROM case_row WHERE id = ?";
        let mut statement = db.prepare_cached(sql)?;
        let read = |row: &Row<'_>| {
            Ok(Self { words: words_of(row)?, tally: row.get("tally")?, made: row.get("made")? })
        };
        Ok(statement.query_row([row.0], read).optional()?)
    }
}

/// What the rows of later documents are found by.
pub(crate) fn words_after(db: &Connection, row: RowId) -> Result<Vec<(Place, Words)>, ReplicaError> {
    let sql = "SELECT applicant_name, case_no, id_no, phone, id, made FROM case_row WHERE id > ?";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([row.0], |row| {
        Ok((Place { row: RowId(row.get("id")?), at: row.get("made")? }, words_of(row)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn words_of(row: &Row<'_>) -> rusqlite::Result<Words> {
    let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
    Ok(Words::of(text(0)?, [text(1)?, text(2)?, text(3)?]))
}

/// What the fold needs to know of a case beside its events.
pub fn setting<'a>(case: &CaseRecord, item: &'a daiban_domain::item::Item) -> Setting<'a> {
    Setting { item, window: case.channel == "WINDOW", unit: case.unit }
}

/// Cases that had to wait for their item's content, or were projected with another document's.
pub(crate) fn project_item_arrived(
    db: &Connection,
    item_id: &str,
    version: u16,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    let sql = "SELECT id FROM case_row
               WHERE item_id = ? AND item_version = ?";
    let mut statement = db.prepare_cached(sql)?;
    let ids = statement.query_map(params![item_id, version], |row| row.get(0).map(RowId))?;
    project_all(db, ids.collect::<Result<Vec<_>, _>>()?, projecting)
}

/// Cases whose terms still run: a new calendar may move them.
pub(crate) fn project_open(db: &Connection, projecting: &mut Projecting) -> Result<(), ReplicaError> {
    let sql = "SELECT id FROM case_row WHERE due IS NOT NULL";
    let mut statement = db.prepare_cached(sql)?;
    let ids = statement.query_map([], |row| row.get(0).map(RowId))?;
    project_all(db, ids.collect::<Result<Vec<_>, _>>()?, projecting)
}

fn project_all(db: &Connection, rows: Vec<RowId>, projecting: &mut Projecting) -> Result<(), ReplicaError> {
    rows.into_iter().try_for_each(|row| project(db, &Document::load(db, row)?, projecting))
}
