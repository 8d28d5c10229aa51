//! The bare things that stand beside ours: a SQLCipher table, automerge and its own sync.

use automerge::{Automerge, Change, sync::SyncDoc};
use daiban_exchange::Entry;
use rusqlite::{Connection, params};
use std::path::Path;

/// A table with the same pragmas as our stores and nothing else.
pub fn bare_table(file: &Path) -> Connection {
    let db = Connection::open(file).unwrap();
    db.pragma_update(None, "key", format!("x'{}'", "ab".repeat(32))).unwrap();
    db.pragma_update(None, "journal_mode", "wal").unwrap();
    db.pragma_update(None, "synchronous", "full").unwrap();
    db.pragma_update(None, "cache_size", -49152).unwrap();
    db.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, header BLOB, body BLOB)", []).unwrap();
    db
}

/// In one transaction.
pub fn insert<'e>(db: &Connection, entries: impl IntoIterator<Item = &'e Entry>) {
    let tx = db.unchecked_transaction().unwrap();
    for entry in entries {
        tx.prepare_cached("INSERT INTO entry (header, body) VALUES (?, ?)")
            .unwrap()
            .execute(params![entry.header, entry.body])
            .unwrap();
    }
    tx.commit().unwrap();
}

/// A document from its changes' bytes.
pub fn merged(changes: &[Vec<u8>]) -> Automerge {
    let mut document = Automerge::new();
    let changes = changes.iter().map(|bytes| Change::from_bytes(bytes.clone()).unwrap());
    document.apply_changes(changes).unwrap();
    document
}

/// Brings two documents together by automerge's own sync, as two sides that have never met: messages and their bytes.
pub fn sync(one: &mut Automerge, other: &mut Automerge) -> (u64, u64) {
    let (mut here, mut there) = (automerge::sync::State::new(), automerge::sync::State::new());
    let (mut messages, mut bytes) = (0, 0);
    loop {
        let question = one.generate_sync_message(&mut here);
        if let Some(message) = &question {
            (messages, bytes) = (messages + 1, bytes + message.clone().encode().len() as u64);
            other.receive_sync_message(&mut there, message.clone()).unwrap();
        }
        let answer = other.generate_sync_message(&mut there);
        if let Some(message) = &answer {
            (messages, bytes) = (messages + 1, bytes + message.clone().encode().len() as u64);
            one.receive_sync_message(&mut here, message.clone()).unwrap();
        }
        if question.is_none() && answer.is_none() {
            return (messages, bytes);
        }
    }
}
