//! The search over the page.

texts! {
    label = "查找" / "Find";
    hint = "办件、姓名、首字母、号码、事项、通知，或要做的事" / "A case, a name, initials, a number, an item, a notice, or what to do";
    cases = "办件" / "Cases";
    residents = "居民" / "Residents";
    items = "办事指南" / "Guides";
    published = "通知、政策" / "Notices, policies";
    deeds = "去哪里、做什么" / "Where to go, what to do";
    code = "二维码" / "Code";
    check_code = "查这张纸是不是真的" / "Check whether this paper is genuine";
    all_found(count: u64) = "列出全部 {count} 件" / "List all {count}";
    nothing(text: &str) = "没有找到“{text}”" / "Nothing found for “{text}”";
    keys = "↑ ↓ 选，Enter 打开，Esc 关上" / "↑ ↓ choose, Enter opens, Esc closes";
    home = "首页、今日" / "Home, today";
    record = "登记" / "Record";
    all_cases = "全部办件" / "All cases";
    originals = "原件在哪里" / "Where originals are";
    hand_over = "移交" / "Hand over";
    deliver = "送达" / "Deliver";
    intake = "受理" / "Intake";
    review = "审核" / "Review";
    decision = "审批" / "Decision";
    issue = "出件" / "Issue";
    doubtful = "两处不一样" / "Two versions";
    merge = "合并审阅" / "Review";
    overview = "总览" / "Overview";
    calendar = "日历" / "Calendar";
    prints = "打印队列" / "Print queue";
    notices = "通知、政策" / "Notices, policies";
    devices = "电脑" / "Computers";
    people = "人员、岗位、代班" / "People, roles, standing in";
    guide = "办事指南" / "Guide";
    sync = "同步、U 盘、备份" / "Sync, sticks, backups";
    users = "使用人、密码" / "Users, password";
    lock = "锁上、换人" / "Lock, change person";
    support = "给技术人员存一个文件" / "Save a file for a technician";
    help = "帮助" / "Help";
    large = "大字" / "Large text";
    dark = "深色" / "Dark colours";
}
