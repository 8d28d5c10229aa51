//! F04: 不予受理通知书 (行政许可法 §32(一)(二), §38; DOMAIN §5.2, T11).

use crate::{
    issuer::{TEXT, day},
    remedy::Remedy,
    slip::{FOR_BOTH, Slip, pair},
    typeset::{Faces, FormError, Layout},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct RefusalNotice {
    pub slip: Slip,
    pub applied_on: Date,
    pub refused_on: Date,
    /// One of the two that the licensing law knows (行政许可法 §32); empty for other items.
    pub ground: String,
    pub reason: String,
    pub basis: String,
    /// Who is competent instead, where it was said.
    pub elsewhere: String,
    pub remedy: Remedy,
}

impl RefusalNotice {
    pub const TITLE: &str = "不予受理通知书";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.slip.parts(faces, ("F04", Self::TITLE), &FOR_BOTH, |sheet| {
            self.slip.facts(
                sheet,
                vec![pair("申请日期", day(self.applied_on), "决定日期", day(self.refused_on))],
            )?;
            self.slip.salutation(sheet)?;
            let why = [self.ground.as_str(), self.reason.as_str()];
            let why = why.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("：");
            let why = why.trim_end_matches('。');
            let body = format!(
                "你（单位）于{}提出的“{}”申请，经审查，因{why}，依据{}，决定不予受理。",
                day(self.applied_on),
                self.slip.item_name,
                self.basis
            );
            sheet.paragraph(&[(&body, TEXT)])?;
            if !self.elsewhere.is_empty() {
                sheet.paragraph(&[(&format!("请向{}提出申请。", self.elsewhere), TEXT)])?;
            }
            sheet.paragraph(&[(&self.remedy.says("通知书"), TEXT)])?;
            self.slip.sign(sheet, "业务")?;
            self.slip.received(sheet)
        })
    }
}
