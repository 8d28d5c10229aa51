//! F20: 督办通知 (DOMAIN §5.2): what has to be done, by whom and until when.

use crate::{
    issuer::day,
    official_document::{OfficialDocument, Passage},
    typeset::{Faces, FormError, Layout},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct SupervisionNotice {
    pub organ: String,
    pub number: String,
    /// 督办对象
    pub unit: String,
    /// 督办事项 in a few words, for the title.
    pub subject: String,
    /// 存在的问题
    pub problems: Vec<String>,
    /// 办理要求, each with a headword.
    pub demands: Vec<(String, String)>,
    pub by: Date,
    pub contact: String,
    pub copies_to: String,
    pub on: Date,
}

impl SupervisionNotice {
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut passages = vec![Passage::text(format!(
            "经核查，你单位在{}方面存在问题。现予督办，有关事项通知如下。",
            self.subject
        ))];
        passages.push(Passage::Heading("一、存在的问题".to_owned()));
        passages.extend(self.problems.iter().map(Passage::text));
        passages.push(Passage::Heading("二、办理要求".to_owned()));
        for (i, (headword, demand)) in self.demands.iter().enumerate() {
            passages.push(Passage::Subheading(format!("（{}）{headword}", numeral(i + 1))));
            passages.push(Passage::text(demand));
        }
        passages.push(Passage::Heading("三、办理期限".to_owned()));
        passages.push(Passage::text(format!(
            "请于{}前办结，并将办理结果书面报送我单位。逾期未办结又不说明理由的，按有关规定追究责任。联系电话：{}。",
            day(self.by),
            self.contact
        )));
        let document = OfficialDocument {
            organ: self.organ.clone(),
            number: self.number.clone(),
            title: format!("关于{}的督办通知", self.subject),
            recipients: self.unit.clone(),
            on: self.on,
            attachments: Vec::new(),
            copies_to: self.copies_to.clone(),
        };
        document.lay_out(faces, &passages)
    }
}

/// 一 to 九十九
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (DIGITS[n / 10 % 10], DIGITS[n % 10]);
    match n / 10 {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{tens}十{ones}"),
    }
}
