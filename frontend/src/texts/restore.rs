//! A machine that goes on from a backup.

texts! {
    instead = "换了机器：从备份恢复" / "Another machine: restore a backup";
    enrol_instead = "没有备份：登记这台机器" / "No backup: enrol this machine";
    title = "从备份恢复" / "Restore a backup";
    what = "插上备份用的 U 盘，选它或里面的备份文件夹。恢复的是最近一份，用备份那天的密码打开。U 盘上的备份不会动。"
        / "Plug in the stick that holds the backups and choose it, or the folder on it. The newest one is put back, and opens with the password of that day. The backup itself stays as it is.";
    from = "备份在哪里" / "Where the backup lies";
    restore = "恢复到这台机器" / "Restore to this machine";
    running = "正在恢复" / "Restoring";
    open = "打开" / "Open";
}
