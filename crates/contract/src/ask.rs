//! Questions: they change nothing.

use crate::{
    Secret,
    act::{FormsOf, PaperOf},
    requests,
    view::*,
};
use daiban_domain::{
    DeviceId, DocumentId, UnitCode,
    case::{Order, State, custody::Whereabouts},
    matter::Kind,
};
use serde::{Deserialize, Serialize};

/// Who and where this desk is. `NotEnrolled` when the folder is new.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Desk {}

/// Who works at this device; also while it is locked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Users {}

/// Whether a new password would do. It is kept nowhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckPassword {
    /// Whose it would be.
    pub name: String,
    pub password: Secret,
}

/// What to do now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Home {}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Cases {
    /// Only these states; empty for all.
    pub states: Vec<State>,
    /// Only cases registered by this unit, one below it, or one that was merged into them.
    pub unit: Option<UnitCode>,
    /// Only cases with a field conflict or a contested event.
    pub doubtful: bool,
    /// Only cases whose next term ends then; these stand soonest first.
    pub due: Option<DueIn>,
    /// Two characters of a name, pinyin initials, a case number or part of one, an identity number, a phone number.
    pub search: Option<String>,
    /// What is found comes by when it was recorded, not by its terms.
    pub order: Order,
    /// 0 for the default of 50.
    pub limit: u32,
    pub offset: u32,
}

/// When the next term of a case ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DueIn {
    Overdue,
    Today,
    /// After today, by the next working day.
    Next,
    /// Today or by the next working day.
    Soon,
}

/// One case, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    pub case_no: String,
}

/// A page of matters (来访事项), those that are due first before the others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Matters {
    pub kind: Option<Kind>,
    /// Only those that concern this unit or one below it.
    pub unit: Option<UnitCode>,
    /// Only those that aren't closed.
    pub open: bool,
    /// Only those due by this day.
    pub due: Option<jiff::civil::Date>,
    /// 0 for the default of 50.
    pub limit: u32,
    pub offset: u32,
}

/// Drafts of the catalogue (三上三下) that this desk holds, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drafts {}

/// One of them, with every round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    pub draft_no: String,
}

/// One matter, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Matter {
    pub matter_no: String,
}

/// What the ratings of a period come to, at and below a unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Ratings {
    /// This desk's, if none is named.
    pub unit: Option<UnitCode>,
    /// The first of this month, if it isn't said.
    pub from: Option<jiff::civil::Date>,
    /// Today, if it isn't said.
    pub to: Option<jiff::civil::Date>,
}

/// Cases that are over and that nobody has rated, as far as this desk knows; those that ended last first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ToRate {
    /// 0 for the default of 50.
    pub limit: u32,
}

/// Service items that may be recorded at this desk today, found by name, plain name or pinyin initials.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Items {
    pub search: String,
}

/// One service item: what it needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub item_id: String,
}

/// What has changed in the catalogue lately, or is about to (变化说明): the newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ItemChanges {}

/// What the rules V01 to V24 find in the published catalogue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckItems {}

/// Entries of the registers of residents held here, and what other entries may be about the same people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Residents {
    /// Two characters of a name, pinyin initials, an identity or phone number or the beginning of one; those that came last,
    /// if nothing is said.
    pub search: String,
}

/// What whoever is at work has begun to record and left, the last one first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Unfinished {}

/// What they have begun to write as a notice and left, likewise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UnfinishedNotices {}

/// What this device's scanner has written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scans {}

/// One file of it, by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scan {
    pub name: String,
}

/// The same person entered twice and the same request made twice, as far as this desk holds both.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Duplicates {
    /// Of each at most; 0 for the default of 50.
    pub limit: u32,
}

/// One person: their entries in all registers held here, and their cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// One of the entries.
    pub id: DocumentId,
}

/// One 一件事: its items, merged materials and fields, and what it saves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifeEvent {
    pub bundle_id: String,
    /// The catalogue file to look into where the county has published none.
    #[serde(default)]
    pub catalogue: Option<String>,
}

/// The form as it would be printed now, as SVG pages. Records nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    pub case_no: String,
    /// `F01`, `F02`.
    pub form: String,
}

/// How far a batch of forms is that is being made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormsProgress {}

/// What a batch may be printed of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormsDue {
    pub of: FormsOf,
}

/// The printers of the system, and what is the matter with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Printers {}

/// Whether a paper is genuine, by the text of its QR code, and what has become of its case since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckForm {
    pub text: String,
}

/// The same of a form that is no case's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewPaper {
    pub of: PaperOf,
}

/// A photo or scan of a case, to be looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    pub case_no: String,
    /// Its hash, or the beginning of it.
    pub hash: String,
    /// Of a photo a small one.
    #[serde(default)]
    pub small: bool,
}

/// What is set at this desk alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {}

/// The numbers in which counties differ, as they stand today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountySettings {}

/// The units at and below this desk, those that are no more included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Units {}

/// Everybody at and below this desk's unit, with what is known of their posts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Staff {}

/// Who stands in for whom at this desk's unit, the past included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delegations {}

/// Why a case stands where it stands: its clocks with how they were counted, and what doesn't count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Explain {
    pub case_no: String,
}

/// A hand-over, line by line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    pub batch: String,
}

/// Hand-overs: those under way, and the latest others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Batches {
    /// 0: as many as a page shows.
    #[serde(default)]
    pub limit: u32,
}

/// Cases by where their originals are, those that have been there longest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Originals {
    /// Wherever but with the resident, if nothing is said.
    #[serde(default)]
    pub place: Option<Whereabouts>,
    /// There for so many days at least.
    #[serde(default)]
    pub days: u16,
    /// 0: as many as a page shows.
    #[serde(default)]
    pub limit: u32,
    #[serde(default)]
    pub offset: u32,
}

/// Where the records of this desk have got to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sync {}

/// Where this desk's own backups go, and how the last ones went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backups {}

/// Where bundles may go to and come from: the sticks in this machine, and the desk's own folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sticks {}

/// What a person picks in the system's own dialog; no answer if they thought better of it. The window answers it, not the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pick {
    pub what: Pickable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pickable {
    /// To put something in.
    Folder,
    /// Of this program: what came on a stick.
    File,
    /// XLSX or CSV.
    Table,
    /// A PDF or a picture.
    Document,
}

/// Has the window fill the screen, or be as it was. The window answers it, not the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FullScreen {
    pub on: bool,
}

/// A year's working days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calendar {
    pub year: i16,
}

/// When a term ends (the command line's `due`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Due {
    pub from: jiff::civil::Date,
    pub working_days: u16,
}

/// Whose paper tells a day that a later calendar has moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToTell {}

/// A village's service spots, or the county's departments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Offices {
    /// This desk's own if there is none.
    #[serde(default)]
    pub unit: Option<UnitCode>,
}

/// The devices of this desk's unit and below.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Devices {}

/// What revoked devices wrote after the last of their entries that count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {}

/// Whose data lay on a device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Breach {
    pub device: DeviceId,
}

/// Who read, printed, let out what, of this desk's unit and below; with what was done to devices, roles and records.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Audit {
    pub unit: Option<UnitCode>,
    pub since: Option<jiff::civil::Date>,
    /// Only about this case.
    pub case_no: Option<String>,
    /// 0 for the default of 200.
    pub limit: u32,
}

/// 倒查: all that was done with one case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditCase {
    pub case_no: String,
}

/// Whether what audits go by stands as it was signed for: chains and signatures of all feeds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerifyAudit {}

/// Of cases, what a person has to look at: fields with two values, acts that don't count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Doubts {
    /// Cases at most; 0 for the default of 50.
    pub limit: u32,
}

/// What is late and who is silent, at a unit and right below it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Overview {
    /// This desk's, if none is named.
    pub unit: Option<UnitCode>,
    /// Instead of those right below it all that are called so, pinyin initials included.
    pub search: String,
}

/// Database, chains, signatures, projections = documents (the command line's `verify`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verify {}

/// A page of the handbook; and the pages in which something is said, all of them if nothing is looked for. Answered also where nobody
/// is enrolled or has given a password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Handbook {
    pub page: String,
    #[serde(default)]
    pub find: String,
}

/// What waits at the printers, what failed, and what was printed or saved here today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prints {}

/// Notices that are for this unit or come from it or one below it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Notices {
    /// A part of a title, an issuer or a text, or of a title's pinyin initials; empty for all.
    #[serde(default)]
    pub search: String,
    /// What stands in titles alone.
    #[serde(default)]
    pub titles: bool,
    /// 0 for as many as there is room for.
    #[serde(default)]
    pub limit: u32,
}

/// One notice with its text, and who has read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub id: DocumentId,
}

/// A picture or paper that belongs to a notice, to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoticeAttachment {
    pub id: DocumentId,
    /// The beginning of it is enough.
    pub hash: String,
}

requests! {
    Desk -> DeskView,
    Handbook -> HandbookView,
    Users -> UsersView,
    CheckPassword -> PasswordView,
    Home -> HomeView,
    Cases -> CaseList,
    Case -> CaseView,
    Matters -> MatterList,
    Matter -> MatterView,
    Drafts -> Vec<DraftRow>,
    Draft -> DraftView,
    Ratings -> RatingsView,
    ToRate -> Vec<CaseRow>,
    Items -> Vec<ItemRow>,
    Item -> daiban_domain::item::Item,
    ItemChanges -> Vec<ItemChange>,
    CheckItems -> CheckedItems,
    Residents -> Vec<ResidentRow>,
    Unfinished -> Vec<UnfinishedRequest>,
    UnfinishedNotices -> Vec<UnfinishedNotice>,
    Scans -> ScansView,
    Scan -> AttachmentContent,
    Duplicates -> DuplicatesView,
    Person -> PersonView,
    LifeEvent -> LifeEventView,
    Preview -> PreviewView,
    CheckForm -> FormCheckView,
    FormsDue -> FormsDueView,
    FormsProgress -> Option<ProgressView>,
    Printers -> Vec<PrinterView>,
    PreviewPaper -> PreviewView,
    Attachment -> AttachmentContent,
    Settings -> SettingsView,
    CountySettings -> Vec<CountySettingView>,
    Units -> Vec<UnitView>,
    Offices -> Vec<daiban_domain::office::Office>,
    Staff -> Vec<StaffView>,
    Delegations -> Vec<DelegationView>,
    Explain -> ExplanationView,
    Batch -> BatchView,
    Batches -> Vec<BatchRow>,
    Originals -> OriginalsView,
    Sync -> SyncView,
    Backups -> BackupView,
    Sticks -> SticksView,
    Pick -> Option<String>,
    FullScreen -> (),
    Calendar -> CalendarView,
    Due -> DueView,
    ToTell -> ToTellList,
    Devices -> Vec<DeviceView>,
    Held -> Vec<HeldView>,
    Breach -> BreachView,
    Audit -> AuditView,
    AuditCase -> AuditCaseView,
    VerifyAudit -> VerifyView,
    Doubts -> DoubtsView,
    Prints -> PrintsView,
    Notices -> NoticesView,
    Notice -> NoticeView,
    NoticeAttachment -> AttachmentContent,
    Overview -> OverviewView,
    Verify -> VerifyView,
}
