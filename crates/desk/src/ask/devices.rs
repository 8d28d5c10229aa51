use super::names::Names;
use crate::{Desk, Trouble};
use daiban_contract::{
    Code, ask,
    view::{DeviceView, RevokedView},
};
use daiban_domain::{DeviceId, Instant, revocation::Ground};
use daiban_replica::{
    Replica, ReplicaError,
    public::enrolment::{self, Device},
    revocation,
};

impl Desk {
    /// Of this desk's unit and below.
    pub fn devices(&self, _: ask::Devices, _: Instant) -> Result<Vec<DeviceView>, Trouble> {
        self.with(|replica| {
            let devices = enrolment::devices(replica.db(), replica.identity().unit)?;
            Ok(devices.into_iter().map(|device| view(replica, device)).collect::<Result<_, _>>()?)
        })
    }
}

/// One of them.
pub(crate) fn device(replica: &Replica, id: DeviceId) -> Result<DeviceView, Trouble> {
    let devices = enrolment::devices(replica.db(), replica.identity().unit)?;
    let device = devices.into_iter().find(|device| device.device == id);
    let device = device.ok_or_else(|| {
        Trouble::new(Code::UnknownDevice, "本单位和下级单位没有这台设备。请在设备清单里核对。")
    })?;
    Ok(view(replica, device)?)
}

fn view(replica: &Replica, device: Device) -> Result<DeviceView, ReplicaError> {
    let here = device.device == replica.identity().device;
    let names = Names { db: replica.db() };
    Ok(DeviceView {
        unit_name: names.unit(device.unit)?,
        revoked: revoked(replica, device.device)?,
        here,
        device: device.device,
        name: device.name,
        unit: device.unit,
        tag: device.tag,
        received_last: device.received_last,
    })
}

/// What there is to tell of a device's revocation, at this very device what it still owes.
pub(crate) fn revoked(replica: &Replica, device: DeviceId) -> Result<Option<RevokedView>, ReplicaError> {
    let Some(revoked) = revocation::revoked(replica.db(), device)? else { return Ok(None) };
    let here = device == replica.identity().device;
    let by = revoked.by.map(|by| Names { db: replica.db() }.person(by)).transpose()?;
    let ground: Option<Ground> = revoked.ground.parse().ok();
    let ground_name = ground.map_or_else(|| revoked.ground.clone(), |ground| ground.zh().to_owned());
    let waiting = revocation::waiting(replica.db(), device)?;
    let owed = if here { replica.undeposited()? } else { 0 };
    let says = match (here, owed, waiting) {
        (true, 0, _) => "这台电脑已注销，记录都已交给县中心，本机的数据不再打得开。".to_owned(),
        (true, owed, _) => format!(
            "这台电脑已注销（{ground_name}），不能再办事、看件。还有 {owed} 条记录没有交给县中心：连上网会自动交，交完后本机的数据不再打得开。如果是误注销，请找乡镇或县中心用新登记码重新登记，记录不会丢。"
        ),
        (false, _, 0) => format!("原因：{ground_name}。以后收到它写的记录，先放在一边等人审核。"),
        (false, _, waiting) => {
            format!("原因：{ground_name}。它后来写的 {waiting} 条记录没有算进来，等人审核。")
        }
    };
    Ok(Some(RevokedView {
        at: revoked.at,
        by: by.unwrap_or_default(),
        ground: revoked.ground,
        ground_name,
        waiting,
        owed,
        says,
    }))
}
