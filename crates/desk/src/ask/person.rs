use super::{
    case::open_row,
    duplicates::brief_case,
    names::Names,
    residents::{resident_rows, unknown_resident},
};
use crate::{Desk, Trouble};
use daiban_contract::{
    Code, ask,
    view::{BriefCase, LinkWordView, PersonView, ResidentRow},
};
use daiban_domain::{DocumentId, Instant, resident::link::LINK};
use daiban_replica::{
    ReplicaError,
    case::{self, Brief},
    resident::{
        self, Entry,
        link::{End, Ends, said},
    },
};
use rusqlite::Connection;
use std::collections::BTreeSet;

impl Desk {
    pub fn person(&self, request: ask::Person, _: Instant) -> Result<PersonView, Trouble> {
        self.with(|replica| person(replica.db(), request))
    }
}

fn person(db: &Connection, request: ask::Person) -> Result<PersonView, Trouble> {
    let entry = resident::entry(db, request.id)?.ok_or_else(unknown_resident)?;
    let entries = resident::person(db, &entry)?;
    let ids: Vec<_> = entries.iter().map(|entry| entry.document).collect();
    let rows = resident_rows(db, &ids)?;
    let names: Vec<&str> = entries.iter().map(|entry| entry.resident.name.as_str()).collect();
    let mut briefs: Vec<Brief> = Vec::new();
    for number in resident::numbers(&entries) {
        briefs.extend(case::of_person(db, number, &names)?);
    }
    briefs.sort_by_key(|brief| std::cmp::Reverse(brief.document));
    let cases = briefs.iter().map(|brief| whole(db, brief)).collect::<Result<Vec<_>, Trouble>>()?;
    let units: BTreeSet<&str> = rows.iter().map(|row| row.unit_name.as_str()).collect();
    let says = format!(
        "{}：登记在 {} 处（{}），办件 {} 件。",
        entry.resident.name,
        entries.len(),
        units.into_iter().collect::<Vec<_>>().join("、"),
        cases.len()
    );
    let (household, others) = (household(db, &entries)?, others(db, &rows)?);
    Ok(PersonView { says, words: words(db, &entry, &entries)?, entries: rows, household, others, cases })
}

/// Who else has the household's number of one of these entries, in the same register.
fn household(db: &Connection, entries: &[Entry]) -> Result<Vec<ResidentRow>, Trouble> {
    let mut found = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.resident.household.is_empty()) {
        let unit = resident::of_unit(db, entry.unit)?;
        let others = unit.into_iter().filter(|other| other.resident.household == entry.resident.household);
        found.extend(others.map(|other| other.document));
    }
    found.retain(|document| entries.iter().all(|entry| entry.document != *document));
    found.dedup();
    resident_rows(db, &found)
}

/// The entries that somebody should look at beside these.
fn others(db: &Connection, rows: &[ResidentRow]) -> Result<Vec<ResidentRow>, Trouble> {
    let alike = rows.iter().flat_map(|row| [&row.contradicting, &row.perhaps, &row.namesakes]).flatten();
    let others: BTreeSet<DocumentId> = alike.copied().collect();
    let others: Vec<_> = others.into_iter().filter(|id| rows.iter().all(|row| row.id != *id)).collect();
    resident_rows(db, &others)
}

/// Of a case whose item hasn't arrived, or that has left with its year, the row is all there is.
fn whole(db: &Connection, brief: &Brief) -> Result<BriefCase, Trouble> {
    let opened = match open_row(db, brief.row) {
        _ if brief.archived => None,
        Ok(opened) => Some(opened),
        Err(trouble) if trouble.code() == Code::UnknownItem => None,
        Err(trouble) => return Err(trouble),
    };
    Ok(brief_case(db, brief, opened.as_ref())?)
}

/// What was said across registers: between these entries, and of the one asked for and others.
fn words(db: &Connection, asked: &Entry, entries: &[Entry]) -> Result<Vec<LinkWordView>, ReplicaError> {
    let names = Names { db };
    let mut pairs = BTreeSet::new();
    for entry in entries {
        for other in resident::said_of(db, entry)?.into_keys() {
            let other = resident::entry(db, other)?;
            pairs.extend(other.map(|other| {
                let (one, other) = (End::of(entry), End::of(&other));
                (one.min(other), one.max(other))
            }));
        }
    }
    let within = |end: End| entries.iter().any(|entry| entry.document == end.document);
    pairs.retain(|(one, other)| {
        within(*one) && within(*other) || one.document == asked.document || other.document == asked.document
    });
    let mut views = Vec::new();
    for (one, other) in pairs.into_iter().filter(|(one, other)| one.unit != other.unit) {
        let Some(ends) = Ends::of(one, other) else { continue };
        let (events, link) = said(db, &ends)?;
        for event in events {
            let standing = link.by == Some(event.id);
            views.push(LinkWordView {
                one: one.document,
                other: other.document,
                linked: event.kind == LINK,
                reason: event.said().reason,
                by: names.person(event.person)?,
                unit_name: names.unit(event.unit)?,
                at: event.at,
                standing,
                disputed: standing && link.disputed,
            });
        }
    }
    views.sort_by_key(|view| view.at);
    Ok(views)
}
