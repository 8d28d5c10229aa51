//! 公文 in the layout of GB/T 9704-2012 (DOMAIN §5.1), black as an office printer makes it: 156 mm × 225 mm of text in 22 lines of
//! 28 characters, the organ and its number at the head, signature and seal at the end, the page number at the outer edge.

use crate::{
    issuer::day,
    typeset::{Align, Column, Face, Faces, Foot, FormError, Layout, Margins, Row, Sheet, Style, mm},
};
use jiff::civil::Date;

/// What is not its text.
#[derive(Clone, Debug)]
pub struct OfficialDocument {
    /// 发文机关
    pub organ: String,
    /// 发文字号, e.g. 清政督〔2026〕3号
    pub number: String,
    pub title: String,
    /// 主送机关
    pub recipients: String,
    pub on: Date,
    /// 附件, by their titles.
    pub attachments: Vec<String>,
    /// 抄送机关; empty for none.
    pub copies_to: String,
}

/// A piece of its text.
#[derive(Clone, Debug)]
pub(crate) enum Passage {
    /// 一、
    Heading(String),
    /// （一）
    Subheading(String),
    Text(String),
    Table {
        shares: Vec<f32>,
        heading: Row,
        rows: Vec<Row>,
    },
}

impl Passage {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// 三号. Of 16 pt only 27 go into 156 mm; 28 do of 15.75 pt, which is the same size by its number.
const SIZE: f32 = 15.75;
const TEXT: Style = Style::new(Face::FangSong, SIZE);
const HEADING: Style = Style::new(Face::Hei, SIZE);
const SUBHEADING: Style = Style::new(Face::Kai, SIZE);
const TITLE: Style = Style::new(Face::XiaoBiaoSong, 22.0);
const ORGAN: Style = Style::new(Face::XiaoBiaoSong, 30.0);
/// 四号
const SMALL: Style = Style::new(Face::FangSong, 14.0);
const PAGE: Style = Style::new(Face::Song, 14.0);
const LINES: f32 = 22.0;

/// 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm.
fn margins() -> Margins {
    // Half a point so that the last of 22 lines isn't lost to rounding.
    Margins { top: mm(37.0), right: mm(26.0), foot: mm(35.0) - 0.5, left: mm(28.0) }
}

fn pitch() -> f32 {
    mm(225.0) / LINES
}

impl OfficialDocument {
    pub(crate) fn lay_out(&self, faces: &Faces, passages: &[Passage]) -> Result<Layout, FormError> {
        let mut sheet = Sheet::within(faces, (mm(210.0), mm(297.0)), margins()).leaded(pitch() / SIZE);
        self.head(&mut sheet)?;
        let (last, others) = match passages.split_last() {
            Some((last, others)) => (Some(last), others),
            None => (None, passages),
        };
        for passage in others {
            lay(&mut sheet, passage)?;
        }
        // The signature doesn't stand alone on a page: two lines of text go with it.
        if let Some(Passage::Text(text)) = last {
            sheet.together(&[(text, TEXT)], 2, self.end_lines() * pitch())?;
        } else if let Some(last) = last {
            lay(&mut sheet, last)?;
        }
        self.end(&mut sheet)?;
        sheet.finish(|at, page, pages| {
            if page == pages {
                self.record(at)?;
            }
            number(at, page)
        })
    }

    fn head(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        sheet.space(pitch());
        sheet.fitted_line(&self.organ, ORGAN, Align::Centre)?;
        sheet.space(pitch() / 2.0);
        sheet.line(&self.number, TEXT, Align::Centre)?;
        sheet.across(1.2);
        sheet.space(pitch());
        sheet.heading(&self.title, TITLE)?;
        sheet.space(pitch() / 2.0);
        if !self.recipients.is_empty() {
            sheet.flush(&format!("{}：", self.recipients), TEXT)?;
        }
        Ok(())
    }

    /// Attachments, a blank line for the seal, organ and date, and 版记.
    fn end_lines(&self) -> f32 {
        let attachments = if self.attachments.is_empty() { 0 } else { self.attachments.len() + 1 };
        let record = if self.copies_to.is_empty() { 0 } else { 2 };
        (3 + attachments + record) as f32
    }

    /// 署名 over the date and in the middle of it, the date four characters from the edge (7.3.5.1).
    fn end(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        sheet.need(self.end_lines() * pitch());
        if !self.attachments.is_empty() {
            sheet.space(pitch());
            for (i, title) in self.attachments.iter().enumerate() {
                let head = if i == 0 { "附件：" } else { "　　　" };
                let number = if self.attachments.len() > 1 { format!("{}. ", i + 1) } else { String::new() };
                sheet.paragraph(&[(&format!("{head}{number}{title}"), TEXT)])?;
            }
        }
        sheet.space(pitch());
        sheet.signed(&self.organ, &day(self.on), TEXT, 4.0 * SIZE)
    }

    /// 版记 at the foot of the last page.
    fn record(&self, at: &mut Foot<'_, '_>) -> Result<(), FormError> {
        if self.copies_to.is_empty() {
            return Ok(());
        }
        let (low, line) = (mm(35.0) + 2.0, SMALL.size * 1.6);
        at.rule(low);
        let printed = format!("{}印发", day(self.on));
        at.line(&self.organ, SMALL, low + 6.0, SMALL.size, Align::Left)?;
        at.line_short_of(&printed, SMALL, low + 6.0, SMALL.size)?;
        at.rule(low + line);
        at.line(&format!("抄送：{}", self.copies_to), SMALL, low + line + 6.0, SMALL.size, Align::Left)?;
        at.rule(low + line * 2.0);
        Ok(())
    }
}

fn lay(sheet: &mut Sheet<'_>, passage: &Passage) -> Result<(), FormError> {
    match passage {
        Passage::Heading(text) => {
            sheet.need(pitch() * 2.0);
            sheet.paragraph(&[(text, HEADING)])
        }
        Passage::Subheading(text) => {
            sheet.need(pitch() * 2.0);
            sheet.paragraph(&[(text, SUBHEADING)])
        }
        Passage::Text(text) => sheet.paragraph(&[(text, TEXT)]),
        Passage::Table { shares, heading, rows } => {
            let columns: Vec<Column> = shares.iter().map(|share| Column { share: *share }).collect();
            sheet.space(4.0);
            sheet.grid(&columns, Some(heading), rows)?;
            sheet.space(8.0);
            Ok(())
        }
    }
}

/// — 1 —, 7 mm below the text, one character from the outer edge: right on odd pages, left on even ones (7.5).
fn number(at: &mut Foot<'_, '_>, page: usize) -> Result<(), FormError> {
    let text = format!("— {page} —");
    let y = mm(35.0 - 7.0) - PAGE.size;
    if page.is_multiple_of(2) {
        at.line(&text, PAGE, y, PAGE.size, Align::Left)
    } else {
        at.line_short_of(&text, PAGE, y, PAGE.size)
    }
}
