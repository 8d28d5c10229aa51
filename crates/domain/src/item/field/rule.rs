//! What a field's value has to keep to, as people write it in the catalogue: clauses with semicolons between them.
//!
//! | clause | means |
//! | --- | --- |
//! | `≥ 18`, `≤ 100` | no less, no more; for days no earlier, no later |
//! | `> from`, `< 今天`, `≤ 2026-12-31` | later than another field, before today, by that day |
//! | `= contractArea - deductArea`, `= idNo` | what others come to; filled in where nothing stands |
//! | `≥ 2 字` | characters |
//! | `≠ 亲属关系证明/健在证明` | none of these |
//! | `是 统一社会信用代码` | a text in the form of another type |
//! | `列 姓名,关系` | the cells of a line of a table |

use super::{kind::Kind, number::Number};
use jiff::civil::Date;
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    Compares(Comparison, Operand),
    /// Of characters.
    Length(Comparison, u32),
    NoneOf(Vec<String>),
    Is(Kind),
    Columns(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    AtLeast,
    AtMost,
    More,
    Less,
    Equal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    Number(Number),
    Day(Date),
    Today,
    /// Other fields by their keys, added up.
    Terms(Vec<Term>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub minus: bool,
    pub key: String,
}

/// The longer signs first: one begins like another.
const SIGNS: [(&str, Comparison); 10] = [
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    ("≥", Comparison::AtLeast),
    ("≤", Comparison::AtMost),
    (">", Comparison::More),
    ("<", Comparison::Less),
    ("=", Comparison::Equal),
    ("＞", Comparison::More),
    ("＜", Comparison::Less),
    ("＝", Comparison::Equal),
];

impl Comparison {
    fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::More => ">",
            Self::Less => "<",
            Self::Equal => "=",
        }
    }

    pub(super) fn holds<T: Ord>(self, one: &T, other: &T) -> bool {
        match self {
            Self::AtLeast => one >= other,
            Self::AtMost => one <= other,
            Self::More => one > other,
            Self::Less => one < other,
            Self::Equal => one == other,
        }
    }
}

/// The rules of a field of this kind.
pub fn read(text: &str, kind: Kind) -> Result<Vec<Rule>, String> {
    let clauses = text.split(['；', ';', '\n']).map(str::trim).filter(|clause| !clause.is_empty());
    clauses.map(|clause| read_one(clause, kind)).collect()
}

fn read_one(clause: &str, kind: Kind) -> Result<Rule, String> {
    if let Some(list) = clause.strip_prefix("≠").or_else(|| clause.strip_prefix("!=")) {
        return named(list, '/').map(Rule::NoneOf).ok_or_else(|| unread(clause));
    }
    if let Some(columns) = clause.strip_prefix("列") {
        let columns = named(&columns.replace('，', ","), ',').ok_or_else(|| unread(clause))?;
        return table(kind, clause, columns);
    }
    if let Some(form) = clause.strip_prefix("是") {
        let form = Kind::of(form).filter(|form| form.checks_itself());
        return form.map(Rule::Is).ok_or_else(|| unread(clause));
    }
    if let Some((sign, comparison)) = SIGNS.iter().find(|(sign, _)| clause.starts_with(sign)) {
        let operand = clause[sign.len()..].trim();
        if let Some(characters) = operand.strip_suffix('字') {
            let characters = characters.trim().parse().map_err(|_| unread(clause))?;
            return Ok(Rule::Length(*comparison, characters));
        }
        let operand = read_operand(operand, kind).ok_or_else(|| unread(clause))?;
        return compares(kind, clause, *comparison, operand);
    }
    // Catalogues of before name a table's columns without more ado.
    match kind {
        Kind::Table if clause.contains(',') => {
            named(clause, ',').map(Rule::Columns).ok_or_else(|| unread(clause))
        }
        _ => Err(unread(clause)),
    }
}

fn unread(clause: &str) -> String {
    format!(
        "规则“{clause}”读不懂。请写成“≥ 1”“≤ 今天”“> 字段代码”“≤ 50 字”“≠ 甲/乙”“是 电话”这样，几条之间用分号。"
    )
}

fn table(kind: Kind, clause: &str, columns: Vec<String>) -> Result<Rule, String> {
    match kind {
        Kind::Table => Ok(Rule::Columns(columns)),
        _ => Err(format!("规则“{clause}”只能用在明细上。请改字段类型或删去这条规则。")),
    }
}

fn compares(kind: Kind, clause: &str, comparison: Comparison, operand: Operand) -> Result<Rule, String> {
    let fits = match &operand {
        Operand::Number(_) => kind.number(),
        Operand::Day(_) | Operand::Today => kind.day(),
        Operand::Terms(terms) => kind.number() || kind.day() && terms.len() == 1 && !terms[0].minus,
    };
    if fits {
        return Ok(Rule::Compares(comparison, operand));
    }
    Err(format!("规则“{clause}”用不到“{}”上：只有数字和数字、日期和日期能比大小。", kind.zh()))
}

fn read_operand(text: &str, kind: Kind) -> Option<Operand> {
    if text == "今天" {
        return Some(Operand::Today);
    }
    let literal = match kind.number() {
        true => Number::read(text).map(Operand::Number),
        false => Kind::Day.value(text).or_else(|| Kind::Month.value(text)).and_then(|value| match value {
            super::kind::Value::Day(day) => Some(Operand::Day(day)),
            super::kind::Value::Number(_) => None,
        }),
    };
    literal.or_else(|| terms(text).map(Operand::Terms))
}

fn terms(text: &str) -> Option<Vec<Term>> {
    let mut terms = Vec::new();
    let mut minus = false;
    let mut rest = text;
    loop {
        let end = rest.find(['+', '-']).unwrap_or(rest.len());
        let key = rest[..end].trim();
        if !is_key(key) {
            return None;
        }
        terms.push(Term { minus, key: key.to_owned() });
        match rest[end..].chars().next() {
            None => return Some(terms),
            Some(sign) => {
                minus = sign == '-';
                rest = &rest[end + 1..];
            }
        }
    }
}

/// Letters, digits and underscores, a letter first.
pub(super) fn is_key(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
}

/// Texts with a separator between them, none of them empty.
pub(super) fn named(list: &str, separator: char) -> Option<Vec<String>> {
    let named: Vec<String> = list.split(separator).map(|one| one.trim().to_owned()).collect();
    named.iter().all(|one| !one.is_empty()).then_some(named)
}

impl Rule {
    /// Keys of the fields that it looks at.
    pub fn looks_at(&self) -> impl Iterator<Item = &str> {
        let terms: &[Term] = match self {
            Self::Compares(_, Operand::Terms(terms)) => terms,
            _ => &[],
        };
        terms.iter().map(|term| term.key.as_str())
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compares(comparison, operand) => write!(f, "{} {operand}", comparison.sign()),
            Self::Length(comparison, characters) => write!(f, "{} {characters} 字", comparison.sign()),
            Self::NoneOf(list) => write!(f, "≠ {}", list.join("/")),
            Self::Is(kind) => write!(f, "是 {}", kind.zh()),
            Self::Columns(columns) => write!(f, "列 {}", columns.join(",")),
        }
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Today => f.write_str("今天"),
            Self::Terms(terms) => {
                terms.iter().enumerate().try_for_each(|(place, term)| match (place, term.minus) {
                    (0, _) => f.write_str(&term.key),
                    (_, true) => write!(f, " - {}", term.key),
                    (_, false) => write!(f, " + {}", term.key),
                })
            }
        }
    }
}
