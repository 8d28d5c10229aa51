//! What leaves no trace in what it is about: reading what is masked, and letting something out (DOMAIN §8.6, 电子留痕).

use crate::{Role, words::words};

words! {
    /// What was done.
    What {
        /// A masked field read in the clear.
        Read = "read", "查看遮盖内容";
        /// A paper that is no case's, written to a file.
        Export = "export", "导出文件";
        /// The same, printed.
        Print = "print", "打印";
        /// A photo or scan, written to a file.
        Attachment = "attachment", "另存材料照片";
        /// Whom a breach affects, by name.
        Affected = "affected", "导出受影响人员名单";
        /// Entries for another unit, on a stick. Recorded before it is made, so that it carries its own record.
        Bundle = "bundle", "导出交换文件";
    }
}

/// Why somebody reads a masked field, as it is most often.
pub const REASONS: [&str; 4] = ["核对证件原件", "核对收款账户", "本人要求查询", "电话回访核实"];

/// Letters of a reason.
const LONGEST: usize = 100;

/// So many digits in a row are a number of somebody's.
const NUMBER: usize = 7;

/// What is wrong with a reason: it is kept for years and read by those above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadReason {
    #[error("要写明原因。")]
    Missing,
    #[error("原因太长了，一百字以内就够。")]
    Long,
    #[error("原因里不要写证件号码、电话或账号，留痕要给上级看。")]
    Number,
}

/// A reason as it is kept.
pub fn reason(text: &str) -> Result<String, BadReason> {
    let text = text.trim();
    if text.is_empty() {
        return Err(BadReason::Missing);
    }
    if text.chars().count() > LONGEST {
        return Err(BadReason::Long);
    }
    let letters: Vec<char> =
        text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    if letters.windows(NUMBER).any(|run| run.iter().all(|letter| letter.is_numeric())) {
        return Err(BadReason::Number);
    }
    Ok(text.to_owned())
}

/// Whether somebody may look into who read, printed and let out what: the head of the unit or of the centre, in the county its
/// supervision (DOMAIN §2.3). An administrator keeps devices and reads no case.
pub fn may_audit(roles: &[Role]) -> bool {
    let heads = [Role::VillageHead, Role::CentreHead, Role::CountyMerge, Role::Supervisor];
    heads.iter().any(|head| roles.contains(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_why_and_no_number() {
        assert_eq!(reason(" 核对证件原件 "), Ok("核对证件原件".to_owned()));
        assert_eq!(reason("  "), Err(BadReason::Missing));
        assert_eq!(reason(&"核".repeat(101)), Err(BadReason::Long));
        for number in ["给 621099194203150014 核对", "打 139 1234 5678", "0900-6210120", "１３９１２３４"]
        {
            assert_eq!(reason(number), Err(BadReason::Number), "{number}");
        }
        assert!(reason("2026年3月第2次核对，共 120 件").is_ok());
        assert!(REASONS.iter().all(|usual| reason(usual).is_ok()));
    }

    #[test]
    fn an_administrator_looks_into_nothing() {
        assert!(!may_audit(&[Role::Admin, Role::Agent, Role::Intake]));
        assert!(may_audit(&[Role::Supervisor]));
    }

    #[test]
    fn names_are_read_again() {
        for what in What::ALL.iter().copied() {
            assert_eq!(what.as_str().parse::<What>().unwrap(), what);
            assert_eq!(serde_json::to_value(what).unwrap(), what.as_str());
        }
    }
}
