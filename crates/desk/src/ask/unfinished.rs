use crate::{Desk, Trouble};
use daiban_contract::{ask::Unfinished, view::UnfinishedRequest};
use daiban_domain::Instant;
use daiban_replica::unfinished;

impl Desk {
    pub fn unfinished(&self, _: Unfinished, _: Instant) -> Result<Vec<UnfinishedRequest>, Trouble> {
        self.with(|replica| {
            let kept = unfinished::of(replica.db(), replica.identity().person)?;
            // What another version of the page wrote and this one can't read is nobody's loss but its own.
            let read = kept.into_iter().filter_map(|(at, body)| {
                let request: UnfinishedRequest = serde_json::from_str(&body).ok()?;
                Some(UnfinishedRequest { kept: Some(at), ..request })
            });
            Ok(read.collect())
        })
    }
}
