use crate::{Desk, Trouble};
use daiban_contract::{
    ask::{Unfinished, UnfinishedNotices},
    view::{UnfinishedNotice, UnfinishedRequest},
};
use daiban_domain::Instant;
use daiban_replica::unfinished::{self, Kind};
use serde::de::DeserializeOwned;

impl Desk {
    pub fn unfinished(&self, _: Unfinished, _: Instant) -> Result<Vec<UnfinishedRequest>, Trouble> {
        self.begun(Kind::Request, |request, at| UnfinishedRequest { kept: Some(at), ..request })
    }

    pub fn unfinished_notices(
        &self,
        _: UnfinishedNotices,
        _: Instant,
    ) -> Result<Vec<UnfinishedNotice>, Trouble> {
        self.begun(Kind::Notice, |notice, at| UnfinishedNotice { kept: Some(at), ..notice })
    }

    fn begun<B: DeserializeOwned>(
        &self,
        kind: Kind,
        kept: impl Fn(B, Instant) -> B,
    ) -> Result<Vec<B>, Trouble> {
        self.with(|replica| {
            let all = unfinished::of(replica.db(), replica.identity().person, kind)?;
            // What another version of the page wrote and this one can't read is nobody's loss but its own.
            let read =
                all.into_iter().filter_map(|(at, body)| Some(kept(serde_json::from_str(&body).ok()?, at)));
            Ok(read.collect())
        })
    }
}
