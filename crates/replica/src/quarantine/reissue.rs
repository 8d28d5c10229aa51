//! Re-issues: what this device says again of its own entries that were withheld, or that wait for one that was.

use super::{
    PROGRAM,
    ground::{Ground, named, operations},
};
use crate::{
    ReplicaError,
    document::{Edit, RowId, Writing, plain},
};
use automerge::legacy::{OpId, OpType};
use daiban_domain::{DeviceId, DocumentId};
use daiban_exchange::{
    Header, Partition, key, kind,
    verdict::{Reissue, Replaced},
    wire,
};
use rusqlite::{Connection, params};

/// Documents with entries of this device's that can't count here, or that somebody found unfit.
pub(super) fn due(db: &Connection, own: DeviceId) -> Result<Vec<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("unanswered.sql"))?;
    let due = statement.query_map(params![own.0], |row| row.get(0).map(RowId))?;
    Ok(due.collect::<Result<_, _>>()?)
}

/// Says again what is due. Returns how many entries that made.
pub(super) fn say_again(writing: &mut Writing<'_>) -> Result<u64, ReplicaError> {
    let due = due(writing.db(), writing.identity().device)?;
    let mut written = 0;
    for row in due {
        written += document(writing, row)?;
    }
    Ok(written)
}

/// Each entry again as a change of its own, with the same keys and values and by the same person, in the order in which
/// they were written. A fresh actor writes them: the number that its old one would take next may be taken.
fn document(writing: &mut Writing<'_>, row: RowId) -> Result<u64, ReplicaError> {
    let own = writing.identity().device;
    let mut ground = Ground::load(writing.db(), row)?;
    let mut due: Vec<usize> = (0..ground.changes.len())
        .filter(|i| {
            let held = &ground.changes[*i];
            held.aside
                && held.written_by(own)
                && held.answered.is_none()
                && !held.repeated
                && held.sound.is_some()
        })
        .collect();
    due.sort_by_key(|i| ground.changes[*i].order());
    let Some(first) = due.first() else { return Ok(0) };
    let (document, partition) =
        (ground.changes[*first].header.document, ground.changes[*first].feed.partition);
    let actor = key::random()?;
    let mut said = Vec::new();
    for i in due {
        let Some(again) = again(writing, &mut ground, i, actor)? else { continue };
        let held = &mut ground.changes[i];
        held.answered = Some(again.operations);
        said.push(Replaced { old: held.spoken, by: again.n });
    }
    if said.is_empty() {
        return Ok(0);
    }
    let written = said.iter().filter(|replaced| replaced.by > 0).count() as u64;
    mark(writing, partition, document, said)?;
    writing.project(row)?;
    Ok(written + 1)
}

/// What stands for an entry.
struct Again {
    /// The new entry's number; 0 if nothing was left to say.
    n: u64,
    /// The operations that stand for the old ones.
    operations: Vec<(String, OpId)>,
}

/// Writes what an entry set aside has to say still; `None` if it can't be said.
fn again(
    writing: &mut Writing<'_>,
    ground: &mut Ground,
    i: usize,
    actor: [u8; 8],
) -> Result<Option<Again>, ReplicaError> {
    let held = &ground.changes[i];
    let Some(sound) = &held.sound else { return Ok(None) };
    if ground.registers.contains(&sound.hash) {
        // The same change counts where it stands in another feed.
        return Ok(Some(Again { n: 0, operations: named(sound) }));
    }
    let mut edit = Edit::of(&ground.registers);
    for (id, key, op) in operations(sound).into_iter().filter(|(_, _, op)| plain(op)) {
        if ground.superseded(i, &id, key) {
            continue;
        }
        let mut pred: Vec<OpId> = op.pred.iter().flat_map(|pred| ground.stands_for(i, pred, key)).collect();
        pred.sort_unstable();
        pred.dedup();
        if op.action != OpType::Delete || !pred.is_empty() {
            edit.repeat(key, op.action.clone(), pred);
        }
    }
    let Some((again, bytes)) = edit.finish(actor)? else {
        return Ok(Some(Again { n: 0, operations: Vec::new() }));
    };
    let header = Header {
        person: held.header.person,
        // It is no later word than the one that it repeats.
        hlc: held.header.hlc,
        actor: Some(actor.to_vec()),
        ..writing.header(kind::CHANGE, held.header.document)
    };
    let partition = held.feed.partition;
    if let Err(unfit) = ground.registers.take(&again) {
        tracing::error!(?unfit, "what was to be said again doesn't fit its document");
        return Ok(None);
    }
    let appended = writing.enter(partition, header, bytes)?;
    Ok(Some(Again { n: appended.n, operations: named(&again) }))
}

/// Says what stands for what, after the new entries and in their feed.
fn mark(
    writing: &mut Writing<'_>,
    partition: Partition,
    document: Option<DocumentId>,
    replaced: Vec<Replaced>,
) -> Result<(), ReplicaError> {
    let header = Header { person: None, ..writing.header(kind::REISSUE, document) };
    let body = wire::encode(&Reissue { replaced, program: PROGRAM.to_owned() });
    let appended = writing.enter(partition, header, body.clone())?;
    let feed = writing.identity().feed(partition);
    super::heed(writing.db(), &feed, appended.n, kind::REISSUE, &body)
}
