//! Codes: that they are there, well formed, and say the same of the same item (V01, V02, V03, V05).

use super::{Beside, Item, Remark, remark};
use crate::{Level, check::uscc};

const USCC_LENGTH: usize = 18;

/// The organ's USCC at the head of the implementing code.
pub(super) fn uscc_of(item: &Item) -> Option<&str> {
    item.impl_code.get(..USCC_LENGTH)
}

/// V01: basic and implementing code have the right length and characters, and the business code where there is one.
/// Source: a county's stock-taking, 478 items (5.43 %) without a code [S3]; lengths of ZWFW C0109.1 (DOMAIN §3.1).
pub(super) fn codes_have_their_form(item: &Item, beside: &Beside<'_>) -> Vec<Remark> {
    let settings = beside.settings;
    let digit = |byte: u8| byte.is_ascii_digit();
    let digit_or_capital = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    type Allowed<'a> = &'a dyn Fn(u8) -> bool;
    let codes: [(&str, &str, usize, Allowed<'_>, &str); 3] = [
        ("基本编码", &item.basic_code, settings.basic_code_length, &digit, "数字"),
        ("实施编码", &item.impl_code, settings.impl_code_length, &digit_or_capital, "数字和大写字母"),
        (
            "业务办理项编码",
            &item.business_code,
            settings.business_code_length,
            &digit_or_capital,
            "数字和大写字母",
        ),
    ];
    let mut remarks = Vec::new();
    for (place, code, length, allowed, characters) in codes {
        let has = code.chars().count();
        if code.is_empty() {
            if place != "业务办理项编码" {
                remarks.push(remark(place, format!("没有{place}。请向县里要这个事项的编码，填上再报。")));
            }
        } else if has != length || !code.bytes().all(allowed) {
            remarks.push(remark(
                place,
                format!("{place}要 {length} 位{characters}，现在“{code}”是 {has} 位。请对照编码表改正。"),
            ));
        }
    }
    remarks
}

/// V02: one basic code, one name, one type, one main legal basis, at every level and in every township.
/// Source: 三级四同, "48项的编码、名称、设定依据不一致" [S3].
pub(super) fn same_code_same_item(item: &Item, beside: &Beside<'_>) -> Vec<Remark> {
    if item.basic_code.is_empty() {
        return Vec::new();
    }
    let first = beside.newest.iter().find(|other| other.basic_code == item.basic_code);
    let Some(first) = first.filter(|first| first.item_id != item.item_id) else { return Vec::new() };
    let elements = [
        ("事项名称", item.name != first.name),
        ("事项类型", item.type_code != first.type_code),
        ("设定依据", item.legal_basis.first() != first.legal_basis.first()),
    ];
    let differs = |(place, _): (&str, bool)| {
        let message = format!(
            "基本编码 {} 和 {}“{}”相同，{place}却不一样。同一事项请统一，不同事项请各用各的编码。",
            item.basic_code, first.item_id, first.name
        );
        remark(place, message)
    };
    elements.into_iter().filter(|(_, differ)| *differ).map(differs).collect()
}

/// V03, what is sure: the first 18 characters of the implementing code are a USCC (GB 32100-2015), and of a unit of the
/// county where its units are known.
pub(super) fn implementing_code_names_an_organ(item: &Item, beside: &Beside<'_>) -> Vec<Remark> {
    let Some(code) = uscc_of(item) else { return Vec::new() };
    if uscc(code).is_err() {
        let message =
            format!("前 18 位“{code}”不是有效的统一社会信用代码，校验位对不上。请对照实施主体的证书改正。");
        return vec![remark("实施编码", message)];
    }
    if !beside.settings.units.is_empty() && beside.implementing_unit(item).is_none() {
        let message = format!("前 18 位“{code}”不是县里任何一个单位的统一社会信用代码。请核对实施主体。");
        return vec![remark("实施编码", message)];
    }
    Vec::new()
}

/// V03, what is local and so only a warning (DOMAIN §3.2): level and basic code stand inside the implementing code as the
/// item has them, one USCC is one body, and the body's unit stands at the item's level. Village committees have no USCC of
/// their own in the units file and act under their township's.
pub(super) fn implementing_code_fits_the_item(item: &Item, beside: &Beside<'_>) -> Vec<Remark> {
    let (Some(organ), Some(level), Some(basic)) =
        (uscc_of(item), item.impl_code.get(18..19), item.impl_code.get(19..))
    else {
        return Vec::new();
    };
    let mut remarks = Vec::new();
    if level != item.use_level {
        let message =
            format!("实施编码第 19 位是 {level}，行使层级却是“{}”。请核对改成一致。", item.use_level);
        remarks.push(remark("行使层级", message));
    }
    if basic != item.basic_code {
        let message =
            format!("实施编码后面的 {basic} 和基本编码 {} 不一致。请核对改成一致。", item.basic_code);
        remarks.push(remark("实施编码", message));
    }
    if let Some(first) = beside.newest.iter().find(|other| uscc_of(other) == Some(organ))
        && first.implementing_body != item.implementing_body
    {
        let message = format!(
            "实施主体写“{}”，{}用同一个代码却写“{}”。请核对改成一致。",
            item.implementing_body, first.item_id, first.implementing_body
        );
        remarks.push(remark("实施主体", message));
    }
    let levels: &[&str] = match beside.implementing_unit(item).map(|unit| unit.level) {
        None => return remarks,
        Some(Level::County) => &["4"],
        Some(Level::Township) => &["5", "6"],
        Some(Level::Village) => &["6"],
    };
    if !levels.contains(&item.use_level.as_str()) {
        let message = format!("行使层级“{}”和实施主体所在的层级不一致。请核对改成一致。", item.use_level);
        remarks.push(remark("行使层级", message));
    }
    remarks
}

/// V05: the item is in the province's library; what isn't is listed.
/// Source: "202项不在江苏省政务服务事项库中" [S3].
pub(super) fn in_the_provincial_library(item: &Item, beside: &Beside<'_>) -> Vec<Remark> {
    match &beside.settings.provincial_library {
        Some(library) if !library.contains(&item.basic_code) => {
            let message = format!("省级事项库里没有 {}。请对照省级事项库认领，或报请增加。", item.basic_code);
            vec![remark("基本编码", message)]
        }
        _ => Vec::new(),
    }
}
