//! Validators (DOMAIN §8.1–8.3): what is wrong, and what to do, in a sentence.

mod bank_card;
mod id_number;
mod mobile;
mod name;
mod uscc;

pub use bank_card::bank_card;
pub use id_number::{id_birth, id_male, id_number};
pub use mobile::mobile;
pub use name::name;
pub use uscc::uscc;

/// Something wrong, or a note about something odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    /// For the person at the desk.
    pub message: String,
}

/// A value that passed, in the form it is stored in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    pub normalised: String,
    pub notes: Vec<Fault>,
}

impl Fault {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl Passed {
    fn clean(normalised: impl Into<String>) -> Self {
        Self { normalised: normalised.into(), notes: Vec::new() }
    }
}

/// Full-width letters and digits as half-width ones, without blanks, letters in upper case.
fn half_width(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::Value;

    fn vectors() -> Value {
        serde_json::from_str(include_str!("../../../../tests/vectors/domain.json")).unwrap()
    }

    fn texts(value: &Value) -> impl Iterator<Item = &str> {
        value.as_array().unwrap().iter().map(|entry| entry.as_str().or_else(|| entry[0].as_str()).unwrap())
    }

    #[test]
    fn the_vectors_pass_and_fail_as_they_should() {
        let vectors = vectors();
        let today = date(2026, 11, 24);
        type Check<'a> = Box<dyn Fn(&str) -> Result<Passed, Fault> + 'a>;
        let table: [(&str, Check<'_>); 3] = [
            ("idCard", Box::new(|text| id_number(text, today))),
            ("uscc", Box::new(uscc)),
            ("names", Box::new(name)),
        ];
        for (kind, check) in table {
            for valid in texts(&vectors[kind]["valid"]) {
                assert_eq!(check(valid).unwrap().normalised, valid, "{kind}");
            }
            for invalid in texts(&vectors[kind]["invalid"]) {
                assert!(check(invalid).is_err(), "{kind}: {invalid}");
            }
        }
        for valid in texts(&vectors["uscc"]["realWorldValid"]) {
            assert!(uscc(valid).is_ok(), "{valid}");
        }
        for pair in vectors["idCard"]["normalise"].as_array().unwrap() {
            let normalised = id_number(pair[0].as_str().unwrap(), today).unwrap().normalised;
            assert_eq!(normalised, pair[1].as_str().unwrap());
        }
        for written in texts(&vectors["names"]["normalise"]) {
            let normalised = name(written).unwrap().normalised;
            assert!(
                ["阿卜杜热依木·买买提", "王一"].contains(&normalised.as_str()),
                "{written} → {normalised}"
            );
        }
        for valid in texts(&vectors["bankCardLuhn"]["valid"]) {
            assert!(bank_card(valid).unwrap().notes.is_empty());
        }
        for doubtful in texts(&vectors["bankCardLuhn"]["invalid"]) {
            assert_eq!(bank_card(doubtful).unwrap().notes[0].code, "bank-luhn");
        }
    }

    #[test]
    fn an_identity_number_is_wrong_in_a_way_that_is_told() {
        let today = date(2026, 11, 24);
        let table = [
            ("621099194203150015", "id-check-digit"),
            ("621099202302290079", "id-date"),
            ("6210991963072000", "id-length"),
            ("621099420315001", "id-old-15"),
            ("991099194203150018", "id-province"),
            ("62109919420315O014", "id-characters"),
            ("621099203001010012", "id-date"),
        ];
        for (number, code) in table {
            assert_eq!(id_number(number, today).unwrap_err().code, code, "{number}");
        }
        assert_eq!(id_birth("621099194203150014"), Some(date(1942, 3, 15)));
        assert_eq!(id_male("621099194203150014"), Some(true));
    }

    #[test]
    fn telephone_numbers() {
        for valid in ["13912345678", "139 1234 5678", "0900-6210120", "12345", "96196", "400-123-4567"] {
            assert!(mobile(valid).is_ok(), "{valid}");
        }
        for invalid in ["1391234567", "23912345678", "139123456789", "电话", ""] {
            assert!(mobile(invalid).is_err(), "{invalid}");
        }
        assert_eq!(mobile("139 1234 5678").unwrap().normalised, "13912345678");
    }
}
