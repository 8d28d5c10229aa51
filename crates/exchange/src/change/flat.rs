//! Changes of flat documents (puts and deletes of scalar values at the root), read and written in one pass. Automerge's
//! own reader and writer serve every shape of change and take ten times as long; whatever isn't flat is left to them. A test
//! holds both together, byte for byte.

mod draft;

pub(crate) use draft::{Draft, Frame};

use super::{ACTOR_MAX, KEYS_MAX, MOST, Outline};
use crate::column::{Column, Runs};
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
pub(crate) mod tag {
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

/// The same, of bytes that are known to be the ones that [`write`] makes.
pub(super) fn read_again(body: &[u8]) -> Option<(ExpandedChange, ChangeHash)> {
    Some((parse(body)?, ChangeHash(Sha256::digest(body.get(8..)?).into())))
}

/// Bytes and hash of a flat change; `None` for any other.
pub(super) fn write(change: &ExpandedChange) -> Option<(Vec<u8>, ChangeHash)> {
    let frame = Frame {
        deps: &change.deps,
        actor: &change.actor_id,
        seq: change.seq,
        start_op: change.start_op.get(),
        time: change.time,
    };
    let (bytes, outline) = Draft::of(change)?.write(frame)?;
    Some((bytes, outline.hash))
}

/// What references need of a flat change; `None` for any other. Of oddly written bytes it may list operations that automerge
/// passes over: both sides of a page read it the same way.
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
    if chunk.keys().any(|key| key.is_none()) {
        return None;
    }
    Some(Outline {
        hash: ChangeHash(hash),
        actor,
        seq: chunk.seq,
        start_op: chunk.start_op.get(),
        operations: chunk.count as u64,
        keys: chunk.columns[0].into(),
    })
}

/// Whatever can be read as a flat change. Whether every byte is as it should be shows when it is written anew.
pub(crate) fn parse(body: &[u8]) -> Option<ExpandedChange> {
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
        let key = Key::Map(key?.into());
        operations.push(Op { action, obj: ObjectId::Root, key, pred: pred.into(), insert: false });
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

    fn keys(&self) -> impl Iterator<Item = Option<&'a str>> {
        let mut keys = Runs::of(self.columns[0], |column| std::str::from_utf8(column.bytes()?).ok());
        let mut room = KEYS_MAX;
        (0..self.count).map(move |_| {
            let key = keys.next()?;
            room = room.checked_sub(key.len())?;
            Some(key)
        })
    }
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

#[cfg(test)]
mod tests;
