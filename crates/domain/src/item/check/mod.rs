//! The rules that a catalogue keeps (DOMAIN §3.6, V01–V24): what is wrong with an item, and what to do about it.
//!
//! Of every item the newest version is looked at; the older ones are published and only their dates still matter (V21).

mod fields;
mod identity;
mod law;
mod limits;
mod materials;
mod privacy;
mod service;
mod versions;

#[cfg(test)]
mod tests;

use super::{Catalogue, Item};
use crate::Unit;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// The catalogue can't be published like this.
    Error,
    Warning,
}

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// V01 … V24, or FIELDS.
    pub rule: String,
    pub severity: Severity,
    /// Empty where it concerns the catalogue as a whole.
    pub item_id: String,
    pub name: String,
    /// The element, material or field that it is about.
    pub place: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// What the rules measure by, and what is known beside the catalogue. A rule whose data isn't there says nothing.
#[derive(Clone, Debug)]
pub struct CheckSettings {
    /// 12 in the platform's standard; GB/T 39046 table 4 has 10.
    pub basic_code_length: usize,
    /// 31 in the platform's standard; GB/T 39046 table 4 has 24.
    pub impl_code_length: usize,
    pub business_code_length: usize,
    /// The county's promises: "1、3、7" working days, and on the spot.
    pub promise_days: Vec<u16>,
    /// Steps of an item that is handled on the spot.
    pub steps_instant: usize,
    /// Steps of any other item.
    pub steps: usize,
    /// Themes that only a natural person can have business with.
    pub natural_person_themes: BTreeSet<String>,
    /// Themes that only a legal person can have business with.
    pub legal_person_themes: BTreeSet<String>,
    /// The county's units: whose USCC, level and telephones are known.
    pub units: Vec<Unit>,
    /// Basic codes of the province's library (V05).
    pub provincial_library: Option<BTreeSet<String>>,
    /// Cases of the last 24 months by item (V19); an item that isn't named had none.
    pub cases_in_24_months: Option<BTreeMap<String, u64>>,
    /// What other townships list (V20).
    pub township_lists: Vec<TownshipList>,
    /// What is published already (V21).
    pub published: Option<Catalogue>,
}

/// The basic codes of the items that a township offers.
#[derive(Clone, Debug)]
pub struct TownshipList {
    pub township: String,
    pub basic_codes: BTreeSet<String>,
}

impl Default for CheckSettings {
    fn default() -> Self {
        let themes = |themes: &[&str]| themes.iter().map(|theme| (*theme).to_owned()).collect();
        Self {
            basic_code_length: 12,
            impl_code_length: 31,
            business_code_length: 33,
            promise_days: vec![0, 1, 3, 7],
            steps_instant: 3,
            steps: 5,
            natural_person_themes: themes(&service::NATURAL_PERSON_THEMES),
            legal_person_themes: themes(&service::LEGAL_PERSON_THEMES),
            units: Vec::new(),
            provincial_library: None,
            cases_in_24_months: None,
            township_lists: Vec::new(),
            published: None,
        }
    }
}

/// What a rule says of an item, before it is known as whose finding.
struct Remark {
    place: String,
    message: String,
}

fn remark(place: impl Into<String>, message: impl Into<String>) -> Remark {
    Remark { place: place.into(), message: message.into() }
}

/// What a rule may look at beside its item.
struct Beside<'a> {
    /// The newest version of every item.
    newest: &'a [&'a Item],
    /// Every version.
    all: &'a [&'a Item],
    settings: &'a CheckSettings,
}

impl Beside<'_> {
    /// The unit whose USCC heads the item's implementing code.
    fn implementing_unit(&self, item: &Item) -> Option<&Unit> {
        let uscc = identity::uscc_of(item)?;
        self.settings.units.iter().find(|unit| unit.uscc == uscc)
    }

    /// Published in this very version.
    fn stands_published(&self, item: &Item) -> bool {
        let published = self.settings.published.iter().flat_map(|published| &published.items);
        published.into_iter().any(|(known, _)| known == item)
    }
}

enum Weight {
    Error,
    Warning,
    /// A warning while the item's codes are samples.
    ErrorOnceOfficial,
    /// A warning where it is published like that already: no other item has to wait until it is put right.
    ErrorIfNew,
}

enum Finds {
    /// In each item.
    InEach(fn(&Item, &Beside<'_>) -> Vec<Remark>),
    /// In the catalogue as a whole: what it says is about the item of this id, "" for none.
    InWhole(fn(&Beside<'_>) -> Vec<(String, Remark)>),
}

use Finds::{InEach, InWhole};
use Weight::{Error, ErrorIfNew, ErrorOnceOfficial, Warning};

/// V03 stands twice: of an implementing code its check character is sure, its inner split is local (DOMAIN §3.2).
const RULES: [(&str, Weight, Finds); 27] = [
    ("V01", Error, InEach(identity::codes_have_their_form)),
    ("V02", Error, InEach(identity::same_code_same_item)),
    ("V03", Error, InEach(identity::implementing_code_names_an_organ)),
    ("V03", Warning, InEach(identity::implementing_code_fits_the_item)),
    ("V04", ErrorOnceOfficial, InEach(law::legal_basis_is_named)),
    ("V05", Warning, InEach(identity::in_the_provincial_library)),
    ("V06", Warning, InEach(service::online)),
    ("V07", Error, InEach(limits::promise_within_statutory)),
    ("V08", Error, InEach(limits::instant_is_instant)),
    ("V09", Warning, InEach(limits::promise_within_ceiling)),
    ("V10", Warning, InEach(limits::few_steps)),
    ("V11", Error, InEach(service::visits_have_reasons)),
    ("V12", Error, InEach(service::fee_is_founded)),
    ("V13", ErrorOnceOfficial, InEach(service::telephones)),
    ("V14", ErrorOnceOfficial, InEach(law::licence_is_explained)),
    ("V15", Warning, InEach(service::result_fits_its_type)),
    ("V16", Error, InEach(materials::complete)),
    ("V17", Warning, InEach(materials::required_by_law)),
    ("V18", Error, InEach(service::object_fits_theme)),
    ("V19", Warning, InEach(service::used)),
    ("V20", Warning, InWhole(versions::townships_list_the_same)),
    ("V21", Error, InWhole(versions::follow_each_other)),
    ("V22", Error, InEach(law::only_on_application)),
    ("V23", Warning, InEach(privacy::sensitive_fields_have_a_purpose)),
    ("V24", Error, InEach(privacy::notice_shows_nothing_private)),
    ("FIELDS", ErrorIfNew, InEach(fields::can_be_read)),
    ("FIELDS", Warning, InEach(fields::choices_have_options)),
];

/// What the rules find, item by item in the catalogue's order.
pub fn check(catalogue: &Catalogue, settings: &CheckSettings) -> Vec<Finding> {
    let all: Vec<&Item> = catalogue.items.iter().map(|(item, _)| item).collect();
    let newest = catalogue.newest();
    let beside = Beside { newest: &newest, all: &all, settings };
    let places: HashMap<&str, usize> =
        newest.iter().enumerate().map(|(place, item)| (item.item_id.as_str(), place)).collect();
    let mut findings: Vec<Finding> = Vec::new();
    for (rule, weight, finds) in &RULES {
        let found: Vec<(String, Remark)> = match finds {
            InEach(finds) => newest
                .iter()
                .flat_map(|item| {
                    finds(item, &beside).into_iter().map(|remark| (item.item_id.clone(), remark))
                })
                .collect(),
            InWhole(finds) => finds(&beside),
        };
        findings.extend(found.into_iter().map(|(item_id, Remark { place, message })| {
            let item = places.get(item_id.as_str()).map(|place| newest[*place]);
            let sample = item.is_some_and(|item| item.code_status == "DEMO");
            let severity = match weight {
                Error => Severity::Error,
                ErrorOnceOfficial if !sample => Severity::Error,
                ErrorIfNew if !item.is_some_and(|item| beside.stands_published(item)) => Severity::Error,
                ErrorOnceOfficial | ErrorIfNew | Warning => Severity::Warning,
            };
            let name = item.map(|item| item.name.clone()).unwrap_or_default();
            Finding { rule: (*rule).to_owned(), severity, item_id, name, place, message }
        }));
    }
    // The sort is stable: within an item the rules keep their order.
    findings.sort_by_key(|finding| places.get(finding.item_id.as_str()).copied());
    findings
}
