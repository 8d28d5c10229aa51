//! Choosing a day.

texts! {
    choose = "选一天" / "Choose a day";
    open(label: &str) = "{label}：打开日历" / "{label}: open the calendar";
    month(year: i16, month: i8) = "{year}年{month}月" / "{month}/{year}";
    before = "上个月" / "The month before";
    next = "下个月" / "The next month";
    /// From Monday on.
    weekdays = "一 二 三 四 五 六 日" / "Mo Tu We Th Fr Sa Su";
    off = "休" / "off";
    worked = "班" / "work";
    provisional = "这一年的放假安排还没公布，工作日是暂定的。" / "This year's holidays aren't published yet; working days are provisional.";
}

/// How days near today are typed, whatever the window speaks: so many days from it.
pub const NEAR: [(i64, &[&str]); 3] =
    [(0, &["今", "今天", "today"]), (1, &["明", "明天", "tomorrow"]), (-1, &["昨", "昨天", "yesterday"])];

/// What people write between and after the parts of a day.
pub const BETWEEN: [char; 9] = ['-', '.', '/', '年', '月', '日', '号', '。', '．'];

/// Before a number of working days.
pub const LATER: [char; 2] = ['+', '＋'];
