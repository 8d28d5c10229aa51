//! One exchange: a question with what the holder lacks, an answer with what the asker lacks. Stateless and idempotent at
//! the holder's side: repeating either changes nothing. No input or output happens here: whoever asks drives a [`Call`] with
//! what became of its questions and does what it says next, over HTTP or in a test's network.

mod answer;
mod ask;
mod take;

pub use answer::{Holder, Visit, answer};
pub use ask::{Asker, Call, Effect, Event, Failed, Last, Tally};
pub use take::{Taken, common, missing, take};

use crate::{FeedId, Page, Receipt, State, Vector, bundle::Carried, certificate::Chain, run::Refusal};
use daiban_domain::{DeviceId, Instant, UnitCode};
use minicbor::{Decode, Encode};

/// What an asker sends.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Question {
    /// The newest protocol the asker speaks.
    #[n(0)]
    pub protocol: u16,
    #[n(1)]
    pub county: UnitCode,
    /// The state of the hub that the asker heard of last. With it, `vector` only lists what differs from what the hub held
    /// then.
    #[n(2)]
    pub since: Option<State>,
    /// All that the asker holds.
    #[n(3)]
    pub vector: Vector,
    #[n(4)]
    pub page: Page,
    /// The hub's last receipt and the root that it signed for, where the hub no longer knows that state: it shows a hub
    /// that was restored from a backup how far it had come.
    #[n(5)]
    pub shown: Option<Shown>,
    /// About how many bytes of entries the asker's line can take in one answer; [`crate::wire::PAGE`] if it doesn't say.
    #[n(6)]
    pub room: Option<u32>,
    /// The answer's page must not refer to anything outside itself: the asker could not read the last one, for it holds
    /// only stubs of an erased document, or nothing but heads of a closed year.
    #[cbor(n(7), skip_if = "std::ops::Not::not")]
    pub alone: bool,
    /// The asker's clock, so that the holder can say how far it is off.
    #[n(8)]
    pub clock: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Shown {
    #[n(0)]
    pub receipt: Receipt,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub root: [u8; 32],
}

/// What the holder answers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Answer {
    /// All that is held of what the asker may read, after storing the question's runs; what moved of it since the
    /// state that the question names, if it names one.
    #[n(0)]
    pub vector: Vector,
    #[n(1)]
    pub page: Page,
    #[n(2)]
    pub receipt: Receipt,
    #[cbor(n(3), decode_with = "crate::wire::few")]
    pub refused: Vec<(FeedId, Refusal)>,
    /// From a relay: the county's word, as far as it has heard it.
    #[n(4)]
    pub carried: Option<Carried>,
    /// From the hub, for the asker to show on the line from now on.
    #[n(5)]
    pub certificate: Option<Chain>,
}

/// One side of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    pub county: UnitCode,
    /// Reads what this unit reads.
    pub unit: UnitCode,
    pub device: DeviceId,
}
