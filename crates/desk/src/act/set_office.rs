use crate::{Desk, Trouble};
use daiban_contract::{Code, act::SetOffice};
use daiban_domain::{Instant, Role, office::Office};
use daiban_replica::public::{enrolment, office};

/// Who answers for where a unit serves people.
const KEEPERS: [Role; 4] = [Role::Agent, Role::VillageHead, Role::CentreHead, Role::CountyMerge];

impl Desk {
    /// Keeps a service spot or a department of this unit or one below it.
    pub fn set_office(&self, request: SetOffice, now: Instant) -> Result<Vec<Office>, Trouble> {
        self.with(|replica| {
            let roles = enrolment::roles(replica.db(), replica.identity().person)?;
            if !roles.iter().any(|role| KEEPERS.contains(role)) {
                let message = "服务点和部门要由代办员、村站负责人、中心主任或县中心汇总员来登记。";
                return Err(Trouble::new(Code::NoRole, message));
            }
            let office = Office { name: request.office.name.trim().to_owned(), ..request.office };
            if !replica.identity().unit.covers(office.unit) {
                return Err(Trouble::new(Code::NotAllowed, "只能登记本单位和下级单位的服务点。"));
            }
            office.check().map_err(|reason| Trouble::new(Code::BadInput, reason))?;
            replica.commit(now, |writing| Ok::<_, Trouble>(office::publish(writing, &office)?))?;
            Ok(office::of_unit(replica.db(), office.unit)?)
        })
    }
}
