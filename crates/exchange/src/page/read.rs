use super::{Alike, Page, PageError, Threads, expected, flag, join_key, tag};
use crate::{
    Entry, FeedId, Header, Log, Referent, Run,
    change::flat::{self, Draft, Frame},
    column::{Column, put, put_leb},
    wire,
};
use automerge::{ActorId, ChangeHash, legacy::OpId};
use daiban_domain::{DocumentId, Hlc, Instant, PersonId};
use std::{
    collections::{HashMap, hash_map},
    sync::Arc,
};

/// Restores runs as their authors wrote them. What comes out is checked by nobody here: chain and signature tell whether
/// it is what was sent.
pub fn read<L: Log>(log: &L, page: &Page) -> Result<Vec<Run>, PageError<L::Error>> {
    let mut reader = Reader {
        log,
        page,
        runs: Column(&page.runs),
        headers: Column(&page.headers),
        references: Column(&page.references),
        operations: Column(&page.operations),
        values: Column(&page.values),
        changes: HashMap::new(),
        documents: 0,
        alike: Alike::default(),
        at: 0,
        referred: vec![0; page.feeds.len()],
        draft: Draft::default(),
        key: Vec::new(),
        deps: Vec::new(),
        near: Vec::new(),
        weight: 0,
    };
    let mut runs = Vec::new();
    while !reader.runs.0.is_empty() {
        runs.push(reader.run()?);
    }
    Ok(runs)
}

struct Reader<'p, L> {
    log: &'p L,
    page: &'p Page,
    runs: Column<'p>,
    headers: Column<'p>,
    references: Column<'p>,
    operations: Column<'p>,
    values: Column<'p>,
    /// Changes restored or looked up, by the place of their feed in the page and their number.
    changes: HashMap<(usize, u64), Option<Arc<Referent>>>,
    /// How many of the page's documents were met.
    documents: usize,
    alike: Alike,
    at: i64,
    /// The last number referred to in each feed.
    referred: Vec<u64>,
    /// The change that is being restored, the key of its operation, what it builds on, and what it has referred to so far.
    draft: Draft,
    key: Vec<u8>,
    deps: Vec<Arc<Referent>>,
    near: Vec<Arc<Referent>>,
    /// About how many bytes of memory the entries restored so far take.
    weight: usize,
}

/// Bytes of memory that a page may come to: more than any that is written here, the fullest bundle's included. Entries of
/// no length, keys named again and again, and run-length coded changes would let a small frame grow into any number.
const WEIGHT_MAX: usize = 4 * wire::FRAME_MAX;

/// What an entry takes at least, beside its bytes.
const ENTRY: usize = 128;

/// What an operation takes, beside its key and value, for whoever reads the change.
const OPERATION: usize = 128;

type Read<T, L> = Result<T, PageError<<L as Log>::Error>>;

/// A field that isn't there, or not what it should be.
macro_rules! some {
    ($field:expr) => {
        $field.ok_or(PageError::Malformed)?
    };
}

impl<L: Log> Reader<'_, L> {
    fn run(&mut self) -> Read<Run, L> {
        let place = some!(self.runs.index());
        let feed = *some!(self.page.feeds.get(place));
        let first = some!(self.runs.number());
        let count = some!(self.runs.number());
        let signature = some!(self.runs.array());
        // Every entry has a flag byte: a page can't promise more than it holds. A store's numbers are signed.
        let end = first.checked_add(count).filter(|end| i64::try_from(*end).is_ok());
        if count > self.headers.0.len() as u64 || end.is_none() {
            return Err(PageError::Malformed);
        }
        let mut entries = Vec::new();
        for n in first..first + count {
            let (entry, known) = self.entry(&feed)?;
            self.changes.insert((place, n), known);
            self.bear(ENTRY + entry.size())?;
            entries.push(entry);
        }
        Ok(Run { feed, first, entries, signature })
    }

    /// The next entry, and what references to it need.
    fn entry(&mut self, feed: &FeedId) -> Read<(Entry, Option<Arc<Referent>>), L> {
        let flags = some!(self.headers.byte());
        if flags & flag::VERBATIM != 0 {
            let header = some!(self.values.bytes()).to_vec();
            return Ok((self.with_body(header, flags)?, None));
        }
        let mut header = self.header(flags)?;
        if flags & flag::CHANGE != 0 {
            let (body, referent) = self.change(feed, &mut header, flags)?;
            let referent = Arc::new(referent);
            return Ok((Entry::restored(&header, body, referent.clone()), Some(referent)));
        }
        if flags & flag::ACTOR != 0 {
            header.actor = Some(some!(self.values.bytes()).to_vec());
        }
        self.document(&mut header, flags)?;
        let entry = self.with_body(wire::encode(&header), flags)?;
        let referent = Referent::read(&entry).map(Arc::new);
        self.bear(referent.as_ref().map_or(0, |referent| referent.weight()))?;
        Ok((entry, referent))
    }

    fn bear(&mut self, bytes: usize) -> Read<(), L> {
        self.weight = self.weight.saturating_add(bytes);
        if self.weight > WEIGHT_MAX { Err(PageError::Malformed) } else { Ok(()) }
    }

    /// An entry whose body travels as it is, or as what is left of it.
    fn with_body(&mut self, header: Vec<u8>, flags: u8) -> Read<Entry, L> {
        let bytes = some!(self.values.bytes());
        if flags & flag::ERASED == 0 {
            return Ok(Entry::of(header, bytes.to_vec(), None));
        }
        Ok(Entry::of(header, Vec::new(), Some(some!(bytes.try_into().ok()))))
    }

    /// All of the header but document and actor.
    fn header(&mut self, flags: u8) -> Read<Header, L> {
        if flags & flag::ALIKE == 0 {
            let kind = some!(self.headers.number());
            let version = some!(self.headers.byte());
            let person = match some!(self.headers.index()) {
                0 => None,
                index => Some(PersonId(some!(self.name(index - 1)))),
            };
            let rules_version = some!(self.headers.number());
            self.alike = Alike {
                kind: some!(kind.try_into().ok()),
                version,
                person,
                rules_version: some!(rules_version.try_into().ok()),
                anchor: some!(self.headers.signed()),
            };
        }
        self.at = self.at.wrapping_add(some!(self.headers.signed()));
        let hlc = some!(self.headers.from((self.at as u64).wrapping_shl(16)));
        let Alike { kind, version, person, rules_version, anchor } = self.alike;
        Ok(Header {
            kind,
            version,
            document: None,
            person,
            at: Instant(self.at),
            hlc: Hlc(hlc),
            rules_version,
            anchor: Instant(anchor),
            actor: None,
        })
    }

    fn document(&mut self, header: &mut Header, flags: u8) -> Read<(), L> {
        if flags & (flag::NO_DOCUMENT | flag::INHERITED) != 0 {
            return Ok(());
        }
        let back = some!(self.headers.index());
        let index = some!(self.documents.checked_sub(back));
        let bytes = some!(array_at(&self.page.documents, index));
        self.documents = self.documents.max(index + 1);
        header.document = Some(DocumentId(bytes));
        Ok(())
    }

    /// The bytes of a change in columns, and what references need of it.
    fn change(&mut self, feed: &FeedId, header: &mut Header, flags: u8) -> Read<(Vec<u8>, Referent), L> {
        self.document(header, flags)?;
        let actor = some!(self.headers.index());
        let actor = ActorId::from(some!(self.name::<8>(actor)));
        let (seq, start_op) = (some!(self.headers.signed()), some!(self.headers.signed()));
        self.draft.clear();
        self.deps.clear();
        self.near.clear();
        for _ in 0..some!(self.references.number()) {
            let dep = self.reference()?;
            self.deps.push(dep);
        }
        if flags & flag::INHERITED != 0 {
            header.document = some!(self.deps.first()).document;
        }
        if flags & flag::ACTOR != 0 {
            header.actor = Some(actor.to_bytes().to_vec());
        }
        let (usual_seq, usual_start) = expected(&actor, &self.deps);
        let mut threads = Threads::of(feed, header);
        for _ in 0..some!(self.operations.number()) {
            self.operation(&mut threads)?;
        }
        let deps: Vec<ChangeHash> = self.deps.iter().map(|dep| dep.outline.hash).collect();
        let (seq, start_op) = (usual_seq.wrapping_add(seq as u64), usual_start.wrapping_add(start_op as u64));
        let frame = Frame { deps: &deps, actor: &actor, seq, start_op, time: 0 };
        let (body, outline) = some!(self.draft.write(frame).filter(|_| start_op > 0));
        if !self.draft.readable(&actor, body.len()) {
            return Err(PageError::Malformed);
        }
        Ok((body, Referent { document: header.document, outline }))
    }

    fn operation(&mut self, threads: &mut Threads) -> Read<(), L> {
        let key = some!(self.operations.index());
        let tail = if key & 1 == 1 { Some(some!(self.values.array())) } else { None };
        let head = some!(self.page.keys.get(key >> 1));
        self.bear(OPERATION + head.len())?;
        self.key.clear();
        join_key(head, tail, &mut self.key);
        self.draft.key(&self.key);
        threads.with_key(tail);
        match some!(self.operations.byte()) {
            tag::DELETE => self.draft.delete(),
            tag => some!(self.value(tag, threads)),
        }
        for _ in 0..some!(self.references.number()) {
            let referent = self.reference()?;
            let counter = some!(referent.outline.operation(&self.key));
            self.draft.replace(OpId(counter, referent.outline.actor.clone()));
        }
        Ok(())
    }

    /// The value that the operation puts, from the page's type to automerge's.
    fn value(&mut self, tag: u8, threads: &Threads) -> Option<()> {
        let Self { draft, operations, values, .. } = self;
        match tag {
            tag::NULL => draft.put(flat::tag::NULL, |_| {}),
            tag::FALSE => draft.put(flat::tag::FALSE, |_| {}),
            tag::TRUE => draft.put(flat::tag::TRUE, |_| {}),
            tag::INT | tag::TIMESTAMP => {
                let number = values.signed()?;
                let tag = if tag == tag::INT { flat::tag::INT } else { flat::tag::TIMESTAMP };
                draft.put(tag, |out| put_leb(out, number));
            }
            tag::UINT => {
                let number = values.number()?;
                draft.put(flat::tag::UINT, |out| put(out, number));
            }
            tag::F64 => {
                let bytes: [u8; 8] = values.array()?;
                draft.put(flat::tag::F64, |out| out.extend_from_slice(&bytes));
            }
            tag::TEXT => {
                let text = std::str::from_utf8(values.take(operations.index()?)?).ok()?;
                draft.put(flat::tag::TEXT, |out| out.extend_from_slice(text.as_bytes()));
            }
            tag::BYTES => {
                let bytes = values.take(operations.index()?)?;
                draft.put(flat::tag::BYTES, |out| out.extend_from_slice(bytes));
            }
            tag::WOVEN => {
                let mut places = [0; 5];
                for place in &mut places {
                    *place = operations.number()?;
                }
                let rest = values.take(operations.index()?)?;
                let mut woven = None;
                draft.put(flat::tag::BYTES, |out| woven = threads.weave(places, rest, out));
                return woven;
            }
            _ => return None,
        }
        Some(())
    }

    /// A change that the receiver holds, or that came earlier in the page.
    fn reference(&mut self) -> Read<Arc<Referent>, L> {
        self.bear(size_of::<OpId>())?;
        let index = some!(self.references.index());
        if let Some(referent) = self.near.get(index) {
            return Ok(referent.clone());
        }
        let place = some!(self.references.index());
        let feed = some!(self.page.feeds.get(place));
        let last = &mut self.referred[place];
        let n = some!(self.references.from(last.wrapping_add(1)));
        if i64::try_from(n).is_err() {
            return Err(PageError::Malformed);
        }
        *last = n;
        let referent = match self.changes.entry((place, n)) {
            hash_map::Entry::Occupied(referent) => referent.get().clone(),
            hash_map::Entry::Vacant(vacant) => {
                vacant.insert(self.log.referent(feed, n).map_err(PageError::Log)?).clone()
            }
        };
        let referent = some!(referent);
        self.near.push(referent.clone());
        Ok(referent)
    }

    fn name<const N: usize>(&self, index: usize) -> Option<[u8; N]> {
        array_at(&self.page.names, index)
    }
}

fn array_at<const N: usize>(table: &[u8], index: usize) -> Option<[u8; N]> {
    let start = index.checked_mul(N)?;
    table.get(start..start.checked_add(N)?)?.try_into().ok()
}
