use super::let_out::access;
use crate::{Desk, Trouble, attachments::say_so, bundle_key_file};
use daiban_contract::{
    Code,
    act::{ExportBundle, ImportBundle},
    view::{Bundled, Imported, Missing},
};
use daiban_domain::{DeviceId, DocumentId, Instant, UnitCode, access::What};
use daiban_exchange::{
    Vector,
    attachment::{Offered, Owed},
    bundle::{self, Bundle, BundleError, Opened, Referred, TakeError, hub_recipient},
    engine::Holder,
};
use daiban_replica::{
    Replica,
    attachment::{self, Debtor},
    document::Writing,
    feed::Intake,
    public::{enrolment, unit},
    store::key::write,
};
use ed25519_dalek::VerifyingKey;
use rusqlite::Connection;
use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

/// So many photos and scans are looked at for a bundle.
const PHOTOS: usize = 100_000;

impl Desk {
    pub fn export_bundle(&self, request: ExportBundle, now: Instant) -> Result<Bundled, Trouble> {
        self.in_earnest()?;
        let folder = self.bundles_folder();
        // What a revoked device holds goes to those above it this way, too.
        self.even_revoked(|replica| {
            let own = replica.identity().unit;
            let to = request.unit.or(own.parent()).ok_or_else(|| {
                Trouble::new(Code::BadInput, "县中心上面没有单位。请写明导出给哪个乡镇或村：--for 单位代码。")
            })?;
            let name = unit::find(replica.db(), to)?
                .ok_or_else(|| Trouble::new(Code::UnknownUnit, "本县没有这个单位。请核对单位代码。"))?
                .short_name;
            let mut recipients = enrolment::recipients(replica.db(), to, false)?;
            if recipients.is_empty() {
                let message =
                    format!("{name}和上级单位都还没有登记过的设备，没有人能打开这个文件，没有导出。");
                return Err(Trouble::new(Code::NoRecipient, message));
            }
            let devices = recipients.len() as u64;
            recipients.push(hub_recipient(&replica.identity().hub_key));
            // First, so that it goes along: a device that only has sticks owes nothing by its record of the last one.
            let record = access(What::Bundle, to, "", 0);
            replica.commit(now, |writing| {
                writing.record_access(&record)?;
                // So that the stick back brings what is lacking here.
                if to.covers(own) { Ok::<_, Trouble>(attachment::tell(writing)?) } else { Ok(()) }
            })?;
            replica.checkpoint()?;
            let (mut bundle, entries) = make(replica, to, request.all, now)?;
            let owed = photos_for(replica.db(), own, to, request.all)?;
            replica.commit(now, |writing| bundle.add_attachments(writing, owed))?;
            let revoked = enrolment::recipients(replica.db(), to, true)?;
            let sealed = if revoked.is_empty() {
                bundle.seal(replica.signing_key(), &recipients)
            } else {
                let notice = replica.intake(|log| {
                    let receipt = log.carry_receipt(to)?;
                    Ok::<_, Trouble>(Bundle::notice(log, log.party(), to, receipt, now)?)
                })?;
                bundle.seal_with_notice(replica.signing_key(), &recipients, &notice, &revoked)
            };
            let sealed = sealed.map_err(explain)?;
            let file_name = Name { from: own, to, made: now }.to_string();
            let file = match request.file.map(PathBuf::from) {
                Some(folder) if folder.is_dir() => folder.join(file_name),
                Some(file) => file,
                None => {
                    fs::create_dir_all(&folder).map_err(Trouble::file)?;
                    folder.join(file_name)
                }
            };
            write(&file, &sealed)?;
            Ok(Bundled {
                file: file.display().to_string(),
                unit: to,
                unit_name: name,
                entries,
                attachments: bundle.attachments.len() as u64,
                bytes: sealed.len() as u64,
                recipients: devices,
            })
        })
    }

    pub fn import_bundle(&self, request: ImportBundle, now: Instant) -> Result<Imported, Trouble> {
        self.in_earnest()?;
        let file = bundle::read(request.file.as_ref()).map_err(Trouble::file)?;
        let imported = self.even_revoked(|replica| {
            let own = replica.identity();
            let hub_key = own.hub_key;
            let keys = replica.key_seal().read(&bundle_key_file(&self.place.keys, own.device))?;
            let identity = str::from_utf8(&keys).ok().and_then(|text| text.trim().parse().ok());
            let identity = identity.ok_or_else(|| {
                Trouble::new(Code::KeyMissing, "这台设备打开导入文件的密钥坏了。请向县中心申请重新登记设备。")
            })?;
            let opened = Bundle::open(&file, &identity).map_err(explain)?;
            let taken = replica.intake(|log| take(log, &opened, &hub_key))?;
            // Entries first: a photo that no case refers to isn't kept.
            let attachments = replica.commit(now, |writing| keep(writing, &opened.bundle.attachments))?;
            replica.tend_quarantine(now)?;
            Ok(Imported { says: says(taken.received, attachments, &taken.missing), attachments, ..taken })
        })?;
        self.retire()?;
        Ok(imported)
    }
}

/// Takes in what a new device begins with.
pub(super) fn begin_with(
    replica: &mut Replica,
    file: &[u8],
    identity: &age::x25519::Identity,
) -> Result<(), Trouble> {
    let hub_key = replica.identity().hub_key;
    let opened = Bundle::open(file, identity).map_err(explain)?;
    replica.intake(|log| take(log, &opened, &hub_key))?;
    Ok(replica.catch_up()?)
}

/// A bundle's file name: whose it is, for whom, and when it was made.
pub(crate) struct Name {
    pub from: UnitCode,
    pub to: UnitCode,
    pub made: Instant,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}.bundle", self.from, self.to, self.made.0)
    }
}

impl Name {
    /// `None`: the file has another name, which a person may have given it.
    pub(crate) fn read(file: &Path) -> Option<Self> {
        let mut parts = file.file_name()?.to_str()?.strip_suffix(".bundle")?.split('-');
        let (from, to, made) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
        parts.next().is_none().then_some(Self { from, to, made: Instant(made.parse().ok()?) })
    }
}

/// What a unit lacks, as far as is known: what its devices held by their last bundles; else, of a unit above, what the
/// county has confirmed; else nothing.
fn make(replica: &mut Replica, to: UnitCode, all: bool, now: Instant) -> Result<(Bundle, u64), Trouble> {
    replica.intake(|log| {
        let us = log.party();
        let known = match log.known_of(to)? {
            _ if all => Vector::default(),
            Some(known) => known,
            None if to.covers(us.unit) => log.county_reach()?,
            None => Vector::default(),
        };
        Ok(Bundle::make(log, us, to, &known, log.carry_receipt(to)?, now)?)
    })
}

fn take(log: &mut Intake<'_>, opened: &Opened, hub_key: &VerifyingKey) -> Result<Imported, Trouble> {
    let bundle = &opened.bundle;
    let taken = opened.take(log, log.party()).map_err(|error| match error {
        TakeError::Bundle(error) => explain(error),
        TakeError::Log(error) => error.into(),
    })?;
    log.meet(bundle.sender, taken.sender, bundle.time, &bundle.vector, true)?;
    let receipt = bundle.receipt.as_ref().filter(|carried| carried.verify(hub_key));
    if let Some(carried) = receipt {
        log.heed_carried(carried)?;
    }
    for (feed, refusal) in &taken.refused {
        tracing::warn!(%refusal, partition = %feed.partition, device = %feed.device, "a run was not taken");
    }
    let hub = log.hub();
    let name = |device: DeviceId| match enrolment::device_name(log.db(), device)? {
        Some(name) => Ok::<_, Trouble>(name),
        None if device == hub => Ok("县中心".to_owned()),
        None => Ok(device.to_string()),
    };
    let mut missing = Vec::new();
    for (feed, (first, last)) in taken.gaps {
        let place = unit::find(log.db(), feed.partition.unit)?.map(|unit| unit.short_name);
        missing.push(Missing {
            device: name(feed.device)?,
            partition: place.unwrap_or_else(|| feed.partition.to_string()),
            first,
            last,
        });
    }
    Ok(Imported {
        from: name(bundle.sender)?,
        made: bundle.time,
        received: taken.entries,
        attachments: 0,
        receipt: receipt.is_some(),
        says: String::new(),
        missing,
    })
}

/// The photos and scans that the receiver may see and lacks, as far as is known. Of a unit above, those that the county isn't
/// known to hold, and those that a device of its says it holds only if all is to go along.
fn photos_for(
    db: &Connection,
    own: UnitCode,
    to: UnitCode,
    all: bool,
) -> Result<Vec<(Owed, Vec<DocumentId>)>, Trouble> {
    if !to.covers(own) {
        return with_documents(db, attachment::lacking(db, to, all)?);
    }
    let mut owed = attachment::owed(db, Debtor::Here, PHOTOS)?;
    owed.retain(|owed| owed.partition.readable_by(to));
    let mut lacking = Vec::new();
    for owed in owed {
        let holders = attachment::holders(db, owed.partition, owed.hash)?;
        if all || holders.iter().all(|holder| holder.unit != Some(to)) {
            lacking.push(owed);
        }
    }
    with_documents(db, lacking)
}

fn with_documents(db: &Connection, owed: Vec<Owed>) -> Result<Vec<(Owed, Vec<DocumentId>)>, Trouble> {
    let documents = |owed: Owed| Ok((owed, attachment::documents(db, owed.partition, owed.hash)?));
    owed.into_iter().map(documents).collect()
}

/// Keeps the photos and scans that cases here refer to; returns how many have become whole.
fn keep(writing: &mut Writing<'_>, brought: &[Referred]) -> Result<u64, Trouble> {
    let mut whole = Vec::new();
    for Offered { partition, part } in brought.iter().map(|brought| &brought.offered) {
        if attachment::wanted(writing.db(), *partition, part.hash)?
            && !attachment::here(writing.db(), part.hash)?
            && daiban_exchange::attachment::take(writing, part)?.whole
        {
            whole.push(part.hash);
        }
    }
    say_so(writing, whole.iter().copied())?;
    Ok(whole.len() as u64)
}

fn says(received: u64, attachments: u64, missing: &[Missing]) -> String {
    let news = match (received, attachments) {
        (0, 0) => "文件里的内容这里都已经有了，没有改动。".to_owned(),
        (count, 0) => format!("收到 {count} 条新记录，已存本机。"),
        (0, photos) => format!("收到 {photos} 张照片或扫描件，已存本机。"),
        (count, photos) => format!("收到 {count} 条新记录、{photos} 张照片或扫描件，已存本机。"),
    };
    match missing.first() {
        None => news,
        Some(gap) => format!(
            "{}还缺{}（{}）第 {} 到 {} 条，请先导入更早的文件或同步一次，再导入这个文件。",
            if received + attachments == 0 { String::new() } else { news },
            gap.partition,
            gap.device,
            gap.first,
            gap.last
        ),
    }
}

fn explain(error: BundleError) -> Trouble {
    let message = match error {
        BundleError::NoBundle => "这不是代办通的导出文件，没有导入。请换一个文件。",
        BundleError::OtherCounty => "这是别的县的文件，没有导入。",
        BundleError::UnknownSender => {
            "不认识做这个文件的设备，或签名不对，没有导入。请先和县中心同步一次再试。"
        }
        BundleError::NotForUs => "这个文件是给别的单位的，这台设备打不开，没有导入。",
        BundleError::Damaged => "文件坏了，没有导入。请在原来的设备上重新导出一次。",
        BundleError::Newer => "这个文件是更新版本的程序做的，没有导入。请先更新本机程序。",
        BundleError::Sealing => "文件没有做成，没有导出。请再试一次。",
    };
    Trouble::new(Code::BadBundle, message).because(error)
}
