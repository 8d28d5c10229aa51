//! F02: 收件凭证 before acceptance, 受理通知书 after (行政许可法 §32; DOMAIN §5.2).

use crate::{
    issuer::{MaterialLine, TEXT, day, day_of_week, materials},
    slip::{FOR_BOTH, Slip, pair, ticks},
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
    Acceptance {
        accepted_on: Date,
        how: Accepted,
        /// Its promised end, and whether that may move; `None` where nothing is promised.
        due: Option<(Date, bool)>,
        instant: bool,
    },
}

/// On what an application was accepted.
#[derive(Clone, Debug)]
pub enum Accepted {
    /// 材料齐全
    Complete,
    /// 容缺受理: what is still to come, and by when.
    Tolerant { owed: Vec<String>, by: Date },
    /// 视同受理: nobody answered in time (行政许可法 §32).
    Silent,
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
                pair("办件类型", self.type_says(), "法定时限", &self.statutory_says),
            ];
            if let NoticeKind::Acceptance { accepted_on, .. } = &self.kind {
                facts.push(pair("受理日期", day(*accepted_on), "承诺时限", &self.promise_says));
            }
            self.slip.facts(sheet, facts)?;
            self.slip.salutation(sheet)?;
            self.body(sheet)?;
            self.slip.say_own_words(sheet, TEXT)?;
            sheet.space(6.0);
            sheet.line("附：收到材料清单", Style::new(Face::Hei, TEXT.size), Align::Left)?;
            materials(sheet, &self.materials)?;
            sheet.space(6.0);
            sheet.flush("领取方式：☐窗口　☐代办员转交　☐邮寄　☐上门", TEXT)?;
            self.slip.sign(sheet, self.seal())?;
            self.slip.received(sheet)
        })
    }

    /// Of an acceptance also whether something may come later.
    fn type_says(&self) -> String {
        match &self.kind {
            NoticeKind::Receipt { .. } => self.handling_type.clone(),
            NoticeKind::Acceptance { how, .. } => {
                let tolerant = matches!(how, Accepted::Tolerant { .. });
                let boxes = ticks(&["是", "否"], if tolerant { "是" } else { "否" });
                format!("{}（容缺 {}）", self.handling_type, boxes.replace('\u{3000}', " "))
            }
        }
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
            NoticeKind::Acceptance { accepted_on, how, due, instant } => {
                let decided = |on: &str| format!("依据{}，决定自{on}起予以受理。", self.basis);
                let accepted = match how {
                    Accepted::Complete => {
                        format!(
                            "{opening}经审查，申请材料齐全、符合法定形式，{}",
                            decided(&day(*accepted_on))
                        )
                    }
                    Accepted::Tolerant { owed, by } => format!(
                        "{opening}经审查，主要材料齐全，尚缺{}，同意容缺受理，请于{}前补齐，{}",
                        owed.join("、"),
                        day_of_week(*by),
                        decided(&day(*accepted_on))
                    ),
                    Accepted::Silent => {
                        let on = day(*accepted_on);
                        format!("{opening}我单位逾期没有告知是否受理，自收到申请材料之日（{on}）起即为受理。")
                    }
                };
                sheet.paragraph(&[(&accepted, TEXT)])?;
                if *instant {
                    return sheet
                        .paragraph(&[("本事项为即办件，当场办结，请凭本通知书领取办理结果。", TEXT)]);
                }
                let terms = format!(
                    "本事项为{}，法定办结时限：{}，承诺办结时限：{}。",
                    self.handling_type, self.statutory_says, self.promise_says
                );
                let promise = match due {
                    Some((due, _)) => format!("承诺于{}前办结，", day_of_week(*due)),
                    None => String::new(),
                };
                let tentative = match due {
                    Some((_, true)) => "办结日期为暂定，以国务院节假日安排为准。",
                    _ => "",
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
