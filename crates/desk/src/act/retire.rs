use crate::{Desk, Place, Trouble, bundle_key_file, signing_key_file};
use daiban_domain::DeviceId;
use daiban_replica::store::{
    DatabaseKey,
    key::{destroy, write},
};
use std::fs;

/// In the data folder of a revoked device whose keys are gone, or are going: its id.
const FILE: &str = "revoked";

impl Desk {
    /// A revoked device that has brought all that it holds destroys its keys: whoever has it reads nothing on it any more.
    pub(crate) fn retire(&self) -> Result<(), Trouble> {
        let gone = self.even_revoked(|replica| {
            let done = replica.revoked()?.is_some() && replica.undeposited()? == 0;
            Ok(done.then_some(replica.identity().device))
        })?;
        let Some(device) = gone else { return Ok(()) };
        write(&self.place.data.join(FILE), device.to_string().as_bytes())?;
        *self.replica() = None;
        tracing::warn!(%device, "revoked: all is deposited, the keys are destroyed");
        destroy_keys(&self.place, device)
    }
}

/// Whether the device of a folder is revoked and has brought everything. What a power cut has left of its keys goes now.
pub(crate) fn retired(place: &Place) -> Result<bool, Trouble> {
    let Ok(device) = fs::read_to_string(place.data.join(FILE)) else { return Ok(false) };
    if let Ok(device) = device.trim().parse() {
        destroy_keys(place, device)?;
    }
    Ok(true)
}

fn destroy_keys(place: &Place, device: DeviceId) -> Result<(), Trouble> {
    DatabaseKey::destroy(&place.data)?;
    destroy(&signing_key_file(&place.keys, device))?;
    Ok(destroy(&bundle_key_file(&place.keys, device))?)
}
