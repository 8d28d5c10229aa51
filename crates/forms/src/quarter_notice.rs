//! F19: 季公示 on a public board: totals, and no personal data whatever (DOMAIN §7.1).

use crate::{
    issuer::{Issuer, day},
    report::{Basis, cells},
    typeset::{Align, Column, Face, Faces, FormError, Layout, Sheet, Style, mm},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct QuarterNotice {
    pub issuer: Issuer,
    /// e.g. 2026年第三季度
    pub quarter: String,
    pub rows: Vec<QuarterRow>,
    pub basis: Basis,
    pub on: Date,
}

#[derive(Clone, Debug)]
pub struct QuarterRow {
    pub unit: String,
    /// 受理, 办结
    pub accepted: u32,
    pub closed: u32,
    /// 办结率, 按时率
    pub closed_rate: String,
    pub in_time: String,
    /// 满意率, of how many.
    pub satisfied: String,
    pub rated: u32,
    /// 投诉件, 办结
    pub complaints: (u32, u32),
    /// 压减: 材料, 环节, 时限, 跑动
    pub reduced: [String; 4],
}

/// A rate of fewer says little (DOMAIN §6.2).
const FEW: u32 = 30;

impl QuarterNotice {
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let text = Style::new(Face::FangSong, 12.0);
        let mut sheet = Sheet::new(faces, mm(297.0), mm(210.0), mm(18.0), mm(16.0));
        let title = format!("{}便民服务工作公示", self.quarter);
        sheet.heading(&title, Style::new(Face::XiaoBiaoSong, 24.0))?;
        sheet.line(&self.issuer.unit_full_name, Style::new(Face::XiaoBiaoSong, 14.0), Align::Centre)?;
        sheet.space(8.0);
        let columns = [
            ("单位", 29.0),
            ("受理", 8.0),
            ("办结", 8.0),
            ("办结率", 9.0),
            ("按时率", 9.0),
            ("满意率（样本数）", 17.0),
            ("投诉件/办结", 9.0),
            ("材料压减", 9.0),
            ("环节压减", 9.0),
            ("时限压减", 9.0),
            ("跑动压减", 9.0),
        ];
        let rows = self.rows.iter().map(|row| {
            let few = if row.rated < FEW { "，样本较少" } else { "" };
            let mut cells = vec![
                row.unit.clone(),
                row.accepted.to_string(),
                row.closed.to_string(),
                row.closed_rate.clone(),
                row.in_time.clone(),
                format!("{}（{}{few}）", row.satisfied, row.rated),
                format!("{}/{}", row.complaints.0, row.complaints.1),
            ];
            cells.extend(row.reduced.clone());
            cells
        });
        let (heading, rows) = cells(columns.iter().map(|(name, _)| *name), rows.collect(), 11.0);
        let shares = columns.map(|(_, share)| Column { share });
        sheet.grid(&shares, Some(&heading), &rows)?;
        sheet.space(10.0);
        sheet.need(150.0);
        let supervised = format!(
            "监督方式：监督电话{}，也可到{}反映。公示内容不含任何个人信息。",
            self.issuer.complaint_or_phone(),
            if self.issuer.address.is_empty() { "我单位" } else { &self.issuer.address }
        );
        sheet.flush(&supervised, text)?;
        for line in self.basis.says() {
            sheet.flush(&line, Style::new(Face::FangSong, 9.5))?;
        }
        sheet.space(10.0);
        sheet.signed(&self.issuer.unit_full_name, &day(self.on), text, 48.0)?;
        sheet.finish(|at, page, pages| {
            let style = Style::new(Face::Song, 9.0);
            at.line("F19", style, mm(9.0), 0.0, Align::Left)?;
            at.line(&format!("第 {page} 页，共 {pages} 页"), style, mm(9.0), 0.0, Align::Right)
        })
    }
}
