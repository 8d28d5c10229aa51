use super::{offer, review};
use crate::{
    Desk, Trouble,
    ask::{self, Opened},
    capacity::Capacities,
    event::{self, Saying},
    silence,
    warnings::missing_materials,
};
use daiban_contract::{
    Code,
    act::Act,
    view::{CaseView, MaterialCount},
};
use daiban_domain::{
    Instant, Role,
    case::{Said, precondition::allowed, review::REVIEW},
};
use daiban_replica::{
    ReplicaError, case,
    document::{Edit, Writing},
    today,
};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

impl Desk {
    pub fn act(&self, request: Act, now: Instant) -> Result<CaseView, Trouble> {
        if request.event == "correctData" {
            return self.set(correction(&request)?, now);
        }
        self.with(|replica| {
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                let mut taking = Taking {
                    event: &request.event,
                    payload: request.payload.clone().unwrap_or_default(),
                    on: request.on,
                    counts: Vec::new(),
                    only: None,
                };
                taking.fill_in(&opened, writing)?;
                taking.only = long_pause(&opened, &taking, writing)?;
                taking.take(writing, &opened, |_| {})
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }
}

/// An act on a case, about to be taken.
pub(super) struct Taking<'a> {
    pub event: &'a str,
    pub payload: Map<String, Value>,
    /// Its legal date; today if there is none.
    pub on: Option<Date>,
    /// Material counts that it brings with it, by path.
    pub counts: Vec<(String, u16)>,
    /// The one role in which it may be taken, where that depends on more than the act.
    pub only: Option<Role>,
}

impl Taking<'_> {
    /// Takes it, in the open transaction; `write` puts what else it changes of the document.
    pub fn take(
        mut self,
        writing: &mut Writing<'_>,
        opened: &Opened,
        write: impl FnOnce(&mut Edit<'_>),
    ) -> Result<(), Trouble> {
        let said: Said = serde_json::from_value(Value::Object(self.payload.clone()))
            .map_err(|_| Trouble::new(Code::BadInput, "办理内容里有一项写错了类型，比如天数要写数字。"))?;
        let level = writing.identity().unit.level();
        let setting = case::setting(&opened.case, &opened.item);
        let today = today(writing.db(), writing.now())?;
        let on = self.on.unwrap_or(today);
        let person = writing.identity().person;
        let capacities = Capacities::of(writing.db(), person, &opened.item.item_id, (on, today))?;
        let may = |roles: &[Role]| {
            let fitting = roles.iter().copied().filter(|role| self.only.is_none_or(|only| only == *role));
            allowed(&opened.folded, self.event, &said, &fitting.collect::<Vec<_>>(), level, &setting)
        };
        let (capacity, (_, role)) = capacities.choose(may)?;
        let days = (on, today);
        offer::ready(writing.db(), writing.identity(), opened, self.event, &said, (capacity, role), days)?;
        capacity.sign(&mut self.payload);
        self.payload.remove(silence::FRONTIER);
        if let Some((clock, day)) = silence::rests_on(self.event, &said, opened, on) {
            let heard = silence::heard(writing.db(), opened, clock, writing.now())?;
            silence::sign(&mut self.payload, &heard, day);
        }
        let saying = Saying {
            kind: self.event,
            after: opened.case.latest(),
            role,
            on,
            item_version: opened.item.version,
            paper: None,
            payload: self.payload,
        };
        let event = event::make(writing, saying)?;
        let mut document = writing.load(opened.case.document)?;
        writing.edit(&mut document, |edit| {
            for (path, count) in self.counts {
                edit.put(&path, i64::from(count));
            }
            write(edit);
            edit.event(&event)
        })?;
        Ok(())
    }

    /// Fills in what the payload leaves open.
    fn fill_in(&mut self, opened: &Opened, writing: &mut Writing<'_>) -> Result<(), Trouble> {
        let Opened { item, .. } = opened;
        let payload = &mut self.payload;
        match self.event {
            "handOver" => {
                // A single case makes a batch of one.
                if !payload.contains_key("batch") {
                    payload.insert("batch".to_owned(), json!(batch_number(writing)?));
                }
                payload.entry("materials").or_insert_with(|| json!(held(opened)));
            }
            "receive" => {
                payload.entry("materials").or_insert_with(|| json!(held(opened)));
            }
            // Everything that is missing, each with its remedy.
            "oneTimeNotice" if !payload.contains_key("points") => {
                let points: Vec<Value> = missing_materials(opened)
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
            "supplement" => self.counts = supplement(payload, opened)?,
            REVIEW => review::named(payload, opened)?,
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
        Ok(())
    }
}

/// A long pause is the head's to order: who is reviewer and head, or stands in for the head, orders it as the head (DOMAIN
/// T15).
fn long_pause(
    opened: &Opened,
    taking: &Taking<'_>,
    writing: &Writing<'_>,
) -> Result<Option<Role>, ReplicaError> {
    let expected =
        taking.payload.get("expectedDays").and_then(Value::as_u64).filter(|_| taking.event == "pause");
    let Some(expected) = expected else { return Ok(None) };
    let on = taking.on.map_or_else(|| today(writing.db(), writing.now()), Ok)?;
    let head = Capacities::here(writing, opened, on)?.hold(Role::CentreHead);
    let long = expected > u64::from(opened.settings.on(on).long_pause_days);
    Ok((long && head).then_some(Role::CentreHead))
}

/// The next number of a hand-over from this device.
pub(super) fn batch_number(writing: &mut Writing<'_>) -> Result<String, Trouble> {
    let day = today(writing.db(), writing.now())?;
    let serial = writing.next_serial(&format!("batch/{day}"))?;
    Ok(format!("{}-{}-{serial:03}", day.strftime("%Y%m%d"), writing.identity().tag))
}

/// What is on record of a case's paper.
pub(super) fn held(opened: &Opened) -> Vec<MaterialCount> {
    let counts = opened.item.materials.iter().map(|material| {
        let (originals, copies) = opened.case.received(&material.material_code);
        MaterialCount { material_code: material.material_code.clone(), originals, copies }
    });
    counts.filter(|count| count.originals + count.copies > 0).collect()
}

/// The paths under which counts of materials lie.
pub(super) fn count_paths(counts: &[MaterialCount]) -> Vec<(String, u16)> {
    let paths = |count: &MaterialCount| {
        let path = |kind: &str| format!("materials/{}/{kind}", count.material_code);
        [(path("originals"), count.originals), (path("copies"), count.copies)]
    };
    counts.iter().flat_map(paths).collect()
}

/// What was supplied: as listed, or else everything required that was missing.
fn supplement(payload: &mut Map<String, Value>, opened: &Opened) -> Result<Vec<(String, u16)>, Trouble> {
    let item = &opened.item;
    let listed: Vec<MaterialCount> = match payload.get("materials") {
        Some(materials) => serde_json::from_value(materials.clone()).map_err(|_| {
            Trouble::new(Code::BadInput, "补正的材料读不懂。每样要有 materialCode、originals、copies。")
        })?,
        None => missing_materials(opened)
            .map(|material| MaterialCount {
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
    let counts = count_paths(&listed);
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
