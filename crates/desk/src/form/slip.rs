//! What every paper of a case carries.

use super::Stamp;
use crate::{applicant, ask::Opened};
use daiban_contract::view::Applicant;
use daiban_domain::{
    Unit, UnitCode,
    case::{Event, replaced::Instead},
    check,
    item::{Item, Wording},
    mask::{Data, Place},
};
use daiban_forms::{Issuer, MaterialLine, Party, Slip};
use daiban_replica::{
    ReplicaError,
    public::{enrolment, unit},
};
use rusqlite::Connection;

/// The slip of a paper with words of the item's own.
pub(super) fn slip_saying(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
    own: fn(Wording) -> Vec<String>,
) -> Result<Slip, ReplicaError> {
    let own_words = opened.item.wording.clone().map(own).unwrap_or_default();
    Ok(Slip { own_words, ..slip(db, opened, act, stamp)? })
}

/// The slip of the paper that bears witness to an act: its unit issues it, whoever took it is its clerk.
pub(super) fn slip(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<Slip, ReplicaError> {
    let Opened { case, item, .. } = opened;
    let agent = opened.folded.agent.map(|agent| enrolment::person(db, agent)).transpose()?.flatten();
    Ok(Slip {
        issuer: issuer(db, act.unit)?,
        number: stamp.number,
        copy: stamp.copy,
        case_no: case.case_no.clone(),
        item_name: item.name.clone(),
        impl_code: item.impl_code.clone(),
        applicant: party(&applicant::of(case)),
        agent: agent.map(|person| person.name),
        clerk: enrolment::person(db, act.person)?.unwrap_or_default().name,
        on: stamp.on,
        own_words: Vec::new(),
        mark: stamp.mark,
    })
}

/// What came, and what stands in for what didn't, by material.
pub(super) fn material_lines(opened: &Opened) -> impl Iterator<Item = (&str, MaterialLine)> {
    let Opened { case, item, folded, .. } = opened;
    item.materials.iter().filter_map(|material| {
        let (originals, copies) = case.received(&material.material_code);
        let note = match folded.replaced.of(&material.material_code) {
            Some(Instead::Commitment) => "告知承诺",
            Some(Instead::Shared(_)) => "共享取得",
            None => "",
        };
        (originals + copies > 0 || !note.is_empty()).then(|| {
            let (name, note) = (material.name.clone(), note.to_owned());
            (material.material_code.as_str(), MaterialLine { name, originals, copies, note })
        })
    })
}

/// Who a paper is for.
fn party(applicant: &Applicant) -> Party {
    let organisation = applicant.organisation();
    Party {
        name: applicant.name.clone(),
        organisation,
        id_kind: match check::id_temporary(&applicant.id_no) {
            true => "临时号码".to_owned(),
            false => check::id_kind_name(&applicant.id_type).to_owned(),
        },
        id_no_masked: match Data::of_applicant("applicant.idNo", organisation) {
            Some(data) => data.at(Place::Slip, &applicant.id_no),
            None => applicant.id_no.clone(),
        },
        phone_masked: Data::Phone.at(Place::Slip, &applicant.phone),
        contact: applicant.contact.clone(),
        legal_representative: applicant.legal_representative.clone(),
        handler: applicant.handler_name.clone(),
        guardian: applicant.guardian_name.clone(),
    }
}

/// The unit as it stands at the head of its forms; a village prints its township's complaint phone.
pub(crate) fn issuer(db: &Connection, code: UnitCode) -> Result<Issuer, ReplicaError> {
    let own = unit::find(db, code)?;
    let mut complaint_phone = own.as_ref().map(|unit| unit.complaint_phone.clone()).unwrap_or_default();
    for above in code.ancestors() {
        if complaint_phone.is_empty() {
            complaint_phone = unit::find(db, above)?.map(|unit| unit.complaint_phone).unwrap_or_default();
        }
    }
    let unit = own.unwrap_or_else(|| Unit::new(code, ""));
    Ok(Issuer {
        unit: code.to_string(),
        second_name: unit.second_name,
        unit_full_name: unit.full_name,
        address: unit.address,
        phone: unit.phone,
        complaint_phone,
    })
}

/// The Administrative Licensing Law binds licences alone (DOMAIN §4.3); other notices cite the item's own basis.
pub(super) fn basis(item: &Item, article: &str) -> String {
    if item.licence() {
        format!("《中华人民共和国行政许可法》{article}")
    } else {
        item.legal_basis.first().cloned().unwrap_or_else(|| "本事项办理规定".to_owned())
    }
}

/// 承诺时限, e.g. 10个工作日
pub(crate) fn promise_says(item: &Item) -> String {
    match item.promise_limit.days {
        _ if item.instant() => "当场办结".to_owned(),
        Some(days) => format!("{days}个{}", item.promise_limit.unit),
        None => "未作承诺".to_owned(),
    }
}

/// What lies with the case, to give back: without the originals that have gone back already.
pub(super) fn held_lines(opened: &Opened) -> Vec<MaterialLine> {
    let lines = material_lines(opened).map(|(code, line)| {
        let originals = opened.folded.custody.held(code, line.originals);
        MaterialLine { originals, ..line }
    });
    lines.filter(|line| line.originals + line.copies > 0).collect()
}
