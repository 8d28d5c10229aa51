//! Organisational units and their 12-digit division codes (DOMAIN §2.1, §2.2).

use crate::check;
use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Where in the tree a unit stands. Ordered from the lowest to the highest, as the conflict rule needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    Village,
    Township,
    County,
}

/// A 12-digit statistical division code: 6 digits county (GB/T 2260), 3 township, 3 village; zeros where the unit
/// stands higher. The code alone tells level, parent and ancestry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitCode(u64);

/// A text that is not a division code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a 12-digit division code: {0:?}")]
pub struct BadUnitCode(pub String);

impl UnitCode {
    /// The county of a 6-digit code.
    pub fn county_of(six_digits: &str) -> Result<Self, BadUnitCode> {
        format!("{six_digits}000000").parse()
    }

    pub fn level(self) -> Level {
        if self.0.is_multiple_of(1_000_000) {
            Level::County
        } else if self.0.is_multiple_of(1_000) {
            Level::Township
        } else {
            Level::Village
        }
    }

    /// The unit above, `None` for a county.
    pub fn parent(self) -> Option<Self> {
        match self.level() {
            Level::County => None,
            Level::Township => Some(self.county()),
            Level::Village => Some(Self(self.0 - self.0 % 1_000)),
        }
    }

    /// The county this unit lies in; a county answers itself.
    pub fn county(self) -> Self {
        Self(self.0 - self.0 % 1_000_000)
    }

    /// This unit or one below it.
    pub fn covers(self, other: Self) -> bool {
        self == other || other.ancestors().any(|unit| unit == self)
    }

    /// The digits that this unit's code shares with every unit below it: 6, 9 or 12.
    pub fn prefix(self) -> String {
        let mut digits = self.to_string();
        digits.truncate(match self.level() {
            Level::County => 6,
            Level::Township => 9,
            Level::Village => 12,
        });
        digits
    }

    /// The units above, nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |unit| unit.parent())
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

impl fmt::Debug for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for UnitCode {
    type Err = BadUnitCode;

    fn from_str(text: &str) -> Result<Self, BadUnitCode> {
        let bad = || BadUnitCode(text.to_owned());
        if text.len() != 12 || !text.bytes().all(|byte| byte.is_ascii_digit()) || text.starts_with("000000") {
            return Err(bad());
        }
        text.parse().map(Self).map_err(|_| bad())
    }
}

impl Serialize for UnitCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UnitCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl<C> Encode<C> for UnitCode {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u64(self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for UnitCode {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let code = d.u64()?;
        format!("{code:012}").parse().map_err(minicbor::decode::Error::custom)
    }
}

impl<C> CborLen<C> for UnitCode {
    fn cbor_len(&self, ctx: &mut C) -> usize {
        self.0.cbor_len(ctx)
    }
}

/// A unit as the county publishes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    #[serde(rename = "division12")]
    pub code: UnitCode,
    /// Full name, as printed at the head of its forms.
    pub full_name: String,
    pub short_name: String,
    pub level: Level,
    /// Unified social credit code (GB 32100), empty for villages.
    #[serde(default)]
    pub uscc: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub phone: String,
    /// 监督电话; empty where the unit has none of its own and the township's counts.
    #[serde(default)]
    pub complaint_phone: String,
}

/// A line of a units file that can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("单位表第 {line} 行：{reason}")]
pub struct UnitsError {
    /// From 1, the heading included.
    pub line: u64,
    pub reason: String,
}

/// Reads units from CSV with the columns of `data/units.csv`. A unit's parent stands before it, and its code says the
/// same level as its column.
pub fn units_from_csv(text: &str) -> Result<Vec<Unit>, UnitsError> {
    let mut units: Vec<Unit> = Vec::new();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for (i, row) in reader.deserialize().enumerate() {
        let wrong = |reason: String| UnitsError { line: i as u64 + 2, reason };
        let unit: Unit = row.map_err(|error| wrong(csv_reason(&error)))?;
        if unit.level != unit.code.level() {
            return Err(wrong(format!("代码 {} 和级别不一致", unit.code)));
        }
        check::division_code(&unit.code.to_string(), |parent| units.iter().any(|known| known.code == parent))
            .map_err(|fault| wrong(fault.message.trim_end_matches('。').to_owned()))?;
        if units.iter().any(|known| known.code == unit.code) {
            return Err(wrong(format!("代码 {} 重复", unit.code)));
        }
        units.push(unit);
    }
    if units.is_empty() { Err(UnitsError { line: 1, reason: "没有单位".to_owned() }) } else { Ok(units) }
}

fn csv_reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => match err.field() {
            Some(field) => format!("第 {} 列读不懂", field + 1),
            None => "缺少列（要有 division12、fullName、shortName、level）".to_owned(),
        },
        csv::ErrorKind::UnequalLengths { .. } => "列数和表头不一致".to_owned(),
        csv::ErrorKind::Utf8 { .. } => "不是 UTF-8 文本".to_owned(),
        _ => "读不懂".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_tells_its_place() {
        let unit = |code: &str| code.parse::<UnitCode>().unwrap();
        let (county, township, village) = (unit("621099000000"), unit("621099100000"), unit("621099100200"));
        assert_eq!(
            [county, township, village].map(UnitCode::level),
            [Level::County, Level::Township, Level::Village]
        );
        assert_eq!(village.ancestors().collect::<Vec<_>>(), [township, county]);
        assert!(county.covers(village) && township.covers(village) && !village.covers(township));
        assert!(!township.covers(unit("621099200200")));
        for bad in ["62109910020", "6210991002000", "62109910020x", "000000000000", ""] {
            assert!(bad.parse::<UnitCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_units_file_is_taken_whole_or_its_line_is_named() {
        let sample = include_str!("../../../data/units.csv");
        assert_eq!(units_from_csv(sample).unwrap().len(), 7);
        let broken = sample.replace("621099100200,", "621099100200X,");
        assert_eq!(units_from_csv(&broken).unwrap_err().line, 5);
        let orphan: String = sample
            .lines()
            .filter(|line| !line.starts_with("621099200000,"))
            .map(|l| format!("{l}\n"))
            .collect();
        assert_eq!(units_from_csv(&orphan).unwrap_err().line, 7);
    }
}
