//! Gaps and doubts of a case. They warn; nothing is refused for them.

use crate::ask;
use daiban_contract::view::Warning;
use daiban_domain::{
    case::Folded,
    check::{self, Fault, Passed},
    item::{Item, Material},
};
use daiban_replica::case::CaseRecord;
use jiff::civil::Date;

pub(crate) fn warning(code: &str, path: impl Into<String>, message: impl Into<String>) -> Warning {
    Warning { code: code.to_owned(), path: path.into(), message: message.into() }
}

/// All warnings of a case as it stands.
pub(crate) fn of(case: &CaseRecord, item: &Item, folded: &Folded, today: Date) -> Vec<Warning> {
    let mut warnings = Vec::new();
    applicant(&mut warnings, "applicant.name", case.field("applicant.name"), "姓名", check::name);
    let id_document = |text: &str| check::id_document(case.field("applicant.idType"), text, today);
    applicant(&mut warnings, "applicant.idNo", case.field("applicant.idNo"), "证件号码", id_document);
    applicant(&mut warnings, "applicant.phone", case.field("applicant.phone"), "联系电话", check::mobile);
    if case.field("applicant.address").is_empty() {
        warnings.push(warning("missing", "applicant.address", "还没有填住址。"));
    }
    for field in &item.fields {
        let path = format!("fields.{}", field.key);
        let value = ask::field_value(case, field);
        if value.is_empty() && field.required && !answered_by_applicant(&field.kind) {
            warnings.push(warning("missing", path, format!("还没有填“{}”。", field.label)));
        } else if field.kind == "bankCard" && !value.is_empty() {
            match check::bank_card(&value) {
                Ok(passed) => warnings.extend(passed.notes.into_iter().map(|note| from_fault(&path, note))),
                Err(fault) => warnings.push(from_fault(&path, fault)),
            }
        }
    }
    let given = ask::entrustment(case);
    if let Some(Err(gap)) = given.as_ref().map(|given| given.stands(today)) {
        warnings.push(warning("entrustment-gap", "entrustment", gap.to_string()));
    }
    for material in &item.materials {
        let path = format!("materials.{}", material.material_code);
        if !lacks(case, folded, &material.material_code) {
            continue;
        }
        if material.required() {
            let message = format!("还差“{}”。先存着也行，没有它不能受理。", material.name);
            warnings.push(warning("material-missing", path, message));
        } else if material.material_code == "PROXY" && case.channel == "PROXY" && given.is_none() {
            warnings.push(warning("entrustment-missing", path, "还没有签代办委托书。"));
        }
    }
    warnings
}

/// Nothing of a material has come, and nothing stands in for it.
pub(crate) fn lacks(case: &CaseRecord, folded: &Folded, material: &str) -> bool {
    case.received(material) == (0, 0) && folded.replaced.of(material).is_none()
}

/// Necessity-1 materials that are lacking.
pub(crate) fn missing_materials(opened: &ask::Opened) -> impl Iterator<Item = &Material> {
    let ask::Opened { case, item, folded, .. } = opened;
    item.materials
        .iter()
        .filter(move |material| material.required() && lacks(case, folded, &material.material_code))
}

fn applicant(
    warnings: &mut Vec<Warning>,
    path: &str,
    value: &str,
    label: &str,
    check: impl Fn(&str) -> Result<Passed, Fault>,
) {
    if value.is_empty() {
        warnings.push(warning("missing", path, format!("还没有填{label}。")));
        return;
    }
    match check(value) {
        Ok(passed) => warnings.extend(passed.notes.into_iter().map(|note| from_fault(path, note))),
        Err(fault) => warnings.push(from_fault(path, fault)),
    }
}

pub(crate) fn from_fault(path: &str, fault: Fault) -> Warning {
    warning(fault.code, path, fault.message)
}

fn answered_by_applicant(kind: &str) -> bool {
    matches!(kind, "personName" | "idCard18" | "phone" | "address")
}
