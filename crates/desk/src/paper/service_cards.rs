use crate::form::issuer;
use daiban_domain::{PersonId, Role, UnitCode};
use daiban_forms::ServiceCard;
use daiban_replica::{
    ReplicaError, case,
    public::{enrolment, item, staff, unit},
};
use jiff::{ToSpan, civil::Date};
use rusqlite::Connection;

/// The cards of the agents in post at and below a unit; their codes say which unit.
pub(super) fn gather(
    db: &Connection,
    code: UnitCode,
    on: Date,
    mark: impl Fn(UnitCode) -> String,
) -> Result<Vec<ServiceCard>, ReplicaError> {
    let items = usual_items(db, on)?;
    let agents = agents(db, code, on)?.into_iter();
    agents.map(|agent| card(db, &agent, items.clone(), mark(agent.unit))).collect()
}

/// Somebody who is an agent and in post.
pub(crate) struct Agent {
    person: PersonId,
    unit: UnitCode,
    /// B角
    partner: Option<PersonId>,
}

impl Agent {
    pub fn name(&self, db: &Connection) -> Result<String, ReplicaError> {
        Ok(enrolment::person(db, self.person)?.unwrap_or_default().name)
    }
}

/// All at and below a unit.
pub(crate) fn agents(db: &Connection, code: UnitCode, on: Date) -> Result<Vec<Agent>, ReplicaError> {
    let mut agents = Vec::new();
    for (person, unit) in enrolment::people(db, code)? {
        let agent = enrolment::roles(db, person)?.contains(&Role::Agent);
        let post = staff::find(db, person)?.map(|(_, staff)| staff);
        if agent && post.as_ref().is_none_or(|post| post.in_post(on)) {
            agents.push(Agent { person, unit, partner: post.and_then(|post| post.partner) });
        }
    }
    Ok(agents)
}

fn card(
    db: &Connection,
    &Agent { person: agent, unit: code, partner }: &Agent,
    items: Vec<String>,
    mark: String,
) -> Result<ServiceCard, ReplicaError> {
    let village = issuer(db, code)?;
    let township = code.parent().map(|parent| unit::find(db, parent)).transpose()?.flatten();
    let (township, township_phone, township_address) = township
        .map_or_else(Default::default, |township| (township.full_name, township.phone, township.address));
    let (agent, phone) = at_work(db, agent, &village.phone)?;
    Ok(ServiceCard {
        mark,
        unit_full_name: village.unit_full_name,
        agent,
        phone,
        partner: partner.map(|partner| at_work(db, partner, "")).transpose()?,
        hours: "工作日，以村站公布的时间为准".to_owned(),
        items,
        township,
        township_phone,
        township_address,
        complaint_phone: village.complaint_phone,
    })
}

/// Name and office telephone; that of the station for whom none is known.
fn at_work(db: &Connection, person: PersonId, station: &str) -> Result<(String, String), ReplicaError> {
    let name = enrolment::person(db, person)?.unwrap_or_default().name;
    let own = staff::find(db, person)?.map(|(_, staff)| staff.phone).unwrap_or_default();
    Ok((name, if own.is_empty() { station.to_owned() } else { own }))
}

/// Everyday names of the items in force: those that were asked for most within a year as far as this desk holds cases, then the
/// others as the catalogue has them.
fn usual_items(db: &Connection, on: Date) -> Result<Vec<String>, ReplicaError> {
    let counts = case::count_by_item(db, on.saturating_sub(1.year()))?.unwrap_or_default();
    let mut items = item::search(db, "", on)?;
    items.sort_by_key(|item| std::cmp::Reverse(counts.get(&item.item_id).copied().unwrap_or_default()));
    Ok(items.iter().map(|item| item.plain_name.clone()).collect())
}
