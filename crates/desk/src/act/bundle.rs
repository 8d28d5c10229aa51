use crate::{Desk, Trouble};
use daiban_contract::{
    Code,
    act::{ExportBundle, ImportBundle},
    view::{Bundled, Imported, Missing},
};
use daiban_domain::{DeviceId, Instant, UnitCode};
use daiban_exchange::{
    Log, Vector,
    bundle::{Bundle, BundleError, Opened},
    engine, page,
    page::PageError,
    run::Refusal,
    wire,
};
use daiban_replica::{
    Replica,
    feed::Intake,
    public::{enrolment, unit},
    store::key::write,
};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// Bytes of entries in one bundle; what doesn't fit goes with the next, once this one has arrived.
const LARGEST: usize = wire::FRAME_MAX / 2;

impl Desk {
    pub fn export_bundle(&self, request: ExportBundle, now: Instant) -> Result<Bundled, Trouble> {
        let folder = self.place.data.join("bundles");
        self.with(|replica| {
            let own = replica.identity().unit;
            let to = request.unit.or(own.parent()).ok_or_else(|| {
                Trouble::new(Code::BadInput, "县中心上面没有单位。请写明导出给哪个乡镇或村：--for 单位代码。")
            })?;
            let name = unit::find(replica.db(), to)?
                .ok_or_else(|| Trouble::new(Code::UnknownUnit, "本县没有这个单位。请核对单位代码。"))?
                .short_name;
            let recipients = enrolment::recipients(replica.db(), to)?;
            if recipients.is_empty() {
                let message =
                    format!("{name}和上级单位都还没有登记过的设备，没有人能打开这个文件，没有导出。");
                return Err(Trouble::new(Code::NoRecipient, message));
            }
            replica.checkpoint()?;
            let (bundle, entries) = make(replica, to, request.all, now)?;
            let sealed = bundle.seal(replica.signing_key(), &recipients).map_err(explain)?;
            let file = match &request.file {
                Some(file) => PathBuf::from(file),
                None => {
                    fs::create_dir_all(&folder).map_err(Trouble::file)?;
                    folder.join(format!("{own}-{to}-{}.bundle", now.0))
                }
            };
            write(&file, &sealed)?;
            Ok(Bundled {
                file: file.display().to_string(),
                unit: to,
                unit_name: name,
                entries,
                bytes: sealed.len() as u64,
                recipients: recipients.len() as u64,
            })
        })
    }

    pub fn import_bundle(&self, request: ImportBundle, _: Instant) -> Result<Imported, Trouble> {
        let file = fs::read(&request.file).map_err(Trouble::file)?;
        self.with(|replica| {
            let own = replica.identity();
            let (county, unit, hub_key) = (own.county, own.unit, own.hub_key);
            let keys = fs::read_to_string(self.place.keys.join(format!("{}.age", own.device)));
            let identity = keys.map_err(Trouble::file)?.trim().parse();
            let identity = identity.map_err(|_| {
                Trouble::new(Code::KeyMissing, "这台设备打开导入文件的密钥坏了。请向县中心申请重新登记设备。")
            })?;
            let opened = Bundle::open(&file, &identity).map_err(explain)?;
            if opened.bundle.county != county {
                return Err(Trouble::new(Code::BadBundle, "这是别的县的文件，没有导入。"));
            }
            replica.intake(|log| take(log, &opened, unit, &hub_key))
        })
    }
}

/// What a unit lacks, as far as is known: what its devices held by their last bundles; else, of a unit above, what the
/// county has confirmed; else nothing.
fn make(replica: &mut Replica, to: UnitCode, all: bool, now: Instant) -> Result<(Bundle, u64), Trouble> {
    let own = replica.identity();
    let (county, sender, unit) = (own.county, own.device, own.unit);
    replica.intake(|log| {
        let vector = log.vector(unit)?;
        let theirs = match log.known_of(to)? {
            _ if all => Vector::default(),
            Some(known) => known,
            None if to.covers(unit) => log.county_reach()?,
            None => Vector::default(),
        };
        let readable = vector.0.iter().filter(|(feed, _)| feed.partition.readable_by(to));
        let ours = Vector(readable.map(|(feed, head)| (*feed, *head)).collect());
        let runs = engine::missing(log, &ours, &theirs, LARGEST)?;
        let entries = runs.iter().map(|run| run.entries.len() as u64).sum();
        let page = page::write(log, &runs, &Vector::default())?;
        let receipt = log.carry_receipt(to)?;
        Ok((
            Bundle { protocol: wire::PROTOCOL_MAX, county, sender, time: now, vector, page, receipt },
            entries,
        ))
    })
}

fn take(
    log: &mut Intake<'_>,
    opened: &Opened,
    unit: UnitCode,
    hub_key: &ed25519_dalek::VerifyingKey,
) -> Result<Imported, Trouble> {
    let bundle = &opened.bundle;
    let runs = match page::read(log, &bundle.page) {
        Ok(runs) => runs,
        Err(PageError::Malformed) => return Err(explain(BundleError::Damaged)),
        Err(PageError::Log(error)) => return Err(error.into()),
    };
    // The sender may have been enrolled since we last heard of the county: public entries of the bundle introduce it.
    let taken = engine::take(log, &runs, unit)?;
    let author = log.author(bundle.sender)?.filter(|author| opened.verify(&author.key)).ok_or_else(|| {
        Trouble::new(
            Code::BadBundle,
            "不认识做这个文件的设备，或签名不对，没有导入。请先和县中心同步一次再试。",
        )
    })?;
    log.meet(bundle.sender, author.unit, bundle.time, &bundle.vector, true)?;
    let receipt = bundle.receipt.as_ref().filter(|carried| carried.verify(hub_key));
    if let Some(carried) = receipt {
        log.heed_carried(carried)?;
    }
    let mut gaps = BTreeMap::new();
    for run in &runs {
        let reach = log.reach(&run.feed)?;
        if run.first > reach + 1 {
            gaps.entry(run.feed).or_insert((reach + 1, run.first - 1));
        }
    }
    for (feed, refusal) in taken.refused.iter().filter(|(_, refusal)| *refusal != Refusal::Gap) {
        tracing::warn!(%refusal, partition = %feed.partition, device = %feed.device, "a run was not taken");
    }
    let name = |device: DeviceId| {
        Ok::<_, Trouble>(enrolment::device_name(log.db(), device)?.unwrap_or_else(|| device.to_string()))
    };
    let mut missing = Vec::new();
    for (feed, (first, last)) in gaps {
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
        receipt: receipt.is_some(),
        says: says(taken.entries, &missing),
        missing,
    })
}

fn says(received: u64, missing: &[Missing]) -> String {
    let news = match received {
        0 => "文件里的内容这里都已经有了，没有改动。".to_owned(),
        count => format!("收到 {count} 条新记录，已存本机。"),
    };
    match missing.first() {
        None => news,
        Some(gap) => format!(
            "{}还缺{}（{}）第 {} 到 {} 条，请先导入更早的文件或同步一次，再导入这个文件。",
            if received == 0 { String::new() } else { news },
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
        BundleError::NotForUs => "这个文件是给别的单位的，这台设备打不开，没有导入。",
        BundleError::Damaged => "文件坏了，没有导入。请在原来的设备上重新导出一次。",
        BundleError::Newer => "这个文件是更新版本的程序做的，没有导入。请先更新本机程序。",
        BundleError::Sealing => "文件没有做成，没有导出。请再试一次。",
    };
    Trouble::new(Code::BadBundle, message).because(error)
}
