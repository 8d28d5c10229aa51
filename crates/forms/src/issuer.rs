//! What every slip carries (DOMAIN §5.1): who issues it, where to ask, where to complain, its number and its code.

use crate::typeset::{Align, Cell, Column, Face, FormError, Row, Sheet, Style, mm};
use jiff::civil::Date;

/// The unit at the head of a form, from the unit tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issuer {
    /// Its code, by which its picture is found.
    pub unit: String,
    /// Its name in a second language, above its name; empty for none.
    pub second_name: String,
    pub unit_full_name: String,
    pub address: String,
    /// 咨询电话
    pub phone: String,
    /// 监督电话
    pub complaint_phone: String,
}

impl Issuer {
    /// Where an objection goes.
    pub(crate) fn complaint_or_phone(&self) -> &str {
        if self.complaint_phone.is_empty() { &self.phone } else { &self.complaint_phone }
    }
}

/// A material that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialLine {
    pub name: String,
    pub originals: u16,
    pub copies: u16,
    pub note: String,
}

pub(crate) const TEXT: Style = Style::new(Face::FangSong, 12.0);
pub(crate) const LABEL: Style = Style::new(Face::Hei, 10.5);
pub(crate) const CELL: Style = Style::new(Face::FangSong, 10.5);
pub(crate) const SMALL: Style = Style::new(Face::Song, 9.0);

/// As high as a picture at the head may be.
const HEAD: f32 = 36.0;

/// Height kept free for [`foot`].
pub(crate) const FOOT: f32 = 92.0;

/// Unit, title (with its size in points) and number.
pub(crate) fn head(
    sheet: &mut Sheet<'_>,
    issuer: &Issuer,
    title: (&str, f32),
    number: Option<&str>,
    copy: u32,
) -> Result<(), FormError> {
    let (title, size) = title;
    if let Some(picture) = sheet.faces().head(&issuer.unit) {
        sheet.picture(picture, HEAD);
    }
    if !issuer.second_name.is_empty() {
        sheet.fitted_line(&issuer.second_name, Style::new(Face::Song, 12.0), Align::Centre)?;
    }
    sheet.line(&issuer.unit_full_name, Style::new(Face::XiaoBiaoSong, 14.0), Align::Centre)?;
    let spaced: Vec<String> = title.chars().map(String::from).collect();
    sheet.line(&spaced.join(" "), Style::new(Face::XiaoBiaoSong, size), Align::Centre)?;
    let number = match (number, copy) {
        (None, _) => "（预览，未编号）".to_owned(),
        (Some(number), 0 | 1) => format!("编号：{number}"),
        (Some(number), copy) => format!("编号：{number}　（补打第 {} 次）", copy - 1),
    };
    sheet.line(&number, CELL, Align::Right)?;
    sheet.space(2.0);
    Ok(())
}

/// A slip's code and number, the unit's address and telephones, which part of the set this is.
pub(crate) fn foot(
    foot: &mut crate::typeset::Foot<'_, '_>,
    issuer: &Issuer,
    (form, mark): (&str, &str),
    case_no: &str,
    impl_code: &str,
    part: &str,
    pages: (usize, usize),
) -> Result<(), FormError> {
    let size = mm(20.0);
    let bottom = mm(8.0);
    foot.rule(bottom + size + 6.0);
    foot.qr(mark, bottom, size);
    let inset = size + 10.0;
    let top = bottom + size - SMALL.size;
    let page =
        if pages.1 > 1 { format!("　第 {} 页，共 {} 页", pages.0, pages.1) } else { String::new() };
    let lines = [
        format!("办件编号：{case_no}"),
        format!("实施编码：{impl_code}"),
        format!("咨询电话：{}　　监督电话：{}", issuer.phone, issuer.complaint_phone),
        format!("地址：{}", issuer.address),
        "查询进度：拨打咨询电话，或到村（社区）、乡镇窗口出示本单二维码。".to_owned(),
    ];
    let leading = (top - bottom) / (lines.len() - 1) as f32;
    for (i, line) in lines.iter().enumerate() {
        foot.line(line, SMALL, top - i as f32 * leading, inset, Align::Left)?;
    }
    foot.line(&format!("{form}　{part}{page}"), SMALL, top, inset, Align::Right)
}

/// The list of received materials.
pub(crate) fn materials(sheet: &mut Sheet<'_>, lines: &[MaterialLine]) -> Result<(), FormError> {
    let columns = [7.0, 50.0, 13.0, 15.0, 20.0].map(|share| Column { share });
    let heading = ["序号", "材料名称", "原件（份）", "复印件（份）", "备注"];
    let heading =
        Row { cells: heading.into_iter().map(|text| Cell::new(text, LABEL, Align::Centre)).collect() };
    let rows: Vec<Row> = lines
        .iter()
        .enumerate()
        .map(|(i, line)| Row {
            cells: vec![
                Cell::new((i + 1).to_string(), CELL, Align::Centre),
                Cell::new(line.name.as_str(), CELL, Align::Left),
                Cell::new(line.originals.to_string(), CELL, Align::Centre),
                Cell::new(line.copies.to_string(), CELL, Align::Centre),
                Cell::new(line.note.as_str(), CELL, Align::Left),
            ],
        })
        .collect();
    if rows.is_empty() {
        return sheet.line("（没有收到材料）", CELL, Align::Left);
    }
    sheet.grid(&columns, Some(&heading), &rows)
}

/// 2026年10月26日
pub(crate) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 2026年10月26日（星期一）
pub(crate) fn day_of_week(date: Date) -> String {
    let names = ["一", "二", "三", "四", "五", "六", "日"];
    format!("{}（星期{}）", day(date), names[date.weekday().to_monday_zero_offset() as usize])
}

/// Height kept free for [`short_foot`].
pub(crate) const SHORT_FOOT: f32 = 76.0;

/// The foot of a paper that isn't of one case: its code and number, the unit's telephones and address, which part this is.
pub(crate) fn short_foot(
    foot: &mut crate::typeset::Foot<'_, '_>,
    issuer: &Issuer,
    (form, mark): (&str, &str),
    (what, number): (&str, &str),
    part: &str,
    pages: (usize, usize),
) -> Result<(), FormError> {
    let (size, bottom) = (mm(16.0), mm(8.0));
    foot.rule(bottom + size + 5.0);
    foot.qr(mark, bottom, size);
    let (inset, top) = (size + 10.0, bottom + size - SMALL.size - 1.0);
    let lines = [
        format!("{what}：{number}"),
        format!("咨询电话：{}　　监督电话：{}", issuer.phone, issuer.complaint_phone),
        format!("地址：{}", issuer.address),
    ];
    for (i, line) in lines.iter().enumerate() {
        foot.line(line, SMALL, top - i as f32 * 15.0, inset, Align::Left)?;
    }
    let page =
        if pages.1 > 1 { format!("　第 {} 页，共 {} 页", pages.0, pages.1) } else { String::new() };
    foot.line(&format!("{form}　{part}{page}"), SMALL, top, inset, Align::Right)
}
