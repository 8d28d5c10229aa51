//! F13: 黄牌（红牌）通知书 of the electronic supervision (DOMAIN §4.4, §5.2).

use crate::{
    issuer::day,
    official_document::{OfficialDocument, Passage},
    typeset::{Faces, FormError, Layout},
};
use jiff::civil::Date;

/// 黄牌警示, 红牌督办
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    Yellow,
    Red,
}

impl Card {
    fn zh(self) -> &'static str {
        match self {
            Self::Yellow => "黄牌警示",
            Self::Red => "红牌督办",
        }
    }
}

#[derive(Clone, Debug)]
pub struct CardNotice {
    pub organ: String,
    pub number: String,
    pub card: Card,
    /// 被监察单位
    pub unit: String,
    pub item_name: String,
    pub case_no: String,
    /// 规则号, and what the rule says was done wrong.
    pub rule: String,
    pub situation: String,
    /// 办理环节, when it was due and when it was done; `None`: not yet.
    pub step: String,
    pub due: Date,
    pub done: Option<Date>,
    /// 超期工作日
    pub overdue: u32,
    /// 整改要求
    pub demand: String,
    /// Working days to answer within.
    pub answer_within: u32,
    /// 签发人
    pub signer: String,
    pub on: Date,
}

impl CardNotice {
    /// Working days to appeal within.
    const APPEAL: &str = "五个工作日";

    pub fn title(&self) -> &'static str {
        match self.card {
            Card::Yellow => "黄牌通知书",
            Card::Red => "红牌通知书",
        }
    }

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let done = self.done.map_or_else(|| "至今未办".to_owned(), |done| format!("实际于{}办理", day(done)));
        let found = format!(
            "经电子监察，你单位办理的“{}”（办件编号{}）存在{}（规则{}）：应于{}前{}，{done}，超期{}个工作日。",
            self.item_name,
            self.case_no,
            self.situation,
            self.rule,
            day(self.due),
            self.step,
            self.overdue
        );
        let decided = format!(
            "现予{}。请于{}个工作日内整改并书面反馈整改情况。整改要求：{}。",
            self.card.zh(),
            self.answer_within,
            self.demand.trim_end_matches('。')
        );
        let appeal =
            format!("对本通知有异议的，可以自收到之日起{}内书面申诉。申诉期间不停止整改。", Self::APPEAL);
        let document = OfficialDocument {
            organ: self.organ.clone(),
            number: self.number.clone(),
            title: self.title().to_owned(),
            recipients: self.unit.clone(),
            on: self.on,
            attachments: Vec::new(),
            copies_to: String::new(),
        };
        let signer = format!("签发人：{}", self.signer);
        document.lay_out(faces, &[found, decided, signer, appeal].map(Passage::text))
    }
}
