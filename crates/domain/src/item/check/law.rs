//! What the item rests on, and what the law asks of a licence (V04, V14, V22).

use super::{Beside, Item, Remark, remark};
use crate::item::VillageMode;

/// V04: every legal basis names a document and its clause; an item without any is to be cancelled.
/// Source: "凡没有法律法规依据…一律取消" [S2].
pub(super) fn legal_basis_is_named(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    if item.legal_basis.iter().all(|basis| basis.trim().is_empty()) {
        return vec![remark("设定依据", "没有设定依据。请补上法律法规名称和条款；找不到依据的事项要取消。")];
    }
    let mut remarks = Vec::new();
    for basis in &item.legal_basis {
        let missing = match (names_document(basis), names_clause(basis)) {
            (true, true) => continue,
            (true, false) => "没有写到条款",
            (false, true) => "没有写文件名称",
            (false, false) => "没有写文件名称和条款",
        };
        let message =
            format!("“{basis}”{missing}。请写成《名称》（文号）第×条；整个文件都是依据的写“全文”。");
        remarks.push(remark("设定依据", message));
    }
    remarks
}

/// A title in book marks, or a document number such as 国发〔2015〕52号.
fn names_document(basis: &str) -> bool {
    basis.contains('《') && basis.contains('》') || basis.contains('〔') && basis.contains('号')
}

/// 第×条, or a part of a document that has no articles.
fn names_clause(basis: &str) -> bool {
    let after = basis.split_once('第').map_or("", |(_, after)| after);
    after.contains(['条', '款', '项', '章', '节', '部']) || basis.contains("全文")
}

/// The steps that a licence goes through.
const LICENCE_STEPS: [&str; 5] = ["受理", "审核", "审批", "办结", "送达"];

/// V14: a licence answers at least one common question and names its five steps.
/// Source: a city's check of its items (Wenzhou) [F:WZ].
pub(super) fn licence_is_explained(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    if item.type_code != "01" {
        return Vec::new();
    }
    let mut remarks = Vec::new();
    if item.faq.is_empty() {
        remarks.push(remark("常见问题", "行政许可事项至少要有一个常见问题和解答。请补上。"));
    }
    let has = |step: &str| item.process.iter().any(|given| given.contains(step));
    let missing: Vec<&str> = LICENCE_STEPS.into_iter().filter(|step| !has(step)).collect();
    if !missing.is_empty() {
        let message = format!("行政许可的办理流程缺少：{}。请补上。", missing.join("、"));
        remarks.push(remark("办理流程", message));
    }
    remarks
}

/// 行政处罚, 行政强制, 行政征收, 行政检查: done by the organ of its own accord, never on application.
const OF_OWN_ACCORD: [&str; 4] = ["02", "03", "04", "06"];

/// V22: what nobody can apply for may be listed, but not taken in at a desk.
pub(super) fn only_on_application(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    if OF_OWN_ACCORD.contains(&item.type_code.as_str()) && item.village_mode != VillageMode::Inform {
        let message = format!(
            "{}不是依申请办理的事项，窗口不能受理。请把村级办理方式改为公开告知，或移出目录。",
            item.type_name
        );
        return vec![remark("事项类型", message)];
    }
    Vec::new()
}
