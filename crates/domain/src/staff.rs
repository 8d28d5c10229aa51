//! What is known of the people who work at a unit (DOMAIN §2.3).

use crate::PersonId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// How somebody is employed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffType {
    #[serde(rename = "在编")]
    Established,
    #[serde(rename = "聘用")]
    Contract,
    #[serde(rename = "公益岗")]
    PublicWelfare,
    #[serde(rename = "临聘")]
    Temporary,
}

/// A text that names no staff type.
#[derive(Debug, Clone, thiserror::Error)]
#[error("只有在编、聘用、公益岗、临聘四种，没有“{0}”")]
pub struct UnknownStaffType(pub String);

impl StaffType {
    pub const ALL: [Self; 4] = [Self::Established, Self::Contract, Self::PublicWelfare, Self::Temporary];

    pub fn zh(self) -> &'static str {
        match self {
            Self::Established => "在编",
            Self::Contract => "聘用",
            Self::PublicWelfare => "公益岗",
            Self::Temporary => "临聘",
        }
    }
}

impl fmt::Display for StaffType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.zh())
    }
}

impl FromStr for StaffType {
    type Err = UnknownStaffType;

    fn from_str(text: &str) -> Result<Self, UnknownStaffType> {
        Self::ALL.into_iter().find(|one| one.zh() == text).ok_or_else(|| UnknownStaffType(text.to_owned()))
    }
}

/// A person's post, as the township or the county keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Staff {
    pub person: PersonId,
    #[serde(default)]
    pub staff_type: Option<StaffType>,
    /// 行政执法证号, empty for none.
    #[serde(default)]
    pub law_enforcement_cert_no: String,
    /// The other of A角 and B角.
    #[serde(default)]
    pub partner: Option<PersonId>,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub trainings: Vec<Training>,
    /// First and last day at the post.
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub to: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Training {
    pub on: Date,
    pub subject: String,
}

impl Staff {
    pub fn new(person: PersonId) -> Self {
        Self {
            person,
            staff_type: None,
            law_enforcement_cert_no: String::new(),
            partner: None,
            phone: String::new(),
            trainings: Vec::new(),
            from: None,
            to: None,
        }
    }

    pub fn in_post(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

/// What speaks against somebody who decides on a licence: such posts ask for people “在岗在编、具有行政执法证件”
/// (DOMAIN §2.3).
pub fn unqualified(staff: Option<&Staff>, on: Date) -> Option<String> {
    let why = match staff {
        None => "还没有登记岗位信息".to_owned(),
        Some(staff) if !staff.in_post(on) => "登记的是不在岗".to_owned(),
        Some(Staff { staff_type: None, .. }) => "没有登记人员类别".to_owned(),
        Some(Staff { staff_type: Some(other), .. }) if *other != StaffType::Established => {
            format!("登记的是{other}")
        }
        Some(staff) if staff.law_enforcement_cert_no.is_empty() => "没有登记行政执法证号".to_owned(),
        Some(_) => return None,
    };
    Some(format!("行政许可要由在岗在编、有行政执法证件的人审批，经办人{why}。"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_licence_is_for_established_staff_in_post_with_a_certificate() {
        let on = date(2026, 5, 6);
        let fit = Staff {
            staff_type: Some(StaffType::Established),
            law_enforcement_cert_no: "62109900001".to_owned(),
            from: Some(date(2026, 1, 1)),
            to: Some(date(2026, 12, 31)),
            ..Staff::new(PersonId([1; 8]))
        };
        assert_eq!(unqualified(Some(&fit), on), None);
        let why = |staff: Option<&Staff>, on| unqualified(staff, on).unwrap();
        assert!(why(None, on).contains("还没有登记"));
        assert!(why(Some(&fit), date(2027, 1, 1)).contains("不在岗"));
        let temporary = Staff { staff_type: Some(StaffType::Temporary), ..fit.clone() };
        assert!(why(Some(&temporary), on).contains("临聘"));
        let bare = Staff { law_enforcement_cert_no: String::new(), ..fit.clone() };
        assert!(why(Some(&bare), on).contains("执法证号"));
        let text = serde_json::to_string(&fit).unwrap();
        assert!(text.contains(r#""staffType":"在编""#), "{text}");
        assert_eq!(serde_json::from_str::<Staff>(&text).unwrap(), fit);
    }
}
