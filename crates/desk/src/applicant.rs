//! Who asks: people with a number and without, from here and from elsewhere, and organisations.

use crate::{
    masks::Masks,
    warnings::{from_fault, warning},
};
use daiban_contract::view::{Applicant, Warning};
use daiban_domain::{
    check::{self, Fault, Passed},
    item::Item,
    mask::{Data, Place},
    resident::Resident,
};
use daiban_replica::case::CaseRecord;
use jiff::civil::Date;

/// Where the parts of an applicant lie in a case.
pub(crate) const PATHS: [&str; 12] = [
    "applicant.name",
    "applicant.idType",
    "applicant.idNo",
    "applicant.phone",
    "applicant.address",
    "applicant.contact",
    "applicant.legalRepresentative",
    "applicant.handlerName",
    "applicant.handlerIdNo",
    "applicant.guardianName",
    "applicant.guardianIdNo",
    "applicant.birth",
];

/// How many of them every applicant has; the others are written where there is something to say.
const OF_EVERYBODY: usize = 5;

/// The applicant of a case, as the values that count say.
pub(crate) fn of(case: &CaseRecord) -> Applicant {
    read(|path| case.field(path))
}

/// The same as a page shows it.
pub(crate) fn masked(case: &CaseRecord, masks: Masks<'_>) -> Applicant {
    let shown = PATHS.map(|path| (path, masks.at(Place::Page, path, case.field(path))));
    read(|at| shown.iter().find(|(path, _)| *path == at).map_or("", |(_, text)| text.as_str()))
}

/// The same, with another value at a path.
pub(crate) fn with(case: &CaseRecord, path: &str, value: &str) -> Applicant {
    read(|at| if at == path { value } else { case.field(at) })
}

fn read<'a>(at: impl Fn(&'static str) -> &'a str) -> Applicant {
    let [name, id_type, id_no, phone, address, contact, legal_representative, rest @ ..] =
        PATHS.map(|path| at(path).to_owned());
    let [handler_name, handler_id_no, guardian_name, guardian_id_no, birth] = rest;
    Applicant {
        name,
        id_type,
        id_no,
        phone,
        address,
        contact,
        legal_representative,
        handler_name,
        handler_id_no,
        guardian_name,
        guardian_id_no,
        birth,
    }
}

/// What is written of an applicant into a new case.
pub(crate) fn fields(applicant: &Applicant) -> impl Iterator<Item = (&'static str, &str)> {
    let values = [
        &applicant.name,
        &applicant.id_type,
        &applicant.id_no,
        &applicant.phone,
        &applicant.address,
        &applicant.contact,
        &applicant.legal_representative,
        &applicant.handler_name,
        &applicant.handler_id_no,
        &applicant.guardian_name,
        &applicant.guardian_id_no,
        &applicant.birth,
    ];
    let all = PATHS.into_iter().zip(values).enumerate();
    all.filter(|(i, (_, value))| *i < OF_EVERYBODY || !value.is_empty())
        .map(|(_, (path, value))| (path, value.as_str()))
}

/// What the rules say of one part of an applicant; `None` for what may be anything.
pub(crate) fn check(path: &str, id_type: &str, text: &str, today: Date) -> Option<Result<Passed, Fault>> {
    Some(match path {
        "applicant.name" if id_type == check::CREDIT_CODE => check::organisation_name(text),
        "applicant.name"
        | "applicant.legalRepresentative"
        | "applicant.handlerName"
        | "applicant.guardianName" => check::name(text),
        "applicant.idNo" => check::id_document(id_type, text, today),
        "applicant.handlerIdNo" | "applicant.guardianIdNo" => check::id_number(text, today),
        "applicant.phone" => check::mobile(text),
        "applicant.birth" => birth(text, today),
        _ => return None,
    })
}

fn birth(text: &str, today: Date) -> Result<Passed, Fault> {
    match text.trim().parse::<Date>().ok().filter(|born| check::plausible_birth(*born, today)) {
        Some(born) => Ok(Passed { normalised: born.to_string(), notes: Vec::new() }),
        None => Err(Fault {
            code: "birth-date",
            message: "出生日期要写成 2026-01-05 这样，不能晚于今天。请对照出生医学证明再看一遍。".to_owned(),
        }),
    }
}

/// What stands as the register shows it (its row in a list) is what the register says.
pub(crate) fn unmasked(mut applicant: Applicant, registered: &Resident) -> Applicant {
    let parts = [
        (Data::IdNo, &mut applicant.id_no, &registered.id_no),
        (Data::Phone, &mut applicant.phone, &registered.phone),
        (Data::Address, &mut applicant.address, &registered.address),
    ];
    for (data, text, whole) in parts {
        if !text.is_empty() && *text == data.at(Place::List, whole) {
            text.clone_from(whole);
        }
    }
    applicant
}

/// What passes the checks in its normal form, what doesn't as it was written. A child without a number gets the temporary one
/// that guardian and birth date make.
pub(crate) fn normalised(mut applicant: Applicant, today: Date) -> Applicant {
    let id_type = applicant.id_type.clone();
    let parts: [(&str, &mut String); 11] = [
        ("applicant.name", &mut applicant.name),
        ("applicant.idNo", &mut applicant.id_no),
        ("applicant.phone", &mut applicant.phone),
        ("applicant.address", &mut applicant.address),
        ("applicant.contact", &mut applicant.contact),
        ("applicant.legalRepresentative", &mut applicant.legal_representative),
        ("applicant.handlerName", &mut applicant.handler_name),
        ("applicant.handlerIdNo", &mut applicant.handler_id_no),
        ("applicant.guardianName", &mut applicant.guardian_name),
        ("applicant.guardianIdNo", &mut applicant.guardian_id_no),
        ("applicant.birth", &mut applicant.birth),
    ];
    for (path, text) in parts {
        *text = match check(path, &id_type, text, today) {
            Some(Ok(passed)) => passed.normalised,
            _ => text.trim().to_owned(),
        };
    }
    if let Some(number) = temporary_number(&applicant, today) {
        applicant.id_no = number;
    }
    applicant
}

/// The temporary number of a child that has none yet, once guardian and birth date are known.
pub(crate) fn temporary_number(applicant: &Applicant, today: Date) -> Option<String> {
    let born = birth(&applicant.birth, today).ok()?.normalised.parse().ok()?;
    let guardian = check::id_number(&applicant.guardian_id_no, today).ok()?;
    let number = check::newborn_number(&guardian.normalised, born);
    (applicant.id_no.is_empty() && check::id_document(&applicant.id_type, &number, today).is_ok())
        .then_some(number)
}

/// As an entry of a register has it.
pub(crate) fn resident(applicant: &Applicant) -> Resident {
    Resident {
        name: applicant.name.clone(),
        id_type: applicant.id_type.clone(),
        id_no: applicant.id_no.clone(),
        birth: applicant.birth.clone(),
        // A neighbour's telephone isn't theirs.
        phone: if applicant.contact.is_empty() { applicant.phone.clone() } else { String::new() },
        address: applicant.address.clone(),
        ..Resident::default()
    }
}

/// Gaps and doubts of the applicant of a case.
pub(crate) fn warnings(case: &CaseRecord, item: &Item, today: Date) -> Vec<Warning> {
    let applicant = of(case);
    let organisation = applicant.organisation();
    let mut warnings: Vec<Warning> = Vec::new();
    let to_be_numbered = applicant.id_no.is_empty()
        && [&applicant.guardian_name, &applicant.guardian_id_no, &applicant.birth]
            .iter()
            .any(|part| !part.is_empty());
    let child = to_be_numbered || check::id_temporary(&applicant.id_no);
    let phone = match (applicant.contact.is_empty(), organisation) {
        (false, _) => "还没有填代转人的电话。",
        (true, true) => "还没有填联系电话。",
        (true, false) => "还没有填联系电话。没有电话的，填邻居等代转的人和电话。",
    };
    let asked: [(&str, &str); 10] = [
        ("applicant.name", if organisation { "还没有填单位名称。" } else { "还没有填姓名。" }),
        (
            "applicant.idNo",
            if organisation {
                "还没有填统一社会信用代码。"
            } else {
                "还没有填证件号码。"
            },
        ),
        ("applicant.phone", phone),
        ("applicant.address", if organisation { "还没有填单位地址。" } else { "还没有填住址。" }),
        ("applicant.legalRepresentative", if organisation { "还没有填法定代表人（负责人）。" } else { "" }),
        ("applicant.handlerName", if organisation { "还没有填经办人。" } else { "" }),
        ("applicant.guardianName", if child { "还没有填监护人。" } else { "" }),
        (
            "applicant.guardianIdNo",
            if to_be_numbered {
                "还没有填监护人的身份证号，编不出临时号码。"
            } else {
                ""
            },
        ),
        ("applicant.birth", if to_be_numbered { "还没有填出生日期，编不出临时号码。" } else { "" }),
        ("applicant.handlerIdNo", ""),
    ];
    for (path, missing) in asked {
        match case.field(path) {
            "" if missing.is_empty() => {}
            "" => warnings.push(warning("missing", path, missing)),
            value => match check(path, &applicant.id_type, value, today) {
                Some(Ok(passed)) => {
                    warnings.extend(passed.notes.into_iter().map(|note| from_fault(path, note)))
                }
                Some(Err(fault)) => warnings.push(from_fault(path, fault)),
                None => {}
            },
        }
    }
    warnings.extend(not_served(item, organisation));
    warnings
}

/// 服务对象: 1 is 自然人, all others are organisations.
fn not_served(item: &Item, organisation: bool) -> Option<Warning> {
    let people = item.service_object.iter().any(|object| object == "1");
    let organisations = item.service_object.iter().any(|object| object != "1");
    let message = match (organisation, people, organisations) {
        (true, true, false) => "这个事项的服务对象是自然人，不是单位。请核对申请人。",
        (false, false, true) => "这个事项的服务对象是单位，不是自然人。请核对申请人。",
        _ => return None,
    };
    Some(warning("service-object", "applicant.idType", message))
}
