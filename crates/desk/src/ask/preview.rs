use super::{
    Opened,
    case::{held, open},
};
use crate::{Desk, Trouble, applicant, warnings::missing_materials, wording};
use daiban_contract::{
    Code, ask,
    view::{Applicant, PreviewView},
};
use daiban_domain::{
    EventId, Instant,
    case::{
        ClockName, Event,
        deadlines::{accepted_from, notice_due, promise_due, village_due},
        printed::Told,
        replaced::Instead,
    },
    check,
    deadline::Due,
    item::bundle::LifeEventBundle,
    mask,
};
use daiban_forms::{
    AcceptanceNotice, Faces, Issuer, Layout, MaterialLine, NoticeKind, Party, RegistrationReceipt, Together,
};
use daiban_replica::{
    ReplicaError,
    case::{self, CaseRecord},
    public::{calendar, enrolment, life_event, unit},
    today,
};
use jiff::civil::Date;
use rusqlite::Connection;

impl Desk {
    pub fn preview(&self, request: ask::Preview, now: Instant) -> Result<PreviewView, Trouble> {
        let faces = self.faces()?;
        self.with(|replica| {
            let opened = open(replica.db(), &request.case_no)?;
            let earned = earned_form(&opened, &request.form)?;
            let stamp = Stamp { number: None, copy: 1, on: today(replica.db(), now)? };
            let layout = lay_out(replica.db(), &opened, &earned, stamp, faces)?;
            Ok(PreviewView { name: earned.name.to_owned(), pages: daiban_forms::svg(&layout, faces) })
        })
    }
}

/// A form that a case has earned, and the act that it bears witness to.
#[derive(Clone, Debug)]
pub(crate) struct Earned {
    pub form: &'static str,
    pub name: &'static str,
    /// In its number: 代登, 收, 受.
    pub series: &'static str,
    pub act: EventId,
}

/// The number and date of a paper; a preview has no number.
pub(crate) struct Stamp {
    pub number: Option<String>,
    pub copy: u32,
    pub on: Date,
}

/// F01 once the village has registered; F02 once an organ has received, and anew once it has accepted.
pub(crate) fn earned(opened: &Opened) -> Vec<Earned> {
    let act = |kinds: &[&str]| {
        let mut placed = opened.folded.placed.iter().filter(|placed| placed.contested.is_none());
        placed
            .rfind(|placed| kinds.contains(&opened.case.events[placed.event].kind.as_str()))
            .map(|placed| opened.case.events[placed.event].id)
    };
    let mut earned = Vec::new();
    if let Some(act) = act(&["submit"]) {
        earned.push(Earned { form: "F01", name: "代办登记回执", series: "代登", act });
    }
    if let Some(act) = act(&["accept"]) {
        earned.push(Earned { form: "F02", name: "受理通知书", series: "受", act });
    } else if let Some(act) = act(&["receive", "directReceive", "supplement"]) {
        earned.push(Earned { form: "F02", name: "收件凭证", series: "收", act });
    }
    earned
}

pub(crate) fn earned_form(opened: &Opened, form: &str) -> Result<Earned, Trouble> {
    if !["F01", "F02"].contains(&form) {
        return Err(Trouble::new(Code::UnknownForm, format!("还没有编号为 {form} 的文书。")));
    }
    if opened.folded.incomplete {
        let message = "这个办件里有新版程序记下的内容，本机看不全。请先更新程序再打印文书。";
        return Err(Trouble::new(Code::FormNotEarned, message));
    }
    earned(opened).into_iter().find(|earned| earned.form == form).ok_or_else(|| {
        let name = wording::form(form);
        let message = format!("这个办件现在是“{}”，还不能出{name}。", opened.folded.state.zh());
        Trouble::new(Code::FormNotEarned, message)
    })
}

pub(crate) fn lay_out(
    db: &Connection,
    opened: &Opened,
    earned: &Earned,
    stamp: Stamp,
    faces: &Faces,
) -> Result<Layout, Trouble> {
    let act = opened.case.events.iter().find(|event| event.id == earned.act);
    let act = act.ok_or_else(|| Trouble::new(Code::Internal, "文书对应的环节找不到。"))?;
    Ok(match earned.form {
        "F01" => registration_receipt(db, opened, act, stamp)?.lay_out(faces)?,
        _ => acceptance_notice(db, opened, act, stamp)?.lay_out(faces)?,
    })
}

/// The term that a form tells, and its end. A reprint tells what has been printed for certain, or an earlier end.
fn term(opened: &Opened, act: &Event) -> Option<(ClockName, Due)> {
    let Opened { item, folded, calendar, settings, .. } = opened;
    let (clock, counted) = match act.kind.as_str() {
        "submit" => (ClockName::Village, village_due(act.on.0, calendar, settings)),
        "accept" => (ClockName::Promise, promise_due(accepted_on(opened, act), item, calendar)?),
        _ => (ClockName::Notice, notice_due(received_on(opened, act), calendar, settings)),
    };
    let firm = folded.printed.firm(clock, act.id).filter(|firm| *firm < counted.date);
    Some((clock, firm.map_or(counted, |date| Due { date, provisional: false })))
}

fn received_on(opened: &Opened, act: &Event) -> Date {
    opened.folded.received_on.unwrap_or(act.on.0)
}

/// After too long a silence it has been accepted since the receipt.
fn accepted_on(opened: &Opened, act: &Event) -> Date {
    let Opened { item, folded, calendar, settings, .. } = opened;
    accepted_from(folded, item, calendar, settings).unwrap_or(act.on.0)
}

/// What a print of a form says of a term.
pub(crate) fn told(db: &Connection, opened: &Opened, earned: &Earned) -> Result<Option<Told>, ReplicaError> {
    let act = opened.case.events.iter().find(|event| event.id == earned.act);
    let Some((clock, due)) = act.and_then(|act| term(opened, act)) else { return Ok(None) };
    Ok(Some(Told {
        clock: clock.as_str().to_owned(),
        date: due.date,
        provisional: due.provisional,
        calendar: calendar::version(db, due.date.year())?,
    }))
}

fn registration_receipt(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<RegistrationReceipt, Trouble> {
    let Opened { case, item, .. } = opened;
    let others = registered_with(db, opened)?;
    let mut all: Vec<&Opened> = [opened].into_iter().chain(&others).collect();
    all.sort_by_key(|one| &one.case.case_no);
    let mut gaps: Vec<String> = Vec::new();
    for name in all.iter().flat_map(|one| missing_materials(one)).map(|material| &material.name) {
        if !gaps.contains(name) {
            gaps.push(name.clone());
        }
    }
    let township = case.unit.parent().map(|parent| unit::find(db, parent)).transpose()?.flatten();
    Ok(RegistrationReceipt {
        issuer: issuer(db, case.unit)?,
        number: stamp.number,
        copy: stamp.copy,
        case_no: case.case_no.clone(),
        item_name: item.name.clone(),
        impl_code: item.impl_code.clone(),
        applicant: party(&applicant::of(case)),
        entrusted_on: act.on.0,
        agent: enrolment::person(db, act.person)?.unwrap_or_default().name,
        agent_phone: unit::find(db, act.unit)?.map(|unit| unit.phone).unwrap_or_default(),
        materials: one_set(db, case, &all)?,
        gaps,
        hand_over_by: term(opened, act).map(|(_, due)| due.date),
        together: match life_event_of(db, case)? {
            Some(event) if !others.is_empty() => {
                let cases = all.iter().map(|one| (one.case.case_no.clone(), one.item.name.clone()));
                Some(Together { event: event.name, cases: cases.collect() })
            }
            _ => None,
        },
        township_name: township.map(|unit| unit.full_name).unwrap_or_default(),
        on: stamp.on,
    })
}

/// The event in a life that a case was recorded for.
fn life_event_of(db: &Connection, case: &CaseRecord) -> Result<Option<LifeEventBundle>, ReplicaError> {
    let bundle = case.together.as_deref().and_then(|together| together.split('/').next());
    Ok(bundle.map(|bundle| life_event::find(db, bundle)).transpose()?.flatten())
}

/// What was registered with a case for one event in a life: they have one receipt. Cases that have left, or whose
/// registration doesn't count, have no part in it.
pub(crate) fn registered_with(db: &Connection, opened: &Opened) -> Result<Vec<Opened>, Trouble> {
    let mut others = Vec::new();
    for case_no in case::recorded_with(db, &opened.case)? {
        let other = held(db, &case_no)?;
        others.extend(other.filter(|other| earned(other).iter().any(|earned| earned.form == "F01")));
    }
    Ok(others)
}

/// The one set of materials: a shared one is told once, with the larger numbers.
fn one_set(db: &Connection, case: &CaseRecord, all: &[&Opened]) -> Result<Vec<MaterialLine>, ReplicaError> {
    let shared = life_event_of(db, case)?.map(|event| event.shared_materials).unwrap_or_default();
    let mut lines: Vec<(&str, MaterialLine)> = Vec::new();
    for (code, line) in all.iter().flat_map(|one| material_lines(one)) {
        match lines.iter_mut().find(|(known, _)| *known == code && shared.iter().any(|one| one == code)) {
            Some((_, known)) => {
                known.originals = known.originals.max(line.originals);
                known.copies = known.copies.max(line.copies);
            }
            None => lines.push((code, line)),
        }
    }
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

fn acceptance_notice(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<AcceptanceNotice, ReplicaError> {
    let Opened { case, item, .. } = opened;
    let received_on = received_on(opened, act);
    let due = term(opened, act).map(|(_, due)| due);
    let kind = if act.kind == "accept" {
        let accepted_on = accepted_on(opened, act);
        NoticeKind::Acceptance {
            accepted_on,
            due: due.as_ref().map_or(accepted_on, |due| due.date),
            provisional: due.is_some_and(|due| due.provisional),
            instant: item.instant(),
        }
    } else {
        NoticeKind::Receipt { notice_by: due.map_or(received_on, |due| due.date) }
    };
    let submitted = case.events.iter().find(|event| event.kind == "submit");
    Ok(AcceptanceNotice {
        issuer: issuer(db, act.unit)?,
        number: stamp.number,
        copy: stamp.copy,
        case_no: case.case_no.clone(),
        item_name: item.name.clone(),
        impl_code: item.impl_code.clone(),
        applicant: party(&applicant::of(case)),
        agent: match submitted {
            Some(submitted) => enrolment::person(db, submitted.person)?.map(|person| person.name),
            None => None,
        },
        applied_on: case.registered_on,
        received_on,
        kind,
        handling_type: item.handling_type_name.clone(),
        statutory_says: match item.statutory_limit.days {
            Some(days) => format!("{days}个{}", item.statutory_limit.unit),
            None => "法律未作规定".to_owned(),
        },
        promise_says: match item.promise_limit.days {
            _ if item.instant() => "当场办结".to_owned(),
            Some(days) => format!("{days}个{}", item.promise_limit.unit),
            None => "未作承诺".to_owned(),
        },
        materials: material_lines(opened).map(|(_, line)| line).collect(),
        basis: basis(item),
        clerk: enrolment::person(db, act.person)?.unwrap_or_default().name,
        on: stamp.on,
    })
}

/// The Administrative Licensing Law binds licences alone (DOMAIN §4.3); other notices cite the item's own basis.
fn basis(item: &daiban_domain::item::Item) -> String {
    if item.licence() {
        "《中华人民共和国行政许可法》第三十二条".to_owned()
    } else {
        item.legal_basis.first().cloned().unwrap_or_else(|| "本事项办理规定".to_owned())
    }
}

/// What came, and what stands in for what didn't, by material.
fn material_lines(opened: &Opened) -> impl Iterator<Item = (&str, MaterialLine)> {
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
        id_no_masked: if organisation { applicant.id_no.clone() } else { mask::id_no(&applicant.id_no) },
        phone_masked: mask::mobile(&applicant.phone),
        contact: applicant.contact.clone(),
        legal_representative: applicant.legal_representative.clone(),
        handler: applicant.handler_name.clone(),
        guardian: applicant.guardian_name.clone(),
    }
}

/// The unit as it stands at the head of its forms; a village prints its township's complaint phone.
fn issuer(db: &Connection, code: daiban_domain::UnitCode) -> Result<Issuer, ReplicaError> {
    let own = unit::find(db, code)?;
    let mut complaint_phone = own.as_ref().map(|unit| unit.complaint_phone.clone()).unwrap_or_default();
    for above in code.ancestors() {
        if complaint_phone.is_empty() {
            complaint_phone = unit::find(db, above)?.map(|unit| unit.complaint_phone).unwrap_or_default();
        }
    }
    let (unit_full_name, address, phone) =
        own.map_or_else(Default::default, |unit| (unit.full_name, unit.address, unit.phone));
    Ok(Issuer { unit_full_name, address, phone, complaint_phone })
}

/// How often a paper of the form has been printed for an act, and under which number.
pub(crate) fn printed(opened: &Opened, earned: &Earned) -> Option<(String, u32)> {
    let papers = opened.case.events.iter().filter_map(|event| event.paper.as_ref());
    papers
        .filter(|paper| paper.form == earned.form && paper.act == earned.act)
        .max_by_key(|paper| paper.copy)
        .map(|paper| (paper.number.clone(), paper.copy))
}
