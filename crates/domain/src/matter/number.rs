//! The number of a matter: like a case's, with its kind before it.

use super::Kind;
use crate::{UnitCode, case::number::with_check};
use jiff::civil::Date;

/// e.g. `ZX-621099100200-20261123-A3-0007-8`: kind, recording unit, day, device tag, serial of the day, check character.
pub fn matter_number(kind: Kind, unit: UnitCode, on: Date, tag: &str, serial: u16) -> String {
    with_check(format!("{}-{unit}-{}-{tag}-{serial:04}", prefix(kind), on.strftime("%Y%m%d")))
}

/// 咨询 ZX, 投诉 TS, 热线 RX, 预约 YY, 上门 SM, 差评 CP.
fn prefix(kind: Kind) -> &'static str {
    match kind {
        Kind::Consult => "ZX",
        Kind::Complaint => "TS",
        Kind::Hotline => "RX",
        Kind::Appointment => "YY",
        Kind::HomeVisit => "SM",
        Kind::BadRating => "CP",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::number::check;
    use jiff::civil::date;

    #[test]
    fn each_kind_has_numbers_of_its_own_and_none_is_a_cases() {
        let unit = "621099100200".parse().unwrap();
        for kind in Kind::ALL {
            let number = matter_number(kind, unit, date(2026, 11, 23), "A3", 7);
            assert!(number.ends_with(|c: char| c.is_ascii_alphanumeric()) && check(&number), "{number}");
            assert!(
                number.starts_with(prefix(kind)) && number[3..].starts_with("621099100200-20261123-A3-0007-")
            );
            assert_eq!(Kind::ALL.iter().filter(|other| prefix(**other) == prefix(kind)).count(), 1);
        }
    }
}
