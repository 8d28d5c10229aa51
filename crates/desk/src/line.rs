//! The exchange with the hub: questions and answers between replica and client, until neither lacks anything.

use crate::{Desk, Trouble, trouble};
use daiban_contract::{Code, view::Exchanged};
use daiban_domain::{DeviceId, Instant, UnitCode};
use daiban_exchange::{
    Log, Vector,
    client::{Client, ClientError, HubRefusal},
    engine::{self, Answer, Question},
    wire,
};
use daiban_replica::Replica;
use ed25519_dalek::SigningKey;

/// Rounds that one exchange may take; a first copy of a county fits.
const ROUNDS: u64 = 10_000;

/// What a round needs of the identity.
struct Caller {
    county: UnitCode,
    unit: UnitCode,
    device: DeviceId,
    signing: SigningKey,
}

pub(crate) async fn exchange(desk: &Desk, hub_url: &str, now: Instant) -> Result<Exchanged, Trouble> {
    let caller = desk.with(|replica| Ok(caller(replica)))?;
    let outcome = rounds(desk, &caller, hub_url).await;
    if let Err(trouble) = &outcome {
        let message = trouble.message().to_owned();
        desk.with(|replica| {
            replica.intake(|intake| Ok::<_, Trouble>(intake.outcome(Some((now, &message)))?))
        })?;
    }
    outcome
}

async fn rounds(desk: &Desk, caller: &Caller, hub_url: &str) -> Result<Exchanged, Trouble> {
    let client = Client::new(hub_url)?;
    let mut done = Exchanged::default();
    for _ in 0..ROUNDS {
        let question = desk.with(|replica| question(replica, caller))?;
        let delivered = client.exchange(&question, caller.device, &caller.signing).await;
        let delivered = match delivered {
            Ok(delivered) => delivered,
            Err(error) => return Err(explain(&client, caller, error).await),
        };
        done.requests += 1;
        done.bytes_up += delivered.bytes_up;
        done.bytes_down += delivered.bytes_down;
        let taken = desk.with(|replica| take(replica, caller, &question, &delivered.answer))?;
        done.sent += taken.sent;
        done.received += taken.received;
        done.pending = taken.pending;
        // More remains, and the round moved something: go on. Without movement the rest is the hub's to explain.
        if !taken.more || taken.sent + taken.received == 0 {
            break;
        }
    }
    Ok(done)
}

fn caller(replica: &Replica) -> Caller {
    let identity = replica.identity();
    Caller {
        county: identity.county,
        unit: identity.unit,
        device: identity.device,
        signing: replica.signing_key().clone(),
    }
}

fn question(replica: &mut Replica, caller: &Caller) -> Result<Question, Trouble> {
    replica.checkpoint()?;
    replica.intake(|log| {
        let vector = log.vector(caller.unit)?;
        let runs = engine::missing(log, &vector, &log.county_reach()?)?;
        Ok(Question { protocol: wire::PROTOCOL_MAX, county: caller.county, vector, runs })
    })
}

struct Taken {
    sent: u64,
    received: u64,
    pending: u64,
    more: bool,
}

fn take(
    replica: &mut Replica,
    caller: &Caller,
    question: &Question,
    answer: &Answer,
) -> Result<Taken, Trouble> {
    let hub_key = replica.identity().hub_key;
    let receipts = engine::receipted(answer, &hub_key);
    if receipts.len() < answer.receipts.len() {
        let message = "县中心的回执签名不对，没有收下任何东西。数据都在本机，请联系县中心。";
        return Err(Trouble::new(Code::HubWrong, message));
    }
    let (received, ours) = replica.intake(|log| {
        let taken = engine::take(log, &answer.runs, caller.unit)?;
        for (feed, refusal) in taken.refused.iter().chain(&answer.refused) {
            tracing::warn!(%refusal, partition = %feed.partition, device = %feed.device, "a run was not taken");
        }
        log.receipts(&receipts, &answer.vector)?;
        log.outcome(None)?;
        Ok::<_, Trouble>((taken.entries, log.vector(caller.unit)?))
    })?;
    Ok(Taken {
        sent: accepted(question, answer),
        received,
        pending: daiban_replica::case::counts(replica.db())?.pending_entries,
        more: behind(&ours, &answer.vector) || behind(&answer.vector, &ours),
    })
}

/// Entries of the question that the hub's vector covers.
fn accepted(question: &Question, answer: &Answer) -> u64 {
    let covered = question.runs.iter().filter(|run| answer.vector.reach(&run.feed) >= run.last());
    covered.map(|run| run.entries.len() as u64).sum()
}

fn behind(one: &Vector, other: &Vector) -> bool {
    other.0.iter().any(|(feed, head)| one.reach(feed) < head.n)
}

/// A device that the hub doesn't know may have called at another county's door.
async fn explain(client: &Client, caller: &Caller, error: ClientError) -> Trouble {
    if matches!(error, ClientError::Refused(HubRefusal::UnknownDevice))
        && let Ok(info) = client.info().await
        && info.county != caller.county
    {
        return trouble::wrong_county();
    }
    error.into()
}
