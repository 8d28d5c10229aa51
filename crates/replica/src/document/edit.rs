//! One change of one document, written out whole. An automerge transaction would make the same bytes operation by
//! operation at ten times the cost, and drop a value that stands already.

use super::registers::{Registers, Sound, Unfit};
use crate::ReplicaError;
use automerge::{
    ActorId, ExpandedChange, ScalarValue,
    legacy::{Key, ObjectId, Op, OpId, OpType},
};
use daiban_domain::{
    DocumentId,
    case::{Event, transition},
};
use daiban_exchange::{change, person};
use ed25519_dalek::SigningKey;
use std::num::NonZeroU64;

pub struct Edit<'d> {
    registers: &'d Registers,
    operations: Vec<Op>,
    /// Who signs what they decide, and where.
    signs: Option<(DocumentId, &'d SigningKey)>,
}

impl<'d> Edit<'d> {
    pub(crate) fn of(registers: &'d Registers) -> Self {
        Self { registers, operations: Vec::new(), signs: None }
    }

    pub(crate) fn signed_by(self, document: DocumentId, key: Option<&'d SigningKey>) -> Self {
        Self { signs: key.map(|key| (document, key)), ..self }
    }

    /// Puts an event, under the signature of the person at work where an organ decides by it.
    pub fn event(&mut self, event: &Event) -> Result<(), ReplicaError> {
        let mut bytes = minicbor::to_vec(event).map_err(|_| ReplicaError::Column("event"))?;
        if let Some((document, key)) = self.signs.filter(|_| transition::legal_act(&event.kind)) {
            bytes = person::sign(bytes, document, key);
        }
        self.put(&format!("events/{}", event.id), ScalarValue::Bytes(bytes));
        Ok(())
    }

    /// Puts a value where there was none, or replaces all that stand there.
    pub fn put(&mut self, key: &str, value: impl Into<ScalarValue>) {
        let value = value.into();
        let stands = matches!(self.registers.standing(key), [only] if only.value == value);
        if stands {
            self.forget(key);
        } else {
            self.affirm(key, value);
        }
    }

    /// Like [`Edit::put`], but leaves a trace even where the value stands already, so that re-affirming it shows beside
    /// another's concurrent change.
    pub fn affirm(&mut self, key: &str, value: impl Into<ScalarValue>) {
        self.forget(key);
        self.operations.push(Op {
            action: OpType::Put(value.into()),
            obj: ObjectId::Root,
            key: Key::Map(key.into()),
            pred: self.registers.standing(key).iter().map(|other| other.operation.clone()).collect(),
            insert: false,
        });
    }

    /// Says again what an earlier change said, in the place of the same operations and no others.
    pub(crate) fn repeat(&mut self, key: &str, action: OpType, pred: Vec<OpId>) {
        self.forget(key);
        let operation =
            Op { action, obj: ObjectId::Root, key: Key::Map(key.into()), pred: pred.into(), insert: false };
        self.operations.push(operation);
    }

    fn forget(&mut self, key: &str) {
        self.operations.retain(|op| !matches!(&op.key, Key::Map(other) if other == key));
    }

    /// The change and its bytes; `None` if it changes nothing.
    pub(crate) fn finish(self, actor: [u8; 8]) -> Result<Option<(Sound, Vec<u8>)>, ReplicaError> {
        let Self { registers, operations, .. } = self;
        if operations.is_empty() {
            return Ok(None);
        }
        let actor_id = ActorId::from(actor);
        let mut deps = registers.heads().to_vec();
        deps.sort_unstable();
        let start_op = registers.max_op().checked_add(1).and_then(NonZeroU64::new);
        let change = ExpandedChange {
            operations,
            seq: registers.seq(&actor_id) + 1,
            actor_id,
            hash: None,
            start_op: start_op.ok_or(ReplicaError::Column("change.start_op"))?,
            time: 0,
            message: None,
            deps,
            extra_bytes: Vec::new(),
            author: None,
        };
        let (bytes, hash) = change::write(&change).ok_or(ReplicaError::Unfit(Unfit::Operation))?;
        Ok(Some((Sound { change, hash }, bytes)))
    }
}
