//! What the registers held here say of an applicant who is being entered: told, and nobody is joined for it.

use crate::{ask::Opened, warnings::warning};
use daiban_contract::view::Warning;
use daiban_domain::{
    UnitCode, check,
    resident::{Likeness, Resident, likeness},
};
use daiban_replica::{ReplicaError, document::Writing, public::unit, resident};
use rusqlite::Connection;

/// More than anybody reads while somebody waits at the desk.
const SHOWN: usize = 3;

/// What there is beside the unit's own entry under the same number.
pub(super) fn elsewhere(
    db: &Connection,
    own: UnitCode,
    applicant: &Resident,
) -> Result<Vec<Warning>, ReplicaError> {
    let mut warnings: Vec<Warning> = Vec::new();
    for entry in resident::comparable(db, applicant)? {
        let found = likeness(applicant, &entry.resident);
        let by_number = matches!(found, Likeness::Same | Likeness::Contradiction);
        if by_number && entry.unit == own {
            continue;
        }
        let unit = unit::find(db, entry.unit)?.map_or_else(|| entry.unit.to_string(), |unit| unit.short_name);
        let (code, path, message) = match found {
            Likeness::Different => continue,
            Likeness::Same => (
                "registered-elsewhere",
                "applicant.idNo",
                format!("这个人在{unit}也有居民登记。按同一个人处理，两处的住址都留着。"),
            ),
            Likeness::Contradiction => (
                "id-of-another",
                "applicant.idNo",
                format!("这个证件号码在{unit}的居民登记里是另一个姓名。请对照证件，更正写错的一个。"),
            ),
            Likeness::SameName => (
                "perhaps-same-person",
                "applicant.name",
                format!(
                    "{unit}的居民登记里有同名、同出生日期的一条，没有两个号码可以对照。请核对是不是同一个人。"
                ),
            ),
            Likeness::AlikeName => (
                "perhaps-same-person",
                "applicant.name",
                format!(
                    "{unit}的居民登记里有出生日期相同、姓名读音或字形相近的一条。请核对是不是同一个人、有没有写错字。"
                ),
            ),
            Likeness::Namesake => (
                "namesake",
                "applicant.idNo",
                format!("{unit}的居民登记里有同名、同出生日期、号码不同的人。请对照证件，核对号码。"),
            ),
        };
        let warning = warning(code, path, message);
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
    warnings.truncate(SHOWN);
    Ok(warnings)
}

/// A child has got its number in a case: the register's entry gets it too, and is found by either from then on.
pub(super) fn numbered(
    writing: &mut Writing<'_>,
    opened: &Opened,
    path: &str,
    value: &str,
) -> Result<(), ReplicaError> {
    let case = &opened.case;
    let was = case.field("applicant.idNo");
    if path != "applicant.idNo" || !check::id_temporary(was) || check::id_temporary(value) {
        return Ok(());
    }
    let (name, id_type) = (case.field("applicant.name"), case.field("applicant.idType"));
    for entry in resident::of_number(writing.db(), case.unit, was)? {
        if entry.resident.id_no != was || entry.resident.name != name {
            continue;
        }
        let mut document = writing.load(entry.row)?;
        writing.edit(&mut document, |edit| {
            resident::put_number(edit, &entry.resident, id_type, value);
            Ok::<_, ReplicaError>(())
        })?;
    }
    Ok(())
}
