//! What published text was parsed to, by the text: a list of cases reads the same items over and over.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

pub(super) struct Memo<T>(Mutex<BTreeMap<[u8; 32], Arc<T>>>);

/// More texts than any county publishes; beyond, it begins anew.
const LIMIT: usize = 2000;

impl<T> Memo<T> {
    pub const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    /// The parsed text; `parse` must depend on nothing else.
    pub fn of<E>(&self, text: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<Arc<T>, E> {
        let key = *blake3::hash(text.as_bytes()).as_bytes();
        let known = |memo: &Self| memo.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(parsed) = known(self) {
            return Ok(parsed);
        }
        let parsed = Arc::new(parse(text)?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= LIMIT {
            all.clear();
        }
        all.insert(key, parsed.clone());
        Ok(parsed)
    }
}
