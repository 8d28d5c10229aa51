//! Division codes (DOMAIN §2.2): twelve digits, each unit's below a unit that there is.

use super::{Fault, Passed, half_width};
use crate::UnitCode;

/// `known` tells whether there is a unit of this code.
pub fn division_code(text: &str, known: impl Fn(UnitCode) -> bool) -> Result<Passed, Fault> {
    let written = half_width(text);
    let Ok(code) = written.parse::<UnitCode>() else {
        return Err(Fault::new("division-form", "单位代码要 12 位数字。请对照单位表再看一遍。"));
    };
    match code.parent() {
        Some(parent) if !known(parent) => Err(Fault::new(
            "division-parent",
            format!("没有代码为 {parent} 的上级单位。请对照单位表再看一遍。"),
        )),
        _ => Ok(Passed::clean(written)),
    }
}
