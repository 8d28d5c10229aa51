//! Who may correct what, and until when (row T32 of the state table).

use super::{State, transition::Refusal};
use crate::Role;

/// Fields through which a resident is reached; the village may correct them also after hand-over.
const CONTACT: [&str; 3] = ["applicant.phone", "applicant.address", "applicant.contact"];

/// Why a correction is not this person's to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotYours {
    #[error("材料已经移交，村里只能改联系电话、住址和联系人。其他的可以提更正建议，请乡镇窗口采纳。")]
    HandedOver,
    #[error("已经受理，这一项要由中心主任更正。")]
    Accepted,
    #[error("这台设备上的人没有更正的权限。")]
    NoRole,
}

impl From<NotYours> for Refusal {
    fn from(reason: NotYours) -> Self {
        match reason {
            NotYours::NoRole => Self::NoRole {
                name: "更正".to_owned(),
                needed: [Role::Agent, Role::Intake, Role::CentreHead].map(Role::zh).join("、"),
            },
            _ => Self::NotHere { reason: reason.to_string() },
        }
    }
}

/// DRAFT and REGISTERED: the village. After hand-over the village only contact data; the window contact data always and
/// the rest until acceptance; after acceptance the head of the centre.
pub fn may_correct(path: &str, state: State, roles: &[Role]) -> Result<Role, NotYours> {
    let holds = |role: Role| roles.contains(&role).then_some(role);
    let village = holds(Role::Agent);
    let window = holds(Role::Intake);
    let head = holds(Role::CentreHead);
    let contact = CONTACT.contains(&path);
    let before_acceptance = matches!(
        state,
        State::Draft | State::Registered | State::InTransit | State::Received | State::AwaitSupplement
    );
    if contact || matches!(state, State::Draft | State::Registered) {
        return village.or(window).or(head).ok_or(NotYours::NoRole);
    }
    if before_acceptance {
        return window.or(head).ok_or(if village.is_some() {
            NotYours::HandedOver
        } else {
            NotYours::NoRole
        });
    }
    head.ok_or(if village.is_some() {
        NotYours::HandedOver
    } else if window.is_some() {
        NotYours::Accepted
    } else {
        NotYours::NoRole
    })
}

/// Photos and scans may be added at any time by whoever works on cases: they set nothing aside.
pub fn may_attach(roles: &[Role]) -> Result<Role, NotYours> {
    Role::SERVING.into_iter().find(|role| roles.contains(role)).ok_or(NotYours::NoRole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_data_stays_open_the_rest_closes_step_by_step() {
        let (village, window, head) = ([Role::Agent], [Role::Intake], [Role::CentreHead]);
        type Case<'a> = (&'a str, State, &'a [Role], Result<Role, NotYours>);
        let table: [Case<'_>; 8] = [
            ("applicant.idNo", State::Registered, &village, Ok(Role::Agent)),
            ("applicant.idNo", State::InTransit, &village, Err(NotYours::HandedOver)),
            ("applicant.phone", State::Accepted, &village, Ok(Role::Agent)),
            ("applicant.name", State::Received, &window, Ok(Role::Intake)),
            ("applicant.name", State::Accepted, &window, Err(NotYours::Accepted)),
            ("applicant.phone", State::Accepted, &window, Ok(Role::Intake)),
            ("applicant.name", State::Accepted, &head, Ok(Role::CentreHead)),
            ("applicant.phone", State::Accepted, &[Role::Supervisor], Err(NotYours::NoRole)),
        ];
        for (path, state, roles, expected) in table {
            assert_eq!(may_correct(path, state, roles), expected, "{path} in {state} by {roles:?}");
        }
    }
}
