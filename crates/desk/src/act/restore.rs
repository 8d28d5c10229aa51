use crate::{Desk, Place, Trouble, bundle_key_file, signing_key_file, taken_tags};
use daiban_contract::{Code, act::Restore, view::Restored};
use daiban_domain::{DeviceId, Instant};
use daiban_replica::{
    backup::{self, DeviceKeys},
    store::{DatabaseKey, key::KeySeal},
};

impl Desk {
    /// Puts a backup back where no desk is: the newest, or the newest of a time. It is opened with a password of that day, or by
    /// the county.
    pub fn restore(&self, request: Restore, _: Instant) -> Result<Restored, Trouble> {
        let manifest = backup::restore(request.from.trim().as_ref(), request.at, &self.place.data)?;
        let time = manifest.time;
        Ok(Restored {
            device: manifest.device,
            number: manifest.number,
            time,
            bytes: manifest.length,
            says: format!(
                "恢复好了：{}月{}日 {} 的备份。用那时的密码打开；忘了密码，用 daiban user forgot 请县中心帮忙。打开后请同步一次，备份以后送出过的记录会回来。",
                time.date().month(),
                time.date().day(),
                time.time_of_day()
            ),
        })
    }
}

/// The keys of a device whose folder was put back from a backup, if nobody has opened it since.
pub(crate) fn restored_keys(place: &Place, key: &DatabaseKey) -> Result<Option<DeviceKeys>, Trouble> {
    let Some(manifest) = backup::restored(&place.data)? else { return Ok(None) };
    manifest.device_keys(key).map(Some).map_err(|broken| {
        let message =
            "备份里这台设备的密钥对不上，没有打开。请用另一份备份恢复，或向县中心申请重新登记设备。";
        Trouble::new(Code::BadBackup, message).because(broken)
    })
}

/// Puts them where they belong. Keys that are there already and belong to this database stay.
pub(crate) fn put_back(
    place: &Place,
    device: DeviceId,
    seal: &KeySeal,
    keys: &DeviceKeys,
) -> Result<(), Trouble> {
    std::fs::create_dir_all(&place.keys).map_err(Trouble::file)?;
    let (signing, bundles) = (signing_key_file(&place.keys, device), bundle_key_file(&place.keys, device));
    if seal.read(&bundles).is_err() {
        seal.write(&bundles, &keys.bundles)?;
    }
    if seal.read(&signing).is_err() {
        // Another machine may go on from this backup, too, and would take the same spare tag.
        taken_tags(&place.keys, device).note(&[&keys.tag, &keys.spare_tag])?;
        seal.write(&signing, &keys.signing)?;
    }
    Ok(backup::forget(&place.data)?)
}
