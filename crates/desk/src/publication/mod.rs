//! Papers for everybody: guides, service cards, the handbook. What stands on them is published; no case is in them.

mod cards;
mod guide;
mod handbook;

use crate::{Trouble, ask::items::unknown_item};
use daiban_contract::{Code, act::Publication};
use daiban_forms::{Faces, Handbook, Layout, ServiceCard, service_cards};
use daiban_replica::{Replica, public::item};
use jiff::civil::Date;

/// A paper that has been laid out.
pub(crate) struct Made {
    pub title: String,
    /// Of its file, where nobody has named one.
    pub file: String,
    pub layout: Layout,
}

pub(crate) fn lay_out(
    replica: &Replica,
    publication: &Publication,
    on: Date,
    faces: &Faces,
) -> Result<Made, Trouble> {
    let (db, unit) = (replica.db(), replica.identity().unit);
    match publication {
        Publication::Guide { item_id, version } => {
            let item = match version {
                Some(version) => item::version(db, item_id, *version)?,
                None => item::in_force(db, item_id, on)?,
            };
            let item = item.ok_or_else(unknown_item)?;
            Ok(Made {
                title: format!("{}办事指南", item.name),
                file: format!("F11-{}-{}.pdf", item.item_id, item.version),
                layout: guide::gather(db, &item, unit, on)?.lay_out(faces)?,
            })
        }
        Publication::Cards { unit, copies } => {
            let cards = cards::gather(db, *unit, on)?;
            if cards.is_empty() {
                let message = "这个单位下面没有登记在岗的代办员。请先登记设备和代办员，或换一个单位。";
                return Err(Trouble::new(Code::UnknownUnit, message));
            }
            Ok(Made {
                title: ServiceCard::TITLE.to_owned(),
                file: format!("F12-{unit}.pdf"),
                layout: service_cards(&cards, usize::from(*copies), faces)?,
            })
        }
        Publication::Handbook {} => {
            let handbook = handbook::gather(db, unit.county(), on)?;
            Ok(Made {
                title: format!("{}{}", handbook.county, Handbook::TITLE),
                file: format!("便民服务手册-{on}.pdf"),
                layout: handbook.lay_out(faces)?,
            })
        }
    }
}
