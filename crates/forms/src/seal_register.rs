//! F25: 印章使用登记 (DOMAIN §5.2): which seal was set under what, how often, and who allowed it.

use crate::{
    issuer::{CELL, Issuer, SMALL, day},
    slip::{middle, table, value},
    typeset::{Align, Face, Faces, FormError, Layout, Sheet, Style, mm},
};
use jiff::civil::Date;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub struct SealRegister {
    pub issuer: Issuer,
    /// e.g. 2026年9月
    pub period: String,
    /// 印章保管人
    pub keeper: String,
    pub uses: Vec<SealUse>,
}

#[derive(Clone, Debug)]
pub struct SealUse {
    pub on: Date,
    /// 受理专用章, 审批专用章, 公章
    pub seal: String,
    /// What it stands under, and its number.
    pub paper: String,
    pub number: String,
    pub times: u32,
    /// 批准人, 经办人
    pub approver: String,
    pub clerk: String,
}

impl SealRegister {
    pub const TITLE: &str = "印章使用登记";

    /// A4 across.
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut sheet = Sheet::new(faces, mm(297.0), mm(210.0), mm(16.0), mm(18.0));
        sheet.line(Self::TITLE, Style::new(Face::XiaoBiaoSong, 20.0), Align::Centre)?;
        let head = format!(
            "单位：{}　　　期间：{}　　　印章保管人：{}",
            self.issuer.unit_full_name, self.period, self.keeper
        );
        sheet.line(&head, CELL, Align::Centre)?;
        sheet.space(4.0);
        let rows = self.uses.iter().enumerate().map(|(i, one)| {
            [
                middle((i + 1).to_string()),
                middle(day(one.on)),
                middle(one.seal.as_str()),
                value(one.paper.as_str()),
                value(one.number.as_str()),
                middle(one.times.to_string()),
                middle(one.approver.as_str()),
                middle(one.clerk.as_str()),
                value(""),
            ]
        });
        let heading =
            ["序号", "用印日期", "章名", "文书名称", "文书字号", "次数", "批准人", "经办人", "备注"];
        table(&mut sheet, [5.0, 13.0, 13.0, 19.0, 23.0, 5.0, 8.0, 8.0, 10.0], heading, rows)?;
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for one in &self.uses {
            *times.entry(&one.seal).or_default() += one.times;
        }
        let sums: Vec<String> = times.iter().map(|(seal, times)| format!("{seal}{times}次")).collect();
        let sums = if sums.is_empty() { "没有用印".to_owned() } else { sums.join("，") };
        sheet.flush(&format!("合计：{sums}。　　　保管人签名：　　　　　　　　负责人签名："), CELL)?;
        sheet.finish(|at, page, pages| {
            at.line("F25", SMALL, mm(10.0), 0.0, Align::Left)?;
            at.line(&format!("第 {page} 页，共 {pages} 页"), SMALL, mm(10.0), 0.0, Align::Right)
        })
    }
}
