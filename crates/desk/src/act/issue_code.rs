use super::{authority::device_keeper, set_roles::all_fit};
use crate::{Desk, Trouble, line};
use daiban_contract::{Code, act::IssueCode, view::CodeView};
use daiban_domain::{Instant, Role};
use daiban_exchange::{enrolment::AskCode, request::HUB_PROGRAM};
use daiban_replica::public::unit;

impl Desk {
    /// The code stays on the screen and in nobody's log. The hub gives it out, for it alone can take it back in.
    pub async fn issue_code(&self, request: IssueCode, _: Instant) -> Result<CodeView, Trouble> {
        let IssueCode { unit: code, roles } = request;
        let roles = if roles.is_empty() { Role::working(code.level()).to_vec() } else { roles };
        let (identity, signing, unit_name) = self.with(|replica| {
            device_keeper(replica)?;
            let identity = replica.identity();
            let unit = unit::find(replica.db(), code)?.filter(|_| identity.unit.covers(code));
            let Some(unit) = unit else {
                let message = "只能给本单位和下级单位发登记码。请核对单位代码。";
                return Err(Trouble::new(Code::NotAllowed, message));
            };
            all_fit(&roles, code.level())?;
            Ok((identity.clone(), replica.signing_key().clone(), unit.short_name))
        })?;
        let client = line::line_to(self, line::Way::Hub(&identity.hub_url))?;
        let protocol = line::protocol(&client.info(HUB_PROGRAM).await?)?;
        let asked = AskCode { protocol, unit: code, roles: roles.iter().map(ToString::to_string).collect() };
        let given = client.ask_code(&asked, identity.device, &signing).await?;
        Ok(CodeView {
            code: given.code,
            expires: given.expires,
            unit: code,
            unit_name,
            roles: roles.iter().map(|role| role.zh().to_owned()).collect(),
        })
    }
}
