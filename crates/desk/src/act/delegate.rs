use super::{authority::delegation_keeper, set_staff::known};
use crate::{Desk, Trouble, ask};
use daiban_contract::{Code, act::Delegate, view::DelegationView};
use daiban_domain::{Instant, delegation::Delegation};
use daiban_replica::{
    public::{delegation, enrolment, item},
    today,
};

impl Desk {
    /// Leaves a person's roles to another of the same unit, from a day to a day. Said again with another last day, it ends
    /// then.
    pub fn delegate(&self, request: Delegate, now: Instant) -> Result<Vec<DelegationView>, Trouble> {
        self.with(|replica| {
            let Delegation { from, to, .. } = request.delegation;
            delegation_keeper(replica, from)?;
            replica.commit(now, |writing| {
                let (db, own) = (writing.db(), writing.identity().unit);
                for person in [from, to] {
                    known(db, person, own)?;
                    if enrolment::unit(db, person)? != Some(own) {
                        return Err(bad("委托只能在本单位的两个人之间。"));
                    }
                }
                if from == to {
                    return Err(bad("不用委托给自己。"));
                }
                let told = &request.delegation;
                if told.until < told.since {
                    return Err(bad("委托的最后一天不能早于第一天。"));
                }
                let today = today(db, now)?;
                let said = |other: &Delegation| other.from == from && other.since == told.since;
                if told.since < today && !delegation::to(db, to)?.iter().any(said) {
                    return Err(bad("委托不能从过去的日子起：已经办的事不能事后委托。"));
                }
                if told.until < today.yesterday().unwrap_or(today) {
                    return Err(bad("委托最早只能到昨天为止：已经代办的事不能事后收回。"));
                }
                if told.reason.trim().is_empty() {
                    return Err(bad("委托要写明原因。"));
                }
                for item_id in &told.item_ids {
                    if item::in_force(db, item_id, told.since)?.is_none() {
                        return Err(bad(&format!("没有编号为 {item_id} 的事项，或它那天不在用。")));
                    }
                }
                Ok(delegation::publish(writing, told)?)
            })?;
            ask::delegations_of(replica, now)
        })
    }
}

fn bad(message: &str) -> Trouble {
    Trouble::new(Code::BadInput, message)
}
