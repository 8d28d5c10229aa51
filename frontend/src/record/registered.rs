//! What the register knows of the applicant, and what stands of it on the page: masked.

use super::Draft;
use daiban_contract::view::{Applicant, ResidentRow};
use daiban_domain::check;
use std::rc::Rc;

impl Draft {
    /// Of somebody whom the register knows: what it says needn't be typed.
    pub(super) fn take(&mut self, row: Rc<ResidentRow>) {
        let applicant = Applicant {
            name: row.name.clone(),
            id_no: row.id_no.clone(),
            phone: row.phone.clone(),
            address: row.address.clone(),
            ..Applicant::default()
        };
        let id_type = Some(row.id_type.clone()).filter(|kind| !kind.is_empty());
        let id_type = id_type.unwrap_or_else(|| check::RESIDENT_CARD.to_owned());
        self.applicant = Applicant { id_type, ..applicant };
        self.newborn = false;
        self.resident = Some(row);
    }

    /// What stands there is the register's, masked: nobody judges it by its stars.
    pub fn registered(&self, path: &str) -> bool {
        let Some(row) = &self.resident else { return false };
        let (stands, shown) = match path {
            "applicant.idNo" => (&self.applicant.id_no, &row.id_no),
            "applicant.phone" => (&self.applicant.phone, &row.phone),
            "applicant.address" => (&self.applicant.address, &row.address),
            _ => return false,
        };
        !shown.is_empty() && stands == shown
    }

    /// What rules reckon with: of a masked number the birthday is known beside it.
    pub(super) fn number(&self) -> String {
        let born =
            self.resident.as_ref().and_then(|row| row.born).filter(|_| self.registered("applicant.idNo"));
        let Some(born) = born.map(|day| day.strftime("%Y%m%d").to_string()) else {
            return self.applicant.id_no.clone();
        };
        let number = &self.applicant.id_no;
        match (number.get(..6), number.get(number.len().saturating_sub(4)..)) {
            (Some(first), Some(last)) => format!("{first}{born}{last}"),
            _ => number.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Edit;
    use super::*;
    use jiff::civil::date;
    use yew::Reducible;

    fn row() -> Rc<ResidentRow> {
        Rc::new(ResidentRow {
            id: daiban_domain::DocumentId([7; 16]),
            unit: "621099100200".parse().expect("a code"),
            unit_name: "上塬村".into(),
            name: "马桂英".into(),
            id_type: String::new(),
            id_no: "621099********0228".into(),
            phone: "139****5678".into(),
            address: "上塬村三组".into(),
            born: Some(date(1946, 3, 12)),
            household: "17".into(),
            relation: "户主".into(),
            same: Vec::new(),
            perhaps: Vec::new(),
            contradicting: Vec::new(),
            namesakes: Vec::new(),
        })
    }

    #[test]
    fn what_the_register_knows_stands_masked_until_it_is_typed_over() {
        let begun = Rc::new(Draft::default()).reduce(Edit::Name("王秀兰".into()));
        let draft = begun.reduce(Edit::Person(row()));
        assert_eq!((draft.applicant.name.as_str(), draft.applicant.id_type.as_str()), ("马桂英", "111"));
        assert!(draft.registered("applicant.idNo") && draft.registered("applicant.phone"));
        assert_eq!(draft.number(), "621099194603120228", "rules know the birthday");
        let typed = draft.reduce(Edit::IdNo("62109919".into()));
        assert!(!typed.registered("applicant.idNo") && typed.registered("applicant.address"));
        assert_eq!(typed.number(), "62109919");
    }

    #[test]
    fn somebody_is_taken_into_the_request_at_hand() {
        let begun = Rc::new(Draft::default()).reduce(Edit::Field("years".into(), "3".into()));
        let draft = begun.reduce(Edit::Take(row()));
        assert_eq!((draft.field("years"), draft.applicant.name.as_str()), ("3", "马桂英"));
    }
}
