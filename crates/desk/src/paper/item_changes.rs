use crate::{ask::changed_lately, form::issuer};
use daiban_domain::UnitCode;
use daiban_forms::{ChangedItem, ItemChanges};
use daiban_replica::{ReplicaError, public::item};
use jiff::civil::Date;
use rusqlite::Connection;

/// What has changed lately, as a unit hands it on.
pub(super) fn gather(db: &Connection, code: UnitCode, on: Date) -> Result<ItemChanges, ReplicaError> {
    let changes = changed_lately(db, on)?.into_iter().map(|change| ChangedItem {
        name: change.name,
        from: change.from,
        says: change.says,
    });
    Ok(ItemChanges {
        issuer: issuer(db, code)?,
        catalogue: item::catalogue(db)?,
        changes: changes.collect(),
        on,
    })
}
