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
use daiban_exchange::{Entry, Header, change, kind};
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashMap};

#[derive(Default)]
pub(crate) struct Registers {
    /// Keys, with their places in `standing`.
    keys: BTreeMap<SmolStr, usize>,
    standing: Vec<Vec<Standing>>,
    /// What each actor made, in its order.
    made: BTreeMap<ActorId, Vec<Made>>,
    changes: HashMap<ChangeHash, Known>,
    heads: Vec<ChangeHash>,
}

/// The operations of a change.
struct Made {
    start_op: u64,
    seq: u64,
    /// The places of their keys.
    keys: Vec<usize>,
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
    /// A revoked device wrote it after the last of its entries that count; nobody has accepted it, and nothing builds on it.
    Held = 8,
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
            Self::Held,
        ];
        all.into_iter().find(|unfit| *unfit as u8 == number)
    }
}

/// What can be told of an entry by itself and by what its feed said before; its change, if it is one. `actor`: the one that
/// the feed named last, this entry included afterwards.
pub(crate) fn judge_alone(
    header: Option<&Header>,
    entry: &Entry,
    actor: &mut Option<Vec<u8>>,
) -> Result<Option<Sound>, Unfit> {
    let Some(header) = header else { return Ok(None) };
    if header.actor.is_some() {
        actor.clone_from(&header.actor);
    }
    if header.kind != kind::CHANGE || !header.understood() {
        return Ok(None);
    }
    let (change, hash) = entry.change().ok_or(Unfit::Bytes)?;
    let sound = Sound { change, hash };
    let its_own = actor.as_deref() == Some(sound.change.actor_id.to_bytes());
    if !its_own {
        return Err(Unfit::Actor);
    }
    if sound.plain() { Ok(Some(sound)) } else { Err(Unfit::Operation) }
}

/// A change whose bytes and operations are in order. Whether it fits a document is told by [`Registers::take`].
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

    /// Reads the body of an entry that was found fit when it was stored.
    pub fn read_again(body: &[u8]) -> Result<Self, Unfit> {
        let (change, hash) = change::read_again(body).ok_or(Unfit::Bytes)?;
        Ok(Self { change, hash })
    }

    /// The keys that it writes.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.change.operations.iter().filter_map(|op| match &op.key {
            Key::Map(key) => Some(key.as_str()),
            Key::Seq(_) => None,
        })
    }

    /// About how many bytes of memory it takes. Few bytes may say a lot.
    pub fn weight(&self) -> usize {
        let actor = |id: &OpId| size_of::<OpId>() + id.1.to_bytes().len();
        let spelt = |op: &Op| {
            let key = if let Key::Map(key) = &op.key { key.len() } else { 0 };
            let value = match &op.action {
                OpType::Put(ScalarValue::Str(text)) => text.len(),
                OpType::Put(ScalarValue::Bytes(bytes)) => bytes.len(),
                _ => 0,
            };
            size_of::<Op>() + key + value + op.pred.iter().map(actor).sum::<usize>()
        };
        self.change.operations.iter().map(spelt).sum()
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
        for sound in &changes {
            let Sound { change, hash } = &**sound;
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
        let seen = |pred: &OpId, seq| clock.get(&pred.1).is_some_and(|known| *known >= seq);
        for op in change.operations.iter().filter(|op| !op.pred.is_empty()) {
            let Key::Map(key) = &op.key else { return Err(Unfit::Operation) };
            let place = self.keys.get(key.as_str()).copied();
            let known = op.pred.iter().all(|pred| {
                self.operation(pred).is_some_and(|(of, seq)| seen(pred, seq) && Some(of) == place)
            });
            if !known {
                return Err(Unfit::Predecessor);
            }
        }
        clock.insert(change.actor_id.clone(), change.seq);
        let start_op = change.start_op.get();
        let keys = change.operations.iter().zip(start_op..);
        let keys = keys.map(|(op, counter)| self.perform(op, counter, &change.actor_id, *hash)).collect();
        let made = Made { start_op, seq: change.seq, keys };
        self.made.entry(change.actor_id.clone()).or_default().push(made);
        self.heads.retain(|head| !change.deps.contains(head));
        self.heads.push(*hash);
        self.changes.insert(*hash, Known { max_op: last, clock });
        Ok(())
    }

    /// Performs an operation at the root; returns the place of its key.
    fn perform(&mut self, op: &Op, counter: u64, actor: &ActorId, change: ChangeHash) -> usize {
        let key = if let Key::Map(key) = &op.key { key.clone() } else { SmolStr::default() };
        let next = self.standing.len();
        let place = *self.keys.entry(key).or_insert(next);
        if place == next {
            // Mostly one value stands.
            self.standing.push(Vec::with_capacity(1));
        }
        let standing = &mut self.standing[place];
        standing.retain(|other| op.pred.iter().all(|pred| *pred != other.operation));
        if let OpType::Put(value) = &op.action {
            let operation = OpId(counter, actor.clone());
            standing.push(Standing { operation, value: value.clone(), change });
            standing.sort_by(|a, b| a.operation.cmp(&b.operation));
        }
        place
    }

    /// Where an operation that was ever made stands: the place of its key, and its change's number of its actor.
    fn operation(&self, OpId(counter, actor): &OpId) -> Option<(usize, u64)> {
        let made = self.made.get(actor)?;
        let last = made.partition_point(|made| made.start_op <= *counter).checked_sub(1)?;
        let Made { start_op, seq, keys } = &made[last];
        Some((*keys.get(usize::try_from(counter - start_op).ok()?)?, *seq))
    }

    /// The values that stand in a key, in automerge's order: of several, the last is its pick.
    pub fn standing(&self, key: &str) -> &[Standing] {
        self.keys.get(key).map_or(&[], |place| &self.standing[*place])
    }

    /// All keys that hold a value, in order.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &[Standing])> {
        let all = self.keys.iter().map(|(key, place)| (key.as_str(), self.standing[*place].as_slice()));
        all.filter(|(_, standing)| !standing.is_empty())
    }

    pub fn contains(&self, change: &ChangeHash) -> bool {
        self.changes.contains_key(change)
    }

    /// Whether an operation was made on a key.
    pub fn made(&self, operation: &OpId, key: &str) -> bool {
        self.operation(operation).is_some_and(|(place, _)| self.keys.get(key) == Some(&place))
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
