//! Feeds of entries, and moving them between replicas. Knows no case.
//!
//! A device writes each partition through a feed of its own: an append-only, hash-chained run of entries with signed
//! checkpoints ([`feed`]). Two sides compare vectors ([`vector`]) and send each other the missing suffixes
//! ([`engine`]); what the holder signs for is a [`receipt`]. The engine does no input or output: HTTP ([`client`], and
//! the hub's routes) and whatever else carries bytes stand around it.

pub mod access;
pub mod attachment;
pub mod bundle;
pub mod certificate;
pub mod change;
pub mod client;
pub mod closure;
mod column;
pub mod core_dump;
pub mod engine;
pub mod enrolment;
pub mod entry;
pub mod erasure;
pub mod feed;
pub mod key;
pub mod log;
pub mod mark;
pub mod page;
pub mod partition;
pub mod person;
pub mod receipt;
pub mod referent;
pub mod request;
pub mod rest;
pub mod revocation;
pub mod run;
pub mod sealed;
pub mod tls;
pub mod vector;
pub mod verdict;
pub mod wire;

pub use entry::{Entry, Header, kind};
pub use feed::{Branch, Checkpoint, FeedId, Head, Incarnation};
pub use log::{Author, Log};
pub use page::Page;
pub use partition::{Partition, PartitionKind};
pub use receipt::{Backup, Receipt, State};
pub use referent::{Referent, Referents};
pub use run::Run;
pub use vector::Vector;

#[cfg(test)]
mod tests;
