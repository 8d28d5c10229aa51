//! A request while it is being recorded. It lives as long as the window: leaving the page loses nothing.

use daiban_contract::{
    act::Record,
    view::{Applicant, MaterialCount, Recorded},
};
use daiban_domain::{
    check,
    item::{Field, Item, Material},
};
use jiff::civil::Date;
use std::{collections::BTreeMap, rc::Rc};
use yew::{AttrValue, Reducible};

use crate::words;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub item: Option<Rc<Item>>,
    pub applicant: Applicant,
    /// The applicant is a child that has no number yet: the guardian's and the birth date make a temporary one.
    pub newborn: bool,
    /// What the item asks beyond the applicant, by field key, as typed.
    pub fields: BTreeMap<AttrValue, String>,
    pub counts: BTreeMap<AttrValue, Count>,
    /// Set once it is saved.
    pub recorded: Option<Recorded>,
}

/// How many of a material were received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub originals: u16,
    pub copies: u16,
}

impl Count {
    pub fn any(self) -> bool {
        self.originals + self.copies > 0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Originals,
    Copies,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    Item(Rc<Item>),
    OtherItem,
    Name(String),
    IdNo(String),
    Phone(String),
    Address(String),
    /// A code of a kind of paper, `USCC` or [`NEWBORN`].
    Kind(AttrValue),
    Who(Who, String),
    Field(AttrValue, String),
    /// Received as the item asks for it, or not at all.
    Tick(AttrValue),
    Count(AttrValue, Part, u16),
    Recorded(Recorded),
    /// Makes room for the next request if this one is saved.
    Next,
}

/// Chosen in the place of a paper: there is none yet.
pub const NEWBORN: &str = "newborn";

/// A part that not every applicant has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Contact,
    LegalRepresentative,
    HandlerName,
    HandlerIdNo,
    GuardianName,
    GuardianIdNo,
    Birth,
}

impl Who {
    pub fn path(self) -> &'static str {
        match self {
            Who::Contact => "applicant.contact",
            Who::LegalRepresentative => "applicant.legalRepresentative",
            Who::HandlerName => "applicant.handlerName",
            Who::HandlerIdNo => "applicant.handlerIdNo",
            Who::GuardianName => "applicant.guardianName",
            Who::GuardianIdNo => "applicant.guardianIdNo",
            Who::Birth => "applicant.birth",
        }
    }

    pub fn of(self, applicant: &Applicant) -> &str {
        match self {
            Who::Contact => &applicant.contact,
            Who::LegalRepresentative => &applicant.legal_representative,
            Who::HandlerName => &applicant.handler_name,
            Who::HandlerIdNo => &applicant.handler_id_no,
            Who::GuardianName => &applicant.guardian_name,
            Who::GuardianIdNo => &applicant.guardian_id_no,
            Who::Birth => &applicant.birth,
        }
    }

    fn put(self, applicant: &mut Applicant, text: String) {
        *match self {
            Who::Contact => &mut applicant.contact,
            Who::LegalRepresentative => &mut applicant.legal_representative,
            Who::HandlerName => &mut applicant.handler_name,
            Who::HandlerIdNo => &mut applicant.handler_id_no,
            Who::GuardianName => &mut applicant.guardian_name,
            Who::GuardianIdNo => &mut applicant.guardian_id_no,
            Who::Birth => &mut applicant.birth,
        } = text;
    }
}

/// The fields that stand in the applicant card, by their keys in the catalogue.
pub const APPLICANT: [&str; 4] = ["name", "idNo", "mobile", "addr"];

/// The fields of an item that are asked apart from the applicant. Files come with photos, not with typing.
pub fn extra_fields(item: &Item) -> impl Iterator<Item = &Field> {
    item.fields.iter().filter(|field| !APPLICANT.contains(&field.key.as_str()) && field.kind != "file")
}

impl Draft {
    pub fn count(&self, code: &str) -> Count {
        self.counts.get(code).copied().unwrap_or_default()
    }

    /// Materials without which the township can't accept, not yet received.
    pub fn missing(&self) -> Vec<&Material> {
        let materials = self.item.iter().flat_map(|item| &item.materials);
        materials
            .filter(|material| material.required() && !self.count(&material.material_code).any())
            .collect()
    }

    /// Required things that nobody has filled in yet, by their labels.
    pub fn blanks(&self) -> Vec<&str> {
        let applicant = &self.applicant;
        let basics: Vec<(&str, &String)> = if applicant.organisation() {
            vec![
                ("单位名称", &applicant.name),
                ("统一社会信用代码", &applicant.id_no),
                ("法定代表人", &applicant.legal_representative),
                ("经办人", &applicant.handler_name),
                ("电话", &applicant.phone),
                ("单位地址", &applicant.address),
            ]
        } else if self.newborn {
            vec![
                ("姓名", &applicant.name),
                ("监护人", &applicant.guardian_name),
                ("监护人号码", &applicant.guardian_id_no),
                ("出生日期", &applicant.birth),
                ("电话", &applicant.phone),
                ("住址", &applicant.address),
            ]
        } else {
            vec![
                ("姓名", &applicant.name),
                ("身份号码", &applicant.id_no),
                ("电话", &applicant.phone),
                ("住址", &applicant.address),
            ]
        };
        let basics = basics.into_iter().filter(|(_, value)| value.trim().is_empty()).map(|(label, _)| label);
        // The desk fills in its own division.
        let extra = self.item.iter().flat_map(|item| extra_fields(item));
        let extra = extra.filter(|field| field.required && field.kind != "division12");
        let extra =
            extra.filter(|field| self.field(&field.key).trim().is_empty()).map(|field| field.label.as_str());
        basics.chain(extra).collect()
    }

    pub fn field(&self, key: &str) -> &str {
        self.fields.get(key).map(String::as_str).unwrap_or_default()
    }

    /// What is sent to the desk; `None` before an item is chosen.
    pub fn request(&self) -> Option<Record> {
        let item = self.item.as_ref()?;
        let fields = extra_fields(item).filter_map(|field| {
            let text = self.field(&field.key).trim();
            let value = match field.kind.as_str() {
                _ if text.is_empty() => return None,
                "bool" => serde_json::Value::Bool(text == "true"),
                "date" => words::read_day(text).map_or_else(|| text.to_owned(), |day| day.to_string()).into(),
                _ => text.into(),
            };
            Some((field.key.clone(), value))
        });
        let materials = item.materials.iter().filter_map(|material| {
            let count = self.count(&material.material_code);
            count.any().then(|| MaterialCount {
                material_code: material.material_code.clone(),
                originals: count.originals,
                copies: count.copies,
            })
        });
        Some(Record {
            item_id: item.item_id.clone(),
            applicant: self.said_of_applicant(),
            fields: fields.collect(),
            materials: materials.collect(),
            channel: None,
            spot: None,
            goes_on_from: None,
        })
    }

    /// Without what was typed for another kind of applicant.
    fn said_of_applicant(&self) -> Applicant {
        let applicant = self.applicant.clone();
        let Applicant { name, id_type, id_no, phone, address, contact, .. } = applicant.clone();
        let everybody = Applicant { name, id_type, id_no, phone, address, contact, ..Applicant::default() };
        if applicant.organisation() {
            let Applicant { legal_representative, handler_name, handler_id_no, .. } = applicant;
            return Applicant {
                contact: String::new(),
                legal_representative,
                handler_name,
                handler_id_no,
                ..everybody
            };
        }
        if self.newborn {
            let Applicant { guardian_name, guardian_id_no, birth, .. } = applicant;
            let birth = words::read_day(&birth).map_or(birth, |day| day.to_string());
            return Applicant { id_no: String::new(), guardian_name, guardian_id_no, birth, ..everybody };
        }
        everybody
    }

    /// As many as the item asks for; one original where it names no number.
    fn asked(&self, code: &str) -> Count {
        let material = self.item.as_ref().and_then(|item| item.material(code));
        let asked = material.map(|material| Count { originals: material.originals, copies: material.copies });
        asked.filter(|count| count.any()).unwrap_or(Count { originals: 1, copies: 0 })
    }

    /// What an identity number tells, filled in where the catalogue says so. What somebody typed over stays; what came
    /// from the number before (`told`) follows the new one.
    fn fill_from_id_no(&mut self, told: Option<Date>) {
        let Some(birth) = check::id_birth(self.applicant.id_no.trim()) else { return };
        let told = told.map(|birth| birth.to_string());
        let keys = self.item.iter().flat_map(|item| extra_fields(item));
        let keys: Vec<AttrValue> = keys
            .filter(|field| field.kind == "date" && field.rule == "=idNo")
            .filter(|field| {
                self.fields.get(field.key.as_str()).is_none_or(|typed| Some(typed) == told.as_ref())
            })
            .map(|field| field.key.clone().into())
            .collect();
        self.fields.extend(keys.into_iter().map(|key| (key, birth.to_string())));
    }
}

impl Reducible for Draft {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let mut draft = (*self).clone();
        match edit {
            Edit::Item(item) => {
                draft.item = Some(item);
                draft.fill_from_id_no(None);
            }
            Edit::OtherItem => draft.item = None,
            Edit::Name(name) => draft.applicant.name = name,
            Edit::IdNo(id_no) => {
                let told = check::id_birth(draft.applicant.id_no.trim());
                draft.applicant.id_no = id_no;
                draft.fill_from_id_no(told);
            }
            Edit::Phone(phone) => draft.applicant.phone = phone,
            Edit::Address(address) => draft.applicant.address = address,
            Edit::Kind(kind) => {
                draft.newborn = kind == NEWBORN;
                let id_type = if draft.newborn { check::RESIDENT_CARD } else { &kind };
                draft.applicant.id_type = id_type.to_owned();
            }
            Edit::Who(part, text) => part.put(&mut draft.applicant, text),
            Edit::Field(key, value) => {
                draft.fields.insert(key, value);
            }
            Edit::Tick(code) => {
                let count = if draft.count(&code).any() { Count::default() } else { draft.asked(&code) };
                draft.counts.insert(code, count);
            }
            Edit::Count(code, part, number) => {
                let count = draft.counts.entry(code).or_default();
                match part {
                    Part::Originals => count.originals = number,
                    Part::Copies => count.copies = number,
                }
            }
            Edit::Recorded(recorded) => draft.recorded = Some(recorded),
            Edit::Next if draft.recorded.is_some() => draft = Draft::default(),
            Edit::Next => {}
        }
        Rc::new(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pension() -> Rc<Item> {
        let item = serde_json::json!({
            "itemId": "I002", "version": 1, "implCode": "", "name": "城乡居民基本养老保险待遇申领",
            "plainName": "领居民养老金", "typeCode": "20", "typeName": "公共服务", "handlingType": "2",
            "handlingTypeName": "承诺件", "statutoryLimit": {}, "promiseLimit": { "days": 10, "unit": "工作日" },
            "villageMode": "PROXY", "receiptPoint": "TOWNSHIP", "effectiveFrom": "2026-01-01",
            "materials": [
                { "seq": 1, "materialCode": "APP", "name": "申请表", "originals": 1, "copies": 0, "necessity": "1" },
                { "seq": 2, "materialCode": "ID", "name": "居民身份证", "originals": 1, "copies": 1, "necessity": "1" },
                { "seq": 3, "materialCode": "NOTE", "name": "情况说明", "originals": 0, "copies": 0, "necessity": "2" },
            ],
            "fields": [
                { "key": "name", "label": "姓名", "type": "personName", "required": true },
                { "key": "hukouDivision", "label": "户籍地", "type": "division12", "required": true },
                { "key": "birthDate", "label": "出生日期", "type": "date", "required": true, "rule": "=idNo" },
                { "key": "backPay", "label": "是否补缴", "type": "bool", "required": false },
                { "key": "scan", "label": "影像", "type": "file", "required": true },
            ],
        });
        Rc::new(serde_json::from_value(item).expect("the sample item has the catalogue's shape"))
    }

    fn after(edits: impl IntoIterator<Item = Edit>) -> Rc<Draft> {
        edits.into_iter().fold(Rc::new(Draft::default()), Reducible::reduce)
    }

    #[test]
    fn a_tick_takes_what_the_item_asks_for_and_gives_it_back() {
        let ticked = after([Edit::Item(pension()), Edit::Tick("ID".into()), Edit::Tick("NOTE".into())]);
        assert_eq!(ticked.count("ID"), Count { originals: 1, copies: 1 });
        assert_eq!(
            ticked.count("NOTE"),
            Count { originals: 1, copies: 0 },
            "no number asked for: one original"
        );
        assert!(!ticked.reduce(Edit::Tick("ID".into())).count("ID").any());
    }

    #[test]
    fn what_is_still_owed_is_named() {
        let draft = after([Edit::Item(pension()), Edit::Tick("APP".into()), Edit::Name("马桂英".into())]);
        let missing: Vec<&str> = draft.missing().iter().map(|material| material.name.as_str()).collect();
        assert_eq!(missing, ["居民身份证"]);
        assert_eq!(draft.blanks(), ["身份号码", "电话", "住址", "出生日期"]);
    }

    #[test]
    fn the_identity_number_fills_the_birthday_but_overwrites_nothing() {
        let id_no = || Edit::IdNo("621099194603120228".into());
        assert_eq!(after([Edit::Item(pension()), id_no()]).field("birthDate"), "1946-03-12");
        assert_eq!(after([id_no(), Edit::Item(pension())]).field("birthDate"), "1946-03-12");
        let slip = Edit::IdNo("621099194503120228".into());
        assert_eq!(after([Edit::Item(pension()), slip, id_no()]).field("birthDate"), "1946-03-12");
        let typed = Edit::Field("birthDate".into(), "1946-03-13".into());
        assert_eq!(after([Edit::Item(pension()), typed, id_no()]).field("birthDate"), "1946-03-13");
    }

    #[test]
    fn the_request_says_what_was_entered_and_nothing_else() {
        assert_eq!(after([Edit::Name("马桂英".into())]).request(), None, "no item yet");
        let draft = after([
            Edit::Item(pension()),
            Edit::Name("马桂英".into()),
            Edit::Tick("ID".into()),
            Edit::Count("ID".into(), Part::Copies, 2),
            Edit::Field("birthDate".into(), "19460312".into()),
            Edit::Field("backPay".into(), "true".into()),
            Edit::Field("ofAnotherItem".into(), "x".into()),
        ]);
        let request = draft.request().expect("an item is chosen");
        assert_eq!(
            serde_json::to_value(&request.fields).expect("a map"),
            serde_json::json!({ "birthDate": "1946-03-12", "backPay": true })
        );
        let id = MaterialCount { material_code: "ID".into(), originals: 1, copies: 2 };
        assert_eq!(request.materials, [id]);
    }

    #[test]
    fn what_was_typed_for_another_kind_of_applicant_is_not_said() {
        let typed = || {
            [
                Edit::Item(pension()),
                Edit::Name("王小宝".into()),
                Edit::IdNo("621099194603120228".into()),
                Edit::Who(Who::GuardianName, "王秀兰".into()),
                Edit::Who(Who::Birth, "20260105".into()),
                Edit::Who(Who::HandlerName, "马小兰".into()),
            ]
        };
        let said = |kind: &'static str| {
            let draft = after(typed().into_iter().chain([Edit::Kind(kind.into())]));
            draft.request().expect("an item is chosen").applicant
        };
        let child = said(NEWBORN);
        assert_eq!((child.id_type.as_str(), child.id_no.as_str()), ("111", ""));
        assert_eq!((child.guardian_name.as_str(), child.birth.as_str()), ("王秀兰", "2026-01-05"));
        let company = said("USCC");
        assert!(company.organisation() && company.guardian_name.is_empty());
        assert_eq!(company.handler_name, "马小兰");
        let person = said("414");
        assert_eq!(
            (person.id_type.as_str(), person.birth.as_str(), person.handler_name.as_str()),
            ("414", "", "")
        );
    }

    #[test]
    fn only_a_saved_request_makes_room() {
        let recorded =
            Recorded { case_no: "1".into(), state: daiban_domain::case::State::Registered, warnings: vec![] };
        let begun = after([Edit::Name("马桂英".into())]);
        assert_eq!(begun.clone().reduce(Edit::Next).applicant.name, "马桂英");
        assert_eq!(*begun.reduce(Edit::Recorded(recorded)).reduce(Edit::Next), Draft::default());
    }
}
