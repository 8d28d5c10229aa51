//! Time limits and steps (V07–V10).

use super::{Beside, Item, Remark, remark};
use crate::item::Limit;

/// V07: the promise is no longer than the law allows, and both are more than nothing unless the item is handled on the
/// spot.
pub(super) fn promise_within_statutory(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    let (promise, statutory) = (&item.promise_limit, &item.statutory_limit);
    let on_the_spot = item.instant() || promise.instant;
    let mut remarks = Vec::new();
    if !on_the_spot && promise.days.unwrap_or_default() == 0 {
        remarks.push(remark("承诺办结时限", "不是即办件，承诺办结时限却是空的或 0。请填写天数。"));
    }
    if !on_the_spot && statutory.days == Some(0) {
        remarks.push(remark("法定办结时限", "法定办结时限是 0。法律没有规定的请留空，有规定的填写天数。"));
    }
    if longer(promise, statutory) {
        let says = |limit: &Limit| format!("{} 个{}", limit.days.unwrap_or_default(), limit.unit);
        let message = format!("承诺 {} 比法定 {} 长。请改到法定时限以内。", says(promise), says(statutory));
        remarks.push(remark("承诺办结时限", message));
    }
    remarks
}

/// Surely longer: so many working days take at least as many natural days, and other units aren't compared.
fn longer(promise: &Limit, statutory: &Limit) -> bool {
    let (Some(promised), Some(allowed)) = (promise.days, statutory.days) else { return false };
    let comparable = promise.unit == statutory.unit || promise.unit == "工作日" && statutory.unit == "自然日";
    allowed > 0 && comparable && promised > allowed
}

/// V08: promised on the spot ⇔ 即办件.
/// Source: a city's check of its items (Wenzhou) [F:WZ].
pub(super) fn instant_is_instant(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    match (item.promise_limit.instant, item.instant()) {
        (true, false) => vec![remark("办件类型", "承诺当场办结，办件类型却不是即办件。请改成一致。")],
        (false, true) => vec![remark("办件类型", "办件类型是即办件，承诺时限却不是当场办结。请改成一致。")],
        _ => Vec::new(),
    }
}

/// V09: the promise is one of the county's.
/// Source: "压缩在‘1、3、7’个工作日以内" [S2].
pub(super) fn promise_within_ceiling(item: &Item, beside: &Beside<'_>) -> Vec<Remark> {
    let promises = &beside.settings.promise_days;
    let Some(days) = item.promise_limit.days.filter(|days| !promises.contains(days)) else {
        return Vec::new();
    };
    let listed: Vec<String> = promises.iter().map(u16::to_string).collect();
    let message = format!(
        "承诺 {days} 个{}，不在县里定的 {} 个工作日之内。请看能不能压缩，压不了的说明原因。",
        item.promise_limit.unit,
        listed.join("、")
    );
    vec![remark("承诺办结时限", message)]
}

/// V10: few steps; fewer where the item is handled on the spot.
/// Source: "审批环节都压缩到了3个或5个环节以内" [S2].
pub(super) fn few_steps(item: &Item, beside: &Beside<'_>) -> Vec<Remark> {
    let most = if item.instant() { beside.settings.steps_instant } else { beside.settings.steps };
    let steps = item.process.len();
    if steps <= most {
        return Vec::new();
    }
    vec![remark("办理流程", format!("有 {steps} 个环节，最多 {most} 个。请合并或取消环节。"))]
}
