use super::access;
use crate::{Desk, Trouble, ask, masks::Masks};
use daiban_contract::{Code, act::Unmask, view::Unmasked};
use daiban_domain::{
    Instant, Role,
    access::{What, reason},
    mask::Place,
};
use daiban_exchange::access::Access;
use daiban_replica::public::enrolment;

impl Desk {
    /// Shows what is masked, to somebody who says why; that they read it is recorded before they do.
    pub fn unmask(&self, request: Unmask, now: Instant) -> Result<Unmasked, Trouble> {
        let Unmask { case_no, path, .. } = request;
        let reason = reason(&request.reason).map_err(|bad| Trouble::new(Code::BadInput, bad.to_string()))?;
        self.with(|replica| {
            let roles = enrolment::roles(replica.db(), replica.identity().person)?;
            let reads = |role: &Role| {
                Role::SERVING.contains(role) || matches!(role, Role::CountyMerge | Role::Supervisor)
            };
            if !roles.iter().any(reads) {
                let message = "办件里遮盖的内容只有经办和监督的人能看，这台设备上的人没有这个权限。";
                return Err(Trouble::new(Code::NoRole, message));
            }
            let opened = ask::open(replica.db(), &case_no)?;
            let values = match path.strip_prefix("ratings/") {
                Some(id) => ask::rater(replica, &opened, id)?,
                None => {
                    let sides = opened.case.conflicts().find(|(at, _)| *at == path);
                    match sides {
                        Some((_, sides)) => sides.iter().map(|side| side.value.clone()).collect(),
                        None => vec![opened.case.field(&path).to_owned()],
                    }
                }
            };
            let masks = Masks::of(&opened);
            let hidden = values.iter().any(|value| masks.hides(Place::Page, &path, value));
            if !path.starts_with("ratings/") && !hidden {
                return Err(Trouble::new(Code::UnknownField, "这一栏没有遮盖的内容。"));
            }
            let access = Access { reason, ..access(What::Read, &case_no, &path, 1) };
            replica.commit(now, |writing| Ok::<_, Trouble>(writing.record_access(&access)?))?;
            Ok(Unmasked { path, values })
        })
    }
}
