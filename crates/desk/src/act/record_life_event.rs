use super::{
    record::{record, text_of},
    take::Taking,
};
use crate::{
    Desk, Trouble,
    ask::{self, items::unknown_item, unknown_life_event},
    warnings::warning,
};
use daiban_contract::{
    Code,
    act::{Record, RecordLifeEvent},
    view::{RecordedLifeEvent, ToStop, Warning},
};
use daiban_domain::{EventId, Instant, check, item::Item};
use daiban_exchange::key::random;
use daiban_replica::{
    ReplicaError, case,
    document::Writing,
    public::{item, life_event},
    today,
};
use serde_json::{Map, json};
use std::sync::Arc;

/// Whose benefits end, in the form of 身后一件事.
const DECEASED: &str = "deceasedId";

impl Desk {
    /// All cases of an event in one transaction. A benefit that ends with it gets no case: the cases in which it runs are told
    /// that it is to end, and the organ's stopping it is an act on those.
    pub fn record_life_event(
        &self,
        request: RecordLifeEvent,
        now: Instant,
    ) -> Result<RecordedLifeEvent, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let (db, on) = (writing.db(), today(writing.db(), now)?);
                let bundle = life_event::find(db, &request.bundle_id)?.ok_or_else(unknown_life_event)?;
                let items =
                    bundle.items.iter().map(|id| item::in_force(db, id, on)?.ok_or_else(unknown_item));
                let items: Vec<Arc<Item>> = items.collect::<Result<_, Trouble>>()?;
                let (ended, opened): (Vec<_>, Vec<_>) =
                    items.iter().partition(|item| bundle.ends(&item.item_id));
                let common = EventId(random().map_err(ReplicaError::from)?);
                let together = format!("{}/{common}", bundle.bundle_id);
                let mut cases = Vec::new();
                for item in &opened {
                    cases.push(record(writing, &share(&request, item), Some(&together))?);
                }
                let to_stop = to_stop(writing, &request, &bundle.name, &ended)?;
                Ok(RecordedLifeEvent { together, cases, to_stop, warnings: unasked(&request, &items) })
            })
        })
    }
}

/// What of the one form and the one set of materials an item asks for.
fn share(request: &RecordLifeEvent, item: &Item) -> Record {
    let fields = request.fields.iter().filter(|(key, _)| asks(item, key));
    let materials = request.materials.iter().filter(|count| item.material(&count.material_code).is_some());
    Record {
        item_id: item.item_id.clone(),
        applicant: request.applicant.clone(),
        fields: fields.map(|(key, value)| (key.clone(), value.clone())).collect(),
        materials: materials.cloned().collect(),
        channel: request.channel,
        ..Record::default()
    }
}

fn asks(item: &Item, key: &str) -> bool {
    item.fields.iter().any(|field| field.key == key)
}

/// What belongs to none of the items.
fn unasked(request: &RecordLifeEvent, items: &[Arc<Item>]) -> Vec<Warning> {
    let fields =
        request.fields.keys().filter(|key| !items.iter().any(|item| asks(item, key))).map(|key| {
            warning("unknown-field", format!("fields.{key}"), "这件事的表里没有这一栏，没有记下。")
        });
    let codes = request.materials.iter().map(|count| &count.material_code);
    let materials =
        codes.filter(|code| !items.iter().any(|item| item.material(code).is_some())).map(|code| {
            warning("unknown-material", format!("materials.{code}"), "这件事不收这种材料，没有记下。")
        });
    fields.chain(materials).collect()
}

/// Benefits that end: the cases in which they run, as far as they are known here, are told so.
fn to_stop(
    writing: &mut Writing<'_>,
    request: &RecordLifeEvent,
    event: &str,
    ended: &[&Arc<Item>],
) -> Result<Vec<ToStop>, Trouble> {
    let id_no = request.fields.get(DECEASED).and_then(text_of).unwrap_or_default();
    let today = today(writing.db(), writing.now())?;
    let id_no =
        check::id_number(&id_no, today).map_or_else(|_| id_no.trim().to_owned(), |passed| passed.normalised);
    let known = case::of_number(writing.db(), &id_no)?;
    let mut stops = Vec::new();
    for item in ended {
        let (mut reported, mut others) = (Vec::new(), Vec::new());
        for held in known.iter().filter(|held| held.item_id == item.item_id) {
            let told = report_end(writing, &held.case_no, event)?;
            if told { &mut reported } else { &mut others }.push(held.case_no.clone());
        }
        let says = says(&item.name, &reported, &others);
        let cases = reported.iter().chain(&others).cloned().collect();
        stops.push(ToStop { item_id: item.item_id.clone(), name: item.name.clone(), cases, reported, says });
    }
    Ok(stops)
}

/// Tells a case that its benefit is to end; false where none runs, or where that has been told before.
fn report_end(writing: &mut Writing<'_>, case_no: &str, event: &str) -> Result<bool, Trouble> {
    let running = |opened: &ask::Opened| opened.folded.benefit.runs() && !opened.folded.benefit.to_stop();
    let Some(opened) = ask::held(writing.db(), case_no)?.filter(running) else { return Ok(false) };
    let payload = Map::from_iter([("reason".to_owned(), json!(event))]);
    let taking = Taking { event: "reportEnd", payload, on: None, counts: Vec::new(), only: None };
    match taking.take(writing, &opened, |_| {}) {
        Ok(()) => Ok(true),
        // What can't be told there is no reason not to record what happened.
        Err(trouble) if matches!(trouble.code(), Code::NotAllowed | Code::NoRole) => Ok(false),
        Err(trouble) => Err(trouble),
    }
}

fn says(name: &str, reported: &[String], others: &[String]) -> String {
    let mut says = Vec::new();
    if !reported.is_empty() {
        let cases = reported.join("、");
        says.push(format!("已在 {cases} 上报告“{name}”应停发，等乡镇停发。"));
    }
    if !others.is_empty() {
        let cases = others.join("、");
        says.push(format!(
            "还有“{name}”的办件 {cases}，没有在发，或已经报告过、已封存，或本机报告不了，请核对。"
        ));
    }
    if says.is_empty() {
        says.push(format!(
            "本机没有查到逝者“{name}”的办件。请向乡镇核对是不是在别处享受，要停的由乡镇停发。"
        ));
    }
    says.concat()
}
