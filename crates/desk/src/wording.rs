//! Words for paths and forms on the screen.

use daiban_domain::item::Item;

/// e.g. 联系电话 for `applicant.phone`.
pub(crate) fn field(path: &str, item: Option<&Item>) -> String {
    let named = match path {
        "applicant.name" => Some("姓名"),
        "applicant.idType" => Some("证件类型"),
        "applicant.idNo" => Some("证件号码"),
        "applicant.phone" => Some("联系电话"),
        "applicant.address" => Some("住址"),
        "applicant.contact" => Some("联系人"),
        _ => None,
    };
    if let Some(named) = named {
        return named.to_owned();
    }
    let key = path.strip_prefix("fields.");
    if let Some(field) = key.and_then(|key| item?.fields.iter().find(|field| field.key == key)) {
        return field.label.clone();
    }
    if let Some((code, count)) = path.strip_prefix("materials/").and_then(|rest| rest.split_once('/')) {
        let name = item.and_then(|item| item.material(code)).map_or(code, |material| &material.name);
        return format!("{name}（{}）", if count == "originals" { "原件" } else { "复印件" });
    }
    path.to_owned()
}

/// e.g. 受理通知书
pub(crate) fn form(form: &str) -> &'static str {
    match form {
        "F01" => "代办登记回执",
        "F02" => "收件凭证、受理通知书",
        _ => "文书",
    }
}
