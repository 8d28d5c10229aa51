//! Wrong passwords: counted in a file beside the database key, and after five each next one waits longer.
//!
//! The count alone is kept. A wait is measured by the program's own running, from when it first met the count, so neither a
//! restart nor another date on the clock shortens it.

use crate::Trouble;
use daiban_contract::Code;
use daiban_domain::PersonId;
use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// So many wrong passwords in a row are nobody's fault.
const FREE: u32 = 5;

const FIRST_WAIT: Duration = Duration::from_secs(30);
const LONGEST_WAIT: Duration = Duration::from_secs(30 * 60);

pub(crate) struct Guesses {
    file: PathBuf,
    /// How many wrong ones there were of each user, and since when this program knows.
    met: Mutex<BTreeMap<String, (u32, Instant)>>,
}

impl Guesses {
    pub fn of(data: &Path) -> Self {
        Self { file: data.join("database.guesses"), met: Mutex::default() }
    }

    /// How long a user has to wait until their next guess.
    pub fn wait(&self, who: Option<PersonId>) -> Duration {
        let counts = self.open().map(|mut file| read(&mut file)).unwrap_or_default();
        self.left(&name(who), &counts)
    }

    /// Tries a password. A wrong one is counted before anybody can know that it is wrong.
    pub fn guess<T>(
        &self,
        who: Option<PersonId>,
        attempt: impl FnOnce() -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let who = name(who);
        // Held until the outcome is written: two programs don't guess at the same time.
        let mut file = self.open().map_err(Trouble::file)?;
        let mut counts = read(&mut file);
        let wait = self.left(&who, &counts);
        if !wait.is_zero() {
            return Err(too_many(wait));
        }
        let before = counts.get(&who).copied().unwrap_or(0);
        counts.insert(who.clone(), before.saturating_add(1));
        write(&mut file, &counts);
        let outcome = attempt();
        let after = match &outcome {
            Ok(_) => 0,
            Err(trouble) if trouble.code() == Code::WrongPassword => before.saturating_add(1),
            // Nothing was guessed: the database is damaged, the disk full.
            Err(_) => before,
        };
        counts.insert(who.clone(), after);
        counts.retain(|_, count| *count > 0);
        write(&mut file, &counts);
        let wait = self.left(&who, &counts);
        match outcome {
            Err(trouble) if trouble.code() == Code::WrongPassword && !wait.is_zero() => {
                Err(trouble.saying(&format!("密码不对，已经错了 {after} 次。再过{}才能再试。", says(wait))))
            }
            outcome => outcome,
        }
    }

    fn open(&self) -> std::io::Result<File> {
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&self.file)?;
        file.lock()?;
        Ok(file)
    }

    fn left(&self, who: &str, counts: &BTreeMap<String, u32>) -> Duration {
        let count = counts.get(who).copied().unwrap_or(0);
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let (known, since) = met.entry(who.to_owned()).or_insert((count, now));
        if *known != count {
            (*known, *since) = (count, now);
        }
        left(count, since.elapsed())
    }
}

/// What is left of the wait after so many wrong passwords, a while after the last.
fn left(count: u32, gone: Duration) -> Duration {
    let Some(beyond) = count.checked_sub(FREE) else { return Duration::ZERO };
    let wait = FIRST_WAIT.saturating_mul(1 << beyond.min(16)).min(LONGEST_WAIT);
    wait.saturating_sub(gone)
}

pub(crate) fn too_many(wait: Duration) -> Trouble {
    Trouble::new(Code::TooManyGuesses, format!("密码错得太多了，再过{}才能再试。", says(wait)))
}

/// e.g. 30 秒, 2 分钟
fn says(wait: Duration) -> String {
    match wait.as_secs() + u64::from(wait.subsec_nanos() > 0) {
        seconds if seconds <= 90 => format!(" {seconds} 秒"),
        seconds => format!(" {} 分钟", seconds.div_ceil(60)),
    }
}

fn name(who: Option<PersonId>) -> String {
    who.map(|person| person.to_string()).unwrap_or_default()
}

/// A count for each user; none of a file that says nothing.
fn read(file: &mut File) -> BTreeMap<String, u32> {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.read_to_string(&mut text));
    read.ok().and_then(|_| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// In place, since the file is the lock. Who can't write it could copy the whole folder just as well; a full disk keeps
/// nobody out.
fn write(file: &mut File, counts: &BTreeMap<String, u32>) {
    let text = serde_json::to_vec(counts).unwrap_or_default();
    let written = file.rewind().and_then(|()| {
        file.write_all(&text)?;
        file.set_len(text.len() as u64)?;
        file.sync_all()
    });
    if let Err(error) = written {
        tracing::warn!(%error, "a wrong password can't be counted");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong() -> Result<(), Trouble> {
        Err(Trouble::new(Code::WrongPassword, "密码不对。"))
    }

    fn code(outcome: Result<(), Trouble>) -> Option<Code> {
        outcome.err().map(|trouble| trouble.code())
    }

    #[test]
    fn the_wait_grows_and_ends() {
        let seconds = |count| left(count, Duration::ZERO).as_secs();
        assert_eq!([4, 5, 6, 7, 10, 11, 1000].map(seconds), [0, 30, 60, 120, 960, 1800, 1800]);
        assert_eq!(left(5, Duration::from_secs(29)), Duration::from_secs(1));
        assert_eq!(left(5, Duration::from_secs(31)), Duration::ZERO);
    }

    #[test]
    fn five_wrong_ones_make_the_right_one_wait_in_every_program() {
        let folder = tempfile::tempdir().unwrap();
        let who = Some(PersonId([1; 8]));
        let guesses = Guesses::of(folder.path());
        for _ in 0..5 {
            assert_eq!(code(guesses.guess(who, wrong)), Some(Code::WrongPassword));
        }
        let untried = || -> Result<(), Trouble> { panic!("a guess before its time") };
        assert_eq!(code(guesses.guess(who, untried)), Some(Code::TooManyGuesses));
        // Another program, or the same after a restart, whatever its clock shows.
        let later = Guesses::of(folder.path());
        assert_eq!(code(later.guess(who, untried)), Some(Code::TooManyGuesses));
        assert!(later.wait(who) > Duration::from_secs(20));
        // Nobody is locked out by somebody else.
        assert_eq!(code(later.guess(Some(PersonId([2; 8])), || Ok(()))), None);
    }

    #[test]
    fn the_right_one_clears_the_count_and_other_trouble_leaves_it() {
        let folder = tempfile::tempdir().unwrap();
        let guesses = Guesses::of(folder.path());
        for _ in 0..4 {
            assert_eq!(code(guesses.guess(None, wrong)), Some(Code::WrongPassword));
        }
        let full = || Err(Trouble::new(Code::DiskFull, "磁盘满了。"));
        assert_eq!(code(guesses.guess(None, full)), Some(Code::DiskFull));
        assert_eq!(code(guesses.guess(None, || Ok(()))), None);
        for _ in 0..4 {
            assert_eq!(code(guesses.guess(None, wrong)), Some(Code::WrongPassword));
        }
        assert_eq!(guesses.wait(None), Duration::ZERO);
    }
}
