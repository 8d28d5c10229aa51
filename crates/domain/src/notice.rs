//! 通知 and 政策: what a unit publishes for those below it to read.

use crate::{DocumentId, Level, UnitCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NoticeKind {
    /// Something to be done or known now.
    #[default]
    Notice,
    /// Something to be looked up as long as it holds.
    Policy,
}

impl NoticeKind {
    pub fn zh(self) -> &'static str {
        match self {
            Self::Notice => "通知",
            Self::Policy => "政策",
        }
    }
}

/// One article. Published it doesn't change: it is taken back, or another one takes its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    pub kind: NoticeKind,
    pub title: String,
    /// Who issued it, as its head says: an organ that need not be a unit of the county's network.
    pub issuer: String,
    /// 文号; empty for none.
    #[serde(default)]
    pub number: String,
    /// The day that it bears.
    pub on: Date,
    pub paragraphs: Vec<String>,
    /// Whom it is for; empty for every level.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// These and the units below them; empty for all.
    #[serde(default)]
    pub units: Vec<UnitCode>,
    /// Each unit that it is for has to say that it has read it.
    #[serde(default)]
    pub receipt: bool,
    /// The earlier one whose place it takes.
    #[serde(default)]
    pub replaces: Option<DocumentId>,
}

/// Characters of a title, and of the whole text: what anybody reads at a desk.
pub const TITLE_MAX: usize = 80;
pub const TEXT_MAX: usize = 20_000;

impl Notice {
    /// Whether a unit is meant, if this one publishes it.
    pub fn is_for(&self, publisher: UnitCode, unit: UnitCode) -> bool {
        publisher != unit
            && publisher.covers(unit)
            && (self.levels.is_empty() || self.levels.contains(&unit.level()))
            && (self.units.is_empty() || self.units.iter().any(|named| named.covers(unit)))
    }

    /// What is wrong with it, in a sentence.
    pub fn check(&self, publisher: UnitCode) -> Result<(), String> {
        let empty = |text: &str| text.trim().is_empty();
        if empty(&self.title) {
            return Err("还没有标题。写一句话，让人一看就知道是什么事。".to_owned());
        }
        if self.title.chars().count() > TITLE_MAX {
            return Err(format!("标题太长，最多 {TITLE_MAX} 个字。把细节写到正文里。"));
        }
        if empty(&self.issuer) {
            return Err("还没有写发文单位。".to_owned());
        }
        if self.paragraphs.iter().all(|paragraph| empty(paragraph)) {
            return Err("还没有正文。".to_owned());
        }
        if self.paragraphs.iter().map(|paragraph| paragraph.chars().count()).sum::<usize>() > TEXT_MAX {
            return Err(format!("正文太长，最多 {TEXT_MAX} 个字。长文件做成 PDF，当附件发。"));
        }
        if let Some(unit) = self.units.iter().find(|unit| !publisher.covers(**unit) || **unit == publisher) {
            return Err(format!("{unit} 不是下级单位，不能发给它。"));
        }
        if self.levels.iter().any(|level| *level >= publisher.level()) {
            return Err("只能发给下级单位。".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn unit(code: &str) -> UnitCode {
        code.parse().unwrap()
    }

    fn notice() -> Notice {
        Notice {
            title: "国庆值班安排".to_owned(),
            issuer: "清源县政务服务中心".to_owned(),
            on: date(2026, 9, 28),
            paragraphs: vec!["十月一日至七日轮流值班。".to_owned()],
            ..Notice::default()
        }
    }

    #[test]
    fn a_notice_is_for_those_below_whom_it_names() {
        let (county, town, village, other) =
            (unit("621099000000"), unit("621099100000"), unit("621099100200"), unit("621099200200"));
        let villages = vec![Level::Village];
        for (levels, units, publisher, reader, meant) in [
            (vec![], vec![], county, village, true),
            (vec![], vec![], county, county, false),
            (villages.clone(), vec![], county, town, false),
            (villages.clone(), vec![], county, village, true),
            (vec![], vec![town], county, village, true),
            (vec![], vec![town], county, town, true),
            (vec![], vec![town], county, other, false),
            (villages, vec![town], county, town, false),
            (vec![], vec![], town, village, true),
            (vec![], vec![], town, other, false),
            (vec![], vec![], town, county, false),
        ] {
            let notice = Notice { levels, units, ..notice() };
            assert_eq!(notice.is_for(publisher, reader), meant, "{publisher} to {reader}: {notice:?}");
        }
    }

    #[test]
    fn what_cannot_be_published_is_told() {
        let (county, town) = (unit("621099000000"), unit("621099100000"));
        assert_eq!(notice().check(county), Ok(()));
        for (wrong, says) in [
            (Notice { title: " ".to_owned(), ..notice() }, "标题"),
            (Notice { title: "长".repeat(TITLE_MAX + 1), ..notice() }, "标题太长"),
            (Notice { issuer: String::new(), ..notice() }, "发文单位"),
            (Notice { paragraphs: vec![String::new(), " ".to_owned()], ..notice() }, "正文"),
            (Notice { paragraphs: vec!["长".repeat(TEXT_MAX + 1)], ..notice() }, "附件"),
            (Notice { units: vec![unit("621099200000")], ..notice() }, "不是下级单位"),
            (Notice { units: vec![town], ..notice() }, "不是下级单位"),
            (Notice { levels: vec![Level::Township], ..notice() }, "下级"),
        ] {
            let told = wrong.check(town).unwrap_err();
            assert!(told.contains(says), "{told}");
        }
    }
}
