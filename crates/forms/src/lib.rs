//! Printed forms: facts in, a laid-out document out, and from that the PDF and the picture of it on screen.
//!
//! A form is one file and knows wording and order; [`typeset`] knows fonts, lines, tables and printpdf. Dates are counted
//! elsewhere; here they are only printed.

mod acceptance_notice;
mod applicant;
mod completion_notice;
mod decision_against;
mod delivery_record;
mod extension_notice;
mod fact_commitment;
mod guide;
mod handbook;
mod issuer;
mod one_time_notice;
mod procedure_notice;
mod public_notice;
mod refusal_notice;
mod registration_receipt;
mod remedy;
mod return_slip;
mod service_card;
mod slip;
mod tolerance_commitment;
pub mod typeset;

pub use acceptance_notice::{AcceptanceNotice, NoticeKind};
pub use applicant::Party;
pub use completion_notice::{CompletionNotice, Outcome};
pub use decision_against::DecisionAgainst;
pub use delivery_record::{Delivered, DeliveryRecord};
pub use extension_notice::ExtensionNotice;
pub use fact_commitment::FactCommitment;
pub use guide::{Basics, Contact, Fee, Guide, GuideMaterial, Limits, ResultPaper};
pub use handbook::{Handbook, Outlet};
pub use issuer::{Issuer, MaterialLine};
pub use one_time_notice::{Instead, OneTimeNotice, Point};
pub use procedure_notice::ProcedureNotice;
pub use public_notice::PublicNotice;
pub use refusal_notice::RefusalNotice;
pub use registration_receipt::{RegistrationReceipt, Together};
pub use remedy::Remedy;
pub use return_slip::ReturnSlip;
pub use service_card::{ServiceCard, service_cards};
pub use slip::Slip;
pub use tolerance_commitment::ToleranceCommitment;
pub use typeset::{About, Faces, FlowStep, FormError, Layout, covers, pdf, svg};

#[cfg(test)]
mod tests;
