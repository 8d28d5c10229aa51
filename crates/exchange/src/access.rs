//! A record of access: who read what is masked, and let what out. It only informs: nothing follows from it.

use minicbor::{Decode, Encode};

/// The body of a [`crate::kind::ACCESS`] entry, in the audit partition of the device's unit. It names no person but the one who
/// acted, in its header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Access {
    /// A `daiban_domain::access::What`, or a newer program's.
    #[n(0)]
    pub what: String,
    /// The number of a case or a matter, the code of a unit, the number of a device.
    #[n(1)]
    pub about: String,
    /// The field that was read, e.g. `applicant.idNo`; the form that was printed; the beginning of a photo's hash.
    #[n(2)]
    pub part: String,
    /// How many people or cases it tells of, where it is a list.
    #[n(3)]
    pub rows: u64,
    #[n(4)]
    pub reason: String,
}
