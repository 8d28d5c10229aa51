use super::offer;
use crate::{
    Desk, Trouble,
    ask::{self, Opened},
    event::{self, Saying},
    warnings::missing_materials,
};
use daiban_contract::{Code, act::Act, view::CaseView};
use daiban_domain::{Instant, case::precondition::allowed};
use daiban_replica::{case, public::enrolment, today};
use serde_json::{Map, Value, json};

impl Desk {
    pub fn act(&self, request: Act, now: Instant) -> Result<CaseView, Trouble> {
        if request.event == "correctData" {
            return self.set(correction(&request)?, now);
        }
        self.with(|replica| {
            let level = replica.identity().unit.level();
            let roles = enrolment::roles(replica.db(), replica.identity().person)?;
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                let setting = case::setting(&opened.case, &opened.item);
                let mut payload = request.payload.clone().unwrap_or_default();
                let number = obvious(&mut payload, &request.event, &opened, writing)?;
                let said = serde_json::from_value(Value::Object(payload.clone())).map_err(|_| {
                    Trouble::new(Code::BadInput, "办理内容里有一项写错了类型，比如天数要写数字。")
                })?;
                let event = request.event.as_str();
                let (_, role) = allowed(&opened.folded, event, &said, &roles, level, &setting)?;
                let today = today(writing.db(), now)?;
                let on = request.on.unwrap_or(today);
                offer::ready(writing.db(), writing.identity(), &opened, event, &said, &roles, (on, today))?;
                let saying = Saying {
                    kind: &request.event,
                    after: opened.case.latest(),
                    role,
                    on,
                    item_version: opened.item.version,
                    paper: None,
                    payload,
                };
                let event = event::make(writing, saying)?;
                let mut document = writing.load(opened.case.document)?;
                writing.edit(&mut document, |edit| {
                    for (path, count) in number {
                        edit.put(&path, i64::from(count));
                    }
                    event::put(edit, &event)
                })?;
                Ok::<_, Trouble>(())
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }
}

/// Fills in what a payload leaves open, and tells which material counts the event brings with it.
fn obvious(
    payload: &mut Map<String, Value>,
    event: &str,
    opened: &Opened,
    writing: &mut daiban_replica::document::Writing<'_>,
) -> Result<Vec<(String, u16)>, Trouble> {
    let Opened { case, item, .. } = opened;
    match event {
        // A single case makes a batch of one.
        "handOver" if !payload.contains_key("batch") => {
            let day = today(writing.db(), writing.now())?;
            let serial = writing.next_serial(&format!("batch/{day}"))?;
            let tag = writing.identity().tag.clone();
            payload
                .insert("batch".to_owned(), json!(format!("{}-{tag}-{serial:03}", day.strftime("%Y%m%d"))));
        }
        // Everything that is missing, each with its remedy.
        "oneTimeNotice" if !payload.contains_key("points") => {
            let points: Vec<Value> = missing_materials(case, item)
                .map(|material| {
                    json!({
                        "material": material.name,
                        "problem": "未提交",
                        "remedy": format!("补交原件 {} 份、复印件 {} 份", material.originals, material.copies),
                    })
                })
                .collect();
            if points.is_empty() {
                let message = "没有缺的必要材料。要告知补正，请写明哪一样、什么问题、怎么补。";
                return Err(Trouble::new(Code::BadInput, message));
            }
            payload.insert("points".to_owned(), Value::Array(points));
        }
        "supplement" => return supplement(payload, opened),
        "withdraw" => {
            payload.entry("reason").or_insert_with(|| json!("申请人自愿撤回"));
        }
        "close" if !payload.contains_key("resultName") => {
            payload.insert("resultName".to_owned(), json!(item.result_name));
        }
        "deliver" => {
            payload.entry("recipient").or_insert_with(|| json!("本人"));
            payload.entry("method").or_insert_with(|| json!("窗口"));
        }
        _ => {}
    }
    Ok(Vec::new())
}

/// What was supplied: as listed, or else everything required that was missing.
fn supplement(payload: &mut Map<String, Value>, opened: &Opened) -> Result<Vec<(String, u16)>, Trouble> {
    let Opened { case, item, .. } = opened;
    let listed: Vec<daiban_contract::view::MaterialCount> = match payload.get("materials") {
        Some(materials) => serde_json::from_value(materials.clone()).map_err(|_| {
            Trouble::new(Code::BadInput, "补正的材料读不懂。每样要有 materialCode、originals、copies。")
        })?,
        None => missing_materials(case, item)
            .map(|material| daiban_contract::view::MaterialCount {
                material_code: material.material_code.clone(),
                originals: material.originals,
                copies: material.copies,
            })
            .collect(),
    };
    if let Some(unknown) = listed.iter().find(|count| item.material(&count.material_code).is_none()) {
        let message = format!("这个事项不收材料 {}。", unknown.material_code);
        return Err(Trouble::new(Code::BadInput, message));
    }
    let counts = listed.iter().flat_map(|count| {
        let path = |kind: &str| format!("materials/{}/{kind}", count.material_code);
        [(path("originals"), count.originals), (path("copies"), count.copies)]
    });
    let counts = counts.collect();
    payload.insert("materials".to_owned(), json!(listed));
    Ok(counts)
}

/// `act CASENO correctData {"path","value","reason"}` is the same act as `set`.
fn correction(request: &Act) -> Result<daiban_contract::act::Set, Trouble> {
    let text =
        |key: &str| request.payload.as_ref().and_then(|payload| payload.get(key)).and_then(Value::as_str);
    match (text("path"), text("value")) {
        (Some(path), Some(value)) => Ok(daiban_contract::act::Set {
            case_no: request.case_no.clone(),
            path: path.to_owned(),
            value: value.to_owned(),
            reason: text("reason").map(str::to_owned),
        }),
        _ => Err(Trouble::new(Code::BadInput, "更正要写明 path 和 value。")),
    }
}
