//! What happened to a case, and what is said of it in two ways.

use super::{Opened, names::Names};
use crate::{
    act::{NUMBERED, both},
    masks::Masks,
    silence, wording,
};
use daiban_contract::view::{ConflictView, EventView, SeenView, ValueView};
use daiban_domain::{
    DeviceId, EventId, Hlc,
    case::{
        Authority, Event, State,
        replaced::{COMMIT, SHARE, VERIFY},
        review::{REVIEW, Reviewed},
        transition,
        value::OPEN,
    },
    item::Item,
    mask::Place,
};
use daiban_replica::{ReplicaError, case::CaseRecord};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The acts whose time of day is doubtful, by device and stamp.
pub(super) type Doubtful = BTreeSet<(DeviceId, Hlc)>;

pub(super) fn events(
    names: &Names<'_>,
    opened: &Opened,
    doubtful: &Doubtful,
) -> Result<Vec<EventView>, ReplicaError> {
    let Opened { case, folded, .. } = opened;
    let masks = Masks::of(opened);
    let days = (doubtful, &folded.days_confirmed);
    let printed: BTreeSet<EventId> =
        case.events.iter().filter_map(|event| Some(event.paper.as_ref()?.act)).collect();
    let mut views = Vec::new();
    for placed in &folded.placed {
        let event = &case.events[placed.event];
        let mut view = event_view(names, event, masks, days, placed.contested.clone(), placed.state)?;
        view.waits = placed.waits();
        view.on_paper = placed.contested.is_some() && printed.contains(&event.id);
        let review = placed.seen.and_then(|review| case.events.iter().find(|event| event.id == review));
        view.seen = review.map(|review| seen(names, review)).transpose()?;
        if event.kind == REVIEW {
            view.says = reviewed(case, event);
        }
        views.push(view);
    }
    let waiting = case.events.iter().filter(|event| folded.waiting.contains(&event.id));
    for event in waiting {
        let why = "等前面的记录到了再算".to_owned();
        views.push(event_view(names, event, masks, days, Some(why), None)?);
    }
    Ok(views)
}

fn event_view(
    names: &Names<'_>,
    event: &Event,
    masks: Masks<'_>,
    (doubtful, confirmed): (&Doubtful, &BTreeSet<EventId>),
    contested: Option<String>,
    state: Option<State>,
) -> Result<EventView, ReplicaError> {
    let mut payload = payload(event);
    mask(&mut payload, masks);
    Ok(EventView {
        id: event.id,
        kind: event.kind.clone(),
        name: transition::name(&event.kind).unwrap_or(&event.kind).to_owned(),
        at: event.at,
        time_doubtful: doubtful.contains(&(event.device, event.hlc)),
        day_confirmed: confirmed.contains(&event.id),
        on: event.on.0,
        by: names.actor(event.person, &payload)?,
        role: event.role.clone(),
        unit: event.unit,
        unit_name: names.unit(event.unit)?,
        device: names.device(event.device)?,
        signed: event.authority == Authority::Signed,
        contested: contested.is_some(),
        contested_why: contested.unwrap_or_default(),
        waits: false,
        on_paper: false,
        seen: None,
        may_put_back: false,
        may_list_again: false,
        state,
        says: match event.kind.as_str() {
            "changeAgent" => names.succession(&payload)?,
            _ => [says(event, &payload, masks.item), silence::says(&payload).unwrap_or_default()]
                .into_iter()
                .filter(|said| !said.is_empty())
                .collect::<Vec<_>>()
                .join("；"),
        },
        payload,
    })
}

fn seen(names: &Names<'_>, review: &Event) -> Result<SeenView, ReplicaError> {
    Ok(SeenView {
        by: names.actor(review.person, &payload(review))?,
        unit_name: names.unit(review.unit)?,
        at: review.at,
        remark: Reviewed::of(review).remark,
    })
}

/// e.g. 移交、撤回；已电话告知村里
fn reviewed(case: &CaseRecord, review: &Event) -> String {
    let Reviewed { acts, put_back, remark } = Reviewed::of(review);
    let named = case.events.iter().filter(|event| acts.contains(&event.id));
    let names: Vec<&str> = named.map(|event| transition::name(&event.kind).unwrap_or(&event.kind)).collect();
    let what = format!("{}{}", if put_back { "再列出来：" } else { "" }, names.join("、"));
    [what, remark].into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join("；")
}

/// What an event says; an unreadable payload says nothing here and stays in the document.
pub(crate) fn payload(event: &Event) -> Map<String, Value> {
    serde_json::from_str(&event.payload).unwrap_or_default()
}

/// What a correction says of a part that is shown masked.
fn mask(payload: &mut Map<String, Value>, masks: Masks<'_>) {
    let Some(path) = payload.get("path").and_then(Value::as_str).map(str::to_owned) else { return };
    let hide = |value: &mut Value| {
        if let Value::String(text) = value {
            *text = masks.at(Place::Page, &path, text);
        }
    };
    ["was", "value"].into_iter().for_each(|key| payload.get_mut(key).into_iter().for_each(hide));
    payload.get_mut("of").and_then(Value::as_array_mut).into_iter().flatten().for_each(hide);
}

fn says(event: &Event, payload: &Map<String, Value>, item: &Item) -> String {
    let text = |key: &str| payload.get(key).and_then(Value::as_str).unwrap_or_default();
    match event.kind.as_str() {
        "correctData" | "suggest" | "adopt" | "decline" => {
            let numbered = if payload.contains_key(NUMBERED) { "，并编了临时号码" } else { "" };
            format!(
                "{}：{} → {}{numbered}",
                wording::field(text("path"), Some(item)),
                blank(text("was")),
                blank(text("value"))
            )
        }
        "settle" => {
            let how = if payload.contains_key(OPEN) { "撤回，重新定，先用" } else { "用" };
            format!("{}：{how} {}", wording::field(text("path"), Some(item)), text("value"))
        }
        "print" => match &event.paper {
            Some(paper) if paper.copy > 1 => format!("{}，补打第 {} 次", paper.number, paper.copy - 1),
            Some(paper) => paper.number.clone(),
            None => String::new(),
        },
        "oneTimeNotice" => payload
            .get("points")
            .and_then(Value::as_array)
            .map(|points| {
                let names: Vec<&str> = points.iter().filter_map(|point| point["material"].as_str()).collect();
                format!("要补：{}", names.join("、"))
            })
            .unwrap_or_default(),
        "close" => [text("resultName"), text("resultNumber")].join(" ").trim().to_owned(),
        "deliver" => [text("recipient"), text("method")].join(" ").trim().to_owned(),
        "reject" | "withdraw" | "reportEnd" | "stopBenefit" | "keepBenefit" | "urgentRelief" => {
            text("reason").to_owned()
        }
        COMMIT | SHARE | VERIFY | "jointMeeting" => wording::said(&event.kind, &event.said(), item),
        "propose" => text("opinion").to_owned(),
        "void" => match text("surviving") {
            "" => text("reason").to_owned(),
            surviving => format!("{}，留用 {surviving}", text("reason")),
        },
        "takeOver" => wording::taken_over(&event.said(), item),
        _ => String::new(),
    }
}

pub(super) fn blank(text: &str) -> &str {
    if text.is_empty() { "空" } else { text }
}

pub(super) fn conflicts(
    names: &Names<'_>,
    opened: &Opened,
    doubtful: &Doubtful,
    today: Date,
) -> Result<Vec<ConflictView>, ReplicaError> {
    let (mut views, masks) = (Vec::new(), Masks::of(opened));
    for (path, sides) in opened.case.conflicts() {
        let mut values = Vec::new();
        for (i, side) in sides.iter().enumerate() {
            values.push(ValueView {
                value: masks.at(Place::Page, path, &side.value),
                by: match side.authored.person {
                    Some(person) => names.person(person)?,
                    None => String::new(),
                },
                unit_name: names.unit(side.authored.unit)?,
                device: names.device(side.authored.device)?,
                at: side.authored.at,
                time_doubtful: doubtful.contains(&(side.authored.device, side.authored.hlc)),
                standing: i == 0,
            });
        }
        let texts: Vec<String> = sides.iter().map(|side| side.value.clone()).collect();
        let both = both(opened, path, &texts, today).unwrap_or_default();
        views.push(ConflictView {
            path: path.to_owned(),
            label: wording::field(path, Some(&opened.item)),
            values,
            both: masks.at(Place::Page, path, &both),
        });
    }
    Ok(views)
}
