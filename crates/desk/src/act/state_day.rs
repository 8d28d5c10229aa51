use crate::{Desk, Trouble};
use daiban_contract::{Code, act::StateDay, ask, view::DeskView};
use daiban_domain::Instant;

impl Desk {
    /// What day it is, said by somebody who can see a calendar.
    pub fn state_day(&self, request: StateDay, now: Instant) -> Result<DeskView, Trouble> {
        let said = self.with(|replica| Ok(replica.state_day(now, request.day)?))?;
        if !said {
            let message = "县中心已经签收过更晚的日期，今天不可能更早。请看一看手机，重新填今天的日期。";
            return Err(Trouble::new(Code::BadInput, message));
        }
        self.desk(ask::Desk {}, now)
    }
}
