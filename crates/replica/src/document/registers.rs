//! What a document says: its keys, and in each the values that nobody has replaced yet.
//!
//! The rules are automerge's for scalar values at the root of a document, and a test holds both together. They are written
//! out here because every change must be judged against the operations that it claims to replace before it may count:
//! automerge takes changes that it can't load again, and panics over others. Whoever has judged a change that far has
//! already merged it.

use automerge::{
    ActorId, ChangeHash, ExpandedChange, ScalarValue,
    legacy::{Key, ObjectId, Op, OpId, OpType},
};
use daiban_exchange::{Header, change, kind};
use std::collections::{BTreeMap, HashMap};

#[derive(Default)]
pub(crate) struct Registers {
    keys: BTreeMap<String, Vec<Standing>>,
    /// Where each operation ever made stands: its key's index in `names`, and its change's number of its actor.
    operations: HashMap<OpId, (usize, u64)>,
    names: HashMap<String, usize>,
    changes: HashMap<ChangeHash, Known>,
    heads: Vec<ChangeHash>,
}

/// A value that nobody has replaced.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standing {
    pub operation: OpId,
    pub value: ScalarValue,
    pub change: ChangeHash,
}

struct Known {
    max_op: u64,
    /// How many changes of each actor this one has seen, itself included.
    clock: BTreeMap<ActorId, u64>,
}

/// Why a change can't count. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Its bytes are not those of one uncompressed change, written the one way in which it can be written.
    Bytes = 1,
    /// It does something else than putting or deleting scalar values at the root, each key once.
    Operation = 2,
    /// Its number or its first operation's isn't the one that follows from what it builds on.
    Sequence = 3,
    /// It replaces an operation that it can't have seen, or one of another key.
    Predecessor = 4,
    /// Its actor made another change with the same number.
    Equivocation = 5,
    /// Its actor isn't the one that its feed named last.
    Actor = 6,
    /// It builds on a change that isn't here, or that doesn't count itself. It waits; all other reasons are final.
    Waiting = 7,
}

impl Unfit {
    /// From its number; `None` for a newer program's.
    pub fn numbered(number: u8) -> Option<Self> {
        let all = [
            Self::Bytes,
            Self::Operation,
            Self::Sequence,
            Self::Predecessor,
            Self::Equivocation,
            Self::Actor,
            Self::Waiting,
        ];
        all.into_iter().find(|unfit| *unfit as u8 == number)
    }
}

/// What can be told of an entry by itself and by what its feed said before. `actor`: the one that the feed named last,
/// this entry included afterwards.
pub(crate) fn judge_alone(
    header: Option<&Header>,
    body: &[u8],
    actor: &mut Option<Vec<u8>>,
) -> Option<Unfit> {
    let header = header?;
    if header.actor.is_some() {
        actor.clone_from(&header.actor);
    }
    if header.kind != kind::CHANGE || !header.understood() {
        return None;
    }
    match Sound::read(body) {
        Ok(sound) => {
            let its_own = actor.as_deref() == Some(sound.change.actor_id.to_bytes());
            (!its_own).then_some(Unfit::Actor)
        }
        Err(unfit) => Some(unfit),
    }
}

/// A change whose bytes and operations are in order. Whether it fits a document is told by [`Registers::take`].
#[derive(Clone)]
pub(crate) struct Sound {
    pub change: ExpandedChange,
    pub hash: ChangeHash,
}

impl Sound {
    /// Reads an entry's body.
    pub fn read(body: &[u8]) -> Result<Self, Unfit> {
        let (change, hash) = change::read_canonical(body).ok_or(Unfit::Bytes)?;
        Ok(Self { change, hash })
    }

    fn plain(&self) -> bool {
        let operations = &self.change.operations;
        let mut keys: Vec<&Key> = operations.iter().map(|op| &op.key).collect();
        keys.sort_unstable();
        let once = keys.windows(2).all(|pair| pair[0] != pair[1]);
        !operations.is_empty() && once && operations.iter().all(plain)
    }
}

/// A scalar put or delete at the root.
pub(crate) fn plain(op: &Op) -> bool {
    op.obj == ObjectId::Root
        && !op.insert
        && matches!(op.key, Key::Map(_))
        && match &op.action {
            OpType::Put(value) => !matches!(value, ScalarValue::Counter(_)),
            OpType::Delete => true,
            _ => false,
        }
}

/// What each body is found to be, as changes of one document.
pub fn judge_together(bodies: &[&[u8]]) -> Vec<Result<(), Unfit>> {
    let read: Vec<Result<Sound, Unfit>> = bodies.iter().map(|body| Sound::read(body)).collect();
    let mut found = Registers::default().take_all(read.iter().flatten()).into_iter();
    read.iter()
        .map(|sound| match sound {
            Ok(_) => found.next().unwrap_or(Err(Unfit::Waiting)),
            Err(unfit) => Err(*unfit),
        })
        .collect()
}

impl Registers {
    /// Takes changes in any order; returns what each of them is found to be, in theirs. The outcome is the same for the
    /// same set.
    pub fn take_all<'s>(&mut self, changes: impl IntoIterator<Item = &'s Sound>) -> Vec<Result<(), Unfit>> {
        let changes: Vec<&Sound> = changes.into_iter().collect();
        let mut named: HashMap<(&ActorId, u64), ChangeHash> = HashMap::new();
        for Sound { change, hash } in &changes {
            let first = named.entry((&change.actor_id, change.seq)).or_insert(*hash);
            *first = (*first).min(*hash);
        }
        let mut outcomes = vec![Err(Unfit::Waiting); changes.len()];
        let mut progress = true;
        while progress {
            progress = false;
            for (sound, outcome) in changes.iter().zip(&mut outcomes) {
                if *outcome != Err(Unfit::Waiting) {
                    continue;
                }
                let first = named.get(&(&sound.change.actor_id, sound.change.seq)) == Some(&sound.hash);
                *outcome = if first { self.take(sound) } else { Err(Unfit::Equivocation) };
                progress |= *outcome != Err(Unfit::Waiting);
            }
        }
        outcomes
    }

    /// Takes one change. One that is here already changes nothing.
    pub fn take(&mut self, sound: &Sound) -> Result<(), Unfit> {
        let Sound { change, hash } = sound;
        if self.changes.contains_key(hash) {
            return Ok(());
        }
        if !sound.plain() {
            return Err(Unfit::Operation);
        }
        let mut clock: BTreeMap<ActorId, u64> = BTreeMap::new();
        let mut max_op = 0;
        for dep in &change.deps {
            let seen = self.changes.get(dep).ok_or(Unfit::Waiting)?;
            max_op = max_op.max(seen.max_op);
            for (actor, seq) in &seen.clock {
                let known = clock.entry(actor.clone()).or_default();
                *known = (*known).max(*seq);
            }
        }
        let own = clock.entry(change.actor_id.clone()).or_default();
        let follows = change.seq == *own + 1 && Some(change.start_op.get()) == max_op.checked_add(1);
        let count = change.operations.len() as u64;
        let last = max_op.checked_add(count).filter(|_| follows).ok_or(Unfit::Sequence)?;
        let seen = |(_, seq): &(usize, u64), actor| clock.get(actor).is_some_and(|known| known >= seq);
        for op in &change.operations {
            let Key::Map(key) = &op.key else { return Err(Unfit::Operation) };
            let name = self.names.get(key.as_str());
            let known = op.pred.iter().all(|pred| {
                self.operations.get(pred).is_some_and(|made| seen(made, &pred.1) && Some(&made.0) == name)
            });
            if !known {
                return Err(Unfit::Predecessor);
            }
        }
        clock.insert(change.actor_id.clone(), change.seq);
        for (op, counter) in change.operations.iter().zip(change.start_op.get()..) {
            self.perform(op, OpId(counter, change.actor_id.clone()), change.seq, *hash);
        }
        self.heads.retain(|head| !change.deps.contains(head));
        self.heads.push(*hash);
        self.changes.insert(*hash, Known { max_op: last, clock });
        Ok(())
    }

    fn perform(&mut self, op: &Op, id: OpId, seq: u64, change: ChangeHash) {
        let Key::Map(key) = &op.key else { return };
        let standing = self.keys.entry(key.to_string()).or_default();
        standing.retain(|other| op.pred.iter().all(|pred| *pred != other.operation));
        if let OpType::Put(value) = &op.action {
            standing.push(Standing { operation: id.clone(), value: value.clone(), change });
            standing.sort_by(|a, b| a.operation.cmp(&b.operation));
        }
        let next = self.names.len();
        let name = *self.names.entry(key.to_string()).or_insert(next);
        self.operations.insert(id, (name, seq));
    }

    /// The values that stand in a key, in automerge's order: of several, the last is its pick.
    pub fn standing(&self, key: &str) -> &[Standing] {
        self.keys.get(key).map_or(&[], Vec::as_slice)
    }

    /// All keys that hold a value, in order.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &[Standing])> {
        self.keys.iter().filter(|(_, all)| !all.is_empty()).map(|(key, all)| (key.as_str(), all.as_slice()))
    }

    pub fn contains(&self, change: &ChangeHash) -> bool {
        self.changes.contains_key(change)
    }

    /// Whether an operation was made on a key.
    pub fn made(&self, operation: &OpId, key: &str) -> bool {
        self.operations.get(operation).is_some_and(|(name, _)| self.names.get(key) == Some(name))
    }

    /// The changes that no other has seen: what the next one follows.
    pub fn heads(&self) -> &[ChangeHash] {
        &self.heads
    }

    /// The number of the last operation.
    pub fn max_op(&self) -> u64 {
        self.heads
            .iter()
            .filter_map(|head| self.changes.get(head))
            .map(|known| known.max_op)
            .max()
            .unwrap_or(0)
    }

    /// How many changes of an actor are here.
    pub fn seq(&self, actor: &ActorId) -> u64 {
        let clocks = self.heads.iter().filter_map(|head| self.changes.get(head)?.clock.get(actor));
        clocks.copied().max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
