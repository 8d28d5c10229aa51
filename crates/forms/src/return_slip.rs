//! F14: 撤回申请书 of an applicant, 退件单 of a window that sends a registration back (DOMAIN §5.2, T05, T23).

use crate::{
    issuer::{MaterialLine, TEXT, day, materials},
    slip::{FOR_BOTH, Slip, pair},
    typeset::{Align, Face, Faces, FormError, Layout, Style},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct ReturnSlip {
    pub slip: Slip,
    pub applied_on: Date,
    pub on: Date,
    pub reason: String,
    /// What is given back.
    pub materials: Vec<MaterialLine>,
    /// 退件单: to whom; `None` where the applicant withdraws.
    pub back_to: Option<String>,
}

impl ReturnSlip {
    pub fn title(&self) -> &'static str {
        if self.back_to.is_some() { "退件单" } else { "撤回申请书" }
    }

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let parts = if self.back_to.is_some() {
            ["第一联　代办点留存", "第二联　存入案卷"]
        } else {
            FOR_BOTH
        };
        self.slip.parts(faces, ("F14", self.title()), &parts, |sheet| {
            let when = if self.back_to.is_some() { "退件日期" } else { "撤回日期" };
            self.slip.facts(sheet, vec![pair("申请日期", day(self.applied_on), when, day(self.on))])?;
            let reason = self.reason.trim_end_matches('。');
            let item = &self.slip.item_name;
            match &self.back_to {
                Some(unit) => {
                    sheet.paragraph_flush(&[(&format!("{unit}："), TEXT)])?;
                    let body = format!("你单位移交的“{item}”，经核对，{reason}，现予退回。请更正或者补充后重新移交。");
                    sheet.paragraph(&[(&body, TEXT)])?;
                }
                None => {
                    sheet.paragraph_flush(&[(&format!("{}：", self.slip.issuer.unit_full_name), TEXT)])?;
                    let we = if self.slip.applicant.organisation { "本单位" } else { "本人" };
                    let body = format!(
                        "{we}于{}申请办理“{item}”，现因{reason}，申请撤回，请予终止办理，并退还下列材料。撤回后可以重新申请。",
                        day(self.applied_on)
                    );
                    sheet.paragraph(&[(&body, TEXT)])?;
                    sheet.space(10.0);
                    sheet.line("申请人（签名或捺印）：　　　　　　　　　　日期：　　　　年　　月　　日", TEXT, Align::Right)?;
                }
            }
            sheet.space(6.0);
            sheet.line("退还材料清单", Style::new(Face::Hei, TEXT.size), Align::Left)?;
            materials(sheet, &self.materials)?;
            self.slip.sign(sheet, "业务")?;
            match &self.back_to {
                Some(_) => sheet.flush("代办点签收：　　　　　　　　　　　　日期：　　　　年　　月　　日", TEXT),
                None => self.slip.received(sheet),
            }
        })
    }
}
