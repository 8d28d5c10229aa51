//! What people say of how a case was handled (好差评): GB/T 39046-2020 table 9 and annex A.8, DOMAIN §6.1.

mod handlers;
mod standing;
mod tally;

pub use handlers::{handlers, may_read};
pub use standing::{First, Standing};
pub use tally::{Counted, FEW, Tally, Ticket, tally};

use crate::{DocumentId, PersonId, Role, words::words};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// 评价等级, stored by its code in A.8: 1 is the best. Stars run the other way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Grade {
    VerySatisfied = 1,
    Satisfied,
    FairlySatisfied,
    Dissatisfied,
    VeryDissatisfied,
}

/// A number that is no grade.
#[derive(Clone, Debug, thiserror::Error)]
#[error("not a grade: {0}")]
pub struct NoGrade(u8);

impl TryFrom<u8> for Grade {
    type Error = NoGrade;

    fn try_from(code: u8) -> Result<Self, NoGrade> {
        Grade::ALL.into_iter().find(|grade| grade.code() == code).ok_or(NoGrade(code))
    }
}

impl From<Grade> for u8 {
    fn from(grade: Grade) -> u8 {
        grade.code()
    }
}

impl Grade {
    pub const ALL: [Grade; 5] = [
        Grade::VerySatisfied,
        Grade::Satisfied,
        Grade::FairlySatisfied,
        Grade::Dissatisfied,
        Grade::VeryDissatisfied,
    ];

    pub fn code(self) -> u8 {
        self as u8
    }

    pub fn stars(self) -> u8 {
        6 - self.code()
    }

    pub fn zh(self) -> &'static str {
        match self {
            Grade::VerySatisfied => "非常满意",
            Grade::Satisfied => "满意",
            Grade::FairlySatisfied => "基本满意",
            Grade::Dissatisfied => "不满意",
            Grade::VeryDissatisfied => "非常不满意",
        }
    }

    /// 差评
    pub fn bad(self) -> bool {
        self >= Grade::Dissatisfied
    }
}

words! {
    /// What is rated beside the whole (整体满意度, which is the grade itself), at a window or in a village.
    Aspect {
        Efficiency = "EFFICIENCY", "服务效率";
        Competence = "COMPETENCE", "服务水平";
        Attitude = "ATTITUDE", "服务态度";
    }
}

words! {
    /// Why somebody wasn't satisfied.
    Reason {
        NotToldAtOnce = "NOT_TOLD_AT_ONCE", "一次性告知不清";
        MaterialsDiffer = "MATERIALS_DIFFER", "材料要求不一致";
        Late = "LATE", "超时";
        ManyTrips = "MANY_TRIPS", "多次跑动";
        Rude = "RUDE", "态度差";
        PassedOn = "PASSED_ON", "推诿";
        Charges = "CHARGES", "收费疑问";
        GuideWrong = "GUIDE_WRONG", "指南不准";
        NotDelivered = "NOT_DELIVERED", "结果未送达";
    }
}

words! {
    /// 评价渠道
    Channel {
        Tablet = "TABLET", "平板";
        QrCode = "QR_CODE", "二维码";
        Phone = "PHONE", "电话";
        Sms = "SMS", "短信";
        Paper = "PAPER", "纸质";
    }
}

impl Channel {
    /// Somebody of the staff reads or hears what it says and types it in.
    pub fn typed_in(self) -> bool {
        matches!(self, Channel::Paper | Channel::Phone)
    }
}

/// Who may enter one: whoever serves people, and those who look after the county's ratings. Observers and administrators
/// see no personal data.
pub fn may_enter(roles: &[Role]) -> bool {
    roles.iter().any(|role| !matches!(role, Role::Observer | Role::Admin))
}

/// As it was given; nothing of it changes afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The case that it is about, and the number that people know it by.
    pub case: DocumentId,
    pub case_no: String,
    /// 评价次数: 1, or 2 after a bad first one was answered.
    pub nth: u8,
    pub grade: Grade,
    pub aspects: BTreeMap<Aspect, Grade>,
    pub reasons: Vec<Reason>,
    pub text: String,
    pub channel: Channel,
    /// The paper's day, not the day on which it was typed in or arrived.
    pub rated_on: Date,
    /// Both empty: anonymous.
    pub rater_name: String,
    pub rater_phone: String,
    /// The number of the slip from the closed box.
    pub slip_no: String,
    pub entered_by: PersonId,
}

impl Rating {
    /// The rater can be called back.
    pub fn named(&self) -> bool {
        !self.rater_name.is_empty() || !self.rater_phone.is_empty()
    }

    /// What is lacking before it can be kept.
    pub fn lacking(&self) -> Option<&'static str> {
        let unexplained = self.reasons.is_empty() && self.text.trim().is_empty();
        (self.grade.bad() && unexplained).then_some("不满意的，要至少选一个原因，或写一句话。")
    }

    /// Grade and reasons, without a word of the rater's own, e.g. 不满意：多次跑动、超时
    pub fn says(&self) -> String {
        let reasons: Vec<&str> = self.reasons.iter().map(|reason| reason.zh()).collect();
        let grade = self.grade.zh();
        if reasons.is_empty() { grade.to_owned() } else { format!("{grade}：{}", reasons.join("、")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn rating(grade: Grade) -> Rating {
        Rating {
            case: DocumentId([1; 16]),
            case_no: "621099100200-20260305-A3-0001-8".to_owned(),
            nth: 1,
            grade,
            aspects: BTreeMap::new(),
            reasons: Vec::new(),
            text: String::new(),
            channel: Channel::Paper,
            rated_on: date(2026, 3, 12),
            rater_name: String::new(),
            rater_phone: String::new(),
            slip_no: String::new(),
            entered_by: PersonId([1; 8]),
        }
    }

    #[test]
    fn codes_stars_and_words_are_those_of_the_standard() {
        let table = [
            (1, 5, "非常满意", false),
            (2, 4, "满意", false),
            (3, 3, "基本满意", false),
            (4, 2, "不满意", true),
            (5, 1, "非常不满意", true),
        ];
        for (code, stars, zh, bad) in table {
            let grade = Grade::try_from(code).unwrap();
            assert_eq!((grade.code(), grade.stars(), grade.zh(), grade.bad()), (code, stars, zh, bad));
            assert_eq!(serde_json::to_string(&grade).unwrap(), code.to_string());
        }
        for code in ["0", "6", "-1", "1.5", "\"1\""] {
            assert!(serde_json::from_str::<Grade>(code).is_err(), "{code}");
        }
        assert_eq!((Reason::ALL.len(), Aspect::ALL.len(), Channel::ALL.len()), (9, 3, 5));
        for reason in Reason::ALL {
            assert_eq!(Reason::parse(reason.as_str()), Some(*reason));
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
    }

    #[test]
    fn a_bad_rating_says_why() {
        let (reasons, text) = (vec![Reason::ManyTrips, Reason::Late], "跑了三次".to_owned());
        let table = [
            (rating(Grade::Dissatisfied), true),
            (Rating { text: "  ".to_owned(), ..rating(Grade::VeryDissatisfied) }, true),
            (Rating { text, ..rating(Grade::Dissatisfied) }, false),
            (Rating { reasons: reasons.clone(), ..rating(Grade::VeryDissatisfied) }, false),
            (rating(Grade::FairlySatisfied), false),
        ];
        for (rating, lacking) in table {
            assert_eq!(rating.lacking().is_some(), lacking, "{rating:?}");
        }
        assert_eq!(Rating { reasons, ..rating(Grade::Dissatisfied) }.says(), "不满意：多次跑动、超时");
        assert!(!rating(Grade::Satisfied).named());
        assert!(Rating { rater_phone: "13912345678".to_owned(), ..rating(Grade::Satisfied) }.named());
    }
}
