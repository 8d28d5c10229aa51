//! Printed forms: facts in, a laid-out document out, and from that the PDF and the picture of it on screen.
//!
//! A form is one file and knows wording and order; [`typeset`] knows fonts, lines, tables and printpdf. Dates are counted
//! elsewhere; here they are only printed.

mod acceptance_notice;
mod agent_change;
mod applicant;
mod card_notice;
mod case_file;
mod case_ledger;
mod certificate_refusal;
mod circular;
mod completion_notice;
mod decision_against;
mod delivery_record;
mod extension_notice;
mod fact_commitment;
mod guide;
mod hand_over_slip;
mod handbook;
mod issuer;
mod item_changes;
mod joint_review;
mod official_document;
mod one_time_notice;
mod power_of_attorney;
mod procedure_notice;
mod public_notice;
mod quarter_notice;
mod questionnaire;
mod rating_slip;
mod refusal_notice;
mod registration_receipt;
mod remedy;
mod report;
mod return_slip;
mod seal_register;
mod service_card;
mod service_visit;
mod slip;
mod supervision_notice;
mod tolerance_commitment;
pub mod typeset;

pub use acceptance_notice::{AcceptanceNotice, Accepted, NoticeKind};
pub use agent_change::{AgentChange, GivenOn};
pub use applicant::Party;
pub use card_notice::{Card, CardNotice};
pub use case_file::{CaseFile, FiledPaper};
pub use case_ledger::{CaseLedger, LedgerEntry};
pub use certificate_refusal::{CertificateRefusal, Ground};
pub use circular::{Circular, Ranked};
pub use completion_notice::{CompletionNotice, Outcome};
pub use decision_against::DecisionAgainst;
pub use delivery_record::{Delivered, DeliveryRecord};
pub use extension_notice::ExtensionNotice;
pub use fact_commitment::FactCommitment;
pub use guide::{Basics, Contact, Fee, Guide, GuideMaterial, Limits, ResultPaper};
pub use hand_over_slip::{HandOverSlip, HandedCase, HandedMaterial};
pub use handbook::{Handbook, Outlet};
pub use issuer::{Issuer, MaterialLine};
pub use item_changes::{ChangedItem, ItemChanges};
pub use joint_review::{Consulted, JointMinutes, JointReview, OrganAnswer};
pub use official_document::OfficialDocument;
pub use one_time_notice::{Instead, OneTimeNotice, Point};
pub use power_of_attorney::{Given, PowerOfAttorney};
pub use procedure_notice::ProcedureNotice;
pub use public_notice::PublicNotice;
pub use quarter_notice::{QuarterNotice, QuarterRow};
pub use questionnaire::Questionnaire;
pub use rating_slip::{RatingSlip, rating_slips};
pub use refusal_notice::RefusalNotice;
pub use registration_receipt::{RegistrationReceipt, Together};
pub use remedy::Remedy;
pub use report::{Basis, Counts, Performance, Report, Rhythm, Stock};
pub use return_slip::ReturnSlip;
pub use seal_register::{SealRegister, SealUse};
pub use service_card::{ServiceCard, service_cards};
pub use service_visit::ServiceVisit;
pub use slip::Slip;
pub use supervision_notice::SupervisionNotice;
pub use tolerance_commitment::ToleranceCommitment;
pub use typeset::{About, Faces, FlowStep, FormError, Layout, covers, joined_letters, pdf, svg};

#[cfg(test)]
mod tests;
