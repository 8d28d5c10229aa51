use crate::{Desk, Trouble};
use daiban_contract::{
    ask::Backups,
    view::{BackupView, FailureView},
};
use daiban_domain::Instant;
use daiban_replica::backup::Plan;

impl Desk {
    pub fn backups(&self, _: Backups, now: Instant) -> Result<BackupView, Trouble> {
        self.with(|replica| Ok(view(&replica.backup_plan()?, now)))
    }
}

/// Whether the stick is plugged in, or the folder there.
pub(crate) fn there(plan: &Plan) -> bool {
    plan.folder.as_ref().is_some_and(|folder| folder.is_dir())
}

pub(crate) fn view(plan: &Plan, now: Instant) -> BackupView {
    let (due, folder_there) = (plan.due(now), there(plan));
    BackupView {
        folder: plan.folder.as_ref().map(|folder| folder.display().to_string()),
        folder_there,
        every_days: plan.every,
        made: plan.made.as_ref().map(|(made, _)| *made),
        made_in: plan.made.as_ref().map(|(_, folder)| folder.display().to_string()),
        due,
        last_failure: plan.failed.clone().map(|(at, message)| FailureView { at, message }),
        says: says(plan, due, folder_there),
    }
}

fn says(plan: &Plan, due: bool, there: bool) -> String {
    let last = match &plan.made {
        Some((made, _)) => {
            let (day, time) = (made.date(), made.time_of_day());
            format!("最近一次备份是{}月{}日 {time}，读回来核对过。", day.month(), day.day())
        }
        None => "还没有备份过。没送到县中心的记录只在这台电脑上，它坏了就没有了。".to_owned(),
    };
    let next = match (&plan.folder, &plan.failed) {
        (None, _) => "还没有选自动备份到哪里。",
        (Some(_), Some(_)) => "后来的一次没有做成。",
        (Some(_), None) if !there && due => "该备份了，U 盘或文件夹不在，请插上。",
        (Some(_), None) if !there => "U 盘或文件夹现在不在。",
        (Some(_), None) if due => "该备份了，过一会儿自动做。",
        (Some(_), None) => "",
    };
    format!("{last}{next}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stick_that_is_missed_is_asked_for() {
        let made = Instant(1_772_672_400_000);
        let plan = Plan {
            folder: Some("/nowhere/KINGSTON".into()),
            every: 1,
            made: Some((made, "/nowhere/KINGSTON".into())),
            failed: None,
        };
        let soon = view(&plan, Instant(made.0 + 1000));
        assert_eq!((soon.due, soon.folder_there), (false, false));
        assert_eq!(soon.says, "最近一次备份是3月5日 09:00，读回来核对过。U 盘或文件夹现在不在。");
        let later = view(&plan, Instant(made.0 + 25 * 3_600_000));
        assert!(later.due && later.says.ends_with("该备份了，U 盘或文件夹不在，请插上。"));
        let failed = Plan { failed: Some((made, "满了。".to_owned())), ..plan };
        assert!(view(&failed, made).says.ends_with("后来的一次没有做成。"));
        assert!(view(&Plan::default(), made).says.starts_with("还没有备份过。"));
    }
}
