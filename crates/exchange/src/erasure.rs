//! An order to erase a document: wherever its entries are held or will arrive, only stubs of them stay.

use crate::{FeedId, Partition, PartitionKind};
use daiban_domain::{ContentHash, DocumentId, Instant};
use minicbor::{Decode, Encode};

/// The body of a [`crate::kind::ERASURE`] entry. The whole county reads it: nothing in it says whose data it was.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Erasure {
    #[n(0)]
    pub partition: Partition,
    #[n(1)]
    pub document: DocumentId,
    /// A [`daiban_domain::erasure::Ground`], or a newer program's.
    #[n(2)]
    pub ground: String,
    #[n(3)]
    pub at: Instant,
    /// A case's number, so that whoever holds a paper with it can be told; empty for what has none.
    #[n(4)]
    pub label: String,
    /// Photos and scans that nothing else refers to: their bytes go with it.
    #[n(5)]
    pub attachments: Option<Vec<ContentHash>>,
}

impl Erasure {
    /// The order in an entry's body, if it is one to be obeyed: given in the county's public partition, about cases,
    /// residents or remarks of that county. What the county publishes is corrected, not erased.
    pub fn read(feed: &FeedId, body: &[u8]) -> Option<Self> {
        let order: Self = minicbor::decode(body).ok()?;
        let county = feed.partition.unit.county();
        let personal = matches!(
            order.partition.kind,
            PartitionKind::Work | PartitionKind::Register | PartitionKind::Internal
        );
        let obeyed = feed.partition == Partition::public(county)
            && order.partition.unit.county() == county
            && personal;
        obeyed.then_some(order)
    }
}
