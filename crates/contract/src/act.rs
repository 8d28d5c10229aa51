//! Acts: each is one transaction and answers with what it changed.

mod attachment;
mod backup;
mod case;
mod catalogue;
mod device;
mod enrol;
mod erase;
mod exchange;
mod matter;
mod notice;
mod paper;
mod practice;
mod resident;
mod setting;
mod staff;
mod unfinished;
mod user;

pub use attachment::{Attach, Detach, PurgeAttachments, SaveAttachment};
pub use backup::{BackUp, PlanBackups, Restore};
pub use case::{
    Act, AnswerSuggestion, Channel, Entrust, HandOver, ReceiveBatch, ReceivedLine, Record, RecordLifeEvent,
    RevokeEntrustment, Set, Settle, Suggest, Unmask, Unsettle, VoidDuplicate,
};
pub use catalogue::{ActOnDraft, BeginDraft, Publish, PublishDraft};
pub use device::{IssueCode, ListAffected, ReviewHeld, RevokeDevice, SaveSupport, SetRoles};
pub use enrol::{AskEnrolment, Enrol, FinishEnrolment};
pub use erase::{Archive, Erase, Personal};
pub use exchange::{CallRelay, Exchange, ExportBundle, ImportBundle, SetWays};
pub use matter::{ActOnMatter, Rate, RecordMatter};
pub use notice::{ConfirmNotice, PublishNotice, SaveNoticeAttachment, TakeBackNotice};
pub use paper::{ActOnPrint, FormsOf, PaperOf, PrintAct, PrintTo, SaveForm, SaveForms, SavePaper, StopForms};
pub use practice::{LeavePractice, Practise};
pub use resident::{ImportResidents, LinkResidents, SetResident};
pub use setting::{ChangeSetting, ImportCalendar, ImportUnits, PublishSetting, StateDay};
pub use staff::{ChangeAgent, Delegate, SetOffice, SetStaff};
pub use unfinished::{
    DropUnfinished, DropUnfinishedNotice, KeepUnfinished, KeepUnfinishedNotice, SetScanFolder,
};
pub use user::{AddUser, Lock, RemoveUser, SetPassword, Unlock};

use crate::{requests, view::*};
use daiban_domain::office::Office;

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
    SetOffice -> Vec<Office>,
    ChangeAgent -> AgentChanged,
    Delegate -> Vec<DelegationView>,
    Exchange -> Exchanged,
    CallRelay -> Exchanged,
}
