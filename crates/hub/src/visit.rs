//! What is noted of a device at each exchange, in the exchange's own transaction: one row.

use crate::HubError;
use daiban_exchange::{Page, engine::Visit, run::Refusal};
use rusqlite::{Transaction, params};

/// Notes an exchange; `moment` is the store's after it.
pub(crate) fn note(tx: &Transaction<'_>, visit: &Visit<'_>, moment: u64) -> Result<(), HubError> {
    let Visit { device, at, question, lacks, bytes_up, bytes_down, .. } = visit;
    let clock_off = question.clock.map(|clock| clock.0.saturating_sub(at.0));
    tx.prepare_cached(
        "INSERT OR REPLACE INTO visit (device, at, protocol, moment, lacked, clock_off, bytes_up, bytes_down)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        device.0,
        at.0,
        question.protocol,
        moment,
        lacks,
        clock_off,
        bytes_up,
        bytes_down
    ])?;
    // Who states everything first brings nothing yet.
    let brings = question.since.is_some() || question.page != Page::default();
    if brings { note_refused(tx, visit) } else { Ok(()) }
}

/// Notes which of the runs that a device brought weren't taken: what it brought before and brings no longer is settled.
fn note_refused(tx: &Transaction<'_>, visit: &Visit<'_>) -> Result<(), HubError> {
    for (feed, refusal) in visit.refused {
        let partition = feed.partition;
        tx.prepare_cached(include_str!("visit/refused.sql"))?.execute(params![
            visit.device.0,
            partition.unit.to_string(),
            partition.kind.as_str(),
            partition.period,
            feed.device.0,
            feed.incarnation.0,
            reason(*refusal),
            visit.at.0
        ])?;
    }
    tx.prepare_cached("DELETE FROM refused WHERE device = ? AND last <> ?")?
        .execute(params![visit.device.0, visit.at.0])?;
    Ok(())
}

/// What scripts branch on.
fn reason(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Gap => "gap",
        Refusal::Unauthentic => "unauthentic",
        Refusal::UnknownAuthor => "unknown-author",
        Refusal::OutOfScope => "out-of-scope",
        Refusal::Erased => "erased",
    }
}
