//! A document as whoever re-issues needs it: what stands on good ground, and what was set aside.

use super::PROGRAM;
use crate::{
    ReplicaError,
    document::{Registers, RowId, Sound, plain},
    feed::{rows, stored},
};
use automerge::{
    ChangeHash,
    legacy::{Key, Op, OpId},
};
use daiban_domain::DeviceId;
use daiban_exchange::{FeedId, Header, verdict::Spoken};
use rusqlite::{Connection, params};
use std::collections::{HashMap, HashSet};

pub(super) struct Ground {
    /// What counts, and builds on nothing that anybody has found unfit.
    pub registers: Registers,
    /// Every change that is held.
    pub changes: Vec<Held>,
}

pub(super) struct Held {
    /// `entry.id`
    pub entry: i64,
    pub feed: FeedId,
    pub n: u64,
    pub spoken: Spoken,
    pub header: Header,
    /// `None` if it can't be read at all.
    pub sound: Option<Sound>,
    /// Found unfit, here or by a verdict, or built on one that was.
    pub aside: bool,
    /// Its author has said what stands for it now: these operations.
    pub answered: Option<Vec<(String, OpId)>>,
    /// It is itself said again, by a program like this one: another time would change nothing.
    pub repeated: bool,
}

impl Ground {
    pub fn load(db: &Connection, row: RowId) -> Result<Self, ReplicaError> {
        let mut changes: Vec<Held> = Vec::new();
        let mut answers: Vec<Option<i64>> = Vec::new();
        let mut statement = db.prepare_cached(include_str!("changes.sql"))?;
        let mut found = statement.query(params![row.0, super::WAITING, PROGRAM])?;
        while let Some(row) = found.next()? {
            let entry = row.get("id")?;
            if changes.last().is_some_and(|last| last.entry == entry) {
                // Two lives of its author have both said it again; either will do.
                continue;
            }
            answers.push(row.get("by_entry")?);
            let (feed, n) = (rows::feed(row)?, row.get("n")?);
            let stored = stored::read(row)?;
            changes.push(Held {
                entry,
                feed,
                n,
                spoken: Spoken::of(&feed, n, &stored.body),
                header: stored.header()?,
                sound: Sound::read(&stored.body).ok(),
                aside: row.get("unfit")?,
                answered: None,
                repeated: row.get("repeated")?,
            });
        }
        for (i, by) in answers.into_iter().enumerate() {
            let Some(by) = by else { continue };
            let again = changes.iter().find(|held| held.entry == by).and_then(|held| held.sound.as_ref());
            changes[i].answered = Some(again.map(named).unwrap_or_default());
        }
        let unfit = changes.iter().filter(|held| held.aside).filter_map(Held::hash).collect();
        let behind = behind(&changes, unfit);
        for held in &mut changes {
            held.aside |= held.hash().is_none_or(|hash| behind.contains(&hash));
        }
        let mut registers = Registers::default();
        registers.take_all(changes.iter().filter(|held| !held.aside).filter_map(|held| held.sound.as_ref()));
        Ok(Self { registers, changes })
    }

    /// What an operation that one change set aside names stands for on good ground: itself, or what was said again of
    /// it, or else what it replaced in its turn.
    pub fn stands_for(&self, change: usize, operation: &OpId, key: &str) -> Vec<OpId> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        let mut open = vec![(change, operation.clone())];
        while let Some((change, operation)) = open.pop() {
            let Some((earlier, op)) = self.made_before(change, &operation, key) else {
                if self.registers.made(&operation, key) {
                    found.push(operation);
                }
                continue;
            };
            if !seen.insert((earlier, operation)) {
                continue;
            }
            let said_again = self.changes[earlier].answered.iter().flatten().find(|(other, _)| other == key);
            match said_again {
                Some((_, operation)) if self.registers.made(operation, key) => found.push(operation.clone()),
                _ => open.extend(op.pred.iter().map(|pred| (earlier, pred.clone()))),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether what a change set aside says of a key was replaced knowingly by another that is said again, or by its own
    /// device later.
    pub fn superseded(&self, change: usize, operation: &OpId, key: &str) -> bool {
        let (this, device) = (self.changes[change].order(), self.changes[change].feed.device);
        self.changes.iter().enumerate().filter(|(other, _)| *other != change).any(|(other, held)| {
            let Some((_, _, op)) = held.sound.iter().flat_map(operations).find(|(_, other, _)| *other == key)
            else {
                return false;
            };
            if held.feed.device == device && held.order() > this {
                return plain(op) && (held.aside && !held.repeated || self.counts(held));
            }
            let again = held.answered.iter().flatten().any(|(other, _)| other == key);
            held.aside && again && self.leads_to(other, op, change, operation, key)
        })
    }

    /// Whether an operation replaces another one, perhaps through others that were set aside.
    fn leads_to(&self, change: usize, op: &Op, to: usize, operation: &OpId, key: &str) -> bool {
        let mut seen = HashSet::new();
        let mut open: Vec<(usize, OpId)> = op.pred.iter().map(|pred| (change, pred.clone())).collect();
        while let Some((change, pred)) = open.pop() {
            let Some((earlier, op)) = self.made_before(change, &pred, key) else { continue };
            if earlier == to && pred == *operation {
                return true;
            }
            if seen.insert((earlier, pred)) {
                open.extend(op.pred.iter().map(|pred| (earlier, pred.clone())));
            }
        }
        false
    }

    /// The change set aside that another one builds on and that made an operation, if there is one.
    fn made_before(&self, change: usize, operation: &OpId, key: &str) -> Option<(usize, &Op)> {
        let index: HashMap<ChangeHash, usize> = self
            .changes
            .iter()
            .enumerate()
            .filter(|(_, held)| held.aside)
            .filter_map(|(i, held)| Some((held.hash()?, i)))
            .collect();
        let mut open = vec![change];
        let mut seen = HashSet::new();
        while let Some(next) = open.pop() {
            let Some(sound) = &self.changes[next].sound else { continue };
            for earlier in sound.change.deps.iter().filter_map(|dep| index.get(dep)) {
                if !seen.insert(*earlier) {
                    continue;
                }
                let made = self.changes[*earlier].sound.iter().flat_map(operations);
                if let Some((_, _, op)) =
                    made.into_iter().find(|(id, other, _)| id == operation && *other == key)
                {
                    return Some((*earlier, op));
                }
                open.push(*earlier);
            }
        }
        None
    }

    fn counts(&self, held: &Held) -> bool {
        held.hash().is_some_and(|hash| self.registers.contains(&hash))
    }
}

impl Held {
    pub fn hash(&self) -> Option<ChangeHash> {
        self.sound.as_ref().map(|sound| sound.hash)
    }

    /// The order in which one device wrote.
    pub fn order(&self) -> (daiban_domain::Hlc, FeedId, u64) {
        (self.header.hlc, self.feed, self.n)
    }

    pub fn written_by(&self, device: DeviceId) -> bool {
        self.feed.device == device
    }
}

/// The operations of a change at the root, with their ids and keys.
pub(super) fn operations(sound: &Sound) -> Vec<(OpId, &str, &Op)> {
    let change = &sound.change;
    let numbers = (0u64..).map(|i| change.start_op.get().wrapping_add(i));
    let operations = change.operations.iter().zip(numbers).filter_map(|(op, number)| match &op.key {
        Key::Map(key) => Some((OpId(number, change.actor_id.clone()), key.as_str(), op)),
        Key::Seq(_) => None,
    });
    operations.collect()
}

/// The operations of a change by their keys.
pub(super) fn named(sound: &Sound) -> Vec<(String, OpId)> {
    operations(sound).into_iter().map(|(id, key, _)| (key.to_owned(), id)).collect()
}

/// These changes and all that build on them.
pub(super) fn behind(changes: &[Held], mut from: HashSet<ChangeHash>) -> HashSet<ChangeHash> {
    loop {
        let before = from.len();
        for sound in changes.iter().filter_map(|held| held.sound.as_ref()) {
            if sound.change.deps.iter().any(|dep| from.contains(dep)) {
                from.insert(sound.hash);
            }
        }
        if from.len() == before {
            return from;
        }
    }
}
