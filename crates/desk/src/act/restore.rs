use crate::{Place, Trouble, bundle_key_file, signing_key_file, taken_tags};
use daiban_contract::{Code, Failure, view::Restored};
use daiban_domain::Instant;
use daiban_replica::{
    backup,
    store::{DatabaseKey, key::write},
};
use std::path::Path;

/// Puts a backup back where no desk is: the newest, or the newest of a time. It is opened with a password of that day, or by
/// the county.
pub fn restore(from: &Path, at: Option<Instant>, place: &Place) -> Result<Restored, Failure> {
    let manifest = backup::restore(from, at, &place.data).map_err(Trouble::from)?;
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

/// Puts the keys of a device where they belong, if its folder was put back from a backup and nobody has opened it since. Keys
/// that are there already stay.
pub(crate) fn take_keys(place: &Place, key: &DatabaseKey) -> Result<(), Trouble> {
    let Some(manifest) = backup::restored(&place.data)? else { return Ok(()) };
    let keys = manifest.device_keys(key).map_err(|broken| {
        let message =
            "备份里这台设备的密钥对不上，没有打开。请用另一份备份恢复，或向县中心申请重新登记设备。";
        Trouble::new(Code::BadBackup, message).because(broken)
    })?;
    std::fs::create_dir_all(&place.keys).map_err(Trouble::file)?;
    let (signing, bundles) =
        (signing_key_file(&place.keys, manifest.device), bundle_key_file(&place.keys, manifest.device));
    if !bundles.exists() {
        write(&bundles, &keys.bundles)?;
    }
    if !signing.exists() {
        // Another machine may go on from this backup, too, and would take the same spare tag.
        taken_tags(&place.keys, manifest.device).note(&[&keys.tag, &keys.spare_tag])?;
        write(&signing, &keys.signing)?;
    }
    Ok(backup::forget(&place.data)?)
}
