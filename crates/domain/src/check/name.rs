//! Personal names: 民委发〔2016〕33号 for the separator, GB 18030-2022 level 3 for the characters (DOMAIN §8.3, §8.4).

use super::{
    Fault, Passed,
    private_use::{private, standard},
};
use unicode_normalization::UnicodeNormalization;

/// What people type for the separator U+00B7.
const SEPARATORS: [char; 7] =
    ['\u{2022}', '\u{30fb}', '\u{2027}', '\u{ff0e}', '\u{0387}', '\u{ff61}', '\u{ff65}'];

/// 25 Han characters with their separators, or a foreigner's name.
const LONGEST: usize = 50;

pub fn name(text: &str) -> Result<Passed, Fault> {
    let mut notes = Vec::new();
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let mut normalised: String = text
        .trim()
        .chars()
        .filter(|c| latin && *c == ' ' || !c.is_whitespace())
        .map(|c| if SEPARATORS.contains(&c) { '·' } else { standard(c) })
        // Canonical, never compatible: that would change what a person is called.
        .nfc()
        .collect();
    if latin {
        normalised = normalised.to_uppercase();
    }
    if text.contains(SEPARATORS) {
        notes.push(Fault::new("name-separator", "姓名里的点已换成规范的“·”。请核对一遍。"));
    }
    notes.extend(old_font("姓名", text));
    if normalised.is_empty() {
        return Err(Fault::new("name-empty", "还没有填姓名。"));
    }
    if normalised.chars().count() > LONGEST {
        return Err(Fault::new("name-length", format!("姓名太长，最多 {LONGEST} 个字。")));
    }
    if normalised.starts_with('·') || normalised.ends_with('·') || normalised.contains("··") {
        return Err(Fault::new("name-dots", "“·”只能放在两个字中间，一次一个。"));
    }
    if let Some(wrong) = normalised.chars().find(|c| !may_stand(*c)) {
        return Err(Fault::new("name-characters", format!("姓名里不能有“{wrong}”。请对照身份证再看一遍。")));
    }
    notes.extend(private_use("姓名", &normalised));
    Ok(Passed { normalised, notes })
}

fn old_font(what: &str, text: &str) -> Option<Fault> {
    let message = || format!("{what}里旧字库的造字已换成正式的字。请核对一遍。");
    text.chars().any(|c| standard(c) != c).then(|| Fault::new("name-old-font", message()))
}

fn private_use(what: &str, normalised: &str) -> Option<Fault> {
    let message = || format!("{what}里有旧字库的造字，别的电脑上可能看不见。请换成正式的字。");
    normalised.chars().any(private).then(|| Fault::new("name-private-use", message()))
}

/// The longest name that a register of companies has room for.
const LONGEST_OF_ORGANISATION: usize = 100;

/// An organisation's name as its certificate has it: digits, brackets and Latin letters stand in it as well.
pub fn organisation_name(text: &str) -> Result<Passed, Fault> {
    let written = text.trim().chars().filter(|c| !c.is_whitespace() || *c == ' ');
    let normalised: String = written.map(standard).nfc().collect();
    if normalised.is_empty() {
        return Err(Fault::new("name-empty", "还没有填单位名称。"));
    }
    if normalised.chars().count() > LONGEST_OF_ORGANISATION {
        let message = format!("单位名称太长，最多 {LONGEST_OF_ORGANISATION} 个字。");
        return Err(Fault::new("name-length", message));
    }
    if let Some(wrong) = normalised.chars().find(|c| c.is_control()) {
        let code = u32::from(wrong);
        return Err(Fault::new(
            "name-characters",
            format!("单位名称里有看不见的字符（U+{code:04X}）。请重新输入。"),
        ));
    }
    let notes = old_font("单位名称", text).into_iter().chain(private_use("单位名称", &normalised)).collect();
    Ok(Passed { normalised, notes })
}

fn may_stand(c: char) -> bool {
    c == '·' || c == '〇' || c == ' ' || private(c) || c.is_alphabetic()
}
