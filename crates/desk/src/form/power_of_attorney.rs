use super::{Stamp, slip::slip};
use crate::{
    applicant,
    ask::{Opened, entrustment},
};
use daiban_domain::{
    case::{Event, entrustment::Power},
    check,
    mask::{Data, Place},
};
use daiban_forms::{Given, PowerOfAttorney};
use daiban_replica::{
    ReplicaError,
    public::{enrolment, unit},
};
use rusqlite::Connection;

/// Before it is recorded to be filled in and signed by hand, afterwards as it was given.
pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<PowerOfAttorney, ReplicaError> {
    let Opened { case, folded, .. } = opened;
    let applicant = applicant::of(case);
    let given = entrustment(case);
    let agent = folded.agent.map(|agent| enrolment::person(db, agent)).transpose()?.flatten();
    let village = unit::find(db, case.unit)?.map(|unit| unit.short_name).unwrap_or_default();
    let male = check::id_male(&applicant.id_no).filter(|_| applicant.id_type == check::RESIDENT_CARD);
    let powers = Power::ALL.into_iter().map(|power| {
        let ticked = given.as_ref().is_some_and(|given| given.powers.contains(&power));
        (power.zh().to_owned(), ticked)
    });
    // A form that has to name the number in full (●) does so on paper, whose printing is recorded; a preview is a page.
    let id_no = match stamp.number {
        Some(_) => applicant.id_no,
        None => Data::IdNo.at(Place::Page, &applicant.id_no),
    };
    Ok(PowerOfAttorney {
        slip: slip(db, opened, act, stamp)?,
        sex: male.map_or("", |male| if male { "男" } else { "女" }).to_owned(),
        id_no,
        address: applicant.address,
        agent: agent.map(|person| person.name).unwrap_or_default(),
        agent_post: format!("{village}代办员"),
        powers: powers.collect(),
        given: given.map(|given| Given {
            from: given.from,
            to: given.to,
            thumbprint: given.thumbprint,
            witness: given.witness,
            revoked_on: given.revoked_on,
        }),
    })
}
