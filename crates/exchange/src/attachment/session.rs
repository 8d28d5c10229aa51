//! The asker's side: what goes next, cheapest first, and how much of it at once.

use super::{Attachments, BODY_MAX, CHUNK, Leaves, Offered, Part, Question, Refused, Wanted, part, take};
use crate::{Partition, wire};
use daiban_domain::{ContentHash, UnitCode};
use std::collections::{HashMap, HashSet};

/// An attachment that one side lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    pub partition: Partition,
    pub hash: ContentHash,
    /// As its document says; the bytes tell in the end.
    pub size: u64,
}

/// What one answer brought about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Attachments that the other side now says it holds whole.
    pub sent: Vec<(Partition, ContentHash)>,
    /// Attachments that are whole here now.
    pub received: Vec<(Partition, ContentHash)>,
    /// Chunks that are durable on either side and weren't before.
    pub chunks: u32,
}

/// One visit at the other side. Nothing of it is kept: how far a transfer has got is told by whoever holds the chunks.
pub struct Session {
    county: UnitCode,
    /// Chunks that the other side holds.
    reached: HashMap<ContentHash, u32>,
    /// Nothing more to do about these in this visit.
    done: HashSet<(Partition, ContentHash)>,
    wrong: HashMap<ContentHash, u32>,
    /// Answers in a row that moved nothing.
    idle: u32,
    page: usize,
    ceiling: usize,
}

/// How many attachments one question names each way.
const NAMED: usize = 64;

/// The largest page, in bytes of chunks each way.
const PAGE_MAX: usize = 1024 * 1024;

/// How often in a row something is tried in vain.
const STRIKES: u32 = 3;

impl Session {
    pub fn new(county: UnitCode) -> Self {
        Self {
            county,
            reached: HashMap::new(),
            done: HashSet::new(),
            wrong: HashMap::new(),
            idle: 0,
            page: CHUNK,
            ceiling: PAGE_MAX,
        }
    }

    /// How many of those that are owed must be looked at, cheapest first, for the next question.
    pub fn depth(&self) -> usize {
        NAMED + self.done.len()
    }

    /// The next question: of what is `waiting` to be sent and `missing` here; `None` if there is nothing left to do. The
    /// other side is first asked how much it holds: perhaps all of it.
    pub fn question<S: Attachments>(
        &self,
        store: &S,
        waiting: &[Owed],
        missing: &[Owed],
    ) -> Result<Option<Question>, S::Error> {
        let mut offered = Vec::new();
        let mut room = self.page;
        for owed in self.cheapest(waiting, |hash| self.reached.get(&hash).copied().unwrap_or(0)) {
            let hash = owed.hash;
            let twice = offered.iter().any(|offered: &Offered| offered.part.hash == hash);
            let next = match self.reached.get(&hash) {
                Some(first) if room > 0 && !twice => part(store, hash, *first, room)?,
                _ => None,
            };
            let part = next.unwrap_or(Part { hash, first: 0, leaves: Leaves::default(), bytes: Vec::new() });
            room = room.saturating_sub(part.bytes.len());
            offered.push(Offered { partition: owed.partition, part });
        }
        let mut wanted = Vec::new();
        let mut room = self.page as u64;
        let mut held = HashMap::new();
        for owed in missing {
            held.insert(owed.hash, store.held(owed.hash)?.map_or(0, |held| held.chunks));
        }
        for owed in self.cheapest(missing, |hash| held.get(&hash).copied().unwrap_or(0)) {
            if wanted.iter().any(|wanted: &Wanted| wanted.hash == owed.hash) {
                continue;
            }
            let first = held.get(&owed.hash).copied().unwrap_or(0);
            wanted.push(Wanted { partition: owed.partition, hash: owed.hash, first });
            room = room.saturating_sub(remaining(&owed, first).max(1));
            if room == 0 {
                break;
            }
        }
        if offered.is_empty() && wanted.is_empty() || self.idle >= STRIKES {
            return Ok(None);
        }
        Ok(Some(Question {
            protocol: wire::PROTOCOL_MAX,
            county: self.county,
            offered,
            wanted,
            room: self.page.min(BODY_MAX) as u32,
        }))
    }

    /// Takes in an answer. The page grows: what was asked for has arrived.
    pub fn take<S: Attachments>(
        &mut self,
        store: &mut S,
        question: &Question,
        answer: &super::Answer,
    ) -> Result<Moved, S::Error> {
        let mut moved = Moved::default();
        for (Offered { partition, part }, reached) in question.offered.iter().zip(&answer.reached) {
            let before = self.reached.insert(part.hash, reached.chunks).unwrap_or(reached.chunks);
            moved.chunks += reached.chunks.saturating_sub(before);
            if reached.whole {
                self.done.insert((*partition, part.hash));
                moved.sent.push((*partition, part.hash));
            } else if reached.refused == Some(Refused::OutOfScope) {
                self.done.insert((*partition, part.hash));
            } else if !part.bytes.is_empty() && reached.chunks <= before {
                self.strike(*partition, part.hash);
            }
        }
        let brought: usize = answer.parts.iter().map(|part| part.bytes.len()).sum();
        for Wanted { partition, hash, first } in &question.wanted {
            let Some(part) = answer.parts.iter().find(|part| part.hash == *hash) else {
                // There was room for it: it isn't there, whatever was said.
                if brought < question.room as usize {
                    self.done.insert((*partition, *hash));
                }
                continue;
            };
            let reached = take(store, part)?;
            moved.chunks += reached.chunks.saturating_sub(*first);
            if reached.whole {
                self.done.insert((*partition, *hash));
                moved.received.push((*partition, *hash));
            } else if reached.chunks <= *first {
                self.strike(*partition, *hash);
            }
        }
        if moved.chunks > 0 {
            self.page = (self.page * 2).min(self.ceiling);
        }
        let idle = moved.chunks == 0 && moved.sent.is_empty() && moved.received.is_empty();
        self.idle = if idle { self.idle + 1 } else { 0 };
        Ok(moved)
    }

    /// A question or its answer was lost on the way. Whether it is worth asking again, with less; and first how much came
    /// through.
    pub fn lost(&mut self) -> bool {
        let worth = self.page > CHUNK;
        self.reached.clear();
        self.ceiling = (self.page / 2).max(CHUNK);
        self.page = CHUNK;
        worth
    }

    /// Counts bytes that came out wrong; after a few times the attachment is left for another visit.
    fn strike(&mut self, partition: Partition, hash: ContentHash) {
        let strikes = self.wrong.entry(hash).or_default();
        *strikes += 1;
        if *strikes >= STRIKES {
            self.done.insert((partition, hash));
        }
    }

    /// What is still to be done of these, with what costs least to finish first.
    fn cheapest(&self, owed: &[Owed], reached: impl Fn(ContentHash) -> u32) -> Vec<Owed> {
        let mut left: Vec<Owed> =
            owed.iter().filter(|owed| !self.done.contains(&(owed.partition, owed.hash))).copied().collect();
        left.sort_by_key(|owed| (remaining(owed, reached(owed.hash)), owed.hash, owed.partition));
        left.truncate(NAMED);
        left
    }
}

fn remaining(owed: &Owed, chunks: u32) -> u64 {
    owed.size.saturating_sub(u64::from(chunks) * CHUNK as u64)
}
