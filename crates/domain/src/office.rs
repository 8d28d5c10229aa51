//! What belongs to the network and has no division code of its own: a village's service spots (村民小组便民服务室, 便民长廊),
//! the county's departments (DOMAIN §2.1).

use crate::{Level, UnitCode, check};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OfficeKind {
    Spot,
    Dept,
}

impl OfficeKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spot => "SPOT",
            Self::Dept => "DEPT",
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Self::Spot => "服务点",
            Self::Dept => "县级部门",
        }
    }

    /// Where such an office belongs.
    fn level(self) -> Level {
        match self {
            Self::Spot => Level::Village,
            Self::Dept => Level::County,
        }
    }
}

/// Neither a spot nor a department.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("要写 spot（服务点）或 dept（县级部门）")]
pub struct UnknownKind;

impl FromStr for OfficeKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        match text.to_ascii_uppercase().as_str() {
            "SPOT" | "服务点" => Ok(Self::Spot),
            "DEPT" | "县级部门" => Ok(Self::Dept),
            _ => Err(UnknownKind),
        }
    }
}

/// Known by its unit and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Office {
    pub unit: UnitCode,
    pub kind: OfficeKind,
    pub name: String,
    /// Of a department: its unified social credit code.
    #[serde(default)]
    pub uscc: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub phone: String,
    /// The first day on which it is no more.
    #[serde(default)]
    pub valid_to: Option<Date>,
}

impl Office {
    pub fn open_on(&self, day: Date) -> bool {
        self.valid_to.is_none_or(|end| day < end)
    }

    /// What is wrong with it, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        if self.name.trim().is_empty() {
            return Err(format!("{}要有名称。", self.kind.zh()));
        }
        if self.unit.level() != self.kind.level() {
            return Err(match self.kind {
                OfficeKind::Spot => "服务点要设在一个村（社区）下面。".to_owned(),
                OfficeKind::Dept => "县级部门要设在县下面。".to_owned(),
            });
        }
        if self.uscc.is_empty() {
            return Ok(());
        }
        check::uscc(&self.uscc).map(drop).map_err(|fault| fault.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_office_stands_where_its_kind_belongs() {
        let office = |unit: &str, kind, uscc: &str| Office {
            unit: unit.parse().unwrap(),
            kind,
            name: "三组便民服务室".to_owned(),
            uscc: uscc.to_owned(),
            address: String::new(),
            phone: String::new(),
            valid_to: Some(date(2026, 7, 1)),
        };
        let (village, county) = ("621099100200", "621099000000");
        for (office, sound) in [
            (office(village, OfficeKind::Spot, ""), true),
            (office(county, OfficeKind::Spot, ""), false),
            (office(county, OfficeKind::Dept, "12441500196720244T"), true),
            (office(county, OfficeKind::Dept, "12441500196720244A"), false),
            (office(village, OfficeKind::Dept, ""), false),
            (Office { name: " ".to_owned(), ..office(village, OfficeKind::Spot, "") }, false),
        ] {
            assert_eq!(office.check().is_ok(), sound, "{office:?}");
        }
        let spot = office(village, OfficeKind::Spot, "");
        assert!(spot.open_on(date(2026, 6, 30)) && !spot.open_on(date(2026, 7, 1)));
        assert_eq!("服务点".parse(), Ok(OfficeKind::Spot));
        assert!("hall".parse::<OfficeKind>().is_err());
    }
}
