use super::record::{record, text_of};
use crate::{
    Desk, Trouble,
    ask::{items::unknown_item, unknown_life_event},
    warnings::warning,
};
use daiban_contract::{
    act::{Record, RecordLifeEvent},
    view::{RecordedLifeEvent, ToStop, Warning},
};
use daiban_domain::{EventId, Instant, item::Item};
use daiban_exchange::key::random;
use daiban_replica::{
    ReplicaError,
    document::Writing,
    public::{item, life_event},
    resident, today,
};
use std::sync::Arc;

/// Whose benefits end, in the form of 身后一件事.
const DECEASED: &str = "deceasedId";

impl Desk {
    /// All cases of an event in one transaction. A benefit that ends with it gets no case: it is told with the cases in
    /// which it runs, and stopping it is an act on those.
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
                let to_stop = to_stop(writing, &request, &ended)?;
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

/// Benefits that end, with the cases in which they were granted as far as they are known here.
fn to_stop(
    writing: &Writing<'_>,
    request: &RecordLifeEvent,
    ended: &[&Arc<Item>],
) -> Result<Vec<ToStop>, ReplicaError> {
    let id_no = request.fields.get(DECEASED).and_then(text_of).unwrap_or_default();
    let known = resident::known(writing.db(), writing.identity().unit, id_no.trim())?;
    let stop = |item: &&Arc<Item>| {
        let cases = known.cases.iter().filter(|case| case.item_id == item.item_id);
        let cases: Vec<String> = cases.map(|case| case.case_no.clone()).collect();
        let says = if cases.is_empty() {
            format!("本机没有查到逝者“{}”的办件。请向乡镇核对是不是在别处享受，要停的由乡镇停发。", item.name)
        } else {
            format!(
                "“{}”在这些办件上享受：{}。这次登记没有停发，请通知经办单位停发。",
                item.name,
                cases.join("、")
            )
        };
        ToStop { item_id: item.item_id.clone(), name: item.name.clone(), cases, says }
    };
    Ok(ended.iter().map(stop).collect())
}
