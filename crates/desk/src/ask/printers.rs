use crate::{Desk, Trouble, printer};
use daiban_contract::{ask, view::PrinterView};
use daiban_domain::Instant;

impl Desk {
    pub fn printers(&self, _: ask::Printers, _: Instant) -> Result<Vec<PrinterView>, Trouble> {
        let used = self.with(|replica| Ok(daiban_replica::printer::used(replica.db())?))?;
        printer::printers(&used)
    }
}
