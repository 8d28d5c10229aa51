use super::authority::countys_clerk;
use crate::{Desk, Trouble, ask};
use daiban_contract::{Code, act::PublishSetting, view::CountySettingView};
use daiban_domain::{Instant, case::settings::Named};
use daiban_replica::{public::county_setting, today};

impl Desk {
    /// The county's word on one of its numbers, from a day on. What has begun before keeps its term.
    pub fn publish_setting(
        &self,
        request: PublishSetting,
        now: Instant,
    ) -> Result<Vec<CountySettingView>, Trouble> {
        self.with(|replica| {
            countys_clerk(replica, "全县的期限要由县中心汇总员来定")?;
            let Some(named) = Named::find(&request.name) else {
                let message = format!("没有“{}”这一项。不写名字可以看到所有的项。", request.name);
                return Err(Trouble::new(Code::UnknownField, message));
            };
            if !named.allowed.contains(&request.value) {
                let (least, most) = (named.allowed.start(), named.allowed.end());
                let message = format!("“{}”只能是 {least} 到 {most}，没有改动。", named.zh);
                return Err(Trouble::new(Code::BadInput, message));
            }
            let today = today(replica.db(), now)?;
            // What began this morning may be on paper already.
            let since = request.since.unwrap_or(today.saturating_add(jiff::Span::new().days(1)));
            if since <= today {
                let message = "最早从明天起算：已经算出、印出的期限不能改。";
                return Err(Trouble::new(Code::BadInput, message));
            }
            replica
                .commit(now, |writing| county_setting::publish(writing, named.name, request.value, since))?;
            Ok(ask::county_settings(replica, now)?)
        })
    }
}
