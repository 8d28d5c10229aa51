//! What people say of how they were served (好差评): by themselves at this screen, or from a slip that somebody types in.

mod choose;
mod draft;
mod face;
mod hold;
mod reasons;
mod slip;
mod turned;

pub use choose::ToRateSheet;
pub use slip::SlipForm;
pub use turned::RatePage;
