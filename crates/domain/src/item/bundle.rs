//! 一件事一次办 (`LifeEventBundle`): several items for one event in a life, with one set of materials, one form, one trip.

use super::{Field, Item, Material};
use serde::{Deserialize, Serialize};

/// As it stands in the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LifeEventBundle {
    /// `B01` …
    pub bundle_id: String,
    pub name: String,
    pub source: String,
    /// Ids of its items, in the order in which they are handled.
    pub items: Vec<String>,
    /// Of these the ones whose running benefit ends with the event: no case is opened for them.
    pub stops: Vec<String>,
    /// What is done elsewhere, and by whom.
    pub external_steps: Vec<String>,
    /// Codes of the materials that are handed in once for all items.
    pub shared_materials: Vec<String>,
    pub baseline: Effort,
    pub optimised: Effort,
    pub note: String,
}

/// What it takes: kinds of materials, steps, working days, trips.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Effort {
    pub materials: u16,
    pub steps: u16,
    pub days: u16,
    pub trips: u16,
}

/// Reads the bundles of a catalogue of the shape of `data/items.json`, each with the very text that it was read from.
pub fn bundles_from_json(text: &str) -> Result<Vec<(LifeEventBundle, String)>, serde_json::Error> {
    #[derive(Deserialize)]
    struct File {
        #[serde(default)]
        bundles: Vec<serde_json::Value>,
    }
    let file: File = serde_json::from_str(text)?;
    file.bundles
        .into_iter()
        .map(|bundle| Ok((serde_json::from_value(bundle.clone())?, bundle.to_string())))
        .collect()
}

/// A material of the one set, and the items that ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged<'i> {
    pub material: &'i Material,
    pub originals: u16,
    pub copies: u16,
    /// Some item can't be accepted without it.
    pub required: bool,
    pub items: Vec<&'i str>,
}

/// A field of the one form, and the items that ask it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'i> {
    pub field: &'i Field,
    /// What the items call it, where they differ: 继承人账户、账户.
    pub label: String,
    pub required: bool,
    pub items: Vec<&'i str>,
}

/// What was needed, what is, and how much less that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saving {
    pub what: &'static str,
    pub before: u16,
    pub after: u16,
}

impl LifeEventBundle {
    /// Whether a benefit of this item ends with the event.
    pub fn ends(&self, item_id: &str) -> bool {
        self.stops.iter().any(|stopped| stopped == item_id)
    }

    /// The one set of materials: a shared one counts once, with the larger number of originals and of copies; the others
    /// stay with their items.
    pub fn materials<'i>(&self, items: &[&'i Item]) -> Vec<Merged<'i>> {
        let mut merged: Vec<Merged<'i>> = Vec::new();
        for item in items {
            for material in &item.materials {
                let code = &material.material_code;
                let shared = self.shared_materials.contains(code);
                match merged.iter_mut().find(|known| shared && known.material.material_code == *code) {
                    Some(known) => {
                        known.originals = known.originals.max(material.originals);
                        known.copies = known.copies.max(material.copies);
                        known.required |= material.required();
                        known.items.push(&item.item_id);
                    }
                    None => merged.push(Merged {
                        material,
                        originals: material.originals,
                        copies: material.copies,
                        required: material.required(),
                        items: vec![&item.item_id],
                    }),
                }
            }
        }
        merged
    }

    /// Before and after. The materials after are counted here; steps, days and trips are the catalogue's word.
    pub fn savings(&self, items: &[&Item]) -> [Saving; 4] {
        let Self { baseline, optimised, .. } = self;
        let materials = u16::try_from(self.materials(items).len()).unwrap_or(u16::MAX);
        let saving = |what, before, after| Saving { what, before, after };
        [
            saving("材料", baseline.materials, materials),
            saving("环节", baseline.steps, optimised.steps),
            saving("时限", baseline.days, optimised.days),
            saving("跑动次数", baseline.trips, optimised.trips),
        ]
    }
}

/// The one form: the same key is asked once.
pub fn fields<'i>(items: &[&'i Item]) -> Vec<Asked<'i>> {
    let mut merged: Vec<Asked<'i>> = Vec::new();
    for item in items {
        for field in &item.fields {
            match merged.iter_mut().find(|known| known.field.key == field.key) {
                Some(known) => {
                    if known.label.split('、').all(|label| label != field.label) {
                        known.label = format!("{}、{}", known.label, field.label);
                    }
                    known.required |= field.required;
                    known.items.push(&item.item_id);
                }
                None => merged.push(Asked {
                    field,
                    label: field.label.clone(),
                    required: field.required,
                    items: vec![&item.item_id],
                }),
            }
        }
    }
    merged
}

impl Saving {
    /// 压减率, (before − after) / before, in per cent with two decimals rounded half up, e.g. 41.67%; "" where there was
    /// nothing before.
    pub fn rate(&self) -> String {
        let (before, after) = (i64::from(self.before), i64::from(self.after));
        if before == 0 {
            return String::new();
        }
        // Half up: the floor of the doubled hundredths and one.
        let hundredths = (2 * 10_000 * (before - after) + before).div_euclid(2 * before);
        let sign = if hundredths < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}%", hundredths.abs() / 100, hundredths.abs() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::catalogue_item;
    use super::*;

    fn bundle(id: &str) -> (LifeEventBundle, Vec<&'static Item>) {
        let bundles = bundles_from_json(include_str!("../../../../data/items.json")).unwrap();
        let (bundle, _) = bundles.into_iter().find(|(bundle, _)| bundle.bundle_id == id).unwrap();
        let items = bundle.items.iter().map(|id| catalogue_item(id)).collect();
        (bundle, items)
    }

    fn rates(id: &str) -> Vec<(u16, u16, String)> {
        let (bundle, items) = bundle(id);
        bundle.savings(&items).iter().map(|saving| (saving.before, saving.after, saving.rate())).collect()
    }

    fn saved(before: u16, after: u16, rate: &str) -> (u16, u16, String) {
        (before, after, rate.to_owned())
    }

    #[test]
    fn a_birth_takes_seven_materials_and_one_trip() {
        let (bundle, items) = bundle("B01");
        let materials = bundle.materials(&items);
        let codes: Vec<&str> =
            materials.iter().map(|merged| merged.material.material_code.as_str()).collect();
        assert_eq!(codes, ["ID", "MARR", "PROXY", "APP", "HK", "PH1", "IDM"]);
        assert_eq!(materials[0].items, ["I027", "I010", "I006"]);
        assert_eq!((materials[0].originals, materials[0].copies, materials[0].required), (1, 1, true));
        assert_eq!(
            rates("B01"),
            [saved(12, 7, "41.67%"), saved(9, 5, "44.44%"), saved(30, 5, "83.33%"), saved(5, 1, "80.00%")]
        );
    }

    #[test]
    fn a_death_ends_benefits_and_opens_two_cases() {
        let (bundle, items) = bundle("B02");
        let ended: Vec<&str> = bundle.items.iter().map(String::as_str).filter(|id| bundle.ends(id)).collect();
        assert_eq!(ended, ["I019", "I022", "I023"]);
        assert_eq!(items.iter().map(|item| item.materials.len()).sum::<usize>(), 26);
        assert_eq!(
            rates("B02"),
            [saved(14, 9, "35.71%"), saved(10, 6, "40.00%"), saved(40, 10, "75.00%"), saved(6, 1, "83.33%")]
        );
    }

    #[test]
    fn the_larger_number_counts_and_what_is_not_shared_stays_apart() {
        let (bundle, items) = bundle("B01");
        let mut more = items[1].clone();
        more.materials.iter_mut().for_each(|material| material.copies = 3);
        let merged = bundle.materials(&[items[0], &more]);
        let id = merged.iter().find(|merged| merged.material.material_code == "ID").unwrap();
        assert_eq!((id.originals, id.copies), (1, 3));
        let apart = LifeEventBundle { shared_materials: Vec::new(), ..bundle };
        assert_eq!(apart.materials(&items).len(), 12);
    }

    #[test]
    fn the_same_key_is_asked_once() {
        let (_, items) = bundle("B01");
        let asked = fields(&items);
        let keys: Vec<&str> = asked.iter().map(|asked| asked.field.key.as_str()).collect();
        assert_eq!(
            keys,
            [
                "name",
                "idNo",
                "mobile",
                "hukouDivision",
                "addr",
                "spouse",
                "spouseId",
                "childNo",
                "expectDate",
                "insuredType",
                "guardian",
                "payYear",
                "bizType",
                "bank"
            ]
        );
        assert_eq!((asked[0].items.len(), asked[9].items.as_slice()), (3, ["I010"].as_slice()));
        let (_, items) = bundle("B02");
        let account = fields(&items).into_iter().find(|asked| asked.field.key == "bankAccount").unwrap();
        assert_eq!((account.label.as_str(), account.required), ("继承人账户、账户", true));
    }

    #[test]
    fn rates_are_rounded_half_up() {
        let rate = |before, after| Saving { what: "材料", before, after }.rate();
        let table = [
            (3, 2, "33.33%"),
            (3, 1, "66.67%"),
            (800, 799, "0.13%"),
            (8, 8, "0.00%"),
            (8, 0, "100.00%"),
            (4, 5, "-25.00%"),
            (800, 801, "-0.12%"),
            (0, 3, ""),
        ];
        for (before, after, expected) in table {
            assert_eq!(rate(before, after), expected, "{before} → {after}");
        }
    }
}
