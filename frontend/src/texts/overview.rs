//! What is late and who is silent, unit by unit.

texts! {
    title = "总览" / "Overview";
    villages = "各村情况" / "Villages";
    base_silent(silent: u64, from: u32) = "{silent} 个单位 {from} 天以上没有来过数据" / "{silent} units without a word for {from} days or more";
    base_all_heard(from: u32) = "各单位 {from} 天内都来过数据" / "every unit was heard within {from} days";
    open = "在办" / "Open";
    of_cases(cases: u64) = "共收到 {cases} 件" / "of {cases} held here";
    soon = "快到期" / "Due soon";
    soon_until(day: &str) = "到{day}为止" / "by {day}";
    overdue = "超期" / "Overdue";
    of_open(open: u64) = "在办 {open} 件里" / "of {open} open";
    doubtful = "要审阅" / "To review";
    doubtful_base = "两处不一样、没算数" / "two values, acts that don't count";
    silent = "没来数据" / "Silent";
    of_units(units: u64) = "有电脑的 {units} 个单位里" / "of {units} units with a computer";
    tree = "单位" / "Units";
    filter = "找乡镇、村" / "Find a unit";
    unit = "单位" / "Unit";
    heard = "县里上次收到" / "Last heard";
    most_urgent = "最急的" / "Most urgent";
    today_at(time: &str) = "今天 {time}" / "today {time}";
    yesterday_at(time: &str) = "昨天 {time}" / "yesterday {time}";
    days_ago(days: u32) = "{days} 天前" / "{days} days ago";
    never = "还没有来过" / "never";
    no_device = "没有电脑" / "no computer";
    below_silent(silent: u64, below: u64) = "{below} 个村里 {silent} 个没来数据" / "{silent} of {below} silent below";
    overdue_cases(count: u64) = "{count} 件超期" / "{count} overdue";
    soon_cases(count: u64) = "{count} 件快到期" / "{count} due soon";
    doubtful_cases(count: u64) = "{count} 件要审阅" / "{count} to review";
    nothing_urgent = "没有急的" / "nothing urgent";
    nobody = "没有找到这个单位。换个写法，或用拼音首字母。" / "No such unit. Try another spelling, or initials.";
    nobody_below = "下面没有单位。" / "There is no unit below.";
    cut(shown: usize, total: u64) = "先列出 {shown} 个，共 {total} 个。打字可以找到其余的。" / "{shown} of {total} listed. Type to find the others.";
    choose = "选单位" / "choose";
    unfold = "展开" / "unfold";
    see_cases = "看办件" / "cases";
    how_heard = "“收到”按县中心签收的回执算：那台电脑写下的东西到了县里。没有新写的，也就没有新的收到。" / "Heard means that the county signed for something the computer wrote. Where nothing new was written, nothing new was heard.";
}
