//! Recording a request: what stands on the page before it is saved.

mod applicant;
pub mod draft;
mod extra;
mod kept;
mod materials;
mod pick;
mod receipt;
mod register;
mod registered;
mod unfinished;
mod wizard;

pub use applicant::ApplicantCard;
pub use draft::{Draft, Drafts, Edit};
pub use extra::ExtraCard;
pub use kept::use_keeping;
pub use materials::MaterialsCard;
pub use pick::Pick;
pub use receipt::Receipt;
pub use unfinished::UnfinishedList;
pub use wizard::Wizard;
