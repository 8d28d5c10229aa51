//! Bank card numbers: 12 to 19 digits. A Luhn mismatch is a note: passbooks and some local cards have none (DOMAIN §8.2).

use super::{Fault, Passed, half_width};

pub fn bank_card(text: &str) -> Result<Passed, Fault> {
    let number: String = half_width(text).chars().filter(|c| *c != '-').collect();
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::new("bank-characters", "账号只能有数字。请对照卡或存折再看一遍。"));
    }
    if !(12..=19).contains(&number.len()) {
        return Err(Fault::new("bank-length", format!("账号一般 12 到 19 位，现在是 {} 位。", number.len())));
    }
    let mut passed = Passed::clean(number);
    if !luhn(&passed.normalised) {
        passed
            .notes
            .push(Fault::new("bank-luhn", "账号的校验位对不上。是存折就没关系，是卡请对照再看一遍。"));
    }
    Ok(passed)
}

fn luhn(number: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let digits = number.bytes().rev().map(|byte| u32::from(byte - b'0'));
    digits.enumerate().map(|(i, digit)| if i % 2 == 1 { doubled(digit) } else { digit }).sum::<u32>() % 10
        == 0
}
