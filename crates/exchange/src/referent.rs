//! Changes that others refer to.

use crate::{Entry, FeedId, change::Outline};
use daiban_domain::DocumentId;
use std::{collections::BTreeMap, mem, sync::Arc};

/// A change that references may point to.
#[derive(Debug)]
pub struct Referent {
    pub document: Option<DocumentId>,
    pub outline: Outline,
}

impl Referent {
    pub fn read(entry: &Entry) -> Option<Self> {
        Some(Self { document: entry.header().ok()?.document, outline: Outline::read(&entry.body)? })
    }

    /// About how many bytes of memory it takes.
    pub(crate) fn weight(&self) -> usize {
        size_of::<Option<DocumentId>>() + self.outline.weight()
    }
}

/// Those of consecutive entries of a feed; none for what is no change or hasn't just been restored.
pub type Together = Vec<Option<Arc<Referent>>>;

/// Those that a store has taken in last, in memory beside it: what arrives refers to them more than to any others, and to
/// find and read one takes longer than all else that is done with the change that refers to it.
#[derive(Debug)]
pub struct Referents {
    recent: Generation,
    former: Generation,
    /// About how many bytes of memory a generation may take: when one has, the one before it is forgotten.
    most: usize,
    version: i64,
}

#[derive(Debug, Default)]
struct Generation {
    /// By feed and the number of the first of those that were stored together.
    of: BTreeMap<FeedId, BTreeMap<u64, Together>>,
    weight: usize,
}

impl Generation {
    fn get(&self, feed: &FeedId, n: u64) -> Option<&Arc<Referent>> {
        let (first, together) = self.of.get(feed)?.range(..=n).next_back()?;
        together.get((n - first) as usize)?.as_ref()
    }
}

impl Referents {
    /// What one takes beside itself.
    const PLACE: usize = 48;

    /// None yet, and so many bytes of memory at the most, or about so many.
    pub fn within(bytes: usize) -> Self {
        let (recent, former) = Default::default();
        Self { recent, former, most: bytes / 2, version: 0 }
    }

    pub fn get(&self, feed: &FeedId, n: u64) -> Option<Arc<Referent>> {
        self.recent.get(feed, n).or_else(|| self.former.get(feed, n)).cloned()
    }

    /// Those of consecutive entries that were committed: a store that takes back what it has written must not find it here.
    pub fn keep(&mut self, feed: FeedId, first: u64, together: Together) {
        let weights = together.iter().flatten().map(|referent| referent.weight());
        self.recent.weight += Self::PLACE * together.len() + weights.sum::<usize>();
        self.recent.of.entry(feed).or_default().insert(first, together);
        if self.recent.weight > self.most {
            self.former = mem::take(&mut self.recent);
        }
    }

    /// Forgets all if others have written to the store: its `data_version` is another one then.
    pub fn as_of(&mut self, version: i64) {
        if version != self.version {
            self.forget();
            self.version = version;
        }
    }

    /// Forgets all, as feeds were split: an entry may belong to another one now.
    pub fn forget(&mut self) {
        (self.recent, self.former) = Default::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Partition,
        change::flat,
        tests::{VILLAGE, feed, unit},
    };
    use automerge::ActorId;

    fn referent(seq: u64) -> Arc<Referent> {
        let actor = ActorId::from([1; 8]);
        let mut draft = flat::Draft::default();
        draft.key(b"applicant.name");
        draft.delete();
        let frame = flat::Frame { deps: &[], actor: &actor, seq, start_op: 1, time: 0 };
        let (_, outline) = draft.write(frame).unwrap();
        Arc::new(Referent { document: None, outline })
    }

    #[test]
    fn the_last_ones_are_at_hand_within_the_memory_given() {
        let feed = feed(VILLAGE, Partition::work(unit(VILLAGE), 2026));
        let mut referents = Referents::within(64 << 10);
        for n in 1..=10_000 {
            referents.keep(feed, n, vec![Some(referent(n))]);
            assert_eq!(referents.get(&feed, n).unwrap().outline.seq, n);
        }
        let held = (1..=10_000).filter(|n| referents.get(&feed, *n).is_some()).count();
        let each = Referents::PLACE + referent(1).weight();
        assert!(held * each <= 65 << 10 && held * each >= 32 << 10, "{held} of {each} bytes");
        assert!(referents.get(&feed, 9_900).is_some());
    }

    #[test]
    fn what_others_have_written_since_makes_them_doubtful() {
        let feed = feed(VILLAGE, Partition::work(unit(VILLAGE), 2026));
        let mut referents = Referents::within(64 << 10);
        referents.as_of(3);
        referents.keep(feed, 1, vec![Some(referent(1))]);
        referents.as_of(3);
        assert!(referents.get(&feed, 1).is_some());
        referents.as_of(4);
        assert!(referents.get(&feed, 1).is_none());
        referents.keep(feed, 1, vec![Some(referent(1))]);
        referents.forget();
        assert!(referents.get(&feed, 1).is_none());
    }
}
