use crate::{Desk, Trouble, relay::Serving, settings};
use daiban_contract::{
    ask,
    view::{FailureView, SyncView},
};
use daiban_domain::Instant;
use daiban_replica::{
    Replica,
    attachment::{self, Debtor},
    case,
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
        says: says(last_receipt, last_failure.is_some(), now),
        last_receipt,
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
