//! Writing flat changes.

use super::{CHANGE, MAGIC, OPERATIONS, action, spec, tag};
use crate::{
    change::{ACTOR_MAX, KEYS_MAX, Outline},
    column::{put, put_bytes, put_leb, put_runs},
};
use automerge::{
    ActorId, ChangeHash, ExpandedChange, ScalarValue,
    legacy::{Key, ObjectId, Op, OpId, OpType},
};
use sha2::{Digest, Sha256};

/// A flat change on its way into bytes, its operations in columns. Used again, it needs no memory anew.
#[derive(Default)]
pub(crate) struct Draft {
    /// One after the other, with where each ends.
    keys: Vec<u8>,
    ends: Vec<usize>,
    actions: Vec<u64>,
    types: Vec<u64>,
    values: Vec<u8>,
    /// How many operations each one replaces, and which.
    counts: Vec<u64>,
    preds: Vec<OpId>,
    columns: Vec<u8>,
    head: Vec<u8>,
}

/// What a change says beside its operations.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'c> {
    pub deps: &'c [ChangeHash],
    pub actor: &'c ActorId,
    pub seq: u64,
    pub start_op: u64,
    pub time: i64,
}

impl Draft {
    /// `None` for a change that isn't flat.
    pub fn of(change: &ExpandedChange) -> Option<Self> {
        let flat = change.message.is_none() && change.extra_bytes.is_empty() && change.author.is_none();
        let mut draft = Self::default();
        for op in change.operations.iter().take(if flat { OPERATIONS } else { 0 }) {
            draft.operation(op)?;
        }
        flat.then_some(draft)
    }

    fn operation(&mut self, op: &Op) -> Option<()> {
        let Key::Map(key) = &op.key else { return None };
        if op.obj != ObjectId::Root || op.insert {
            return None;
        }
        self.key(key.as_bytes());
        match &op.action {
            OpType::Put(value) => self.scalar(value)?,
            OpType::Delete => self.delete(),
            _ => return None,
        }
        op.pred.iter().for_each(|pred| self.replace(pred.clone()));
        Some(())
    }

    /// Forgets all operations.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.ends.clear();
        self.actions.clear();
        self.types.clear();
        self.values.clear();
        self.counts.clear();
        self.preds.clear();
    }

    /// Begins an operation on a key.
    pub fn key(&mut self, key: &[u8]) {
        self.keys.extend_from_slice(key);
        self.ends.push(self.keys.len());
        self.counts.push(0);
    }

    /// The operation replaces another.
    pub fn replace(&mut self, pred: OpId) {
        if let Some(count) = self.counts.last_mut() {
            *count += 1;
        }
        self.preds.push(pred);
    }

    /// The operation deletes.
    pub fn delete(&mut self) {
        self.actions.push(action::DELETE);
        self.types.push(tag::NULL);
    }

    /// The operation puts a value of a type, whose bytes are appended to what is given.
    pub fn put(&mut self, tag: u64, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.values.len();
        write(&mut self.values);
        self.actions.push(action::PUT);
        self.types.push(((self.values.len() - start) as u64) << 4 | tag);
    }

    fn scalar(&mut self, value: &ScalarValue) -> Option<()> {
        let tag = match value {
            ScalarValue::Null => tag::NULL,
            ScalarValue::Boolean(false) => tag::FALSE,
            ScalarValue::Boolean(true) => tag::TRUE,
            ScalarValue::Uint(_) => tag::UINT,
            ScalarValue::Int(_) => tag::INT,
            ScalarValue::Timestamp(_) => tag::TIMESTAMP,
            ScalarValue::F64(_) => tag::F64,
            ScalarValue::Str(_) => tag::TEXT,
            ScalarValue::Bytes(_) => tag::BYTES,
            ScalarValue::Counter(_) | ScalarValue::Unknown { .. } => return None,
        };
        self.put(tag, |values| match value {
            ScalarValue::Uint(number) => put(values, *number),
            ScalarValue::Int(number) | ScalarValue::Timestamp(number) => put_leb(values, *number),
            ScalarValue::F64(number) => values.extend_from_slice(&number.to_le_bytes()),
            ScalarValue::Str(text) => values.extend_from_slice(text.as_bytes()),
            ScalarValue::Bytes(bytes) => values.extend_from_slice(bytes),
            _ => {}
        });
        Some(())
    }

    /// The bytes, and what references need of them; `None` where automerge would write them in another way.
    pub fn write(&mut self, frame: Frame<'_>) -> Option<(Vec<u8>, Outline)> {
        let Frame { deps, actor, seq, start_op, time } = frame;
        let Self { keys, ends, actions, types, values, counts, preds, columns, head } = self;
        if ends.len() >= OPERATIONS || u32::try_from(start_op).is_err() || !deps.is_sorted() {
            return None;
        }
        let mut others: Vec<&ActorId> =
            preds.iter().map(|pred| &pred.1).filter(|other| *other != actor).collect();
        others.sort_unstable();
        others.dedup();
        let (mut actors, mut counters, mut last) = (Vec::new(), Vec::new(), 0);
        for OpId(counter, other) in &*preds {
            let counter = i64::from(u32::try_from(*counter).ok()?);
            actors.push(if other == actor { 0 } else { others.binary_search(&other).ok()? as u64 + 1 });
            counters.push(counter - last);
            last = counter;
        }
        let starts = [0].into_iter().chain(ends.iter().copied());
        let keys: Vec<&[u8]> = starts.zip(&*ends).map(|(start, end)| &keys[start..*end]).collect();

        columns.clear();
        let mut lengths = [(spec::KEY, 0); 8];
        let mut all = lengths.iter_mut();
        let mut add = |spec, write: &dyn Fn(&mut Vec<u8>)| {
            let start = columns.len();
            write(columns);
            if let Some(place) = all.next() {
                *place = (spec, columns.len() - start);
            }
        };
        add(spec::KEY, &|out| put_runs(out, &keys, |out, key| put_bytes(out, key)));
        add(spec::INSERT, &|out| {
            if !keys.is_empty() {
                put(out, keys.len() as u64);
            }
        });
        add(spec::ACTION, &|out| put_runs(out, actions, |out, action| put(out, *action)));
        add(spec::VALUE_TYPE, &|out| put_runs(out, types, |out, tag| put(out, *tag)));
        add(spec::VALUE, &|out| out.extend_from_slice(values));
        add(spec::PRED_COUNT, &|out| put_runs(out, counts, |out, count| put(out, *count)));
        add(spec::PRED_ACTOR, &|out| put_runs(out, &actors, |out, actor| put(out, *actor)));
        add(spec::PRED_COUNTER, &|out| put_runs(out, &counters, |out, counter| put_leb(out, *counter)));

        head.clear();
        put(head, deps.len() as u64);
        deps.iter().for_each(|dep| head.extend_from_slice(&dep.0));
        put_bytes(head, actor.to_bytes());
        put(head, seq);
        put(head, start_op);
        put_leb(head, time);
        put(head, 0);
        put(head, others.len() as u64);
        others.iter().for_each(|actor| put_bytes(head, actor.to_bytes()));
        let written = || lengths.iter().filter(|(_, length)| *length > 0);
        put(head, written().count() as u64);
        for (spec, length) in written() {
            put(head, *spec);
            put(head, *length as u64);
        }

        let data = head.len() + columns.len();
        let mut bytes = Vec::with_capacity(data + 16);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&[0; 4]);
        bytes.push(CHANGE);
        put(&mut bytes, data as u64);
        bytes.extend_from_slice(head);
        bytes.extend_from_slice(columns);
        let hash: [u8; 32] = Sha256::digest(&bytes[8..]).into();
        bytes[4..8].copy_from_slice(&hash[..4]);
        let outline = Outline {
            hash: ChangeHash(hash),
            actor: actor.clone(),
            seq,
            start_op,
            operations: keys.len() as u64,
            keys: columns[..lengths[0].1].into(),
        };
        Some((bytes, outline))
    }

    /// Whether what was written of it is read: it says no more than so many bytes can.
    pub fn readable(&self, actor: &ActorId, bytes: usize) -> bool {
        let most = OPERATIONS.min(bytes);
        self.ends.len() < most
            && self.preds.len() < most
            && self.keys.len() <= KEYS_MAX
            && actor.to_bytes().len() <= ACTOR_MAX
            && self.preds.iter().all(|pred| pred.1.to_bytes().len() <= ACTOR_MAX)
    }
}
