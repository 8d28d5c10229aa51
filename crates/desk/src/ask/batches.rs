use super::cases::Rows;
use crate::{Desk, Trouble};
use daiban_contract::{ask::Batches, view::BatchRow};
use daiban_domain::Instant;
use daiban_replica::case;

const PAGE: u32 = 100;

impl Desk {
    pub fn batches(&self, request: Batches, now: Instant) -> Result<Vec<BatchRow>, Trouble> {
        self.with(|replica| {
            let limit = if request.limit == 0 { PAGE } else { request.limit };
            let mut rows = Rows::new(replica.db(), now)?;
            let found = case::batches(replica.db(), limit)?.into_iter().map(|batch| {
                Ok(BatchRow {
                    unit_name: rows.unit_name(batch.unit)?,
                    batch: batch.batch,
                    cases: batch.cases,
                    under_way: batch.under_way,
                    differing: batch.differing,
                })
            });
            found.collect()
        })
    }
}
