//! F09b: 不予许可（确认、给付）决定书 (行政许可法 §38; DOMAIN §5.2, T18).

use crate::{
    issuer::{TEXT, day},
    remedy::Remedy,
    slip::{FOR_BOTH, Slip, pair},
    typeset::{Faces, FormError, Layout},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct DecisionAgainst {
    pub slip: Slip,
    pub applied_on: Date,
    pub accepted_on: Option<Date>,
    pub decided_on: Date,
    /// What is not granted: 许可, 确认, 给付; empty for a public service, which is not done.
    pub what: &'static str,
    /// 事实和理由
    pub reason: String,
    pub basis: String,
    pub remedy: Remedy,
}

impl DecisionAgainst {
    /// e.g. 不予给付决定书
    pub fn title(&self) -> &'static str {
        Self::title_of(self.what)
    }

    pub fn title_of(what: &str) -> &'static str {
        match what {
            "许可" => "不予许可决定书",
            "确认" => "不予确认决定书",
            "给付" => "不予给付决定书",
            _ => "不予办理决定书",
        }
    }

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.slip.parts(faces, ("F09b", self.title()), &FOR_BOTH, |sheet| {
            let accepted = self.accepted_on.map_or("—".to_owned(), day);
            self.slip.facts(
                sheet,
                vec![
                    pair("申请日期", day(self.applied_on), "受理日期", accepted),
                    pair(
                        "决定日期",
                        day(self.decided_on),
                        "办理结果",
                        self.title().trim_end_matches("决定书"),
                    ),
                ],
            )?;
            self.slip.salutation(sheet)?;
            let body = format!(
                "你（单位）于{}提出的“{}”申请，我单位依法进行了审查。",
                day(self.applied_on),
                self.slip.item_name
            );
            sheet.paragraph(&[(&body, TEXT)])?;
            sheet.paragraph(&[(&format!("经审查，{}。", self.reason.trim_end_matches('。')), TEXT)])?;
            let decision = format!("依据{}，决定{}。", self.basis, self.title().trim_end_matches("决定书"));
            sheet.paragraph(&[(&decision, TEXT)])?;
            sheet.paragraph(&[(&self.remedy.says("决定书"), TEXT)])?;
            self.slip.sign(sheet, "审批")?;
            self.slip.received(sheet)
        })
    }
}
