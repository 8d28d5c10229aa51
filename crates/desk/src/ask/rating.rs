//! Ratings as this desk's person may see them: nobody who handled a case sees who rated it and in what words.

use super::{
    case::{Opened, held},
    names::Names,
};
use crate::Trouble;
use daiban_contract::{Code, view::RatingView};
use daiban_domain::{
    PersonId,
    mask::{Data, Place},
    matter::bad_rating::Rated,
    rating::{handlers, may_read},
};
use daiban_replica::{
    Replica, ReplicaError,
    public::enrolment,
    rating::{self, RatingRecord},
};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// The ratings of a case; of two first or second ones the earlier document counts.
pub(crate) fn ratings_of(replica: &Replica, opened: &Opened) -> Result<Vec<RatingView>, ReplicaError> {
    let Opened { case, folded, .. } = opened;
    let handlers = handlers(&case.events, folded.agent);
    let records = rating::of_case(replica.db(), case.document)?;
    let mut seen = BTreeSet::new();
    records.iter().map(|record| view(replica, record, &handlers, !seen.insert(record.rating.nth))).collect()
}

/// The rating that a matter looks into; `None` if it isn't here, or was erased.
pub(super) fn looked_into(
    replica: &Replica,
    rated: &Rated,
    case_no: &str,
) -> Result<Option<RatingView>, Trouble> {
    let db = replica.db();
    let Some(record) = rating::find(db, rated.rating)? else { return Ok(None) };
    let beside = match held(db, case_no)? {
        Some(opened) => {
            ratings_of(replica, &opened)?.iter().any(|rating| rating.id == record.id && rating.beside)
        }
        None => false,
    };
    Ok(Some(view(replica, &record, &rated.handlers.iter().copied().collect(), beside)?))
}

/// Who had handled the case when it was rated, and who has since, as far as it is held here.
pub(super) fn handlers_known(
    db: &Connection,
    rated: &Rated,
    case_no: &str,
) -> Result<Vec<PersonId>, Trouble> {
    let mut known: BTreeSet<PersonId> = rated.handlers.iter().copied().collect();
    if let Some(Opened { case, folded, .. }) = held(db, case_no)? {
        known.extend(handlers(&case.events, folded.agent));
    }
    Ok(known.into_iter().collect())
}

/// Who rated, in the clear, where the person here may know it.
pub(crate) fn rater(replica: &Replica, opened: &Opened, id: &str) -> Result<Vec<String>, Trouble> {
    let unknown = || Trouble::new(Code::BadInput, "这个办件没有这个评价。请核对评价的编号。");
    let records = rating::of_case(replica.db(), opened.case.document)?;
    let record = records.iter().find(|record| record.id.to_string() == id).ok_or_else(unknown)?;
    let handlers = handlers(&opened.case.events, opened.folded.agent);
    if view(replica, record, &handlers, false)?.confidential {
        return Err(Trouble::new(Code::NoRole, "评价人对经办的人保密，这台设备上的人不能看。"));
    }
    Ok(vec![record.rating.rater_name.clone(), record.rating.rater_phone.clone()])
}

fn view(
    replica: &Replica,
    record: &RatingRecord,
    handlers: &BTreeSet<PersonId>,
    beside: bool,
) -> Result<RatingView, ReplicaError> {
    let (db, rating) = (replica.db(), &record.rating);
    let ticket = rating::ticket(db, record.id)?;
    let reader = replica.identity().person;
    let seen_to_by = ticket.as_ref().and_then(|ticket| ticket.owner);
    let roles = enrolment::roles(db, reader)?;
    let may = may_read(reader, &roles, handlers, rating.entered_by, seen_to_by);
    let shown = |text: &str| if may { text.to_owned() } else { String::new() };
    Ok(RatingView {
        id: record.id,
        case_no: rating.case_no.clone(),
        nth: rating.nth,
        grade: rating.grade,
        grade_name: rating.grade.zh().to_owned(),
        stars: rating.grade.stars(),
        aspects: rating.aspects.clone(),
        reasons: rating.reasons.clone(),
        says: rating.says(),
        channel: rating.channel,
        channel_name: rating.channel.zh().to_owned(),
        rated_on: rating.rated_on,
        slip_no: rating.slip_no.clone(),
        entered_by: Names { db }.person(rating.entered_by)?,
        anonymous: !rating.named(),
        confidential: !may,
        rater_name: Data::Name.at(Place::Notice, &shown(&rating.rater_name)),
        rater_phone: Data::Phone.at(Place::List, &shown(&rating.rater_phone)),
        text: shown(&rating.text),
        beside,
        excluded: ticket.as_ref().is_some_and(|ticket| ticket.ticket.excluded),
        matter_no: ticket.map(|ticket| ticket.matter_no).unwrap_or_default(),
    })
}
