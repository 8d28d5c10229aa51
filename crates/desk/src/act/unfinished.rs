use crate::{Desk, Trouble};
use daiban_contract::act::{DropUnfinished, DropUnfinishedNotice, KeepUnfinished, KeepUnfinishedNotice};
use daiban_domain::Instant;
use daiban_replica::{
    ReplicaError,
    unfinished::{self, Kind},
};
use serde::Serialize;

impl Desk {
    pub fn keep_unfinished(&self, request: KeepUnfinished, now: Instant) -> Result<(), Trouble> {
        self.keep(Kind::Request, request.request.id, &request.request, now)
    }

    pub fn drop_unfinished(&self, request: DropUnfinished, now: Instant) -> Result<(), Trouble> {
        self.forget(Kind::Request, request.id, now)
    }

    pub fn keep_unfinished_notice(&self, request: KeepUnfinishedNotice, now: Instant) -> Result<(), Trouble> {
        self.keep(Kind::Notice, request.notice.id, &request.notice, now)
    }

    pub fn drop_unfinished_notice(&self, request: DropUnfinishedNotice, now: Instant) -> Result<(), Trouble> {
        self.forget(Kind::Notice, request.id, now)
    }

    fn keep(&self, kind: Kind, id: u32, begun: &impl Serialize, now: Instant) -> Result<(), Trouble> {
        self.with(|replica| {
            let body = serde_json::to_string(begun).map_err(ReplicaError::from)?;
            replica.commit(now, |writing| Ok(unfinished::keep(writing, kind, id, &body)?))
        })
    }

    fn forget(&self, kind: Kind, id: u32, now: Instant) -> Result<(), Trouble> {
        self.with(|replica| replica.commit(now, |writing| Ok(unfinished::forget(writing, kind, id)?)))
    }
}
