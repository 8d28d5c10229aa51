//! What is set at this desk alone.

use crate::Trouble;
use daiban_contract::{Code, view::SettingsView};
use daiban_replica::{ReplicaError, Ways, document::Writing, setting};
use rusqlite::Connection;

const LONG_EDGE: &str = "attachmentLongEdge";
const QUALITY: &str = "attachmentQuality";
const METERED: &str = "metered";
const AUTO_LOCK: &str = "autoLockMinutes";

/// What stands, or what is usual: text on an A4 page can be read at 2000 pixels.
pub(crate) fn load(db: &Connection) -> Result<SettingsView, ReplicaError> {
    let number = |name, usual| Ok::<_, ReplicaError>(setting::find(db, name)?.unwrap_or(usual));
    Ok(SettingsView {
        attachment_long_edge: number(LONG_EDGE, 2000)?.try_into().unwrap_or(2000),
        attachment_quality: number(QUALITY, 80)?.try_into().unwrap_or(80),
        metered: number(METERED, 0)? != 0,
        auto_lock_minutes: number(AUTO_LOCK, 5)?.try_into().unwrap_or(5),
    })
}

pub(crate) fn put(writing: &Writing<'_>, name: &str, value: &str) -> Result<(), Trouble> {
    let value = value.trim();
    let (number, allowed) = match name {
        LONG_EDGE => {
            (value.parse().ok().filter(|edge| (400..=8000).contains(edge)), "400 到 8000 的整数（像素）")
        }
        QUALITY => (value.parse().ok().filter(|quality| (30..=95).contains(quality)), "30 到 95 的整数"),
        AUTO_LOCK => {
            // A locked desk serves no village: only who serves some may stay open.
            let serves = !Ways::load(writing.db())?.listen.is_empty();
            let allowed = if serves {
                "0 到 60 的整数（分钟，0 是不自动锁）"
            } else {
                "1 到 60 的整数（分钟）"
            };
            let least = i64::from(!serves);
            (value.parse().ok().filter(|minutes| (least..=60).contains(minutes)), allowed)
        }
        METERED => (value.parse::<bool>().ok().map(i64::from), "true 或 false"),
        _ => return Err(Trouble::new(Code::BadInput, format!("没有“{name}”这一项设置。"))),
    };
    let number =
        number.ok_or_else(|| Trouble::new(Code::BadInput, format!("“{name}”要填{allowed}，没有改动。")))?;
    Ok(setting::put(writing, name, number)?)
}
