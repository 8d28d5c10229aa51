//! Making a backup, while the desk goes on working.

use super::{
    BackupError, Broken, DeviceKeys, Kept, Manifest, Shelf, alone,
    check::{check, heads},
    shelf::read,
    snapshot::Snapshot,
};
use crate::{Identity, Replica, ReplicaError, store::DatabaseKey};
use daiban_domain::Instant;
use ed25519_dalek::SigningKey;
use std::path::Path;
use zeroize::Zeroizing;

/// What a backup is made of. Has its own handle to the folder, so that the desk goes on with its.
pub struct Source {
    key: DatabaseKey,
    signing: SigningKey,
    /// An age identity as age spells it.
    bundles: Zeroizing<Vec<u8>>,
    /// To whom the key is sealed where nobody has a password: the county.
    recovery: String,
}

/// A backup that lies in its folder and was put back once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    pub number: u64,
    pub time: Instant,
    /// Of the database.
    pub bytes: u64,
    /// Pieces there are, and those that weren't there yet.
    pub blocks: u64,
    pub written: u64,
    /// Of what was written.
    pub bytes_written: u64,
    /// Older backups that went for it.
    pub removed: usize,
}

impl Replica {
    /// `bundles`: the device's key for bundles, which lies outside the folder as its signing key does.
    pub fn backup_source(&self, bundles: Vec<u8>, recovery: String) -> Result<Source, ReplicaError> {
        let (key, signing, bundles) = (self.key.again()?, self.signing.clone(), Zeroizing::new(bundles));
        Ok(Source { key, signing, bundles, recovery })
    }
}

impl Source {
    /// Makes a backup on a stick or in a folder, and puts it back once to see that it can be; only then it has its name, and
    /// the oldest of more than `keep` go. `go_on` is asked between pieces.
    pub fn back_up(
        &self,
        folder: &Path,
        keep: usize,
        now: Instant,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Made, BackupError> {
        let _alone = alone(self.key.folder())?;
        // What a stick has made of a piece shows when it is read back: it is taken away, and written again.
        for _ in 0..3 {
            match self.attempt(folder, keep, now, go_on)? {
                Ok(made) => return Ok(made),
                Err((shelf, hash, broken)) => {
                    tracing::warn!(%broken, "a piece of an older backup is written again");
                    shelf.drop_block(&hash)?;
                }
            }
        }
        Err(BackupError::Unlike)
    }

    #[expect(clippy::type_complexity, reason = "a piece that is to be written again isn't a failure yet")]
    fn attempt(
        &self,
        folder: &Path,
        keep: usize,
        now: Instant,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Result<Made, (Shelf, [u8; 32], Broken)>, BackupError> {
        let snapshot = Snapshot::take(&self.key)?;
        let identity = Identity::load(snapshot.db())?;
        let then = heads(snapshot.db())?;
        let shelf = Shelf::of(folder, identity.device);
        let (mut blocks, mut new, mut bytes_written) = (Vec::new(), Vec::new(), 0);
        for block in snapshot.blocks() {
            if !go_on() {
                return Err(BackupError::Stopped);
            }
            let block = block?;
            let hash = *blake3::hash(&block).as_bytes();
            if shelf.put(&hash, &block)? {
                new.push(hash);
                bytes_written += block.len() as u64;
            }
            blocks.push(hash);
        }
        let bytes = snapshot.length();
        // From here on the log may be carried over again.
        drop(snapshot);
        shelf.keep_names(&new)?;

        let number = shelf.kept()?.last().map_or(0, |kept| kept.number) + 1;
        let keys = DeviceKeys {
            signing: self.signing.to_bytes(),
            bundles: self.bundles.to_vec(),
            tag: identity.tag,
            spare_tag: identity.spare_tag,
        };
        let made = Made {
            number,
            time: now,
            bytes,
            blocks: blocks.len() as u64,
            written: new.len() as u64,
            bytes_written,
            removed: 0,
        };
        let manifest = Manifest {
            device: identity.device,
            number,
            time: now,
            length: bytes,
            blocks: blocks.concat(),
            slots: self.key.for_backup(&self.recovery)?,
            keys: keys.sealed(&self.key)?,
            key: self.signing.verifying_key().to_bytes(),
        };
        let draft = shelf.draft(&manifest.signed(&self.signing))?;
        // By what lies there, not by what was meant to.
        let lies = Manifest::read(&read(&draft)?).map_err(|_| BackupError::Unlike)?;
        if let Err((hash, broken)) = check(&shelf, &lies, &self.key, then, go_on)? {
            return Ok(Err((shelf, hash, broken)));
        }
        shelf.name(&draft, Kept { number, time: now })?;
        let removed = shelf.thin_out(keep).unwrap_or_else(|error| {
            // The backup stands; what is too much goes with the next.
            tracing::warn!(error = &error as &dyn std::error::Error, "older backups stay");
            0
        });
        tracing::info!(number, bytes, written = made.written, removed, "backed up");
        Ok(Ok(Made { removed, ..made }))
    }
}
