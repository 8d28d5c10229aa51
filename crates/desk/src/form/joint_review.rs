//! What the organs of a joint case have said, and what they have settled in a meeting.

use super::{
    Stamp,
    slip::{issuer, slip},
};
use crate::ask::Opened;
use daiban_domain::case::{
    Event,
    deadlines::opinion_due,
    joint::{ABSENCE, Asked},
};
use daiban_forms::{Consulted, JointMinutes, JointReview, OrganAnswer};
use daiban_replica::ReplicaError;
use rusqlite::Connection;

pub(super) fn review(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<JointReview, ReplicaError> {
    Ok(JointReview {
        slip: slip(db, opened, act, stamp)?,
        lead: issuer(db, act.unit)?.unit_full_name,
        organs: opened.folded.joint.asked.iter().map(|asked| consulted(opened, asked)).collect(),
    })
}

fn consulted(opened: &Opened, asked: &Asked) -> Consulted {
    let answer = asked.answer.as_ref().map(|answer| match answer.tacit {
        false => OrganAnswer::Said { on: answer.on, opinion: answer.opinion.clone() },
        true => {
            let said = tacit(opened, asked).map(Event::said).unwrap_or_default();
            OrganAnswer::Tacit { on: answer.on, absent: said.ground == ABSENCE, evidence: said.evidence }
        }
    });
    Consulted {
        organ: asked.organ.clone(),
        sent_on: asked.on,
        due: Some(opinion_due(asked, &opened.calendar, &opened.settings).date),
        answer,
    }
}

/// The act that took an organ's silence for its consent.
fn tacit<'o>(opened: &'o Opened, asked: &Asked) -> Option<&'o Event> {
    let on = asked.answer.as_ref().map(|answer| answer.on);
    opened.counted().find(|event| {
        event.kind == "jointTacit" && event.said().organ == asked.organ && Some(event.on.0) == on
    })
}

pub(super) fn minutes(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<JointMinutes, ReplicaError> {
    let said = act.said();
    Ok(JointMinutes {
        slip: slip(db, opened, act, stamp)?,
        lead: issuer(db, act.unit)?.unit_full_name,
        held_on: act.on.0,
        present: said.present,
        absent: said.absent,
        minutes: said.minutes,
    })
}
