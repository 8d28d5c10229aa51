//! What became of a bad rating, as told by the matter that checks it.

use crate::{ReplicaError, document::RowId, matter::MatterRecord};
use daiban_domain::{DocumentId, PersonId, matter, rating::Ticket};
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) fn project(
    db: &Connection,
    record: &MatterRecord,
    folded: &matter::Folded,
) -> Result<(), ReplicaError> {
    let Some(rated) = &record.matter.rated else { return Ok(()) };
    let checked = &folded.bad_rating;
    let (guide, version) = checked.wrong_guide.as_ref().map(|(item, version)| (item, version)).unzip();
    db.prepare_cached(include_str!("insert_ticket.sql"))?.execute(params![
        record.document.0,
        rated.rating.0,
        record.matter.unit.to_string(),
        record.matter.asked_on.to_string(),
        !folded.answers.is_empty() && !folded.state.waiting(),
        checked.called_back.is_some(),
        checked.excluded,
        guide,
        version,
    ])?;
    Ok(())
}

pub(crate) fn forget(db: &Connection, row: RowId) -> Result<(), ReplicaError> {
    db.prepare_cached("DELETE FROM bad_rating WHERE id = ?")?.execute([row.0])?;
    Ok(())
}

/// The matter that checks a rating.
pub struct TicketRow {
    pub matter: RowId,
    pub matter_no: String,
    /// Who sees to it, if somebody has taken it up.
    pub owner: Option<PersonId>,
    pub ticket: Ticket,
}

pub fn ticket(db: &Connection, rating: DocumentId) -> Result<Option<TicketRow>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("ticket.sql"))?;
    let found = statement.query_row([rating.0], |row| {
        Ok(TicketRow {
            matter: RowId(row.get("id")?),
            matter_no: row.get("matter_no")?,
            owner: row.get::<_, Option<[u8; 8]>>("owner")?.map(PersonId),
            ticket: Ticket {
                answered: row.get("answered")?,
                called_back: row.get("called_back")?,
                excluded: row.get("excluded")?,
            },
        })
    });
    Ok(found.optional()?)
}
