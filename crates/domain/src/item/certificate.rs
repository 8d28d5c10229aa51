//! Certificates of village committees (村（居）民委员会出具证明): which they no longer give, and what serves instead (民发〔2020〕20号).

use super::{
    Item,
    field::{Kind, Rule, rule},
};

/// The field that says which certificate is asked for, and the one that says who asks for it.
pub const KIND: &str = "certType";
pub const PURPOSE: &str = "purpose";

/// Whether an item is about them.
pub fn asked(item: &Item) -> bool {
    item.fields.iter().any(|field| field.key == KIND)
}

/// Whether a certificate is on the item's list of those that aren't given. The list is the county's to publish.
pub fn listed(item: &Item, certificate: &str) -> bool {
    let certificate = bare(certificate);
    let fields = item.fields.iter().filter(|field| field.key == KIND);
    let rules = fields.flat_map(|field| rule::read(&field.rule, Kind::Text).unwrap_or_default());
    let mut lists = rules.filter_map(|rule| match rule {
        Rule::NoneOf(list) => Some(list),
        _ => None,
    });
    !certificate.is_empty() && lists.any(|list| list.iter().any(|one| bare(one) == certificate))
}

/// What serves in the place of some that are asked for often; empty for the others.
pub fn instead(certificate: &str) -> &'static str {
    match bare(certificate) {
        "亲属关系" => {
            "用居民户口簿、结婚证、出生医学证明等证件证明；证件不能证明的，向公安派出所查询户籍档案，或者到公证机构办理公证"
        }
        "健在" => "用社会保险待遇领取资格认证代替，可以用手机认证，行动不便的由社会保险经办机构上门认证",
        "无犯罪记录" => "向户籍地或者居住地公安派出所申请查询犯罪记录",
        "居民身份信息" => "用居民身份证、居民户口簿证明；证件不能证明的，到户籍地公安派出所办理",
        _ => "",
    }
}

/// 健在证明 and 健在 are one.
fn bare(certificate: &str) -> &str {
    let certificate = certificate.trim();
    certificate.strip_suffix("证明").unwrap_or(certificate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::Field;

    #[test]
    fn the_published_list_says_what_is_not_given() {
        let rule = "≠ 亲属关系证明/健在证明".to_owned();
        let field = Field { key: KIND.to_owned(), kind: "text".to_owned(), rule, ..Field::default() };
        let item = Item { fields: vec![field], ..Item::default() };
        assert!(asked(&item) && !asked(&Item::default()));
        for (certificate, not_given) in
            [("健在证明", true), (" 健在", true), ("居住证明", false), ("", false), ("证明", false)]
        {
            assert_eq!(listed(&item, certificate), not_given, "{certificate}");
        }
        assert!(instead("亲属关系证明").contains("公证") && instead("居住证明").is_empty());
    }
}
