use super::names::Names;
use crate::{Desk, Trouble};
use daiban_contract::{ask::Delegations, view::DelegationView};
use daiban_domain::Instant;
use daiban_replica::{Replica, public::delegation, today};

impl Desk {
    /// Who stands in for whom at this unit.
    pub fn delegations(&self, _: Delegations, now: Instant) -> Result<Vec<DelegationView>, Trouble> {
        self.with(|replica| delegations_of(replica, now))
    }
}

pub(crate) fn delegations_of(replica: &Replica, now: Instant) -> Result<Vec<DelegationView>, Trouble> {
    let names = Names { db: replica.db() };
    let today = today(replica.db(), now)?;
    let mut views = Vec::new();
    for delegation in delegation::of_unit(replica.db(), replica.identity().unit)? {
        views.push(DelegationView {
            from_name: names.person(delegation.from)?,
            to_name: names.person(delegation.to)?,
            holds: delegation.holds(today),
            delegation,
        });
    }
    Ok(views)
}
