use super::cases::Rows;
use crate::{Desk, Trouble};
use daiban_contract::{
    ask,
    view::{ToTell, ToTellList},
};
use daiban_domain::{
    Instant,
    deadline::says_day,
    mask::{Data, Place},
};
use daiban_replica::case::{Moved, moved};

/// More than anybody calls in a day.
const PAGE: u32 = 500;

impl Desk {
    /// Whose paper tells a day that isn't so any more.
    pub fn to_tell(&self, _: ask::ToTell, now: Instant) -> Result<ToTellList, Trouble> {
        self.with(|replica| {
            let mut rows = Rows::new(replica.db(), now)?;
            to_tell(&mut rows, PAGE)
        })
    }
}

pub(super) fn to_tell(rows: &mut Rows<'_>, limit: u32) -> Result<ToTellList, Trouble> {
    let (total, moved) = moved(rows.db, limit)?;
    let cases = moved.into_iter().map(|moved| line(rows, moved)).collect::<Result<_, _>>()?;
    Ok(ToTellList { total, cases })
}

fn line(rows: &mut Rows<'_>, moved: Moved) -> Result<ToTell, Trouble> {
    let says = format!(
        "文书上印的{}期限是 {}，按现在公布的放假安排是 {}{}。请告诉本人，可以补打一份。",
        moved.clock.zh(),
        says_day(moved.told),
        says_day(moved.now.date),
        if moved.now.provisional { "（暂定）" } else { "" },
    );
    Ok(ToTell {
        unit_name: rows.unit_name(moved.unit)?,
        item_name: rows.item_name(&moved.item_id, moved.item_version)?,
        case_no: moved.case_no,
        applicant_name: moved.applicant_name,
        phone: Data::Phone.at(Place::List, &moved.phone),
        told: moved.told,
        now: moved.now.date,
        provisional: moved.now.provisional,
        says,
    })
}
