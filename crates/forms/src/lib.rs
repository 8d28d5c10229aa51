use jiff::civil::Date;
use std::path::PathBuf;
pub struct Faces;
impl Faces { pub fn load(_: &[PathBuf]) -> Result<Self, FormError> { Ok(Faces) } }
pub struct Layout;
#[derive(Debug, thiserror::Error)]
pub enum FormError { #[error("x")] GlyphMissing { chars: Vec<char> } }
pub struct Issuer { pub unit_full_name: String, pub address: String, pub phone: String, pub complaint_phone: String }
pub struct MaterialLine { pub name: String, pub originals: u16, pub copies: u16, pub note: String }
pub struct RegistrationReceipt { pub issuer: Issuer, pub number: Option<String>, pub copy: u32, pub case_no: String, pub item_name: String, pub impl_code: String, pub applicant_name: String, pub id_no_masked: String, pub phone_masked: String, pub entrusted_on: Date, pub agent: String, pub agent_phone: String, pub materials: Vec<MaterialLine>, pub gaps: Vec<String>, pub hand_over_by: Option<Date>, pub township_name: String, pub on: Date }
pub struct AcceptanceNotice { pub issuer: Issuer, pub number: Option<String>, pub copy: u32, pub case_no: String, pub item_name: String, pub impl_code: String, pub applicant_name: String, pub id_no_masked: String, pub phone_masked: String, pub agent: Option<String>, pub applied_on: Date, pub received_on: Date, pub kind: NoticeKind, pub handling_type: String, pub statutory_says: String, pub promise_says: String, pub materials: Vec<MaterialLine>, pub basis: String, pub clerk: String, pub on: Date }
pub enum NoticeKind { Receipt { notice_by: Date }, Acceptance { accepted_on: Date, due: Date, provisional: bool, instant: bool } }
impl RegistrationReceipt { pub fn lay_out(&self, _: &Faces) -> Result<Layout, FormError> { Ok(Layout) } }
impl AcceptanceNotice { pub fn lay_out(&self, _: &Faces) -> Result<Layout, FormError> { Ok(Layout) } }
pub fn pdf(_: &Layout, _: &Faces, _: &str, _: &str) -> Vec<u8> { vec![] }
pub fn svg(_: &Layout, _: &Faces) -> Vec<String> { vec![] }
