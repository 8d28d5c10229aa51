//! Tokens for the search index. SQLite's tokenizer follows an old Unicode and would drop rare characters, and its
//! trigrams find no name of two characters; so names are indexed as single characters and bigrams, spelt in ASCII.

use crate::{ReplicaError, document::RowId};
use daiban_domain::pinyin;
use rusqlite::{Connection, params};

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
    fn change(self, db: &Connection, row: RowId, to: Self) -> Result<(), ReplicaError> {
        if self == to {
            return Ok(());
        }
        if self != Self::default() {
            db.prepare_cached(
                "INSERT INTO search (search, rowid, name, numbers) VALUES ('delete', ?, ?, ?)",
            )?
            .execute(params![row.0, self.name, self.numbers])?;
        }
        if to != Self::default() {
            db.prepare_cached("INSERT INTO search (rowid, name, numbers) VALUES (?, ?, ?)")?
                .execute(params![row.0, to.name, to.numbers])?;
        }
        Ok(())
    }
}

/// What rows are found by from now on. Written when the rows themselves are: the index writes out what it has gathered
/// whenever another table is written in between.
#[derive(Default)]
pub(crate) struct Changes(Vec<(RowId, Words, Words)>);

impl Changes {
    pub fn add(&mut self, row: RowId, from: Words, to: Words) {
        self.0.push((row, from, to));
    }

    pub fn write(self, db: &Connection) -> Result<(), ReplicaError> {
        self.0.into_iter().try_for_each(|(row, from, to)| from.change(db, row, to))
    }
}

/// The tokens of a name: characters, bigrams, pinyin initials. Separators (·) don't count.
fn name_tokens(name: &str) -> String {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut tokens: Vec<String> = letters.windows(2).map(|pair| bigram(pair[0], pair[1])).collect();
    tokens.extend(letters.iter().map(|c| unigram(*c)));
    tokens.push(format!("p{}", pinyin::name_initials(name)));
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

/// An FTS5 query for what a person typed; `None` if nothing of it can be searched for.
pub(crate) fn query(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let joined: String = letters.iter().flat_map(|c| c.to_lowercase()).collect();
    if letters.is_empty() {
        None
    } else if letters.iter().all(char::is_ascii) {
        let column = if letters.iter().any(char::is_ascii_digit) { "numbers : n" } else { "name : p" };
        Some(format!("{column}{joined}*"))
    } else if let [only] = letters.as_slice() {
        Some(format!("name : {}", unigram(*only)))
    } else {
        let phrase: Vec<String> = letters.windows(2).map(|pair| bigram(pair[0], pair[1])).collect();
        Some(format!("name : \"{}\"", phrase.join(" ")))
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
        let name = name_tokens("阿卜杜·买买提");
        for part in ["卜杜", "杜买"] {
            let query = query(part).unwrap();
            let token = query.trim_start_matches("name : \"").trim_end_matches('"').to_owned();
            assert!(name.split(' ').any(|indexed| indexed == token), "{part}: {token} in {name}");
        }
        let numbers = number_tokens(&["621099100200-20261123-A3-0007-8"]);
        for part in ["621099100200-2026", "20261123", "a3-0007", "0007-8"] {
            let query = query(part).unwrap();
            let prefix = query.trim_start_matches("numbers : ").trim_end_matches('*').to_owned();
            assert!(
                numbers.split(' ').any(|token| token.starts_with(&prefix)),
                "{part}: {prefix} in {numbers}"
            );
        }
        assert_eq!(query("王𬍛").unwrap(), "name : \"c738bz2c35b\"");
        assert_eq!(query("…"), None);
    }
}
