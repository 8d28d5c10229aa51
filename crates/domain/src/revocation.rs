//! Taking a device out of use, and what becomes of what it writes afterwards (DOMAIN §2.3, §11.6).

use crate::{Level, Role};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Why a device is revoked. The county reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    Stolen,
    Lost,
    /// Something is written by it that nobody here has written.
    Suspected,
    /// Another one has taken its place.
    Replaced,
}

/// A text that names no ground.
#[derive(Debug, Clone, thiserror::Error)]
#[error("unknown ground: {0:?}")]
pub struct UnknownGround(pub String);

impl Ground {
    pub const ALL: [Self; 4] = [Self::Stolen, Self::Lost, Self::Suspected, Self::Replaced];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stolen => "stolen",
            Self::Lost => "lost",
            Self::Suspected => "suspected",
            Self::Replaced => "replaced",
        }
    }

    /// The name on screen.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Stolen => "被盗",
            Self::Lost => "丢失",
            Self::Suspected => "疑似被他人使用",
            Self::Replaced => "停用或更换",
        }
    }

    /// Whether personal information may have come into others' hands: then 个人信息保护法 第五十七条 applies.
    pub fn breach(self) -> bool {
        self != Self::Replaced
    }
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Ground {
    type Err = UnknownGround;

    fn from_str(text: &str) -> Result<Self, UnknownGround> {
        Self::ALL
            .into_iter()
            .find(|ground| ground.as_str() == text)
            .ok_or_else(|| UnknownGround(text.to_owned()))
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
