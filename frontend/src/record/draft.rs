//! A request while it is being recorded. It lives as long as the window: leaving the page loses nothing.

use daiban_contract::{
    act::Record,
    view::{Applicant, MaterialCount, Recorded},
};
use daiban_domain::{
    PersonId, check,
    item::{
        Field, Item, Material,
        field::{Asked, Form, Kind, day},
    },
};
use jiff::civil::Date;
use std::{collections::BTreeMap, rc::Rc};
use yew::{AttrValue, Reducible};

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

/// What each user has filled in so far. Who works here meanwhile doesn't see it; it is nowhere but here.
#[derive(PartialEq, Default)]
pub struct Drafts(BTreeMap<Option<PersonId>, Rc<Draft>>);

impl Drafts {
    pub fn of(&self, person: Option<PersonId>) -> Rc<Draft> {
        self.0.get(&person).cloned().unwrap_or_default()
    }
}

impl Reducible for Drafts {
    type Action = (Option<PersonId>, Edit);

    fn reduce(self: Rc<Self>, (person, edit): Self::Action) -> Rc<Self> {
        let mut drafts = self.0.clone();
        drafts.insert(person, self.of(person).reduce(edit));
        Rc::new(Self(drafts))
    }
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

/// The fields of an item that are asked apart from the applicant. Files come with photos, not with typing.
fn stands_apart(field: &Field) -> bool {
    field.of_applicant().is_none() && Kind::of(&field.kind) != Some(Kind::File)
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
    pub fn blanks(&self, today: Date) -> Vec<String> {
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
        let basics = basics
            .into_iter()
            .filter(|(_, value)| value.trim().is_empty())
            .map(|(label, _)| label.to_owned());
        let Some(item) = &self.item else { return basics.collect() };
        let form = Form::of(&item.fields);
        // The desk fills in its own division.
        let asked = |key: &str| {
            form.asked(key).is_some_and(|asked| stands_apart(asked.field) && asked.kind != Kind::Village)
        };
        let doubts = form.doubts(&|key: &str| self.answer(key), today).into_iter();
        let missing = doubts.filter(|doubt| doubt.fault.code == "missing" && asked(&doubt.key));
        basics.chain(missing.map(|doubt| doubt.label)).collect()
    }

    /// What the item asks apart from the applicant, given the answers so far.
    pub fn questions<'f>(&self, form: &'f Form<'_>, today: Date) -> Vec<&'f Asked<'f>> {
        let shown = form.shown(&|key: &str| self.answer(key), today);
        shown.into_iter().filter(|asked| stands_apart(asked.field)).collect()
    }

    /// What was typed into a field.
    pub fn field(&self, key: &str) -> &str {
        self.fields.get(key).map(String::as_str).unwrap_or_default()
    }

    /// The same, with what the applicant's data answer already.
    pub fn answer(&self, key: &str) -> String {
        let field = self.item.as_ref().and_then(|item| item.fields.iter().find(|field| field.key == key));
        match field.and_then(Field::of_applicant) {
            Some("applicant.name") => self.applicant.name.clone(),
            Some("applicant.idNo") => self.applicant.id_no.clone(),
            Some("applicant.phone") => self.applicant.phone.clone(),
            Some(_) => self.applicant.address.clone(),
            None => self.field(key).to_owned(),
        }
    }

    /// What is sent to the desk; `None` before an item is chosen.
    pub fn request(&self, today: Date) -> Option<Record> {
        let item = self.item.as_ref()?;
        let form = Form::of(&item.fields);
        // What isn't on the page isn't said.
        let typed = self.questions(&form, today).into_iter().map(|asked| &asked.field.key);
        let typed = typed.filter(|key| !self.field(key).trim().is_empty());
        let fields = typed.map(|key| (key.clone(), self.field(key).trim().into()));
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
            let birth = day(&birth).map_or(birth, |day| day.to_string());
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
}

impl Reducible for Draft {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let mut draft = (*self).clone();
        match edit {
            Edit::Item(item) => draft.item = Some(item),
            Edit::OtherItem => draft.item = None,
            Edit::Name(name) => draft.applicant.name = name,
            Edit::IdNo(id_no) => draft.applicant.id_no = id_no,
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
    use jiff::civil::date;

    const TODAY: Date = date(2026, 9, 29);

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
                { "key": "idNo", "label": "公民身份号码", "type": "idCard18", "required": true },
                { "key": "birthDate", "label": "出生日期", "type": "date", "required": true, "rule": "=idNo" },
                { "key": "backPay", "label": "是否补缴", "type": "bool", "required": false },
                { "key": "backYears", "label": "补缴年数", "type": "int", "required": true, "condition": "backPay = 是" },
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
        assert_eq!(draft.blanks(TODAY), ["身份号码", "电话", "住址", "出生日期"]);
    }

    #[test]
    fn the_identity_number_tells_the_birthday_unless_it_is_typed() {
        let told = |draft: &Draft| {
            let item = pension();
            let form = Form::of(&item.fields);
            form.asked("birthDate").map(|asked| form.value(asked, &|key: &str| draft.answer(key), TODAY))
        };
        let id_no = || Edit::IdNo("621099194603120228".into());
        assert_eq!(told(&after([Edit::Item(pension()), id_no()])).as_deref(), Some("1946-03-12"));
        let typed = Edit::Field("birthDate".into(), "19460313".into());
        assert_eq!(told(&after([Edit::Item(pension()), typed, id_no()])).as_deref(), Some("1946-03-13"));
    }

    #[test]
    fn what_hangs_on_another_answer_comes_and_goes_with_it() {
        let keys = |draft: &Draft| -> Vec<String> {
            let item = pension();
            let form = Form::of(&item.fields);
            draft.questions(&form, TODAY).iter().map(|asked| asked.field.key.clone()).collect()
        };
        let begun = after([Edit::Item(pension())]);
        assert_eq!(keys(&begun), ["hukouDivision", "birthDate", "backPay"]);
        let paying = begun.reduce(Edit::Field("backPay".into(), "true".into()));
        assert_eq!(keys(&paying), ["hukouDivision", "birthDate", "backPay", "backYears"]);
        assert!(paying.blanks(TODAY).contains(&"补缴年数".to_owned()));
        let changed = paying
            .reduce(Edit::Field("backYears".into(), "3".into()))
            .reduce(Edit::Field("backPay".into(), "false".into()));
        assert!(!keys(&changed).contains(&"backYears".to_owned()));
        // It is still there if the answer comes back, but nobody sees it now, and so it isn't recorded.
        assert_eq!(changed.field("backYears"), "3");
        assert!(!changed.request(TODAY).expect("an item is chosen").fields.contains_key("backYears"));
    }

    #[test]
    fn the_request_says_what_was_entered_and_nothing_else() {
        assert_eq!(after([Edit::Name("马桂英".into())]).request(TODAY), None, "no item yet");
        let draft = after([
            Edit::Item(pension()),
            Edit::Name("马桂英".into()),
            Edit::Tick("ID".into()),
            Edit::Count("ID".into(), Part::Copies, 2),
            Edit::Field("birthDate".into(), " 19460312 ".into()),
            Edit::Field("backPay".into(), "false".into()),
            Edit::Field("ofAnotherItem".into(), "x".into()),
        ]);
        let request = draft.request(TODAY).expect("an item is chosen");
        assert_eq!(
            serde_json::to_value(&request.fields).expect("a map"),
            serde_json::json!({ "birthDate": "19460312", "backPay": "false" })
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
            draft.request(date(2026, 3, 5)).expect("an item is chosen").applicant
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
    fn each_user_has_their_own() {
        let (one, other) = (Some(PersonId([1; 8])), Some(PersonId([2; 8])));
        let begun = Rc::new(Drafts::default()).reduce((one, Edit::Name("马桂英".into())));
        assert_eq!(*begun.of(other), Draft::default());
        let both = begun.reduce((other, Edit::Name("王秀兰".into())));
        assert_eq!(both.of(one).applicant.name, "马桂英");
        assert_eq!(both.of(other).applicant.name, "王秀兰");
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
