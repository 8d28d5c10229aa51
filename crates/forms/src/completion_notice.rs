//! F09: 办结通知书 (DOMAIN §5.2, T24).

use crate::{
    issuer::{TEXT, day},
    remedy::Remedy,
    slip::{FOR_BOTH, Slip, pair, ticks, wide},
    typeset::{Face, Faces, FormError, Layout, Style},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct CompletionNotice {
    pub slip: Slip,
    pub closed_on: Date,
    pub outcome: Outcome,
    /// 承诺时限, e.g. 10个工作日
    pub promise_says: String,
    /// Working days from acceptance to the end, and how many of them special procedures took; `None` without an acceptance.
    pub took: Option<(u32, u32)>,
    /// Whether that kept the promise; `None` where nothing was promised.
    pub in_time: Option<bool>,
    /// By when it is handed over: the organ's to keep.
    pub deliver_by: Option<Date>,
    /// Against an end that grants nothing and has no decision of its own.
    pub remedy: Option<Remedy>,
}

#[derive(Clone, Debug)]
pub enum Outcome {
    /// 准予, 确认, 给付, 备案 or 其他, with the document or certificate.
    Granted { kind: &'static str, result: String, number: String },
    /// 不予…: the decision has a paper of its own.
    Refused,
    /// 终止办理, with its reason, and whether it may be asked for anew.
    Ended { reason: String, again: bool },
}

const KINDS: [&str; 5] = ["准予", "确认", "给付", "备案", "其他"];
const GRADES: [&str; 5] = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"];

impl CompletionNotice {
    pub const TITLE: &str = "办结通知书";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.slip.parts(faces, ("F09", Self::TITLE), &FOR_BOTH, |sheet| {
            let used = match self.took {
                Some((days, 0)) => format!("{days}个工作日"),
                Some((days, out)) => format!("{days}个工作日（另有特别程序{out}个工作日，不计入）"),
                None => "—".to_owned(),
            };
            let kept = match self.in_time {
                Some(true) => "按时办结",
                Some(false) => "超期办结",
                None => "—",
            };
            let mut facts = vec![
                pair("办结日期", day(self.closed_on), "是否按时", kept),
                pair("承诺时限", &self.promise_says, "实际用时", used),
            ];
            if let Outcome::Granted { kind, result, number } = &self.outcome {
                facts.push(wide("办理结果", ticks(&KINDS, kind)));
                let number = if number.is_empty() { String::new() } else { format!("　编号：{number}") };
                facts.push(wide("结果文书", format!("{result}{number}")));
            }
            self.slip.facts(sheet, facts)?;
            self.slip.salutation(sheet)?;
            let closed =
                format!("你（单位）申请的“{}”已于{}办结，", self.slip.item_name, day(self.closed_on));
            let result = match &self.outcome {
                Outcome::Granted { kind, result, .. } => {
                    let result = if result.is_empty() { "办理结果" } else { result };
                    let kind = if *kind == "其他" { "已经办成" } else { kind };
                    format!("结果为{kind}，出具{result}。")
                }
                Outcome::Refused => "结果为不予办理，理由和救济途径见决定书。".to_owned(),
                Outcome::Ended { reason, again } => {
                    let again = if *again { "你（单位）可以重新申请。" } else { "" };
                    format!("结果为终止办理：{}。{again}", reason.trim_end_matches('。'))
                }
            };
            sheet.paragraph(&[(&closed, TEXT), (&result, Style::new(Face::SongBold, TEXT.size))])?;
            if let (Outcome::Granted { .. } | Outcome::Refused, Some(by)) = (&self.outcome, self.deliver_by) {
                let deliver = format!(
                    "我单位将于{}前送达；也可以凭本通知书或者身份证件到窗口领取，或者由代办员转交。",
                    day(by)
                );
                sheet.paragraph(&[(&deliver, TEXT)])?;
            }
            if let Some(remedy) = &self.remedy {
                sheet.paragraph(&[(&remedy.says("通知书"), TEXT)])?;
            }
            self.slip.say_own_words(sheet, TEXT)?;
            sheet.paragraph(&[("请对本次服务作出评价（自愿，为您保密）：", TEXT)])?;
            sheet.flush(&ticks(&GRADES, ""), TEXT)?;
            self.slip.sign(sheet, "业务")?;
            self.slip.received(sheet)
        })
    }
}
