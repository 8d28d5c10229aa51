//! Key files under passwords, as they lie in a folder that somebody else may have had.

use daiban_exchange::sealed::PasswordSealed;
use daiban_replica::store::{
    DatabaseKey,
    key::{self, Login, NewUser, seal::Pair},
};
use serde_json::{Value, json};
use std::{fs, path::Path};

const PASSWORD: &str = "杏花开了去赶集";

/// More than this only takes time: a password is stretched so on purpose.
const COST_MAX: u64 = 1 << 12;

/// A desk's key file, or something sealed alone: opened with the right password, whoever's it is.
pub fn sealed(bytes: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return };
    if dear(&value) {
        return;
    }
    if let Ok(sealed) = serde_json::from_slice::<PasswordSealed>(bytes) {
        sealed.open(PASSWORD).ok();
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("database.key"), bytes).expect("a file");
    let users = key::users(folder.path()).unwrap_or_default();
    for person in users.iter().map(|user| Some(user.person)).chain([None]).take(3) {
        DatabaseKey::load(folder.path(), Some(Login { person, password: PASSWORD })).ok();
    }
    key::password_set(folder.path()).ok();
    key::destroy(&folder.path().join("database.key")).expect("it was there");
}

/// Whether opening any of it would take long: what is asked for is within the bounds, or it would be refused at once.
fn dear(value: &Value) -> bool {
    let number = |name: &str| value.get(name).and_then(Value::as_u64).unwrap_or_default();
    let (memory, passes) = (number("memory_kib"), number("passes"));
    let within = memory <= 128 * 1024 && passes <= 64;
    within && memory * passes > COST_MAX
        || match value {
            Value::Array(parts) => parts.iter().any(dear),
            Value::Object(parts) => parts.values().any(dear),
            _ => false,
        }
}

/// What the corpus of [`sealed`] begins with: what a desk has written, and files that ask for more than there is.
pub fn sealings() -> Vec<Vec<u8>> {
    let cheap = daiban_exchange::sealed::Cost { memory_kib: 8, passes: 1, lanes: 1 };
    let folder = tempfile::tempdir().expect("a folder");
    let written = |folder: &Path| fs::read(folder.join("database.key")).expect("a key file");
    let user = NewUser {
        person: daiban_domain::PersonId([1; 8]),
        name: "李秀兰",
        password: PASSWORD,
        pair: &Pair::draw(),
    };
    let recovery = super::recipient();
    DatabaseKey::create(folder.path(), None, &recovery, || Ok(cheap)).expect("a key");
    let open = written(folder.path());
    DatabaseKey::create(folder.path(), Some(user), &recovery, || Ok(cheap)).expect("a key");
    let slots = written(folder.path());
    let alone = PasswordSealed::seal(&[7; 32], PASSWORD, cheap).expect("a seal");
    let alone = serde_json::to_value(alone).expect("JSON");
    let asking = |name: &str, much: u64| {
        let mut hostile = alone.clone();
        hostile[name] = json!(much);
        json!({ "sealed": hostile }).to_string().into_bytes()
    };
    vec![
        open,
        slots,
        alone.to_string().into_bytes(),
        json!({ "sealed": alone }).to_string().into_bytes(),
        asking("memory_kib", u32::MAX.into()),
        asking("passes", u32::MAX.into()),
        asking("lanes", (1 << 24) - 1),
        asking("memory_kib", 0),
    ]
}
