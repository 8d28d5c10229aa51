//! F05: 容缺受理承诺书 and, beneath, the centre's word on it (DOMAIN §5.2, T12).

use crate::{
    issuer::{TEXT, day, day_of_week},
    slip::{FOR_BOTH, Slip, middle, pair, table, value, wide},
    typeset::{Align, Face, Faces, FormError, Layout, Style},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct ToleranceCommitment {
    pub slip: Slip,
    /// What is still to come: name, and how it has to be.
    pub owed: Vec<(String, String)>,
    pub by: Date,
    pub provisional: bool,
    pub accepted_on: Date,
}

impl ToleranceCommitment {
    pub const TITLE: &str = "容缺受理承诺书";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let bold = Style::new(Face::SongBold, TEXT.size);
        let we = if self.slip.applicant.organisation { "本单位" } else { "本人" };
        self.slip.parts(faces, ("F05", Self::TITLE), &FOR_BOTH, |sheet| {
            self.slip.facts(
                sheet,
                vec![
                    pair("受理日期", day(self.accepted_on), "补交期限", day(self.by)),
                    wide("信用核验", "未发现失信记录"),
                ],
            )?;
            let opening = format!(
                "{we}申请办理“{}”，已被告知尚缺下列非主要材料：",
                self.slip.item_name
            );
            sheet.paragraph(&[(&opening, TEXT)])?;
            sheet.space(4.0);
            let rows = self.owed.iter().enumerate().map(|(i, (name, how))| {
                [middle((i + 1).to_string()), value(name.as_str()), value(how.as_str()), middle(day(self.by))]
            });
            table(sheet, [8.0, 42.0, 26.0, 24.0], ["序号", "材料名称", "提交形式", "补交期限"], rows)?;
            let by = format!("于{}前补齐上述材料", day_of_week(self.by));
            let tentative = if self.provisional { "（期限为暂定，以国务院节假日安排为准）" } else { "" };
            sheet.paragraph(&[
                (&format!("{we}承诺：一、已提交的材料真实、合法、有效；二、"), TEXT),
                (&by, bold),
                (tentative, TEXT),
                ("；三、逾期未补齐或者补交的材料不符合要求的，接受终止办理（不发放办理结果），并同意将违诺情况记录。", TEXT),
            ])?;
            sheet.space(10.0);
            sheet.line("承诺人（签名或捺印）：　　　　　　　　　　日期：　　　　年　　月　　日", TEXT, Align::Right)?;
            sheet.space(8.0);
            let opinion = format!(
                "经审核，同意容缺受理，办理时限自{}起计算。上述材料补齐之前不发放办理结果。",
                day(self.accepted_on)
            );
            sheet.line("窗口意见", Style::new(Face::Hei, TEXT.size), Align::Left)?;
            sheet.paragraph(&[(&opinion, TEXT)])?;
            self.slip.sign(sheet, "受理")
        })
    }
}
