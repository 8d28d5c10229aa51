//! Roles (DOMAIN §2.3) and which of them a unit of each level works with.

use crate::unit::Level;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a person may do; granted in the county's public partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// 村级代办员
    Agent,
    /// 村站负责人
    VillageHead,
    /// 乡镇综合窗口受理员
    Intake,
    /// 乡镇业务经办、审核
    Reviewer,
    /// 乡镇审批人
    Approver,
    /// 乡镇出件窗口
    Issuer,
    /// 中心主任
    CentreHead,
    /// 县业务部门
    CountyDept,
    /// 县中心汇总员
    CountyMerge,
    /// 县电子监察
    Supervisor,
    /// 行风监督员
    Observer,
    /// 系统管理员
    Admin,
}

/// A text that names no role.
#[derive(Debug, Clone, thiserror::Error)]
#[error("unknown role: {0:?}")]
pub struct UnknownRole(pub String);

impl Role {
    pub const ALL: [Role; 12] = [
        Role::Agent,
        Role::VillageHead,
        Role::Intake,
        Role::Reviewer,
        Role::Approver,
        Role::Issuer,
        Role::CentreHead,
        Role::CountyDept,
        Role::CountyMerge,
        Role::Supervisor,
        Role::Observer,
        Role::Admin,
    ];

    /// Whoever serves people: they work on cases and matters.
    pub const SERVING: [Role; 8] = [
        Role::Agent,
        Role::VillageHead,
        Role::Intake,
        Role::Reviewer,
        Role::Approver,
        Role::Issuer,
        Role::CentreHead,
        Role::CountyDept,
    ];

    /// All working roles of a level: what an enrolment code grants when it names none.
    pub fn working(level: Level) -> &'static [Role] {
        match level {
            Level::Village => &[Role::Agent, Role::VillageHead],
            Level::Township => {
                &[Role::Intake, Role::Reviewer, Role::Approver, Role::Issuer, Role::CentreHead]
            }
            Level::County => &[Role::CountyDept, Role::CountyMerge, Role::Supervisor],
        }
    }

    /// Whether anybody at a unit of a level can have it.
    pub fn fits(self, level: Level) -> bool {
        Self::working(level).contains(&self) || matches!(self, Self::Observer | Self::Admin)
    }

    /// The identifier, as in `state_machine.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Agent => "AGENT",
            Role::VillageHead => "VILLAGE_HEAD",
            Role::Intake => "INTAKE",
            Role::Reviewer => "REVIEWER",
            Role::Approver => "APPROVER",
            Role::Issuer => "ISSUER",
            Role::CentreHead => "CENTRE_HEAD",
            Role::CountyDept => "COUNTY_DEPT",
            Role::CountyMerge => "COUNTY_MERGE",
            Role::Supervisor => "SUPERVISOR",
            Role::Observer => "OBSERVER",
            Role::Admin => "ADMIN",
        }
    }

    /// The name on screen and paper.
    pub fn zh(self) -> &'static str {
        match self {
            Role::Agent => "代办员",
            Role::VillageHead => "村站负责人",
            Role::Intake => "窗口受理员",
            Role::Reviewer => "审核人",
            Role::Approver => "审批人",
            Role::Issuer => "出件人",
            Role::CentreHead => "中心主任",
            Role::CountyDept => "县业务部门",
            Role::CountyMerge => "县中心汇总员",
            Role::Supervisor => "县电子监察",
            Role::Observer => "监督员",
            Role::Admin => "系统管理员",
        }
    }
}

/// Whether somebody speaks for the county: what counts in the whole of it (catalogue, calendar, numbers, units) is published,
/// and orders to erase are given, by the county centre's merge clerk (DOMAIN §2.3, `COUNTY_MERGE`).
pub fn speaks_for_the_county(level: Level, roles: &[Role]) -> bool {
    level == Level::County && roles.contains(&Role::CountyMerge)
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_county_centres_clerk_speaks_for_the_county() {
        assert!(speaks_for_the_county(Level::County, Role::working(Level::County)));
        assert!(!speaks_for_the_county(Level::County, &[Role::Supervisor]));
        assert!(!speaks_for_the_county(Level::Township, &[Role::CountyMerge]));
    }
}
