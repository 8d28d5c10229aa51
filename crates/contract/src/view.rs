//! What a desk answers. Texts meant for the screen are Chinese and ready to show; codes are for branching.

mod attachment;
mod audit;
mod backup;
mod case;
mod desk;
mod device;
mod doubt;
mod draft;
mod duplicate;
mod handbook;
mod life_event;
mod list;
mod matter;
mod notice;
mod organisation;
mod overview;
mod paper;
mod print;
mod rating;
mod resident;
mod rule;
mod scan;
mod stick;
mod sync;
mod unfinished;
mod user;
mod verify;

pub use attachment::{AttachmentContent, AttachmentView, SavedAttachment};
pub use audit::{AuditCaseView, AuditRow, AuditView, Unmasked};
pub use backup::{BackedUp, BackupView, Restored};
pub use case::{
    Applicant, CaseView, ConflictView, DeadlineView, EntrustmentView, EventView, FieldView, MaterialCount,
    MaterialView, OfferView, Reach, Recorded, SeenView, SuggestionView, ValueView, Warning,
};
pub use daiban_domain::case::deadlines::Light;
pub use desk::{DayAsked, DeskView, HomeView, SettingsView, TodayView, Todo, UnderWay};
pub use device::{BreachView, CodeView, DeviceView, HeldEntry, HeldView, RevokedView, SupportSaved};
pub use doubt::{Doubt, DoubtKind, DoubtsView};
pub use draft::{DraftActView, DraftCommentView, DraftRow, DraftView, FixCount, RoundView};
pub use duplicate::{
    AlikeKind, AlikePeople, BriefCase, DuplicateCases, DuplicateKind, DuplicateView, DuplicatesView,
    LinkWordView, PersonView,
};
pub use handbook::{Block, HandbookEntry, HandbookView, Span};
pub use life_event::{
    LifeEventItem, LifeEventView, MergedField, MergedMaterial, RecordedLifeEvent, SavingView, ToStop,
};
pub use list::{
    BatchLine, BatchMaterial, BatchRow, BatchView, CaseList, CaseRow, OriginalsRow, OriginalsView,
};
pub use matter::{
    AnswerView, MatterActView, MatterList, MatterOfferView, MatterRow, MatterView, RecordedMatter,
};
pub use notice::{
    NoticeAttachment, NoticeRef, NoticeRow, NoticeView, NoticesView, Reached, ReaderView, TakenBackView,
};
pub use organisation::{
    AgentChanged, DelegationView, GivenCase, HeldOriginal, StaffView, UnitRow, UnitView, UnitsImported,
};
pub use overview::{OverviewView, UnitFigures};
pub use paper::{
    DueFormView, FormCheckView, FormView, FormsDueView, PaperView, PreviewView, PrinterView, PrintingView,
    ProgressView, SavedForm, SavedForms, SavedPaper, SkippedForm, TrayView,
};
pub use print::{PrintState, PrintView, PrinterTrouble, PrintsView};
pub use rating::{GradeCount, MayRateView, RatedView, RatingView, RatingsView, ShareView, WrongGuideView};
pub use resident::{ResidentRow, RosterImported, RowFault};
pub use rule::{
    CalendarImported, CalendarView, CheckedItems, CountySettingView, DueView, ExplanationView, ItemChange,
    ItemRow, MovedDue, Published, ToTell, ToTellList,
};
pub use scan::{ScanView, ScansView};
pub use stick::{BundleView, Bundled, EnrolmentAsked, Imported, Missing, StickView, SticksView};
pub use sync::{ClockOff, Exchanged, FailureView, SyncView};
pub use unfinished::{UnfinishedNotice, UnfinishedRequest};
pub use user::{PasswordView, UserRow, UsersView};
pub use verify::{Archived, CheckView, Erased, Finding, VerifyView};
