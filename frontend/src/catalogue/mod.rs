//! The county's catalogue as those see it who answer for it.

mod draft;
mod findings;

pub use draft::{Draft, Drafts};
pub use findings::Findings;
