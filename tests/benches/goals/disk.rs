//! What a year weighs on a desk's disk, with its whole history and its projections.

use crate::{goal::Goals, largest, year::Year};

pub fn run(goals: &mut Goals) {
    let year = Year::of(largest());
    let replica = year.village();
    let db = replica.db();
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let mut statement = db
        .prepare("SELECT coalesce(tbl_name, name), sum(pgsize) FROM dbstat LEFT JOIN sqlite_schema USING (name) GROUP BY 1 ORDER BY 2 DESC")
        .unwrap();
    let tables: Vec<(String, u64)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let search = |table: &str| table.starts_with("search");
    let (index, rest): (Vec<_>, Vec<_>) = tables.iter().partition(|(table, _)| search(table));
    let sum = |tables: &[&(String, u64)]| tables.iter().map(|(_, bytes)| bytes).sum::<u64>();
    for (table, bytes) in tables.iter().filter(|(_, bytes)| bytes / year.cases >= 5) {
        println!("    {table}: {} B a case", bytes / year.cases);
    }
    println!("  the search index adds {} B a case", sum(&index) / year.cases);
    let each = sum(&rest) as f64 / year.cases as f64;
    goals.at_most("disk a case with whole history, before the search index", each, 2_600.0, "B");
}
