//! Photos and scans over the line: after the entries, cheapest first, until neither side lacks any.

use crate::{
    Desk, Trouble,
    line::{self, Way, line_to},
    settings,
};
use daiban_contract::view::Exchanged;
use daiban_domain::{ContentHash, DeviceId, Instant, Level, UnitCode};
use daiban_exchange::{
    Partition,
    attachment::{Answer, Attachments, Moved, Question, Session},
};
use daiban_replica::{
    Replica, ReplicaError,
    attachment::{self, Debtor},
    case,
    document::Writing,
};
use ed25519_dalek::SigningKey;
use std::collections::BTreeMap;

struct Caller {
    county: UnitCode,
    device: DeviceId,
    signing: SigningKey,
}

/// Sends and fetches, unless the line is metered and nobody insists. What was done is added to `done`.
pub(crate) async fn carry(
    desk: &Desk,
    way: Way<'_>,
    insist: bool,
    now: Instant,
    done: &mut Exchanged,
) -> Result<(), Trouble> {
    let metered = desk.even_revoked(|replica| Ok(settings::load(replica.db())?.metered))?;
    let outcome = if metered && !insist { Ok(()) } else { rounds(desk, way, now, done).await };
    done.attachments_waiting =
        desk.even_revoked(|replica| Ok(attachment::count_owed(replica.db(), Debtor::Here)?.0))?;
    done.attachments_deferred = metered && !insist && done.attachments_waiting > 0;
    outcome
}

async fn rounds(desk: &Desk, way: Way<'_>, now: Instant, done: &mut Exchanged) -> Result<(), Trouble> {
    let caller = desk.even_revoked(|replica| Ok(caller(replica)))?;
    let mut session = Session::new(caller.county);
    let mut news = false;
    while let Some(question) = desk.even_revoked(|replica| ask(replica, &session, now))? {
        done.requests += 1;
        let client = line_to(desk, way)?;
        let delivered = match client.attachments(&question, caller.device, &caller.signing).await {
            Ok(delivered) => delivered,
            Err(error) if error.broke() && session.lost() => continue,
            Err(error) => return Err(error.into()),
        };
        done.bytes_up += delivered.bytes_up;
        done.bytes_down += delivered.bytes_down;
        let moved =
            desk.even_revoked(|replica| take(replica, &mut session, &question, &delivered.answer, now))?;
        done.attachments_sent += moved.sent.len() as u64;
        done.attachments_received += moved.received.len() as u64;
        news |= !moved.sent.is_empty();
        // What was recorded meanwhile doesn't wait for photos.
        if desk.even_revoked(|replica| Ok(case::counts(replica.db())?.pending_entries > 0))? {
            add(done, line::exchange_by(desk, way, now).await?);
            news = false;
        }
    }
    if news {
        // The county's word about what it has received.
        add(done, line::exchange_by(desk, way, now).await?);
    }
    Ok(())
}

fn caller(replica: &Replica) -> Caller {
    let identity = replica.identity();
    Caller { county: identity.county, device: identity.device, signing: replica.signing_key().clone() }
}

fn ask(replica: &mut Replica, session: &Session, now: Instant) -> Result<Option<Question>, Trouble> {
    let depth = session.depth();
    let waiting = attachment::owed(replica.db(), Debtor::Here, depth)?;
    let missing = attachment::owed(replica.db(), Debtor::County, depth)?;
    if waiting.is_empty() && missing.is_empty() {
        return Ok(None);
    }
    replica.commit(now, |writing| Ok(session.question(writing, &waiting, &missing)?))
}

fn take(
    replica: &mut Replica,
    session: &mut Session,
    question: &Question,
    answer: &Answer,
    now: Instant,
) -> Result<Moved, Trouble> {
    replica.commit(now, |writing| {
        let moved = session.take(writing, question, answer)?;
        say_so(writing, moved.received.iter().map(|(_, hash)| *hash))?;
        Ok(moved)
    })
}

/// A township says what has come to it, as the hub does: villages see it.
pub(crate) fn say_so(
    writing: &mut Writing<'_>,
    whole: impl IntoIterator<Item = ContentHash>,
) -> Result<(), ReplicaError> {
    if writing.identity().unit.level() != Level::Township {
        return Ok(());
    }
    let mut unsaid: BTreeMap<Partition, Vec<ContentHash>> = BTreeMap::new();
    for hash in whole {
        for partition in attachment::partitions(writing.db(), hash)? {
            if !writing.stated(partition, hash)? {
                unsaid.entry(partition).or_default().push(hash);
            }
        }
    }
    unsaid.into_iter().try_for_each(|(partition, hashes)| writing.state(partition, hashes))
}

fn add(done: &mut Exchanged, more: Exchanged) {
    done.sent += more.sent;
    done.received += more.received;
    done.bytes_up += more.bytes_up;
    done.bytes_down += more.bytes_down;
    done.requests += more.requests;
    done.pending = more.pending;
}
