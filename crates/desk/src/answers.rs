//! What a case answers to the form of its item.

use daiban_domain::{
    check,
    item::{
        Field, Item,
        field::{Doubt, Form},
    },
};
use daiban_replica::case::CaseRecord;
use jiff::civil::Date;

/// What stands in a field; what the applicant's data answer already is taken from there, and a village is the desk's own
/// where none was chosen.
pub(crate) fn answers<'a>(case: &'a CaseRecord, item: &'a Item) -> impl Fn(&str) -> String + 'a {
    move |key| {
        let own = case.field(&format!("fields.{key}"));
        if !own.is_empty() {
            return own.to_owned();
        }
        let asked = item.fields.iter().find(|field| field.key == key);
        match asked.and_then(|field| field.of_applicant()) {
            Some(path) => case.field(path).to_owned(),
            None if key == "hukouDivision" => case.unit.to_string(),
            // A child without a number has said it.
            None if asked.is_some_and(follows_the_number) => {
                let (id_type, id_no) = (case.field("applicant.idType"), case.field("applicant.idNo"));
                let born = check::id_document_birth(id_type, id_no);
                born.map_or_else(|| case.field("applicant.birth").to_owned(), |date| date.to_string())
            }
            None => String::new(),
        }
    }
}

/// The birth date that an identity number holds.
fn follows_the_number(field: &Field) -> bool {
    let rule = field.rule.strip_prefix('=').map(str::trim);
    field.kind == "date" && rule == Some("idNo")
}

/// Doubts of the item's own fields; those of the applicant's data are told of them.
pub(crate) fn doubts(case: &CaseRecord, item: &Item, today: Date) -> Vec<Doubt> {
    let mut doubts = all_doubts(case, item, today);
    doubts.retain(|doubt| !told_of_applicant(case, item, &doubt.key));
    doubts
}

/// What keeps the form from being complete and right.
pub(crate) fn gaps(case: &CaseRecord, item: &Item, today: Date) -> Vec<Doubt> {
    let mut gaps = all_doubts(case, item, today);
    let (id_type, id_no) = (case.field("applicant.idType"), case.field("applicant.idNo"));
    gaps.retain_mut(|gap| {
        if gap.fault.code != "missing" && told_of_applicant(case, item, &gap.key) {
            // The number is one of the applicant's kind of paper, which need not be the form's.
            let fault =
                (gap.key == "idNo").then(|| check::id_document(id_type, id_no, today).err()).flatten();
            return fault.map(|fault| gap.fault = fault).is_some();
        }
        gap.blocks
    });
    gaps
}

fn all_doubts(case: &CaseRecord, item: &Item, today: Date) -> Vec<Doubt> {
    Form::of(&item.fields).doubts(&answers(case, item), today)
}

fn told_of_applicant(case: &CaseRecord, item: &Item, key: &str) -> bool {
    let own = case.field(&format!("fields.{key}"));
    let asked = item.fields.iter().find(|field| field.key == key);
    own.is_empty() && asked.is_some_and(|field| field.of_applicant().is_some())
}
