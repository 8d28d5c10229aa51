//! The device's own keys beside its data: sealed with what the database holds.

use daiban_contract::Code;
use daiban_desk::{Desk, Place};
use daiban_testkit::{County, county::open_replica, files, holds};
use std::{
    fs,
    path::{Path, PathBuf},
};

fn key_files(keys: &Path, device: &str) -> [PathBuf; 2] {
    [keys.join(format!("{device}.signing")), keys.join(format!("{device}.age"))]
}

fn open(county: &County) -> Result<Desk, Code> {
    let place = Place { data: county.path("village"), keys: county.path("keys"), user: None, password: None };
    Desk::open(place).map_err(|failure| failure.code)
}

#[tokio::test]
async fn the_folder_of_keys_alone_signs_and_opens_nothing() {
    let county = County::new().await;
    let keys = county.path("keys");
    let signing = open_replica(&county.path("village"), &keys).signing_key().to_bytes();
    for file in files(&keys) {
        assert!(!holds(&file, &[signing.to_vec()]), "{}", file.display());
        assert!(!holds(&file, &[b"AGE-SECRET-KEY".to_vec()]), "{}", file.display());
    }
    // Nor does another desk's database open them.
    let replica = open_replica(&county.path("village"), &keys);
    let device = replica.identity().device.to_string();
    let other = open_replica(&county.path("township"), &keys);
    for file in key_files(&keys, &device) {
        assert!(replica.key_seal().read(&file).is_ok());
        assert!(other.key_seal().read(&file).is_err());
    }
}

#[tokio::test]
async fn keys_that_lay_open_are_sealed_when_the_desk_opens_and_strange_ones_are_told() {
    let county = County::new().await;
    let keys = county.path("keys");
    let replica = open_replica(&county.path("village"), &keys);
    let (device, own) = (replica.identity().device.to_string(), replica.signing_key().to_bytes());
    drop(replica);
    let [signing, _] = key_files(&keys, &device);
    fs::write(&signing, own).unwrap();
    open(&county).unwrap();
    assert!(!holds(&signing, &[own.to_vec()]), "it lies open still");
    let sealed = fs::read(&signing).unwrap();
    open(&county).unwrap();
    assert_eq!(fs::read(&signing).unwrap(), sealed, "what is sealed stays as it is");
    // Of another database, cut short, altered.
    let other = open_replica(&county.path("township"), &keys);
    other.key_seal().write(&signing, &own).unwrap();
    assert_eq!(open(&county).err(), Some(Code::KeyMissing));
    let mut altered = sealed.clone();
    *altered.last_mut().unwrap() ^= 1;
    for broken in [&sealed[..sealed.len() - 1], &altered[..]] {
        fs::write(&signing, broken).unwrap();
        assert_eq!(open(&county).err(), Some(Code::KeyMissing));
        assert_eq!(fs::read(&signing).unwrap(), broken, "nothing is written over it");
    }
    fs::write(&signing, &sealed).unwrap();
    open(&county).unwrap();
}
