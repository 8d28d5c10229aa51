//! The slots of the key file: one for each user of the device, and one for the county, which helps whoever has forgotten.
//!
//! The database key is sealed to the public half of each slot, whose secret half only its user's password opens. So a new
//! key can be sealed for everybody who isn't there.

use super::{
    NewUser,
    seal::{Pair, Secret, seal_to},
};
use crate::ReplicaError;
use daiban_domain::PersonId;
use daiban_exchange::sealed::{Cost, PasswordSealed};
use serde::{Deserialize, Serialize};

/// Somebody with a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub person: PersonId,
    pub name: String,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Slots {
    users: Vec<Slot>,
    /// Sealed to the county's key.
    recovery: Option<SealedKey>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Slot {
    person: PersonId,
    /// As the lock screen calls them.
    name: String,
    /// The pair's secret half.
    secret: PasswordSealed,
    sealed: SealedKey,
}

/// The database key for one who has the secret half of a pair.
#[derive(Clone, Serialize, Deserialize)]
struct SealedKey {
    recipient: String,
    key: String,
    /// While the database is being re-encrypted: the key that it gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl SealedKey {
    fn new(recipient: &str, key: &Secret) -> Result<Self, ReplicaError> {
        Ok(Self { recipient: recipient.to_owned(), key: seal_to(recipient, key)?, next: None })
    }
}

impl Slot {
    pub fn new(user: NewUser<'_>, cost: Cost, key: &Secret) -> Result<Self, ReplicaError> {
        Ok(Self {
            person: user.person,
            name: user.name.to_owned(),
            secret: PasswordSealed::seal(&user.pair.secret(), user.password, cost)?,
            sealed: SealedKey::new(&user.pair.recipient(), key)?,
        })
    }

    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The pair, the database's key, and the one that it is getting or has got.
    pub fn open(&self, password: &str) -> Result<(Pair, Secret, Option<Secret>), ReplicaError> {
        let pair = Pair::read(&self.secret.open(password)?)?;
        let next = self.sealed.next.as_deref().map(|next| pair.open(next)).transpose()?;
        let key = pair.open(&self.sealed.key)?;
        Ok((pair, key, next))
    }
}

impl Slots {
    /// For nobody yet but the county.
    pub fn new(recovery: Option<&str>, key: &Secret) -> Result<Self, ReplicaError> {
        let recovery = recovery.map(|recipient| SealedKey::new(recipient, key)).transpose()?;
        Ok(Self { users: Vec::new(), recovery })
    }

    pub fn users(&self) -> Vec<User> {
        self.users.iter().map(|slot| User { person: slot.person, name: slot.name.clone() }).collect()
    }

    /// Somebody's; without a name that of the only one.
    pub fn of(&self, person: Option<PersonId>) -> Option<&Slot> {
        match (person, &self.users[..]) {
            (Some(person), users) => users.iter().find(|slot| slot.person == person),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }

    /// What a guess costs here.
    pub fn cost(&self) -> Option<Cost> {
        self.users.first().map(|slot| slot.secret.cost())
    }

    /// In place of the slot that the person had.
    pub fn put(&mut self, slot: Slot) {
        match self.users.iter_mut().find(|other| other.person == slot.person) {
            Some(other) => *other = slot,
            None => self.users.push(slot),
        }
    }

    /// The county's slot: the key, and the one that the database is getting.
    pub fn recovery(&self) -> Option<(&str, Option<&str>)> {
        self.recovery.as_ref().map(|sealed| (sealed.key.as_str(), sealed.next.as_deref()))
    }

    /// Answers whether there was one.
    pub fn remove(&mut self, person: PersonId) -> bool {
        let before = self.users.len();
        self.users.retain(|slot| slot.person != person);
        self.users.len() < before
    }

    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    fn sealed(&mut self) -> impl Iterator<Item = &mut SealedKey> {
        self.users.iter_mut().map(|slot| &mut slot.sealed).chain(&mut self.recovery)
    }

    /// Everybody learns the key that the database gets.
    pub fn prepare(&mut self, next: &Secret) -> Result<(), ReplicaError> {
        self.sealed().try_for_each(|sealed| {
            sealed.next = Some(seal_to(&sealed.recipient, next)?);
            Ok(())
        })
    }

    /// The database has it: nobody needs the one before any more.
    pub fn promote(&mut self) {
        for sealed in self.sealed() {
            if let Some(next) = sealed.next.take() {
                sealed.key = next;
            }
        }
    }
}
