//! The engine in a made-up network: questions and answers are lost, come late and come twice, a device lives twice, and yet
//! everyone ends with everything.

use super::{COUNTY, Memory, TOWNSHIP, VILLAGE, device, entry, key, unit};
use crate::{
    certificate::Standing,
    engine::{self, Asker, Call, Effect, Event, Question},
    request::{self, HubRefusal},
    *,
};
use daiban_domain::{DeviceId, Instant};
use proptest::prelude::*;

/// What becomes of a question and its answer.
#[derive(Clone, Copy, Debug)]
enum Luck {
    Good,
    QuestionLost,
    AnswerLost,
    /// The line repeats the question; the asker hears the second answer.
    Twice,
    /// An earlier question arrives once more, before this one.
    Echo,
    /// The answer to an earlier question of the same two arrives in the place of this one's.
    Late,
}

/// What is still in the air of earlier exchanges.
#[derive(Default)]
struct Air {
    questions: Vec<(&'static str, Question)>,
    answers: Vec<(DeviceId, DeviceId, engine::Answer)>,
}

fn answer(
    holder: &mut Memory,
    asker: &'static str,
    question: &Question,
) -> Result<engine::Answer, HubRefusal> {
    holder.sign_heads().unwrap();
    let body = wire::pack(question);
    let signature = request::sign(request::EXCHANGE, &body, device(asker), &key(asker));
    let answer =
        engine::answer(holder, device(asker), &signature, &body, Standing::Good, Instant(9)).unwrap()?;
    Ok(wire::unpack(&answer).unwrap())
}

/// One exchange; `true` if it came to its end.
fn exchange(
    asker: &mut Memory,
    us: &'static str,
    holder: &mut Memory,
    them: &'static str,
    mut luck: impl FnMut() -> Luck,
    air: &mut Air,
) -> bool {
    let party = engine::Party { county: unit(COUNTY), unit: unit(us), device: device(us) };
    let mut call = Call::new(party, device(them), key(them).verifying_key());
    let mut event = Event::Begin;
    for _ in 0..500 {
        let question = match call.step(asker, event).unwrap() {
            Effect::Send(question) => *question,
            Effect::Done => return true,
            Effect::Failed(_) | Effect::Inquire => return false,
        };
        let luck = luck();
        if let (Luck::Echo, Some((who, old))) = (luck, air.questions.last()) {
            let _ = answer(holder, who, old);
        }
        if matches!(luck, Luck::Twice) {
            let _ = answer(holder, us, &question);
        }
        event = if matches!(luck, Luck::QuestionLost) {
            Event::Lost
        } else {
            let answered = answer(holder, us, &question);
            match answered {
                _ if matches!(luck, Luck::AnswerLost) => Event::Lost,
                Ok(answer) => {
                    let ours = |(asker, holder, _): &&(DeviceId, DeviceId, _)| {
                        (*asker, *holder) == (party.device, device(them))
                    };
                    let late = air.answers.iter().rev().find(ours).map(|(_, _, answer)| answer.clone());
                    air.answers.push((party.device, device(them), answer.clone()));
                    let came = late.filter(|_| matches!(luck, Luck::Late)).unwrap_or(answer);
                    Event::Answered(Box::new(came))
                }
                Err(refusal) => Event::Refused(refusal),
            }
        };
        air.questions.push((us, question));
    }
    panic!("an exchange that never ends");
}

#[derive(Clone, Debug)]
enum Step {
    Write { who: usize, count: u8 },
    Exchange { who: usize, with: usize, luck: Vec<u8> },
}

/// The village's device lives twice: 0 and 3 are copies of one another, and write under one name. 1 is the township's
/// relay, 2 the county.
const OWNERS: [&str; 4] = [VILLAGE, TOWNSHIP, COUNTY, VILLAGE];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (0..4usize, 1..5u8).prop_map(|(who, count)| Step::Write { who, count }),
        3 => (0..4usize, 1..3usize, prop::collection::vec(0..8u8, 0..6))
            .prop_map(|(who, with, luck)| Step::Exchange { who, with, luck }),
    ]
}

fn play(steps: Vec<Step>) {
    let mut logs = OWNERS.map(Memory::of);
    let work = Partition::work(unit(VILLAGE), 2026);
    let mut air = Air::default();
    let mut written = Vec::new();
    let mut ended = [false; 4];
    for (i, step) in steps.into_iter().enumerate() {
        match step {
            Step::Write { who, count } => {
                // A device that has heard of its other life goes on under another name.
                ended[who] |= logs[who].feeds.keys().any(|feed| feed.branch.is_some());
                let name = if ended[who] || OWNERS[who] != VILLAGE { 1 + who as u16 } else { 0 };
                let mut fresh: Vec<Entry> =
                    (0..count).map(|n| entry(1000 * i as u64 + 10 * u64::from(n) + who as u64)).collect();
                written.extend(fresh.iter().map(|entry| entry.body.clone()));
                let partition = Partition { period: 2026 + name, ..work };
                // Half of what is written lies behind the last checkpoint for a while.
                let rest = fresh.split_off(fresh.len() / 2);
                if !fresh.is_empty() {
                    logs[who].write_these(OWNERS[who], partition, fresh);
                }
                logs[who].leave_unsigned(OWNERS[who], partition, rest);
            }
            Step::Exchange { who, with, luck } if who != with => {
                let mut luck = luck.into_iter();
                let [asker, holder] = logs.get_disjoint_mut([who, with]).unwrap();
                let luck = || match luck.next() {
                    Some(0) => Luck::QuestionLost,
                    Some(1) => Luck::AnswerLost,
                    Some(2) => Luck::Twice,
                    Some(3) => Luck::Echo,
                    Some(4) => Luck::Late,
                    _ => Luck::Good,
                };
                exchange(asker, OWNERS[who], holder, OWNERS[with], luck, &mut air);
            }
            Step::Exchange { .. } => {}
        }
    }
    for _ in 0..4 {
        for (who, with) in [(0, 1), (3, 1), (1, 2), (0, 2), (3, 2), (1, 2), (0, 1), (3, 1)] {
            let [asker, holder] = logs.get_disjoint_mut([who, with]).unwrap();
            let whole = exchange(asker, OWNERS[who], holder, OWNERS[with], || Luck::Good, &mut air);
            assert!(whole, "a whole line carries everything");
        }
    }
    written.sort();
    for log in &logs {
        assert_eq!(log.bodies(), written, "{}: nothing lost, nothing twice", log.bodies().len());
    }
    let vectors = logs.each_ref().map(|log| log.vector(unit(VILLAGE)).unwrap());
    assert!(vectors.iter().all(|vector| *vector == vectors[0]), "{vectors:#?}");
    // A receipt never claims what its holder lacked; the holder's log only grows.
    for log in &logs {
        for (receipt, held) in &log.receipts {
            let holder = OWNERS.iter().position(|owner| device(owner) == receipt.holder).unwrap();
            for (feed, head) in &held.0 {
                let lives = logs[holder].lives(feed).unwrap();
                let there = lives
                    .iter()
                    .any(|(life, _)| logs[holder].chain_at(life, head.n).unwrap() == Some(head.chain));
                assert!(there, "{feed:?} {head:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_line_does_everyone_ends_with_everything(steps in prop::collection::vec(step(), 1..40)) {
        play(steps);
    }
}

#[test]
fn a_page_shrinks_when_the_line_breaks_and_grows_while_it_holds() {
    let mut village = Memory::of(VILLAGE);
    let mut county = Memory::of(COUNTY);
    let work = Partition::work(unit(VILLAGE), 2026);
    for run in 0..200u64 {
        let big = |n: u64| Entry::of(entry(run * 10 + n).header, vec![n as u8; 4000], None);
        village.write_these(VILLAGE, work, (0..4).map(big));
    }
    let total = 800 * 4000;
    // Whoever asks for more than so much at once never hears of it.
    let holds: usize = 100_000;
    let (mut sizes, mut attempts) = (Vec::new(), 0);
    let party = engine::Party { county: unit(COUNTY), unit: unit(VILLAGE), device: device(VILLAGE) };
    while county.bodies().len() < 800 {
        attempts += 1;
        assert!(attempts < 100, "{sizes:?}");
        let mut call = Call::new(party, device(COUNTY), key(COUNTY).verifying_key());
        let mut event = Event::Begin;
        while let Effect::Send(question) = call.step(&mut village, event).unwrap() {
            let size = wire::encode(&*question).len();
            sizes.push(size);
            event = if size > holds {
                Event::Lost
            } else {
                Event::Answered(Box::new(answer(&mut county, VILLAGE, &question).unwrap()))
            };
        }
    }
    let arrived: usize = sizes.iter().filter(|size| **size <= holds).sum();
    assert!(arrived < total + total / 10, "what arrived is not sent again: {arrived}");
    assert!(sizes.iter().filter(|size| **size <= holds).count() < 110, "{sizes:?}");
}

#[test]
fn a_newer_desk_and_an_older_hub_speak_what_both_know() {
    let mut village = Memory::of(VILLAGE);
    let mut county = Memory::of(COUNTY);
    village.write_these(VILLAGE, Partition::work(unit(VILLAGE), 2026), [entry(1)]);
    let party = engine::Party { county: unit(COUNTY), unit: unit(VILLAGE), device: device(VILLAGE) };
    let newest = wire::PROTOCOL_MAX;
    // What the hub's door would say of itself, and how it ends.
    let older = newest..=newest;
    let mut call = Call::new(party, device(COUNTY), key(COUNTY).verifying_key());
    call.speaks = newest..=newest + 1;
    let (mut event, mut spoken) = (Event::Begin, Vec::new());
    loop {
        event = match call.step(&mut village, event).unwrap() {
            Effect::Send(question) => {
                spoken.push(question.protocol);
                match answer(&mut county, VILLAGE, &question) {
                    Ok(answer) => Event::Answered(Box::new(answer)),
                    Err(refusal) => Event::Refused(refusal),
                }
            }
            Effect::Inquire => Event::Speaks(older.clone()),
            Effect::Done => break,
            Effect::Failed(failed) => panic!("{failed:?}"),
        };
    }
    assert_eq!(spoken[..2], [newest + 1, newest]);
    assert_eq!(county.bodies(), village.bodies());

    // With no common protocol whoever is older is told, and nothing is asked again.
    let mut call = Call::new(party, device(COUNTY), key(COUNTY).verifying_key());
    call.speaks = newest + 1..=newest + 2;
    assert!(matches!(call.step(&mut village, Event::Begin).unwrap(), Effect::Send(_)));
    let refused = Event::Refused(HubRefusal::Protocol);
    assert!(matches!(call.step(&mut village, refused).unwrap(), Effect::Inquire));
    let end = call.step(&mut village, Event::Speaks(older)).unwrap();
    assert!(matches!(end, Effect::Failed(engine::Failed::NoCommonProtocol(wire::Older::Holder))), "{end:?}");
}
