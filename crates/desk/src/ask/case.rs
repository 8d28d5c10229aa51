use super::{
    attachment::attached_reach,
    clocks::{clocks, silence_unheard},
    duplicates::duplicates_of,
    events::{conflicts, events, payload},
    materials::materials,
    names::Names,
    rating::ratings_of,
};
use crate::{
    Desk, Trouble,
    act::{may_rate, offers, settled_by},
    answers::answers,
    applicant,
    capacity::Capacities,
    form::{self, earned},
    masks::Masks,
    warnings, wording,
};
use daiban_contract::{
    Code, ask,
    view::{
        AttachmentView, CaseView, EntrustmentView, FieldView, FormView, PaperView, Reach, SuggestionView,
        Warning,
    },
};
use daiban_domain::{
    Instant, PersonId,
    calendar::WorkCalendar,
    case::{
        CountySettings, Event, Folded, Said, State,
        correction::may_correct,
        deadlines::{deemed_accepted, urgent_by},
        entrustment::Entrustment,
        fold,
        precondition::{allowed, decides_on_licence, separated, unqualified},
        review::REVIEW,
        transition,
    },
    erasure::Ground,
    item::{Field, Item, field::Form},
    mask::Place,
};
use daiban_replica::{
    Replica, ReplicaError, attachment,
    case::{self, CaseRecord},
    document::RowId,
    erasure,
    public::{calendar, county_setting, item, staff},
    quarantine, revocation, today,
};
use jiff::civil::Date;
use rusqlite::Connection;
use serde_json::Value;
use std::{collections::BTreeSet, sync::Arc};

/// A case with all that its rules need.
pub(crate) struct Opened {
    pub case: CaseRecord,
    pub item: Arc<Item>,
    pub folded: Folded,
    pub calendar: Arc<WorkCalendar>,
    pub settings: CountySettings,
}

impl Opened {
    /// The acts that count, in their order: without those of a conflict that isn't settled.
    pub fn counted(&self) -> impl DoubleEndedIterator<Item = &Event> {
        let counted = self.folded.placed.iter().filter(|placed| placed.contested.is_none());
        counted.map(|placed| &self.case.events[placed.event])
    }
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

/// The same where it is here whole; `None` where it has left with its year or was erased, or something of it is yet to come.
pub(crate) fn held(db: &Connection, case_no: &str) -> Result<Option<Opened>, Trouble> {
    use Code::{Archived, Erased, UnknownCase, UnknownItem};
    match open(db, case_no) {
        Ok(opened) => Ok(Some(opened)),
        Err(trouble) if matches!(trouble.code(), Archived | Erased | UnknownCase | UnknownItem) => Ok(None),
        Err(trouble) => Err(trouble),
    }
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
    let (names, masks) = (Names { db }, Masks::of(opened));
    let reached = case::reached(db, case.document)?;
    let doubtful = case::doubtful_times(db, case.document)?;
    let capacities = Capacities::of(db, replica.identity().person, &item.item_id, (today, today))?;
    let corrects =
        |path: &str| capacities.choose(|roles| Ok(may_correct(path, folded.state, roles)?)).is_ok();
    let (level, setting) = (replica.identity().unit.level(), case::setting(case, item));
    let does_without = |event: &str, material: &str| {
        let said = Said { replaces: vec![material.to_owned()], ..Said::default() };
        capacities.choose(|roles| allowed(folded, event, &said, roles, level, &setting)).is_ok()
    };
    let mut events = events(&names, opened, &doubtful)?;
    let may = |act: &str| {
        capacities.choose(|roles| transition::find(folded.state, act, roles, level, &setting)).is_ok()
    };
    let (settles, reviews) = (may("settle"), may(REVIEW));
    for event in &mut events {
        event.may_put_back = settles && settled_by(opened, event.id);
        event.may_list_again = reviews && event.seen.is_some();
    }
    let mut offers = offers(db, replica.identity(), opened, (today, now))?;
    if !events.iter().any(|event| event.time_doubtful && !event.day_confirmed) {
        offers.retain(|offer| offer.event != "confirmDays");
    }
    if !events.iter().any(|event| event.waits && !event.on_paper) {
        offers.retain(|offer| offer.event != REVIEW);
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
        applicant: applicant::masked(case, masks),
        masked: masked(opened, masks),
        correctable: applicant::PATHS
            .into_iter()
            .map(str::to_owned)
            .chain(item.fields.iter().map(|field| format!("fields.{}", field.key)))
            .filter(|path| corrects(path))
            .collect(),
        fields: fields(opened, masks, today),
        materials: materials(db, opened, does_without)?,
        attachments: attachments(replica, &names, opened)?,
        ratings: ratings_of(replica, opened)?,
        may_rate: may_rate(db, opened, replica.identity().person, today)?,
        discreet: item.discreet(),
        events,
        conflicts: conflicts(&names, opened, &doubtful, today)?,
        entrustment: entrustment_view(case, today),
        suggestions: suggestions(&names, opened, corrects)?,
        deadlines: clocks(db, opened, (today, now))?,
        offers,
        forms: earned(opened)
            .iter()
            .map(|earned| FormView { form: earned.form.to_owned(), name: earned.name.to_owned() })
            .collect(),
        papers: papers(&names, case)?,
        batches: folded.custody.batches.clone(),
        reach: reach(reached),
        county_receipt: reached == case::Reached::County,
        contested: folded.doubtful(),
        incomplete: folded.incomplete,
        set_aside: [
            wording::set_aside(&quarantine::unanswered(db, case.document)?),
            wording::revoked(&revocation::held(db, case.document)?),
        ]
        .into_iter()
        .filter(|said| !said.is_empty())
        .collect::<Vec<_>>()
        .join("；"),
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
    for event in opened.counted() {
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

/// Whose act it is: who took it, and for whom.
fn actors(event: &Event) -> Vec<PersonId> {
    [event.person].into_iter().chain(event.on_behalf_of()).collect()
}

/// Decisions that stand, but that somebody should look at.
fn decisions(opened: &Opened) -> Vec<Warning> {
    let Opened { item, folded, .. } = opened;
    let (mut proposers, mut warnings) = (Vec::new(), Vec::new());
    for event in opened.counted() {
        let path = || format!("events.{}", event.id);
        match event.kind.as_str() {
            "propose" => proposers = actors(event),
            "approve" | "reject"
                if separated(item) && actors(event).iter().any(|one| proposers.contains(one)) =>
            {
                let message = "拟办和审批是同一个人。这里人少可以这样办，请中心主任复核。";
                warnings.push(warnings::warning("same-person", path(), message));
            }
            "urgentRelief" if urgent_by(folded, item).is_some_and(|by| by < decided_at(event)) => {
                warnings.push(warnings::warning("urgent-late", path(), "急难先行的决定晚于规定的小时数。"));
            }
            _ => {}
        }
    }
    warnings
}

/// Of a decision that was entered later only the day is known: it may have been taken at any time of it.
fn decided_at(event: &Event) -> Instant {
    if event.at.date() == event.on.0 { event.at } else { Instant::start_of(event.on.0) }
}

pub(crate) fn reach(reached: case::Reached) -> Reach {
    match reached {
        case::Reached::Forgotten => Reach::Resend,
        case::Reached::Here => Reach::Here,
        case::Reached::Township => Reach::Township,
        case::Reached::County => Reach::County,
    }
}

/// Paths of which something is hidden.
fn masked(opened: &Opened, masks: Masks<'_>) -> Vec<String> {
    let fields = opened.item.fields.iter().map(|field| format!("fields.{}", field.key));
    let paths = applicant::PATHS.into_iter().map(str::to_owned).chain(fields);
    paths.filter(|path| masks.hides(Place::Page, path, opened.case.field(path))).collect()
}

fn fields(opened: &Opened, masks: Masks<'_>, today: Date) -> Vec<FieldView> {
    let Opened { case, item, .. } = opened;
    let form = Form::of(&item.fields);
    let answers = answers(case, item);
    let shown: Vec<&str> =
        form.shown(&answers, today).into_iter().map(|asked| asked.field.key.as_str()).collect();
    let view = |field: &Field| {
        let asked = form.asked(&field.key)?;
        let value = form.value(asked, &answers, today);
        let path = format!("fields.{}", field.key);
        let (says, value) =
            (masks.at(Place::Page, &path, &asked.says(&value)), masks.at(Place::Page, &path, &value));
        Some(FieldView {
            key: field.key.clone(),
            label: field.label.clone(),
            kind: field.kind.clone(),
            options: asked.options.clone(),
            says,
            value,
            required: field.required,
            asked: shown.contains(&field.key.as_str()),
        })
    };
    item.fields.iter().filter_map(view).collect()
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
    let (mut views, masks) = (Vec::new(), Masks::of(opened));
    for suggestion in folded.suggestions.iter().filter(|suggestion| suggestion.answer.is_none()) {
        let Some(event) = case.events.iter().find(|event| event.id == suggestion.event) else { continue };
        views.push(SuggestionView {
            id: suggestion.event,
            path: suggestion.path.clone(),
            label: wording::field(&suggestion.path, Some(item)),
            stands: masks.at(Place::Page, &suggestion.path, case.field(&suggestion.path)),
            value: masks.at(Place::Page, &suggestion.path, &suggestion.value),
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
                .unwrap_or(form::name(&paper.form))
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
