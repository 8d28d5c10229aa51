use super::import_residents::no_role;
use crate::{
    Desk, Trouble,
    ask::{resident_row, unknown_resident},
    event::{self, Saying},
};
use daiban_contract::{Code, act::LinkResidents, view::ResidentRow};
use daiban_domain::{
    Instant, Role,
    case::event::latest,
    resident::{
        Likeness, against_papers, likeness,
        link::{LINK, UNLINK},
        may_overrule, may_register,
    },
};
use daiban_exchange::Partition;
use daiban_replica::{
    document::{Writing, kind},
    public::enrolment,
    resident::{
        self, Entry,
        link::{self, End, Ends},
    },
    today,
};
use serde_json::{Map, json};

impl Desk {
    pub fn link_residents(&self, request: LinkResidents, now: Instant) -> Result<ResidentRow, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let (db, identity) = (writing.db(), writing.identity());
                let roles = enrolment::roles(db, identity.person)?;
                if !may_register(&roles) {
                    return Err(no_role());
                }
                let entry = |id| resident::entry(db, id)?.ok_or_else(unknown_resident);
                let (one, other) = (entry(request.one)?, entry(request.other)?);
                if one.document == other.document {
                    let message = "这是同一条登记，不用关联。请选两条不同的登记。";
                    return Err(Trouble::new(Code::BadInput, message));
                }
                let say = if one.unit == other.unit { within } else { across };
                say(writing, (&one, &other), &roles, &request)?;
                resident_row(writing.db(), request.one)
            })
        })
    }
}

/// Two entries of one register: said in the earlier of them.
fn within(
    writing: &mut Writing<'_>,
    (one, other): (&Entry, &Entry),
    roles: &[Role],
    request: &LinkResidents,
) -> Result<(), Trouble> {
    if !Partition::register(one.unit).writable_by(writing.identity().unit) {
        let message = "只能关联本单位和下级单位的居民登记。";
        return Err(Trouble::new(Code::NotAllowed, message));
    }
    let against = if request.linked {
        against_papers(&one.resident, &other.resident)
    } else {
        likeness(&one.resident, &other.resident) == Likeness::Same
    };
    if against {
        overrule(roles, request)?;
    }
    let (earlier, later) = if one.document < other.document { (one, other) } else { (other, one) };
    let mut document = writing.load(earlier.row)?;
    writing.edit(&mut document, |edit| {
        resident::put_link(edit, later.document, request.linked, request.reason.trim());
        Ok(())
    })
}

/// Two entries of different registers: said as an event in a document of the lowest unit above both. Without one number for
/// both it takes somebody who may overrule, and a reason.
fn across(
    writing: &mut Writing<'_>,
    (one, other): (&Entry, &Entry),
    roles: &[Role],
    request: &LinkResidents,
) -> Result<(), Trouble> {
    let ends = Ends::of(End::of(one), End::of(other))
        .filter(|ends| ends.partition().writable_by(writing.identity().unit));
    let Some(ends) = ends else {
        let message = "两个村的登记要由管着两个村的乡镇或县中心来关联。";
        return Err(Trouble::new(Code::NotAllowed, message));
    };
    let by_number = likeness(&one.resident, &other.resident) == Likeness::Same;
    if !(by_number && request.linked) {
        overrule(roles, request)?;
    }
    let role = roles.iter().copied().filter(|role| may_register(&[*role]));
    let role = role.max_by_key(|role| may_overrule(&[*role])).ok_or_else(no_role)?;
    let (events, said) = link::said(writing.db(), &ends)?;
    if said.linked == Some(request.linked) && !said.disputed {
        return Ok(());
    }
    let saying = Saying {
        kind: if request.linked { LINK } else { UNLINK },
        after: latest(&events),
        role,
        on: today(writing.db(), writing.now())?,
        item_version: 0,
        paper: None,
        payload: Map::from_iter([("reason".to_owned(), json!(request.reason.trim()))]),
    };
    let event = event::make(writing, saying)?;
    match link::documents(writing.db(), &ends)?.first() {
        Some(row) => {
            let mut document = writing.load(*row)?;
            writing.edit(&mut document, |edit| edit.event(&event))?;
        }
        None => {
            writing.create(ends.partition(), kind::RESIDENT_LINK, |edit| {
                link::fill(edit, &ends);
                edit.event(&event)
            })?;
        }
    }
    Ok(())
}

/// What the papers don't say themselves is somebody's word, with a reason.
fn overrule(roles: &[Role], request: &LinkResidents) -> Result<(), Trouble> {
    if !may_overrule(roles) {
        let message = "证件不能说明两条登记是不是同一个人。请中心主任（或县中心汇总员）核实后写明理由来定。";
        return Err(Trouble::new(Code::NoRole, message));
    }
    if request.reason.trim().is_empty() {
        let message = "证件不能说明两条登记是不是同一个人。请写明核实的情况和理由。";
        return Err(Trouble::new(Code::BadInput, message));
    }
    Ok(())
}
