//! A request while it is being recorded. It lives as long as the window: leaving the page loses nothing.

use crate::{
    texts::record as texts,
    widgets::checklist::{Brought, Count},
};
use daiban_contract::{
    act::Record,
    view::{Applicant, MaterialCount, Recorded, ResidentRow},
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
    /// What the desk keeps it by until it is recorded; 0 while there is nothing worth keeping.
    pub id: u32,
    /// Where in the wizard it is.
    pub step: Step,
    pub item: Option<Rc<Item>>,
    pub applicant: Applicant,
    /// The entry of the register that the applicant was taken from, as it is shown: masked. The desk knows the whole.
    pub resident: Option<Rc<ResidentRow>>,
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

/// The wizard's steps before the receipt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    #[default]
    Who,
    What,
    Materials,
    Check,
}

impl Step {
    pub const ALL: [Step; 4] = [Step::Who, Step::What, Step::Materials, Step::Check];

    pub fn id(self) -> &'static str {
        match self {
            Step::Who => "who",
            Step::What => "what",
            Step::Materials => "materials",
            Step::Check => "check",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.id() == text)
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step as u8 == self as u8 + 1)
    }

    pub fn before(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step as u8 + 1 == self as u8)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A new request of somebody whom the register knows.
    Person(Rc<ResidentRow>),
    /// The same in the request at hand.
    Take(Rc<ResidentRow>),
    /// What it is kept by until it is recorded.
    Id(u32),
    Step(Step),
    /// Left for later; the desk keeps it.
    Aside,
    /// One that was left.
    Resume(Rc<Draft>),
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
    Brought(Brought),
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
                (texts::organisation(), &applicant.name),
                (texts::credit_code(), &applicant.id_no),
                (texts::representative(), &applicant.legal_representative),
                (texts::handler(), &applicant.handler_name),
                (texts::phone(), &applicant.phone),
                (texts::organisation_address(), &applicant.address),
            ]
        } else if self.newborn {
            vec![
                (texts::name(), &applicant.name),
                (texts::guardian(), &applicant.guardian_name),
                (texts::guardian_no(), &applicant.guardian_id_no),
                (texts::birth(), &applicant.birth),
                (texts::phone(), &applicant.phone),
                (texts::address(), &applicant.address),
            ]
        } else {
            vec![
                (texts::name(), &applicant.name),
                (texts::id_no(), &applicant.id_no),
                (texts::phone(), &applicant.phone),
                (texts::address(), &applicant.address),
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
            Some("applicant.idNo") => self.number(),
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
            resident: self.resident.as_ref().map(|row| row.id),
            unfinished: Some(self.id).filter(|id| *id != 0),
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
    pub(super) fn asked(&self, code: &str) -> Count {
        let material = self.item.as_ref().and_then(|item| item.material(code));
        material.map_or(Count::asked(0, 0), |material| Count::asked(material.originals, material.copies))
    }
}

impl Reducible for Draft {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let mut draft = (*self).clone();
        match edit {
            Edit::Person(row) => {
                draft = Draft::default();
                draft.take(row);
            }
            Edit::Take(row) => draft.take(row),
            Edit::Id(id) => draft.id = id,
            Edit::Step(step) => draft.step = step,
            Edit::Aside => draft = Draft::default(),
            Edit::Resume(left) => return left,
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
            Edit::Brought(Brought::Tick(code)) => {
                let count = draft.count(&code).ticked(draft.asked(&code));
                draft.counts.insert(code, count);
            }
            Edit::Brought(Brought::Count(code, part, number)) => {
                draft.counts.entry(code).or_default().put(part, number);
            }
            Edit::Recorded(recorded) => draft.recorded = Some(recorded),
            Edit::Next if draft.recorded.is_some() => draft = Draft::default(),
            Edit::Next => {}
        }
        Rc::new(draft)
    }
}

#[cfg(test)]
mod tests;
