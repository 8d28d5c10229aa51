//! Validators (DOMAIN §2.2, §8.1–8.4): what is wrong, and what to do, in a sentence.

mod amount;
mod bank_card;
mod division_code;
mod id_document;
mod id_number;
mod mobile;
mod name;
mod postcode;
mod private_use;
mod uscc;

pub use amount::amount;
pub use bank_card::bank_card;
pub use division_code::division_code;
pub use id_document::{
    CREDIT_CODE, ID_KINDS, NEWBORN, RESIDENT_CARD, id_document, id_document_birth, id_kind, id_kind_name,
    id_temporary, newborn_number,
};
pub use id_number::{id_birth, id_male, id_number, id_number_of_ledger, plausible_birth};
pub use mobile::mobile;
pub use name::{name, organisation_name};
pub use postcode::postcode;
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
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl Passed {
    pub(crate) fn clean(normalised: impl Into<String>) -> Self {
        Self { normalised: normalised.into(), notes: Vec::new() }
    }
}

/// Full-width letters and digits as half-width ones, without blanks, letters in upper case.
pub(crate) fn half_width(text: &str) -> String {
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
    use proptest::prelude::*;
    use serde_json::Value;

    type Check<'a> = Box<dyn Fn(&str) -> Result<Passed, Fault> + 'a>;

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
            ("621099189611230017", "id-date"),
        ];
        for (number, code) in table {
            assert_eq!(id_number(number, today).unwrap_err().code, code, "{number}");
        }
        assert_eq!(id_birth("621099194203150014"), Some(date(1942, 3, 15)));
        assert_eq!(id_male("621099194203150014"), Some(true));
    }

    #[test]
    fn only_an_old_ledger_may_hold_numbers_of_fifteen_digits() {
        let today = date(2026, 11, 24);
        let old = id_number_of_ledger("６21099420315001", today).unwrap();
        assert_eq!((old.normalised.as_str(), old.notes[0].code), ("621099194203150014", "id-from-15"));
        assert!(id_number_of_ledger("621099194203150014", today).unwrap().notes.is_empty());
        assert_eq!(id_number_of_ledger("621099420230001", today).unwrap_err().code, "id-date");
        assert_eq!(id_number_of_ledger("62109942031500X", today).unwrap_err().code, "id-length");
    }

    #[test]
    fn papers_of_other_kinds_have_numbers_of_their_own() {
        let today = date(2026, 11, 24);
        let valid = [
            ("111", "810000199408230021", "810000199408230021"),
            ("111", "830000198706150010", "830000198706150010"),
            ("516", "h12345678", "H12345678"),
            ("516", "M1234567801", "M1234567801"),
            ("511", "１2345678", "12345678"),
            ("511", "1234567890(A)", "1234567890A"),
            ("414", "E 1234 5678", "E12345678"),
            ("414", "EA1234567", "EA1234567"),
            ("414", "NBX1K2345", "NBX1K2345"),
            ("553", "can110076012401", "CAN110076012401"),
            ("113", " 6210990123 ", "6210990123"),
            ("111", "NB62109919870101118920260105", "NB62109919870101118920260105"),
            ("USCC", "12441500196720244t", "12441500196720244T"),
        ];
        for (kind, written, stored) in valid {
            assert_eq!(id_document(kind, written, today).unwrap().normalised, stored, "{written}");
        }
        let invalid = [
            ("111", "840000199408230027", "id-province"),
            ("516", "T12345678", "hong-kong-macao-permit-form"),
            ("516", "H1234567", "hong-kong-macao-permit-form"),
            ("511", "1234567", "taiwan-permit-form"),
            ("511", "1234567890AB", "taiwan-permit-form"),
            ("414", "E1", "passport-form"),
            ("414", "护照12345", "passport-form"),
            ("553", "911124198501010071", "id-check-digit"),
            ("553", "92112419851301007X", "id-date"),
            ("553", "999124198501010072", "residence-form"),
            ("553", "CAN110076133201", "id-date"),
            ("553", "C", "residence-length"),
            ("113", "", "id-empty"),
            ("111", "NB62109919870101118920260230", "newborn-date"),
            ("111", "NB621099", "id-length"),
            ("USCC", "621099194203150014", "uscc-check-digit"),
        ];
        for (kind, written, code) in invalid {
            assert_eq!(id_document(kind, written, today).unwrap_err().code, code, "{kind} {written}");
        }
        for (name, code) in
            [("居民身份证", "111"), ("台湾居民居住证", "111"), ("护照", "414"), ("516", "516")]
        {
            assert_eq!(id_kind(name), Some(code));
        }
        assert_eq!(id_kind("驾驶证"), None);
        assert_eq!(newborn_number("621099198701011189", date(2026, 1, 5)), "NB62109919870101118920260105");
        assert_eq!(
            [id_kind_name("414"), id_kind_name("USCC"), id_kind_name("x")],
            ["普通护照", "统一社会信用代码", "证件"]
        );
    }

    #[test]
    fn names_keep_rare_characters_and_lose_those_of_old_fonts() {
        for name_of in ["䶮山", "𠅤明", "王𬭊", "㛃"] {
            assert_eq!(name(name_of).unwrap(), Passed::clean(name_of), "{name_of}");
        }
        let old = name("\u{e863}山").unwrap();
        assert_eq!((old.normalised.as_str(), old.notes[0].code), ("䶮山", "name-old-font"));
        let nobodys = name("\u{e000}山").unwrap();
        assert_eq!((nobodys.normalised.as_str(), nobodys.notes[0].code), ("\u{e000}山", "name-private-use"));
        assert_eq!(name("N\u{303}A").unwrap().normalised, "\u{d1}A");
    }

    #[test]
    fn the_organisation_in_a_credit_code_is_looked_at_too() {
        assert!(uscc("12441500196720244T").unwrap().notes.is_empty());
    }

    #[test]
    fn amounts_are_not_negative_and_have_two_decimals_at_most() {
        for (written, stored) in [("１２００", "1200"), ("1,200.50", "1200.50"), ("0", "0"), ("3.5", "3.5")]
        {
            assert_eq!(amount(written).unwrap().normalised, stored);
        }
        for wrong in ["-1", "1.234", "1e5", "NaN", "1.", ".5", "", "三亩"] {
            assert!(amount(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn postcodes_and_division_codes() {
        assert_eq!(postcode("７44000").unwrap().normalised, "744000");
        for wrong in ["74400", "7440000", "00440x", "004400", ""] {
            assert_eq!(postcode(wrong).unwrap_err().code, "postcode-form", "{wrong}");
        }
        let known = |code: crate::UnitCode| ["621099000000", "621099100000"].contains(&&*code.to_string());
        let table = [
            ("６21099100200", None),
            ("621099000000", None),
            ("621099200200", Some("division-parent")),
            ("62109910020", Some("division-form")),
            ("62109910020X", Some("division-form")),
        ];
        for (code, fault) in table {
            assert_eq!(division_code(code, known).err().map(|fault| fault.code), fault, "{code}");
        }
        // A village needs a township, whatever the zeros say.
        assert!(division_code("621099000200", |code| code.level() == crate::Level::Township).is_err());
    }

    #[test]
    fn telephone_numbers() {
        let valid = ["13912345678", "139 1234 5678", "12345", "96196", "110", "400-123-4567"];
        let landlines =
            ["0900-6210120", "09006210120", "010-62101200", "0900-6210120-8", "0900-6210120－123456"];
        for valid in valid.into_iter().chain(landlines) {
            assert!(mobile(valid).is_ok(), "{valid}");
        }
        let wrong = ["1391234567", "23912345678", "139123456789", "电话", ""];
        for invalid in wrong.into_iter().chain(["0900-621012", "0900-6210120-1234567", "6210120", "12345678"])
        {
            assert!(mobile(invalid).is_err(), "{invalid}");
        }
        assert_eq!(mobile("139 1234 5678").unwrap().normalised, "13912345678");
    }

    fn anything() -> impl Strategy<Value = String> {
        let pieces = [
            "1",
            "9",
            "X",
            "x",
            "０",
            "NB",
            "H",
            "(",
            "-",
            "·",
            "王",
            "\u{e863}",
            "\u{301}",
            "𠅤",
            " ",
            "621099194203150014",
        ];
        prop_oneof![
            any::<String>(),
            prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24)
                .prop_map(|pieces| pieces.concat()),
        ]
    }

    proptest! {
        /// What was typed or imported may be anything; and what passes passes again as it is stored.
        #[test]
        fn no_text_is_too_odd_and_what_passed_passes_again(text in anything()) {
            let today = date(2026, 11, 24);
            let kinds = ["111", "113", "414", "511", "516", "553", CREDIT_CODE, ""];
            let mut checks: Vec<Check<'_>> =
                kinds.map(|kind| Box::new(move |text: &str| id_document(kind, text, today)) as Check<'_>).into();
            let others = [uscc, mobile, name, organisation_name, bank_card, postcode, amount];
            checks.extend(others.map(|check| Box::new(check) as Check<'_>));
            checks.push(Box::new(|text| id_number_of_ledger(text, today)));
            checks.push(Box::new(|text| division_code(text, |_| true)));
            for check in checks {
                if let Ok(passed) = check(&text) {
                    prop_assert_eq!(&check(&passed.normalised).unwrap().normalised, &passed.normalised);
                }
            }
        }
    }
}
