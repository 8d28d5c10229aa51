//! What a desk answers. Texts meant for the screen are Chinese and ready to show; codes are for branching.

use crate::Code;
use daiban_domain::{
    ContentHash, DocumentId, EventId, Instant, Level, PersonId, UnitCode,
    case::{State, entrustment::Power},
    item::check::{self, Severity},
    matter::Kind,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who and where this desk is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeskView {
    pub unit: UnitCode,
    pub unit_name: String,
    pub unit_short_name: String,
    pub level: Level,
    /// The units at and below this desk, for filters and names.
    pub units: Vec<UnitRow>,
    /// The units above, nearest first.
    #[serde(default)]
    pub above: Vec<UnitRow>,
    pub person: String,
    /// Role identifiers, e.g. `AGENT`.
    pub roles: Vec<String>,
    pub device: String,
    pub tag: String,
    pub today: Date,
    /// False: the screen says 未设密码.
    pub password_set: bool,
    pub catalogue: String,
    /// Years with an official calendar.
    pub calendar_years: Vec<i16>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitRow {
    pub code: UnitCode,
    pub name: String,
    pub level: Level,
}

/// A unit with its days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitView {
    pub code: UnitCode,
    pub full_name: String,
    pub short_name: String,
    pub level: Level,
    /// What its digits say: 镇, 乡, 街道, 居委会, 村委会 …; empty for a county.
    pub kind: String,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    /// It takes no new cases any more.
    pub ended: bool,
    pub successor_code: Option<UnitCode>,
}

/// A person at a unit, and their post as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StaffView {
    pub person: PersonId,
    pub name: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub roles: Vec<String>,
    pub staff: Option<daiban_domain::staff::Staff>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DelegationView {
    pub from_name: String,
    pub to_name: String,
    /// Today.
    pub holds: bool,
    #[serde(flatten)]
    pub delegation: daiban_domain::delegation::Delegation,
}

/// What a new agent was given: what both sign (材料交接单, F06).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentChanged {
    pub unit_name: String,
    pub to: String,
    pub on: Date,
    pub cases: Vec<GivenCase>,
    /// Originals that lie in the village, of all cases.
    pub originals: u32,
    /// e.g. 17 个在办件交给…，村里存的原件 6 份。
    pub says: String,
}

/// An open case, as it was given on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GivenCase {
    pub case_no: String,
    pub applicant_name: String,
    pub item_name: String,
    pub state: State,
    pub state_name: String,
    /// Who looked after it before.
    pub from: String,
    /// What lies in the village.
    pub originals: Vec<HeldOriginal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldOriginal {
    /// The material's.
    pub name: String,
    pub count: u16,
}

/// What the import of a table of units did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsImported {
    pub added: u64,
    pub changed: u64,
    pub same: u64,
    /// e.g. 新增 2 个单位，改动 1 个，6 个没有变化。
    pub says: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Applicant {
    #[serde(default)]
    pub name: String,
    /// GA/T 2000.156; 111 is the resident identity card.
    #[serde(default = "resident_card")]
    pub id_type: String,
    #[serde(default)]
    pub id_no: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub address: String,
}

impl Default for Applicant {
    fn default() -> Self {
        Self {
            name: String::new(),
            id_type: resident_card(),
            id_no: String::new(),
            phone: String::new(),
            address: String::new(),
        }
    }
}

fn resident_card() -> String {
    "111".to_owned()
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

/// A traffic light of a running clock (DOMAIN §4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Light {
    Green,
    Blue,
    Amber,
    Red,
    /// 停表
    Stopped,
}

/// A line of the list. Personal data is masked (DOMAIN §8.6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseRow {
    pub case_no: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub state: State,
    /// e.g. 已登记
    pub state_name: String,
    pub item_id: String,
    pub item_name: String,
    pub applicant_name: String,
    /// Masked.
    pub id_no: String,
    /// Masked.
    pub phone: String,
    pub registered_on: Date,
    /// The clock that matters now, if one runs.
    pub due: Option<Date>,
    pub light: Option<Light>,
    /// e.g. 今天到期, 剩 6 个工作日
    pub light_says: String,
    pub reach: Reach,
    /// A field that two people set differently, or an event that does not count.
    pub doubtful: bool,
    /// 即办 联办 …
    pub marks: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseList {
    pub total: u64,
    /// How many cases of each state lie in the same unit scope, whatever the search.
    pub counts: BTreeMap<State, u64>,
    pub doubtful: u64,
    pub cases: Vec<CaseRow>,
}

/// One case, unmasked.
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
    /// Who looks after it for its village; empty for a case of the window's.
    #[serde(default)]
    pub agent: String,
    pub applicant: Applicant,
    /// Of the applicant's fields those that this desk may correct now, e.g. `applicant.phone`.
    pub correctable: Vec<String>,
    pub fields: Vec<FieldView>,
    pub materials: Vec<MaterialView>,
    /// Photos and scans.
    #[serde(default)]
    pub attachments: Vec<AttachmentView>,
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
    pub reach: Reach,
    /// Every entry of the case lies under the county's signed receipt.
    pub county_receipt: bool,
    pub contested: bool,
    /// An event of a newer program; no legal paper is printed before an update.
    pub incomplete: bool,
    /// Changes that were received and don't count, e.g. 有 2 条改动没有算进来（编号接不上），已通知填写的人重新提交; empty if
    /// there are none.
    #[serde(default)]
    pub set_aside: String,
    /// 视同受理, computed as of today (never written).
    pub deemed_accepted: bool,
    pub warnings: Vec<Warning>,
}

/// 一件事: what it needs and what it saves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifeEventView {
    pub bundle_id: String,
    pub name: String,
    pub items: Vec<LifeEventItem>,
    /// What is done elsewhere.
    pub external_steps: Vec<String>,
    /// The one set of materials.
    pub materials: Vec<MergedMaterial>,
    /// The one form.
    pub fields: Vec<MergedField>,
    pub savings: Vec<SavingView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifeEventItem {
    pub item_id: String,
    pub name: String,
    /// A running benefit that ends; no case is opened.
    pub stops: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MergedMaterial {
    pub material_code: String,
    pub name: String,
    pub originals: u16,
    pub copies: u16,
    pub required: bool,
    pub condition: String,
    /// Ids of the items that ask for it.
    pub items: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MergedField {
    pub key: String,
    /// Where the items call it differently, all of it.
    pub label: String,
    pub required: bool,
    /// Ids of the items that ask it.
    pub items: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavingView {
    /// 材料, 环节, 时限, 跑动次数
    pub what: String,
    pub before: u16,
    pub after: u16,
    /// e.g. 41.67%
    pub rate: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordedLifeEvent {
    /// What the cases have in common, e.g. B01/5f0c…: the event, and an id.
    pub together: String,
    /// One a item, in the order of the event.
    pub cases: Vec<Recorded>,
    /// Benefits that end: nothing has been stopped yet.
    pub to_stop: Vec<ToStop>,
    /// Of what belongs to none of the items.
    pub warnings: Vec<Warning>,
}

/// A benefit that ends with the event, and the cases in which the person got it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToStop {
    pub item_id: String,
    pub name: String,
    pub cases: Vec<String>,
    /// What is to be done.
    pub says: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordedMatter {
    pub matter_no: String,
    pub due: Date,
    /// How the term was counted.
    pub why: String,
    pub warnings: Vec<Warning>,
}

/// A line of the list of matters. Personal data is masked (DOMAIN §8.6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatterRow {
    pub matter_no: String,
    pub kind: Kind,
    pub kind_name: String,
    /// `OPEN`, `ANSWERED`, `CHECKED`, `CLOSED`.
    pub state: String,
    pub state_name: String,
    pub unit: UnitCode,
    pub unit_name: String,
    /// Who has to see to it: a person, or a unit of which nobody has taken it up yet.
    pub owner: String,
    pub asked_on: Date,
    /// Masked; 匿名 if it isn't known who asked.
    pub asker: String,
    pub due: Date,
    pub light: Light,
    pub light_says: String,
    pub reach: Reach,
    /// An act does not count.
    pub doubtful: bool,
    /// It has left with its closed year.
    pub archived: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatterList {
    pub total: u64,
    pub matters: Vec<MatterRow>,
}

/// One matter, unmasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatterView {
    pub matter_no: String,
    pub kind: Kind,
    pub kind_name: String,
    pub state: String,
    pub state_name: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub channel: String,
    pub channel_name: String,
    pub ticket_no: String,
    pub asked_on: Date,
    pub asker_name: String,
    pub asker_phone: String,
    pub anonymous: bool,
    pub text: String,
    /// Empty for none.
    pub case_no: String,
    /// 首问责任人
    pub first_contact: String,
    /// Who has to see to it now; empty while nobody of the unit has taken it up.
    pub owner: String,
    pub owner_unit: UnitCode,
    pub owner_unit_name: String,
    pub due: Date,
    pub provisional: bool,
    /// Nobody has answered yet, or the answer was none.
    pub running: bool,
    pub light: Light,
    pub light_says: String,
    /// How the term was counted.
    pub why: String,
    pub answers: Vec<AnswerView>,
    pub acts: Vec<MatterActView>,
    /// What this desk may do next.
    pub offers: Vec<MatterOfferView>,
    pub reach: Reach,
    pub doubtful: bool,
    /// An act of a newer program.
    pub incomplete: bool,
    /// As of a case.
    pub set_aside: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerView {
    pub by: String,
    pub on: Date,
    pub text: String,
    /// 正面答复, as a second person found; `None` while nobody has looked.
    pub direct: Option<bool>,
}

/// What was done with a matter, in the order in which it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatterActView {
    pub id: EventId,
    pub event: String,
    /// e.g. 转办; the event itself if this program doesn't know it.
    pub name: String,
    pub at: Instant,
    pub time_doubtful: bool,
    pub on: Date,
    pub by: String,
    pub unit_name: String,
    /// e.g. 转给清源镇：要查银行
    pub says: String,
    pub contested: bool,
    pub contested_why: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatterOfferView {
    pub event: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldView {
    pub key: String,
    pub label: String,
    pub value: String,
    pub required: bool,
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

/// A hand-over of cases with their paper (材料交接).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchView {
    /// Its number, e.g. `20260305-A3-001`.
    pub batch: String,
    /// Who handed over, and when.
    pub unit_name: String,
    pub by: String,
    pub on: Date,
    pub lines: Vec<BatchLine>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchLine {
    pub case_no: String,
    pub applicant_name: String,
    pub item_name: String,
    pub received: bool,
    /// Its paper hasn't arrived anywhere yet.
    pub under_way: bool,
    pub materials: Vec<BatchMaterial>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchMaterial {
    pub material_code: String,
    pub name: String,
    /// As handed over.
    pub originals: u16,
    pub copies: u16,
    /// As counted on arrival; `None` before that.
    pub counted_originals: Option<u16>,
    pub counted_copies: Option<u16>,
}

/// A photo or scan of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentView {
    pub hash: ContentHash,
    /// What it was called, or the material's name, or 照片.
    pub name: String,
    /// Empty for none.
    pub material_code: String,
    pub media_type: String,
    /// In bytes.
    pub size: u64,
    /// In pixels, 0 for a PDF.
    pub width: u32,
    pub height: u32,
    pub at: Instant,
    pub by: String,
    /// It can be looked at here.
    pub here: bool,
    /// Who has said that the whole of it has come.
    pub reach: Reach,
}

/// A photo or scan to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentContent {
    pub media_type: String,
    /// In base 64.
    pub content: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedAttachment {
    pub file: String,
    pub media_type: String,
    /// In bytes.
    pub size: u64,
}

/// What is set at this desk alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// Photos are made smaller until no edge is longer, in pixels.
    pub attachment_long_edge: u32,
    /// JPEG's, from 30 to 95.
    pub attachment_quality: u8,
    /// The line is paid by the byte: photos and scans wait until someone sends them.
    pub metered: bool,
}

/// One of the county's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CountySettingView {
    /// `villageDays` …
    pub name: String,
    pub label: String,
    pub value: u16,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExplanationView {
    pub case_no: String,
    pub state: State,
    /// Sentences, the most important first.
    pub says: Vec<String>,
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
    /// The legal date.
    pub on: Date,
    pub by: String,
    pub role: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub device: String,
    pub contested: bool,
    /// Why it does not count, in Chinese; empty if it does.
    pub contested_why: String,
    /// The state after it, if it changed one.
    pub state: Option<State>,
    /// One line for the history, e.g. 联系电话：138… → 139….
    pub says: String,
    pub payload: serde_json::Map<String, serde_json::Value>,
}

/// A field that holds more than one value until a person settles it. The first value is the one that counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    pub path: String,
    /// e.g. 联系电话
    pub label: String,
    pub values: Vec<ValueView>,
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormView {
    /// `F01`, `F02`
    pub form: String,
    /// e.g. 受理通知书
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaperView {
    pub form: String,
    pub name: String,
    pub number: String,
    pub on: Date,
    pub by: String,
    /// 1 for the first print.
    pub copy: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HomeView {
    pub todo: Vec<Todo>,
    pub todo_total: u64,
    /// Cases not settled yet.
    pub open: u64,
    pub recent: Vec<CaseRow>,
    /// Ready to be handed over (village).
    pub to_hand_over: u64,
    /// Ready to be delivered.
    pub to_deliver: u64,
    pub sync: SyncView,
}

/// Something to do now, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Todo {
    pub case: CaseRow,
    /// e.g. 9月21日登记，应在 9月24日（周四）前移交到镇上
    pub says: String,
    /// The ordinary next step, if this desk may take it.
    pub event: Option<String>,
    pub event_name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemRow {
    pub item_id: String,
    pub name: String,
    pub plain_name: String,
    pub theme: String,
    pub handling_type_name: String,
    /// e.g. 承诺 10 个工作日
    pub limit_says: String,
    /// e.g. 要 5 样材料
    pub materials_say: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewView {
    pub name: String,
    /// One SVG document a page, in millimetres.
    pub pages: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedForm {
    pub file: String,
    pub name: String,
    pub number: String,
    pub case: CaseView,
}

/// Where the records of this desk have got to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncView {
    pub hub: String,
    /// Own entries not yet under the county's receipt.
    pub pending: u64,
    /// Cases that have such entries.
    pub pending_cases: u64,
    /// Cases held here.
    pub cases: u64,
    /// Of these, cases wholly under the county's receipt.
    pub cases_at_county: u64,
    /// The hub's time on its latest receipt.
    pub last_receipt: Option<Instant>,
    /// Cases that lie wholly at a township by its signed word, and not yet at the county.
    #[serde(default)]
    pub cases_at_township: u64,
    /// When a township's device last signed for what it holds.
    #[serde(default)]
    pub township_word: Option<Instant>,
    /// A township's desk that is called while the hub can't be reached, "" for none.
    #[serde(default)]
    pub relay: String,
    /// Where this desk serves its villages, "" for nowhere.
    #[serde(default)]
    pub relay_listen: String,
    /// The hub's time at its last backup, as its latest receipt says.
    #[serde(default)]
    pub county_backup: Option<Instant>,
    /// This device's clock is more than five minutes off the county's.
    #[serde(default)]
    pub clock_off: Option<ClockOff>,
    /// Where villages reach this desk now, e.g. `http://192.168.1.8:7622`; empty while it doesn't serve.
    #[serde(default)]
    pub relay_addresses: Vec<String>,
    /// Why it doesn't serve although it should, in Chinese.
    #[serde(default)]
    pub relay_failure: Option<String>,
    /// The last exchange that went wrong, since the last that went right.
    pub last_failure: Option<FailureView>,
    /// Of the cases held here, those that have left with their closed year but for their row in the list.
    #[serde(default)]
    pub archived: u64,
    /// e.g. 离线 3 天（9月26日 16:40 起） or 县中心 2 分钟前收到
    pub says: String,
    /// Photos and scans that the county hasn't received, and their bytes.
    #[serde(default)]
    pub attachments_waiting: u64,
    #[serde(default)]
    pub attachments_waiting_bytes: u64,
    /// Photos and scans that the county holds and that haven't come yet.
    #[serde(default)]
    pub attachments_missing: u64,
    /// The line is metered: they wait until someone sends them.
    #[serde(default)]
    pub metered: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClockOff {
    /// Ahead of the county's; behind it, if negative.
    pub minutes: i64,
    /// e.g. 快 3 小时 12 分
    pub short: String,
    /// What it means and what to do.
    pub says: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FailureView {
    pub at: Instant,
    pub message: String,
}

/// What one exchange did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchanged {
    /// Entries.
    pub sent: u64,
    /// Entries.
    pub received: u64,
    /// HTTP bodies.
    pub bytes_up: u64,
    pub bytes_down: u64,
    pub requests: u64,
    /// Own entries still without the county's receipt.
    pub pending: u64,
    /// With a township's relay, for the hub couldn't be reached: what was sent is at the township.
    #[serde(default)]
    pub relayed: bool,
    /// Cases that left with their closed year.
    #[serde(default)]
    pub archived: u64,
    /// Photos and scans that the county has now received, and that have come here.
    #[serde(default)]
    pub attachments_sent: u64,
    #[serde(default)]
    pub attachments_received: u64,
    /// Those that the county still lacks.
    #[serde(default)]
    pub attachments_waiting: u64,
    /// They were not sent: the line is metered.
    #[serde(default)]
    pub attachments_deferred: bool,
    /// What kept the rest of them from moving. The entries are none the worse for it.
    #[serde(default)]
    pub attachments_failed: Option<Code>,
}

/// What was ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// e.g. 已下删除令 …
    pub says: String,
}

/// What the catalogue's rules find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedItems {
    pub errors: usize,
    pub warnings: usize,
    pub findings: Vec<check::Finding>,
}

impl From<Vec<check::Finding>> for CheckedItems {
    fn from(findings: Vec<check::Finding>) -> Self {
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self { errors: of(Severity::Error), warnings: of(Severity::Warning), findings }
    }
}

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Published {
    pub catalogue: String,
    /// e.g. 已发布 2 个事项 …
    pub says: String,
    /// 变化说明, a line a change.
    pub changes: Vec<String>,
}

/// What left with its closed year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archived {
    pub cases: u64,
}

/// Where bundles may go to and come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SticksView {
    /// Where a bundle goes unless another place is named: the first stick, else the desk's own folder.
    pub folder: String,
    pub sticks: Vec<StickView>,
    /// Bundles that this desk may open, newest first.
    pub bundles: Vec<BundleView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StickView {
    /// What the person who formatted it called it.
    pub name: String,
    pub folder: String,
}

/// A bundle by its file's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BundleView {
    pub file: String,
    /// The unit that made it.
    pub from: String,
    pub made: Instant,
    /// On this stick; `None`: in the desk's own folder.
    pub stick: Option<String>,
}

/// A bundle that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bundled {
    pub file: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub entries: u64,
    /// Photos and scans that go along.
    pub attachments: u64,
    /// Of the file.
    pub bytes: u64,
    /// Devices that can open it.
    pub recipients: u64,
}

/// What importing a bundle did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// What people call the device that made the bundle, and when it did.
    pub from: String,
    pub made: Instant,
    /// Entries that were new here.
    pub received: u64,
    /// Photos and scans that were new here.
    pub attachments: u64,
    /// The county's receipt came with it.
    pub receipt: bool,
    /// What must come first, from another bundle or over the line.
    pub missing: Vec<Missing>,
    /// e.g. 收到 12 条，都是新的。
    pub says: String,
}

/// Entries of a device between what is held and what the bundle brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Missing {
    pub device: String,
    pub partition: String,
    pub first: u64,
    pub last: u64,
}

/// An entry of a register of residents. Personal data is masked (DOMAIN §8.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResidentRow {
    pub id: DocumentId,
    pub unit: UnitCode,
    pub unit_name: String,
    pub name: String,
    /// GA/T 2000.156.
    pub id_type: String,
    pub id_no: String,
    pub phone: String,
    pub household: String,
    pub relation: String,
    /// Entries with the same number and name, or that people have said to be about the same person.
    pub same: Vec<DocumentId>,
    /// Entries that a person should look at: the same name and birth date, or one that sounds or looks so, without two
    /// numbers.
    pub perhaps: Vec<DocumentId>,
    /// Entries with the same number and another name: one of them is wrong.
    pub contradicting: Vec<DocumentId>,
    /// Entries with the same name and birth date and another number.
    pub namesakes: Vec<DocumentId>,
}

/// What importing a roster did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RosterImported {
    /// False: a row is wrong, and nothing was taken.
    pub taken: bool,
    pub rows: u64,
    /// Entries made, changed, and found to say all of it already.
    pub made: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Rows that weren't taken, and why.
    pub faults: Vec<RowFault>,
    /// Of rows that were, or would be: what was put right, and what to look at.
    pub notes: Vec<RowFault>,
    /// e.g. 登记了 12 人，更新 3 人，没有变化 85 人。
    pub says: String,
}

/// What importing a calendar did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CalendarImported {
    /// Years that are published now and weren't before, or were otherwise.
    pub years: Vec<i16>,
    /// Years of the file that were published so already.
    pub unchanged: Vec<i16>,
    /// Cases held here whose next term ends on another day now.
    pub moved: Vec<MovedDue>,
    /// e.g. 公布了 2027 年的放假安排，2 件的期限有变动。
    pub says: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MovedDue {
    pub case_no: String,
    pub was: Date,
    pub due: Date,
}

/// What is wrong with a row of a file, or odd about it. It carries no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RowFault {
    /// As the file counts, the heading being row 1.
    pub row: u64,
    /// As the file's heading words it.
    pub column: String,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DueView {
    pub due: Date,
    pub provisional: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerifyView {
    pub ok: bool,
    pub findings: Vec<Finding>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub code: String,
    pub message: String,
}

/// `check id|uscc|mobile|name VALUE` of the command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckView {
    pub ok: bool,
    pub code: String,
    pub message: String,
    pub normalised: String,
}
