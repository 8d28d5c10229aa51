use crate::{
    Desk, Trouble, act::offers, answers::answers, applicant, capacity::Capacities, silence, warnings, wording,
};
use daiban_contract::{
    Code, ask,
    view::{
        AttachmentView, CaseView, ConflictView, EntrustmentView, EventView, FieldView, FormView,
        MaterialView, PaperView, Reach, SuggestionView, ValueView, Warning,
    },
};
use daiban_domain::{
    DeviceId, EventId, Hlc, Instant, PersonId, UnitCode,
    calendar::WorkCalendar,
    case::{
        CountySettings, Event, Folded, State,
        correction::may_correct,
        deadlines::{deemed_accepted, urgent_by},
        entrustment::Entrustment,
        fold,
        precondition::{decides_on_licence, separated, unqualified},
        replaced::Instead,
        transition,
    },
    delegation::ON_BEHALF_OF,
    erasure::Ground,
    item::{Field, Item, field::Form},
};
use daiban_replica::{
    Replica, ReplicaError, attachment,
    case::{self, CaseRecord},
    document::RowId,
    erasure,
    public::{calendar, county_setting, enrolment, item, staff, unit},
    quarantine, today,
};
use jiff::{Span, civil::Date};
use rusqlite::Connection;
use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    attachment::attached_reach,
    clocks::{clocks, silence_unheard},
    duplicates::duplicates_of,
    preview::earned,
    rating::ratings_of,
};

/// The acts whose time of day is doubtful, by device and stamp.
type Doubtful = BTreeSet<(DeviceId, Hlc)>;

/// A case with all that its rules need.
pub(crate) struct Opened {
    pub case: CaseRecord,
    pub item: Arc<Item>,
    pub folded: Folded,
    pub calendar: Arc<WorkCalendar>,
    pub settings: CountySettings,
}

impl Desk {
    pub fn case(&self, request: ask::Case, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            let opened = open(replica.db(), &request.case_no)?;
            view(replica, &opened, now)
        })
    }
}

pub(crate) fn open(db: &Connection, case_no: &str) -> Result<Opened, Trouble> {
    let Some(id) = case::find(db, case_no)? else {
        return Err(erased(db, case_no, "办件")?.unwrap_or_else(unknown));
    };
    open_row(db, id)
}

pub(crate) fn open_row(db: &Connection, id: RowId) -> Result<Opened, Trouble> {
    let Some(case) = CaseRecord::load(db, id)? else {
        return Err(archived(db, id)?.unwrap_or_else(unknown));
    };
    let item = item::version(db, &case.item_id, case.item_version)?
        .ok_or_else(|| Trouble::new(Code::UnknownItem, "这个办件的事项内容还没有从县中心收到。请先同步。"))?;
    let mut folded = fold(&case.events, &case::setting(&case, &item));
    folded.incomplete |= case.incomplete;
    Ok(Opened { case, item, folded, calendar: calendar::load(db)?, settings: county_setting::load(db)? })
}

fn unknown() -> Trouble {
    Trouble::new(Code::UnknownCase, "没有这个办件编号。请核对编号，或按姓名查找。")
}

/// What to say of a number under which something was erased: `what` it was.
pub(super) fn erased(db: &Connection, number: &str, what: &str) -> Result<Option<Trouble>, ReplicaError> {
    Ok(erasure::find(db, number)?.map(|(at, ground)| {
        let why = ground.map_or("按法律规定", Ground::zh);
        let message =
            format!("这个{what}已按县中心 {} 的删除令删除（{why}），各处都不再保存内容。", at.date());
        Trouble::new(Code::Erased, message)
    }))
}

/// What to say of a case that has left with its year.
fn archived(db: &Connection, case: RowId) -> Result<Option<Trouble>, ReplicaError> {
    Ok(case::archived(db, case)?.map(|year| {
        let message = format!(
            "这是 {year} 年的办件，县里已经封存，本机只留台账。完整记录在乡镇便民服务中心和县中心，要查看或办理请到乡镇。"
        );
        Trouble::new(Code::Archived, message)
    }))
}

pub(crate) fn view(replica: &Replica, opened: &Opened, now: Instant) -> Result<CaseView, Trouble> {
    let today = today(replica.db(), now)?;
    let Opened { case, item, folded, calendar, settings } = opened;
    let db = replica.db();
    let names = Names { db };
    let reached = case::reached(db, case.document)?;
    let doubtful = case::doubtful_times(db, case.document)?;
    let capacities = Capacities::of(db, replica.identity().person, &item.item_id, (today, today))?;
    let corrects =
        |path: &str| capacities.choose(|roles| Ok(may_correct(path, folded.state, roles)?)).is_ok();
    let events = events(&names, opened, &doubtful)?;
    let mut offers = offers(db, replica.identity(), opened, (today, now))?;
    if !events.iter().any(|event| event.time_doubtful && !event.day_confirmed) {
        offers.retain(|offer| offer.event != "confirmDays");
    }
    Ok(CaseView {
        case_no: case.case_no.clone(),
        unit: case.unit,
        unit_name: names.unit(case.unit)?,
        state: folded.state,
        state_name: folded.state.zh().to_owned(),
        item_id: case.item_id.clone(),
        item_name: item.name.clone(),
        item_version: case.item_version,
        handling_type_name: item.handling_type_name.clone(),
        channel: case.channel.clone(),
        registered_on: case.registered_on,
        together: case::recorded_with(db, case)?,
        duplicates: duplicates_of(db, opened)?,
        surviving: surviving(opened),
        spot: case.spot.clone().unwrap_or_default(),
        goes_on_from: case.goes_on_from.clone().unwrap_or_default(),
        goes_on_in: case::goes_on_in(db, &case.case_no)?,
        agent: folded.agent.map(|agent| names.person(agent)).transpose()?.unwrap_or_default(),
        applicant: applicant::of(case),
        correctable: applicant::PATHS
            .into_iter()
            .map(str::to_owned)
            .chain(item.fields.iter().map(|field| format!("fields.{}", field.key)))
            .filter(|path| corrects(path))
            .collect(),
        fields: fields(opened, today),
        materials: materials(db, opened)?,
        attachments: attachments(replica, &names, opened)?,
        ratings: ratings_of(replica, opened)?,
        events,
        conflicts: conflicts(&names, opened, &doubtful)?,
        entrustment: entrustment_view(case, today),
        suggestions: suggestions(&names, opened, corrects)?,
        deadlines: clocks(db, opened, (today, now))?,
        offers,
        forms: earned(opened)
            .iter()
            .map(|earned| FormView { form: earned.form.to_owned(), name: earned.name.to_owned() })
            .collect(),
        papers: papers(&names, case)?,
        reach: reach(reached),
        county_receipt: reached == case::Reached::County,
        contested: folded.contested || folded.placed.iter().any(|placed| placed.contested.is_some()),
        incomplete: folded.incomplete,
        set_aside: wording::set_aside(&quarantine::unanswered(db, case.document)?),
        deemed_accepted: deemed_accepted(folded, item, calendar, settings, today),
        deemed_accepted_unheard: silence_unheard(db, opened, (today, now))?,
        warnings: warnings(db, opened, today)?,
    })
}

/// The case that goes on in a voided one's place.
fn surviving(opened: &Opened) -> String {
    let voided = opened.folded.placed.iter().rfind(|placed| placed.state == Some(State::Void));
    voided.map(|placed| opened.case.events[placed.event].said().surviving).unwrap_or_default()
}

/// Gaps and doubts of the case, and of who has decided on a licence.
fn warnings(db: &Connection, opened: &Opened, today: Date) -> Result<Vec<Warning>, ReplicaError> {
    let mut warnings = warnings::of(&opened.case, &opened.item, &opened.folded, today);
    let mut told = BTreeSet::new();
    for placed in opened.folded.placed.iter().filter(|placed| placed.contested.is_none()) {
        let event = &opened.case.events[placed.event];
        let Ok(role) = event.role.parse() else { continue };
        if !decides_on_licence(&opened.item, role) {
            continue;
        }
        let staff = staff::find(db, event.person)?.map(|(_, staff)| staff);
        let Some(reason) = unqualified(&opened.item, role, staff.as_ref(), event.on.0) else { continue };
        if told.insert(event.person) {
            warnings.push(warnings::warning("licence-staff", format!("events.{}", event.id), reason));
        }
    }
    warnings.extend(decisions(opened));
    if opened.folded.replaced.verified == Some(false) {
        let message = "核查发现告知承诺不属实。请审批人按规定终止或撤销，并记入信用记录。";
        warnings.push(warnings::warning("commitment-broken", "materials", message));
    }
    Ok(warnings)
}

/// Decisions that stand, but that somebody should look at.
fn decisions(opened: &Opened) -> Vec<Warning> {
    let Opened { case, item, folded, .. } = opened;
    let counted = folded.placed.iter().filter(|placed| placed.contested.is_none());
    let events = counted.map(|placed| &case.events[placed.event]);
    let (mut proposer, mut warnings) = (None, Vec::new());
    for event in events {
        let path = || format!("events.{}", event.id);
        match event.kind.as_str() {
            "propose" => proposer = Some(event.person),
            "approve" | "reject" if separated(item) && proposer == Some(event.person) => {
                let message = "拟办和审批是同一个人。这里人少可以这样办，请中心主任复核。";
                warnings.push(warnings::warning("same-person", path(), message));
            }
            "urgentRelief" if urgent_by(folded, item).is_some_and(|by| by < event.at) => {
                warnings.push(warnings::warning("urgent-late", path(), "急难先行的决定晚于规定的小时数。"));
            }
            _ => {}
        }
    }
    warnings
}

pub(crate) fn reach(reached: case::Reached) -> Reach {
    match reached {
        case::Reached::Forgotten => Reach::Resend,
        case::Reached::Here => Reach::Here,
        case::Reached::Township => Reach::Township,
        case::Reached::County => Reach::County,
    }
}

fn fields(opened: &Opened, today: Date) -> Vec<FieldView> {
    let Opened { case, item, .. } = opened;
    let form = Form::of(&item.fields);
    let answers = answers(case, item);
    let shown: Vec<&str> =
        form.shown(&answers, today).into_iter().map(|asked| asked.field.key.as_str()).collect();
    let view = |field: &Field| {
        let asked = form.asked(&field.key)?;
        let value = form.value(asked, &answers, today);
        Some(FieldView {
            key: field.key.clone(),
            label: field.label.clone(),
            kind: field.kind.clone(),
            options: asked.options.clone(),
            says: asked.says(&value),
            value,
            required: field.required,
            asked: shown.contains(&field.key.as_str()),
        })
    };
    item.fields.iter().filter_map(view).collect()
}

fn materials(db: &Connection, opened: &Opened) -> Result<Vec<MaterialView>, ReplicaError> {
    let Opened { case, item, folded, .. } = opened;
    let mut before = brought_before(db, opened)?;
    let view = |material: &daiban_domain::item::Material| {
        let (originals, copies) = case.received(&material.material_code);
        MaterialView {
            replaced: match folded.replaced.of(&material.material_code) {
                Some(Instead::Commitment) => "已作告知承诺".to_owned(),
                Some(Instead::Shared(source)) => format!("共享取得：{source}"),
                None => String::new(),
            },
            commitment: item.commitment_allowed && material.commitment_replaceable,
            shareable: material.shareable,
            brought_before: before.remove(&material.material_code).unwrap_or_default(),
            material_code: material.material_code.clone(),
            name: material.name.clone(),
            originals,
            copies,
            originals_needed: material.originals,
            copies_needed: material.copies,
            required: material.required(),
            tolerable: material.tolerable,
            received: originals + copies > 0,
            originals_held: folded.custody.held(&material.material_code, originals),
            whereabouts: match folded.custody.held(&material.material_code, originals) {
                0 if originals > 0 => "已退还本人".to_owned(),
                0 => String::new(),
                _ => folded.custody.zh().to_owned(),
            },
            review_point: material.review_point.clone(),
            condition: material.condition.clone(),
        }
    };
    Ok(item.materials.iter().map(view).collect())
}

/// What the applicant has brought within a year for other cases that are held here, by shareable material: it needn't be
/// brought again (减材料, 循环证明). Only looked for while it is still lacking.
fn brought_before(db: &Connection, opened: &Opened) -> Result<BTreeMap<String, Vec<String>>, ReplicaError> {
    let Opened { case, item, folded, .. } = opened;
    let lacking: Vec<&str> = item
        .materials
        .iter()
        .filter(|material| material.shareable && warnings::lacks(case, folded, &material.material_code))
        .map(|material| material.material_code.as_str())
        .collect();
    let mut before: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if lacking.is_empty() || folded.accepted_on.is_some() {
        return Ok(before);
    }
    let year_ago = case.registered_on.saturating_sub(Span::new().years(1));
    let others = case::of_number(db, case.field("applicant.idNo"))?;
    let recent = others
        .iter()
        .rev()
        .filter(|other| other.row != case.document && !other.archived && other.registered_on >= year_ago);
    for other in recent {
        let Some(record) = CaseRecord::load(db, other.row)? else { continue };
        for code in lacking.iter().filter(|code| record.received(code) != (0, 0)) {
            before.entry((*code).to_owned()).or_default().push(other.case_no.clone());
        }
    }
    Ok(before)
}

fn attachments(
    replica: &Replica,
    names: &Names<'_>,
    opened: &Opened,
) -> Result<Vec<AttachmentView>, ReplicaError> {
    let (db, hub) = (replica.db(), replica.identity().hub);
    let Opened { case, item, .. } = opened;
    let mut views = Vec::new();
    for attached in case.attachments.iter().filter(|attached| !attached.attachment.removed) {
        let (attachment, authored) = (&attached.attachment, &attached.authored);
        let material = item.material(&attachment.material).map(|material| material.name.as_str());
        let named = Some(attachment.name.as_str()).filter(|name| !name.is_empty());
        views.push(AttachmentView {
            hash: attachment.hash,
            name: named.or(material).unwrap_or("照片").to_owned(),
            material_code: attachment.material.clone(),
            media_type: attachment.media_type.clone(),
            size: attachment.size,
            width: attachment.width,
            height: attachment.height,
            at: authored.at,
            by: authored.person.map_or(Ok(String::new()), |person| names.person(person))?,
            here: attachment::here(db, attachment.hash)?,
            reach: attached_reach(db, hub, case.partition, attachment.hash)?,
        });
    }
    views.sort_by_key(|view| (view.at, view.hash));
    Ok(views)
}

fn events(names: &Names<'_>, opened: &Opened, doubtful: &Doubtful) -> Result<Vec<EventView>, ReplicaError> {
    let Opened { case, item, folded, .. } = opened;
    let days = (doubtful, &folded.days_confirmed);
    let mut views = Vec::new();
    for placed in &folded.placed {
        let event = &case.events[placed.event];
        views.push(event_view(names, event, item, days, placed.contested.clone(), placed.state)?);
    }
    let waiting = case.events.iter().filter(|event| folded.waiting.contains(&event.id));
    for event in waiting {
        let why = "等前面的记录到了再算".to_owned();
        views.push(event_view(names, event, item, days, Some(why), None)?);
    }
    Ok(views)
}

fn event_view(
    names: &Names<'_>,
    event: &Event,
    item: &Item,
    (doubtful, confirmed): (&Doubtful, &BTreeSet<EventId>),
    contested: Option<String>,
    state: Option<State>,
) -> Result<EventView, ReplicaError> {
    let payload = payload(event);
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
        contested: contested.is_some(),
        contested_why: contested.unwrap_or_default(),
        state,
        says: match event.kind.as_str() {
            "changeAgent" => names.succession(&payload)?,
            _ => [says(event, &payload, item), silence::says(&payload).unwrap_or_default()]
                .into_iter()
                .filter(|said| !said.is_empty())
                .collect::<Vec<_>>()
                .join("；"),
        },
        payload,
    })
}

/// What an event says; an unreadable payload says nothing here and stays in the document.
fn payload(event: &Event) -> Map<String, Value> {
    serde_json::from_str(&event.payload).unwrap_or_default()
}

fn says(event: &Event, payload: &Map<String, Value>, item: &Item) -> String {
    let text = |key: &str| payload.get(key).and_then(Value::as_str).unwrap_or_default();
    match event.kind.as_str() {
        "correctData" | "suggest" | "adopt" | "decline" => {
            format!(
                "{}：{} → {}",
                wording::field(text("path"), Some(item)),
                blank(text("was")),
                blank(text("value"))
            )
        }
        "settle" => format!("{}：用 {}", wording::field(text("path"), Some(item)), text("value")),
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
        "reject" | "withdraw" => text("reason").to_owned(),
        "propose" => text("opinion").to_owned(),
        "void" => match text("surviving") {
            "" => text("reason").to_owned(),
            surviving => format!("{}，留用 {surviving}", text("reason")),
        },
        "takeOver" => wording::taken_over(&event.said(), item),
        _ => String::new(),
    }
}

fn blank(text: &str) -> &str {
    if text.is_empty() { "空" } else { text }
}

fn conflicts(
    names: &Names<'_>,
    opened: &Opened,
    doubtful: &Doubtful,
) -> Result<Vec<ConflictView>, ReplicaError> {
    let mut views = Vec::new();
    for (path, sides) in opened.case.conflicts() {
        let mut values = Vec::new();
        for (i, side) in sides.iter().enumerate() {
            values.push(ValueView {
                value: side.value.clone(),
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
        views.push(ConflictView {
            path: path.to_owned(),
            label: wording::field(path, Some(&opened.item)),
            values,
        });
    }
    Ok(views)
}

pub(crate) fn entrustment(case: &CaseRecord) -> Option<Entrustment> {
    Entrustment::read(|key| case.field(key))
}

fn entrustment_view(case: &CaseRecord, today: Date) -> Option<EntrustmentView> {
    let given = entrustment(case)?;
    Some(EntrustmentView {
        powers: given.powers.clone(),
        says: given.powers.iter().map(|power| power.zh()).collect::<Vec<_>>().join("、"),
        from: given.from,
        to: given.to,
        thumbprint: given.thumbprint,
        witness: given.witness.clone(),
        revoked_on: given.revoked_on,
        gap: given.stands(today).err().map(|gap| gap.to_string()).unwrap_or_default(),
    })
}

fn suggestions(
    names: &Names<'_>,
    opened: &Opened,
    corrects: impl Fn(&str) -> bool,
) -> Result<Vec<SuggestionView>, ReplicaError> {
    let Opened { case, item, folded, .. } = opened;
    let mut views = Vec::new();
    for suggestion in folded.suggestions.iter().filter(|suggestion| suggestion.answer.is_none()) {
        let Some(event) = case.events.iter().find(|event| event.id == suggestion.event) else { continue };
        views.push(SuggestionView {
            id: suggestion.event,
            path: suggestion.path.clone(),
            label: wording::field(&suggestion.path, Some(item)),
            stands: case.field(&suggestion.path).to_owned(),
            value: suggestion.value.clone(),
            reason: event.said().reason,
            by: names.person(event.person)?,
            unit_name: names.unit(event.unit)?,
            on: event.on.0,
            answerable: corrects(&suggestion.path),
        });
    }
    Ok(views)
}

fn papers(names: &Names<'_>, case: &CaseRecord) -> Result<Vec<PaperView>, ReplicaError> {
    let mut views = Vec::new();
    for event in &case.events {
        let Some(paper) = &event.paper else { continue };
        views.push(PaperView {
            form: paper.form.clone(),
            name: payload(event)
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or(wording::form(&paper.form))
                .to_owned(),
            number: paper.number.clone(),
            on: event.on.0,
            by: names.person(event.person)?,
            copy: paper.copy,
        });
    }
    views.sort_by(|a, b| (a.on, &a.number, a.copy).cmp(&(b.on, &b.number, b.copy)));
    Ok(views)
}

/// Names of units, people and devices; an id for what nobody has introduced yet.
pub(super) struct Names<'a> {
    pub db: &'a Connection,
}

impl Names<'_> {
    pub fn unit(&self, code: UnitCode) -> Result<String, ReplicaError> {
        Ok(unit::find(self.db, code)?.map_or_else(|| code.to_string(), |unit| unit.short_name))
    }

    pub fn person(&self, id: PersonId) -> Result<String, ReplicaError> {
        Ok(enrolment::person(self.db, id)?.map_or_else(|| id.to_string(), |person| person.name))
    }

    /// Who gave a case to whom.
    fn succession(&self, payload: &Map<String, Value>) -> Result<String, ReplicaError> {
        let name = |key: &str| {
            let person = payload.get(key).and_then(Value::as_str).and_then(|id| id.parse().ok());
            person.map_or(Ok(String::new()), |person| self.person(person))
        };
        Ok(format!("{} → {}", blank(&name("was")?), name("agent")?))
    }

    /// Who took an act and, where it was somebody else's to take, for whom.
    fn actor(&self, id: PersonId, payload: &Map<String, Value>) -> Result<String, ReplicaError> {
        let name = self.person(id)?;
        let on_behalf_of = payload.get(ON_BEHALF_OF).and_then(Value::as_str).and_then(|id| id.parse().ok());
        Ok(match on_behalf_of {
            Some(other) => format!("{name}（代{}）", self.person(other)?),
            None => name,
        })
    }

    fn device(&self, id: DeviceId) -> Result<String, ReplicaError> {
        Ok(enrolment::device_name(self.db, id)?.unwrap_or_else(|| id.to_string()))
    }
}
