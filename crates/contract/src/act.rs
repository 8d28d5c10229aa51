//! Acts: each is one transaction and answers with what it changed.

mod backup;
mod device;
mod enrol;
mod notice;
mod paper;
mod practice;
mod unfinished;
mod user;

pub use backup::{BackUp, PlanBackups, Restore};
pub use device::{IssueCode, ListAffected, ReviewHeld, RevokeDevice, SaveSupport, SetRoles};
pub use enrol::{AskEnrolment, Enrol, FinishEnrolment};
pub use notice::{ConfirmNotice, PublishNotice, SaveNoticeAttachment, TakeBackNotice};
pub use paper::{ActOnPrint, FormsOf, PaperOf, PrintAct, PrintTo, SaveForm, SaveForms, SavePaper, StopForms};
pub use practice::{LeavePractice, Practise};
pub use unfinished::{
    DropUnfinished, DropUnfinishedNotice, KeepUnfinished, KeepUnfinishedNotice, SetScanFolder,
};
pub use user::{AddUser, Lock, RemoveUser, SetPassword, Unlock};

use crate::{requests, view::*};
use daiban_domain::{
    DocumentId, EventId, PersonId, UnitCode,
    case::entrustment::Power,
    delegation::Delegation,
    erasure::Ground,
    item::draft,
    matter::{self, Kind},
    rating::{self, Aspect, Grade, Reason},
    staff::{StaffType, Training},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Records a request. Never refused for gaps: they come back as warnings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    pub item_id: String,
    pub applicant: Applicant,
    #[serde(default)]
    pub fields: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    pub materials: Vec<MaterialCount>,
    /// Empty: what is usual at this desk (PROXY in a village, WINDOW in a township).
    #[serde(default)]
    pub channel: Option<Channel>,
    /// The service spot of the village where it was recorded, by name.
    #[serde(default)]
    pub spot: Option<String>,
    /// The case that it goes on from, which was transferred here (转办).
    #[serde(default)]
    pub goes_on_from: Option<String>,
    /// The entry of the register that the applicant is: what stands in `applicant` as the register shows it, masked, is meant
    /// whole.
    #[serde(default)]
    pub resident: Option<DocumentId>,
    /// The unfinished request that this was.
    #[serde(default)]
    pub unfinished: Option<u32>,
}

/// Records 一件事: a case for each of its items, of one applicant with one set of materials; all of them or none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordLifeEvent {
    /// Named by the command line.
    #[serde(default)]
    pub bundle_id: String,
    pub applicant: Applicant,
    #[serde(default)]
    pub fields: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    pub materials: Vec<MaterialCount>,
    #[serde(default)]
    pub channel: Option<Channel>,
}

/// How the request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    /// Through the village agent.
    Proxy,
    /// At the counter: recorded and received there.
    Window,
}

/// An event of the state table on a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Act {
    pub case_no: String,
    /// An event name of `state_machine.json`.
    pub event: String,
    /// What the act says; without it the obvious is taken (a batch of one, the actor reviews …).
    #[serde(default)]
    pub payload: Option<serde_json::Map<String, serde_json::Value>>,
    /// The legal date, today if none is given.
    #[serde(default)]
    pub on: Option<Date>,
}

/// Suggests a correction that is no longer this desk's to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggest {
    pub case_no: String,
    pub path: String,
    pub value: String,
    pub reason: String,
}

/// The resident's mandate to the agent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entrust {
    pub case_no: String,
    pub powers: Vec<Power>,
    /// Today if it isn't said.
    #[serde(default)]
    pub from: Option<Date>,
    /// The last day; until the case is over if it isn't said.
    #[serde(default)]
    pub to: Option<Date>,
    /// A thumbprint instead of a signature; it takes a witness.
    #[serde(default)]
    pub thumbprint: bool,
    #[serde(default)]
    pub witness: String,
}

/// Takes it back, from today on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokeEntrustment {
    pub case_no: String,
    #[serde(default)]
    pub reason: String,
}

/// Adopts a suggestion, or declines it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerSuggestion {
    pub case_no: String,
    pub suggestion: EventId,
    pub adopt: bool,
    #[serde(default)]
    pub reason: String,
}

/// Hands several cases with their paper over to the township.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HandOver {
    pub case_nos: Vec<String>,
}

/// Receives a hand-over, counted line by line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiveBatch {
    pub batch: String,
    /// Only what isn't as it was handed over.
    #[serde(default)]
    pub lines: Vec<ReceivedLine>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedLine {
    pub case_no: String,
    /// Its paper isn't there: the case stays under way.
    #[serde(default)]
    pub missing: bool,
    /// All that was counted of it.
    #[serde(default)]
    pub counted: Option<Vec<MaterialCount>>,
}

/// Corrects one field (the command line's `set`), e.g. `applicant.phone`; repeating the value it has re-affirms it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Set {
    pub case_no: String,
    pub path: String,
    pub value: String,
    #[serde(default)]
    pub reason: Option<String>,
}

/// Settles a field that two people set differently, for the values seen here, or for both of them where the field can hold
/// both; one that is masked may be named as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settle {
    pub case_no: String,
    pub path: String,
    pub value: String,
}

/// Puts a field back that was settled: both values stand there again, and somebody is to choose anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unsettle {
    pub case_no: String,
    pub path: String,
}

/// Shows a part of a case that is masked, e.g. `applicant.idNo`, `fields.bankAccount`, or who gave a rating, `ratings/` and its
/// id. That it was read, and why, is recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unmask {
    pub case_no: String,
    pub path: String,
    /// Without numbers of anybody's; the usual ones are [`daiban_domain::access::REASONS`].
    pub reason: String,
}

/// Takes down a matter (来访事项): a consultation, a complaint, a hotline ticket, an appointment, a visit at home. Whoever
/// takes it down was asked first and owns it (首问责任人).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordMatter {
    pub kind: Kind,
    pub text: String,
    /// Both may stay empty: anonymous.
    #[serde(default)]
    pub asker_name: String,
    #[serde(default)]
    pub asker_phone: String,
    #[serde(default)]
    pub channel: matter::Channel,
    /// The hotline's own number.
    #[serde(default)]
    pub ticket_no: String,
    /// A consultation that can be answered on the spot.
    #[serde(default)]
    pub on_the_spot: bool,
    /// The day agreed for an appointment or a visit.
    #[serde(default)]
    pub agreed_on: Option<Date>,
    /// What a hotline's ticket says or was promised to who complained, in working days.
    #[serde(default)]
    pub limit_days: Option<u16>,
    /// The unit that it concerns, which will see it: one below this desk's; its own if none is named.
    #[serde(default)]
    pub unit: Option<UnitCode>,
    /// The case that it is about.
    #[serde(default)]
    pub case_no: Option<String>,
}

/// An act on a matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActOnMatter {
    pub matter_no: String,
    /// `handOn`, `extend`, `answer`, `check`, `close`, `reopen`; of a bad rating also `verify`, `callBack`, `appeal`,
    /// `reviewAppeal`.
    pub event: String,
    /// What the act says. Who it is handed on to may be named by `person` as that unit calls them.
    #[serde(default)]
    pub payload: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Keeps what somebody said of how a case was handled (好差评); whether for the first or the second time follows from what
/// is known of the case. A bad first rating makes the matter in which the township looks into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rate {
    /// Named by the command line.
    #[serde(default)]
    pub case_no: String,
    /// 整体满意度: 1 非常满意 to 5 非常不满意.
    pub grade: Grade,
    #[serde(default)]
    pub aspects: BTreeMap<Aspect, Grade>,
    /// Of a bad one at least one, or a text.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    #[serde(default)]
    pub text: String,
    pub channel: rating::Channel,
    /// The day on the paper; today if it isn't said.
    #[serde(default)]
    pub rated_on: Option<Date>,
    /// Both may stay empty: anonymous.
    #[serde(default)]
    pub rater_name: String,
    #[serde(default)]
    pub rater_phone: String,
    #[serde(default)]
    pub slip_no: String,
}

/// Adds a photo or scan to a case: JPEG and PNG are made smaller as this desk is set, PDF stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Attach {
    pub case_no: String,
    /// Where it lies.
    pub file: Option<String>,
    /// Or what it is, in base 64, perhaps as a data URL.
    pub content: Option<String>,
    /// The material that it shows.
    pub material_code: Option<String>,
    /// What to call it; the material's name serves as well.
    pub name: String,
}

/// Takes a photo or scan off a case. What others hold of it, they keep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Detach {
    pub case_no: String,
    /// Its hash, or the beginning of it.
    pub hash: String,
}

/// Writes a photo or scan to a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SaveAttachment {
    pub case_no: String,
    pub hash: String,
    /// `None`: the desk's own folder for them, under a name without personal data.
    #[serde(default)]
    pub file: Option<String>,
}

/// Lets the bytes of a case's photos and scans go at this desk. Refused while the county hasn't backed up all of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PurgeAttachments {
    pub case_no: String,
}

/// Sets something at this desk alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeSetting {
    /// A key of [`SettingsView`].
    pub name: String,
    pub value: String,
}

/// Says what day it is, at a desk whose clock can't be right ([`DeskView`], `day_asked`). It counts until the county has
/// been heard again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StateDay {
    pub day: jiff::civil::Date,
}

/// Publishes one of the county's numbers; the county's to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishSetting {
    /// A name of [`CountySettingView`].
    pub name: String,
    pub value: u16,
    /// From this day on; tomorrow, the earliest, if it isn't said.
    pub since: Option<Date>,
}

/// Publishes the county's units from a table; the county's to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportUnits {
    /// A CSV file with the columns of `data/units.csv`, or their Chinese headings.
    pub file: String,
}

/// Keeps what is told of a person's post; what is `None` stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SetStaff {
    pub person: PersonId,
    #[serde(default)]
    pub staff_type: Option<StaffType>,
    /// 行政执法证号; an empty text is none.
    #[serde(default)]
    pub law_enforcement_cert_no: Option<String>,
    /// The other of A角 and B角.
    #[serde(default)]
    pub partner: Option<PersonId>,
    #[serde(default)]
    pub phone: Option<String>,
    /// One more training.
    #[serde(default)]
    pub training: Option<Training>,
    /// First and last day at the post.
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub to: Option<Date>,
}

/// Keeps a service spot of a village or a department of the county, by its unit and name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetOffice {
    pub office: daiban_domain::office::Office,
}

/// Leaves a person's roles to another of the same unit for some days; of the same two and the same first day it replaces what
/// was said before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Delegate {
    pub delegation: Delegation,
}

/// Gives all open cases of a village to its new agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeAgent {
    pub to: PersonId,
    /// The village; this desk's, if it is one.
    #[serde(default)]
    pub unit: Option<UnitCode>,
}

/// One exchange with the hub, now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exchange {
    /// Also photos and scans where the line is metered.
    pub attachments: bool,
}

/// Writes what a unit lacks into a file for a stick, sealed to its devices and those above it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExportBundle {
    /// Where to write it: a file, or a folder in which it gets a name without personal data. `None`: the desk's own folder
    /// for bundles.
    pub file: Option<String>,
    /// `None`: the unit above this desk's.
    pub unit: Option<UnitCode>,
    /// Everything that the unit may read, also what it is known to hold.
    pub all: bool,
}

/// Takes in a bundle from a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportBundle {
    pub file: String,
}

/// One exchange with the township's relay, now, whether or not the county can be reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallRelay {}

/// Sets the ways beside the county's hub; what is `None` stays as it is, an empty text is no way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SetWays {
    /// A township's desk on the local network, called while the hub can't be reached: `https://host:port`, or what of it a
    /// person types.
    pub call: Option<String>,
    /// Where this desk serves its villages: `host:port`.
    pub listen: Option<String>,
}

/// Orders that what is held of a person be erased wherever it lies, also where it is still under way. The county's to do;
/// what an organ has decided or printed is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Erase {
    pub what: Personal,
    pub ground: Ground,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Personal {
    Case {
        case_no: String,
    },
    Matter {
        matter_no: String,
    },
    /// Its id stands in the views of its case and its matter.
    Rating {
        id: DocumentId,
    },
    /// An entry of a village's register of residents.
    Resident {
        unit: UnitCode,
        id_no: String,
    },
}

/// Publishes what a draft changes in the catalogue, each item as its next version. The county's to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Publish {
    /// A catalogue in the shape of `data/items.json`.
    pub draft: String,
    /// What the catalogue is called from now on, e.g. 2026.2.
    pub version: String,
    /// When changed items come into force where the draft doesn't say; tomorrow by default.
    #[serde(default)]
    pub from: Option<jiff::civil::Date>,
}

/// Begins a draft of the catalogue, empty: this unit's proposal (三上三下).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeginDraft {
    pub title: String,
}

/// An act on a draft of the catalogue: `submit`, `comment`, `return`, `sumUp`, `withdraw`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ActOnDraft {
    pub draft_no: String,
    pub event: String,
    pub says: draft::Said,
    /// Of a submission: a catalogue in the shape of `data/items.json`. What it has in common with the published one is
    /// left out.
    pub content: String,
}

/// Publishes what a draft has come to once it is summed up, as [`Publish`] does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishDraft {
    pub draft_no: String,
    pub version: String,
    #[serde(default)]
    pub from: Option<jiff::civil::Date>,
}

/// Publishes years' working days to the whole county, from a file of the shape of `data/calendar.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportCalendar {
    pub file: String,
    /// Also years that are published otherwise.
    #[serde(default)]
    pub replace: bool,
}

/// Enters a roster, a CSV file with a heading (姓名, 证件号码 …), in a unit's register of residents. Where a row is wrong
/// nothing is taken, unless the good rows alone are asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ImportResidents {
    pub file: String,
    pub good_rows: bool,
    /// The unit whose register it is; `None`: this desk's.
    pub unit: Option<UnitCode>,
}

/// Corrects one field of an entry of the register, e.g. `phone`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetResident {
    pub id: DocumentId,
    pub field: String,
    pub value: String,
}

/// Says that two entries are about one person, or that they aren't after all: of one register, or across registers at a
/// desk that sees both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkResidents {
    pub one: DocumentId,
    pub other: DocumentId,
    pub linked: bool,
    /// Needed where the papers say otherwise, and across registers where the number isn't the same.
    #[serde(default)]
    pub reason: String,
}

/// Voids a case that asks for the same as another one (T26), and has the other take over what it lacks of materials.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VoidDuplicate {
    pub case_no: String,
    /// The number of the case that goes on.
    pub surviving: String,
    /// Needed where the one that goes on wasn't received first.
    #[serde(default)]
    pub reason: String,
    /// The resident has asked for their materials back: nothing is taken over.
    #[serde(default)]
    pub leave_materials: bool,
}

/// Lets go of years that the county has closed, where nothing is unfinished; every exchange does it too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Archive {}

requests! {
    Erase -> Erased,
    Publish -> Published,
    Archive -> Archived,
    ImportCalendar -> CalendarImported,
    ImportResidents -> RosterImported,
    SetResident -> ResidentRow,
    LinkResidents -> ResidentRow,
    VoidDuplicate -> CaseView,
    SetWays -> SyncView,
    ExportBundle -> Bundled,
    ImportBundle -> Imported,
    Record -> Recorded,
    RecordLifeEvent -> RecordedLifeEvent,
    Act -> CaseView,
    HandOver -> BatchView,
    ReceiveBatch -> BatchView,
    Set -> CaseView,
    Settle -> CaseView,
    Unsettle -> CaseView,
    Unmask -> Unmasked,
    Suggest -> CaseView,
    Entrust -> CaseView,
    RevokeEntrustment -> CaseView,
    AnswerSuggestion -> CaseView,
    RecordMatter -> RecordedMatter,
    ActOnMatter -> MatterView,
    BeginDraft -> DraftView,
    ActOnDraft -> DraftView,
    PublishDraft -> Published,
    Rate -> RatedView,
    SaveForm -> SavedForm,
    SaveForms -> SavedForms,
    StopForms -> Option<ProgressView>,
    SavePaper -> SavedPaper,
    Attach -> CaseView,
    Detach -> CaseView,
    SaveAttachment -> SavedAttachment,
    PurgeAttachments -> CaseView,
    ChangeSetting -> SettingsView,
    StateDay -> DeskView,
    PublishSetting -> Vec<CountySettingView>,
    ImportUnits -> UnitsImported,
    SetStaff -> StaffView,
    ActOnPrint -> PrintsView,
    PublishNotice -> NoticeView,
    ConfirmNotice -> NoticeView,
    TakeBackNotice -> NoticeView,
    SaveNoticeAttachment -> SavedAttachment,
    SetOffice -> Vec<daiban_domain::office::Office>,
    ChangeAgent -> AgentChanged,
    Delegate -> Vec<DelegationView>,
    Exchange -> Exchanged,
    CallRelay -> Exchanged,
}
