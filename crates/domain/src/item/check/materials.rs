//! What people are asked to bring (V16, V17).

use super::{Beside, Item, Remark, remark};
use crate::item::Material;

/// Names under which anything could be asked for.
const CATCH_ALL: [&str; 6] = ["其他材料", "其它材料", "有关材料", "相关材料", "其他资料", "相关资料"];

/// V16: every material says where it comes from, how many, whether it must be there, and what it is.
pub(super) fn complete(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for material in &item.materials {
        let mut wrong = |message: String| remarks.push(remark(place(material), message));
        if material.issuer.trim().is_empty() && material.source_channel.is_empty() {
            wrong("没有写出具机构或来源渠道。请写明到哪里开。".to_owned());
        }
        if material.originals + material.copies == 0 {
            wrong("原件和复印件都是 0 份。请写明要几份，不要的材料请删去。".to_owned());
        }
        if !["1", "2", "3"].contains(&material.necessity.as_str()) {
            wrong(format!("必要性“{}”不是必要、非必要、容缺后补。请选一个。", material.necessity));
        }
        if CATCH_ALL.iter().any(|catch_all| material.name.contains(catch_all)) {
            wrong("是兜底的材料，群众不知道要带什么。请写出具体名称，或删去。".to_owned());
        }
    }
    remarks
}

/// V17: a material that no provision asks for is to be dropped.
/// Source: "凡是法律法规没有要求的申报材料…一律取消" [S2].
pub(super) fn required_by_law(item: &Item, _: &Beside<'_>) -> Vec<Remark> {
    let unfounded: Vec<&str> = item
        .materials
        .iter()
        .filter(|material| material.requirement_basis.trim().is_empty())
        .map(|material| material.name.as_str())
        .collect();
    if unfounded.is_empty() {
        return Vec::new();
    }
    let message = format!("没有写要求依据：{}。请补上；法律法规没有要求的，取消。", unfounded.join("、"));
    vec![remark("材料要求依据", message)]
}

fn place(material: &Material) -> String {
    format!("材料 {} {}", material.seq, material.name)
}
