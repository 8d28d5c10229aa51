//! F16: 民主评议问卷 (DOMAIN §6.3): six aspects, three answers, nobody's name.

use crate::{
    issuer::TEXT,
    slip::{label, middle, ticks, value},
    typeset::{Align, Column, Face, Faces, FormError, Layout, Row, Sheet, Style, mm},
};

#[derive(Clone, Debug)]
pub struct Questionnaire {
    /// e.g. 2026年便民服务工作民主评议
    pub title: String,
    pub organiser: String,
    /// 评议对象
    pub object: String,
    /// e.g. 2026年10月9日至10月31日
    pub period: String,
    /// Where it goes back to.
    pub return_to: String,
    /// 问卷编号, for counting what came back; it says nothing about whoever fills it in.
    pub number: String,
}

/// 评议内容, after the questionnaire that the aspects are from.
const ASPECTS: [(&str, &str); 6] = [
    ("履职情况", "受理、办理、送达是否按规定和承诺做"),
    ("作风建设", "有没有推诿扯皮、吃拿卡要"),
    ("政务公开", "办事依据、材料、时限、进度、结果是否公开"),
    ("办事效率", "等候和办结用的时间"),
    ("服务态度", "接待、解释、一次性告知"),
    ("提案（意见建议）办理", "提的意见有没有回音"),
];

impl Questionnaire {
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut sheet = Sheet::new(faces, mm(210.0), mm(297.0), mm(24.0), mm(22.0));
        sheet.heading(&format!("{}问卷", self.title), Style::new(Face::XiaoBiaoSong, 20.0))?;
        sheet.space(6.0);
        let opening = format!(
            "为改进便民服务工作，{}就{}的工作向您了解情况（{}）。问卷不记名，填写自愿，所填内容只用于汇总。请在每一行选一项打“√”。",
            self.organiser, self.object, self.period
        );
        sheet.paragraph(&[(&opening, TEXT)])?;
        sheet.space(8.0);
        let columns = [6.0, 22.0, 42.0, 10.0, 10.0, 10.0].map(|share| Column { share });
        let heading = ["序号", "评议内容", "说明", "满意", "不满意", "不了解"];
        let heading = Row { cells: heading.into_iter().map(label).collect() };
        let rows: Vec<Row> = ASPECTS
            .iter()
            .enumerate()
            .map(|(i, (aspect, says))| {
                let boxes = std::iter::repeat_n("☐", 3).map(middle);
                let cells = [middle((i + 1).to_string()), value(*aspect), value(*says)];
                Row { cells: cells.into_iter().chain(boxes).map(|cell| cell.with_room(2)).collect() }
            })
            .collect();
        sheet.grid(&columns, Some(&heading), &rows)?;
        sheet.space(10.0);
        sheet.flush("7　您的意见建议：", TEXT)?;
        let whole = [Column { share: 1.0 }];
        sheet.grid(&whole, None, &[Row { cells: vec![value("").with_room(9)] }])?;
        sheet.space(10.0);
        sheet.flush(&format!("您的身份：{}", ticks(&["代表委员", "企业", "群众"], "")), TEXT)?;
        sheet.flush("（无需署名）", TEXT)?;
        sheet.space(6.0);
        sheet.flush(&format!("填好后请交到：{}", self.return_to), TEXT)?;
        sheet.finish(|at, _, _| {
            let small = Style::new(Face::Song, 9.0);
            at.line("F16", small, mm(12.0), 0.0, Align::Left)?;
            let number = if self.number.is_empty() {
                String::new()
            } else {
                format!("问卷编号：{}", self.number)
            };
            at.line(&number, small, mm(12.0), 0.0, Align::Right)
        })
    }
}
