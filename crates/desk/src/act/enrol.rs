use crate::{
    Desk, Place, Trouble, ask, bundle_key_file, line, password, sample::practice_county, session,
    signing_key_file, taken_tags,
};
use age::secrecy::ExposeSecret;
use daiban_contract::{Code, Secret, act::Enrol, view::DeskView};
use daiban_domain::{Instant, UnitCode};
use daiban_exchange::{
    Incarnation,
    bundle::hub_recipient,
    client::Client,
    enrolment::{Admission, Application, Code as EnrolmentCode},
    key,
    person::PersonKey,
    request::HUB_PROGRAM,
    sealed::Cost,
    tls::{Anchor, Holder, Trust},
};
use daiban_replica::{
    Identity, Replica, ReplicaError, backup,
    store::{
        self, DatabaseKey,
        key::{Login, NewUser, seal::Pair},
    },
};
use ed25519_dalek::{SigningKey, VerifyingKey};

impl Desk {
    pub async fn enrol(&self, request: Enrol, now: Instant) -> Result<DeskView, Trouble> {
        let hub_url = request.hub.trim().to_owned();
        enrol(self, request, &hub_url, now).await
    }
}

/// The code that somebody has typed.
pub(super) fn code_as_typed(text: &str) -> Result<EnrolmentCode, Trouble> {
    EnrolmentCode::parse(text).ok_or_else(|| {
        Trouble::new(Code::BadCode, "登记码应有 25 个字母和数字。请对照县中心给的登记码再输一次。")
    })
}

/// What the device is called and who works at it, of which both have to be said.
pub(super) fn named<'a>(device: &'a str, user: &'a str) -> Result<(&'a str, &'a str), Trouble> {
    match (device.trim(), user.trim()) {
        ("", _) | (_, "") => Err(Trouble::new(Code::BadInput, "请填写设备名称和使用人姓名。")),
        names => Ok(names),
    }
}

/// Only the sample county may go without.
fn needs_password(password: Option<&Secret>, county: UnitCode) -> Result<(), Trouble> {
    if password.is_some() || county == practice_county()? {
        return Ok(());
    }
    Err(without_password())
}

pub(super) fn without_password() -> Trouble {
    let message =
        "请给使用人设一个密码再登记。没有密码，谁拿到这台机器都能看到里面的资料；只有样例县可以不设。";
    Trouble::new(Code::WeakPassword, message)
}

/// Enrols at `request.hub` and remembers `hub_url` as the address to call later.
pub(crate) async fn enrol(
    desk: &Desk,
    request: Enrol,
    hub_url: &str,
    now: Instant,
) -> Result<DeskView, Trouble> {
    if store::exists(&desk.place.data) {
        return Err(ReplicaError::Exists.into());
    }
    let code = code_as_typed(&request.code)?;
    named(&request.device, &request.user)?;
    if let Some(new) = &request.password {
        password::require(new.expose(), &[request.user.trim(), request.device.trim()])?;
    }
    let (anchor, since) = (Anchor::Code(code.clone()), Instant(0));
    let trust = Trust { anchor, holder: Holder::Hub, since, us: None };
    let client = Client::new(&request.hub, Some(trust))?;
    let info = client.info(HUB_PROGRAM).await?;
    needs_password(request.password.as_ref(), info.county)?;
    let protocol = line::protocol(&info)?;
    let keys = Keys {
        signing: key::draw_signing_key().map_err(ReplicaError::from)?,
        age: age::x25519::Identity::generate(),
        pair: Pair::draw(),
    };
    let application = Application {
        protocol,
        code: code.to_string(),
        key: [0; 32],
        recipient: keys.age.to_public().to_string(),
        incarnation: Incarnation::draw().map_err(ReplicaError::from)?,
        device_name: request.device.trim().to_owned(),
        person_name: request.user.trim().to_owned(),
        signature: [0; 64],
        // Who has a password signs what they decide.
        person_key: request.password.is_some().then(|| keys.person_key()),
    }
    .signed(&keys.signing);
    let admission = client.enrol(&application).await?;
    let hub_key = admission.verify(&code).ok_or_else(|| {
        Trouble::new(Code::HubWrong, "这个服务器不是发登记码的县中心，没有登记。请核对地址和登记码。")
    })?;
    let password = request.password.clone();
    *desk.replica() =
        Some(settle_in(&desk.place, &admission, hub_key, hub_url, &keys, password, |_| Ok(()))?);
    line::exchange(desk, &request.hub, now).await?;
    let password_set = request.password.is_some();
    desk.with(|replica| ask::desk::view(replica, password_set, now))
}

/// What is drawn for an enrolment: what the device signs with, what opens bundles, and a person's pair.
pub(super) struct Keys {
    pub signing: SigningKey,
    pub age: age::x25519::Identity,
    /// Of whoever works at it, once they have a password.
    pub pair: Pair,
}

impl Keys {
    /// With which that person will sign, shown to be held at this device.
    pub fn person_key(&self) -> PersonKey {
        PersonKey::of(&self.pair.signing(), self.signing.verifying_key().as_bytes())
    }
}

/// In the data folder: a database in the making.
const ASIDE: &str = "enrolling";

/// Writes keys and database, and what it begins with. The database is made whole aside and gets its place last: a folder
/// without it is not enrolled.
pub(super) fn settle_in(
    place: &Place,
    admission: &Admission,
    hub_key: VerifyingKey,
    hub_url: &str,
    keys: &Keys,
    password: Option<Secret>,
    begin: impl FnOnce(&mut Replica) -> Result<(), Trouble>,
) -> Result<Replica, Trouble> {
    let aside = place.data.join(ASIDE);
    // Of an attempt that was cut short.
    if aside.exists() {
        std::fs::remove_dir_all(&aside).map_err(Trouble::file)?;
    }
    std::fs::create_dir_all(&aside).map_err(Trouble::file)?;
    std::fs::create_dir_all(&place.keys).map_err(Trouble::file)?;
    let enrolment = &admission.enrolment;
    // What a restoring that was cut short has left in the folder is another device's.
    backup::forget(&place.data)?;
    let identity = Identity {
        county: enrolment.unit.county(),
        unit: enrolment.unit,
        device: enrolment.device,
        device_name: enrolment.name.clone(),
        incarnation: enrolment.incarnation,
        tag: enrolment.tag.clone(),
        spare_tag: enrolment.spare_tag.clone(),
        person: enrolment.person,
        recipient: enrolment.recipient.clone(),
        hub_url: hub_url.to_owned(),
        hub: admission.hub,
        hub_key,
        root: admission.certified.as_ref().map(|certified| certified.root.clone()),
        certificate: admission.certified.as_ref().map(|certified| certified.device.clone()),
    };
    let (person, name) = (enrolment.person, &enrolment.person_name);
    let user = password.as_ref().map(|password| NewUser {
        person,
        name,
        password: password.expose(),
        pair: &keys.pair,
    });
    let key = DatabaseKey::create(&aside, user, &hub_recipient(&hub_key), Cost::calibrated)?;
    let tags = taken_tags(&place.keys, enrolment.device);
    let mut replica = Replica::create(&aside, key, identity, keys.signing.clone(), tags)?;
    let seal = replica.key_seal();
    seal.write(&signing_key_file(&place.keys, enrolment.device), keys.signing.as_bytes())?;
    let bundles = bundle_key_file(&place.keys, enrolment.device);
    seal.write(&bundles, keys.age.to_string().expose_secret().as_bytes())?;
    begin(&mut replica)?;
    replica.settle(&place.data)?;
    if let Err(error) = std::fs::remove_dir_all(&aside) {
        tracing::warn!(%error, "an empty folder is left behind");
    }
    let login = password.as_ref().map(|password| Login { person: Some(person), password: password.expose() });
    session::open_with(place, DatabaseKey::load(&place.data, login)?)
}
