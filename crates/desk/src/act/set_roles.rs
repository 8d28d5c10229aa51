use super::{authority::device_keeper, set_staff::known};
use crate::{Desk, Trouble, ask};
use daiban_contract::{Code, act::SetRoles, view::StaffView};
use daiban_domain::{Instant, Level, Role};
use daiban_replica::public::enrolment;

impl Desk {
    /// From the next entry on.
    pub fn set_roles(&self, request: SetRoles, now: Instant) -> Result<StaffView, Trouble> {
        self.with(|replica| {
            device_keeper(replica)?;
            let identity = replica.identity();
            known(replica.db(), request.person, identity.unit)?;
            if request.person == identity.person {
                let message = "不能改自己的角色。请本单位另一位负责人或上级单位来改。";
                return Err(Trouble::new(Code::NotAllowed, message));
            }
            let level = enrolment::unit(replica.db(), request.person)?.map(|unit| unit.level());
            if let Some(level) = level {
                all_fit(&request.roles, level)?;
            }
            replica.commit(now, |writing| writing.change_roles(request.person, &request.roles))?;
            ask::staff_of(replica, request.person)
        })
    }
}

/// That all roles are such as people have at units of a level.
pub(super) fn all_fit(roles: &[Role], level: Level) -> Result<(), Trouble> {
    let Some(role) = roles.iter().find(|role| !role.fits(level)) else { return Ok(()) };
    let whose = match level {
        Level::Village => "村",
        Level::Township => "乡镇",
        Level::County => "县",
    };
    let message = format!("{whose}没有“{}”这个角色，没有改动。", role.zh());
    Err(Trouble::new(Code::UnknownRole, message))
}
