use crate::{Desk, Trouble};
use daiban_contract::act::{DropUnfinished, KeepUnfinished};
use daiban_domain::Instant;
use daiban_replica::{ReplicaError, unfinished};

impl Desk {
    pub fn keep_unfinished(&self, request: KeepUnfinished, now: Instant) -> Result<(), Trouble> {
        self.with(|replica| {
            let body = serde_json::to_string(&request.request).map_err(ReplicaError::from)?;
            replica.commit(now, |writing| Ok(unfinished::keep(writing, request.request.id, &body)?))
        })
    }

    pub fn drop_unfinished(&self, request: DropUnfinished, now: Instant) -> Result<(), Trouble> {
        self.with(|replica| replica.commit(now, |writing| Ok(unfinished::forget(writing, request.id)?)))
    }
}
