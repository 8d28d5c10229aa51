//! Whether a new password would stand.

use crate::Trouble;
use daiban_contract::{Code, view::PasswordView};
use daiban_domain::pinyin;
use zxcvbn::{Score, zxcvbn};

/// Letters, digits and signs; a Chinese character counts for two.
const SHORTEST: usize = 8;

/// zxcvbn reads a hundred characters at the most, and so does this.
const READ: usize = 100;

/// `known`: what everybody knows of the person, by which a thief would begin.
pub(crate) fn check(password: &str, known: &[impl AsRef<str>]) -> PasswordView {
    let weight: usize = password.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    if weight < SHORTEST {
        let says = "太短了：至少 8 个字母或数字，汉字至少 4 个。";
        return PasswordView { strong: false, says: says.to_owned() };
    }
    let head: String = password.chars().take(READ).collect();
    // Guessers type Chinese words as they are read; the lists of common passwords have them so.
    let known = known.iter().map(AsRef::as_ref).flat_map(|text| [text.to_lowercase(), pinyin::read(text)]);
    let known: Vec<String> = known.collect();
    let known: Vec<&str> = known.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let strong = zxcvbn(&pinyin::read(&head), &known).score() >= Score::Three;
    let says = if strong {
        "这个密码可以。"
    } else {
        "太容易猜：不要用生日、电话、姓名、连着的数字或常见的词。用一句自己记得住、别人想不到的话最好。"
    };
    PasswordView { strong, says: says.to_owned() }
}

/// Refuses a weak one.
pub(crate) fn require(password: &str, known: &[impl AsRef<str>]) -> Result<(), Trouble> {
    match check(password, known) {
        PasswordView { strong: true, .. } => Ok(()),
        PasswordView { says, .. } => Err(Trouble::new(Code::WeakPassword, format!("密码没有改。{says}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_soon_be_guessed_is_refused() {
        let known = ["李秀兰", "上塬1号本"];
        for weak in [
            "",
            "1234",
            "12345678",
            "password1",
            "woaini1314",
            "我爱你",
            "李秀兰1985",
            "lixiulan",
            "13912345678",
            "19850312",
        ] {
            let said = check(weak, &known);
            assert!(!said.strong, "{weak}");
            assert!(!said.says.is_empty());
        }
        for strong in ["柳湾村的密码", "杏花开了去赶集", "tractor7 blue Moon", "x9#Kp2!vQz"] {
            assert!(check(strong, &known).strong, "{strong}");
        }
        assert!(!check(&"长".repeat(500), &known).strong);
    }
}
