use super::known_unit;
use crate::{Desk, Trouble};
use daiban_contract::ask::Offices;
use daiban_domain::{Instant, office::Office};
use daiban_replica::public::office;

impl Desk {
    /// The service spots of a village, or the departments of the county; this desk's own unit if none is named.
    pub fn offices(&self, request: Offices, _: Instant) -> Result<Vec<Office>, Trouble> {
        self.with(|replica| {
            let unit = request.unit.unwrap_or(replica.identity().unit);
            known_unit(replica.db(), unit)?;
            Ok(office::of_unit(replica.db(), unit)?)
        })
    }
}
