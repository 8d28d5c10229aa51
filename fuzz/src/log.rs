//! A log in memory, for what the targets take.

use daiban_domain::{DeviceId, DocumentId, Hlc, Instant, UnitCode};
use daiban_exchange::{
    Author, Checkpoint, Entry, FeedId, Head, Header, Incarnation, Partition, Receipt, Run, State, Vector,
    bundle::Carried,
    engine::{Holder, Party, Shown},
    kind,
    run::Verified,
};
use ed25519_dalek::SigningKey;
use std::{collections::BTreeMap, convert::Infallible};

#[derive(Default)]
pub struct Log {
    feeds: BTreeMap<FeedId, Feed>,
    authors: BTreeMap<DeviceId, Author>,
}

struct Feed {
    /// What the first entry follows.
    before: Head,
    entries: Vec<(Entry, Head)>,
    signed: Vec<(u64, [u8; 64])>,
}

impl Feed {
    fn after(before: Head) -> Self {
        Self { before, entries: Vec::new(), signed: Vec::new() }
    }

    fn head(&self) -> Head {
        self.entries.last().map_or(self.before, |(_, head)| *head)
    }
}

impl Log {
    /// With one device of the county enrolled.
    pub fn knowing(device: DeviceId, key: &SigningKey) -> Self {
        let author = Author { unit: super::county(), key: key.verifying_key(), revoked: false };
        Self { authors: BTreeMap::from([(device, author)]), ..Self::default() }
    }

    /// Three entries of the device in a village's work.
    pub fn with_a_little(device: DeviceId, key: &SigningKey) -> Self {
        let mut log = Self::knowing(device, key);
        let partition = Partition::work(super::village(), 2026);
        let feed = FeedId { partition, device, incarnation: Incarnation(7), branch: None };
        let header = |n: u64| Header {
            kind: kind::CHANGE,
            version: 1,
            document: Some(DocumentId([n as u8; 16])),
            person: None,
            at: Instant(1_767_500_000_000 + n as i64),
            hlc: Hlc(n),
            rules_version: 1,
            anchor: Instant(0),
            actor: None,
        };
        log.write(feed, (1..4).map(|n| Entry::new(&header(n), vec![n as u8; 20])), key);
        log
    }

    /// Writes and signs.
    pub fn write(&mut self, feed: FeedId, entries: impl IntoIterator<Item = Entry>, key: &SigningKey) {
        let held = self.feeds.entry(feed).or_insert_with(|| Feed::after(feed.origin()));
        for entry in entries {
            let head = held.head().next(&entry);
            held.entries.push((entry, head));
        }
        let head = held.head();
        held.signed.push((head.n, Checkpoint::sign(&feed, head, key).signature));
    }
}

impl daiban_exchange::Log for Log {
    type Error = Infallible;

    fn vector(&self, reader: UnitCode) -> Result<Vector, Infallible> {
        let readable = self
            .feeds
            .iter()
            .filter(|(feed, held)| feed.partition.readable_by(reader) && !held.entries.is_empty());
        Ok(Vector(readable.map(|(feed, held)| (*feed, held.head())).collect()))
    }

    fn head(&self, feed: &FeedId) -> Result<Option<Head>, Infallible> {
        Ok(self.feeds.get(feed).map(Feed::head))
    }

    fn chain_at(&self, feed: &FeedId, n: u64) -> Result<Option<[u8; 32]>, Infallible> {
        let Some(held) = self.feeds.get(feed) else { return Ok(None) };
        let heads = [held.before].into_iter().chain(held.entries.iter().map(|(_, head)| *head));
        Ok(heads.into_iter().find(|head| head.n == n).map(|head| head.chain))
    }

    fn lives(&self, feed: &FeedId) -> Result<Vec<(FeedId, Head)>, Infallible> {
        let lives = self.feeds.iter().filter(|(other, _)| other.main() == feed.main());
        Ok(lives.map(|(life, held)| (*life, held.head())).collect())
    }

    fn signed_before(&self, feed: &FeedId, n: u64) -> Result<u64, Infallible> {
        let signed = self.feeds.get(feed).into_iter().flat_map(|held| &held.signed);
        Ok(signed.map(|(at, _)| *at).filter(|at| *at <= n).max().unwrap_or(feed.after()))
    }

    fn runs(&self, feed: &FeedId, after: u64, _: usize) -> Result<Vec<Run>, Infallible> {
        let Some(held) = self.feeds.get(feed) else { return Ok(Vec::new()) };
        let mut first = after + 1;
        let mut runs = Vec::new();
        for (last, signature) in held.signed.iter().filter(|(last, _)| *last > after) {
            let entries = held.entries.iter().filter(|(_, head)| (first..=*last).contains(&head.n));
            let entries = entries.map(|(entry, _)| entry.clone()).collect();
            runs.push(Run { feed: *feed, first, entries, signature: *signature });
            first = last + 1;
        }
        Ok(runs)
    }

    fn entry(&self, feed: &FeedId, n: u64) -> Result<Option<Entry>, Infallible> {
        let entries = self.feeds.get(feed).into_iter().flat_map(|held| &held.entries);
        Ok(entries.into_iter().find(|(_, head)| head.n == n).map(|(entry, _)| entry.clone()))
    }

    fn of_document(
        &self,
        partition: Partition,
        document: DocumentId,
        within: Option<&Vector>,
    ) -> Result<Vec<(FeedId, u64, Entry)>, Infallible> {
        let feeds = self.feeds.iter().filter(|(feed, _)| feed.partition == partition);
        let entries =
            feeds.flat_map(|(feed, held)| held.entries.iter().map(|(entry, head)| (*feed, head.n, entry)));
        let about = |entry: &Entry| entry.header().is_ok_and(|header| header.document == Some(document));
        Ok(entries
            .filter(|(feed, n, _)| within.is_none_or(|within| *n <= within.reach(feed)))
            .filter(|(_, _, entry)| about(entry))
            .map(|(feed, n, entry)| (feed, n, entry.clone()))
            .collect())
    }

    fn author(&self, device: DeviceId) -> Result<Option<Author>, Infallible> {
        Ok(self.authors.get(&device).cloned())
    }

    fn erased(&self, _: Partition, _: DocumentId) -> Result<bool, Infallible> {
        Ok(false)
    }

    fn split(&mut self, feed: &FeedId, at: Head, branch: &FeedId) -> Result<(), Infallible> {
        let mut other = Feed::after(at);
        if let Some(held) = self.feeds.get_mut(feed) {
            let index = held.entries.iter().position(|(_, head)| head.n > at.n).unwrap_or(held.entries.len());
            other.entries = held.entries.split_off(index);
            (held.signed, other.signed) = held.signed.iter().partition(|(n, _)| *n <= at.n);
        }
        self.feeds.insert(*branch, other);
        Ok(())
    }

    fn append(&mut self, verified: &Verified<'_>) -> Result<(), Infallible> {
        let Verified { run, before, checkpoint } = verified;
        let held = self.feeds.entry(run.feed).or_insert_with(|| Feed::after(*before));
        assert_eq!(held.head(), *before, "a run follows what is held");
        for entry in &run.entries {
            let head = held.head().next(entry);
            held.entries.push((entry.clone(), head));
        }
        assert_eq!(held.head(), checkpoint.head);
        held.signed.push((checkpoint.head.n, checkpoint.signature));
        Ok(())
    }
}

impl Holder for Log {
    fn party(&self) -> Party {
        Party { county: super::county(), unit: super::county(), device: DeviceId([1; 8]) }
    }

    fn state(&self) -> Result<State, Infallible> {
        Ok(State { store: 1, moment: 1 })
    }

    fn vector_at(&self, reader: UnitCode, state: State) -> Result<Option<Vector>, Infallible> {
        let held = daiban_exchange::Log::vector(self, reader)?;
        Ok((state.store == 1).then_some(held))
    }

    fn heed(&mut self, _: &Shown) -> Result<(), Infallible> {
        Ok(())
    }

    fn receipt(&self, _: UnitCode, root: [u8; 32], now: Instant) -> Result<Receipt, Infallible> {
        let state = State { store: 1, moment: 1 };
        let unsigned =
            Receipt { holder: DeviceId([1; 8]), state, time: now, backup: None, signature: [0; 64] };
        Ok(unsigned.signed(root, &super::key()))
    }

    fn carried(&self, _: UnitCode) -> Result<Option<Carried>, Infallible> {
        Ok(None)
    }
}
