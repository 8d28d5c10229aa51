//! 留痕 and 倒查: who did what with whose data.

texts! {
    title = "留痕" / "Audit";
    back = "返回" / "Back";
    what = "谁看过遮住的内容、打印和导出过什么、改过谁的权限，都在这里，改不了也删不掉。"
        / "Who read what is masked, printed or let out what, and changed whose roles. None of it can be altered or deleted.";
    case_no = "一个办件的全部经过（倒查）" / "All that was done with one case";
    case_hint = "办件号，例如 621099100200-20260928-A7-0001" / "Case number, e.g. 621099100200-20260928-A7-0001";
    trace = "倒查" / "Trace";
    whole_list = "回到全部" / "Back to all";
    since = "从哪一天起" / "Since";
    any_day = "不限" / "any day";
    unit = "哪个单位" / "Unit";
    own_unit(unit: &str) = "{unit}和下面的全部" / "{unit} and all below";
    verify = "核对有没有被改过" / "Check that nothing was altered";
    verifying = "正在核对" / "Checking";
    intact = "核对过了：签名和前后次序都对得上，没有被改过。" / "Checked: signatures and order stand, nothing was altered.";
    altered(count: usize) = "有 {count} 处对不上，请把下面的话告诉县中心：" / "{count} places don't stand. Tell the county what is said below:";
    when = "时间" / "When";
    who = "谁" / "Who";
    where_from = "单位、电脑" / "Unit, computer";
    did = "做了什么" / "Did";
    about = "关于" / "About";
    says = "内容" / "What exactly";
    none = "这段时间没有留痕。" / "Nothing in this time.";
    more = "还有更早的没有列出。把起始日期改近，或者只看一个单位。" / "There are older ones that aren't listed. Narrow it by day or unit.";
    held = "注销以后写的" / "written after revocation";
    of_case(item: &str, state: &str) = "{item}，现在{state}" / "{item}, now {state}";
    registered(day: &str) = "{day}登记" / "recorded {day}";
    not_here = "这个办件的内容不在本机，只有留痕。" / "The case itself isn't on this machine, only what was done with it.";
}
