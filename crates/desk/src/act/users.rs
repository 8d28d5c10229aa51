//! The users of this device: their passwords, one more of them, one less.

use super::enrol::code_as_typed;
use crate::{Desk, Trouble, line, password, session};
use daiban_contract::{
    Code,
    act::{AddUser, RemoveUser, SetPassword},
    ask,
    view::UsersView,
};
use daiban_domain::{Instant, Role};
use daiban_exchange::{enrolment::Introduce, person::PersonKey, request::HUB_PROGRAM, sealed::Cost};
use daiban_replica::{
    Replica, ReplicaError,
    public::{enrolment, unit},
    store::{
        DatabaseKey,
        key::{self, Login, NewUser, seal::Pair},
    },
};

/// Who may take somebody off a device: those who answer for the people there.
pub(crate) fn may_remove_users(roles: &[Role]) -> bool {
    use Role::{Admin, CentreHead, CountyMerge, VillageHead};
    roles.iter().any(|role| [VillageHead, CentreHead, CountyMerge, Admin].contains(role))
}

impl Desk {
    /// The first password gives the database another key, for the one before lay open; later ones leave it as it is.
    pub fn set_password(&self, request: SetPassword, now: Instant) -> Result<UsersView, Trouble> {
        self.in_earnest()?;
        let set = key::password_set(&self.place.data)?;
        self.with(|replica| {
            let person = replica.identity().person;
            let name = enrolment::person(replica.db(), person)?.unwrap_or_default().name;
            password::require(request.new.expose(), &known(replica, &name)?)?;
            let pair = replica.database_key().pair().cloned().unwrap_or_else(Pair::draw);
            let user = NewUser { person, name: &name, password: request.new.expose(), pair: &pair };
            let recovery = session::recovery(replica);
            if !set {
                return Ok(replica.seal_first(
                    user,
                    &recovery,
                    Cost::calibrated().map_err(ReplicaError::from)?,
                )?);
            }
            let old = request
                .old
                .as_ref()
                .ok_or_else(|| Trouble::new(Code::WrongPassword, "改密码要先输入现在的密码。密码没有改。"))?;
            let login = Login { person: Some(person), password: old.expose() };
            let key =
                self.guesses.guess(Some(person), || Ok(DatabaseKey::load(&self.place.data, Some(login))?))?;
            Ok(key.put_user(user, &recovery)?)
        })?;
        self.users(ask::Users {}, now)
    }

    /// Asks the county for the person, hears of them, and gives them a slot.
    pub async fn add_user(&self, request: AddUser, now: Instant) -> Result<UsersView, Trouble> {
        let name = request.name.trim().to_owned();
        if name.is_empty() {
            return Err(Trouble::new(Code::BadInput, "请填写使用人的姓名。"));
        }
        let code = code_as_typed(&request.code)?;
        if !key::password_set(&self.place.data)? {
            let message = "这台设备还没有密码，分不清谁在用。请先给自己设一个密码，再添使用人。";
            return Err(Trouble::new(Code::NotAllowed, message));
        }
        if key::users(&self.place.data)?.iter().any(|user| user.name == name) {
            let message = "这台设备已有同名的使用人。请在姓名后面加一个字分开，例如“王芳（东）”。";
            return Err(Trouble::new(Code::BadInput, message));
        }
        let (identity, signing) = self.with(|replica| {
            password::require(request.password.expose(), &known(replica, &name)?)?;
            Ok((replica.identity().clone(), replica.signing_key().clone()))
        })?;
        let root = identity.root.as_ref().and_then(|root| root.key());
        if !code.pins(identity.hub_key.as_bytes()) && !root.is_some_and(|root| code.pins_root(&root)) {
            return Err(Trouble::new(Code::BadCode, "这个登记码不是本县发的，没有添加。请核对登记码。"));
        }
        let client = line::line_to(self, line::Way::Hub(&identity.hub_url))?;
        let protocol = line::protocol(&client.info(HUB_PROGRAM).await?)?;
        let pair = Pair::draw();
        let person_key = Some(PersonKey::of(&pair.signing(), signing.verifying_key().as_bytes()));
        let asked = Introduce { protocol, code: code.to_string(), name: name.clone(), person_key };
        let person = client.introduce(&asked, identity.device, &signing).await?;
        // That they are of this unit, and in which roles, is the county's signed word.
        line::exchange(self, &identity.hub_url, now).await?;
        self.with(|replica| {
            let introduced = enrolment::person(replica.db(), person)?.is_some();
            if !introduced || enrolment::unit(replica.db(), person)? != Some(identity.unit) {
                let message = "县中心还没有把这个人的登记发下来，没有添加。请用同一个登记码再试一次。";
                return Err(Trouble::new(Code::HubWrong, message));
            }
            let user = NewUser { person, name: &name, password: request.password.expose(), pair: &pair };
            Ok(replica.database_key().put_user(user, &session::recovery(replica))?)
        })?;
        self.users(ask::Users {}, now)
    }

    pub fn remove_user(&self, request: RemoveUser, now: Instant) -> Result<UsersView, Trouble> {
        self.with(|replica| {
            let own = replica.identity().person;
            if request.person == own {
                let message = "不能把自己移出这台设备。请让别的使用人登录后来移。";
                return Err(Trouble::new(Code::NotAllowed, message));
            }
            if !may_remove_users(&enrolment::roles(replica.db(), own)?) {
                let message = "移出使用人要由村站负责人、中心主任、县中心汇总员或系统管理员来办。";
                return Err(Trouble::new(Code::NoRole, message));
            }
            if replica.remove_user(request.person)? { Ok(()) } else { Err(session::unknown_user()) }
        })?;
        self.users(ask::Users {}, now)
    }
}

/// What everybody knows here, and so no password may be made of.
fn known(replica: &Replica, name: &str) -> Result<Vec<String>, Trouble> {
    let identity = replica.identity();
    let place = unit::find(replica.db(), identity.unit)?.map(|unit| unit.short_name);
    let own = [identity.device_name.clone(), identity.unit.to_string(), name.to_owned()];
    Ok(place.into_iter().chain(own).collect())
}
