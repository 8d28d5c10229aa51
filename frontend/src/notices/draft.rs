//! What is being written, and what it comes to.

use daiban_contract::{act::PublishNotice, view::UnitView};
use daiban_domain::{
    DocumentId, Level, UnitCode,
    item::field,
    notice::{Notice, NoticeKind},
};
use jiff::civil::Date;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub kind: NoticeKind,
    pub title: String,
    pub issuer: String,
    pub number: String,
    pub on: String,
    pub text: String,
    /// Only these; none for both.
    pub level: Option<Level>,
    pub units: Vec<UnitCode>,
    pub receipt: bool,
    pub files: Vec<String>,
    /// What is in the field for one more file.
    pub file: String,
    pub replaces: Option<DocumentId>,
}

impl Draft {
    pub fn new(issuer: &str, today: Date) -> Self {
        Self { issuer: issuer.to_owned(), on: today.to_string(), receipt: true, ..Self::default() }
    }

    /// In the place of one that was published; its attachments have to be added again.
    pub fn in_place_of(id: DocumentId, notice: &Notice, today: Date) -> Self {
        Self {
            kind: notice.kind,
            title: notice.title.clone(),
            issuer: notice.issuer.clone(),
            number: notice.number.clone(),
            on: today.to_string(),
            text: notice.paragraphs.join("\n\n"),
            level: notice.levels.first().copied().filter(|_| notice.levels.len() == 1),
            units: notice.units.clone(),
            receipt: notice.receipt,
            replaces: Some(id),
            ..Self::default()
        }
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
        Some(PublishNotice { notice: self.notice(today)?, files: self.files() })
    }

    pub fn add_file(&mut self) {
        self.files = self.files();
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
    use jiff::civil::date;

    const TODAY: Date = date(2026, 9, 28);

    fn draft() -> Draft {
        Draft {
            title: " 值班 ".to_owned(),
            text: "第一段。\n\n 第二段。\n".to_owned(),
            ..Draft::new("清源县", TODAY)
        }
    }

    #[test]
    fn what_is_written_becomes_paragraphs() {
        let notice = draft().notice(TODAY).unwrap();
        assert_eq!((notice.title.as_str(), notice.on, notice.receipt), ("值班", TODAY, true));
        assert_eq!(notice.paragraphs, ["第一段。", "第二段。"]);
        assert_eq!(
            Draft::in_place_of(DocumentId([1; 16]), &notice, TODAY).notice(TODAY).unwrap().paragraphs,
            notice.paragraphs
        );
        for missing in [
            Draft { title: " ".to_owned(), ..draft() },
            Draft { text: "\n".to_owned(), ..draft() },
            Draft { issuer: String::new(), ..draft() },
            Draft { on: "明天".repeat(3), ..draft() },
        ] {
            assert_eq!(missing.notice(TODAY), None, "{missing:?}");
        }
    }

    #[test]
    fn a_file_in_the_field_goes_along() {
        let mut draft = Draft { file: " /a.pdf ".to_owned(), ..draft() };
        assert_eq!(draft.files(), ["/a.pdf"]);
        draft.add_file();
        draft.file = "/b.jpg".to_owned();
        assert_eq!(draft.request(TODAY).unwrap().files, ["/a.pdf", "/b.jpg"]);
    }
}
