//! What is being written, and what it comes to.

use crate::keeping;
use daiban_contract::{
    act::PublishNotice,
    view::{UnfinishedNotice, UnitView},
};
use daiban_domain::{DocumentId, UnitCode, item::field, notice::Notice};
use jiff::civil::Date;
use std::{
    ops::{Deref, DerefMut},
    rc::Rc,
};

/// What one is begun with, each under the number by which the desk keeps it.
#[derive(Clone, PartialEq)]
pub enum Begin {
    Empty(u32),
    InPlaceOf(u32, DocumentId, Rc<Notice>),
    /// It was left.
    Left(Rc<UnfinishedNotice>),
}

impl Begin {
    pub fn empty() -> Self {
        Self::Empty(keeping::number())
    }

    pub fn in_place_of(id: DocumentId, notice: Rc<Notice>) -> Self {
        Self::InPlaceOf(keeping::number(), id, notice)
    }

    pub fn id(&self) -> u32 {
        match self {
            Self::Empty(id) | Self::InPlaceOf(id, ..) => *id,
            Self::Left(left) => left.id,
        }
    }
}

/// What is written, as the desk keeps it, and what isn't added to it yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    kept: UnfinishedNotice,
    /// In the field for one more file.
    pub file: String,
}

impl Deref for Draft {
    type Target = UnfinishedNotice;

    fn deref(&self) -> &UnfinishedNotice {
        &self.kept
    }
}

impl DerefMut for Draft {
    fn deref_mut(&mut self) -> &mut UnfinishedNotice {
        &mut self.kept
    }
}

impl Draft {
    pub fn begun(with: &Begin, issuer: &str, today: Date) -> Self {
        let id = with.id();
        let kept = match with {
            Begin::Empty(_) => UnfinishedNotice {
                id,
                issuer: issuer.to_owned(),
                on: today.to_string(),
                receipt: true,
                ..UnfinishedNotice::default()
            },
            // Its attachments have to be added again.
            Begin::InPlaceOf(_, replaced, notice) => UnfinishedNotice {
                id,
                kind: notice.kind,
                title: notice.title.clone(),
                issuer: notice.issuer.clone(),
                number: notice.number.clone(),
                on: today.to_string(),
                text: notice.paragraphs.join("\n\n"),
                level: notice.levels.first().copied().filter(|_| notice.levels.len() == 1),
                units: notice.units.clone(),
                receipt: notice.receipt,
                replaces: Some(*replaced),
                ..UnfinishedNotice::default()
            },
            Begin::Left(left) => UnfinishedNotice { kept: None, ..(**left).clone() },
        };
        Self { kept, file: String::new() }
    }

    /// The same with a change.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut draft = self.clone();
        change(&mut draft);
        draft
    }

    /// Somebody would miss it.
    pub fn worth_keeping(&self) -> bool {
        let written = [&self.title, &self.number, &self.text].iter().any(|text| !text.trim().is_empty());
        written || !self.files().is_empty()
    }

    pub fn left(&self) -> UnfinishedNotice {
        UnfinishedNotice { files: self.files(), ..self.kept.clone() }
    }

    pub fn day(&self, today: Date) -> Option<Date> {
        field::Kind::Day.read(&self.on, &[], today).ok()?.normalised.parse().ok()
    }

    /// A line each; empty ones are only air.
    fn paragraphs(&self) -> Vec<String> {
        let lines = self.text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    }

    /// What would go out; nothing while something is missing.
    pub fn notice(&self, today: Date) -> Option<Notice> {
        let notice = Notice {
            kind: self.kind,
            title: self.title.trim().to_owned(),
            issuer: self.issuer.trim().to_owned(),
            number: self.number.trim().to_owned(),
            on: self.day(today)?,
            paragraphs: self.paragraphs(),
            levels: self.level.into_iter().collect(),
            units: self.units.clone(),
            receipt: self.receipt,
            replaces: self.replaces,
        };
        (!notice.title.is_empty() && !notice.issuer.is_empty() && !notice.paragraphs.is_empty())
            .then_some(notice)
    }

    /// What stands in the field goes along, whether or not it was added.
    pub fn files(&self) -> Vec<String> {
        let file = self.file.trim();
        self.files
            .iter()
            .map(String::as_str)
            .chain((!file.is_empty()).then_some(file))
            .map(str::to_owned)
            .collect()
    }

    pub fn request(&self, today: Date) -> Option<PublishNotice> {
        Some(PublishNotice { notice: self.notice(today)?, files: self.files(), unfinished: Some(self.id) })
    }

    pub fn add_file(&mut self) {
        self.kept.files = self.files();
        self.file.clear();
    }
}

/// How many units a notice of this one would be for.
pub fn count(notice: &Notice, own: UnitCode, units: &[UnitView]) -> usize {
    units.iter().filter(|unit| !unit.ended && notice.is_for(own, unit.code)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_domain::{Level, notice::NoticeKind};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 9, 28);

    fn draft() -> Draft {
        Draft::begun(&Begin::Empty(7), "清源县", TODAY).with(|draft| {
            draft.title = " 值班 ".to_owned();
            draft.text = "第一段。\n\n 第二段。\n".to_owned();
        })
    }

    #[test]
    fn what_is_written_becomes_paragraphs() {
        let notice = draft().notice(TODAY).unwrap();
        assert_eq!((notice.title.as_str(), notice.on, notice.receipt), ("值班", TODAY, true));
        assert_eq!(notice.paragraphs, ["第一段。", "第二段。"]);
        let anew = Begin::InPlaceOf(8, DocumentId([1; 16]), Rc::new(notice.clone()));
        let anew = Draft::begun(&anew, "", TODAY).notice(TODAY).unwrap();
        assert_eq!((anew.paragraphs, anew.replaces), (notice.paragraphs, Some(DocumentId([1; 16]))));
        for missing in [
            draft().with(|draft| draft.title = " ".to_owned()),
            draft().with(|draft| draft.text = "\n".to_owned()),
            draft().with(|draft| draft.issuer = String::new()),
            draft().with(|draft| draft.on = "明天".repeat(3)),
        ] {
            assert_eq!(missing.notice(TODAY), None, "{missing:?}");
        }
    }

    #[test]
    fn what_was_left_comes_back_as_it_was() {
        let draft = draft().with(|draft| {
            draft.kind = NoticeKind::Policy;
            draft.level = Some(Level::Village);
            draft.units = vec!["621099100000".parse().unwrap()];
            draft.receipt = false;
            draft.file = " /a.pdf ".to_owned();
        });
        let text = serde_json::to_string(&draft.left()).unwrap();
        let left: UnfinishedNotice = serde_json::from_str(&text).unwrap();
        let again = Draft::begun(&Begin::Left(Rc::new(left)), "", TODAY);
        assert_eq!(again, draft.with(Draft::add_file), "what stood in the field is added");
        assert_eq!(draft.request(TODAY).unwrap().unfinished, Some(7));
    }

    #[test]
    fn only_what_somebody_would_miss_is_kept() {
        let empty = Draft::begun(&Begin::Empty(7), "清源县", TODAY);
        assert!(!empty.worth_keeping());
        assert!(!empty.with(|draft| draft.text = " \n".to_owned()).worth_keeping());
        assert!(empty.with(|draft| draft.file = "/a.pdf".to_owned()).worth_keeping());
        assert!(draft().worth_keeping());
    }

    #[test]
    fn a_file_in_the_field_goes_along() {
        let mut draft = draft().with(|draft| draft.file = " /a.pdf ".to_owned());
        assert_eq!(draft.files(), ["/a.pdf"]);
        draft.add_file();
        draft.file = "/b.jpg".to_owned();
        assert_eq!(draft.request(TODAY).unwrap().files, ["/a.pdf", "/b.jpg"]);
    }
}
