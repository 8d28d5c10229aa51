//! What stands in for a paper that the applicant doesn't bring: a signed commitment that replaces it for good (告知承诺; unlike
//! a tolerant acceptance nothing is owed, the statement is verified afterwards), or what is held already and is shared
//! (共享取得: asked of whoever issued it, or kept from an earlier case of the same person).

use super::{event::Said, transition::Refusal};
use crate::item::Item;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Signed by the applicant.
    Commitment,
    /// Where it was found.
    Shared(String),
}

/// By material.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    by_material: BTreeMap<String, Instead>,
    /// What verifying the commitments has found: that they hold, or that they don't.
    pub verified: Option<bool>,
}

pub const COMMIT: &str = "commitmentReplace";
pub const SHARE: &str = "share";
pub const VERIFY: &str = "verifyCommitment";

impl Replaced {
    pub(super) fn note(&mut self, event: &str, said: &Said) {
        let codes = || said.replaces.iter().cloned();
        match event {
            COMMIT => {
                self.by_material.extend(codes().map(|code| (code, Instead::Commitment)));
                self.verified = None;
            }
            SHARE => {
                let shared = |code| (code, Instead::Shared(said.source.clone()));
                self.by_material.extend(codes().map(shared));
            }
            VERIFY => self.verified = said.holds,
            _ => {}
        }
    }

    pub fn of(&self, material: &str) -> Option<&Instead> {
        self.by_material.get(material)
    }

    pub fn committed(&self) -> bool {
        self.by_material.values().any(|instead| *instead == Instead::Commitment)
    }
}

/// Whether the item lets these materials be replaced so.
pub(super) fn allowed(event: &str, said: &Said, item: &Item) -> Result<(), Refusal> {
    let not_here = |reason: String| Err(Refusal::NotHere { reason });
    if event == COMMIT && !item.commitment_allowed {
        return not_here("这个事项没有实行告知承诺。".to_owned());
    }
    let replaceable = |code: &str| {
        item.material(code).is_some_and(|material| match event {
            COMMIT => material.commitment_replaceable,
            _ => material.shareable,
        })
    };
    match said.replaces.iter().find(|code| !replaceable(code)) {
        Some(code) => {
            let name = item.material(code).map_or(code.as_str(), |material| &material.name);
            let how = if event == COMMIT { "用告知承诺代替" } else { "共享取得" };
            not_here(format!("“{name}”不能{how}。"))
        }
        None => Ok(()),
    }
}
