use super::*;
use crate::wire;
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

#[derive(Default)]
struct Memory {
    held: BTreeMap<ContentHash, (Leaves, Vec<Vec<u8>>)>,
    stated: BTreeSet<(Partition, ContentHash)>,
}

impl Attachments for Memory {
    type Error = Infallible;

    fn author(&self, _: DeviceId) -> Result<Option<Author>, Infallible> {
        Ok(None)
    }

    fn held(&self, hash: ContentHash) -> Result<Option<Held>, Infallible> {
        let held = self.held.get(&hash);
        Ok(held.map(|(leaves, chunks)| Held { chunks: chunks.len() as u32, leaves: leaves.clone() }))
    }

    fn read(&self, hash: ContentHash, first: u32, chunks: u32) -> Result<Vec<u8>, Infallible> {
        let all = self.held[&hash].1.iter();
        Ok(all.skip(first as usize).take(chunks as usize).flatten().copied().collect())
    }

    fn append(
        &mut self,
        hash: ContentHash,
        leaves: &Leaves,
        first: u32,
        chunks: &[&[u8]],
    ) -> Result<(), Infallible> {
        let (_, held) = self.held.entry(hash).or_insert_with(|| (leaves.clone(), Vec::new()));
        assert_eq!(held.len(), first as usize, "chunks follow those held");
        held.extend(chunks.iter().map(|chunk| chunk.to_vec()));
        Ok(())
    }

    fn stated(&self, partition: Partition, hash: ContentHash) -> Result<bool, Infallible> {
        Ok(self.stated.contains(&(partition, hash)))
    }

    fn state(&mut self, partition: Partition, hashes: Vec<ContentHash>) -> Result<(), Infallible> {
        self.stated.extend(hashes.into_iter().map(|hash| (partition, hash)));
        Ok(())
    }
}

impl Memory {
    fn with(photos: &[Vec<u8>]) -> Self {
        let mut memory = Self::default();
        for bytes in photos {
            let chunks = bytes.chunks(CHUNK).map(<[u8]>::to_vec).collect();
            memory.held.insert(name(bytes), (Leaves::of(bytes), chunks));
        }
        memory
    }

    fn whole(&self, hash: ContentHash) -> Option<Vec<u8>> {
        let (leaves, chunks) = self.held.get(&hash)?;
        (leaves.count() as usize == chunks.len()).then(|| chunks.concat())
    }
}

fn name(bytes: &[u8]) -> ContentHash {
    ContentHash(*blake3::hash(bytes).as_bytes())
}

fn photo(seed: u8, size: usize) -> Vec<u8> {
    let mut bytes = vec![0; size];
    blake3::Hasher::new().update(&[seed]).finalize_xof().fill(&mut bytes);
    bytes
}

fn village() -> UnitCode {
    "621099100200".parse().unwrap()
}

fn work() -> Partition {
    Partition::work(village(), 2026)
}

fn owed(photos: &[Vec<u8>]) -> Vec<Owed> {
    photos
        .iter()
        .map(|bytes| Owed { partition: work(), hash: name(bytes), size: bytes.len() as u64 })
        .collect()
}

/// Rounds until nothing is left; `spoil` sees every question and answer on its way and may say that it was lost.
fn visit(
    desk: &mut Memory,
    hub: &mut Memory,
    waiting: &[Owed],
    missing: &[Owed],
    mut spoil: impl FnMut(&mut Question, Option<&mut Answer>) -> bool,
) -> Vec<Moved> {
    let mut session = Session::new(village().county());
    let mut moved = Vec::new();
    for _ in 0..1000 {
        let Some(asked) = session.question(desk, waiting, missing).unwrap() else { return moved };
        let mut question = asked.clone();
        if spoil(&mut question, None) {
            if session.lost() { continue } else { return moved }
        }
        let mut answer = respond(hub, &question, village()).unwrap();
        if spoil(&mut question, Some(&mut answer)) {
            if session.lost() { continue } else { return moved }
        }
        moved.push(session.take(desk, &asked, &answer).unwrap());
    }
    panic!("it never ends");
}

fn sent(moved: &[Moved]) -> Vec<ContentHash> {
    moved.iter().flat_map(|moved| &moved.sent).map(|(_, hash)| *hash).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn leaves_make_the_hash_of_the_whole(size in 1usize..10 * CHUNK, at in 0usize..8) {
        let boundary = at * CHUNK + [0, 1, CHUNK - 1][at % 3];
        for size in [size, boundary.max(1)] {
            let bytes = photo(1, size);
            let leaves = Leaves::of(&bytes);
            prop_assert_eq!(leaves.content(), Some(name(&bytes)));
            prop_assert_eq!(leaves.count() as usize, bytes.chunks(CHUNK).count());
            for (n, chunk) in (0..).zip(bytes.chunks(CHUNK)) {
                prop_assert!(leaves.fits(n, chunk));
                prop_assert!(!leaves.fits(n, &chunk[1..]));
                let mut wrong = chunk.to_vec();
                wrong[size % chunk.len()] ^= 1;
                prop_assert!(!leaves.fits(n, &wrong));
            }
        }
    }

    /// Whatever is lost or spoilt on the way, visits end, and in the end both sides hold what they should and nothing else.
    #[test]
    fn a_bad_line_loses_and_spoils_nothing(
        sizes in proptest::collection::vec(1usize..6 * CHUNK, 1..5),
        fates in proptest::collection::vec(0u8..8, 40),
        wrong in 0usize..CHUNK,
    ) {
        let photos: Vec<Vec<u8>> = (0..).zip(&sizes).map(|(seed, size)| photo(seed, *size)).collect();
        let (here, there) = photos.split_at(photos.len() / 2);
        let (mut desk, mut hub) = (Memory::with(here), Memory::with(there));
        let known: Vec<ContentHash> = there.iter().map(|bytes| name(bytes)).collect();
        hub.state(work(), known).unwrap();
        let mut fates = fates.into_iter();
        for _ in 0..30 {
            visit(&mut desk, &mut hub, &owed(here), &owed(there), |question, answer| {
                let bytes = match answer {
                    Some(answer) => answer.parts.first_mut().map(|part| &mut part.bytes),
                    None => question.offered.first_mut().map(|offered| &mut offered.part.bytes),
                };
                match fates.next().unwrap_or(7) {
                    0 | 1 => return true,
                    2 | 3 => if let Some(bytes) = bytes && !bytes.is_empty() {
                        let at = wrong % bytes.len();
                        bytes[at] ^= 1;
                    },
                    _ => {}
                }
                false
            });
        }
        for bytes in &photos {
            prop_assert_eq!(desk.whole(name(bytes)), Some(bytes.clone()));
            prop_assert_eq!(hub.whole(name(bytes)), Some(bytes.clone()));
            prop_assert!(hub.stated(work(), name(bytes)).unwrap());
        }
    }
}

#[test]
fn the_cheapest_goes_first_and_pages_grow() {
    let photos = [photo(1, 20 * CHUNK), photo(2, CHUNK / 2), photo(3, 3 * CHUNK)];
    let (mut desk, mut hub) = (Memory::with(&photos), Memory::default());
    let mut pages = Vec::new();
    let moved = visit(&mut desk, &mut hub, &owed(&photos), &[], |question, answer| {
        if answer.is_none() {
            pages
                .push(question.offered.iter().map(|offered| offered.part.bytes.len() / CHUNK).sum::<usize>());
        }
        false
    });
    assert_eq!(sent(&moved), [&photos[1], &photos[2], &photos[0]].map(|bytes| name(bytes)));
    assert_eq!(pages, [0, 1, 2, 4, 8, 8], "first how much is there; then twice as much each time");
}

#[test]
fn what_the_other_side_holds_is_not_sent() {
    let photos = [photo(1, 5 * CHUNK)];
    let (mut desk, mut hub) = (Memory::with(&photos), Memory::with(&photos));
    let mut bytes = 0;
    let moved = visit(&mut desk, &mut hub, &owed(&photos), &[], |question, _| {
        bytes += question.offered.iter().map(|offered| offered.part.bytes.len()).sum::<usize>();
        false
    });
    assert_eq!((sent(&moved).len(), bytes), (1, 0));
    assert!(hub.stated(work(), name(&photos[0])).unwrap(), "its readers get it now");
}

#[test]
fn outside_its_scope_a_device_neither_brings_nor_gets() {
    let photos = [photo(1, 10)];
    let other: Partition = Partition::work("621099100201".parse().unwrap(), 2026);
    let hash = name(&photos[0]);
    let mut hub = Memory::with(&photos);
    hub.state(other, vec![hash]).unwrap();
    let part = Part { hash, first: 0, leaves: Leaves::of(&photos[0]), bytes: photos[0].clone() };
    let question = Question {
        protocol: wire::PROTOCOL_MAX,
        county: village().county(),
        offered: vec![Offered { partition: other, part }],
        wanted: vec![
            Wanted { partition: other, hash, first: 0 },
            // It is there, but nobody has said so to the readers of this partition.
            Wanted { partition: work(), hash, first: 0 },
        ],
        room: 1000,
    };
    let answer = respond(&mut hub, &question, village()).unwrap();
    assert_eq!(answer.reached[0].refused, Some(Refused::OutOfScope));
    assert_eq!(answer.parts, []);
}

#[test]
fn a_tree_of_other_chunks_is_not_believed() {
    // Leaves that make the right hash, but from the tree's lower levels: chunks half as long would fit them.
    let bytes = photo(1, 2 * CHUNK);
    let leaves = Leaves::of(&bytes);
    let part = Part { hash: name(&bytes), first: 0, leaves, bytes: bytes[..CHUNK / 2].to_vec() };
    let reached = take(&mut Memory::default(), &part).unwrap();
    assert_eq!((reached.chunks, reached.refused), (0, Some(Refused::Wrong)));
    // Leaves of something else.
    let part = Part { hash: name(b"other"), first: 0, leaves: Leaves::of(&bytes), bytes };
    assert_eq!(take(&mut Memory::default(), &part).unwrap().refused, Some(Refused::Wrong));
}
