//! The sentence beneath a field.

texts! {
    male = "男" / "male";
    female = "女" / "female";
    aged(years: i16) = "{years} 岁" / "{years} years old";
    comma = "，" / ", ";
    number_right(whose: &str) = "18 位，校验码对。{whose}" / "18 figures, the check figure fits. {whose}";
    number_short(typed: usize, lacking: usize) = "已输 {typed} 位，还差 {lacking} 位" / "{typed} figures typed, {lacking} to go";
    mobile_short(typed: usize) = "已输 {typed} 位，手机号共 11 位" / "{typed} figures typed of a mobile number's 11";
    mobile = "11 位手机号" / "A mobile number of 11 figures";
    phone = "电话号码" / "A telephone number";
    card_right = "卡号校验对" / "The card number's check figure fits";
    day_read(year: i16, day: &str) = "{year}年{day}" / "{day} {year}";
    day_hint = "写成 2026-09-29 或 20260929" / "Write 2026-09-29 or 20260929";
    month_hint = "写成 2026-09 或 202609" / "Write 2026-09 or 202609";
}
