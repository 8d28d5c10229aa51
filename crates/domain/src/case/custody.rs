//! Where a case's paper is. Originals are the resident's: at any time it is told who has them (DOMAIN T03, T04, T28).

use super::{Event, event::Counted};
use crate::{Level, UnitCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// Where originals are, along the way that they take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Whereabouts {
    Village,
    ToTownship,
    Township,
    County,
    ToVillage,
    /// The resident has them again.
    Returned,
}

impl Whereabouts {
    pub const ALL: [Whereabouts; 6] = [
        Whereabouts::Village,
        Whereabouts::ToTownship,
        Whereabouts::Township,
        Whereabouts::County,
        Whereabouts::ToVillage,
        Whereabouts::Returned,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Whereabouts::Village => "VILLAGE",
            Whereabouts::ToTownship => "TO_TOWNSHIP",
            Whereabouts::Township => "TOWNSHIP",
            Whereabouts::County => "COUNTY",
            Whereabouts::ToVillage => "TO_VILLAGE",
            Whereabouts::Returned => "RETURNED",
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Whereabouts::Village => "在村里",
            Whereabouts::ToTownship => "移交途中",
            Whereabouts::Township => "在乡镇",
            Whereabouts::County => "在县里",
            Whereabouts::ToVillage => "退回村里途中",
            Whereabouts::Returned => "已退还本人",
        }
    }
}

impl FromStr for Whereabouts {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|place| place.as_str() == text).ok_or(())
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Custody {
    /// Who holds the paper, or gave it away while it travels; `None` before there was any.
    pub holder: Option<UnitCode>,
    /// The hand-overs that it has travelled with, the last one last.
    pub batches: Vec<String>,
    pub travels: bool,
    /// Since when it is where it is.
    pub since: Option<Date>,
    /// What was handed over with the last hand-over.
    handed: Vec<Counted>,
    /// The hand-overs at whose end something else was counted.
    pub differing: BTreeSet<String>,
    /// Originals that went back to the resident, by material.
    pub returned: BTreeMap<String, u16>,
    /// All that was still here went back.
    pub all_returned: bool,
    pub returned_on: Option<Date>,
}

impl Custody {
    pub(super) fn note(&mut self, event: &Event, batch: String, materials: Vec<Counted>) {
        if event.kind == "handOver" {
            self.handed.clone_from(&materials);
        } else if event.kind == "receive"
            && !materials.is_empty()
            && !differences(&self.handed, &materials).is_empty()
        {
            self.differing.insert(batch.clone());
        }
        match event.kind.as_str() {
            "submit" | "directReceive" | "receive" | "returnToVillage" | "takeBack" => {
                self.holder = Some(event.unit);
                self.travels = event.kind == "returnToVillage";
                self.since = Some(event.on.0);
                self.all_returned = false;
            }
            "handOver" => {
                self.holder = Some(event.unit);
                self.travels = true;
                self.since = Some(event.on.0);
                self.batches.extend(Some(batch).filter(|batch| !batch.is_empty()));
            }
            // What was given back and is brought again is here again.
            "supplement" => {
                self.all_returned = false;
                materials.iter().for_each(|one| _ = self.returned.remove(&one.material_code));
            }
            "returnOriginals" if materials.is_empty() => {
                self.all_returned = true;
                self.returned_on = Some(event.on.0);
            }
            "returnOriginals" => {
                self.returned_on = Some(event.on.0);
                for Counted { material_code, originals, .. } in materials {
                    *self.returned.entry(material_code).or_default() += originals;
                }
            }
            _ => {}
        }
    }

    /// Whether the paper is on its way back to the village.
    pub fn goes_back(&self) -> bool {
        self.travels && self.holder.is_some_and(|holder| holder.level() != Level::Village)
    }

    /// Whether the paper is under way with a hand-over.
    pub fn travels_with(&self, batch: &str) -> bool {
        self.travels && self.batches.last().is_some_and(|last| last == batch)
    }

    /// Of so many originals of a material those that haven't gone back.
    pub fn held(&self, material: &str, received: u16) -> u16 {
        if self.all_returned {
            return 0;
        }
        received.saturating_sub(self.returned.get(material).copied().unwrap_or(0))
    }

    /// Of originals that are held.
    pub fn whereabouts(&self) -> Option<Whereabouts> {
        Some(match (self.travels, self.holder?.level()) {
            _ if self.goes_back() => Whereabouts::ToVillage,
            (true, _) => Whereabouts::ToTownship,
            (_, Level::Village) => Whereabouts::Village,
            (_, Level::Township) => Whereabouts::Township,
            (_, Level::County) => Whereabouts::County,
        })
    }

    /// The same in words.
    pub fn zh(&self) -> &'static str {
        self.whereabouts().map_or("", Whereabouts::zh)
    }
}

/// A material that was counted otherwise than it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub material_code: String,
    /// Originals and copies.
    pub said: (u16, u16),
    pub counted: (u16, u16),
}

/// What the two sides of a hand-over say differently, by material.
pub fn differences(said: &[Counted], counted: &[Counted]) -> Vec<Difference> {
    let by_code = |all: &[Counted]| -> BTreeMap<String, (u16, u16)> {
        all.iter().map(|one| (one.material_code.clone(), (one.originals, one.copies))).collect()
    };
    let (said, counted) = (by_code(said), by_code(counted));
    let mut codes: Vec<&String> = said.keys().chain(counted.keys()).collect();
    codes.sort();
    codes.dedup();
    let of = |all: &BTreeMap<String, (u16, u16)>, code: &String| all.get(code).copied().unwrap_or_default();
    codes
        .into_iter()
        .map(|code| Difference {
            material_code: code.clone(),
            said: of(&said, code),
            counted: of(&counted, code),
        })
        .filter(|difference| difference.said != difference.counted)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(code: &str, originals: u16, copies: u16) -> Counted {
        Counted { material_code: code.to_owned(), originals, copies }
    }

    #[test]
    fn both_sides_are_counted_line_by_line() {
        let said = [counted("APP", 1, 0), counted("ID", 1, 1), counted("HK", 1, 2)];
        let found = [counted("HK", 1, 1), counted("APP", 1, 0), counted("CARD", 1, 0)];
        let lines: Vec<_> = differences(&said, &found)
            .into_iter()
            .map(|one| (one.material_code, one.said, one.counted))
            .collect();
        let line = |code: &str, said, counted| (code.to_owned(), said, counted);
        assert_eq!(
            lines,
            [line("CARD", (0, 0), (1, 0)), line("HK", (1, 2), (1, 1)), line("ID", (1, 1), (0, 0))]
        );
        assert_eq!(differences(&said, &said), []);
    }
}
