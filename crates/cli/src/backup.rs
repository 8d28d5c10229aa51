//! This desk's own backups.

use crate::{arguments::Backup, path, print};
use daiban_contract::{Failure, act, ask};
use daiban_desk::Desk;
use daiban_domain::Instant;

pub fn backup(asked: &Backup, desk: &Desk, now: Instant, json: bool) -> Result<(), Failure> {
    if asked.status {
        print::answer(&desk.backups(ask::Backups {}, now)?, json);
    } else if asked.set.is_some() || asked.every.is_some() {
        let request = act::PlanBackups { folder: asked.set.clone(), every_days: asked.every };
        print::answer(&desk.plan_backups(request, now)?, json);
    } else {
        let request = act::BackUp { folder: asked.output.as_deref().map(path), keep: asked.keep };
        print::answer(&desk.back_up(request, now)?, json);
    }
    Ok(())
}
