use super::{Alike, Known, Page, PageError, Threads, expected, flag, join_key, tag};
use crate::{
    Entry, FeedId, Header, Log, Run,
    change::{self, Outline, Written},
    column::Column,
    wire,
};
use automerge::{
    ActorId, ExpandedChange, ScalarValue,
    legacy::{Key, ObjectId, Op, OpId, OpType},
};
use daiban_domain::{DocumentId, Hlc, Instant, PersonId};
use std::{
    collections::{HashMap, hash_map},
    num::NonZeroU64,
    rc::Rc,
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
    changes: HashMap<(usize, u64), Option<Rc<Known>>>,
    /// How many of the page's documents were met.
    documents: usize,
    alike: Alike,
    at: i64,
    /// The last number referred to in each feed.
    referred: Vec<u64>,
    /// About how many bytes of memory the entries restored so far take.
    weight: usize,
}

/// Bytes of memory that a page may come to: more than any that is written here, the fullest bundle's included. Entries of
/// no length, keys named again and again, and run-length coded changes would let a small frame grow into any number.
const WEIGHT_MAX: usize = 4 * wire::FRAME_MAX;

/// What an entry takes at least, beside its bytes.
const ENTRY: usize = 128;

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
            self.changes.insert((place, n), known.map(Rc::new));
            self.bear(ENTRY + entry.size())?;
            entries.push(entry);
        }
        Ok(Run { feed, first, entries, signature })
    }

    /// The next entry, and what references to it need.
    fn entry(&mut self, feed: &FeedId) -> Read<(Entry, Option<Known>), L> {
        let flags = some!(self.headers.byte());
        if flags & flag::VERBATIM != 0 {
            let header = some!(self.values.bytes()).to_vec();
            return Ok((self.with_body(header, flags)?, None));
        }
        let mut header = self.header(flags)?;
        if flags & flag::CHANGE != 0 {
            let change = self.change(feed, &mut header, flags)?;
            let known = |hash| Known { document: header.document, outline: Outline::of(&change, hash) };
            if let Some((body, hash)) = change::write_readable(&change) {
                let known = known(hash);
                return Ok((Entry::written(&header, Written { change, hash }, body), Some(known)));
            }
            let (body, hash) = some!(change::write(&change));
            return Ok((Entry::new(&header, body), Some(known(hash))));
        }
        if flags & flag::ACTOR != 0 {
            header.actor = Some(some!(self.values.bytes()).to_vec());
        }
        self.document(&mut header, flags)?;
        let entry = self.with_body(wire::encode(&header), flags)?;
        let known = Known::read(&entry);
        self.bear(known.as_ref().map_or(0, Known::weight))?;
        Ok((entry, known))
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

    fn change(&mut self, feed: &FeedId, header: &mut Header, flags: u8) -> Read<ExpandedChange, L> {
        self.document(header, flags)?;
        let actor = some!(self.headers.index());
        let actor_id = ActorId::from(some!(self.name::<8>(actor)));
        let (seq, start_op) = (some!(self.headers.signed()), some!(self.headers.signed()));
        let mut near: Vec<Rc<Known>> = Vec::new();
        let count = some!(self.references.number());
        let mut deps = Vec::new();
        for _ in 0..count {
            deps.push(self.reference(&mut near)?);
        }
        if flags & flag::INHERITED != 0 {
            header.document = some!(deps.first()).document;
        }
        if flags & flag::ACTOR != 0 {
            header.actor = Some(actor_id.to_bytes().to_vec());
        }
        let (usual_seq, usual_start) = expected(&actor_id, &deps);
        let count = some!(self.operations.number());
        let mut operations = Vec::new();
        let mut threads = Threads::of(feed, header);
        for _ in 0..count {
            operations.push(self.operation(&mut near, &mut threads)?);
        }
        Ok(ExpandedChange {
            operations,
            actor_id,
            hash: None,
            seq: usual_seq.wrapping_add(seq as u64),
            start_op: some!(NonZeroU64::new(usual_start.wrapping_add(start_op as u64))),
            time: 0,
            message: None,
            deps: deps.iter().map(|dep| dep.outline.hash).collect(),
            extra_bytes: Vec::new(),
            author: None,
        })
    }

    fn operation(&mut self, near: &mut Vec<Rc<Known>>, threads: &mut Threads) -> Read<Op, L> {
        let key = some!(self.operations.index());
        let tail = if key & 1 == 1 { Some(some!(self.values.array())) } else { None };
        let head = some!(self.page.keys.get(key >> 1));
        self.bear(size_of::<Op>() + head.len())?;
        let key = Key::Map(join_key(head, tail).as_str().into());
        threads.with_key(tail);
        let action = match some!(self.operations.byte()) {
            tag::DELETE => OpType::Delete,
            tag => OpType::Put(some!(self.value(tag, threads))),
        };
        let mut pred = Vec::new();
        for _ in 0..some!(self.references.number()) {
            let known = self.reference(near)?;
            pred.push(OpId(some!(known.operation(&key)), known.outline.actor.clone()));
        }
        Ok(Op { action, obj: ObjectId::Root, key, pred: pred.into(), insert: false })
    }

    fn value(&mut self, tag: u8, threads: &Threads) -> Option<ScalarValue> {
        Some(match tag {
            tag::NULL => ScalarValue::Null,
            tag::FALSE => ScalarValue::Boolean(false),
            tag::TRUE => ScalarValue::Boolean(true),
            tag::INT => ScalarValue::Int(self.values.signed()?),
            tag::UINT => ScalarValue::Uint(self.values.number()?),
            tag::F64 => ScalarValue::F64(f64::from_bits(u64::from_le_bytes(self.values.array()?))),
            tag::TIMESTAMP => ScalarValue::Timestamp(self.values.signed()?),
            tag::TEXT => {
                let length = self.operations.index()?;
                ScalarValue::Str(std::str::from_utf8(self.values.take(length)?).ok()?.into())
            }
            tag::BYTES => {
                let length = self.operations.index()?;
                ScalarValue::Bytes(self.values.take(length)?.to_vec())
            }
            tag::WOVEN => {
                let mut places = [0; 5];
                for place in &mut places {
                    *place = self.operations.number()?;
                }
                let length = self.operations.index()?;
                ScalarValue::Bytes(threads.weave(places, self.values.take(length)?)?)
            }
            _ => return None,
        })
    }

    /// A change that the receiver holds, or that came earlier in the page.
    fn reference(&mut self, near: &mut Vec<Rc<Known>>) -> Read<Rc<Known>, L> {
        self.bear(size_of::<OpId>())?;
        let index = some!(self.references.index());
        if let Some(known) = near.get(index) {
            return Ok(known.clone());
        }
        let place = some!(self.references.index());
        let feed = some!(self.page.feeds.get(place));
        let last = &mut self.referred[place];
        let n = some!(self.references.from(last.wrapping_add(1)));
        if i64::try_from(n).is_err() {
            return Err(PageError::Malformed);
        }
        *last = n;
        let known = match self.changes.entry((place, n)) {
            hash_map::Entry::Occupied(known) => known.get().clone(),
            hash_map::Entry::Vacant(vacant) => {
                let entry = self.log.entry(feed, n).map_err(PageError::Log)?;
                vacant.insert(entry.as_ref().and_then(Known::read).map(Rc::new)).clone()
            }
        };
        let known = some!(known);
        near.push(known.clone());
        Ok(known)
    }

    fn name<const N: usize>(&self, index: usize) -> Option<[u8; N]> {
        array_at(&self.page.names, index)
    }
}

fn array_at<const N: usize>(table: &[u8], index: usize) -> Option<[u8; N]> {
    let start = index.checked_mul(N)?;
    table.get(start..start.checked_add(N)?)?.try_into().ok()
}
