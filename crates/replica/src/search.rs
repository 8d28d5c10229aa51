//! Tokens for the search index. SQLite's tokenizer follows an old Unicode and would drop rare characters, and its
//! trigrams find no name of two characters; so names are indexed as single characters and bigrams, spelt in ASCII.
//!
//! A resident's words stand under its document, a case's under its place in the list (`case/place.rs`), which is a larger number: what is
//! found of cases is found newest first, and a page of it is read without the rest.
//!
//! The rows of the newest documents are not in the index yet and are looked through one by one: to index one by itself
//! writes as many pages as the saving of a case. The counter `indexed` names the last document before them. The sums and indices of
//! cases (`case/tally.rs`) go by it too.

use crate::{ReplicaError, case, counter, document::RowId, resident};
use daiban_domain::pinyin;
use rusqlite::{Connection, params};

/// The last document whose words are in the index.
const INDEXED: &str = "indexed";

/// So many documents are looked through.
const NEWEST: i64 = 32;

/// Where the places of cases begin; no row of a document is so large.
pub(crate) const CASES: i64 = 1 << 39;

/// So many initials of a name are indexed.
const INITIALS: usize = 16;

/// A row, and where its words stand in the index.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub row: RowId,
    pub at: i64,
}

/// What a row is found by.
#[derive(Default, PartialEq, Eq)]
pub(crate) struct Words {
    name: String,
    numbers: String,
}

impl Words {
    pub fn of<const N: usize>(name: &str, numbers: [&str; N]) -> Self {
        Self { name: name_tokens(name), numbers: number_tokens(&numbers) }
    }

    /// Puts other words in the place of a row's words so far; a new row had none, and one that goes keeps none.
    fn change(self, db: &Connection, at: i64, to: Self) -> Result<(), ReplicaError> {
        if self == to {
            return Ok(());
        }
        if self != Self::default() {
            db.prepare_cached(
                "INSERT INTO search (search, rowid, name, numbers) VALUES ('delete', ?, ?, ?)",
            )?
            .execute(params![at, self.name, self.numbers])?;
        }
        if to != Self::default() {
            db.prepare_cached("INSERT INTO search (rowid, name, numbers) VALUES (?, ?, ?)")?
                .execute(params![at, to.name, to.numbers])?;
        }
        Ok(())
    }
}

/// What rows are found by from now on. Written when the rows themselves are: the index writes out what it has gathered
/// whenever another table is written in between.
#[derive(Default)]
pub(crate) struct Changes(Vec<(Place, Words, Words)>);

impl Changes {
    pub fn add(&mut self, place: Place, from: Words, to: Words) {
        if from != to {
            self.0.push((place, from, to));
        }
    }

    pub fn write(mut self, db: &Connection) -> Result<(), ReplicaError> {
        let indexed = indexed(db)?;
        self.0.retain(|(place, ..)| place.row.0 <= indexed);
        // In order: the index writes out what it has gathered whenever a place comes that lies before the last one.
        self.0.sort_by_key(|(place, ..)| place.at);
        self.0.into_iter().try_for_each(|(place, from, to)| from.change(db, place.at, to))
    }
}

/// Indexes the newest rows if they have become many.
pub(crate) fn catch_up(db: &Connection) -> Result<(), ReplicaError> {
    if last(db)? > indexed(db)? + NEWEST { index_newest(db) } else { Ok(()) }
}

/// Indexes the newest rows; those of documents that are here and have no row yet are indexed when they get one.
pub(crate) fn index_newest(db: &Connection) -> Result<(), ReplicaError> {
    let after = RowId(indexed(db)?);
    counter::set(db, INDEXED, last(db)?)?;
    case::count_after(db, after)?;
    let mut found = Changes::default();
    for (place, words) in words_after(db, after)? {
        found.add(place, Words::default(), words);
    }
    found.write(db)
}

/// Empties the index. Rows are indexed when they are made.
pub(crate) fn begin_anew(db: &Connection) -> Result<(), ReplicaError> {
    db.execute("INSERT INTO search (search) VALUES ('delete-all')", [])?;
    counter::set(db, INDEXED, last(db)?)
}

/// The newest rows that a query finds.
pub(crate) fn among_newest(db: &Connection, query: &Query) -> Result<Vec<RowId>, ReplicaError> {
    let newest = words_after(db, RowId(indexed(db)?))?;
    let found = newest.into_iter().filter(|(_, words)| query.finds(words));
    Ok(found.map(|(place, _)| place.row).collect())
}

/// What the rows of later documents are found by.
fn words_after(db: &Connection, row: RowId) -> Result<Vec<(Place, Words)>, ReplicaError> {
    let mut words = case::words_after(db, row)?;
    words.extend(resident::words_after(db, row)?);
    Ok(words)
}

fn indexed(db: &Connection) -> Result<i64, ReplicaError> {
    Ok(counter::value(db, INDEXED)?.unwrap_or_default())
}

/// The newest document of all.
fn last(db: &Connection) -> Result<i64, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT coalesce(max(id), 0) FROM document")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// The tokens of a name: characters, bigrams, what its pinyin initials begin with. Separators (·) don't count. Beginnings are
/// tokens by themselves, for what is found by the beginning of a token is gathered and sorted before any of it is told.
fn name_tokens(name: &str) -> String {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut tokens: Vec<String> = letters.windows(2).map(|pair| bigram(pair[0], pair[1])).collect();
    tokens.extend(letters.iter().map(|c| unigram(*c)));
    let initials: Vec<char> = pinyin::name_initials(name).chars().take(INITIALS).collect();
    tokens.extend((1..=initials.len()).map(|n| format!("p{}", initials[..n].iter().collect::<String>())));
    tokens.join(" ")
}

/// The tokens of numbers: for a case number, each of its parts with all that follow it, so that any part begins a match.
fn number_tokens(numbers: &[&str]) -> String {
    let mut tokens = Vec::new();
    for number in numbers {
        let parts: Vec<&str> = number.split('-').filter(|part| !part.is_empty()).collect();
        tokens.extend((0..parts.len()).map(|i| format!("n{}", parts[i..].concat().to_lowercase())));
    }
    tokens.join(" ")
}

/// What is looked for among the words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Query {
    numbers: bool,
    tokens: String,
    /// The last token is only its beginning.
    begun: bool,
}

impl Query {
    /// What a person typed; `None` if nothing of it can be searched for.
    pub fn of(text: &str) -> Option<Self> {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let joined: String = letters.iter().flat_map(|c| c.to_lowercase()).collect();
        if letters.is_empty() {
            None
        } else if letters.iter().any(char::is_ascii_digit) && letters.iter().all(char::is_ascii) {
            Some(Self { numbers: true, tokens: format!("n{joined}"), begun: true })
        } else if letters.iter().all(char::is_ascii) {
            let initials: String = joined.chars().take(INITIALS).collect();
            Some(Self { numbers: false, tokens: format!("p{initials}"), begun: false })
        } else if let [only] = letters.as_slice() {
            Some(Self { numbers: false, tokens: unigram(*only), begun: false })
        } else {
            let pairs: Vec<String> = letters.windows(2).map(|pair| bigram(pair[0], pair[1])).collect();
            Some(Self { numbers: false, tokens: pairs.join(" "), begun: false })
        }
    }

    /// For FTS5.
    pub fn fts(&self) -> String {
        let column = if self.numbers { "numbers" } else { "name" };
        format!("{column} : \"{}\"{}", self.tokens, if self.begun { "*" } else { "" })
    }

    fn finds(&self, words: &Words) -> bool {
        let held = format!(" {} ", if self.numbers { &words.numbers } else { &words.name });
        let sought = format!(" {}{}", self.tokens, if self.begun { "" } else { " " });
        held.contains(&sought)
    }
}

/// An FTS5 query that holds of every row with this very number (and of others that begin a part with it); `None` for a
/// number without a character that is indexed.
pub(crate) fn whole_number(number: &str) -> Option<String> {
    let token: String = number.split('-').collect::<String>().to_lowercase();
    let searchable = token.chars().any(char::is_alphanumeric);
    searchable.then(|| format!("numbers : \"n{}\"", token.replace('"', "\"\"")))
}

fn unigram(c: char) -> String {
    format!("c{:x}", u32::from(c))
}

fn bigram(a: char, b: char) -> String {
    format!("c{:x}z{:x}", u32::from(a), u32::from(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_speak_the_language_of_the_index() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE VIRTUAL TABLE search USING fts5 (name, numbers, content = '', columnsize = 0)",
        )
        .unwrap();
        let all = [
            ("阿卜杜·买买提", "621099100200-20261123-A3-0007-8"),
            ("王𬍛㛃", "62109919620318131X"),
            ("欧阳买提", "13912345678"),
        ];
        let all: Vec<Words> = all.iter().map(|(name, number)| Words::of(name, [*number])).collect();
        for (row, words) in all.iter().enumerate() {
            let words = Words { name: words.name.clone(), numbers: words.numbers.clone() };
            Words::default().change(&db, row as i64, words).unwrap();
        }
        let table: [(&str, &[i64]); 17] = [
            ("卜杜", &[0]),
            ("杜买", &[0]),
            ("买提", &[0, 2]),
            ("提", &[0, 2]),
            ("王𬍛", &[1]),
            ("𬍛㛃", &[1]),
            ("买王", &[]),
            ("oymt", &[2]),
            ("oy", &[2]),
            ("o", &[2]),
            ("y", &[]),
            ("OYMTX", &[]),
            ("621099100200-2026", &[0]),
            ("20261123", &[0]),
            ("a3-0007", &[0]),
            ("131x", &[]),
            ("621099", &[0, 1]),
        ];
        for (text, rows) in table {
            let query = Query::of(text).unwrap();
            let mut statement =
                db.prepare("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid").unwrap();
            let indexed: Vec<i64> = statement
                .query_map([query.fts()], |row| row.get(0))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            assert_eq!(indexed, rows, "{text} in the index");
            let read = (0..).zip(&all).filter(|(_, words)| query.finds(words)).map(|(row, _)| row);
            assert_eq!(read.collect::<Vec<i64>>(), rows, "{text} among the newest");
        }
        assert_eq!(Query::of("…"), None);
    }
}
