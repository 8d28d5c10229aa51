//! F15: 特别程序告知书 (行政许可法 §45; DOMAIN §5.2, T15).

use crate::{
    issuer::{TEXT, day},
    slip::{FOR_BOTH, Slip, pair},
    typeset::{Faces, FormError, Layout},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct ProcedureNotice {
    pub slip: Slip,
    /// 听证, 检验检测, 鉴定, 专家评审, 现场勘查 …
    pub procedure: String,
    pub basis: String,
    /// Working days that it will take, about.
    pub days: u16,
    /// The clocks stand from this day on.
    pub from: Date,
}

impl ProcedureNotice {
    pub const TITLE: &str = "特别程序告知书";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.slip.parts(faces, ("F15", Self::TITLE), &FOR_BOTH, |sheet| {
            self.slip.facts(
                sheet,
                vec![
                    pair("程序种类", &self.procedure, "所需时间", format!("约{}个工作日", self.days)),
                    pair("停止计时", format!("自{}起", day(self.from)), "依据", &self.basis),
                ],
            )?;
            self.slip.salutation(sheet)?;
            let body = format!(
                "你（单位）申请的“{}”依法需要进行{}，依据{}，所需时间约{}个工作日，自{}起不计算在办理期限内。程序结束后，我单位将告知你（单位）新的办结日期。",
                self.slip.item_name,
                self.procedure,
                self.basis,
                self.days,
                day(self.from)
            );
            sheet.paragraph(&[(&body, TEXT)])?;
            self.slip.sign(sheet, "业务")?;
            self.slip.received(sheet)
        })
    }
}
