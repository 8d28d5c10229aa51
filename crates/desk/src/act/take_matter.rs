use crate::{
    Desk, Trouble,
    ask::{self, OpenedMatter},
    event::{self, Saying},
};
use daiban_contract::{Code, act::ActOnMatter, view::MatterView};
use daiban_domain::{
    Instant,
    case::{Event, event::latest, transition::Refusal},
    matter::{Act, Matter, Owner, Said, fits, rank, ready},
};
use daiban_replica::{
    document::Writing,
    public::{enrolment, item},
    today,
};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

impl Desk {
    pub fn act_on_matter(&self, request: ActOnMatter, now: Instant) -> Result<MatterView, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let opened = ask::open_matter(writing.db(), &request.matter_no)?;
                let event = taken(writing, &opened, &request, now)?;
                let mut document = writing.load(opened.record.document)?;
                writing.edit(&mut document, |edit| edit.event(&event))?;
                Ok::<_, Trouble>(())
            })?;
            let opened = ask::open_matter(replica.db(), &request.matter_no)?;
            ask::matter_view(replica, &opened, now)
        })
    }
}

/// The act, if it may be taken here and now.
fn taken(
    writing: &Writing<'_>,
    opened: &OpenedMatter,
    request: &ActOnMatter,
    now: Instant,
) -> Result<Event, Trouble> {
    let OpenedMatter { record, folded, settings, .. } = opened;
    let identity = writing.identity();
    let act =
        Act::find(&request.event).ok_or_else(|| Refusal::UnknownEvent { event: request.event.clone() })?;
    let role = act.role(&enrolment::roles(writing.db(), identity.person)?)?;
    let mut payload = request.payload.clone().unwrap_or_default();
    if act.name == "handOn" {
        name_receiver(writing, &mut payload)?;
    }
    let today = today(writing.db(), now)?;
    if act.name == "answer" {
        name_guide(writing, &record.matter, &mut payload, today)?;
    }
    let said: Said = serde_json::from_value(Value::Object(payload.clone())).map_err(|_| {
        let message =
            "有一项写错了：天数写数字，日期写成 2026-03-05，单位写 12 位代码，direct 写 true 或 false。";
        Trouble::new(Code::BadInput, message)
    })?;
    let me = Owner { unit: identity.unit, person: Some(identity.person) };
    fits(folded, act, &said, &me, |_| true, &record.matter)?;
    let begun = settings.on(folded.since);
    ready(act, &said, &record.matter, &begun, today)
        .map_err(|lacking| Trouble::new(Code::BadInput, lacking))?;
    let saying = Saying {
        kind: act.name,
        after: latest(&record.events),
        role,
        on: today,
        // No item rules a matter.
        item_version: 0,
        paper: None,
        payload,
    };
    Ok(Event { rank: rank(identity.unit.level()), ..event::make(writing, saying)? })
}

/// Which version of a guide is wrong: of the case's own item the one that the case went by, of another the one in force.
fn name_guide(
    writing: &Writing<'_>,
    matter: &Matter,
    payload: &mut Map<String, Value>,
    today: Date,
) -> Result<(), Trouble> {
    payload.remove("guideVersion");
    if matter.rated.is_none() {
        payload.remove("wrongGuide");
    }
    let Some(item_id) = payload.get("wrongGuide").and_then(Value::as_str) else { return Ok(()) };
    let of_case = ask::held(writing.db(), &matter.case_no)?.map(|opened| opened.item);
    let version = match of_case.filter(|item| item.item_id == item_id) {
        Some(item) => item.version,
        None => {
            let unknown = || Trouble::new(Code::UnknownItem, "指南有误的事项编号不对，清单里没有。");
            item::in_force(writing.db(), item_id, today)?.ok_or_else(unknown)?.version
        }
    };
    payload.insert("guideVersion".to_owned(), json!(version));
    Ok(())
}

/// Whom a matter is handed on to: the unit must be there, and a person is named as the unit calls them.
fn name_receiver(writing: &Writing<'_>, payload: &mut Map<String, Value>) -> Result<(), Trouble> {
    let unit = match payload.get("unit").and_then(Value::as_str) {
        Some(code) => code.parse().map_err(|_| Trouble::new(Code::UnknownUnit, "单位要写 12 位代码。"))?,
        None if payload.contains_key("person") => writing.identity().unit,
        None => return Ok(()),
    };
    ask::known_unit(writing.db(), unit)?;
    payload.insert("unit".to_owned(), json!(unit));
    let Some(name) = payload.get("person").and_then(Value::as_str) else { return Ok(()) };
    match enrolment::named(writing.db(), unit, name.trim())?.as_slice() {
        [person] => {
            payload.insert("person".to_owned(), json!(person));
            Ok(())
        }
        [] => Err(Trouble::new(Code::BadInput, "这个单位没有登记过叫这个名字的人。请核对，或只写单位。")),
        _ => Err(Trouble::new(Code::BadInput, "这个单位有几个人叫这个名字。请只写单位。")),
    }
}
