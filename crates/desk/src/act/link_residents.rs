use super::import_residents::no_role;
use crate::{
    Desk, Trouble,
    ask::{resident_row, unknown_resident},
};
use daiban_contract::{Code, act::LinkResidents, view::ResidentRow};
use daiban_domain::{
    Instant,
    resident::{against_papers, may_overrule, may_register},
};
use daiban_exchange::Partition;
use daiban_replica::{public::enrolment, resident};

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
                let within = one.unit == other.unit && Partition::register(one.unit).writable_by(identity.unit);
                if !within {
                    let message = "只能关联同一个单位的两条登记，并且要在这个单位或上级的设备上做。";
                    return Err(Trouble::new(Code::NotAllowed, message));
                }
                let reason = request.reason.trim();
                if request.linked && against_papers(&one.resident, &other.resident) {
                    if !may_overrule(&roles) {
                        let message = "两条登记的证件对不上，是不同的人。确实是同一个人（如重号、错号），请中心主任写明理由来关联。";
                        return Err(Trouble::new(Code::NoRole, message));
                    }
                    if reason.is_empty() {
                        let message = "两条登记的证件对不上。要关联，请写明理由。";
                        return Err(Trouble::new(Code::BadInput, message));
                    }
                }
                let (earlier, later) = if one.document < other.document { (&one, &other) } else { (&other, &one) };
                let mut document = writing.load(earlier.row)?;
                writing.edit(&mut document, |edit| {
                    resident::put_link(edit, later.document, request.linked, reason);
                    Ok::<_, Trouble>(())
                })?;
                resident_row(writing.db(), request.one)
            })
        })
    }
}
