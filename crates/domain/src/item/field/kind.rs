//! What kinds of things a form may ask, and how each is written and stored.

use super::number::Number;
use crate::{
    UnitCode,
    check::{self, Fault, Passed, half_width},
};
use jiff::civil::Date;

/// The type of a field. What it isn't listed with is refused at publishing, and kept as text where a case has it already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Text,
    LongText,
    Whole,
    Decimal,
    TwoDecimals,
    /// In 亩, two decimals.
    Area,
    /// In yuan, stored with two decimals.
    Money,
    /// Stored as 2026-11-23.
    Day,
    /// Stored as 2026-11.
    Month,
    Year,
    /// One of the field's options; without any, as text.
    Choice,
    /// Stored as `true` or `false`.
    YesNo,
    PersonName,
    IdNumber,
    Uscc,
    IdOrUscc,
    Phone,
    BankCard,
    Address,
    Village,
    /// A county by its six digits (GB/T 2260).
    County,
    Postcode,
    /// Lines of cells, separated by commas.
    Table,
    /// Comes with a photo, not with typing.
    File,
}

/// Each with its code in the catalogue and what people call it.
const KINDS: [(Kind, &str, &str); 24] = [
    (Kind::Text, "text", "文字"),
    (Kind::LongText, "longText", "长文字"),
    (Kind::Whole, "int", "整数"),
    (Kind::Decimal, "decimal", "小数"),
    (Kind::TwoDecimals, "decimal2", "两位小数"),
    (Kind::Area, "area", "面积（亩）"),
    (Kind::Money, "money", "金额（元）"),
    (Kind::Day, "date", "日期"),
    (Kind::Month, "yearMonth", "年月"),
    (Kind::Year, "year", "年度"),
    (Kind::Choice, "enum", "单选"),
    (Kind::YesNo, "bool", "是否"),
    (Kind::PersonName, "personName", "姓名"),
    (Kind::IdNumber, "idCard18", "公民身份号码"),
    (Kind::Uscc, "uscc", "统一社会信用代码"),
    (Kind::IdOrUscc, "idOrUscc", "身份号码或信用代码"),
    (Kind::Phone, "phone", "电话"),
    (Kind::BankCard, "bankCard", "银行账号"),
    (Kind::Address, "address", "地址"),
    (Kind::Village, "division12", "村（社区）"),
    (Kind::County, "division6", "县（6 位代码）"),
    (Kind::Postcode, "postcode", "邮政编码"),
    (Kind::Table, "table", "明细（每行一条）"),
    (Kind::File, "file", "影像"),
];

/// What a value comes to where values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    Number(Number),
    Day(Date),
}

impl Kind {
    /// By its code, or by what people call it.
    pub fn of(written: &str) -> Option<Self> {
        let written = written.trim();
        KINDS.iter().find(|(_, code, zh)| *code == written || *zh == written).map(|(kind, ..)| *kind)
    }

    pub fn code(self) -> &'static str {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, code, _)| code)
    }

    pub fn zh(self) -> &'static str {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or("", |(.., zh)| zh)
    }

    pub fn all() -> Vec<&'static str> {
        KINDS.iter().map(|(.., zh)| *zh).collect()
    }

    pub fn number(self) -> bool {
        matches!(
            self,
            Self::Whole | Self::Decimal | Self::TwoDecimals | Self::Area | Self::Money | Self::Year
        )
    }

    /// A day, or what tells one: an identity number tells the birth.
    pub fn day(self) -> bool {
        matches!(self, Self::Day | Self::Month | Self::IdNumber)
    }

    /// Kinds in which two texts may stand beside each other.
    pub fn holds_two(self) -> bool {
        matches!(self, Self::Text | Self::LongText | Self::Address)
    }

    /// Kinds whose form is checked wherever they stand, and that a text may be asked to be.
    pub fn checks_itself(self) -> bool {
        !matches!(
            self,
            Self::Text
                | Self::LongText
                | Self::Address
                | Self::Choice
                | Self::YesNo
                | Self::Table
                | Self::File
        )
    }

    /// What was typed, in the form it is stored in. `options` are a choice's.
    pub fn read(self, text: &str, options: &[String], today: Date) -> Result<Passed, Fault> {
        match self {
            Self::Text | Self::LongText | Self::Address | Self::File => Ok(Passed::clean(text.trim())),
            Self::Whole => number(text, 0, &[]),
            Self::Decimal => number(text, 6, &[]),
            Self::TwoDecimals => number(text, 2, &[]),
            Self::Area => number(text, 2, &["亩"]),
            Self::Money => number(text, 2, &["元", "￥", "¥"]).map(|passed| Passed {
                normalised: Number::read(&passed.normalised).map_or(passed.normalised, Number::with_cents),
                ..passed
            }),
            Self::Day => match day(text) {
                Some(day) => Ok(Passed::clean(day.to_string())),
                None => {
                    Err(Fault::new("date-form", "不是日期。请写成 2026-11-23、20261123 或 2026年11月23日。"))
                }
            },
            Self::Month => match month(text) {
                Some(first) => Ok(Passed::clean(first.strftime("%Y-%m").to_string())),
                None => Err(Fault::new("month-form", "不是年月。请写成 2026-11、202611 或 2026年11月。")),
            },
            Self::Year => match year(text) {
                Some(year) => Ok(Passed::clean(year.to_string())),
                None => Err(Fault::new("year-form", "不是年份。请写成 2026 这样的四位数字。")),
            },
            Self::Choice => choice(text, options),
            Self::YesNo => match text.trim() {
                "true" | "是" | "有" => Ok(Passed::clean("true")),
                "false" | "否" | "无" => Ok(Passed::clean("false")),
                _ => Err(Fault::new("yes-or-no", "这里只填“是”或“否”。")),
            },
            Self::PersonName => check::name(text),
            Self::IdNumber => check::id_number(text, today),
            Self::Uscc => check::uscc(text),
            Self::IdOrUscc => match check::id_number(text, today) {
                Ok(passed) => Ok(passed),
                Err(_) => check::uscc(text).map_err(|_| {
                    let message =
                        "既不是身份号码，也不是统一社会信用代码，有一位记错了。请对照证照再看一遍。";
                    Fault::new("id-or-uscc", message)
                }),
            },
            Self::Phone => check::mobile(text),
            Self::BankCard => check::bank_card(text),
            Self::Village => match half_width(text) {
                code if code.parse::<UnitCode>().is_ok() => Ok(Passed::clean(code)),
                _ => Err(Fault::new("division-form", "村（社区）代码要 12 位数字。请从列表里选。")),
            },
            Self::County => match half_width(text) {
                code if code.len() == 6 && digits(&code) && !code.starts_with('0') => Ok(Passed::clean(code)),
                _ => Err(Fault::new("county-form", "县（市、区）代码要 6 位数字，如 621099。")),
            },
            Self::Postcode => check::postcode(text),
            Self::Table => Ok(Passed::clean(lines(text))),
        }
    }

    /// What a stored value of this kind comes to.
    pub(super) fn value(self, stored: &str) -> Option<Value> {
        match self {
            Self::Day => day(stored).map(Value::Day),
            Self::Month => month(stored).map(Value::Day),
            Self::IdNumber => check::id_document_birth(check::RESIDENT_CARD, stored).map(Value::Day),
            kind if kind.number() => Number::read(stored).map(Value::Number),
            _ => None,
        }
    }

    /// A value as this kind stores it; `None` where it can't.
    pub(super) fn write(self, value: Value) -> Option<String> {
        match (self, value) {
            (Self::Day, Value::Day(day)) => Some(day.to_string()),
            (Self::Month, Value::Day(day)) => Some(day.strftime("%Y-%m").to_string()),
            (Self::Money, Value::Number(number)) if !number.negative() => Some(number.with_cents()),
            (kind, Value::Number(number)) if kind.number() && !number.negative() => Some(number.to_string()),
            _ => None,
        }
    }

    /// A value at the grain in which this kind counts: months begin on their first day.
    pub(super) fn grain(self, value: Value) -> Value {
        match (self, value) {
            (Self::Month, Value::Day(day)) => Value::Day(day.first_of_month()),
            (_, value) => value,
        }
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str, decimals: usize, units: &[&str]) -> Result<Passed, Fault> {
    let mut written = half_width(text).replace(',', "");
    for unit in units {
        written = written.replace(unit, "");
    }
    if written.split_once('.').is_some_and(|(_, after)| digits(after) && after.len() > decimals) {
        let most = if decimals == 0 {
            "这里要填整数。".to_owned()
        } else {
            format!("最多 {decimals} 位小数。")
        };
        return Err(Fault::new("number-decimals", most));
    }
    let Some(number) = Number::read(&written) else {
        return Err(Fault::new("number-form", "这里只填数字，不能是负数，也不能太长。"));
    };
    Ok(Passed::clean(number.to_string()))
}

/// A day as people write it: 2026-11-23, 20261123, 2026.11.23, 2026年11月23日, also in full width.
pub fn day(text: &str) -> Option<Date> {
    let [year, month, day] = parts(text, &[4, 6, 8])?;
    let found = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    (found.year() >= 1800).then_some(found)
}

/// The first day of a month: 2026-11, 202611, 2026年11月.
fn month(text: &str) -> Option<Date> {
    let [year, month] = parts(text, &[4, 6])?;
    let first = Date::new(year, month.try_into().ok()?, 1).ok()?;
    (first.year() >= 1800).then_some(first)
}

fn year(text: &str) -> Option<i16> {
    let written = half_width(text);
    let year: i16 = written.strip_suffix('年').unwrap_or(&written).parse().ok()?;
    (1800..=9999).contains(&year).then_some(year)
}

/// Numbers between separators, or in one run of digits that ends at the last of `ends` and is cut at the others.
fn parts<const N: usize>(text: &str, ends: &[usize; N]) -> Option<[i16; N]> {
    let written = half_width(text);
    let found: Vec<i16> = if digits(&written) && written.len() == *ends.last()? {
        let starts = [0].into_iter().chain(ends.iter().copied());
        starts.zip(ends).map(|(from, to)| written.get(from..*to)?.parse().ok()).collect::<Option<_>>()?
    } else {
        let written = written.trim_end_matches(['日', '号']);
        let written = if N == 2 { written.trim_end_matches('月') } else { written };
        let parts = written.split(['-', '.', '/', '年', '月']);
        parts.map(|part| if digits(part) { part.parse().ok() } else { None }).collect::<Option<_>>()?
    };
    found.try_into().ok()
}

fn choice(text: &str, options: &[String]) -> Result<Passed, Fault> {
    let written = text.trim();
    if options.is_empty() {
        return Ok(Passed::clean(written));
    }
    let same = |option: &&String| *option == written || half_width(option) == half_width(written);
    match options.iter().find(|option| *option == written).or_else(|| options.iter().find(same)) {
        Some(option) => Ok(Passed::clean(option.trim())),
        None => Err(Fault::new("not-an-option", format!("不在可选的里面。请选：{}。", options.join("、")))),
    }
}

/// Every line's cells without blanks around them, between half-width commas; empty lines are left out.
fn lines(text: &str) -> String {
    let line = |line: &str| {
        let cells: Vec<&str> = line.split([',', '，', '\t']).map(str::trim).collect();
        cells.iter().any(|cell| !cell.is_empty()).then(|| cells.join(","))
    };
    text.lines().filter_map(line).collect::<Vec<_>>().join("\n")
}
