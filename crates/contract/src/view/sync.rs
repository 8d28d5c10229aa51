//! The exchange with the hub.

use crate::Code;
use daiban_domain::Instant;
use serde::{Deserialize, Serialize};

/// Where the records of this desk have got to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncView {
    pub hub: String,
    /// Own entries not yet under the county's receipt.
    pub pending: u64,
    /// Cases that have such entries.
    pub pending_cases: u64,
    /// Cases held here.
    pub cases: u64,
    /// Of these, cases wholly under the county's receipt.
    pub cases_at_county: u64,
    /// The hub's time on its latest receipt.
    pub last_receipt: Option<Instant>,
    /// Cases that lie wholly at a township by its signed word, and not yet at the county.
    #[serde(default)]
    pub cases_at_township: u64,
    /// When a township's device last signed for what it holds.
    #[serde(default)]
    pub township_word: Option<Instant>,
    /// A township's desk that is called while the hub can't be reached, "" for none.
    #[serde(default)]
    pub relay: String,
    /// Where this desk serves its villages, "" for nowhere.
    #[serde(default)]
    pub relay_listen: String,
    /// The hub's time at its last backup, as its latest receipt says.
    #[serde(default)]
    pub county_backup: Option<Instant>,
    /// This device's clock is more than five minutes off the county's.
    #[serde(default)]
    pub clock_off: Option<ClockOff>,
    /// Where villages reach this desk now, e.g. `https://192.168.1.8:7622`; empty while it doesn't serve.
    #[serde(default)]
    pub relay_addresses: Vec<String>,
    /// Why it doesn't serve although it should, in Chinese.
    #[serde(default)]
    pub relay_failure: Option<String>,
    /// The last exchange that went wrong, since the last that went right.
    pub last_failure: Option<FailureView>,
    /// Of the cases held here, those that have left with their closed year but for their row in the list.
    #[serde(default)]
    pub archived: u64,
    /// e.g. 离线 3 天（9月26日 16:40 起） or 县中心 2 分钟前收到
    pub says: String,
    /// Photos and scans that the county hasn't received, and their bytes.
    #[serde(default)]
    pub attachments_waiting: u64,
    #[serde(default)]
    pub attachments_waiting_bytes: u64,
    /// Photos and scans that the county holds and that haven't come yet.
    #[serde(default)]
    pub attachments_missing: u64,
    /// The line is metered: they wait until someone sends them.
    #[serde(default)]
    pub metered: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClockOff {
    /// Ahead of the county's; behind it, if negative.
    pub minutes: i64,
    /// e.g. 快 3 小时 12 分
    pub short: String,
    /// What it means and what to do.
    pub says: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FailureView {
    pub at: Instant,
    pub message: String,
}

/// What one exchange did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchanged {
    /// Entries.
    pub sent: u64,
    /// Entries.
    pub received: u64,
    /// HTTP bodies.
    pub bytes_up: u64,
    pub bytes_down: u64,
    pub requests: u64,
    /// Own entries still without the county's receipt.
    pub pending: u64,
    /// With a township's relay, for the hub couldn't be reached: what was sent is at the township.
    #[serde(default)]
    pub relayed: bool,
    /// Cases that left with their closed year.
    #[serde(default)]
    pub archived: u64,
    /// Photos and scans that the county has now received, and that have come here.
    #[serde(default)]
    pub attachments_sent: u64,
    #[serde(default)]
    pub attachments_received: u64,
    /// Those that the county still lacks.
    #[serde(default)]
    pub attachments_waiting: u64,
    /// They were not sent: the line is metered.
    #[serde(default)]
    pub attachments_deferred: bool,
    /// What kept the rest of them from moving. The entries are none the worse for it.
    #[serde(default)]
    pub attachments_failed: Option<Code>,
}
