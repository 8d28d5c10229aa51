//! A device that writes what no desk of today would: entries made by hand, under the device's real key, in a feed of their
//! own.

use crate::County;
use automerge::{Automerge, Change};
use daiban_domain::{DocumentId, Hlc, Instant, RULES_VERSION};
use daiban_exchange::{
    Checkpoint, Entry, FeedId, Head, Header, Incarnation, Log as _, Partition, Run, Vector, client::Client,
    engine::Question, kind, page, wire,
};
use daiban_replica::Replica;

pub struct Author {
    pub replica: Replica,
    pub feed: FeedId,
    head: Head,
    unsent: Vec<Entry>,
    now: Instant,
}

impl Author {
    /// A life of a desk's device beside the one that the desk knows.
    pub fn beside(county: &County, desk: &str, partition: Partition, now: Instant) -> Self {
        Self::of(county.replica(desk), partition, now)
    }

    /// The same, of a replica that somebody has opened.
    pub fn of(replica: Replica, partition: Partition, now: Instant) -> Self {
        let feed = FeedId {
            partition,
            device: replica.identity().device,
            incarnation: Incarnation::draw().unwrap(),
            branch: None,
        };
        Self { replica, feed, head: feed.origin(), unsent: Vec::new(), now }
    }

    /// A copy that goes on under the same name: what both write parts their feed.
    pub fn twin(&self, county: &County, desk: &str) -> Self {
        Self { replica: county.replica(desk), unsent: self.unsent.clone(), ..*self }
    }

    /// A header such as the desk would write.
    pub fn header(&self, kind: u16, document: Option<DocumentId>, actor: Option<[u8; 8]>) -> Header {
        Header {
            kind,
            version: 1,
            document,
            person: Some(self.replica.identity().person),
            at: self.now,
            hlc: Hlc::at(Instant(self.now.0 + self.head.n as i64)),
            rules_version: RULES_VERSION,
            anchor: Instant(0),
            actor: actor.map(Vec::from),
        }
    }

    /// Writes an entry, whatever it is; returns its number.
    pub fn write(&mut self, entry: Entry) -> u64 {
        self.head = self.head.next(&entry);
        self.unsent.push(entry);
        self.head.n
    }

    /// Writes a change of a document.
    pub fn change(&mut self, document: DocumentId, actor: Option<[u8; 8]>, body: Vec<u8>) -> u64 {
        let header = self.header(kind::CHANGE, Some(document), actor);
        self.write(Entry::new(&header, body))
    }

    /// Signs what was written and brings it to the hub.
    pub async fn send(&mut self, county: &County) {
        let (question, key) = (self.question(), self.replica.signing_key().clone());
        let client = Client::new(&county.url, None).unwrap();
        let delivered = client.exchange(&question, self.feed.device, &key).await.unwrap();
        assert_eq!(delivered.answer.refused, []);
    }

    /// A question that brings what was written, signed.
    pub fn question(&mut self) -> Question {
        let entries = std::mem::take(&mut self.unsent);
        let key = self.replica.signing_key().clone();
        let signature = Checkpoint::sign(&self.feed, self.head, &key).signature;
        let first = self.head.n + 1 - entries.len() as u64;
        let runs = [Run { feed: self.feed, first, entries, signature }];
        let nothing = Vector::default();
        let page = self.replica.intake(|log| page::write(log, &runs, &nothing)).unwrap();
        let identity = self.replica.identity();
        Question {
            protocol: wire::PROTOCOL_MAX,
            county: identity.county,
            since: None,
            vector: nothing,
            page,
            shown: None,
            room: None,
            alone: false,
            clock: None,
        }
    }

    /// A document as automerge makes it from the entries that the desk holds, to be edited under an actor of its own.
    pub fn document(&mut self, id: DocumentId, actor: [u8; 8]) -> Automerge {
        let partition = self.feed.partition;
        let entries = self.replica.intake(|log| log.of_document(partition, id, None)).unwrap();
        let changes = entries.into_iter().map(|(_, _, entry)| entry);
        let changes = changes.filter(|entry| entry.header().is_ok_and(|header| header.kind == kind::CHANGE));
        let changes: Vec<Change> = changes.map(|entry| Change::from_bytes(entry.body).unwrap()).collect();
        let mut document = Automerge::new().with_actor(automerge::ActorId::from(actor));
        document.apply_changes(changes).unwrap();
        document
    }
}
