//! How the county is: for every device when it came last, what it lacks and what wasn't taken from it; what is withheld; the
//! store and its backups. Counted on a connection of its own, so that no exchange waits for it.

mod page;

pub(crate) use page::html;

use crate::{Hub, HubError, backup, ca::Ca, store};
use daiban_domain::{DeviceId, Hlc, Instant, UnitCode};
use daiban_exchange::{Backup, FeedId, Partition, PartitionKind};
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use std::collections::BTreeMap;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How old a backup may be before it is said.
const BACKUP_DAYS: i64 = 2;
/// How soon the issuing certificate may end before it is said: whoever holds the root's password has to come.
const CERTIFICATE_DAYS: i64 = 90;

/// Those in trouble come first.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    pub county: UnitCode,
    pub county_name: String,
    pub now: Instant,
    /// Who hasn't been seen for so many days is absent.
    pub days: u32,
    pub units: u64,
    pub devices: Vec<Device>,
    pub withheld: Vec<Withheld>,
    pub store: Store,
    /// The last backup of this life of the store.
    pub last_backup: Option<Instant>,
    /// When the keys were last copied to where backups aren't.
    pub keys_kept: Option<Instant>,
    /// What whoever runs the hub should look at, in Chinese; the devices' own is with them.
    pub says: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    pub device: String,
    pub name: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub tag: String,
    pub last_seen: Option<Instant>,
    pub protocol: Option<u16>,
    pub absent: bool,
    /// It only brings what it holds. Nobody waits for it.
    pub revoked: bool,
    /// Entries that are held for it and that, as far as is known, it hasn't got.
    pub lacks: u64,
    /// By how many milliseconds its clock was ahead when it last came.
    pub clock_off_ms: Option<i64>,
    /// Of its last question and the answer to it.
    pub bytes_up: Option<u64>,
    pub bytes_down: Option<u64>,
    pub refused: Vec<Refused>,
    /// What is wrong, in Chinese; empty where nothing is.
    pub says: Vec<String>,
}

/// Runs that a device brings and that aren't taken.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    pub partition: String,
    /// Who wrote them.
    pub author: String,
    /// `gap`, `unauthentic`, `unknown-author`, `out-of-scope`, `erased`
    pub reason: String,
    pub since: Instant,
    /// e.g. 签名对不上
    pub says: &'static str,
}

/// Entries of a partition that say of others that their content can't count.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Withheld {
    pub partition: String,
    pub unit_name: String,
    pub verdicts: u64,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Store {
    /// Of the database.
    pub bytes: u64,
    pub feeds: u64,
    pub entries: u64,
    /// It was restored from a backup at least once.
    pub restored: bool,
    /// Entries that came after the last backup.
    pub since_backup: u64,
}

/// A feed as the count of it needs it.
struct Feed {
    id: i64,
    feed: FeedId,
    n: u64,
    /// The number of the entry that its first one follows.
    after: u64,
    moment: u64,
    verdicts: u64,
}

impl Hub {
    pub fn status(&self, days: u32, now: Instant) -> Result<Status, HubError> {
        let db = store::reader(&self.folder)?;
        let db = db.unchecked_transaction()?;
        let identity = store::identity(&db)?;
        let feeds = feeds(&db)?;
        let names: BTreeMap<UnitCode, String> = unit_names(&db)?;
        let mut devices = devices(&db, &feeds, days, now)?;
        devices.sort_by_key(|device| (device.says.is_empty(), device.unit, device.name.clone()));
        let last = backup::last(&db, identity.store)?;
        let last_backup = last.map(|backup| backup.time);
        let keys_kept =
            db.query_row("SELECT keys_kept FROM identity", [], |row| row.get::<_, Option<i64>>(0))?;
        Ok(Status {
            county: identity.county,
            county_name: named(names.get(&identity.county), identity.county),
            now,
            days,
            units: names.len() as u64,
            devices,
            withheld: withheld(&feeds, &names),
            store: Store {
                bytes: store::size(&self.folder)?,
                feeds: feeds.len() as u64,
                entries: feeds.iter().map(|feed| feed.n - feed.after).sum(),
                restored: identity.restored,
                since_backup: since_backup(&db, &feeds, last)?,
            },
            last_backup,
            keys_kept: keys_kept.map(Instant),
            says: says(last_backup, keys_kept, Ca::load(&self.folder)?, now),
        })
    }
}

fn says(last_backup: Option<Instant>, keys_kept: Option<i64>, ca: Option<Ca>, now: Instant) -> Vec<String> {
    let backup = match last_backup {
        None => Some("还没有备份。请运行 daiban-hub backup，并装上每夜备份的定时任务。".to_owned()),
        Some(last) if now.0 - last.0 > BACKUP_DAYS * DAY_MS => {
            Some(format!("最近 {} 天没有备份。请看定时任务和备份盘。", (now.0 - last.0) / DAY_MS))
        }
        Some(_) => None,
    };
    let keys = keys_kept
        .is_none()
        .then(|| "密钥还没有另存。没有密钥，备份打不开。请运行 daiban-hub keys，存到 U 盘锁好。".to_owned());
    let left = ca.map(|ca| (ca.until().0 - now.0) / DAY_MS);
    let certificate = left.filter(|days| *days < CERTIFICATE_DAYS).map(|days| {
        format!("签发证书还有 {days} 天到期，到期后各单位连不上县中心。请用根密钥运行 daiban-hub ca renew。")
    });
    backup.into_iter().chain(keys).chain(certificate).collect()
}

fn feeds(db: &Connection) -> Result<Vec<Feed>, HubError> {
    let mut statement = db.prepare("SELECT * FROM feed WHERE n > after")?;
    let mut rows = statement.query([])?;
    let mut feeds = Vec::new();
    while let Some(row) = rows.next()? {
        feeds.push(Feed {
            id: row.get("id")?,
            feed: store::feed(row)?,
            n: row.get("n")?,
            after: row.get("after")?,
            moment: row.get("moment")?,
            verdicts: row.get("verdicts")?,
        });
    }
    Ok(feeds)
}

fn unit_names(db: &Connection) -> Result<BTreeMap<UnitCode, String>, HubError> {
    let mut statement = db.prepare("SELECT code, name FROM unit")?;
    let mut rows = statement.query([])?;
    let mut names = BTreeMap::new();
    while let Some(row) = rows.next()? {
        names.insert(unit(row, "code")?, row.get("name")?);
    }
    Ok(names)
}

fn devices(db: &Connection, feeds: &[Feed], days: u32, now: Instant) -> Result<Vec<Device>, HubError> {
    let mut refused = refused(db)?;
    let mut statement = db.prepare(include_str!("status/devices.sql"))?;
    let mut rows = statement.query([])?;
    let mut devices = Vec::new();
    while let Some(row) = rows.next()? {
        let id = DeviceId(row.get("device")?);
        let unit = unit(row, "unit")?;
        let unit_name: Option<String> = row.get("unit_name")?;
        let last_seen = row.get::<_, Option<i64>>("at")?.map(Instant);
        let revoked: bool = row.get("revoked")?;
        let lacked: Option<u64> = row.get("lacked")?;
        let moment: Option<u64> = row.get("moment")?;
        let lacks = lacked.unwrap_or(0) + news(db, feeds, id, unit, moment.unwrap_or(0))?;
        let mut device = Device {
            device: id.to_string(),
            name: row.get("name")?,
            unit,
            unit_name: named(unit_name.as_ref(), unit),
            tag: row.get("tag")?,
            last_seen,
            protocol: row.get("protocol")?,
            absent: !revoked && last_seen.is_none_or(|seen| now.0 - seen.0 > i64::from(days) * DAY_MS),
            revoked,
            lacks: if revoked { 0 } else { lacks },
            clock_off_ms: row.get("clock_off")?,
            bytes_up: row.get("bytes_up")?,
            bytes_down: row.get("bytes_down")?,
            refused: refused.remove(&id).unwrap_or_default(),
            says: Vec::new(),
        };
        device.says = device.trouble(now);
        devices.push(device);
    }
    Ok(devices)
}

/// Entries that were stored after a moment and that a device may read, but for its own.
fn news(
    db: &Connection,
    feeds: &[Feed],
    device: DeviceId,
    unit: UnitCode,
    moment: u64,
) -> Result<u64, HubError> {
    let theirs = |feed: &&Feed| {
        feed.moment > moment && feed.feed.device != device && feed.feed.partition.readable_by(unit)
    };
    feeds.iter().filter(theirs).map(|feed| moved_since(db, feed, moment)).sum()
}

fn since_backup(db: &Connection, feeds: &[Feed], last: Option<Backup>) -> Result<u64, HubError> {
    let moment = last.map_or(0, |backup| backup.moment);
    feeds.iter().filter(|feed| feed.moment > moment).map(|feed| moved_since(db, feed, moment)).sum()
}

fn moved_since(db: &Connection, feed: &Feed, moment: u64) -> Result<u64, HubError> {
    let mut statement = db.prepare_cached(include_str!("status/moved_since.sql"))?;
    Ok(statement.query_row(params![feed.id, moment], |row| row.get(0))?)
}

fn refused(db: &Connection) -> Result<BTreeMap<DeviceId, Vec<Refused>>, HubError> {
    let mut statement = db.prepare(
        "SELECT refused.*, device.name AS author_name
         FROM refused LEFT JOIN device ON device.device = refused.author ORDER BY since",
    )?;
    let mut rows = statement.query([])?;
    let mut refused: BTreeMap<DeviceId, Vec<Refused>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let reason: String = row.get("reason")?;
        let author: Option<String> = row.get("author_name")?;
        let partition = partition(row)?;
        refused.entry(DeviceId(row.get("device")?)).or_default().push(Refused {
            partition: partition.to_string(),
            author: author.map_or_else(|| Ok(DeviceId(row.get("author")?).to_string()), Ok::<_, HubError>)?,
            says: why(&reason),
            since: Instant(row.get("since")?),
            reason,
        });
    }
    Ok(refused)
}

fn why(reason: &str) -> &'static str {
    match reason {
        "gap" => "缺前面的记录",
        "unauthentic" => "签名对不上",
        "unknown-author" => "不认识写它的设备",
        "out-of-scope" => "不归它写或它带",
        "erased" => "内容已抹去，却没有抹除令",
        _ => "没有收下",
    }
}

fn withheld(feeds: &[Feed], names: &BTreeMap<UnitCode, String>) -> Vec<Withheld> {
    let mut counts: BTreeMap<Partition, u64> = BTreeMap::new();
    for feed in feeds.iter().filter(|feed| feed.verdicts > 0) {
        *counts.entry(feed.feed.partition).or_default() += feed.verdicts;
    }
    counts
        .into_iter()
        .map(|(partition, verdicts)| Withheld {
            partition: partition.to_string(),
            unit_name: named(names.get(&partition.unit), partition.unit),
            verdicts,
        })
        .collect()
}

impl Device {
    fn trouble(&self, now: Instant) -> Vec<String> {
        let refused = self
            .refused
            .iter()
            .map(|run| format!("有记录没收下：{}（{}，{} 起）", run.says, run.author, day(run.since)));
        let absent = self.absent.then(|| match self.last_seen {
            None => "登记后还没有来过。".to_owned(),
            Some(seen) => format!("{} 天没有来了。", (now.0 - seen.0) / DAY_MS),
        });
        let off = self
            .clock_off_ms
            .filter(|ms| ms.saturating_abs() > Hlc::MAX_DRIFT_MS)
            .map(|ms| format!("时钟{}了 {}。", if ms > 0 { "快" } else { "慢" }, span(ms.saturating_abs())));
        refused.chain(absent).chain(off).collect()
    }
}

fn day(at: Instant) -> String {
    format!("{}月{}日", at.date().month(), at.date().day())
}

/// e.g. 3 小时
fn span(ms: i64) -> String {
    match ms / 60_000 {
        minutes @ ..60 => format!("{minutes} 分钟"),
        minutes @ ..2880 => format!("{} 小时", minutes / 60),
        minutes @ ..1_051_200 => format!("{} 天", minutes / 1440),
        minutes => format!("{} 年", minutes / 525_600),
    }
}

/// A unit's name; its code in a store that was founded before names were noted.
fn named(name: Option<&String>, code: UnitCode) -> String {
    name.filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| code.to_string())
}

fn unit(row: &Row<'_>, column: &'static str) -> Result<UnitCode, HubError> {
    row.get_ref(column)?.as_str().ok().and_then(|code| code.parse().ok()).ok_or(HubError::Stored(column))
}

fn partition(row: &Row<'_>) -> Result<Partition, HubError> {
    let kind: String = row.get("kind")?;
    let kind = PartitionKind::ALL.into_iter().find(|known| known.as_str() == kind);
    Ok(Partition {
        unit: unit(row, "unit")?,
        kind: kind.ok_or(HubError::Stored("refused.kind"))?,
        period: row.get("period")?,
    })
}

/// The same for a terminal.
impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Store { bytes, feeds, entries, .. } = self.store;
        writeln!(
            f,
            "{}（{}）  {} {}",
            self.county_name,
            self.county,
            self.now.date(),
            self.now.time_of_day()
        )?;
        writeln!(
            f,
            "{} 个单位，{} 台设备，{entries} 条记录，{feeds} 条流水，{} MB",
            self.units,
            self.devices.len(),
            megabytes(bytes)
        )?;
        match self.last_backup {
            Some(last) => writeln!(f, "最近备份 {} {}", last.date(), last.time_of_day())?,
            None => writeln!(f, "没有备份")?,
        }
        for line in &self.says {
            writeln!(f, "! {line}")?;
        }
        for Withheld { unit_name, partition, verdicts } in &self.withheld {
            writeln!(f, "! {unit_name}（{partition}）有 {verdicts} 条说某条记录不能算数")?;
        }
        for device in &self.devices {
            let seen = device.last_seen.map_or_else(
                || "没来过".to_owned(),
                |seen| format!("{} {}", seen.date(), seen.time_of_day()),
            );
            let mark = if device.says.is_empty() { ' ' } else { '!' };
            writeln!(
                f,
                "{mark} {}  {}（{}）  {seen}  还缺 {} 条  {}",
                device.unit_name,
                device.name,
                device.tag,
                device.lacks,
                device.says.join("")
            )?;
        }
        Ok(())
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}
