//! F17: 公示, of which each row shows what the item's notice may show and nothing else (DOMAIN §5.2, §8.6).

use crate::{
    issuer::{TEXT, day},
    slip::{Slip, label, middle},
    typeset::{Align, Column, Face, Faces, FormError, Layout, Row, Sheet, Style, mm},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct PublicNotice {
    /// The applicant stays out of it.
    pub slip: Slip,
    /// 确认 or 发放
    pub purpose: &'static str,
    /// 村公示栏 …
    pub place: String,
    pub basis: String,
    pub from: Date,
    pub to: Date,
    /// e.g. 7天
    pub term_says: String,
    /// Headings of what may be shown.
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl PublicNotice {
    pub const TITLE: &str = "公示";

    /// Hung up on a board: large letters, and no code that leads to a case.
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let large = Style::new(Face::Song, 14.0);
        let mut sheet = Sheet::new(faces, mm(210.0), mm(297.0), mm(24.0), mm(24.0));
        sheet.space(10.0);
        let title = format!("关于“{}”拟{}对象的公示", self.slip.item_name, self.purpose);
        sheet.heading(&title, Style::new(Face::SongBold, 22.0))?;
        if let Some(number) = &self.slip.number {
            sheet.line(number, Style::new(Face::Song, 10.5), Align::Right)?;
        }
        sheet.space(8.0);
        let body = format!(
            "根据{}，经申请、受理、审核，现将下列对象予以公示，公示期{}（{}至{}）。如有异议，请在公示期内实名向{}反映，电话：{}，地址：{}。",
            self.basis,
            self.term_says,
            day(self.from),
            day(self.to),
            self.slip.issuer.unit_full_name,
            self.slip.issuer.complaint_or_phone(),
            self.slip.issuer.address
        );
        sheet.paragraph(&[(&body, large)])?;
        sheet.space(8.0);
        let share = 90.0 / self.columns.len().max(1) as f32;
        let columns: Vec<Column> = std::iter::once(10.0)
            .chain(self.columns.iter().map(|_| share))
            .map(|share| Column { share })
            .collect();
        let heading = std::iter::once("序号").chain(self.columns.iter().map(String::as_str));
        let heading = Row { cells: heading.map(label).collect() };
        let rows: Vec<Row> = self
            .rows
            .iter()
            .enumerate()
            .map(|(i, row)| {
                let number = (i + 1).to_string();
                let cells = std::iter::once(number.as_str()).chain(row.iter().map(String::as_str));
                Row { cells: cells.map(middle).collect() }
            })
            .collect();
        sheet.grid(&columns, Some(&heading), &rows)?;
        sheet.space(20.0);
        sheet.need(110.0);
        sheet.signatures("", &[&self.slip.issuer.unit_full_name, &day(self.from)], large)?;
        sheet.space(16.0);
        sheet.flush(&format!("张贴地点：{}　　　张贴人：　　　　　　张贴时间：", self.place), TEXT)?;
        sheet.flush("撤下时间：　　　　　　　　照片：☐张贴时　☐撤下时", TEXT)?;
        sheet.finish(|at, page, pages| {
            at.line("F17", Style::new(Face::Song, 9.0), mm(12.0), 0.0, Align::Left)?;
            match pages {
                1 => Ok(()),
                _ => {
                    let says = format!("第 {page} 页，共 {pages} 页");
                    at.line(&says, Style::new(Face::Song, 9.0), mm(12.0), 0.0, Align::Right)
                }
            }
        })
    }
}
