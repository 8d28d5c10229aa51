//! One exchange: a question with what the hub lacks, an answer with what the asker lacks. Stateless and idempotent:
//! repeating either changes nothing. No input or output happens here.

use crate::{FeedId, Head, Log, Page, Receipt, Run, State, Vector, run::Refusal};
use daiban_domain::UnitCode;
use minicbor::{Decode, Encode};
use std::borrow::Cow;

/// What a desk sends.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Question {
    /// The newest protocol the asker speaks.
    #[n(0)]
    pub protocol: u16,
    #[n(1)]
    pub county: UnitCode,
    /// The state of the hub that the asker heard of last. With it, `vector` only lists what differs from what the hub held
    /// then.
    #[n(2)]
    pub since: Option<State>,
    /// All that the asker holds.
    #[n(3)]
    pub vector: Vector,
    #[n(4)]
    pub page: Page,
    /// The hub's last receipt and the root that it signed for, where the hub no longer knows that state: it shows a hub
    /// that was restored from a backup how far it had come.
    #[n(5)]
    pub shown: Option<Shown>,
}

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Shown {
    #[n(0)]
    pub receipt: Receipt,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub root: [u8; 32],
}

/// What the hub answers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Answer {
    /// All that the hub holds of what the asker may read, after storing the question's runs; what moved of it since the
    /// state that the question names, if it names one.
    #[n(0)]
    pub vector: Vector,
    #[n(1)]
    pub page: Page,
    #[n(2)]
    pub receipt: Receipt,
    #[n(3)]
    pub refused: Vec<(FeedId, Refusal)>,
}

/// What taking a side's runs did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Entries stored.
    pub entries: u64,
    pub refused: Vec<(FeedId, Refusal)>,
}

/// The runs that the holder of `theirs` lacks, up to about so many bytes of entries.
pub fn missing<L: Log>(
    log: &L,
    ours: &Vector,
    theirs: &Vector,
    mut budget: usize,
) -> Result<Vec<Run>, L::Error> {
    let mut runs = Vec::new();
    for (feed, head) in by_public_first(ours) {
        let reach = theirs.reach(feed);
        if reach >= head.n || budget == 0 {
            continue;
        }
        for run in log.runs(feed, reach, budget)? {
            budget = budget.saturating_sub(run.entries.iter().map(crate::Entry::size).sum());
            runs.push(run);
        }
    }
    // What others wrote later mostly builds on what was written earlier, and may then refer to it.
    runs.sort_by_key(|run| {
        let begun = run.entries.first().and_then(|entry| entry.header().ok()).map(|header| header.at);
        (run.feed.partition.kind != crate::PartitionKind::Public, begun, run.feed, run.first)
    });
    Ok(runs)
}

/// Verifies runs and stores those that stand; a refused one holds nobody else up. Public runs come first, for they
/// introduce the authors of the others.
pub fn take<'r, L: Log>(
    log: &mut L,
    runs: impl IntoIterator<Item = &'r Run>,
    reader: UnitCode,
) -> Result<Taken, L::Error> {
    let mut taken = Taken::default();
    let mut order: Vec<&Run> = runs.into_iter().collect();
    order.sort_by_key(|run| (run.feed.partition.kind != crate::PartitionKind::Public, run.feed, run.first));
    for run in order {
        match take_one(log, run, reader)? {
            Ok(entries) => taken.entries += entries,
            Err(refusal) => taken.refused.push((run.feed, refusal)),
        }
    }
    Ok(taken)
}

fn take_one<L: Log>(log: &mut L, run: &Run, reader: UnitCode) -> Result<Result<u64, Refusal>, L::Error> {
    if run.entries.is_empty() || run.first == 0 {
        return Ok(Err(Refusal::Gap));
    }
    if !run.feed.partition.readable_by(reader) {
        return Ok(Err(Refusal::OutOfScope));
    }
    let held = log.head(&run.feed)?;
    let fresh = match beyond(log, run, held)? {
        Ok(Some(fresh)) => fresh,
        Ok(None) => return Ok(Ok(0)),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let author = log.author(run.feed.device)?;
    match fresh.verify(held, author.as_ref()) {
        Ok(verified) => {
            log.append(&verified)?;
            Ok(Ok(fresh.entries.len() as u64))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// What a run brings beyond what is held; `None` if it brings nothing new. Two lives of one device may have signed the
/// same entries at different places, so a run may begin within what is held; where it says otherwise there, it is a
/// branch.
fn beyond<'r, L: Log>(
    log: &L,
    run: &'r Run,
    held: Option<Head>,
) -> Result<Result<Option<Cow<'r, Run>>, Refusal>, L::Error> {
    let Some(held) = held.filter(|head| run.first <= head.n) else { return Ok(Ok(Some(Cow::Borrowed(run)))) };
    let before = match run.first {
        1 => Some(run.feed.origin().chain),
        first => log.chain_at(&run.feed, first - 1)?,
    };
    let Some(chain) = before else { return Ok(Err(Refusal::Gap)) };
    let (common, rest) = run.entries.split_at(run.entries.len().min((held.n - run.first + 1) as usize));
    let start = Head { n: run.first - 1, chain };
    let end = common.iter().fold(start, Head::next);
    if log.chain_at(&run.feed, end.n)? != Some(end.chain) {
        return Ok(Err(Refusal::Branch));
    }
    let rest = Run { first: end.n + 1, entries: rest.to_vec(), ..run.clone() };
    Ok(Ok((!rest.entries.is_empty()).then_some(Cow::Owned(rest))))
}

fn by_public_first(vector: &Vector) -> Vec<(&FeedId, &Head)> {
    let mut feeds: Vec<_> = vector.0.iter().collect();
    feeds.sort_by_key(|(feed, _)| (feed.partition.kind != crate::PartitionKind::Public, **feed));
    feeds
}
