//! The folder of one device's backups: pieces by the hash of their bytes, and a manifest for each backup.

use super::{BackupError, Broken, Manifest, manifest::LARGEST};
use crate::store::key::keep_name;
use daiban_domain::{DeviceId, Instant};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

const PREFIX: &str = "daiban-backup-";
const MANIFEST: &str = "manifest";
/// What is still being written.
const HALF_DONE: &str = "new";

#[derive(Clone, Debug)]
pub struct Shelf(PathBuf);

/// A backup by its file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    pub number: u64,
    pub time: Instant,
}

impl Shelf {
    /// Of a device, on a stick or in a folder.
    pub fn of(folder: &Path, device: DeviceId) -> Self {
        Self(folder.join(format!("{PREFIX}{device}")))
    }

    /// Where somebody says that backups are: the folder itself, or a stick with the backups of one device.
    pub fn find(folder: &Path) -> Result<Self, BackupError> {
        let here = Self(folder.to_owned());
        if !here.kept()?.is_empty() {
            return Ok(here);
        }
        let mut found = None;
        for entry in fs::read_dir(folder).map_err(BackupError::Shelf)? {
            let path = entry.map_err(BackupError::Shelf)?.path();
            let ours =
                path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(PREFIX));
            let shelf = Self(path);
            if ours && !shelf.kept()?.is_empty() && found.replace(shelf).is_some() {
                return Err(BackupError::Several);
            }
        }
        found.ok_or(BackupError::None)
    }

    /// The oldest first; whether they can be used is told by reading them.
    pub fn kept(&self) -> Result<Vec<Kept>, BackupError> {
        let mut kept: Vec<Kept> = names(&self.0)?.iter().filter_map(|path| Kept::read(path)).collect();
        kept.sort();
        Ok(kept)
    }

    pub fn manifest(&self, kept: Kept) -> Result<Manifest, BackupError> {
        Ok(self.signed_manifest(kept)?.0)
    }

    /// With the bytes that were signed.
    pub(super) fn signed_manifest(&self, kept: Kept) -> Result<(Manifest, Vec<u8>), BackupError> {
        let bytes = read(&self.file(kept))?;
        Ok((Manifest::read(&bytes).map_err(|broken| BackupError::Broken(kept, broken))?, bytes))
    }

    fn file(&self, kept: Kept) -> PathBuf {
        self.0.join(format!("{:06}-{}.{MANIFEST}", kept.number, kept.time.0))
    }

    /// Many files in one folder are more than the file system of an older stick takes.
    fn block(&self, hash: &[u8; 32]) -> PathBuf {
        let name = blake3::Hash::from_bytes(*hash).to_hex();
        self.0.join("blocks").join(&name[..2]).join(name.as_str())
    }

    /// Answers whether the piece is new here. One of another length is what a stick made of it that was pulled out.
    pub(super) fn put(&self, hash: &[u8; 32], bytes: &[u8]) -> Result<bool, BackupError> {
        let path = self.block(hash);
        if fs::metadata(&path).is_ok_and(|file| file.len() == bytes.len() as u64) {
            return Ok(false);
        }
        let folder = path.parent().unwrap_or(&self.0);
        if !folder.is_dir() {
            fs::create_dir_all(folder).and_then(|()| keep_name(folder)).map_err(BackupError::Shelf)?;
        }
        write(&path.with_extension(HALF_DONE), &path, bytes)?;
        Ok(true)
    }

    /// A piece, as it lies there now.
    pub(super) fn get(&self, hash: &[u8; 32], length: usize) -> Result<Result<Vec<u8>, Broken>, BackupError> {
        let file = match File::open(self.block(hash)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Err(Broken::Missing)),
            Err(error) => return Err(BackupError::Shelf(error)),
        };
        let mut bytes = Vec::with_capacity(length);
        file.take(length as u64 + 1).read_to_end(&mut bytes).map_err(BackupError::Shelf)?;
        let whole = bytes.len() == length && blake3::hash(&bytes).as_bytes() == hash;
        Ok(if whole { Ok(bytes) } else { Err(Broken::Block) })
    }

    /// Takes away a piece that isn't what its name says, so that the next backup writes it again.
    pub(super) fn drop_block(&self, hash: &[u8; 32]) -> Result<(), BackupError> {
        remove(&self.block(hash))
    }

    /// Writes a manifest that has no name yet.
    pub(super) fn draft(&self, manifest: &[u8]) -> Result<PathBuf, BackupError> {
        let path = self.0.join(format!("{MANIFEST}.{HALF_DONE}"));
        let mut file = File::create(&path).map_err(BackupError::Shelf)?;
        file.write_all(manifest).and_then(|()| file.sync_all()).map_err(BackupError::Shelf)?;
        Ok(path)
    }

    /// Its name makes it a backup.
    pub(super) fn name(&self, draft: &Path, kept: Kept) -> Result<(), BackupError> {
        let path = self.file(kept);
        fs::rename(draft, &path).and_then(|()| keep_name(&path)).map_err(BackupError::Shelf)
    }

    /// Makes durable that the pieces have their names.
    pub(super) fn keep_names(&self, hashes: &[[u8; 32]]) -> Result<(), BackupError> {
        let folders: BTreeSet<u8> = hashes.iter().map(|hash| hash[0]).collect();
        let one_of_each = folders.iter().filter_map(|first| hashes.iter().find(|hash| hash[0] == *first));
        one_of_each
            .map(|hash| self.block(hash))
            .try_for_each(|path| keep_name(&path))
            .map_err(BackupError::Shelf)
    }

    /// Removes the oldest backups until `keep` are left, and then the pieces that none names any more; answers how many
    /// backups went.
    pub(super) fn thin_out(&self, keep: usize) -> Result<usize, BackupError> {
        let kept = self.kept()?;
        let (old, left) = kept.split_at(kept.len().saturating_sub(keep.max(1)));
        for kept in old {
            remove(&self.file(*kept))?;
        }
        let mut named = BTreeSet::new();
        for kept in left {
            match self.manifest(*kept) {
                Ok(manifest) => named.extend(manifest.blocks().copied()),
                // Which pieces it needs can't be told: all stay until it has gone itself.
                Err(BackupError::Broken(..)) => return Ok(old.len()),
                Err(error) => return Err(error),
            }
        }
        for folder in names(&self.0.join("blocks"))? {
            for path in names(&folder)? {
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                let hash = blake3::Hash::from_hex(name).ok();
                if hash.is_none_or(|hash| !named.contains(hash.as_bytes())) {
                    remove(&path)?;
                }
            }
        }
        Ok(old.len())
    }
}

impl Kept {
    fn read(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_suffix(MANIFEST)?.strip_suffix('.')?;
        let (number, time) = name.split_once('-')?;
        Some(Self { number: number.parse().ok()?, time: Instant(time.parse().ok()?) })
    }
}

/// A manifest's bytes; of one that is too long for any as many as would be too many.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, BackupError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(BackupError::Shelf)?;
    file.take(LARGEST).read_to_end(&mut bytes).map_err(BackupError::Shelf)?;
    Ok(bytes)
}

/// Durable before it has its name.
fn write(half_done: &Path, path: &Path, bytes: &[u8]) -> Result<(), BackupError> {
    let written = || -> io::Result<()> {
        let mut file = File::create(half_done)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(half_done, path)
    };
    written().map_err(|error| {
        // Half a piece would only take up what room is left.
        let _ = fs::remove_file(half_done);
        BackupError::Shelf(error)
    })
}

fn remove(path: &Path) -> Result<(), BackupError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(BackupError::Shelf(error)),
        _ => Ok(()),
    }
}

/// What is in a folder; nothing in one that isn't there.
fn names(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(BackupError::Shelf(error)),
    };
    let paths: Result<Vec<PathBuf>, io::Error> = entries.map(|entry| Ok(entry?.path())).collect();
    paths.map_err(BackupError::Shelf)
}
