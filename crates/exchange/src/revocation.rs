//! Taking a device's word away, or somebody's roles: both name the last entry of each feed that still counts as before. What a
//! revoked device wrote afterwards is held like everything else, without effect, until somebody has reviewed it.

use crate::{FeedId, PartitionKind, Vector, verdict::Spoken};
use daiban_domain::{DeviceId, Level, PersonId, UnitCode};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// The body of a [`crate::kind::REVOCATION`] entry, in the public partition of the unit that revokes. Everybody below it
/// reads it, and whoever carries it along: nothing in it is personal.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Revocation {
    #[n(0)]
    pub device: DeviceId,
    /// The last entry of each feed that counts; of a feed that isn't named none does.
    #[n(1)]
    pub accepted: Vector,
    /// A [`daiban_domain::revocation::Ground`], or a newer program's.
    #[n(2)]
    pub ground: String,
}

/// The body of a [`crate::kind::REVIEW`] entry, in the partition of what it speaks of: whether entries that a revocation
/// keeps from counting count after all. One word that they do is enough.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Review {
    #[cbor(n(0), decode_with = "crate::wire::few")]
    pub on: Vec<Spoken>,
    #[n(1)]
    pub accepted: bool,
}

/// The body of a [`crate::kind::ROLES`] entry, in the public partition of the unit that says so: the roles that somebody has from
/// now on. What they wrote before is named by entries and not by a time, so that no clock gives a role back.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct RoleChange {
    #[n(0)]
    pub person: PersonId,
    /// Role identifiers; empty for somebody who has left.
    #[cbor(n(1), decode_with = "crate::wire::few")]
    pub roles: Vec<String>,
    /// The heads of the feeds in which they may have written before; of a feed that isn't named nothing was.
    #[n(2)]
    pub before: Vector,
}

/// A revocation with its place: in a public partition only devices of its unit write.
#[derive(Clone, Debug)]
pub struct Told {
    /// The feed that it stands in, as it is called before it parts.
    pub feed: FeedId,
    pub n: u64,
    /// The unit of the device that is revoked.
    pub of: UnitCode,
    pub revocation: Revocation,
}

/// Whether devices of one unit may revoke devices of another, and review what those wrote: a township and the county their
/// own and all below.
pub fn may_revoke(by: UnitCode, of: UnitCode) -> bool {
    by.level() != Level::Village && by.covers(of)
}

/// The revocations that stand: the same for whoever knows of the same ones. What a device said after the last of its entries
/// that a standing revocation accepts doesn't; of two that revoke each other both do, for no clock can tell who was first.
pub fn standing(told: Vec<Told>) -> Vec<Told> {
    let told: Vec<Told> = told.into_iter().filter(Told::valid).collect();
    let mut stands: Vec<Option<bool>> = vec![None; told.len()];
    loop {
        let before = stands.clone();
        for (i, one) in told.iter().enumerate() {
            let against = || (0..told.len()).filter(|other| told[*other].silences(one));
            if against().any(|other| stands[other] == Some(true)) {
                stands[i] = Some(false);
            } else if against().all(|other| stands[other] == Some(false)) {
                stands[i] = Some(true);
            }
        }
        if stands == before {
            break;
        }
    }
    told.into_iter().zip(stands).filter(|(_, stands)| *stands != Some(false)).map(|(told, _)| told).collect()
}

/// What counts of each revoked device: what all revocations of it that stand accept.
pub fn accepted(standing: &[Told]) -> BTreeMap<DeviceId, Vector> {
    let mut revoked: BTreeMap<DeviceId, Vector> = BTreeMap::new();
    for Told { revocation: Revocation { device, accepted, .. }, .. } in standing {
        let all = revoked.entry(*device).or_insert_with(|| accepted.clone());
        *all = all.common(accepted);
    }
    revoked
}

impl Told {
    /// Whether its author may say so, there.
    fn valid(&self) -> bool {
        let partition = self.feed.partition;
        partition.kind == PartitionKind::Public
            && may_revoke(partition.unit, self.of)
            && self.revocation.device != self.feed.device
    }

    /// Whether it keeps another one from counting.
    fn silences(&self, other: &Self) -> bool {
        self.revocation.device == other.feed.device
            && !accepts(&self.revocation.accepted, &other.feed, other.n)
    }
}

/// Whether an entry of a revoked device counts, whichever life of its feed was named.
pub fn accepts(accepted: &Vector, feed: &FeedId, n: u64) -> bool {
    accepted.0.iter().any(|(life, head)| life.main() == feed.main() && head.n >= n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Head, Incarnation, Partition};
    use proptest::prelude::*;

    fn unit(code: &str) -> UnitCode {
        code.parse().unwrap()
    }

    fn feed(by: UnitCode, device: u8) -> FeedId {
        let partition = Partition::public(by);
        FeedId { partition, device: DeviceId([device; 8]), incarnation: Incarnation(1), branch: None }
    }

    /// Device `by` of a unit revokes `of`, of whose public feed so many entries count.
    fn told((by_unit, by): (UnitCode, u8), n: u64, (of_unit, of): (UnitCode, u8), accepted: u64) -> Told {
        let head = Head { n: accepted, chain: [0; 32] };
        let accepted = Vector([(feed(of_unit, of), head)].into_iter().filter(|_| accepted > 0).collect());
        let ground = "lost".to_owned();
        Told {
            feed: feed(by_unit, by),
            n,
            of: of_unit,
            revocation: Revocation { device: DeviceId([of; 8]), accepted, ground },
        }
    }

    fn revoked(told: &[Told]) -> Vec<u8> {
        accepted(&standing(told.to_vec())).keys().map(|device| device.0[0]).collect()
    }

    #[test]
    fn a_township_revokes_its_own_and_what_is_below() {
        let (county, township, village) = (unit("621099000000"), unit("621099100000"), unit("621099100200"));
        let elsewhere = unit("621099101200");
        let one = |by, of| revoked(&[told((by, 1), 1, (of, 2), 0)]);
        assert_eq!(one(county, township), [2]);
        assert_eq!(one(township, village), [2]);
        assert_eq!(one(township, township), [2]);
        assert_eq!(one(village, village), [0; 0]);
        assert_eq!(one(township, elsewhere), [0; 0]);
        assert_eq!(one(township, county), [0; 0]);
    }

    #[test]
    fn who_has_been_revoked_revokes_nobody_afterwards() {
        let (county, township, village) = (unit("621099000000"), unit("621099100000"), unit("621099100200"));
        let before = told((township, 2), 3, (village, 3), 0);
        let after = told((township, 2), 4, (village, 4), 0);
        let theft = told((county, 1), 1, (township, 2), 3);
        assert_eq!(revoked(&[before.clone(), after.clone()]), [3, 4]);
        assert_eq!(revoked(&[before, after, theft]), [2, 3]);
    }

    #[test]
    fn who_was_silenced_silences_nobody() {
        let township = unit("621099100000");
        let village = unit("621099100200");
        // 1 revokes 2, and 2 revokes 3 afterwards: what 3 says still stands.
        let theft = told((township, 1), 1, (township, 2), 0);
        let revenge = told((township, 2), 1, (township, 3), 0);
        let honest = told((township, 3), 1, (village, 4), 0);
        assert_eq!(revoked(&[theft, revenge, honest]), [2, 4]);
    }

    #[test]
    fn of_two_that_revoke_each_other_both_are_revoked() {
        let township = unit("621099100000");
        let one = told((township, 1), 1, (township, 2), 0);
        let other = told((township, 2), 1, (township, 1), 0);
        assert_eq!(revoked(&[one, other]), [1, 2]);
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_tells_nothing(
            said in prop::collection::vec((0u8..5, 1u64..4, 0u8..5, 0u64..4), 0..8),
            order in any::<prop::sample::Index>(),
        ) {
            let units = [
                unit("621099000000"), unit("621099100000"), unit("621099100000"), unit("621099100200"),
                unit("621099100200"),
            ];
            let all: Vec<Told> = said
                .iter()
                .map(|(by, n, of, accepted)| {
                    told((units[*by as usize], *by), *n, (units[*of as usize], *of), *accepted)
                })
                .collect();
            let mut turned = all.clone();
            if !turned.is_empty() {
                let at = order.index(turned.len());
                turned.rotate_left(at);
                turned.reverse();
            }
            prop_assert_eq!(accepted(&standing(all)), accepted(&standing(turned)));
        }
    }
}
