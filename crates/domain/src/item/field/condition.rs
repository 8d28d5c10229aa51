//! When a field is asked at all: clauses over other fields, all of which must hold.
//!
//! `bizType = 补换/换领`: one of these; `bizType ≠ 注销`: filled in, and none of these; `guardian`: filled in.

use super::rule::{is_key, named};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition(pub Vec<Clause>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    pub key: String,
    pub wants: Wants,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wants {
    Anything,
    OneOf(Vec<String>),
    NoneOf(Vec<String>),
}

impl Wants {
    pub fn values(&self) -> &[String] {
        match self {
            Self::Anything => &[],
            Self::OneOf(values) | Self::NoneOf(values) => values,
        }
    }
}

impl Condition {
    /// `None` for an empty text: always asked.
    pub fn read(text: &str) -> Result<Option<Self>, String> {
        let clauses = text.split(['；', ';', '\n']).map(str::trim).filter(|clause| !clause.is_empty());
        let clauses: Vec<Clause> = clauses.map(read_one).collect::<Result<_, _>>()?;
        Ok(Some(Self(clauses)).filter(|condition| !condition.0.is_empty()))
    }
}

fn read_one(clause: &str) -> Result<Clause, String> {
    let unread = || {
        format!(
            "填写条件“{clause}”读不懂。请写成“字段代码 = 甲/乙”“字段代码 ≠ 甲”，或只写字段代码，几条之间用分号。"
        )
    };
    let made = |key: &str, wants: Wants| {
        let key = key.trim();
        is_key(key).then(|| Clause { key: key.to_owned(), wants }).ok_or_else(unread)
    };
    let values = |list: &str| named(list, '/').ok_or_else(unread);
    if let Some((key, list)) = clause.split_once('≠').or_else(|| clause.split_once("!=")) {
        return made(key, Wants::NoneOf(values(list)?));
    }
    match clause.split_once(['=', '＝']) {
        Some((key, list)) => made(key, Wants::OneOf(values(list)?)),
        None => made(clause, Wants::Anything),
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(place, Clause { key, wants })| {
            f.write_str(if place > 0 { "；" } else { "" })?;
            match wants {
                Wants::Anything => f.write_str(key),
                Wants::OneOf(values) => write!(f, "{key} = {}", values.join("/")),
                Wants::NoneOf(values) => write!(f, "{key} ≠ {}", values.join("/")),
            }
        })
    }
}
