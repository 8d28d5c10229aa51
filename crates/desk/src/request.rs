//! Requests by name: from what came over a seam to the function that answers it.

use crate::{Desk, Trouble};
use daiban_contract::{Code, Failure, Request, act, ask};
use daiban_domain::Instant;
use serde_json::Value;

macro_rules! answer {
    ($self:ident, $name:ident, $body:ident, $now:ident;
     $($request:ty => $method:ident),* $(,)?; $($slow:ty => $slow_method:ident),* $(,)?) => {
        match $name {
            $(<$request>::NAME => encode($self.$method(decode::<$request>($body)?, $now)?),)*
            $(<$slow>::NAME => encode($self.$slow_method(decode::<$slow>($body)?, $now).await?),)*
            other => Err(Trouble::new(Code::BadInput, format!("程序不认识这个请求：{other}。"))),
        }
    };
}

impl Desk {
    /// Answers a request that crossed a seam as its name and its JSON.
    pub async fn answer(&self, name: &str, body: Value, now: Instant) -> Result<Value, Failure> {
        let answer: Result<Value, Trouble> = async {
            answer! { self, name, body, now;
                ask::Desk => desk,
                ask::Handbook => handbook,
                ask::Users => users,
                ask::CheckPassword => check_password,
                ask::Home => home,
                ask::Cases => cases,
                ask::Case => case,
                ask::Matters => matters,
                ask::Matter => matter,
                ask::Drafts => drafts,
                ask::Draft => draft,
                ask::Ratings => ratings,
                ask::ToRate => to_rate,
                ask::Items => items,
                ask::Item => item,
                ask::ItemChanges => item_changes,
                ask::CheckItems => check_items,
                ask::Residents => residents,
                ask::Unfinished => unfinished,
                ask::UnfinishedNotices => unfinished_notices,
                ask::Scans => scans,
                ask::Scan => scan,
                ask::Duplicates => duplicates,
                ask::Person => person,
                ask::LifeEvent => life_event,
                ask::Preview => preview,
                ask::PreviewPaper => preview_paper,
                ask::Attachment => attachment,
                ask::Settings => settings,
                ask::CountySettings => county_settings,
                ask::Units => units,
                ask::Offices => offices,
                ask::Staff => staff,
                ask::Delegations => delegations,
                ask::Explain => explain,
                ask::Batch => batch,
                ask::Batches => batches,
                ask::Originals => originals,
                ask::Sync => sync,
                ask::Backups => backups,
                ask::Sticks => sticks,
                ask::Calendar => calendar,
                ask::Due => due,
                ask::ToTell => to_tell,
                ask::Devices => devices,
                ask::Held => held,
                ask::Breach => breach,
                ask::CheckForm => check_form,
                ask::FormsDue => forms_due,
                ask::FormsProgress => forms_progress,
                ask::Printers => printers,
                ask::Audit => audit,
                ask::AuditCase => audit_case,
                ask::VerifyAudit => verify_audit,
                ask::Doubts => doubts,
                ask::Overview => overview,
                ask::Prints => prints,
                ask::Notices => notices,
                ask::Notice => notice,
                ask::NoticeAttachment => notice_attachment,
                ask::Verify => verify,
                act::AskEnrolment => ask_enrolment,
                act::FinishEnrolment => finish_enrolment,
                act::Unlock => unlock,
                act::Lock => lock,
                act::SetPassword => set_password,
                act::RemoveUser => remove_user,
                act::Record => record,
                act::RecordLifeEvent => record_life_event,
                act::Act => act,
                act::HandOver => hand_over,
                act::ReceiveBatch => receive_batch,
                act::RecordMatter => record_matter,
                act::ActOnMatter => act_on_matter,
                act::Rate => rate,
                act::KeepUnfinished => keep_unfinished,
                act::DropUnfinished => drop_unfinished,
                act::KeepUnfinishedNotice => keep_unfinished_notice,
                act::DropUnfinishedNotice => drop_unfinished_notice,
                act::SetScanFolder => set_scan_folder,
                act::Set => set,
                act::Settle => settle,
                act::Unsettle => unsettle,
                act::Suggest => suggest,
                act::Unmask => unmask,
                act::Entrust => entrust,
                act::RevokeEntrustment => revoke_entrustment,
                act::AnswerSuggestion => answer_suggestion,
                act::SaveForm => save_form,
                act::SaveForms => save_forms,
                act::StopForms => stop_forms,
                act::SavePaper => save_paper,
                act::BackUp => back_up,
                act::PlanBackups => plan_backups,
                act::Restore => restore,
                act::SaveSupport => save_support,
                act::SetWays => set_ways,
                act::RevokeDevice => revoke_device,
                act::ReviewHeld => review_held,
                act::SetRoles => set_roles,
                act::ListAffected => list_affected,
                act::Erase => erase,
                act::Publish => publish,
                act::BeginDraft => begin_draft,
                act::ActOnDraft => act_on_draft,
                act::PublishDraft => publish_draft,
                act::Archive => archive,
                act::ImportCalendar => import_calendar,
                act::ImportResidents => import_residents,
                act::SetResident => set_resident,
                act::LinkResidents => link_residents,
                act::VoidDuplicate => void_duplicate,
                act::Attach => attach,
                act::Detach => detach,
                act::SaveAttachment => save_attachment,
                act::PurgeAttachments => purge_attachments,
                act::ChangeSetting => change_setting,
                act::StateDay => state_day,
                act::PublishSetting => publish_setting,
                act::ImportUnits => import_units,
                act::SetStaff => set_staff,
                act::SetOffice => set_office,
                act::ActOnPrint => act_on_print,
                act::PublishNotice => publish_notice,
                act::ConfirmNotice => confirm_notice,
                act::TakeBackNotice => take_back_notice,
                act::SaveNoticeAttachment => save_notice_attachment,
                act::ChangeAgent => change_agent,
                act::Delegate => delegate,
                act::ExportBundle => export_bundle,
                act::ImportBundle => import_bundle;
                act::Enrol => enrol,
                act::AddUser => add_user,
                act::IssueCode => issue_code,
                act::Exchange => exchange,
                act::CallRelay => call_relay,
            }
        }
        .await;
        Ok(answer?)
    }
}

pub(crate) fn decode<R: Request>(body: Value) -> Result<R, Trouble> {
    serde_json::from_value(body).map_err(|error| {
        // serde's own words may quote the input, which may hold personal data.
        Trouble::new(Code::BadInput, format!("请求读不懂：{}，第 {} 列附近。", R::NAME, error.column()))
    })
}

fn encode<T: serde::Serialize>(answer: T) -> Result<Value, Trouble> {
    serde_json::to_value(answer)
        .map_err(|error| Trouble::new(Code::Internal, "答复写不成 JSON。").because(error))
}
