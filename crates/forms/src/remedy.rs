//! Where somebody may turn who doesn't agree with a decision (行政许可法 §7, §38; 行政复议法 §20; 行政诉讼法 §46).

/// 救济途径
#[derive(Clone, Debug)]
pub enum Remedy {
    /// An administrative act: reconsideration within sixty days, an action within six months.
    Review {
        /// 复议机关, e.g. 清源县人民政府
        reconsideration: String,
        /// 人民法院
        court: String,
    },
    /// A public service, or an item whose refusal only tells where else to ask: the complaint telephone.
    Complaint { phone: String },
}

/// A public service may decide on a claim after all, as of social insurance (社会保险法 §83).
const OTHERWISE: &str = "认为侵犯你（单位）合法权益的，可以依法申请行政复议或者提起行政诉讼。";

impl Remedy {
    /// The same for whoever has yet to apply.
    pub(crate) fn beforehand(&self) -> String {
        match self {
            Self::Review { reconsideration, court } => format!(
                "对不予受理、不予办理的决定不服的，可以自收到决定之日起六十日内向{reconsideration}申请行政复议，或者六个月内依法向{court}提起行政诉讼。"
            ),
            Self::Complaint { .. } => self.says(""),
        }
    }

    pub(crate) fn says(&self, paper: &str) -> String {
        match self {
            Self::Review { reconsideration, court } => format!(
                "如不服本决定，可以自收到本{paper}之日起六十日内向{reconsideration}申请行政复议，或者六个月内依法向{court}提起行政诉讼。"
            ),
            Self::Complaint { phone } if phone.is_empty() => {
                format!("如有异议，可向我单位或者上级主管部门反映。{OTHERWISE}")
            }
            Self::Complaint { phone } => {
                format!("如有异议，可拨打监督电话{phone}，或向上级主管部门反映。{OTHERWISE}")
            }
        }
    }
}
