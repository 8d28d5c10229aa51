use super::set_staff::known;
use crate::{
    Desk, Trouble,
    ask::{self, Opened},
    event::{self, Saying},
};
use daiban_contract::{
    Code,
    act::ChangeAgent,
    view::{AgentChanged, MaterialCount},
};
use daiban_domain::{
    Instant, Level, PersonId, Role, UnitCode,
    case::{State, transition},
};
use daiban_replica::{
    ReplicaError,
    case::{self, Filter},
    document::Writing,
    public::enrolment,
    today,
};
use rusqlite::Connection;
use serde_json::{Map, json};

impl Desk {
    /// Gives all open cases of a village to its new agent, in one transaction, and tells each with the originals that lie
    /// there: what both sign (F06). Cases that are the new agent's already stay as they are.
    pub fn change_agent(&self, request: ChangeAgent, now: Instant) -> Result<AgentChanged, Trouble> {
        self.with(|replica| {
            let identity = replica.identity();
            let unit = request.unit.unwrap_or(identity.unit);
            if unit.level() != Level::Village {
                return Err(Trouble::new(Code::BadInput, "请写明是哪个村（社区）的 12 位代码。"));
            }
            if !identity.unit.covers(unit) {
                let message = "更换代办员要由本村或它的上级来做，这台设备上的人没有这个权限。";
                return Err(Trouble::new(Code::NoRole, message));
            }
            let roles = enrolment::roles(replica.db(), identity.person)?;
            let given = replica.commit(now, |writing| {
                takes_over(writing, request.to, unit)?;
                let mut given = Vec::new();
                for case_no in open_cases(writing.db(), unit)? {
                    let opened = ask::open(writing.db(), &case_no)?;
                    if opened.folded.agent == Some(request.to) {
                        continue;
                    }
                    give(writing, &opened, &roles, request.to)?;
                    given.push(opened);
                }
                Ok::<_, Trouble>(given)
            })?;
            ask::agent_changed(replica, &given, unit, request.to, now)
        })
    }
}

/// The new agent is one: enrolled at the village, as an agent or as its head.
fn takes_over(writing: &Writing<'_>, to: PersonId, unit: UnitCode) -> Result<(), Trouble> {
    known(writing.db(), to, unit)?;
    let roles = enrolment::roles(writing.db(), to)?;
    if roles.iter().any(|role| matches!(role, Role::Agent | Role::VillageHead)) {
        return Ok(());
    }
    let message = "接手的人在这个村没有代办员的权限。请先由县中心给新代办员登记设备。";
    Err(Trouble::new(Code::BadInput, message))
}

/// In the order of their numbers.
pub(crate) fn open_cases(db: &Connection, unit: UnitCode) -> Result<Vec<String>, ReplicaError> {
    let open = State::ALL.into_iter().filter(|state| !state.settled()).collect();
    let filter = Filter { states: open, unit: Some(unit), limit: u32::MAX, ..Filter::default() };
    let listed = case::list(db, &filter)?;
    let mut numbers: Vec<String> =
        listed.into_iter().filter(|case| !case.archived).map(|case| case.case_no).collect();
    numbers.sort();
    Ok(numbers)
}

fn give(writing: &mut Writing<'_>, opened: &Opened, roles: &[Role], to: PersonId) -> Result<(), Trouble> {
    let level = writing.identity().unit.level();
    let setting = case::setting(&opened.case, &opened.item);
    let (_, role) = transition::find(opened.folded.state, "changeAgent", roles, level, &setting)?;
    let mut payload = Map::from_iter([
        ("agent".to_owned(), json!(to)),
        ("materials".to_owned(), json!(originals_in_the_village(opened))),
    ]);
    payload.extend(opened.folded.agent.map(|was| ("was".to_owned(), json!(was))));
    let saying = Saying {
        kind: "changeAgent",
        after: opened.case.latest(),
        role,
        on: today(writing.db(), writing.now())?,
        item_version: opened.item.version,
        paper: None,
        payload,
    };
    let event = event::make(writing, saying)?;
    let mut document = writing.load(opened.case.document)?;
    writing.edit(&mut document, |edit| edit.event(&event))?;
    Ok(())
}

/// What of the case lies in the agent's drawer: originals that neither went on nor back.
pub(crate) fn originals_in_the_village(opened: &Opened) -> Vec<MaterialCount> {
    let custody = &opened.folded.custody;
    if custody.travels || custody.holder.is_none_or(|holder| holder.level() != Level::Village) {
        return Vec::new();
    }
    let lying = opened.item.materials.iter().map(|material| {
        let (originals, _) = opened.case.received(&material.material_code);
        let originals = custody.held(&material.material_code, originals);
        MaterialCount { material_code: material.material_code.clone(), originals, copies: 0 }
    });
    lying.filter(|count| count.originals > 0).collect()
}
