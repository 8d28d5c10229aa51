//! The unit of replication, access and scale: (organisational unit, kind, period).

use daiban_domain::UnitCode;
use minicbor::{CborLen, Decode, Encode};
use std::{fmt, str::FromStr};

/// What a partition holds, and so who reads and writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(index_only)]
pub enum PartitionKind {
    /// Cases by registration year; read and written by the unit and its ancestors.
    #[n(0)]
    Work,
    /// Residents; likewise.
    #[n(1)]
    Register,
    /// Remarks and cross-village links; the unit and above.
    #[n(2)]
    Internal,
    /// Who read and let out what; the unit and above.
    #[n(3)]
    Audit,
    /// Written by the unit, read by its descendants.
    #[n(4)]
    Public,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(array)]
pub struct Partition {
    #[n(0)]
    pub unit: UnitCode,
    #[n(1)]
    pub kind: PartitionKind,
    /// The registration year of `work`, 0 where the kind has no period.
    #[n(2)]
    pub period: u16,
}

impl Partition {
    pub fn work(unit: UnitCode, year: i16) -> Self {
        Self { unit, kind: PartitionKind::Work, period: year.max(0) as u16 }
    }

    pub fn register(unit: UnitCode) -> Self {
        Self { unit, kind: PartitionKind::Register, period: 0 }
    }

    pub fn internal(unit: UnitCode) -> Self {
        Self { unit, kind: PartitionKind::Internal, period: 0 }
    }

    pub fn audit(unit: UnitCode) -> Self {
        Self { unit, kind: PartitionKind::Audit, period: 0 }
    }

    pub fn public(unit: UnitCode) -> Self {
        Self { unit, kind: PartitionKind::Public, period: 0 }
    }

    /// Whether devices of a unit hold this partition.
    pub fn readable_by(self, reader: UnitCode) -> bool {
        match self.kind {
            PartitionKind::Public => self.unit.covers(reader) || reader.covers(self.unit),
            _ => reader.covers(self.unit),
        }
    }

    /// Whether devices of a unit may author entries here. Carrying others' entries needs no such right.
    pub fn writable_by(self, author: UnitCode) -> bool {
        match self.kind {
            PartitionKind::Public => author == self.unit,
            _ => author.covers(self.unit),
        }
    }
}

impl PartitionKind {
    pub const ALL: [Self; 5] = [Self::Work, Self::Register, Self::Internal, Self::Audit, Self::Public];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Register => "register",
            Self::Internal => "internal",
            Self::Audit => "audit",
            Self::Public => "public",
        }
    }
}

/// `621099100200/work/2026`
impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.unit, self.kind.as_str())?;
        if self.period == 0 { Ok(()) } else { write!(f, "/{}", self.period) }
    }
}

impl fmt::Debug for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that names no partition.
#[derive(Debug, Clone, thiserror::Error)]
#[error("not a partition: {0:?}")]
pub struct BadPartition(pub String);

impl FromStr for Partition {
    type Err = BadPartition;

    fn from_str(text: &str) -> Result<Self, BadPartition> {
        let bad = || BadPartition(text.to_owned());
        let mut parts = text.split('/');
        let unit = parts.next().and_then(|part| part.parse().ok()).ok_or_else(bad)?;
        let kind = parts
            .next()
            .and_then(|part| PartitionKind::ALL.into_iter().find(|kind| kind.as_str() == part))
            .ok_or_else(bad)?;
        let period = parts.next().map_or(Ok(0), |part| part.parse().map_err(|_| bad()))?;
        if parts.next().is_some() {
            return Err(bad());
        }
        Ok(Self { unit, kind, period })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_reads_below_itself_and_the_public_above() {
        let unit = |code: &str| code.parse::<UnitCode>().unwrap();
        let (county, township, village, other) =
            (unit("621099000000"), unit("621099100000"), unit("621099100200"), unit("621099100201"));
        let table = [
            (Partition::work(village, 2026), village, true, true),
            (Partition::work(village, 2026), township, true, true),
            (Partition::work(village, 2026), county, true, true),
            (Partition::work(village, 2026), other, false, false),
            (Partition::work(township, 2026), village, false, false),
            (Partition::public(county), village, true, false),
            (Partition::public(county), county, true, true),
            (Partition::public(other), village, false, false),
            (Partition::register(village), township, true, true),
            (Partition::internal(township), village, false, false),
            (Partition::audit(village), county, true, true),
            (Partition::audit(township), village, false, false),
            (Partition::internal(township), county, true, true),
        ];
        for (partition, reader, reads, writes) in table {
            assert_eq!(partition.readable_by(reader), reads, "{reader} reads {partition}");
            assert_eq!(partition.writable_by(reader), writes, "{reader} writes {partition}");
            assert_eq!(partition.to_string().parse::<Partition>().unwrap(), partition);
        }
    }
}
