//! F23: 案卷封面, 卷内文件目录 and 卷内备考表 of a case that has ended (GB/T 9705-2008 文书档案案卷格式; DOMAIN §5.2, T24).

use crate::{
    issuer::{CELL, FOOT, TEXT, day},
    slip::{Slip, label, middle, table, value},
    typeset::{Align, Cell, Column, Face, Faces, FormError, Layout, Row, Sheet, Style, mm},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct CaseFile {
    pub slip: Slip,
    /// 案卷题名
    pub title: String,
    /// 起止时间
    pub from: Date,
    pub to: Date,
    /// 保管期限: 永久, 30年, 10年; empty where the item doesn't say.
    pub retention: String,
    pub papers: Vec<FiledPaper>,
    /// What is to be said of the file, e.g. what was given back.
    pub remarks: Vec<String>,
}

/// A line of 卷内文件目录.
#[derive(Clone, Debug)]
pub struct FiledPaper {
    /// 文号; empty for none.
    pub number: String,
    /// 责任者
    pub author: String,
    pub title: String,
    pub on: Option<Date>,
    /// How many, e.g. 原件1、复印件1
    pub note: String,
}

const COVER: &str = "案卷封面";
const CONTENTS: &str = "卷内文件目录";
const NOTES: &str = "卷内备考表";

impl CaseFile {
    pub const TITLE: &str = "案卷封面、卷内目录、备考表";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut layout = self.part(faces, COVER, |sheet| self.cover(sheet))?;
        layout.pages.extend(self.part(faces, CONTENTS, |sheet| self.contents(sheet))?.pages);
        layout.pages.extend(self.part(faces, NOTES, |sheet| self.notes(sheet))?.pages);
        Ok(layout)
    }

    /// Each is a set of sheets of its own, with its own page numbers.
    fn part<'f>(
        &self,
        faces: &'f Faces,
        part: &str,
        fill: impl FnOnce(&mut Sheet<'f>) -> Result<(), FormError>,
    ) -> Result<Layout, FormError> {
        let mut sheet = Sheet::new(faces, mm(210.0), mm(297.0), mm(22.0), FOOT);
        fill(&mut sheet)?;
        sheet.finish(|at, page, pages| self.slip.foot(at, "F23", part, (page, pages)))
    }

    fn cover(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        sheet.space(40.0);
        sheet.heading(&self.slip.issuer.unit_full_name, Style::new(Face::SongBold, 22.0))?;
        sheet.space(16.0);
        sheet.heading(&self.slip.item_name, Style::new(Face::SongBold, 18.0))?;
        sheet.space(50.0);
        let large = Style::new(Face::Song, 16.0);
        sheet.heading(&self.title, large.name())?;
        sheet.space(60.0);
        let cell = |text: String| Cell::new(text, TEXT, Align::Left).with_room(2);
        let head = |text: &str| Cell::new(text, Style::new(Face::Hei, TEXT.size), Align::Centre);
        let line = |one: &str, first: String, two: &str, second: String| Row {
            cells: vec![head(one), cell(first), head(two), cell(second)],
        };
        let columns = [17.0, 33.0, 17.0, 33.0].map(|share| Column { share });
        let pieces = self.papers.len();
        let rows = [
            Row {
                cells: vec![
                    head("起止时间"),
                    cell(format!("自{}至{}", day(self.from), day(self.to))).spanning(3),
                ],
            },
            line("年度", self.to.year().to_string(), "保管期限", self.retention.clone()),
            line("件数", format!("{pieces} 件"), "页数", "　　　　页".to_owned()),
            line("全宗号", String::new(), "目录号", String::new()),
            line("案卷号", String::new(), "盒号", String::new()),
        ];
        sheet.grid(&columns, None, &rows)?;
        let Some(number) = &self.slip.number else {
            return sheet.line("（预览，未编号）", CELL, Align::Right);
        };
        let again = match self.slip.copy {
            0 | 1 => String::new(),
            copy => format!("　（补打第 {} 次）", copy - 1),
        };
        sheet.line(&format!("编号：{number}{again}"), CELL, Align::Right)
    }

    fn contents(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        title(sheet, CONTENTS)?;
        let rows = self.papers.iter().enumerate().map(|(i, paper)| {
            let on = paper.on.map(|on| on.to_string().replace('-', ""));
            [
                middle((i + 1).to_string()),
                value(paper.number.as_str()),
                value(paper.author.as_str()),
                value(paper.title.as_str()),
                middle(on.unwrap_or_default()),
                value(""),
                value(paper.note.as_str()),
            ]
        });
        let heading = ["序号", "文号", "责任者", "题名", "日期", "页号", "备注"];
        table(sheet, [7.0, 24.0, 17.0, 21.0, 12.0, 6.0, 13.0], heading, rows)
    }

    fn notes(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        title(sheet, NOTES)?;
        let pieces = self.papers.len();
        let mut says = vec![format!("本卷共 {pieces} 件，　　　　页。")];
        says.extend(self.remarks.iter().cloned());
        let columns = [22.0, 78.0].map(|share| Column { share });
        let row = |one: &str, text: String, room: usize| Row {
            cells: vec![label(one), Cell::new(text, TEXT, Align::Left).with_room(room)],
        };
        let date = "　　　　　　　　　　　　　　　　年　　月　　日";
        let rows = [
            row("本卷情况说明", says.join(""), 16),
            row("立卷人、立卷时间", date.to_owned(), 3),
            row("检查人、检查时间", date.to_owned(), 3),
        ];
        sheet.grid(&columns, None, &rows)?;
        sheet.space(6.0);
        sheet.flush("立卷以后材料有修改、补充、移出、毁损的，写在本卷情况说明里，并签名、注明日期。", CELL)
    }
}

fn title(sheet: &mut Sheet<'_>, text: &str) -> Result<(), FormError> {
    let spaced: Vec<String> = text.chars().map(String::from).collect();
    sheet.line(&spaced.join(" "), Style::new(Face::SongBold, 22.0), Align::Centre)?;
    sheet.space(8.0);
    Ok(())
}
