use super::*;
use automerge::Change;
use proptest::prelude::*;

fn actor() -> impl Strategy<Value = ActorId> {
    (0..5u8, 6..10usize).prop_map(|(byte, length)| ActorId::from(vec![byte; length]))
}

fn scalar() -> impl Strategy<Value = ScalarValue> {
    prop_oneof![
        Just(ScalarValue::Null),
        any::<bool>().prop_map(ScalarValue::Boolean),
        any::<i64>().prop_map(ScalarValue::Int),
        (-70..70i64).prop_map(ScalarValue::Int),
        any::<u64>().prop_map(ScalarValue::Uint),
        any::<i64>().prop_map(ScalarValue::Timestamp),
        any::<f64>().prop_map(ScalarValue::F64),
        ".{0,40}".prop_map(|text| ScalarValue::Str(text.as_str().into())),
        prop::collection::vec(any::<u8>(), 0..200).prop_map(ScalarValue::Bytes),
        // Left to automerge.
        any::<i64>().prop_map(|number| ScalarValue::Counter(number.into())),
    ]
}

fn operation() -> impl Strategy<Value = Op> {
    let pred = prop::collection::vec((1..90_000u64, actor()), 0..3);
    let key = prop_oneof![".{0,3}", "events/[0-9a-f]{32}", "k[0-3]"];
    (key, prop::option::weighted(0.9, scalar()), pred).prop_map(|(key, value, pred)| Op {
        action: value.map_or(OpType::Delete, OpType::Put),
        obj: ObjectId::Root,
        key: Key::Map(key.as_str().into()),
        pred: pred.into_iter().map(|(counter, actor)| OpId(counter, actor)).collect(),
        insert: false,
    })
}

fn change() -> impl Strategy<Value = ExpandedChange> {
    let operations = prop::collection::vec(operation(), 0..70);
    let deps = prop::collection::btree_set(any::<[u8; 32]>(), 0..3);
    (operations, actor(), deps, 1..100_000u64, 1..1_000_000u64, prop_oneof![Just(0i64), any::<i64>()])
        .prop_map(|(operations, actor_id, deps, seq, start_op, time)| ExpandedChange {
            operations,
            actor_id,
            hash: None,
            seq,
            start_op: NonZeroU64::new(start_op).unwrap(),
            time,
            message: None,
            deps: deps.into_iter().map(ChangeHash).collect(),
            extra_bytes: Vec::new(),
            author: None,
        })
}

/// Whether there is an outline of every change, and says of a flat one what the whole change says.
fn outlined(bytes: &[u8]) -> bool {
    let outline = Outline::read(bytes);
    match read(bytes) {
        Some((change, hash)) => outline == Some(Outline::of(&change, hash)),
        None => outline.is_some() || super::super::read(bytes).is_none(),
    }
}

proptest! {
    #[test]
    fn a_flat_change_has_the_bytes_that_automerge_gives_it(change in change()) {
        let automerges = Change::from(change.clone());
        if let Some((bytes, hash)) = write(&change) {
            prop_assert_eq!(&bytes, automerges.raw_bytes());
            prop_assert_eq!(hash, automerges.hash());
            prop_assert_eq!(read_again(&bytes), read(&bytes));
            let readable = Draft::of(&change).unwrap().readable(&change.actor_id, bytes.len());
            prop_assert_eq!(readable, read(&bytes).is_some());
            if readable {
                prop_assert_eq!(read(&bytes), Some((change.clone(), hash)));
            }
        }
        prop_assert!(outlined(automerges.raw_bytes()));
        if let Some((read, hash)) = read(automerges.raw_bytes()) {
            let mut expected = automerges.decode();
            expected.hash = None;
            prop_assert_eq!(read, expected);
            prop_assert_eq!(hash, automerges.hash());
        }
    }

    #[test]
    fn no_other_bytes_are_taken_for_a_flat_change(change in change(), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = Change::from(change).raw_bytes().to_vec();
        for (at, with) in flips {
            let at = at.index(bytes.len());
            bytes[at] = with;
        }
        let hash: [u8; 32] = Sha256::digest(&bytes[8..]).into();
        bytes[4..8].copy_from_slice(&hash[..4]);
        prop_assert!(outlined(&bytes));
        if let Some((change, _)) = read(&bytes) {
            let written = Change::from(change);
            prop_assert_eq!(written.raw_bytes(), &bytes);
        }
    }
}

#[test]
fn an_everyday_change_is_flat() {
    let mut document = automerge::AutoCommit::new();
    use automerge::transaction::Transactable;
    document.put(automerge::ROOT, "applicant.phone", "13912345678").unwrap();
    document.put(automerge::ROOT, "materials/APP/originals", 1).unwrap();
    let change = document.get_last_local_change().unwrap();
    let mut timeless = change.decode();
    timeless.time = 0;
    let (bytes, hash) = write(&timeless).unwrap();
    assert_eq!(read(&bytes).unwrap().1, hash);
    assert_eq!(Change::from(timeless).hash(), hash);
}
