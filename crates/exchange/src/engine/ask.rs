//! Asking: a desk, round by round, until neither side lacks anything that the other has.

use super::{Answer, Party, Question, Shown, missing, take};
use crate::{
    FeedId, Log, Page, Receipt, Run, Vector,
    bundle::Carried,
    page::{self, PageError},
    request::HubRefusal,
    run::Refusal,
    wire::{self, Older},
};
use daiban_domain::{DeviceId, Instant};
use ed25519_dalek::VerifyingKey;
use std::ops::RangeInclusive;

/// What asking needs of a store beside its log.
pub trait Asker: Log {
    /// Signs the heads of this device's feeds, so that all of them may be sent.
    fn sign_heads(&mut self) -> Result<(), Self::Error>;

    /// What is known of a holder by its last receipt.
    fn last(&self, holder: DeviceId) -> Result<Option<Last>, Self::Error>;

    /// Compares what a holder has of this device's feeds with what is known here. `true` if it has more, or something else:
    /// this store was rolled back, and goes on under a new incarnation.
    fn reconcile(&mut self, held: &Vector) -> Result<bool, Self::Error>;

    /// Keeps a receipt whose signature over the root of `held` is good, and what the holder carries of the county's.
    fn receipt(
        &mut self,
        receipt: &Receipt,
        held: &Vector,
        carried: Option<&Carried>,
    ) -> Result<(), Self::Error>;

    /// About how many bytes of entries a page took that last came through.
    fn pace(&self) -> Result<Option<u32>, Self::Error>;

    fn set_pace(&mut self, bytes: u32) -> Result<(), Self::Error>;
}

/// What is known of a holder.
#[derive(Clone, Debug)]
pub struct Last {
    /// The receipt, if the holder tells from its state what it held then.
    pub shown: Option<Shown>,
    /// What it held.
    pub held: Vector,
    /// How far that is the same as what is held here.
    pub common: Vector,
}

/// What became of the last question.
#[derive(Debug)]
pub enum Event {
    Begin,
    Answered(Box<Answer>),
    Refused(HubRefusal),
    /// The protocols that the holder speaks.
    Speaks(RangeInclusive<u16>),
    /// The line broke before the answer was whole.
    Lost,
}

/// What to do next.
#[derive(Debug)]
pub enum Effect {
    Send(Box<Question>),
    /// To look up which protocols the holder speaks.
    Inquire,
    Done,
    Failed(Failed),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    Refused(HubRefusal),
    /// No protocol is spoken by both sides.
    NoCommonProtocol(Older),
    /// The line broke too often.
    Lost,
    /// The answer isn't what its receipt signs for; nothing of it was taken.
    Unsound,
}

/// What an exchange has done so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entries that the holder has taken.
    pub sent: u64,
    /// Entries stored here.
    pub received: u64,
    pub requests: u64,
    /// Runs that either side didn't take.
    pub refused: Vec<(FeedId, Refusal)>,
}

/// What a question takes for granted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// What the holder held at its last receipt.
    Known,
    /// Nothing: everything is stated, and the receipt shown.
    Stated,
    /// Not even that the holder knows this device: the county's enrolments are brought along.
    Introduced,
}

/// One exchange, from its first question to its end.
pub struct Call {
    us: Party,
    holder: DeviceId,
    key: VerifyingKey,
    /// The protocols that this side speaks.
    pub speaks: RangeInclusive<u16>,
    /// The one agreed on, where the newest wasn't understood.
    agreed: Option<u16>,
    ground: Ground,
    asked: Option<Asked>,
    room: u32,
    /// Questions lost in a row.
    lost: u8,
    /// What the asker's clock shows at the next question; kept by whoever carries the questions.
    pub clock: Option<Instant>,
    pub tally: Tally,
}

struct Asked {
    /// The holder told from a state that it had signed for; its answer says what moved since.
    grounded: bool,
    /// What the holder held when the question's state was current.
    held: Vector,
    runs: Vec<Run>,
}

impl Call {
    /// Rounds that one exchange may take; a first copy of a county fits.
    const ROUNDS: u64 = 10_000;
    /// Bytes of entries that an exchange begins with on a line that nothing is known of, and the least and the most
    /// that it comes to. A page grows while pages arrive and shrinks when one doesn't, so that on a line that breaks every
    /// half minute some page always gets through.
    const START: u32 = 256 * 1024;
    const LEAST: u32 = 16 * 1024;
    const MOST: u32 = wire::PAGE as u32;
    /// How often in a row a question may be lost before the exchange is given up, to be begun again later.
    const LOSSES: u8 = 3;

    /// With a holder whose receipts bear this key's signature.
    pub fn new(us: Party, holder: DeviceId, key: VerifyingKey) -> Self {
        Self {
            us,
            holder,
            key,
            speaks: wire::PROTOCOL_MIN..=wire::PROTOCOL_MAX,
            agreed: None,
            ground: Ground::Known,
            asked: None,
            room: Self::START,
            lost: 0,
            clock: None,
            tally: Tally::default(),
        }
    }

    /// Takes in what became of the last question, in the open transaction, and says what comes next.
    pub fn step<L: Asker>(&mut self, log: &mut L, event: Event) -> Result<Effect, L::Error> {
        match event {
            Event::Begin => {
                self.room = log.pace()?.unwrap_or(Self::START).clamp(Self::LEAST, Self::MOST);
                self.ask(log)
            }
            Event::Answered(answer) => self.answered(log, &answer),
            Event::Refused(HubRefusal::UnknownState) if self.ground == Ground::Known => {
                self.ask_on(log, Ground::Stated)
            }
            Event::Refused(HubRefusal::UnknownDevice) if self.ground != Ground::Introduced => {
                self.ask_on(log, Ground::Introduced)
            }
            Event::Refused(HubRefusal::Protocol) if self.agreed.is_none() => Ok(Effect::Inquire),
            Event::Speaks(theirs) => match wire::newest_common(self.speaks.clone(), theirs) {
                Ok(protocol) => {
                    self.agreed = Some(protocol);
                    self.ask(log)
                }
                Err(older) => Ok(Effect::Failed(Failed::NoCommonProtocol(older))),
            },
            Event::Refused(refusal) => Ok(Effect::Failed(Failed::Refused(refusal))),
            Event::Lost => {
                self.lost += 1;
                let smaller = (self.room / 4).max(Self::LEAST);
                log.set_pace(smaller)?;
                if self.lost >= Self::LOSSES || smaller == self.room {
                    return Ok(Effect::Failed(Failed::Lost));
                }
                self.room = smaller;
                self.ask(log)
            }
        }
    }

    fn ask_on<L: Asker>(&mut self, log: &mut L, ground: Ground) -> Result<Effect, L::Error> {
        self.ground = ground;
        self.ask(log)
    }

    fn ask<L: Asker>(&mut self, log: &mut L) -> Result<Effect, L::Error> {
        if self.tally.requests == Self::ROUNDS {
            return Ok(Effect::Done);
        }
        log.sign_heads()?;
        let ours = log.vector(self.us.unit)?;
        let mut question = Question {
            protocol: self.agreed.unwrap_or(*self.speaks.end()),
            county: self.us.county,
            since: None,
            vector: ours.clone(),
            page: Page::default(),
            shown: None,
            room: (self.room < Self::MOST).then_some(self.room),
            alone: self.ground != Ground::Known,
            clock: self.clock,
        };
        let (mut held, mut runs) = (Vector::default(), Vec::new());
        let last = log.last(self.holder)?;
        let grounded = self.ground == Ground::Known && last.is_some();
        match (self.ground, last) {
            (Ground::Known, Some(last)) => {
                if let Some(shown) = last.shown {
                    question.since = Some(shown.receipt.state);
                    question.vector = ours.since(&last.held);
                    held = last.held;
                }
                runs = missing(log, &ours, &last.common, self.room as usize)?;
                question.page = page::write(log, &runs, &last.common)?;
            }
            // What the holder lacks is told by its answer.
            (Ground::Known | Ground::Stated, last) => question.shown = last.and_then(|last| last.shown),
            (Ground::Introduced, last) => {
                question.shown = last.and_then(|last| last.shown);
                let public = ours.of(|feed| feed.partition == crate::Partition::public(self.us.county));
                let nothing = Vector::default();
                runs = missing(log, &public, &nothing, wire::PAGE)?;
                question.page = page::write(log, &runs, &nothing)?;
            }
        }
        self.tally.requests += 1;
        self.asked = Some(Asked { grounded, held, runs });
        Ok(Effect::Send(Box::new(question)))
    }

    fn answered<L: Asker>(&mut self, log: &mut L, answer: &Answer) -> Result<Effect, L::Error> {
        let Some(asked) = self.asked.take() else { return Ok(Effect::Failed(Failed::Unsound)) };
        let held = Vector::after(asked.held, &answer.vector);
        let signed = answer.receipt.holder == self.holder && answer.receipt.verify(held.root(), &self.key);
        let runs = if signed { page::read(log, &answer.page) } else { Err(PageError::Malformed) };
        let runs = match runs {
            Ok(runs) => runs,
            Err(PageError::Malformed) if self.ground == Ground::Known => {
                return self.ask_on(log, Ground::Stated);
            }
            Err(PageError::Malformed) => return Ok(Effect::Failed(Failed::Unsound)),
            Err(PageError::Log(error)) => return Err(error),
        };
        let rolled_back = log.reconcile(&held)?;
        let taken = take(log, &runs, self.us.unit)?;
        log.receipt(&answer.receipt, &held, answer.carried.as_ref())?;
        let sent = accepted(&asked.runs, &held);
        self.tally.sent += sent;
        self.tally.received += taken.entries;
        self.tally.refused.extend(taken.refused.into_iter().chain(answer.refused.iter().copied()));
        self.ground = Ground::Known;
        self.lost = 0;
        if self.room < Self::MOST {
            self.room = (self.room * 2).min(Self::MOST);
            log.set_pace(self.room)?;
        }
        let ours = log.vector(self.us.unit)?;
        let more = behind(&ours, &held) || behind(&held, &ours);
        // The holder's state is known now and wasn't before, or what is to be sent has changed.
        let news = !asked.grounded || rolled_back;
        // More remains, and the round moved something: go on. Without movement the rest is the holder's to explain.
        if more && (sent + taken.entries > 0 || news) { self.ask(log) } else { Ok(Effect::Done) }
    }
}

/// Entries sent that the holder's vector covers.
fn accepted(sent: &[Run], held: &Vector) -> u64 {
    let covered = sent.iter().filter(|run| held.reach(&run.feed) >= run.last());
    covered.map(|run| run.entries.len() as u64).sum()
}

fn behind(one: &Vector, other: &Vector) -> bool {
    other.0.iter().any(|(feed, head)| one.reach(feed) < head.n)
}
