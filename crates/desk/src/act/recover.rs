//! A forgotten password, with the county's help: a file there, a file back. The command line alone does it.

use crate::{Desk, Trouble, password, session};
use daiban_contract::{Code, Secret, view::UsersView};
use daiban_domain::Instant;
use daiban_replica::{
    public::enrolment,
    store::key::{
        self, NewUser,
        recovery::{self, Recovery},
        seal::Pair,
        write,
    },
};
use std::{fs, path::Path};

impl Desk {
    /// Writes what the county's hub is asked with (`daiban-hub recover`). The key for its answer waits beside the signing key.
    pub fn ask_recovery(&self, file: &Path) -> Result<(), Trouble> {
        let pair = Pair::draw();
        let request = recovery::ask(&self.place.data, &pair)?.ok_or_else(|| {
            let message =
                "这台设备的密钥没有交县中心一份（没有密码，或是旧版本设的密码），不用恢复，也恢复不了。";
            Trouble::new(Code::NotAllowed, message)
        })?;
        fs::create_dir_all(&self.place.keys).map_err(Trouble::file)?;
        write(&self.waiting(), &pair.secret())?;
        Ok(write(file, &to_json(&request)?)?)
    }

    /// Gives a user another password, with the county's answer.
    pub fn recover(
        &self,
        answer: &Path,
        name: &str,
        new: &Secret,
        now: Instant,
    ) -> Result<UsersView, Trouble> {
        let not_ours =
            || Trouble::new(Code::WrongPassword, "这个文件不是县中心对这台设备这次恢复的答复，密码没有改。");
        let users = key::users(&self.place.data)?;
        let name = match users.iter().find(|user| user.name == name) {
            Some(user) => user.name.clone(),
            // Put back from a backup of before anybody had a password: who the device was enrolled with gets the first.
            None if users.is_empty() => name.to_owned(),
            None => return Err(session::unknown_user()),
        };
        password::require(new.expose(), &[&name])?;
        let answer: Recovery = serde_json::from_slice(&fs::read(answer).map_err(Trouble::file)?)
            .map_err(|error| not_ours().because(error))?;
        let pair = Pair::read(&fs::read(self.waiting()).map_err(|error| not_ours().because(error))?)?;
        let key = answer.open(&self.place.data, &pair).map_err(|error| not_ours().because(error))?;
        let mut replica = session::open_with(&self.place, key)?;
        let own = replica.identity().person;
        let known = users.iter().find(|user| user.name == name).map(|user| user.person);
        let person = match known {
            Some(person) => person,
            None if enrolment::person(replica.db(), own)?.is_some_and(|person| person.name == name) => own,
            None => return Err(session::unknown_user()),
        };
        let user = NewUser { person, name: &name, password: new.expose(), pair: &pair };
        // First, so that whoever can log in can sign.
        if let Some(another) = answer.vouched(person)? {
            replica.commit(now, |writing| writing.sign_with(another))?;
        }
        replica.database_key().put_user(user, &session::recovery(&replica))?;
        // It opens the database, and has done what it was for.
        fs::remove_file(self.waiting()).map_err(Trouble::file)?;
        self.users(daiban_contract::ask::Users {}, now)
    }

    fn waiting(&self) -> std::path::PathBuf {
        self.place.keys.join("recovery.age")
    }
}

fn to_json(recovery: &Recovery) -> Result<Vec<u8>, Trouble> {
    serde_json::to_vec_pretty(recovery)
        .map_err(|error| Trouble::new(Code::Internal, "恢复文件写不成。").because(error))
}
