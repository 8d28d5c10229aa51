//! F10: 延期通知书 (行政许可法 §42; DOMAIN §5.2, T22).

use crate::{
    issuer::{TEXT, day, day_of_week},
    slip::{FOR_BOTH, Slip, pair},
    typeset::{Face, Faces, FormError, Layout, Style},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct ExtensionNotice {
    pub slip: Slip,
    /// The end of the term before, and after.
    pub before: Date,
    pub after: Date,
    pub provisional: bool,
    /// Working days.
    pub days: u16,
    pub reason: String,
    pub basis: String,
    /// 批准人
    pub approver: String,
}

impl ExtensionNotice {
    pub const TITLE: &str = "延期通知书";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.slip.parts(faces, ("F10", Self::TITLE), &FOR_BOTH, |sheet| {
            self.slip.facts(
                sheet,
                vec![
                    pair("原办结日期", day(self.before), "延长", format!("{}个工作日", self.days)),
                    pair("新办结日期", day(self.after), "批准人", &self.approver),
                ],
            )?;
            self.slip.salutation(sheet)?;
            let body = format!(
                "你（单位）申请的“{}”，因{}，不能在{}前办结。依据{}，经{}批准，延长{}个工作日，",
                self.slip.item_name,
                self.reason.trim_end_matches('。'),
                day(self.before),
                self.basis,
                self.approver,
                self.days
            );
            let until = format!("至{}前办结。", day_of_week(self.after));
            let tentative = if self.provisional {
                "（日期为暂定，以国务院节假日安排为准。）"
            } else {
                ""
            };
            sheet.paragraph(&[
                (&body, TEXT),
                (&until, Style::new(Face::SongBold, TEXT.size)),
                (tentative, TEXT),
                ("特此告知。", TEXT),
            ])?;
            self.slip.sign(sheet, "业务")?;
            self.slip.received(sheet)
        })
    }
}
