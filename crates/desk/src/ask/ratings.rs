use super::{known_unit, names::Names};
use crate::{Desk, Trouble};
use daiban_contract::{
    Code,
    ask::Ratings,
    view::{GradeCount, RatingsView, ShareView, WrongGuideView},
};
use daiban_domain::{
    Instant,
    rating::{FEW, Grade, tally},
};
use daiban_replica::{
    ReplicaError,
    public::item,
    rating::{Asked, WrongGuide, counted, ended, wrong_guides},
    today,
};
use rusqlite::Connection;

impl Desk {
    pub fn ratings(&self, request: Ratings, now: Instant) -> Result<RatingsView, Trouble> {
        self.with(|replica| {
            let db = replica.db();
            let unit = request.unit.unwrap_or(replica.identity().unit);
            known_unit(db, unit)?;
            let to = match request.to {
                Some(to) => to,
                None => today(db, now)?,
            };
            let from = request.from.unwrap_or_else(|| to.first_of_month());
            if from > to {
                return Err(Trouble::new(Code::BadInput, "起始日期晚于截止日期。请核对。"));
            }
            let asked = Asked::of(db, unit, from, to)?;
            let tally = tally(&counted(db, &asked)?, from, to);
            let shares = [
                ("满意率", tally.satisfied()),
                ("非常满意率", tally.very_satisfied()),
                ("评价率", tally.rate(ended(db, &asked)?)),
                ("差评整改率", tally.corrected()),
                ("回访率", tally.called()),
            ];
            let grades = Grade::ALL.into_iter().zip(tally.last.into_iter().zip(tally.first));
            Ok(RatingsView {
                unit,
                unit_name: Names { db }.unit(unit)?,
                from,
                to,
                grades: grades
                    .map(|(grade, (last, first))| GradeCount {
                        grade,
                        name: grade.zh().to_owned(),
                        last,
                        first,
                    })
                    .collect(),
                rated: tally.rated(),
                few: if tally.rated() < FEW { "样本较少" } else { "" }.to_owned(),
                again: tally.again,
                excluded: tally.excluded,
                shares: shares
                    .map(|(name, share)| ShareView {
                        name: name.to_owned(),
                        part: share.part,
                        of: share.of,
                        percent: share.percent(),
                    })
                    .into(),
                wrong_guides: by_item(db, wrong_guides(db, &asked)?)?,
            })
        })
    }
}

/// A line for each version of an item that is wrong; they come in that order.
fn by_item(db: &Connection, found: Vec<WrongGuide>) -> Result<Vec<WrongGuideView>, ReplicaError> {
    let mut lines: Vec<WrongGuideView> = Vec::new();
    for WrongGuide { item_id, version, matter_no, next } in found {
        match lines.last_mut() {
            Some(line) if (&line.item_id, line.version) == (&item_id, version) => {
                line.matters.push(matter_no)
            }
            _ => lines.push(WrongGuideView {
                item_name: item_name(db, &item_id, version)?,
                item_id,
                version,
                matters: vec![matter_no],
                next_version: next,
                says: match next {
                    Some(next) => format!("第{version}版指南有误，已发布第{next}版"),
                    None => format!("第{version}版指南有误，还没有新版"),
                },
            }),
        }
    }
    Ok(lines)
}

/// The name of an item in a version; its id where that isn't known here.
pub(super) fn item_name(db: &Connection, item_id: &str, version: u16) -> Result<String, ReplicaError> {
    Ok(item::version(db, item_id, version)?.map_or_else(|| item_id.to_owned(), |item| item.name.clone()))
}
