use super::{case::Opened, names::Names};
use crate::{Trouble, act::originals_in_the_village};
use daiban_contract::view::{AgentChanged, GivenCase, HeldOriginal, MaterialCount};
use daiban_domain::{Instant, PersonId, UnitCode};
use daiban_replica::{Replica, ReplicaError, today};

/// What a change of the agent has given to the new one, as the cases stood before it.
pub(crate) fn agent_changed(
    replica: &Replica,
    given: &[Opened],
    unit: UnitCode,
    to: PersonId,
    now: Instant,
) -> Result<AgentChanged, Trouble> {
    let names = Names { db: replica.db() };
    let mut cases = Vec::new();
    for opened in given {
        cases.push(line(&names, opened)?);
    }
    let originals = cases.iter().flat_map(|case| &case.originals).map(|one| u32::from(one.count)).sum();
    let to = names.person(to)?;
    Ok(AgentChanged {
        unit_name: names.unit(unit)?,
        on: today(replica.db(), now)?,
        says: match cases.len() {
            0 => format!("没有要移交给{to}的在办件。"),
            count => format!(
                "{count} 个在办件交给{to}，村里存的原件 {originals} 份。请双方当面点清，在材料交接单上签名。"
            ),
        },
        to,
        cases,
        originals,
    })
}

fn line(names: &Names<'_>, opened: &Opened) -> Result<GivenCase, ReplicaError> {
    let name = |count: MaterialCount| HeldOriginal {
        name: match opened.item.material(&count.material_code) {
            Some(material) => material.name.clone(),
            None => count.material_code,
        },
        count: count.originals,
    };
    Ok(GivenCase {
        case_no: opened.case.case_no.clone(),
        applicant_name: opened.case.field("applicant.name").to_owned(),
        item_name: opened.item.name.clone(),
        state: opened.folded.state,
        state_name: opened.folded.state.zh().to_owned(),
        from: opened.folded.agent.map(|agent| names.person(agent)).transpose()?.unwrap_or_default(),
        originals: originals_in_the_village(opened).into_iter().map(name).collect(),
    })
}
