//! Service items, each version a document of its own.

use super::{Projecting, memo::Memo};
use crate::{
    ReplicaError, case,
    document::{Document, RowId, kind},
};
use daiban_domain::{
    item::{Catalogue, Item},
    pinyin,
};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;

static PARSED: Memo<Item> = Memo::new();

fn parse(content: &str) -> Result<Arc<Item>, ReplicaError> {
    PARSED.of(content, |content| Ok(serde_json::from_str(content)?))
}

pub(super) fn project(
    db: &Connection,
    document: &Document,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    let Some(content) = document.text("content") else { return Ok(()) };
    let item = parse(content)?;
    let catalogue = document.text("catalogue").unwrap_or_default();
    if !first_of_its_version(db, document, &item, catalogue, content)? {
        return Ok(());
    }
    let initials = format!("{} {}", pinyin::initials(&item.name), pinyin::initials(&item.plain_name));
    db.execute(
        "INSERT OR REPLACE INTO item (item_id, version, catalogue, initials, content) VALUES (?, ?, ?, ?, ?)",
        params![item.item_id, item.version, catalogue, initials, content],
    )?;
    projecting.published();
    case::project_item_arrived(db, &item.item_id, item.version, projecting)
}

/// Two desks may have published the same version, each in a document of its own: the earlier document counts, wherever
/// and in whatever order they arrive.
fn first_of_its_version(
    db: &Connection,
    document: &Document,
    item: &Item,
    catalogue: &str,
    content: &str,
) -> Result<bool, ReplicaError> {
    let other_row = "SELECT 1 FROM item WHERE item_id = ? AND version = ? AND (catalogue, content) != (?, ?)";
    let mut statement = db.prepare_cached(other_row)?;
    if !statement.exists(params![item.item_id, item.version, catalogue, content])? {
        return Ok(true);
    }
    let mut statement = db.prepare_cached("SELECT id FROM document WHERE kind = ?")?;
    let rows = statement.query_map(params![kind::ITEM], |row| Ok(RowId(row.get(0)?)))?;
    for row in rows {
        let other = Document::load(db, row?)?;
        if other.id < document.id
            && other.partition == document.partition
            && let Some(content) = other.text("content")
            && let Ok(other) = parse(content)
            && (&other.item_id, other.version) == (&item.item_id, item.version)
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// One version of an item.
pub fn version(db: &Connection, item_id: &str, version: u16) -> Result<Option<Arc<Item>>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT content FROM item WHERE item_id = ? AND version = ?")?;
    let content: Option<String> =
        statement.query_row(params![item_id, version], |row| row.get(0)).optional()?;
    content.map(|content| parse(&content)).transpose()
}

/// The version in force on a day: the newest of those that have begun, unless it has ended.
pub fn in_force(db: &Connection, item_id: &str, on: Date) -> Result<Option<Arc<Item>>, ReplicaError> {
    let mut statement =
        db.prepare_cached("SELECT content FROM item WHERE item_id = ? ORDER BY version DESC")?;
    let mut rows = statement.query(params![item_id])?;
    while let Some(row) = rows.next()? {
        let item = parse(row.get_ref("content")?.as_str().unwrap_or_default())?;
        if item.effective_from <= on {
            return Ok(Some(item).filter(|item| item.in_force(on)));
        }
    }
    Ok(None)
}

/// Items in force on a day whose official or everyday name, or their pinyin initials, contain the text; all for an
/// empty text. Names that begin with it come first.
pub fn search(db: &Connection, text: &str, on: Date) -> Result<Vec<Arc<Item>>, ReplicaError> {
    let text = text.trim().to_lowercase();
    let mut statement =
        db.prepare_cached("SELECT initials, content FROM item ORDER BY item_id, version DESC")?;
    let mut rows = statement.query([])?;
    let mut found: Vec<(bool, Arc<Item>)> = Vec::new();
    let mut begun = String::new();
    while let Some(row) = rows.next()? {
        let item = parse(row.get_ref("content")?.as_str().unwrap_or_default())?;
        // Of the versions that have begun only the newest counts, even if it has ended.
        if item.effective_from > on || item.item_id == begun {
            continue;
        }
        begun.clone_from(&item.item_id);
        let initials = row.get_ref("initials")?.as_str().unwrap_or_default();
        let names = [&item.name, &item.plain_name];
        let hit = names.iter().any(|name| name.contains(&text)) || initials.contains(&text);
        if hit && item.in_force(on) {
            let begins = names.iter().any(|name| name.starts_with(&text))
                || initials.split(' ').any(|initials| initials.starts_with(&text));
            found.push((!begins, item));
        }
    }
    found.sort_by_key(|(later, _)| *later);
    Ok(found.into_iter().map(|(_, item)| item).collect())
}

/// Every version of every item, with its published text; under the version of the catalogue that the newest came with.
pub fn published(db: &Connection) -> Result<Catalogue, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT content FROM item ORDER BY item_id, version")?;
    let mut rows = statement.query([])?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get("content")?;
        items.push((Arc::unwrap_or_clone(parse(&text)?), text));
    }
    Ok(Catalogue { version: catalogue(db)?, items })
}

/// The version of the catalogue that the newest items came with, "" for none.
pub fn catalogue(db: &Connection) -> Result<String, ReplicaError> {
    Ok(db.query_row("SELECT coalesce(max(catalogue), '') FROM item", [], |row| row.get(0))?)
}
