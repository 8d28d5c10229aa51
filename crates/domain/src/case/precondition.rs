//! What an act needs beside its row of the state table. [`fits`] looks at what earlier acts have come to: it counts in
//! the fold too, so that of two extensions made apart only one does. [`ready`] looks at what has been said, at
//! materials and days: the desk that takes the act answers for it, and nobody else's fold asks again.

mod fits;
mod ready;

pub use fits::fits;
pub use ready::{Ground, LICENCE_REFUSALS, blocked, decides_on_licence, ready, separated, unqualified};

use super::{
    Folded, Said,
    transition::{self, Refusal, Setting, Transition},
};
use crate::{Level, Role};

/// The row under which someone with these roles may take an act now, and the role that they take it in; of several roles
/// the first that fits.
pub fn allowed(
    folded: &Folded,
    event: &str,
    said: &Said,
    roles: &[Role],
    level: Level,
    setting: &Setting<'_>,
) -> Result<(&'static Transition, Role), Refusal> {
    // Without any role the table tells what is needed.
    let (row, _) = transition::find(folded.state, event, roles, level, setting)?;
    let mut refused = None;
    for role in roles {
        let Ok((row, role)) = transition::find(folded.state, event, &[*role], level, setting) else {
            continue;
        };
        match fits(folded, event, said, role, setting) {
            Ok(()) => return Ok((row, role)),
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
    }
    Err(refused.unwrap_or(Refusal::WrongState { state: folded.state, name: row.zh.clone() }))
}

#[cfg(test)]
mod tests;
