//! Printed forms: facts in, a laid-out document out, and from that the PDF and the picture of it on screen.
//!
//! A form is one file and knows wording and order; [`typeset`] knows fonts, lines, tables and printpdf. Dates are counted
//! elsewhere; here they are only printed.

mod acceptance_notice;
mod applicant;
mod issuer;
mod registration_receipt;
pub mod typeset;

pub use acceptance_notice::{AcceptanceNotice, NoticeKind};
pub use applicant::Party;
pub use issuer::{Issuer, MaterialLine};
pub use registration_receipt::{RegistrationReceipt, Together};
pub use typeset::{About, Faces, FormError, Layout, covers, pdf, svg};

#[cfg(test)]
mod tests;
