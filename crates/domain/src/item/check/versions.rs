//! Versions of an item, and the lists of townships (V20, V21).

use super::{Beside, Item, Remark, remark};

/// V20: every township lists the same items; what one lacks or has besides is told.
/// Source: "除嘎鲁图镇193项外, 其他苏木镇均是194项" [S4].
pub(super) fn townships_list_the_same(beside: &Beside<'_>) -> Vec<(String, Remark)> {
    let mut remarks = Vec::new();
    for list in &beside.settings.township_lists {
        for item in beside.newest.iter().filter(|item| !list.basic_codes.contains(&item.basic_code)) {
            let message = format!("{}的清单里没有这个事项。请核对是漏了还是不该有。", list.township);
            remarks.push((item.item_id.clone(), remark("", message)));
        }
        let known = |code: &String| beside.newest.iter().any(|item| item.basic_code == *code);
        for code in list.basic_codes.iter().filter(|code| !known(code)) {
            let message =
                format!("{}的清单里有 {code}，县里的目录没有。请核对是漏了还是不该有。", list.township);
            remarks.push((String::new(), remark("", message)));
        }
    }
    remarks
}

/// V21: no two versions of an item are in force on one day, a version follows the published ones one by one, and what is
/// published stays as it is. A version without an end lasts until the next begins ([`Item::in_force`]).
pub(super) fn follow_each_other(beside: &Beside<'_>) -> Vec<(String, Remark)> {
    let mut remarks = Vec::new();
    let mut wrong = |item: &Item, place: &str, message: String| {
        remarks.push((item.item_id.clone(), remark(place, message)));
    };
    for (i, item) in beside.all.iter().enumerate() {
        if item.effective_to.is_some_and(|last| last < item.effective_from) {
            wrong(item, "有效期", format!("第 {} 版的截止日期在生效日期之前。请改正。", item.version));
        }
        for other in beside.all[..i].iter().filter(|other| other.item_id == item.item_id) {
            let (older, younger) = if item.version < other.version { (item, other) } else { (other, item) };
            if older.version == younger.version {
                wrong(item, "版本", format!("第 {} 版有两份。请留一份，或改版本号。", item.version));
            } else if overlap(older, younger) {
                let message = format!(
                    "第 {} 版和第 {} 版有几天同时有效。请让新版在旧版生效、截止之后才生效。",
                    older.version, younger.version
                );
                wrong(younger, "有效期", message);
            }
        }
        let published = beside.settings.published.iter().flat_map(|published| &published.items);
        let published = published.map(|(item, _)| item).filter(|other| other.item_id == item.item_id);
        let Some(last) = published.clone().map(|other| other.version).max() else { continue };
        match published.clone().find(|other| other.version == item.version) {
            Some(same) if same != *item => {
                let message =
                    format!("第 {} 版已经发布，内容不能再改。请改成第 {} 版。", item.version, last + 1);
                wrong(item, "版本", message);
            }
            None if item.version != last + 1 => {
                let message = format!(
                    "已发布到第 {last} 版，下一版要是第 {} 版，不是第 {} 版。",
                    last + 1,
                    item.version
                );
                wrong(item, "版本", message);
            }
            _ => {}
        }
    }
    remarks
}

fn overlap(older: &Item, younger: &Item) -> bool {
    let ends = older.effective_to.unwrap_or(older.effective_from);
    younger.effective_from <= ends.max(older.effective_from)
}
