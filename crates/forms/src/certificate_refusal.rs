//! F21: 不予出具证明说明, where a village committee is asked for a certificate that isn't its to give (民发〔2020〕20号; DOMAIN §5.2).

use crate::{
    issuer::{TEXT, day},
    slip::{FOR_BOTH, Slip, pair, wide},
    typeset::{Face, Faces, FormError, Layout, Style},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct CertificateRefusal {
    pub slip: Slip,
    /// 证明名称
    pub certificate: String,
    /// Who asks for it.
    pub asked_by: String,
    pub applied_on: Date,
    pub ground: Ground,
    pub basis: String,
    /// 替代办法: what serves instead, and where it is had; empty where the desk knows none.
    pub instead: String,
}

/// Why it isn't given.
#[derive(Clone, Debug)]
pub enum Ground {
    /// It is on the list of those that villages no longer give (不应出具证明事项清单).
    Listed,
    /// As the decision said.
    Said(String),
}

impl CertificateRefusal {
    pub const TITLE: &str = "不予出具证明说明";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let bold = Style::new(Face::SongBold, TEXT.size);
        self.slip.parts(faces, ("F21", Self::TITLE), &FOR_BOTH, |sheet| {
            let asked_by = if self.asked_by.is_empty() { "—" } else { &self.asked_by };
            self.slip.facts(
                sheet,
                vec![
                    pair("证明名称", self.certificate.as_str(), "申请日期", day(self.applied_on)),
                    wide("用证单位", asked_by),
                ],
            )?;
            self.slip.salutation(sheet)?;
            let you = self.slip.you();
            let opening = format!(
                "{you}于{}申请出具“{}”。依据{}，",
                day(self.applied_on),
                self.certificate,
                self.basis
            );
            let because = match &self.ground {
                Ground::Listed => {
                    "该证明列入不应由基层群众性自治组织出具的证明事项清单，我单位不能出具。".to_owned()
                }
                Ground::Said(reason) => format!("因{}，我单位不能出具。", reason.trim_end_matches('。')),
            };
            sheet.paragraph(&[(&opening, TEXT), (&because, bold)])?;
            let instead = self.instead.trim_end_matches('。');
            if instead.is_empty() {
                sheet.paragraph(&[("替代办法：　　　　　　　　　　　　　　　　　　　　　　　　", TEXT)])?;
            } else {
                sheet.paragraph(&[("替代办法：", bold), (&format!("{instead}。"), TEXT)])?;
            }
            sheet.paragraph(&[(
                "要求提供该证明的单位如有疑问，请与我单位联系。能够通过有效证件、部门核查、告知承诺等方式办理的，不应再要求提供本证明。",
                TEXT,
            )])?;
            let objection =
                format!("如有异议，可拨打监督电话{}反映。", self.slip.issuer.complaint_or_phone());
            sheet.paragraph(&[(&objection, TEXT)])?;
            self.slip.sign(sheet, "业务")?;
            self.slip.received(sheet)
        })
    }
}
