//! Organisational units and their 12-digit division codes (DOMAIN §2.1, §2.2).

mod table;

pub use table::{BadRow, BadTable, units_from_csv};

use jiff::civil::Date;
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

    /// What the township's three digits say; `None` for a county and for digits that the rules leave open.
    pub fn township_class(self) -> Option<TownshipClass> {
        match self.0 / 1_000 % 1_000 {
            1..=99 => Some(TownshipClass::Subdistrict),
            100..=199 => Some(TownshipClass::Town),
            200..=399 => Some(TownshipClass::Township),
            400..=599 => Some(TownshipClass::Similar),
            _ => None,
        }
    }

    /// What the village's three digits say; `None` above a village and for digits that the rules leave open.
    pub fn village_kind(self) -> Option<VillageKind> {
        match self.0 % 1_000 {
            1..=199 => Some(VillageKind::Residents),
            200..=399 => Some(VillageKind::Villagers),
            400..=599 => Some(VillageKind::Similar),
            _ => None,
        }
    }

    /// This unit or one below it.
    pub fn covers(self, other: Self) -> bool {
        self == other || other.ancestors().any(|unit| unit == self)
    }

    /// The lowest unit that covers both; none for units of two counties.
    pub fn common(self, other: Self) -> Option<Self> {
        std::iter::once(self).chain(self.ancestors()).find(|unit| unit.covers(other))
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

/// The class of a unit of township level (县以下行政区划代码编制规则, GB/T 10114).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TownshipClass {
    /// 街道, 001–099
    Subdistrict,
    /// 镇, 100–199
    Town,
    /// 乡, 200–399
    Township,
    /// 政企合一单位、类似乡级单位, 400–599
    Similar,
}

impl TownshipClass {
    pub fn zh(self) -> &'static str {
        match self {
            Self::Subdistrict => "街道",
            Self::Town => "镇",
            Self::Township => "乡",
            Self::Similar => "类似乡级单位",
        }
    }
}

/// The kind of a unit of village level (统计用区划代码编制规则).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VillageKind {
    /// 居民委员会, 001–199
    Residents,
    /// 村民委员会, 200–399
    Villagers,
    /// 类似村级单位, 400–599
    Similar,
}

impl VillageKind {
    pub fn zh(self) -> &'static str {
        match self {
            Self::Residents => "居委会",
            Self::Villagers => "村委会",
            Self::Similar => "类似村级单位",
        }
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
    /// Its name in a second language, which stands above it there; empty where forms are in one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub second_name: String,
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
    /// Its first day; `None` for as long as anyone remembers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// 撤销日期: the first day on which it is no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// The unit that it was merged into (DOMAIN §2.2). Its cases keep its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor_code: Option<UnitCode>,
}

impl Unit {
    pub fn new(code: UnitCode, full_name: &str) -> Self {
        Self {
            code,
            full_name: full_name.to_owned(),
            second_name: String::new(),
            short_name: full_name.to_owned(),
            level: code.level(),
            uscc: String::new(),
            address: String::new(),
            phone: String::new(),
            complaint_phone: String::new(),
            valid_from: None,
            valid_to: None,
            successor_code: None,
        }
    }

    pub fn begun(&self, on: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= on)
    }

    /// It takes no new cases; those that it has go on.
    pub fn ended(&self, on: Date) -> bool {
        self.valid_to.is_some_and(|to| to <= on)
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
    fn the_digits_tell_the_class() {
        let of = |code: &str| {
            let code: UnitCode = code.parse().unwrap();
            (code.township_class().map(TownshipClass::zh), code.village_kind().map(VillageKind::zh))
        };
        for (code, class) in [
            ("621099000000", (None, None)),
            ("621099001000", (Some("街道"), None)),
            ("621099099001", (Some("街道"), Some("居委会"))),
            ("621099100199", (Some("镇"), Some("居委会"))),
            ("621099200200", (Some("乡"), Some("村委会"))),
            ("621099399400", (Some("乡"), Some("类似村级单位"))),
            ("621099400000", (Some("类似乡级单位"), None)),
            ("621099600600", (None, None)),
        ] {
            assert_eq!(of(code), class, "{code}");
        }
    }

    #[test]
    fn what_was_published_before_units_could_end_still_reads() {
        let text = r#"{"division12":"621099100200","fullName":"上塬村便民服务站","shortName":"上塬村","level":"VILLAGE"}"#;
        let unit: Unit = serde_json::from_str(text).unwrap();
        let day = jiff::civil::date(2026, 7, 1);
        assert!(unit.begun(day) && !unit.ended(day));
        let merged = Unit { valid_to: Some(day), ..unit };
        assert!(merged.ended(day) && !merged.ended(day.yesterday().unwrap()));
    }
}
