//! 练习: a desk beside the real one, with made-up people, that reaches nobody.

use crate::requests;
use daiban_domain::Level;
use serde::{Deserialize, Serialize};

/// Opens the practice desk; what follows goes to it until [`LeavePractice`]. The real desk stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Practise {
    /// As whose desk: there is one of each level.
    pub at: Level,
    /// Throws away what was practised before.
    #[serde(default)]
    pub anew: bool,
}

/// Back to the real desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeavePractice {}

requests! {
    Practise -> (),
    LeavePractice -> (),
}
