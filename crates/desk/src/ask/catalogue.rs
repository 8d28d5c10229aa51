use crate::{Desk, Trouble};
use daiban_contract::{ask, view::CheckedItems};
use daiban_domain::{
    Instant, Level,
    item::{
        Catalogue,
        check::{CheckSettings, check},
    },
};
use daiban_replica::{Replica, case, public, today};
use jiff::ToSpan;

impl Desk {
    /// Every version of every item that is published.
    pub fn catalogue(&self) -> Result<Catalogue, Trouble> {
        self.with(|replica| Ok(public::item::published(replica.db())?))
    }

    pub fn check_items(&self, _: ask::CheckItems, now: Instant) -> Result<CheckedItems, Trouble> {
        self.with(|replica| {
            let catalogue = public::item::published(replica.db())?;
            let settings = check_settings(replica, now)?;
            let settings = CheckSettings { published: Some(catalogue.clone()), ..settings };
            Ok(check(&catalogue, &settings).into())
        })
    }

    /// The same of a draft.
    pub fn check_draft(&self, draft: &Catalogue, now: Instant) -> Result<CheckedItems, Trouble> {
        self.with(|replica| Ok(check(draft, &check_settings(replica, now)?).into()))
    }
}

/// What is known here beside the catalogue. Only a county holds everybody's cases.
pub(crate) fn check_settings(replica: &Replica, now: Instant) -> Result<CheckSettings, Trouble> {
    let (db, identity) = (replica.db(), replica.identity());
    let cases_in_24_months = if identity.unit.level() == Level::County {
        case::count_by_item(db, today(db, now)?.saturating_sub(24.months()))?
    } else {
        None
    };
    let units = public::unit::below(db, identity.county)?;
    Ok(CheckSettings { units, cases_in_24_months, ..CheckSettings::default() })
}
