//! In what capacity somebody may act: their own, or for somebody who has left it to them (DOMAIN §2.3).

use crate::{Trouble, ask::Opened};
use daiban_contract::Code;
use daiban_domain::{
    PersonId, Role,
    case::transition::Refusal,
    deadline::says_full_day,
    delegation::{Delegation, ON_BEHALF_OF},
};
use daiban_replica::{
    ReplicaError,
    document::Writing,
    public::{delegation, enrolment},
};
use jiff::civil::Date;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

pub(crate) struct Capacity {
    pub roles: Vec<Role>,
    /// For whom, where it isn't the person's own; roles that were left to somebody aren't theirs to leave on.
    pub on_behalf_of: Option<PersonId>,
}

impl Capacity {
    /// e.g. 代王建国办。; nothing of one's own.
    pub fn says(&self, db: &Connection) -> Result<String, ReplicaError> {
        let Some(person) = self.on_behalf_of else { return Ok(String::new()) };
        Ok(enrolment::person(db, person)?.map(|person| format!("代{}办。", person.name)).unwrap_or_default())
    }

    /// What an act says, and for whom it is taken.
    pub fn signed(&self, says: impl IntoIterator<Item = (String, Value)>) -> Map<String, Value> {
        let mut payload = says.into_iter().collect();
        self.sign(&mut payload);
        payload
    }

    /// Writes into an act for whom it is taken; nobody else says so.
    pub fn sign(&self, payload: &mut Map<String, Value>) {
        payload.remove(ON_BEHALF_OF);
        if let Some(person) = self.on_behalf_of {
            payload.insert(ON_BEHALF_OF.to_owned(), json!(person));
        }
    }
}

/// The capacities of a person, as far as an item goes: their own first.
pub(crate) struct Capacities {
    held: Vec<Capacity>,
    /// By delegations that don't hold on these days.
    idle: Vec<(Capacity, Delegation)>,
}

impl Capacities {
    /// Of whoever acts on a case here and now.
    pub fn here(writing: &Writing<'_>, opened: &Opened, today: Date) -> Result<Self, ReplicaError> {
        Self::of(writing.db(), writing.identity().person, &opened.item.item_id, (today, today))
    }

    /// A delegation has to hold on the day of the act and on the day of its entry.
    pub fn of(
        db: &Connection,
        person: PersonId,
        item_id: &str,
        (on, today): (Date, Date),
    ) -> Result<Self, ReplicaError> {
        let own = Capacity { roles: enrolment::roles(db, person)?, on_behalf_of: None };
        let mut all = Self { held: vec![own], idle: Vec::new() };
        let left = delegation::to(db, person)?.into_iter();
        for delegation in left.filter(|delegation| delegation.of_item(item_id)) {
            let roles = enrolment::roles(db, delegation.from)?;
            let capacity = Capacity { roles, on_behalf_of: Some(delegation.from) };
            if delegation.holds(on) && delegation.holds(today) {
                all.held.push(capacity);
            } else {
                all.idle.push((capacity, delegation));
            }
        }
        Ok(all)
    }

    /// Whether a role is held in any of them.
    pub fn hold(&self, role: Role) -> bool {
        self.held.iter().any(|capacity| capacity.roles.contains(&role))
    }

    /// The first in which something may be done, or why it may not.
    pub fn choose<T>(&self, may: impl Fn(&[Role]) -> Result<T, Refusal>) -> Result<(&Capacity, T), Trouble> {
        let mut refused = None;
        for capacity in &self.held {
            match may(&capacity.roles) {
                Ok(allowed) => return Ok((capacity, allowed)),
                // Who may, but not now, is told why not now.
                Err(refusal) => match &refused {
                    None | Some(Refusal::NoRole { .. }) => refused = Some(refusal),
                    Some(_) => {}
                },
            }
        }
        if let Some((_, idle)) = self.idle.iter().find(|(capacity, _)| may(&capacity.roles).is_ok()) {
            let (since, until) = (says_full_day(idle.since), says_full_day(idle.until));
            let message = format!(
                "这一步只能代别人办，委托期是 {since} 至 {until}，不在期内。请本人来办，或重新登记委托。"
            );
            return Err(Trouble::new(Code::NoRole, message));
        }
        Err(refused.map_or_else(|| Trouble::new(Code::NoRole, "这台设备上的人没有这个权限。"), Trouble::from))
    }
}
