//! What is asked of people and shown of them (V23, V24).

use super::{Beside, Item, Remark, remark};
use crate::item::field::{Field, Kind};

/// Kinds of fields that hold sensitive personal information: identity and accounts.
const SENSITIVE_KINDS: [Kind; 3] = [Kind::IdNumber, Kind::IdOrUscc, Kind::BankCard];

/// Health, belief and minors in a field's label.
const SENSITIVE_WORDS: [&str; 8] = ["病", "诊断", "残疾", "失能", "宗教", "未成年", "儿童", "学生"];

/// V23: a sensitive field says what it is needed for.
/// Source: Personal Information Protection Law, articles 6 and 28 (DOMAIN §8.6).
pub(super) fn sensitive_fields_have_a_purpose(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    let sensitive = |field: &&Field| {
        Kind::of(&field.kind).is_some_and(|kind| SENSITIVE_KINDS.contains(&kind))
            || SENSITIVE_WORDS.iter().any(|word| field.label.contains(word))
    };
    let unexplained: Vec<&str> = item
        .fields
        .iter()
        .filter(sensitive)
        .filter(|field| field.purpose.trim().is_empty())
        .map(|field| field.label.as_str())
        .collect();
    if unexplained.is_empty() {
        return Vec::new();
    }
    let message =
        format!("敏感个人信息没有写用途：{}。请写明为什么要，用不着的删去。", unexplained.join("、"));
    vec![remark("字段用途", message)]
}

/// What never stands in a public notice, by the words that it goes by.
const NEVER_SHOWN: [(&str, &[&str]); 5] = [
    ("证件号码", &["身份证", "身份号", "证件号", "idNo"]),
    ("银行账号", &["银行", "账号", "账户", "卡号", "存折", "bank"]),
    ("电话", &["电话", "手机", "联系方式", "phone", "mobile"]),
    ("病情", &["病", "诊断", "致残原因"]),
    ("未成年人", &["未成年", "儿童", "孤儿", "学生", "子女"]),
];

/// V24: a public notice shows no identity number, account, telephone, disease or minor.
/// Source: DOMAIN §8.6; Government Information Disclosure Regulations, article 15.
pub(super) fn notice_shows_nothing_private(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    let shown = item.public_notice.iter().flat_map(|notice| &notice.fields_shown);
    let private = |field: &String| {
        let (what, _) =
            NEVER_SHOWN.iter().find(|(_, words)| words.iter().any(|word| field.contains(word)))?;
        Some(remark("公示内容", format!("公示内容里有“{field}”，{what}不能公示。请删去。")))
    };
    shown.filter_map(private).collect()
}
