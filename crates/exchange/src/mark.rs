//! The mark on a paper (DOMAIN §5.1): what its QR code says, signed by the desk that printed it. Of the person it says nothing.

use crate::wire;
use data_encoding::BASE32_NOPAD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::civil::Date;

const VERSION: &str = "DB1";

/// A printed paper, as its code tells it: in the letters of a QR code's alphanumeric mode, so that the code stays small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// `F02`, `F09B`
    pub form: String,
    /// What the paper is of: the number of a case or of a matter, the code of a unit.
    pub subject: String,
    /// The part of its number that tells two papers of a unit apart, e.g. `2026-A1-0012`; of a paper without a number year and
    /// device, `2026-A1`.
    pub serial: String,
    pub on: Date,
}

/// A mark that somebody has read, and the signature beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub mark: Mark,
    signature: [u8; 64],
}

/// e.g. `2026-A1-0012` of 清源镇受〔2026〕A1-0012号.
pub fn serial(number: &str) -> Option<String> {
    let (year, rest) = number.split_once('〔')?.1.split_once('〕')?;
    Some(format!("{year}-{}", rest.trim_end_matches('号'))).filter(|serial| serial.is_ascii())
}

impl Mark {
    /// `None` for a number that isn't of our making.
    pub fn of(form: &str, subject: &str, number: &str, on: Date) -> Option<Self> {
        Some(Self { serial: serial(number)?, ..Self::unnumbered(form, subject, "", on) })
    }

    /// Of a paper that has no number of its own, printed by the device with a tag.
    pub fn unnumbered(form: &str, subject: &str, tag: &str, on: Date) -> Self {
        let (form, subject) = (form.to_ascii_uppercase(), subject.to_owned());
        Self { form, subject, serial: format!("{:04}-{tag}", on.year()), on }
    }

    /// What a preview says: which form of what.
    pub fn unsigned(form: &str, subject: &str) -> String {
        format!("{VERSION} {} {subject}", form.to_ascii_uppercase())
    }

    pub fn signed(&self, key: &SigningKey) -> String {
        let signature = key.sign(&self.statement()).to_bytes();
        format!("{} {}", self.text(), BASE32_NOPAD.encode(&signature))
    }

    /// The device's tag, e.g. `A1`.
    pub fn tag(&self) -> &str {
        self.serial.split('-').nth(1).unwrap_or_default()
    }

    fn text(&self) -> String {
        let Self { form, subject, serial, on } = self;
        format!("{VERSION} {form} {subject} {serial} {:04}{:02}{:02}", on.year(), on.month(), on.day())
    }

    fn statement(&self) -> Vec<u8> {
        wire::encode(&("daiban/paper/1", self.text()))
    }
}

impl Marked {
    /// What a scanner or a person typed; `None` if that is no whole mark.
    pub fn read(text: &str) -> Option<Self> {
        let upper = text.trim().to_ascii_uppercase();
        let mut parts = upper.split_ascii_whitespace();
        if parts.next()? != VERSION {
            return None;
        }
        let mut next = || parts.next().map(str::to_owned);
        let (form, subject, serial) = (next()?, next()?, next()?);
        let on = Date::strptime("%Y%m%d", next()?).ok()?;
        let signature = BASE32_NOPAD.decode(next()?.as_bytes()).ok()?.try_into().ok()?;
        let mark = Mark { form, subject, serial, on };
        next().is_none().then_some(Self { mark, signature })
    }

    pub fn signed_by(&self, key: &[u8; 32]) -> bool {
        let signature = Signature::from_bytes(&self.signature);
        VerifyingKey::from_bytes(key)
            .is_ok_and(|key| key.verify_strict(&self.mark.statement(), &signature).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn printed(key: &SigningKey) -> String {
        let number = "清源镇受〔2026〕A1-0012号";
        let mark = Mark::of("F02", "621099100200-20260928-A1-0007-8", number, date(2026, 9, 28)).unwrap();
        mark.signed(key)
    }

    #[test]
    fn a_mark_is_read_as_it_was_printed_and_another_key_has_not_signed_it() {
        let (ours, theirs) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
        let text = printed(&ours);
        assert!(text.starts_with("DB1 F02 621099100200-20260928-A1-0007-8 2026-A1-0012 20260928 "));
        let read = Marked::read(&format!(" {} ", text.to_lowercase())).unwrap();
        assert_eq!(read.mark.tag(), "A1");
        assert!(read.signed_by(ours.verifying_key().as_bytes()));
        assert!(!read.signed_by(theirs.verifying_key().as_bytes()));
        for other in
            ["", "DB1", "DB2 F02 X 2026-A1-1 20260928 AAAA", &format!("{text} X"), &text[..text.len() - 3]]
        {
            assert_eq!(Marked::read(other), None, "{other}");
        }
    }

    #[test]
    fn a_paper_without_a_number_is_told_by_its_device_and_day() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let text = Mark::unnumbered("F12", "621099100200", "A1", date(2026, 9, 28)).signed(&key);
        assert!(text.starts_with("DB1 F12 621099100200 2026-A1 20260928 "), "{text}");
        let read = Marked::read(&text).unwrap();
        assert_eq!((read.mark.tag(), read.mark.subject.as_str()), ("A1", "621099100200"));
        assert!(read.signed_by(key.verifying_key().as_bytes()));
        let another_day = text.replace(" 20260928 ", " 20260929 ");
        assert!(!Marked::read(&another_day).unwrap().signed_by(key.verifying_key().as_bytes()));
    }

    proptest! {
        #[test]
        fn whatever_is_changed_shows(at in 4usize..160, to in "[0-9A-Z]") {
            let key = SigningKey::from_bytes(&[7; 32]);
            let text = printed(&key);
            prop_assume!(at < text.len() && text.as_bytes()[at] != b' ' && text[at..=at] != to);
            let forged = format!("{}{to}{}", &text[..at], &text[at + 1..]);
            let passes = Marked::read(&forged).is_some_and(|read| read.signed_by(key.verifying_key().as_bytes()));
            prop_assert!(!passes, "{}", forged);
        }
    }
}
