//! Gaps and doubts of a case. They warn; nothing is refused for them.

use crate::{answers, applicant, ask, form};
use daiban_contract::view::Warning;
use daiban_domain::{
    case::Folded,
    check::{Fault, Passed},
    item::{Item, Material},
};
use daiban_forms::{FormError, covers};
use daiban_replica::case::CaseRecord;
use jiff::civil::Date;

pub(crate) fn warning(code: &str, path: impl Into<String>, message: impl Into<String>) -> Warning {
    Warning { code: code.to_owned(), path: path.into(), message: message.into() }
}

/// All warnings of a case as it stands.
pub(crate) fn of(case: &CaseRecord, item: &Item, folded: &Folded, today: Date) -> Vec<Warning> {
    let mut warnings = applicant::warnings(case, item, today);
    let doubts = answers::doubts(case, item, today);
    warnings
        .extend(doubts.into_iter().map(|doubt| from_fault(&format!("fields.{}", doubt.key), doubt.fault)));
    warnings.extend(unprintable(case, item));
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

/// What no face of the forms has a glyph for: told when it is written, not when somebody waits for the paper.
fn unprintable(case: &CaseRecord, item: &Item) -> Vec<Warning> {
    let Ok(faces) = form::faces() else { return Vec::new() };
    let paths = applicant::PATHS.iter().map(|path| (*path).to_owned());
    let paths = paths.chain(item.fields.iter().map(|field| format!("fields.{}", field.key)));
    let lacking = |path: String| {
        let missing = covers(case.field(&path), faces);
        (!missing.is_empty())
            .then(|| warning("glyph-missing", path, FormError::GlyphMissing { chars: missing }.to_string()))
    };
    paths.filter_map(lacking).collect()
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

/// A text as it is to be kept: as the check writes it, or as it stands where it doesn't pass. What the check noticed is added
/// to the warnings.
pub(crate) fn normalised(
    warnings: &mut Vec<Warning>,
    path: &str,
    text: &str,
    check: impl Fn(&str) -> Result<Passed, Fault>,
) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    match check(text) {
        Ok(passed) => {
            warnings.extend(passed.notes.into_iter().map(|note| from_fault(path, note)));
            passed.normalised
        }
        Err(fault) => {
            warnings.push(from_fault(path, fault));
            text.trim().to_owned()
        }
    }
}

pub(crate) fn from_fault(path: &str, fault: Fault) -> Warning {
    warning(fault.code, path, fault.message)
}
