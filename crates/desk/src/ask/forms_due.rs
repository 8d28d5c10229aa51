use crate::{Desk, Trouble, form};
use daiban_contract::{ask::FormsDue, view::FormsDueView};
use daiban_domain::Instant;

impl Desk {
    pub fn forms_due(&self, request: FormsDue, _: Instant) -> Result<FormsDueView, Trouble> {
        self.with(|replica| form::due(replica.db(), &request.of, replica.identity().unit))
    }
}
