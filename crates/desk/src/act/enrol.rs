use crate::{
    Desk, Place, Trouble, ask, bundle_key_file, line, password, sample::practice_county, signing_key_file,
    taken_tags,
};
use age::secrecy::ExposeSecret;
use daiban_contract::{Code, act::Enrol, view::DeskView};
use daiban_domain::Instant;
use daiban_exchange::{
    Incarnation,
    bundle::hub_recipient,
    client::{Client, ClientError},
    enrolment::{Admission, Application, Code as EnrolmentCode},
    key,
    person::PersonKey,
    request::HUB_PROGRAM,
    sealed::Cost,
    tls::{Anchor, Holder, Trust},
    wire,
};
use daiban_replica::{
    Identity, Replica, ReplicaError, backup,
    store::{
        self, DatabaseKey,
        key::{NewUser, seal::Pair, write},
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
    if request.device.trim().is_empty() || request.user.trim().is_empty() {
        return Err(Trouble::new(Code::BadInput, "请填写设备名称和使用人姓名。"));
    }
    if let Some(new) = &request.password {
        password::require(new.expose(), &[request.user.trim(), request.device.trim()])?;
    }
    let (anchor, since) = (Anchor::Code(code.clone()), Instant(0));
    let trust = Trust { anchor, holder: Holder::Hub, since, us: None };
    let client = Client::new(&request.hub, Some(trust))?;
    let info = client.info(HUB_PROGRAM).await?;
    if request.password.is_none() && info.county != practice_county()? {
        let message =
            "请给使用人设一个密码再登记。没有密码，谁拿到这台机器都能看到里面的资料；只有样例县可以不设。";
        return Err(Trouble::new(Code::WeakPassword, message));
    }
    let protocol = wire::common_protocol(info.protocol_min..=info.protocol_max)
        .map_err(ClientError::NoCommonProtocol)?;
    let signing = key::draw_signing_key().map_err(ReplicaError::from)?;
    let age_identity = age::x25519::Identity::generate();
    // Who has a password signs what they decide.
    let pair = Pair::draw();
    let person_key = request
        .password
        .is_some()
        .then(|| PersonKey::of(&pair.signing(), signing.verifying_key().as_bytes()));
    let application = Application {
        protocol,
        code: code.to_string(),
        key: [0; 32],
        recipient: age_identity.to_public().to_string(),
        incarnation: Incarnation::draw().map_err(ReplicaError::from)?,
        device_name: request.device.trim().to_owned(),
        person_name: request.user.trim().to_owned(),
        signature: [0; 64],
        person_key,
    }
    .signed(&signing);
    let admission = client.enrol(&application).await?;
    let hub_key = admission.verify(&code).ok_or_else(|| {
        Trouble::new(Code::HubWrong, "这个服务器不是发登记码的县中心，没有登记。请核对地址和登记码。")
    })?;
    let user = request.password.as_ref().map(|password| NewUser {
        person: admission.enrolment.person,
        name: &admission.enrolment.person_name,
        password: password.expose(),
        pair: &pair,
    });
    let replica = settle_in(&desk.place, &admission, hub_key, hub_url, &signing, &age_identity, user)?;
    *desk.replica() = Some(replica);
    line::exchange(desk, &request.hub, now).await?;
    let password_set = request.password.is_some();
    desk.with(|replica| ask::desk::view(replica, password_set, now))
}

/// Writes keys and database. The database comes last: a folder without it is not enrolled.
fn settle_in(
    place: &Place,
    admission: &Admission,
    hub_key: VerifyingKey,
    hub_url: &str,
    signing: &SigningKey,
    age_identity: &age::x25519::Identity,
    user: Option<NewUser<'_>>,
) -> Result<Replica, Trouble> {
    std::fs::create_dir_all(&place.data).map_err(Trouble::file)?;
    std::fs::create_dir_all(&place.keys).map_err(Trouble::file)?;
    let enrolment = &admission.enrolment;
    write(&signing_key_file(&place.keys, enrolment.device), signing.as_bytes())?;
    // What a restoring that was cut short has left in the folder is another device's.
    backup::forget(&place.data)?;
    let bundles = bundle_key_file(&place.keys, enrolment.device);
    write(&bundles, age_identity.to_string().expose_secret().as_bytes())?;
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
    let key = DatabaseKey::create(&place.data, user, &hub_recipient(&hub_key), Cost::calibrated)?;
    Ok(Replica::create(
        &place.data,
        key,
        identity,
        signing.clone(),
        taken_tags(&place.keys, enrolment.device),
    )?)
}
