//! F03: 一次性告知（补正）通知书 (行政许可法 §32(四); DOMAIN §5.2, T06).

use crate::{
    issuer::{TEXT, day, day_of_week},
    slip::{FOR_BOTH, Slip, middle, pair, table, ticks, value},
    typeset::{Face, Faces, FormError, Layout, Style},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct OneTimeNotice {
    pub slip: Slip,
    pub received_on: Date,
    /// All that is lacking: nothing can be asked for afterwards.
    pub points: Vec<Point>,
    pub by: Date,
    pub provisional: bool,
    /// The licensing law for licences, the item's own for all others.
    pub basis: String,
}

/// A material, or something in it, to put right.
#[derive(Clone, Debug)]
pub struct Point {
    pub material: String,
    pub problem: String,
    /// What to do, and where.
    pub remedy: String,
    pub basis: String,
    pub instead: Instead,
}

/// What may stand in for the material meanwhile, or for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    Nothing,
    /// 容缺后补
    Tolerance,
    /// 告知承诺
    Commitment,
    Either,
}

impl OneTimeNotice {
    pub const TITLE: &str = "一次性告知（补正）通知书";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let bold = Style::new(Face::SongBold, TEXT.size);
        self.slip.parts(faces, ("F03", Self::TITLE), &FOR_BOTH, |sheet| {
            self.slip
                .facts(sheet, vec![pair("收件日期", day(self.received_on), "补正期限", day(self.by))])?;
            self.slip.salutation(sheet)?;
            let opening = format!(
                "你（单位）于{}提交的“{}”申请收悉。经审查，申请材料不齐全（不符合法定形式）。依据{}，现将需要补正的",
                day(self.received_on),
                self.slip.item_name,
                self.basis
            );
            sheet.paragraph(&[(&opening, TEXT), ("全部内容", bold), ("一次性告知如下：", TEXT)])?;
            sheet.space(4.0);
            let rows = self.points.iter().enumerate().map(|(i, point)| {
                let instead = match point.instead {
                    Instead::Nothing => "否",
                    Instead::Tolerance => "可容缺后补",
                    Instead::Commitment => "可承诺代替",
                    Instead::Either => "可容缺，可承诺",
                };
                [
                    middle((i + 1).to_string()),
                    value(point.material.as_str()),
                    value(point.problem.as_str()),
                    value(point.remedy.as_str()),
                    value(point.basis.as_str()),
                    middle(instead),
                ]
            });
            let heading =
                ["序号", "材料（内容）", "存在问题", "补正要求（怎么补、到哪里办）", "依据", "能否容缺或承诺"];
            table(sheet, [7.0, 22.0, 16.0, 28.0, 15.0, 12.0], heading, rows)?;
            let by = format!("请于{}前补正。", day_of_week(self.by));
            let tentative = if self.provisional { "（期限为暂定，以国务院节假日安排为准）" } else { "" };
            sheet.paragraph(&[
                (&by, bold),
                (tentative, TEXT),
                ("补正后材料齐全的，自收到全部补正材料之日起受理；逾期未补正的，本次申请作“补正不来”办结，你（单位）可以重新申请。", TEXT),
            ])?;
            self.slip.say_own_words(sheet, TEXT)?;
            sheet.flush("已交材料的处理：☐退还　☐留存待补", TEXT)?;
            sheet.flush(&format!("送达方式：{}", ticks(&["当面", "代办员转交", "邮寄"], "")), TEXT)?;
            self.slip.sign(sheet, "业务")?;
            self.slip.received(sheet)
        })
    }
}
