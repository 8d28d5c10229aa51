//! Taking a device out of use, and what becomes of what it writes afterwards (DOMAIN §2.3, §11.6).

use crate::{Level, Role, words::words};

words! {
    /// Why a device is revoked. The county reads it.
    Ground {
        Stolen = "stolen", "被盗";
        Lost = "lost", "丢失";
        /// Something is written by it that nobody here has written.
        Suspected = "suspected", "疑似被他人使用";
        /// Another one has taken its place.
        Replaced = "replaced", "停用或更换";
    }
}

impl Ground {
    /// Whether personal information may have come into others' hands: then 个人信息保护法 第五十七条 applies.
    pub fn breach(self) -> bool {
        self != Self::Replaced
    }
}

/// Whether somebody may revoke devices of their unit and below, and say what of their later entries counts: the system's
/// administrator (DOMAIN §2.3, `ADMIN`), and where a centre has none of its own its head, in the county the merge clerk.
pub fn may_revoke(level: Level, roles: &[Role]) -> bool {
    let head = match level {
        Level::Village => return false,
        Level::Township => Role::CentreHead,
        Level::County => Role::CountyMerge,
    };
    roles.contains(&Role::Admin) || roles.contains(&head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_village_revokes_nothing() {
        assert!(!may_revoke(Level::Village, Role::working(Level::Village)));
        assert!(!may_revoke(Level::Township, &[Role::Intake]));
        assert!(may_revoke(Level::Township, &[Role::CentreHead]));
        assert!(may_revoke(Level::Township, &[Role::Admin]));
        assert!(may_revoke(Level::County, &[Role::CountyMerge]));
        assert!(!may_revoke(Level::County, &[Role::Supervisor]));
    }
}
