use crate::{Desk, Trouble, act::may_remove_users, password};
use daiban_contract::{
    ask::{CheckPassword, Users},
    view::{PasswordView, UserRow, UsersView},
};
use daiban_domain::{Instant, Role};
use daiban_replica::{public::enrolment, store::key};

impl Desk {
    /// Who works at this device. While it is locked their names are all that can be told; where nobody has set a password,
    /// it is the one with whom the device was enrolled.
    pub fn users(&self, _: Users, _: Instant) -> Result<UsersView, Trouble> {
        self.enrolled()?;
        let password_set = key::password_set(&self.place.data)?;
        let mut users: Vec<UserRow> = key::users(&self.place.data)?
            .into_iter()
            .map(|user| UserRow { person: user.person, name: user.name, roles: Vec::new(), current: false })
            .collect();
        let mut may_remove = false;
        if let Some(replica) = self.replica().as_ref() {
            let own = replica.identity().person;
            if users.is_empty() {
                users.push(UserRow { person: own, name: String::new(), roles: Vec::new(), current: false });
            }
            may_remove = may_remove_users(&enrolment::roles(replica.db(), own)?);
            for user in &mut users {
                let known = enrolment::person(replica.db(), user.person)?.unwrap_or_default();
                user.roles = known.roles.into_iter().map(Role::zh).map(str::to_owned).collect();
                user.current = user.person == own;
                if !known.name.is_empty() {
                    user.name = known.name;
                }
            }
        }
        Ok(UsersView { users, password_set, may_remove })
    }

    pub fn check_password(&self, request: CheckPassword, _: Instant) -> Result<PasswordView, Trouble> {
        Ok(password::check(request.password.expose(), &[&request.name]))
    }
}
