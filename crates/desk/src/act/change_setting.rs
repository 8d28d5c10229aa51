use crate::{Desk, Trouble, settings};
use daiban_contract::{act::ChangeSetting, view::SettingsView};
use daiban_domain::Instant;

impl Desk {
    pub fn change_setting(&self, request: ChangeSetting, now: Instant) -> Result<SettingsView, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                settings::put(writing, &request.name, &request.value)?;
                Ok(settings::load(writing.db())?)
            })
        })
    }
}
