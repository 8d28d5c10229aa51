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
            if let Some((level, role)) = level.and_then(|level| foreign(level, &request.roles)) {
                let message = format!("{}没有“{}”这个角色，没有改动。", says(level), role.zh());
                return Err(Trouble::new(Code::UnknownRole, message));
            }
            replica.commit(now, |writing| writing.change_roles(request.person, &request.roles))?;
            ask::staff_of(replica, request.person)
        })
    }
}

/// A role that nobody has at a level.
fn foreign(level: Level, roles: &[Role]) -> Option<(Level, Role)> {
    let everywhere = [Role::Observer, Role::Admin];
    let foreign =
        roles.iter().find(|role| !Role::working(level).contains(role) && !everywhere.contains(role));
    foreign.map(|role| (level, *role))
}

fn says(level: Level) -> &'static str {
    match level {
        Level::Village => "村",
        Level::Township => "乡镇",
        Level::County => "县",
    }
}
