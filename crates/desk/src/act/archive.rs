use crate::{Desk, Trouble};
use daiban_contract::{act::Archive, view::Archived};
use daiban_domain::Instant;

impl Desk {
    pub fn archive(&self, _: Archive, _: Instant) -> Result<Archived, Trouble> {
        self.with(|replica| Ok(Archived { cases: replica.archive()? }))
    }
}
