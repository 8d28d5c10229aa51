use crate::{Desk, Trouble, relay::Serving, settings};
use daiban_contract::{
    ask,
    view::{ClockOff, FailureView, SyncView},
};
use daiban_domain::Instant;
use daiban_replica::{
    Replica,
    attachment::{self, Debtor},
    case, clock, year,
};

impl Desk {
    pub fn sync(&self, _: ask::Sync, now: Instant) -> Result<SyncView, Trouble> {
        self.with(|replica| view(replica, &self.serving(), now))
    }
}

pub(crate) fn view(replica: &Replica, serving: &Serving, now: Instant) -> Result<SyncView, Trouble> {
    let counts = case::counts(replica.db())?;
    let (attachments_waiting, attachments_waiting_bytes) =
        attachment::count_owed(replica.db(), Debtor::Here)?;
    let last_receipt = counts.last_receipt.map(Instant);
    let ways = replica.ways()?;
    let (relay_addresses, relay_failure) = serving.told(&ways.listen);
    let last_failure = counts.failed_at.map(Instant).zip(counts.failure);
    Ok(SyncView {
        hub: replica.identity().hub_url.clone(),
        pending: counts.pending_entries,
        pending_cases: counts.pending_cases,
        cases: counts.cases,
        cases_at_county: counts.cases - counts.pending_cases,
        cases_at_township: counts.township_cases,
        township_word: counts.township_word.map(Instant),
        relay: ways.call,
        relay_listen: ways.listen,
        relay_addresses,
        relay_failure,
        says: says(last_receipt, last_failure.is_some(), clock::reading(replica.db(), now)?),
        last_receipt,
        archived: year::archived(replica.db())?,
        county_backup: counts.county_backup.map(Instant),
        clock_off: clock::off(replica.db())?.map(clock_off),
        last_failure: last_failure.map(|(at, message)| FailureView { at, message }),
        attachments_waiting,
        attachments_waiting_bytes,
        attachments_missing: attachment::count_owed(replica.db(), Debtor::County)?.0,
        metered: settings::load(replica.db())?.metered,
    })
}

fn says(last_receipt: Option<Instant>, failing: bool, now: Instant) -> String {
    let Some(last) = last_receipt else { return "还没有和县中心通过".to_owned() };
    let minutes = (now.0 - last.0).max(0) / 60_000;
    let since = format!("{}月{}日 {}", last.date().month(), last.date().day(), last.time_of_day());
    match (failing, minutes) {
        (true, ..1440) => format!("离线（{since} 起）"),
        (true, _) => format!("离线 {} 天（{since} 起）", minutes / 1440),
        (false, 0) => "县中心刚刚收到".to_owned(),
        (false, ..60) => format!("县中心 {minutes} 分钟前收到"),
        (false, _) => format!("县中心 {since} 收到"),
    }
}

fn clock_off(ms: i64) -> ClockOff {
    let minutes = (ms + 30_000).div_euclid(60_000);
    let by = match minutes.unsigned_abs() {
        minutes @ ..60 => format!("{minutes} 分钟"),
        minutes @ ..1440 => format!("{} 小时 {} 分", minutes / 60, minutes % 60),
        minutes @ ..525_000 => format!("{} 天", (minutes + 720) / 1440),
        minutes => format!("{} 年", (minutes + 262_800) / 525_600),
    };
    let short = format!("{} {by}", if ms > 0 { "快" } else { "慢" });
    let says = format!("这台电脑的时间比县中心{short}，请校准。办件照常登记，时间旁有标记。");
    ClockOff { minutes, short, says }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_told_how_far_it_is_off() {
        let minute = 60_000;
        for (ms, short) in [
            (6 * minute, "快 6 分钟"),
            (-192 * minute, "慢 3 小时 12 分"),
            (4 * 1440 * minute, "快 4 天"),
            (-73 * 525_600 * minute, "慢 73 年"),
        ] {
            let told = clock_off(ms);
            assert_eq!((told.short.as_str(), told.minutes), (short, ms / minute));
            assert!(told.says.contains(short));
        }
    }
}
