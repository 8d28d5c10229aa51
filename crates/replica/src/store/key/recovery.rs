//! A forgotten password. The desk asks with what its county's slot holds; the county opens it and seals it to a key that the
//! desk has drawn for the purpose. Neither file opens anything by itself, and neither names anybody.

use super::{
    DatabaseKey, Hold, KeyFile, read,
    seal::{Pair, hex, seal_to, unhex},
};
use crate::ReplicaError;
use daiban_domain::PersonId;
use daiban_exchange::person::AnotherKey;
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
    /// With which whoever has forgotten signs from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signs: Option<Signs>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Signs {
    key: String,
    /// The hub's signature for it, in the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vouched: Option<String>,
}

/// What to bring to the county, for whoever holds the secret half of a pair. `None` of a folder whose key isn't sealed to it.
pub fn ask(folder: &Path, pair: &Pair) -> Result<Option<Recovery>, ReplicaError> {
    let KeyFile::Slots(slots) = read(folder)? else { return Ok(None) };
    let Some((key, next)) = slots.recovery() else { return Ok(None) };
    let signs = Some(Signs { key: hex(pair.signing().verifying_key().as_bytes()), vouched: None });
    let (key, next) = (key.to_owned(), next.map(str::to_owned));
    Ok(Some(Recovery { recipient: pair.recipient(), key, next, signs }))
}

impl Recovery {
    /// The county's answer. `county`: its key, as age spells it; `vouch` signs for another one.
    pub fn answer(
        &self,
        county: &str,
        vouch: impl FnOnce(&[u8; 32]) -> [u8; 64],
    ) -> Result<Self, ReplicaError> {
        let county = Pair::read(county.as_bytes())?;
        let reseal = |sealed: &String| seal_to(&self.recipient, &county.open(sealed)?);
        let (key, next) = (reseal(&self.key)?, self.next.as_ref().map(reseal).transpose()?);
        let mut signs = self.signs.clone();
        if let Some(Signs { key, vouched }) = &mut signs {
            *vouched = Some(hex(&vouch(&bytes(key)?)));
        }
        Ok(Self { recipient: self.recipient.clone(), key, next, signs })
    }

    /// The key that the county has signed for, as that of the one who has forgotten.
    pub fn vouched(&self, person: PersonId) -> Result<Option<AnotherKey>, ReplicaError> {
        match &self.signs {
            Some(Signs { key, vouched: Some(signature) }) => {
                Ok(Some(AnotherKey { person, key: bytes(key)?, signature: bytes(signature)? }))
            }
            _ => Ok(None),
        }
    }

    /// Opens the database of a folder with the answer.
    pub fn open(&self, folder: &Path, pair: &Pair) -> Result<DatabaseKey, ReplicaError> {
        let hold = Hold::shared(folder)?;
        let next = self.next.as_deref().map(|next| pair.open(next)).transpose()?;
        let secret = pair.open(&self.key)?;
        Ok(DatabaseKey { folder: folder.to_owned(), secret, next, person: None, pair: None, hold })
    }
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], ReplicaError> {
    unhex(text)?.as_slice().try_into().map_err(|_| ReplicaError::KeyFile)
}
