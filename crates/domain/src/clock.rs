//! Time as a value. Nobody below the program's edges reads a clock; an [`Instant`] is handed in.

use jiff::{Timestamp, civil::Date, tz::Offset};
use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The one zone of the law and of every screen and form: UTC+8, no summer time.
pub const SHANGHAI: Offset = Offset::constant(8);

/// A moment: milliseconds since 1970-01-01T00:00Z. Written as RFC 3339 with +08:00.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Instant(pub i64);

/// A text that is not an RFC 3339 time.
#[derive(Debug, Clone, thiserror::Error)]
#[error("not a time (RFC 3339 expected): {0:?}")]
pub struct BadInstant(pub String);

impl Instant {
    /// The calendar day in China.
    pub fn date(self) -> Date {
        SHANGHAI.to_datetime(self.timestamp()).date()
    }

    /// 00:00 in China, when a day of the law begins.
    pub fn start_of(day: Date) -> Self {
        let start = day.to_datetime(jiff::civil::Time::midnight());
        Self(SHANGHAI.to_timestamp(start).map_or(i64::MAX, |timestamp| timestamp.as_millisecond()))
    }

    /// 24:00 in China, when a day of the law ends.
    pub fn end_of(day: Date) -> Self {
        Self::start_of(day.saturating_add(jiff::Span::new().days(1)))
    }

    /// Hour and minute in China, as `HH:MM`.
    pub fn time_of_day(self) -> String {
        SHANGHAI.to_datetime(self.timestamp()).strftime("%H:%M").to_string()
    }

    /// Whether the clock that said so was more than five minutes off: it spoke before the hub's time that it had already
    /// heard of (`anchor`, 0 for none), or after that of the first receipt.
    pub fn doubtful(self, anchor: Self, receipt: Option<Self>) -> bool {
        let early = self.0 < anchor.0.saturating_sub(Hlc::MAX_DRIFT_MS);
        early || receipt.is_some_and(|receipt| self.0 > receipt.0.saturating_add(Hlc::MAX_DRIFT_MS))
    }

    fn timestamp(self) -> Timestamp {
        // What a broken clock may hold beyond the year 9999 is shown as the end of time.
        Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.timestamp().display_with_offset(SHANGHAI))
    }
}

impl FromStr for Instant {
    type Err = BadInstant;

    fn from_str(text: &str) -> Result<Self, BadInstant> {
        let timestamp: Timestamp = text.parse().map_err(|_| BadInstant(text.to_owned()))?;
        Ok(Self(timestamp.as_millisecond()))
    }
}

impl Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A hybrid logical clock: 48 bits of milliseconds, 16 bits of counter. It breaks ties and shows the later of two
/// edits; it never decides authority or a deadline.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    CborLen,
    Serialize,
    Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Hlc(pub u64);

impl Hlc {
    /// Five minutes: how far a device's clock may be off before anyone is told, and how far a received stamp may pull another
    /// ahead of the hub's time.
    pub const MAX_DRIFT_MS: i64 = 5 * 60 * 1000;

    /// The clock at a moment, with its counter at zero.
    pub fn at(now: Instant) -> Self {
        Self((now.0.max(0) as u64) << 16)
    }

    /// The next stamp of a clock that stood here: later than every stamp it has given or taken.
    pub fn tick(self, now: Instant) -> Self {
        Self(self.0 + 1).max(Self::at(now))
    }

    /// Takes a received stamp into account, but not beyond the latest hub-signed time + 5 minutes: one clock in the year 2099
    /// must not drag the others along, not even step by step.
    pub fn observe(self, received: Self, anchor: Instant) -> Self {
        if received.0 >> 16 > anchor.0.saturating_add(Self::MAX_DRIFT_MS).max(0) as u64 {
            self
        } else {
            self.max(received)
        }
    }

    /// The milliseconds of the stamp.
    pub fn instant(self) -> Instant {
        Instant((self.0 >> 16) as i64)
    }
}
