//! F02: 收件凭证 before acceptance, 受理通知书 after (行政许可法 §32; DOMAIN §5.2).

use crate::{
    issuer::{MaterialLine, TEXT, day, day_of_week, materials},
    slip::{FOR_BOTH, Slip, pair},
    typeset::{Align, Face, Faces, FormError, Layout, Sheet, Style},
};
use jiff::civil::Date;

/// What the notice says; dates are counted elsewhere.
#[derive(Clone, Debug)]
pub struct AcceptanceNotice {
    pub slip: Slip,
    pub applied_on: Date,
    pub received_on: Date,
    pub kind: NoticeKind,
    /// 即办件, 承诺件, 联办件
    pub handling_type: String,
    pub statutory_says: String,
    pub promise_says: String,
    pub materials: Vec<MaterialLine>,
    /// The law that the notice cites: the licensing law for licences, the item's own for all others.
    pub basis: String,
}

#[derive(Clone, Debug)]
pub enum NoticeKind {
    /// 收件凭证
    Receipt {
        /// Accepted, or told what is missing, by this day.
        notice_by: Date,
    },
    /// 受理通知书
    Acceptance { accepted_on: Date, due: Date, provisional: bool, instant: bool },
}

impl AcceptanceNotice {
    pub fn title(&self) -> &'static str {
        match self.kind {
            NoticeKind::Receipt { .. } => "收件凭证",
            NoticeKind::Acceptance { .. } => "受理通知书",
        }
    }

    /// Two parts: one for the applicant, one for the file.
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.slip.parts(faces, ("F02", self.title()), &FOR_BOTH, |sheet| {
            let mut facts = vec![
                pair("申请日期", day(self.applied_on), "收件日期", day(self.received_on)),
                pair("办件类型", &self.handling_type, "法定时限", &self.statutory_says),
            ];
            if let NoticeKind::Acceptance { accepted_on, .. } = self.kind {
                facts.push(pair("受理日期", day(accepted_on), "承诺时限", &self.promise_says));
            }
            self.slip.facts(sheet, facts)?;
            self.slip.salutation(sheet)?;
            self.body(sheet)?;
            sheet.space(6.0);
            sheet.line("附：收到材料清单", Style::new(Face::Hei, TEXT.size), Align::Left)?;
            materials(sheet, &self.materials)?;
            sheet.space(6.0);
            sheet.flush("领取方式：☐窗口　☐代办员转交　☐邮寄　☐上门", TEXT)?;
            self.slip.sign(sheet, self.seal())?;
            self.slip.received(sheet)
        })
    }

    fn seal(&self) -> &'static str {
        match self.kind {
            NoticeKind::Receipt { .. } => "收件",
            NoticeKind::Acceptance { .. } => "受理",
        }
    }

    fn body(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        let bold = Style::new(Face::SongBold, TEXT.size);
        let opening = format!(
            "你（单位）于{}提出的“{}”申请，我单位于{}收到申请材料。",
            day(self.applied_on),
            self.slip.item_name,
            day(self.received_on)
        );
        match &self.kind {
            NoticeKind::Receipt { notice_by } => {
                sheet.paragraph(&[(&format!("{opening}收到的材料见附表，特此出具凭证。"), TEXT)])?;
                let by = format!("我单位将在{}前决定是否受理；", day_of_week(*notice_by));
                sheet.paragraph(&[
                    (&by, bold),
                    ("材料不齐全或者不符合法定形式的，将在此之前一次性书面告知需要补正的全部内容。", TEXT),
                ])?;
                sheet.paragraph(&[("本凭证只证明收到上列材料，受理以受理通知书为准。", TEXT)])
            }
            NoticeKind::Acceptance { accepted_on, due, provisional, instant } => {
                let accepted = format!(
                    "{opening}经审查，申请材料齐全、符合法定形式，依据{}，决定自{}起予以受理。",
                    self.basis,
                    day(*accepted_on)
                );
                sheet.paragraph(&[(&accepted, TEXT)])?;
                if *instant {
                    return sheet
                        .paragraph(&[("本事项为即办件，当场办结，请凭本通知书领取办理结果。", TEXT)]);
                }
                let terms = format!(
                    "本事项为{}，法定办结时限：{}，承诺办结时限：{}。",
                    self.handling_type, self.statutory_says, self.promise_says
                );
                let promise = format!("承诺于{}前办结，", day_of_week(*due));
                let tentative = if *provisional {
                    "办结日期为暂定，以国务院节假日安排为准。"
                } else {
                    ""
                };
                sheet.paragraph(&[
                    (&terms, TEXT),
                    (&promise, bold),
                    ("请凭本通知书查询进度、领取办理结果。", TEXT),
                    (tentative, bold),
                    ("依法需要听证、检验、检测、鉴定、专家评审、现场勘查等所需时间不计算在内。", TEXT),
                ])
            }
        }
    }
}
