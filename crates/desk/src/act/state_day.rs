use crate::{Desk, Trouble};
use daiban_contract::{Code, act::StateDay, ask, view::DeskView};
use daiban_domain::Instant;

impl Desk {
    /// What day it is, said by somebody who can see a calendar.
    pub fn state_day(&self, request: StateDay, now: Instant) -> Result<DeskView, Trouble> {
        self.with(|replica| Ok(replica.state_day(now, request.day)?))?
            .map_err(|unlikely| Trouble::new(Code::BadInput, unlikely.to_string()))?;
        self.desk(ask::Desk {}, now)
    }
}
