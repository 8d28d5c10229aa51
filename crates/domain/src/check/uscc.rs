//! Unified social credit codes, GB 32100-2015.

use super::{Fault, Passed, half_width};

/// No I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

pub fn uscc(text: &str) -> Result<Passed, Fault> {
    let code = half_width(text);
    let length = code.chars().count();
    if length != 18 {
        return Err(Fault::new(
            "uscc-length",
            format!("统一社会信用代码要 18 位，现在是 {length} 位。请对照证照再看一遍。"),
        ));
    }
    let values: Option<Vec<usize>> =
        code.bytes().map(|byte| ALPHABET.iter().position(|known| *known == byte)).collect();
    let Some(values) = values else {
        return Err(Fault::new(
            "uscc-characters",
            "里面有代码不用的字符（不用 I、O、S、V、Z）。请对照证照再看一遍。",
        ));
    };
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    if values[17] != (31 - sum % 31) % 31 {
        return Err(Fault::new(
            "uscc-check-digit",
            "最后一位和前面对不上，有一位记错了。请对照证照再看一遍。",
        ));
    }
    let mut passed = Passed::clean(code);
    if !organisation_code(&passed.normalised[8..17]) {
        passed.notes.push(Fault::new(
            "uscc-organisation",
            "第 9 到 17 位的组织机构代码校验对不上，早年的代码有这种情况。请对照证照再看一遍。",
        ));
    }
    Ok(passed)
}

/// The check character of an organisation code, GB 11714-1997: letters count from 10.
fn organisation_code(code: &str) -> bool {
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let values = code.chars().filter_map(|c| c.to_digit(36));
    let sum: u32 = values.zip(weights).map(|(value, weight)| value * weight).sum();
    let expected = match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    };
    code.chars().next_back() == expected
}
