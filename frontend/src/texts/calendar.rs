//! The county's working days, and counting them.

texts! {
    title = "日历" / "Calendar";
    which_year = "哪一年" / "Year";
    year(year: i16) = "{year} 年" / "{year}";
    provisional = "还没公布，暂按周一到周五和固定节日算" / "not published yet: Monday to Friday less the fixed holidays";
    source(source: &str) = "出处：{source}" / "Source: {source}";
    in_all(days: u32) = "全年 {days} 个工作日" / "{days} working days";
    month(month: i8) = "{month}月" / "Month {month}";
    week = "一二三四五六日" / "MTWTFSS";
    off = "休" / "off";
    worked = "班" / "on";
    legend_off = "放假" / "holiday";
    legend_worked = "补班" / "worked weekend day";
    legend_weekend = "周末" / "weekend";
    says_off(day: &str) = "{day}，放假" / "{day}, holiday";
    says_worked(day: &str) = "{day}，补班" / "{day}, worked";
    says_working(day: &str) = "{day}，工作日" / "{day}, working day";
    says_weekend(day: &str) = "{day}，周末" / "{day}, weekend";
    count = "数工作日" / "Count working days";
    from = "从哪天起" / "From";
    from_hint = "2026-09-29 或 20260929" / "2026-09-29 or 20260929";
    days = "几个工作日" / "Working days";
    ends(day: &str) = "到{day}为止" / "ends {day}";
    ends_provisional(day: &str) = "暂定到{day}为止" / "ends {day}, provisionally";
    no_day = "看不懂这个日子，写成 2026-09-29。" / "That is no day. Write 2026-09-29.";
    no_count = "写一个 1 到 999 的数。" / "Write a number from 1 to 999.";
    publish = "公布一年的放假安排" / "Publish a year";
    publish_says = "国务院办公厅发了通知，就把做好的文件导进来。全县下次同步就照它算，办件的期限跟着变，这里会列出变了哪些。" / "Once the State Council's notice is out, import the file made from it. The whole county counts by it after its next exchange; what moves is listed here.";
    file = "文件" / "File";
    replace = "这一年公布过，换成这一份" / "That year is published; replace it";
    import = "公布" / "Publish";
    moved(count: usize) = "期限变了的 {count} 件" / "{count} terms moved";
    moved_from(was: &str, now: &str) = "{was} → {now}" / "{was} → {now}";
    not_yours = "放假安排由县中心公布，这里只看。" / "The county publishes it; here it is only shown.";
}
