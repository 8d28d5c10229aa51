//! What an item asks: its form as data. Types, rules and conditions are read from the catalogue, so that a new item needs no
//! new program.

mod condition;
mod kind;
mod number;
mod reading;
pub(super) mod rule;

#[cfg(test)]
mod tests;

pub use condition::{Clause, Condition, Wants};
pub use kind::{Kind, day};
pub use reading::{Misread, Part};
pub use rule::{Comparison, Operand, Rule};

use crate::{
    check::{Fault, Passed},
    deadline::says_full_day,
};
use jiff::civil::Date;
use kind::Value;
use serde::{Deserialize, Serialize};

/// A field as the catalogue has it. What this program can't read of it is kept, and told ([`Form::of`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    pub key: String,
    pub label: String,
    /// A code of [`Kind`].
    #[serde(rename = "type")]
    pub kind: String,
    /// While it is asked at all.
    pub required: bool,
    /// What a choice may be.
    #[serde(default)]
    pub options: Vec<String>,
    /// What its value keeps to ([`rule`]).
    #[serde(default)]
    pub rule: String,
    /// When it is asked ([`condition`]); "" for always.
    #[serde(default)]
    pub condition: String,
    /// Why it is asked (Personal Information Protection Law, article 6).
    #[serde(default)]
    pub purpose: String,
}

impl Field {
    /// Where the applicant's data answer it already, e.g. `applicant.phone`.
    pub fn of_applicant(&self) -> Option<&'static str> {
        match (Kind::of(&self.kind)?, self.key.as_str()) {
            (Kind::PersonName, "name") => Some("applicant.name"),
            (Kind::IdNumber, "idNo") => Some("applicant.idNo"),
            (Kind::Phone, "mobile" | "phone") => Some("applicant.phone"),
            (Kind::Address, "addr" | "address") => Some("applicant.address"),
            _ => None,
        }
    }
}

/// The form of an item, read. Fields keep the item's order.
pub struct Form<'a> {
    asked: Vec<Asked<'a>>,
    /// What couldn't be read of it, and so isn't heeded.
    pub misread: Vec<Misread>,
}

/// One field, read.
pub struct Asked<'a> {
    pub field: &'a Field,
    /// Text where the catalogue's type isn't known here.
    pub kind: Kind,
    pub options: Vec<String>,
    pub rules: Vec<Rule>,
    pub condition: Option<Condition>,
}

/// What is wrong with a field, or odd about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub key: String,
    pub label: String,
    pub fault: Fault,
    /// The case can't be accepted with it.
    pub blocks: bool,
}

/// What stands in the fields of a form, by key; "" for nothing. What the applicant's data answer is an answer too.
pub type Answers<'a> = &'a dyn Fn(&str) -> String;

impl<'a> Form<'a> {
    pub fn asked(&self, key: &str) -> Option<&Asked<'a>> {
        self.asked.iter().find(|asked| asked.field.key == key)
    }

    /// The fields that are asked, given these answers. The others may have values; nobody needs them.
    pub fn shown(&self, answers: Answers<'_>, today: Date) -> Vec<&Asked<'a>> {
        self.asked.iter().filter(|asked| self.shows(asked, answers, today)).collect()
    }

    /// A field that hangs on one that isn't asked isn't asked either.
    fn shows(&self, asked: &Asked<'_>, answers: Answers<'_>, today: Date) -> bool {
        asked.condition.iter().flat_map(|condition| &condition.0).all(|Clause { key, wants }| {
            let Some(other) = self.asked(key).filter(|other| self.shows(other, answers, today)) else {
                return false;
            };
            let value = self.value(other, answers, today);
            let is = |wanted: &String| other.stored(wanted, today) == value;
            !value.is_empty()
                && match wants {
                    Wants::Anything => true,
                    Wants::OneOf(values) => values.iter().any(is),
                    Wants::NoneOf(values) => !values.iter().any(is),
                }
        })
    }

    /// What stands in a field as it is stored; where nothing does, what others come to by its rule.
    pub fn value(&self, asked: &Asked<'_>, answers: Answers<'_>, today: Date) -> String {
        let written = asked.stored(&answers(&asked.field.key), today);
        if !written.is_empty() {
            return written;
        }
        let equal = asked.rules.iter().find_map(|rule| match rule {
            Rule::Compares(Comparison::Equal, operand) => Some(operand),
            _ => None,
        });
        let comes_to = equal.and_then(|operand| self.comes_to(operand, answers, today));
        comes_to.and_then(|value| asked.kind.write(value)).unwrap_or_default()
    }

    fn comes_to(&self, operand: &Operand, answers: Answers<'_>, today: Date) -> Option<Value> {
        let terms = match operand {
            Operand::Number(number) => return Some(Value::Number(*number)),
            Operand::Day(day) => return Some(Value::Day(*day)),
            Operand::Today => return Some(Value::Day(today)),
            Operand::Terms(terms) => terms,
        };
        let values = terms.iter().map(|term| {
            let other = self.asked(&term.key).filter(|other| self.shows(other, answers, today))?;
            let value = other.kind.value(&self.value(other, answers, today))?;
            Some((term.minus, value))
        });
        values
            .reduce(|sum, value| match (sum?, value?) {
                ((minus, Value::Number(sum)), (less, Value::Number(number))) => {
                    let sum = if minus { -sum } else { sum };
                    Some((false, Value::Number(sum + if less { -number } else { number })))
                }
                _ => None,
            })?
            .map(|(_, value)| value)
    }

    /// Whether a text can stand in a field, and in which form. Nothing can always stand.
    pub fn check(
        &self,
        asked: &Asked<'_>,
        text: &str,
        answers: Answers<'_>,
        today: Date,
    ) -> Result<Passed, Fault> {
        if text.trim().is_empty() {
            return Ok(Passed::clean(""));
        }
        let mut passed = asked.kind.read(text, &asked.options, today)?;
        for rule in &asked.rules {
            let note = self.keeps(asked, rule, &passed.normalised, answers, today)?;
            passed.notes.extend(note);
        }
        Ok(passed)
    }

    /// Whether a stored value keeps to a rule; a note where it does with a doubt.
    fn keeps(
        &self,
        asked: &Asked<'_>,
        rule: &Rule,
        stored: &str,
        answers: Answers<'_>,
        today: Date,
    ) -> Result<Option<Fault>, Fault> {
        let length = stored.chars().count();
        let broken = |code, message: String| Err(Fault::new(code, message));
        match rule {
            Rule::Length(comparison, characters) if !comparison.holds(&length, &(*characters as usize)) => {
                broken(
                    "field-length",
                    format!("要{} {characters} 个字，现在是 {length} 个。", comparison.zh()),
                )
            }
            Rule::NoneOf(list) if list.iter().any(|one| one == stored) => {
                broken("field-excluded", format!("“{stored}”按规定不能填。"))
            }
            Rule::Is(kind) => kind.read(stored, &[], today).map(|passed| passed.notes.into_iter().next()),
            Rule::Columns(columns) => {
                match stored.lines().position(|line| line.split(',').count() != columns.len()) {
                    Some(line) => broken(
                        "field-columns",
                        format!(
                            "第 {} 行要有 {} 项，用逗号隔开：{}。",
                            line + 1,
                            columns.len(),
                            columns.join("，")
                        ),
                    ),
                    None => Ok(None),
                }
            }
            Rule::Compares(comparison, operand) => {
                let value = asked.kind.value(stored).zip(self.comes_to(operand, answers, today));
                let Some((value, other)) = value else { return Ok(None) };
                let other = asked.kind.grain(other);
                if comparison.holds(&value, &other) {
                    return Ok(None);
                }
                broken("field-rule", self.must(*comparison, operand, other))
            }
            Rule::Length(..) | Rule::NoneOf(_) => Ok(None),
        }
    }

    /// 不能早于“起始”（2026年1月1日）。
    fn must(&self, comparison: Comparison, operand: &Operand, comes_to: Value) -> String {
        let (day, than) = match comes_to {
            Value::Number(number) => (false, number.to_string()),
            Value::Day(day) => (true, says_full_day(day)),
        };
        let than = match operand {
            Operand::Terms(terms) => {
                let sum: Vec<String> = terms
                    .iter()
                    .enumerate()
                    .map(|(place, term)| {
                        let sign = if term.minus {
                            "减"
                        } else if place > 0 {
                            "加"
                        } else {
                            ""
                        };
                        let other = self.asked(&term.key);
                        let label = other.map_or(&term.key, |asked| &asked.field.label);
                        let born = other.is_some_and(|asked| asked.kind == Kind::IdNumber);
                        format!("{sign}“{label}”{}", if born { "里的出生日期" } else { "" })
                    })
                    .collect();
                format!("{}（{than}）", sum.concat())
            }
            Operand::Today => format!("今天（{than}）"),
            Operand::Number(_) | Operand::Day(_) => than,
        };
        let must = match (comparison, day) {
            (Comparison::AtLeast, true) => "不能早于",
            (Comparison::AtMost, true) => "不能晚于",
            (Comparison::More, true) => "要晚于",
            (Comparison::Less, true) => "要早于",
            (Comparison::AtLeast, false) => "不能小于",
            (Comparison::AtMost, false) => "不能大于",
            (Comparison::More, false) => "要大于",
            (Comparison::Less, false) => "要小于",
            (Comparison::Equal, _) => "要等于",
        };
        format!("{must}{than}。请再看一遍。")
    }

    /// All that is wrong with the answers, or odd about them, field by field. What isn't asked isn't looked at.
    pub fn doubts(&self, answers: Answers<'_>, today: Date) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        for asked in self.shown(answers, today) {
            let Field { key, label, required, .. } = asked.field;
            let mut doubt = |fault: Fault, blocks: bool| {
                doubts.push(Doubt { key: key.clone(), label: label.clone(), fault, blocks });
            };
            let value = self.value(asked, answers, today);
            if value.is_empty() {
                // A photo is asked for among the materials.
                if *required && asked.kind != Kind::File {
                    doubt(Fault::new("missing", format!("还没有填“{label}”。")), true);
                }
                continue;
            }
            match self.check(asked, &value, answers, today) {
                Ok(passed) => passed.notes.into_iter().for_each(|note| doubt(note, false)),
                Err(fault) => doubt(fault, true),
            }
            for misread in self.misread.iter().filter(|misread| misread.key == *key && misread.fatal) {
                let message = format!("这一栏按文字保留，没有核对：{}", misread.message);
                doubt(Fault::new("field-unread", message), false);
            }
        }
        doubts
    }
}

impl Asked<'_> {
    /// A text as it is stored: in its normal form, or as it was written where it has none.
    pub fn stored(&self, text: &str, today: Date) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        self.kind
            .read(text, &self.options, today)
            .map_or_else(|_| text.trim().to_owned(), |passed| passed.normalised)
    }

    /// A stored value as people read it.
    pub fn says(&self, stored: &str) -> String {
        match (self.kind, stored) {
            (Kind::YesNo, "true") => "是".to_owned(),
            (Kind::YesNo, "false") => "否".to_owned(),
            (Kind::Day, text) => day(text).map_or_else(|| text.to_owned(), says_full_day),
            (Kind::Money, text) => format!("{text} 元"),
            (Kind::Area, text) => format!("{text} 亩"),
            (_, text) => text.to_owned(),
        }
    }
}

impl Comparison {
    fn zh(self) -> &'static str {
        match self {
            Self::AtLeast => "不少于",
            Self::AtMost => "不多于",
            Self::More => "多于",
            Self::Less => "少于",
            Self::Equal => "正好",
        }
    }
}
