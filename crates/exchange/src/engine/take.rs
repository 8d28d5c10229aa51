//! What one side lacks, and taking what the other brought.

use crate::{
    Branch, Checkpoint, Entry, FeedId, Head, Log, PartitionKind, Run, Vector, kind, run::Refusal,
    run::Verified,
};
use daiban_domain::UnitCode;
use std::borrow::Cow;

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
        let reach = match theirs.get(feed) {
            // Something else at the same number: all that is held here shows where it begins.
            Some(other) if !follows(log, feed, head, other)? => feed.after(),
            Some(other) => other.n,
            None => feed.after(),
        };
        if reach >= head.n || budget == 0 {
            continue;
        }
        let mut some = log.runs(feed, reach, budget)?;
        if let Some(first) = some.first_mut().filter(|_| reach == feed.after()) {
            let before = unsigned_before(log, feed)?;
            first.first -= before.len() as u64;
            first.entries.splice(0..0, before);
        }
        for run in some {
            budget = budget.saturating_sub(run.entries.iter().map(Entry::size).sum());
            runs.push(run);
        }
    }
    // What others wrote later mostly builds on what was written earlier, and may then refer to it.
    runs.sort_by_key(|run| {
        let begun = run.entries.first().and_then(|entry| entry.header().ok()).map(|header| header.at);
        (run.feed.partition.kind != PartitionKind::Public, begun, run.feed, run.first)
    });
    Ok(runs)
}

/// What a side surely holds of what is held here: its vector without feeds where it holds something else.
pub fn common<L: Log>(log: &L, ours: &Vector, theirs: &Vector) -> Result<Vector, L::Error> {
    let mut common = theirs.clone();
    for (feed, other) in &theirs.0 {
        if let Some(head) = ours.get(feed)
            && !follows(log, feed, &head, *other)?
        {
            common.0.remove(feed);
        }
    }
    Ok(common)
}

/// Whether a feed as it is held here, with this head, may have passed through `other`.
fn follows<L: Log>(log: &L, feed: &FeedId, head: &Head, other: Head) -> Result<bool, L::Error> {
    Ok(if other.n >= head.n {
        other.n > head.n || other.chain == head.chain
    } else {
        log.chain_at(feed, other.n)? == Some(other.chain)
    })
}

/// The last entries before a branch that no checkpoint before it covers: they are sent along with its first run.
fn unsigned_before<L: Log>(log: &L, feed: &FeedId) -> Result<Vec<Entry>, L::Error> {
    let mut entries = Vec::new();
    let mut branch = *feed;
    while branch.branch.is_some() {
        let Some(parent) = parent(log, &branch)? else { break };
        let end = branch.after();
        let signed = log.signed_before(&parent, end)?;
        for n in (signed + 1..=end).rev() {
            entries.extend(log.entry(&parent, n)?);
        }
        if signed > parent.after() {
            break;
        }
        branch = parent;
    }
    entries.reverse();
    Ok(entries)
}

/// The feed or branch that a branch goes on from.
fn parent<L: Log>(log: &L, branch: &FeedId) -> Result<Option<FeedId>, L::Error> {
    let (after, chain) = (branch.after(), log.chain_at(branch, branch.after())?);
    for (life, _) in log.lives(branch)? {
        let begun = life.branch.is_none() || life.after() < after;
        if begun && life != *branch && log.chain_at(&life, after)? == chain {
            return Ok(Some(life));
        }
    }
    // Nothing is held of it before the branch.
    Ok((after == 0).then(|| branch.main()))
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
    order.sort_by_key(|run| (run.feed.partition.kind != PartitionKind::Public, run.feed, run.first));
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
    let Some(author) = log.author(run.feed.device)? else { return Ok(Err(Refusal::UnknownAuthor)) };
    if !writable(run, author.unit) {
        return Ok(Err(Refusal::OutOfScope));
    }
    let mut refusal = Refusal::Gap;
    for (life, before) in follows_from(log, run)? {
        let heads = run.heads(before);
        let Some(head) = heads.last() else { continue };
        if (Checkpoint { head: *head, signature: run.signature }).verify(&run.feed, &author.key) {
            return if justified(log, run)? {
                settle(log, run, life, before, &heads)
            } else {
                Ok(Err(Refusal::Erased))
            };
        }
        refusal = Refusal::Unauthentic;
    }
    Ok(Err(refusal))
}

/// Whether a device of a unit may say what stands in a run. Units above may tell in any `public` partition what attachments
/// they hold themselves: nobody's word but their own.
fn writable(run: &Run, author: UnitCode) -> bool {
    let holding = |entry: &Entry| entry.header().is_ok_and(|header| header.kind == kind::HOLDING);
    let partition = run.feed.partition;
    partition.writable_by(author) || author.covers(partition.unit) && run.entries.iter().all(holding)
}

/// Whether every stub of a run belongs to a document that is under an order held here. Orders are public, and public runs
/// are taken first: whoever sends a stub sends its order along.
fn justified<L: Log>(log: &L, run: &Run) -> Result<bool, L::Error> {
    for entry in run.entries.iter().filter(|entry| entry.erased.is_some()) {
        let document = entry.header().ok().and_then(|header| header.document);
        let ordered = match document {
            Some(document) => log.erased(run.feed.partition, document)?,
            None => false,
        };
        if !ordered {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The places that a run may follow, its own feed first. The chain is checked before the signature, so that one is only
/// ever checked under a head that follows from what is held.
fn follows_from<L: Log>(log: &L, run: &Run) -> Result<Vec<(FeedId, Head)>, L::Error> {
    let n = run.first - 1;
    let mut places: Vec<(FeedId, Head)> = Vec::new();
    let mut lives = log.lives(&run.feed)?;
    lives.sort_by_key(|(life, _)| *life != run.feed);
    for (life, head) in lives {
        let chain = if head.n == n { Some(head.chain) } else { log.chain_at(&life, n)? };
        if let Some(chain) = chain
            && places.iter().all(|(_, other)| other.chain != chain)
        {
            places.push((life, Head { n, chain }));
        }
    }
    if n == 0 && places.is_empty() {
        places.push((run.feed.main(), run.feed.origin()));
    }
    Ok(places)
}

/// Stores what a verified run brings beyond what is held. Where it says something else than what is held, both go on as
/// branches: nothing is replaced.
fn settle<L: Log>(
    log: &mut L,
    run: &Run,
    mut life: FeedId,
    before: Head,
    heads: &[Head],
) -> Result<Result<u64, Refusal>, L::Error> {
    let last = run.last();
    let head_at = |n: u64| if n < run.first { before } else { heads[(n - run.first) as usize] };
    let mut at = before;
    loop {
        if at.n == last {
            return Ok(Ok(0));
        }
        let lives = log.lives(&life)?;
        let end = lives.iter().find(|(held, _)| *held == life).map_or(life.after(), |(_, head)| head.n);
        if at.n < end {
            let overlap = end.min(last);
            if log.chain_at(&life, overlap)? == Some(head_at(overlap).chain) {
                at = head_at(overlap);
                continue;
            }
            // Nothing tells where they part if the entries themselves have left this store.
            let Some((fork, held)) = fork(log, &life, at, overlap, head_at)? else {
                return Ok(Err(Refusal::Gap));
            };
            let other = FeedId { branch: Some(Branch { after: fork.n, chain: held.chain }), ..life };
            log.split(&life, fork, &other)?;
            return branch(log, run, fork, heads);
        }
        let mut branched = false;
        let next = head_at(at.n + 1);
        let mut same = None;
        for (other, _) in &lives {
            if other.branch.is_some_and(|branch| branch.after == at.n)
                && *other != life
                && log.chain_at(other, at.n)? == Some(at.chain)
            {
                branched = true;
                same =
                    same.or((other.branch.map(|branch| branch.chain) == Some(next.chain)).then_some(*other));
            }
        }
        match same {
            Some(other) => {
                life = other;
                at = next;
            }
            None if branched => return branch(log, run, at, heads),
            None => return append(log, run, life, at, heads),
        }
    }
}

/// The last head in which what is held and the run agree, and the held one after it.
fn fork<L: Log>(
    log: &L,
    life: &FeedId,
    from: Head,
    until: u64,
    head_at: impl Fn(u64) -> Head,
) -> Result<Option<(Head, Head)>, L::Error> {
    let mut at = from;
    while at.n < until {
        let Some(entry) = log.entry(life, at.n + 1)? else { break };
        let held = at.next(&entry);
        if held != head_at(held.n) {
            return Ok(Some((at, held)));
        }
        at = held;
    }
    Ok(None)
}

/// Stores what follows a fork as a branch of its own.
fn branch<L: Log>(
    log: &mut L,
    run: &Run,
    fork: Head,
    heads: &[Head],
) -> Result<Result<u64, Refusal>, L::Error> {
    let first = heads[(fork.n + 1 - run.first) as usize];
    let feed = FeedId { branch: Some(Branch { after: fork.n, chain: first.chain }), ..run.feed };
    append(log, run, feed, fork, heads)
}

fn append<L: Log>(
    log: &mut L,
    run: &Run,
    feed: FeedId,
    before: Head,
    heads: &[Head],
) -> Result<Result<u64, Refusal>, L::Error> {
    let Some(head) = heads.last().copied() else { return Ok(Ok(0)) };
    let held = (before.n + 1 - run.first) as usize;
    let fresh = if held == 0 && feed == run.feed {
        Cow::Borrowed(run)
    } else {
        Cow::Owned(Run { feed, first: before.n + 1, entries: run.entries[held..].to_vec(), ..run.clone() })
    };
    log.append(&Verified { run: &fresh, before, checkpoint: Checkpoint { head, signature: run.signature } })?;
    Ok(Ok(fresh.entries.len() as u64))
}

fn by_public_first(vector: &Vector) -> Vec<(&FeedId, &Head)> {
    let mut feeds: Vec<_> = vector.0.iter().collect();
    feeds.sort_by_key(|(feed, _)| (feed.partition.kind != PartitionKind::Public, **feed));
    feeds
}
