//! One case: what stands in it, what was done, what may be done next.

use super::{AttachmentView, DuplicateView, FormView, Light, MayRateView, PaperView, RatingView};
use daiban_domain::{EventId, Instant, UnitCode, case::State, case::entrustment::Power, check};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who asks: a person, or an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Applicant {
    pub name: String,
    /// GA/T 2000.156, 111 being the resident identity card; `USCC` for an organisation, which has a credit code.
    pub id_type: String,
    /// Of a newborn without one, `NB`, the guardian's number and the birth date; made of these if it isn't said.
    pub id_no: String,
    pub phone: String,
    pub address: String,
    /// 邻居代转: whose telephone it is, where the applicant has none.
    pub contact: String,
    /// 法定代表人（负责人）, of an organisation.
    pub legal_representative: String,
    /// 经办人: who comes for it, and the number of their identity card.
    pub handler_name: String,
    pub handler_id_no: String,
    /// 监护人, of a child without a number.
    pub guardian_name: String,
    pub guardian_id_no: String,
    /// The child's birth date.
    pub birth: String,
}

impl Applicant {
    pub fn organisation(&self) -> bool {
        self.id_type == check::CREDIT_CODE
    }
}

impl Default for Applicant {
    fn default() -> Self {
        Self {
            name: String::new(),
            id_type: check::RESIDENT_CARD.to_owned(),
            id_no: String::new(),
            phone: String::new(),
            address: String::new(),
            contact: String::new(),
            legal_representative: String::new(),
            handler_name: String::new(),
            handler_id_no: String::new(),
            guardian_name: String::new(),
            guardian_id_no: String::new(),
            birth: String::new(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MaterialCount {
    pub material_code: String,
    #[serde(default)]
    pub originals: u16,
    #[serde(default)]
    pub copies: u16,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recorded {
    pub case_no: String,
    pub state: State,
    pub warnings: Vec<Warning>,
}

/// A gap or a doubt; nothing was refused for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub code: String,
    /// e.g. `applicant.idNo`, `fields.bankAccount`, `materials.APP`
    pub path: String,
    pub message: String,
}

/// How far a record has got. Only a signed receipt of the holder fills the second and third.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reach {
    /// 已存本机
    #[default]
    Here,
    /// 乡镇已收到
    Township,
    /// 县中心已收到
    County,
    /// 待重传: the county had it, was restored from an old backup, and doesn't have it again yet.
    Resend,
}

/// One case, masked as a page is (DOMAIN §8.6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseView {
    pub case_no: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub state: State,
    pub state_name: String,
    pub item_id: String,
    pub item_name: String,
    pub item_version: u16,
    pub handling_type_name: String,
    pub channel: String,
    pub registered_on: Date,
    /// Numbers of the cases that were recorded with this one for one event in a life (一件事).
    #[serde(default)]
    pub together: Vec<String>,
    /// The service spot of the village where it was recorded.
    #[serde(default)]
    pub spot: String,
    /// The case that it goes on from, and those that go on from it, after a transfer.
    #[serde(default)]
    pub goes_on_from: String,
    #[serde(default)]
    pub goes_on_in: Vec<String>,
    /// Who looks after it for its village; empty for a case of the window's.
    #[serde(default)]
    pub agent: String,
    /// Other cases that look like the same request (重复申请).
    #[serde(default)]
    pub duplicates: Vec<DuplicateView>,
    /// Of a voided one: the number of the case that goes on in its place.
    #[serde(default)]
    pub surviving: String,
    pub applicant: Applicant,
    /// Paths of which something is hidden; [`crate::act::Unmask`] shows them.
    #[serde(default)]
    pub masked: Vec<String>,
    /// What this desk may correct now, e.g. `applicant.phone`, `fields.bankAccount`.
    pub correctable: Vec<String>,
    pub fields: Vec<FieldView>,
    pub materials: Vec<MaterialView>,
    /// Photos and scans.
    #[serde(default)]
    pub attachments: Vec<AttachmentView>,
    /// What was said of how it was handled, as far as this desk's person may see it.
    #[serde(default)]
    pub ratings: Vec<RatingView>,
    #[serde(default)]
    pub may_rate: MayRateView,
    /// What it is about is nobody else's to read over a shoulder (社会救助).
    #[serde(default)]
    pub discreet: bool,
    pub events: Vec<EventView>,
    pub conflicts: Vec<ConflictView>,
    /// The resident's mandate to the agent.
    #[serde(default)]
    pub entrustment: Option<EntrustmentView>,
    /// Corrections that the village suggests and that nobody has answered yet.
    #[serde(default)]
    pub suggestions: Vec<SuggestionView>,
    pub deadlines: Vec<DeadlineView>,
    /// What this desk may do next, the ordinary step first.
    pub offers: Vec<OfferView>,
    /// The forms this case has earned.
    pub forms: Vec<FormView>,
    pub papers: Vec<PaperView>,
    /// Numbers of the hand-overs that it has travelled with, the last one last.
    #[serde(default)]
    pub batches: Vec<String>,
    pub reach: Reach,
    /// Every entry of the case lies under the county's signed receipt.
    pub county_receipt: bool,
    /// An act doesn't count, and nobody has seen to it.
    pub contested: bool,
    /// An event of a newer program; no legal paper is printed before an update.
    pub incomplete: bool,
    /// Changes that were received and don't count, e.g. 有 2 条改动没有算进来（编号接不上），已通知填写的人重新提交; empty if
    /// there are none.
    #[serde(default)]
    pub set_aside: String,
    /// 视同受理, computed as of today (never written).
    pub deemed_accepted: bool,
    /// Who may have answered in time without its being known here; empty if the silence is certain.
    #[serde(default)]
    pub deemed_accepted_unheard: String,
    pub warnings: Vec<Warning>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldView {
    pub key: String,
    pub label: String,
    /// A code of the catalogue's field types, e.g. `date`; one that this program doesn't know is shown as text.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// What a choice may be.
    #[serde(default)]
    pub options: Vec<String>,
    /// As it is stored, e.g. `2026-11-23`, `true`.
    pub value: String,
    /// As people read it, e.g. 2026年11月23日, 是.
    #[serde(default)]
    pub says: String,
    pub required: bool,
    /// Asked, given the other answers; what isn't may still have a value.
    #[serde(default)]
    pub asked: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MaterialView {
    pub material_code: String,
    pub name: String,
    pub originals: u16,
    pub copies: u16,
    /// What the item asks for.
    pub originals_needed: u16,
    pub copies_needed: u16,
    pub required: bool,
    pub tolerable: bool,
    pub received: bool,
    /// Originals that haven't gone back to the resident.
    #[serde(default)]
    pub originals_held: u16,
    /// Where they are: 在村里, 移交途中, 在乡镇 …; empty where there are none.
    #[serde(default)]
    pub whereabouts: String,
    /// What stands in for it: 已作告知承诺, or where it was found; empty for nothing.
    #[serde(default)]
    pub replaced: String,
    /// The person here may now take a signed commitment in its place.
    #[serde(default)]
    pub commitment: bool,
    /// Case numbers of the same person within a year for which it was brought already, where the person here may now take it
    /// from there; the latest first.
    #[serde(default)]
    pub brought_before: Vec<String>,
    pub review_point: String,
    pub condition: String,
}

/// 代办委托.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntrustmentView {
    pub powers: Vec<Power>,
    /// The powers in words.
    pub says: String,
    pub from: Date,
    pub to: Option<Date>,
    pub thumbprint: bool,
    pub witness: String,
    pub revoked_on: Option<Date>,
    /// Why it doesn't stand today; empty if it does.
    pub gap: String,
}

/// A correction that waits for whoever may make it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SuggestionView {
    pub id: EventId,
    pub path: String,
    pub label: String,
    /// What stands now, and what is suggested.
    pub stands: String,
    pub value: String,
    pub reason: String,
    pub by: String,
    pub unit_name: String,
    pub on: Date,
    /// This desk may answer it.
    pub answerable: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventView {
    pub id: EventId,
    pub kind: String,
    /// e.g. 受理; the kind itself if this program doesn't know it.
    pub name: String,
    /// When it was recorded, by the device's clock.
    pub at: Instant,
    /// That clock was more than five minutes off.
    #[serde(default)]
    pub time_doubtful: bool,
    /// The head of the centre has found its day right all the same.
    #[serde(default)]
    pub day_confirmed: bool,
    /// The legal date.
    pub on: Date,
    pub by: String,
    pub role: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub device: String,
    /// Its author has signed it themselves, beside the device.
    #[serde(default)]
    pub signed: bool,
    pub contested: bool,
    /// Why it does not count, in Chinese; empty if it does.
    pub contested_why: String,
    /// It doesn't count, and nobody has seen to it.
    #[serde(default)]
    pub waits: bool,
    /// It doesn't count, and a paper of it was printed: looking at it is no decision.
    #[serde(default)]
    pub on_paper: bool,
    /// Who has looked at it as one that doesn't count.
    #[serde(default)]
    pub seen: Option<SeenView>,
    /// A field was settled, still stands so, and may be put back by [`crate::act::Unsettle`].
    #[serde(default)]
    pub may_put_back: bool,
    /// Somebody has looked at it, and whoever is here may have it listed again.
    #[serde(default)]
    pub may_list_again: bool,
    /// The state after it, if it changed one.
    pub state: Option<State>,
    /// One line for the history, e.g. 联系电话：138… → 139….
    pub says: String,
    pub payload: serde_json::Map<String, serde_json::Value>,
}

/// That somebody has looked at an act that doesn't count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeenView {
    pub by: String,
    pub unit_name: String,
    pub at: Instant,
    pub remark: String,
}

/// A field that holds more than one value until a person settles it. The first value is the one that counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    pub path: String,
    /// e.g. 联系电话
    pub label: String,
    pub values: Vec<ValueView>,
    /// Both beside each other; empty where the field can't hold both.
    #[serde(default)]
    pub both: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ValueView {
    pub value: String,
    pub by: String,
    pub unit_name: String,
    pub device: String,
    pub at: Instant,
    /// The device's clock was more than five minutes off.
    #[serde(default)]
    pub time_doubtful: bool,
    /// This one counts for now.
    pub standing: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeadlineView {
    /// `village`, `notice`, `supplement`, `promise`, `statutory`, `delivery`
    pub name: String,
    /// e.g. 承诺办结
    pub label: String,
    pub due: Date,
    pub provisional: bool,
    /// Stopped clocks are told, not lit.
    pub running: bool,
    pub light: Light,
    /// e.g. 剩 6 个工作日
    pub says: String,
    /// How it was counted.
    pub why: String,
    /// Of an overdue clock: who may have acted in time without its being known here. Empty if it is overdue for certain.
    #[serde(default)]
    pub unheard: String,
}

/// An act this desk may take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OfferView {
    pub event: String,
    /// e.g. 受理
    pub name: String,
    /// The form that comes with it.
    pub form: Option<String>,
    /// Why it can't be done now, in Chinese; empty if it can.
    pub blocked: String,
    /// What it would bring about, e.g. 现在受理，10月26日（周一）前办结。
    pub says: String,
}
