//! Days and times.

texts! {
    monday = "星期一" / "Monday";
    tuesday = "星期二" / "Tuesday";
    wednesday = "星期三" / "Wednesday";
    thursday = "星期四" / "Thursday";
    friday = "星期五" / "Friday";
    saturday = "星期六" / "Saturday";
    sunday = "星期日" / "Sunday";
    today = "今天" / "today";
    yesterday = "昨天" / "yesterday";
    of_month(month: i8, day: i8) = "{month}月{day}日" / "{day}/{month}";
    of_year(year: i16, day: &str) = "{year}年{day}" / "{day}/{year}";
    doubtful = "（时间不准）" / " (clock was wrong)";
    nobody_named = "（没填姓名）" / "(no name)";
}
