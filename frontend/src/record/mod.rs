//! Recording a request: what stands on the page before it is saved.

pub mod draft;
mod applicant;
mod extra;
mod materials;
mod pick;
mod receipt;

pub use applicant::ApplicantCard;
pub use draft::{Draft, Edit};
pub use extra::ExtraCard;
pub use materials::MaterialsCard;
pub use pick::Pick;
pub use receipt::Receipt;
