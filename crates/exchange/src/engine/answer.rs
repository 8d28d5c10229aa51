//! Answering: the hub, and a township's desk as its villages' relay.

use super::{Answer, Party, Question, Shown, common, missing, take};
use crate::{
    Author, FeedId, Head, Log, PartitionKind, Receipt, Run, State, Vector,
    bundle::Carried,
    certificate::{Chain, Standing},
    page::{self, PageError},
    request::{self, HubRefusal},
    run::Refusal,
    wire,
};
use daiban_domain::{DeviceId, Instant, UnitCode};

/// What answering needs of a store beside its log.
pub trait Holder: Log {
    /// Who answers; it takes in what its unit reads.
    fn party(&self) -> Party;

    fn state(&self) -> Result<State, Self::Error>;

    /// What was held at an earlier state, of what a unit reads; `None` if that can't be told.
    fn vector_at(&self, reader: UnitCode, state: State) -> Result<Option<Vector>, Self::Error>;

    /// Looks at a receipt that an asker was given: a state of this store that it hasn't reached says that the store was
    /// restored from a backup.
    fn heed(&mut self, shown: &Shown) -> Result<(), Self::Error>;

    /// Signs for a root of what a unit reads.
    fn receipt(&self, reader: UnitCode, root: [u8; 32], now: Instant) -> Result<Receipt, Self::Error>;

    /// The county's word, from a holder that isn't the county.
    fn carried(&self, reader: UnitCode) -> Result<Option<Carried>, Self::Error>;

    /// Another certificate for a device that needs one. A relay gives out none.
    fn certify(
        &self,
        _: DeviceId,
        _: &Author,
        _: Standing,
        _: Instant,
    ) -> Result<Option<Chain>, Self::Error> {
        Ok(None)
    }

    /// Notes an exchange that is about to be answered. A relay notes nothing.
    fn met(&mut self, _: &Visit<'_>) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// What a holder may note of an exchange.
#[derive(Debug)]
pub struct Visit<'a> {
    pub device: DeviceId,
    /// The holder's time.
    pub at: Instant,
    pub question: &'a Question,
    /// Runs of the question's that weren't taken.
    pub refused: &'a [(FeedId, Refusal)],
    /// Entries that the asker may read and lacks even with the answer.
    pub lacks: u64,
    /// Of the frames.
    pub bytes_up: u64,
    pub bytes_down: u64,
}

/// Answers a request as it came over a line: takes in what its question brings, and says what its sender lacks, with a
/// receipt for all that is held. The caller sends the answer once what was taken is durable; a refusal changes nothing. `line`:
/// how the certificate stands that the sender has shown.
pub fn answer<H: Holder>(
    holder: &mut H,
    sender: DeviceId,
    signature: &str,
    body: &[u8],
    line: Standing,
    now: Instant,
) -> Result<Result<Vec<u8>, HubRefusal>, H::Error> {
    let signed = |author: &Author| request::verify(request::EXCHANGE, body, sender, signature, &author.key);
    let known = holder.author(sender)?.filter(signed);
    let question: Question = match wire::unpack(body) {
        Ok(question) => question,
        Err(_) if known.is_some() => return Ok(Err(HubRefusal::BadFrame)),
        Err(_) => return Ok(Err(HubRefusal::UnknownDevice)),
    };
    let party = holder.party();
    if !(wire::PROTOCOL_MIN..=wire::PROTOCOL_MAX).contains(&question.protocol) {
        return Ok(Err(HubRefusal::Protocol));
    }
    if question.county != party.county {
        // A county's devices are nobody's to know elsewhere.
        return Ok(Err(if known.is_some() { HubRefusal::WrongCounty } else { HubRefusal::UnknownDevice }));
    }
    let author = match known {
        Some(author) => author,
        // Enrolled since this store's backup was made, or since this relay heard of the county: its own enrolment, which the
        // hub has signed, introduces it.
        None => {
            let Some(brought) = read_page(holder, &question)? else {
                return Ok(Err(HubRefusal::UnknownDevice));
            };
            take(
                holder,
                brought.iter().filter(|run| run.feed.partition == crate::Partition::public(party.county)),
                party.unit,
            )?;
            match holder.author(sender)?.filter(signed) {
                Some(author) => author,
                None => return Ok(Err(HubRefusal::UnknownDevice)),
            }
        }
    };
    if let Some(shown) = &question.shown {
        holder.heed(shown)?;
    }
    let reader = author.unit;
    // A revoked device only brings what it holds, and so does one whose certificate has run out. It hears how far that has
    // arrived, and what everybody may know: that it is revoked stands there too.
    let deposits = author.revoked || line == Standing::Expired;
    let gives = |vector: Vector| {
        vector.of(|feed| !deposits || feed.device == sender || feed.partition.kind == PartitionKind::Public)
    };
    let since = match question.since {
        Some(state) => match holder.vector_at(reader, state)? {
            Some(vector) => Some(gives(vector)),
            None => return Ok(Err(HubRefusal::UnknownState)),
        },
        None => None,
    };
    let theirs = Vector::after(since.clone().unwrap_or_default(), &question.vector);
    // References that lead nowhere: the sender believes more of this store than it holds.
    let Some(brought) = read_page(holder, &question)? else { return Ok(Err(HubRefusal::UnknownState)) };
    // Who may not read a partition has no business carrying it.
    let (carried, foreign): (Vec<&Run>, Vec<&Run>) =
        brought.iter().partition(|run| run.feed.partition.readable_by(reader));
    let mut refused = take(holder, carried, party.unit)?.refused;
    refused.extend(foreign.iter().map(|run| (run.feed, Refusal::OutOfScope)));
    let vector = gives(holder.vector(reader)?);
    let room = question.room.map_or(wire::PAGE, |room| (room as usize).min(wire::PAGE));
    let runs = missing(holder, &vector, &theirs, room)?;
    let ground = if question.alone { Vector::default() } else { common(holder, &vector, &theirs)? };
    let page = page::write(holder, &runs, &ground)?;
    let receipt = holder.receipt(reader, vector.root(), now)?;
    let carried = holder.carried(reader)?;
    let lacks = lacking(&vector, &theirs, &runs);
    let vector = match since {
        Some(since) => vector.since(&since),
        None => vector,
    };
    let renew = line != Standing::Good && !author.revoked;
    let certificate = if renew { holder.certify(sender, &author, line, now)? } else { None };
    let answer = Answer { vector, page, receipt, refused, carried, certificate };
    let packed = wire::pack(&answer);
    holder.met(&Visit {
        device: sender,
        at: now,
        question: &question,
        refused: &answer.refused,
        lacks,
        bytes_up: body.len() as u64,
        bytes_down: packed.len() as u64,
    })?;
    Ok(Ok(packed))
}

/// Entries of a vector that a side which holds `theirs` still lacks when these runs have arrived.
fn lacking(vector: &Vector, theirs: &Vector, sent: &[Run]) -> u64 {
    let lacks = |(feed, head): (&FeedId, &Head)| {
        let arrived = sent.iter().filter(|run| run.feed == *feed).map(Run::last).max().unwrap_or(0);
        head.n.saturating_sub(theirs.reach(feed).max(feed.after()).max(arrived))
    };
    vector.0.iter().map(lacks).sum()
}

fn read_page<H: Holder>(holder: &H, question: &Question) -> Result<Option<Vec<Run>>, H::Error> {
    match page::read(holder, &question.page) {
        Ok(runs) => Ok(Some(runs)),
        Err(PageError::Malformed) => Ok(None),
        Err(PageError::Log(error)) => Err(error),
    }
}
