//! The resident's mandate to the agent, given and taken back.

use super::take::Taking;
use crate::{Desk, Trouble, ask};
use daiban_contract::{
    Code,
    act::{Entrust, RevokeEntrustment},
    view::CaseView,
};
use daiban_domain::{
    Instant,
    case::entrustment::{Entrustment, KEYS},
};
use daiban_replica::{Replica, today};
use serde_json::{Map, json};

impl Desk {
    pub fn entrust(&self, request: Entrust, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            if request.powers.is_empty() {
                let message = "请选择委托代办员做什么：递交材料、签收文书、领取结果、代缴费。";
                return Err(Trouble::new(Code::BadInput, message));
            }
            let entrustment = Entrustment {
                powers: request.powers.clone(),
                from: request.from.unwrap_or(today(replica.db(), now)?),
                to: request.to,
                thumbprint: request.thumbprint,
                witness: request.witness.trim().to_owned(),
                revoked_on: None,
            };
            if entrustment.to.is_some_and(|last| last < entrustment.from) {
                return Err(Trouble::new(Code::BadInput, "委托的最后一天不能早于第一天。"));
            }
            entrustment
                .stands(entrustment.from)
                .map_err(|gap| Trouble::new(Code::BadInput, gap.to_string()))?;
            write(replica, now, &request.case_no, "entrust", &entrustment, "")
        })
    }

    pub fn revoke_entrustment(&self, request: RevokeEntrustment, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            let opened = ask::open(replica.db(), &request.case_no)?;
            let today = today(replica.db(), now)?;
            let standing = ask::entrustment(&opened.case).filter(|given| given.revoked_on.is_none());
            let Some(standing) = standing else {
                return Err(Trouble::new(Code::NotAllowed, "这个办件没有可撤销的代办委托。"));
            };
            let revoked = Entrustment { revoked_on: Some(today), ..standing };
            write(replica, now, &request.case_no, "revoke", &revoked, &request.reason)
        })
    }
}

fn write(
    replica: &mut Replica,
    now: Instant,
    case_no: &str,
    event: &str,
    entrustment: &Entrustment,
    reason: &str,
) -> Result<CaseView, Trouble> {
    replica.commit(now, |writing| {
        let opened = ask::open(writing.db(), case_no)?;
        let payload = Map::from_iter([("reason".to_owned(), json!(reason))]);
        let taking = Taking { event, payload, on: None, counts: Vec::new(), only: None };
        // All of it anew: what two people say apart must not grow into a mandate that nobody has signed.
        taking.take(writing, &opened, |edit| {
            for (key, value) in KEYS.into_iter().zip(entrustment.values()) {
                edit.affirm(key, value);
            }
        })
    })?;
    let opened = ask::open(replica.db(), case_no)?;
    ask::case_view(replica, &opened, now)
}
