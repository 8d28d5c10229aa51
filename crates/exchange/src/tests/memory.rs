//! A small log in memory, which asks and answers too.

use super::{COUNTY, NEIGHBOUR, TOWNSHIP, VILLAGE, device, entry, feed, key, unit};
use crate::{
    bundle::Carried,
    engine::{self, Asker, Holder, Last, Party, Shown},
    run::Verified,
    *,
};
use daiban_domain::{DeviceId, DocumentId, Instant, UnitCode};
use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

/// An entry, the head after it, and the signature if a checkpoint lies there.
pub(crate) type Row = (Entry, Head, Option<[u8; 64]>);

/// Every device of the test is enrolled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) feeds: BTreeMap<FeedId, Vec<Row>>,
    /// What is to be erased.
    pub(crate) orders: BTreeSet<(Partition, DocumentId)>,
    /// What branches follow.
    origins: BTreeMap<FeedId, [u8; 32]>,
    /// Whose log this is: the code of a unit.
    owner: &'static str,
    /// What others held by their last receipt.
    words: BTreeMap<DeviceId, Vector>,
    /// The holders' receipts that were kept, with what they signed for.
    pub(crate) receipts: Vec<(Receipt, Vector)>,
    pace: Option<u32>,
}

impl Memory {
    pub fn of(owner: &'static str) -> Self {
        Self { owner, ..Self::default() }
    }

    /// Writes entries and signs the last.
    pub(crate) fn write(&mut self, author: &str, partition: Partition, count: u64) -> FeedId {
        let held = self.rows(&feed(author, partition)).len() as u64;
        self.write_these(author, partition, (1..=count).map(|i| entry(held + i)))
    }

    pub(crate) fn write_these(
        &mut self,
        author: &str,
        partition: Partition,
        entries: impl IntoIterator<Item = Entry>,
    ) -> FeedId {
        let feed = feed(author, partition);
        self.leave_unsigned(author, partition, entries);
        if let Some((_, head, signature)) = self.feeds.entry(feed).or_default().last_mut() {
            *signature = Some(Checkpoint::sign(&feed, *head, &key(author)).signature);
        }
        feed
    }

    /// Writes entries without a checkpoint behind them.
    pub(crate) fn leave_unsigned(
        &mut self,
        author: &str,
        partition: Partition,
        entries: impl IntoIterator<Item = Entry>,
    ) {
        let feed = feed(author, partition);
        let rows = self.feeds.entry(feed).or_default();
        for entry in entries {
            let head = rows.last().map_or_else(|| feed.origin(), |(_, head, _)| *head);
            let next = head.next(&entry);
            rows.push((entry, next, None));
        }
    }

    /// Bodies of all entries of a partition, each feed and branch in its order.
    pub(crate) fn bodies(&self) -> Vec<Vec<u8>> {
        let mut bodies: Vec<_> =
            self.feeds.values().flatten().map(|(entry, _, _)| entry.body.clone()).collect();
        bodies.sort();
        bodies
    }

    fn rows(&self, feed: &FeedId) -> &[Row] {
        self.feeds.get(feed).map_or(&[], Vec::as_slice)
    }

    fn begun(&self, feed: &FeedId) -> Option<Head> {
        match feed.branch {
            None => Some(feed.origin()),
            Some(branch) => Some(Head { n: branch.after, chain: *self.origins.get(feed)? }),
        }
    }
}

impl Log for Memory {
    type Error = Infallible;

    fn vector(&self, reader: UnitCode) -> Result<Vector, Infallible> {
        let mut vector = Vector::default();
        for (feed, rows) in self.feeds.iter().filter(|(feed, _)| feed.partition.readable_by(reader)) {
            let ended = self.feeds.keys().any(|other| other.main() == feed.main() && other != feed);
            let signed = rows.iter().rev().find(|(_, _, signature)| signature.is_some() || ended);
            vector.0.extend(signed.map(|(_, head, _)| (*feed, *head)));
        }
        Ok(vector)
    }

    fn head(&self, feed: &FeedId) -> Result<Option<Head>, Infallible> {
        Ok(self.rows(feed).last().map(|(_, head, _)| *head))
    }

    fn chain_at(&self, feed: &FeedId, n: u64) -> Result<Option<[u8; 32]>, Infallible> {
        if let Some(begun) = self.begun(feed).filter(|begun| begun.n == n && self.feeds.contains_key(feed)) {
            return Ok(Some(begun.chain));
        }
        Ok(self.rows(feed).iter().find(|(_, head, _)| head.n == n).map(|(_, head, _)| head.chain))
    }

    fn lives(&self, feed: &FeedId) -> Result<Vec<(FeedId, Head)>, Infallible> {
        let lives = self.feeds.iter().filter(|(other, _)| other.main() == feed.main());
        let head =
            |life: &FeedId, rows: &[Row]| rows.last().map(|(_, head, _)| *head).or_else(|| self.begun(life));
        Ok(lives.filter_map(|(life, rows)| Some((*life, head(life, rows)?))).collect())
    }

    fn signed_before(&self, feed: &FeedId, n: u64) -> Result<u64, Infallible> {
        let signed = self.rows(feed).iter().filter(|(_, head, signature)| head.n <= n && signature.is_some());
        Ok(signed.map(|(_, head, _)| head.n).max().unwrap_or(feed.after()))
    }

    fn runs(&self, feed: &FeedId, after: u64, bytes: usize) -> Result<Vec<Run>, Infallible> {
        let mut runs: Vec<Run> = Vec::new();
        let (mut entries, mut size) = (Vec::new(), 0);
        let mut first = after + 1;
        for (entry, head, signature) in self.rows(feed).iter().filter(|(_, head, _)| head.n > after) {
            size += entry.size();
            entries.push(entry.clone());
            if let Some(signature) = signature {
                if size > bytes && !runs.is_empty() {
                    break;
                }
                let entries = std::mem::take(&mut entries);
                runs.push(Run { feed: *feed, first, entries, signature: *signature });
                first = head.n + 1;
            }
        }
        Ok(runs)
    }

    fn entry(&self, feed: &FeedId, n: u64) -> Result<Option<Entry>, Infallible> {
        Ok(self.rows(feed).iter().find(|(_, head, _)| head.n == n).map(|(entry, _, _)| entry.clone()))
    }

    fn of_document(
        &self,
        partition: Partition,
        document: DocumentId,
        within: Option<&Vector>,
    ) -> Result<Vec<(FeedId, u64, Entry)>, Infallible> {
        let feeds = self.feeds.iter().filter(|(feed, _)| feed.partition == partition);
        let entries =
            feeds.flat_map(|(feed, rows)| rows.iter().map(|(entry, head, _)| (*feed, head.n, entry)));
        let about = |entry: &Entry| entry.header().is_ok_and(|header| header.document == Some(document));
        let asked = entries.filter(|(feed, n, _)| within.is_none_or(|within| *n <= within.reach(feed)));
        Ok(asked.filter(|(_, _, e)| about(e)).map(|(feed, n, e)| (feed, n, e.clone())).collect())
    }

    fn author(&self, device: DeviceId) -> Result<Option<Author>, Infallible> {
        let known =
            [COUNTY, TOWNSHIP, VILLAGE, NEIGHBOUR].into_iter().find(|code| super::device(code) == device);
        Ok(known.map(|code| Author { unit: unit(code), key: key(code).verifying_key(), revoked: false }))
    }

    fn erased(&self, partition: Partition, document: DocumentId) -> Result<bool, Infallible> {
        Ok(self.orders.contains(&(partition, document)))
    }

    fn split(&mut self, feed: &FeedId, at: Head, branch: &FeedId) -> Result<(), Infallible> {
        let rows = self.feeds.entry(*feed).or_default();
        let index = rows.iter().position(|(_, head, _)| head.n > at.n).unwrap_or(rows.len());
        let beyond = rows.split_off(index);
        self.origins.insert(*branch, at.chain);
        self.feeds.insert(*branch, beyond);
        Ok(())
    }

    fn append(&mut self, verified: &Verified<'_>) -> Result<(), Infallible> {
        let Verified { run, before, checkpoint } = verified;
        if run.feed.branch.is_some() {
            self.origins.entry(run.feed).or_insert(before.chain);
        }
        let rows = self.feeds.entry(run.feed).or_default();
        let mut head = *before;
        assert_eq!(rows.last().map_or(*before, |(_, head, _)| *head), *before, "a run follows what is held");
        for entry in &run.entries {
            head = head.next(entry);
            rows.push((entry.clone(), head, None));
        }
        if let Some((_, head, signature)) = rows.last_mut() {
            assert_eq!(*head, checkpoint.head);
            *signature = Some(checkpoint.signature);
        }
        Ok(())
    }
}

impl Asker for Memory {
    fn sign_heads(&mut self) -> Result<(), Infallible> {
        for (feed, rows) in self.feeds.iter_mut().filter(|(feed, _)| feed.device == device(self.owner)) {
            if let Some((_, head, signature @ None)) = rows.last_mut() {
                *signature = Some(Checkpoint::sign(feed, *head, &key(self.owner)).signature);
            }
        }
        Ok(())
    }

    fn last(&self, holder: DeviceId) -> Result<Option<Last>, Infallible> {
        let Some(held) = self.words.get(&holder).cloned() else { return Ok(None) };
        let common = engine::common(self, &self.vector(unit(self.owner))?, &held)?;
        Ok(Some(Last { shown: None, held, common }))
    }

    fn reconcile(&mut self, _: &Vector) -> Result<bool, Infallible> {
        Ok(false)
    }

    fn receipt(&mut self, receipt: &Receipt, held: &Vector, _: Option<&Carried>) -> Result<(), Infallible> {
        self.words.insert(receipt.holder, held.clone());
        self.receipts.push((receipt.clone(), held.clone()));
        Ok(())
    }

    fn pace(&self) -> Result<Option<u32>, Infallible> {
        Ok(self.pace)
    }

    fn set_pace(&mut self, bytes: u32) -> Result<(), Infallible> {
        self.pace = Some(bytes);
        Ok(())
    }
}

impl Holder for Memory {
    fn party(&self) -> Party {
        Party { county: unit(COUNTY), unit: unit(self.owner), device: device(self.owner) }
    }

    fn state(&self) -> Result<State, Infallible> {
        Ok(State { store: 1, moment: 0 })
    }

    fn vector_at(&self, _: UnitCode, _: State) -> Result<Option<Vector>, Infallible> {
        Ok(None)
    }

    fn heed(&mut self, _: &Shown) -> Result<(), Infallible> {
        Ok(())
    }

    fn receipt(&self, _: UnitCode, root: [u8; 32], now: Instant) -> Result<Receipt, Infallible> {
        let state = self.state()?;
        let unsigned =
            Receipt { holder: device(self.owner), state, time: now, backup: None, signature: [0; 64] };
        Ok(unsigned.signed(root, &key(self.owner)))
    }

    fn carried(&self, _: UnitCode) -> Result<Option<Carried>, Infallible> {
        Ok(None)
    }
}
