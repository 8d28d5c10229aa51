//! The materials of a case: what came, what stands in for the rest, and what needn't be brought again.

use super::Opened;
use crate::warnings;
use daiban_contract::view::MaterialView;
use daiban_domain::case::replaced::{COMMIT, Instead, SHARE};
use daiban_replica::{
    ReplicaError,
    case::{self, CaseRecord},
};
use jiff::Span;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// `may` tells whether the person here may now do without a material by an act.
pub(super) fn materials(
    db: &Connection,
    opened: &Opened,
    may: impl Fn(&str, &str) -> bool,
) -> Result<Vec<MaterialView>, ReplicaError> {
    let Opened { case, item, folded, .. } = opened;
    let mut before = brought_before(db, opened, |code| may(SHARE, code))?;
    let view = |material: &daiban_domain::item::Material| {
        let (originals, copies) = case.received(&material.material_code);
        MaterialView {
            replaced: match folded.replaced.of(&material.material_code) {
                Some(Instead::Commitment) => "已作告知承诺".to_owned(),
                Some(Instead::Shared(source)) => format!("共享取得：{source}"),
                None => String::new(),
            },
            commitment: may(COMMIT, &material.material_code),
            brought_before: before.remove(&material.material_code).unwrap_or_default(),
            material_code: material.material_code.clone(),
            name: material.name.clone(),
            originals,
            copies,
            originals_needed: material.originals,
            copies_needed: material.copies,
            required: material.required(),
            tolerable: material.tolerable,
            received: originals + copies > 0,
            originals_held: folded.custody.held(&material.material_code, originals),
            whereabouts: match folded.custody.held(&material.material_code, originals) {
                0 if originals > 0 => "已退还本人".to_owned(),
                0 => String::new(),
                _ => folded.custody.zh().to_owned(),
            },
            review_point: material.review_point.clone(),
            condition: material.condition.clone(),
        }
    };
    Ok(item.materials.iter().map(view).collect())
}

/// What the applicant has brought within a year for other cases that are held here, by shareable material: it needn't be
/// brought again (减材料, 循环证明). Only looked for while it is still lacking.
fn brought_before(
    db: &Connection,
    opened: &Opened,
    may_share: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, Vec<String>>, ReplicaError> {
    let Opened { case, item, folded, .. } = opened;
    let lacking: Vec<&str> = item
        .materials
        .iter()
        .map(|material| material.material_code.as_str())
        .filter(|code| may_share(code) && warnings::lacks(case, folded, code))
        .collect();
    let mut before: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if lacking.is_empty() {
        return Ok(before);
    }
    let year_ago = case.registered_on.saturating_sub(Span::new().years(1));
    let others = case::of_person(db, case.field("applicant.idNo"), &[case.field("applicant.name")])?;
    let recent = others
        .iter()
        .rev()
        .filter(|other| other.row != case.document && !other.archived && other.registered_on >= year_ago);
    for other in recent {
        let Some(record) = CaseRecord::load(db, other.row)? else { continue };
        for code in lacking.iter().filter(|code| record.received(code) != (0, 0)) {
            before.entry((*code).to_owned()).or_default().push(other.case_no.clone());
        }
    }
    Ok(before)
}
