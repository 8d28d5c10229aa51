use super::same_person::numbered;
use crate::{
    Desk, Trouble, applicant,
    ask::{self, Opened},
    capacity::Capacities,
    event::{self, Saying},
    masks::Masks,
};
use daiban_contract::{Code, act::Set, view::CaseView};
use daiban_domain::{Instant, Role, case::correction::may_correct, item::field::Form, mask::Place};
use daiban_replica::{document::Edit, today};
use jiff::civil::Date;
use serde_json::json;

/// Of a correction that let a child be given its temporary number.
pub(crate) const NUMBERED: &str = "numbered";

/// Parts of an applicant that needn't be there: somebody has got a telephone, or was taken for an organisation or a child.
const MAY_GO: [&str; 7] = [
    "applicant.contact",
    "applicant.legalRepresentative",
    "applicant.handlerName",
    "applicant.handlerIdNo",
    "applicant.guardianName",
    "applicant.guardianIdNo",
    "applicant.birth",
];

impl Desk {
    pub fn set(&self, request: Set, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                known(&opened, &request.path)?;
                let today = today(writing.db(), now)?;
                let capacities = Capacities::here(writing, &opened, today)?;
                let may = |roles: &[Role]| Ok(may_correct(&request.path, opened.folded.state, roles)?);
                let (capacity, role) = capacities.choose(may)?;
                let value = normalised(&opened, &request.path, &request.value, today)?;
                let after = applicant::with(&opened.case, &request.path, &value);
                let number =
                    applicant::temporary_number(&after, today).filter(|_| request.path != "applicant.idNo");
                let saying = Saying {
                    kind: "correctData",
                    after: opened.case.latest(),
                    role,
                    on: today,
                    item_version: opened.item.version,
                    paper: None,
                    payload: capacity.signed(
                        [
                            ("path".to_owned(), json!(request.path)),
                            ("was".to_owned(), json!(opened.case.field(&request.path))),
                            ("value".to_owned(), json!(value)),
                            ("reason".to_owned(), json!(request.reason.as_deref().unwrap_or("更正登记信息"))),
                        ]
                        .into_iter()
                        .chain(number.as_ref().map(|_| (NUMBERED.to_owned(), json!(true)))),
                    ),
                };
                let event = event::make(writing, saying)?;
                let mut document = writing.load(opened.case.document)?;
                writing.edit(&mut document, |edit| {
                    affirm(edit, &request.path, &value);
                    if let Some(number) = &number {
                        edit.affirm("applicant.idNo", number.as_str());
                    }
                    edit.event(&event)
                })?;
                numbered(writing, &opened, &request.path, &value)?;
                Ok::<_, Trouble>(())
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }
}

/// Puts a value even where it stands already: who says it again has looked.
pub(super) fn affirm(edit: &mut Edit<'_>, path: &str, value: &str) {
    match value.parse::<i64>() {
        Ok(count) if path.starts_with("materials/") => edit.affirm(path, count),
        _ => edit.affirm(path, value),
    }
}

/// Refuses a path that no form of the case has.
pub(super) fn known(opened: &Opened, path: &str) -> Result<(), Trouble> {
    let item = &opened.item;
    let known = if path.starts_with("applicant.") {
        applicant::PATHS.contains(&path)
    } else if let Some(key) = path.strip_prefix("fields.") {
        item.fields.iter().any(|field| field.key == key)
    } else {
        let material = path.strip_prefix("materials/").and_then(|rest| rest.split_once('/'));
        material.is_some_and(|(code, count)| {
            item.material(code).is_some() && matches!(count, "originals" | "copies")
        })
    };
    if known {
        Ok(())
    } else {
        Err(Trouble::new(Code::UnknownField, format!("这个办件没有“{path}”这一栏。")))
    }
}

/// A correction that is itself wrong is not taken: the value that stands is better than a slip of the finger.
pub(super) fn normalised(opened: &Opened, path: &str, value: &str, today: Date) -> Result<String, Trouble> {
    let value = value.trim();
    let (masks, stands) = (Masks::of(opened), opened.case.field(path));
    if masks.hides(Place::Page, path, stands) && masks.at(Place::Page, path, stands) == value {
        let message = "这是遮盖后的内容，没有改动。要改请把新的完整输一遍。";
        return Err(Trouble::new(Code::BadInput, message));
    }
    if path.starts_with("materials/") {
        return match value.parse::<u16>() {
            Ok(count) => Ok(count.to_string()),
            Err(_) => Err(Trouble::new(Code::BadInput, "份数要填一个整数。")),
        };
    }
    if let Some(key) = path.strip_prefix("fields.") {
        let form = Form::of(&opened.item.fields);
        let Some(asked) = form.asked(key) else { return Ok(value.to_owned()) };
        // Beside others it may be wrong for as long as these aren't put right too.
        let checked = form.check(asked, value, &|_| String::new(), today);
        return checked
            .map(|passed| passed.normalised)
            .map_err(|fault| Trouble::new(Code::BadInput, fault.message));
    }
    match applicant::check(path, opened.case.field("applicant.idType"), value, today) {
        Some(Err(_)) if value.is_empty() && MAY_GO.contains(&path) => Ok(String::new()),
        Some(Ok(passed)) => Ok(passed.normalised),
        Some(Err(fault)) => Err(Trouble::new(Code::BadInput, fault.message)),
        None => Ok(value.to_owned()),
    }
}
