//! Changes of flat documents (puts and deletes of scalar values at the root), read and written in one pass. Automerge's
//! own reader and writer serve every shape of change and take ten times as long; whatever isn't flat is left to them. A test
//! holds both together, byte for byte.

use super::{ACTOR_MAX, KEYS_MAX, MOST, Outline};
use crate::column::{Column, put, put_bytes, put_leb};
use automerge::{
    ActorId, ChangeHash, ExpandedChange, ScalarValue,
    legacy::{Key, ObjectId, Op, OpId, OpType},
};
use sha2::{Digest, Sha256};
use std::num::NonZeroU64;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The type of an uncompressed change chunk.
const CHANGE: u8 = 1;
/// Beyond, automerge writes in another way.
const OPERATIONS: usize = 10_000;

/// Columns of operations, by automerge's numbers.
mod spec {
    pub const KEY: u64 = 21;
    pub const INSERT: u64 = 52;
    pub const ACTION: u64 = 66;
    pub const VALUE_TYPE: u64 = 86;
    pub const VALUE: u64 = 87;
    pub const PRED_COUNT: u64 = 112;
    pub const PRED_ACTOR: u64 = 113;
    pub const PRED_COUNTER: u64 = 115;
}

mod action {
    pub const PUT: u64 = 1;
    pub const DELETE: u64 = 3;
}

/// The low four bits of a value's type; its length stands above.
mod tag {
    pub const NULL: u64 = 0;
    pub const FALSE: u64 = 1;
    pub const TRUE: u64 = 2;
    pub const UINT: u64 = 3;
    pub const INT: u64 = 4;
    pub const F64: u64 = 5;
    pub const TEXT: u64 = 6;
    pub const BYTES: u64 = 7;
    pub const TIMESTAMP: u64 = 9;
}

/// A flat change and its hash; `None` for any other, and for bytes that aren't the ones that [`write`] makes of it.
pub(super) fn read(body: &[u8]) -> Option<(ExpandedChange, ChangeHash)> {
    let change = parse(body)?;
    let (written, hash) = write(&change)?;
    (written == body).then_some((change, hash))
}

/// Whether a change that [`write`] has written is read: it says no more than its bytes can.
pub(super) fn readable(change: &ExpandedChange, bytes: usize) -> bool {
    let most = OPERATIONS.min(bytes);
    let keys = |op: &Op| if let Key::Map(key) = &op.key { key.len() } else { 0 };
    let preds = || change.operations.iter().flat_map(|op| op.pred.iter());
    change.operations.len() < most
        && preds().count() < most
        && change.operations.iter().map(keys).sum::<usize>() <= KEYS_MAX
        && change.actor_id.to_bytes().len() <= ACTOR_MAX
        && preds().all(|pred| pred.1.to_bytes().len() <= ACTOR_MAX)
}

/// The same, of bytes that are known to be the ones that [`write`] makes.
pub(super) fn read_again(body: &[u8]) -> Option<(ExpandedChange, ChangeHash)> {
    Some((parse(body)?, ChangeHash(Sha256::digest(body.get(8..)?).into())))
}

/// Bytes and hash of a flat change; `None` for any other.
pub(super) fn write(change: &ExpandedChange) -> Option<(Vec<u8>, ChangeHash)> {
    let ExpandedChange { operations, actor_id, .. } = change;
    let flat = change.message.is_none()
        && change.extra_bytes.is_empty()
        && change.author.is_none()
        && operations.len() < OPERATIONS
        && u32::try_from(change.start_op.get()).is_ok()
        && change.deps.is_sorted();
    if !flat {
        return None;
    }
    let preds = || operations.iter().flat_map(|op| op.pred.iter());
    let mut others: Vec<&ActorId> = preds().map(|pred| &pred.1).filter(|actor| *actor != actor_id).collect();
    others.sort_unstable();
    others.dedup();
    let mut keys = Vec::with_capacity(operations.len());
    let mut actions = Vec::with_capacity(operations.len());
    let mut types = Vec::with_capacity(operations.len());
    let mut values = Vec::new();
    for op in operations {
        let Key::Map(key) = &op.key else { return None };
        if op.obj != ObjectId::Root || op.insert {
            return None;
        }
        keys.push(key.as_bytes());
        match &op.action {
            OpType::Put(value) => {
                actions.push(action::PUT);
                types.push(put_value(&mut values, value)?);
            }
            OpType::Delete => {
                actions.push(action::DELETE);
                types.push(tag::NULL);
            }
            _ => return None,
        }
    }
    let counts: Vec<u64> = operations.iter().map(|op| op.pred.len() as u64).collect();
    let (mut actors, mut counters, mut last) = (Vec::new(), Vec::new(), 0);
    for OpId(counter, actor) in preds() {
        let counter = i64::from(u32::try_from(*counter).ok()?);
        let place = if actor == actor_id { 0 } else { others.binary_search(&actor).ok()? as u64 + 1 };
        actors.push(place);
        counters.push(counter - last);
        last = counter;
    }

    let mut columns = Columns::default();
    columns.bytes.reserve(values.len() + keys.iter().map(|key| key.len() + 16).sum::<usize>());
    columns.add(spec::KEY, |out| put_runs(out, &keys, |out, key| put_bytes(out, key)));
    columns.add(spec::INSERT, |out| {
        if !operations.is_empty() {
            put(out, operations.len() as u64);
        }
    });
    columns.add(spec::ACTION, |out| put_runs(out, &actions, |out, action| put(out, *action)));
    columns.add(spec::VALUE_TYPE, |out| put_runs(out, &types, |out, tag| put(out, *tag)));
    columns.add(spec::VALUE, |out| out.append(&mut values));
    columns.add(spec::PRED_COUNT, |out| put_runs(out, &counts, |out, count| put(out, *count)));
    columns.add(spec::PRED_ACTOR, |out| put_runs(out, &actors, |out, actor| put(out, *actor)));
    columns.add(spec::PRED_COUNTER, |out| put_runs(out, &counters, |out, counter| put_leb(out, *counter)));

    let mut data = Vec::with_capacity(columns.bytes.len() + 32 * change.deps.len() + 128);
    put(&mut data, change.deps.len() as u64);
    change.deps.iter().for_each(|dep| data.extend_from_slice(&dep.0));
    put_bytes(&mut data, actor_id.to_bytes());
    put(&mut data, change.seq);
    put(&mut data, change.start_op.get());
    put_leb(&mut data, change.time);
    put(&mut data, 0);
    put(&mut data, others.len() as u64);
    others.iter().for_each(|actor| put_bytes(&mut data, actor.to_bytes()));
    put(&mut data, columns.lengths.len() as u64);
    for (spec, length) in columns.lengths {
        put(&mut data, spec);
        put(&mut data, length as u64);
    }
    data.append(&mut columns.bytes);

    let mut bytes = Vec::with_capacity(data.len() + 14);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&[0; 4]);
    bytes.push(CHANGE);
    put_bytes(&mut bytes, &data);
    let hash: [u8; 32] = Sha256::digest(&bytes[8..]).into();
    bytes[4..8].copy_from_slice(&hash[..4]);
    Some((bytes, ChangeHash(hash)))
}

/// What references need of a flat change; `None` for any other. Of a change that [`read`] or automerge takes it says the
/// same as these.
pub(super) fn outline(body: &[u8]) -> Option<Outline> {
    let chunk = Chunk::of(body)?;
    if body[..4] != MAGIC || !chunk.rest.is_empty() {
        return None;
    }
    let hash: [u8; 32] = Sha256::digest(&body[8..]).into();
    if body[4..8] != hash[..4] {
        return None;
    }
    let actor = ActorId::from(*chunk.actors.first()?);
    let keys = chunk.keys().collect::<Option<Vec<_>>>()?;
    Some(Outline { hash: ChangeHash(hash), actor, seq: chunk.seq, start_op: chunk.start_op.get(), keys })
}

/// Whatever can be read as a flat change. Whether every byte is as it should be shows when it is written anew.
fn parse(body: &[u8]) -> Option<ExpandedChange> {
    let chunk = Chunk::of(body)?;
    let actors: Vec<ActorId> = chunk.actors.iter().map(|actor| ActorId::from(*actor)).collect();
    let [_, _, actions, types, values, pred_counts, pred_actors, pred_counters] = chunk.columns;
    let mut actions = Runs::of(actions, Column::number);
    let mut types = Runs::of(types, Column::number);
    let mut values = Column(values);
    let mut pred_counts = Runs::of(pred_counts, Column::number);
    let mut pred_actors = Runs::of(pred_actors, Column::number);
    let mut pred_counters = Runs::of(pred_counters, Column::leb);
    let (mut operations, mut counter, mut all_preds) = (Vec::with_capacity(chunk.count), 0i64, 0u64);
    for key in chunk.keys() {
        let tag = types.next()?;
        let action = match actions.next()? {
            action::PUT => OpType::Put(value(tag, &mut values)?),
            action::DELETE if tag == tag::NULL => OpType::Delete,
            _ => return None,
        };
        let preds = pred_counts.next()?;
        all_preds = all_preds.checked_add(preds).filter(|all| *all < chunk.most as u64)?;
        let mut pred = Vec::new();
        for _ in 0..preds {
            let actor = actors.get(usize::try_from(pred_actors.next()?).ok()?)?;
            counter = counter.checked_add(pred_counters.next()?)?;
            pred.push(OpId(u32::try_from(counter).ok()?.into(), actor.clone()));
        }
        operations.push(Op { action, obj: ObjectId::Root, key: key?, pred: pred.into(), insert: false });
    }
    Some(ExpandedChange {
        operations,
        actor_id: actors.into_iter().next()?,
        hash: None,
        seq: chunk.seq,
        start_op: chunk.start_op,
        time: chunk.time,
        message: None,
        deps: chunk.deps,
        extra_bytes: Vec::new(),
        author: None,
    })
}

/// A change of flat operations, taken apart.
struct Chunk<'a> {
    deps: Vec<ChangeHash>,
    /// Its own, and those of operations that it replaces.
    actors: Vec<&'a [u8]>,
    seq: u64,
    start_op: NonZeroU64,
    time: i64,
    columns: [&'a [u8]; 8],
    /// Of operations.
    count: usize,
    /// More operations, or operations replaced, than it has bytes to say them.
    most: usize,
    /// What follows the columns.
    rest: &'a [u8],
}

impl<'a> Chunk<'a> {
    fn of(body: &'a [u8]) -> Option<Self> {
        let mut chunk = Column(body.get(8..)?);
        if chunk.byte()? != CHANGE {
            return None;
        }
        let mut data = Column(chunk.bytes()?);
        let mut deps = Vec::new();
        for _ in 0..data.number()? {
            deps.push(ChangeHash(data.array()?));
        }
        let mut actors = vec![data.bytes()?];
        let seq = data.number()?;
        let start_op = NonZeroU64::new(data.number()?)?;
        let time = data.leb()?;
        if data.number()? != 0 {
            return None;
        }
        for _ in 0..data.number().filter(|others| *others <= MOST)? {
            actors.push(data.bytes()?);
        }
        if actors.iter().any(|actor| actor.len() > ACTOR_MAX) {
            return None;
        }
        let mut lengths = Vec::new();
        for _ in 0..data.number()? {
            lengths.push((data.number()?, data.index()?));
        }
        let mut columns: [&[u8]; 8] = [&[]; 8];
        for (spec, length) in lengths {
            let place = match spec {
                spec::KEY => 0,
                spec::INSERT => 1,
                spec::ACTION => 2,
                spec::VALUE_TYPE => 3,
                spec::VALUE => 4,
                spec::PRED_COUNT => 5,
                spec::PRED_ACTOR => 6,
                spec::PRED_COUNTER => 7,
                _ => return None,
            };
            columns[place] = data.take(length)?;
        }
        // One run of operations that insert nothing.
        let mut inserts = Column(columns[1]);
        let count = if inserts.0.is_empty() { 0 } else { inserts.index()? };
        // A run of one value is long for few bytes.
        let most = OPERATIONS.min(body.len());
        if count >= most || !inserts.0.is_empty() {
            return None;
        }
        let rest = if chunk.0.is_empty() { data.0 } else { chunk.0 };
        Some(Self { deps, actors, seq, start_op, time, columns, count, most, rest })
    }

    fn keys(&self) -> impl Iterator<Item = Option<Key>> {
        let mut keys = Runs::of(self.columns[0], |column| std::str::from_utf8(column.bytes()?).ok());
        let mut room = KEYS_MAX;
        (0..self.count).map(move |_| {
            let key = keys.next()?;
            room = room.checked_sub(key.len())?;
            Some(Key::Map(key.into()))
        })
    }
}

/// Writes a value; returns its type and length.
fn put_value(values: &mut Vec<u8>, value: &ScalarValue) -> Option<u64> {
    let start = values.len();
    let tag = match value {
        ScalarValue::Null => tag::NULL,
        ScalarValue::Boolean(false) => tag::FALSE,
        ScalarValue::Boolean(true) => tag::TRUE,
        ScalarValue::Uint(number) => {
            put(values, *number);
            tag::UINT
        }
        ScalarValue::Int(number) => {
            put_leb(values, *number);
            tag::INT
        }
        ScalarValue::Timestamp(number) => {
            put_leb(values, *number);
            tag::TIMESTAMP
        }
        ScalarValue::F64(number) => {
            values.extend_from_slice(&number.to_le_bytes());
            tag::F64
        }
        ScalarValue::Str(text) => {
            values.extend_from_slice(text.as_bytes());
            tag::TEXT
        }
        ScalarValue::Bytes(bytes) => {
            values.extend_from_slice(bytes);
            tag::BYTES
        }
        ScalarValue::Counter(_) | ScalarValue::Unknown { .. } => return None,
    };
    Some(((values.len() - start) as u64) << 4 | tag)
}

fn value(tag: u64, values: &mut Column<'_>) -> Option<ScalarValue> {
    let bytes = values.take(usize::try_from(tag >> 4).ok()?)?;
    let mut number = Column(bytes);
    Some(match tag & 15 {
        tag::NULL => ScalarValue::Null,
        tag::FALSE => ScalarValue::Boolean(false),
        tag::TRUE => ScalarValue::Boolean(true),
        tag::UINT => ScalarValue::Uint(number.number()?),
        tag::INT => ScalarValue::Int(number.leb()?),
        tag::TIMESTAMP => ScalarValue::Timestamp(number.leb()?),
        tag::F64 => ScalarValue::F64(f64::from_le_bytes(bytes.try_into().ok()?)),
        tag::TEXT => ScalarValue::Str(std::str::from_utf8(bytes).ok()?.into()),
        tag::BYTES => ScalarValue::Bytes(bytes.to_vec()),
        _ => return None,
    })
}

/// Column data as it is written, with number and length of each column that isn't empty.
#[derive(Default)]
struct Columns {
    bytes: Vec<u8>,
    lengths: Vec<(u64, usize)>,
}

impl Columns {
    fn add(&mut self, spec: u64, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.bytes.len();
        write(&mut self.bytes);
        let length = self.bytes.len() - start;
        if length > 0 {
            self.lengths.push((spec, length));
        }
    }
}

/// Items in runs: how often and which one; or minus how many, and each of them.
fn put_runs<T: PartialEq>(out: &mut Vec<u8>, items: &[T], put: impl Fn(&mut Vec<u8>, &T)) {
    let mut rest = items;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|item| *item == first).count();
        if same > 1 {
            put_leb(out, same as i64);
            put(out, first);
            rest = &rest[same..];
            continue;
        }
        let pairs = rest.windows(2).position(|pair| pair[0] == pair[1]);
        let (single, others) = rest.split_at(pairs.unwrap_or(rest.len()));
        put_leb(out, -(single.len() as i64));
        single.iter().for_each(|item| put(out, item));
        rest = others;
    }
}

/// A column in runs, being read.
struct Runs<'a, T, R> {
    column: Column<'a>,
    read: R,
    left: u64,
    repeated: Option<T>,
}

impl<'a, T: Copy, R: Fn(&mut Column<'a>) -> Option<T>> Runs<'a, T, R> {
    fn of(column: &'a [u8], read: R) -> Self {
        Self { column: Column(column), read, left: 0, repeated: None }
    }

    fn next(&mut self) -> Option<T> {
        if self.left == 0 {
            let count = self.column.leb()?;
            self.left = count.unsigned_abs();
            self.repeated = match count {
                0 => return None,
                1.. => Some((self.read)(&mut self.column)?),
                _ => None,
            };
        }
        self.left -= 1;
        match self.repeated {
            Some(item) => Some(item),
            None => (self.read)(&mut self.column),
        }
    }
}

#[cfg(test)]
mod tests;
