//! The line to the county's hub, or to a township's relay: carries an exchange's questions and answers.

use crate::{Desk, Trouble, trouble::STRANGER_AT_TOWNSHIP};
use daiban_contract::{Code, view::Exchanged};
use daiban_domain::{DeviceId, Instant, Level};
use daiban_exchange::{
    Log,
    client::{Client, ClientError},
    engine::{Call, Effect, Event, Failed, Party},
    request::{HUB_PROGRAM, HubInfo, HubRefusal, RELAY_PROGRAM},
    tls::Holder,
    wire,
};
use daiban_replica::{Replica, case};
use ed25519_dalek::{SigningKey, VerifyingKey};
use std::{sync::PoisonError, time::Duration};

/// Whom this desk visits.
#[derive(Clone, Copy)]
pub enum Way<'a> {
    Hub(&'a str),
    /// A township's desk on the local network.
    Relay(&'a str),
}

impl Way<'_> {
    /// What answers there.
    fn program(self) -> &'static str {
        match self {
            Self::Hub(_) => HUB_PROGRAM,
            Self::Relay(_) => RELAY_PROGRAM,
        }
    }
}

/// The protocol that this program and whoever answers there both speak.
pub(crate) fn protocol(info: &HubInfo) -> Result<u16, Trouble> {
    let common = wire::common_protocol(info.protocol_min..=info.protocol_max);
    Ok(common.map_err(ClientError::NoCommonProtocol)?)
}

/// Exchanges entries.
pub(crate) async fn exchange_by(desk: &Desk, way: Way<'_>, now: Instant) -> Result<Exchanged, Trouble> {
    match way {
        Way::Hub(url) => exchange(desk, url, now).await,
        Way::Relay(url) => exchange_with_relay(desk, url, now).await,
    }
}

/// Exchanges with the county's hub at an address, and remembers if that failed.
pub(crate) async fn exchange(desk: &Desk, hub_url: &str, now: Instant) -> Result<Exchanged, Trouble> {
    let (hub, key) = desk.even_revoked(|replica| {
        let identity = replica.identity();
        Ok((identity.hub, identity.hub_key))
    })?;
    let outcome = carry(desk, Way::Hub(hub_url), (hub, key), now).await;
    let message = outcome.as_ref().err().map(|trouble| trouble.message().to_owned());
    desk.even_revoked(|replica| {
        replica.intake(|log| Ok::<_, Trouble>(log.outcome(message.as_deref().map(|message| (now, message)))?))
    })?;
    outcome
}

/// Exchanges with a township's desk that serves its villages. Its receipts say what the township holds; the county's come
/// along as far as it has them.
pub(crate) async fn exchange_with_relay(desk: &Desk, url: &str, now: Instant) -> Result<Exchanged, Trouble> {
    let way = Way::Relay(url);
    let info = line_to(desk, way)?.info(way.program()).await?;
    let key = desk.even_revoked(|replica| {
        replica.intake(|log| {
            let above =
                |unit: daiban_domain::UnitCode| unit.level() != Level::Village && unit.covers(log.unit());
            let author = log.author(info.holder)?.filter(|author| above(author.unit) && !author.revoked);
            author.map(|author| author.key).ok_or_else(|| Trouble::new(Code::HubWrong, STRANGER_AT_TOWNSHIP))
        })
    })?;
    let done = carry(desk, way, (info.holder, key), now).await?;
    Ok(Exchanged { relayed: true, ..done })
}

/// How long what has arrived may wait for what follows before it shows. On a slow line each page shows when it is here.
const WAIT: Duration = Duration::from_secs(3);

/// The line there, made anew where another certificate is to be shown on it.
pub(crate) fn line_to(desk: &Desk, way: Way<'_>) -> Result<Client, Trouble> {
    desk.in_earnest()?;
    let (trust, url) = desk.even_revoked(|replica| {
        Ok(match way {
            Way::Hub(url) => (replica.trust(Holder::Hub)?, url),
            Way::Relay(url) => (replica.trust(Holder::OneOf(replica.relays()?))?, url),
        })
    })?;
    let mut clients = desk.clients.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(client) = clients.iter().find(|client| client.serves(url, trust.as_ref())) {
        return Ok(client.clone());
    }
    let client = Client::new(url, trust)?;
    clients.retain(|other| !other.leads_to(url));
    clients.push(client.clone());
    Ok(client)
}

async fn carry(
    desk: &Desk,
    way: Way<'_>,
    holder: (DeviceId, VerifyingKey),
    now: Instant,
) -> Result<Exchanged, Trouble> {
    let outcome = converse(desk, way, holder, now).await;
    // What came before the line broke shows, too.
    desk.even_revoked(|replica| Ok(replica.catch_up()?))?;
    outcome
}

async fn converse(
    desk: &Desk,
    way: Way<'_>,
    (holder, key): (DeviceId, VerifyingKey),
    now: Instant,
) -> Result<Exchanged, Trouble> {
    // No clock: how long the line has taken since the moment that was handed in. Only the hub's time is compared with it.
    let begun = tokio::time::Instant::now();
    let clock = || matches!(way, Way::Hub(_)).then(|| Instant(now.0 + begun.elapsed().as_millis() as i64));
    let mut client = line_to(desk, way)?;
    let (mut asked, mut renewed) = (None, false);
    let (us, signing) = desk.even_revoked(|replica| Ok(party(replica)))?;
    let mut call = Call::new(us, holder, key);
    let mut event = Event::Begin;
    let mut lost = None;
    let mut done = Exchanged::default();
    let mut shown = begun;
    loop {
        let answered = clock();
        call.clock = answered;
        let mut later = false;
        let effect = desk.even_revoked(|replica| {
            replica.intake(|log| {
                log.between(asked.zip(answered));
                let effect = call.step(log, event)?;
                later = matches!(effect, Effect::Send(_)) && shown.elapsed() < WAIT;
                if later {
                    log.more_follows();
                }
                Ok::<_, Trouble>(effect)
            })
        })?;
        if !later {
            shown = tokio::time::Instant::now();
        }
        asked = answered;
        event = match effect {
            Effect::Send(question) => match client.exchange(&question, us.device, &signing).await {
                Ok(delivered) => {
                    done.bytes_up += delivered.bytes_up;
                    done.bytes_down += delivered.bytes_down;
                    if let Some(chain) = &delivered.answer.certificate
                        && desk.even_revoked(|replica| Ok(replica.renew_certificate(chain)?))?
                    {
                        client = line_to(desk, way)?;
                        renewed = true;
                    }
                    Event::Answered(Box::new(delivered.answer))
                }
                Err(ClientError::Refused(refusal)) => Event::Refused(refusal),
                Err(error) if error.broke() => {
                    lost = Some(error);
                    Event::Lost
                }
                Err(error) => return Err(error.into()),
            },
            Effect::Inquire => {
                let info = client.info(way.program()).await?;
                Event::Speaks(info.protocol_min..=info.protocol_max)
            }
            // What can't count is told to its author, or said again, before the line is put down.
            Effect::Done if desk.even_revoked(|replica| Ok(replica.tend_quarantine(now)?))? > 0 => {
                Event::Begin
            }
            // Whoever came with an expired certificate has only brought: with another one there is more to hear.
            Effect::Done if std::mem::take(&mut renewed) => Event::Begin,
            Effect::Done => break,
            Effect::Failed(failed) => return Err(explain(&client, us, failed, lost).await),
        };
    }
    for (feed, refusal) in &call.tally.refused {
        tracing::warn!(%refusal, partition = %feed.partition, device = %feed.device, "a run was not taken");
    }
    done.sent = call.tally.sent;
    done.received = call.tally.received;
    done.requests = call.tally.requests;
    done.archived = desk.even_revoked(|replica| Ok(replica.archive()?))?;
    done.pending = desk.even_revoked(|replica| Ok(case::counts(replica.db())?.pending_entries))?;
    Ok(done)
}

fn party(replica: &Replica) -> (Party, SigningKey) {
    let identity = replica.identity();
    let us = Party { county: identity.county, unit: identity.unit, device: identity.device };
    (us, replica.signing_key().clone())
}

async fn explain(client: &Client, us: Party, failed: Failed, lost: Option<ClientError>) -> Trouble {
    match (failed, lost) {
        // A device that isn't known there may have called at another county's door.
        (Failed::Refused(HubRefusal::UnknownDevice), _) => match client.info(HUB_PROGRAM).await {
            Ok(info) if info.county != us.county => ClientError::Refused(HubRefusal::WrongCounty).into(),
            _ => ClientError::Refused(HubRefusal::UnknownDevice).into(),
        },
        (Failed::NoCommonProtocol(older), _) => ClientError::NoCommonProtocol(older).into(),
        (Failed::Refused(refusal), _) => ClientError::Refused(refusal).into(),
        (Failed::Lost, Some(error)) => error.into(),
        (Failed::Lost | Failed::Unsound, _) => {
            let message = "对方的回执对不上，没有收下任何东西。数据都在本机，请联系县中心。";
            Trouble::new(Code::HubWrong, message)
        }
    }
}
