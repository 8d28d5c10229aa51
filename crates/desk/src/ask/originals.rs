use super::cases::Rows;
use crate::{Desk, Trouble};
use daiban_contract::{
    ask::Originals,
    view::{OriginalsRow, OriginalsView},
};
use daiban_domain::{Instant, case::custody::Whereabouts};
use daiban_replica::case;
use jiff::ToSpan;

const PAGE: u32 = 50;

impl Desk {
    /// Whose originals are where, and for how long: nobody's may be forgotten in a drawer.
    pub fn originals(&self, request: Originals, now: Instant) -> Result<OriginalsView, Trouble> {
        self.with(|replica| {
            let db = replica.db();
            let mut rows = Rows::new(db, now)?;
            let until = rows.today.saturating_sub(i64::from(request.days).days());
            let limit = if request.limit == 0 { PAGE } else { request.limit };
            let counts = case::count_originals(db, until)?;
            let wanted = |place: &Whereabouts| match request.place {
                Some(wanted) => *place == wanted,
                None => *place != Whereabouts::Returned,
            };
            let total = counts.iter().filter(|(place, _)| wanted(place)).map(|(_, cases)| cases).sum();
            let found = case::originals(db, request.place, until, (limit, request.offset))?.into_iter();
            let found = found.map(|lies| {
                let days = lies.since.until(rows.today).map_or(0, |span| span.get_days());
                Ok::<_, Trouble>(OriginalsRow {
                    item_name: rows.item_name(&lies.item_id, lies.item_version)?,
                    unit_name: rows.unit_name(lies.unit)?,
                    holder_name: rows.unit_name(lies.holder)?,
                    case_no: lies.case_no,
                    applicant_name: lies.applicant_name,
                    place: lies.place,
                    place_name: lies.place.zh().to_owned(),
                    since: lies.since,
                    days: days.max(0) as u32,
                    originals: lies.originals,
                })
            });
            Ok(OriginalsView { total, counts, rows: found.collect::<Result<_, _>>()? })
        })
    }
}
