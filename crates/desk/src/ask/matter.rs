use super::{
    case::{erased, reach},
    names::Names,
    rating::{handlers_known, looked_into},
    ratings::item_name,
};
use crate::{Desk, Trouble, paper::of_matter, silence, wording};
use daiban_contract::{
    Code, ask,
    view::{AnswerView, MatterActView, MatterOfferView, MatterView},
};
use daiban_domain::{
    Instant, Role,
    calendar::WorkCalendar,
    case::{CountySettings, Event},
    deadline::says_day,
    matter::{ACTS, Act, Folded, Owner, Said, fits, fold, term},
};
use daiban_replica::{
    Replica, ReplicaError, case,
    matter::{self, MatterRecord},
    public::{calendar, county_setting, enrolment},
    quarantine,
};
use rusqlite::Connection;
use std::sync::Arc;

/// A matter with all that its rules need.
pub(crate) struct OpenedMatter {
    pub record: MatterRecord,
    pub folded: Folded,
    pub calendar: Arc<WorkCalendar>,
    pub settings: CountySettings,
}

impl Desk {
    pub fn matter(&self, request: ask::Matter, now: Instant) -> Result<MatterView, Trouble> {
        self.with(|replica| {
            let opened = open(replica.db(), &request.matter_no)?;
            view(replica, &opened, now)
        })
    }
}

pub(crate) fn open(db: &Connection, matter_no: &str) -> Result<OpenedMatter, Trouble> {
    let unknown = || Trouble::new(Code::UnknownMatter, "没有这个来访事项编号。请核对编号。");
    let Some(row) = matter::find(db, matter_no)? else {
        return Err(erased(db, matter_no, "来访事项")?.unwrap_or_else(unknown));
    };
    let Some(mut record) = MatterRecord::load(db, row)? else {
        return Err(match matter::archived(db, row)? {
            Some(year) => Trouble::new(
                Code::Archived,
                format!("这是 {year} 年的来访事项，县里已经封存，本机只留台账。要查看请到乡镇便民服务中心。"),
            ),
            None => unknown(),
        });
    };
    let mut folded = fold(&record.events, &record.matter);
    folded.incomplete |= record.incomplete;
    // The fold goes by who had handled the case when it was rated; the desk asks for those who have since too.
    if let Some(rated) = &mut record.matter.rated {
        rated.handlers = handlers_known(db, rated, &record.matter.case_no)?;
    }
    Ok(OpenedMatter { record, folded, calendar: calendar::load(db)?, settings: county_setting::load(db)? })
}

pub(crate) fn view(replica: &Replica, opened: &OpenedMatter, now: Instant) -> Result<MatterView, Trouble> {
    let OpenedMatter { record, folded, calendar, settings } = opened;
    let (db, matter) = (replica.db(), &record.matter);
    let names = Names { db };
    let person = |id: Option<_>| id.map_or(Ok(String::new()), |id| names.person(id));
    let term = term(matter, folded, calendar, settings);
    let (light, light_says) = silence::matter_light(
        db,
        (matter.unit, matter.asked_on, folded.owner.unit),
        (term.start, term.due, term.running),
        calendar,
        now,
    )?;
    let roles = enrolment::roles(db, replica.identity().person)?;
    let me = Owner { unit: replica.identity().unit, person: Some(replica.identity().person) };
    let rating = match &matter.rated {
        Some(rated) => looked_into(replica, rated, &matter.case_no)?,
        None => None,
    };
    let confidential = matter.rated.is_some() && rating.as_ref().is_none_or(|rating| rating.confidential);
    let answer = |answer: &daiban_domain::matter::Answer| {
        Ok(AnswerView {
            by: names.person(answer.by)?,
            on: answer.on,
            text: answer.text.clone(),
            direct: answer.direct,
        })
    };
    Ok(MatterView {
        matter_no: record.matter_no.clone(),
        kind: matter.kind,
        kind_name: matter.kind.zh().to_owned(),
        state: folded.state.as_str().to_owned(),
        state_name: folded.state.zh().to_owned(),
        unit: matter.unit,
        unit_name: names.unit(matter.unit)?,
        channel: matter.channel.as_str().to_owned(),
        channel_name: matter.channel.zh().to_owned(),
        ticket_no: matter.ticket_no.clone(),
        asked_on: matter.asked_on,
        asker_name: matter.asker_name.clone(),
        asker_phone: matter.asker_phone.clone(),
        anonymous: matter.anonymous(),
        text: matter.text.clone(),
        case_no: matter.case_no.clone(),
        first_contact: person(matter.first.person)?,
        owner: person(folded.owner.person)?,
        owner_unit: folded.owner.unit,
        owner_unit_name: names.unit(folded.owner.unit)?,
        due: term.due.date,
        provisional: term.due.provisional,
        running: term.running,
        light,
        light_says,
        why: term.why,
        answers: folded.answers.iter().map(answer).collect::<Result<_, ReplicaError>>()?,
        rating,
        found: folded.bad_rating.found.clone(),
        wrong_guide: wrong_guide(db, folded)?,
        acts: acts(&names, opened, confidential)?,
        offers: offers(opened, &me, &roles),
        forms: of_matter(matter),
        reach: reach(case::reached(db, record.document)?),
        doubtful: folded.doubtful,
        incomplete: folded.incomplete,
        set_aside: wording::set_aside(&quarantine::unanswered(db, record.document)?),
    })
}

fn offers(opened: &OpenedMatter, me: &Owner, roles: &[Role]) -> Vec<MatterOfferView> {
    let may = |act: &&Act| {
        act.role(roles).is_ok()
            && fits(&opened.folded, act, &Said::default(), me, |_| true, &opened.record.matter).is_ok()
    };
    let offer = |act: &Act| MatterOfferView { event: act.name.to_owned(), name: act.zh.to_owned() };
    ACTS.iter().filter(may).map(offer).collect()
}

/// Empty where nobody has said that a guide is wrong.
fn wrong_guide(db: &Connection, folded: &Folded) -> Result<String, ReplicaError> {
    let Some((item_id, version)) = &folded.bad_rating.wrong_guide else { return Ok(String::new()) };
    Ok(format!("指南有误：{}（第{version}版）", item_name(db, item_id, *version)?))
}

fn acts(
    names: &Names<'_>,
    opened: &OpenedMatter,
    confidential: bool,
) -> Result<Vec<MatterActView>, ReplicaError> {
    let OpenedMatter { record, folded, .. } = opened;
    let doubtful = case::doubtful_times(names.db, record.document)?;
    let view = |event: &Event, contested: Option<String>| {
        Ok(MatterActView {
            id: event.id,
            event: event.kind.clone(),
            name: Act::find(&event.kind).map_or(event.kind.as_str(), |act| act.zh).to_owned(),
            at: event.at,
            time_doubtful: doubtful.contains(&(event.device, event.hlc)),
            on: event.on.0,
            by: names.person(event.person)?,
            unit_name: names.unit(event.unit)?,
            // What the rater said on the phone is the rater's word.
            says: if confidential && event.kind == "callBack" { String::new() } else { says(names, event)? },
            contested: contested.is_some(),
            contested_why: contested.unwrap_or_default(),
        })
    };
    let placed = folded.placed.iter().map(|placed| (&record.events[placed.event], placed.contested.clone()));
    let waiting = record.events.iter().filter(|event| folded.waiting.contains(&event.id));
    let waiting = waiting.map(|event| (event, Some("等前面的记录到了再算".to_owned())));
    placed.chain(waiting).map(|(event, contested)| view(event, contested)).collect()
}

fn says(names: &Names<'_>, event: &Event) -> Result<String, ReplicaError> {
    let said: Said = serde_json::from_str(&event.payload).unwrap_or_default();
    let what = match event.kind.as_str() {
        "handOn" => {
            let unit = said.unit.map_or(Ok(String::new()), |unit| names.unit(unit))?;
            let person = said.person.map_or(Ok(String::new()), |person| names.person(person))?;
            format!("转给{unit}{person}")
        }
        "extend" | "reopen" => match (said.days, said.agreed_on) {
            (_, Some(day)) => format!("改到 {}", says_day(day)),
            (Some(days), None) => format!("延长 {days} 个工作日"),
            (None, None) => String::new(),
        },
        "answer" | "verify" | "callBack" => said.text,
        "reviewAppeal" if said.exclude == Some(true) => "不计入".to_owned(),
        "reviewAppeal" => "仍然计入".to_owned(),
        "check" if said.direct == Some(true) => "正面答复".to_owned(),
        "check" => "没有正面答复".to_owned(),
        _ => String::new(),
    };
    Ok(match (what.is_empty(), said.reason.is_empty()) {
        (true, _) => said.reason,
        (false, true) => what,
        (false, false) => format!("{what}：{}", said.reason),
    })
}
