//! Several items that one event in a life brings.

use super::{Recorded, Warning};
use serde::{Deserialize, Serialize};

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
    /// A code of the catalogue's field types.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// What a choice may be.
    #[serde(default)]
    pub options: Vec<String>,
    /// When it is asked; "" for always.
    #[serde(default)]
    pub condition: String,
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
    /// Benefits that end: nothing has been stopped yet, but the cases in which they run are told.
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
    /// Of these the ones that have now been told that the benefit is to end.
    #[serde(default)]
    pub reported: Vec<String>,
    /// What is to be done.
    pub says: String,
}
