//! A rating while it is being given.

use daiban_contract::act::Rate;
use daiban_domain::rating::{Aspect, Channel, Grade, Reason};
use jiff::civil::Date;
use std::{collections::BTreeMap, rc::Rc};
use yew::Reducible;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub grade: Option<Grade>,
    pub aspects: BTreeMap<Aspect, Grade>,
    reasons: Vec<Reason>,
    pub text: String,
    pub name: String,
    pub phone: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Say {
    Grade(Grade),
    /// Another grade is to be chosen; what was said otherwise stays.
    Again,
    Aspect(Aspect, Option<Grade>),
    Reason(Reason),
    Text(String),
    Name(String),
    Phone(String),
}

impl Draft {
    /// Reasons are asked for a bad grade, and for no other.
    pub fn asks_why(&self) -> bool {
        self.grade.is_some_and(Grade::bad)
    }

    pub fn says(&self, reason: Reason) -> bool {
        self.asks_why() && self.reasons.contains(&reason)
    }

    /// What is sent to the desk; `None` while it can't be handed in.
    pub fn request(&self, case_no: &str, channel: Channel) -> Option<Rate> {
        let grade = self.grade?;
        let asks_why = self.asks_why();
        let text = self.text.trim();
        if asks_why && self.reasons.is_empty() && text.is_empty() {
            return None;
        }
        // What isn't asked isn't said.
        let asked = |text: &str| if asks_why { text.trim().to_owned() } else { String::new() };
        Some(Rate {
            case_no: case_no.to_owned(),
            grade,
            aspects: self.aspects.clone(),
            reasons: if asks_why { self.reasons.clone() } else { Vec::new() },
            text: asked(text),
            channel,
            rated_on: None,
            rater_name: asked(&self.name),
            rater_phone: asked(&self.phone),
            slip_no: String::new(),
        })
    }

    /// The same from a slip, on which all of it may stand whatever the grade.
    pub fn of_slip(&self, case_no: &str, channel: Channel, day: Date, number: &str) -> Option<Rate> {
        Some(Rate {
            text: self.text.trim().to_owned(),
            rater_name: self.name.trim().to_owned(),
            rater_phone: self.phone.trim().to_owned(),
            rated_on: Some(day),
            slip_no: number.trim().to_owned(),
            ..self.request(case_no, channel)?
        })
    }
}

impl Reducible for Draft {
    type Action = Say;

    fn reduce(self: Rc<Self>, say: Say) -> Rc<Self> {
        let mut draft = (*self).clone();
        match say {
            Say::Grade(grade) => draft.grade = Some(grade),
            Say::Again => draft.grade = None,
            Say::Aspect(aspect, Some(grade)) => drop(draft.aspects.insert(aspect, grade)),
            Say::Aspect(aspect, None) => drop(draft.aspects.remove(&aspect)),
            Say::Reason(reason) => match draft.reasons.iter().position(|said| *said == reason) {
                Some(place) => drop(draft.reasons.remove(place)),
                None => draft.reasons.push(reason),
            },
            Say::Text(text) => draft.text = text,
            Say::Name(name) => draft.name = name,
            Say::Phone(phone) => draft.phone = phone,
        }
        Rc::new(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn after(said: impl IntoIterator<Item = Say>) -> Rc<Draft> {
        said.into_iter().fold(Rc::new(Draft::default()), Reducible::reduce)
    }

    #[test]
    fn a_bad_grade_says_why_and_a_good_one_is_not_asked() {
        use Say::*;
        let bad = || Grade(super::Grade::Dissatisfied);
        let table = [
            ("nothing chosen", vec![], false),
            ("good", vec![Grade(super::Grade::FairlySatisfied)], true),
            ("bad alone", vec![bad()], false),
            ("bad with a reason", vec![bad(), Reason(super::Reason::Late)], true),
            (
                "a reason taken back",
                vec![bad(), Reason(super::Reason::Late), Reason(super::Reason::Late)],
                false,
            ),
            ("blank words", vec![bad(), Text("  ".into())], false),
            ("words", vec![bad(), Text("跑了三次".into())], true),
        ];
        for (name, said, expected) in table {
            assert_eq!(after(said).request("1", Channel::Tablet).is_some(), expected, "{name}");
        }
    }

    #[test]
    fn what_was_said_of_a_bad_grade_goes_with_it() {
        let said = [
            Say::Grade(Grade::VeryDissatisfied),
            Say::Reason(Reason::Rude),
            Say::Text("态度不好".into()),
            Say::Phone("13912345678".into()),
            Say::Aspect(Aspect::Attitude, Some(Grade::Dissatisfied)),
            Say::Again,
            Say::Grade(Grade::Satisfied),
        ];
        let draft = after(said);
        let good = draft.request("1", Channel::Tablet).expect("a grade is chosen");
        assert!(good.reasons.is_empty() && good.text.is_empty() && good.rater_phone.is_empty());
        assert_eq!(good.aspects.len(), 1);
        assert!(!draft.says(Reason::Rude));
        let slip = draft.of_slip("1", Channel::Paper, date(2026, 3, 12), " 7 ").expect("a grade is chosen");
        assert_eq!(
            (slip.text.as_str(), slip.slip_no.as_str()),
            ("态度不好", "7"),
            "what stands on paper is kept"
        );
    }
}
