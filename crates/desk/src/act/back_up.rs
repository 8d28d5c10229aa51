use crate::{Desk, Trouble, ask::backups, bundle_key_file, session};
use daiban_contract::{
    Code,
    act::{BackUp, PlanBackups},
    view::{BackedUp, BackupView},
};
use daiban_domain::Instant;
use daiban_replica::backup::Plan;
use std::path::{self, Path, PathBuf};

/// Two weeks, of a backup a day: they have most of their pieces in common.
const KEEP: u32 = 14;

/// After a failure it is tried by itself again, ms.
const RETRY_MS: i64 = 60 * 60 * 1000;

/// Days; beyond, a person has forgotten what was set.
const LONGEST: u32 = 31;

impl Desk {
    pub fn back_up(&self, request: BackUp, now: Instant) -> Result<BackedUp, Trouble> {
        self.in_earnest()?;
        let plan = self.with(|replica| Ok(replica.backup_plan()?))?;
        let folder = request.folder.map(PathBuf::from).or_else(|| plan.folder.clone()).ok_or_else(|| {
            let message = "还没有选备份到哪里。请先选一个 U 盘或文件夹，或写明：daiban backup -o 文件夹。";
            Trouble::new(Code::BadInput, message)
        })?;
        let folder = path::absolute(folder).map_err(Trouble::file)?;
        let made = self.back_up_to(&folder, request.keep.unwrap_or(KEEP), now);
        // A backup that goes elsewhere once says nothing of the place where they go by themselves.
        if let Err(trouble) = &made
            && plan.folder.as_ref() == Some(&folder)
            && trouble.code() != Code::InUse
        {
            self.with(|replica| Ok(replica.backup_failed(now, trouble.message())?))?;
        }
        made
    }

    /// What is done beside the work: a backup, if one is due and its folder is there. Answers whether there is anything new to
    /// be shown.
    pub fn back_up_when_due(&self, now: Instant) -> bool {
        let wanted = |plan: &Plan| {
            let lately = |(at, _): &(Instant, String)| (now.0 - at.0).abs() < RETRY_MS;
            plan.due(now) && backups::there(plan) && !plan.failed.as_ref().is_some_and(lately)
        };
        // A locked desk has nothing to copy.
        let due = self.with(|replica| Ok(wanted(&replica.backup_plan()?)));
        if !matches!(due, Ok(true)) {
            return false;
        }
        match self.back_up(BackUp::default(), now) {
            Err(trouble) if trouble.code() == Code::InUse => false,
            Err(trouble) => {
                let _logged: daiban_contract::Failure = trouble.into();
                true
            }
            Ok(_) => true,
        }
    }

    pub fn plan_backups(&self, request: PlanBackups, now: Instant) -> Result<BackupView, Trouble> {
        self.in_earnest()?;
        let data = &self.place.data;
        self.with(|replica| {
            let plan = replica.backup_plan()?;
            let every = request.every_days.unwrap_or(plan.every);
            if every > LONGEST {
                let message = format!("几天备份一次，要填 0 到 {LONGEST}（0 是不自动备份），没有改动。");
                return Err(Trouble::new(Code::BadInput, message));
            }
            let folder = match request.folder.as_deref().map(str::trim) {
                None => plan.folder,
                Some("") => None,
                Some(named) => Some(place_for(named, data)?),
            };
            replica.plan_backups(folder.as_deref(), every)?;
            Ok(backups::view(&replica.backup_plan()?, now))
        })
    }

    fn back_up_to(&self, folder: &Path, keep: u32, now: Instant) -> Result<BackedUp, Trouble> {
        // Made where a stick was plugged in once, the folder would lie on this machine's own disk.
        if !folder.is_dir() {
            return Err(away());
        }
        let source = self.with(|replica| {
            let file = bundle_key_file(&self.place.keys, replica.identity().device);
            let bundles = replica.key_seal().read(&file)?.to_vec();
            Ok(replica.backup_source(bundles, session::recovery(replica))?)
        })?;
        let open = || self.replica().is_some();
        let made = source.back_up(folder, keep.max(1) as usize, now, &open)?;
        drop(source);
        self.with(|replica| Ok(replica.backed_up(now, folder)?))?;
        let mb = |bytes: u64| bytes.div_ceil(1024 * 1024);
        let says = format!(
            "备份好了，读回来核对过：数据 {} MB，这次新写 {} MB。",
            mb(made.bytes),
            mb(made.bytes_written)
        );
        Ok(BackedUp {
            folder: folder.display().to_string(),
            number: made.number,
            time: made.time,
            bytes: made.bytes,
            blocks: made.blocks,
            new_blocks: made.written,
            new_bytes: made.bytes_written,
            removed: made.removed as u64,
            says,
        })
    }
}

/// Where backups may go: a folder that is there, and not the one that they are of.
fn place_for(named: &str, data: &Path) -> Result<PathBuf, Trouble> {
    let folder = path::absolute(named).map_err(Trouble::file)?;
    if !folder.is_dir() {
        return Err(away());
    }
    if folder.starts_with(path::absolute(data).map_err(Trouble::file)?) {
        let message = "备份不能放在数据文件夹里：这台电脑坏了，两份一起没了。请选 U 盘或别的文件夹。";
        return Err(Trouble::new(Code::BadInput, message));
    }
    Ok(folder)
}

fn away() -> Trouble {
    Trouble::new(
        Code::BackupAway,
        "备份用的 U 盘或文件夹不在，没有备份。请插上 U 盘，或换一个文件夹，再试一次。",
    )
}
