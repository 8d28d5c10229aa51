//! How the item is offered: visits, fees, telephones, results, whom it is for (V06, V11–V13, V15, V18, V19).

use super::{Beside, Item, Remark, remark};
use crate::check;

/// Of the national platform's themes those that only natural persons have business with, and this county's names of them.
pub(super) const NATURAL_PERSON_THEMES: [&str; 13] = [
    "生育收养",
    "户籍办理",
    "公安户籍",
    "教育科研",
    "入伍服役",
    "退役军人",
    "婚姻登记",
    "优待抚恤",
    "社会救助",
    "残疾人服务",
    "离职退休",
    "死亡殡葬",
    "出境入境",
];

/// Of the national platform's themes those that only legal persons have business with.
pub(super) const LEGAL_PERSON_THEMES: [&str; 12] = [
    "资质认证",
    "年检年审",
    "税收财务",
    "人力资源",
    "投资审批",
    "融资信贷",
    "抵押质押",
    "商务贸易",
    "招标拍卖",
    "海关口岸",
    "涉外服务",
    "法人注销",
];

const NATURAL_PERSON: &str = "1";

/// V06: what can't be handled online is listed.
/// Source: "426项无法在线办理" [S3].
pub(super) fn online(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    if offers(item, &["2", "3"]) || !item.online_depth.is_empty() {
        return Vec::new();
    }
    vec![remark("办理形式", "不能网上办理。请看能不能开通，不能的列入清单。")]
}

/// V11: a visit has a reason; without a visit there is another way; 全程网办 asks for none.
/// Source: a city's check of its items (Wenzhou) [F:WZ].
pub(super) fn visits_have_reasons(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if item.on_site_times > 0 && item.online_depth.contains("全程") {
        remarks.push(remark("到办事现场次数", "写了全程网办，到办事现场次数就要是 0。请改成一致。"));
    } else if item.on_site_times > 0 && item.on_site_reason.trim().is_empty() {
        remarks.push(remark("必须现场办理原因", "要到现场办理，却没有写原因。请写明，或把次数改为 0。"));
    }
    if item.on_site_times == 0 && !offers(item, &["2", "3", "4", "9"]) {
        let message = "到办事现场次数是 0，却只能在窗口办。请加上网上、快递或代办，或改次数。";
        remarks.push(remark("办理形式", message));
    }
    remarks
}

fn offers(item: &Item, forms: &[&str]) -> bool {
    item.handling_forms.iter().any(|form| forms.contains(&form.as_str()))
}

/// V12: a fee has its basis, name and rate; without a fee there is nothing to pay.
/// Source: a city's check of its items (Wenzhou) [F:WZ].
pub(super) fn fee_is_founded(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    if !item.is_fee {
        let payment = item.online_payment.then(|| {
            remark("是否支持网上支付", "不收费的事项不能有网上支付。请改为否；确实收费的写明依据和标准。")
        });
        return payment.into_iter().collect();
    }
    [("收费依据", &item.fee_basis), ("收费项目", &item.fee_item), ("收费标准", &item.fee_standard)]
        .into_iter()
        .filter(|(_, given)| given.trim().is_empty())
        .map(|(place, _)| remark(place, format!("要收费，却没有写{place}。请补上；没有依据的不能收费。")))
        .collect()
}

/// V13: 咨询电话 and 监督投诉电话 are both there, can be called from anywhere, and differ. Where the item has none of its own
/// those of its implementing unit count.
/// Source: a city's check of its items (Wenzhou) [F:WZ].
pub(super) fn telephones(item: &Item, beside: &Beside<'_>) -> Vec<Remark> {
    let unit = beside.implementing_unit(item);
    let or_units = |own: &str, units: Option<&str>| {
        if own.trim().is_empty() { units.unwrap_or_default().to_owned() } else { own.trim().to_owned() }
    };
    let consult = or_units(&item.consult_phone, unit.map(|unit| unit.phone.as_str()));
    let complaint = or_units(&item.complaint_phone, unit.map(|unit| unit.complaint_phone.as_str()));
    let mut remarks = Vec::new();
    for (place, phone) in [("咨询电话", &consult), ("监督投诉电话", &complaint)] {
        if phone.is_empty() {
            remarks.push(remark(place, format!("没有{place}。请填上，带区号。")));
        } else if !public_line(phone) {
            let message = format!("{place}“{phone}”不像带区号的座机或热线。请写成 0900-6210120 这样。");
            remarks.push(remark(place, message));
        }
    }
    if !consult.is_empty() && consult == complaint {
        remarks.push(remark("监督投诉电话", "监督投诉电话和咨询电话是同一个。请另设一个，投诉才有人管。"));
    }
    remarks
}

/// A landline with its area code, a toll-free number or a hotline; not somebody's mobile.
fn public_line(phone: &str) -> bool {
    check::mobile(phone).is_ok_and(|passed| {
        let digits = passed.normalised.bytes().filter(u8::is_ascii_digit).count();
        !(digits == 11 && passed.normalised.starts_with('1'))
    })
}

/// V15: a certificate is closed with 出证办结, a document with 出文办结, and either shows a sample.
/// Source: a city's check of its items (Wenzhou) [F:WZ].
pub(super) fn result_fits_its_type(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let expected = match item.result_name.chars().next_back() {
        Some('证') => Some("出证办结"),
        Some('文') => Some("出文办结"),
        _ => None,
    };
    if let Some(expected) = expected.filter(|expected| item.result_type != *expected) {
        let message = format!(
            "结果是“{}”，结果类型一般是{expected}，现在是“{}”。请核对。",
            item.result_name, item.result_type
        );
        remarks.push(remark("审批结果类型", message));
    }
    if item.result_sample.is_empty() {
        remarks.push(remark("结果样本", "没有结果样本。请补上空白样本。"));
    }
    remarks
}

/// V18: whom the item is for is said, and its theme is not one of the others'.
/// Source: a city's check of its items (Wenzhou) [F:WZ].
pub(super) fn object_fits_theme(item: &Item, beside: &Beside<'_>) -> Vec<Remark> {
    if item.service_object.is_empty() {
        return vec![remark("服务对象", "没有服务对象。请选自然人、企业法人等，可以多选。")];
    }
    if item.theme.trim().is_empty() {
        return vec![remark("主题", "没有主题，群众按主题查不到。请选一个主题。")];
    }
    let natural = item.service_object.iter().any(|object| object == NATURAL_PERSON);
    let legal = item.service_object.iter().any(|object| object != NATURAL_PERSON);
    let (alien, whom) = if !legal {
        (&beside.settings.legal_person_themes, "自然人")
    } else if !natural {
        (&beside.settings.natural_person_themes, "法人和组织")
    } else {
        return Vec::new();
    };
    if !alien.contains(&item.theme) {
        return Vec::new();
    }
    vec![remark(
        "主题",
        format!("服务对象只有{whom}，主题“{}”却不是办给{whom}的。请改主题或服务对象。", item.theme),
    )]
}

/// V19: an item that nobody asked for in two years may have to go.
/// Source: "连续两年‘零办理’" [S2].
pub(super) fn used(item: &Item, beside: &Beside<'_>) -> Vec<Remark> {
    match &beside.settings.cases_in_24_months {
        Some(cases) if cases.get(&item.item_id).copied().unwrap_or_default() == 0 => {
            vec![remark("", "连续 24 个月没有办过一件。请列入清理清单，研究是否取消。")]
        }
        _ => Vec::new(),
    }
}
