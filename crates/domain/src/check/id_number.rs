//! Resident identity numbers, GB 11643-1999.

use super::{Fault, Passed, half_width};
use jiff::civil::Date;

const PROVINCES: [u8; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82,
];
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: &[u8; 11] = b"10X98765432";

/// Eighteen characters: region, birth, order, check. `today` bounds the birth date; residence permits of Hong Kong,
/// Macao and Taiwan residents (81, 82, 83) have the same form.
pub fn id_number(text: &str, today: Date) -> Result<Passed, Fault> {
    let number = half_width(text);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match number.chars().count() {
        18 => {}
        15 if digits(&number) => {
            return Err(Fault::new("id-old-15", "这是 15 位的旧号码。请看新身份证，填 18 位的号码。"));
        }
        length => {
            return Err(Fault::new(
                "id-length",
                format!("要 18 位，现在是 {length} 位。对着身份证再看一遍。"),
            ));
        }
    }
    let last = number.chars().next_back().unwrap_or_default();
    if !number.is_ascii() || !digits(&number[..17]) || !(last.is_ascii_digit() || last == 'X') {
        return Err(Fault::new(
            "id-characters",
            "前 17 位要是数字，最后一位是数字或 X。对着身份证再看一遍。",
        ));
    }
    let province: u8 = number[..2].parse().unwrap_or_default();
    if !PROVINCES.contains(&province) && province != 83 {
        return Err(Fault::new("id-province", "开头两位不是哪个省的代码。对着身份证再看一遍。"));
    }
    let birth = id_birth(&number).filter(|birth| birth.year() >= 1900 && *birth <= today);
    if birth.is_none() {
        return Err(Fault::new(
            "id-date",
            "第 7 到 14 位的出生日期不对，没有这一天或还没到。对着身份证再看一遍。",
        ));
    }
    if last != check_character(&number[..17]) {
        return Err(Fault::new("id-check-digit", "最后一位和前面对不上，有一位记错了。对着身份证再看一遍。"));
    }
    Ok(Passed::clean(number))
}

/// The date of birth in an 18-character number, if there is such a day.
pub fn id_birth(number: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| number.get(range)?.parse::<i16>().ok();
    Date::new(part(6..10)?, part(10..12)?.try_into().ok()?, part(12..14)?.try_into().ok()?).ok()
}

/// An odd 17th digit is a man's.
pub fn id_male(number: &str) -> Option<bool> {
    Some(number.get(16..17)?.parse::<u8>().ok()? % 2 == 1)
}

fn check_character(first17: &str) -> char {
    let sum: u32 = first17.bytes().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    char::from(CHECK[(sum % 11) as usize])
}
