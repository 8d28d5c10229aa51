//! What every paper of a case carries (DOMAIN §5.1 and the fields H of §5.2): head, facts, salutation, signature, foot.

use crate::{
    applicant::Party,
    issuer::{CELL, FOOT, Issuer, LABEL, TEXT, day, foot, head},
    typeset::{Align, Cell, Column, Ends, Face, Faces, FormError, Layout, Row, Sheet, Style, mm},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct Slip {
    pub issuer: Issuer,
    /// 文书编号; `None` in a preview.
    pub number: Option<String>,
    /// 1 for the first print.
    pub copy: u32,
    pub case_no: String,
    pub item_name: String,
    /// 实施编码
    pub impl_code: String,
    pub applicant: Party,
    /// 代办人
    pub agent: Option<String>,
    /// 经办人
    pub clerk: String,
    pub on: Date,
    /// 特别说明: the item's own words, a paragraph each.
    pub own_words: Vec<String>,
    /// What its QR code says: capital letters and digits, nothing personal.
    pub mark: String,
}

/// What [`Slip::sign`] takes.
pub(crate) const SIGNED: f32 = 114.0;

/// 一式两份: who keeps which part.
pub(crate) const FOR_BOTH: [&str; 2] = ["第一联　申请人留存", "第二联　存入案卷"];

pub(crate) fn label(text: &str) -> Cell {
    Cell::new(text, LABEL, Align::Centre)
}

pub(crate) fn value(text: impl Into<String>) -> Cell {
    Cell::new(text, CELL, Align::Left)
}

/// Two labels with a value each, in a table of four columns.
pub(crate) fn pair(one: &str, first: impl Into<String>, two: &str, second: impl Into<String>) -> Row {
    Row { cells: vec![label(one), value(first), label(two), value(second)] }
}

/// A label and a value across the rest.
pub(crate) fn wide(one: &str, text: impl Into<String>) -> Row {
    Row { cells: vec![label(one), value(text).spanning(3)] }
}

/// A label, and lines to write on by hand.
pub(crate) fn roomy(one: &str, lines: usize) -> Row {
    Row { cells: vec![label(one), value("").spanning(3).with_room(lines)] }
}

/// The four columns of a table of facts.
pub(crate) const FACTS: [Column; 4] =
    [Column { share: 16.0 }, Column { share: 34.0 }, Column { share: 16.0 }, Column { share: 34.0 }];

impl Slip {
    /// A set of parts on A4, a sheet or more each; `fill` writes what stands between head and foot.
    pub(crate) fn parts<'f>(
        &self,
        faces: &'f Faces,
        (form, title): (&str, &str),
        parts: &[&str],
        fill: impl Fn(&mut Sheet<'f>) -> Result<(), FormError>,
    ) -> Result<Layout, FormError> {
        let mut whole: Option<Layout> = None;
        for part in parts {
            let mut sheet = Sheet::new(faces, mm(210.0), mm(297.0), mm(22.0), FOOT);
            self.head(&mut sheet, (title, 22.0))?;
            fill(&mut sheet)?;
            let layout = sheet.finish(|at, page, pages| self.foot(at, form, part, (page, pages)))?;
            match &mut whole {
                Some(whole) => whole.pages.extend(layout.pages),
                None => whole = Some(layout),
            }
        }
        Ok(whole.unwrap_or(Layout { width: mm(210.0), height: mm(297.0), pages: Vec::new() }))
    }

    /// Unit, title (with its size in points) and number.
    pub(crate) fn head(&self, sheet: &mut Sheet<'_>, title: (&str, f32)) -> Result<(), FormError> {
        head(sheet, &self.issuer, title, self.number.as_deref(), self.copy)
    }

    pub(crate) fn foot(
        &self,
        at: &mut crate::typeset::Foot<'_, '_>,
        form: &str,
        part: &str,
        pages: (usize, usize),
    ) -> Result<(), FormError> {
        foot(at, &self.issuer, (form, &self.mark), &self.case_no, &self.impl_code, part, pages)
    }

    /// What is asked for and who asks, and more.
    pub(crate) fn facts(&self, sheet: &mut Sheet<'_>, more: Vec<Row>) -> Result<(), FormError> {
        let mut rows = vec![wide("事项名称", self.item_name.as_str())];
        rows.extend(self.applicant.rows(self.agent.as_deref().unwrap_or_default()));
        rows.extend(more);
        sheet.grid(&FACTS, None, &rows)?;
        sheet.space(8.0);
        Ok(())
    }

    /// 王秀兰：
    pub(crate) fn salutation(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        let name = Style::new(Face::SongBold, TEXT.size).name();
        sheet.paragraph_flush(&[(&self.applicant.name, name), ("：", TEXT)])
    }

    /// 你 or 你单位, with a name in front of it where others may read it.
    pub(crate) fn you(&self) -> &'static str {
        if self.applicant.organisation { "你单位" } else { "你" }
    }

    /// 特别说明
    pub(crate) fn say_own_words(&self, sheet: &mut Sheet<'_>, style: Style) -> Result<(), FormError> {
        let bold = Style::new(Face::SongBold, style.size);
        for (i, words) in self.own_words.iter().enumerate() {
            let heading = if i == 0 { "特别说明：" } else { "" };
            sheet.paragraph(&[(heading, bold), (words, style)])?;
        }
        Ok(())
    }

    /// Clerk at the left; unit, place for its seal and date at the right. `seal` is which of its seals, e.g. 受理.
    pub(crate) fn sign(&self, sheet: &mut Sheet<'_>, seal: &str) -> Result<(), FormError> {
        sheet.need(100.0);
        sheet.space(14.0);
        let unit = format!("{}（{seal}专用章）", self.issuer.unit_full_name);
        let clerk = format!("经办人：{}", self.clerk);
        sheet.signatures(&clerk, &[&unit, &day(self.on)], TEXT)?;
        sheet.space(10.0);
        Ok(())
    }

    /// Where whoever takes the paper signs.
    pub(crate) fn received(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        sheet.flush("申请人（代办人）签收：　　　　　　　　　　　　日期：　　　　年　　月　　日", TEXT)
    }
}

/// A table under a heading that is repeated on every page; columns by their share of the width.
pub(crate) fn table<const N: usize>(
    sheet: &mut Sheet<'_>,
    shares: [f32; N],
    heading: [&str; N],
    rows: impl IntoIterator<Item = [Cell; N]>,
) -> Result<(), FormError> {
    table_before(sheet, 0.0, shares, heading, rows)
}

/// The same, with its last row on the page of what comes after it.
pub(crate) fn table_before<const N: usize>(
    sheet: &mut Sheet<'_>,
    keep: f32,
    shares: [f32; N],
    heading: [&str; N],
    rows: impl IntoIterator<Item = [Cell; N]>,
) -> Result<(), FormError> {
    let columns = shares.map(|share| Column { share });
    let heading = Row { cells: heading.map(label).into() };
    let rows: Vec<Row> = rows.into_iter().map(|cells| Row { cells: cells.into() }).collect();
    sheet.grid_ending(&columns, Some(&heading), &rows, Ends { keep, ..Ends::default() })?;
    sheet.space(6.0);
    Ok(())
}

/// A value in the middle of its cell.
pub(crate) fn middle(text: impl Into<String>) -> Cell {
    Cell::new(text, CELL, Align::Centre)
}

/// A box that is ticked or not, and what it stands for.
pub(crate) fn tick(on: bool, text: &str) -> String {
    format!("{}{text}", if on { '☑' } else { '☐' })
}

/// Boxes in a row; the ticked ones are those that `on` names.
pub(crate) fn ticks(all: &[&str], on: &str) -> String {
    all.iter().map(|text| tick(*text == on, text)).collect::<Vec<_>>().join("　")
}
