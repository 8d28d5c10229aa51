//! F16b: 好差评单 (DOMAIN §6.1; 国办发〔2019〕51号): two to a sheet, filled in alone, folded and put into a closed box.

use crate::{
    issuer::{CELL, Issuer, SMALL, TEXT},
    slip::{label, middle, ticks},
    typeset::{Align, Column, Face, Faces, FormError, Layout, Page, Row, Sheet, Style, mm},
};

#[derive(Clone, Debug)]
pub struct RatingSlip {
    pub issuer: Issuer,
    pub case_no: String,
    pub item_name: String,
    /// 评价单号, under which it is typed in.
    pub number: String,
}

/// 满意度, codes 1 to 5 of GB/T 39046 A.8.
const GRADES: [&str; 5] = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"];
const ASPECTS: [&str; 4] = ["整体满意度", "服务效率", "服务水平", "服务态度"];
/// Why it was bad; any number of them.
const REASONS: [&str; 9] = [
    "一次性告知不清",
    "材料要求不一致",
    "超时",
    "多次跑动",
    "态度差",
    "推诿",
    "收费疑问",
    "指南不准",
    "结果未送达",
];
/// A5, the long side across the sheet.
const HALF: f32 = 148.5;

/// Two slips to a sheet of A4, to be cut apart.
pub fn rating_slips(slips: &[RatingSlip], faces: &Faces) -> Result<Layout, FormError> {
    let pages = slips.iter().map(|slip| slip.page(faces)).collect::<Result<Vec<_>, _>>()?;
    let (width, half) = (mm(210.0), mm(HALF));
    let mut pages = pages.into_iter();
    let mut whole = Layout { width, height: half * 2.0, pages: Vec::new() };
    while let Some(upper) = pages.next() {
        let pair = Layout::paired(upper, pages.next().unwrap_or_default(), width, half);
        whole.pages.extend(pair.pages);
    }
    Ok(whole)
}

impl RatingSlip {
    fn page(&self, faces: &Faces) -> Result<Page, FormError> {
        let mut sheet = Sheet::new(faces, mm(210.0), mm(HALF), mm(14.0), mm(20.0));
        sheet.line("政务服务“好差评”评价单", Style::new(Face::XiaoBiaoSong, 16.0), Align::Centre)?;
        sheet.line("评价自愿；您的信息保密。请独自填写，折好投入密封箱。", TEXT, Align::Centre)?;
        sheet.space(2.0);
        sheet
            .flush(&format!("服务单位：{}　　事项：{}", self.issuer.unit_full_name, self.item_name), CELL)?;
        sheet.space(2.0);
        let columns = [20.0, 16.0, 16.0, 16.0, 16.0, 16.0].map(|share| Column { share });
        let heading = Row { cells: std::iter::once("评价项目").chain(GRADES).map(label).collect() };
        let rows = ASPECTS.map(|aspect| Row {
            cells: std::iter::once(label(aspect)).chain(GRADES.map(|_| middle("☐"))).collect(),
        });
        sheet.grid(&columns, Some(&heading), &rows)?;
        sheet.space(4.0);
        sheet.flush("不满意的，请勾选原因（可多选），或写明情况：", CELL)?;
        sheet.flush(&ticks(&REASONS, ""), CELL)?;
        sheet.grid(&[Column { share: 1.0 }], None, &[Row { cells: vec![middle("").with_room(3)] }])?;
        sheet.space(4.0);
        sheet.flush(
            "姓名（可不填）：　　　　　　　　　电话（可不填，留下的将回访）：　　　　　　　　　日期：",
            CELL,
        )?;
        let layout = sheet.finish(|at, _, _| {
            let (bottom, size) = (mm(6.0), mm(13.0));
            at.qr(&format!("DB1 F16b {}", self.case_no), bottom, size);
            let inset = size + 8.0;
            let numbers = format!("办件编号：{}", self.case_no);
            let phone = format!("监督电话：{}", self.issuer.complaint_or_phone());
            at.line(&numbers, SMALL, bottom + size - SMALL.size, inset, Align::Left)?;
            at.line(&format!("评价单号：{}", self.number), SMALL, bottom + 13.0, inset, Align::Left)?;
            at.line(&phone, SMALL, bottom, inset, Align::Left)?;
            at.line("F16b", SMALL, bottom + size - SMALL.size, inset, Align::Right)
        })?;
        Ok(layout.pages.into_iter().next().unwrap_or_default())
    }
}
