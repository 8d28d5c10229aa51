//! Who is at work: opening the database with a user's password, and closing it again.
//!
//! A locked desk holds no key and no open database. So it exchanges nothing and serves no village either: what would do
//! that for it would have to keep the key. What was recorded waits, as it does where there is no network.

use crate::{Desk, Place, Trouble, act, guesses::Guesses, signing_key, taken_tags, trouble};
use daiban_contract::{
    Code,
    act::{Lock, Unlock},
    ask,
    view::DeskView,
};
use daiban_domain::{Instant, PersonId};
use daiban_exchange::bundle::hub_recipient;
use daiban_replica::{
    Identity, Replica,
    public::enrolment,
    store::{
        DatabaseKey,
        key::{self, KeySeal, Login, NewUser, seal::Pair},
    },
};

/// Opens what nobody has set a password for, or what its password opens; a desk without one stays locked.
pub(crate) fn begin(place: &Place, guesses: &Guesses) -> Result<Option<Replica>, Trouble> {
    if !key::password_set(&place.data)? {
        return open(place, None).map(Some);
    }
    let Some(password) = &place.password else { return Ok(None) };
    let person = named(place)?;
    // Whoever hands the password to a program that begins has that program wait.
    std::thread::sleep(guesses.wait(person));
    let login = Login { person, password: password.expose() };
    guesses.guess(person, || open(place, Some(login))).map(Some)
}

/// Whom the place names; nobody where there is but one user, or one without a name.
fn named(place: &Place) -> Result<Option<PersonId>, Trouble> {
    let users = key::users(&place.data)?;
    match (&place.user, &users[..]) {
        (None, [] | [_]) => Ok(users.first().map(|user| user.person)),
        (None, _) => {
            let message = "这台设备有几个使用人。请写明是谁：--login 姓名，或环境变量 DAIBAN_USER。";
            Err(Trouble::new(Code::UnknownUser, message))
        }
        (Some(name), users) => match users.iter().find(|user| user.name == *name) {
            Some(user) => Ok(Some(user.person)),
            None if users.is_empty() => Ok(None),
            None => Err(unknown_user()),
        },
    }
}

pub(crate) fn unknown_user() -> Trouble {
    Trouble::new(Code::UnknownUser, "这台设备没有这个使用人。用 daiban user list 看都有谁。")
}

fn open(place: &Place, login: Option<Login<'_>>) -> Result<Replica, Trouble> {
    let key = DatabaseKey::load(&place.data, login)?;
    let known = key.person();
    let replica = open_with(place, key)?;
    if let (Some(login), None) = (login, known) {
        // The one password of before becomes that of the person whom the device was enrolled with.
        let name = enrolment::person(replica.db(), replica.identity().person)?.unwrap_or_default().name;
        let (person, pair) = (replica.identity().person, &Pair::draw());
        let user = NewUser { person, name: &name, password: login.password, pair };
        replica.database_key().put_user(user, &recovery(&replica))?;
    }
    Ok(replica)
}

/// Why nobody is at work: a password is wanted, or there is none and the county has to help.
pub(crate) fn locked(place: &Place) -> Trouble {
    DatabaseKey::load(&place.data, None).err().map_or_else(trouble::locked, Trouble::from)
}

/// Opens the database with a key that somebody has come by.
pub(crate) fn open_with(place: &Place, key: DatabaseKey) -> Result<Replica, Trouble> {
    let restored = act::restored_keys(place, &key)?;
    let replica = Replica::open(&place.data, key, |identity: &Identity, seal: &KeySeal| {
        if let Some(keys) = restored {
            act::put_back(place, identity.device, seal, &keys)?;
        }
        Ok::<_, Trouble>((
            signing_key(&place.keys, identity.device, seal)?,
            taken_tags(&place.keys, identity.device),
        ))
    })?;
    // A program may have died between being enrolled and this.
    act::forget(&place.keys, replica.signing_key());
    Ok(replica)
}

/// Whom the key is sealed to beside its users: the county, whose key every device has pinned.
pub(crate) fn recovery(replica: &Replica) -> String {
    hub_recipient(&replica.identity().hub_key)
}

impl Desk {
    /// Opens the desk for one of its users. The one before has gone when this one has come.
    pub fn unlock(&self, request: Unlock, now: Instant) -> Result<DeskView, Trouble> {
        self.enrolled()?;
        let person = match (request.person, &key::users(&self.place.data)?[..]) {
            (None, [only]) => Some(only.person),
            (Some(person), users) if users.iter().all(|user| user.person != person) => {
                return Err(unknown_user());
            }
            (person, _) => person,
        };
        let login = Login { person, password: request.password.expose() };
        let replica = self.guesses.guess(person, || open(&self.place, Some(login)))?;
        *self.replica() = Some(replica);
        self.desk(ask::Desk {}, now)
    }

    /// Lets go of the key and the database. Nothing to do where no password would open them again.
    pub fn lock(&self, _: Lock, _: Instant) -> Result<(), Trouble> {
        self.enrolled()?;
        if key::password_set(&self.place.data)? {
            *self.replica() = None;
        }
        Ok(())
    }
}
