use super::{Alike, Located, Page, Threads, expected, flag, split_key, tag};
use crate::{
    Entry, FeedId, Header, Log, Referent, Run, Vector,
    change::{self, Outline},
    column::*,
    kind, wire,
};
use automerge::{
    ActorId, ChangeHash, ExpandedChange, ScalarValue,
    legacy::{Key, Op, OpId, OpType},
};
use std::{
    collections::{HashMap, hash_map},
    sync::Arc,
};

/// Writes runs for a receiver that holds `theirs`.
pub fn write<L: Log>(log: &L, runs: &[Run], theirs: &Vector) -> Result<Page, L::Error> {
    let mut writer = Writer::new(log, theirs);
    for run in runs {
        writer.run(run)?;
    }
    Ok(writer.page)
}

struct Writer<'l, L> {
    log: &'l L,
    theirs: &'l Vector,
    page: Page,
    feeds: HashMap<FeedId, u64>,
    names: HashMap<[u8; 8], u64>,
    documents: HashMap<[u8; 16], u64>,
    keys: HashMap<String, u64>,
    shelf: Shelf,
    /// What the receiver holds of the documents met so far, the page's own changes included.
    held: Located,
    alike: Alike,
    at: i64,
    /// The last number referred to in each feed.
    referred: HashMap<FeedId, u64>,
}

/// A change that can be restored from what the receiver holds, with its references resolved.
struct Grounded {
    deps: Vec<Place>,
    /// For each operation the changes whose operations on the same key it replaces.
    preds: Vec<Vec<Place>>,
}

type Place = (FeedId, u64);

/// Changes looked up once.
#[derive(Default)]
struct Shelf {
    changes: HashMap<Place, Option<Arc<Referent>>>,
}

impl Shelf {
    fn put(&mut self, feed: FeedId, n: u64, known: Option<Referent>) {
        self.changes.insert((feed, n), known.map(Arc::new));
    }

    fn get<L: Log>(&mut self, log: &L, feed: &FeedId, n: u64) -> Result<Option<Arc<Referent>>, L::Error> {
        if let Some(known) = self.changes.get(&(*feed, n)) {
            return Ok(known.clone());
        }
        let known = log.referent(feed, n)?;
        self.changes.insert((*feed, n), known.clone());
        Ok(known)
    }
}

impl<'l, L: Log> Writer<'l, L> {
    fn new(log: &'l L, theirs: &'l Vector) -> Self {
        Self {
            log,
            theirs,
            page: Page::default(),
            feeds: HashMap::new(),
            names: HashMap::new(),
            documents: HashMap::new(),
            keys: HashMap::new(),
            shelf: Shelf::default(),
            held: Located::new(),
            alike: Alike::default(),
            at: 0,
            referred: HashMap::new(),
        }
    }

    fn run(&mut self, run: &Run) -> Result<(), L::Error> {
        let feed = self.feed(&run.feed);
        put(&mut self.page.runs, feed);
        put(&mut self.page.runs, run.first);
        put(&mut self.page.runs, run.entries.len() as u64);
        self.page.runs.extend_from_slice(&run.signature);
        for (n, entry) in (run.first..).zip(&run.entries) {
            self.entry(&run.feed, n, entry)?;
        }
        Ok(())
    }

    fn entry(&mut self, feed: &FeedId, n: u64, entry: &Entry) -> Result<(), L::Error> {
        let header = entry.header().ok().filter(|header| wire::encode(header) == entry.header);
        let Some(header) = header else {
            self.page.headers.push(flag::VERBATIM | erased(entry));
            put_bytes(&mut self.page.values, &entry.header);
            self.body(entry);
            self.shelf.put(*feed, n, None);
            return Ok(());
        };
        let flat = match header.kind {
            kind::CHANGE => change::read_flat(&entry.body),
            _ => None,
        };
        let grounded = match &flat {
            Some((change, _)) => self.ground(feed, &header, change)?,
            None => None,
        };
        // What the receiver knows of it then.
        let known = match (&flat, grounded) {
            (Some((change, hash)), Some(grounded)) => {
                self.change(feed, &header, change, grounded)?;
                Some(Referent { document: header.document, outline: Outline::of(change, *hash) })
            }
            _ => {
                self.header(&header, erased(entry), None)?;
                self.body(entry);
                if header.kind == kind::CHANGE { Referent::read(entry) } else { None }
            }
        };
        if let Some(known) = known {
            if let Some(document) = known.document {
                self.held(feed, document)?.insert(known.outline.hash, (*feed, n));
            }
            self.shelf.put(*feed, n, Some(known));
        }
        Ok(())
    }

    /// A body as it is, or its hash where it is erased.
    fn body(&mut self, entry: &Entry) {
        let bytes = entry.erased.as_ref().map_or(&entry.body[..], |hash| hash);
        put_bytes(&mut self.page.values, bytes);
    }

    /// Resolves a change's references; `None` if it has to travel as it is.
    fn ground(
        &mut self,
        feed: &FeedId,
        header: &Header,
        change: &ExpandedChange,
    ) -> Result<Option<Grounded>, L::Error> {
        let plain = change.time == 0
            && change.actor_id.to_bytes().len() == 8
            && header.actor.as_deref().is_none_or(|actor| actor == change.actor_id.to_bytes())
            && self.keys.len() + change.operations.len() <= wire::LIST_MAX;
        if !plain {
            return Ok(None);
        }
        let Some(document) = header.document else { return Ok(None) };
        let mut deps = Vec::new();
        for dep in &change.deps {
            let Some(place) = self.held(feed, document)?.get(dep) else { return Ok(None) };
            deps.push(*place);
        }
        let mut preds = Vec::new();
        for op in &change.operations {
            let Key::Map(key) = &op.key else { return Ok(None) };
            let mut places = Vec::new();
            for pred in op.pred.iter() {
                let Some(place) = self.locate_operation(feed, document, key.as_bytes(), pred)? else {
                    return Ok(None);
                };
                places.push(place);
            }
            preds.push(places);
        }
        Ok(Some(Grounded { deps, preds }))
    }

    /// Where the receiver holds the change that made an operation on a key.
    fn locate_operation(
        &mut self,
        feed: &FeedId,
        document: daiban_domain::DocumentId,
        key: &[u8],
        id: &OpId,
    ) -> Result<Option<Place>, L::Error> {
        let places: Vec<Place> = self.held(feed, document)?.values().copied().collect();
        for place in places {
            let known = self.shelf.get(self.log, &place.0, place.1)?;
            let made = known.is_some_and(|known| {
                known.document == Some(document)
                    && known.outline.actor == id.1
                    && known.outline.operation(key) == Some(id.0)
            });
            if made {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// The changes of a document that the receiver holds.
    fn held(
        &mut self,
        feed: &FeedId,
        document: daiban_domain::DocumentId,
    ) -> Result<&mut HashMap<ChangeHash, Place>, L::Error> {
        match self.held.entry((feed.partition, document)) {
            hash_map::Entry::Occupied(held) => Ok(held.into_mut()),
            hash_map::Entry::Vacant(vacant) => {
                let mut held = HashMap::new();
                for (feed, n, entry) in self.log.of_document(feed.partition, document, Some(self.theirs))? {
                    if let Some(known) = Referent::read(&entry) {
                        held.insert(known.outline.hash, (feed, n));
                        self.shelf.put(feed, n, Some(known));
                    }
                }
                Ok(vacant.insert(held))
            }
        }
    }

    fn change(
        &mut self,
        feed: &FeedId,
        header: &Header,
        change: &ExpandedChange,
        Grounded { deps, preds }: Grounded,
    ) -> Result<(), L::Error> {
        let mut known: Vec<Arc<Referent>> = Vec::new();
        for (feed, n) in &deps {
            known.extend(self.shelf.get(self.log, feed, *n)?);
        }
        self.header(header, flag::CHANGE, known.first().and_then(|dep| dep.document))?;
        let actor = self.name(&change.actor_id);
        put(&mut self.page.headers, actor);
        let (seq, start_op) = expected(&change.actor_id, &known);
        put_from(&mut self.page.headers, change.seq, seq);
        put_from(&mut self.page.headers, change.start_op.get(), start_op);
        let mut near: Vec<Place> = Vec::new();
        let mut threads = Threads::of(feed, header);
        put(&mut self.page.references, deps.len() as u64);
        for place in deps {
            self.reference(&mut near, place);
        }
        put(&mut self.page.operations, change.operations.len() as u64);
        for (op, places) in change.operations.iter().zip(preds) {
            self.operation(op, &mut threads);
            put(&mut self.page.references, places.len() as u64);
            for place in places {
                self.reference(&mut near, place);
            }
        }
        Ok(())
    }

    fn header(
        &mut self,
        header: &Header,
        body: u8,
        inherited: Option<daiban_domain::DocumentId>,
    ) -> Result<(), L::Error> {
        let alike = Alike::of(header);
        let mut flags = body;
        if alike == self.alike {
            flags |= flag::ALIKE;
        }
        if header.actor.is_some() {
            flags |= flag::ACTOR;
        }
        match header.document {
            None => flags |= flag::NO_DOCUMENT,
            Some(document) if inherited == Some(document) => flags |= flag::INHERITED,
            Some(_) => {}
        }
        self.page.headers.push(flags);
        if alike != self.alike {
            let person = match alike.person {
                Some(person) => self.name(&ActorId::from(person.0)) + 1,
                None => 0,
            };
            let headers = &mut self.page.headers;
            put(headers, u64::from(alike.kind));
            headers.push(alike.version);
            put(headers, person);
            put(headers, u64::from(alike.rules_version));
            put_signed(headers, alike.anchor);
            self.alike = alike;
        }
        put_signed(&mut self.page.headers, header.at.0.wrapping_sub(self.at));
        self.at = header.at.0;
        put_from(&mut self.page.headers, header.hlc.0, (header.at.0 as u64).wrapping_shl(16));
        // A header that names an actor without a change, or another one, spells it out.
        if flags & flag::ACTOR != 0 && flags & flag::CHANGE == 0 {
            put_bytes(&mut self.page.values, header.actor.as_deref().unwrap_or_default());
        }
        if flags & (flag::NO_DOCUMENT | flag::INHERITED) == 0
            && let Some(document) = header.document
        {
            let next = self.documents.len() as u64;
            let index = *self.documents.entry(document.0).or_insert(next);
            if index == next {
                self.page.documents.extend_from_slice(&document.0);
            }
            // Mostly the next one of the table: 0.
            put(&mut self.page.headers, next - index);
        }
        Ok(())
    }

    fn operation(&mut self, op: &Op, threads: &mut Threads) {
        let Key::Map(key) = &op.key else { return };
        let (head, tail) = split_key(key);
        let next = self.keys.len() as u64;
        let index = match self.keys.get(head) {
            Some(index) => *index,
            None => {
                self.keys.insert(head.to_owned(), next);
                self.page.keys.push(head.to_owned());
                next
            }
        };
        put(&mut self.page.operations, index << 1 | u64::from(tail.is_some()));
        if let Some(tail) = tail {
            self.page.values.extend_from_slice(&tail);
        }
        threads.with_key(tail);
        let (operations, values) = (&mut self.page.operations, &mut self.page.values);
        let OpType::Put(value) = &op.action else {
            operations.push(tag::DELETE);
            return;
        };
        match value {
            ScalarValue::Null => operations.push(tag::NULL),
            ScalarValue::Boolean(false) => operations.push(tag::FALSE),
            ScalarValue::Boolean(true) => operations.push(tag::TRUE),
            ScalarValue::Int(number) => {
                operations.push(tag::INT);
                put_signed(values, *number);
            }
            ScalarValue::Uint(number) => {
                operations.push(tag::UINT);
                put(values, *number);
            }
            ScalarValue::F64(number) => {
                operations.push(tag::F64);
                values.extend_from_slice(&number.to_bits().to_le_bytes());
            }
            ScalarValue::Timestamp(number) => {
                operations.push(tag::TIMESTAMP);
                put_signed(values, *number);
            }
            ScalarValue::Str(text) => {
                operations.push(tag::TEXT);
                put(operations, text.len() as u64);
                values.extend_from_slice(text.as_bytes());
            }
            ScalarValue::Bytes(bytes) => {
                let (places, rest) = threads.unpick(bytes);
                if places == [0; 5] {
                    operations.push(tag::BYTES);
                } else {
                    operations.push(tag::WOVEN);
                    places.iter().for_each(|place| put(operations, *place));
                }
                put(operations, rest.len() as u64);
                values.extend(rest);
            }
            // No flat change has these.
            ScalarValue::Counter(_) | ScalarValue::Unknown { .. } => operations.push(tag::NULL),
        }
    }

    /// One of this entry's references so far by its place among them, any other by feed and number.
    fn reference(&mut self, near: &mut Vec<Place>, place: Place) {
        if let Some(index) = near.iter().position(|other| *other == place) {
            put(&mut self.page.references, index as u64);
            return;
        }
        put(&mut self.page.references, near.len() as u64);
        near.push(place);
        let (feed, n) = place;
        let index = self.feed(&feed);
        put(&mut self.page.references, index);
        let last = self.referred.insert(feed, n).unwrap_or(0);
        put_from(&mut self.page.references, n, last + 1);
    }

    fn feed(&mut self, feed: &FeedId) -> u64 {
        let next = self.feeds.len() as u64;
        let index = *self.feeds.entry(*feed).or_insert(next);
        if index == next {
            self.page.feeds.push(*feed);
        }
        index
    }

    fn name(&mut self, name: &ActorId) -> u64 {
        let bytes: [u8; 8] = name.to_bytes().try_into().unwrap_or_default();
        let next = self.names.len() as u64;
        let index = *self.names.entry(bytes).or_insert(next);
        if index == next {
            self.page.names.extend_from_slice(&bytes);
        }
        index
    }
}

fn erased(entry: &Entry) -> u8 {
    if entry.erased.is_some() { flag::ERASED } else { 0 }
}
