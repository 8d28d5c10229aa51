//! Postcodes: six digits, the first two a postal district's.

use super::{Fault, Passed, half_width};

pub fn postcode(text: &str) -> Result<Passed, Fault> {
    let code = half_width(text);
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) && !code.starts_with("00") {
        return Ok(Passed::clean(code));
    }
    Err(Fault::new("postcode-form", "邮政编码是 6 位数字。请再看一遍。"))
}
