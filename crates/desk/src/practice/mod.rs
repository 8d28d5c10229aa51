//! 练习: a county of made-up people beside the real desk, that reaches nobody and that nobody knows (decision 041).

mod make;

use crate::{Desk, Place, Trouble, request::decode};
use daiban_contract::{
    Code, Failure, Request,
    act::{LeavePractice, Lock, Practise, SaveSupport},
    ask,
    view::DeskView,
};
use daiban_domain::{Instant, Level};
use serde_json::{Value, json};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// In the data folder of a desk where nothing is real.
const MARK: &str = "practice";

/// On its papers.
pub(crate) const WORD: &str = "练习";

/// Whether a folder is a practice desk's.
pub(crate) fn is(data: &Path) -> bool {
    data.join(MARK).exists()
}

impl Desk {
    /// Refuses what would reach somebody: over a line, on a stick, or with the key of a real person.
    pub(crate) fn in_earnest(&self) -> Result<(), Trouble> {
        if !self.practice {
            return Ok(());
        }
        let message = "现在是练习，不连县中心和镇上，也不往 U 盘里存数据。要办真的，先退出练习。";
        Err(Trouble::new(Code::NotAllowed, message))
    }
}

/// The desk of this machine, and the practice one while somebody practises.
pub struct Desks {
    real: Arc<Desk>,
    practice: Mutex<Option<Arc<Desk>>>,
    /// Of the practice county: a sibling of the data folder, so that neither is part of the other.
    folder: PathBuf,
    /// One makes it at a time.
    making: tokio::sync::Mutex<()>,
}

impl Desks {
    /// Opens the real desk; the program never begins in practice.
    pub fn open(place: Place) -> Result<Self, Failure> {
        let mut name = place.data.file_name().unwrap_or_default().to_owned();
        name.push("-practice");
        let folder = place.data.with_file_name(name);
        let making = tokio::sync::Mutex::default();
        Ok(Self { real: Arc::new(Desk::open(place)?), practice: Mutex::default(), folder, making })
    }

    /// What happens beside the work is its alone.
    pub fn real(&self) -> &Arc<Desk> {
        &self.real
    }

    /// Answers a request at the desk where somebody is at work.
    pub async fn answer(&self, name: &str, body: Value, now: Instant) -> Result<Value, Failure> {
        if name == Practise::NAME {
            self.practise(decode(body)?, now).await?;
            return Ok(Value::Null);
        }
        let practice = self.practice().clone();
        match (name, practice) {
            (LeavePractice::NAME, _) => {
                *self.practice() = None;
                Ok(Value::Null)
            }
            // Whoever goes away leaves no real desk open behind the practice.
            (Lock::NAME, Some(_)) => {
                if crate::password_set(&self.real.place.data) {
                    self.real.lock(Lock {}, now)?;
                    *self.practice() = None;
                }
                Ok(Value::Null)
            }
            (ask::Desk::NAME, Some(practice)) => Ok(json!(self.view(&practice, now)?)),
            // The log is the real desk's, and so is what doesn't work.
            (SaveSupport::NAME, _) | (_, None) => self.real.answer(name, body, now).await,
            (_, Some(practice)) => practice.answer(name, body, now).await,
        }
    }

    fn practice(&self) -> MutexGuard<'_, Option<Arc<Desk>>> {
        self.practice.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The practice desk, which nobody locks; but the real one behind it locks when nobody is there.
    fn view(&self, practice: &Desk, now: Instant) -> Result<DeskView, Trouble> {
        let real = self.real.desk(ask::Desk {}, now);
        let auto_lock_minutes = real.map_or(0, |real| real.auto_lock_minutes);
        Ok(DeskView { auto_lock_minutes, ..practice.desk(ask::Desk {}, now)? })
    }

    async fn practise(&self, Practise { at, anew }: Practise, now: Instant) -> Result<(), Trouble> {
        let _one = self.making.lock().await;
        // An open database can't be thrown away everywhere.
        *self.practice() = None;
        let kept = if anew { None } else { self.kept(at, now) };
        let desk = match kept {
            Some(desk) => desk,
            None => {
                make::anew(&self.folder, now).await?;
                Desk::open(self.place(at))?
            }
        };
        *self.practice() = Some(Arc::new(desk));
        Ok(())
    }

    /// What was practised on before, unless it is damaged or so old that it would ask what day it is.
    fn kept(&self, at: Level, now: Instant) -> Option<Desk> {
        let place = self.place(at);
        let desk = is(&place.data).then(|| Desk::open(place).ok()).flatten()?;
        let fresh = desk.desk(ask::Desk {}, now).is_ok_and(|view| view.day_asked.is_none());
        fresh.then_some(desk)
    }

    fn place(&self, at: Level) -> Place {
        let data = self.folder.join(make::folder_of(at));
        Place { data, keys: self.folder.join(make::KEYS), user: None, password: None }
    }
}

/// Takes a folder away, if it is there.
fn remove(folder: &Path) -> Result<(), Trouble> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Trouble::file(error)),
        _ => Ok(()),
    }
}
