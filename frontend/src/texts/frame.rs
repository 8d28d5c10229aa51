//! What stays around every page.

texts! {
    brand = "代办通" / "Daiban";
    main_menu = "主菜单" / "Main menu";
    workbench = "工作台" / "Desk";
    home = "首页" / "Home";
    today = "今日" / "Today";
    my_cases = "我的办件" / "My cases";
    residents = "居民" / "Residents";
    matters = "来访" / "Matters";
    notices = "通知" / "Notices";
    prints = "打印" / "Printing";
    guide = "办事指南" / "Guide";
    sync = "同步" / "Sync";
    devices = "电脑" / "Computers";
    audit = "留痕" / "Audit";
    people = "人员" / "People";
    search = "找办件" / "Find a case";
    search_by = "找办件、姓名、拼音首字母、号码" / "Case, name, initials, number";
    large = "大字" / "Large";
    dark = "深色" / "Dark";
    no_password = "未设密码" / "No password";
    who_works = "使用人、密码、换人" / "Users, password, change person";
    calendar_until(year: i16) = "日历到 {year} 年" / "Calendar to {year}";
    catalogue(version: &str) = "事项目录 {version}" / "Catalogue {version}";
    nothing_pending = "本机没有未送的" / "Nothing left to send";
    pending_cases(count: u64) = "{count} 件还没送出" / "{count} not sent yet";
    pending_others = "有改动还没送出" / "Changes not sent yet";
    all_at_township = "本机的都送到镇上了" / "All sent to the township";
    only_township(count: u64) = "只到乡镇 {count} 件" / "{count} at the township only";
    at_county(count: u64) = "县中心已收到 {count} 件" / "The county has {count}";
    clock_off(by: &str) = "本机时间{by}" / "Clock: {by}";
    help = "帮助" / "Help";
}
