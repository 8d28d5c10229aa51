use super::authority::staff_keeper;
use crate::{Desk, Trouble, ask};
use daiban_contract::{Code, act::SetStaff, view::StaffView};
use daiban_domain::{Instant, PersonId, UnitCode, staff::Staff};
use daiban_replica::public::{enrolment, staff};
use rusqlite::Connection;

impl Desk {
    /// Keeps what is told of a person's post; what isn't told stays as it is.
    pub fn set_staff(&self, request: SetStaff, now: Instant) -> Result<StaffView, Trouble> {
        self.with(|replica| {
            staff_keeper(replica)?;
            replica.commit(now, |writing| {
                let own = writing.identity().unit;
                known(writing.db(), request.person, own)?;
                if let Some(partner) = request.partner {
                    known(writing.db(), partner, own)?;
                    if partner == request.person {
                        return Err(Trouble::new(Code::BadInput, "自己不能做自己的 A、B 角。"));
                    }
                }
                let kept = staff::find(writing.db(), request.person)?;
                if kept.as_ref().is_some_and(|(keeper, _)| keeper.level() > own.level()) {
                    let message = "这个人的岗位信息由县里登记，这里改不了。请县中心来改。";
                    return Err(Trouble::new(Code::NotAllowed, message));
                }
                let mut told = kept.map_or_else(|| Staff::new(request.person), |(_, staff)| staff);
                tell(&mut told, &request);
                if told.from.zip(told.to).is_some_and(|(from, to)| to < from) {
                    return Err(Trouble::new(Code::BadInput, "离岗日期不能早于上岗日期，没有改动。"));
                }
                Ok(staff::publish(writing, &told)?)
            })?;
            ask::staff_of(replica, request.person)
        })
    }
}

fn tell(staff: &mut Staff, request: &SetStaff) {
    staff.staff_type = request.staff_type.or(staff.staff_type);
    staff.partner = request.partner.or(staff.partner);
    staff.from = request.from.or(staff.from);
    staff.to = request.to.or(staff.to);
    let texts = [
        (&mut staff.law_enforcement_cert_no, &request.law_enforcement_cert_no),
        (&mut staff.phone, &request.phone),
    ];
    for (kept, told) in texts {
        if let Some(told) = told {
            told.trim().clone_into(kept);
        }
    }
    staff.trainings.extend(request.training.clone());
    staff.trainings.sort();
    staff.trainings.dedup();
}

/// Somebody of this unit or one below it.
pub(super) fn known(db: &Connection, person: PersonId, own: UnitCode) -> Result<(), Trouble> {
    match enrolment::unit(db, person)? {
        Some(unit) if own.covers(unit) => Ok(()),
        _ => {
            let message = "本单位和下级单位没有这个人。用 daiban staff list 可以看到每个人的编号。";
            Err(Trouble::new(Code::BadInput, message))
        }
    }
}
