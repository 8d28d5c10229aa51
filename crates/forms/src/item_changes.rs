//! 事项变化说明: what has changed in the catalogue lately or is about to, for those who told people the old rule.

use crate::{
    issuer::{CELL, Issuer, SMALL, day},
    slip::{middle, table, value},
    typeset::{Align, Face, Faces, FormError, Layout, Sheet, Style, mm},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct ItemChanges {
    pub issuer: Issuer,
    /// The version of the catalogue, e.g. 2026.2
    pub catalogue: String,
    /// The newest first.
    pub changes: Vec<ChangedItem>,
    pub on: Date,
}

#[derive(Clone, Debug)]
pub struct ChangedItem {
    pub name: String,
    pub from: Date,
    /// A line a change, e.g. 取消材料：居民户口簿
    pub says: Vec<String>,
}

impl ItemChanges {
    pub const TITLE: &str = "事项变化说明";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut sheet = Sheet::new(faces, mm(210.0), mm(297.0), mm(20.0), mm(18.0));
        sheet.line(&self.issuer.unit_full_name, Style::new(Face::XiaoBiaoSong, 14.0), Align::Centre)?;
        sheet.line(Self::TITLE, Style::new(Face::XiaoBiaoSong, 20.0), Align::Centre)?;
        let says = format!("事项目录 {}　　　截至 {}", self.catalogue, day(self.on));
        sheet.line(&says, CELL, Align::Centre)?;
        sheet.space(4.0);
        let rows = self.changes.iter().enumerate().map(|(i, change)| {
            [
                middle((i + 1).to_string()),
                value(change.name.as_str()),
                middle(day(change.from)),
                value(change.says.join("；")),
            ]
        });
        table(&mut sheet, [6.0, 26.0, 22.0, 46.0], ["序号", "事项", "从哪天起", "有什么变化"], rows)?;
        let says = if self.changes.is_empty() {
            "最近没有变化。"
        } else {
            "从写明的那天起按新的办；那天以前受理的，按受理时的办。"
        };
        sheet.flush(says, CELL)?;
        sheet.finish(|at, page, pages| {
            at.line(&format!("第 {page} 页，共 {pages} 页"), SMALL, mm(10.0), 0.0, Align::Right)
        })
    }
}
