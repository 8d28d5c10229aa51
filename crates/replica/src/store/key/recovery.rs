//! A forgotten password. The desk asks with what its county's slot holds; the county opens it and seals it to a key that the
//! desk has drawn for the purpose. Neither file opens anything by itself, and neither names anybody.

use super::{DatabaseKey, Hold, KeyFile, read, seal::Pair, seal::seal_to};
use crate::ReplicaError;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a desk brings to the county, or brings back from there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// To whom the answer is to be sealed.
    recipient: String,
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What to bring to the county, for whoever holds the secret half of a pair. `None` of a folder whose key isn't sealed to it.
pub fn ask(folder: &Path, pair: &Pair) -> Result<Option<Recovery>, ReplicaError> {
    let KeyFile::Slots(slots) = read(folder)? else { return Ok(None) };
    let Some((key, next)) = slots.recovery() else { return Ok(None) };
    Ok(Some(Recovery { recipient: pair.recipient(), key: key.to_owned(), next: next.map(str::to_owned) }))
}

impl Recovery {
    /// The county's answer. `county`: its key, as age spells it.
    pub fn answer(&self, county: &str) -> Result<Self, ReplicaError> {
        let county = Pair::read(county.as_bytes())?;
        let reseal = |sealed: &String| seal_to(&self.recipient, &county.open(sealed)?);
        let (key, next) = (reseal(&self.key)?, self.next.as_ref().map(reseal).transpose()?);
        Ok(Self { recipient: self.recipient.clone(), key, next })
    }

    /// Opens the database of a folder with the answer.
    pub fn open(&self, folder: &Path, pair: &Pair) -> Result<DatabaseKey, ReplicaError> {
        let hold = Hold::shared(folder)?;
        let next = self.next.as_deref().map(|next| pair.open(next)).transpose()?;
        Ok(DatabaseKey { folder: folder.to_owned(), secret: pair.open(&self.key)?, next, person: None, hold })
    }
}
