use super::record_matter::take_down;
use crate::{
    Desk, Trouble,
    ask::{self, Opened},
    warnings,
};
use daiban_contract::{
    Code,
    act::Rate,
    view::{MayRateView, RatedView, RecordedMatter, Warning},
};
use daiban_domain::{
    DocumentId, Instant, Level, PersonId, UnitCode,
    case::ended_on,
    check,
    matter::{self, Kind, Matter, Owner, bad_rating::Rated},
    rating::{Channel, First, Rating, Standing, handlers, may_enter},
};
use daiban_replica::{
    ReplicaError,
    document::{Writing, kind},
    public::enrolment,
    rating, today,
};
use jiff::civil::Date;
use rusqlite::Connection;
use std::collections::BTreeSet;

const NOT_ENTERING: &str = "监督员和系统管理员看不到个人信息，不能录入评价。";

impl Desk {
    pub fn rate(&self, request: Rate, now: Instant) -> Result<RatedView, Trouble> {
        self.with(|replica| {
            let (id, matter, warnings) = replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                let (rating, warnings) = said(writing, &opened, &request, now)?;
                let kept = writing.create(opened.case.partition, kind::RATING, |edit| {
                    rating::fill(edit, &rating);
                    Ok::<_, ReplicaError>(())
                })?;
                let to_look_into = rating.nth == 1 && rating.grade.bad();
                let matter =
                    to_look_into.then(|| look_into(writing, &opened, &rating, kept.id)).transpose()?;
                Ok::<_, Trouble>((kept.id, matter, warnings))
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            let rating = ask::ratings_of(replica, &opened)?.into_iter().find(|rating| rating.id == id);
            let rating = rating.ok_or(ReplicaError::Column("rating"))?;
            Ok(RatedView { rating, matter, warnings })
        })
    }
}

/// The rating as it will stand, and what is doubtful about it.
fn said(
    writing: &Writing<'_>,
    opened: &Opened,
    request: &Rate,
    now: Instant,
) -> Result<(Rating, Vec<Warning>), Trouble> {
    let (db, identity) = (writing.db(), writing.identity());
    if !may_enter(&enrolment::roles(db, identity.person)?) {
        return Err(Trouble::new(Code::NoRole, NOT_ENTERING));
    }
    let today = today(db, now)?;
    let rated_on = request.rated_on.unwrap_or(today);
    if rated_on > today {
        return Err(Trouble::new(Code::BadInput, "评价日期不能晚于今天。请核对评价单上的日期。"));
    }
    let standing = standing(db, opened)?;
    let nth = standing.nth(request.channel, rated_on, identity.person)?;
    let mut warnings = Vec::new();
    let mut passed =
        |path: &str, text: &str, check: fn(&str) -> _| warnings::normalised(&mut warnings, path, text, check);
    let reasons: BTreeSet<_> = request.reasons.iter().copied().collect();
    let rating = Rating {
        case: writing.load(opened.case.document)?.id,
        case_no: opened.case.case_no.clone(),
        nth,
        grade: request.grade,
        aspects: request.aspects.clone(),
        reasons: reasons.into_iter().collect(),
        text: request.text.trim().to_owned(),
        channel: request.channel,
        rated_on,
        rater_name: passed("raterName", &request.rater_name, check::name),
        rater_phone: passed("raterPhone", &request.rater_phone, check::mobile),
        slip_no: request.slip_no.trim().to_owned(),
        entered_by: identity.person,
    };
    match rating.lacking() {
        Some(lacking) => Err(Trouble::new(Code::BadInput, lacking)),
        None => Ok((rating, warnings)),
    }
}

/// Whether a case may be rated today, and by whom it may be typed in.
pub(crate) fn may_rate(
    db: &Connection,
    opened: &Opened,
    person: PersonId,
    today: Date,
) -> Result<MayRateView, ReplicaError> {
    if !may_enter(&enrolment::roles(db, person)?) {
        return Ok(MayRateView { here: NOT_ENTERING.to_owned(), paper: NOT_ENTERING.to_owned() });
    }
    let standing = standing(db, opened)?;
    let gap = |channel| {
        let nth = standing.nth(channel, today, person);
        nth.err().map(|refusal| refusal.to_string()).unwrap_or_default()
    };
    Ok(MayRateView { here: gap(Channel::Tablet), paper: gap(Channel::Paper) })
}

fn standing(db: &Connection, opened: &Opened) -> Result<Standing, ReplicaError> {
    let Opened { case, folded, .. } = opened;
    let ratings = rating::of_case(db, case.document)?;
    let first = ratings.iter().find(|record| record.rating.nth == 1);
    let first = first.map(|record| {
        let ticket = rating::ticket(db, record.id)?.map(|row| row.ticket).unwrap_or_default();
        let (answered, excluded) = (ticket.answered, ticket.excluded);
        Ok::<_, ReplicaError>(First { grade: record.rating.grade, answered, excluded })
    });
    Ok(Standing {
        ended_on: ended_on(folded, &case.events),
        handlers: handlers(&case.events, folded.agent),
        first: first.transpose()?,
        second: ratings.iter().any(|record| record.rating.nth == 2),
    })
}

/// The matter in which the township's centre looks into a bad rating, asked on the paper's day.
fn look_into(
    writing: &mut Writing<'_>,
    opened: &Opened,
    rating: &Rating,
    id: DocumentId,
) -> Result<RecordedMatter, Trouble> {
    let Opened { case, folded, .. } = opened;
    let matter = Matter {
        kind: Kind::BadRating,
        channel: matter::Channel::default(),
        ticket_no: String::new(),
        asker_name: String::new(),
        asker_phone: String::new(),
        text: rating.says(),
        case_no: case.case_no.clone(),
        on_the_spot: false,
        agreed_on: None,
        limit_days: None,
        asked_on: rating.rated_on,
        unit: case.unit,
        first: Owner { unit: centre_of(case.unit), person: None },
        rated: Some(Rated {
            rating: id,
            named: rating.named(),
            handlers: handlers(&case.events, folded.agent).into_iter().collect(),
        }),
    };
    take_down(writing, &matter, Vec::new())
}

/// The centre that looks into what is said of a unit: a village's township, else the unit's own.
fn centre_of(unit: UnitCode) -> UnitCode {
    match unit.level() {
        Level::Village => unit.parent().unwrap_or(unit),
        Level::Township | Level::County => unit,
    }
}
