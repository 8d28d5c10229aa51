//! Recording a request: what stands on the page before it is saved.

mod applicant;
pub mod draft;
mod extra;
mod materials;
mod pick;
mod receipt;

pub use applicant::ApplicantCard;
pub use draft::{Draft, Drafts, Edit};
pub use extra::ExtraCard;
pub use materials::MaterialsCard;
pub use pick::Pick;
pub use receipt::Receipt;
