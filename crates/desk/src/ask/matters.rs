use super::{case::reach, known_unit, names::Names};
use crate::{Desk, Trouble, silence};
use daiban_contract::{
    ask::Matters,
    view::{MatterList, MatterRow},
};
use daiban_domain::{
    Instant,
    calendar::WorkCalendar,
    mask::{Data, Place},
    matter::Kind,
};
use daiban_replica::{
    ReplicaError,
    matter::{Filter, Listed, list},
    public::calendar,
};
use rusqlite::Connection;

const PAGE: u32 = 50;

impl Desk {
    pub fn matters(&self, request: Matters, now: Instant) -> Result<MatterList, Trouble> {
        self.with(|replica| {
            let db = replica.db();
            if let Some(unit) = request.unit {
                known_unit(db, unit)?;
            }
            let Matters { kind, unit, open, due, limit, offset } = request;
            let limit = if limit == 0 { PAGE } else { limit };
            Ok(listed(db, &Filter { kind, unit, open, due, limit, offset }, now)?)
        })
    }
}

/// A page of matters, and how many there are.
pub(super) fn listed(db: &Connection, filter: &Filter, now: Instant) -> Result<MatterList, ReplicaError> {
    let (total, listed) = list(db, filter)?;
    let (names, calendar) = (Names { db }, calendar::load(db)?);
    let rows = listed.iter().map(|listed| row(&names, listed, &calendar, now));
    Ok(MatterList { total, matters: rows.collect::<Result<_, _>>()? })
}

fn row(
    names: &Names<'_>,
    listed: &Listed,
    calendar: &WorkCalendar,
    now: Instant,
) -> Result<MatterRow, ReplicaError> {
    let running = listed.state.waiting();
    let term = (listed.term_start, listed.due, running);
    let matter = (listed.unit, listed.asked_on, listed.owner.unit);
    let (light, light_says) = silence::matter_light(names.db, matter, term, calendar, now)?;
    Ok(MatterRow {
        matter_no: listed.matter_no.clone(),
        kind: listed.kind,
        kind_name: listed.kind.zh().to_owned(),
        state: listed.state.as_str().to_owned(),
        state_name: listed.state.zh().to_owned(),
        unit: listed.unit,
        unit_name: names.unit(listed.unit)?,
        owner: match listed.owner.person {
            Some(person) => names.person(person)?,
            None => names.unit(listed.owner.unit)?,
        },
        asked_on: listed.asked_on,
        asker: match listed.kind {
            Kind::BadRating => "保密".to_owned(),
            _ => asker(&listed.asker_name, &listed.asker_phone),
        },
        due: listed.due.date,
        light,
        light_says,
        reach: reach(listed.reached),
        doubtful: listed.doubtful,
        archived: listed.archived,
    })
}

/// Who complains is nobody's to read over a shoulder.
fn asker(name: &str, phone: &str) -> String {
    match (name, phone) {
        ("", "") => "匿名".to_owned(),
        ("", phone) => Data::Phone.at(Place::List, phone),
        (name, _) => Data::Name.at(Place::Notice, name),
    }
}
