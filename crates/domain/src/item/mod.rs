//! Service items (事项) as published in the catalogue: DOMAIN §3, shape of `data/items.json`.

pub mod bundle;
pub mod certificate;
pub mod check;
pub mod code;
pub mod diff;
pub mod draft;
pub mod element;
pub mod field;
pub mod publish;

pub use field::Field;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;

/// 即办件, 承诺件, 联办件 (GB/T 39046 A.6; 9 there is 其他).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HandlingType {
    #[serde(rename = "1")]
    Instant,
    #[default]
    #[serde(rename = "2")]
    Promise,
    #[serde(rename = "9")]
    Joint,
}

/// 直办, 代办, 协办, 公开告知: what the village does for the item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VillageMode {
    Direct,
    #[default]
    Proxy,
    Assist,
    Inform,
}

/// Whose receipt is the legal one (DOMAIN §4.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReceiptPoint {
    Village,
    #[default]
    Township,
}

/// A time limit; `days` counts `unit`s. `None`: the law sets none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Limit {
    pub days: Option<u16>,
    /// 工作日, 自然日, 月 …
    pub unit: String,
    pub basis: String,
    pub instant: bool,
}

/// How far a time limit may be extended, and who says so (Administrative Licensing Law, article 42).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Extension {
    /// In the unit of the limit that is extended. `None`: the law sets none; the department's rules count.
    pub max_days: Option<u16>,
    pub approver: String,
    pub basis: String,
}

/// 公示: how long, where, and what of the applicant may stand there (DOMAIN §8.6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PublicNotice {
    pub days: u16,
    /// 工作日 or 自然日.
    pub unit: String,
    pub scope: String,
    pub fields_shown: Vec<String>,
    pub basis: String,
}

/// A quicker way for the urgent case: help first, papers within some working days after it (国发〔2014〕47号, 急难型临时救助).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EmergencyRoute {
    pub name: String,
    pub decision_hours: u16,
    pub make_up_workdays: u16,
    pub authority: String,
    pub source: String,
}

/// How often something may be had for one reason, e.g. 临时救助: 同一事由一个自然年度一次.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RepeatLimit {
    /// 自然年度; another period has no rule here.
    pub period: String,
    /// The field of the item's form that tells the reason.
    pub reason_field: String,
    pub basis: String,
}

/// What an item's own forms say beside the usual wording, a paragraph a line: it adds to what the law has them say, and takes
/// nothing away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Wording {
    /// On 代办登记回执 and 收件凭证.
    pub receipt: Vec<String>,
    /// On 受理通知书.
    pub acceptance: Vec<String>,
    /// On 一次性告知（补正）通知书.
    pub notice: Vec<String>,
    /// On 告知承诺书: what is promised, one sentence a line.
    pub commitment: Vec<String>,
    /// On 办结通知书.
    pub completion: Vec<String>,
}

/// 常见问题: one question and its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Question {
    pub question: String,
    pub answer: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Material {
    pub seq: u16,
    pub material_code: String,
    pub name: String,
    /// 1 申请表格文书, 2 证件证书证明, 3 其他材料.
    #[serde(default)]
    pub material_type: String,
    /// 1 纸质, 2 电子, 3 纸质或电子.
    #[serde(default)]
    pub format: String,
    pub originals: u16,
    pub copies: u16,
    /// 1 必要, 2 非必要, 3 容缺后补.
    pub necessity: String,
    #[serde(default)]
    pub tolerable: bool,
    /// A written commitment may stand in its place (告知承诺).
    #[serde(default)]
    pub commitment_replaceable: bool,
    /// Another office holds it already and may be asked.
    #[serde(default)]
    pub shareable: bool,
    /// 10 申请人自备, 20 政府部门核发, 99 其他.
    #[serde(default)]
    pub source_channel: String,
    #[serde(default)]
    pub issuer: String,
    #[serde(default)]
    pub review_point: String,
    #[serde(default)]
    pub condition: String,
    /// 要求依据: the provision that asks for it.
    #[serde(default)]
    pub requirement_basis: String,
}

/// The theme of what is given to people in need.
const RELIEF: &str = "社会救助";

impl Material {
    /// Acceptance is refused while this one is missing.
    pub fn required(&self) -> bool {
        self.necessity == "1"
    }
}

/// One version of one item: the elements of GB/T 39046-2020 table 4 and ZWFW C0109.2 that the county's file carries
/// (DOMAIN §3.4). Elements this program does not use yet are kept in the published text that it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub item_id: String,
    pub version: u16,
    /// DEMO while the codes are samples that the county has yet to replace.
    #[serde(default)]
    pub code_status: String,
    /// 基本编码, 12 digits.
    #[serde(default)]
    pub basic_code: String,
    /// 实施编码: the organ's USCC, level and basic code.
    pub impl_code: String,
    /// 业务办理项编码: the implementing code and a sequence of two digits.
    #[serde(default)]
    pub business_code: String,
    pub name: String,
    pub plain_name: String,
    /// 01 行政许可, 05 行政给付, 07 行政确认, 10 其他行政权力, 20 公共服务.
    pub type_code: String,
    pub type_name: String,
    pub handling_type: HandlingType,
    pub handling_type_name: String,
    /// 办件类型 as the standard spells it, for exchange with the platform.
    #[serde(default)]
    pub gb_handling_type_code: String,
    /// 行使层级: 4 县, 5 镇（乡、街道）, 6 村（社区）.
    #[serde(default)]
    pub use_level: String,
    /// 实施主体.
    #[serde(default)]
    pub implementing_body: String,
    #[serde(default)]
    pub theme: String,
    #[serde(default)]
    pub lead_dept: String,
    /// 联办机构 of a joint item.
    #[serde(default)]
    pub co_depts: Vec<String>,
    pub statutory_limit: Limit,
    pub promise_limit: Limit,
    #[serde(default)]
    pub extension: Extension,
    pub village_mode: VillageMode,
    pub receipt_point: ReceiptPoint,
    /// 服务对象: 1 自然人, 2 企业法人 …
    #[serde(default)]
    pub service_object: Vec<String>,
    /// 办理形式: 1 窗口, 2 电脑端网上, 3 移动端, 4 快递, 9 其他 (by the village).
    #[serde(default)]
    pub handling_forms: Vec<String>,
    /// 到办事现场次数.
    #[serde(default)]
    pub on_site_times: u16,
    /// 必须现场办理原因说明.
    #[serde(default)]
    pub on_site_reason: String,
    /// 网办深度; empty where the item can't be handled online.
    #[serde(default)]
    pub online_depth: String,
    #[serde(default)]
    pub is_fee: bool,
    #[serde(default)]
    pub fee_basis: String,
    /// 收费项目名称.
    #[serde(default)]
    pub fee_item: String,
    /// 收费标准.
    #[serde(default)]
    pub fee_standard: String,
    /// 是否支持网上支付.
    #[serde(default)]
    pub online_payment: bool,
    #[serde(default)]
    pub legal_basis: Vec<String>,
    #[serde(default)]
    pub accept_conditions: String,
    /// 办理流程: the steps in their order.
    #[serde(default)]
    pub process: Vec<String>,
    #[serde(default)]
    pub public_notice: Option<PublicNotice>,
    /// 特别程序, whose time does not count towards the limit (Administrative Licensing Law, article 45).
    #[serde(default)]
    pub special_procedures: Vec<String>,
    #[serde(default)]
    pub emergency_route: Option<EmergencyRoute>,
    #[serde(default)]
    pub repeat_limit: Option<RepeatLimit>,
    /// When in the year it is open; `None`: all year.
    #[serde(default)]
    pub season: Option<String>,
    #[serde(default)]
    pub tolerance_allowed: bool,
    /// 告知承诺.
    #[serde(default)]
    pub commitment_allowed: bool,
    pub materials: Vec<Material>,
    pub fields: Vec<Field>,
    #[serde(default)]
    pub result_name: String,
    /// 出证办结, 出文办结, 办结, 转报办结 …
    #[serde(default)]
    pub result_type: String,
    /// 结果样本: where it is found.
    #[serde(default)]
    pub result_sample: String,
    /// 保管期限 of the case file.
    #[serde(default)]
    pub retention: String,
    /// 咨询方式.
    #[serde(default)]
    pub consult_phone: String,
    /// 监督投诉方式.
    #[serde(default)]
    pub complaint_phone: String,
    #[serde(default)]
    pub faq: Vec<Question>,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub wording: Option<Wording>,
    pub effective_from: Date,
    pub effective_to: Option<Date>,
}

impl Item {
    /// Who asks for it is not to be seen asking (社会救助).
    pub fn discreet(&self) -> bool {
        self.theme == RELIEF
    }

    pub fn material(&self, code: &str) -> Option<&Material> {
        self.materials.iter().find(|material| material.material_code == code)
    }

    /// The text to publish it as: what this program doesn't read of an older text is kept.
    pub fn text_over(&self, older: &str) -> Result<String, serde_json::Error> {
        let mut text = serde_json::from_str(older)?;
        lay_over(&mut text, serde_json::to_value(self)?);
        Ok(text.to_string())
    }

    /// In force on a day as far as its own dates go; the last day counts. Of several versions only the one that began last
    /// is asked: a version lasts until the next begins.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|last| on <= last)
    }

    /// 行政许可: bound by the licensing law, where other items follow the same rules as a service (DOMAIN §4.3).
    pub fn licence(&self) -> bool {
        self.type_code == "01"
    }

    /// Decided on the spot.
    pub fn instant(&self) -> bool {
        self.handling_type == HandlingType::Instant
    }
}

/// Keys that are only in the older value stay. Lists are the newer's, but materials and fields keep what they had.
fn lay_over(older: &mut Value, newer: Value) {
    match (older, newer) {
        (Value::Object(older), Value::Object(newer)) => {
            for (key, value) in newer {
                lay_over(older.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(older), Value::Array(newer)) => {
            let mut before = std::mem::take(older);
            older.extend(newer.into_iter().map(|value| {
                let same = before.iter().position(|before| same_part(before, &value));
                let mut kept = same.map_or(Value::Null, |place| before.swap_remove(place));
                lay_over(&mut kept, value);
                kept
            }));
        }
        (older, newer) => *older = newer,
    }
}

/// The same material, or the same field.
fn same_part(one: &Value, other: &Value) -> bool {
    ["materialCode", "key"].iter().any(|key| one[key].is_string() && one[key] == other[key])
}

/// A published catalogue: its version, and each item with the very text that it was read from.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub version: String,
    pub items: Vec<(Item, String)>,
}

impl Catalogue {
    /// The newest version of every item, in the order of the catalogue.
    pub fn newest(&self) -> Vec<&Item> {
        let mut newest: Vec<&Item> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (item, _) in &self.items {
            let place = *places.entry(&item.item_id).or_insert(newest.len());
            match newest.get_mut(place) {
                None => newest.push(item),
                Some(older) if older.version < item.version => *older = item,
                Some(_) => {}
            }
        }
        newest
    }
}

/// Reads a catalogue of the shape of `data/items.json`.
pub fn catalogue_from_json(text: &str) -> Result<Catalogue, serde_json::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct File {
        catalog_version: String,
        items: Vec<Value>,
    }
    let file: File = serde_json::from_str(text)?;
    let items = file
        .items
        .into_iter()
        .map(|item| Ok((serde_json::from_value(item.clone())?, item.to_string())))
        .collect::<Result<_, serde_json::Error>>()?;
    Ok(Catalogue { version: file.catalog_version, items })
}

/// A catalogue in the shape of `data/items.json`, item by item as their texts have them.
pub fn catalogue_to_json(catalogue: &Catalogue) -> Result<String, serde_json::Error> {
    let texts = catalogue.items.iter().map(|(_, text)| serde_json::from_str(text));
    let items = texts.collect::<Result<Vec<Value>, _>>()?;
    serde_json::to_string_pretty(&serde_json::json!({ "catalogVersion": catalogue.version, "items": items }))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::LazyLock;

    pub fn catalogue_item(id: &str) -> &'static Item {
        static CATALOGUE: LazyLock<Catalogue> =
            LazyLock::new(|| catalogue_from_json(include_str!("../../../../data/items.json")).unwrap());
        CATALOGUE.items.iter().map(|(item, _)| item).find(|item| item.item_id == id).unwrap()
    }

    #[test]
    fn the_catalogue_is_whole() {
        let catalogue = catalogue_from_json(include_str!("../../../../data/items.json")).unwrap();
        assert_eq!(catalogue.items.len(), 41);
        for (item, text) in &catalogue.items {
            assert!(!item.materials.is_empty(), "{}", item.item_id);
            let again: Item = serde_json::from_str(text).unwrap();
            assert_eq!(&again, item);
        }
        let again = catalogue_from_json(&catalogue_to_json(&catalogue).unwrap()).unwrap();
        assert_eq!((again.version, again.items), (catalogue.version, catalogue.items));
    }

    /// Elements that this program learns to read must come out of the published file as they stand in it.
    #[test]
    fn every_element_of_the_file_is_read() {
        let catalogue = catalogue_from_json(include_str!("../../../../data/items.json")).unwrap();
        for (item, text) in &catalogue.items {
            let file: Value = serde_json::from_str(text).unwrap();
            let read = serde_json::to_value(item).unwrap();
            for (key, value) in file.as_object().unwrap() {
                within(value, &read[key], key);
            }
        }
    }

    fn within(file: &Value, read: &Value, place: &str) {
        use Value::{Array, Object};
        match (file, read) {
            (Object(file), Object(_)) => {
                file.iter().for_each(|(key, value)| within(value, &read[key], &format!("{place}.{key}")));
            }
            (Array(file), Array(read)) => {
                assert_eq!(file.len(), read.len(), "{place}");
                file.iter().zip(read).for_each(|(file, read)| within(file, read, place));
            }
            _ => assert_eq!(file, read, "{place}"),
        }
    }

    #[test]
    fn what_is_not_read_of_a_text_is_kept() {
        let item = catalogue_item("I034");
        let mut older = serde_json::to_value(item).unwrap();
        older["mapUrl"] = "https://example.org".into();
        older["extension"]["note"] = "说明".into();
        older["materials"][1]["sample"] = "样本.pdf".into();
        let mut newer = item.clone();
        newer.materials.remove(0);
        newer.retention = "永久".into();
        let text = newer.text_over(&older.to_string()).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let kept = [&value["mapUrl"], &value["extension"]["note"], &value["materials"][0]["sample"]];
        assert_eq!(kept, ["https://example.org", "说明", "样本.pdf"]);
        assert_eq!(serde_json::from_str::<Item>(&text).unwrap(), newer);
    }

    #[test]
    fn an_item_published_before_these_elements_still_reads() {
        let mut older = serde_json::to_value(catalogue_item("I017")).unwrap();
        for younger in ["extension", "publicNotice", "emergencyRoute", "coDepts", "process", "basicCode"] {
            older.as_object_mut().unwrap().remove(younger);
        }
        let item: Item = serde_json::from_value(older).unwrap();
        assert_eq!((item.extension.max_days, item.public_notice), (None, None));
    }
}
