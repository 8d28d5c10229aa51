//! What the county says when a year is over: how far every unit's `work` of that year went. Whoever holds exactly that, and
//! knows the county to hold it durably, may let it go.

use crate::{Partition, Vector};
use daiban_domain::UnitCode;
use minicbor::{Decode, Encode, bytes::ByteArray};

/// The body of a [`crate::kind::CLOSURE`] entry. A later one says what has changed since.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Closure {
    #[n(0)]
    pub year: u16,
    /// By unit the root of its `work` of the year, see [`Vector::partition_root`].
    #[n(1)]
    pub roots: Vec<(UnitCode, ByteArray<32>)>,
}

/// The roots of a year's `work`, by unit.
pub fn roots(held: &Vector, year: u16) -> Vec<(UnitCode, ByteArray<32>)> {
    let work = |unit| Partition { unit, kind: crate::PartitionKind::Work, period: year };
    let partitions = held.partitions().into_iter().filter(|partition| *partition == work(partition.unit));
    partitions.map(|partition| (partition.unit, held.partition_root(partition).into())).collect()
}
