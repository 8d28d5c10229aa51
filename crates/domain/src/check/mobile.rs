//! Telephone numbers (DOMAIN §8.2): mobile, landline, 400 and 800, short numbers.

use super::{Fault, Passed, half_width};

pub fn mobile(text: &str) -> Result<Passed, Fault> {
    let written: String = half_width(text).replace(['－', '—', '–'], "-");
    let digits: String = written.chars().filter(|c| *c != '-').collect();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::new("mobile-characters", "电话只能有数字和短横。没有电话的，填邻居代转的号码。"));
    }
    if digits.starts_with('1') && digits.len() >= 9 {
        return if digits.len() == 11 && !matches!(digits.as_bytes()[1], b'0'..=b'2') {
            Ok(Passed::clean(digits))
        } else {
            Err(Fault::new(
                "mobile-length",
                format!("手机号要 11 位，现在是 {} 位，或开头不对。请再问一遍。", digits.len()),
            ))
        };
    }
    let toll_free = (digits.starts_with("400") || digits.starts_with("800")) && digits.len() == 10;
    let short = (3..=6).contains(&digits.len()) && matches!(digits.as_bytes()[0], b'1' | b'9');
    if landline(&written) || toll_free || short {
        Ok(Passed::clean(written))
    } else {
        Err(Fault::new("mobile-form", "不像电话号码。手机 11 位；座机要带区号，如 0900-6210120。"))
    }
}

/// Area code (0 and two or three digits) and seven or eight digits, written in one or with a hyphen; perhaps an extension
/// of at most six digits.
fn landline(written: &str) -> bool {
    let area = |part: &str| part.starts_with('0') && matches!(part.len(), 3 | 4);
    let number = |part: &str| matches!(part.len(), 7 | 8);
    let whole = |part: &str| part.starts_with('0') && (10..=12).contains(&part.len());
    let extension = |part: &str| (1..=6).contains(&part.len());
    match written.split('-').collect::<Vec<_>>().as_slice() {
        [only] => whole(only),
        [first, second] => area(first) && number(second) || whole(first) && extension(second),
        [first, second, third] => area(first) && number(second) && extension(third),
        _ => false,
    }
}
