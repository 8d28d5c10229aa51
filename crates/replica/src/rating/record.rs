//! A rating as its document holds it.

use crate::{
    ReplicaError,
    document::{self, Document, Edit, RowId, kind},
};
use daiban_domain::{
    DocumentId, PersonId,
    rating::{Aspect, Channel, Grade, Rating, Reason},
};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

pub struct RatingRecord {
    pub document: RowId,
    pub id: DocumentId,
    pub rating: Rating,
    /// There is an entry that only a newer program understands.
    pub incomplete: bool,
}

/// Writes what was said.
pub fn fill(edit: &mut Edit<'_>, rating: &Rating) {
    edit.put("case", rating.case.to_string());
    edit.put("caseNo", rating.case_no.as_str());
    edit.put("nth", i64::from(rating.nth));
    edit.put("grade", i64::from(rating.grade.code()));
    edit.put("channel", rating.channel.as_str());
    edit.put("ratedOn", rating.rated_on.to_string());
    edit.put("enteredBy", rating.entered_by.to_string());
    for (aspect, grade) in &rating.aspects {
        edit.put(&format!("aspects.{}", aspect.as_str()), i64::from(grade.code()));
    }
    let reasons: Vec<&str> = rating.reasons.iter().map(|reason| reason.as_str()).collect();
    let told = [
        ("reasons", reasons.join(" ")),
        ("text", rating.text.clone()),
        ("raterName", rating.rater_name.clone()),
        ("raterPhone", rating.rater_phone.clone()),
        ("slipNo", rating.slip_no.clone()),
    ];
    for (key, value) in told.iter().filter(|(_, value)| !value.is_empty()) {
        edit.put(key, value.as_str());
    }
}

impl RatingRecord {
    /// `None` if the document is not (yet) a whole rating, or one that only a newer program knows.
    pub fn read(document: &Document) -> Option<Self> {
        let said = |key: &str| document.text(key).unwrap_or_default();
        let grade = |key: &str| Grade::try_from(u8::try_from(document.int(key)?).ok()?).ok();
        let aspects = Aspect::ALL.iter().filter_map(|aspect| {
            let grade = grade(&format!("aspects.{}", aspect.as_str()))?;
            Some((*aspect, grade))
        });
        let rating = Rating {
            case: document.text("case")?.parse::<DocumentId>().ok()?,
            case_no: document.text("caseNo")?.to_owned(),
            nth: document.int("nth")?.try_into().ok()?,
            grade: grade("grade")?,
            aspects: aspects.collect::<BTreeMap<_, _>>(),
            reasons: said("reasons").split(' ').filter_map(Reason::parse).collect(),
            text: said("text").to_owned(),
            channel: Channel::parse(document.text("channel")?)?,
            rated_on: document.text("ratedOn")?.parse().ok()?,
            rater_name: said("raterName").to_owned(),
            rater_phone: said("raterPhone").to_owned(),
            slip_no: said("slipNo").to_owned(),
            entered_by: document.text("enteredBy")?.parse::<PersonId>().ok()?,
        };
        Some(Self { document: document.row, id: document.id, rating, incomplete: document.incomplete })
    }

    pub fn load(db: &Connection, row: RowId) -> Result<Option<Self>, ReplicaError> {
        Ok(Self::read(&Document::load(db, row)?))
    }
}

/// The ratings of a case, the earlier document before the later.
pub fn of_case(db: &Connection, case: RowId) -> Result<Vec<RatingRecord>, ReplicaError> {
    let (case, _) = document::identify(db, case)?;
    let sql = "SELECT id FROM rating JOIN document USING (id) WHERE about = ? ORDER BY document.document";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([case.0], |row| row.get(0).map(RowId))?;
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().filter_map(|row| RatingRecord::load(db, row).transpose()).collect()
}

/// The rating of an id.
pub fn find(db: &Connection, id: DocumentId) -> Result<Option<RatingRecord>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT id FROM document WHERE document = ? AND kind = ?")?;
    let row = statement.query_row(params![id.0, kind::RATING], |row| row.get(0)).optional()?;
    row.map_or(Ok(None), |row| RatingRecord::load(db, RowId(row)))
}
