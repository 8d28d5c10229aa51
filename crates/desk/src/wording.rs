//! Words for paths and forms on the screen.

use daiban_domain::{
    case::{
        Said,
        replaced::{COMMIT, SHARE, VERIFY},
    },
    item::Item,
};
use daiban_replica::{document::Unfit, revocation::Held};

/// e.g. 联系电话 for `applicant.phone`.
pub(crate) fn field(path: &str, item: Option<&Item>) -> String {
    let named = match path {
        "applicant.name" => Some("姓名"),
        "applicant.idType" => Some("证件类型"),
        "applicant.idNo" => Some("证件号码"),
        "applicant.phone" => Some("联系电话"),
        "applicant.address" => Some("住址"),
        "applicant.contact" => Some("代转联系人"),
        "applicant.legalRepresentative" => Some("法定代表人"),
        "applicant.handlerName" => Some("经办人"),
        "applicant.handlerIdNo" => Some("经办人身份证号码"),
        "applicant.guardianName" => Some("监护人"),
        "applicant.guardianIdNo" => Some("监护人身份证号码"),
        "applicant.birth" => Some("出生日期"),
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

/// What a voided duplicate left to the case that goes on, and what is still to be fetched.
pub(crate) fn taken_over(said: &Said, item: &Item) -> String {
    let name = |code: &str| item.material(code).map_or(code.to_owned(), |material| material.name.clone());
    let materials = said.materials.iter().map(|count| {
        format!("{}（原件 {}，复印件 {}）", name(&count.material_code), count.originals, count.copies)
    });
    let materials = materials.collect::<Vec<_>>().join("、");
    let mut says = format!("从 {} 转入", said.taken_from);
    if !materials.is_empty() {
        says += &format!("：{materials}");
        if !said.paper_at.is_empty() {
            says += &format!("，纸质材料在{}", said.paper_at.trim_start_matches('在'));
        }
    }
    if said.photos_left > 0 {
        says += &format!("；照片 {} 张还在原来那一件里", said.photos_left);
    }
    says
}

/// What stands in for which papers, what verifying it has found, or what organs have agreed on.
pub(crate) fn said(event: &str, said: &Said, item: &Item) -> String {
    let name = |code: &String| item.material(code).map_or(code.clone(), |material| material.name.clone());
    let materials = || said.replaces.iter().map(name).collect::<Vec<_>>().join("、");
    match event {
        COMMIT => materials(),
        SHARE => format!("{}：{}", materials(), said.source),
        VERIFY => {
            let found = if said.holds == Some(true) { "属实" } else { "不属实" };
            [found, &said.reason].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("：")
        }
        _ => format!("到会：{}。{}", said.present.join("、"), said.minutes),
    }
}

/// 第 3 条, or 第 3 到 5 条.
pub(crate) fn stretch(first: u64, last: u64) -> String {
    if first == last { format!("第 {last} 条") } else { format!("第 {first} 到 {last} 条") }
}

/// Why a change wasn't counted.
pub(crate) fn unfit(reason: Option<Unfit>) -> &'static str {
    match reason {
        Some(Unfit::Bytes) => "内容读不出",
        Some(Unfit::Sequence) => "编号接不上",
        Some(Unfit::Predecessor) => "改的不是它看到过的内容",
        Some(Unfit::Equivocation) => "同一个编号写了两次",
        Some(Unfit::Actor) => "不像是这台设备写的",
        Some(Unfit::Waiting) => "等前面的记录",
        Some(Unfit::Held) => "电脑已注销，等人审核",
        Some(Unfit::Operation) | None => "写法不合规定",
    }
}

/// What is told of what a revoked device wrote afterwards and nobody has reviewed; "" if there is nothing.
pub(crate) fn revoked(held: &[Held]) -> String {
    let open = || held.iter().filter(|held| held.accepted.is_none());
    let (waiting, built_on) =
        (open().filter(|held| held.waiting).count(), open().filter(|held| !held.waiting).count());
    match (waiting, built_on) {
        (0, 0) => String::new(),
        (0, built_on) => format!("有 {built_on} 条改动是一台已注销的电脑写的，后来的办理以它为据，请核对"),
        (waiting, 0) => format!("有 {waiting} 条改动是一台已注销的电脑写的，没有算进来，等人审核"),
        (waiting, built_on) => format!(
            "一台已注销的电脑写了 {} 条改动：{built_on} 条已被后来的办理采用，请核对；{waiting} 条等人审核",
            waiting + built_on
        ),
    }
}

/// What is told of changes that weren't counted; "" if there are none.
pub(crate) fn set_aside(reasons: &[Option<Unfit>]) -> String {
    let mut why: Vec<&str> = Vec::new();
    for reason in reasons.iter().filter(|reason| **reason != Some(Unfit::Waiting)) {
        let reason = unfit(*reason);
        if !why.contains(&reason) {
            why.push(reason);
        }
    }
    match (reasons.len(), why.is_empty()) {
        (0, _) => String::new(),
        (n, true) => format!("有 {n} 条改动要等前面的记录到了才算"),
        (n, false) => format!("有 {n} 条改动没有算进来（{}），已通知填写的人重新提交", why.join("、")),
    }
}
