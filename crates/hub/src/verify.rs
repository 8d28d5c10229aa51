//! Whether the store stands as its authors have signed for it: the file, and every entry of every feed.

use crate::{
    Hub, HubError,
    store::{self, feed, stretch},
};
use daiban_exchange::{Checkpoint, FeedId, Head, Log};
use rusqlite::Transaction;
use serde::Serialize;

/// What a check found wrong. Feeds are called as `daiban verify` calls them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "camelCase")]
pub enum Fault {
    /// SQLite's own words.
    Database { says: String },
    /// Entries don't chain to what was signed for, or to the feed's head: one of these was altered, moved or taken away.
    Chain { feed: String, first: u64, last: u64 },
    /// What was signed for up to this entry isn't signed by its author.
    Signature { feed: String, n: u64 },
}

impl Hub {
    /// All faults; empty if everything is as it should be. Reads on a connection of its own: exchanges go on meanwhile.
    pub fn verify(&self) -> Result<Vec<Fault>, HubError> {
        let mut db = store::reader(&self.folder)?;
        let mut faults: Vec<_> =
            store::damage(&db)?.into_iter().map(|says| Fault::Database { says }).collect();
        let log = self.log(db.transaction()?)?;
        for stored in feeds(&log.tx)? {
            let author = log.author(stored.feed.device)?;
            let signed_by = |checkpoint: &Checkpoint| {
                author.as_ref().is_some_and(|author| checkpoint.verify(&stored.feed, &author.key))
            };
            check(&log.tx, &stored, signed_by, &mut faults)?;
        }
        Ok(faults)
    }
}

struct Stored {
    id: i64,
    feed: FeedId,
    /// Before its first entry, and after its last.
    begins: Head,
    head: Head,
}

fn feeds(tx: &Transaction<'_>) -> Result<Vec<Stored>, HubError> {
    let mut statement = tx.prepare(
        "SELECT id, unit, kind, period, device, incarnation, branch, after, origin, n, chain FROM feed ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut feeds = Vec::new();
    while let Some(row) = rows.next()? {
        feeds.push(Stored {
            id: row.get("id")?,
            feed: feed(row)?,
            begins: Head { n: row.get("after")?, chain: row.get("origin")? },
            head: Head { n: row.get("n")?, chain: row.get("chain")? },
        });
    }
    Ok(feeds)
}

fn check(
    tx: &Transaction<'_>,
    stored: &Stored,
    signed_by: impl Fn(&Checkpoint) -> bool,
    faults: &mut Vec<Fault>,
) -> Result<(), HubError> {
    let name = stored.feed.to_string();
    let chained = |from: Head, to: u64| match stretch::read(tx, stored.id, from.n + 1, to) {
        Ok(entries) => Ok(Some(entries.iter().fold(from, Head::next)).filter(|head| head.n == to)),
        // It can't be unpacked any more.
        Err(HubError::Stored(_)) => Ok(None),
        Err(error) => Err(error),
    };
    let mut reached = stored.begins;
    if stored.feed.branch.is_none() && reached != stored.feed.origin() {
        faults.push(Fault::Chain { feed: name.clone(), first: 0, last: 0 });
    }
    let mut statement =
        tx.prepare_cached("SELECT n, chain, signature FROM checkpoint WHERE feed = ? ORDER BY n")?;
    let mut rows = statement.query([stored.id])?;
    while let Some(row) = rows.next()? {
        let head = Head { n: row.get("n")?, chain: row.get("chain")? };
        let checkpoint = Checkpoint { head, signature: row.get("signature")? };
        if !signed_by(&checkpoint) {
            faults.push(Fault::Signature { feed: name.clone(), n: head.n });
            continue;
        }
        if chained(reached, head.n)? != Some(head) {
            faults.push(Fault::Chain { feed: name.clone(), first: reached.n + 1, last: head.n });
        }
        // What was signed for stands: what follows is measured by it.
        reached = head;
    }
    if chained(reached, stored.head.n)? != Some(stored.head) {
        let (first, last) = (reached.n.min(stored.head.n) + 1, stored.head.n.max(reached.n));
        faults.push(Fault::Chain { feed: name, first, last });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{append_own, said};
    use daiban_domain::Instant;
    use daiban_exchange::{Entry, Partition, wire};
    use rusqlite::params;
    use tempfile::TempDir;

    const NOW: Instant = Instant(1_772_000_000_000);

    /// Three times the hub said two things.
    fn hub() -> (TempDir, Hub, FeedId) {
        let folder = TempDir::new().unwrap();
        let county = "621099000000".parse().unwrap();
        Hub::init(folder.path(), county, &[], Vec::new(), NOW).unwrap();
        let hub = Hub::open(folder.path()).unwrap();
        let feed = store::identity(&hub.db()).unwrap().feed_of(Partition::work(county, 2026));
        for n in 0..3 {
            let mut db = hub.db();
            let tx = db.transaction().unwrap();
            let two = [2 * n, 2 * n + 1].map(|n| said(9000, vec![n; 40], NOW));
            append_own(&tx, &feed, two, &hub.signing).unwrap();
            tx.commit().unwrap();
        }
        (folder, hub, feed)
    }

    #[test]
    fn what_was_altered_moved_or_taken_away_is_named() {
        let (_folder, hub, feed) = hub();
        assert_eq!(hub.verify().unwrap(), []);
        let name = feed.to_string();
        let chain = |first, last| Fault::Chain { feed: name.clone(), first, last };
        let id: i64 =
            hub.db().query_row("SELECT id FROM feed WHERE kind = 'work'", [], |row| row.get(0)).unwrap();
        let stretch = |first: u64| -> Vec<Entry> {
            let read = "SELECT entries FROM stretch WHERE feed = ? AND first = ?";
            hub.db().query_row(read, params![id, first], |row| Ok(stretch::unpack(row).unwrap())).unwrap()
        };
        let put = |first: u64, frame: &[u8]| {
            let write = "UPDATE stretch SET entries = ? WHERE feed = ? AND first = ?";
            assert_eq!(hub.db().execute(write, params![frame, id, first]).unwrap(), 1);
        };
        let second = stretch(3);
        let altered = vec![second[0].clone(), said(9000, vec![7; 40], NOW)];
        let moved = vec![second[1].clone(), second[0].clone()];
        for entries in [altered, moved, second[..1].to_vec()] {
            put(3, &wire::pack_fast(&entries));
            assert_eq!(hub.verify().unwrap(), [chain(3, 4)]);
        }
        put(3, b"no frame");
        assert_eq!(hub.verify().unwrap(), [chain(3, 4)]);
        put(3, &wire::pack_fast(&second));
        assert_eq!(hub.verify().unwrap(), []);
        // Its last part, with the head; what was signed for tells.
        let db = hub.db();
        db.execute("DELETE FROM stretch WHERE feed = ? AND first = 5", [id]).unwrap();
        let cut = "UPDATE feed SET (n, chain) = (SELECT n, chain FROM checkpoint WHERE feed = ?1 AND n = 4) WHERE id = ?1";
        db.execute(cut, [id]).unwrap();
        drop(db);
        assert_eq!(hub.verify().unwrap(), [chain(5, 6), chain(5, 6)]);
    }

    #[test]
    fn what_its_author_has_not_signed_is_named() {
        let (_folder, hub, feed) = hub();
        hub.db().execute("UPDATE checkpoint SET signature = randomblob(64) WHERE n = 4 AND feed = (SELECT id FROM feed WHERE kind = 'work')", []).unwrap();
        assert_eq!(hub.verify().unwrap(), [Fault::Signature { feed: feed.to_string(), n: 4 }]);
        // Of a device that nobody has enrolled.
        hub.db().execute("UPDATE feed SET device = randomblob(8) WHERE kind = 'work'", []).unwrap();
        let faults = hub.verify().unwrap();
        let unsigned =
            |n: u64| faults.iter().any(|fault| matches!(fault, Fault::Signature { n: at, .. } if *at == n));
        assert!([2, 4, 6].into_iter().all(unsigned), "{faults:?}");
    }
}
