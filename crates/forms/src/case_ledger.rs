//! F18: 代办登记台账 of a unit and a month, with the sums of each page (DOMAIN §5.2).

use crate::{
    issuer::{CELL, Issuer, day},
    typeset::{Align, Cell, Column, Ends, Face, Faces, FormError, Layout, Row, Sheet, Style, mm},
};
use jiff::civil::Date;
use std::ops::Range;

#[derive(Clone, Debug)]
pub struct CaseLedger {
    pub issuer: Issuer,
    /// Its first day.
    pub month: Date,
    pub entries: Vec<LedgerEntry>,
    /// Who prints it, and when.
    pub by: String,
    pub on: Date,
}

/// A case. What hasn't come to pass, or isn't known here any more, is empty.
#[derive(Clone, Debug, Default)]
pub struct LedgerEntry {
    pub registered_on: Option<Date>,
    pub case_no: String,
    pub applicant: String,
    /// Masked as ledgers are: the first and the last character.
    pub id_no_masked: String,
    pub phone_masked: String,
    pub item: String,
    /// 材料份数
    pub materials: u32,
    pub agent: String,
    pub handed_over: Option<Date>,
    pub batch: String,
    pub accepted: Option<Date>,
    pub promised: Option<Date>,
    pub closed: Option<Date>,
    pub delivered: Option<Date>,
    pub delivered_by: String,
    pub result: String,
    pub rating: String,
    pub remark: String,
}

const SHARES: [f32; 17] =
    [2.9, 3.6, 12.7, 6.0, 10.0, 6.8, 9.4, 3.6, 5.0, 9.2, 3.6, 3.6, 3.6, 6.6, 5.4, 5.0, 3.0];
const HEADING: [&str; 17] = [
    "序号",
    "登记日期",
    "办件编号",
    "委托人",
    "证件号码",
    "联系电话",
    "事项",
    "材料份数",
    "代办员",
    "移交日期、批次",
    "受理日期",
    "承诺日期",
    "办结日期",
    "送达日期、方式",
    "结果",
    "评价",
    "备注",
];
const TEXT: Style = Style::new(Face::Song, 8.0);
const LABEL: Style = Style::new(Face::Hei, 8.0);

impl CaseLedger {
    pub const TITLE: &str = "代办登记台账";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut sheet = Sheet::new(faces, mm(297.0), mm(210.0), mm(10.0), mm(16.0));
        let title = format!("{}{}", self.issuer.unit_full_name, Self::TITLE);
        sheet.line(&title, Style::new(Face::SongBold, 18.0), Align::Centre)?;
        let month = format!("{}年{}月", self.month.year(), self.month.month());
        sheet.line(&month, CELL, Align::Centre)?;
        sheet.space(3.0);
        if self.entries.is_empty() {
            sheet.line("本月没有登记的办件。", CELL, Align::Left)?;
        }
        let columns = SHARES.map(|share| Column { share });
        let heading = Row { cells: HEADING.map(|text| Cell::new(text, LABEL, Align::Centre)).into() };
        let rows: Vec<Row> =
            self.entries.iter().enumerate().map(|(i, entry)| self.row(i + 1, entry)).collect();
        let total = |on_page: Range<usize>| self.total(on_page);
        let ends = Ends { total: Some(&total), keep: 50.0 };
        sheet.grid_ending(&columns, Some(&heading), &rows, ends)?;
        sheet.space(8.0);
        let signed = format!("登记人：{}　　　　　　　　　　负责人：", self.by);
        sheet.signatures(&signed, &[&format!("打印日期：{}", day(self.on))], CELL)?;
        sheet.flush("证件号码、联系电话已作脱敏处理；日期不写年份的为本年。", TEXT)?;
        sheet.finish(|at, page, pages| {
            at.line("F18", TEXT, mm(8.0), 0.0, Align::Left)?;
            at.line(&format!("第 {page} 页，共 {pages} 页"), TEXT, mm(8.0), 0.0, Align::Right)
        })
    }

    fn row(&self, number: usize, entry: &LedgerEntry) -> Row {
        let left = |text: &str| Cell::new(text, TEXT, Align::Left);
        let middle = |text: String| Cell::new(text, TEXT, Align::Centre);
        let on = |date: Option<Date>| middle(self.short(date));
        let and = |date: Option<Date>, text: &str| match (date, text) {
            (None, text) => left(text),
            (date, "") => middle(self.short(date)),
            (date, text) => left(&format!("{} {text}", self.short(date))),
        };
        Row {
            cells: vec![
                middle(number.to_string()),
                on(entry.registered_on),
                left(&entry.case_no),
                Cell::new(entry.applicant.as_str(), TEXT.name(), Align::Left),
                left(&entry.id_no_masked),
                left(&entry.phone_masked),
                left(&entry.item),
                middle(entry.materials.to_string()),
                left(&entry.agent),
                // A batch's number begins with its day.
                if entry.batch.is_empty() { on(entry.handed_over) } else { left(&entry.batch) },
                on(entry.accepted),
                on(entry.promised),
                on(entry.closed),
                and(entry.delivered, &entry.delivered_by),
                left(&entry.result),
                left(&entry.rating),
                left(&entry.remark),
            ],
        }
    }

    /// 11-05, with its year where that is another than the ledger's.
    fn short(&self, date: Option<Date>) -> String {
        match date {
            None => String::new(),
            Some(date) if date.year() == self.month.year() => {
                format!("{:02}-{:02}", date.month(), date.day())
            }
            Some(date) => date.to_string(),
        }
    }

    /// The sums of a page, and of all up to its end.
    fn total(&self, on_page: Range<usize>) -> Row {
        let sums = |entries: &[LedgerEntry]| {
            let of = |has: fn(&LedgerEntry) -> bool| entries.iter().filter(|entry| has(entry)).count();
            let materials: u32 = entries.iter().map(|entry| entry.materials).sum();
            format!(
                "登记 {} 件、材料 {materials} 份、移交 {} 件、受理 {} 件、办结 {} 件、送达 {} 件",
                entries.len(),
                of(|entry| entry.handed_over.is_some()),
                of(|entry| entry.accepted.is_some()),
                of(|entry| entry.closed.is_some()),
                of(|entry| entry.delivered.is_some())
            )
        };
        let end = on_page.end.min(self.entries.len());
        let page = self.entries.get(on_page).map(sums).unwrap_or_default();
        let all = self.entries.get(..end).map(sums).unwrap_or_default();
        let says = format!("本页合计：{page}　　累计：{all}");
        Row { cells: vec![Cell::new(says, LABEL, Align::Left).spanning(SHARES.len())] }
    }
}
