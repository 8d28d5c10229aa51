use crate::{Trouble, ask::OpenedMatter, form::issuer};
use daiban_contract::Code;
use daiban_domain::{
    PersonId,
    mask::{Data, Place},
    matter::{Kind, Matter},
};
use daiban_forms::ServiceVisit;
use daiban_replica::{ReplicaError, public::enrolment};
use rusqlite::Connection;

/// Whether there is a slip for a matter of this kind.
pub(crate) fn served(matter: &Matter) -> bool {
    matter.kind.by_agreement()
}

pub(super) fn gather(db: &Connection, opened: &OpenedMatter, mark: String) -> Result<ServiceVisit, Trouble> {
    let OpenedMatter { record, folded, .. } = opened;
    let matter = &record.matter;
    if !served(matter) {
        let message = format!("{}没有服务登记单。预约和上门服务才有。", matter.kind.zh());
        return Err(Trouble::new(Code::FormNotEarned, message));
    }
    let person = |id: Option<PersonId>| -> Result<String, ReplicaError> {
        let person = id.map(|id| enrolment::person(db, id)).transpose()?.flatten();
        Ok(person.map(|person| person.name).unwrap_or_default())
    };
    Ok(ServiceVisit {
        issuer: issuer(db, matter.unit)?,
        matter_no: record.matter_no.clone(),
        kind: if matter.kind == Kind::HomeVisit { "上门" } else { "预约" }.to_owned(),
        asker: matter.asker_name.clone(),
        phone_masked: Data::Phone.at(Place::Slip, &matter.asker_phone),
        asked_on: matter.asked_on,
        channel: matter.channel.zh().to_owned(),
        agreed_on: folded.agreed_on,
        text: matter.text.clone(),
        case_no: matter.case_no.clone(),
        first_contact: person(matter.first.person)?,
        owner: person(folded.owner.person)?,
        done: folded.answers.iter().map(|answer| (answer.on, answer.text.clone())).collect(),
        mark,
    })
}
