use super::guide;
use crate::form::issuer;
use daiban_domain::{Level, UnitCode, item::Item};
use daiban_forms::{Guide, Handbook, Outlet};
use daiban_replica::{
    ReplicaError,
    public::{item, unit},
};
use jiff::civil::Date;
use rusqlite::Connection;
use std::sync::Arc;

/// Themes stand in the order in which the catalogue comes to them.
pub(super) fn gather(db: &Connection, county: UnitCode, on: Date) -> Result<Handbook, ReplicaError> {
    let mut themes: Vec<(String, Vec<Arc<Item>>)> = Vec::new();
    for item in item::search(db, "", on)? {
        let theme = if item.theme.is_empty() { "其他" } else { &item.theme };
        match themes.iter_mut().find(|(known, _)| known == theme) {
            Some((_, items)) => items.push(item),
            None => themes.push((theme.to_owned(), vec![item])),
        }
    }
    let guides = |items: Vec<Arc<Item>>| -> Result<Vec<Guide>, ReplicaError> {
        items.iter().map(|item| guide::gather(db, item, county, on)).collect()
    };
    let publisher = issuer(db, county)?;
    Ok(Handbook {
        unit_full_name: publisher.unit_full_name,
        county: unit::find(db, county)?.map(|unit| unit.short_name).unwrap_or_default(),
        version: item::catalogue(db)?,
        printed_on: on,
        themes: themes
            .into_iter()
            .map(|(theme, items)| Ok((theme, guides(items)?)))
            .collect::<Result<_, ReplicaError>>()?,
        outlets: outlets(db, county, on)?,
    })
}

/// Every unit that takes requests. Villages are served by their township's complaint telephone.
fn outlets(db: &Connection, county: UnitCode, on: Date) -> Result<Vec<Outlet>, ReplicaError> {
    let units = unit::below(db, county)?.into_iter().filter(|unit| !unit.ended(on));
    let outlets = units.map(|unit| {
        let complaint_phone = match unit.level {
            Level::Village => issuer(db, unit.code)?.complaint_phone,
            _ => unit.complaint_phone,
        };
        let (name, address, phone) = (unit.full_name, unit.address, unit.phone);
        Ok(Outlet { name, address, phone, complaint_phone })
    });
    outlets.collect()
}
