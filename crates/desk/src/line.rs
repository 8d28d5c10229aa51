//! The exchange with the hub: questions and answers between replica and client, until neither lacks anything.

use crate::{Desk, Trouble, trouble};
use daiban_contract::{Code, view::Exchanged};
use daiban_domain::{DeviceId, Instant, UnitCode};
use daiban_exchange::{
    Log, Page, Run, Vector,
    client::{Client, ClientError, HubRefusal},
    engine::{self, Answer, Question},
    page::{self, PageError},
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
    let mut ground = Ground::Known;
    for _ in 0..ROUNDS {
        let asked = desk.with(|replica| ask(replica, caller, ground))?;
        done.requests += 1;
        let delivered = match client.exchange(&asked.question, caller.device, &caller.signing).await {
            Ok(delivered) => delivered,
            Err(ClientError::Refused(HubRefusal::UnknownState)) if ground == Ground::Known => {
                ground = Ground::Stated;
                continue;
            }
            Err(ClientError::Refused(HubRefusal::UnknownDevice)) if ground != Ground::Introduced => {
                ground = Ground::Introduced;
                continue;
            }
            Err(error) => return Err(explain(&client, caller, error).await),
        };
        done.bytes_up += delivered.bytes_up;
        done.bytes_down += delivered.bytes_down;
        let taken = match desk.with(|replica| take(replica, caller, &asked, &delivered.answer))? {
            Some(taken) => taken,
            None if ground == Ground::Known => {
                ground = Ground::Stated;
                continue;
            }
            None => {
                let message = "县中心的回执对不上，没有收下任何东西。数据都在本机，请联系县中心。";
                return Err(Trouble::new(Code::HubWrong, message));
            }
        };
        ground = Ground::Known;
        done.sent += taken.sent;
        done.received += taken.received;
        done.pending = taken.pending;
        // More remains, and the round moved something: go on. Without movement the rest is the hub's to explain.
        if !taken.more || taken.sent + taken.received == 0 && !taken.news {
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

/// What a question takes for granted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// The hub remembers its last receipt.
    Known,
    /// It doesn't: everything is stated, and the receipt shown.
    Stated,
    /// It doesn't even know this device: its own enrolments are brought along.
    Introduced,
}

struct Asked {
    question: Question,
    /// What the hub held when the question's state was current.
    hub: Vector,
    runs: Vec<Run>,
}

fn ask(replica: &mut Replica, caller: &Caller, ground: Ground) -> Result<Asked, Trouble> {
    replica.checkpoint()?;
    let hub_device = replica.identity().hub;
    replica.intake(|log| {
        let ours = log.vector(caller.unit)?;
        let last = log.last_receipt()?;
        let mut question = Question {
            protocol: wire::PROTOCOL_MAX,
            county: caller.county,
            since: None,
            vector: ours.clone(),
            page: Page::default(),
            shown: None,
        };
        let (mut hub, mut runs) = (Vector::default(), Vec::new());
        match (ground, last) {
            (Ground::Known, Some(last)) => {
                hub = log.hub_vector()?;
                question.since = Some(last.receipt.state);
                question.vector = ours.since(&hub);
                let reach = log.county_reach()?;
                runs = engine::missing(log, &ours, &reach, wire::PAGE)?;
                question.page = page::write(log, &runs, &reach)?;
            }
            // What the hub lacks is told by its answer.
            (Ground::Known | Ground::Stated, last) => question.shown = last,
            (Ground::Introduced, last) => {
                question.shown = last;
                let nothing = Vector::default();
                let hubs = Vector(
                    ours.0
                        .iter()
                        .filter(|(feed, _)| feed.device == hub_device)
                        .map(|(feed, head)| (*feed, *head))
                        .collect(),
                );
                question.page =
                    page::write(log, &engine::missing(log, &hubs, &nothing, wire::PAGE)?, &nothing)?;
            }
        }
        Ok(Asked { question, hub, runs })
    })
}

struct Taken {
    sent: u64,
    received: u64,
    pending: u64,
    more: bool,
    /// The hub's state is known now and wasn't before, or what is to be sent has changed.
    news: bool,
}

/// `None` if the answer isn't what its receipt signs for.
fn take(
    replica: &mut Replica,
    caller: &Caller,
    asked: &Asked,
    answer: &Answer,
) -> Result<Option<Taken>, Trouble> {
    let Asked { question, hub, runs: sent } = asked;
    let vector = Vector::after(hub.clone(), &answer.vector);
    if !answer.receipt.verify(vector.root(), &replica.identity().hub_key) {
        return Ok(None);
    }
    let brought = replica.intake(|log| {
        let runs = match page::read(log, &answer.page) {
            Ok(runs) => runs,
            Err(PageError::Malformed) => return Ok(None),
            Err(PageError::Log(error)) => return Err(error.into()),
        };
        let rolled_back = log.reconcile(&vector)?;
        let taken = engine::take(log, &runs, caller.unit)?;
        for (feed, refusal) in taken.refused.iter().chain(&answer.refused) {
            tracing::warn!(%refusal, partition = %feed.partition, device = %feed.device, "a run was not taken");
        }
        log.receipt(&answer.receipt, &vector)?;
        log.outcome(None)?;
        Ok::<_, Trouble>(Some((taken.entries, rolled_back, log.vector(caller.unit)?)))
    })?;
    let Some((received, rolled_back, ours)) = brought else { return Ok(None) };
    Ok(Some(Taken {
        sent: accepted(sent, &vector),
        received,
        pending: daiban_replica::case::counts(replica.db())?.pending_entries,
        more: behind(&ours, &vector) || behind(&vector, &ours),
        news: question.since.is_none() || rolled_back,
    }))
}

/// Entries sent that the hub's vector covers.
fn accepted(sent: &[Run], hub: &Vector) -> u64 {
    let covered = sent.iter().filter(|run| hub.reach(&run.feed) >= run.last());
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
