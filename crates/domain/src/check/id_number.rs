//! Resident identity numbers, GB 11643-1999 (DOMAIN §8.1).

use super::{Fault, Passed, half_width};
use jiff::{Span, civil::Date};

/// 83 is Taiwan's on residence permits, 71 on other papers.
const PROVINCES: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82, 83,
];
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: &[u8; 11] = b"10X98765432";

/// Nobody has lived longer; an older birth date is a slip.
const OLDEST: i16 = 130;

/// Eighteen characters: region, birth, order, check. `today` bounds the birth date; residence permits of Hong Kong,
/// Macao and Taiwan residents (81, 82, 83) have the same form.
pub fn id_number(text: &str, today: Date) -> Result<Passed, Fault> {
    let number = half_width(text);
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
    checked(&number)?;
    if !province(&number) {
        return Err(Fault::new("id-province", "开头两位不是哪个省的代码。对着身份证再看一遍。"));
    }
    if !id_birth(&number).is_some_and(|birth| plausible_birth(birth, today)) {
        return Err(Fault::new(
            "id-date",
            "第 7 到 14 位的出生日期不对：没有这一天、还没到，或太早了。对着身份证再看一遍。",
        ));
    }
    if !number.ends_with(check_character(&number[..17])) {
        return Err(Fault::new("id-check-digit", "最后一位和前面对不上，有一位记错了。对着身份证再看一遍。"));
    }
    Ok(Passed::clean(number))
}

/// The same in an old ledger, which may hold numbers of GB 11643-1989: 15 digits, the year without its century. They are
/// turned into 18 and marked, for the number on today's card may be another.
pub fn id_number_of_ledger(text: &str, today: Date) -> Result<Passed, Fault> {
    let number = half_width(text);
    if number.len() != 15 || !digits(&number) {
        return id_number(text, today);
    }
    let first17 = format!("{}19{}", &number[..6], &number[6..]);
    let mut passed = id_number(&format!("{first17}{}", check_character(&first17)), today)?;
    passed.notes.push(Fault::new("id-from-15", "由 15 位旧号码换算成 18 位。请看新身份证核对。"));
    Ok(passed)
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

/// Someone born on that day may be alive.
pub fn plausible_birth(birth: Date, today: Date) -> bool {
    let oldest = today.checked_sub(Span::new().years(OLDEST)).unwrap_or(today);
    birth.year() >= 1900 && oldest <= birth && birth <= today
}

/// Seventeen digits and a check character, right or wrong.
pub(super) fn checked(number: &str) -> Result<(), Fault> {
    let last = number.chars().next_back().unwrap_or_default();
    if number.is_ascii() && digits(&number[..17]) && (last.is_ascii_digit() || last == 'X') {
        return Ok(());
    }
    Err(Fault::new("id-characters", "前 17 位要是数字，最后一位是数字或 X。对着证件再看一遍。"))
}

/// Whether a number begins with a province.
pub(super) fn province(number: &str) -> bool {
    number.get(..2).and_then(|code| code.parse().ok()).is_some_and(|code: u8| PROVINCES.contains(&code))
}

pub(super) fn check_character(first17: &str) -> char {
    let sum: u32 = first17.bytes().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    char::from(CHECK[(sum % 11) as usize])
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
