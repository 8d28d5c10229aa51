//! Amounts: money in yuan and land in mu, neither negative, both to two decimals at most (DOMAIN §8.2).

use super::{Fault, Passed, half_width};

pub fn amount(text: &str) -> Result<Passed, Fault> {
    let amount = half_width(text).replace(',', "");
    let (whole, decimals) = amount.split_once('.').unwrap_or((&amount, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) {
        return Err(Fault::new("amount-characters", "这里只填数字，可以带小数点，不能是负数。"));
    }
    if decimals.len() > 2 {
        return Err(Fault::new("amount-decimals", "最多两位小数。请再看一遍。"));
    }
    Ok(Passed::clean(amount))
}
