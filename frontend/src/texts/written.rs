//! Words that the window puts into a case. They are kept and printed: Chinese, whatever the window speaks.

use super::{Language, language};

/// One of the words to choose from; the English is only shown.
#[derive(Debug, PartialEq)]
pub struct Choice {
    pub zh: &'static str,
    en: &'static str,
}

impl Choice {
    pub fn says(&self) -> &'static str {
        match language() {
            Language::Chinese => self.zh,
            Language::English => self.en,
        }
    }
}

const fn choice(zh: &'static str, en: &'static str) -> Choice {
    Choice { zh, en }
}

pub const NOT_RECEIVED: &str = "没有收到";
pub const WITHDRAWN: &str = "申请人自愿撤回";
pub const AGREED: &str = "拟同意";
pub const YES: &str = "是";
pub const INSPECTION: &str = "现场勘查";
pub const AT_WINDOW: &str = "窗口";
pub const BY_AGENT: &str = "代办员转交";

pub const YES_NOT_YET: &[Choice] = &[choice(YES, "Yes"), choice("还没有", "Not yet")];
pub const GROUNDS: &[Choice] = &[
    choice("", ""),
    choice("依法不需要许可", "No licence is needed by law"),
    choice("不属本机关职权", "Not within this organ's powers"),
];
pub const PROCEDURES: &[Choice] = &[
    choice(INSPECTION, "Inspection on site"),
    choice("听证", "Hearing"),
    choice("检验检测", "Testing"),
    choice("鉴定", "Appraisal"),
    choice("专家评审", "Experts' review"),
    choice("信息核对", "Check of data"),
    choice("上级审批", "Decision from above"),
];
pub const WAYS_TO_DELIVER: &[Choice] = &[
    choice(AT_WINDOW, "At the window"),
    choice(BY_AGENT, "By the village agent"),
    choice("上门", "At home"),
    choice("邮寄", "By mail"),
];

/// Where a paper was brought that need not come again.
pub fn brought_with(case_no: &str) -> String {
    format!("办件 {case_no} 已交")
}

/// How a missing paper is mended.
pub fn bring(originals: u16, copies: u16) -> String {
    match (originals, copies) {
        (originals, 0) => format!("补交原件 {} 份", originals.max(1)),
        (0, copies) => format!("补交复印件 {copies} 份"),
        (originals, copies) => format!("补交原件 {originals} 份、复印件 {copies} 份"),
    }
}
