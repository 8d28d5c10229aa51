//! The clocks of a case on the screen.

use super::Opened;
use crate::silence;
use daiban_contract::view::DeadlineView;
use daiban_domain::{
    Instant,
    case::{
        ClockName, State,
        deadlines::{Deadline, Light, deadlines_as_of, light, urgent_by},
    },
    deadline::says_day,
};
use daiban_replica::{ReplicaError, clock};
use jiff::civil::Date;
use rusqlite::Connection;

pub(super) fn clocks(
    db: &Connection,
    opened: &Opened,
    (today, now): (Date, Instant),
) -> Result<Vec<DeadlineView>, ReplicaError> {
    let Opened { item, folded, calendar, settings, .. } = opened;
    let worth_showing = deadlines_as_of(folded, item, calendar, settings, today)
        .into_iter()
        .filter(|deadline| deadline.running || kept(deadline.clock));
    let views = worth_showing.map(|deadline| view(db, opened, deadline, (today, now)));
    views.chain(urgent(db, opened, now).transpose()).collect()
}

/// Clocks of which it is asked also when they have ended whether they were kept.
fn kept(clock: ClockName) -> bool {
    matches!(clock, ClockName::Notice | ClockName::Promise | ClockName::Statutory | ClockName::Delivery)
}

fn view(
    db: &Connection,
    opened: &Opened,
    deadline: Deadline,
    (today, now): (Date, Instant),
) -> Result<DeadlineView, ReplicaError> {
    let Told { light, says, unheard } = told(db, opened, &deadline, (today, now))?;
    Ok(DeadlineView {
        name: deadline.clock.as_str().to_owned(),
        label: match &deadline.organ {
            Some(organ) => format!("{organ}{}", deadline.clock.zh()),
            None => deadline.clock.zh().to_owned(),
        },
        due: deadline.due.date,
        provisional: deadline.due.provisional,
        running: deadline.running,
        light,
        says,
        unheard,
        why: deadline.why,
    })
}

/// What is said of a term; that it is over follows from silence.
pub(super) struct Told {
    pub light: Light,
    pub says: String,
    /// Who may have acted in time; empty if it is certain.
    pub unheard: String,
}

pub(super) fn told(
    db: &Connection,
    opened: &Opened,
    deadline: &Deadline,
    (today, now): (Date, Instant),
) -> Result<Told, ReplicaError> {
    let (light, says) = light(deadline, today, &opened.calendar);
    let unheard = missed(db, opened, light, (deadline.clock, deadline.due.date), now)?;
    Ok(Told { light, says: silence::perhaps(unheard.is_empty(), says), unheard })
}

fn missed(
    db: &Connection,
    opened: &Opened,
    light: Light,
    (clock, end): (ClockName, Date),
    now: Instant,
) -> Result<String, ReplicaError> {
    match light {
        Light::Red => silence::unheard(db, &silence::heard(db, opened, clock, now)?, end),
        _ => Ok(String::new()),
    }
}

/// The hours within which an urgent case is decided; whether this one is, a person has to say.
fn urgent(db: &Connection, opened: &Opened, now: Instant) -> Result<Option<DeadlineView>, ReplicaError> {
    const HOUR: i64 = 3_600_000;
    let Opened { item, folded, .. } = opened;
    let by = urgent_by(folded, item).filter(|_| folded.state == State::Received);
    let Some((by, route)) = by.zip(item.emergency_route.as_ref()) else { return Ok(None) };
    let hours = by.0.saturating_sub(clock::reading(db, now)?.0).div_euclid(HOUR);
    let (light, says) = match hours {
        ..0 => (Light::Red, format!("超过 {} 小时", -hours)),
        0..12 => (Light::Amber, format!("剩 {hours} 小时")),
        _ => (Light::Green, format!("剩 {hours} 小时")),
    };
    // Whoever answers a case answers an urgent one.
    let unheard = missed(db, opened, light, (ClockName::Notice, by.date()), now)?;
    Ok(Some(DeadlineView {
        name: "urgent".to_owned(),
        label: "如属急难，先行救助".to_owned(),
        due: by.date(),
        provisional: false,
        running: true,
        light,
        says: silence::perhaps(unheard.is_empty(), says),
        why: format!(
            "{}：收件起 {} 小时内决定，到 {} {} 为止，节假日照算。",
            route.name,
            route.decision_hours,
            says_day(by.date()),
            by.time_of_day()
        ),
        unheard,
    }))
}

/// Of a case that nobody has answered: who may have in time; empty if silence is certain, or there is none.
pub(super) fn silence_unheard(
    db: &Connection,
    opened: &Opened,
    (today, now): (Date, Instant),
) -> Result<String, ReplicaError> {
    match silence::silent_since(opened, today) {
        Some((clock, day)) => silence::unheard(db, &silence::heard(db, opened, clock, now)?, day),
        None => Ok(String::new()),
    }
}
