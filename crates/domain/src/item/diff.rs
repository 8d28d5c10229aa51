//! What differs between two versions of an item, and between two catalogues: 变化说明.

use super::{
    Catalogue, Field, Item, Material,
    element::{self, Element},
};
use serde::{Deserialize, Serialize};

/// One element that is there, gone or another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The material or field that it is of, "" for the item itself.
    pub of: String,
    /// As people call it; 材料 or 字段 where a whole one came or went.
    pub element: String,
    /// "" for nothing.
    pub old: String,
    pub new: String,
}

impl Change {
    /// One line of the 变化说明.
    pub fn says(&self) -> String {
        let Self { of, element, old, new } = self;
        // A list in one line.
        let (old, new) = (old.replace('\n', "；"), new.replace('\n', "；"));
        match (of.as_str(), old.as_str(), new.as_str()) {
            ("", "", new) => format!("增加{element}：{new}"),
            ("", old, "") => format!("取消{element}：{old}"),
            ("", old, new) => format!("{element}：{old} → {new}"),
            (of, "", new) => format!("{of}，增加{element}：{new}"),
            (of, old, "") => format!("{of}，取消{element}：{old}"),
            (of, old, new) => format!("{of}，{element}：{old} → {new}"),
        }
    }
}

/// An item that both catalogues have, and what differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    pub item_id: String,
    pub name: String,
    pub changes: Vec<Change>,
}

/// An item that only one catalogue has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    pub item_id: String,
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    pub added: Vec<Named>,
    pub removed: Vec<Named>,
    pub changed: Vec<Changed>,
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The 变化说明: a line for every item that came or went and for every element that changed.
    pub fn says(&self) -> Vec<String> {
        let of = |what: &str, named: &Named| format!("{what}事项：{}（{}）", named.name, named.item_id);
        let added = self.added.iter().map(|named| of("增加", named));
        let removed = self.removed.iter().map(|named| of("取消", named));
        let changed = self.changed.iter().flat_map(|item| {
            let head = format!("{}（{}）：", item.name, item.item_id);
            item.changes.iter().map(move |change| format!("{head}{}", change.says()))
        });
        added.chain(removed).chain(changed).collect()
    }
}

/// From one version of an item to another. That the version's number moves is no change of its own.
pub fn items(old: &Item, new: &Item) -> Vec<Change> {
    let elements = element::ITEM.iter().filter(|element| element.label != element::VERSION);
    let mut changes = differing(elements, old, new, "");
    let materials = Parts {
        kind: "材料",
        elements: &element::MATERIAL,
        key: |material: &Material| &material.material_code,
        name: |material| &material.name,
    };
    let fields = Parts {
        kind: "字段",
        elements: &element::FIELD,
        key: |field: &Field| &field.key,
        name: |field| &field.label,
    };
    materials.differing(&old.materials, &new.materials, &mut changes);
    fields.differing(&old.fields, &new.fields, &mut changes);
    changes
}

/// From one catalogue, or one unit's list, to another: of each item the newest version. Items are the same by their id, or
/// by their basic code where two units number theirs differently.
pub fn catalogues(old: &Catalogue, new: &Catalogue) -> Difference {
    let (old, new) = (old.newest(), new.newest());
    let named = |item: &Item| Named { item_id: item.item_id.clone(), name: item.name.clone() };
    let has = |items: &[&Item], item: &Item| counterpart(items, item).is_some();
    let changed = old.iter().filter_map(|item| {
        let changes = items(item, counterpart(&new, item)?);
        Some(Changed { item_id: item.item_id.clone(), name: item.name.clone(), changes })
    });
    Difference {
        added: new.iter().filter(|item| !has(&old, item)).map(|item| named(item)).collect(),
        removed: old.iter().filter(|item| !has(&new, item)).map(|item| named(item)).collect(),
        changed: changed.filter(|item| !item.changes.is_empty()).collect(),
    }
}

fn counterpart<'a>(items: &[&'a Item], item: &Item) -> Option<&'a Item> {
    let by_id = items.iter().find(|other| other.item_id == item.item_id);
    let by_code =
        || items.iter().find(|other| !other.basic_code.is_empty() && other.basic_code == item.basic_code);
    by_id.or_else(by_code).copied()
}

/// Materials or fields: what they are called, and by what they are the same.
struct Parts<T: 'static> {
    kind: &'static str,
    elements: &'static [Element<T>],
    key: fn(&T) -> &String,
    name: fn(&T) -> &String,
}

impl<T> Parts<T> {
    fn differing(&self, old: &[T], new: &[T], changes: &mut Vec<Change>) {
        let find = |parts: &[T], key: &String| parts.iter().position(|part| (self.key)(part) == key);
        let whole = |old: &str, new: &str| Change {
            of: String::new(),
            element: self.kind.to_owned(),
            old: old.to_owned(),
            new: new.to_owned(),
        };
        for part in old {
            match find(new, (self.key)(part)) {
                None => changes.push(whole((self.name)(part), "")),
                Some(place) => {
                    let of = format!("{}“{}”", self.kind, (self.name)(part));
                    changes.extend(differing(self.elements.iter(), part, &new[place], &of));
                }
            }
        }
        for part in new.iter().filter(|part| find(old, (self.key)(part)).is_none()) {
            changes.push(whole("", (self.name)(part)));
        }
    }
}

fn differing<'a, T: 'static>(
    elements: impl Iterator<Item = &'a Element<T>>,
    old: &T,
    new: &T,
    of: &str,
) -> Vec<Change> {
    let change = |element: &Element<T>| {
        let (old, new) = ((element.text)(old), (element.text)(new));
        (old != new).then(|| Change { of: of.to_owned(), element: element.label.to_owned(), old, new })
    };
    elements.filter_map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::{PublicNotice, catalogue_from_json, tests::catalogue_item};

    fn says(change: impl FnOnce(&mut Item)) -> Vec<String> {
        let old = catalogue_item("I034");
        let mut new = old.clone();
        change(&mut new);
        items(old, &new).iter().map(Change::says).collect()
    }

    #[test]
    fn nothing_differs_between_an_item_and_itself() {
        assert_eq!(says(|item| item.version = 2), Vec::<String>::new());
    }

    #[test]
    fn what_changed_is_told_in_a_line() {
        assert_eq!(says(|item| item.promise_limit.days = Some(5)), ["承诺办结时限：7 → 5"]);
        assert_eq!(says(|item| item.season = Some("每年春季".into())), ["增加受理时段：每年春季"]);
        assert_eq!(says(|item| item.on_site_reason.clear()).len(), 1);
        assert_eq!(
            says(|item| item.handling_forms.push("2".into())),
            ["办理形式：窗口、其他 → 窗口、其他、电脑端网上"]
        );
        assert_eq!(
            says(|item| item.public_notice = Some(PublicNotice { days: 7, ..Default::default() })),
            ["增加公示天数：7"]
        );
        assert_eq!(
            says(|item| {
                item.materials[0].copies = 2;
                item.materials[1].condition = "代办时提供".into();
                item.fields[0].required = false;
                item.materials.remove(2);
                let mut another = item.materials[0].clone();
                (another.material_code, another.name) = ("MAP".into(), "伐区示意图".into());
                item.materials.push(another);
            }),
            [
                "材料“申请表”，复印件份数：0 → 2",
                "材料“居民身份证”，增加何时提供：代办时提供",
                &format!("取消材料：{}", catalogue_item("I034").materials[2].name),
                "增加材料：伐区示意图",
                "字段“姓名”，必填：是 → 否",
            ]
        );
    }

    #[test]
    fn two_catalogues_differ_by_items_and_elements() {
        let old = catalogue_from_json(include_str!("../../../../data/items.json")).unwrap();
        let mut new = old.clone();
        assert!(catalogues(&old, &new).is_empty());
        // The same item under another number, an item less, an item more, and another promise.
        new.items[0].0.item_id = "Z001".into();
        let removed = new.items.remove(3).0;
        let mut added = removed.clone();
        (added.item_id, added.basic_code, added.name) =
            ("Z002".into(), "622014990000".into(), "新事项".into());
        new.items.push((added, String::new()));
        new.items[1].0.promise_limit.days = Some(7);
        let expected = [
            "增加事项：新事项（Z002）",
            "取消事项：城乡居民基本养老保险待遇领取资格认证（I004）",
            "城乡居民基本养老保险参保登记（I001）：事项标识：I001 → Z001",
            "城乡居民基本养老保险待遇申领（I002）：承诺办结时限：10 → 7",
        ];
        assert_eq!(catalogues(&old, &new).says(), expected);
    }
}
