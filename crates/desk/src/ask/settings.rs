use crate::{Desk, Trouble, settings};
use daiban_contract::{ask::Settings, view::SettingsView};
use daiban_domain::Instant;

impl Desk {
    pub fn settings(&self, _: Settings, _: Instant) -> Result<SettingsView, Trouble> {
        self.with(|replica| Ok(settings::load(replica.db())?))
    }
}
