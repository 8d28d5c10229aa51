//! The support bundle: what a technician needs to know of a desk, also of one that is locked or doesn't open; nothing of anybody.

use crate::{Desk, Place, Trouble, ask::sync, relay};
use daiban_contract::{Code, Failure, act::SaveSupport, view::SupportSaved};
use daiban_domain::{Instant, RULES_VERSION};
use daiban_exchange::wire;
use daiban_replica::{
    Replica,
    store::key::{self, write},
};
use daiban_support::log;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

impl Desk {
    pub fn save_support(&self, request: SaveSupport, now: Instant) -> Result<SupportSaved, Trouble> {
        let held = match self.replica().as_mut() {
            Some(replica) => held(replica, &self.serving(), now).unwrap_or_else(untold),
            None => json!({ "closed": self.enrolled().err().map_or(Code::Locked, |trouble| trouble.code()) }),
        };
        save(&self.place, held, request, now)
    }
}

/// The same of a folder that doesn't open as a desk.
pub fn save_support(
    place: &Place,
    why: &Failure,
    request: SaveSupport,
    now: Instant,
) -> Result<SupportSaved, Failure> {
    Ok(save(place, json!({ "closed": why.code }), request, now)?)
}

fn save(place: &Place, held: Value, request: SaveSupport, now: Instant) -> Result<SupportSaved, Trouble> {
    let report = json!({
        "made": now,
        "program": env!("CARGO_PKG_VERSION"),
        "protocol": [wire::PROTOCOL_MIN, wire::PROTOCOL_MAX],
        "rules": RULES_VERSION,
        "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        "desk": held,
        // How many have a password; none where the key lies open.
        "users": key::users(&place.data).map(|users| users.len()).ok(),
        "bytes": sizes(&place.data),
    });
    let packed = daiban_support::pack(&report, &log::folder(&place.data)).map_err(Trouble::file)?;
    let name = format!("support-{}.zip", now.0);
    let file = match request.file.map(PathBuf::from) {
        Some(folder) if folder.is_dir() => folder.join(name),
        Some(file) => file,
        None => {
            let folder = place.data.join("support");
            fs::create_dir_all(&folder).map_err(Trouble::file)?;
            folder.join(name)
        }
    };
    write(&file, &packed)?;
    Ok(SupportSaved { file: file.display().to_string(), bytes: packed.len() as u64 })
}

fn held(replica: &Replica, serving: &relay::Serving, now: Instant) -> Result<Value, Trouble> {
    let identity = replica.identity();
    let sync = sync::view(replica, serving, now)?;
    let inventory = replica.inventory()?;
    Ok(json!({
        "county": identity.county,
        "unit": identity.unit,
        "device": identity.device,
        "incarnation": identity.incarnation.0,
        "tag": identity.tag,
        "hub": identity.hub,
        "certified": identity.certificate.is_some(),
        "revoked": replica.revoked()?.is_some(),
        "pending": sync.pending,
        "lastReceipt": sync.last_receipt,
        "townshipWord": sync.township_word,
        "countyBackup": sync.county_backup,
        // What was told then is a sentence for a person.
        "lastFailure": sync.last_failure.map(|failure| failure.at),
        "clockOffMinutes": sync.clock_off.map(|off| off.minutes),
        "attachmentsWaiting": sync.attachments_waiting,
        "attachmentsMissing": sync.attachments_missing,
        "inventory": inventory,
    }))
}

/// A database that can't be read is the very thing to be told.
fn untold(trouble: Trouble) -> Value {
    let failure = Failure::from(trouble);
    json!({ "closed": failure.code })
}

/// Of what lies in the data folder, by names that this program gives; folders with all that is in them.
fn sizes(data: &Path) -> Value {
    const NAMES: [&str; 8] =
        ["daiban.db", "daiban.db-wal", "database.key", "bundles", "enrolling", "fonts", "forms", "log"];
    NAMES
        .iter()
        .map(|name| ((*name).to_owned(), json!(size(&data.join(name)))))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn size(path: &Path) -> Option<u64> {
    let metadata = fs::symlink_metadata(path).ok()?;
    if !metadata.is_dir() {
        return Some(metadata.len());
    }
    let entries = fs::read_dir(path).ok()?;
    Some(entries.filter_map(|entry| size(&entry.ok()?.path())).sum())
}
