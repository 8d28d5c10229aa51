use super::{super::Edit, *};
use automerge::{Automerge, Change, ROOT, ReadDoc, transaction::Transactable};
use proptest::prelude::*;
use std::panic::catch_unwind;

/// Several writers who edit, delete and now and then hear of each other: their changes, in some causal order.
fn history() -> impl Strategy<Value = Vec<Change>> {
    let act = (0..3u8, prop_oneof![3 => (0..4u8).prop_map(Some), 1 => Just(None)], 0..3u8);
    prop::collection::vec((act, any::<bool>()), 1..24).prop_map(|acts| {
        let mut writers: Vec<Automerge> =
            (0..3u8).map(|i| Automerge::new().with_actor(ActorId::from([i; 8]))).collect();
        let mut changes: Vec<Change> = Vec::new();
        for ((writer, key, value), hear) in acts {
            let writer = &mut writers[usize::from(writer)];
            if hear {
                writer.apply_changes(changes.clone()).unwrap();
            }
            let mut tx = writer.transaction();
            match key {
                Some(key) => tx.put(ROOT, format!("k{key}"), i64::from(value)).unwrap(),
                None => tx.delete(ROOT, "k0").unwrap(),
            }
            if let (Some(_), _) = tx.commit() {
                changes.push(writer.get_last_local_change().unwrap());
            }
        }
        changes
    })
}

fn said(registers: &Registers) -> Vec<(String, Vec<ScalarValue>)> {
    registers
        .keys()
        .map(|(key, all)| (key.to_owned(), all.iter().map(|standing| standing.value.clone()).collect()))
        .collect()
}

fn said_by_automerge(changes: &[Change]) -> Vec<(String, Vec<ScalarValue>)> {
    let mut document = Automerge::new();
    document.apply_changes(changes.to_vec()).unwrap();
    let keys: Vec<String> = document.keys(ROOT).collect();
    keys.into_iter()
        .map(|key| {
            let all = document.get_all(ROOT, &key).unwrap();
            let scalars = all.into_iter().map(|(value, _)| value.into_scalar().unwrap());
            (key, scalars.collect())
        })
        .collect()
}

fn sound(changes: &[Change]) -> Vec<Sound> {
    changes.iter().map(|change| Sound::read(change.raw_bytes()).unwrap()).collect()
}

proptest! {
    #[test]
    fn any_history_in_any_order_says_what_automerge_says(changes in history(), shuffle in any::<u64>()) {
        let mut mixed = sound(&changes);
        let length = mixed.len();
        for i in 0..length {
            let j = (shuffle.rotate_left(i as u32 * 7) as usize) % length;
            mixed.swap(i, j);
        }
        let mut registers = Registers::default();
        prop_assert!(registers.take_all(&mixed).iter().all(Result::is_ok));
        prop_assert_eq!(said(&registers), said_by_automerge(&changes));
    }

    #[test]
    fn a_change_written_out_is_one_that_automerge_takes(changes in history(), value in 0..3i64) {
        let mut registers = Registers::default();
        registers.take_all(&sound(&changes));
        let mut edit = Edit::of(&registers);
        edit.affirm("k0", value);
        edit.put("k9", "王𬍛㛃");
        let (next, bytes) = edit.finish([9; 8]).unwrap().unwrap();
        prop_assert_eq!(Sound::read(&bytes).unwrap().hash, next.hash);
        registers.take(&next).unwrap();
        let all = [changes, vec![Change::from_bytes(bytes).unwrap()]].concat();
        prop_assert_eq!(said(&registers), said_by_automerge(&all));
        prop_assert_eq!(registers.standing("k0").len(), 1);
    }
}

fn edited(registers: &Registers, actor: u8, key: &str, value: &str) -> (Sound, Vec<u8>) {
    let mut edit = Edit::of(registers);
    edit.affirm(key, value);
    edit.finish([actor; 8]).unwrap().unwrap()
}

fn rewritten(sound: &Sound, rewrite: impl FnOnce(&mut ExpandedChange)) -> Sound {
    let mut change = sound.change.clone();
    rewrite(&mut change);
    Sound::read(Change::from(change).raw_bytes()).unwrap()
}

#[test]
fn what_automerge_would_let_through_is_told_apart() {
    let mut registers = Registers::default();
    let (first, bytes) = edited(&registers, 1, "applicant.phone", "13912345678");
    registers.take(&first).unwrap();
    let (next, _) = edited(&registers, 1, "applicant.phone", "13800000000");
    let take = |sound: &Sound| registers_like(&first).take(sound);

    let mut flipped = bytes.clone();
    flipped[5] ^= 1;
    assert_eq!(Sound::read(&flipped).err(), Some(Unfit::Bytes), "checksum");
    assert_eq!(Sound::read(&bytes[..bytes.len() - 1]).err(), Some(Unfit::Bytes), "cut short");
    assert_eq!(Sound::read(b"").err(), Some(Unfit::Bytes));

    let skipped = rewritten(&next, |change| change.seq += 1);
    assert_eq!(take(&skipped), Err(Unfit::Sequence));
    let ahead = rewritten(&next, |change| change.start_op = change.start_op.saturating_add(5));
    assert_eq!(take(&ahead), Err(Unfit::Sequence));
    let unseen = rewritten(&next, |change| {
        change.operations[0].pred = vec![OpId(7, ActorId::from([7; 8]))].into();
    });
    assert_eq!(take(&unseen), Err(Unfit::Predecessor));
    let other_key = rewritten(&next, |change| change.operations[0].key = Key::Map("applicant.name".into()));
    assert_eq!(take(&other_key), Err(Unfit::Predecessor));
    let nested = rewritten(&next, |change| {
        change.operations[0].action = OpType::Make(automerge::ObjType::Map);
    });
    assert_eq!(take(&nested), Err(Unfit::Operation));
    let nothing = rewritten(&next, |change| change.operations.clear());
    assert_eq!(take(&nothing), Err(Unfit::Operation));
    let orphan = rewritten(&next, |change| change.deps = vec![ChangeHash([3; 32])]);
    assert_eq!(take(&orphan), Err(Unfit::Waiting));
    assert_eq!(take(&next), Ok(()));
}

fn registers_like(first: &Sound) -> Registers {
    let mut registers = Registers::default();
    registers.take(first).unwrap();
    registers
}

#[test]
fn of_two_changes_with_one_number_the_same_one_counts_everywhere() {
    let mut registers = Registers::default();
    let (first, _) = edited(&registers, 1, "k", "one");
    registers.take(&first).unwrap();
    let (a, _) = edited(&registers, 1, "k", "two");
    let (b, _) = edited(&registers, 1, "k", "three");
    let outcome = |order: [&Sound; 3]| {
        let mut registers = Registers::default();
        registers.take_all(order);
        said(&registers)
    };
    assert_eq!(outcome([&first, &a, &b]), outcome([&b, &a, &first]));
    let mut fresh = Registers::default();
    let outcomes = fresh.take_all([&first, &a, &b]);
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Err(Unfit::Equivocation)).count(), 1);
}

/// A change with some bytes flipped and its checksum made to fit again, as someone hostile would sign it.
fn tampered(change: &Change, flips: &[(u16, u8)]) -> Option<Vec<u8>> {
    let mut body = change.raw_bytes().to_vec();
    for (at, flip) in flips {
        let at = 8 + usize::from(*at) % (body.len() - 8);
        body[at] ^= flip;
    }
    let parsed = body.clone();
    let hash = catch_unwind(|| Change::from_bytes(parsed).ok().map(|change| change.hash())).ok()??;
    body[4..8].copy_from_slice(&hash.0[..4]);
    Some(body)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]
    #[test]
    fn nothing_hostile_panics_and_what_is_accepted_loads_again(
        changes in history(),
        victim in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<u16>(), 1..=255u8), 1..4),
    ) {
        prop_assume!(!changes.is_empty());
        let victim = victim.index(changes.len());
        let Some(body) = tampered(&changes[victim], &flips) else { return Ok(()) };
        let Ok(hostile) = Sound::read(&body) else { return Ok(()) };
        let written = Change::from(hostile.change.clone());
        prop_assert_eq!(written.raw_bytes(), body.as_slice());
        let mut all = sound(&changes);
        all[victim] = hostile;
        let mut registers = Registers::default();
        let outcomes = registers.take_all(&all);
        let accepted: Vec<Change> = all
            .iter()
            .zip(outcomes)
            .filter(|(_, outcome)| outcome.is_ok())
            .map(|(sound, _)| Change::from(sound.change.clone()))
            .collect();
        prop_assert_eq!(said(&registers), said_by_automerge(&accepted));
        let mut document = Automerge::new();
        document.apply_changes(accepted).unwrap();
        prop_assert!(Automerge::load(&document.save()).is_ok());
    }
}
