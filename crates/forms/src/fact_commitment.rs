//! F05b: 告知承诺书, where the applicant's word stands in for a certificate (国办发〔2020〕42号; DOMAIN §5.2).

use crate::{
    issuer::TEXT,
    slip::{FOR_BOTH, Slip},
    typeset::{Align, Face, Faces, FormError, Layout, Style},
};

#[derive(Clone, Debug)]
pub struct FactCommitment {
    pub slip: Slip,
    /// 证明事项: the papers in whose place the word stands, with the provision that asks for each, if it is known.
    pub proofs: Vec<(String, String)>,
    /// What has to be so.
    pub conditions: String,
}

impl FactCommitment {
    pub const TITLE: &str = "告知承诺书";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let heading = Style::new(Face::Hei, TEXT.size);
        let we = if self.slip.applicant.organisation { "本单位" } else { "本人" };
        self.slip.parts(faces, ("F05b", Self::TITLE), &FOR_BOTH, |sheet| {
            self.slip.facts(sheet, Vec::new())?;
            sheet.line("一、告知", heading, Align::Left)?;
            sheet.paragraph(&[(
                &format!("办理“{}”，下列证明可以由申请人书面承诺代替：", self.slip.item_name),
                TEXT,
            )])?;
            for (i, (proof, basis)) in self.proofs.iter().enumerate() {
                let basis = if basis.is_empty() { String::new() } else { format!("（要求依据：{basis}）") };
                sheet.paragraph(&[(&format!("{}．{proof}{basis}", i + 1), TEXT)])?;
            }
            if !self.conditions.is_empty() {
                let conditions = self.conditions.trim_end_matches('。');
                sheet.paragraph(&[(&format!("应当符合的条件：{conditions}。"), TEXT)])?;
            }
            sheet.paragraph(&[(
                "我单位将通过数据共享、函询、实地查看等方式核查承诺。承诺不实的，依法终止办理、撤销已作出的决定、追回已发放的款项，并将失信信息依法记录；构成违法犯罪的，依法追究责任。不愿承诺的，可以提交上述证明，办理结果相同。",
                TEXT,
            )])?;
            sheet.space(6.0);
            sheet.line("二、承诺", heading, Align::Left)?;
            sheet.paragraph(&[(
                &format!("{we}已经知晓上述告知的全部内容，承诺：所填写的信息真实、准确；符合告知的条件；愿意承担不实承诺的法律责任；同意受理单位核查上述情况。以上是{we}的真实意思表示。"),
                TEXT,
            )])?;
            if !self.slip.own_words.is_empty() {
                sheet.paragraph(&[(&format!("就本事项，{we}另外承诺："), TEXT)])?;
            }
            for (i, words) in self.slip.own_words.iter().enumerate() {
                let words = words.trim_end_matches(['。', '；']);
                let end = if i + 1 == self.slip.own_words.len() { "。" } else { "；" };
                sheet.paragraph(&[(&format!("{}．{words}{end}", i + 1), TEXT)])?;
            }
            sheet.space(12.0);
            sheet.line("承诺人（签名或捺印）：　　　　　　　　　　日期：　　　　年　　月　　日", TEXT, Align::Right)?;
            self.slip.sign(sheet, "业务")
        })
    }
}
