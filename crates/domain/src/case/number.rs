//! The printed case number (DOMAIN §3.5): a label, unique without a network. The key is the document's id.

use crate::UnitCode;
use jiff::civil::Date;

/// e.g. `621099100200-20261123-A3-0007-8`: registering unit, day, device tag, serial of the day, check character.
pub fn case_number(unit: UnitCode, on: Date, tag: &str, serial: u16) -> String {
    with_check(format!("{unit}-{}-{tag}-{serial:04}", on.strftime("%Y%m%d")))
}

/// A number with its check character behind it.
pub(crate) fn with_check(number: String) -> String {
    let check = check_character(&number).unwrap_or('?');
    format!("{number}-{check}")
}

/// Whether a number is whole: its check character follows from the rest.
pub fn check(number: &str) -> bool {
    match number.rsplit_once('-') {
        Some((rest, last)) => check_character(rest).is_some_and(|expected| last == expected.to_string()),
        None => false,
    }
}

const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// ISO 7064 mod 37,36 over digits and letters; dashes don't count.
fn check_character(number: &str) -> Option<char> {
    let mut product = 36;
    for letter in number.bytes().filter(|byte| *byte != b'-') {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        let sum = (product + value) % 36;
        product = (if sum == 0 { 36 } else { sum }) * 2 % 37;
    }
    ALPHABET.get((37 - product) % 36).copied().map(char::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_number_shows_a_slip_of_the_finger() {
        let number = case_number("621099100200".parse().unwrap(), date(2026, 11, 23), "A3", 7);
        assert!(number.starts_with("621099100200-20261123-A3-0007-"));
        assert!(check(&number));
        for i in 0..number.len() - 2 {
            let mut bytes = number.clone().into_bytes();
            if bytes[i].is_ascii_digit() {
                bytes[i] = if bytes[i] == b'9' { b'0' } else { bytes[i] + 1 };
                assert!(!check(&String::from_utf8(bytes).unwrap()), "digit {i}");
            }
        }
    }
}
