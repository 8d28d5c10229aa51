//! Names that machines give to things. They are made from random bytes and the time handed in, and none is derived from
//! personal data; an attachment alone is named by what it is.

use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A text that is not an id of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: {0:?}")]
pub struct BadId(pub String);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(with = "minicbor::bytes")] pub [u8; $len]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let bad = || BadId(text.to_owned());
                if text.len() != 2 * $len || !text.is_ascii() {
                    return Err(bad());
                }
                let mut bytes = [0; $len];
                for (i, byte) in bytes.iter_mut().enumerate() {
                    *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| bad())?;
                }
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id! {
    /// A device, given to it by the hub when it enrols.
    DeviceId, 8
}
id! {
    /// A user of the system (agent, clerk); who it is stands in the enrolment, not here.
    PersonId, 8
}
id! {
    /// A replicated document: a case, a resident, an item, a unit … A UUIDv7.
    DocumentId, 16
}
id! {
    /// One event of a case: random, unique within its document.
    EventId, 8
}
id! {
    /// BLAKE3 of an attachment's bytes: its name everywhere.
    ContentHash, 32
}

impl DocumentId {
    /// A UUIDv7 of the given time (ms since 1970) and ten random bytes.
    pub fn new(ms: i64, random: [u8; 10]) -> Self {
        Self(*uuid::Builder::from_unix_timestamp_millis(ms.max(0) as u64, &random).as_uuid().as_bytes())
    }
}
