//! 代办交接清单: the open cases that a village's new agent was given, and the originals that lie there. Both count them and sign.

use crate::{
    issuer::{CELL, Issuer, SMALL, TEXT, day},
    slip::{label, middle, table_before, value},
    typeset::{Align, Cell, Column, Face, Faces, FormError, Layout, Row, Sheet, Style, mm},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct AgentChange {
    /// The village.
    pub issuer: Issuer,
    /// The new agent.
    pub to: String,
    pub cases: Vec<GivenOn>,
    pub on: Date,
}

/// A case, as it was given on.
#[derive(Clone, Debug)]
pub struct GivenOn {
    pub case_no: String,
    pub applicant: String,
    pub item: String,
    pub state: String,
    /// Who looked after it before; empty for nobody.
    pub from: String,
    pub on: Date,
    /// Originals in the village: what, and how many.
    pub originals: Vec<(String, u16)>,
}

impl AgentChange {
    pub const TITLE: &str = "代办交接清单";

    /// A4 across.
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut sheet = Sheet::new(faces, mm(297.0), mm(210.0), mm(15.0), mm(18.0));
        sheet.line(&self.issuer.unit_full_name, Style::new(Face::XiaoBiaoSong, 14.0), Align::Centre)?;
        sheet.line(Self::TITLE, Style::new(Face::XiaoBiaoSong, 20.0), Align::Centre)?;
        let counts = self.cases.iter().flat_map(|case| &case.originals).map(|(_, count)| u32::from(*count));
        let originals: u32 = counts.sum();
        let says = format!("接手人：{}　　共 {} 件，村里存的原件 {originals} 份", self.to, self.cases.len());
        sheet.line(&says, TEXT, Align::Left)?;
        sheet.space(3.0);
        let rows = self.cases.iter().enumerate().map(|(i, case)| {
            let lying = case.originals.iter().map(|(name, count)| format!("{name} {count} 份"));
            let lying = lying.collect::<Vec<_>>().join("、");
            [
                middle((i + 1).to_string()),
                Cell::new(case.case_no.as_str(), SMALL, Align::Left),
                Cell::new(case.applicant.as_str(), CELL.name(), Align::Left),
                value(case.item.as_str()),
                middle(case.state.as_str()),
                middle(case.from.as_str()),
                middle(day(case.on)),
                value(if lying.is_empty() { "没有".to_owned() } else { lying }),
                value(""),
            ]
        });
        let heading = [
            "序号",
            "办件编号",
            "申请人",
            "事项",
            "办到哪一步",
            "原来由",
            "交接日期",
            "村里存的原件",
            "点清",
        ];
        let shares = [4.0, 17.0, 11.0, 19.0, 9.0, 9.0, 13.0, 20.0, 6.0];
        table_before(&mut sheet, 90.0, shares, heading, rows)?;
        let columns = [18.0, 32.0, 18.0, 32.0].map(|share| Column { share });
        let signed = |one: &str, two: &str| Row {
            cells: vec![label(one), value("").with_room(2), label(two), value("").with_room(2)],
        };
        let rows = [
            Row { cells: vec![label("差异说明"), value("").spanning(3).with_room(2)] },
            signed("移交人（签名）、时间", "接手人（签名）、时间"),
        ];
        sheet.grid(&columns, None, &rows)?;
        sheet.space(3.0);
        let says = format!("以上办件和原件当面点清。打印日期：{}", day(self.on));
        sheet.line(&says, CELL, Align::Left)?;
        sheet.finish(|at, page, pages| {
            at.line(&format!("第 {page} 页，共 {pages} 页"), SMALL, mm(10.0), 0.0, Align::Right)
        })
    }
}
