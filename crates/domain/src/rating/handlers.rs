//! Who handled a case, and who may therefore not know who rated it.

use crate::{PersonId, Role, case::Event};
use std::collections::BTreeSet;

/// Everybody who has taken an act on a case, those in whose place it was taken, and the agent who looks after it. Whether an
/// act counts in the fold doesn't matter.
pub fn handlers(events: &[Event], agent: Option<PersonId>) -> BTreeSet<PersonId> {
    events
        .iter()
        .flat_map(|event| [Some(event.person), event.on_behalf_of()])
        .chain([agent])
        .flatten()
        .collect()
}

/// Who answers for a unit, and who supervises it.
const READING: [Role; 5] =
    [Role::VillageHead, Role::Approver, Role::CentreHead, Role::CountyMerge, Role::Supervisor];

/// Whether somebody may see the rater's name, number and words: heads and supervisors, whoever typed them in and whoever
/// has to see to them; but nobody who handled the case (国办发〔2019〕51号: 评价人信息保密).
pub fn may_read(
    reader: PersonId,
    roles: &[Role],
    handlers: &BTreeSet<PersonId>,
    entered_by: PersonId,
    seen_to_by: Option<PersonId>,
) -> bool {
    let concerned = reader == entered_by || seen_to_by == Some(reader);
    !handlers.contains(&reader) && (concerned || roles.iter().any(|role| READING.contains(role)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_handled_it_never_reads_it_and_others_only_if_it_is_theirs_to_see_to() {
        let [agent, head, clerk, stranger] = [1, 2, 3, 4].map(|n| PersonId([n; 8]));
        let handlers = BTreeSet::from([agent]);
        let table = [
            (agent, &[Role::Agent][..], None, false),
            (agent, &[Role::Agent, Role::VillageHead], None, false),
            // Not even where the agent is given it to see to.
            (agent, &[Role::CentreHead], Some(agent), false),
            (head, &[], None, true),
            (clerk, &[Role::Intake], None, false),
            (clerk, &[Role::Intake], Some(clerk), true),
            (stranger, &[Role::CentreHead], Some(clerk), true),
            (stranger, &[Role::Supervisor], None, true),
            (stranger, &[Role::Observer, Role::Admin, Role::CountyDept, Role::Agent], None, false),
        ];
        for (reader, roles, seen_to_by, may) in table {
            assert_eq!(may_read(reader, roles, &handlers, head, seen_to_by), may, "{reader} {roles:?}");
        }
    }
}
