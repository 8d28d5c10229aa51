//! Where a case stands in the list: after whatever was made before it. The number is its row in the search index too, so that
//! what is found comes in the order of the list.
//!
//! A place follows from the document's id, which begins with the time, and is the same everywhere; only of cases whose ids
//! begin with the same eight bytes the one that was indexed here later stands later.

use crate::{ReplicaError, search};
use daiban_domain::DocumentId;
use rusqlite::{Connection, OptionalExtension};

/// Places from here on are in the order of ids.
pub(super) const IN_ORDER: i64 = search::CASES << 1;

/// So many cases whose ids begin alike stand beside each other.
const ABREAST: i64 = 8;

/// The first place of a document: of the first half of its id the bits that differ (a version 7 says so in four), and three
/// for those that stand beside it.
pub(super) fn of(document: DocumentId) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = document.0;
    let half = i64::from_be_bytes([a, b, c, d, e, f, g, h]);
    let time = (half >> 16) & 0xffff_ffff_ffff;
    ((time << 12) | (half & 0xfff)) * ABREAST
}

/// A place that no indexed case has. What finds none of its own (its id tells no time, or begins as many others do) stands at
/// the end of the list.
pub(super) fn free(db: &Connection, document: DocumentId) -> Result<i64, ReplicaError> {
    let first = of(document);
    let last = first + (ABREAST - 1);
    let taken = "SELECT made FROM case_row WHERE tally IS NOT NULL AND made BETWEEN ? AND ? ORDER BY made DESC LIMIT 1";
    let taken: Option<i64> =
        db.prepare_cached(taken)?.query_row([first, last], |row| row.get(0)).optional()?;
    match taken {
        None if first >= IN_ORDER => Ok(first),
        Some(taken) if taken < last => Ok(taken + 1),
        _ => before_all(db),
    }
}

fn before_all(db: &Connection) -> Result<i64, ReplicaError> {
    let mut earliest = db.prepare_cached("SELECT min(made) FROM case_row WHERE tally IS NOT NULL")?;
    let earliest: Option<i64> = earliest.query_row([], |row| row.get(0))?;
    Ok(earliest.map_or(IN_ORDER, |earliest| earliest.min(IN_ORDER)) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(db: &Connection, id: [u8; 16]) -> i64 {
        let made = free(db, DocumentId(id)).unwrap();
        db.execute("INSERT INTO case_row (made, tally) VALUES (?, 1)", [made]).unwrap();
        made
    }

    #[test]
    fn every_case_has_a_place_of_its_own_in_the_order_of_ids() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE case_row (made INTEGER, tally INTEGER)").unwrap();
        let at = |ms: i64, random: u8| DocumentId::new(ms, [random; 10]).0;
        let mut ids: Vec<[u8; 16]> = (0..50).map(|n| at(1_800_000_000_000 + n / 7, n as u8 * 5)).collect();
        ids.extend([at((1 << 48) - 1, 255), at(1 << 40, 0)]);
        let mut by_place: Vec<(i64, [u8; 16])> = ids.iter().map(|id| (listed(&db, *id), *id)).collect();
        by_place.sort_unstable();
        ids.sort_unstable();
        assert_eq!(by_place.iter().map(|(_, id)| *id).collect::<Vec<_>>(), ids);

        let alike = at(1_800_000_000_100, 1);
        let beside: Vec<i64> = (0..10).map(|_| listed(&db, alike)).collect();
        assert_eq!(beside[..8], [0, 1, 2, 3, 4, 5, 6, 7].map(|n| of(DocumentId(alike)) + n));
        assert_eq!(beside[8..], [IN_ORDER - 1, IN_ORDER - 2], "crowded out, to the end of the list");
        let timeless = listed(&db, [0; 16]);
        assert_eq!(timeless, IN_ORDER - 3);
        assert!(timeless > search::CASES, "and still no resident's");
        assert!(of(DocumentId([255; 16])) > 0);
    }
}
