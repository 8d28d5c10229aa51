//! Who may publish what others go by.

use crate::Trouble;
use daiban_contract::Code;
use daiban_domain::{Level, Role};
use daiban_replica::{Replica, public::enrolment};

/// What counts in the whole county is its merge clerk's to publish (DOMAIN §2.3); `rule` says so in words.
pub(super) fn countys_clerk(replica: &Replica, rule: &str) -> Result<(), Trouble> {
    let roles = enrolment::roles(replica.db(), replica.identity().person)?;
    if replica.identity().unit.level() == Level::County && roles.contains(&Role::CountyMerge) {
        return Ok(());
    }
    Err(Trouble::new(Code::NoRole, format!("{rule}，这台设备上的人没有这个权限。")))
}
