use super::names::Names;
use crate::{Desk, Trouble};
use daiban_contract::{
    Code, ask,
    view::{DraftActView, DraftCommentView, DraftRow, DraftView, FixCount, RoundView},
};
use daiban_domain::{
    EventId, Instant,
    item::{
        Catalogue, Item, diff,
        draft::{Act, Comment, Folded, Round},
    },
};
use daiban_replica::{
    ReplicaError,
    item_draft::{DraftRecord, all, find},
    public::item,
};
use rusqlite::Connection;
use std::sync::Arc;

impl Desk {
    pub fn drafts(&self, _: ask::Drafts, _: Instant) -> Result<Vec<DraftRow>, Trouble> {
        self.with(|replica| {
            let names = Names { db: replica.db() };
            let rows = all(replica.db())?;
            Ok(rows.iter().map(|record| row(&names, record, &record.folded())).collect::<Result<_, _>>()?)
        })
    }

    pub fn draft(&self, request: ask::Draft, _: Instant) -> Result<DraftView, Trouble> {
        self.with(|replica| view(replica.db(), &open(replica.db(), &request.draft_no)?))
    }
}

pub(crate) fn open(db: &Connection, draft_no: &str) -> Result<DraftRecord, Trouble> {
    let unknown =
        || Trouble::new(Code::UnknownItem, "没有这个编号的目录草案，或还没有收到。请核对编号，或先同步。");
    find(db, draft_no)?.ok_or_else(unknown)
}

fn row(names: &Names<'_>, record: &DraftRecord, folded: &Folded) -> Result<DraftRow, ReplicaError> {
    Ok(DraftRow {
        draft_no: record.draft_no.clone(),
        title: record.draft.title.clone(),
        unit: record.draft.unit,
        unit_name: names.unit(record.draft.unit)?,
        begun_on: record.draft.begun_on,
        state: folded.state.as_str().to_owned(),
        state_name: folded.state.zh().to_owned(),
        round: folded.round(),
    })
}

pub(crate) fn view(db: &Connection, record: &DraftRecord) -> Result<DraftView, Trouble> {
    let (names, folded) = (Names { db }, record.folded());
    let mut rounds = Vec::new();
    let mut before: Option<EventId> = None;
    for round in &folded.rounds {
        rounds.push(round_view(&names, record, round, before)?);
        before = Some(round.submission);
    }
    let counts = folded.fixes().into_iter().map(|(fix, by_round)| FixCount {
        fix,
        name: fix.zh().to_owned(),
        by_round,
        total: by_round.iter().sum(),
    });
    let (summary, skipped_why) =
        folded.summary.clone().map(|(_, text, reason)| (text, reason)).unwrap_or_default();
    Ok(DraftView {
        row: row(&names, record, &folded)?,
        rounds,
        fixes: counts.collect(),
        summary,
        skipped_why,
        catalogue: folded.catalogue.clone(),
        acts: acts(&names, record, &folded)?,
        incomplete: folded.incomplete,
    })
}

fn round_view(
    names: &Names<'_>,
    record: &DraftRecord,
    round: &Round,
    before: Option<EventId>,
) -> Result<RoundView, ReplicaError> {
    let content = record.content(round.submission);
    let older = match before {
        Some(before) => record.content(before).to_vec(),
        None => bases(names.db, content)?,
    };
    let catalogue = |items: Vec<(Item, String)>| Catalogue { version: String::new(), items };
    let comment = |comment: &Comment| {
        Ok::<_, ReplicaError>(DraftCommentView {
            by: names.person(comment.by)?,
            on: comment.on,
            item_id: comment.item_id.clone(),
            element: comment.element.clone(),
            fix: comment.fix,
            fix_name: comment.fix.zh().to_owned(),
            text: comment.text.clone(),
        })
    };
    let (returned_on, returned_why) = round.returned.clone().unzip();
    Ok(RoundView {
        round: round.number,
        submitted_on: round.on,
        by: names.person(round.by)?,
        items: content.iter().map(|(item, _)| item.item_id.clone()).collect(),
        changes: diff::catalogues(&catalogue(older), &catalogue(content.to_vec())).says(),
        comments: round.comments.iter().map(comment).collect::<Result<_, _>>()?,
        returned_on,
        returned_why: returned_why.unwrap_or_default(),
    })
}

/// The published versions that a submission was made from.
fn bases(db: &Connection, content: &[(Item, String)]) -> Result<Vec<(Item, String)>, ReplicaError> {
    let mut bases = Vec::new();
    for (item, _) in content {
        let base = item::version(db, &item.item_id, item.version)?;
        bases.extend(base.map(|base| (Arc::unwrap_or_clone(base), String::new())));
    }
    Ok(bases)
}

fn acts(names: &Names<'_>, record: &DraftRecord, folded: &Folded) -> Result<Vec<DraftActView>, ReplicaError> {
    let waiting = record.events.iter().enumerate().filter(|(_, event)| folded.waiting.contains(&event.id));
    let waiting = waiting.map(|(place, _)| (place, Some("等前面的记录到了再算".to_owned())));
    let placed = folded.placed.iter().cloned().chain(waiting);
    placed
        .map(|(place, contested)| {
            let event = &record.events[place];
            Ok(DraftActView {
                event: event.kind.clone(),
                name: Act::find(&event.kind).map_or(event.kind.as_str(), |act| act.zh).to_owned(),
                on: event.on.0,
                by: names.person(event.person)?,
                unit_name: names.unit(event.unit)?,
                contested_why: contested.unwrap_or_default(),
            })
        })
        .collect()
}
