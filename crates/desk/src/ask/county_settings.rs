use crate::{Desk, Trouble};
use daiban_contract::{ask::CountySettings, view::CountySettingView};
use daiban_domain::{Instant, case::settings::NAMED};
use daiban_replica::{Replica, ReplicaError, public::county_setting, today};

impl Desk {
    pub fn county_settings(
        &self,
        _: CountySettings,
        now: Instant,
    ) -> Result<Vec<CountySettingView>, Trouble> {
        self.with(|replica| Ok(county_settings(replica, now)?))
    }
}

/// All of them, as they stand today.
pub(crate) fn county_settings(
    replica: &Replica,
    now: Instant,
) -> Result<Vec<CountySettingView>, ReplicaError> {
    let county = county_setting::load(replica.db())?;
    let settings = county.on(today(replica.db(), now)?);
    let view = |named: &daiban_domain::case::settings::Named| CountySettingView {
        name: named.name.to_owned(),
        label: named.zh.to_owned(),
        value: named.value(&settings),
    };
    Ok(NAMED.iter().map(view).collect())
}
