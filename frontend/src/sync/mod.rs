//! How records get away from here: where they are, the stick, and the ways beside the county's line.

mod backup;
mod stations;
mod stick;
mod ways;

pub use backup::BackupCard;
pub use stations::Stations;
pub use stick::StickCard;
pub use ways::WaysCard;

use crate::texts::sync as texts;
use daiban_contract::view::Exchanged;

/// What an exchange moved, in words without a full stop.
fn moved(done: &Exchanged) -> String {
    let kb = (done.bytes_up + done.bytes_down).div_ceil(1024);
    let moved = match (done.sent, done.received) {
        (0, 0) => texts::nothing_new().to_owned(),
        (sent, 0) => texts::sent(sent),
        (0, received) => texts::received(received),
        (sent, received) => texts::both(sent, received),
    };
    texts::used(&moved, kb)
}

/// What an exchange did and whom it reached, in words. `township`: whose relay it may have been.
pub fn done_says(done: &Exchanged, township: &str) -> String {
    let moved = moved(done);
    let entries = match (done.relayed, done.pending) {
        (true, 0) => texts::relay_all(township, &moved),
        (true, _) if done.sent > 0 => texts::relay_sent(township, &moved),
        (true, _) => texts::relay_waits(township, &moved),
        (false, 0) => texts::all_sent(&moved),
        (false, pending) => texts::without_receipt(&moved, pending),
    };
    let photos = match (done.attachments_sent, done.attachments_received) {
        (0, 0) => String::new(),
        (sent, 0) => texts::photos_sent(sent),
        (0, received) => texts::photos_received(received),
        (sent, received) => texts::photos_both(sent, received),
    };
    let later = match (done.attachments_failed, done.attachments_waiting) {
        (_, waiting) if done.attachments_deferred => texts::photos_wait(waiting),
        (Some(_), _) => texts::photos_unfinished().to_owned(),
        _ => String::new(),
    };
    format!("{entries}{photos}{later}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_contract::Code;

    #[test]
    fn an_exchange_is_told_in_words() {
        let done = Exchanged { bytes_up: 1500, bytes_down: 600, requests: 1, ..Default::default() };
        let relayed = Exchanged { relayed: true, ..done };
        for (done, expected) in [
            (done, "两边都没有新的，用了 3 KB。本机没有未送的。"),
            (Exchanged { sent: 2, ..done }, "送出 2 条，用了 3 KB。本机没有未送的。"),
            (Exchanged { received: 4, pending: 1, ..done }, "收到 4 条，用了 3 KB。还有 1 条没拿到回执。"),
            (Exchanged { sent: 2, received: 4, ..done }, "送出 2 条，收到 4 条，用了 3 KB。本机没有未送的。"),
            (
                Exchanged {
                    sent: 2,
                    attachments_sent: 1,
                    attachments_failed: Some(Code::HubUnreachable),
                    ..done
                },
                "送出 2 条，用了 3 KB。本机没有未送的。照片送出 1 张。照片这次没传完，下次接着传。",
            ),
            (
                Exchanged { attachments_waiting: 3, attachments_deferred: true, ..done },
                "两边都没有新的，用了 3 KB。本机没有未送的。网按流量计费，3 张照片先没送。",
            ),
            (relayed, "县中心连不上，清源镇通了：两边都没有新的，用了 3 KB。本机没有未送的。"),
            (
                Exchanged { pending: 2, ..relayed },
                "县中心连不上，清源镇通了：两边都没有新的，用了 3 KB。县中心的回执等镇上连上后带回。",
            ),
            (
                Exchanged { sent: 2, pending: 2, ..relayed },
                "县中心连不上，已送到清源镇：送出 2 条，用了 3 KB。县中心的回执等镇上连上后带回。",
            ),
        ] {
            assert_eq!(done_says(&done, "清源镇"), expected);
        }
    }
}
