use super::import_residents::no_role;
use crate::{
    Desk, Trouble,
    ask::{resident_row, unknown_resident},
};
use daiban_contract::{Code, act::SetResident, view::ResidentRow};
use daiban_domain::{
    Instant, check,
    resident::{Resident, may_register},
};
use daiban_exchange::Partition;
use daiban_replica::{public::enrolment, resident, today};
use jiff::civil::Date;

impl Desk {
    pub fn set_resident(&self, request: SetResident, now: Instant) -> Result<ResidentRow, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let (db, identity) = (writing.db(), writing.identity());
                if !may_register(&enrolment::roles(db, identity.person)?) {
                    return Err(no_role());
                }
                let entry = resident::entry(db, request.id)?.ok_or_else(unknown_resident)?;
                if !Partition::register(entry.unit).writable_by(identity.unit) {
                    let message = "只能改本单位和下级单位的居民登记。";
                    return Err(Trouble::new(Code::NotAllowed, message));
                }
                let value = normalised(&entry.resident, &request, today(db, now)?)?;
                let mut document = writing.load(entry.row)?;
                writing.edit(&mut document, |edit| {
                    if request.field == "idNo" {
                        resident::put_number(edit, &entry.resident, id_type(&entry.resident), &value);
                    } else {
                        edit.affirm(&request.field, value.as_str());
                    }
                    Ok::<_, Trouble>(())
                })?;
                resident_row(writing.db(), request.id)
            })
        })
    }
}

/// A correction that is itself wrong is not taken.
fn normalised(resident: &Resident, request: &SetResident, today: Date) -> Result<String, Trouble> {
    let value = request.value.trim();
    let checked = match request.field.as_str() {
        "name" => check::name(value),
        "idNo" => check::id_document(id_type(resident), value, today),
        "phone" if !value.is_empty() => check::mobile(value),
        "phone" | "address" | "household" | "relation" => return Ok(value.to_owned()),
        _ => {
            let message = "居民登记能改的有 name、idNo、phone、address、household、relation。";
            return Err(Trouble::new(Code::UnknownField, message));
        }
    };
    match checked {
        Ok(passed) => Ok(passed.normalised),
        Err(fault) => Err(Trouble::new(Code::BadInput, fault.message)),
    }
}

/// Whoever had no paper gets a resident card first.
fn id_type(resident: &Resident) -> &str {
    if resident.id_type.is_empty() { check::RESIDENT_CARD } else { &resident.id_type }
}
