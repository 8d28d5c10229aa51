//! What a desk may do with a case next.

use crate::{
    Trouble,
    answers::gaps,
    ask::{Opened, entrustment},
    capacity::{Capacities, Capacity},
    form, silence,
    warnings::{lacks, missing_materials},
};
use daiban_contract::{Code, view::OfferView};
use daiban_domain::{
    Instant, PersonId, Role,
    case::{
        Said, State,
        deadlines::{deemed_accepted, promise_due, urgent_by},
        entrustment::Entrustment,
        precondition::{self, Ground, allowed},
        review::REVIEW,
    },
    deadline::{says_day, says_full_day},
    item::field::Doubt,
    staff::Staff,
};
use daiban_replica::{
    Identity, ReplicaError,
    public::{enrolment, staff},
};
use jiff::civil::Date;
use rusqlite::Connection;

/// The ordinary next step of a state.
pub(crate) fn ordinary(state: State, instant: bool) -> Option<&'static str> {
    Some(match state {
        State::Registered => "handOver",
        State::InTransit => "receive",
        State::Received => "accept",
        State::AwaitSupplement => "supplement",
        State::Accepted if instant => "approve",
        State::Accepted => "startReview",
        State::InReview => "propose",
        State::PendingDecision => "approve",
        State::Approved | State::Rejected => "close",
        State::Closed => "deliver",
        _ => return None,
    })
}

/// What the window offers, in the order of the work.
const OFFERED: [&str; 30] = [
    "handOver",
    "receive",
    "accept",
    "oneTimeNotice",
    "supplement",
    "startReview",
    "propose",
    "approve",
    "reject",
    "close",
    "deliver",
    "withdraw",
    "publicNoticeStart",
    "publicNoticeEnd",
    "publicNoticeObjection",
    "resume",
    "tolerantDone",
    "pause",
    "extend",
    "sendBack",
    "refuse",
    "returnToVillage",
    "supplementExpired",
    "archive",
    "takeBack",
    "stopBenefit",
    "keepBenefit",
    "urgentRelief",
    "confirmDays",
    REVIEW,
];

/// Of these it is told why they can't be taken yet; the others are offered only when they can.
const EXPECTED: usize = 12;

pub(crate) fn offers(
    db: &Connection,
    identity: &Identity,
    opened: &Opened,
    (today, now): (Date, Instant),
) -> Result<Vec<OfferView>, ReplicaError> {
    let Opened { case, item, folded, .. } = opened;
    let setting = daiban_replica::case::setting(case, item);
    let people = enrolment::count(db, identity.unit)?;
    let lacking = Lacking::of(opened, today);
    let given = entrustment(&opened.case);
    let post = staff::find(db, identity.person)?.map(|(_, staff)| staff);
    let capacities = Capacities::of(db, identity.person, &item.item_id, (today, today))?;
    let first = ordinary(folded.state, item.instant());
    let mut offers: Vec<OfferView> = OFFERED
        .iter()
        .enumerate()
        .filter_map(|(i, event)| {
            let said = Said::default();
            let may = |roles: &[Role]| allowed(folded, event, &said, roles, identity.unit.level(), &setting);
            let (capacity, (transition, role)) = capacities.choose(may).ok()?;
            let actor = Actor { person: identity.person, capacity, role, staff: post.as_ref() };
            let ground = ground(opened, &lacking, given.as_ref(), (today, today), actor, people);
            let blocked = precondition::blocked(event, &ground).err().unwrap_or_default();
            if i >= EXPECTED && !blocked.is_empty() {
                return None;
            }
            let warns = precondition::unqualified(item, role, post.as_ref(), today);
            let offer = || -> Result<OfferView, ReplicaError> {
                let silence = match silence::rests_on(event, &said, opened, today) {
                    Some((clock, day)) => {
                        silence::unheard(db, &silence::heard(db, opened, clock, now)?, day)?
                    }
                    None => String::new(),
                };
                let alone = event == &"approve"
                    && precondition::separated(item)
                    && folded.proposer.is_some()
                    && [Some(identity.person), capacity.on_behalf_of].contains(&folded.proposer);
                let alone = if alone { "拟办的也是你，请主任复核。" } else { "" };
                let says = [
                    capacity.says(db)?,
                    says(opened, event, today),
                    warns.unwrap_or_default(),
                    alone.to_owned(),
                    silence,
                ];
                Ok(OfferView {
                    event: (*event).to_owned(),
                    name: transition.zh.clone(),
                    form: transition.form.clone().filter(|form| form::comes_with(form, event)),
                    says: if blocked.is_empty() { says.concat() } else { String::new() },
                    blocked,
                })
            };
            Some(offer())
        })
        .collect::<Result<_, _>>()?;
    // A step that can't be taken now is not the one to put first.
    offers.sort_by_key(|offer| {
        (Some(offer.event.as_str()) != first || !offer.blocked.is_empty(), !offer.blocked.is_empty())
    });
    Ok(offers)
}

/// Why an event that the table allows can't be taken now, with what has been said of it.
pub(crate) fn ready(
    db: &Connection,
    identity: &Identity,
    opened: &Opened,
    event: &str,
    said: &Said,
    (capacity, role): (&Capacity, Role),
    (on, today): (Date, Date),
) -> Result<(), Trouble> {
    let people = enrolment::count(db, identity.unit)?;
    let lacking = Lacking::of(opened, today);
    let given = entrustment(&opened.case);
    let post = staff::find(db, identity.person)?.map(|(_, staff)| staff);
    let actor = Actor { person: identity.person, capacity, role, staff: post.as_ref() };
    let ground = ground(opened, &lacking, given.as_ref(), (on, today), actor, people);
    let material = event == "accept" && missing_materials(opened).next().is_some();
    let code = if material { Code::MaterialMissing } else { Code::NotAllowed };
    precondition::ready(event, said, &ground).map_err(|reason| Trouble::new(code, reason))
}

/// What a case isn't complete for.
struct Lacking<'a> {
    /// Codes of the materials of which nothing has come, and for which nothing stands in.
    missing: Vec<&'a str>,
    gaps: Vec<Doubt>,
}

impl<'a> Lacking<'a> {
    fn of(opened: &'a Opened, today: Date) -> Self {
        let Opened { case, item, folded, .. } = opened;
        let codes = item.materials.iter().map(|material| material.material_code.as_str());
        Self {
            missing: codes.filter(|code| lacks(case, folded, code)).collect(),
            gaps: gaps(case, item, today),
        }
    }
}

/// Who acts, as what.
struct Actor<'a> {
    person: PersonId,
    capacity: &'a Capacity,
    role: Role,
    staff: Option<&'a Staff>,
}

fn ground<'a>(
    opened: &'a Opened,
    lacking: &'a Lacking<'a>,
    entrustment: Option<&'a Entrustment>,
    (on, today): (Date, Date),
    actor: Actor<'a>,
    people: usize,
) -> Ground<'a> {
    let Opened { item, folded, calendar, settings, .. } = opened;
    let Actor { person, capacity: Capacity { roles, on_behalf_of }, role, staff } = actor;
    let on_behalf_of = *on_behalf_of;
    Ground {
        folded,
        item,
        calendar,
        settings,
        on,
        today,
        person,
        on_behalf_of,
        roles,
        role,
        staff,
        entrustment,
        missing: &lacking.missing,
        gaps: &lacking.gaps,
        people,
    }
}

/// The day from which an acceptance of today would count: after too long a silence it is the receipt's.
fn accepted_now(opened: &Opened, today: Date) -> Date {
    let Opened { item, folded, calendar, settings, .. } = opened;
    let silent = deemed_accepted(folded, item, calendar, settings, today);
    folded.received_on.filter(|_| silent).unwrap_or(today)
}

fn says(opened: &Opened, event: &str, today: Date) -> String {
    match event {
        "urgentRelief" => match urgent_by(&opened.folded, &opened.item) {
            Some(by) => format!("急难情形先行救助，{} {} 前决定。", says_day(by.date()), by.time_of_day()),
            None => String::new(),
        },
        "accept" if opened.item.instant() => "即办件，受理后当场办。".to_owned(),
        "accept" => match promise_due(accepted_now(opened, today), &opened.item, &opened.calendar) {
            Some(due) if due.provisional => format!("现在受理，{}（暂定）前办结。", says_full_day(due.date)),
            Some(due) => format!("现在受理，{}前办结。", says_day(due.date)),
            None => String::new(),
        },
        _ => String::new(),
    }
}
