//! Service items (事项) as published in the catalogue: DOMAIN §3, shape of `data/items.json`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// 即办件, 承诺件, 联办件 (GB/T 39046 A.6; 9 there is 其他).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HandlingType {
    #[serde(rename = "1")]
    Instant,
    #[serde(rename = "2")]
    Promise,
    #[serde(rename = "9")]
    Joint,
}

/// 直办, 代办, 协办, 公开告知: what the village does for the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VillageMode {
    Direct,
    Proxy,
    Assist,
    Inform,
}

/// Whose receipt is the legal one (DOMAIN §4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReceiptPoint {
    Village,
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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Material {
    pub seq: u16,
    pub material_code: String,
    pub name: String,
    pub originals: u16,
    pub copies: u16,
    /// 1 必要, 2 非必要, 3 容缺后补.
    pub necessity: String,
    #[serde(default)]
    pub tolerable: bool,
    #[serde(default)]
    pub issuer: String,
    #[serde(default)]
    pub review_point: String,
    #[serde(default)]
    pub condition: String,
}

impl Material {
    /// Acceptance is refused while this one is missing.
    pub fn required(&self) -> bool {
        self.necessity == "1"
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    pub key: String,
    pub label: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub required: bool,
    #[serde(default)]
    pub rule: String,
}

/// One version of one item. Elements this program does not use yet are kept in the published text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub item_id: String,
    pub version: u16,
    pub impl_code: String,
    pub name: String,
    pub plain_name: String,
    /// 01 行政许可, 05 行政给付, 07 行政确认, 10 其他行政权力, 20 公共服务.
    pub type_code: String,
    pub type_name: String,
    pub handling_type: HandlingType,
    pub handling_type_name: String,
    #[serde(default)]
    pub theme: String,
    #[serde(default)]
    pub lead_dept: String,
    pub statutory_limit: Limit,
    pub promise_limit: Limit,
    pub village_mode: VillageMode,
    pub receipt_point: ReceiptPoint,
    #[serde(default)]
    pub legal_basis: Vec<String>,
    #[serde(default)]
    pub accept_conditions: String,
    #[serde(default)]
    pub tolerance_allowed: bool,
    pub materials: Vec<Material>,
    pub fields: Vec<Field>,
    #[serde(default)]
    pub result_name: String,
    #[serde(default)]
    pub notes: String,
    pub effective_from: Date,
    pub effective_to: Option<Date>,
}

impl Item {
    pub fn material(&self, code: &str) -> Option<&Material> {
        self.materials.iter().find(|material| material.material_code == code)
    }

    /// In force on a day; the last day counts.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_from <= on && self.effective_to.is_none_or(|last| on <= last)
    }

    /// Decided on the spot.
    pub fn instant(&self) -> bool {
        self.handling_type == HandlingType::Instant
    }
}

/// A published catalogue: its version, and each item with the very text that it was read from.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub version: String,
    pub items: Vec<(Item, String)>,
}

/// Reads a catalogue of the shape of `data/items.json`.
pub fn catalogue_from_json(text: &str) -> Result<Catalogue, serde_json::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct File {
        catalog_version: String,
        items: Vec<serde_json::Value>,
    }
    let file: File = serde_json::from_str(text)?;
    let items = file
        .items
        .into_iter()
        .map(|item| Ok((serde_json::from_value(item.clone())?, item.to_string())))
        .collect::<Result<_, serde_json::Error>>()?;
    Ok(Catalogue { version: file.catalog_version, items })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::LazyLock;

    pub fn catalogue_item(id: &str) -> &'static Item {
        static CATALOGUE: LazyLock<Catalogue> =
            LazyLock::new(|| catalogue_from_json(include_str!("../../../data/items.json")).unwrap());
        CATALOGUE.items.iter().map(|(item, _)| item).find(|item| item.item_id == id).unwrap()
    }

    #[test]
    fn the_catalogue_is_whole() {
        let catalogue = catalogue_from_json(include_str!("../../../data/items.json")).unwrap();
        assert_eq!(catalogue.items.len(), 41);
        for (item, text) in &catalogue.items {
            assert!(!item.materials.is_empty(), "{}", item.item_id);
            let again: Item = serde_json::from_str(text).unwrap();
            assert_eq!(&again, item);
        }
    }
}
