use super::cases::Rows;
use crate::{Desk, Trouble};
use daiban_contract::{ask::ToRate, view::CaseRow};
use daiban_domain::Instant;
use daiban_replica::case::unrated;

const PAGE: u32 = 50;

impl Desk {
    pub fn to_rate(&self, request: ToRate, now: Instant) -> Result<Vec<CaseRow>, Trouble> {
        self.with(|replica| {
            let limit = if request.limit == 0 { PAGE } else { request.limit };
            let mut rows = Rows::new(replica.db(), now)?;
            Ok(unrated(replica.db(), limit)?.iter().map(|case| rows.row(case)).collect::<Result<_, _>>()?)
        })
    }
}
